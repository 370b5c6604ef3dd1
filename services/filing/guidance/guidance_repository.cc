#include "services/filing/guidance/guidance_repository.h"

#include <cstdint>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/lists.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using v1::GuidanceActivity;
using v1::GuidanceCentre;
using v1::StaffTraining;
using v1::TrainingCourse;

constexpr absl::string_view kCentres = "guidanceCentres/";
constexpr absl::string_view kActivities = "/activities/";
constexpr absl::string_view kCourses = "trainingCourses/";
// After every id.
constexpr absl::string_view kLast = "~";

constexpr char kSelectCentre[] = "SELECT message FROM guidance_centre WHERE id = ?";
constexpr char kLockCentre[] = "SELECT message FROM guidance_centre WHERE id = ? FOR UPDATE";
constexpr char kInsertCentre[] =
    "INSERT INTO guidance_centre (revision, message, id) VALUES (?, ?, ?)";
constexpr char kUpdateCentre[] =
    "UPDATE guidance_centre SET revision = ?, message = ? WHERE id = ?";
constexpr char kListCentres[] =
    "SELECT message FROM guidance_centre WHERE id > ? ORDER BY id LIMIT ?";
constexpr char kInsertActivity[] =
    "INSERT INTO guidance_activity (centre_id, id, message) VALUES (?, ?, ?)";
constexpr char kListActivities[] =
    "SELECT message FROM guidance_activity WHERE centre_id = ? AND id < ? ORDER BY id DESC LIMIT ?";
constexpr char kSelectCourse[] = "SELECT message FROM training_course WHERE id = ?";
constexpr char kLockCourse[] = "SELECT message FROM training_course WHERE id = ? FOR UPDATE";
constexpr char kInsertCourse[] =
    "INSERT INTO training_course (id, unit, division_code, revision, message) VALUES (?, ?, ?, ?, "
    "?)";
constexpr char kUpdateCourse[] =
    "UPDATE training_course SET revision = ?, message = ? WHERE id = ?";
constexpr char kInsertParticipants[] =
    "INSERT IGNORE INTO training_participant (facility_id, staff_id, course_id) VALUES ";
constexpr char kDivisionsOfStaff[] =
    "SELECT s.facility_id, s.id, f.division_code FROM staff_member s JOIN facility f ON f.id = "
    "s.facility_id WHERE (s.facility_id, s.id) IN (";
constexpr char kTrainingOf[] =
    "SELECT p.facility_id, p.staff_id, c.message FROM staff_member me JOIN staff_member s ON "
    "s.person_index = me.person_index JOIN training_participant p ON p.facility_id = s.facility_id "
    "AND p.staff_id = s.id JOIN training_course c ON c.id = p.course_id WHERE me.facility_id = ? "
    "AND me.id = ? AND p.course_id < ? ORDER BY p.course_id DESC LIMIT ?";

template <typename Message>
absl::Status Parse(const std::string& bytes, Message* message) {
  if (message->ParseFromString(bytes)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("a stored ", message->GetTypeName(), " does not parse"));
}

template <typename Message>
absl::StatusOr<std::vector<Message>> Query(db::Transaction& transaction, const char* sql,
                                           db::Params params) {
  std::vector<Message> found;
  RETURN_IF_ERROR(transaction.Query(sql, params, [&](const db::Row& row) {
    return Parse(row.String(0), &found.emplace_back());
  }));
  return found;
}

template <typename Message>
absl::StatusOr<absl::optional<Message>> QueryOne(db::Transaction& transaction, const char* sql,
                                                 absl::string_view id) {
  ASSIGN_OR_RETURN(std::vector<Message> found, Query<Message>(transaction, sql, {id}));
  if (found.empty()) return absl::optional<Message>();
  return absl::optional<Message>(std::move(found.front()));
}

absl::StatusOr<int64_t> RevisionOf(const std::string& etag) {
  int64_t revision = 0;
  if (absl::SimpleAtoi(etag, &revision)) return revision;
  return absl::DataLossError("a record of guidance has no revision");
}

std::string IdOf(absl::string_view prefix, absl::string_view name) {
  return absl::ConsumePrefix(&name, prefix) && IsUuid(name) ? std::string(name) : std::string();
}

absl::string_view OrLast(absl::string_view before) { return before.empty() ? kLast : before; }

}  // namespace

std::string CentreName(absl::string_view id) { return absl::StrCat(kCentres, id); }
std::string CentreId(absl::string_view name) { return IdOf(kCentres, name); }
std::string ActivityName(absl::string_view centre_id, absl::string_view id) {
  return absl::StrCat(kCentres, centre_id, kActivities, id);
}
std::string TrainingName(absl::string_view id) { return absl::StrCat(kCourses, id); }
std::string TrainingId(absl::string_view name) { return IdOf(kCourses, name); }

absl::StatusOr<absl::optional<GuidanceCentre>> ReadCentre(db::Transaction& transaction,
                                                          absl::string_view id, bool lock) {
  return QueryOne<GuidanceCentre>(transaction, lock ? kLockCentre : kSelectCentre, id);
}

