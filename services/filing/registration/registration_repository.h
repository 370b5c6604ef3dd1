#ifndef TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_REPOSITORY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"
#include "tuoyu/filing/v1/registration.pb.h"

// Rows of tables registration, registration_fact and registration_contact <-> messages, personal fields sealed. Errors of all
// functions: those of db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// Not put off.
inline constexpr absl::CivilDay kOnList{1000, 1, 1};

// "registrations/{id}" <-> id, "registrations/{id}/contacts/{id}". The id of a name that is not of this form is empty.
std::string RegistrationName(absl::string_view id);
std::string RegistrationId(absl::string_view name);
std::string ContactName(absl::string_view registration_id, absl::string_view id);

// What holds, and whether it is off the worklist.
struct RegistrationRow {
  std::string id;
  absl::CivilDay off_list_until = kOnList;
  v1::Registration message;
};

// The row of an id, locked with `lock`; nothing when there is none.
absl::StatusOr<absl::optional<RegistrationRow>> ReadRegistration(db::Transaction& transaction,
                                                                 absl::string_view id, bool lock);
// Locks the rows of these records of other systems: (source_system, source_id).
absl::StatusOr<std::vector<RegistrationRow>> LockRegistrationsOf(
    db::Transaction& transaction, const std::vector<std::pair<std::string, std::string>>& sources);

// Inserts new rows. ALREADY_EXISTS when a record of a source is there already.
absl::Status InsertRegistrations(db::Transaction& transaction,
                                 absl::Span<const RegistrationRow* const> rows);
absl::Status UpdateRegistration(db::Transaction& transaction, const RegistrationRow& row);

// A fact as it was pushed.
struct RegistrationFact {
  std::string registration_id;
  std::string id;
  std::string fact_index;  // 32 bytes
  v1::Registration message;
};
absl::Status InsertRegistrationFacts(db::Transaction& transaction,
                                     absl::Span<const RegistrationFact> facts);
// Those of the indexes that are there for these registrations, as registration id followed by index.
absl::StatusOr<absl::flat_hash_set<std::string>> ReadKnownFacts(
    db::Transaction& transaction, const std::vector<std::pair<std::string, std::string>>& facts);
// All facts of a registration, in the order they came.
absl::StatusOr<std::vector<v1::Registration>> ReadRegistrationFacts(db::Transaction& transaction,
                                                                    absl::string_view id);

absl::Status InsertContact(db::Transaction& transaction, absl::string_view registration_id,
                           absl::string_view id, const v1::RegistrationContact& contact);
// Contacts of a registration, oldest first.
absl::StatusOr<std::vector<v1::RegistrationContact>> ReadContacts(db::Transaction& transaction,
                                                                  absl::string_view id);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_REPOSITORY_H_
