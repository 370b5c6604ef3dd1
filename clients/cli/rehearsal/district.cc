#include "clients/cli/rehearsal/district.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/rehearsal/splitmix.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr int kStreets = 6;
// Indicator 1 in 2022: 2 places per 1,000 residents.
constexpr int kResidentsPerPlace2022 = 500;
// Residents per 1,000 of 2022 at the ends of 2022 to 2025: a slowly shrinking district.
constexpr int kResidentsPerMille[] = {1000, 998, 996, 994};
// Places per 100,000 residents aimed at, ends of 2022 to 2025; the last is the target of 4.5, to be reached.
constexpr int kPlacesPer100000[] = {200, 280, 360, 450};
// Kindergartens with a nursery class per 20 of those in 2022: 20 %, 30 %, 35 %, 40 % of all.
constexpr int kKindergartenSteps[] = {20, 30, 35, 40};
// Inclusive share aimed at, per 1,000 places; the target of 2025 is 60 %.
constexpr int kInclusivePerMille[] = {350, 450, 530, 615};
// The year from which each street, in shuffled order, has an inclusive facility: 3, 4, 5, 6 of 6.
constexpr int kStreetYears[kStreets] = {2022, 2022, 2022, 2023, 2024, 2025};

absl::CivilDay YearEnd(int year) { return absl::CivilDay(year, 12, 31); }

// A working day on or after `day`, holidays aside: papers are not filed on Sundays.
absl::CivilDay OnWeekday(absl::CivilDay day) {
  while (absl::GetWeekday(day) == absl::Weekday::saturday ||
         absl::GetWeekday(day) == absl::Weekday::sunday) {
    ++day;
  }
  return day;
}

absl::CivilDay DayBetween(SplitMix64& chance, absl::CivilDay first, absl::CivilDay last) {
  return OnWeekday(
      first + chance.Between(0, static_cast<int>(std::max<absl::civil_diff_t>(0, last - first))));
}

std::vector<Class> MakeClasses(pb::FacilityType type, SplitMix64& chance) {
  std::vector<Class> classes;
  switch (type) {
    case pb::FACILITY_TYPE_KINDERGARTEN:
      for (int i = chance.Between(2, 4); i > 0; --i) {
        classes.push_back({pb::CLASS_KIND_SENIOR, chance.Between(15, 20)});
      }
      break;
    case pb::FACILITY_TYPE_HOME_BASED:
      classes.push_back({pb::CLASS_KIND_MIXED, chance.Between(3, 5)});
      break;
    case pb::FACILITY_TYPE_EMPLOYER:
      classes.push_back({pb::CLASS_KIND_TODDLER, chance.Between(10, 15)});
      if (chance.Percent(60)) classes.push_back({pb::CLASS_KIND_SENIOR, chance.Between(14, 20)});
      break;
    default:
      if (chance.Percent(40)) classes.push_back({pb::CLASS_KIND_INFANT, chance.Between(6, 10)});
      for (int i = chance.Between(1, 3); i > 0; --i) {
        classes.push_back({pb::CLASS_KIND_TODDLER, chance.Between(10, 15)});
      }
      for (int i = chance.Between(2, 4); i > 0; --i) {
        classes.push_back({pb::CLASS_KIND_SENIOR, chance.Between(15, 20)});
      }
      if (chance.Percent(30)) classes.push_back({pb::CLASS_KIND_MIXED, chance.Between(12, 18)});
  }
  return classes;
}

}  // namespace

int PlacesOf(const std::vector<Class>& classes) {
  int sum = 0;
  for (const Class& each : classes) sum += each.capacity;
  return sum;
}

bool FacilityPlan::ActiveOn(absl::CivilDay day) const {
  return filed_on <= day && (!cancelled_on.has_value() || day < *cancelled_on);
}

int FacilityPlan::PlacesOn(absl::CivilDay day) const {
  if (!ActiveOn(day)) return 0;
  return PlacesOf(change == ChangeKind::kCapacity && changed_on <= day ? classes_after : classes);
}

