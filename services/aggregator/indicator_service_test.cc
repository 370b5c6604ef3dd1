#include "services/aggregator/indicator_service.h"

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/rpc/access_matrix.h"
#include "services/aggregator/aggregator_fixture.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::FACILITY_TYPE_KINDERGARTEN;
using filing::v1::FACILITY_TYPE_ORDINARY;
using indicator::v1::GetIndicatorRequest;
using indicator::v1::Indicator;
using indicator::v1::ListIndicatorMembersRequest;
using indicator::v1::ListIndicatorMembersResponse;
using indicator::v1::ListIndicatorsRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::tuoyu::testing::StatusIs;

constexpr absl::CivilDay kYearEnd(2025, 12, 31);
constexpr int64_t kLonggang = 500111001;  // a street
constexpr int64_t kLongshui = 500111100;  // a town

class IndicatorServiceTest : public AggregatorFixture {
 protected:
  absl::StatusOr<ListIndicatorMembersResponse> Members(int number, int page_size,
                                                       const std::string& page_token = "",
                                                       const std::string& division = "") const {
    ListIndicatorMembersRequest request;
    request.set_number(number);
    request.set_division_code(division);
    *request.mutable_as_of() = ToProto(kYearEnd);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Call(&Stub::ListIndicatorMembers, Statistician(), request);
  }
};

TEST_F(IndicatorServiceTest, OnlyTheRolesOfTheTableGetIn) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<indicator::v1::IndicatorService>(),
                                      rpc::DescriptorOf<common::v1::JournalService>()}),
              IsEmpty());
}

TEST_F(IndicatorServiceTest, RegistryAndStatisticMakeTheValue) {
  registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 3000, kLonggang);
  registry_.Register(absl::CivilDay(2025, 12, 31), FACILITY_TYPE_KINDERGARTEN, 735, kLongshui);
  CatchUp();
  ASSERT_OK(Report(Population("820000", absl::CivilDay(2024, 12, 31))));
  ASSERT_OK(Report(Population("830000", kYearEnd)));

  const auto indicator = Get(1, kYearEnd);
  ASSERT_OK(indicator);
  EXPECT_EQ(indicator->numerator(), "3735");
  EXPECT_EQ(indicator->denominator(), "830000");
  EXPECT_EQ(indicator->value(), "4.50");
  EXPECT_EQ(indicator->attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(indicator->division_name(), "大足区");
  EXPECT_EQ(indicator->formula_version(), "1");
  ASSERT_THAT(indicator->positions(), SizeIs(2));
  EXPECT_EQ(indicator->positions(0).source(), "filing");
  EXPECT_EQ(indicator->positions(0).sequence(), 2);
  EXPECT_EQ(indicator->positions(1).source(), "aggregator");
  EXPECT_EQ(indicator->positions(1).sequence(), 2);

  // The day before the kindergarten's first day, with the population of the year before.
  const auto before = Get(1, absl::CivilDay(2025, 12, 30));
  ASSERT_OK(before);
  EXPECT_EQ(before->numerator(), "3000");
  EXPECT_EQ(before->denominator(), "820000");
}

TEST_F(IndicatorServiceTest, TownsAddUpToTheDistrictAndTheCity) {
  registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, kLonggang);
  const std::string recognised =
      registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 40, kLongshui);
  registry_.Recognise(recognised, absl::CivilDay(2024, 1, 1), 30);
  CatchUp();
  EXPECT_EQ(Get(2, kYearEnd, "500111001")->denominator(), "60");
  EXPECT_EQ(Get(2, kYearEnd, "500111100")->numerator(), "30");
  EXPECT_EQ(Get(2, kYearEnd, "500111")->value(), "30.0");
  EXPECT_EQ(Get(2, kYearEnd, "500000")->value(), "30.0");
  EXPECT_EQ(Get(2, kYearEnd, "500000")->division_name(), "重庆市");
  EXPECT_EQ(Get(2, kYearEnd, "500111102")->not_computable_reason(), "DENOMINATOR_ZERO");
  EXPECT_EQ(ReasonOf(Get(2, kYearEnd, "500112").status()), "UNKNOWN_DIVISION");
}

