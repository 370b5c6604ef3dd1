// GetIndicatorSeries and GetIndicatorTree: values over time and place, and what of them is told outside the commission.
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "services/aggregator/aggregator_fixture.h"
#include "services/aggregator/made_up_children.h"
#include "services/aggregator/suppression.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::FACILITY_TYPE_ORDINARY;
using indicator::v1::GetIndicatorRequest;
using indicator::v1::GetIndicatorSeriesRequest;
using indicator::v1::GetIndicatorSeriesResponse;
using indicator::v1::GetIndicatorTreeRequest;
using indicator::v1::GetIndicatorTreeResponse;
using indicator::v1::Indicator;
using indicator::v1::IndicatorPoint;
using indicator::v1::IndicatorTable;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::CivilDay kOpening(2023, 3, 1);

class IndicatorTablesTest : public AggregatorFixture {
 protected:
  absl::StatusOr<GetIndicatorTreeResponse> Tree(const std::string& token, absl::CivilDay day,
                                                const std::vector<int>& numbers = {}) const {
    GetIndicatorTreeRequest request;
    *request.mutable_as_of() = ToProto(day);
    for (const int number : numbers) request.add_numbers(number);
    return Call(&Stub::GetIndicatorTree, token, request);
  }
  absl::StatusOr<GetIndicatorSeriesResponse> Series(const std::string& token, absl::CivilDay first,
                                                    absl::CivilDay last,
                                                    const std::string& division = "",
                                                    const std::vector<int>& numbers = {}) const {
    GetIndicatorSeriesRequest request;
    request.set_division_code(division);
    *request.mutable_first_month() = ToProto(first);
    *request.mutable_last_month() = ToProto(last);
    for (const int number : numbers) request.add_numbers(number);
    return Call(&Stub::GetIndicatorSeries, token, request);
  }
  absl::StatusOr<Indicator> Ask(const std::string& token, int number, const std::string& division,
                                const google::type::Date& day) const {
    GetIndicatorRequest request;
    request.set_number(number);
    request.set_division_code(division);
    *request.mutable_as_of() = day;
    return Call(&Stub::GetIndicator, token, request);
  }
  // The point is what GetIndicator answers the same caller.
  void ExpectSame(const std::string& token, int number, const IndicatorPoint& point) const {
    const auto asked = Ask(token, number, point.division_code(), point.as_of());
    ASSERT_OK(asked);
    IndicatorPoint same;
    same.set_division_code(asked->division_code());
    same.set_division_name(asked->division_name());
    *same.mutable_as_of() = asked->as_of();
    same.set_numerator(asked->numerator());
    same.set_denominator(asked->denominator());
    same.set_value(asked->value());
    same.set_attainment(asked->attainment());
    if (asked->has_target()) *same.mutable_target() = asked->target();
    same.set_not_computable_reason(asked->not_computable_reason());
    same.set_formula_version(asked->formula_version());
    same.set_rehearsal(asked->rehearsal());
    same.set_suppressed(asked->suppressed());
    same.set_persons_rounded_to(asked->persons_rounded_to());
    EXPECT_EQ(point.SerializeAsString(), same.SerializeAsString())
        << number << " " << point.ShortDebugString() << same.ShortDebugString();
  }
  void ExpectSame(const std::string& token, const IndicatorTable& table) const {
    for (const IndicatorPoint& point : table.points()) {
      ExpectSame(token, table.definition().number(), point);
    }
  }
  // So many more children at the facility from a day on.
  void Admit(const std::string& facility, int count, absl::CivilDay from) {
    for (int i = 0; i < count; ++i) {
      registry_.Enter(ChildInCare(facility, ++children_, from));
    }
  }
  std::string Open(int64_t town) {
    return registry_.Register(kOpening, FACILITY_TYPE_ORDINARY, 90, town);
  }

  int children_ = 0;
};

