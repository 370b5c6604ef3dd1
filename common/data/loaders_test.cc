#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/divisions.h"
#include "common/data/holidays.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

const absl::CivilDay kDay(2025, 12, 31);
constexpr absl::string_view kDivisionHead =
    "# source: test\n# version: 1\n# effective_from: 2023-01-01\n# city_code: 500000\n# city_name: "
    "重庆市\n"
    "code,name,type,parent_code,valid_from,valid_to\n";
constexpr absl::string_view kDistrictRow = "500111,大足区,district,500000,,\n";  // line 7
constexpr absl::string_view kHolidayHead =
    "# source: test\n# version: 1\n# effective_from: 2026-01-01\n# coverage_begin: 2026-01-01\n"
    "# coverage_end: 2026-01-31\ndate,kind,name\n";

std::string DivisionFault(absl::string_view rows) {
  return std::string(
      Divisions::Parse(absl::StrCat(kDivisionHead, rows), "d.csv").status().message());
}

std::string HolidayFault(absl::string_view rows) {
  return std::string(ParseHolidays(absl::StrCat(kHolidayHead, rows), "h.csv").status().message());
}

TEST(DivisionsTest, DazuHasSixStreetsAndTwentyOneTowns) {
  const auto divisions = LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv");
  ASSERT_TRUE(divisions.ok()) << divisions.status();
  EXPECT_EQ(divisions->district_code(), "500111");
  EXPECT_EQ(divisions->city_code(), "500000");
  EXPECT_EQ(divisions->city_name(), "重庆市");
  EXPECT_THAT(divisions->OfType(DivisionType::kStreet, "500111", kDay), SizeIs(6));
  EXPECT_THAT(divisions->OfType(DivisionType::kTown, "500111", kDay), SizeIs(21));
  EXPECT_THAT(divisions->OfType(DivisionType::kStreet, "500111001", kDay), SizeIs(1));
  EXPECT_THAT(divisions->OfType(DivisionType::kStreet, "500111100", kDay), IsEmpty());
  EXPECT_THAT(divisions->OfType(DivisionType::kStreet, "500112", kDay), IsEmpty());
  EXPECT_THAT(divisions->Children("500111", kDay), SizeIs(27));
  EXPECT_THAT(divisions->Children("500111001", kDay), IsEmpty());
  EXPECT_EQ(divisions->NameOf("500111001", kDay), "龙岗街道");
  EXPECT_EQ(divisions->NameOf("500111100", kDay), "龙水镇");
  EXPECT_EQ(divisions->NameOf("500111101", kDay), "500111101");
  for (const char* unknown : {"500111101", "500112001", "500111000", ""}) {
    EXPECT_EQ(divisions->Find(unknown, kDay), nullptr) << unknown;
  }
}

TEST(DivisionsTest, TownTurnedStreetChangesOnTheDay) {
  const auto divisions = Divisions::Parse(
      absl::StrCat(kDivisionHead, kDistrictRow, "500111100,龙水镇,town,500111,,2025-07-01\n",
                   "500111100,龙水街道,street,500111,2025-07-01,\n"),
      "d.csv");
  ASSERT_TRUE(divisions.ok()) << divisions.status();
  EXPECT_EQ(divisions->Find("500111100", absl::CivilDay(2025, 6, 30))->type, DivisionType::kTown);
  EXPECT_EQ(divisions->Find("500111100", absl::CivilDay(2025, 7, 1))->type, DivisionType::kStreet);
  EXPECT_THAT(divisions->OfType(DivisionType::kStreet, "500111", absl::CivilDay(2025, 6, 30)),
              IsEmpty());
  EXPECT_THAT(divisions->OfType(DivisionType::kStreet, "500111", absl::CivilDay(2025, 7, 1)),
              SizeIs(1));
}

TEST(DivisionsTest, EachFaultNamesItsLine) {
  const std::string town = "500111100,龙水镇,town,500111,,\n";
  EXPECT_THAT(DivisionFault(town), HasSubstr("缺少区县一行"));
  EXPECT_THAT(DivisionFault(absl::StrCat(kDistrictRow, "500112,渝北区,district,500000,,\n")),
              StartsWith("d.csv:8: 只能有一个区县"));
  EXPECT_THAT(DivisionFault(absl::StrCat(kDistrictRow, town, town)),
              StartsWith("d.csv:9: 代码重复"));
  EXPECT_THAT(DivisionFault(absl::StrCat(town, kDistrictRow)), StartsWith("d.csv:8: 未按代码排列"));
  EXPECT_THAT(DivisionFault(absl::StrCat(kDistrictRow, "500111100,龙水镇,town,500112,,\n")),
              StartsWith("d.csv:8: 上级代码不存在"));
  EXPECT_THAT(DivisionFault(absl::StrCat(kDistrictRow, "500112100,龙水镇,town,500111,,\n")),
              StartsWith("d.csv:8: 上级代码不存在或与代码不符"));
  for (const char* row :
       {"500111100,龙水镇,village,500111,,\n", "500111,龙水镇,town,500111,,\n",
        "500111000,龙水镇,town,500111,,\n", "50011110A,龙水镇,town,500111,,\n",
        "500111100,,town,500111,,\n", "500111100,龙水镇,town,500111,2023-02-29,\n",
        "500111100,龙水镇,town,500111,,2023/01/01\n",
        "500111100,龙水镇,town,500111,2024-01-01,2024-01-01\n"}) {
    EXPECT_THAT(DivisionFault(absl::StrCat(kDistrictRow, row)), StartsWith("d.csv:8: ")) << row;
  }
}