TEST_F(IndicatorServiceTest, StreetsWithAnInclusiveFacilityCountAndTownsDoNot) {
  for (int64_t street = kLonggang; street < kLonggang + 5; ++street) {
    registry_.Recognise(
        registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, street),
        absl::CivilDay(2024, 1, 1), 0);
  }
  registry_.Recognise(
      registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, kLongshui),
      absl::CivilDay(2024, 1, 1), 0);
  CatchUp();
  auto indicator = Get(4, kYearEnd);
  ASSERT_OK(indicator);
  EXPECT_EQ(indicator->numerator(), "5");
  EXPECT_EQ(indicator->denominator(), "6");
  EXPECT_EQ(indicator->value(), "83.3");
  EXPECT_EQ(indicator->attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);

  const std::string sixth =
      registry_.Register(absl::CivilDay(2025, 6, 1), FACILITY_TYPE_ORDINARY, 60, kLonggang + 5);
  registry_.Recognise(sixth, absl::CivilDay(2025, 7, 1), 0);
  CatchUp();
  EXPECT_EQ(Get(4, kYearEnd)->attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(Get(4, absl::CivilDay(2025, 6, 30))->value(), "83.3");
  registry_.Cancel(sixth, absl::CivilDay(2025, 12, 31));
  CatchUp();
  EXPECT_EQ(Get(4, kYearEnd)->value(), "83.3");
  EXPECT_EQ(Get(4, absl::CivilDay(2025, 12, 30))->value(), "100.0");
  EXPECT_EQ(Get(4, kYearEnd, "500111001")->value(), "100.0");
  EXPECT_EQ(Get(4, kYearEnd, "500111100")->not_computable_reason(), "DENOMINATOR_ZERO");
}

TEST_F(IndicatorServiceTest, ListHoldsAllTenWithAReasonWhereThereIsNoValue) {
  registry_.Register(absl::CivilDay(2022, 3, 1), FACILITY_TYPE_KINDERGARTEN, 20, kLonggang);
  CatchUp();
  ASSERT_OK(Report(Kindergartens("5", absl::CivilDay(2022, 9, 1))));
  ListIndicatorsRequest request;
  *request.mutable_as_of() = ToProto(absl::CivilDay(2022, 12, 31));
  const auto list = Call(&Stub::ListIndicators, "", request);
  ASSERT_OK(list);
  ASSERT_THAT(list->indicators(), SizeIs(10));
  std::map<int, std::string> reasons;
  for (const Indicator& indicator : list->indicators()) {
    const int number = indicator.definition().number();
    EXPECT_EQ(number, static_cast<int>(reasons.size()) + 1);
    reasons[number] = indicator.not_computable_reason();
    EXPECT_EQ(indicator.value().empty(), !indicator.not_computable_reason().empty()) << number;
    EXPECT_EQ(indicator.reason_zh().empty(), indicator.not_computable_reason().empty()) << number;
  }
  EXPECT_EQ(reasons[1], "DENOMINATOR_MISSING");
  EXPECT_EQ(reasons[2], "");
  EXPECT_EQ(reasons[3], "NUMERATOR_MISSING");
  EXPECT_EQ(reasons[4], "");
  EXPECT_EQ(reasons[5], "");
  EXPECT_EQ(reasons[6], "NUMERATOR_MISSING");
  EXPECT_EQ(reasons[7], "NUMERATOR_MISSING");
  EXPECT_EQ(reasons[8], "NUMERATOR_MISSING");
  EXPECT_EQ(reasons[9], "DENOMINATOR_ZERO");
  EXPECT_EQ(reasons[10], "");
  EXPECT_EQ(list->indicators(4).value(), "20.0");
  EXPECT_EQ(list->indicators(4).definition().baseline(), "20");
}

TEST_F(IndicatorServiceTest, NothingIsComputedBeforeTheFirstRecord) {
  registry_.Register(absl::CivilDay(2022, 3, 1), FACILITY_TYPE_ORDINARY, 20, kLonggang);
  CatchUp();
  EXPECT_EQ(Get(2, absl::CivilDay(2022, 2, 28))->not_computable_reason(), "BEFORE_FIRST_RECORD");
  EXPECT_EQ(Get(2, absl::CivilDay(2022, 3, 1))->value(), "0.0");
  // A town without facilities is 0 once the registry has records at all.
  EXPECT_EQ(Get(2, absl::CivilDay(2022, 3, 1), "500111100")->not_computable_reason(),
            "DENOMINATOR_ZERO");
}

