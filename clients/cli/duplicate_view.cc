#include "clients/cli/duplicate_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

// "名称和地点相近（相似 83%，相距 57 米）".
std::string SignsText(const pb::Duplicate& duplicate, Language language) {
  const bool zh = language == Language::kChinese;
  std::vector<std::string> signs;
  for (const int sign : duplicate.signs()) {
    signs.push_back(Label(static_cast<pb::DuplicateSign>(sign), language));
  }
  std::string text =
      absl::StrCat(absl::StrJoin(signs, zh ? "、" : ", "), zh ? "（名称相似 " : " (names ",
                   duplicate.name_likeness_percent(), zh ? "%" : " % alike");
  if (duplicate.has_distance_metres()) {
    absl::StrAppend(&text, zh ? "，相距 " : ", ", duplicate.distance_metres(),
                    zh ? " 米" : " m apart");
  }
  return text + (zh ? "）" : ")");
}

void AddSide(const pb::DuplicateSide& side, const std::string& signs, const std::string& last,
             Language language, Table* table) {
  table->Add({side.facility_name(), side.uscc(), side.address(), Label(side.state(), language),
              side.facility(), signs, last});
}

}  // namespace

std::string RenderDuplicates(const std::vector<pb::Duplicate>& duplicates, Language language,
                             int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "统一社会信用代码" : "USCC"},
               {zh ? "住所" : "address", Table::Align::kLeft, true},
               {zh ? "状态" : "state"},
               {zh ? "编号" : "id"},
               {zh ? "疑似原因" : "why", Table::Align::kLeft, true},
               {zh ? "提示编号、结论" : "pair, decision", Table::Align::kLeft, true}});
  for (const pb::Duplicate& duplicate : duplicates) {
    AddSide(duplicate.first(), SignsText(duplicate, language), duplicate.name(), language, &table);
    AddSide(duplicate.second(), "",
            duplicate.has_decision() ? DuplicateDecisionText(duplicate.decision(), language) : "",
            language, &table);
  }
  return table.Render(width);
}

std::string DuplicateDecisionText(const pb::DuplicateDecision& decision, Language language) {
  const bool zh = language == Language::kChinese;
  std::string text =
      absl::StrCat(DateText(decision.decided_on()), " ", Label(decision.verdict(), language));
  if (!decision.kept_facility().empty()) {
    absl::StrAppend(&text, zh ? "，保留 " : ", stays: ", decision.kept_facility());
  }
  return absl::StrCat(text, zh ? "：" : ": ", Printable(decision.reason()));
}

}  // namespace tuoyu::cli
