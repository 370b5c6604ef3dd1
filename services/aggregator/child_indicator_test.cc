// Indicators 3 and 8: the use of places and managed health records.
#include <set>
#include <string>

#include "common/base/civil.h"
#include "services/aggregator/aggregator_fixture.h"
#include "services/aggregator/made_up_children.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::ChildChange;
using filing::v1::FACILITY_TYPE_ORDINARY;
using indicator::v1::GetIndicatorRequest;
using indicator::v1::Indicator;
using indicator::v1::ListIndicatorMembersRequest;
using indicator::v1::ListIndicatorMembersResponse;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::CivilDay kOpening(2023, 3, 1);
constexpr absl::CivilDay kYearEnd(2025, 12, 31);
constexpr int64_t kLonggang = 500111001;  // a street
constexpr int64_t kLongshui = 500111100;  // a town

class ChildIndicatorTest : public AggregatorFixture {
 protected:
  std::string Open(int64_t town, int places = 60) {
    return registry_.Register(kOpening, FACILITY_TYPE_ORDINARY, places, town);
  }
  // So many children in care all day, and so many for half of it, the first `managed` of each with
  // a managed record from 2024 on.
  void Admit(const std::string& facility, int full_day, int part_day, int managed) {
    for (int i = 0; i < full_day + part_day; ++i) {
      ChildChange child = ChildInCare(facility, ++children_, absl::CivilDay(2023, 6, 1));
      if (i >= full_day) PutInHalfDays(&child);
      const int nth = i < full_day ? i : i - full_day;
      if (nth < managed) Manage(absl::CivilDay(2024, 1, 1), &child);
      registry_.Enter(child);
    }
  }
  absl::StatusOr<Indicator> Ask(int number, const std::string& token,
                                const std::string& division = "", int64_t known_at = 0) const {
    GetIndicatorRequest request;
    request.set_number(number);
    request.set_division_code(division);
    request.set_known_at_filing_sequence(known_at);
    *request.mutable_as_of() = ToProto(kYearEnd);
    return Call(&Stub::GetIndicator, token, request);
  }
  // The names of all pages; checks that each adds 1 and that the totals are theirs.
  std::set<std::string> Members(int number, int page_size, const std::string& division = "",
                                int64_t known_at = 0) const {
    ListIndicatorMembersRequest request;
    request.set_number(number);
    request.set_division_code(division);
    *request.mutable_as_of() = ToProto(kYearEnd);
    request.set_page_size(page_size);
    request.set_known_at_filing_sequence(known_at);
    std::set<std::string> names;
    ListIndicatorMembersResponse page;
    do {
      const auto reply = Call(&Stub::ListIndicatorMembers, Statistician(), request);
      EXPECT_OK(reply);
      if (!reply.ok()) return names;
      page = *reply;
      for (const auto& member : page.members()) {
        EXPECT_TRUE(names.insert(member.member()).second) << member.member();
        EXPECT_THAT(member.member(), HasSubstr("/children/"));
        EXPECT_EQ(member.amount(), 1);
      }
      request.set_page_token(page.next_page_token());
    } while (!page.next_page_token().empty());
    EXPECT_EQ(page.total_amount(), static_cast<int64_t>(names.size()));
    EXPECT_EQ(page.total_members(), static_cast<int64_t>(names.size()));
    return names;
  }

  int children_ = 0;
};

