#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_FIXTURE_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "services/inspection/inspection_fixture.h"

namespace tuoyu::inspection {

// The inspection service with a facility at which DHC's visits find that B01 failed.
class PenaltyFixture : public InspectionFixture {
 protected:
  using Cases = v1::PenaltyService::Stub;
  using CaseOr = absl::StatusOr<v1::PenaltyCase>;

  void SetUp() override;

  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Ask(grpc::Status (Cases::*method)(grpc::ClientContext*, const Request&,
                                                          Reply*),
                            const std::string& token, Request request) const {
    return CallOn(*penalty_stub_, method, token, std::move(request));
  }

  // A visit that ended as CASE_OPENED.
  v1::Visit CaseVisit(const std::string& facility);
  static v1::PenaltyMatter Matter(const v1::Visit& visit);
  // Penalties for STANDARDS: a warning, a fine, and one with a right to a hearing.
  static v1::PenaltySanction Warning();
  static v1::PenaltySanction Fine(int64_t fen = 1'000'000);
  static v1::PenaltySanction Stop();

  // Steps of a case without fault, by who may take them.
  CaseOr Propose(const v1::Visit& visit, const std::string& token) const;
  CaseOr DecideOpening(const v1::PenaltyCase& at, const std::string& token,
                       bool approve = true) const;
  CaseOr Notify(const v1::PenaltyCase& at, const v1::PenaltySanction& sanction) const;
  CaseOr State(const v1::PenaltyCase& at, bool waives, const std::string& token) const;
  CaseOr Review(const v1::PenaltyCase& at, const std::string& token, bool agreed = true) const;
  CaseOr Impose(const v1::PenaltyCase& at, const v1::PenaltySanction& sanction,
                const std::string& token) const;
  CaseOr Deliver(const v1::PenaltyCase& at) const;
  CaseOr Pay(const v1::PenaltyCase& at, v1::PaymentKind kind, int64_t fen) const;
  CaseOr End(const v1::PenaltyCase& at, v1::PenaltyClosingKind kind) const;
  CaseOr Publish(const v1::PenaltyCase& at) const;
  CaseOr GetCase(const std::string& name, const std::string& token) const;

  // Cases on a new visit of the facility, as far as they say.
  v1::PenaltyCase OpenCase(const std::string& facility);
  v1::PenaltyCase DecidedCase(const std::string& facility, const v1::PenaltySanction& sanction);

  static std::vector<std::string> Reasons(const absl::Status& status);

  std::string facility_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_FIXTURE_H_
