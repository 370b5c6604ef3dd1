#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;

constexpr absl::string_view kNames[kMeasureCount] = {
    "places.ORDINARY",
    "places.KINDERGARTEN",
    "places.EMPLOYER",
    "places.HOME_BASED",
    "facilities.ORDINARY",
    "facilities.KINDERGARTEN",
    "facilities.EMPLOYER",
    "facilities.HOME_BASED",
    "inclusive_places",
    "inclusive_facilities",
    "kindergartens_with_care",
    "kindergarten_sites",
    "staff.other",
    "staff.other_certified",
    "staff.carers_uncertified",
    "staff.carers_certified",
    "demonstration.not_passed",
    "demonstration.passed",
    "children.full_day_managed",
    "children.full_day_unmanaged",
    "children.part_day_managed",
    "children.part_day_unmanaged",
    "spans_started",
    "children_started",
    "managed_started",
};

// Names that stand for a sum of measures.
struct Compound {
  absl::string_view name;
  std::vector<Measure> parts;
};

const std::vector<Compound>& Compounds() {
  static const auto* const kCompounds = new std::vector<Compound>{
      {"places.total", {kPlacesOrdinary, kPlacesKindergarten, kPlacesEmployer, kPlacesHomeBased}},
      {"staff.carers", {kCarers, kCarersCertified}},
      {"staff.certified", {kStaffOtherCertified, kCarersCertified}},
      {"staff.all", {kStaffOther, kStaffOtherCertified, kCarers, kCarersCertified}},
      {"demonstration.units", {kDemonstrationNotPassed, kDemonstrationPassed}},
      {"children.all",
       {kChildrenFullDayManaged, kChildrenFullDayUnmanaged, kChildrenPartDayManaged,
        kChildrenPartDayUnmanaged}},
      {"children.managed", {kChildrenFullDayManaged, kChildrenPartDayManaged}},
      {"children.full_day", {kChildrenFullDayManaged, kChildrenFullDayUnmanaged}},
      {"children.part_day", {kChildrenPartDayManaged, kChildrenPartDayUnmanaged}},
  };
  return *kCompounds;
}

constexpr int kTypes = 4;

}  // namespace

Amounts AmountsOf(const FactSpan& span) {
  Amounts amounts{};
  const int type = span.facility_type() - filing::v1::FACILITY_TYPE_ORDINARY;
  if (type >= 0 && type < kTypes) {
    amounts[kPlacesOrdinary + type] = span.places();
    amounts[kFacilitiesOrdinary + type] = 1;
  }
  if (span.inclusive()) {
    amounts[kInclusivePlaces] = span.inclusive_places();
    amounts[kInclusiveFacilities] = 1;
  }
  if (IsKindergartenSite(span)) amounts[kKindergartenSites] = 1;
  amounts[kSpansStarted] = 1;
  return amounts;
}

bool IsKindergartenSite(const FactSpan& span) {
  return span.facility_type() == filing::v1::FACILITY_TYPE_KINDERGARTEN && span.places() > 0;
}

bool CountsMembers(Measure measure) {
  return measure >= kStaffOther && measure <= kChildrenPartDayUnmanaged;
}

Amounts StartedWith(Measure measure) {
  Amounts amounts{};
  if (measure >= kChildrenFullDayManaged && measure <= kChildrenPartDayUnmanaged) {
    amounts[kChildrenStarted] = 1;
  }
  if (measure == kChildrenFullDayManaged || measure == kChildrenPartDayManaged) {
    amounts[kManagedStarted] = 1;
  }
  return amounts;
}

absl::string_view MeasureName(Measure measure) { return kNames[measure]; }

std::vector<Measure> PartsOf(absl::string_view name) {
  for (const Compound& compound : Compounds()) {
    if (compound.name == name) return compound.parts;
  }
  for (int i = 0; i < kSpansStarted; ++i) {
    if (kNames[i] == name) return {static_cast<Measure>(i)};
  }
  return {};
}

Measure CountOf(Measure measure) {
  if (measure <= kPlacesHomeBased) {
    return static_cast<Measure>(measure - kPlacesOrdinary + kFacilitiesOrdinary);
  }
  if (measure == kKindergartensWithCare) return kKindergartenSites;
  return measure == kInclusivePlaces ? kInclusiveFacilities : measure;
}

}  // namespace tuoyu::aggregator
