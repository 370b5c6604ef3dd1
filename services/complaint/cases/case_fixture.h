#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_FIXTURE_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_FIXTURE_H_

#include <string>

#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {

// The complaint service with a facility, and what officers do with cases wherever they stand.
class CaseFixture : public ComplaintFixture {
 protected:
  using Cases = v1::CaseService::Stub;

  absl::StatusOr<v1::Case> Transfer(const v1::Case& of_case, const std::string& to,
                                    const std::string& token) const {
    v1::TransferCaseRequest request;
    request.set_name(of_case.name());
    request.set_to_unit(to);
    request.set_reason("属该单位职责");
    return Call(&Cases::TransferCase, token, request);
  }
  absl::StatusOr<v1::Case> Return(const v1::Case& of_case) const {
    v1::ReturnCaseRequest request;
    request.set_name(of_case.name());
    request.set_reason("不属本单位职责");
    return Call(&Cases::ReturnCase, Head(of_case.unit()), request);
  }
  absl::StatusOr<v1::Case> Refuse(const v1::Case& of_case,
                                  v1::RefusalReason reason = v1::REFUSAL_REASON_ELSEWHERE) const {
    v1::RefuseCaseRequest request;
    request.set_name(of_case.name());
    request.set_reason(reason);
    request.set_note("法院已经受理，请等待判决。");
    return Call(&Cases::RefuseCase, Officer(of_case.unit()), request);
  }
  absl::StatusOr<v1::Case> Extend(const v1::Case& of_case, v1::ClockStep step) const {
    v1::ExtendClockRequest request;
    request.set_name(of_case.name());
    request.set_step(step);
    request.set_reason("双方同意调解");
    return Call(&Cases::ExtendClock, Head(of_case.unit()), request);
  }

  const std::string facility_ = Register("向日葵托育园");
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_FIXTURE_H_
