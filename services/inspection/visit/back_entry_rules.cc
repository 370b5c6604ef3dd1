#include "services/inspection/visit/back_entry_rules.h"

#include <map>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/sha256.h"
#include "common/form/form.h"
#include "common/privacy/digest.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::Finding;
using v1::ItemResult;
using v1::VisitBackEntry;

constexpr absl::CivilDay kFirstDay(2000, 1, 1);
constexpr absl::CivilDay kLastDay(2199, 12, 31);
constexpr size_t kLongestText = 500;
constexpr size_t kLongestSource = 120;
constexpr size_t kLongestEvidence = 200;
constexpr size_t kLongestNote = 1000;
constexpr int kMostUnits = 8;
constexpr int kMostItems = 200;

void CheckUnits(const VisitBackEntry& entry, const data::Units& units, Form* form) {
  form->CheckNumber("units", entry.units_size(), 1, kMostUnits);
  std::set<std::string> known;
  for (int i = 0; i < entry.units_size(); ++i) {
    const std::string path = absl::StrCat("units[", i, "].");
    if (units.Find(entry.units(i).unit()) == nullptr) {
      form->Add(path + "unit", "UNIT_UNKNOWN", "不在本区单位名单中", "no unit of the district");
    } else if (!known.insert(entry.units(i).unit()).second) {
      form->Add(path + "unit", "UNIT_DOUBLE", "重复", "given twice");
    }
    const bool known_domains = absl::c_all_of(entry.units(i).domains(), [](int domain) {
      return domain != v1::CHECK_DOMAIN_UNSPECIFIED && v1::CheckDomain_IsValid(domain);
    });
    if (entry.units(i).domains().empty() || !known_domains) {
      form->Add(path + "domains", "FIELD_MISSING", "请填写检查领域",
                "the domains are missing or unknown");
    }
  }
}

// Codes of the items that failed.
std::set<std::string> CheckItems(const VisitBackEntry& entry, const ChecklistBook& checklists,
                                 Form* form) {
  std::set<std::string> known;
  std::set<std::string> failed;
  form->CheckNumber("items", entry.items_size(), 0, kMostItems);
  for (int i = 0; i < entry.items_size(); ++i) {
    const ItemResult& item = entry.items(i);
    const std::string path = absl::StrCat("items[", i, "].");
    if (!checklists.HasItem(item.item())) {
      form->Add(path + "item", "ITEM_UNKNOWN", "没有这一检查事项", "no such item on any checklist");
    } else if (!known.insert(item.item()).second) {
      form->Add(path + "item", "ITEM_DOUBLE", "重复", "given twice");
    }
    if (item.verdict() == v1::ITEM_VERDICT_UNSPECIFIED ||
        !v1::ItemVerdict_IsValid(item.verdict())) {
      form->Add(path + "verdict", "FIELD_MISSING", "请填写检查结论", "the verdict is missing");
    }
    form->CheckText(path + "note", item.note(), /*required=*/false, kLongestNote);
    if (!item.photos().empty() ||
        (item.corrected_on_site() && item.verdict() != v1::ITEM_VERDICT_FAIL)) {
      form->Add(path + "photos", "FIELD_NOT_OF_KIND", "补录没有照片；只有不符合的事项才有当场改正",
                "no photos are back-entered, and only what failed is mended on site");
    }
    if (item.verdict() == v1::ITEM_VERDICT_FAIL) failed.insert(item.item());
  }
  return failed;
}

