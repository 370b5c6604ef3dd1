#include "services/filing/roster/certificate_needs.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using testing::CertificateOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::National;
using testing::PostBetween;
using testing::PostFrom;

constexpr CivilDay kFirst(2025, 3, 1);
constexpr CivilDay kNever(9999, 12, 31);

// "HEALTH MISSING 2025-03-01" of each need, in order; OK without end has no day.
std::vector<std::string> Needs(const v1::StaffMember& member, CivilDay day) {
  std::vector<std::string> lines;
  for (const v1::CertificateNeed& need : NeedsOn(member, National(), day)) {
    const auto due = FromProto(need.due_on());
    lines.push_back(absl::StrCat(
        v1::CertificateKind_Name(need.kind()).substr(sizeof("CERTIFICATE_KIND_") - 1), " ",
        v1::CertificateState_Name(need.state()).substr(sizeof("CERTIFICATE_STATE_") - 1),
        due.ok() ? " " + FormatDay(*due) : ""));
  }
  return lines;
}

v1::StaffMember Having(v1::StaffRole role, const std::vector<v1::Certificate>& certificates) {
  v1::StaffMember member;
  *member.add_posts() = PostFrom(role, kFirst);
  for (const v1::Certificate& certificate : certificates) {
    *member.add_certificates() = certificate;
    member.mutable_certificates()->rbegin()->set_number(member.certificates_size());
  }
  return member;
}

TEST(CertificateNeedsTest, EachRoleNeedsItsOwn) {
  EXPECT_THAT(
      Needs(Having(v1::STAFF_ROLE_CARER, {}), kFirst),
      ElementsAre("HEALTH MISSING 2025-03-01", "CRIMINAL_RECORD_QUERY MISSING 2025-03-01",
                  "CARE_TRAINING MISSING 2025-03-01", "MENTAL_HEALTH_TRAINING MISSING 2025-03-01"));
  EXPECT_THAT(Needs(Having(v1::STAFF_ROLE_PRINCIPAL, {}), kFirst),
              ElementsAre("HEALTH MISSING 2025-03-01", "CRIMINAL_RECORD_QUERY MISSING 2025-03-01",
                          "PRINCIPAL_TRAINING MISSING 2025-03-01", "EDUCATION MISSING 2025-03-01"));
  EXPECT_THAT(
      Needs(Having(v1::STAFF_ROLE_HEALTH, {}), kFirst),
      ElementsAre("HEALTH MISSING 2025-03-01", "CRIMINAL_RECORD_QUERY MISSING 2025-03-01",
                  "HEALTH_CARE_TRAINING MISSING 2025-03-01", "EDUCATION MISSING 2025-03-01"));
  EXPECT_THAT(Needs(Having(v1::STAFF_ROLE_GUARD, {}), kFirst),
              ElementsAre("HEALTH MISSING 2025-03-01", "CRIMINAL_RECORD_QUERY MISSING 2025-03-01",
                          "GUARD MISSING 2025-03-01"));
  EXPECT_THAT(Needs(Having(v1::STAFF_ROLE_COOK, {}), kFirst),
              ElementsAre("HEALTH MISSING 2025-03-01", "CRIMINAL_RECORD_QUERY MISSING 2025-03-01"));
}

TEST(CertificateNeedsTest, NobodyNeedsAnythingOffPost) {
  v1::StaffMember member = Having(v1::STAFF_ROLE_COOK, {});
  EXPECT_THAT(Needs(member, kFirst - 1), IsEmpty());
  *member.mutable_posts(0)->mutable_valid_to() = ToProto(CivilDay(2025, 6, 1));
  EXPECT_EQ(Needs(member, CivilDay(2025, 5, 31)).size(), 2);
  EXPECT_THAT(Needs(member, CivilDay(2025, 6, 1)), IsEmpty());
}

TEST(CertificateNeedsTest, AHealthCertificateHoldsTwelveMonths) {
  const v1::StaffMember member =
      Having(v1::STAFF_ROLE_COOK,
             {CertificateOf(v1::CERTIFICATE_KIND_HEALTH, kFirst),
              CertificateOf(v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY, CivilDay(2025, 2, 28))});
  // Thirty days ahead it is due; on the day itself it has lapsed.
  EXPECT_THAT(Needs(member, CivilDay(2026, 1, 28)),
              ElementsAre("CRIMINAL_RECORD_QUERY OK 2026-02-28", "HEALTH OK 2026-03-01"));
  EXPECT_THAT(Needs(member, CivilDay(2026, 1, 29)),
              ElementsAre("CRIMINAL_RECORD_QUERY DUE_SOON 2026-02-28", "HEALTH OK 2026-03-01"));
  EXPECT_THAT(
      Needs(member, CivilDay(2026, 2, 27)),
      ElementsAre("CRIMINAL_RECORD_QUERY DUE_SOON 2026-02-28", "HEALTH DUE_SOON 2026-03-01"));
  EXPECT_THAT(
      Needs(member, CivilDay(2026, 2, 28)),
      ElementsAre("CRIMINAL_RECORD_QUERY EXPIRED 2026-02-28", "HEALTH DUE_SOON 2026-03-01"));
  EXPECT_THAT(Needs(member, CivilDay(2026, 3, 1)),
              ElementsAre("CRIMINAL_RECORD_QUERY EXPIRED 2026-02-28", "HEALTH EXPIRED 2026-03-01"));
}

