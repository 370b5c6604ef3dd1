#include "clients/cli/child_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr absl::CivilDay kToday(2026, 6, 30);

pb::Child WithoutRecord() {
  pb::Child child;
  child.set_name("facilities/f/children/a");
  child.set_child_name("向小满");
  child.set_document(pb::CHILD_DOCUMENT_RESIDENT_ID);
  child.set_document_number("500111202402299962");
  child.set_birth_date("2024-02-29");
  child.set_age_months("28");
  child.set_record_state(pb::HEALTH_RECORD_STATE_NONE);
  pb::Enrolment& enrolment = *child.add_enrolments();
  enrolment.set_number(1);
  enrolment.set_class_label("托大一班");
  enrolment.set_service_mode(pb::SERVICE_MODE_HALF_DAY);
  enrolment.set_time_band(pb::TIME_BAND_MORNING);
  *enrolment.mutable_valid_from() = ToProto(absl::CivilDay(2026, 3, 1));
  *enrolment.mutable_valid_to() = ToProto(absl::CivilDay(2026, 7, 1));
  *child.mutable_consent()->mutable_given_on() = ToProto(absl::CivilDay(2026, 2, 20));
  child.mutable_consent()->set_text_version("2026-1");
  child.mutable_consent()->set_guardian_name("向演练");
  return child;
}

