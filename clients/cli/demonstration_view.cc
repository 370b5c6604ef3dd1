#include "clients/cli/demonstration_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

// "2026-05-01 合格 渝卫发〔2026〕8号".
std::string ReevaluationsText(const pb::Demonstration& demonstration, Language language) {
  std::vector<std::string> parts;
  for (const pb::Reevaluation& reevaluation : demonstration.reevaluations()) {
    parts.push_back(absl::StrCat(DateText(reevaluation.evaluated_on()), " ",
                                 Label(reevaluation.result(), language), " ",
                                 reevaluation.document_number()));
  }
  return absl::StrJoin(parts, language == Language::kChinese ? "；" : "; ");
}

}  // namespace

std::string RenderDemonstrations(const std::vector<pb::Demonstration>& demonstrations,
                                 Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "级别" : "level"},
               {zh ? "命名日期" : "named on"},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "文号" : "document", Table::Align::kLeft, true},
               {zh ? "复评" : "re-evaluations", Table::Align::kLeft, true},
               {zh ? "撤销日期" : "revoked on"},
               {zh ? "撤销原因" : "reason", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::Demonstration& demonstration : demonstrations) {
    table.Add({Label(demonstration.level(), language), DateText(demonstration.granted_on()),
               DateText(demonstration.valid_to()), demonstration.document_number(),
               ReevaluationsText(demonstration, language), DateText(demonstration.revoked_on()),
               demonstration.revoke_reason(), demonstration.name()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