TEST(DivisionsTest, OverlappingPeriodsAreRefused) {
  EXPECT_THAT(DivisionFault(absl::StrCat(kDistrictRow, "500111100,龙水镇,town,500111,,2025-07-02\n",
                                         "500111100,龙水街道,street,500111,2025-07-01,\n")),
              StartsWith("d.csv:9: 代码重复"));
}

TEST(DivisionsTest, AllFaultyRowsAreNamed) {
  const std::string fault = DivisionFault(
      absl::StrCat(kDistrictRow, "1,a,town,500111,,\n", "500111100,,town,500111,,\n"));
  EXPECT_THAT(fault, HasSubstr("d.csv:8: "));
  EXPECT_THAT(fault, HasSubstr("\nd.csv:9: "));
}

TEST(DivisionsTest, CityIsRequired) {
  const std::string text =
      absl::StrReplaceAll(absl::StrCat(kDivisionHead, kDistrictRow), {{"city_name", "city_other"}});
  EXPECT_THAT(std::string(Divisions::Parse(text, "d.csv").status().message()),
              HasSubstr("city_name"));
}

TEST(DivisionsTest, MissingFileIsNotFound) {
  EXPECT_EQ(LoadDivisions(TUOYU_DATA_DIR "/none.csv").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadFile(TUOYU_DATA_DIR).status().code(), absl::StatusCode::kNotFound);
}

TEST(HolidaysTest, RowsDepartFromTheWeek) {
  const auto days = ParseHolidays(
      absl::StrCat(kHolidayHead,
                   "2026-01-01,off,元旦\n2026-01-02,off,元旦\n2026-01-04,work,元旦\n"),
      "h.csv");
  ASSERT_TRUE(days.ok()) << days.status();
  EXPECT_EQ(days->coverage_end(), absl::CivilDay(2026, 1, 31));
  EXPECT_FALSE(*days->IsWorkingDay(absl::CivilDay(2026, 1, 1)));
  EXPECT_FALSE(*days->IsWorkingDay(absl::CivilDay(2026, 1, 3)));
  EXPECT_TRUE(*days->IsWorkingDay(absl::CivilDay(2026, 1, 4)));
  EXPECT_TRUE(*days->IsWorkingDay(absl::CivilDay(2026, 1, 5)));
}

TEST(HolidaysTest, EachFaultNamesItsLine) {
  EXPECT_EQ(HolidayFault("2026-01-01,off,元旦\n"), "");
  for (const char* row : {"2026-01-32,off,元旦\n", "2026-01-01,rest,元旦\n", "2026-01-01,off,\n",
                          "2026-02-01,off,元旦\n", "2025-12-31,off,元旦\n",
                          "2026-01-05,work,元旦\n", ",off,元旦\n"}) {
    EXPECT_THAT(HolidayFault(row), StartsWith("h.csv:7: ")) << row;
  }
  EXPECT_THAT(HolidayFault("2026-01-02,off,元旦\n2026-01-01,off,元旦\n"),
              StartsWith("h.csv:8: 日期重复或未按先后"));
  EXPECT_THAT(HolidayFault("2026-01-02,off,元旦\n2026-01-02,off,元旦\n"),
              StartsWith("h.csv:8: 日期重复或未按先后"));
}

TEST(HolidaysTest, CoverageMustBeStated) {
  for (const auto& [good, bad] : std::vector<std::pair<std::string, std::string>>{
           {"coverage_end", "coverage_other"},
           {"coverage_begin: 2026-01-01", "coverage_begin: soon"},
           {"coverage_end: 2026-01-31", "coverage_end: 2025-01-31"}}) {
    const std::string text = absl::StrReplaceAll(kHolidayHead, {{good, bad}});
    EXPECT_EQ(ParseHolidays(text, "h.csv").status().code(), absl::StatusCode::kInvalidArgument)
        << bad;
  }
}

}  // namespace
}  // namespace tuoyu::data
