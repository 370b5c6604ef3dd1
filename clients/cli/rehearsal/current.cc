#include "clients/cli/rehearsal/current.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/splitmix.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr pb::FacilityType kOrdinary = pb::FACILITY_TYPE_ORDINARY;

// A first filing of today.
struct FirstFiling {
  pb::FacilityType type;
  pb::FilingState end;
  bool returned_first = false;
  bool noticed_before_receipt = false;
  bool recognised = false;
};
constexpr FirstFiling kFirstFilings[] = {
    {kOrdinary, pb::FILING_STATE_COMPLETED, false, false, true},
    {pb::FACILITY_TYPE_KINDERGARTEN, pb::FILING_STATE_FILED, false, false, true},
    {kOrdinary, pb::FILING_STATE_NONCONFORMITY_NOTICED, false, true},
    {kOrdinary, pb::FILING_STATE_RECTIFYING, false, true},
    {pb::FACILITY_TYPE_EMPLOYER, pb::FILING_STATE_COMPLETED, false, true},
    {kOrdinary, pb::FILING_STATE_SUBMITTED},
    {pb::FACILITY_TYPE_HOME_BASED, pb::FILING_STATE_SUBMITTED},
    {kOrdinary, pb::FILING_STATE_RETURNED_INCOMPLETE},
    {pb::FACILITY_TYPE_KINDERGARTEN, pb::FILING_STATE_RECEIVED, true},
    {kOrdinary, pb::FILING_STATE_DRAFT},
    {kOrdinary, pb::FILING_STATE_WITHDRAWN, true},
    {pb::FACILITY_TYPE_HOME_BASED, pb::FILING_STATE_WITHDRAWN},
};

struct LaterFiling {
  pb::FilingKind kind;
  pb::FilingState end;
};
constexpr LaterFiling kLaterFilings[] = {
    {pb::FILING_KIND_CHANGE, pb::FILING_STATE_COMPLETED},
    {pb::FILING_KIND_CHANGE, pb::FILING_STATE_SUBMITTED},
    {pb::FILING_KIND_CANCELLATION, pb::FILING_STATE_COMPLETED},
    {pb::FILING_KIND_CANCELLATION, pb::FILING_STATE_RECEIVED},
};

std::vector<Class> ClassesOf(pb::FacilityType type) {
  switch (type) {
    case pb::FACILITY_TYPE_KINDERGARTEN:
      return {{pb::CLASS_KIND_SENIOR, 18}, {pb::CLASS_KIND_SENIOR, 18}};
    case pb::FACILITY_TYPE_HOME_BASED:
      return {{pb::CLASS_KIND_MIXED, 5}};
    default:
      return {{pb::CLASS_KIND_TODDLER, 12}, {pb::CLASS_KIND_SENIOR, 16}};
  }
}

// Facilities of the district that later filings may be about: ordinary ones that go on, not recognised, and the smallest
// first, so that the indicators hardly move.
std::vector<const FacilityPlan*> Subjects(const District& district, absl::CivilDay day) {
  std::vector<const FacilityPlan*> subjects;
  for (const FacilityPlan& facility : district.facilities()) {
    const bool suits = facility.type == kOrdinary && facility.ActiveOn(day) &&
                       facility.InclusivePlacesOn(day) == 0 && facility.classes.size() < 10;
    if (suits) subjects.push_back(&facility);
  }
  std::stable_sort(subjects.begin(), subjects.end(), [&](const auto* a, const auto* b) {
    return a->PlacesOn(day) < b->PlacesOn(day);
  });
  return subjects;
}

}  // namespace

