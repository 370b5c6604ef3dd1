#include "services/aggregator/fact_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "services/aggregator/facility_facts.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;

constexpr char kSelectFacts[] =
    "SELECT facility, facts FROM facility_fact WHERE generation = ? AND facility IN (";
constexpr char kInsertFacts[] = "INSERT INTO facility_fact (generation, facility, facts) VALUES ";
constexpr char kOrReplaceFacts[] = " ON DUPLICATE KEY UPDATE facts = VALUES(facts)";
constexpr char kInsertSpans[] =
    "INSERT INTO facility_span (generation, known_from, facility, valid_from, valid_to, known_to, "
    "division, facility_type, places, inclusive, inclusive_places, kindergarten) VALUES ";
constexpr char kOrCloseSpans[] = " ON DUPLICATE KEY UPDATE known_to = VALUES(known_to)";
constexpr char kSelectKindergartens[] =
    "SELECT kindergarten, facts FROM kindergarten_fact WHERE generation = ? AND kindergarten IN (";
constexpr char kInsertKindergartens[] =
    "INSERT INTO kindergarten_fact (generation, kindergarten, facts) VALUES ";
constexpr char kInsertKindergartenSpans[] =
    "INSERT INTO kindergarten_span (generation, known_from, kindergarten, division, valid_from, "
    "valid_to, known_to) VALUES ";
constexpr char kSelectMembersOf[] =
    "SELECT facility, member, facts FROM member_fact WHERE generation = ? AND facility IN (";
constexpr char kSelectMembers[] =
    "SELECT facility, member, facts FROM member_fact WHERE generation = ? AND (facility, member) "
    "IN (";
constexpr char kInsertMembers[] =
    "INSERT INTO member_fact (generation, facility, member, facts) VALUES ";
constexpr char kInsertMemberSpans[] =
    "INSERT INTO member_span (generation, known_from, facility, member, valid_from, valid_to, "
    "known_to, division, measure) VALUES ";

constexpr char kInsertEntries[] =
    "INSERT INTO registry_entry (generation, sequence, action, subject, effective_date, "
    "record_time) VALUES ";

absl::Status ParseFacts(absl::string_view id, const std::string& bytes,
                        google::protobuf::Message* facts) {
  if (facts->ParseFromString(bytes)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(id, ": facts do not parse"));
}

// Messages by a text key, both of facilities and of kindergartens.
template <typename Message>
absl::StatusOr<absl::flat_hash_map<std::string, Message>> LoadMessages(
    db::Transaction& transaction, absl::string_view select, int64_t generation,
    const std::vector<std::string>& ids) {
  absl::flat_hash_map<std::string, Message> messages;
  const std::vector<db::Param> keys(ids.begin(), ids.end());
  RETURN_IF_ERROR(
      db::SelectIn(transaction, select, "", {generation}, keys, 1, [&](const db::Row& row) {
        return ParseFacts(row.String(0), row.String(1), &messages[row.String(0)]);
      }));
  return messages;
}

// Stores the messages of `ids`, which are in order, so that transactions lock rows in the same order.
template <typename Message>
absl::Status StoreMessages(db::Transaction& transaction, absl::string_view insert,
                           int64_t generation,
                           const absl::flat_hash_map<std::string, Message>& messages,
                           const absl::btree_set<std::string>& ids) {
  std::vector<std::pair<absl::string_view, std::string>> rows;
  rows.reserve(ids.size());
  for (const std::string& id : ids) rows.emplace_back(id, messages.at(id).SerializeAsString());
  return db::InsertRows(transaction, insert, kOrReplaceFacts, rows.size(), 3,
                        [&](size_t row, std::vector<db::Param>* params) {
                          params->emplace_back(generation);
                          params->emplace_back(rows[row].first);
                          params->emplace_back(db::Blob{rows[row].second});
                        });
}

}  // namespace

absl::StatusOr<FactsById> LoadFacts(db::Transaction& transaction, int64_t generation,
                                    const std::vector<std::string>& facilities) {
  return LoadMessages<indicator::v1::FacilityFacts>(transaction, kSelectFacts, generation,
                                                    facilities);
}

absl::StatusOr<KindergartensById> LoadKindergartens(db::Transaction& transaction,
                                                    int64_t generation,
                                                    const std::vector<std::string>& kindergartens) {
  return LoadMessages<indicator::v1::KindergartenFacts>(transaction, kSelectKindergartens,
                                                        generation, kindergartens);
}

absl::StatusOr<MembersByKey> LoadMembers(db::Transaction& transaction, int64_t generation,
                                         const absl::btree_set<std::string>& facilities,
                                         const absl::btree_set<MemberKey>& members) {
  MembersByKey facts;
  const auto read = [&](const db::Row& row) {
    return ParseFacts(row.String(1), row.String(2), &facts[{row.String(0), row.String(1)}]);
  };
  std::vector<db::Param> keys(facilities.begin(), facilities.end());
  RETURN_IF_ERROR(db::SelectIn(transaction, kSelectMembersOf, "", {generation}, keys, 1, read));
  keys.clear();
  for (const auto& [facility, member] : members) {
    keys.emplace_back(facility);
    keys.emplace_back(member);
  }
  RETURN_IF_ERROR(db::SelectIn(transaction, kSelectMembers, "", {generation}, keys, 2, read));
  return facts;
}

