#include "services/filing/quality/demonstration_rules.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using v1::Demonstration;
using v1::Reevaluation;

constexpr TextBounds kDocument{1, 200};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr int kMaxReevaluations = 50;

// A re-evaluation of a label that holds on [first, end), after the one on `before` (none: absl::CivilDay::min()).
void CheckOne(const Reevaluation& reevaluation, const std::string& path, absl::CivilDay first,
              absl::CivilDay end, absl::CivilDay before, Findings& findings) {
  const std::string field = absl::StrCat(path, "evaluated_on");
  const auto day =
      CheckPastDay(findings, field, {"复评日期", "evaluated_on"}, reevaluation.evaluated_on());
  if (day && (*day < first || *day >= end)) {
    findings.Add(field, "REEVALUATION_ORDER", "复评日期应在命名之后、有效期之内",
                 "it must be re-evaluated while it is a demonstration unit");
  } else if (day && *day <= before) {
    findings.Add(field, "REEVALUATION_ORDER",
                 absl::StrCat("复评日期应晚于上一次复评（", FormatDay(before), "）"),
                 absl::StrCat("it must be later than the last one (", FormatDay(before), ")"));
  }
  CheckValue(findings, absl::StrCat(path, "result"), {"复评结果", "result"}, reevaluation.result(),
             v1::ReevaluationResult_IsValid);
  CheckText(findings, absl::StrCat(path, "document_number"), {"文号", "document_number"},
            reevaluation.document_number(), kDocument);
}

absl::CivilDay LastEvaluation(const Demonstration& demonstration) {
  absl::CivilDay last = absl::CivilDay::min();
  for (const Reevaluation& reevaluation : demonstration.reevaluations()) {
    last = std::max(last, DayOr(reevaluation.evaluated_on(), last));
  }
  return last;
}

}  // namespace

absl::CivilDay FirstDayOf(const Demonstration& demonstration) {
  return DayOr(demonstration.granted_on(), absl::CivilDay::max());
}

absl::CivilDay EndDayOf(const Demonstration& demonstration) {
  return std::min(DayOr(demonstration.valid_to(), absl::CivilDay::max()),
                  DayOr(demonstration.revoked_on(), absl::CivilDay::max()));
}

std::vector<common::v1::Violation> CheckDemonstration(const Demonstration& demonstration,
                                                      const std::string& path,
                                                      const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, absl::StrCat(path, "level"), {"示范级别", "level"}, demonstration.level(),
             v1::DemonstrationLevel_IsValid);
  const auto granted = CheckPastDay(findings, absl::StrCat(path, "granted_on"),
                                    {"命名日期", "granted_on"}, demonstration.granted_on());
  CheckText(findings, absl::StrCat(path, "document_number"), {"文号", "document_number"},
            demonstration.document_number(), kDocument);
  const auto ends = CheckDay(findings, absl::StrCat(path, "valid_to"), {"有效期止", "valid_to"},
                             demonstration.valid_to(), /*required=*/false);
  if (granted && ends && *ends <= *granted) {
    findings.Add(absl::StrCat(path, "valid_to"), "DEMONSTRATION_ORDER", "有效期止应晚于命名日期",
                 "it must end after it was named");
  }
  if (!granted ||
      !CheckListSize(findings, absl::StrCat(path, "reevaluations"), {"复评", "reevaluations"},
                     demonstration.reevaluations_size(), kMaxReevaluations)) {
    return findings.Take();
  }
  absl::CivilDay before = absl::CivilDay::min();
  for (int i = 0; i < demonstration.reevaluations_size(); ++i) {
    const Reevaluation& reevaluation = demonstration.reevaluations(i);
    CheckOne(reevaluation, absl::StrCat(path, "reevaluations[", i, "]."), *granted,
             EndDayOf(demonstration), before, findings);
    before = DayOr(reevaluation.evaluated_on(), before);
  }
  return findings.Take();
}

std::vector<common::v1::Violation> CheckReevaluation(const Demonstration& demonstration,
                                                     const Reevaluation& reevaluation,
                                                     const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckListSize(findings, "reevaluation", {"复评", "reevaluations"},
                demonstration.reevaluations_size() + 1, kMaxReevaluations);
  CheckOne(reevaluation, "reevaluation.", FirstDayOf(demonstration), EndDayOf(demonstration),
           LastEvaluation(demonstration), findings);
  return findings.Take();
}

std::vector<common::v1::Violation> CheckDemonstrationRevocation(
    const Demonstration& demonstration, const v1::RevokeDemonstrationRequest& request,
    const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const auto day =
      CheckPastDay(findings, "revoked_on", {"撤销日期", "revoked_on"}, request.revoked_on());
  if (day && *day < FirstDayOf(demonstration)) {
    findings.Add("revoked_on", "DEMONSTRATION_ORDER", "撤销日期早于命名日期",
                 "it lies before the day the unit was named");
  }
  CheckText(findings, "reason", {"原因", "reason"}, request.reason(), kReason);
  return findings.Take();
}

}  // namespace tuoyu::filing
