// Indicators 9 and 10: certified staff and demonstration units.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "services/aggregator/aggregator_fixture.h"
#include "services/aggregator/made_up_members.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::CERTIFICATE_KIND_INFANT_CARER;
using filing::v1::DEMONSTRATION_LEVEL_MUNICIPAL;
using filing::v1::FACILITY_TYPE_ORDINARY;
using filing::v1::STAFF_ROLE_CARER;
using filing::v1::STAFF_ROLE_COOK;
using filing::v1::StaffMember;
using filing::v1::VERIFY_STATE_VERIFIED_SHARED;
using indicator::v1::GetIndicatorRequest;
using indicator::v1::Indicator;
using indicator::v1::ListIndicatorMembersRequest;
using indicator::v1::ListIndicatorMembersResponse;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr absl::CivilDay kOpening(2023, 3, 1);
constexpr absl::CivilDay kYearEnd(2025, 12, 31);
constexpr int64_t kLonggang = 500111001;  // a street
constexpr int64_t kLongshui = 500111100;  // a town

// Whether a member stands after another in a list: the latest first day first, of one day by name downwards.
bool Follows(const indicator::v1::IndicatorMember& earlier,
             const indicator::v1::IndicatorMember& later) {
  const absl::CivilDay day = *FromProto(earlier.valid_from());
  const absl::CivilDay other = *FromProto(later.valid_from());
  return day != other ? day > other : earlier.member() > later.member();
}

class MemberIndicatorTest : public AggregatorFixture {
 protected:
  std::string Open(int64_t town) {
    return registry_.Register(kOpening, FACILITY_TYPE_ORDINARY, 60, town);
  }
  // So many persons on a post of a facility, the first `certified` with a certificate.
  void Employ(const std::string& facility, filing::v1::StaffRole role, int count, int certified) {
    for (int i = 0; i < count; ++i) {
      StaffMember person = Person(facility, ++persons_, role, absl::CivilDay(2023, 6, 1));
      if (i < certified) {
        Certify(CERTIFICATE_KIND_INFANT_CARER, absl::CivilDay(2024, 1, 1),
                VERIFY_STATE_VERIFIED_SHARED, &person);
      }
      registry_.Enter(person);
    }
  }
  absl::StatusOr<Indicator> Ask(int number, const std::string& token,
                                absl::CivilDay as_of = kYearEnd, const std::string& division = "",
                                int64_t known_at = 0) const {
    GetIndicatorRequest request;
    request.set_number(number);
    request.set_division_code(division);
    request.set_known_at_filing_sequence(known_at);
    *request.mutable_as_of() = ToProto(as_of);
    return Call(&Stub::GetIndicator, token, request);
  }
  // All pages; checks that totals and order are the same throughout.
  std::vector<indicator::v1::IndicatorMember> Members(int number, int page_size,
                                                      const std::string& division = "",
                                                      int64_t known_at = 0) const {
    ListIndicatorMembersRequest request;
    request.set_number(number);
    request.set_division_code(division);
    *request.mutable_as_of() = ToProto(kYearEnd);
    request.set_page_size(page_size);
    request.set_known_at_filing_sequence(known_at);
    std::vector<indicator::v1::IndicatorMember> members;
    std::set<std::string> names;
    ListIndicatorMembersResponse page;
    do {
      const auto reply = Call(&Stub::ListIndicatorMembers, Statistician(), request);
      EXPECT_OK(reply);
      if (!reply.ok()) return members;
      page = *reply;
      EXPECT_LE(page.members_size(), page_size);
      for (const auto& member : page.members()) {
        EXPECT_TRUE(members.empty() || Follows(members.back(), member)) << member.member();
        EXPECT_TRUE(names.insert(member.member()).second);
        EXPECT_EQ(member.amount(), 1);
        members.push_back(member);
      }
      request.set_page_token(page.next_page_token());
    } while (!page.next_page_token().empty());
    EXPECT_EQ(page.total_amount(), static_cast<int64_t>(members.size()));
    EXPECT_EQ(page.total_members(), static_cast<int64_t>(members.size()));
    return members;
  }

  int persons_ = 0;
};

