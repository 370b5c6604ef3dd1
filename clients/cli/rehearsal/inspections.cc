#include "clients/cli/rehearsal/inspections.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/base/civil.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = inspection::v1;

constexpr absl::string_view kUnits[] = {"DHC", "FIRE", "SAMR"};
constexpr int kInspectorsOfUnit = 3;
constexpr int kVisitedPercent = 67;
constexpr int kJointPercent = 25;
constexpr int kFailedPercent = 5;
constexpr int kOpenPercent = 25;
constexpr int kDaysToCorrect = 15;

// Items a unit looks at, and the domains they lie in.
struct UnitItems {
  absl::string_view unit;
  std::vector<pb::CheckDomain> domains;
  std::vector<const char*> items;
};

const std::vector<UnitItems>& ItemsByUnit() {
  static const auto& items = *new std::vector<UnitItems>{
      {"DHC",
       {pb::CHECK_DOMAIN_QUALIFICATION, pb::CHECK_DOMAIN_ENROLMENT, pb::CHECK_DOMAIN_STAFF,
        pb::CHECK_DOMAIN_HEALTH},
       {"A02", "B01", "B02", "B04", "C02", "C03", "D01", "D03"}},
      {"FIRE", {pb::CHECK_DOMAIN_FIRE}, {"F01", "F02", "F03", "F04"}},
      {"SAMR", {pb::CHECK_DOMAIN_FOOD, pb::CHECK_DOMAIN_PRICE}, {"E01", "E02", "I01"}}};
  return items;
}

void AddUnit(const UnitItems& unit, absl::CivilDay visited, bool recent, SplitMix64* random,
             pb::VisitBackEntry* entry) {
  pb::VisitUnit& on_visit = *entry->add_units();
  on_visit.set_unit(std::string(unit.unit));
  for (const pb::CheckDomain domain : unit.domains) on_visit.add_domains(domain);
  for (const char* code : unit.items) {
    pb::ItemResult& item = *entry->add_items();
    item.set_item(code);
    const bool failed = random->Percent(kFailedPercent);
    item.set_verdict(failed ? pb::ITEM_VERDICT_FAIL : pb::ITEM_VERDICT_PASS);
    if (!failed) continue;
    item.set_note("演练：现场不符合");
    pb::Finding& finding = *entry->add_findings();
    finding.set_item(code);
    finding.set_unit(on_visit.unit());
    finding.set_requirement("演练：限期改正并报告");
    *finding.mutable_due_date() = ToProto(visited + kDaysToCorrect);
    if (!(recent && random->Percent(kOpenPercent))) {
      *finding.mutable_corrected_on() = ToProto(visited + random->Between(3, kDaysToCorrect + 5));
    }
  }
}

pb::VisitBackEntry MakeVisit(const std::string& id, absl::CivilDay visited, bool recent,
                             SplitMix64* random) {
  pb::VisitBackEntry entry;
  *entry.mutable_visited_on() = ToProto(visited);
  *entry.mutable_concluded_on() = ToProto(visited + 1);
  *entry.mutable_published_on() = ToProto(visited + 10);
  const auto& units = ItemsByUnit();
  if (random->Percent(kJointPercent)) {
    entry.set_kind(pb::PLAN_KIND_RANDOM);
    for (const UnitItems& unit : units) AddUnit(unit, visited, recent, random, &entry);
  } else {
    entry.set_kind(random->Percent(50) ? pb::PLAN_KIND_RANDOM : pb::PLAN_KIND_SPECIAL);
    AddUnit(units[random->Below(units.size())], visited, recent, random, &entry);
  }
  entry.set_outcome(entry.findings().empty() ? pb::VISIT_OUTCOME_NO_PROBLEM
                                             : pb::VISIT_OUTCOME_CORRECTION_ORDERED);
  entry.set_outcome_text(entry.findings().empty() ? "演练：未发现问题" : "演练：责令限期改正");
  entry.set_evidence(absl::StrCat("演练检查档案 ", id));
  entry.mutable_source()->set_source_system("rehearsal-inspection");
  entry.mutable_source()->set_source_id(id);
  return entry;
}

}  // namespace

std::vector<PlannedInspector> MakeInspectors() {
  std::vector<PlannedInspector> inspectors;
  for (const absl::string_view unit : kUnits) {
    for (int i = 1; i <= kInspectorsOfUnit; ++i) {
      PlannedInspector& planned = inspectors.emplace_back();
      planned.unit = std::string(unit);
      pb::Inspector& inspector = planned.inspector;
      inspector.set_account(
          unit == "DHC" && i == 1
              ? std::string("inspector")
              : absl::StrCat("rehearsal-", unit, i == 1 ? "" : absl::StrCat("-", i)));
      inspector.set_person_name(absl::StrCat("演练执法员", i));
      inspector.set_certificate_number(absl::StrCat("YL500111", unit, i));
      *inspector.mutable_certified_from() = ToProto(absl::CivilDay(2024, 1, 1));
      *inspector.mutable_certified_until() = ToProto(absl::CivilDay(2029, 12, 31));
    }
  }
  return inspectors;
}

std::vector<OfFacility<pb::VisitBackEntry>> MakeVisits(const District& district,
                                                       absl::CivilDay until) {
  std::vector<OfFacility<pb::VisitBackEntry>> visits;
  for (const FacilityPlan& facility : district.facilities()) {
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      SplitMix64 random(district.options().seed, kPurposeInspections,
                        static_cast<uint64_t>(facility.number) * 100 + year % 100);
      if (!random.Percent(kVisitedPercent)) continue;
      absl::CivilDay day = absl::CivilDay(year, random.Between(1, 11), random.Between(1, 28));
      while (IsWeekend(day)) ++day;
      // What follows from the visit is over by the horizon, too.
      if (!facility.ActiveOn(day) || day + kDaysToCorrect + 10 > until) continue;
      const std::string id =
          absl::StrCat(TagOf(district.options()), "-", facility.number, "-", year);
      visits.push_back({facility.number, MakeVisit(id, day, year == kLastYear, &random)});
    }
  }
  return visits;
}

}  // namespace tuoyu::rehearsal
