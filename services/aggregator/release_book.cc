#include "services/aggregator/release_book.h"

#include <limits>
#include <utility>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/rpc/read.h"
#include "services/aggregator/release_repository.h"

namespace tuoyu::aggregator {

using indicator::v1::Indicator;
using indicator::v1::Release;
using indicator::v1::ReleasedValue;

namespace {

// Says of an indicator, or a point of it, what was released first, and whether it is another value now: not where either
// is withheld, of which nothing is told.
template <typename Value>
void SayReleased(const ReleasedValue& released, Value* now) {
  *now->mutable_first_released() = released;
  if (now->suppressed() || released.suppressed()) return;
  now->set_revised(now->value() != released.value() || now->numerator() != released.numerator() ||
                   now->denominator() != released.denominator() ||
                   now->attainment() != released.attainment());
}

}  // namespace

absl::Status ReleaseBook::Load(db::Pool& pool, const rpc::Call& call, bool again) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (loaded_ && !again) return absl::OkStatus();
  }
  std::vector<Release> releases;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(releases,
                     ReadReleases(transaction, plan_, {}, std::numeric_limits<int>::max()));
    return absl::OkStatus();
  }));
  std::lock_guard<std::mutex> lock(mutex_);
  for (Release& release : releases) {
    const auto day = FromProto(release.as_of());
    if (day.ok()) first_.emplace(*day, std::move(release));  // the first revision stays
  }
  loaded_ = true;
  return absl::OkStatus();
}

bool ReleaseBook::Find(absl::CivilDay day, int number, ReleasedValue* value) const {
  std::lock_guard<std::mutex> lock(mutex_);
  const auto release = first_.find(day);
  if (release == first_.end()) return false;
  for (const ReleasedValue& each : release->second.values()) {
    if (each.number() != number) continue;
    *value = each;
    return true;
  }
  return false;
}

void ReleaseBook::Fill(std::vector<Indicator>* indicators) const {
  for (Indicator& indicator : *indicators) {
    const auto day = FromProto(indicator.as_of());
    ReleasedValue value;
    if (day.ok() && Find(*day, indicator.definition().number(), &value)) {
      SayReleased(value, &indicator);
    }
  }
}

void ReleaseBook::Fill(
    const std::string& division,
    google::protobuf::RepeatedPtrField<indicator::v1::IndicatorTable>* tables) const {
  for (indicator::v1::IndicatorTable& table : *tables) {
    for (indicator::v1::IndicatorPoint& point : *table.mutable_points()) {
      const auto day = FromProto(point.as_of());
      ReleasedValue value;
      if (point.division_code() == division && day.ok() &&
          Find(*day, table.definition().number(), &value)) {
        SayReleased(value, &point);
      }
    }
  }
}

Release ReleaseOf(const std::vector<Indicator>& indicators) {
  Release release;
  for (const Indicator& indicator : indicators) {
    ReleasedValue& value = *release.add_values();
    value.set_number(indicator.definition().number());
    value.set_value(indicator.value());
    value.set_numerator(indicator.numerator());
    value.set_denominator(indicator.denominator());
    value.set_attainment(indicator.attainment());
    value.set_formula_version(indicator.formula_version());
    value.set_not_computable_reason(indicator.not_computable_reason());
    value.set_suppressed(indicator.suppressed());
  }
  if (!indicators.empty()) *release.mutable_positions() = indicators.front().positions();
  return release;
}

}  // namespace tuoyu::aggregator
