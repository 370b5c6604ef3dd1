#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/months.h"
#include "common/base/page_token.h"
#include "common/base/quarter.h"
#include "common/base/random.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "google/type/date.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu {
namespace {

using ::testing::IsEmpty;

class FixedClock final : public Clock {
 public:
  explicit FixedClock(absl::Time now) : now_(now) {}
  absl::Time Now() const override { return now_; }

 private:
  absl::Time now_;
};

google::type::Date Date(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

absl::StatusOr<int> AgeOf(absl::string_view birth, absl::string_view on) {
  ASSIGN_OR_RETURN(const absl::CivilDay born, ParseDay(birth));
  ASSIGN_OR_RETURN(const absl::CivilDay day, ParseDay(on));
  return AgeInMonths(born, day);
}

absl::Status CheckDay(absl::string_view text) {
  RETURN_IF_ERROR(ParseDay(text).status());
  return absl::OkStatus();
}

TEST(StatusMacrosTest, ReturnTheErrorOrGoOn) {
  EXPECT_EQ(*AgeOf("2024-01-13", "2024-02-13"), 1);
  EXPECT_EQ(AgeOf("2024-01-32", "2024-02-13").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(AgeOf("2024-01-13", "x").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(CheckDay("2024-02-29").ok());
  EXPECT_FALSE(CheckDay("2023-02-29").ok());
}

TEST(RandomTest, NothingIsGivenTwice) {
  std::set<std::string> given;
  constexpr int kTimes = 1000;
  constexpr int kThreads = 4;
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kTimes; ++i) {
        std::string bytes(12, '\0');
        FillUnique(bytes.data(), bytes.size());
        const std::lock_guard<std::mutex> lock(mutex);
        given.insert(bytes);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(given.size(), kTimes * kThreads);
}

TEST(ClockTest, TodayIsTheDayInShanghai) {
  // 16:00 UTC is midnight in Shanghai.
  const absl::Time midnight =
      absl::FromCivil(absl::CivilHour(2026, 2, 12, 16), absl::UTCTimeZone());
  EXPECT_EQ(Today(FixedClock(midnight)), absl::CivilDay(2026, 2, 13));
  EXPECT_EQ(Today(FixedClock(midnight - absl::Microseconds(1))), absl::CivilDay(2026, 2, 12));
  EXPECT_EQ(StartOf(absl::CivilDay(2026, 2, 13)), midnight);
}

TEST(ClockTest, SystemClockReadsWholeMicroseconds) {
  const absl::Time now = SystemClock().Now();
  EXPECT_EQ(now, absl::FromUnixMicros(absl::ToUnixMicros(now)));
  EXPECT_GT(now, absl::FromCivil(absl::CivilDay(2024, 1, 1), Shanghai()));
}

TEST(CivilTest, OnlyWholeRealDatesAreRead) {
  EXPECT_EQ(*FromProto(Date(2024, 2, 29)), absl::CivilDay(2024, 2, 29));
  for (const auto& date :
       {Date(0, 0, 0), Date(2024, 0, 0), Date(2024, 2, 0), Date(0, 2, 1), Date(2023, 2, 29),
        Date(2024, 2, 30), Date(2024, 13, 1), Date(2024, 4, 31), Date(-1, 1, 1), Date(10000, 1, 1),
        Date(2024, -1, 1), Date(2024, 1, -1)}) {
    EXPECT_EQ(FromProto(date).status().code(), absl::StatusCode::kInvalidArgument)
        << date.ShortDebugString();
  }
}

TEST(CivilTest, DateProtoRoundTrips) {
  for (absl::CivilDay day(2023, 12, 25); day < absl::CivilDay(2024, 3, 5); ++day) {
    EXPECT_EQ(*FromProto(ToProto(day)), day);
    EXPECT_EQ(*ParseDay(FormatDay(day)), day);
  }
  EXPECT_EQ(FormatDay(absl::CivilDay(987, 6, 5)), "0987-06-05");
}

TEST(CivilTest, TextOfADayIsStrict) {
  EXPECT_EQ(*ParseDay("2026-02-12"), absl::CivilDay(2026, 2, 12));
  for (const char* text :
       {"", "2026-2-12", "2026-02-12 ", " 2026-02-12", "2026/02/12", "20260212", "2026-02-30",
        "2026-00-10", "2026-01-00", "0000-01-01", "+026-02-12", "２０２６-02-12"}) {
    EXPECT_EQ(ParseDay(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(CivilTest, TimestampRoundTripsAlsoBefore1970) {
  for (const absl::Time time : {absl::UnixEpoch(), absl::FromUnixMicros(1710518400123456),
                                absl::UnixEpoch() - absl::Nanoseconds(1)}) {
    const google::protobuf::Timestamp timestamp = ToProto(time);
    EXPECT_GE(timestamp.nanos(), 0);
    EXPECT_EQ(*FromProto(timestamp), time);
  }
}

TEST(CivilTest, TimestampOutOfRangeIsRefused) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_nanos(-1);
  EXPECT_FALSE(FromProto(timestamp).ok());
  timestamp.set_nanos(1000000000);
  EXPECT_FALSE(FromProto(timestamp).ok());
  timestamp.set_nanos(0);
  timestamp.set_seconds(253402300800);
  EXPECT_FALSE(FromProto(timestamp).ok());
}

TEST(CivilTest, MonthsEndOnTheirLastDay) {
  using Day = absl::CivilDay;
  EXPECT_EQ(EndOfMonth(Day(2024, 2, 1)), Day(2024, 2, 29));
  EXPECT_EQ(EndOfMonth(Day(2023, 2, 28)), Day(2023, 2, 28));
  EXPECT_EQ(EndOfMonth(absl::CivilMonth(2024, 12)), Day(2024, 12, 31));
  EXPECT_EQ(AddMonths(Day(2024, 1, 30), 1), Day(2024, 2, 29)) << "the month is too short";
  EXPECT_EQ(AddMonths(Day(2024, 2, 29), 12), Day(2025, 2, 28));
  EXPECT_EQ(AddMonths(Day(2024, 1, 31), -2), Day(2023, 11, 30));
  EXPECT_EQ(AddMonths(Day(2024, 11, 15), 2), Day(2025, 1, 15));
}

TEST(CivilTest, QuartersAreWholeMonths) {
  EXPECT_EQ(QuarterBegin(2026, 1), absl::CivilDay(2026, 1, 1));
  EXPECT_EQ(QuarterEnd(2026, 1), absl::CivilDay(2026, 4, 1));
  EXPECT_EQ(QuarterBegin(2026, 4), absl::CivilDay(2026, 10, 1));
  EXPECT_EQ(QuarterEnd(2026, 4), absl::CivilDay(2027, 1, 1));
  EXPECT_EQ(QuarterOf(absl::CivilDay(2026, 3, 31)), 1);
  EXPECT_EQ(QuarterOf(absl::CivilDay(2026, 4, 1)), 2);
  EXPECT_EQ(QuarterOf(absl::CivilDay(2026, 12, 31)), 4);
}

TEST(CivilTest, AgeInMonthsIsByTheCalendar) {
  struct Case {
    const char* birth;
    const char* on;
    int months;
  };
  for (const Case& c : std::vector<Case>{{"2024-01-31", "2024-01-31", 0},
                                         {"2024-01-31", "2024-02-28", 0},
                                         {"2024-01-31", "2024-02-29", 1},
                                         {"2023-01-31", "2023-02-28", 1},
                                         {"2024-01-31", "2024-03-30", 1},
                                         {"2024-01-31", "2024-03-31", 2},
                                         {"2024-01-13", "2024-07-12", 5},
                                         {"2024-01-13", "2024-07-13", 6},
                                         {"2024-02-29", "2025-02-28", 12},
                                         {"2024-02-29", "2025-02-27", 11},
                                         {"2023-02-28", "2024-02-28", 12},
                                         {"2021-06-15", "2024-06-14", 35},
                                         {"2021-06-15", "2024-06-15", 36},
                                         {"2024-03-10", "2024-03-09", -1}}) {
    EXPECT_EQ(*AgeOf(c.birth, c.on), c.months) << c.birth << " on " << c.on;
  }
}

TEST(UuidTest, VersionSevenInCanonicalForm) {
  const absl::Time now = absl::FromUnixMillis(0x018e4c5b7a21);
  const std::string id = NewUuidV7(now);
  EXPECT_TRUE(IsUuid(id)) << id;
  EXPECT_EQ(id.substr(0, 13), "018e4c5b-7a21");
  EXPECT_EQ(id[14], '7');
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
}

TEST(UuidTest, IdsDifferAndSortByTime) {
  const absl::Time now = absl::FromUnixMillis(1710518400000);
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.insert(NewUuidV7(now));
  }
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_LT(*ids.rbegin(), NewUuidV7(now + absl::Milliseconds(1)));
}

TEST(UuidTest, OtherFormsAreNotUuids) {
  for (const char* text :
       {"", "018e4c5b-7a21-7000-8000-00000000000", "018E4C5B-7A21-7000-8000-000000000000",
        "{18e4c5b-7a21-7000-8000-00000000000}", "018e4c5b07a21-7000-8000-000000000000",
        "018e4c5b-7a21-7000-8000-00000000000g"}) {
    EXPECT_FALSE(IsUuid(text)) << text;
  }
}

TEST(PageTokenTest, GivesTheKeyBack) {
  const std::vector<std::string> key = {"2026-02-12", std::string("\0\xff", 2), ""};
  EXPECT_EQ(*ReadPageToken(MakePageToken(key, "filter"), "filter"), key);
  EXPECT_THAT(*ReadPageToken(MakePageToken({}, "filter"), "filter"), IsEmpty());
}

TEST(PageTokenTest, ForeignFilterIsRefused) {
  const std::string token = MakePageToken({"a", "b"}, "filter");
  EXPECT_EQ(ReadPageToken(token, "other").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(PageTokenTest, EveryAlterationIsRefused) {
  const std::string token = MakePageToken({"018e4c5b-7a21-7000-8000-000000000000"}, "filter");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string altered = token;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ReadPageToken(altered, "filter").status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReadPageToken(token.substr(0, i), "filter").status().code(),
              absl::StatusCode::kInvalidArgument);
  }
  for (const std::string& altered : {token + "A", token + "=", " " + token, token + "\n",
                                     std::string(5000, 'A'), std::string("不是令牌")}) {
    EXPECT_EQ(ReadPageToken(altered, "filter").status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(PageTokenTest, FilterDigestTellsFiltersApart) {
  EXPECT_EQ(FilterDigest(Date(2024, 1, 1)), FilterDigest(Date(2024, 1, 1)));
  EXPECT_NE(FilterDigest(Date(2024, 1, 1)), FilterDigest(Date(2024, 1, 2)));
  EXPECT_NE(FilterDigest(google::type::Date()), FilterDigest(google::protobuf::Timestamp()));
  EXPECT_EQ(FilterDigest(Date(2024, 1, 1)).size(), 32u);
}

TEST(PageTokenTest, FilterDigestLeavesThePageItselfOut) {
  filing::v1::ListFilingsRequest first;
  filing::v1::ListFilingsRequest next;
  next.set_page_size(10);
  next.set_page_token("token");
  EXPECT_EQ(FilterDigest(first), FilterDigest(next));
  next.set_division_prefix("500111");
  EXPECT_NE(FilterDigest(first), FilterDigest(next));
}

TEST(PageSizeTest, DefaultsAndBounds) {
  EXPECT_EQ(*PageSize(0), 50);
  EXPECT_EQ(*PageSize(1), 1);
  EXPECT_EQ(*PageSize(1000), 1000);
  EXPECT_EQ(*PageSize(1001), 1000);
  EXPECT_EQ(PageSize(-1).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace tuoyu