void CheckFindings(const VisitBackEntry& entry, const std::set<std::string>& failed,
                   absl::CivilDay today, Form* form) {
  const auto concluded = FromProto(entry.concluded_on());
  const absl::CivilDay first = concluded.value_or(kFirstDay);
  std::set<std::string> known;
  for (int i = 0; i < entry.findings_size(); ++i) {
    const Finding& finding = entry.findings(i);
    const std::string path = absl::StrCat("findings[", i, "].");
    if (!known.insert(finding.item()).second) {
      form->Add(path + "item", "ITEM_DOUBLE", "重复", "given twice");
    }
    if (failed.count(finding.item()) == 0) {
      form->Add(path + "item", "FINDING_UNFOUNDED", "该事项没有不符合", "the item did not fail");
    }
    if (absl::c_none_of(entry.units(),
                        [&](const auto& unit) { return unit.unit() == finding.unit(); })) {
      form->Add(path + "unit", "FINDING_UNIT", "该单位不在本次检查中", "a unit that was not there");
    }
    form->CheckText(path + "requirement", finding.requirement(), /*required=*/true, kLongestText);
    form->CheckDay(path + "due_date", finding.due_date(), first, kLastDay);
    if (finding.has_corrected_on()) {
      form->CheckDay(path + "corrected_on", finding.corrected_on(), first, today);
    }
  }
  const bool orders = entry.outcome() == v1::VISIT_OUTCOME_CORRECTION_ORDERED;
  if (orders != !entry.findings().empty() && entry.outcome() != v1::VISIT_OUTCOME_CASE_OPENED) {
    form->Add("outcome", "OUTCOME_NOT_BORNE", "责令限期改正应有问题，其他结果没有",
              "an order to correct has findings, other outcomes have none");
  }
  if (entry.outcome() == v1::VISIT_OUTCOME_NO_PROBLEM && !failed.empty()) {
    form->Add("outcome", "OUTCOME_NOT_BORNE", "有不符合的事项", "items failed");
  }
}

void CheckDays(const VisitBackEntry& entry, absl::CivilDay today, Form* form) {
  const auto visited = form->CheckDay("visited_on", entry.visited_on(), kFirstDay, today);
  const auto concluded = form->CheckDay("concluded_on", entry.concluded_on(), kFirstDay, today);
  if (visited && concluded && *concluded < *visited) {
    form->Add("concluded_on", "RECORD_ORDER", "早于检查日期", "before the visit");
  }
  if (!entry.has_published_on()) return;
  const auto published = form->CheckDay("published_on", entry.published_on(), kFirstDay, today);
  if (published && concluded && *published < *concluded) {
    form->Add("published_on", "RECORD_ORDER", "早于结果日期", "before it was concluded");
  }
}

// Whether the item was a key item on that day, or is in the oldest list that has it.
bool IsKey(const ChecklistBook& checklists, absl::string_view code, absl::CivilDay day) {
  const v1::CheckItem* item = checklists.FindItemOn(code, day);
  return item != nullptr && item->key();
}

}  // namespace

Violations CheckBackEntry(const VisitBackEntry& entry, int index, const data::Units& units,
                          const ChecklistBook& checklists, absl::CivilDay today) {
  Form form(absl::StrCat("entries[", index, "]."));
  if (FacilityId(entry.facility()).empty()) {
    form.Add("facility", "NAME_INVALID", "应为 facilities/编号", "facilities/{id}");
  }
  CheckDays(entry, today, &form);
  if (entry.kind() == v1::PLAN_KIND_UNSPECIFIED || !v1::PlanKind_IsValid(entry.kind())) {
    form.Add("kind", "FIELD_MISSING", "请填写计划类别", "the kind is missing");
  }
  const bool exempt = entry.exemption() != v1::CAP_EXEMPTION_UNSPECIFIED;
  if (exempt != (entry.kind() == v1::PLAN_KIND_CASE) ||
      !v1::CapExemption_IsValid(entry.exemption())) {
    form.Add("exemption", "FIELD_NOT_OF_KIND", "个案检查填写事由，其他类别不填",
             "a CASE says why it does not count, other kinds don't");
  }
  if (entry.outcome() == v1::VISIT_OUTCOME_UNSPECIFIED ||
      !v1::VisitOutcome_IsValid(entry.outcome())) {
    form.Add("outcome", "FIELD_MISSING", "请填写检查结果", "the outcome is missing");
  }
  form.CheckText("outcome_text", entry.outcome_text(), /*required=*/true, kLongestText);
  form.CheckText("evidence", entry.evidence(), /*required=*/true, kLongestEvidence);
  form.CheckText("source.source_system", entry.source().source_system(), /*required=*/true,
                 kLongestSource);
  form.CheckText("source.source_id", entry.source().source_id(), /*required=*/true, kLongestSource);
  CheckUnits(entry, units, &form);
  CheckFindings(entry, CheckItems(entry, checklists, &form), today, &form);
  return form.Take();
}

