#include "services/filing/registration/change_request_rules.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/findings.h"
#include "services/filing/registration/registration_rules.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using v1::ChangeRequest;
using v1::ChangeRequestItem;

constexpr TextBounds kValue{1, 2000};
constexpr TextBounds kDocument{1, 200};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr TextBounds kOptionalReason{0, 500, /*multiline=*/true};
constexpr int kMostValues = 50;

bool SameItem(const ChangeRequestItem& a, const ChangeRequestItem& b) {
  return a.field() == b.field() && SameFieldText(a.proposed_value(), b.proposed_value()) &&
         SameFieldText(a.register_value(), b.register_value());
}

std::string DayText(const google::type::Date& date) {
  const auto day = FromProto(date);
  return day.ok() ? FormatDay(*day) : "";
}

}  // namespace

std::vector<Claim> ClaimsOf(const v1::Registration& registration) {
  return {{"name", registration.organisation_name()},
          {"address", registration.address()},
          {"uscc", registration.uscc()},
          {"legal_form", v1::LegalForm_Name(registration.legal_form())},
          {"registrar", v1::Registrar_Name(registration.registrar())},
          {"registered_on", DayText(registration.registered_on())},
          {"business_scope", registration.business_scope()}};
}

absl::string_view Claimant::RegistrarOf(const v1::FilingContent& content) const {
  const v1::Unit* found = units.OfRegistrar(content.registrar());
  return found == nullptr ? absl::string_view() : absl::string_view(found->code());
}

absl::string_view Claimant::SpeaksAsRegistrarOf(const v1::FilingContent& content) const {
  if (content.registrar() != v1::REGISTRAR_UNSPECIFIED) return RegistrarOf(content);
  const v1::Unit* own = units.Find(unit);
  if (own == nullptr || own->registrar() == v1::REGISTRAR_UNSPECIFIED) return "";
  const v1::Registrar by_form = filing::RegistrarOf(content.legal_form());
  const bool may_be = by_form == v1::REGISTRAR_UNSPECIFIED || by_form == own->registrar();
  return may_be ? unit : absl::string_view();
}

std::vector<ChangeRequestItem> DifferencesFrom(const v1::FilingContent& content,
                                               const std::vector<Claim>& claims,
                                               const Claimant& claimant, absl::CivilDay since) {
  const absl::string_view registrar = claimant.SpeaksAsRegistrarOf(content);
  std::vector<ChangeRequestItem> items;
  for (const Claim& claim : claims) {
    const v1::FieldOwnership* owned = claimant.ownership.Find(claim.field);
    if (owned == nullptr || !MayPropose(*owned, claimant.unit, registrar)) continue;
    const std::string value = FieldText(content, claim.field);
    if (SameFieldText(value, claim.value)) continue;
    ChangeRequestItem& item = items.emplace_back();
    item.set_field(claim.field);
    item.set_register_value(value);
    item.set_proposed_value(claim.value);
    *item.mutable_since() = ToProto(since);
    // Only the registrar that is stated is believed as such.
    item.set_trusted(IsTrusted(*owned, claimant.unit, claimant.RegistrarOf(content)));
  }
  return items;
}

std::string FieldNotOf(const Claimant& claimant, const v1::FilingContent& content,
                       const std::vector<Claim>& claims) {
  const absl::string_view registrar = claimant.SpeaksAsRegistrarOf(content);
  for (const Claim& claim : claims) {
    const v1::FieldOwnership* owned = claimant.ownership.Find(claim.field);
    if (owned == nullptr || !MayPropose(*owned, claimant.unit, registrar)) return claim.field;
  }
  return "";
}

void DropRejected(const std::vector<ChangeRequest>& rejected,
                  std::vector<ChangeRequestItem>* items) {
  const auto was_rejected = [&](const ChangeRequestItem& item) {
    return absl::c_any_of(rejected, [&](const ChangeRequest& request) {
      return absl::c_any_of(request.items(),
                            [&](const ChangeRequestItem& old) { return SameItem(old, item); });
    });
  };
  items->erase(std::remove_if(items->begin(), items->end(), was_rejected), items->end());
}

