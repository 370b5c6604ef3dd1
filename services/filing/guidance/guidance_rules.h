#ifndef TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_RULES_H_
#define TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_RULES_H_

#include <vector>

#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/guidance_service.pb.h"

// Records of guidance and training. Pure: no database, clock, network or log. Fields are named as in the requests.
namespace tuoyu::filing {

inline constexpr int kMostParticipants = 200;

std::vector<common::v1::Violation> CheckCentre(const v1::GuidanceCentre& centre,
                                               const RuleContext& context);
// A day not in the future, after the centre's first.
std::vector<common::v1::Violation> CheckClosing(const v1::CloseGuidanceCentreRequest& request,
                                                const v1::GuidanceCentre& centre,
                                                const RuleContext& context);
// Held while the centre works.
std::vector<common::v1::Violation> CheckActivity(const v1::GuidanceActivity& activity,
                                                 const v1::GuidanceCentre& centre,
                                                 const RuleContext& context);
// The course and its participants, each person's entry once.
std::vector<common::v1::Violation> CheckCourse(const v1::TrainingCourse& course,
                                               const RuleContext& context);
// Participants said later of a course: 1 to kMostParticipants.
std::vector<common::v1::Violation> CheckParticipants(const v1::UpdateTrainingRequest& request,
                                                     const v1::TrainingCourse& course,
                                                     const RuleContext& context);

// Puts participants in the place of the same persons' entries, or behind the others. True if something changed.
bool MergeParticipants(const v1::UpdateTrainingRequest& request, v1::TrainingCourse* course);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_RULES_H_
