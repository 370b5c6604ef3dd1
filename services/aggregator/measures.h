#ifndef TUOYU_SERVICES_AGGREGATOR_MEASURES_H_
#define TUOYU_SERVICES_AGGREGATOR_MEASURES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// The measures kept per division, by number. Stored blocks have a number for each: a change of this
// list comes with a migration that begins a new generation (as V0016 and V0017), so that the
// measures are derived anew.
enum Measure : int {
  kPlacesOrdinary = 0,  // places.<TYPE>: filed places of active facilities
  kPlacesKindergarten,
  kPlacesEmployer,
  kPlacesHomeBased,
  kFacilitiesOrdinary,  // facilities.<TYPE>: active facilities
  kFacilitiesKindergarten,
  kFacilitiesEmployer,
  kFacilitiesHomeBased,
  kInclusivePlaces,        // inclusive_places: places under a recognition in force
  kInclusiveFacilities,    // inclusive_facilities: facilities with a recognition in force
  kKindergartensWithCare,  // kindergartens_with_care: kindergartens with an active site with places
  kKindergartenSites,      // kindergarten_sites: active sites of kindergartens with filed places
  // Persons on post at active facilities, once per facility, by whether a post is that of a carer
  // (保育人员) and whether they hold a verified certificate as child carer or infant carer.
  kStaffOther,           // staff.other: without a certificate
  kStaffOtherCertified,  // staff.other_certified
  kCarers,               // staff.carers_uncertified
  kCarersCertified,      // staff.carers_certified
  // Municipal demonstration labels in force at active facilities, by the latest re-evaluation.
  kDemonstrationNotPassed,  // demonstration.not_passed: failed, or none yet
  kDemonstrationPassed,     // demonstration.passed
  // Children in care at active facilities, once per facility, by whether they are there all day and
  // whether the health record is kept (已建档并管理).
  kChildrenFullDayManaged,    // children.full_day_managed
  kChildrenFullDayUnmanaged,  // children.full_day_unmanaged
  kChildrenPartDayManaged,    // children.part_day_managed: half a day, by the hour or now and then
  kChildrenPartDayUnmanaged,  // children.part_day_unmanaged
  // How many began on or before the day, ended or not: whether there are records at all. They are
  // no measures of plans.
  kSpansStarted,     // spans of facilities
  kChildrenStarted,  // spans of children in care
  kManagedStarted,   // of these, with a managed health record
  kMeasureCount,
};

// Names of plans that count divisions: streets, and streets with at least one inclusive facility.
inline constexpr char kStreets[] = "streets";
inline constexpr char kStreetsWithInclusive[] = "streets_with_inclusive";

// One number per measure.
using Amounts = std::array<int64_t, kMeasureCount>;

// What a facility adds to each measure on a day of `span`; kSpansStarted is 1. Nothing to
// kKindergartensWithCare: a kindergarten may have several sites.
Amounts AmountsOf(const indicator::v1::FactSpan& span);

// Whether the facility is on the days of `span` a site of a kindergarten that offers care.
bool IsKindergartenSite(const indicator::v1::FactSpan& span);

// Whether the measure counts what belongs to facilities - persons and children on their rosters,
// labels - and not facilities themselves.
bool CountsMembers(Measure measure);

// What else a member that counts for `measure` adds from its first day on, for good: the numbers
// of kChildrenStarted and kManagedStarted.
Amounts StartedWith(Measure measure);

// Name as in plans, e.g. "places.ORDINARY".
absl::string_view MeasureName(Measure measure);

// The measures a name of a plan stands for: one, or several for sums such as "places.total" and
// "children.all". Empty for names that are no sum over facilities ("streets", "stat.…").
std::vector<Measure> PartsOf(absl::string_view name);

// The measure that counts the records behind `measure`: of places the facilities of the type, of
// inclusive places the inclusive facilities, of kindergartens their sites, else the measure itself.
Measure CountOf(Measure measure);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEASURES_H_
