#include "services/filing/registration/registration_repository.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/lists.h"

namespace tuoyu::filing {
namespace {

using v1::Registration;

constexpr absl::string_view kPrefix = "registrations/";
constexpr absl::string_view kContacts = "/contacts/";
constexpr int kColumns = 13;

constexpr char kSelectOne[] = "SELECT id, off_list_until, message FROM registration WHERE id = ?";
constexpr char kLockOne[] =
    "SELECT id, off_list_until, message FROM registration WHERE id = ? FOR UPDATE";
constexpr char kSelectOfSources[] =
    "SELECT id, off_list_until, message FROM registration WHERE (source_system, source_id) IN (";
constexpr char kInsert[] =
    "INSERT INTO registration (id, source_system, source_id, uscc, unit, registrar, state, "
    "registered_on, division_code, childcare, off_list_until, revision, message) VALUES ";
constexpr char kUpdate[] =
    "UPDATE registration SET uscc = ?, registrar = ?, state = ?, registered_on = ?, division_code "
    "= ?, childcare = ?, off_list_until = ?, revision = ?, message = ? WHERE id = ?";
constexpr char kInsertFacts[] =
    "INSERT INTO registration_fact (registration_id, id, fact_index, message) VALUES ";
constexpr char kSelectKnown[] =
    "SELECT registration_id, fact_index FROM registration_fact WHERE (registration_id, fact_index) "
    "IN (";
constexpr char kSelectFacts[] =
    "SELECT message FROM registration_fact WHERE registration_id = ? ORDER BY id";
constexpr char kInsertContact[] =
    "INSERT INTO registration_contact (registration_id, id, message) VALUES (?, ?, ?)";
constexpr char kSelectContacts[] =
    "SELECT message FROM registration_contact WHERE registration_id = ? ORDER BY id";

absl::Status ReadRow(const db::Row& row, RegistrationRow* out) {
  out->id = row.String(0);
  out->off_list_until = row.Day(1);
  if (out->message.ParseFromString(row.String(2))) return absl::OkStatus();
  return absl::DataLossError("a stored registration does not parse");
}

template <typename Message>
absl::StatusOr<std::vector<Message>> ReadMessages(db::Transaction& transaction, const char* sql,
                                                  absl::string_view id) {
  std::vector<Message> messages;
  RETURN_IF_ERROR(transaction.Query(sql, {id}, [&](const db::Row& row) -> absl::Status {
    if (messages.emplace_back().ParseFromString(row.String(0))) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("a stored ", messages.back().GetTypeName(), " does not parse"));
  }));
  return messages;
}

int64_t RevisionOf(const Registration& registration) {
  int64_t revision = 0;
  return absl::SimpleAtoi(registration.etag(), &revision) ? revision : 0;
}

// The rules have checked that the day is one.
absl::CivilDay RegisteredOn(const Registration& registration) {
  const auto& date = registration.registered_on();
  return absl::CivilDay(date.year(), date.month(), date.day());
}

// Parameters for pairs, which must outlive them.
std::vector<db::Param> PairParams(const std::vector<std::pair<std::string, std::string>>& pairs,
                                  bool second_is_blob) {
  std::vector<db::Param> params;
  params.reserve(pairs.size() * 2);
  for (const auto& [first, second] : pairs) {
    params.emplace_back(first);
    if (second_is_blob) {
      params.emplace_back(db::Blob{second});
    } else {
      params.emplace_back(second);
    }
  }
  return params;
}

}  // namespace

std::string RegistrationName(absl::string_view id) { return absl::StrCat(kPrefix, id); }

std::string RegistrationId(absl::string_view name) {
  return absl::ConsumePrefix(&name, kPrefix) && IsUuid(name) ? std::string(name) : std::string();
}

std::string ContactName(absl::string_view registration_id, absl::string_view id) {
  return absl::StrCat(kPrefix, registration_id, kContacts, id);
}

absl::StatusOr<absl::optional<RegistrationRow>> ReadRegistration(db::Transaction& transaction,
                                                                 absl::string_view id, bool lock) {
  absl::optional<RegistrationRow> found;
  RETURN_IF_ERROR(transaction.Query(lock ? kLockOne : kSelectOne, {id}, [&](const db::Row& row) {
    return ReadRow(row, &found.emplace());
  }));
  return found;
}

