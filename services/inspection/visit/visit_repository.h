#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Tables visit, visit_unit, visit_inspector and visit_item, finding, record_part.
namespace tuoyu::inspection {

// A visit with its findings. `lock`: the visit's row, which its findings go with.
absl::StatusOr<absl::optional<v1::Visit>> ReadVisit(db::Transaction& transaction,
                                                    absl::string_view id, bool lock);
// Those of `ids` that there are, with their findings, locked.
absl::StatusOr<std::vector<v1::Visit>> ReadVisits(db::Transaction& transaction,
                                                  const std::vector<std::string>& ids);
// Inserts a visit of revision 1, else updates; with its findings. ALREADY_EXISTS when there is one with the id.
absl::Status StoreVisit(db::Transaction& transaction, const v1::Visit& visit);
// Inserts many of revision 1, with their findings.
absl::Status InsertVisits(db::Transaction& transaction, const std::vector<v1::Visit>& visits);

// Findings of an item at the facilities in a stretch of days, both included, other than on `visit_id`; those that were withdrawn, too.
absl::StatusOr<std::vector<v1::Finding>> FindingsOfItem(
    db::Transaction& transaction, const std::vector<std::string>& facility_ids,
    absl::string_view item, absl::CivilDay since, absl::CivilDay until, absl::string_view visit_id);
// Visits that have an overdue finding that is not told yet, in order of their due date; ids.
absl::StatusOr<std::vector<std::string>> VisitsToEscalate(db::Transaction& transaction,
                                                          absl::CivilDay today, int limit);

// Visits of a facility that count against the cap of a year.
absl::StatusOr<YearVisits> VisitsOfYear(db::Transaction& transaction, absl::string_view facility_id,
                                        int64_t year);
// Id of a plan, no CASE, with a visit of the facility that may fall on a day from `first` to `last`; empty without one.
absl::StatusOr<std::string> PlanVisitingNear(db::Transaction& transaction,
                                             absl::string_view facility_id, absl::CivilDay first,
                                             absl::CivilDay last);
// Whether the plan has a visit that was not cancelled.
absl::StatusOr<bool> HasVisits(db::Transaction& transaction, absl::string_view plan_id);
// The visit of a plan at a facility; empty id without one.
absl::StatusOr<std::string> VisitAt(db::Transaction& transaction, absl::string_view plan_id,
                                    absl::string_view facility_id);

// Parts of the record, by part id; those of `part_ids` with their digests, or all with their messages.
struct StoredPart {
  std::string part_id;
  std::string digest;
};
absl::StatusOr<std::vector<StoredPart>> FindParts(db::Transaction& transaction,
                                                  absl::string_view visit_id,
                                                  const std::vector<std::string>& part_ids);
absl::StatusOr<std::vector<v1::RecordPart>> ReadParts(db::Transaction& transaction,
                                                      absl::string_view visit_id);
absl::Status InsertPart(db::Transaction& transaction, absl::string_view visit_id,
                        absl::string_view digest, const v1::RecordPart& part);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_REPOSITORY_H_
