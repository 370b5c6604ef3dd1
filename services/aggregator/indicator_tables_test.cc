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
#include "services/aggregator/publication.h"
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

// Months in which towns gain few and many children, with one that has 3.
class TownsTest : public IndicatorTablesTest {
 protected:
  static constexpr int kMonths = 8;

  void SetUp() override {
    IndicatorTablesTest::SetUp();
    const std::string growing = Open(500111001);
    const std::string few = Open(500111002);
    const std::string small = Open(500111003);
    const std::string steady = Open(500111100);
    const std::string large = Open(500111102);
    Admit(growing, 30, kOpening);
    Admit(few, 3, kOpening);
    Admit(small, 12, kOpening);
    Admit(steady, 40, kOpening);
    Admit(large, 60, kOpening);
    for (int month = 1; month <= kMonths; ++month) {
      const absl::CivilDay day(2024, month, 10);
      Admit(growing, month % 3 == 0 ? 7 : 1, day);
      Admit(small, month == 4 ? 8 : 6, day);
      if (month == 6) Admit(large, 9, day);
    }
    CatchUp();
  }
  static absl::CivilDay End(int month) { return EndOfMonth(absl::CivilDay(2024, month, 1)); }

  // The numbers of children by division, the district's first; none where it is withheld.
  using Numbers = std::map<std::string, std::optional<int64_t>>;
  Numbers Children(const std::string& token, absl::CivilDay day) const {
    Numbers numbers;
    const auto tree = Tree(token, day, {3});
    EXPECT_OK(tree);
    if (!tree.ok()) return numbers;
    for (const IndicatorPoint& point : tree->trees(0).points()) {
      auto& number = numbers[point.division_code()];
      if (!point.suppressed()) number = std::stoll(point.numerator());
    }
    return numbers;
  }
  static bool IsFew(int64_t number) { return number != 0 && std::abs(number) < kSuppressBelow; }
  static std::set<std::string> HiddenIn(const Numbers& numbers) {
    std::set<std::string> hidden;
    for (const auto& [code, number] : numbers) {
      if (!number) hidden.insert(code);
    }
    return hidden;
  }
  // The district less what is told of all others.
  static int64_t Together(const Numbers& numbers, const std::set<std::string>& parts) {
    int64_t sum = *numbers.at("500111");
    for (const auto& [code, number] : numbers) {
      if (code != "500111" && !parts.contains(code)) sum -= *number;
    }
    return sum;
  }
  // How many numbers of few children can be told of two months.
  static int Find(const Numbers& earlier, const Numbers& later) {
    int found = 0;
    for (const auto& [code, number] : later) {
      if (code == "500111" || !number) continue;
      found += IsFew(*number) ? 1 : 0;
      const auto& before = earlier.at(code);
      found += before && IsFew(*number - *before) ? 1 : 0;
    }
    std::set<std::string> hidden = HiddenIn(later);
    if (hidden.size() == 1) ++found;
    if (!hidden.empty() && IsFew(Together(later, hidden))) ++found;
    hidden.merge(HiddenIn(earlier));
    if (!hidden.empty() && IsFew(Together(later, hidden) - Together(earlier, hidden))) ++found;
    return found;
  }
};

TEST_F(TownsTest, FewChildrenOfATownCantBeToldFromAnything) {
  std::vector<Numbers> told;
  std::vector<Numbers> only_few_withheld;
  for (int month = 1; month <= kMonths; ++month) {
    told.push_back(Children("", End(month)));
    Numbers numbers = Children(Statistician(), End(month));
    EXPECT_THAT(HiddenIn(numbers), IsEmpty());
    for (auto& [code, number] : numbers) {
      if (code != "500111" && IsFew(*number)) number.reset();
    }
    only_few_withheld.push_back(std::move(numbers));
  }
  int found = 0;
  for (int later = 0; later < kMonths; ++later) {
    EXPECT_FALSE(told[later].at("500111002")) << "3 children";
    EXPECT_TRUE(told[later].at("500111")) << "the district is always told";
    EXPECT_TRUE(told[later].at("500111102")) << "not all is withheld";
    for (int earlier = 0; earlier < later; ++earlier) {
      EXPECT_EQ(Find(told[earlier], told[later]), 0) << earlier << " " << later;
      found += Find(only_few_withheld[earlier], only_few_withheld[later]);
    }
  }
  EXPECT_GT(found, 20) << "with only the few withheld, they can be told";
}

TEST_F(TownsTest, NoOtherQuestionTellsMore) {
  const auto told = [&](const std::string& division, const google::type::Date& day, int number) {
    const auto indicator = Ask("", number, division, day);
    EXPECT_OK(indicator);
    return indicator.ok() && !indicator->suppressed();
  };
  for (int month = 1; month <= kMonths; ++month) {
    for (const auto& [code, number] : Children("", End(month))) {
      EXPECT_EQ(told(code, ToProto(End(month)), 3), number.has_value()) << code << month;
    }
  }
  // Between the ends of months, and before they are published.
  EXPECT_FALSE(told("500111102", ToProto(End(2) - 1), 3));
  EXPECT_FALSE(told("500111102", ToProto(absl::CivilDay(2022, 11, 30)), 3));
  EXPECT_TRUE(told("500111", ToProto(End(2) - 1), 3));
  EXPECT_TRUE(told("500111102", ToProto(End(2) - 1), 2)) << "places are on the register";
  EXPECT_TRUE(told("500000", ToProto(End(2)), 3));
  const auto hidden = Ask("", 3, "500111002", ToProto(End(2)));
  EXPECT_THAT(hidden->value() + hidden->numerator() + hidden->inputs(0).value(), IsEmpty());
  EXPECT_THAT(hidden->variants(0).value(), IsEmpty());
  const auto known = Ask(Statistician(), 3, "500111002", ToProto(End(2) - 1));
  EXPECT_EQ(known->numerator(), "3");
  // A month asked for by itself is decided as in a row of months.
  const auto alone = Series("", End(5), End(5), "500111001", {3});
  const auto row = Series("", End(1), End(8), "500111001", {3});
  EXPECT_EQ(alone->series(0).points(0).SerializeAsString(),
            row->series(0).points(4).SerializeAsString());
}

TEST_F(TownsTest, WhatBecomesKnownIsDecidedAnew) {
  ASSERT_FALSE(Ask("", 3, "500111002", ToProto(End(2)))->value().size());
  Admit(Open(500111002), 30, kOpening);
  CatchUp();
  EXPECT_EQ(Ask("", 3, "500111002", ToProto(End(2)))->numerator(), "33");
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
