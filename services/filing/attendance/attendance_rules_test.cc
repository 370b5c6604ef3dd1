#include "services/filing/attendance/attendance_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A child that was in care from March to before September of 2025.
v1::Child Former() {
  v1::Child child;
  child.set_name("facilities/f/children/c");
  v1::Enrolment& enrolment = *child.add_enrolments();
  *enrolment.mutable_valid_from() = ToProto(CivilDay(2025, 3, 1));
  *enrolment.mutable_valid_to() = ToProto(CivilDay(2025, 9, 1));
  return child;
}

v1::IssueAttendanceTokenRequest Claim() {
  const v1::ChildEntry entry =
      testing::ChildFrom("facilities/f", 0, CivilDay(2024, 6, 1), CivilDay(2026, 3, 2));
  v1::IssueAttendanceTokenRequest request;
  request.set_facility(entry.facility());
  request.set_document(entry.document());
  request.set_document_number(entry.document_number());
  request.set_child_name(entry.child_name());
  request.set_birth_date("2024-06-01");
  return request;
}

TEST(AttendanceRulesTest, TermsBeginInFebruaryAndAugust) {
  const auto term = [](CivilDay day) {
    const v1::Term of_day = TermOf(day);
    return absl::StrCat(of_day.year(), v1::TermSeason_Name(of_day.season()));
  };
  EXPECT_EQ(term(CivilDay(2026, 1, 31)), "2025TERM_SEASON_AUTUMN");
  EXPECT_EQ(term(CivilDay(2026, 2, 1)), "2026TERM_SEASON_SPRING");
  EXPECT_EQ(term(CivilDay(2026, 7, 31)), "2026TERM_SEASON_SPRING");
  EXPECT_EQ(term(CivilDay(2026, 8, 1)), "2026TERM_SEASON_AUTUMN");
  EXPECT_EQ(term(CivilDay(2026, 12, 31)), "2026TERM_SEASON_AUTUMN");
}

TEST(AttendanceRulesTest, CareIsProvedUntilTwelveMonthsAfterItsLastDay) {
  EXPECT_EQ(LastInCare(Former(), CivilDay(2025, 2, 28)), std::nullopt) << "not begun";
  EXPECT_EQ(LastInCare(Former(), CivilDay(2025, 3, 1)), CivilDay(2025, 3, 1));
  EXPECT_EQ(LastInCare(Former(), CivilDay(2025, 6, 15)), CivilDay(2025, 6, 15));
  EXPECT_EQ(LastInCare(Former(), CivilDay(2026, 8, 31)), CivilDay(2025, 8, 31));
  EXPECT_EQ(LastInCare(Former(), CivilDay(2026, 9, 1)), std::nullopt);
  EXPECT_EQ(LastInCare(v1::Child(), CivilDay(2025, 6, 15)), std::nullopt)
      << "what was voided is no care";
  // Of several the latest one that has begun counts.
  v1::Child child = Former();
  v1::Enrolment& later = *child.add_enrolments();
  *later.mutable_valid_from() = ToProto(CivilDay(2026, 3, 1));
  EXPECT_EQ(LastInCare(child, CivilDay(2026, 2, 1)), CivilDay(2025, 8, 31));
  EXPECT_EQ(LastInCare(child, CivilDay(2026, 5, 1)), CivilDay(2026, 5, 1));
}

TEST(AttendanceRulesTest, AChildIsKnownByDocumentNameAndBirthDateTogether) {
  const v1::ChildEntry claimed = ClaimedChild(Claim(), testing::kToday);
  v1::Child child;
  child.set_document(claimed.document());
  child.set_document_number(claimed.document_number());
  child.set_child_name("演练娃");
  child.set_birth_date("2024-06-01");
  EXPECT_TRUE(IsChild(child, claimed));
  v1::Child other = child;
  other.set_child_name("演练宝");
  EXPECT_FALSE(IsChild(other, claimed));
  other = child;
  other.set_birth_date("2024-06-02");
  EXPECT_FALSE(IsChild(other, claimed));
  other = child;
  other.set_document_number("500111202406019971");
  EXPECT_FALSE(IsChild(other, claimed));
  // As it is typed.
  v1::IssueAttendanceTokenRequest typed = Claim();
  typed.set_child_name(" 演练 娃 ");
  typed.set_document_number(" " + typed.document_number());
  EXPECT_TRUE(IsChild(child, ClaimedChild(typed, testing::kToday)));
}

TEST(AttendanceRulesTest, WhatNoRosterCanHoldIsSaidOfTheForm) {
  const auto lines = [](const v1::IssueAttendanceTokenRequest& request) {
    return testing::Lines(
        CheckClaim(request, ClaimedChild(request, testing::kToday), testing::On(testing::kToday)));
  };
  EXPECT_THAT(lines(Claim()), IsEmpty());
  v1::IssueAttendanceTokenRequest request = Claim();
  request.clear_birth_date();
  EXPECT_THAT(lines(request), Contains(HasSubstr("birth_date")))
      << "it is not taken from the number";
  request = Claim();
  request.set_document_number("500111202406010000");
  EXPECT_THAT(lines(request), Contains(HasSubstr("document_number")));
  request = Claim();
  request.clear_child_name();
  EXPECT_THAT(lines(request), Contains(HasSubstr("child_name")));
}

TEST(AttendanceRulesTest, ThePseudonymIsOfChildAndTerm) {
  std::set<std::string> texts;
  for (const char* name : {"facilities/f/children/c", "facilities/f/children/d"}) {
    v1::Child child = Former();
    child.set_name(name);
    texts.insert(PseudonymText(child, TermOf(CivilDay(2026, 3, 1))));
    texts.insert(PseudonymText(child, TermOf(CivilDay(2026, 9, 1))));
    texts.insert(PseudonymText(child, TermOf(CivilDay(2027, 3, 1))));
  }
  EXPECT_EQ(texts.size(), 6U);
}

}  // namespace
}  // namespace tuoyu::filing
