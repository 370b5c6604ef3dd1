#include "services/filing/roster/roster_rules.h"

#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/ids/made_up.h"
#include "common/testing/matchers.h"
#include "services/filing/roster/reporting.h"
#include "services/filing/roster/staff_entry.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using testing::CertificateOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::National;
using testing::On;
using testing::PostBetween;
using testing::PostFrom;

constexpr CivilDay kBirth(1990, 1, 1);

// "e.valid_from STAFF_UNDER_AGE NATIONAL blocks" of each finding.
template <typename Check>
std::vector<std::string> Found(Check check) {
  Findings findings(On(kToday), Mode::kReport);
  check(findings);
  return LinesWithLevel(findings.Take());
}
std::vector<std::string> OfPost(const v1::Post& post, CivilDay birth = kBirth) {
  return Found([&](Findings& findings) { CheckPost(post, "e.", birth, findings); });
}
std::vector<std::string> OfCertificate(const v1::Certificate& certificate) {
  return Found([&](Findings& findings) { CheckCertificate(certificate, "c.", kBirth, findings); });
}

TEST(RosterRulesTest, APersonHasANameAndAnIdNumber) {
  v1::StaffEntry entry;
  const auto check = [&] {
    return Found([&](Findings& findings) { CheckPerson(entry, "e.", findings); });
  };
  EXPECT_THAT(check(), ElementsAre("e.person_name FIELD_REQUIRED SYSTEM blocks",
                                   "e.id_number FIELD_REQUIRED SYSTEM blocks"));
  entry.set_person_name("演练人");
  entry.set_id_number(ids::MadeUpResidentId(kBirth, 0));
  EXPECT_THAT(check(), IsEmpty());
  entry.set_phone("12");
  entry.set_id_number("500111199001019961");
  entry.set_person_name("演练人1");
  EXPECT_EQ(check().size(), 3);
}

TEST(RosterRulesTest, WhatWasTypedIsBroughtIntoItsForm) {
  v1::StaffEntry entry;
  entry.set_person_name("　演练人 ");
  std::string id = ids::MadeUpResidentId(CivilDay(1991, 5, 7), 0);
  for (int day = 0; id.back() != 'X'; ++day) {
    id = ids::MadeUpResidentId(CivilDay(1991, 5, 7) + day, 0);
  }
  entry.set_id_number(" " + id.substr(0, 17) + "x");
  entry.set_phone("+86 139 0001 2345");
  v1::Post& post = *entry.add_posts();
  post.set_class_label(" 托小一班 ");
  post.mutable_valid_to();
  Normalise(kToday, &entry);
  EXPECT_EQ(entry.person_name(), "演练人");
  EXPECT_EQ(entry.id_number(), id);
  EXPECT_EQ(entry.phone(), "13900012345");
  EXPECT_EQ(entry.posts(0).class_label(), "托小一班");
  EXPECT_FALSE(entry.posts(0).has_valid_to());
}

TEST(RosterRulesTest, APostHasARoleAndDaysInOrder) {
  EXPECT_THAT(OfPost(PostFrom(v1::STAFF_ROLE_CARER, kToday)), IsEmpty());
  EXPECT_THAT(OfPost({}), ElementsAre("e.role FIELD_REQUIRED SYSTEM blocks",
                                      "e.valid_from FIELD_REQUIRED SYSTEM blocks"));
  EXPECT_THAT(OfPost(PostFrom(v1::STAFF_ROLE_CARER, kToday + kDaysAhead)), IsEmpty());
  EXPECT_THAT(OfPost(PostFrom(v1::STAFF_ROLE_CARER, kToday + kDaysAhead + 1)),
              ElementsAre("e.valid_from POST_TOO_FAR SYSTEM blocks"));
  EXPECT_THAT(OfPost(PostBetween(v1::STAFF_ROLE_CARER, kToday, kToday)),
              ElementsAre("e.valid_to POST_ORDER SYSTEM blocks"));
  EXPECT_THAT(OfPost(PostBetween(v1::STAFF_ROLE_CARER, kToday, kToday + 1)), IsEmpty());
}

TEST(RosterRulesTest, NobodyUnderSixteenIsOnPost) {
  const CivilDay birthday(kToday.year() - 16, kToday.month(), kToday.day());
  EXPECT_THAT(OfPost(PostFrom(v1::STAFF_ROLE_COOK, kToday), birthday), IsEmpty());
  EXPECT_THAT(OfPost(PostFrom(v1::STAFF_ROLE_COOK, kToday), birthday + 1),
              ElementsAre("e.valid_from STAFF_UNDER_AGE NATIONAL blocks"));
}

