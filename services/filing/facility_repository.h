#ifndef TUOYU_SERVICES_FILING_FACILITY_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_FACILITY_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"
#include "services/filing/facility_projection.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// Rows of the registry's tables <-> messages. Messages are stored with their personal fields sealed and come back so.
// Errors of all functions: those of db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// A row of table facility.
struct FacilityRow {
  std::string id;
  std::string uscc;
  absl::optional<std::string> open_uscc;
  std::string name;
  std::string division_code;
  int facility_type = 0;
  int state = 0;
  uint32_t service_modes = 0;
  uint64_t age_months = 0;
  int capacity = 0;
  absl::optional<int> longitude;
  absl::optional<int> latitude;
  bool inclusive = false;
  absl::optional<absl::CivilDay> next_change_on;
  int last_version = 0;
  int64_t revision = 0;
  absl::Time recorded_at;
  std::string shape;
  std::string message;    // without personal fields, then the personal fields, sealed
  int internal_size = 0;  // length of the first part
  std::string public_message;
};

// What rows made by `rules` are shaped by: a digest of the data classes of everything in a Facility, and of the class
// rules. 16 characters.
std::string ShapeOf(const v1::RuleSet& rules);

// Makes rows by the rules of a day, which must outlive it.
class RowMaker {
 public:
  RowMaker(const v1::RuleSet& rules, absl::CivilDay today)
      : rules_(rules), today_(today), shape_(ShapeOf(rules)) {}

  // The row of a facility as it is on that day, or on its first day when that is later.
  FacilityRow Make(const FacilityRecord& record) const;

 private:
  const v1::RuleSet& rules_;
  const absl::CivilDay today_;
  const std::string shape_;
};

// How a facility's current row was found.
enum class Found {
  kNothing,  // there is no such facility
  kCurrent,  // read
  kDue,      // the row is out of date: FacilityOn a record tells how it is today
};

// The current row of a facility, as far as a reader needs it.
struct CurrentRow {
  bool found = false;
  absl::optional<absl::CivilDay> next_change_on;
  std::string message;  // serialised facility
};

// Reads the current rows of `ids` by one query, by id: all of them, or what is public of them.
absl::StatusOr<absl::flat_hash_map<std::string, CurrentRow>> ReadCurrentRows(
    db::Transaction& transaction, const std::vector<std::string>& ids, bool public_only);

// Parses a current row; kDue when it is out of date on `today`. DATA_LOSS when it does not parse.
absl::StatusOr<Found> ParseCurrent(const CurrentRow& row, absl::CivilDay today,
                                   v1::Facility* facility);

// Reads the facility as it is today, in one point read: all of it, or what is public of it.
absl::StatusOr<Found> ReadCurrent(db::Transaction& transaction, absl::string_view id,
                                  bool public_only, absl::CivilDay today, v1::Facility* facility);

// Loads facilities by id, in order of id; ids that don't exist are left out. `lock` keeps their rows until the end of
// the transaction.
absl::StatusOr<std::vector<FacilityRecord>> LoadRecords(db::Transaction& transaction,
                                                        const std::vector<std::string>& ids,
                                                        bool lock);

// One facility with its slices, recognitions and links as known at `known_at`; no slices when it was not known then. Nothing
// when it does not exist.
absl::StatusOr<absl::optional<FacilityRecord>> LoadRecordAt(db::Transaction& transaction,
                                                            absl::string_view id,
                                                            absl::Time known_at);

// The facility on `day` as known at `known_at` (unset: now), from its history. Nothing when it does not exist, did not on
// that day, or was not known then. Several queries: within one snapshot they see one state.
absl::StatusOr<absl::optional<v1::Facility>> ReadHistory(db::Transaction& transaction,
                                                         absl::string_view id, absl::CivilDay day,
                                                         absl::CivilDay today,
                                                         absl::optional<absl::Time> known_at);

// Ids of facilities: with one of these USCCs now, in order of registration; the open ones with these USCCs; that has this id in
// another system (empty: none); of rows that are out of date on `today`, at most `limit`, the longest due first; of rows of
// another shape, at most `limit`.
absl::StatusOr<std::vector<std::string>> IdsOfUsccs(db::Transaction& transaction,
                                                    const std::vector<std::string>& usccs);
absl::StatusOr<std::vector<std::string>> IdsOfOpenUsccs(db::Transaction& transaction,
                                                        const std::vector<std::string>& usccs);
absl::StatusOr<std::string> IdOfExternalId(db::Transaction& transaction,
                                           const common::v1::ExternalId& external_id);
absl::StatusOr<std::vector<std::string>> DueIds(db::Transaction& transaction, absl::CivilDay today,
                                                int limit);

absl::StatusOr<std::vector<std::string>> IdsOfOtherShape(db::Transaction& transaction,
                                                         absl::string_view shape, int limit);

// Inserts and updates rows of table facility. ALREADY_EXISTS with constraint facility_open_uscc when another open
// facility has the USCC.
absl::Status InsertFacilities(db::Transaction& transaction, absl::Span<const FacilityRow> rows);
absl::Status UpdateFacility(db::Transaction& transaction, const FacilityRow& row);

// A slice or a recognition that becomes known.
struct VersionRow {
  std::string facility_id;
  absl::Time recorded_at;
  const v1::FacilityVersion* version;
};
struct RecognitionRow {
  std::string facility_id;
  std::string id;
  absl::Time recorded_at;
  const v1::Recognition* recognition;
};
absl::Status InsertVersions(db::Transaction& transaction, absl::Span<const VersionRow> rows);
absl::Status InsertRecognitions(db::Transaction& transaction,
                                absl::Span<const RecognitionRow> rows);
// Ends the belief in a slice or a recognition.
absl::Status SupersedeVersion(db::Transaction& transaction, absl::string_view facility_id,
                              int version, absl::Time at);
absl::Status SupersedeRecognition(db::Transaction& transaction, absl::string_view facility_id,
                                  absl::string_view id, absl::Time at);

// Ids in other systems. ALREADY_EXISTS when another facility has one of them.
struct ExternalIdRow {
  std::string facility_id;
  common::v1::ExternalId external_id;
};
absl::Status InsertExternalIds(db::Transaction& transaction, absl::Span<const ExternalIdRow> rows);
absl::Status DeleteExternalId(db::Transaction& transaction, absl::string_view facility_id,
                              absl::string_view source_system);

// Links. The id of the facility this one continues, empty when none; locks that facility's row in the registry, so that
// two writers can't close a cycle together.
absl::StatusOr<std::string> LockPredecessorOf(db::Transaction& transaction, absl::string_view id);
// ALREADY_EXISTS: constraint facility_link_standing when the facility has a predecessor, facility_link_predecessor when
// the predecessor has a successor.
absl::Status InsertLink(db::Transaction& transaction, absl::string_view id,
                        absl::string_view predecessor_id, absl::Time recorded_at);
// Ends the belief in the link of a facility to its predecessor.
absl::Status RemoveLink(db::Transaction& transaction, absl::string_view id, absl::Time removed_at);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_REPOSITORY_H_