pb::Child WithRecord() {
  pb::Child child = WithoutRecord();
  child.set_name("facilities/f/children/b");
  child.set_child_name("杨小雪");
  child.set_document(pb::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  child.set_document_number("X500123456");
  child.mutable_enrolments(0)->set_service_mode(pb::SERVICE_MODE_FULL_DAY);
  child.mutable_enrolments(0)->set_time_band(pb::TIME_BAND_ALL_DAY);
  child.set_record_state(pb::HEALTH_RECORD_STATE_INCOMPLETE);
  *child.mutable_next_check_due() = ToProto(absl::CivilDay(2026, 8, 29));
  pb::HealthRecord& record = *child.mutable_health_record();
  record.set_record_number("DZ-0007");
  *record.mutable_opened_on() = ToProto(absl::CivilDay(2024, 4, 1));
  for (const auto section : {pb::HEALTH_SECTION_GROWTH, pb::HEALTH_SECTION_EYES}) {
    pb::HealthCheck& check = *record.add_checks();
    check.set_section(section);
    *check.mutable_done_on() =
        ToProto(section == pb::HEALTH_SECTION_GROWTH ? absl::CivilDay(2026, 2, 28)
                                                     : absl::CivilDay(2026, 5, 31));
  }
  return child;
}

TEST(ChildViewTest, ARosterTellsWhoHasNoRecord) {
  const std::string zh = RenderChildren({WithoutRecord(), WithRecord()}, kToday,  //
                                        Language::kChinese, 0);
  EXPECT_THAT(zh, HasSubstr("向小满    28  托大一班 半日托 上午  未建档"));
  EXPECT_THAT(zh, HasSubstr("杨小雪    28  托大一班 全日托       已建档，内容不全或身份未核实  "
                            "2026-08-29  facilities/f/children/b"));
  EXPECT_THAT(zh, Not(HasSubstr("不在托")));
  EXPECT_THAT(RenderChildren({WithoutRecord()}, kToday + 1, Language::kChinese, 0),
              HasSubstr("不在托"));
  EXPECT_THAT(RenderChildren({WithoutRecord()}, kToday, Language::kEnglish, 0),
              HasSubstr("no record"));
}

TEST(ChildViewTest, AChildIsShownWithTheSectionsThatLackOnTheDay) {
  const std::string zh = RenderChild(WithRecord(), kToday, Language::kChinese, 0);
  EXPECT_THAT(zh, AllOf(HasSubstr("X******456"), Not(HasSubstr("500123")), HasSubstr("DZ-0007"),
                        HasSubstr("2026-02-20，告知文本 2026-1"), HasSubstr("向演练")));
  EXPECT_THAT(zh, HasSubstr("尚缺内容      营养与喂养指导、心理和行为发育评估、口腔保健、"
                            "残疾儿童筛查\n"));
  EXPECT_THAT(RenderChild(WithRecord(), absl::CivilDay(2026, 5, 30), Language::kEnglish, 0),
              HasSubstr("nutrition and feeding, development, eyes, teeth, disability screening"));
}

TEST(ChildViewTest, AChildWithoutRecordIsShownWithoutItsPartsAndTheNumberMasked) {
  const std::string zh = RenderChild(WithoutRecord(), kToday, Language::kChinese, 0);
  EXPECT_THAT(zh, AllOf(HasSubstr("健康档案      未建档"), HasSubstr("500111********9962"),
                        Not(HasSubstr("身份核实")), Not(HasSubstr("尚缺内容"))));
}

pb::ClassRatio Ratio(const std::string& label, pb::TimeBand half, int children, int carers,
                     int needed) {
  pb::ClassRatio ratio;
  ratio.set_class_label(label);
  if (!label.empty()) ratio.set_kind(pb::CLASS_KIND_TODDLER);
  ratio.set_time_band(half);
  ratio.set_children(children);
  if (!label.empty()) ratio.set_places(15);
  ratio.set_carers(carers);
  ratio.set_carers_needed(needed);
  return ratio;
}

TEST(ChildViewTest, RatiosMarkTheHalfOfTheDayWithTooFewCarers) {
  pb::CheckRatiosResponse ratios;
  *ratios.add_classes() = Ratio("托小一班", pb::TIME_BAND_MORNING, 15, 3, 3);
  *ratios.add_classes() = Ratio("托小一班", pb::TIME_BAND_AFTERNOON, 16, 1, 4);
  *ratios.add_classes() = Ratio("", pb::TIME_BAND_MORNING, 2, 0, 0);
  EXPECT_THAT(RenderRatios(ratios, Language::kChinese, 0), HasSubstr("没有发现不符。"));
  common::v1::Violation& violation = *ratios.add_violations();
  violation.set_field("托小一班");
  violation.set_reason("RATIO_TOO_FEW_CARERS");
  violation.set_message_zh("托小一班下午有16名婴幼儿，应有4名保育人员，现有1名");
  violation.set_message_en("托小一班 has 16 children in the afternoon and needs 4 carers, not 1");
  violation.set_level(common::v1::RULE_LEVEL_NATIONAL);
  violation.set_blocking(true);
  const std::string zh = RenderRatios(ratios, Language::kChinese, 0);
  EXPECT_THAT(zh, HasSubstr("托小班  上午        15/15            3/3\n"));
  EXPECT_THAT(zh, HasSubstr("托小班  下午        16/15            1/4  "
                            "保育人员少 3；超托位 1\n"));
  EXPECT_THAT(zh, HasSubstr("不属备案班级          上午            2              0\n"));
  EXPECT_THAT(zh, AllOf(HasSubstr("应有4名保育人员"), Not(HasSubstr("没有发现不符"))));
  EXPECT_THAT(RenderRatios(ratios, Language::kEnglish, 0),
              AllOf(HasSubstr("carers short by 3; over places by 1"), HasSubstr("needs 4 carers")));
}

TEST(ChildViewTest, AnEnrolmentElsewhereIsNotNamed) {
  pb::EnrolmentConflict conflict;
  conflict.set_name("facilities/f/children/a");
  EXPECT_THAT(RenderEnrolmentConflicts({conflict}, Language::kChinese, 0),
              HasSubstr("facilities/f/children/a  不在管辖区划"));
  conflict.set_other("facilities/g/children/c");
  EXPECT_THAT(RenderEnrolmentConflicts({conflict}, Language::kChinese, 0),
              HasSubstr("facilities/f/children/a  facilities/g/children/c"));
}

TEST(ChildViewTest, AWorklistNamesTheChildByItsIdOnly) {
  pb::HealthDue due;
  due.set_name("facilities/f/children/a");
  due.set_facility_name("晨曦托育中心");
  due.set_division_code("500111001");
  due.set_record_state(pb::HEALTH_RECORD_STATE_OVERDUE);
  *due.mutable_due_on() = ToProto(absl::CivilDay(2026, 2, 28));
  EXPECT_THAT(RenderHealthDue({due}, Language::kChinese, 0),
              HasSubstr("2026-02-28  晨曦托育中心  500111001  已建档，逾期未检  "
                        "facilities/f/children/a"));
}

}  // namespace
}  // namespace tuoyu::cli
