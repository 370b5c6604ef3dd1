#include "services/complaint/statistic/statistic_rules.h"

#include "common/privacy/few.h"

namespace tuoyu::complaint {
namespace {

using v1::CaseCount;

void Hide(CaseCount* count) {
  count->clear_count();
  count->set_withheld(true);
}

}  // namespace

void Withhold(int least, CaseCount* count) {
  if (privacy::IsFew(count->count(), least)) Hide(count);
}

void Withhold(int least, bool sum_is_told, std::vector<CaseCount>* counts) {
  int hidden = 0;
  CaseCount* smallest = nullptr;
  for (CaseCount& each : *counts) {
    if (privacy::IsFew(each.count(), least)) {
      Hide(&each);
      ++hidden;
    } else if (each.count() > 0 && (smallest == nullptr || each.count() < smallest->count())) {
      smallest = &each;
    }
  }
  if (hidden == 1 && sum_is_told && smallest != nullptr) Hide(smallest);
}

void WithholdShare(int least, CaseCount* part, CaseCount* whole) {
  if (!privacy::ShareTellsFew(part->count(), whole->count(), least)) return;
  Hide(part);
  Hide(whole);
}

}  // namespace tuoyu::complaint
