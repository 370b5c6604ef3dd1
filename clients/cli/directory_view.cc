#include "clients/cli/directory_view.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

// A number that may not be known.
std::string Count(bool known, int number) { return known ? absl::StrCat(number) : ""; }

}  // namespace

std::string RenderDirectory(const std::vector<pb::DirectoryEntry>& entries, Language language,
                            int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "名称" : "organisation", Table::Align::kLeft, true},
               {zh ? "统一社会信用代码" : "USCC"},
               {zh ? "镇街" : "division"},
               {zh ? "办托情况" : "childcare"},
               {zh ? "托位数" : "places", Table::Align::kRight},
               {zh ? "职工人数" : "employees", Table::Align::kRight},
               {zh ? "自" : "from"},
               {zh ? "维护单位" : "kept by"},
               {zh ? "已备案" : "filed"},
               {zh ? "编号" : "id"}});
  for (const pb::DirectoryEntry& entry : entries) {
    if (entry.versions().empty()) continue;
    const pb::DirectoryVersion& version = *entry.versions().rbegin();
    table.Add({version.organisation_name(), version.uscc(), version.division_code(),
               Label(version.care_stage(), language), Count(version.has_places(), version.places()),
               Count(version.has_employees(), version.employees()), DateText(version.valid_from()),
               entry.unit(), entry.facility(), entry.name()});
  }
  return table.Render(width);
}

std::string RenderDirectoryEntry(const pb::DirectoryEntry& entry, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "id", entry.name());
  details.Add(zh ? "名录" : "list", Label(entry.kind(), language));
  details.Add(zh ? "维护单位" : "kept by", entry.unit());
  details.Add(zh ? "来源编号" : "source id", entry.source_id());
  details.Add(zh ? "移出日期" : "removed on", DateText(entry.removed_on()));
  details.Add(zh ? "移出原因" : "why", entry.remove_reason());
  details.Add(zh ? "备案机构" : "facility", entry.facility());
  Table table({{zh ? "自" : "from"},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "名称" : "organisation", Table::Align::kLeft, true},
               {zh ? "统一社会信用代码" : "USCC"},
               {zh ? "地址" : "address", Table::Align::kLeft, true},
               {zh ? "办托情况" : "childcare"},
               {zh ? "托位数" : "places", Table::Align::kRight},
               {zh ? "文号" : "document", Table::Align::kLeft, true}});
  for (const pb::DirectoryVersion& version : entry.versions()) {
    table.Add({DateText(version.valid_from()), DateText(version.valid_to()),
               version.organisation_name(), version.uscc(), version.address(),
               Label(version.care_stage(), language), Count(version.has_places(), version.places()),
               version.document_number()});
  }
  return absl::StrCat(details.Render(width), "\n", table.Render(width));
}

}  // namespace tuoyu::cli
