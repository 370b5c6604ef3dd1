#ifndef TUOYU_SERVICES_AGGREGATOR_FACT_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_FACT_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/db/transaction.h"
#include "services/aggregator/fact_batch.h"

namespace tuoyu::aggregator {

// SQL of the facts that measures are derived from, and of their spans, of one generation. Functions
// return the errors of db::Transaction, and DATA_LOSS when a stored message does not parse.

// Facts of those of `facilities` that are known.
absl::StatusOr<FactsById> LoadFacts(db::Transaction& transaction, int64_t generation,
                                    const std::vector<std::string>& facilities);
absl::StatusOr<KindergartensById> LoadKindergartens(db::Transaction& transaction,
                                                    int64_t generation,
                                                    const std::vector<std::string>& kindergartens);
// Facts of all members of `facilities`, and of those of `members` that are known.
absl::StatusOr<MembersByKey> LoadMembers(db::Transaction& transaction, int64_t generation,
                                         const absl::btree_set<std::string>& facilities,
                                         const absl::btree_set<MemberKey>& members);
// Stores those of `facilities`.
absl::Status StoreFacts(db::Transaction& transaction, int64_t generation, const FactsById& facts,
                        const absl::btree_set<std::string>& facilities);
absl::Status StoreKindergartens(db::Transaction& transaction, int64_t generation,
                                const KindergartensById& facts);
// Stores those of `members`.
absl::Status StoreMembers(db::Transaction& transaction, int64_t generation,
                          const MembersByKey& facts, const absl::btree_set<MemberKey>& members);
// Stores, without payload, those of the journal's entries that `sequences` names; all of these are among them.
absl::Status StoreEntries(db::Transaction& transaction, int64_t generation,
                          const std::vector<common::v1::JournalEntry>& entries,
                          const absl::btree_set<int64_t>& sequences);
// Inserts spans, or gives them their new `known_to`.
absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownSpan>& spans);
absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownKindergartenSpan>& spans);
absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownMemberSpan>& spans);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_FACT_REPOSITORY_H_
