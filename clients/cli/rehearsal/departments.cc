#include "clients/cli/rehearsal/departments.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/base/civil.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;
namespace tasks = indicator::v1;

// Of codes that no facility of a district has.
constexpr uint32_t kFirstUnfiled = 900'000;
constexpr uint32_t kFirstOfList = 910'000;
constexpr int kShanghai = 8 * 3'600;  // seconds east

std::string Document(const District& district, absl::string_view what, int number) {
  return absl::StrFormat("演练-%s-%s-%02d", TagOf(district.options()), what, number);
}

// Facilities of a district in service on a day that suit, at most `most`, by number.
template <typename Suits>
std::vector<const FacilityPlan*> Chosen(const District& district, absl::CivilDay day, size_t most,
                                        const Suits& suits) {
  std::vector<const FacilityPlan*> chosen;
  for (const FacilityPlan& plan : district.facilities()) {
    if (chosen.size() == most) break;
    if (plan.ActiveOn(day) && suits(plan)) chosen.push_back(&plan);
  }
  return chosen;
}

// The form in force on a day.
pb::FilingContent ContentOn(const District& district, const FacilityPlan& plan,
                            const data::Divisions& divisions, absl::CivilDay day) {
  const bool changed = plan.change != ChangeKind::kNone && plan.changed_on <= day;
  return MakeContent(plan, district.options().seed, divisions, changed);
}

// What a keeper says of the organisations of a list, from one day on.
class DirectoryList {
 public:
  DirectoryList(const District& district, const data::Divisions& divisions, pb::DirectoryKind kind)
      : district_(district), divisions_(divisions), kind_(kind) {}

  // All that run a facility of the type; returns how many they are.
  int AddRunning(pb::FacilityType type) {
    int count = 0;
    for (const FacilityPlan& plan : district_.facilities()) {
      if (plan.type != type || !plan.ActiveOn(kListed)) continue;
      const pb::FilingContent content = ContentOn(district_, plan, divisions_, kListed);
      pb::DirectoryVersion& version = Add(absl::StrCat(plan.number));
      version.set_organisation_name(content.name());
      version.set_uscc(content.uscc());
      version.set_address(content.address());
      version.set_division_code(content.division_code());
      if (kind_ == pb::DIRECTORY_KIND_KINDERGARTENS) version.set_ownership(content.ownership());
      version.set_care_stage(pb::CARE_STAGE_RUNNING);
      version.set_places(plan.PlacesOn(kListed));
      ++count;
    }
    return count;
  }

  // The next one that runs none.
  pb::DirectoryVersion& AddOther(int i, absl::string_view uscc_prefix, absl::string_view what) {
    const auto places = divisions_.Children(divisions_.district_code(), kListed);
    const data::Division& place = *places[static_cast<size_t>(i) * 4 % places.size()];
    pb::DirectoryVersion& version = Add(absl::StrCat("N", i + 1));
    version.set_organisation_name(
        absl::StrFormat("大足区%s%s（演练%02d）", place.name, what, i + 1));
    version.set_uscc(
        MadeUpUscc(uscc_prefix, district_.options().seed, kFirstOfList + static_cast<uint32_t>(i)));
    version.set_address(absl::StrCat("重庆市大足区", place.name, "演练路", 401 + i, "号"));
    version.set_division_code(place.code);
    return version;
  }

  std::vector<pb::DirectoryReport> Take() { return std::move(reports_); }

 private:
  static constexpr absl::CivilDay kListed{2025, 9, 1};

  pb::DirectoryVersion& Add(absl::string_view id) {
    const bool kindergartens = kind_ == pb::DIRECTORY_KIND_KINDERGARTENS;
    pb::DirectoryReport& report = reports_.emplace_back();
    report.set_kind(kind_);
    report.set_source_id(
        absl::StrCat(kindergartens ? "YL-" : "YR-", TagOf(district_.options()), "-", id));
    *report.mutable_version()->mutable_valid_from() = ToProto(kListed);
    report.mutable_version()->set_document_number(
        Document(district_, kindergartens ? "幼儿园名录" : "用人单位名录", 1));
    return *report.mutable_version();
  }

