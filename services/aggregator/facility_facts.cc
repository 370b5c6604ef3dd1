#include "services/aggregator/facility_facts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::FacilityChange;
using filing::v1::FacilityVersion;
using filing::v1::RecognitionChange;
using indicator::v1::FacilityFacts;
using indicator::v1::FactRecognition;
using indicator::v1::FactSlice;
using indicator::v1::FactSpan;

constexpr absl::CivilDay kEpoch(1970, 1, 1);
constexpr size_t kTownDigits = 9;

absl::Status Unreadable(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("registry change: ", what));
}

// Town or street of a division code; a village's is that of its first 9 digits.
absl::Status ReadDivision(absl::string_view code, int64_t* division) {
  if (code.size() < kTownDigits || !absl::SimpleAtoi(code.substr(0, kTownDigits), division) ||
      *division <= 0) {
    return Unreadable("the division is not that of a town or street");
  }
  return absl::OkStatus();
}

absl::Status ReadSlice(const FacilityVersion& version, FactSlice* slice) {
  const auto from = FromProto(version.valid_from());
  if (!from.ok()) return Unreadable("the slice has no first day");
  slice->set_version(version.version());
  slice->set_from_day(DayNumber(*from));
  slice->set_to_day(kOpenDay);
  if (version.has_valid_to()) {
    const auto to = FromProto(version.valid_to());
    if (!to.ok() || *to < *from) return Unreadable("the slice ends before it begins");
    slice->set_to_day(DayNumber(*to));
  }
  if (version.content().approved_capacity() < 0) return Unreadable("places are negative");
  slice->set_places(version.content().approved_capacity());
  slice->set_facility_type(version.content().facility_type());
  int64_t division = 0;
  RETURN_IF_ERROR(ReadDivision(version.content().division_code(), &division));
  slice->set_division(division);
  slice->set_kindergarten(KindergartenOf(version));
  return absl::OkStatus();
}

void RemoveSlice(int version, FacilityFacts* facts) {
  auto* slices = facts->mutable_slices();
  slices->erase(std::remove_if(slices->begin(), slices->end(),
                               [&](const FactSlice& slice) { return slice.version() == version; }),
                slices->end());
}

// Whether two spans add the same to the same measures on each of their days.
bool CountsTheSame(const FactSpan& a, const FactSpan& b) {
  return a.division() == b.division() && a.facility_type() == b.facility_type() &&
         a.places() == b.places() && a.inclusive() == b.inclusive() &&
         a.inclusive_places() == b.inclusive_places() && a.kindergarten() == b.kindergarten();
}

bool SameSpan(const FactSpan& a, const FactSpan& b) {
  return a.from_day() == b.from_day() && a.to_day() == b.to_day() && CountsTheSame(a, b);
}