TEST_F(IndicatorServiceTest, BadQuestionsGetTheirDocumentedErrors) {
  GetIndicatorRequest request;
  request.set_number(11);
  EXPECT_THAT(Call(&Stub::GetIndicator, "", request), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(ReasonOf(Get(1, absl::CivilDay(2026, 3, 3)).status()), "AS_OF_IN_FUTURE");
  EXPECT_OK(Get(1, absl::CivilDay(2026, 3, 2)));
  request.set_number(1);
  request.mutable_as_of()->set_year(2025);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicator, "", request).status()), "IMPOSSIBLE_DATE");
  request.clear_as_of();
  EXPECT_OK(Call(&Stub::GetIndicator, "", request));
  request.set_known_at_filing_sequence(-1);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicator, "", request).status()), "FIELD_INVALID");
  request.set_known_at_filing_sequence(99);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicator, Statistician(), request).status()),
            "POSITION_NOT_REACHED");
  request.set_known_at_filing_sequence(0);
  request.set_known_at_indicator_sequence(99);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicator, Statistician(), request).status()),
            "POSITION_NOT_REACHED");
}

TEST_F(IndicatorServiceTest, ValueAsKnownEarlierIsThatOfBothJournalsThen) {
  registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 100, kLonggang);
  const std::string late =
      registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 50, kLonggang);
  registry_.Cancel(late, absl::CivilDay(2024, 1, 1));
  CatchUp();
  ASSERT_OK(Report(Population("100000", kYearEnd)));
  auto corrected = Population("200000", kYearEnd);
  corrected.set_revision_reason("人口普查修订");
  ASSERT_OK(Report(corrected));

  GetIndicatorRequest request;
  request.set_number(1);
  *request.mutable_as_of() = ToProto(kYearEnd);
  const auto ask = [&](int64_t filing, int64_t statistics) {
    request.set_known_at_filing_sequence(filing);
    request.set_known_at_indicator_sequence(statistics);
    return Call(&Stub::GetIndicator, Statistician(), request);
  };
  EXPECT_EQ(ask(0, 0)->numerator(), "100");
  EXPECT_EQ(ask(0, 0)->denominator(), "200000");
  EXPECT_EQ(ask(2, 0)->numerator(), "150");
  EXPECT_EQ(ask(2, 1)->denominator(), "100000");
  EXPECT_EQ(ask(2, 1)->value(), "1.50");
  EXPECT_EQ(ask(1, 1)->value(), "1.00");
  EXPECT_EQ(ask(1, 1)->positions(0).sequence(), 1);
  EXPECT_EQ(ask(1, 1)->positions(1).sequence(), 1);
  EXPECT_EQ(ask(3, 2)->value(), "0.50");

  request.set_known_at_filing_sequence(1);
  EXPECT_EQ(ReasonOf(Call(&Stub::GetIndicator, "", request).status()), "ROLE_NOT_ALLOWED");
  EXPECT_OK(Call(&Stub::GetIndicator, Token(common::v1::ROLE_AUDITOR), request));
}

TEST_F(IndicatorServiceTest, MembersAddUpToTheNumeratorOnPagesOfAnySize) {
  registry_.AppendRandom(500);
  CatchUp();
  for (const int number : {1, 2, 5, 10}) {
    for (const std::string& division : {std::string(), std::string("500111003")}) {
      const auto indicator = Get(number, kYearEnd, division);
      ASSERT_OK(indicator);
      for (const int page_size : {1000, 7}) {
        int64_t sum = 0;
        std::set<std::pair<std::string, std::string>> seen;
        std::string page_token;
        do {
          const auto page = Members(number, page_size, page_token, division);
          ASSERT_OK(page);
          EXPECT_LE(page->members_size(), page_size);
          EXPECT_EQ(std::to_string(page->total_amount()), indicator->numerator());
          for (const auto& member : page->members()) {
            sum += member.amount();
            EXPECT_TRUE(seen.emplace(member.measure(), member.member()).second);
            EXPECT_TRUE(division.empty() || member.division_code() == division);
          }
          page_token = page->next_page_token();
          if (page_token.empty()) {
            EXPECT_EQ(static_cast<size_t>(page->total_members()), seen.size());
          }
        } while (!page_token.empty());
        EXPECT_EQ(std::to_string(sum), indicator->numerator()) << number << " " << division;
        EXPECT_FALSE(division.empty() && seen.empty());
      }
    }
  }
}

