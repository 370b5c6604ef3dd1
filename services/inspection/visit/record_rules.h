#ifndef TUOYU_SERVICES_INSPECTION_VISIT_RECORD_RULES_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_RECORD_RULES_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/checklist.pb.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// The record of a visit (检查记录) as it follows from the parts that devices send, in whatever order they come. Pure: no database,
// clock, network or log.
namespace tuoyu::inspection {

// When a part was made, by the service's clock: the device's time put right by how far its clock was off when it sent.
absl::Time TimeOf(const v1::RecordPart& part);

// What tells a part from another with its id: SHA-256 (32 bytes) of what the device made.
std::string DigestOf(const v1::RecordPart& part);

// What is wrong with the parts of a request, each by itself: COUNT_INVALID, PART_ID, PART_DOUBLE, PART_TIME (no time, or after the
// device's own `device_now`), FIELD_MISSING, TEXT_TOO_LONG, ITEM_UNKNOWN (not on the visit's checklist), ITEM_NOT_OF_VISIT (of no unit and
// domain of the visit), FIELD_NOT_OF_KIND, PHOTO_NAME, LIST_TOO_LONG, INSPECTOR_NOT_ON_VISIT, INSPECTOR_DOUBLE, TOO_FEW_INSPECTORS (not all of the visit, or fewer than two).
Violations CheckParts(const v1::RecordVisitRequest& request, const v1::Visit& visit,
                      const v1::Checklist& checklist);

// The parts of the request as they are kept: with the clock's offset, the time they came and the account.
std::vector<v1::RecordPart> ReceivedParts(const v1::RecordVisitRequest& request, absl::Time now,
                                          const std::string& account);

// What is wrong with all parts together: ARRIVAL_DAY (not one of the visit's days, or before its draw), ITEM_AFTER_CLOSE (made after the end of
// the record), ITEM_BEFORE_ARRIVAL, CLOSE_BEFORE_ARRIVAL - of parts of two senders by more than a minute, as their clocks are put right one by one -, RECUSED (by a recusal declared before the arrival),
// NOT_CERTIFIED (an inspector who arrived had no valid certificate that day, or of a unit fewer than two had one at the end of the record).
// `inspectors`: those of the visit.
Violations CheckRecord(const std::vector<v1::RecordPart>& parts, const v1::Visit& visit,
                       const std::vector<v1::Inspector>& inspectors);

// Who of the visit's `inspectors` may sign its result: with a valid certificate at the end of the record and now, and not recused; all of them
// had one on arrival. NOT_CERTIFIED for each unit with fewer than two of them.
Violations CheckSigners(const v1::Visit& visit, const std::vector<v1::Inspector>& inspectors,
                        absl::Time now);
// Names them in the visit.
void SetSigners(const std::vector<v1::Inspector>& inspectors, absl::Time now, v1::Visit* visit);

// Puts into the visit what the parts say: arrival (the first), items (of each the last), end (the last), and the state that follows:
// ON_SITE with an arrival, RECORDED with an end, too. The order of `parts` does not matter.
void MergeParts(const std::vector<v1::RecordPart>& parts, v1::Visit* visit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_RECORD_RULES_H_