TEST(RosterRulesTest, ACertificateHasTheLevelOfItsKind) {
  v1::Certificate certificate = CertificateOf(v1::CERTIFICATE_KIND_CHILD_CARER, kToday);
  for (const int level : {1, 5}) {
    certificate.set_level(level);
    EXPECT_THAT(OfCertificate(certificate), IsEmpty());
  }
  for (const int level : {0, 6}) {
    certificate.set_level(level);
    EXPECT_THAT(OfCertificate(certificate), ElementsAre("c.level CERTIFICATE_LEVEL SYSTEM blocks"));
  }
  certificate.set_kind(v1::CERTIFICATE_KIND_INFANT_CARER);
  certificate.set_level(2);  // 育婴员 has levels 5 to 3
  EXPECT_THAT(OfCertificate(certificate), ElementsAre("c.level CERTIFICATE_LEVEL SYSTEM blocks"));
  certificate.set_kind(v1::CERTIFICATE_KIND_NURSE);
  EXPECT_THAT(OfCertificate(certificate), ElementsAre("c.level CERTIFICATE_LEVEL SYSTEM blocks"));
}

TEST(RosterRulesTest, ACertificateHasItsNumberAndDays) {
  v1::Certificate certificate = CertificateOf(v1::CERTIFICATE_KIND_NURSE, kToday);
  certificate.clear_certificate_number();
  EXPECT_THAT(OfCertificate(certificate),
              ElementsAre("c.certificate_number FIELD_REQUIRED SYSTEM blocks"));
  certificate.set_kind(v1::CERTIFICATE_KIND_HEALTH);
  EXPECT_THAT(OfCertificate(certificate), IsEmpty());
  *certificate.mutable_issued_on() = ToProto(kToday + 1);
  EXPECT_THAT(OfCertificate(certificate), ElementsAre("c.issued_on DATE_IN_FUTURE SYSTEM blocks"));
  *certificate.mutable_issued_on() = ToProto(kBirth - 1);
  EXPECT_THAT(OfCertificate(certificate),
              ElementsAre("c.issued_on CERTIFICATE_BEFORE_BIRTH SYSTEM blocks"));
  *certificate.mutable_issued_on() = ToProto(kToday);
  *certificate.mutable_valid_to() = ToProto(kToday);
  EXPECT_THAT(OfCertificate(certificate),
              ElementsAre("c.valid_to CERTIFICATE_ORDER SYSTEM blocks"));
  certificate = CertificateOf(v1::CERTIFICATE_KIND_EDUCATION, kToday);
  certificate.clear_education();
  EXPECT_THAT(OfCertificate(certificate), ElementsAre("c.education FIELD_REQUIRED SYSTEM blocks"));
}

// What a report says a second time changes nothing.
TEST(StaffEntryTest, TheSameReportAgainMakesNoDouble) {
  v1::StaffEntry report = testing::WholeCarerFrom("", 1, CivilDay(2025, 3, 1));
  v1::StaffMember member;
  Findings findings(On(kToday), Mode::kReport);
  EXPECT_TRUE(Enter(report, "e.", &member, findings));
  EXPECT_EQ(member.posts_size(), 1);
  EXPECT_EQ(member.certificates_size(), 4);
  EXPECT_FALSE(Enter(report, "e.", &member, findings));
  // An end, a phone and a new certificate are news.
  *report.mutable_posts(0)->mutable_valid_to() = ToProto(CivilDay(2025, 8, 1));
  report.set_phone("13900012345");
  *report.add_certificates() =
      CertificateOf(v1::CERTIFICATE_KIND_CHILD_CARER, CivilDay(2025, 4, 1));
  EXPECT_TRUE(Enter(report, "e.", &member, findings));
  EXPECT_EQ(member.posts_size(), 1);
  EXPECT_TRUE(member.posts(0).has_valid_to());
  EXPECT_EQ(member.certificates_size(), 5);
  EXPECT_EQ(member.certificates(4).number(), 5);
  EXPECT_EQ(member.certificates(4).verify_state(), v1::VERIFY_STATE_UNVERIFIED);
  // A report without the end doesn't take it off.
  report.mutable_posts(0)->clear_valid_to();
  EXPECT_FALSE(Enter(report, "e.", &member, findings));
  EXPECT_THAT(findings.Take(), IsEmpty());
}

