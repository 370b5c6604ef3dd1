#include "clients/cli/staff_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;

pb::CertificateNeed Need(pb::CertificateKind kind, pb::CertificateState state, absl::CivilDay due,
                         int certificate) {
  pb::CertificateNeed need;
  need.set_kind(kind);
  need.set_state(state);
  *need.mutable_due_on() = ToProto(due);
  need.set_certificate(certificate);
  need.set_level(common::v1::RULE_LEVEL_NATIONAL);
  need.set_source("58号 管理规范");
  return need;
}

// A carer whose health certificate has lapsed and who was never asked for a criminal record.
pb::StaffMember Carer() {
  pb::StaffMember member;
  member.set_name("facilities/f/staff/s");
  member.set_person_name("向演练");
  member.set_id_number("500111198802299964");
  pb::Post& post = *member.add_posts();
  post.set_number(1);
  post.set_role(pb::STAFF_ROLE_CARER);
  post.set_class_label("托小一班");
  post.set_full_time(true);
  *post.mutable_valid_from() = ToProto(absl::CivilDay(2025, 3, 1));
  *post.mutable_valid_to() = ToProto(absl::CivilDay(2026, 7, 1));
  pb::Certificate& certificate = *member.add_certificates();
  certificate.set_number(2);
  certificate.set_kind(pb::CERTIFICATE_KIND_HEALTH);
  *certificate.mutable_issued_on() = ToProto(absl::CivilDay(2025, 2, 20));
  *certificate.mutable_expires_on() = ToProto(absl::CivilDay(2026, 2, 20));
  certificate.set_verify_state(pb::VERIFY_STATE_UNVERIFIED);
  *member.add_needs() = Need(pb::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY,
                             pb::CERTIFICATE_STATE_MISSING, absl::CivilDay(2025, 3, 1), 0);
  *member.add_needs() = Need(pb::CERTIFICATE_KIND_HEALTH, pb::CERTIFICATE_STATE_EXPIRED,
                             absl::CivilDay(2026, 2, 20), 2);
  return member;
}

TEST(StaffViewTest, APersonIsShownWithWhatLacksAndTheIdNumberMasked) {
  const std::string zh = RenderStaffMember(Carer(), Language::kChinese, 0);
  EXPECT_THAT(zh, AllOf(HasSubstr("向演练"), HasSubstr("500111********9964"), HasSubstr("托小一班"),
                        HasSubstr("2026-07-01"), HasSubstr("未核验")));
  EXPECT_THAT(zh, Not(HasSubstr("19880229"))) << "the day of birth stands in the id number";
  EXPECT_THAT(zh, HasSubstr("违法犯罪记录查询  缺失    2025-03-01"));
  EXPECT_THAT(zh, HasSubstr("健康合格证        已过期  2026-02-20     2  国家规定"));
  EXPECT_THAT(RenderStaffMember(Carer(), Language::kEnglish, 0), HasSubstr("missing"));
}

TEST(StaffViewTest, ARosterShowsThePostsOfTheDay) {
  const std::string held = RenderRoster({Carer()}, absl::CivilDay(2026, 6, 30),  //
                                        Language::kChinese, 0);
  EXPECT_THAT(held, AllOf(HasSubstr("保育人员（托小一班）"), Not(HasSubstr("不在岗"))));
  EXPECT_THAT(RenderRoster({Carer()}, absl::CivilDay(2026, 7, 1), Language::kChinese, 0),
              HasSubstr("不在岗"));
}

TEST(StaffViewTest, APostOfHalfADaySaysWhichHalf) {
  pb::StaffMember member = Carer();
  EXPECT_THAT(RenderStaffMember(member, Language::kChinese, 0), HasSubstr("托小一班  全天"));
  member.mutable_posts(0)->set_shift(pb::TIME_BAND_AFTERNOON);
  EXPECT_THAT(RenderStaffMember(member, Language::kChinese, 0), HasSubstr("托小一班  下午"));
  EXPECT_THAT(RenderRoster({member}, absl::CivilDay(2026, 6, 30), Language::kChinese, 0),
              HasSubstr("保育人员（托小一班 下午）"));
  member.mutable_posts(0)->clear_class_label();
  EXPECT_THAT(RenderRoster({member}, absl::CivilDay(2026, 6, 30), Language::kEnglish, 0),
              HasSubstr("carer (afternoon)"));
}

TEST(StaffViewTest, AWorklistNamesThePersonByItsIdWithEverythingDue) {
  pb::StaffDue due;
  due.set_name("facilities/f/staff/s");
  due.set_facility_name("晨曦托育中心");
  due.set_division_code("500111001");
  *due.mutable_needs() = Carer().needs();
  pb::StaffDue later = due;
  later.set_name("facilities/f/staff/t");
  later.mutable_needs()->DeleteSubrange(0, 1);
  const std::string zh = RenderStaffDue({due, later}, Language::kChinese, 0);
  EXPECT_THAT(zh, HasSubstr("2025-03-01  晨曦托育中心  500111001  违法犯罪记录查询 缺失 "
                            "2025-03-01；健康合格证 已过期 2026-02-20  facilities/f/staff/s"));
  EXPECT_THAT(zh, HasSubstr("2026-02-20  晨曦托育中心  500111001  健康合格证 已过期 2026-02-20"));
  EXPECT_THAT(zh.find("staff/s"), Lt(zh.find("staff/t")));
}

}  // namespace
}  // namespace tuoyu::cli
