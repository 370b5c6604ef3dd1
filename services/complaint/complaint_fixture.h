#ifndef TUOYU_SERVICES_COMPLAINT_COMPLAINT_FIXTURE_H_
#define TUOYU_SERVICES_COMPLAINT_COMPLAINT_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/testing/in_process_server.h"
#include "common/testing/made_up_facilities.h"
#include "common/testing/matchers.h"
#include "services/complaint/alert/alert_service.h"
#include "services/complaint/attachment/attachment_service.h"
#include "services/complaint/cases/case_service.h"
#include "services/complaint/cases/case_watch.h"
#include "services/complaint/intake/intake_service.h"
#include "services/complaint/reporter/reporter_service.h"
#include "services/complaint/review/review_service.h"
#include "services/complaint/statistic/statistic_service.h"

namespace tuoyu::complaint {

using absl::CivilDay;
using rpc::ReasonOf;

// The complaint service on a database of its own behind a server in the process, following a made-up registry, on Monday 2026-03-02 09:30 in
// Shanghai, with Dazu's data.
class ComplaintFixture : public ::tuoyu::testing::ServerFixture<v1::CaseService> {
 protected:
  ComplaintFixture();

  CivilDay today() const { return DayOf(clock_.Now()); }
  void GoTo(CivilDay day) { clock_.Set(StartOf(day) + absl::Minutes(570)); }
  // What the service does because time passes; how many cases it acted on.
  int64_t Wake();

  // Tokens of made-up people: "SAMR/1" is the first officer of the market supervision.
  std::string Officer(const std::string& unit, int number = 1) const;
  std::string Head(const std::string& unit) const;
  std::string Town(const std::string& division) const;
  std::string Principal(const std::string& facility) const;

  // A facility that is active, followed; its name.
  std::string Register(const std::string& name, const std::string& division = "500111001",
                       filing::v1::FacilityType type = filing::v1::FACILITY_TYPE_ORDINARY);

  // A complaint about fees of a parent who is named, without fault.
  v1::Filing FeesComplaint(const std::string& facility) const;
  // An anonymous report.
  v1::Filing AnonymousReport(const std::string& facility, const std::string& category,
                             const std::string& text) const;
  absl::StatusOr<v1::FileComplaintResponse> File(const v1::Filing& filing) const;
  // The case of a filing's only matter, as its unit sees it.
  v1::Case Filed(const v1::Filing& filing);
  // The same accepted and with Officer(unit) as its handler.
  v1::Case Assigned(const v1::Filing& filing);
  // The same resolved and replied to.
  v1::Case Replied(const v1::Filing& filing);

  absl::StatusOr<v1::Case> Get(const std::string& name, const std::string& token) const;
  absl::StatusOr<v1::Case> Accept(const v1::Case& of_case) const;
  absl::StatusOr<v1::Case> Assign(const v1::Case& of_case, int officer = 1) const;
  absl::StatusOr<v1::Case> Resolve(const v1::Case& of_case, v1::CaseOutcome outcome,
                                   int officer = 1) const;
  absl::StatusOr<v1::Case> Reply(const v1::Case& of_case) const;
  absl::StatusOr<v1::FollowCaseResponse> Follow(const std::string& code) const;
  // The clock of a step, the last one; unset when there is none.
  static v1::CaseClock ClockOf(const v1::Case& of_case, v1::ClockStep step);
  static CivilDay DueOn(const v1::CaseClock& clock);
  static std::vector<v1::CaseStepKind> StepsOf(const v1::Case& of_case);
  std::vector<std::string> Actions();

  // What the last filing's query code is.
  std::string code_;

  // The key that signs proofs of attendance.
  const privacy::Signer attendance_signer_;
  const privacy::Verifier attendance_;
  const data::Divisions divisions_;
  const data::Units units_;
  const ComplaintRuleBook rules_;
  const calendar::WorkingDays calendar_;
  ::tuoyu::testing::MadeUpFacilities registry_;
  rpc::JournalFollower follower_;
  const rpc::WriteDeps writes_;
  const ComplaintDeps deps_;
  IntakeService intake_service_;
  CaseService case_service_;
  ReporterService reporter_service_;
  ReviewService review_service_;
  StatisticService statistic_service_;
  AttachmentService attachment_service_;
  AlertService alert_service_;
  std::unique_ptr<v1::IntakeService::Stub> intake_stub_;
  std::unique_ptr<v1::ReporterService::Stub> reporter_stub_;
  std::unique_ptr<v1::AttachmentService::Stub> attachment_stub_;
  std::unique_ptr<v1::ReviewService::Stub> review_stub_;
  std::unique_ptr<v1::AlertService::Stub> alert_stub_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_COMPLAINT_FIXTURE_H_