TEST_F(ChildIndicatorTest, UseOfPlacesCountsHeadsAndIsShownAsFullTimeEquivalent) {
  Admit(Open(kLonggang), 30, 21, 0);
  Admit(Open(kLongshui, 20), 30, 0, 0);
  CatchUp();
  const auto indicator = Get(3, kYearEnd);
  ASSERT_OK(indicator);
  EXPECT_EQ(indicator->numerator(), "81");
  EXPECT_EQ(indicator->denominator(), "80");
  EXPECT_EQ(indicator->value(), "101.3") << "more children than places";
  EXPECT_EQ(indicator->attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  ASSERT_THAT(indicator->variants(), SizeIs(1));
  EXPECT_EQ(indicator->variants(0).key(), "full_time_equivalent");
  EXPECT_EQ(indicator->variants(0).numerator(), "70.5");
  EXPECT_EQ(indicator->variants(0).denominator(), "80");
  EXPECT_EQ(indicator->variants(0).value(), "88.1");

  EXPECT_EQ(Get(3, kYearEnd, "500111001")->value(), "85.0");
  EXPECT_EQ(Get(3, kYearEnd, "500111100")->variants(0).value(), "150.0");
  EXPECT_EQ(Get(3, kYearEnd, "500000")->numerator(), "81");
  EXPECT_EQ(Get(3, kYearEnd, "500111102")->not_computable_reason(), "DENOMINATOR_ZERO");
  EXPECT_EQ(Get(3, absl::CivilDay(2023, 5, 31))->not_computable_reason(), "NUMERATOR_MISSING")
      << "before anyone reported children";
  EXPECT_EQ(Get(3, absl::CivilDay(2023, 2, 28))->not_computable_reason(), "BEFORE_FIRST_RECORD");
  EXPECT_EQ(Ask(3, Statistician(), "", 31)->numerator(), "30") << "as known then";
}

TEST_F(ChildIndicatorTest, WhatNobodyHasReportedIsUnknownAndNotZero) {
  const std::string street = Open(kLonggang);
  const std::string town = Open(kLongshui);
  CatchUp();
  EXPECT_EQ(Get(3, kYearEnd)->not_computable_reason(), "NUMERATOR_MISSING");
  EXPECT_EQ(Get(8, kYearEnd)->not_computable_reason(), "NUMERATOR_MISSING");
  Admit(street, 10, 0, 0);
  CatchUp();
  EXPECT_EQ(Get(3, kYearEnd)->numerator(), "10");
  EXPECT_EQ(Get(8, kYearEnd)->not_computable_reason(), "NUMERATOR_MISSING");
  EXPECT_THAT(Get(8, kYearEnd)->reason_zh(), HasSubstr("电子健康档案"));
  Admit(town, 10, 0, 10);
  CatchUp();
  EXPECT_EQ(Get(8, kYearEnd)->value(), "50.0");
  EXPECT_EQ(Get(8, kYearEnd, "500111001")->value(), "0.0") << "others have reported";
  // As known before, it was unknown.
  EXPECT_EQ(Ask(8, Statistician(), "", 12)->not_computable_reason(), "NUMERATOR_MISSING");
  EXPECT_EQ(Ask(3, Statistician(), "", 2)->not_computable_reason(), "NUMERATOR_MISSING");
}

TEST_F(ChildIndicatorTest, UseOfPlacesIsJudgedByTheCitysAverageOfTheYear) {
  Admit(Open(kLonggang), 36, 0, 0);
  CatchUp();
  auto average = Population("60", absl::CivilDay(2024, 12, 31));
  average.set_series("stat.city_place_usage_rate");
  average.set_division_code("500000");
  average.set_unit("%");
  ASSERT_OK(Report(average));
  EXPECT_EQ(Get(3, kYearEnd)->attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  *average.mutable_reference_date() = ToProto(kYearEnd);
  ASSERT_OK(Report(average));
  EXPECT_EQ(Get(3, kYearEnd)->attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(Get(3, kYearEnd)->target().value(), "60");
  average.set_value("60.000001");
  average.set_revision_reason("更正");
  ASSERT_OK(Report(average));
  EXPECT_EQ(Get(3, kYearEnd)->value(), "60.0");
  EXPECT_EQ(Get(3, kYearEnd)->attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
}

TEST_F(ChildIndicatorTest, ManagedRecordsAreJudgedByAllChildrenInCare) {
  const std::string facility = Open(kLonggang);
  Admit(facility, 20, 10, 9);
  CatchUp();
  const auto indicator = Get(8, kYearEnd);
  ASSERT_OK(indicator);
  EXPECT_EQ(indicator->numerator(), "18");
  EXPECT_EQ(indicator->denominator(), "30");
  EXPECT_EQ(indicator->value(), "60.0");
  EXPECT_EQ(indicator->attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  EXPECT_EQ(Get(8, absl::CivilDay(2023, 12, 31))->not_computable_reason(), "NUMERATOR_MISSING")
      << "before the records";
  EXPECT_EQ(Ask(8, Statistician(), "", 11)->value(), "90.0") << "9 of 10, as known then";
  for (int number = 1; number <= 30; ++number) {
    ChildChange child = ChildInCare(facility, number, absl::CivilDay(2023, 6, 1));
    Manage(kYearEnd, &child);
    registry_.Enter(child);
  }
  CatchUp();
  EXPECT_EQ(Get(8, kYearEnd)->value(), "100.0");
  EXPECT_EQ(Get(8, kYearEnd)->attainment(), indicator::v1::ATTAINMENT_ATTAINED);
}

TEST_F(ChildIndicatorTest, FewChildrenAreToldToTheCommissionOnly) {
  Admit(Open(kLonggang), 30, 3, 30);
  Admit(Open(kLongshui), 4, 0, 4);
  CatchUp();
  // 3 are there for half a day, so only the variant would tell of them.
  const auto use = Ask(3, "");
  ASSERT_OK(use);
  EXPECT_EQ(use->value(), "30.8");
  EXPECT_TRUE(use->variants(0).suppressed());
  EXPECT_THAT(use->variants(0).value() + use->variants(0).numerator(), IsEmpty());
  EXPECT_EQ(Ask(3, Statistician())->variants(0).numerator(), "35.5");
  const auto few = Ask(3, "", "500111100");
  ASSERT_OK(few);
  EXPECT_TRUE(few->suppressed());
  EXPECT_THAT(few->value() + few->numerator() + few->inputs(0).value(), IsEmpty());
  EXPECT_EQ(few->attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  EXPECT_EQ(Ask(3, Statistician(), "500111100")->value(), "6.7");

  EXPECT_EQ(Ask(8, "")->value(), "100.0") << "all 37 are managed";
  EXPECT_TRUE(Ask(8, "", "500111100")->suppressed()) << "4 in all";
  Admit(Open(kLonggang), 1, 0, 0);
  CatchUp();
  EXPECT_TRUE(Ask(8, "")->suppressed()) << "1 of 38 is not managed";
  EXPECT_EQ(Ask(8, Statistician())->value(), "97.4");
}

TEST_F(ChildIndicatorTest, TheCommissionOfAnotherDivisionIsToldWhatThePublicIs) {
  Admit(Open(kLonggang), 33, 0, 33);
  Admit(Open(kLongshui), 37, 0, 37);
  CatchUp();
  const std::string elsewhere = Token(common::v1::ROLE_DHC_STATISTICIAN, {"500112"});
  const std::string street = Token(common::v1::ROLE_DHC_STATISTICIAN, {"500111001"});
  for (const std::string& token : {std::string(), elsewhere}) {
    EXPECT_EQ(Ask(3, token, "500111001")->numerator(), "35");
    EXPECT_EQ(Ask(3, token, "500111100")->numerator(), "35");
  }
  EXPECT_EQ(Ask(3, street, "500111001")->numerator(), "33");
  EXPECT_EQ(Ask(3, street, "500111100")->numerator(), "35") << "not its own";
  EXPECT_EQ(ReasonOf(Ask(3, elsewhere, "500111001", 2).status()), "OUT_OF_SCOPE")
      << "from two positions in a row single children could be told";
  EXPECT_OK(Ask(3, street, "500111001", 2));
}

// What is released is public, whoever releases it.
TEST_F(ChildIndicatorTest, AReleaseTellsOfFewChildrenNoMoreThanTheIndicator) {
  const auto release = [&] {
    indicator::v1::ReleaseIndicatorsRequest request;
    *request.mutable_release()->mutable_as_of() = Ask(8, "")->as_of();
    request.mutable_release()->set_document_number("演练-1");
    return Call(&Stub::ReleaseIndicators, Token(common::v1::ROLE_DHC_APPROVER), request);
  };
  Admit(Open(kLonggang), 37, 0, 37);
  Admit(Open(kLonggang), 2, 0, 0);
  CatchUp();
  ASSERT_TRUE(Ask(8, "")->suppressed()) << "2 of 39 are not managed";
  const auto released = release();
  ASSERT_OK(released);
  const indicator::v1::ReleasedValue& few = released->values(7);
  ASSERT_EQ(few.number(), 8);
  EXPECT_TRUE(few.suppressed());
  EXPECT_THAT(few.value() + few.numerator() + few.denominator(), IsEmpty());
  EXPECT_EQ(few.attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  EXPECT_FALSE(released->values(2).suppressed()) << "39 children in care";
  for (const std::string& token : {std::string(), Statistician()}) {
    const auto asked = Ask(8, token);
    ASSERT_OK(asked);
    EXPECT_TRUE(asked->first_released().suppressed());
    EXPECT_THAT(asked->first_released().numerator(), IsEmpty());
    EXPECT_FALSE(asked->revised()) << "nothing was told that could be another value now";
  }
  // The same again is the same release, as long as nothing is told.
  Admit(Open(kLonggang), 1, 0, 0);
  CatchUp();
  EXPECT_FALSE(Ask(8, "")->revised());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM indicator_release"), "1");
}

TEST_F(ChildIndicatorTest, MembersAreTheChildrenCountedOfAnyJournal) {
  registry_.AppendRandom(900);
  CatchUp();
  for (const int number : {3, 8}) {
    for (const std::string& division : {std::string(), std::string("500111003")}) {
      for (const int64_t known_at : {int64_t{0}, int64_t{450}}) {
        const auto indicator = Ask(number, Statistician(), division, known_at);
        ASSERT_OK(indicator);
        const std::set<std::string> members = Members(number, 1000, division, known_at);
        EXPECT_EQ(std::to_string(members.size()), indicator->numerator()) << division << known_at;
        EXPECT_EQ(Members(number, 3, division, known_at), members);
        EXPECT_FALSE(division.empty() && members.empty());
      }
    }
  }
}

}  // namespace
}  // namespace tuoyu::aggregator
