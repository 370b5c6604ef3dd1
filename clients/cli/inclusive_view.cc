#include "clients/cli/inclusive_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using Caps = google::protobuf::RepeatedPtrField<pb::PriceCap>;

constexpr int kFenDecimals = 2;
constexpr int kPermilleDecimals = 1;

// "托小班 全日托 ≤ 1800.00 元/月", a line each.
std::string CapsText(const Caps& caps, Language language) {
  std::vector<std::string> lines;
  for (const pb::PriceCap& cap : caps) {
    lines.push_back(absl::StrCat(Label(cap.class_kind(), language), " ",
                                 Label(cap.service_mode(), language), " ≤ ",
                                 DecimalText(cap.fen_per_month(), kFenDecimals),
                                 language == Language::kChinese ? " 元/月" : " yuan a month"));
  }
  return absl::StrJoin(lines, "\n");
}

std::string PlacesText(int places, Language language) {
  if (places != 0) return absl::StrCat(places);
  return language == Language::kChinese ? "全部" : "all";
}

// "至 2026-03-19" or why the day is not known.
std::string WindowText(const pb::RecognitionApplication& application, Language language) {
  const bool zh = language == Language::kChinese;
  if (application.window_uncovered()) {
    return zh ? "节假日安排未录入，截止日未定" : "not known: the holiday table ends before it";
  }
  return DateText(application.objections_until());
}

std::string ChecksText(const pb::RecognitionApplication& application, Language language) {
  const bool zh = language == Language::kChinese;
  std::vector<std::string> lines;
  for (const pb::CriterionCheck& check : application.checks()) {
    lines.push_back(
        absl::StrCat(check.met() ? "✓ " : "✗ ", zh ? check.found_zh() : check.found_en()));
  }
  return absl::StrJoin(lines, "\n");
}

std::string ObjectionText(const pb::RecognitionObjection& objection, Language language) {
  const bool zh = language == Language::kChinese;
  std::string text = absl::StrCat(DateText(objection.filed_on()), " ", objection.ground(), "\n");
  if (objection.outcome() == pb::OBJECTION_OUTCOME_UNSPECIFIED) {
    absl::StrAppend(&text, zh ? "待处理" : "not decided");
  } else {
    absl::StrAppend(&text, DateText(objection.decided_on()), " ",
                    Label(objection.outcome(), language), zh ? "：" : ": ", objection.decision());
  }
  return text;
}

}  // namespace

std::string RenderApplication(const pb::RecognitionApplication& application, Language language,
                              int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "编号" : "id", application.name());
  details.Add(zh ? "机构" : "facility", application.facility_name());
  details.Add(zh ? "状态" : "state", Label(application.state(), language));
  details.Add(zh ? "认定办法" : "criteria", application.criteria_version());
  details.Add(zh ? "续认" : "renews", application.renews());
  details.Add(zh ? "普惠托位" : "places covered",
              PlacesText(application.places_covered(), language));
  details.Add(zh ? "最高价" : "price caps", CapsText(application.price_caps(), language));
  details.Add(zh ? "承诺" : "declared", absl::StrJoin(application.declarations(), " "));
  details.Add(zh ? "申请日期" : "applied on", DateText(application.applied_on()));
  details.Add(zh ? "认定条件" : "criteria as checked", ChecksText(application, language));
  details.Add(zh ? "公示日期" : "publicised on", DateText(application.publicised_on()));
  details.Add(zh ? "异议截止" : "objections until", WindowText(application, language));
  for (const pb::RecognitionObjection& objection : application.objections()) {
    details.Add(absl::StrCat(zh ? "异议 " : "objection ", objection.number()),
                ObjectionText(objection, language));
  }
  details.Add(zh ? "决定日期" : "decided on", DateText(application.decided_on()));
  details.Add(zh ? "原因" : "reason", application.reason());
  details.Add(zh ? "认定" : "recognition", application.recognition());
  return details.Render(width);
}

std::string RenderApplications(const std::vector<pb::RecognitionApplication>& applications,
                               Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "状态" : "state"},
               {zh ? "普惠托位" : "places", Table::Align::kRight},
               {zh ? "申请日期" : "applied on"},
               {zh ? "异议截止" : "objections until"},
               {zh ? "决定日期" : "decided on"},
               {zh ? "编号" : "id"}});
  for (const pb::RecognitionApplication& each : applications) {
    table.Add({each.facility_name(), Label(each.state(), language),
               PlacesText(each.places_covered(), language), DateText(each.applied_on()),
               WindowText(each, language), DateText(each.decided_on()), each.name()});
  }
  return table.Render(width);
}

std::string RenderCriteria(const pb::RecognitionCriteria& criteria, Language language, int width) {
  const bool zh = language == Language::kChinese;
  const auto months = [&](int count) { return absl::StrCat(count, zh ? " 个月" : " months"); };
  std::vector<std::string> declarations;
  for (const pb::DeclarationRule& rule : criteria.declarations()) {
    declarations.push_back(absl::StrCat(rule.code(), " ", zh ? rule.text_zh() : rule.text_en()));
  }
  Details details;
  details.Add(zh ? "认定办法" : "criteria", zh ? criteria.title_zh() : criteria.title_en());
  details.Add(zh ? "版本" : "version", criteria.version());
  details.Add(zh ? "效力" : "level", Label(criteria.level(), language));
  details.Add(zh ? "出处" : "source", criteria.source());
  details.Add(zh ? "施行日期" : "in force from", DateText(criteria.effective_from()));
  details.Add(zh ? "备案满" : "on the register for",
              criteria.min_months_filed() == 0 ? "" : months(criteria.min_months_filed()));
  if (criteria.no_open_notice()) {
    details.Add(zh ? "不符合告知" : "notices", zh ? "均已整改" : "none open");
  }
  details.Add(zh ? "普惠托位不低于" : "places at least",
              absl::StrCat(DecimalText(criteria.min_places_permille(), kPermilleDecimals), "%"));
  details.Add(zh ? "等级" : "grades", absl::StrJoin(criteria.grades(), "/"));
  details.Add(zh ? "最高价" : "price caps", CapsText(criteria.price_caps(), language));
  details.Add(zh ? "承诺事项" : "to be declared", absl::StrJoin(declarations, "\n"));
  details.Add(zh ? "公示" : "publication",
              absl::StrCat(criteria.objection_working_days(), zh ? " 个工作日" : " working days"));
  details.Add(zh ? "有效期" : "term", criteria.term_months() == 0 ? (zh ? "无期限" : "without end")
                                                                  : months(criteria.term_months()));
  details.Add(zh ? "续认申请" : "renewal",
              absl::StrCat(zh ? "期满前 " : "in the last ", criteria.renewal_opens_days(),
                           zh ? " 天内" : " days"));
  return details.Render(width);
}

}  // namespace tuoyu::cli
