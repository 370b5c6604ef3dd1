#include "services/aggregator/member_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status.h"
#include "services/aggregator/measure_block.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::aggregator {
namespace {

// One of the three indexes follows, then kOfScope.
constexpr char kSelectMembers[] =
    "SELECT facility, division, places, inclusive_places, valid_from, 1 FROM facility_span s "
    "FORCE INDEX ";
// The same of sites of kindergartens, with whether it is the first of its kindergarten's.
constexpr char kSelectSites[] =
    "SELECT facility, division, places, inclusive_places, valid_from, NOT EXISTS (SELECT 1 "
    "FROM facility_span o FORCE INDEX (facility_span_kindergarten) WHERE "
    "o.generation = s.generation AND o.kindergarten = s.kindergarten AND "
    "o.facility < s.facility AND o.known_from <= ? AND o.known_to > ? AND o.valid_from <= ? AND "
    "o.valid_to > ? AND o.division BETWEEN ? AND ? AND o.places > 0) FROM facility_span s "
    "FORCE INDEX ";
constexpr char kOfType[] = "(facility_span_type_day) WHERE facility_type = ?";
constexpr char kOfInclusive[] = "(facility_span_inclusive_day) WHERE inclusive = ?";
constexpr char kOfTown[] = "(facility_span_division_day) WHERE division = ?";
constexpr char kOfScope[] =
    " AND generation = ? AND (valid_from < ? OR (valid_from = ? AND facility < ?)) AND "
    "known_from <= ? AND known_to > ? AND valid_to > ? AND division BETWEEN ? AND ? AND "
    "facility_type BETWEEN ? AND ? AND inclusive >= ? AND places >= ? "
    "ORDER BY valid_from DESC, facility DESC LIMIT ?";

// Persons, children and labels. One of the two indexes follows, then kOfMembers.
constexpr char kSelectOfFacilities[] =
    "SELECT facility, member, division, valid_from FROM member_span FORCE INDEX ";
constexpr char kOfMeasure[] = "(member_span_measure_day) WHERE measure = ?";
constexpr char kOfMeasureInTown[] = "(member_span_division_day) WHERE measure = ? AND division = ?";
constexpr char kOfMembers[] =
    " AND generation = ? AND (valid_from < ? OR (valid_from = ? AND facility < ?) OR "
    "(valid_from = ? AND facility = ? AND member < ?)) AND known_from <= ? AND known_to > ? AND "
    "valid_to > ? AND division BETWEEN ? AND ? "
    "ORDER BY valid_from DESC, facility DESC, member DESC LIMIT ?";

// Which facilities count for a measure.
struct Filter {
  int first_type = filing::v1::FACILITY_TYPE_UNSPECIFIED;
  int last_type = filing::v1::FACILITY_TYPE_HOME_BASED;
  bool inclusive = false;
  int least_places = 0;
};

Filter FilterOf(Measure measure) {
  Filter filter;
  if (measure == kInclusivePlaces || measure == kInclusiveFacilities) {
    filter.inclusive = true;
    return filter;
  }
  if (measure == kKindergartensWithCare || measure == kKindergartenSites) {
    filter.least_places = 1;
    measure = kFacilitiesKindergarten;
  }
  const int type =
      measure < kFacilitiesOrdinary ? measure - kPlacesOrdinary : measure - kFacilitiesOrdinary;
  filter.first_type = filter.last_type = filing::v1::FACILITY_TYPE_ORDINARY + type;
  return filter;
}

absl::StatusOr<std::vector<MemberRow>> ReadFacilities(db::Transaction& transaction,
                                                      int64_t generation,
                                                      const MemberFilter& wanted, int64_t city,
                                                      const MemberPlace& after, int limit) {
  const Filter filter = FilterOf(wanted.measure);
  const auto [first_town, last_town] = TownsOf(wanted.division, city);
  const char* by = filter.inclusive ? kOfInclusive : kOfType;
  db::Param key(filter.inclusive ? 1 : filter.first_type);
  if (IsTown(wanted.division)) {
    by = kOfTown;
    key = db::Param(wanted.division);
  }
  const bool sites = wanted.measure == kKindergartensWithCare;
  std::vector<db::Param> params;
  if (sites) {
    params = {wanted.sequence, wanted.sequence, wanted.day, wanted.day, first_town, last_town};
  }
  params.insert(params.end(),
                {key, generation, after.valid_from, after.valid_from, after.id, wanted.sequence,
                 wanted.sequence, wanted.day, first_town, last_town, filter.first_type,
                 filter.last_type, filter.inclusive, filter.least_places, limit});
  std::vector<MemberRow> members;
  RETURN_IF_ERROR(
      transaction.QueryText(absl::StrCat(sites ? kSelectSites : kSelectMembers, by, kOfScope),
                            params, [&](const db::Row& row) {
                              MemberRow& member = members.emplace_back();
                              member.id = row.String(0);
                              member.division = row.Int(1);
                              member.amount = row.Int(5);
                              if (wanted.measure <= kPlacesHomeBased) member.amount = row.Int(2);
                              if (wanted.measure == kInclusivePlaces) member.amount = row.Int(3);
                              member.valid_from = row.Day(4);
                              return absl::OkStatus();
                            }));
  return members;
}

absl::StatusOr<std::vector<MemberRow>> ReadOfFacilities(db::Transaction& transaction,
                                                        int64_t generation,
                                                        const MemberFilter& wanted, int64_t city,
                                                        const MemberPlace& after, int limit) {
  const std::pair<absl::string_view, absl::string_view> last =
      absl::StrSplit(after.id, absl::MaxSplits('/', 1));
  const auto [first_town, last_town] = TownsOf(wanted.division, city);
  std::vector<db::Param> params = {static_cast<int>(wanted.measure)};
  if (IsTown(wanted.division)) params.emplace_back(wanted.division);
  params.insert(params.end(), {generation, after.valid_from, after.valid_from, last.first,
                               after.valid_from, last.first, last.second, wanted.sequence,
                               wanted.sequence, wanted.day, first_town, last_town, limit});
  std::vector<MemberRow> members;
  const char* by = IsTown(wanted.division) ? kOfMeasureInTown : kOfMeasure;
  RETURN_IF_ERROR(transaction.QueryText(
      absl::StrCat(kSelectOfFacilities, by, kOfMembers), params, [&](const db::Row& row) {
        members.push_back(
            {absl::StrCat(row.String(0), "/", row.String(1)), row.Int(2), 1, row.Day(3)});
        return absl::OkStatus();
      }));
  return members;
}

}  // namespace

absl::StatusOr<std::vector<MemberRow>> ReadMembers(db::Transaction& transaction, int64_t generation,
                                                   const MemberFilter& filter, int64_t city,
                                                   const MemberPlace& after, int limit) {
  return CountsMembers(filter.measure)
             ? ReadOfFacilities(transaction, generation, filter, city, after, limit)
             : ReadFacilities(transaction, generation, filter, city, after, limit);
}

}  // namespace tuoyu::aggregator
