#ifndef TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_RULES_H_
#define TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/calendar/working_days.h"
#include "services/filing/facility_projection.h"
#include "services/filing/inclusive/application_table.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/inclusive_service.pb.h"
#include "tuoyu/filing/v1/price.pb.h"

// The workflow of inclusive recognition (普惠认定). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// What an application is judged by beside itself.
struct RecognitionFacts {
  const v1::RecognitionCriteria& criteria;  // in force on the day of the application
  const FacilityRecord& record;
  std::string grade;                    // held today; empty for none
  std::vector<v1::PriceFiling> prices;  // all, in order of their first day
};

// Whether anyone may see an application.
bool IsShown(v1::RecognitionApplicationState state);

// What the system can check itself, as of today: whether the facility serves, then what the criteria ask for.
std::vector<v1::CriterionCheck> CheckCriteria(const v1::RecognitionApplication& application,
                                              const RecognitionFacts& facts, absl::CivilDay today);
// CRITERION_UNMET for each that is not met.
std::vector<common::v1::Violation> UnmetCriteria(const std::vector<v1::CriterionCheck>& checks,
                                                 const RuleContext& context);

// What stands against an application; paths begin with "application.". The criteria are part of it.
std::vector<common::v1::Violation> CheckApplication(const v1::RecognitionApplication& application,
                                                    const RecognitionFacts& facts,
                                                    const RuleContext& context);
std::vector<common::v1::Violation> CheckObjection(const v1::RecognitionApplication& application,
                                                  const v1::RecognitionObjection& objection,
                                                  const RuleContext& context);
std::vector<common::v1::Violation> CheckObjectionDecision(
    const v1::DecideRecognitionObjectionRequest& request, const RuleContext& context);
std::vector<common::v1::Violation> CheckGrant(const v1::RecognitionApplication& application,
                                              const v1::GrantRecognitionApplicationRequest& request,
                                              const RecognitionFacts& facts,
                                              const RuleContext& context);
// The reason of a refusal or a withdrawal.
std::vector<common::v1::Violation> CheckEndReason(const std::string& reason,
                                                  const RuleContext& context);

// Fills in the last day to object where the publication has begun and it is not known yet.
void FillWindow(const v1::RecognitionCriteria& criteria, const calendar::WorkingDays& calendar,
                v1::RecognitionApplication* application);

// Why a PUBLICISED application can't be granted on `today`: a reason of the catalogue, empty when it can.
std::string WhyNotGrantable(const v1::RecognitionApplication& application, absl::CivilDay today);

// The recognition a checked grant makes, without its name.
v1::Recognition RecognitionOf(const v1::RecognitionApplication& application,
                              const v1::GrantRecognitionApplicationRequest& request,
                              const RecognitionFacts& facts, absl::CivilDay today);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_RULES_H_
