#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_VALUES_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_VALUES_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "common/db/transaction.h"
#include "common/rpc/caller.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/publication.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// Who is told.
enum class Audience {
  kCommission,  // the health commission of the division: everything
  kRelease,     // the public, of a day that is released: what tells of few persons is withheld
  // Everyone outside the commission: besides, numbers of children are told as of ends of months only, and rounded of
  // streets and towns.
  kPublic,
};

// Who asks, and as known when.
struct ValueQuery {
  KnownAt known_at;
  const rpc::Caller* caller = nullptr;  // must outlive this; null: whoever reads a release
  absl::CivilDay today;

  // Who is told of a division: a commission's officers are of the public where they have no office.
  Audience AudienceIn(absl::string_view division_code) const;
};

// Values of some definitions in one division on one day.
struct Values {
  std::vector<indicator::v1::Indicator> indicators;  // in the order asked for, without positions
  Findings findings;
  // Of indicators that count children, where these are as of the end of the month before the day asked for, and others with
  // them are not.
  std::optional<Findings> month_end;
};

// The end of the month that is told of outside the commission on a day: the last one on or before the day that is over.
absl::CivilDay MonthTold(absl::CivilDay day, absl::CivilDay today);

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
  // The values all as of the day of the scope.
  absl::StatusOr<Values> ReadOn(db::Transaction& transaction, const Scope& scope,
                                const Definitions& definitions, const ValueQuery& query);

  const indicator::v1::Plan& plan_;
  const data::Divisions& divisions_;
  const EvidenceReader evidence_;
  Publication publication_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_VALUES_H_
