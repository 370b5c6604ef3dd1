#include "clients/cli/child_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/failure.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

bool IsHeldOn(const pb::Enrolment& enrolment, absl::CivilDay day) {
  const auto from = FromProto(enrolment.valid_from());
  const auto to = FromProto(enrolment.valid_to());
  return from.ok() && *from <= day && (!to.ok() || *to > day);
}

// "托小一班 半日托 上午"; care of the whole day or by the hour has the part of the day in its mode.
std::string EnrolmentText(const pb::Enrolment& enrolment, Language language) {
  std::vector<std::string> parts;
  if (!enrolment.class_label().empty()) parts.push_back(enrolment.class_label());
  parts.push_back(Label(enrolment.service_mode(), language));
  if (enrolment.service_mode() == pb::SERVICE_MODE_HALF_DAY) {
    parts.push_back(Label(enrolment.time_band(), language));
  }
  return absl::StrJoin(parts, " ");
}

// The number without what a stranger could use: of a resident id the birth date, of a birth certificate all but its ends.
std::string MaskedDocument(const pb::Child& child) {
  constexpr size_t kShownAfter = 3;
  const std::string& number = child.document_number();
  if (child.document() != pb::CHILD_DOCUMENT_BIRTH_CERTIFICATE ||
      number.size() <= 1 + kShownAfter) {
    return MaskedId(number);
  }
  return absl::StrCat(number.substr(0, 1), std::string(number.size() - 1 - kShownAfter, '*'),
                      number.substr(number.size() - kShownAfter));
}

std::string ConsentText(const pb::GuardianConsent& consent, Language language) {
  const bool zh = language == Language::kChinese;
  if (!consent.has_given_on()) return zh ? "没有" : "none";
  std::string text = absl::StrCat(DateText(consent.given_on()), zh ? "，告知文本 " : ", text ",
                                  consent.text_version());
  if (consent.has_withdrawn_on()) {
    absl::StrAppend(&text, zh ? "，已于 " : ", withdrawn on ", DateText(consent.withdrawn_on()),
                    zh ? " 撤回" : "");
  }
  return text;
}

// The sections with no check made until the day.
std::string MissingSections(const pb::HealthRecord& record, absl::CivilDay day, Language language) {
  std::vector<std::string> missing;
  for (int number = pb::HEALTH_SECTION_GROWTH; number < pb::HealthSection_ARRAYSIZE; ++number) {
    const bool made = std::any_of(record.checks().begin(), record.checks().end(),
                                  [&](const pb::HealthCheck& check) {
                                    const auto done = FromProto(check.done_on());
                                    return check.section() == number && done.ok() && *done <= day;
                                  });
    if (!made) missing.push_back(Label(static_cast<pb::HealthSection>(number), language));
  }
  return absl::StrJoin(missing, language == Language::kChinese ? "、" : ", ");
}

std::string EnrolmentsTable(const pb::Child& child, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "在托登记" : "enrolment", Table::Align::kRight},
               {zh ? "班级" : "class", Table::Align::kLeft, true},
               {zh ? "服务方式" : "service mode"},
               {zh ? "时段" : "part of the day"},
               {zh ? "自" : "from"},
               {zh ? "至（不含）" : "to (excl.)"}});
  for (const pb::Enrolment& enrolment : child.enrolments()) {
    table.Add({absl::StrCat(enrolment.number()), enrolment.class_label(),
               Label(enrolment.service_mode(), language), Label(enrolment.time_band(), language),
               DateText(enrolment.valid_from()), DateText(enrolment.valid_to())});
  }
  return table.Render(width);
}

std::string ChecksTable(const pb::HealthRecord& record, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "档案内容" : "section", Table::Align::kLeft, true},
               {zh ? "检查日期" : "done on"},
               {zh ? "下次检查" : "next due"}});
  for (const pb::HealthCheck& check : record.checks()) {
    table.Add({Label(check.section(), language), DateText(check.done_on()),
               DateText(check.next_due_on())});
  }
  return table.Render(width);
}

std::string DeferralsTable(const pb::HealthRecord& record, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "暂缓自" : "put off from"},
               {zh ? "至（不含）" : "until (excl.)"},
               {zh ? "原因" : "reason", Table::Align::kLeft, true}});
  for (const pb::HealthDeferral& deferral : record.deferrals()) {
    table.Add({DateText(deferral.from()), DateText(deferral.until()), deferral.reason()});
  }
  return table.Render(width);
}

void AddHealth(const pb::Child& child, absl::CivilDay day, Language language, Details* details) {
  const bool zh = language == Language::kChinese;
  const pb::HealthRecord& record = child.health_record();
  details->Add(zh ? "健康档案" : "health record", Label(child.record_state(), language));
  details->Add(zh ? "下次检查" : "next check", DateText(child.next_check_due()));
  if (!record.has_opened_on()) return;
  details->Add(zh ? "档案编号" : "number of the record", record.record_number());
  details->Add(zh ? "建档日期" : "opened on", DateText(record.opened_on()));
  details->Add(zh ? "身份核实" : "identity confirmed",
               record.identity_verified() ? (zh ? "是" : "yes") : (zh ? "否" : "no"));
  details->Add(zh ? "尚缺内容" : "sections missing", MissingSections(record, day, language));
}