absl::Status StoreFacts(db::Transaction& transaction, int64_t generation, const FactsById& facts,
                        const absl::btree_set<std::string>& facilities) {
  return StoreMessages(transaction, kInsertFacts, generation, facts, facilities);
}

absl::Status StoreKindergartens(db::Transaction& transaction, int64_t generation,
                                const KindergartensById& facts) {
  absl::btree_set<std::string> ids;
  for (const auto& [id, message] : facts) ids.insert(id);
  return StoreMessages(transaction, kInsertKindergartens, generation, facts, ids);
}

absl::Status StoreMembers(db::Transaction& transaction, int64_t generation,
                          const MembersByKey& facts, const absl::btree_set<MemberKey>& members) {
  std::vector<std::pair<const MemberKey*, std::string>> rows;
  rows.reserve(members.size());
  for (const MemberKey& key : members) rows.emplace_back(&key, facts.at(key).SerializeAsString());
  return db::InsertRows(transaction, kInsertMembers, kOrReplaceFacts, rows.size(), 4,
                        [&](size_t row, std::vector<db::Param>* params) {
                          params->emplace_back(generation);
                          params->emplace_back(rows[row].first->first);
                          params->emplace_back(rows[row].first->second);
                          params->emplace_back(db::Blob{rows[row].second});
                        });
}

absl::Status StoreEntries(db::Transaction& transaction, int64_t generation,
                          const std::vector<common::v1::JournalEntry>& entries,
                          const absl::btree_set<int64_t>& sequences) {
  std::vector<const common::v1::JournalEntry*> stored;
  std::vector<absl::Time> times;
  for (const common::v1::JournalEntry& entry : entries) {
    if (!sequences.contains(entry.sequence())) continue;
    stored.push_back(&entry);
    ASSIGN_OR_RETURN(times.emplace_back(), FromProto(entry.record_time()));
  }
  return db::InsertRows(
      transaction, kInsertEntries, "", stored.size(), 6,
      [&](size_t row, std::vector<db::Param>* params) {
        const common::v1::JournalEntry& entry = *stored[row];
        const absl::StatusOr<absl::CivilDay> day = FromProto(entry.effective_date());
        params->emplace_back(generation);
        params->emplace_back(entry.sequence());
        params->emplace_back(entry.action());
        params->emplace_back(entry.subject());
        params->emplace_back(day.ok() ? db::Param(*day) : db::Param(std::nullopt));
        params->emplace_back(times[row]);
      });
}

absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownSpan>& spans) {
  return db::InsertRows(transaction, kInsertSpans, kOrCloseSpans, spans.size(), 12,
                        [&](size_t row, std::vector<db::Param>* params) {
                          const FactSpan& span = spans[row].span;
                          params->emplace_back(generation);
                          params->emplace_back(span.known_from());
                          params->emplace_back(spans[row].facility);
                          params->emplace_back(DayOfNumber(span.from_day()));
                          params->emplace_back(DayOfNumber(span.to_day()));
                          params->emplace_back(spans[row].known_to);
                          params->emplace_back(span.division());
                          params->emplace_back(static_cast<int>(span.facility_type()));
                          params->emplace_back(span.places());
                          params->emplace_back(span.inclusive());
                          params->emplace_back(span.inclusive_places());
                          params->emplace_back(span.kindergarten());
                        });
}

absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownKindergartenSpan>& spans) {
  return db::InsertRows(transaction, kInsertKindergartenSpans, kOrCloseSpans, spans.size(), 7,
                        [&](size_t row, std::vector<db::Param>* params) {
                          const indicator::v1::KindergartenSpan& span = spans[row].span;
                          params->emplace_back(generation);
                          params->emplace_back(span.known_from());
                          params->emplace_back(spans[row].kindergarten);
                          params->emplace_back(span.division());
                          params->emplace_back(DayOfNumber(span.from_day()));
                          params->emplace_back(DayOfNumber(span.to_day()));
                          params->emplace_back(spans[row].known_to);
                        });
}

absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownMemberSpan>& spans) {
  return db::InsertRows(transaction, kInsertMemberSpans, kOrCloseSpans, spans.size(), 9,
                        [&](size_t row, std::vector<db::Param>* params) {
                          const indicator::v1::MemberSpan& span = spans[row].span;
                          params->emplace_back(generation);
                          params->emplace_back(span.known_from());
                          params->emplace_back(spans[row].member.first);
                          params->emplace_back(spans[row].member.second);
                          params->emplace_back(DayOfNumber(span.from_day()));
                          params->emplace_back(DayOfNumber(span.to_day()));
                          params->emplace_back(spans[row].known_to);
                          params->emplace_back(span.division());
                          params->emplace_back(span.measure());
                        });
}

}  // namespace tuoyu::aggregator
