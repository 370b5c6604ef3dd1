#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_VALUES_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_VALUES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "common/db/transaction.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/publication.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// Who is told.
enum class Audience {
  kCommission,  // everything
  kRelease,     // the public, of a day that is released: exact, but for what tells of few persons
  kPublic,      // everyone outside the commission: numbers of persons rounded besides
};

// Who asks, and as known when.
struct ValueQuery {
  KnownAt known_at;
  Audience audience = Audience::kPublic;
};

// Values of some definitions in one division on one day.
struct Values {
  std::vector<indicator::v1::Indicator> indicators;  // in the order asked for, without positions
  Findings findings;
};

// Computes values, and withholds what the caller may not be told. Thread safe.
class ValueReader {
 public:
  using Definitions = std::vector<const indicator::v1::IndicatorDefinition*>;

  // Both must outlive this.
  ValueReader(const indicator::v1::Plan& plan, const data::Divisions& divisions);

  // Whether Read sends several statements, and needs a snapshot.
  static bool NeedsSnapshot(const Scope& scope, const Definitions& definitions,
                            const ValueQuery& query);
  // Errors of EvidenceReader::Find.
  absl::StatusOr<Values> Read(db::Transaction& transaction, const Scope& scope,
                              const Definitions& definitions, const ValueQuery& query);

 private:
  const indicator::v1::Plan& plan_;
  const EvidenceReader evidence_;
  Publication publication_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_VALUES_H_
