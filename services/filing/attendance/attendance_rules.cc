#include "services/filing/attendance/attendance_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/months.h"
#include "common/ids/folded_text.h"
#include "services/filing/findings.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/child_rules.h"

namespace tuoyu::filing {
namespace {

constexpr int kFirstMonthOfSpring = 2;
constexpr int kFirstMonthOfAutumn = 8;

}  // namespace

v1::Term TermOf(absl::CivilDay day) {
  v1::Term term;
  const bool spring = day.month() >= kFirstMonthOfSpring && day.month() < kFirstMonthOfAutumn;
  term.set_season(spring ? v1::TERM_SEASON_SPRING : v1::TERM_SEASON_AUTUMN);
  term.set_year(static_cast<int>(day.month() < kFirstMonthOfSpring ? day.year() - 1 : day.year()));
  return term;
}

v1::ChildEntry ClaimedChild(const v1::IssueAttendanceTokenRequest& request, absl::CivilDay today) {
  v1::ChildEntry claimed;
  claimed.set_facility(request.facility());
  claimed.set_document(request.document());
  claimed.set_document_number(request.document_number());
  claimed.set_child_name(request.child_name());
  claimed.set_birth_date(request.birth_date());
  Normalise(today, &claimed);
  return claimed;
}

std::vector<common::v1::Violation> CheckClaim(const v1::IssueAttendanceTokenRequest& request,
                                              const v1::ChildEntry& claimed,
                                              const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  if (request.birth_date().empty()) findings.Require("birth_date", {"出生日期", "birth_date"});
  CheckIdentity(claimed, "", findings);
  return findings.Take();
}

bool IsChild(const v1::Child& child, const v1::ChildEntry& claimed) {
  return child.document() == claimed.document() &&
         child.document_number() == claimed.document_number() &&
         ids::FoldedText(child.child_name()) == ids::FoldedText(claimed.child_name()) &&
         child.birth_date() == claimed.birth_date();
}

std::optional<absl::CivilDay> LastInCare(const v1::Child& child, absl::CivilDay today) {
  std::optional<absl::CivilDay> last;
  for (const v1::Enrolment& enrolment : child.enrolments()) {
    const absl::CivilDay first = FirstDayOf(enrolment);
    const absl::CivilDay until = std::min(EndDayOf(enrolment), today + 1) - 1;
    if (until < first || (last && *last >= until)) continue;
    last = until;
  }
  if (last && AddMonths(*last, kAttendanceMonths) < today) return std::nullopt;
  return last;
}

std::string PseudonymText(const v1::Child& child, const v1::Term& term) {
  return absl::StrCat(child.name(), "\n", term.year(), "\n", term.season());
}

}  // namespace tuoyu::filing