std::vector<ChangeRequestItem> MergedItems(const ChangeRequest& request,
                                           const std::vector<Claim>& claims,
                                           std::vector<ChangeRequestItem> items) {
  for (const ChangeRequestItem& old : request.items()) {
    const bool claimed =
        absl::c_any_of(claims, [&](const Claim& claim) { return claim.field == old.field(); });
    if (!claimed) {
      items.push_back(old);
      continue;
    }
    for (ChangeRequestItem& item : items) {
      if (SameItem(old, item)) *item.mutable_since() = old.since();
    }
  }
  absl::c_stable_sort(items, [](const ChangeRequestItem& a, const ChangeRequestItem& b) {
    return a.field() < b.field();
  });
  return items;
}

std::vector<Violation> CheckProposal(const v1::ProposeChangeRequest& request,
                                     const FieldOwnership& ownership, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  if (request.values().empty()) findings.Require("values", {"提请的各项", "values"});
  CheckListSize(findings, "values", {"提请的各项", "values"}, request.values_size(), kMostValues);
  CheckText(findings, "document_number", {"依据文号", "document_number"}, request.document_number(),
            kDocument);
  std::set<std::string> fields;
  for (int i = 0; i < std::min(request.values_size(), kMostValues); ++i) {
    const v1::ProposedValue& value = request.values(i);
    const std::string path = absl::StrCat("values[", i, "].");
    if (ownership.Find(value.field()) == nullptr) {
      findings.Add(path + "field", "REFERENCE_UNKNOWN", "字段归属中没有此项，请先查询可提请的字段",
                   "no such field: ask for the field ownership");
      continue;
    }
    if (!fields.insert(value.field()).second) {
      findings.Add(path + "field", "RECORD_DOUBLE", "同一项填写了两次", "the field is given twice");
    }
    if (CheckText(findings, path + "value", {"提请的值", "value"}, value.value(), kValue) &&
        !IsFieldText(value.field(), value.value())) {
      findings.Add(path + "value", "PROPOSED_VALUE_FORM",
                   "不是此项的有效值：枚举写名称，日期写作 2026-02-12，数字写阿拉伯数字",
                   "no value of this field: enums by name, days as 2026-02-12, numbers in digits");
    }
  }
  return findings.Take();
}

std::vector<Violation> CheckDecision(const ChangeRequest& request,
                                     const v1::DecideChangeRequestRequest& decision,
                                     const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, "decision", {"审定决定", "decision"}, decision.decision(),
             v1::ChangeRequestDecision_IsValid);
  const bool apply = decision.decision() == v1::CHANGE_REQUEST_DECISION_APPLY;
  const bool all_trusted =
      absl::c_all_of(request.items(), [](const ChangeRequestItem& item) { return item.trusted(); });
  CheckText(findings, "reason", {"理由（来源不是可信来源的，写明核实情况）", "reason"},
            decision.reason(), apply && all_trusted ? kOptionalReason : kReason);
  const auto due = CheckDay(findings, "due_on", {"变更备案期限", "due_on"}, decision.due_on(),
                            /*required=*/false);
  if (due) CheckAhead(findings, "due_on", *due);
  return findings.Take();
}

std::string FieldOfOthers(const ChangeRequest& request, const FieldOwnership& ownership,
                          const rpc::RoleSet& roles) {
  if (request.kind() == v1::CHANGE_REQUEST_KIND_REGISTRATION_ENDED) {
    return MayDecideEnding(ownership.file(), roles) ? "" : "ending";
  }
  for (const ChangeRequestItem& item : request.items()) {
    const v1::FieldOwnership* owned = ownership.Find(item.field());
    // A field that is no longer in the file is decided by who decides on an end, the most senior.
    const bool may =
        owned == nullptr ? MayDecideEnding(ownership.file(), roles) : MayDecide(*owned, roles);
    if (!may) return item.field();
  }
  return "";
}

}  // namespace tuoyu::filing