absl::StatusOr<std::vector<RegistrationRow>> LockRegistrationsOf(
    db::Transaction& transaction, const std::vector<std::pair<std::string, std::string>>& sources) {
  std::vector<RegistrationRow> rows;
  RETURN_IF_ERROR(db::SelectIn(
      transaction, kSelectOfSources, " ORDER BY id FOR UPDATE", {}, PairParams(sources, false), 2,
      [&](const db::Row& row) { return ReadRow(row, &rows.emplace_back()); }));
  return rows;
}

absl::Status InsertRegistrations(db::Transaction& transaction,
                                 absl::Span<const RegistrationRow* const> rows) {
  std::vector<std::string> messages;
  messages.reserve(rows.size());
  for (const RegistrationRow* row : rows) messages.push_back(row->message.SerializeAsString());
  return db::InsertRows(transaction, kInsert, "", rows.size(), kColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          const Registration& message = rows[i]->message;
                          params->emplace_back(rows[i]->id);
                          params->emplace_back(message.source_system());
                          params->emplace_back(message.source_id());
                          params->emplace_back(message.uscc());
                          params->emplace_back(message.unit());
                          params->emplace_back(message.registrar());
                          params->emplace_back(message.state());
                          params->emplace_back(RegisteredOn(message));
                          params->emplace_back(message.division_code());
                          params->emplace_back(message.childcare_in_scope());
                          params->emplace_back(rows[i]->off_list_until);
                          params->emplace_back(RevisionOf(message));
                          params->emplace_back(db::Blob{messages[i]});
                        });
}

absl::Status UpdateRegistration(db::Transaction& transaction, const RegistrationRow& row) {
  const Registration& message = row.message;
  const std::string bytes = message.SerializeAsString();
  return transaction.Execute(
      kUpdate, {message.uscc(), message.registrar(), message.state(), RegisteredOn(message),
                message.division_code(), message.childcare_in_scope(), row.off_list_until,
                RevisionOf(message), db::Blob{bytes}, row.id});
}

absl::Status InsertRegistrationFacts(db::Transaction& transaction,
                                     absl::Span<const RegistrationFact> facts) {
  std::vector<std::string> messages;
  messages.reserve(facts.size());
  for (const RegistrationFact& fact : facts) messages.push_back(fact.message.SerializeAsString());
  return db::InsertRows(transaction, kInsertFacts, "", facts.size(), 4,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(facts[i].registration_id);
                          params->emplace_back(facts[i].id);
                          params->emplace_back(db::Blob{facts[i].fact_index});
                          params->emplace_back(db::Blob{messages[i]});
                        });
}

absl::StatusOr<absl::flat_hash_set<std::string>> ReadKnownFacts(
    db::Transaction& transaction, const std::vector<std::pair<std::string, std::string>>& facts) {
  absl::flat_hash_set<std::string> known;
  RETURN_IF_ERROR(db::SelectIn(transaction, kSelectKnown, "", {}, PairParams(facts, true), 2,
                               [&](const db::Row& row) {
                                 known.insert(absl::StrCat(row.String(0), row.String(1)));
                                 return absl::OkStatus();
                               }));
  return known;
}

absl::StatusOr<std::vector<Registration>> ReadRegistrationFacts(db::Transaction& transaction,
                                                                absl::string_view id) {
  return ReadMessages<Registration>(transaction, kSelectFacts, id);
}

absl::Status InsertContact(db::Transaction& transaction, absl::string_view registration_id,
                           absl::string_view id, const v1::RegistrationContact& contact) {
  const std::string message = contact.SerializeAsString();
  return transaction.Execute(kInsertContact, {registration_id, id, db::Blob{message}});
}

absl::StatusOr<std::vector<v1::RegistrationContact>> ReadContacts(db::Transaction& transaction,
                                                                  absl::string_view id) {
  return ReadMessages<v1::RegistrationContact>(transaction, kSelectContacts, id);
}

}  // namespace tuoyu::filing
