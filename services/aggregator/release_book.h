#ifndef TUOYU_SERVICES_AGGREGATOR_RELEASE_BOOK_H_
#define TUOYU_SERVICES_AGGREGATOR_RELEASE_BOOK_H_

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "tuoyu/indicator/v1/indicator.pb.h"
#include "tuoyu/indicator/v1/table.pb.h"

namespace tuoyu::aggregator {

// The values released first of each day, at hand for every answer. This process is the only one that releases. Thread
// safe.
class ReleaseBook {
 public:
  // `plan`: its document number.
  explicit ReleaseBook(std::string plan) : plan_(std::move(plan)) {}

  // Reads them once; `again` also what was released since. The errors of the database.
  absl::Status Load(db::Pool& pool, const rpc::Call& call, bool again = false);
  // Fills in what was released first of the values of the plan's district, each of its day.
  void Fill(std::vector<indicator::v1::Indicator>* indicators) const;
  // The same of the points of tables that are about the division.
  void Fill(const std::string& division,
            google::protobuf::RepeatedPtrField<indicator::v1::IndicatorTable>* tables) const;

 private:
  // The value of an indicator released first of a day; false when there is none.
  bool Find(absl::CivilDay day, int number, indicator::v1::ReleasedValue* value) const;

  const std::string plan_;
  mutable std::mutex mutex_;
  bool loaded_ = false;
  absl::flat_hash_map<absl::CivilDay, indicator::v1::Release> first_;
};

// The values of a release, of what they are now to the public.
indicator::v1::Release ReleaseOf(const std::vector<indicator::v1::Indicator>& indicators);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_RELEASE_BOOK_H_