TEST_F(MemberIndicatorTest, CertifiedCarersAreComputedJudgedAndShownForAllStaff) {
  const std::string street = Open(kLonggang);
  const std::string town = Open(kLongshui);
  Employ(street, STAFF_ROLE_CARER, 30, 24);
  Employ(street, STAFF_ROLE_COOK, 10, 0);
  Employ(town, STAFF_ROLE_CARER, 10, 10);
  CatchUp();
  const auto indicator = Get(9, kYearEnd);
  ASSERT_OK(indicator);
  EXPECT_EQ(indicator->numerator(), "34");
  EXPECT_EQ(indicator->denominator(), "40");
  EXPECT_EQ(indicator->value(), "85.0");
  EXPECT_EQ(indicator->attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  ASSERT_THAT(indicator->variants(), SizeIs(1));
  EXPECT_EQ(indicator->variants(0).value(), "68.0");
  EXPECT_EQ(indicator->variants(0).denominator(), "50");

  EXPECT_EQ(Get(9, kYearEnd, "500111001")->value(), "80.0");
  EXPECT_EQ(Get(9, kYearEnd, "500111100")->value(), "100.0");
  EXPECT_EQ(Get(9, kYearEnd, "500000")->value(), "85.0");
  EXPECT_EQ(Get(9, kYearEnd, "500111102")->not_computable_reason(), "DENOMINATOR_ZERO");
  EXPECT_EQ(Get(9, absl::CivilDay(2023, 12, 31))->value(), "0.0") << "before the certificates";
  EXPECT_EQ(Get(9, absl::CivilDay(2023, 5, 31))->not_computable_reason(), "DENOMINATOR_ZERO");
  EXPECT_EQ(Get(9, absl::CivilDay(2023, 2, 28))->not_computable_reason(), "BEFORE_FIRST_RECORD");
  EXPECT_EQ(Ask(9, Statistician(), kYearEnd, "", 32)->denominator(), "30") << "two facilities, 30";
}

TEST_F(MemberIndicatorTest, FewPersonsAreToldToTheCommissionOnly) {
  const std::string facility = Open(kLonggang);
  Employ(facility, STAFF_ROLE_CARER, 30, 3);
  Employ(facility, STAFF_ROLE_COOK, 10, 0);
  CatchUp();
  const auto outside = Ask(9, "");
  ASSERT_OK(outside);
  EXPECT_TRUE(outside->suppressed()) << "3 carers with a certificate";
  EXPECT_THAT(outside->value() + outside->numerator() + outside->denominator(), IsEmpty());
  EXPECT_TRUE(outside->variants(0).suppressed());
  EXPECT_THAT(outside->variants(0).value() + outside->variants(0).denominator(), IsEmpty());
  const auto inside = Ask(9, Statistician());
  ASSERT_OK(inside);
  EXPECT_FALSE(inside->suppressed());
  EXPECT_EQ(inside->value(), "10.0");
  EXPECT_EQ(inside->attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  EXPECT_EQ(inside->variants(0).value(), "7.5");
}

TEST_F(MemberIndicatorTest, MembersAreThePersonsCountedOnPagesOfAnySize) {
  const std::string street = Open(kLonggang);
  const std::string town = Open(kLongshui);
  Employ(town, STAFF_ROLE_CARER, 3, 3);
  Employ(street, STAFF_ROLE_CARER, 7, 6);
  Employ(town, STAFF_ROLE_CARER, 4, 2);
  CatchUp();
  for (const int page_size : {1, 2, 5, 6, 100}) {
    const auto members = Members(9, page_size);
    ASSERT_THAT(members, SizeIs(11)) << page_size;
    EXPECT_THAT(members.back().member(), StartsWith("facilities/" + street + "/staff/"));
    EXPECT_THAT(members.front().member(), StartsWith("facilities/" + town + "/staff/"));
    EXPECT_EQ(members.front().measure(), "staff.carers_certified");
    EXPECT_EQ(members.back().division_code(), "500111001");
    EXPECT_EQ(*FromProto(members.front().valid_from()), absl::CivilDay(2024, 1, 1));
    EXPECT_THAT(Members(9, page_size, "500111100"), SizeIs(5));
    EXPECT_THAT(Members(9, page_size, "", 5), SizeIs(3)) << "as known when 3 were entered";
  }
}

TEST_F(MemberIndicatorTest, MembersAddUpToTheNumeratorOfAnyJournal) {
  registry_.AppendRandom(900);
  CatchUp();
  for (const std::string& division : {std::string(), std::string("500111003")}) {
    for (const int64_t known_at : {int64_t{0}, int64_t{450}}) {
      const auto indicator = Ask(9, Statistician(), kYearEnd, division, known_at);
      ASSERT_OK(indicator);
      const auto members = Members(9, 4, division, known_at);
      EXPECT_EQ(std::to_string(members.size()), indicator->numerator()) << division << known_at;
      EXPECT_FALSE(division.empty() && members.empty());
    }
  }
}

TEST_F(MemberIndicatorTest, DemonstrationUnitsCountByTheirLatestReevaluation) {
  const std::string facility = Open(kLonggang);
  CatchUp();
  EXPECT_EQ(Get(10, kYearEnd)->value(), "0");
  EXPECT_EQ(Get(10, absl::CivilDay(2023, 2, 28))->not_computable_reason(), "BEFORE_FIRST_RECORD");
  filing::v1::Demonstration label =
      Label(facility, 1, DEMONSTRATION_LEVEL_MUNICIPAL, absl::CivilDay(2023, 9, 1));
  registry_.Enter(label);
  registry_.Enter(Label(Open(kLongshui), 2, filing::v1::DEMONSTRATION_LEVEL_DISTRICT, kOpening));
  CatchUp();
  EXPECT_EQ(Get(10, kYearEnd)->value(), "0");
  Reevaluate(absl::CivilDay(2025, 6, 1), true, &label);
  registry_.Enter(label);
  CatchUp();
  EXPECT_EQ(Get(10, kYearEnd)->value(), "1");
  EXPECT_EQ(Get(10, kYearEnd)->attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_FALSE(Get(10, kYearEnd)->suppressed()) << "labels are public";
  EXPECT_EQ(Get(10, absl::CivilDay(2025, 5, 31))->value(), "0");
  EXPECT_EQ(Get(10, kYearEnd, "500111100")->value(), "0");
  EXPECT_EQ(Ask(10, Statistician(), kYearEnd, "", 4)->value(), "0") << "as known before";
  const auto members = Members(10, 10);
  ASSERT_THAT(members, SizeIs(1));
  EXPECT_EQ(members.front().member(), label.name());
  EXPECT_EQ(*FromProto(members.front().valid_from()), absl::CivilDay(2025, 6, 1));
}

}  // namespace
}  // namespace tuoyu::aggregator
