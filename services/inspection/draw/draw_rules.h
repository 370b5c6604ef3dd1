#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAW_RULES_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAW_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/inspection/v1/draw.pb.h"

// The draw of facilities and inspectors (双随机): draw.md has the algorithm in words. Pure: no database, clock, network or
// log; the same record gives the same result everywhere.
namespace tuoyu::inspection {

inline constexpr char kDrawAlgorithm[] = "tuoyu-draw-2";
// Of draws that were committed before; they are drawn and verified as they were.
inline constexpr char kFirstDrawAlgorithm[] = "tuoyu-draw-1";
// 行政处罚法 art. 42.
inline constexpr int kFewestInspectors = 2;
inline constexpr int kMostInspectors = 10;
inline constexpr int kGreatestWeight = 1'000'000;
// Why a facility is left out, before the draw or after it.
inline constexpr absl::string_view kNotActive = "NOT_ACTIVE";
inline constexpr absl::string_view kFrequencyCap = "FREQUENCY_CAP";

using Violations = std::vector<common::v1::Violation>;

// What is published of a secret (64 hex digits) before the lists are frozen.
std::string CommitmentOf(absl::string_view algorithm, absl::string_view secret);

// SHA-256, in lower-case hex, of the record's text up to when the lists were frozen, and of all but the changes.
std::string ListDigestOf(const v1::DrawRecord& record);
std::string DigestOf(const v1::DrawRecord& record);
// Of a change of the record that follows what has the digest `before`.
std::string DigestOf(const v1::DrawRecord& record, const v1::DrawChange& change,
                     absl::string_view before);

// What is wrong with who may be drawn, before anything is: LIST_ORDER (not by name, or a name twice), NAME_FORM (blanks or
// control characters in a name, line ends in a text), WEIGHT_RANGE, WEIGHT_PARTS (not their sum), WEIGHT_LEVEL (by another risk level than the one of the facility), SALT_FORM, UNIT_SIZE, UNIT_UNKNOWN (an inspector of none of
// the units), SUBJECT_UNKNOWN (a recusal of who is on neither list), SUBJECT_ELIGIBLE (excluded and on a list),
// TOO_FEW_FACILITIES, TOO_FEW_INSPECTORS (for a facility, without those who are recused).
Violations CheckLists(const v1::DrawRecord& record);

// The visits that follow from lists, secret and witness word. The lists must be without fault.
std::vector<v1::DrawnVisit> DrawVisits(const v1::DrawRecord& record);

// Does a published draw again: what does not agree, nothing when all does. ALGORITHM_UNKNOWN, UNKNOWN_FIELDS, those of CheckLists,
// LIST_DIGEST_DIFFERS, COMMITMENT_DIFFERS, TIMES_ORDER, RESULT_DIFFERS, DROP_UNFOUNDED (not drawn, out of order, for no known reason), DIGEST_DIFFERS (of changes, too), and of changes
// CHANGE_UNFOUNDED, CHANGE_WITHOUT_REASON, CHANGE_WITHOUT_CONSENT. A digest only shows that a record was altered to who has kept the one published.
Violations VerifyDraw(const v1::DrawRecord& record);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAW_RULES_H_
