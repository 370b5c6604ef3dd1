#ifndef TUOYU_SERVICES_FILING_FILING_RULES_H_
#define TUOYU_SERVICES_FILING_FILING_RULES_H_

#include <vector>

#include "absl/types/span.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// What the regulations say about a form. Pure: no database, clock, network or log. Every function finds everything at
// once. Violations name the field ("content.classes[1].capacity", "materials[M05]"), a stable reason (reasons.h), what to
// mend in Chinese and English, the level of the rule and its source. What is malformed always blocks; a rule blocks at
// level NATIONAL, TECHNICAL and LOCAL and advises at RECOMMENDED and SYSTEM. Blocking ones come first, else in the order
// of the form. Texts never repeat personal data.
namespace tuoyu::filing {

// What of a draft can't be kept: texts too long or with control characters, values unknown, days that do not exist,
// numbers out of range, lists too long, ids of a wrong shape (a wrong check digit is left for the submission). Nothing
// is required. All that is found blocks. Materials are not looked at: see CheckMaterial.
std::vector<common::v1::Violation> CheckSyntax(const v1::Filing& filing,
                                               const RuleContext& context);

// Everything about a filing as it stands, to be submitted, or mended in NONCONFORMITY_NOTICED and RECTIFYING.
// `in_force` is the facility today, for CHANGE and CANCELLATION, and for INITIAL once it has its receipt; null when there
// is none. Its valid_to is the first day of what is decided for later. Of a CHANGE only what its
// differences affect is checked (change_rules.h). Of a CANCELLATION the content is not: it is what is filed already.
std::vector<common::v1::Violation> CheckSubmission(const v1::Filing& filing,
                                                   const v1::Facility* in_force,
                                                   const RuleContext& context);

// What of the content stands against a form that two filings made together: the checks that `differences`, the share of
// one of them, affect.
std::vector<common::v1::Violation> CheckMerged(
    const v1::FilingContent& content, const std::vector<v1::ContentDifference>& differences,
    const RuleContext& context);

// A material as declared for upload: kind, file name, size and digest are there and within bounds, texts and days well
// formed. `count` is how many materials the filing has already. Fields are "material.…". All that is found blocks.
std::vector<common::v1::Violation> CheckMaterial(const v1::Material& material, int count,
                                                 const RuleContext& context);

// A historical filing: what its paper says is registered. Only what is impossible blocks (no or wrong USCC, unknown
// division, places that do not add up, days that do not exist, do not follow each other or lie ahead …); what the rules
// of today would say against it advises. Fields are relative to the entry ("content.uscc", "filed_on").
std::vector<common::v1::Violation> CheckBackEntry(const v1::BackEntry& entry,
                                                  const RuleContext& context,
                                                  Remarks remarks = Remarks::kTold);

// Whether another material took its place: it is kept as evidence and counts no more.
bool IsSuperseded(const v1::Material& material);
// Materials that count.
int CountMaterials(const v1::Filing& filing);

// True if any blocks.
bool HasBlocking(absl::Span<const common::v1::Violation> violations);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_RULES_H_
