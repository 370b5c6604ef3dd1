#include "services/filing/decision_rules.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using google::protobuf::RepeatedPtrField;

constexpr int kMaxReturnItems = 100;
constexpr int kMaxNoticeItems = 50;
constexpr TextBounds kSectionBounds{1, 60};
constexpr TextBounds kFieldBounds{1, 120};
constexpr TextBounds kNoFieldBounds{0, 120};
// Of what is missing altogether, with no field to name.
constexpr absl::string_view kGeneral = "general";
constexpr TextBounds kCommentBounds{1, 500, true};
constexpr TextBounds kClauseBounds{1, 200};
constexpr TextBounds kFindingBounds{1, 1000, true};
constexpr TextBounds kRemedyBounds{0, 1000, true};

// What is written with a decision depends on no rule set, division or day.
const RuleContext& NoContext() {
  static const auto* const rules = new v1::RuleSet;
  static const auto* const divisions = new data::Divisions;
  static const auto* const context = new RuleContext{*rules, *divisions, absl::CivilDay()};
  return *context;
}

// True if there is an item and there are not too many.
bool CheckItems(Findings& findings, const Label& label, int size, int maximum) {
  if (size == 0) findings.Require("items", label);
  return CheckListSize(findings, "items", label, size, maximum);
}

Label LabelOf(absl::string_view field) {
  if (field == "report") return {"整改报告", "report"};
  if (field == "reason") return {"原因", "reason"};
  if (field == "verify_source") return {"核验来源", "verify_source"};
  return {field, field};
}

}  // namespace

std::vector<Violation> CheckReturnItems(const RepeatedPtrField<v1::ReturnItem>& items) {
  Findings findings(NoContext(), Mode::kComplete);
  if (CheckItems(findings, {"一次性告知的补正事项", "items, at least one"}, items.size(),
                 kMaxReturnItems)) {
    for (int i = 0; i < items.size(); ++i) {
      CheckText(findings, {"items", i, "section"}, {"部分", "section"}, items[i].section(),
                kSectionBounds);
      CheckText(findings, {"items", i, "field"}, {"字段", "field"}, items[i].field(),
                items[i].section() == kGeneral ? kNoFieldBounds : kFieldBounds);
      CheckText(findings, {"items", i, "comment"}, {"补正说明", "comment"}, items[i].comment(),
                kCommentBounds);
    }
  }
  return findings.Take();
}

std::vector<Violation> CheckNotice(const RepeatedPtrField<v1::NonconformityItem>& items,
                                   const google::type::Date& rectify_by,
                                   const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  if (CheckItems(findings, {"不符合事项", "items, at least one"}, items.size(), kMaxNoticeItems)) {
    for (int i = 0; i < items.size(); ++i) {
      CheckText(findings, {"items", i, "clause"}, {"依据条款", "clause"}, items[i].clause(),
                kClauseBounds);
      CheckText(findings, {"items", i, "finding"}, {"不符合情况", "finding"}, items[i].finding(),
                kFindingBounds);
      CheckText(findings, {"items", i, "remedy"}, {"整改要求", "remedy"}, items[i].remedy(),
                kRemedyBounds);
    }
  }
  const auto day = CheckDay(findings, "rectify_by", {"整改期限", "rectify_by"}, rectify_by);
  if (day.has_value() && *day < context.today) {
    findings.Add(
        "rectify_by", "RECTIFY_BY_PAST",
        absl::StrCat("整改期限（", FormatDay(*day), "）不能早于今天 ", FormatDay(context.today)),
        absl::StrCat("rectify_by (", FormatDay(*day), ") can't be before today, ",
                     FormatDay(context.today)));
  }
  return findings.Take();
}

std::vector<Violation> CheckFreeText(absl::string_view field, absl::string_view text, int minimum,
                                     int maximum) {
  Findings findings(NoContext(), Mode::kComplete);
  CheckText(findings, field, LabelOf(field), text, {minimum, maximum, true});
  return findings.Take();
}

}  // namespace tuoyu::filing
