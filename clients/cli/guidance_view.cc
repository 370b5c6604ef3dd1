#include "clients/cli/guidance_view.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

// What a course leads to; nothing for one that leads to no certificate.
std::string CertificateText(pb::CertificateKind kind, Language language) {
  return kind == pb::CERTIFICATE_KIND_UNSPECIFIED ? "" : Label(kind, language);
}

}  // namespace

std::string RenderCentres(const std::vector<pb::GuidanceCentre>& centres, Language language,
                          int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "名称" : "centre", Table::Align::kLeft, true},
               {zh ? "依托单位" : "host organisation", Table::Align::kLeft, true},
               {zh ? "地址" : "address", Table::Align::kLeft, true},
               {zh ? "启用日期" : "opened on"},
               {zh ? "停用日期" : "closed on"},
               {zh ? "文号" : "document"},
               {zh ? "编号" : "id"}});
  for (const pb::GuidanceCentre& centre : centres) {
    table.Add({centre.centre_name(), centre.host_organisation(), centre.address(),
               DateText(centre.opened_on()), DateText(centre.closed_on()), centre.document_number(),
               centre.name()});
  }
  return table.Render(width);
}

std::string RenderActivities(const std::vector<pb::GuidanceActivity>& activities, Language language,
                             int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "日期" : "day"},
               {zh ? "类型" : "kind"},
               {zh ? "主题" : "subject", Table::Align::kLeft, true},
               {zh ? "镇街" : "division"},
               {zh ? "家庭数" : "families", Table::Align::kRight},
               {zh ? "机构数" : "facilities", Table::Align::kRight},
               {zh ? "编号" : "id"}});
  for (const pb::GuidanceActivity& activity : activities) {
    table.Add({DateText(activity.held_on()), Label(activity.kind(), language), activity.subject(),
               activity.division_code(),
               activity.has_families() ? absl::StrCat(activity.families()) : "",
               absl::StrCat(activity.facilities_size()), activity.name()});
  }
  return table.Render(width);
}

std::string RenderCourses(const std::vector<pb::TrainingCourse>& courses, Language language,
                          int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "名称" : "course", Table::Align::kLeft, true},
               {zh ? "举办单位" : "organiser", Table::Align::kLeft, true},
               {zh ? "开始" : "first day"},
               {zh ? "结束" : "last day"},
               {zh ? "学时" : "hours", Table::Align::kRight},
               {zh ? "取得证书" : "certificate"},
               {zh ? "编号" : "id"}});
  for (const pb::TrainingCourse& course : courses) {
    table.Add({course.title(), course.organiser(), DateText(course.starts_on()),
               DateText(course.ends_on()), absl::StrCat(course.hours()),
               CertificateText(course.leads_to(), language), course.name()});
  }
  return table.Render(width);
}

std::string RenderCourse(const pb::TrainingCourse& course, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "名册人员" : "roster entry"},
               {zh ? "实到学时" : "hours", Table::Align::kRight},
               {zh ? "考核结果" : "result"},
               {zh ? "证书编号" : "certificate"},
               {zh ? "发证日期" : "certified on"}});
  for (const pb::TrainingParticipant& each : course.participants()) {
    table.Add({each.staff(), absl::StrCat(each.hours()), Label(each.result(), language),
               each.certificate_number(), DateText(each.certified_on())});
  }
  std::string text = RenderCourses({course}, language, width);
  if (!table.empty()) absl::StrAppend(&text, "\n", table.Render(width));
  return text;
}

std::string RenderStaffTraining(const std::vector<pb::StaffTraining>& training, Language language,
                                int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "培训" : "course", Table::Align::kLeft, true},
               {zh ? "结束" : "last day"},
               {zh ? "实到学时" : "hours", Table::Align::kRight},
               {zh ? "考核结果" : "result"},
               {zh ? "取得证书" : "certificate"},
               {zh ? "证书编号" : "number"},
               {zh ? "发证日期" : "certified on"}});
  for (const pb::StaffTraining& each : training) {
    const pb::TrainingParticipant& part = each.participant();
    table.Add({each.title(), DateText(each.ends_on()), absl::StrCat(part.hours()),
               Label(part.result(), language), CertificateText(each.leads_to(), language),
               part.certificate_number(), DateText(part.certified_on())});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
