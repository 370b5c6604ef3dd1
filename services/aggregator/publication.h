#ifndef TUOYU_SERVICES_AGGREGATOR_PUBLICATION_H_
#define TUOYU_SERVICES_AGGREGATOR_PUBLICATION_H_

#include <cstdint>
#include <mutex>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "common/db/transaction.h"
#include "services/aggregator/evidence_repository.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// Numbers of indicators.
using IndicatorNumbers = absl::btree_set<int32_t>;

// Finds which indicators of streets and towns would tell of few children together with those of the others and of the
// district; kept until the journal moves on. Thread safe.
class Publication {
 public:
  // Both must outlive this.
  Publication(const indicator::v1::Plan& plan, const data::Divisions& divisions);

  // Those withheld of all streets and towns on a day outside the health commission, as known now, by `values` of the same
  // snapshot. Errors of db::Transaction.
  absl::StatusOr<IndicatorNumbers> WithheldOn(db::Transaction& transaction, absl::CivilDay day,
                                              const RegistryValues& values);

 private:
  absl::StatusOr<IndicatorNumbers> Decide(db::Transaction& transaction, absl::CivilDay day) const;

  const indicator::v1::Plan& plan_;
  const data::Divisions& divisions_;

  std::mutex mutex_;
  int64_t generation_ = 0;
  int64_t sequence_ = -1;
  absl::btree_map<absl::CivilDay, IndicatorNumbers> withheld_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_PUBLICATION_H_
