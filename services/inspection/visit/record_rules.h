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
// domain of the visit), FIELD_NOT_OF_KIND, PHOTO_NAME, LIST_TOO_LONG, INSPECTOR_NOT_ON_VISIT, INSPECTOR_DOUBLE. Of a void PART_ID (no id, or its own).
Violations CheckParts(const v1::RecordVisitRequest& request, const v1::Visit& visit,
                      const v1::Checklist& checklist);

// The parts of the request as they are kept: with the clock's offset, the time they came and the account.
std::vector<v1::RecordPart> ReceivedParts(const v1::RecordVisitRequest& request, absl::Time now,
                                          const std::string& account);

// Who is on a visit. The references outlive the call.
struct Staff {
  const std::vector<v1::Inspector>& inspectors;
  // Names of the facility visited and of those it continues: a recusal from one is a recusal from all that follow it.
  const std::vector<std::string>& line;
};

// Who of the visit's `inspectors` may sign its result: present, with a valid certificate at the end of the record and now, and not recused; all of them
// had one on arrival. NOT_CERTIFIED for each unit with fewer than two of them.
Violations CheckSigners(const v1::Visit& visit, const Staff& staff, absl::Time now);
// Names them in the visit.
void SetSigners(const Staff& staff, absl::Time now, v1::Visit* visit);

// Puts into the visit what the parts say that were not voided by who sent them: arrival (the first without fault), items (of each the last), end
// (the last), what was voided, what has to be mended, and the state that follows: ON_SITE with an arrival, RECORDED with an end, too, and
// nothing to mend. The order of `parts` does not matter. To be mended, as `record_faults`: of arrivals ARRIVAL_DAY (not one of the visit's days, or before its
// draw), RECUSED (by a recusal declared before the arrival), NOT_CERTIFIED (who arrived had no valid certificate that day); once there is an
// end ITEM_AFTER_CLOSE (made after the end of the record), ITEM_BEFORE_ARRIVAL, CLOSE_BEFORE_ARRIVAL - of parts of two senders by more than a
// minute, as their clocks are put right one by one -, NOT_CERTIFIED (of a unit fewer than two had a valid certificate then),
// TOO_FEW_INSPECTORS (of a unit fewer than two said before the end that they were there).
void MergeParts(const std::vector<v1::RecordPart>& parts, const Staff& staff, v1::Visit* visit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_RECORD_RULES_H_