int FacilityPlan::InclusivePlacesOn(absl::CivilDay day) const {
  const int places = PlacesOn(day);
  for (const RecognitionPlan& recognition : recognitions) {
    const bool in_force = recognition.from <= day && day < recognition.to &&
                          (!recognition.revoked_on.has_value() || day < *recognition.revoked_on);
    if (!in_force) continue;
    return recognition.places_covered == 0 ? places : std::min(places, recognition.places_covered);
  }
  return 0;
}

int64_t District::PlacesOn(absl::CivilDay day) const {
  int64_t sum = 0;
  for (const FacilityPlan& facility : facilities_) sum += facility.PlacesOn(day);
  return sum;
}

int64_t District::InclusivePlacesOn(absl::CivilDay day) const {
  int64_t sum = 0;
  for (const FacilityPlan& facility : facilities_) sum += facility.InclusivePlacesOn(day);
  return sum;
}

// Makes a district step by step; each step settles one thing of all facilities.
class DistrictMaker {
 public:
  DistrictMaker(const DistrictOptions& options, const data::Divisions& divisions)
      : options_(options), divisions_(divisions) {
    district_.options_ = options;
  }

  District Make() {
    SetTypes();
    SetClasses();
    SetStartYears();
    SetDates();
    SetDivisions();
    SetFigures();
    Recognise();
    return std::move(district_);
  }

 private:
  static constexpr int kYears = kLastYear - kFirstYear + 1;

  std::vector<FacilityPlan>& facilities() { return district_.facilities_; }
  SplitMix64 Chance(Purpose purpose, int number) const {
    return SplitMix64(options_.seed, purpose, static_cast<uint64_t>(number));
  }
  static bool IsKindergarten(const FacilityPlan& facility) {
    return facility.type == pb::FACILITY_TYPE_KINDERGARTEN;
  }

  // How many of each type; kindergartens first, so that their steps are exact.
  void SetTypes() {
    const int total = options_.facilities;
    first_kindergartens_ = std::max(4, 2 * ((total + 5) / 10));
    ended_kindergartens_ = first_kindergartens_ / 10;
    const int kindergartens =
        first_kindergartens_ * kKindergartenSteps[kYears - 1] / kKindergartenSteps[0] +
        ended_kindergartens_;
    const int employers = std::max(1, total / 20);
    const int home_based = std::max(2, total / 12);
    facilities().resize(static_cast<size_t>(total));
    for (int i = 0; i < total; ++i) {
      FacilityPlan& facility = facilities()[i];
      facility.number = i + 1;
      facility.type = i < kindergartens                            ? pb::FACILITY_TYPE_KINDERGARTEN
                      : i < kindergartens + employers              ? pb::FACILITY_TYPE_EMPLOYER
                      : i < kindergartens + employers + home_based ? pb::FACILITY_TYPE_HOME_BASED
                                                                   : pb::FACILITY_TYPE_ORDINARY;
    }
  }

  // Classes, and which facilities will change what. Which ones end is told by the start year.
  void SetClasses() {
    for (FacilityPlan& facility : facilities()) {
      SplitMix64 classes = Chance(kPurposeClasses, facility.number);
      facility.classes = MakeClasses(facility.type, classes);
      SplitMix64 change = Chance(kPurposeChange, facility.number);
      if (facility.type == pb::FACILITY_TYPE_HOME_BASED || !change.Percent(16)) continue;
      facility.change = static_cast<ChangeKind>(change.Between(1, 4));
      if (facility.change != ChangeKind::kCapacity) continue;
      facility.classes_after = facility.classes;
      facility.classes_after.push_back({pb::CLASS_KIND_SENIOR, change.Between(15, 20)});
    }
  }

  // Kindergartens start so that indicator 5 takes its steps; the first ones of 2022 end in 2024.
  void StartKindergartens() {
    int next = 0;
    int active = 0;
    for (int y = 0; y < kYears; ++y) {
      const int year = kFirstYear + y;
      const int wanted =
          (first_kindergartens_ * kKindergartenSteps[y] + kKindergartenSteps[0] - 1) /
          kKindergartenSteps[0];
      if (year == 2024) active -= ended_kindergartens_;
      for (; active < wanted; ++active, ++next) {
        start_years_[next] = year;
        if (next < ended_kindergartens_) end_years_[next] = 2024;
      }
    }
  }

