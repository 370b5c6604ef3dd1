#ifndef TUOYU_SERVICES_AGGREGATOR_FACILITY_FACTS_H_
#define TUOYU_SERVICES_AGGREGATOR_FACILITY_FACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// Day numbers as in facts.proto.
int32_t DayNumber(absl::CivilDay day);
absl::CivilDay DayOfNumber(int32_t number);
// 9999-12-31: the end of what is open.
inline constexpr int32_t kOpenDay = 2932896;

// What tells the kindergarten a facility is a site of: the USCC of the parent organisation, else its
// own, else the facility's id. Empty for other types.
std::string KindergartenOf(const filing::v1::FacilityVersion& version);

// Enters a change of the registry into `facts`: slices set replace those of the same number, only
// ACTIVE ones are kept. DATA_LOSS when the payload can't be read: a first day missing, a period
// that ends before it begins, a division code of less than 9 digits, places below 0, or slices that
// overlap.
absl::Status Enter(const filing::v1::FacilityChange& change, indicator::v1::FacilityFacts* facts);

// The same for a recognition granted or revoked. A recognition revoked before its first day never
// held.
absl::Status Enter(const filing::v1::RecognitionChange& change,
                   indicator::v1::FacilityFacts* facts);

// The spans that follow from slices and recognitions, by first day: active on all days, cut where a
// recognition begins or ends, neighbours that count the same joined. Inclusive places are the
// places covered, at most the filed ones; of recognitions in force at once the one that covers
// most. `known_from` is 0.
std::vector<indicator::v1::FactSpan> DeriveSpans(const indicator::v1::FacilityFacts& facts);

// What a change made of the spans: `ended` are no longer true as known now, `begun` are known from
// now on.
struct SpanDifference {
  std::vector<indicator::v1::FactSpan> ended;
  std::vector<indicator::v1::FactSpan> begun;
};

// Derives the spans of `facts` anew; those that did not change keep `known_from`, new ones get
// `sequence`.
SpanDifference Rederive(int64_t sequence, indicator::v1::FacilityFacts* facts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_FACILITY_FACTS_H_
