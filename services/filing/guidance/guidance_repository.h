#ifndef TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/roster_name.h"
#include "tuoyu/filing/v1/guidance_service.pb.h"

// Rows of tables guidance_centre, guidance_activity, training_course and training_participant <-> messages. Errors of all
// functions: those of db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// "guidanceCentres/{id}", "trainingCourses/{id}" <-> id; empty for a name of another form.
std::string CentreName(absl::string_view id);
std::string CentreId(absl::string_view name);
std::string ActivityName(absl::string_view centre_id, absl::string_view id);
std::string TrainingName(absl::string_view id);
std::string TrainingId(absl::string_view name);

absl::StatusOr<absl::optional<v1::GuidanceCentre>> ReadCentre(db::Transaction& transaction,
                                                              absl::string_view id, bool lock);
// One with etag "1" is new.
absl::Status StoreCentre(db::Transaction& transaction, const v1::GuidanceCentre& centre);
// In order of their ids, after `after`.
absl::StatusOr<std::vector<v1::GuidanceCentre>> ListCentres(db::Transaction& transaction,
                                                            absl::string_view after, int limit);

absl::Status InsertActivity(db::Transaction& transaction, absl::string_view centre_id,
                            absl::string_view id, const v1::GuidanceActivity& activity);
// The latest first, before `before` (id); from the last one when it is empty.
absl::StatusOr<std::vector<v1::GuidanceActivity>> ListActivities(db::Transaction& transaction,
                                                                 absl::string_view centre_id,
                                                                 absl::string_view before,
                                                                 int limit);

// Certificate numbers stay sealed.
absl::StatusOr<absl::optional<v1::TrainingCourse>> ReadCourse(db::Transaction& transaction,
                                                              absl::string_view id, bool lock);
// Stores a course, certificate numbers sealed, and who took part. One with etag "1" is new.
absl::Status StoreCourse(db::Transaction& transaction, const v1::TrainingCourse& course);
// Courses in the scope, those of `unit` only unless it is empty; the latest first, before `before`.
absl::StatusOr<std::vector<v1::TrainingCourse>> ListCourses(db::Transaction& transaction,
                                                            const RegistryScope& scope,
                                                            absl::string_view unit,
                                                            absl::string_view before, int limit);

// Division of the facility of each entry of the roster of staff that is there, by the entry's name.
absl::StatusOr<absl::flat_hash_map<std::string, std::string>> DivisionsOfStaff(
    db::Transaction& transaction, const std::vector<RosterKey>& staff);
// The person's part in courses, at whichever facility; the latest first, before `before` (id of a course). Certificate
// numbers stay sealed.
absl::StatusOr<std::vector<v1::StaffTraining>> TrainingOf(db::Transaction& transaction,
                                                          const RosterKey& staff,
                                                          absl::string_view before, int limit);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_REPOSITORY_H_