// What is amiss with a class in a half of the day; nothing of children of no filed class, for whom there is no measure.
std::string RatioText(const pb::ClassRatio& ratio, Language language) {
  const bool zh = language == Language::kChinese;
  std::vector<std::string> parts;
  if (ratio.carers() < ratio.carers_needed()) {
    parts.push_back(absl::StrCat(zh ? "保育人员少 " : "carers short by ",
                                 ratio.carers_needed() - ratio.carers()));
  }
  if (ratio.kind() != pb::CLASS_KIND_UNSPECIFIED && ratio.children() > ratio.places()) {
    parts.push_back(
        absl::StrCat(zh ? "超托位 " : "over places by ", ratio.children() - ratio.places()));
  }
  if (ratio.carers_unfit() > 0) {
    parts.push_back(zh ? absl::StrCat("另有 ", ratio.carers_unfit(), " 名不得上岗，未计入")
                       : absl::StrCat(ratio.carers_unfit(), " more may not work and do not count"));
  }
  return absl::StrJoin(parts, zh ? "；" : "; ");
}

}  // namespace

std::string RenderChild(const pb::Child& child, absl::CivilDay day, Language language, int width) {
  const bool zh = language == Language::kChinese;
  const pb::HealthRecord& record = child.health_record();
  Details details;
  details.Add(zh ? "婴幼儿" : "child", child.name());
  details.Add(zh ? "姓名" : "name", child.child_name());
  details.Add(Label(child.document(), language), MaskedDocument(child));
  details.Add(zh ? "出生日期" : "birth date", child.birth_date());
  details.Add(zh ? "月龄" : "age in months", child.age_months());
  details.Add(zh ? "监护人同意" : "consent", ConsentText(child.consent(), language));
  details.Add(zh ? "监护人" : "guardian", child.consent().guardian_name());
  details.Add(zh ? "监护人电话" : "guardian's phone", child.consent().guardian_phone());
  AddHealth(child, day, language, &details);
  details.Add(zh ? "系统获知" : "recorded", TimeText(child.record_time()));
  std::string out = details.Render(width);
  if (!child.enrolments().empty()) {
    absl::StrAppend(&out, "\n", EnrolmentsTable(child, language, width));
  }
  if (!record.checks().empty()) {
    absl::StrAppend(&out, "\n", ChecksTable(record, language, width));
  }
  if (!record.deferrals().empty()) {
    absl::StrAppend(&out, "\n", DeferralsTable(record, language, width));
  }
  return out;
}

std::string RenderChildren(const std::vector<pb::Child>& children, absl::CivilDay day,
                           Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "姓名" : "name"},
               {zh ? "月龄" : "months", Table::Align::kRight},
               {zh ? "在托" : "in care", Table::Align::kLeft, true},
               {zh ? "健康档案" : "health record", Table::Align::kLeft, true},
               {zh ? "下次检查" : "next check"},
               {zh ? "编号" : "id"}});
  for (const pb::Child& child : children) {
    std::vector<std::string> held;
    for (const pb::Enrolment& enrolment : child.enrolments()) {
      if (IsHeldOn(enrolment, day)) held.push_back(EnrolmentText(enrolment, language));
    }
    if (held.empty()) held.emplace_back(zh ? "不在托" : "not in care");
    table.Add({child.child_name(), child.age_months(), absl::StrJoin(held, zh ? "、" : ", "),
               Label(child.record_state(), language), DateText(child.next_check_due()),
               child.name()});
  }
  return table.Render(width);
}

std::string RenderHealthDue(const std::vector<pb::HealthDue>& due, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "应检或入托" : "due"},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "镇街" : "division"},
               {zh ? "健康档案" : "health record", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::HealthDue& child : due) {
    table.Add({DateText(child.due_on()), child.facility_name(), child.division_code(),
               Label(child.record_state(), language), child.name()});
  }
  return table.Render(width);
}

std::string RenderEnrolmentConflicts(const std::vector<pb::EnrolmentConflict>& conflicts,
                                     Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "编号" : "id"}, {zh ? "另一处" : "the other"}});
  for (const pb::EnrolmentConflict& conflict : conflicts) {
    table.Add({conflict.name(), conflict.other().empty()
                                    ? (zh ? "不在管辖区划" : "outside your divisions")
                                    : conflict.other()});
  }
  return table.Render(width);
}

std::string RenderRatios(const pb::CheckRatiosResponse& ratios, Language language, int width) {
  const bool zh = language == Language::kChinese;
  if (ratios.classes().empty()) {
    return zh ? "没有备案的班级，也没有在托登记。\n" : "No filed classes and nobody enrolled.\n";
  }
  Table table({{zh ? "班级" : "class", Table::Align::kLeft, true},
               {zh ? "类别" : "kind"},
               {zh ? "时段" : "part of the day"},
               {zh ? "婴幼儿/托位" : "children/places", Table::Align::kRight},
               {zh ? "保育人员/应有" : "carers/needed", Table::Align::kRight},
               {zh ? "情况" : "amiss", Table::Align::kLeft, true}});
  for (const pb::ClassRatio& ratio : ratios.classes()) {
    const bool filed = ratio.kind() != pb::CLASS_KIND_UNSPECIFIED;
    const auto of = [&](int count, int most) {
      return filed ? absl::StrCat(count, "/", most) : absl::StrCat(count);
    };
    table.Add({filed ? ratio.class_label() : (zh ? "不属备案班级" : "of no filed class"),
               filed ? Label(ratio.kind(), language) : "", Label(ratio.time_band(), language),
               of(ratio.children(), ratio.places()), of(ratio.carers(), ratio.carers_needed()),
               RatioText(ratio, language)});
  }
  const std::vector<common::v1::Violation> violations(ratios.violations().begin(),
                                                      ratios.violations().end());
  return absl::StrCat(table.Render(width), "\n",
                      violations.empty() ? (zh ? "没有发现不符。\n" : "Nothing is amiss.\n")
                                         : RenderViolations(violations, language, width, nullptr));
}

}  // namespace tuoyu::cli
