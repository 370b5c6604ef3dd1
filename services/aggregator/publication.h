#ifndef TUOYU_SERVICES_AGGREGATOR_PUBLICATION_H_
#define TUOYU_SERVICES_AGGREGATOR_PUBLICATION_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "common/db/transaction.h"
#include "services/aggregator/evidence_repository.h"
#include "services/aggregator/publication_rules.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// The last day of the month of `day`.
absl::CivilDay EndOfMonth(absl::CivilDay day);

// Which values of streets and towns are withheld outside the health commission, see publication_rules.h. Persons of one
// kind (PersonsOf) are withheld by all indicators or by none, as these tell each other's numbers.
class Withheld {
 public:
  using ByMonth = absl::btree_map<absl::CivilDay, Parts>;  // by the last day of the month
  explicit Withheld(absl::btree_map<std::string, ByMonth> by_persons)
      : by_persons_(std::move(by_persons)) {}

  // Whether the value of the definition in a street or town on a day is withheld: also on any day that is not the end of
  // a month of publication. Never that of the district or the city, nor of an indicator that does not count persons.
  bool Covers(const indicator::v1::IndicatorDefinition& definition, int64_t division,
              absl::CivilDay day) const;

 private:
  absl::btree_map<std::string, ByMonth> by_persons_;
};

// Finds what is withheld. Decided from the first month of publication - the one before the plan - to the last that has
// ended, whatever is asked, so that two questions are never answered by two decisions; kept until the journal moves on.
// Thread safe.
class Publication {
 public:
  // Both must outlive this.
  Publication(const indicator::v1::Plan& plan, const data::Divisions& divisions);

  // What is withheld as known now, by `values` of the same snapshot. Errors of db::Transaction.
  absl::StatusOr<std::shared_ptr<const Withheld>> Read(db::Transaction& transaction,
                                                       absl::CivilDay today,
                                                       const RegistryValues& values);

 private:
  // The numbers of persons of each kind in the district and its parts on a day.
  absl::StatusOr<absl::btree_map<std::string, CountedDay>> CountOn(db::Transaction& transaction,
                                                                   absl::CivilDay day) const;
  absl::StatusOr<std::shared_ptr<const Withheld>> Decide(
      db::Transaction& transaction, const std::vector<absl::CivilDay>& days) const;

  const indicator::v1::Plan& plan_;
  const data::Divisions& divisions_;

  std::mutex mutex_;
  int64_t generation_ = 0;
  int64_t sequence_ = -1;
  absl::CivilDay last_day_;
  std::shared_ptr<const Withheld> withheld_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_PUBLICATION_H_