TEST_F(IndicatorServiceTest, MembersOfTheStreetIndicatorAreStreets) {
  registry_.Recognise(
      registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, kLonggang),
      absl::CivilDay(2024, 1, 1), 0);
  registry_.Recognise(
      registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, kLonggang + 3),
      absl::CivilDay(2024, 1, 1), 0);
  CatchUp();
  const auto first = Members(4, 1);
  ASSERT_OK(first);
  EXPECT_EQ(first->total_amount(), 2);
  ASSERT_THAT(first->members(), SizeIs(1));
  EXPECT_EQ(first->members(0).member(), "divisions/500111001");
  const auto second = Members(4, 1, first->next_page_token());
  ASSERT_OK(second);
  ASSERT_THAT(second->members(), SizeIs(1));
  EXPECT_EQ(second->members(0).member(), "divisions/500111004");
  EXPECT_THAT(second->next_page_token(), IsEmpty());
}

TEST_F(IndicatorServiceTest, AStreetLeadsToTheFacilitiesItCountsThrough) {
  for (int i = 0; i < 3; ++i) {
    registry_.Recognise(
        registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, kLonggang),
        absl::CivilDay(2024, 1, 1), 0);
  }
  registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 60, kLonggang);
  CatchUp();
  const auto streets = Members(4, 50);
  ASSERT_OK(streets);
  ASSERT_THAT(streets->members(), SizeIs(1));
  EXPECT_EQ(streets->members(0).facilities(), 3);
  EXPECT_EQ(streets->total_members(), 1);

  int64_t sum = 0;
  std::set<std::string> facilities;
  std::string page_token;
  do {
    const auto page = Members(4, 2, page_token, "500111001");
    ASSERT_OK(page);
    EXPECT_EQ(page->total_amount(), 1) << "the street counts once";
    EXPECT_EQ(page->total_members(), 3);
    for (const auto& member : page->members()) {
      EXPECT_THAT(member.member(), HasSubstr("facilities/"));
      facilities.insert(member.member());
      sum += member.amount();
    }
    page_token = page->next_page_token();
  } while (!page_token.empty());
  EXPECT_THAT(facilities, SizeIs(3));
  EXPECT_EQ(sum, 1);
  EXPECT_EQ(Members(4, 50, "", "500111002")->total_members(), 0);
}

TEST_F(IndicatorServiceTest, PagesOfAListAreAsKnownWhenItsFirstWasRead) {
  for (int i = 0; i < 4; ++i) {
    registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 10, kLonggang);
  }
  CatchUp();
  const auto first = Members(1, 2);
  ASSERT_OK(first);
  ASSERT_THAT(first->positions(), SizeIs(1));
  EXPECT_EQ(first->positions(0).sequence(), 4);
  const std::string last = registry_.Entries(1, 1).front().subject();
  registry_.Cancel(last.substr(last.find('/') + 1), absl::CivilDay(2024, 1, 1));
  registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 10, kLonggang);
  CatchUp();
  const auto second = Members(1, 2, first->next_page_token());
  ASSERT_OK(second);
  EXPECT_THAT(second->members(), SizeIs(2));
  EXPECT_EQ(second->members(1).member(), last);
  EXPECT_EQ(second->total_members(), 4);
  EXPECT_EQ(second->positions(0).sequence(), 4);
  EXPECT_THAT(second->next_page_token(), IsEmpty());
  EXPECT_EQ(Members(1, 50)->total_amount(), 40);

  ListIndicatorMembersRequest request;
  request.set_number(1);
  *request.mutable_as_of() = ToProto(kYearEnd);
  request.set_known_at_filing_sequence(2);
  EXPECT_EQ(Call(&Stub::ListIndicatorMembers, Statistician(), request)->members_size(), 2);
  request.set_known_at_filing_sequence(99);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListIndicatorMembers, Statistician(), request).status()),
            "POSITION_NOT_REACHED");
  request.set_known_at_filing_sequence(-1);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListIndicatorMembers, Statistician(), request).status()),
            "FIELD_INVALID");
}

