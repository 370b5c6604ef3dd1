#include "services/filing/facility_repository.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/privacy/digest.h"
#include "common/privacy/redact.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::filing {
namespace {

constexpr char kSelectMessages[] = "SELECT id, next_change_on, message FROM facility WHERE id IN (";
constexpr char kSelectPublicMessages[] =
    "SELECT id, next_change_on, public_message FROM facility WHERE id IN (";
constexpr char kSelectUsccs[] = "SELECT id FROM facility WHERE uscc IN (";
constexpr char kSelectOpenUsccs[] = "SELECT id FROM facility WHERE open_uscc IN (";
constexpr char kSelectIdOfExternalId[] =
    "SELECT facility_id FROM external_id WHERE source_system = ? AND source_id = ?";
constexpr char kSelectDue[] =
    "SELECT id FROM facility WHERE next_change_on <= ? ORDER BY next_change_on, id LIMIT ?";
constexpr char kSelectOtherShape[] = "SELECT id FROM facility WHERE shape <> ? LIMIT ?";
constexpr char kSelectRecords[] =
    "SELECT id, revision, last_version, recorded_at, message FROM facility WHERE id IN (";
constexpr char kSelectSlices[] =
    "SELECT facility_id, version, recorded_at, message FROM facility_version WHERE superseded_at "
    "IS "
    "NULL AND facility_id IN (";
constexpr char kSelectRecognitions[] =
    "SELECT facility_id, message FROM recognition WHERE superseded_at IS NULL AND facility_id IN (";
constexpr char kSelectSlicesAt[] =
    "SELECT facility_id, version, recorded_at, message FROM facility_version WHERE facility_id = ? "
    "AND recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?) ORDER BY valid_from";
constexpr char kSelectRecognitionsAt[] =
    "SELECT facility_id, message FROM recognition WHERE facility_id = ? AND recorded_at <= ? AND "
    "(superseded_at IS NULL OR superseded_at > ?) ORDER BY valid_from, id";
constexpr char kSelectPredecessorAt[] =
    "SELECT predecessor_id FROM facility_link WHERE facility_id = ? AND recorded_at <= ? AND "
    "(removed_at IS NULL OR removed_at > ?)";
constexpr char kSelectSuccessorAt[] =
    "SELECT facility_id FROM facility_link WHERE predecessor_id = ? AND recorded_at <= ? AND "
    "(removed_at IS NULL OR removed_at > ?)";
constexpr char kSelectRecordOf[] =
    "SELECT id, revision, last_version, recorded_at, message FROM facility WHERE id = ?";

constexpr size_t kShapeLength = 16;

using ById = absl::flat_hash_map<std::string, FacilityRecord*>;

template <typename T>
absl::Status Parse(const std::string& bytes, T* message) {
  if (message->ParseFromString(bytes)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("a stored ", message->GetTypeName(), " does not parse"));
}

// db::SelectIn of texts.
absl::Status QueryByList(db::Transaction& transaction, absl::string_view head,
                         absl::string_view tail, absl::Span<const std::string> values,
                         absl::FunctionRef<absl::Status(const db::Row&)> each) {
  return db::SelectIn(transaction, head, tail, {},
                      std::vector<db::Param>(values.begin(), values.end()), /*columns=*/1, each);
}

absl::Status ReadRecord(const db::Row& row, FacilityRecord* record) {
  record->id = row.String(0);
  record->revision = row.Int(1);
  record->timeline.facility = FacilityName(record->id);
  record->timeline.last_version = static_cast<int>(row.Int(2));
  record->recorded_at = row.Time(3);
  return Parse(row.String(4), &record->current);
}

absl::Status ReadSlice(const db::Row& row, FacilityRecord* record) {
  record->learned[static_cast<int>(row.Int(1))] = row.Time(2);
  return Parse(row.String(3), &record->timeline.slices.emplace_back());
}

absl::Status ReadRecognition(const db::Row& row, FacilityRecord* record) {
  return Parse(row.String(1), &record->recognitions.emplace_back());
}

absl::StatusOr<std::string> OneText(db::Transaction& transaction, const char* sql,
                                    db::Params params) {
  std::string text;
  RETURN_IF_ERROR(
      transaction.QueryOne(sql, params, [&](const db::Row& row) { text = row.String(0); })
          .status());
  return text;
}

absl::StatusOr<std::vector<std::string>> IdsByList(db::Transaction& transaction,
                                                   absl::string_view head, absl::string_view tail,
                                                   const std::vector<std::string>& values) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(QueryByList(transaction, head, tail, values, [&](const db::Row& row) {
    ids.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return ids;
}

absl::StatusOr<std::vector<std::string>> AllTexts(db::Transaction& transaction, const char* sql,
                                                  db::Params params) {
  std::vector<std::string> texts;
  RETURN_IF_ERROR(transaction.Query(sql, params, [&](const db::Row& row) {
    texts.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return texts;
}

// Adds "full.name=class" of every field of a message, at any depth, once.
void AddDataClasses(const google::protobuf::Descriptor& descriptor, std::set<std::string>* lines) {
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *descriptor.field(i);
    const int data_class = field.options().GetExtension(common::v1::data_class);
    const bool is_new = lines->insert(absl::StrCat(field.full_name(), "=", data_class)).second;
    if (is_new && field.message_type() != nullptr) AddDataClasses(*field.message_type(), lines);
  }
}

std::string DataClasses() {
  std::set<std::string> lines;
  AddDataClasses(*v1::Facility::descriptor(), &lines);
  return absl::StrJoin(lines, "\n");
}

// Version of what RowMaker does beside that: counted up when it shapes rows in another way.
constexpr absl::string_view kMadeBy = "1";

}  // namespace

std::string ShapeOf(const v1::RuleSet& rules) {
  static const std::string classes = privacy::Sha256Hex(DataClasses());
  std::string text = absl::StrCat(kMadeBy, "\n", classes, "\n", rules.version());
  for (const v1::ClassRule& rule : rules.classes()) {
    absl::StrAppend(&text, "\n", rule.kind(), " ", rule.min_months(), " ", rule.max_months());
  }
  return privacy::Sha256Hex(text).substr(0, kShapeLength);
}

FacilityRow RowMaker::Make(const FacilityRecord& record) const {
  const absl::CivilDay day = std::max(today_, FirstDayOf(record.timeline.slices.front()));
  v1::Facility facility = *FacilityOn(record, day, day);
  const v1::FilingContent& content = facility.content();
  FacilityRow row;
  row.id = record.id;
  row.uscc = content.uscc();
  if (!IsFinal(facility.state())) row.open_uscc = content.uscc();
  row.name = content.name();
  row.division_code = content.division_code();
  row.facility_type = content.facility_type();
  row.state = facility.state();
  row.service_modes = ServiceModeBits(content);
  row.age_months = AgeMonthBits(content, rules_);
  row.capacity = content.approved_capacity();
  int longitude = 0;
  int latitude = 0;
  if (MicroDegrees(content, &longitude, &latitude)) {
    row.longitude = longitude;
    row.latitude = latitude;
  }
  row.inclusive = facility.has_recognition();
  row.next_change_on = NextChangeAfter(record, today_);
  row.last_version = record.timeline.last_version;
  row.revision = record.revision;
  row.recorded_at = record.recorded_at;
  row.shape = shape_;
  // Parts of one message put after each other parse to the whole: a reader without clearance is given the first part.
  v1::Facility personal;
  personal.mutable_content()->set_principal_id_number(content.principal_id_number());
  personal.mutable_content()->set_contact_name(content.contact_name());
  privacy::Redact(&facility, privacy::Clearance::Internal());
  row.message = facility.SerializeAsString();
  row.internal_size = static_cast<int>(row.message.size());
  personal.AppendToString(&row.message);
  CutToPublic(today_, &facility);
  row.public_message = facility.SerializeAsString();
  return row;
}

absl::StatusOr<absl::flat_hash_map<std::string, CurrentRow>> ReadCurrentRows(
    db::Transaction& transaction, const std::vector<std::string>& ids, bool public_only) {
  absl::flat_hash_map<std::string, CurrentRow> rows;
  RETURN_IF_ERROR(QueryByList(transaction, public_only ? kSelectPublicMessages : kSelectMessages,
                              "", ids, [&](const db::Row& row) {
                                CurrentRow& current = rows[row.String(0)];
                                current.found = true;
                                if (!row.IsNull(1)) current.next_change_on = row.Day(1);
                                current.message = row.String(2);
                                return absl::OkStatus();
                              }));
  return rows;
}

absl::StatusOr<Found> ParseCurrent(const CurrentRow& row, absl::CivilDay today,
                                   v1::Facility* facility) {
  if (!row.found) return Found::kNothing;
  if (row.next_change_on && *row.next_change_on <= today) return Found::kDue;
  RETURN_IF_ERROR(Parse(row.message, facility));
  return Found::kCurrent;
}

absl::StatusOr<Found> ReadCurrent(db::Transaction& transaction, absl::string_view id,
                                  bool public_only, absl::CivilDay today, v1::Facility* facility) {
  ASSIGN_OR_RETURN(const auto rows, ReadCurrentRows(transaction, {std::string(id)}, public_only));
  return rows.empty() ? Found::kNothing : ParseCurrent(rows.begin()->second, today, facility);
}

absl::StatusOr<std::vector<FacilityRecord>> LoadRecords(db::Transaction& transaction,
                                                        const std::vector<std::string>& ids,
                                                        bool lock) {
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<FacilityRecord> records;
  records.reserve(sorted.size());
  RETURN_IF_ERROR(QueryByList(
      transaction, kSelectRecords, lock ? " ORDER BY id FOR UPDATE" : " ORDER BY id", sorted,
      [&](const db::Row& row) { return ReadRecord(row, &records.emplace_back()); }));
  ById by_id;
  for (FacilityRecord& record : records) by_id[record.id] = &record;
  const auto of = [&](const db::Row& row) {
    const auto found = by_id.find(row.String(0));
    return found == by_id.end() ? nullptr : found->second;
  };
  RETURN_IF_ERROR(QueryByList(transaction, kSelectSlices, " ORDER BY facility_id, valid_from",
                              sorted, [&](const db::Row& row) {
                                FacilityRecord* record = of(row);
                                return record ? ReadSlice(row, record) : absl::OkStatus();
                              }));
  RETURN_IF_ERROR(QueryByList(transaction, kSelectRecognitions,
                              " ORDER BY facility_id, valid_from, id", sorted,
                              [&](const db::Row& row) {
                                FacilityRecord* record = of(row);
                                return record ? ReadRecognition(row, record) : absl::OkStatus();
                              }));
  return records;
}

absl::StatusOr<absl::optional<FacilityRecord>> LoadRecordAt(db::Transaction& transaction,
                                                            absl::string_view id,
                                                            absl::Time known_at) {
  absl::optional<FacilityRecord> record;
  RETURN_IF_ERROR(transaction.Query(kSelectRecordOf, {id}, [&](const db::Row& row) {
    return ReadRecord(row, &record.emplace());
  }));
  if (!record) return record;
  RETURN_IF_ERROR(transaction.Query(kSelectSlicesAt, {id, known_at, known_at},
                                    [&](const db::Row& row) { return ReadSlice(row, &*record); }));
  RETURN_IF_ERROR(
      transaction.Query(kSelectRecognitionsAt, {id, known_at, known_at},
                        [&](const db::Row& row) { return ReadRecognition(row, &*record); }));
  ASSIGN_OR_RETURN(const std::string predecessor,
                   OneText(transaction, kSelectPredecessorAt, {id, known_at, known_at}));
  ASSIGN_OR_RETURN(const std::string successor,
                   OneText(transaction, kSelectSuccessorAt, {id, known_at, known_at}));
  record->current.set_predecessor(predecessor.empty() ? "" : FacilityName(predecessor));
  record->current.set_successor(successor.empty() ? "" : FacilityName(successor));
  return record;
}

absl::StatusOr<absl::optional<v1::Facility>> ReadHistory(db::Transaction& transaction,
                                                         absl::string_view id, absl::CivilDay day,
                                                         absl::CivilDay today,
                                                         absl::optional<absl::Time> known_at) {
  absl::optional<FacilityRecord> record;
  if (known_at) {
    ASSIGN_OR_RETURN(record, LoadRecordAt(transaction, id, *known_at));
  } else {
    ASSIGN_OR_RETURN(std::vector<FacilityRecord> records,
                     LoadRecords(transaction, {std::string(id)}, /*lock=*/false));
    if (!records.empty()) record = std::move(records[0]);
  }
  if (!record) return absl::optional<v1::Facility>();
  // What has no history of its own is not part of what was known.
  return FacilityOn(*record, day, known_at ? absl::CivilDay::min() : today);
}

absl::StatusOr<std::vector<std::string>> IdsOfUsccs(db::Transaction& transaction,
                                                    const std::vector<std::string>& usccs) {
  return IdsByList(transaction, kSelectUsccs, " ORDER BY id", usccs);
}

absl::StatusOr<std::vector<std::string>> IdsOfOpenUsccs(db::Transaction& transaction,
                                                        const std::vector<std::string>& usccs) {
  return IdsByList(transaction, kSelectOpenUsccs, "", usccs);
}

absl::StatusOr<std::string> IdOfExternalId(db::Transaction& transaction,
                                           const common::v1::ExternalId& external_id) {
  return OneText(transaction, kSelectIdOfExternalId,
                 {external_id.source_system(), external_id.source_id()});
}

absl::StatusOr<std::vector<std::string>> DueIds(db::Transaction& transaction, absl::CivilDay today,
                                                int limit) {
  return AllTexts(transaction, kSelectDue, {today, limit});
}

absl::StatusOr<std::vector<std::string>> IdsOfOtherShape(db::Transaction& transaction,
                                                         absl::string_view shape, int limit) {
  return AllTexts(transaction, kSelectOtherShape, {shape, limit});
}

}  // namespace tuoyu::filing
