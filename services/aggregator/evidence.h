#ifndef TUOYU_SERVICES_AGGREGATOR_EVIDENCE_H_
#define TUOYU_SERVICES_AGGREGATOR_EVIDENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "services/aggregator/evidence_repository.h"
#include "services/aggregator/indicator_rules.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// Names of the two journals values rest on.
inline constexpr char kRegistryJournal[] = "filing";
inline constexpr char kStatisticsJournal[] = "aggregator";

// A division and a day, valid together.
struct Scope {
  std::string code;
  std::string name;
  int64_t division = 0;  // the code as a number
  absl::CivilDay day;
  std::vector<const data::Division*> streets;  // in it on the day, by code
};

// INVALID_ARGUMENT UNKNOWN_DIVISION when there is no such division on the day; the district's city
// is known, too, and has the district's streets.
absl::StatusOr<Scope> FindScope(const data::Divisions& divisions, absl::string_view code,
                                absl::CivilDay day);

// As known when the journals stood at these entries; 0: now.
struct KnownAt {
  int64_t registry = 0;
  int64_t statistics = 0;
};

// What a question rests on, with the positions of both journals.
struct Findings {
  Evidence evidence;
  RegistryValues values;
  std::vector<indicator::v1::PositionUsed> positions;
};

// Finds the evidence for terms and benchmarks. Thread safe.
class EvidenceReader {
 public:
  // `divisions` must outlive this.
  explicit EvidenceReader(const data::Divisions& divisions);

  // The evidence for `names`. `benchmarks` are looked up for the city first. With `known_at` the
  // transaction must be read-only (a snapshot). Errors: UNAVAILABLE AGGREGATE_REBUILDING while no
  // measures are whole; FAILED_PRECONDITION POSITION_NOT_REACHED when a position lies after the
  // one applied; those of the repositories.
  absl::StatusOr<Findings> Find(db::Transaction& transaction, const Scope& scope,
                                const absl::btree_set<std::string>& names,
                                const absl::btree_set<std::string>& benchmarks,
                                const KnownAt& known_at) const;

  int64_t city() const { return city_; }

 private:
  absl::Status FindMeasures(db::Transaction& transaction, const Scope& scope,
                            const absl::btree_set<std::string>& names, int64_t known_at,
                            Findings* findings) const;
  absl::Status FindStatistics(db::Transaction& transaction, const Scope& scope,
                              const absl::btree_set<std::string>& names,
                              const absl::btree_set<std::string>& benchmarks, int64_t known_at,
                              Findings* findings) const;

  const data::Divisions& divisions_;
  const int64_t district_;
  const int64_t city_;
};

// What the measures among `names` come to in the scope.
MeasuresByName MeasuresOf(const Scope& scope, const absl::btree_set<std::string>& names,
                          const RegistryValues& values);

// The streets of `scope` with at least one inclusive facility, by code.
std::vector<const data::Division*> StreetsWithInclusive(const Scope& scope,
                                                        const RegistryValues& values);

// A division code as a number; 0 for what is none.
int64_t DivisionNumber(absl::string_view code);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_EVIDENCE_H_
