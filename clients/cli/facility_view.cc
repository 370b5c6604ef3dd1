#include "clients/cli/facility_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

std::string DistanceText(int metres) {
  return metres < 1'000 ? absl::StrCat(metres, " m") : absl::StrFormat("%.1f km", metres / 1'000.0);
}

// "2023-01-01 – 2025-12-31" of first day and first day no longer; open without the second.
std::string PeriodText(const google::type::Date& from, const google::type::Date& to) {
  return absl::StrCat(DateText(from), " – ", DateText(to));
}

// "普惠 40/60" or "普惠"; empty without recognition.
std::string InclusiveText(const pb::Facility& facility, bool zh) {
  if (!facility.has_recognition()) return "";
  const int covered = facility.recognition().places_covered();
  const std::string label = zh ? "普惠" : "inclusive";
  return covered == 0
             ? label
             : absl::StrCat(label, " ", covered, "/", facility.content().approved_capacity());
}

}  // namespace

std::string RenderFacilities(const std::vector<pb::Facility>& facilities, bool with_distance,
                             Language language, int width) {
  const bool zh = language == Language::kChinese;
  std::vector<Table::Column> columns;
  if (with_distance) columns.push_back({zh ? "距离" : "distance", Table::Align::kRight});
  columns.push_back({zh ? "名称" : "name", Table::Align::kLeft, true});
  columns.push_back({zh ? "类型" : "type"});
  columns.push_back({zh ? "状态" : "state"});
  columns.push_back({zh ? "托位" : "places", Table::Align::kRight});
  columns.push_back({zh ? "普惠" : "inclusive"});
  columns.push_back({zh ? "镇街" : "division"});
  columns.push_back({zh ? "电话" : "phone"});
  columns.push_back({zh ? "编号" : "id"});
  Table table(columns);
  for (const pb::Facility& facility : facilities) {
    std::vector<std::string> row;
    if (with_distance) row.push_back(DistanceText(facility.distance_m()));
    const pb::FilingContent& content = facility.content();
    row.push_back(content.name());
    row.push_back(Label(content.facility_type(), language));
    row.push_back(Label(facility.state(), language));
    row.push_back(absl::StrCat(content.approved_capacity()));
    row.push_back(InclusiveText(facility, zh));
    row.push_back(content.division_code());
    row.push_back(content.contact_phone());
    row.push_back(facility.name());
    table.Add(std::move(row));
  }
  return table.Render(width);
}

std::string RenderFacility(const pb::Facility& facility, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "机构" : "facility", facility.name());
  details.Add(zh ? "状态" : "state", Label(facility.state(), language));
  details.Add(zh ? "版本" : "version",
              absl::StrCat(facility.version(), "  ",
                           PeriodText(facility.valid_from(), facility.valid_to())));
  details.Add(zh ? "系统获知" : "recorded", TimeText(facility.record_time()));
  details.Add(zh ? "备案编号" : "receipt number", facility.receipt_number());
  details.Add(zh ? "备案日期" : "filed on", DateText(facility.filed_on()));
  details.Add(zh ? "备案件" : "filing", facility.filing());
  details.Add(zh ? "普惠认定" : "inclusive",
              facility.has_recognition()
                  ? absl::StrCat(InclusiveText(facility, zh), "  ",
                                 PeriodText(facility.recognition().valid_from(),
                                            facility.recognition().valid_to()),
                                 "  ", facility.recognition().document_number())
                  : "");
  details.Add(zh ? "停业原因" : "suspended because", facility.suspension_reason());
  details.Add(zh ? "变更" : "change", facility.change_pending()
                                          ? (zh ? "有在办的变更备案" : "a change filing is open")
                                          : "");
  details.Add(zh ? "前身" : "predecessor", facility.predecessor());
  details.Add(zh ? "承继" : "successor", facility.successor());
  details.Add(zh ? "补录" : "back-entered", facility.back_entered() ? (zh ? "是" : "yes") : "");
  std::string out = details.Render(width);
  absl::StrAppend(&out, "\n", RenderContent(facility.content(), language, width));
  for (const pb::NonconformityNotice& notice : facility.notices()) {
    absl::StrAppend(&out, "\n", zh ? "不符合告知 " : "Non-conformity notice of ",
                    DateText(notice.noticed_on()), "\n");
    for (const pb::NonconformityItem& item : notice.items()) {
      absl::StrAppend(&out, "  ", Printable(item.clause()), zh ? "：" : ": ",
                      Printable(item.finding()), "\n");
    }
  }
  return out;
}

std::string RenderHistory(const std::vector<pb::Facility>& versions, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "版本" : "version", Table::Align::kRight},
               {zh ? "自" : "from"},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "状态" : "state"},
               {zh ? "名称" : "name", Table::Align::kLeft, true},
               {zh ? "托位" : "places", Table::Align::kRight},
               {zh ? "备案编号" : "receipt"},
               {zh ? "系统获知" : "recorded"},
               {zh ? "补录" : "back-entered"}});
  for (const pb::Facility& version : versions) {
    table.Add({absl::StrCat(version.version()), DateText(version.valid_from()),
               DateText(version.valid_to()), Label(version.state(), language),
               version.content().name(), absl::StrCat(version.content().approved_capacity()),
               version.receipt_number(), TimeText(version.record_time()),
               version.back_entered() ? (zh ? "是" : "yes") : ""});
  }
  return table.Render(width);
}

std::string RenderRecognitions(const std::vector<pb::Recognition>& recognitions, Language language,
                               int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "认定" : "recognition"},
               {zh ? "自" : "from"},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "撤销" : "revoked on"},
               {zh ? "托位" : "places", Table::Align::kRight},
               {zh ? "文号" : "document", Table::Align::kLeft, true},
               {zh ? "撤销原因" : "reason", Table::Align::kLeft, true}});
  for (const pb::Recognition& recognition : recognitions) {
    table.Add({recognition.name(), DateText(recognition.valid_from()),
               DateText(recognition.valid_to()), DateText(recognition.revoked_on()),
               recognition.places_covered() == 0 ? (zh ? "全部" : "all")
                                                 : absl::StrCat(recognition.places_covered()),
               recognition.document_number(), recognition.revoke_reason()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