TEST(CertificateNeedsTest, WhatIsPrintedMayEndItEarlierButNotLater) {
  v1::Certificate health = CertificateOf(v1::CERTIFICATE_KIND_HEALTH, kFirst);
  EXPECT_EQ(ExpiryOf(health, National()), CivilDay(2026, 3, 1));
  *health.mutable_valid_to() = ToProto(CivilDay(2025, 9, 1));
  EXPECT_EQ(ExpiryOf(health, National()), CivilDay(2025, 9, 1));
  *health.mutable_valid_to() = ToProto(CivilDay(2027, 9, 1));
  EXPECT_EQ(ExpiryOf(health, National()), CivilDay(2026, 3, 1));
  const v1::Certificate skill = CertificateOf(v1::CERTIFICATE_KIND_CHILD_CARER, kFirst);
  EXPECT_EQ(ExpiryOf(skill, National()), CivilDay::max());
}

TEST(CertificateNeedsTest, TheOneThatHoldsLongestCounts) {
  v1::StaffMember member = Having(
      v1::STAFF_ROLE_COOK, {CertificateOf(v1::CERTIFICATE_KIND_HEALTH, CivilDay(2025, 8, 1)),
                            CertificateOf(v1::CERTIFICATE_KIND_HEALTH, kFirst),
                            CertificateOf(v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY, kFirst)});
  EXPECT_THAT(Needs(member, CivilDay(2026, 3, 1)),
              ElementsAre("CRIMINAL_RECORD_QUERY EXPIRED 2026-03-01", "HEALTH OK 2026-08-01"));
  // Before it was issued the other one is all there is.
  EXPECT_THAT(Needs(member, CivilDay(2025, 7, 31)),
              ElementsAre("HEALTH OK 2026-03-01", "CRIMINAL_RECORD_QUERY OK 2026-03-01"));
  member.mutable_certificates(0)->set_verify_state(v1::VERIFY_STATE_REJECTED);
  EXPECT_THAT(Needs(member, CivilDay(2026, 3, 1)),
              ElementsAre("HEALTH EXPIRED 2026-03-01", "CRIMINAL_RECORD_QUERY EXPIRED 2026-03-01"));
}

TEST(CertificateNeedsTest, ALowerDegreeIsAsIfMissing) {
  v1::Certificate degree = CertificateOf(v1::CERTIFICATE_KIND_EDUCATION, CivilDay(2010, 7, 1));
  degree.set_education(v1::EDUCATION_SENIOR_SECONDARY);
  EXPECT_EQ(Needs(Having(v1::STAFF_ROLE_PRINCIPAL, {degree}), kFirst).back(),
            "EDUCATION MISSING 2025-03-01");
  EXPECT_EQ(Needs(Having(v1::STAFF_ROLE_HEALTH, {degree}), kFirst).back(), "EDUCATION OK");
  degree.set_education(v1::EDUCATION_COLLEGE);
  EXPECT_EQ(Needs(Having(v1::STAFF_ROLE_PRINCIPAL, {degree}), kFirst).back(), "EDUCATION OK");
}

TEST(CertificateNeedsTest, DueOnIsTheFirstDaySomethingLacks) {
  const std::vector<v1::Certificate> whole = {
      CertificateOf(v1::CERTIFICATE_KIND_HEALTH, kFirst),
      CertificateOf(v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY, CivilDay(2025, 2, 1))};
  v1::StaffMember member = Having(v1::STAFF_ROLE_COOK, whole);
  EXPECT_EQ(DueOn(member, National(), kFirst), CivilDay(2026, 2, 1));
  // Since when, once it lacks.
  EXPECT_EQ(DueOn(member, National(), CivilDay(2026, 5, 1)), CivilDay(2026, 2, 1));
  // Not after the post.
  *member.mutable_posts(0)->mutable_valid_to() = ToProto(CivilDay(2026, 2, 1));
  EXPECT_EQ(DueOn(member, National(), kFirst), kNever);
  // A gap of the past that was closed since doesn't count.
  member = Having(v1::STAFF_ROLE_COOK, whole);
  *member.add_certificates() = CertificateOf(v1::CERTIFICATE_KIND_HEALTH, CivilDay(2026, 6, 1));
  *member.add_certificates() =
      CertificateOf(v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY, CivilDay(2026, 7, 1));
  EXPECT_EQ(DueOn(member, National(), CivilDay(2026, 7, 1)), CivilDay(2027, 6, 1));
  // A post to come, without anything.
  v1::StaffMember later;
  *later.add_posts() = PostBetween(v1::STAFF_ROLE_COOK, CivilDay(2026, 8, 1), CivilDay(2026, 9, 1));
  EXPECT_EQ(DueOn(later, National(), CivilDay(2026, 7, 1)), CivilDay(2026, 8, 1));
  EXPECT_EQ(DueOn(v1::StaffMember(), National(), kFirst), kNever);
}

TEST(CertificateNeedsTest, ADistrictMaySwitchANeedOff) {
  v1::RuleSet rules = National();
  for (v1::CertificateRule& rule : *rules.mutable_certificates()) {
    if (rule.kind() == v1::CERTIFICATE_KIND_GUARD) rule.set_enabled(false);
  }
  for (const auto& need : NeedsOn(Having(v1::STAFF_ROLE_GUARD, {}), rules, kFirst)) {
    EXPECT_NE(need.kind(), v1::CERTIFICATE_KIND_GUARD);
  }
}

}  // namespace
}  // namespace tuoyu::filing