std::vector<CurrentFiling> CurrentFilings(const District& district,
                                          const data::Divisions& divisions, absl::CivilDay day) {
  std::vector<CurrentFiling> filings;
  const DistrictOptions& options = district.options();
  const auto places = divisions.Children(divisions.district_code(), day);
  SplitMix64 chance(options.seed, kPurposeCurrent, 0);
  const auto account = [&] {
    return absl::StrFormat("rehearsal-%s-%02d", TagOf(options), filings.size() + 1);
  };
  for (const FirstFiling& first : kFirstFilings) {
    CurrentFiling filing;
    filing.account = account();
    filing.end = first.end;
    filing.returned_first = first.returned_first;
    filing.noticed_before_receipt = first.noticed_before_receipt;
    filing.recognised = first.recognised;
    filing.plan.number = options.facilities + static_cast<int>(filings.size()) + 1;
    filing.plan.type = first.type;
    filing.plan.division = places[chance.Below(places.size())]->code;
    filing.plan.classes = ClassesOf(first.type);
    filing.plan.filed_on = day;
    filings.push_back(std::move(filing));
  }
  const std::vector<const FacilityPlan*> subjects = Subjects(district, day);
  for (size_t i = 0; i < std::size(kLaterFilings) && i < subjects.size(); ++i) {
    CurrentFiling filing;
    filing.account = account();
    filing.kind = kLaterFilings[i].kind;
    filing.end = kLaterFilings[i].end;
    filing.uscc = MakeContent(*subjects[i], options.seed, divisions).uscc();
    filings.push_back(std::move(filing));
  }
  return filings;
}

std::string SuspendedUscc(const District& district, const data::Divisions& divisions,
                          absl::CivilDay day) {
  for (const FacilityPlan& facility : district.facilities()) {
    if (facility.type == pb::FACILITY_TYPE_HOME_BASED && facility.ActiveOn(day)) {
      return MakeContent(facility, district.options().seed, divisions).uscc();
    }
  }
  return "";
}

Act NextAct(const CurrentFiling& scenario, const pb::Filing& filing) {
  // A package handed in a second time was returned before.
  const bool was_returned = filing.package_version() >= 2;
  const bool to_return = (scenario.returned_first && !was_returned) ||
                         scenario.end == pb::FILING_STATE_RETURNED_INCOMPLETE;
  const bool to_notice = scenario.end == pb::FILING_STATE_NONCONFORMITY_NOTICED ||
                         scenario.end == pb::FILING_STATE_RECTIFYING ||
                         scenario.noticed_before_receipt;
  switch (filing.state()) {
    case pb::FILING_STATE_DRAFT:
      return scenario.end == pb::FILING_STATE_DRAFT ? Act::kNone : Act::kSubmit;
    case pb::FILING_STATE_SUBMITTED:
      if (to_return) return Act::kReturn;
      if (scenario.end == pb::FILING_STATE_WITHDRAWN) return Act::kWithdraw;
      return scenario.end == pb::FILING_STATE_SUBMITTED ? Act::kNone : Act::kReceive;
    case pb::FILING_STATE_RETURNED_INCOMPLETE:
      if (scenario.end == pb::FILING_STATE_RETURNED_INCOMPLETE) return Act::kNone;
      return scenario.end == pb::FILING_STATE_WITHDRAWN ? Act::kWithdraw : Act::kSubmit;
    case pb::FILING_STATE_RECEIVED:
      if (scenario.end == pb::FILING_STATE_RECEIVED) return Act::kNone;
      return scenario.noticed_before_receipt ? Act::kNotice : Act::kAccept;
    case pb::FILING_STATE_FILED:
      if (scenario.end == pb::FILING_STATE_FILED) return Act::kNone;
      return to_notice ? Act::kNotice : Act::kComplete;
    case pb::FILING_STATE_NONCONFORMITY_NOTICED:
      return scenario.end == pb::FILING_STATE_NONCONFORMITY_NOTICED ? Act::kNone : Act::kRectify;
    case pb::FILING_STATE_RECTIFYING:
      return scenario.end == pb::FILING_STATE_RECTIFYING ? Act::kNone : Act::kComplete;
    default:
      return Act::kNone;
  }
}

}  // namespace tuoyu::rehearsal
