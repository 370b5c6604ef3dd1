#include "services/complaint/statistic/statistic_rules.h"

#include <cstdint>

#include "absl/algorithm/container.h"

namespace tuoyu::complaint {
namespace {

using v1::CaseCount;

constexpr int64_t kMonthsOfQuarter = 3;

bool IsSmall(int least, int count) { return count > 0 && count < least; }

void Hide(CaseCount* count) {
  count->clear_count();
  count->set_withheld(true);
}

}  // namespace

absl::CivilDay QuarterBegin(int year, int quarter) {
  return absl::CivilDay(year, (quarter - 1) * kMonthsOfQuarter + 1, 1);
}

absl::CivilDay QuarterEnd(int year, int quarter) {
  return absl::CivilDay(absl::CivilMonth(year, quarter * kMonthsOfQuarter) + 1);
}

void Withhold(int least, CaseCount* count) {
  if (IsSmall(least, count->count())) Hide(count);
}

void Withhold(int least, bool sum_is_told, std::vector<CaseCount>* counts) {
  int hidden = 0;
  CaseCount* smallest = nullptr;
  for (CaseCount& each : *counts) {
    if (IsSmall(least, each.count())) {
      Hide(&each);
      ++hidden;
    } else if (each.count() > 0 && (smallest == nullptr || each.count() < smallest->count())) {
      smallest = &each;
    }
  }
  if (hidden == 1 && sum_is_told && smallest != nullptr) Hide(smallest);
}

void WithholdShare(int least, CaseCount* part, CaseCount* whole) {
  if (!IsSmall(least, part->count()) && !IsSmall(least, whole->count() - part->count())) return;
  Hide(part);
  Hide(whole);
}

}  // namespace tuoyu::complaint