  int64_t Population(int64_t places_2022, int year) const {
    return places_2022 * kResidentsPerPlace2022 * kResidentsPerMille[year - kFirstYear] / 1000;
  }

  // The others start in shuffled order as soon as the places aimed at allow, the ones that end among the first.
  void SetStartYears() {
    start_years_.assign(facilities().size(), 0);
    end_years_.assign(facilities().size(), 0);
    StartKindergartens();
    std::vector<int> others;
    for (const FacilityPlan& facility : facilities()) {
      if (!IsKindergarten(facility)) others.push_back(facility.number - 1);
    }
    SplitMix64(options_.seed, kPurposeOrder, 0).Shuffle(&others);
    const int ending = std::max<int>(1, static_cast<int>(others.size()) / 15);
    int left = ending;
    for (const int i : others) {
      if (left == 0) break;
      if (facilities()[i].type != pb::FACILITY_TYPE_ORDINARY) continue;
      start_years_[i] = kFirstYear;
      end_years_[i] = 2024 + left % 2;
      --left;
    }
    for (int year = kFirstYear; year < kLastYear; ++year) Fill(year, others);
    for (const int i : others) {
      if (start_years_[i] == 0) start_years_[i] = kLastYear;
    }
    for (size_t i = 0; i < facilities().size(); ++i) {
      if (end_years_[i] != 0) facilities()[i].change = ChangeKind::kNone;
    }
  }

  // Places at the end of `year`, of what has a start by then; changes count at the end of 2025 only.
  int64_t Started(int year) const {
    int64_t sum = 0;
    for (size_t i = 0; i < start_years_.size(); ++i) {
      const FacilityPlan& facility = district_.facilities_[i];
      const bool active = start_years_[i] != 0 && start_years_[i] <= year &&
                          (end_years_[i] == 0 || end_years_[i] > year);
      if (active) sum += PlacesOf(facility.classes);
    }
    return sum;
  }

  // Places at the end of 2025, when all have started.
  int64_t FinalPlaces() const {
    int64_t sum = 0;
    for (size_t i = 0; i < end_years_.size(); ++i) {
      const FacilityPlan& facility = district_.facilities_[i];
      if (end_years_[i] != 0) continue;
      sum += PlacesOf(facility.change == ChangeKind::kCapacity ? facility.classes_after
                                                               : facility.classes);
    }
    return sum;
  }

  // Lets others start in `year` while the places of that year stay within what is aimed at. For 2022 the bound is that
  // the places of 2025 still make 4.5 per 1,000 residents, as the population follows from the places of 2022.
  void Fill(int year, const std::vector<int>& others) {
    const int64_t final_places = FinalPlaces();
    int64_t places = Started(year);
    const auto fits = [&](int64_t more) {
      if (year == kFirstYear) {
        return final_places * 100'000 >=
               kPlacesPer100000[kYears - 1] * Population(places + more, kLastYear);
      }
      return (places + more) * 100'000 <=
             kPlacesPer100000[year - kFirstYear] * Population(places_2022_, year);
    };
    for (const int i : others) {
      const int more = PlacesOf(facilities()[i].classes);
      if (start_years_[i] != 0 || !fits(more)) continue;
      start_years_[i] = year;
      places += more;
    }
    if (year == kFirstYear) places_2022_ = places;
  }

  void SetDates() {
    for (size_t i = 0; i < facilities().size(); ++i) {
      FacilityPlan& facility = facilities()[i];
      SplitMix64 chance = Chance(kPurposeDates, facility.number);
      // Half of those of 2022 were there in 2021 already.
      const int start = start_years_[i];
      const bool older = start == kFirstYear && chance.Percent(50);
      const bool early = start == kLastYear && facility.change != ChangeKind::kNone;
      const int year = older ? start - 1 : start;
      facility.filed_on =
          DayBetween(chance, absl::CivilDay(year, 2, 8),
                     early ? absl::CivilDay(year, 5, 20) : absl::CivilDay(year, 12, 5));
      if (end_years_[i] != 0) {
        facility.cancelled_on = DayBetween(chance, absl::CivilDay(end_years_[i], 3, 1),
                                           absl::CivilDay(end_years_[i], 12, 10));
      }
      if (facility.change == ChangeKind::kNone) continue;
      // Not before 2023: the baseline rests on what was filed first.
      facility.changed_on =
          DayBetween(chance, std::max(facility.filed_on + 90, absl::CivilDay(2023, 1, 10)),
                     absl::CivilDay(kLastYear, 12, 10));
    }
  }

