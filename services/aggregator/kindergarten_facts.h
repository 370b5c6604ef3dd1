#ifndef TUOYU_SERVICES_AGGREGATOR_KINDERGARTEN_FACTS_H_
#define TUOYU_SERVICES_AGGREGATOR_KINDERGARTEN_FACTS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// A kindergarten may file several sites (branch campuses); it counts once in each division in which
// it has one, whatever their number.

// Puts what `facility` is on its days as a site of `kindergarten` in the place of what was known of
// it.
void EnterSites(absl::string_view kindergarten, absl::string_view facility,
                const indicator::v1::FacilityFacts& facility_facts,
                indicator::v1::KindergartenFacts* facts);

// The spans that follow from the sites, by division and first day: in each town, district and the
// city the days with at least one site. `known_from` is 0.
std::vector<indicator::v1::KindergartenSpan> DeriveSpans(
    const indicator::v1::KindergartenFacts& facts, int64_t city);

// See SpanDifference.
struct KindergartenDifference {
  std::vector<indicator::v1::KindergartenSpan> ended;
  std::vector<indicator::v1::KindergartenSpan> begun;
};

// Derives the spans of `facts` anew; those that did not change keep `known_from`, new ones get
// `sequence`.
KindergartenDifference Rederive(int64_t sequence, int64_t city,
                                indicator::v1::KindergartenFacts* facts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_KINDERGARTEN_FACTS_H_