TEST_F(IndicatorTablesTest, EveryValueIsTheOneOfTheIndicatorItself) {
  registry_.AppendRandom(700);
  CatchUp();
  ASSERT_OK(Report(Population("820000", absl::CivilDay(2022, 12, 31))));
  ASSERT_OK(Report(Kindergartens("120", absl::CivilDay(2022, 12, 31))));
  for (const std::string& token : {Statistician(), std::string()}) {
    const auto tree = Tree(token, absl::CivilDay(2023, 6, 30));
    ASSERT_OK(tree);
    ASSERT_THAT(tree->trees(), SizeIs(10));
    for (const IndicatorTable& table : tree->trees()) {
      ASSERT_THAT(table.points(), SizeIs(28));
      EXPECT_EQ(table.points(0).division_code(), "500111");
      ExpectSame(token, table);
    }
    for (const std::string& division : {std::string(), std::string("500111003")}) {
      const auto series =
          Series(token, absl::CivilDay(2022, 11, 5), absl::CivilDay(2023, 10, 5), division);
      ASSERT_OK(series);
      ASSERT_THAT(series->series(), SizeIs(10));
      for (const IndicatorTable& table : series->series()) {
        ASSERT_THAT(table.points(), SizeIs(12));
        EXPECT_EQ(FormatDay(*FromProto(table.points(3).as_of())), "2023-02-28");
        ExpectSame(token, table);
      }
    }
  }
}

TEST_F(IndicatorTablesTest, PartsAddUpToTheDistrictForTheCommission) {
  registry_.AppendRandom(700);
  CatchUp();
  const auto tree = Tree(Statistician(), absl::CivilDay(2024, 3, 31), {3, 9});
  ASSERT_OK(tree);
  for (const IndicatorTable& table : tree->trees()) {
    int64_t sum = 0;
    for (int i = 1; i < table.points_size(); ++i) sum += std::stoll(table.points(i).numerator());
    EXPECT_EQ(std::to_string(sum), table.points(0).numerator());
    EXPECT_GT(sum, 0);
  }
}

TEST_F(IndicatorTablesTest, PositionsMakeATableRepeatable) {
  registry_.AppendRandom(300);
  CatchUp();
  GetIndicatorTreeRequest request;
  *request.mutable_as_of() = ToProto(absl::CivilDay(2024, 3, 31));
  const auto before = Call(&Stub::GetIndicatorTree, Statistician(), request);
  ASSERT_OK(before);
  ASSERT_THAT(before->positions(), SizeIs(2));
  EXPECT_EQ(before->positions(0).sequence(), 300);
  registry_.AppendRandom(100);
  CatchUp();
  request.set_known_at_filing_sequence(300);
  const auto again = Call(&Stub::GetIndicatorTree, Statistician(), request);
  ASSERT_OK(again);
  ASSERT_EQ(again->trees_size(), before->trees_size());
  for (int i = 0; i < again->trees_size(); ++i) {
    EXPECT_EQ(again->trees(i).SerializeAsString(), before->trees(i).SerializeAsString());
  }
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicatorTree, "", request).status()), "ROLE_NOT_ALLOWED");
}

// Towns of many children and few, as the public is told of them.
class TownsTest : public IndicatorTablesTest {
 protected:
  const google::type::Date day_ = ToProto(absl::CivilDay(2024, 2, 29));

  void SetUp() override {
    IndicatorTablesTest::SetUp();
    int64_t town = 500111001;
    for (const int children : {33, 3, 12, 41, 60}) Admit(Open(town++), children, kOpening);
    CatchUp();
  }
  // The numerators of indicator 3 by division, without the district; "" where withheld.
  std::map<std::string, std::string> Children(const std::string& token) const {
    std::map<std::string, std::string> numbers;
    const auto tree = Tree(token, absl::CivilDay(2024, 2, 29), {3});
    EXPECT_OK(tree);
    if (!tree.ok()) return numbers;
    for (const IndicatorPoint& point : tree->trees(0).points()) {
      if (point.numerator() != "0") numbers[point.division_code()] = point.numerator();
      EXPECT_EQ(point.suppressed(), point.numerator().empty());
      const auto asked = Ask(token, 3, point.division_code(), day_);
      EXPECT_EQ(asked->numerator(), point.numerator()) << "asked for alone";
    }
    return numbers;
  }
};