  void SetDivisions() {
    const absl::CivilDay day = YearEnd(kFirstYear);
    for (const data::Division* street :
         divisions_.OfType(data::DivisionType::kStreet, divisions_.district_code(), day)) {
      streets_.push_back(street->code);
    }
    std::vector<std::string> towns;
    for (const data::Division* town :
         divisions_.OfType(data::DivisionType::kTown, divisions_.district_code(), day)) {
      towns.push_back(town->code);
    }
    SplitMix64 order(options_.seed, kPurposeDivisions, 0);
    order.Shuffle(&streets_);
    order.Shuffle(&towns);
    SetAnchors();
    // Towns are dealt in turn, so that each has a facility as soon as there are enough.
    size_t next_town = 0;
    for (int i = 0; i < static_cast<int>(facilities().size()); ++i) {
      if (std::find(anchors_.begin(), anchors_.end(), i) != anchors_.end()) continue;
      FacilityPlan& facility = facilities()[i];
      SplitMix64 chance = Chance(kPurposeDivisions, facility.number);
      const bool street = chance.Percent(45);
      facility.division = street ? chance.Pick(streets_) : towns[next_town++ % towns.size()];
    }
  }

  // One facility for each street that is recognised in the street's year and stays so.
  void SetAnchors() {
    std::vector<int> order(facilities().size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    SplitMix64(options_.seed, kPurposeRecognition, 0).Shuffle(&order);
    anchors_.fill(-1);
    for (int s = 0; s < kStreets; ++s) {
      const auto suits = [&](int i, bool ordinary) {
        const bool free = std::find(anchors_.begin(), anchors_.end(), i) == anchors_.end();
        const pb::FacilityType type = facilities()[i].type;
        return free && end_years_[i] == 0 && start_years_[i] <= kStreetYears[s] &&
               (ordinary ? type == pb::FACILITY_TYPE_ORDINARY : IsKindergarten(facilities()[i]));
      };
      auto found = std::find_if(order.begin(), order.end(), [&](int i) { return suits(i, true); });
      if (found == order.end()) {
        found = std::find_if(order.begin(), order.end(), [&](int i) { return suits(i, false); });
      }
      anchors_[s] = *found;  // there are at least 4 kindergartens of 2022 and more each year
      facilities()[*found].division = streets_[s];
    }
  }

  void SetFigures() {
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      // 20 % of all kindergartens in 2022.
      district_.figures_.push_back({year, Population(district_.PlacesOn(YearEnd(kFirstYear)), year),
                                    int64_t{first_kindergartens_} * 5});
    }
  }

  // The year from which facilities of this division may be recognised.
  int RecognisedFrom(const FacilityPlan& facility) const {
    const auto street = std::find(streets_.begin(), streets_.end(), facility.division);
    return street == streets_.end() ? kFirstYear : kStreetYears[street - streets_.begin()];
  }

