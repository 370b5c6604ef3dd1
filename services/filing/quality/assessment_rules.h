#ifndef TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_RULES_H_
#define TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/facility_timeline.h"
#include "services/filing/quality/assessment_scheme.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

// Assessments by grades (等级评定). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// Days of an assessment: [first, end). From its day on; until its term ends or it is revoked, whichever is earlier.
absl::CivilDay FirstDayOf(const v1::Assessment& assessment);
absl::CivilDay EndDayOf(const v1::Assessment& assessment);
bool IsRevoked(const v1::Assessment& assessment);

// The appeal that is not decided; null when none is.
const v1::AssessmentAppeal* OpenAppeal(const v1::Assessment& assessment);

// What stands against an assessment that is to be recorded; paths begin with `path`. `scheme`: the version in force on its day,
// null when there is none.
std::vector<common::v1::Violation> CheckAssessment(const v1::Assessment& assessment,
                                                   const std::string& path,
                                                   const v1::AssessmentScheme* scheme,
                                                   const RuleContext& context);
std::vector<common::v1::Violation> CheckPublication(const v1::Assessment& assessment,
                                                    const v1::PublishAssessmentRequest& request,
                                                    const RuleContext& context);
std::vector<common::v1::Violation> CheckAppeal(const v1::Assessment& assessment,
                                               const v1::AssessmentAppeal& appeal,
                                               const RuleContext& context);
// `scheme`: the version the assessment was made by.
std::vector<common::v1::Violation> CheckAppealDecision(const v1::AssessmentAppeal& appeal,
                                                       const v1::DecideAppealRequest& request,
                                                       const v1::AssessmentScheme& scheme,
                                                       const RuleContext& context);
std::vector<common::v1::Violation> CheckAssessmentRevocation(
    const v1::Assessment& assessment, const v1::RevokeAssessmentRequest& request,
    const RuleContext& context);

// The result that follows from scores and veto hits that were checked: sums, total, grade and term.
v1::AssessmentResult ResultOf(const v1::AssessmentScheme& scheme, absl::CivilDay assessed_on,
                              const v1::AssessmentResult& given);

// The grade on `day`: of the newest published assessment that began by then, whatever became of it, and only while the
// facility serves.
v1::GradeOnDay GradeOn(const std::vector<v1::Assessment>& assessments, const Timeline& timeline,
                       absl::CivilDay day);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_RULES_H_