TEST_F(TownsTest, OutsideTheCommissionChildrenAreRoundedAndFewWithheld) {
  using Numbers = std::map<std::string, std::string>;
  const Numbers exact = {{"500111", "149"},   {"500111001", "33"}, {"500111002", "3"},
                         {"500111003", "12"}, {"500111004", "41"}, {"500111005", "60"}};
  const Numbers told = {{"500111", "149"},   {"500111001", "35"}, {"500111002", ""},
                        {"500111003", "10"}, {"500111004", "40"}, {"500111005", "60"}};
  EXPECT_EQ(Children(Statistician()), exact);
  for (const std::string& token :
       {std::string(), Token(common::v1::ROLE_GOV_OFFICE), Token(common::v1::ROLE_TOWN_OFFICER)}) {
    EXPECT_EQ(Children(token), told) << token;
  }
  // Between the ends of months the last one is told, of other indicators the day.
  Admit(Open(500111005), 1, absl::CivilDay(2024, 3, 2));
  CatchUp();
  const google::type::Date later = ToProto(absl::CivilDay(2024, 3, 20));
  for (const char* division : {"500111", "500111001", "500000"}) {
    const auto asked = Ask("", 3, division, later);
    EXPECT_EQ(FormatDay(*FromProto(asked->as_of())), "2024-02-29") << division;
    EXPECT_EQ(asked->numerator(), Ask("", 3, division, day_)->numerator()) << division;
    EXPECT_EQ(FormatDay(*FromProto(Ask("", 2, division, later)->as_of())), "2024-03-20");
  }
  EXPECT_EQ(Ask(Statistician(), 3, "500111", later)->numerator(), "150");
  // The month that has not ended yet is not told on its last day.
  const auto tree = Tree("", absl::CivilDay(2024, 3, 20), {1, 3});
  ASSERT_OK(tree);
  EXPECT_EQ(FormatDay(*FromProto(tree->trees(0).points(0).as_of())), "2024-03-20");
  EXPECT_EQ(FormatDay(*FromProto(tree->trees(1).points(0).as_of())), "2024-02-29");
  const auto hidden = Ask("", 3, "500111002", day_);
  EXPECT_EQ(hidden->value() + hidden->numerator() + hidden->inputs(0).value(), "");
  const auto shown = Ask("", 3, "500111001", day_);
  EXPECT_EQ(shown->persons_rounded_to(), kSuppressBelow);
  EXPECT_EQ(shown->inputs(0).value(), "35");
  EXPECT_EQ(Ask("", 2, "500111001", day_)->persons_rounded_to(), 0) << "places are on the register";
  EXPECT_EQ(Ask(Statistician(), 3, "500111001", day_)->persons_rounded_to(), 0);
}

// With two towns the whole, once it is released, would tell of the few.
TEST_F(IndicatorTablesTest, AllTownsAreWithheldWhereTheyTellOfFew) {
  const google::type::Date day = ToProto(absl::CivilDay(2024, 2, 29));
  Admit(Open(500111001), 32, kOpening);
  Admit(Open(500111002), 4, kOpening);
  CatchUp();
  for (const char* town : {"500111001", "500111002", "500111003"}) {
    EXPECT_TRUE(Ask("", 3, town, day)->suppressed()) << town;
  }
  EXPECT_EQ(Ask("", 3, "500111", day)->numerator(), "36");
  EXPECT_EQ(Ask(Statistician(), 3, "500111001", day)->numerator(), "32");
  Admit(Open(500111002), 30, kOpening);
  CatchUp();
  EXPECT_EQ(Ask("", 3, "500111001", day)->numerator(), "30");
  EXPECT_EQ(Ask("", 3, "500111002", day)->numerator(), "35");
}

TEST_F(IndicatorTablesTest, BadQuestionsAreRefusedWithAReason) {
  registry_.AppendRandom(20);
  CatchUp();
  const absl::CivilDay day(2024, 3, 31);
  EXPECT_EQ(ReasonOf(Tree("", day, {3, 3}).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Tree("", day, {11}).status()), "INDICATOR_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Tree("", absl::CivilDay(2026, 3, 3)).status()), "AS_OF_IN_FUTURE");
  EXPECT_EQ(ReasonOf(Series("", day, day - 31).status()), "SINCE_AFTER_AS_OF");
  EXPECT_EQ(ReasonOf(Series("", day, absl::CivilDay(2026, 3, 1)).status()), "AS_OF_IN_FUTURE");
  EXPECT_EQ(ReasonOf(Series("", absl::CivilDay(2019, 3, 1), day).status()), "TOO_MANY_MONTHS");
  EXPECT_EQ(ReasonOf(Series("", day, day, "500112001").status()), "UNKNOWN_DIVISION");
  GetIndicatorSeriesRequest request;
  request.mutable_last_month()->set_year(2024);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicatorSeries, "", request).status()), "IMPOSSIBLE_DATE");
  const auto unasked = Call(&Stub::GetIndicatorSeries, "", GetIndicatorSeriesRequest());
  ASSERT_OK(unasked);
  ASSERT_THAT(unasked->series(0).points(), SizeIs(12));
  EXPECT_EQ(FormatDay(*FromProto(unasked->series(0).points(11).as_of())), "2026-02-28");
}

}  // namespace
}  // namespace tuoyu::aggregator