  // Recognises a facility that is active at the end of `year`, from a day of that year on.
  void RecogniseIn(int year, FacilityPlan* facility, bool anchor) {
    SplitMix64 chance = Chance(kPurposeRecognition, facility->number);
    const absl::CivilDay first = std::max(facility->filed_on, absl::CivilDay(year, 1, 5));
    RecognitionPlan recognition;
    recognition.from = DayBetween(chance, first, absl::CivilDay(year, 12, 20));
    recognition.to = absl::CivilDay(recognition.from.year() + 5, recognition.from.month(), 1);
    if (!anchor && chance.Percent(15)) {
      recognition.places_covered = std::max(1, PlacesOf(facility->classes) * 2 / 3);
    }
    if (!anchor && chance.Percent(20) && year + 2 <= kLastYear) {
      // A first term of two years, renewed without a gap.
      RecognitionPlan renewed = recognition;
      recognition.to = absl::CivilDay(recognition.from.year() + 2, recognition.from.month(), 1);
      renewed.from = recognition.to;
      renewed.to = absl::CivilDay(renewed.from.year() + 5, renewed.from.month(), 1);
      facility->recognitions = {recognition, renewed};
      return;
    }
    facility->recognitions = {recognition};
  }

  void Recognise() {
    std::vector<int> order(facilities().size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    SplitMix64(options_.seed, kPurposeRecognition, 1).Shuffle(&order);
    RevokeSome(order);
    for (int s = 0; s < kStreets; ++s) {
      RecogniseIn(kStreetYears[s], &facilities()[anchors_[s]], true);
    }
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      const int64_t places = district_.PlacesOn(YearEnd(year));
      int64_t inclusive = district_.InclusivePlacesOn(YearEnd(year));
      for (const int i : order) {
        if (inclusive * 1000 >= places * kInclusivePerMille[year - kFirstYear]) break;
        FacilityPlan& facility = facilities()[i];
        const bool may = facility.recognitions.empty() && facility.ActiveOn(YearEnd(year)) &&
                         facility.type != pb::FACILITY_TYPE_HOME_BASED &&
                         RecognisedFrom(facility) <= year;
        if (!may) continue;
        RecogniseIn(year, &facility, false);
        inclusive += facility.InclusivePlacesOn(YearEnd(year));
      }
    }
  }

  // A few are recognised in 2023 and lose it in 2024; none of a street, so that its year stands.
  void RevokeSome(const std::vector<int>& order) {
    int left = std::max(1, options_.facilities / 40);
    for (const int i : order) {
      FacilityPlan& facility = facilities()[i];
      const bool town =
          std::find(streets_.begin(), streets_.end(), facility.division) == streets_.end();
      if (!town || end_years_[i] != 0 || start_years_[i] != kFirstYear ||
          facility.type == pb::FACILITY_TYPE_HOME_BASED) {
        continue;
      }
      SplitMix64 chance = Chance(kPurposeRecognition, facility.number);
      RecognitionPlan recognition;
      recognition.from =
          DayBetween(chance, absl::CivilDay(2023, 2, 1), absl::CivilDay(2023, 11, 1));
      recognition.to = absl::CivilDay(recognition.from.year() + 5, recognition.from.month(), 1);
      recognition.revoked_on =
          DayBetween(chance, absl::CivilDay(2024, 3, 1), absl::CivilDay(2024, 11, 1));
      facility.recognitions = {recognition};
      if (--left == 0) return;
    }
  }

  const DistrictOptions options_;
  const data::Divisions& divisions_;
  District district_;
  int first_kindergartens_ = 0;
  int ended_kindergartens_ = 0;
  int64_t places_2022_ = 0;
  std::vector<int> start_years_;  // 2022 stands for 2021, too
  std::vector<int> end_years_;    // 0: goes on
  std::vector<std::string> streets_;
  std::array<int, kStreets> anchors_{};
};

absl::StatusOr<District> District::Create(const DistrictOptions& options,
                                          const data::Divisions& divisions) {
  if (options.facilities < kFewestFacilities || options.facilities > kMostFacilities) {
    return absl::InvalidArgumentError(
        absl::StrCat("facilities: ", kFewestFacilities, " to ", kMostFacilities));
  }
  const absl::CivilDay day = YearEnd(kFirstYear);
  const std::string& code = divisions.district_code();
  if (divisions.OfType(data::DivisionType::kStreet, code, day).size() != kStreets ||
      divisions.OfType(data::DivisionType::kTown, code, day).empty()) {
    return absl::InvalidArgumentError(
        "the rehearsal district is calibrated for 6 streets and towns");
  }
  return DistrictMaker(options, divisions).Make();
}

}  // namespace tuoyu::rehearsal
