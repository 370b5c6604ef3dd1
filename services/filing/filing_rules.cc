#include "services/filing/filing_rules.h"

#include "absl/algorithm/container.h"
#include "services/filing/change_rules.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;

void CheckEffectiveDateUnused(const v1::Filing& filing, Findings& findings) {
  if (!IsSet(filing.effective_date())) return;
  findings.Add("effective_date", "EFFECTIVE_DATE_UNUSED",
               "只有变更备案填写生效日期，本次填写的不起作用",
               "only a change states a day from which it holds: this one has no effect");
}

}  // namespace

std::vector<Violation> CheckSyntax(const v1::Filing& filing, const RuleContext& context) {
  Findings findings(context, Mode::kDraft);
  CheckValue(findings, "kind", {"备案类别", "kind"}, filing.kind(), v1::FilingKind_IsValid);
  // The content of a cancellation is what is filed already.
  if (filing.kind() != v1::FILING_KIND_CANCELLATION) {
    CheckContent(filing.content(), kAllChecks, findings);
  }
  CheckCommitment(filing, findings);
  CheckCancellationForm(filing, findings);
  CheckDay(findings, "effective_date", {"变更生效日期", "effective_date"}, filing.effective_date());
  return findings.Take();
}

std::vector<Violation> CheckSubmission(const v1::Filing& filing, const v1::Facility* in_force,
                                       const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  switch (filing.kind()) {
    case v1::FILING_KIND_INITIAL:
      // Once there is a receipt the facility is in the register as this legal person.
      if (in_force != nullptr) CheckStays(in_force->content(), filing.content(), findings);
      CheckContent(filing.content(), kAllChecks, findings);
      CheckMaterials(filing, kAllMaterials, findings);
      CheckStaffPapers(filing, findings);
      CheckCommitment(filing, findings);
      CheckEffectiveDateUnused(filing, findings);
      break;
    case v1::FILING_KIND_CHANGE:
      CheckChange(filing, in_force, findings);
      break;
    case v1::FILING_KIND_CANCELLATION:
      CheckCancellation(filing, in_force, findings);
      CheckEffectiveDateUnused(filing, findings);
      break;
    default:
      CheckValue(findings, "kind", {"备案类别", "kind"}, filing.kind(), v1::FilingKind_IsValid);
  }
  return findings.Take();
}

std::vector<Violation> CheckMerged(const v1::FilingContent& content,
                                   const std::vector<v1::ContentDifference>& differences,
                                   const RuleContext& context) {
  Findings findings(context, Mode::kComplete);
  CheckContent(content, AffectedBy(differences).checks, findings);
  return findings.Take();
}

bool HasBlocking(absl::Span<const Violation> violations) {
  return absl::c_any_of(violations, [](const Violation& found) { return found.blocking(); });
}

}  // namespace tuoyu::filing
