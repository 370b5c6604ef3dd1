#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/text.h"
#include "services/filing/content_checks.h"

namespace tuoyu::filing {
namespace {

constexpr TextBounds kReasonBounds{1, 500, true};
constexpr TextBounds kPlanBounds{0, 4000, true};
constexpr int kMaxChildren = 10000;
constexpr int kMaxDaysAhead = 366;

// The last day lies in the version in force, and not more than a year ahead.
void CheckLastDay(const v1::Cancellation& cancellation, const v1::Facility& in_force,
                  Findings& findings) {
  const auto last = FromProto(cancellation.last_day());
  if (!last.ok()) return;
  const FieldPath field("cancellation.last_day");
  const auto from = FromProto(in_force.valid_from());
  const auto scheduled = ScheduledDay(in_force);
  if (scheduled.has_value() && *last >= *scheduled) {
    AddScheduled(field, *scheduled, findings);
  } else if (from.ok() && *last < *from) {
    findings.Add(
        field, "LAST_DAY_BEFORE_VERSION",
        absl::StrCat("终止服务日期（", FormatDay(*last), "）不能早于现行备案的起始日 ",
                     FormatDay(*from)),
        absl::StrCat("the last day (", FormatDay(*last),
                     ") can't be before the version in force began (", FormatDay(*from), ")"));
  } else if (*last > findings.today() + kMaxDaysAhead) {
    findings.Add(
        field, "LAST_DAY_TOO_FAR",
        absl::StrCat("终止服务日期（", FormatDay(*last), "）不能晚于一年之后"),
        absl::StrCat("the last day (", FormatDay(*last), ") can't be more than a year from now"));
  } else if (*last < findings.today()) {
    findings.Add(field, "LAST_DAY_PAST",
                 absl::StrCat("机构已于 ", FormatDay(*last), " 终止服务，终止前应及时报告注销"),
                 absl::StrCat("service ended on ", FormatDay(*last),
                              ": the end is to be reported in good time"));
  }
}

// 58号 管理规范 art. 7: children (and staff) are placed first.
void CheckChildren(const v1::Cancellation& cancellation, const v1::Facility& in_force,
                   Findings& findings) {
  const int children = cancellation.children_in_care();
  if (children > 0 && ids::TrimBlanks(cancellation.placement_plan()).empty()) {
    findings.Add("cancellation.placement_plan", "PLACEMENT_PLAN_REQUIRED",
                 absl::StrCat("尚有在托婴幼儿", children, "人，请填写婴幼儿和工作人员的安置方案"),
                 absl::StrCat(children,
                              " children are in care: state how they and the staff are "
                              "placed"));
  }
  const int places = in_force.content().approved_capacity();
  if (children > places) {
    findings.Add(
        "cancellation.children_in_care", "CHILDREN_OVER_CAPACITY",
        absl::StrCat("在托婴幼儿（", children, "人）多于备案收托规模（", places, "人），请核对"),
        absl::StrCat("more children in care (", children, ") than filed places (", places,
                     "): check"));
  }
}

}  // namespace

void CheckCancellationForm(const v1::Filing& filing, Findings& findings) {
  if (!filing.has_cancellation()) {
    findings.Require("cancellation", {"注销信息", "cancellation"});
    return;
  }
  const v1::Cancellation& cancellation = filing.cancellation();
  CheckDay(findings, "cancellation.last_day", {"终止服务日期", "last_day"},
           cancellation.last_day());
  CheckText(findings, "cancellation.reason", {"注销原因", "reason"}, cancellation.reason(),
            kReasonBounds);
  CheckText(findings, "cancellation.placement_plan", {"安置方案", "placement_plan"},
            cancellation.placement_plan(), kPlanBounds);
  const Label children{"在托婴幼儿人数（没有的填0）", "children_in_care, 0 for none"};
  if (cancellation.has_children_in_care()) {
    CheckNumber(findings, "cancellation.children_in_care", {"在托婴幼儿人数", "children_in_care"},
                cancellation.children_in_care(), 0, kMaxChildren);
  } else {
    findings.Require("cancellation.children_in_care", children);
  }
}

void CheckCancellation(const v1::Filing& filing, const v1::Facility* in_force, Findings& findings) {
  CheckCancellationForm(filing, findings);
  if (!CheckInForce(in_force, findings) || !filing.has_cancellation()) return;
  CheckLastDay(filing.cancellation(), *in_force, findings);
  CheckChildren(filing.cancellation(), *in_force, findings);
}

}  // namespace tuoyu::filing