absl::Status StoreCentre(db::Transaction& transaction, const GuidanceCentre& centre) {
  ASSIGN_OR_RETURN(const int64_t revision, RevisionOf(centre.etag()));
  const std::string message = centre.SerializeAsString();
  return transaction.Execute(revision == 1 ? kInsertCentre : kUpdateCentre,
                             {revision, db::Blob{message}, CentreId(centre.name())});
}

absl::StatusOr<std::vector<GuidanceCentre>> ListCentres(db::Transaction& transaction,
                                                        absl::string_view after, int limit) {
  return Query<GuidanceCentre>(transaction, kListCentres, {after, limit});
}

absl::Status InsertActivity(db::Transaction& transaction, absl::string_view centre_id,
                            absl::string_view id, const GuidanceActivity& activity) {
  const std::string message = activity.SerializeAsString();
  return transaction.Execute(kInsertActivity, {centre_id, id, db::Blob{message}});
}

absl::StatusOr<std::vector<GuidanceActivity>> ListActivities(db::Transaction& transaction,
                                                             absl::string_view centre_id,
                                                             absl::string_view before, int limit) {
  return Query<GuidanceActivity>(transaction, kListActivities, {centre_id, OrLast(before), limit});
}

absl::StatusOr<absl::optional<TrainingCourse>> ReadCourse(db::Transaction& transaction,
                                                          absl::string_view id, bool lock) {
  return QueryOne<TrainingCourse>(transaction, lock ? kLockCourse : kSelectCourse, id);
}

absl::Status StoreCourse(db::Transaction& transaction, const TrainingCourse& course) {
  const std::string id = TrainingId(course.name());
  ASSIGN_OR_RETURN(const int64_t revision, RevisionOf(course.etag()));
  const std::string message = course.SerializeAsString();
  if (revision == 1) {
    RETURN_IF_ERROR(transaction.Execute(
        kInsertCourse, {id, course.unit(), course.division_code(), revision, db::Blob{message}}));
  } else {
    RETURN_IF_ERROR(transaction.Execute(kUpdateCourse, {revision, db::Blob{message}, id}));
  }
  if (course.participants().empty()) return absl::OkStatus();
  return db::InsertRows(transaction, kInsertParticipants, "", course.participants_size(), 3,
                        [&](size_t i, std::vector<db::Param>* params) {
                          RosterKey key =
                              ParseStaffName(course.participants(static_cast<int>(i)).staff());
                          params->emplace_back(std::move(key.facility));
                          params->emplace_back(std::move(key.id));
                          params->emplace_back(id);
                        });
}

absl::StatusOr<std::vector<TrainingCourse>> ListCourses(db::Transaction& transaction,
                                                        const RegistryScope& scope,
                                                        absl::string_view unit,
                                                        absl::string_view before, int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM training_course WHERE id < ? AND ", OrLast(before));
  AddScope(scope, "", &sql);
  if (!unit.empty()) sql.Add(" AND unit = ?", unit);
  sql.Add(" ORDER BY id DESC LIMIT ?", limit);
  std::vector<TrainingCourse> found;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
    return Parse(row.String(0), &found.emplace_back());
  }));
  return found;
}

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> DivisionsOfStaff(
    db::Transaction& transaction, const std::vector<RosterKey>& staff) {
  absl::flat_hash_map<std::string, std::string> divisions;
  std::vector<db::Param> keys;
  for (const RosterKey& key : staff) {
    keys.emplace_back(key.facility);
    keys.emplace_back(key.id);
  }
  RETURN_IF_ERROR(
      db::SelectIn(transaction, kDivisionsOfStaff, "", {}, keys, 2, [&](const db::Row& row) {
        divisions[StaffName({row.String(0), row.String(1)})] = row.String(2);
        return absl::OkStatus();
      }));
  return divisions;
}

absl::StatusOr<std::vector<StaffTraining>> TrainingOf(db::Transaction& transaction,
                                                      const RosterKey& staff,
                                                      absl::string_view before, int limit) {
  std::vector<StaffTraining> found;
  RETURN_IF_ERROR(
      transaction.Query(kTrainingOf, {staff.facility, staff.id, OrLast(before), limit},
                        [&](const db::Row& row) -> absl::Status {
                          TrainingCourse course;
                          RETURN_IF_ERROR(Parse(row.String(2), &course));
                          const std::string entry = StaffName({row.String(0), row.String(1)});
                          StaffTraining& training = found.emplace_back();
                          training.set_name(course.name());
                          training.set_title(course.title());
                          training.set_leads_to(course.leads_to());
                          *training.mutable_ends_on() = course.ends_on();
                          for (const v1::TrainingParticipant& each : course.participants()) {
                            if (each.staff() == entry) *training.mutable_participant() = each;
                          }
                          return absl::OkStatus();
                        }));
  return found;
}

}  // namespace tuoyu::filing