TEST_F(IndicatorServiceTest, ValuesTellUntilWhenTheyAreUpToDate) {
  registry_.Register(absl::CivilDay(2023, 3, 1), FACILITY_TYPE_ORDINARY, 10, kLonggang);
  const auto before = Get(1, kYearEnd);
  ASSERT_OK(before);
  EXPECT_TRUE(before->positions(0).stale()) << "the journal was never read to its end";
  EXPECT_FALSE(before->positions(0).has_up_to_date_time());

  CatchUp();
  const auto fresh = Get(1, kYearEnd);
  ASSERT_OK(fresh);
  EXPECT_FALSE(fresh->positions(0).stale());
  EXPECT_TRUE(fresh->positions(0).has_record_time() && fresh->positions(0).has_apply_time());
  EXPECT_EQ(*FromProto(fresh->positions(0).up_to_date_time()), clock_.Now());
  EXPECT_FALSE(Status()->stale());

  clock_.Advance(absl::Seconds(11));
  EXPECT_TRUE(Get(1, kYearEnd)->positions(0).stale());
  EXPECT_TRUE(Status()->stale());
  filing::v1::RecognitionChange broken;
  broken.set_facility("facilities/01900000-0000-7000-8000-000000000001");
  registry_.Append("recognition.granted", broken.facility(), broken);
  EXPECT_THAT(follower_.CatchUp(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_TRUE(Get(1, kYearEnd)->positions(0).stale()) << "read, but not applied";
}

TEST_F(IndicatorServiceTest, TheDigestIsComputedOnlyWhenAskedFor) {
  registry_.AppendRandom(20);
  CatchUp();
  indicator::v1::GetAggregatorStatusRequest request;
  EXPECT_THAT(Call(&Stub::GetAggregatorStatus, Sysadmin(), request)->measures_digest(), IsEmpty());
  request.set_with_digest(true);
  EXPECT_THAT(Call(&Stub::GetAggregatorStatus, Sysadmin(), request)->measures_digest(), SizeIs(64));
}

TEST_F(IndicatorServiceTest, OldGenerationsAreDeletedWhileEntriesKeepComing) {
  registry_.AppendRandom(50);
  CatchUp();
  ASSERT_OK(writer_.Diverged());
  CatchUp();
  ASSERT_OK(writer_.Diverged());
  // Pages that are never the last: the reader does not come to the end of the journal.
  registry_.AppendRandom(1000);
  std::atomic<int> pages{0};
  RegistryFollower behind(
      {.page_size = 100, .pages_ahead = 1},
      [&](const common::v1::ListJournalEntriesRequest& request) {
        if (++pages <= 3) return registry_.Fetch()(request);
        return absl::StatusOr<common::v1::ListJournalEntriesResponse>(
            absl::UnavailableError("made up"));
      },
      writer_, clock_, metrics_, log_);
  EXPECT_THAT(behind.CatchUp(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility_fact WHERE generation = 2"), "0");
}

TEST_F(IndicatorServiceTest, MembersAreForOwnDivisionsAndComputableIndicators) {
  ListIndicatorMembersRequest request;
  request.set_number(1);
  const auto ask = [&](const std::string& token) {
    return Call(&Stub::ListIndicatorMembers, token, request).status();
  };
  EXPECT_OK(ask(Statistician()));
  EXPECT_EQ(ReasonOf(ask(Token(common::v1::ROLE_DHC_STATISTICIAN, {"500112"}))), "OUT_OF_SCOPE");
  request.set_division_code("500000");
  EXPECT_EQ(ReasonOf(ask(Statistician())), "OUT_OF_SCOPE");
  request.set_division_code("");
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(ask(Statistician())), "PAGE_SIZE_INVALID");
  request.set_page_size(0);
  request.set_page_token("x");
  EXPECT_EQ(ReasonOf(ask(Statistician())), "PAGE_TOKEN_INVALID");
  request.set_page_token("");
  plan_.mutable_indicators(7)->set_unavailable_reason_zh("缺少收托名册");
  request.set_number(8);
  EXPECT_EQ(ReasonOf(ask(Statistician())), "NOT_COMPUTABLE");
  EXPECT_EQ(Get(8, kYearEnd)->not_computable_reason(), "NOT_IN_REGISTRY");
}

TEST_F(IndicatorServiceTest, RebuildGivesTheSameNumbersBitForBit) {
  registry_.AppendRandom(300);
  CatchUp();
  const auto before = Status();
  ASSERT_OK(before);
  EXPECT_EQ(before->applied_sequence(), 300);
  EXPECT_EQ(before->head_sequence(), 300);
  EXPECT_THAT(before->measures_digest(), SizeIs(64));
  EXPECT_THAT(before->last_error(), IsEmpty());
  EXPECT_TRUE(before->has_apply_time() && before->has_record_time());
  const auto value = Get(2, kYearEnd);

  indicator::v1::RebuildMeasuresRequest request;
  request.set_request_id(NewRequestId());
  const auto started = Call(&Stub::RebuildMeasures, Sysadmin(), request);
  ASSERT_OK(started);
  EXPECT_TRUE(started->rebuilding());
  EXPECT_TRUE(Status()->rebuilding());
  EXPECT_EQ(Status()->measures_digest(), before->measures_digest());
  EXPECT_EQ(Get(2, kYearEnd)->numerator(), value->numerator());

  CatchUp();
  EXPECT_FALSE(Status()->rebuilding());
  EXPECT_EQ(Status()->measures_digest(), before->measures_digest());
  EXPECT_EQ(Get(2, kYearEnd)->numerator(), value->numerator());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry WHERE action = "
                            "'measures.rebuild_started'"),
            "1");
}

TEST_F(IndicatorServiceTest, RestoredRegistryIsReadAnewAndNothingIsAnsweredMeanwhile) {
  registry_.AppendRandom(50);
  CatchUp();
  ASSERT_OK(writer_.Diverged());
  EXPECT_THAT(Get(1, kYearEnd), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(ReasonOf(Get(1, kYearEnd).status()), "AGGREGATE_REBUILDING");
  EXPECT_THAT(Status()->measures_digest(), IsEmpty());
  CatchUp();
  EXPECT_OK(Get(1, kYearEnd));

  registry_.Restart(5);
  registry_.AppendRandom(30);
  CatchUp();
  EXPECT_EQ(Status()->applied_sequence(), 30);
  EXPECT_EQ(std::to_string(registry_.Count(500111, kYearEnd, 30)[kInclusivePlaces]),
            Get(2, kYearEnd)->numerator());
}

TEST_F(IndicatorServiceTest, FollowerAppliesWhatIsCommittedWhileItRuns) {
  follower_.Start();
  for (int i = 0; i < 20; ++i) registry_.AppendRandom(150);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (Status()->applied_sequence() < registry_.head() && absl::Now() < end) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  const std::string digest = Status()->measures_digest();
  EXPECT_EQ(std::to_string(registry_.Count(500111, kYearEnd, registry_.head())[kInclusivePlaces]),
            Get(2, kYearEnd)->numerator());
  // A rebuild while it follows.
  ASSERT_OK(Call<indicator::v1::RebuildMeasuresRequest>(&Stub::RebuildMeasures, Sysadmin()));
  while (Status()->rebuilding() && absl::Now() < end) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(Status()->measures_digest(), digest);
  follower_.Stop();
}

TEST_F(IndicatorServiceTest, UnreadableEntryIsShownInTheStatusAndWhatWasReadStillAnswers) {
  registry_.AppendRandom(20);
  CatchUp();
  filing::v1::RecognitionChange broken;
  broken.set_facility("facilities/01900000-0000-7000-8000-000000000001");
  registry_.Append("recognition.granted", broken.facility(), broken);
  EXPECT_THAT(follower_.CatchUp(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(Status()->applied_sequence(), 20);
  EXPECT_EQ(Status()->head_sequence(), 21);
  EXPECT_THAT(Status()->last_error(), HasSubstr("entry 21"));
  EXPECT_OK(Get(2, kYearEnd));
}

}  // namespace
}  // namespace tuoyu::aggregator
