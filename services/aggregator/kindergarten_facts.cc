#include "services/aggregator/kindergarten_facts.h"

#include <algorithm>
#include <utility>

#include "absl/container/btree_map.h"
#include "services/aggregator/measure_block.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FacilityFacts;
using indicator::v1::FactSpan;
using indicator::v1::KindergartenFacts;
using indicator::v1::KindergartenSite;
using indicator::v1::KindergartenSpan;

using Period = std::pair<int32_t, int32_t>;  // first day, first day after

bool SameSpan(const KindergartenSpan& a, const KindergartenSpan& b) {
  return a.division() == b.division() && a.from_day() == b.from_day() && a.to_day() == b.to_day();
}

}  // namespace

void EnterSites(absl::string_view kindergarten, absl::string_view facility,
                const FacilityFacts& facility_facts, KindergartenFacts* facts) {
  auto* sites = facts->mutable_sites();
  sites->erase(
      std::remove_if(sites->begin(), sites->end(),
                     [&](const KindergartenSite& site) { return site.facility() == facility; }),
      sites->end());
  for (const FactSpan& span : facility_facts.spans()) {
    if (!IsKindergartenSite(span) || span.kindergarten() != kindergarten) continue;
    KindergartenSite* site = sites->Add();
    site->set_facility(std::string(facility));
    site->set_from_day(span.from_day());
    site->set_to_day(span.to_day());
    site->set_division(span.division());
  }
  std::sort(sites->begin(), sites->end(), [](const KindergartenSite& a, const KindergartenSite& b) {
    return std::pair(absl::string_view(a.facility()), a.from_day()) <
           std::pair(absl::string_view(b.facility()), b.from_day());
  });
}

std::vector<KindergartenSpan> DeriveSpans(const KindergartenFacts& facts, int64_t city) {
  absl::btree_map<int64_t, std::vector<Period>> by_division;
  for (const KindergartenSite& site : facts.sites()) {
    for (const int64_t division : DivisionPath(site.division(), city)) {
      by_division[division].emplace_back(site.from_day(), site.to_day());
    }
  }
  std::vector<KindergartenSpan> spans;
  for (auto& [division, periods] : by_division) {
    std::sort(periods.begin(), periods.end());
    bool first = true;
    for (const auto& [from, to] : periods) {
      if (!first && from <= spans.back().to_day()) {
        spans.back().set_to_day(std::max(spans.back().to_day(), to));
        continue;
      }
      first = false;
      KindergartenSpan& span = spans.emplace_back();
      span.set_division(division);
      span.set_from_day(from);
      span.set_to_day(to);
    }
  }
  return spans;
}

KindergartenDifference Rederive(int64_t sequence, int64_t city, KindergartenFacts* facts) {
  std::vector<KindergartenSpan> spans = DeriveSpans(*facts, city);
  KindergartenDifference difference;
  for (KindergartenSpan& span : spans) {
    const auto known = std::find_if(facts->spans().begin(), facts->spans().end(),
                                    [&](const auto& old) { return SameSpan(old, span); });
    span.set_known_from(known == facts->spans().end() ? sequence : known->known_from());
    if (known == facts->spans().end()) difference.begun.push_back(span);
  }
  for (const KindergartenSpan& old : facts->spans()) {
    const bool stays = std::any_of(spans.begin(), spans.end(),
                                   [&](const auto& span) { return SameSpan(old, span); });
    if (!stays) difference.ended.push_back(old);
  }
  facts->clear_spans();
  for (KindergartenSpan& span : spans) *facts->add_spans() = std::move(span);
  return difference;
}

}  // namespace tuoyu::aggregator