  const District& district_;
  const data::Divisions& divisions_;
  const pb::DirectoryKind kind_;
  std::vector<pb::DirectoryReport> reports_;
};

std::set<pb::ClassKind> KindsOf(const pb::FilingContent& content) {
  std::set<pb::ClassKind> kinds;
  for (const pb::ClassPlan& each : content.classes()) kinds.insert(each.kind());
  return kinds;
}

// The smaller the children, the dearer.
int64_t FenPerMonth(pb::ClassKind kind, SplitMix64& chance) {
  const int64_t yuan = kind == pb::CLASS_KIND_INFANT    ? 2'400
                       : kind == pb::CLASS_KIND_TODDLER ? 1'900
                                                        : 1'600;
  const int64_t steps = chance.Between(-4, 4);
  return (yuan + 50 * steps) * 100;
}

pb::PriceItem CareItem(pb::ClassKind kind, pb::ServiceMode mode, int64_t month_fen) {
  pb::PriceItem item;
  item.set_kind(pb::PRICE_ITEM_KIND_CARE);
  item.set_class_kind(kind);
  item.set_service_mode(mode);
  item.set_unit(pb::PRICE_UNIT_MONTH);
  item.set_fen(month_fen);
  if (mode == pb::SERVICE_MODE_HALF_DAY) item.set_fen(month_fen * 6 / 10);
  if (mode == pb::SERVICE_MODE_HOURLY) {
    item.set_unit(pb::PRICE_UNIT_HOUR);
    item.set_fen(25'00);
  } else if (mode == pb::SERVICE_MODE_TEMPORARY) {
    item.set_unit(pb::PRICE_UNIT_DAY);
    item.set_fen(150'00);
  }
  return item;
}

pb::PriceFiling PricesOf(const pb::FilingContent& content, SplitMix64& chance) {
  pb::PriceFiling filing;
  for (const pb::ClassKind kind : KindsOf(content)) {
    const int64_t fen = FenPerMonth(kind, chance);
    for (const int mode : content.service_modes()) {
      *filing.add_items() = CareItem(kind, static_cast<pb::ServiceMode>(mode), fen);
    }
  }
  if (content.meals() != pb::MEALS_NONE) {
    pb::PriceItem& meals = *filing.add_items();
    meals.set_kind(pb::PRICE_ITEM_KIND_MEALS);
    meals.set_unit(pb::PRICE_UNIT_DAY);
    const int64_t yuan = chance.Between(14, 20);
    meals.set_fen(yuan * 100);
  }
  filing.set_refund_rule("当月出勤不足一半的退还半月保育费，餐费按实际用餐天数退还（演练）");
  return filing;
}

}  // namespace

std::vector<OfFacility<pb::Assessment>> MakeAssessments(const District& district,
                                                        absl::CivilDay day) {
  // Of 1,000 points in the seven dimensions of WS/T 821, tenths of a point in the hundred of each.
  constexpr int kShares[] = {930, 850, 740, 640, 910, 520};
  constexpr int kPoints[] = {100, 140, 200, 210, 80, 200, 70};
  const absl::CivilDay assessed(2025, 6, 18);
  std::vector<OfFacility<pb::Assessment>> assessments;
  const auto chosen = Chosen(district, day, std::size(kShares), [&](const FacilityPlan& plan) {
    return plan.type == pb::FACILITY_TYPE_ORDINARY && plan.ActiveOn(assessed);
  });
  for (size_t i = 0; i < chosen.size(); ++i) {
    pb::Assessment assessment;
    assessment.set_scheme("wst-821");
    *assessment.mutable_assessed_on() = ToProto(assessed);
    assessment.set_organisation("演练评估组");
    assessment.set_assessors(3);
    assessment.set_document_number(Document(district, "评估", static_cast<int>(i) + 1));
    for (size_t dimension = 0; dimension < std::size(kPoints); ++dimension) {
      pb::DimensionScore& score = *assessment.mutable_result()->add_scores();
      score.set_dimension(absl::StrCat("D", dimension + 1));
      score.set_score_tenths(kPoints[dimension] * kShares[i] / 100);
    }
    // Many points, and a basic item that is not met.
    if (i == 4) assessment.mutable_result()->add_veto_hits("J07");
    assessments.push_back({chosen[i]->number, std::move(assessment)});
  }
  return assessments;
}

std::vector<OfFacility<pb::PriceFiling>> MakePrices(const District& district,
                                                    const data::Divisions& divisions,
                                                    absl::CivilDay day) {
  constexpr size_t kMost = 16;
  const absl::CivilDay first(2025, 9, 1);
  std::vector<OfFacility<pb::PriceFiling>> prices;
  const auto chosen = Chosen(district, day, kMost, [&](const FacilityPlan& plan) {
    const bool changes_later = plan.change != ChangeKind::kNone && plan.changed_on > first;
    return plan.ActiveOn(first) && !changes_later;
  });
  for (const FacilityPlan* plan : chosen) {
    SplitMix64 chance(district.options().seed, kPurposeDepartments,
                      static_cast<uint64_t>(plan->number));
    pb::PriceFiling filing = PricesOf(ContentOn(district, *plan, divisions, first), chance);
    *filing.mutable_effective_from() = ToProto(first);
    prices.push_back({plan->number, std::move(filing)});
  }
  return prices;
}

std::vector<PlannedApplication> MakeApplications(const District& district,
                                                 const data::Divisions& divisions,
                                                 absl::CivilDay day) {
  constexpr ApplicationEnd kEnds[] = {ApplicationEnd::kPublicised, ApplicationEnd::kSubmitted,
                                      ApplicationEnd::kWithdrawn};
  std::vector<PlannedApplication> applications;
  const auto chosen = Chosen(district, day, std::size(kEnds), [&](const FacilityPlan& plan) {
    return plan.type == pb::FACILITY_TYPE_ORDINARY && plan.recognitions.empty() &&
           !plan.cancelled_on.has_value();
  });
  for (size_t i = 0; i < std::min(chosen.size(), std::size(kEnds)); ++i) {
    PlannedApplication planned;
    planned.number = chosen[i]->number;
    planned.end = kEnds[i];
    const pb::FilingContent content = ContentOn(district, *chosen[i], divisions, day);
    for (const pb::ClassKind kind : KindsOf(content)) {
      for (const int mode : content.service_modes()) {
        const bool by_month =
            mode == pb::SERVICE_MODE_FULL_DAY || mode == pb::SERVICE_MODE_HALF_DAY;
        if (!by_month) continue;
        pb::PriceCap& cap = *planned.application.add_price_caps();
        cap.set_class_kind(kind);
        cap.set_service_mode(static_cast<pb::ServiceMode>(mode));
        cap.set_fen_per_month(2'600'00);
      }
    }
    planned.application.add_declarations("N1");
    planned.application.add_declarations("N2");
    applications.push_back(std::move(planned));
  }
  return applications;
}

std::vector<pb::Registration> MakeRegistrations(const District& district,
                                                const data::Divisions& divisions,
                                                absl::CivilDay day) {
  constexpr size_t kFiled = 12;
  // Days since the registration of those that have not filed; the last one offers no childcare.
  constexpr int kUnfiledDays[] = {210, 95, 41, 12, 300};
  std::vector<pb::Registration> registrations;
  const auto add = [&](absl::string_view id) -> pb::Registration& {
    pb::Registration& registration = registrations.emplace_back();
    registration.set_source_system("rehearsal-samr");
    registration.set_source_id(absl::StrCat(TagOf(district.options()), "-", id));
    registration.set_legal_form(pb::LEGAL_FORM_FOR_PROFIT);
    registration.set_state(pb::REGISTRATION_STATE_STANDING);
    *registration.mutable_as_of() = ToProto(absl::FromCivil(day, absl::FixedTimeZone(kShanghai)));
    return registration;
  };
  const auto by_samr = [&](const FacilityPlan& plan) {
    return ContentOn(district, plan, divisions, day).registrar() == pb::REGISTRAR_SAMR &&
           !plan.cancelled_on.has_value();
  };
  for (const FacilityPlan* plan : Chosen(district, day, kFiled, by_samr)) {
    const pb::FilingContent content = ContentOn(district, *plan, divisions, day);
    pb::Registration& registration = add(absl::StrCat(plan->number));
    registration.set_uscc(content.uscc());
    registration.set_organisation_name(content.name());
    registration.set_address(content.address());
    registration.set_division_code(content.division_code());
    registration.set_business_scope(content.business_scope());
    *registration.mutable_registered_on() = content.registered_on();
  }
  // The registrar knows another address of the last one: a request to change the filing follows.
  if (!registrations.empty()) {
    registrations.back().set_address(absl::StrCat(registrations.back().address(), "附1号"));
  }
  const auto places = divisions.Children(divisions.district_code(), day);
  for (size_t i = 0; i < std::size(kUnfiledDays); ++i) {
    const data::Division& place = *places[i * 5 % places.size()];
    pb::Registration& registration = add(absl::StrCat("U", i + 1));
    registration.set_uscc(
        MadeUpUscc("92", district.options().seed, kFirstUnfiled + static_cast<uint32_t>(i)));
    const bool childcare = i + 1 < std::size(kUnfiledDays);
    registration.set_organisation_name(absl::StrFormat("大足区%s%s（演练未备案%02d）", place.name,
                                                       childcare ? "托育服务部" : "家政服务部",
                                                       i + 1));
    registration.set_address(absl::StrCat("重庆市大足区", place.name, "演练路", 301 + i, "号"));
    registration.set_division_code(place.code);
    registration.set_business_scope(childcare ? "托育服务（演练）" : "家政服务（演练）");
    *registration.mutable_registered_on() = ToProto(day - kUnfiledDays[i]);
  }
  return registrations;
}

std::vector<pb::DirectoryReport> MakeKindergartens(const District& district,
                                                   const data::Divisions& divisions) {
  DirectoryList list(district, divisions, pb::DIRECTORY_KIND_KINDERGARTENS);
  const auto without =
      district.figures().back().kindergartens - list.AddRunning(pb::FACILITY_TYPE_KINDERGARTEN);
  for (int i = 0; i < without; ++i) {
    pb::DirectoryVersion& version = list.AddOther(i, "52", "幼儿园");
    version.set_ownership(pb::OWNERSHIP_PRIVATE);
    const bool planned = i < 2;
    version.set_care_stage(planned ? pb::CARE_STAGE_PLANNED : pb::CARE_STAGE_NONE);
    if (planned) version.set_places(36);
  }
  return list.Take();
}

std::vector<pb::DirectoryReport> MakeEmployers(const District& district,
                                               const data::Divisions& divisions) {
  constexpr int kWithout = 4;
  DirectoryList list(district, divisions, pb::DIRECTORY_KIND_EMPLOYERS);
  list.AddRunning(pb::FACILITY_TYPE_EMPLOYER);
  for (int i = 0; i < kWithout; ++i) {
    pb::DirectoryVersion& version = list.AddOther(i, "91", "制造公司");
    version.set_employees(300 + 150 * i);
    version.set_care_stage(i == 0 ? pb::CARE_STAGE_PLANNED : pb::CARE_STAGE_NONE);
    if (i == 0) version.set_places(20);
  }
  return list.Take();
}

pb::GuidanceCentre MakeCentre(const data::Divisions& divisions) {
  pb::GuidanceCentre centre;
  centre.set_centre_name("大足区婴幼儿照护服务指导中心（演练）");
  centre.set_host_organisation("大足区妇幼保健院（演练）");
  centre.set_address("重庆市大足区龙岗街道演练路500号");
  centre.set_division_code(divisions.district_code());
  *centre.mutable_opened_on() =
      ToProto(absl::CivilDay(2025, 11, 28));  // as the event of indicator 7
  centre.set_document_number("演练-指导中心-01");
  return centre;
}

std::vector<pb::GuidanceActivity> MakeActivities(const data::Divisions& divisions,
                                                 absl::CivilDay day) {
  struct Held {
    absl::string_view subject;
    absl::CivilDay on;
    pb::GuidanceKind kind;
    int families;
  };
  const Held kHeld[] = {
      {"辅食添加与膳食搭配", absl::CivilDay(2025, 12, 6), pb::GUIDANCE_KIND_PARENT_CLASS, 32},
      {"亲子阅读", absl::CivilDay(2025, 12, 13), pb::GUIDANCE_KIND_PARENT_AND_CHILD, 18},
      {"睡眠与作息", absl::CivilDay(2025, 12, 17), pb::GUIDANCE_KIND_HOME_VISIT, 6},
      {"科学育儿宣传咨询", absl::CivilDay(2025, 12, 20), pb::GUIDANCE_KIND_PUBLICITY, 140}};
  const auto places = divisions.Children(divisions.district_code(), day);
  std::vector<pb::GuidanceActivity> activities;
  for (const Held& held : kHeld) {
    if (held.on > day) continue;
    pb::GuidanceActivity& activity = activities.emplace_back();
    activity.set_kind(held.kind);
    activity.set_subject(std::string(held.subject));
    *activity.mutable_held_on() = ToProto(held.on);
    activity.set_families(held.families);
    activity.set_division_code(places[activities.size() * 3 % places.size()]->code);
  }
  return activities;
}

pb::TrainingCourse MakeCourse(const data::Divisions& divisions) {
  pb::TrainingCourse course;
  course.set_title("保育人员岗前培训（演练）");
  course.set_leads_to(pb::CERTIFICATE_KIND_CARE_TRAINING);
  course.set_organiser("大足区婴幼儿照护服务指导中心（演练）");
  course.set_division_code(divisions.district_code());
  *course.mutable_starts_on() = ToProto(absl::CivilDay(2025, 12, 1));
  *course.mutable_ends_on() = ToProto(absl::CivilDay(2025, 12, 15));
  course.set_hours(120);
  course.set_document_number("演练-培训-01");
  return course;
}

TaskWork MakeTaskWork(const tasks::Task& task, const tasks::TaskPart& part, absl::CivilDay day) {
  TaskWork work;
  // Units that don't lead answer for every other task.
  if (!part.leads() && task.number() % 2 == 0) return work;
  work.has_programme = part.leads();
  work.programme.set_summary(absl::StrCat("围绕“", task.title(), "”分年度推进（演练）"));
  work.programme.set_document_number(absl::StrFormat("演练-方案-%02d", task.number()));
  *work.programme.mutable_adopted_on() = ToProto(absl::CivilDay(2024, 4, 15));
  for (const int year : {2024, 2025}) {
    tasks::TaskMeasure& measure = *work.programme.add_measures();
    measure.set_text(absl::StrCat(year, "年底前完成当年任务（演练）"));
    *measure.mutable_due_on() = ToProto(absl::CivilDay(year, 12, 31));
  }
  constexpr tasks::TaskStatus kEnds[] = {tasks::TASK_STATUS_IN_PROGRESS,
                                         tasks::TASK_STATUS_COMPLETED, tasks::TASK_STATUS_BEHIND,
                                         tasks::TASK_STATUS_COMPLETED};
  const tasks::TaskStatus end = kEnds[task.number() % 4];
  for (const absl::CivilDay on : {absl::CivilDay(2024, 12, 20), absl::CivilDay(2025, 12, 22)}) {
    if (on > day) continue;
    tasks::TaskProgress& report = work.reports.emplace_back();
    *report.mutable_day() = ToProto(on);
    report.set_status(on.year() == 2024 ? tasks::TASK_STATUS_IN_PROGRESS : end);
    report.set_text(report.status() == tasks::TASK_STATUS_BEHIND ? "场地尚未落实，进度滞后（演练）"
                                                                 : "按方案推进（演练）");
    if (report.status() != tasks::TASK_STATUS_COMPLETED) continue;
    report.set_text("当年任务已完成（演练）");
    report.add_evidence()->set_title("工作总结（演练）");
    report.mutable_evidence(0)->set_reference(absl::StrFormat("演练-总结-%02d", task.number()));
  }
  return work;
}

}  // namespace tuoyu::rehearsal