TEST(StaffEntryTest, NobodyHoldsTheSamePostTwiceAtOnce) {
  v1::StaffEntry report = testing::CarerFrom("", 1, CivilDay(2025, 3, 1));
  *report.add_posts() = PostFrom(v1::STAFF_ROLE_PRINCIPAL, CivilDay(2025, 3, 1));
  *report.add_posts() = PostFrom(v1::STAFF_ROLE_CARER, CivilDay(2025, 9, 1));
  const auto enter = [&] {
    v1::StaffMember member;
    return Found([&](Findings& findings) { Enter(report, "e.", &member, findings); });
  };
  EXPECT_THAT(enter(), ElementsAre("e.posts POST_OVERLAP SYSTEM blocks"));
  *report.mutable_posts(0)->mutable_valid_to() = ToProto(CivilDay(2025, 9, 2));
  EXPECT_THAT(enter(), ElementsAre("e.posts POST_OVERLAP SYSTEM blocks"));
  *report.mutable_posts(0)->mutable_valid_to() = ToProto(CivilDay(2025, 9, 1));
  EXPECT_THAT(enter(), IsEmpty());
}

TEST(StaffEntryTest, ACarerMayServeTwoClassesInTwoShifts) {
  v1::StaffEntry report = testing::CarerFrom("", 1, CivilDay(2025, 3, 1));
  report.mutable_posts(0)->set_shift(v1::TIME_BAND_MORNING);
  *report.add_posts() = report.posts(0);
  report.mutable_posts(1)->set_shift(v1::TIME_BAND_AFTERNOON);
  report.mutable_posts(1)->set_class_label("托小2班");
  v1::StaffMember member;
  Findings findings(On(kToday), Mode::kReport);
  Enter(report, "e.", &member, findings);
  EXPECT_EQ(member.posts_size(), 2);
  EXPECT_FALSE(Enter(report, "e.", &member, findings));
  EXPECT_THAT(findings.Take(), IsEmpty());
  report.mutable_posts(0)->set_shift(v1::TIME_BAND_BY_THE_HOUR);
  EXPECT_THAT(OfPost(report.posts(0)), ElementsAre("e.shift TIME_BAND_MISMATCH SYSTEM blocks"));
}

TEST(StaffEntryTest, AnotherNameForTheSameNumberIsRefused) {
  v1::StaffEntry report = testing::CarerFrom("", 1, CivilDay(2025, 3, 1));
  v1::StaffMember member;
  Findings findings(On(kToday), Mode::kReport);
  Enter(report, "e.", &member, findings);
  report.set_person_name("演练某");
  Enter(report, "e.", &member, findings);
  EXPECT_THAT(LinesWithLevel(findings.Take()),
              ElementsAre("e.person_name PERSON_NAME_DIFFERS SYSTEM blocks"));
}

TEST(StaffEntryTest, PostsAreSharedOnTheDaysOfBoth) {
  v1::StaffMember here;
  v1::StaffMember there;
  *here.add_posts() = PostBetween(v1::STAFF_ROLE_CARER, CivilDay(2025, 1, 1), CivilDay(2025, 3, 1));
  *here.add_posts() = PostFrom(v1::STAFF_ROLE_CARER, CivilDay(2025, 6, 1));
  *there.add_posts() = PostBetween(v1::STAFF_ROLE_COOK, CivilDay(2025, 3, 1), CivilDay(2025, 6, 1));
  EXPECT_EQ(SharedUntil(here, there), CivilDay::min());
  *there.mutable_posts(0)->mutable_valid_to() = ToProto(CivilDay(2025, 6, 2));
  EXPECT_EQ(SharedUntil(here, there), CivilDay(2025, 6, 2));
  there.mutable_posts(0)->clear_valid_to();
  EXPECT_EQ(SharedUntil(here, there), CivilDay::max());
  // Mornings here and afternoons there is no double post; all day beside any half is.
  here.mutable_posts(1)->set_shift(v1::TIME_BAND_MORNING);
  EXPECT_EQ(SharedUntil(here, there), CivilDay::max());
  there.mutable_posts(0)->set_shift(v1::TIME_BAND_AFTERNOON);
  EXPECT_EQ(SharedUntil(here, there), CivilDay::min());
}

}  // namespace
}  // namespace tuoyu::filing
