#include "clients/cli/complaint/alert_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

using complaint::v1::CaseAlert;

// Which clock ran out, and which level is told.
std::string WhatText(const CaseAlert& alert, Language language) {
  if (alert.kind() != complaint::v1::ALERT_KIND_LATE) return "";
  const bool zh = language == Language::kChinese;
  return absl::StrCat(Label(alert.clock(), language), zh ? "超期，第" : " late, level ",
                      alert.level(), zh ? "级" : "");
}

std::vector<std::string> Cells(const CaseAlert& alert, Language language) {
  return {TimeText(alert.raise_time()),
          Label(alert.kind(), language),
          alert.case_number(),
          alert.category(),
          alert.unit(),
          alert.to_unit(),
          WhatText(alert, language)};
}

}  // namespace

std::string RenderAlerts(const std::vector<CaseAlert>& alerts, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "时间" : "raised"},
               {zh ? "预警" : "alert"},
               {zh ? "案件" : "case"},
               {zh ? "事项" : "category"},
               {zh ? "承办单位" : "unit"},
               {zh ? "告知单位" : "told"},
               {zh ? "说明" : "what", Table::Align::kLeft, true}});
  for (const CaseAlert& alert : alerts) table.Add(Cells(alert, language));
  return table.Render(width);
}

std::string AlertLine(const CaseAlert& alert, Language language) {
  return absl::StrCat(absl::StrJoin(Cells(alert, language), "  "), "\n");
}

std::vector<CaseAlert> AlertWatch::New(const std::vector<CaseAlert>& standing) {
  std::set<std::string> now;
  std::vector<CaseAlert> fresh;
  for (const CaseAlert& alert : standing) {
    std::string key = absl::StrCat(alert.name(), " ", alert.to_unit(), " ",
                                   alert.raise_time().seconds(), ".", alert.raise_time().nanos());
    if (!known_.contains(key)) fresh.push_back(alert);
    now.insert(std::move(key));
  }
  known_ = std::move(now);
  return fresh;
}

}  // namespace tuoyu::cli
