#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/content_checks.h"

namespace tuoyu::filing {
namespace {

constexpr TextBounds kVersionBounds{1, 60};
constexpr TextBounds kPointBounds{0, 500, true};
constexpr TextBounds kSealBounds{0, 120};
constexpr int kMaxPoints = 50;

// The subjects of the form in its order.
struct ContentCheck {
  CheckSet bit;
  void (*run)(const v1::FilingContent&, Findings&);
};
constexpr ContentCheck kContentChecks[] = {
    {kCheckAuthority, CheckAuthority},
    {kCheckName, CheckName},
    {kCheckRegistration, CheckRegistration},
    {kCheckScope, CheckScope},
    {kCheckPlace, CheckPlace},
    {kCheckPrincipal, CheckPrincipal},
    {kCheckService, CheckService},
    {kCheckPremises, CheckPremises},
    {kCheckAreas, CheckAreas},
    {kCheckClasses, CheckClasses},
    {kCheckRoomAreas, CheckRoomAreas},
    {kCheckContact, CheckContact},
    {kCheckParent, CheckParent},
    {kCheckStaff, CheckStaff},
    {kCheckSite, CheckSite},
    {kCheckExternalIds, CheckExternalIds},
    {kCheckSignature, CheckSignature},
};

}  // namespace

void CheckContent(const v1::FilingContent& content, CheckSet checks, Findings& findings) {
  for (const ContentCheck& check : kContentChecks) {
    if ((checks & check.bit) != 0) check.run(content, findings);
  }
}

void CheckCommitment(const v1::Filing& filing, Findings& findings) {
  if (!filing.has_commitment()) {
    findings.Require("commitment", {"备案承诺书", "commitment, the signed commitment"});
    return;
  }
  const v1::Commitment& commitment = filing.commitment();
  const v1::Commitment& current = findings.rules().commitment();
  const bool versioned =
      CheckText(findings, "commitment.text_version", {"承诺书文本版本", "text_version"},
                commitment.text_version(), kVersionBounds);
  if (versioned && findings.complete() && commitment.text_version() != current.text_version()) {
    findings.Add("commitment.text_version", "COMMITMENT_TEXT_OUTDATED",
                 absl::StrCat("承诺书文本已更新为 ", current.text_version(), "，请重新阅读并签署"),
                 absl::StrCat("the text of the commitment is now ", current.text_version(),
                              ": read and sign it anew"));
  }
  if (CheckListSize(findings, "commitment.points", {"承诺事项", "points"}, commitment.points_size(),
                    kMaxPoints)) {
    for (int i = 0; i < commitment.points_size(); ++i) {
      CheckText(findings, {"commitment.points", i}, {"承诺事项", "point"}, commitment.points(i),
                kPointBounds);
    }
    // Left out, the points are those of the version that is signed.
    if (findings.complete() && commitment.points_size() > 0 &&
        !absl::c_equal(commitment.points(), current.points())) {
      findings.Add("commitment.points", "COMMITMENT_POINTS_DIFFER",
                   absl::StrCat("承诺事项与文本 ", current.text_version(),
                                " 不一致，请按原文签署，或只填文本版本"),
                   absl::StrCat("the points are not those of text ", current.text_version(),
                                ": sign it as it is, or state the version only"));
    }
  }
  CheckPersonName(findings, "commitment.signed_by", {"承诺书签字的法定代表人", "signed_by"},
                  commitment.signed_by());
  CheckText(findings, "commitment.seal_ref", {"承诺书印章", "seal_ref"}, commitment.seal_ref(),
            kSealBounds);
  CheckPastDay(findings, "commitment.signed_on", {"承诺书签字日期", "signed_on"},
               commitment.signed_on());
}

}  // namespace tuoyu::filing
