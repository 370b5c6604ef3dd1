#ifndef TUOYU_SERVICES_FILING_REGISTRY_RULES_H_
#define TUOYU_SERVICES_FILING_REGISTRY_RULES_H_

#include <vector>

#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/facility_service.pb.h"

// What a request to the registry must say. Pure: no database, clock, network or log. All that is found blocks; fields are
// those of the request.
namespace tuoyu::filing {

// A first day today or later, a reason of 1 to 500 characters.
std::vector<common::v1::Violation> CheckSuspension(const v1::SuspendFacilityRequest& request,
                                                   const RuleContext& context);
// A first day today or later.
std::vector<common::v1::Violation> CheckResumption(const v1::ResumeFacilityRequest& request,
                                                   const RuleContext& context);
// A day not after today, a reason of 1 to 500 characters.
std::vector<common::v1::Violation> CheckRevocation(const v1::RevokeRegistrationRequest& request,
                                                   const RuleContext& context);
// A reason of 1 to 500 characters.
std::vector<common::v1::Violation> CheckLinkRemoval(const v1::UnlinkPredecessorRequest& request,
                                                    const RuleContext& context);
// The name of the other system, 1 to 100 characters; the id there, at most 200.
std::vector<common::v1::Violation> CheckExternalId(const v1::SetExternalIdRequest& request,
                                                   const RuleContext& context);
// A period that starts today or later (of a back entry: today at the latest) and ends after it starts; places between 0
// and 10,000; version and document number of at most 200 characters; a decision not after today.
std::vector<common::v1::Violation> CheckRecognition(const v1::GrantRecognitionRequest& request,
                                                    const RuleContext& context);
// Not more places than the facility has filed on the first day of the recognition.
std::vector<common::v1::Violation> CheckPlacesCovered(int places, int capacity,
                                                      const RuleContext& context);
// A day today or later, a reason of 1 to 500 characters.
std::vector<common::v1::Violation> CheckRecognitionRevocation(
    const v1::RevokeRecognitionRequest& request, const RuleContext& context);
// Values known; a prefix of digits, at most 12; an age of 0 to 47 months; 1 to 60 characters of a name; a USCC without
// fault; an id in another system within its lengths; a point on Earth with its reference system and a distance of at most
// 100,000 m.
std::vector<common::v1::Violation> CheckList(const v1::ListFacilitiesRequest& request,
                                             const RuleContext& context);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_RULES_H_