// The days within `slice` on which what counts may change: its own ends and those of recognitions.
std::vector<int32_t> Cuts(const FactSlice& slice, const FacilityFacts& facts) {
  std::vector<int32_t> cuts = {slice.from_day(), slice.to_day()};
  for (const FactRecognition& recognition : facts.recognitions()) {
    for (const int32_t day : {recognition.from_day(), recognition.to_day()}) {
      if (day > slice.from_day() && day < slice.to_day()) cuts.push_back(day);
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

FactSpan SpanBetween(int32_t from, int32_t to, const FactSlice& slice, const FacilityFacts& facts) {
  FactSpan span;
  span.set_from_day(from);
  span.set_to_day(to);
  span.set_division(slice.division());
  span.set_facility_type(slice.facility_type());
  span.set_places(slice.places());
  span.set_kindergarten(slice.kindergarten());
  for (const FactRecognition& recognition : facts.recognitions()) {
    if (recognition.from_day() > from || recognition.to_day() < to) continue;
    const int32_t covered = recognition.places_covered() == 0
                                ? slice.places()
                                : std::min(recognition.places_covered(), slice.places());
    span.set_inclusive(true);
    span.set_inclusive_places(std::max(span.inclusive_places(), covered));
  }
  return span;
}

}  // namespace

int32_t DayNumber(absl::CivilDay day) { return static_cast<int32_t>(day - kEpoch); }
absl::CivilDay DayOfNumber(int32_t number) { return kEpoch + number; }

std::string KindergartenOf(const FacilityVersion& version) {
  const filing::v1::FilingContent& content = version.content();
  if (content.facility_type() != filing::v1::FACILITY_TYPE_KINDERGARTEN) return "";
  if (!content.parent_organisation_uscc().empty()) return content.parent_organisation_uscc();
  if (!content.uscc().empty()) return content.uscc();
  return version.facility().substr(version.facility().find('/') + 1);
}

absl::Status Enter(const FacilityChange& change, FacilityFacts* facts) {
  for (const int32_t version : change.removed_versions()) RemoveSlice(version, facts);
  for (const FacilityVersion& version : change.versions()) {
    RemoveSlice(version.version(), facts);
    if (version.state() != filing::v1::FACILITY_STATE_ACTIVE) continue;
    FactSlice slice;
    RETURN_IF_ERROR(ReadSlice(version, &slice));
    if (slice.from_day() < slice.to_day()) *facts->add_slices() = std::move(slice);
  }
  std::sort(facts->mutable_slices()->begin(), facts->mutable_slices()->end(),
            [](const FactSlice& a, const FactSlice& b) { return a.from_day() < b.from_day(); });
  for (int i = 0; i + 1 < facts->slices_size(); ++i) {
    if (facts->slices(i).to_day() > facts->slices(i + 1).from_day()) {
      return Unreadable("two slices overlap");
    }
  }
  return absl::OkStatus();
}

absl::Status Enter(const RecognitionChange& change, FacilityFacts* facts) {
  const filing::v1::Recognition& recognition = change.recognition();
  const auto from = FromProto(recognition.valid_from());
  if (!from.ok()) return Unreadable("the recognition has no first day");
  if (recognition.places_covered() < 0) return Unreadable("the places covered are negative");
  int32_t to = kOpenDay;
  for (const auto* end : {&recognition.valid_to(), &recognition.revoked_on()}) {
    if (end->year() == 0) continue;
    const auto day = FromProto(*end);
    if (!day.ok()) return Unreadable("the recognition's end is not a date");
    to = std::min(to, DayNumber(*day));
  }
  auto* recognitions = facts->mutable_recognitions();
  recognitions->erase(std::remove_if(recognitions->begin(), recognitions->end(),
                                     [&](const FactRecognition& known) {
                                       return known.name() == recognition.name();
                                     }),
                      recognitions->end());
  if (DayNumber(*from) >= to) return absl::OkStatus();
  FactRecognition* fact = recognitions->Add();
  fact->set_name(recognition.name());
  fact->set_from_day(DayNumber(*from));
  fact->set_to_day(to);
  fact->set_places_covered(recognition.places_covered());
  std::sort(recognitions->begin(), recognitions->end(),
            [](const FactRecognition& a, const FactRecognition& b) { return a.name() < b.name(); });
  return absl::OkStatus();
}

std::vector<FactSpan> DeriveSpans(const FacilityFacts& facts) {
  std::vector<FactSpan> spans;
  for (const FactSlice& slice : facts.slices()) {
    const std::vector<int32_t> cuts = Cuts(slice, facts);
    for (size_t i = 0; i + 1 < cuts.size(); ++i) {
      FactSpan span = SpanBetween(cuts[i], cuts[i + 1], slice, facts);
      if (!spans.empty() && spans.back().to_day() == span.from_day() &&
          CountsTheSame(spans.back(), span)) {
        spans.back().set_to_day(span.to_day());
      } else {
        spans.push_back(std::move(span));
      }
    }
  }
  return spans;
}

SpanDifference Rederive(int64_t sequence, FacilityFacts* facts) {
  std::vector<FactSpan> spans = DeriveSpans(*facts);
  SpanDifference difference;
  for (FactSpan& span : spans) {
    const auto known = std::find_if(facts->spans().begin(), facts->spans().end(),
                                    [&](const FactSpan& old) { return SameSpan(old, span); });
    span.set_known_from(known == facts->spans().end() ? sequence : known->known_from());
    if (known == facts->spans().end()) difference.begun.push_back(span);
  }
  for (const FactSpan& old : facts->spans()) {
    const bool stays = std::any_of(spans.begin(), spans.end(),
                                   [&](const FactSpan& span) { return SameSpan(old, span); });
    if (!stays) difference.ended.push_back(old);
  }
  facts->clear_spans();
  for (FactSpan& span : spans) *facts->add_spans() = std::move(span);
  return difference;
}

}  // namespace tuoyu::aggregator