std::string BackEntryId(const common::v1::ExternalId& source) {
  // A UUID of version 8 (RFC 9562), whose bits are ours to choose.
  std::string bytes = Sha256(absl::StrCat("visit\n", source.source_system().size(), "\n",
                                          source.source_system(), source.source_id()));
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  const std::string hex = privacy::HexEncode(bytes.substr(0, 16));
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

v1::Visit MakeBackEntry(const VisitBackEntry& entry, const registry::KnownFacility& facility,
                        const ChecklistBook& checklists) {
  const absl::CivilDay visited = *FromProto(entry.visited_on());
  v1::Visit visit;
  visit.set_name(VisitName(BackEntryId(entry.source())));
  visit.set_kind(entry.kind());
  visit.set_exemption(entry.exemption());
  visit.set_facility(entry.facility());
  visit.set_facility_name(facility.name);
  visit.set_division_code(facility.division_code);
  *visit.mutable_units() = entry.units();
  *visit.mutable_first_day() = entry.visited_on();
  *visit.mutable_last_day() = entry.visited_on();
  if (const v1::Checklist* checklist = checklists.InForce(visited); checklist != nullptr) {
    visit.set_checklist_version(checklist->version());
  }
  *visit.mutable_visited_on() = entry.visited_on();
  std::map<std::string, ItemResult> items;
  for (const ItemResult& item : entry.items()) items[item.item()] = item;
  for (const auto& [code, item] : items) *visit.add_items() = item;
  visit.set_outcome(entry.outcome());
  visit.set_outcome_text(entry.outcome_text());
  *visit.mutable_concluded_on() = entry.concluded_on();
  std::map<std::string, Finding> findings;
  for (const Finding& said : entry.findings()) {
    Finding& finding = findings[said.item()];
    finding.set_name(FindingName(BackEntryId(entry.source()), said.item()));
    finding.set_item(said.item());
    finding.set_unit(said.unit());
    finding.set_key(IsKey(checklists, said.item(), visited));
    finding.set_requirement(said.requirement());
    *finding.mutable_due_date() = said.due_date();
    finding.set_state(said.has_corrected_on() ? v1::FINDING_STATE_CORRECTED
                                              : v1::FINDING_STATE_OPEN);
    if (said.has_corrected_on()) *finding.mutable_corrected_on() = said.corrected_on();
    finding.set_facility(entry.facility());
    finding.set_facility_name(facility.name);
    finding.set_division_code(facility.division_code);
    *finding.mutable_found_on() = entry.concluded_on();
    finding.set_etag("1");
    v1::FindingStep& step = *finding.add_steps();
    step.set_kind(v1::FINDING_STEP_KIND_ORDERED);
    step.set_text(said.requirement());
    *step.mutable_due_date() = said.due_date();
    *step.mutable_step_time() = ToProto(StartOf(*FromProto(entry.concluded_on())));
  }
  for (auto& [item, finding] : findings) *visit.add_findings() = std::move(finding);
  const bool open = absl::c_any_of(visit.findings(), IsOpen);
  visit.set_state(open ? v1::VISIT_STATE_RECTIFYING : v1::VISIT_STATE_CLOSED);
  if (entry.has_published_on()) *visit.mutable_published_on() = entry.published_on();
  *visit.mutable_source() = entry.source();
  visit.set_evidence(entry.evidence());
  visit.set_entry_digest(Sha256(entry.SerializeAsString()));
  return visit;
}

}  // namespace tuoyu::inspection
