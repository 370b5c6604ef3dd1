// Reported statistics through IndicatorService.
#include <future>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/journal/hash.h"
#include "services/aggregator/aggregator_fixture.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::ListStatisticsRequest;
using indicator::v1::ReportStatisticRequest;
using indicator::v1::Statistic;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;

constexpr absl::CivilDay kYearEnd(2025, 12, 31);

class StatisticServiceTest : public AggregatorFixture {
 protected:
  std::vector<Statistic> List(const std::string& token, const ListStatisticsRequest& request = {}) {
    const auto list = Call(&Stub::ListStatistics, token, request);
    EXPECT_OK(list);
    return {list->statistics().begin(), list->statistics().end()};
  }
  std::string Entries() { return database_.Value("SELECT COUNT(*) FROM journal_entry"); }
};

TEST_F(StatisticServiceTest, ReportIsStoredWithItsProvenanceAndJournaled) {
  const auto reported = Report(Population("830000.0", kYearEnd));
  ASSERT_OK(reported);
  EXPECT_EQ(reported->value(), "830000");
  EXPECT_EQ(reported->revision(), 1);
  EXPECT_EQ(reported->entered_by(), "accounts/made-up");
  EXPECT_EQ(*FromProto(reported->record_time()), clock_.Now());
  EXPECT_EQ(reported->name().find("statistics/"), 0u);

  db::Pool& pool = database_.pool();
  ASSERT_OK(db::RunRead(
      pool, absl::Now() + absl::Seconds(5), [&](db::Transaction& transaction) -> absl::Status {
        const auto entries = journal::Read(transaction, kStatisticsJournal, {.limit = 10});
        EXPECT_OK(entries);
        EXPECT_THAT(*entries, SizeIs(1));
        journal::ChainVerifier verifier;
        EXPECT_OK(verifier.Next(entries->front()));
        EXPECT_EQ(entries->front().action(), "statistic.reported");
        EXPECT_EQ(entries->front().subject(), reported->name());
        EXPECT_EQ(entries->front().division_code(), "500111");
        Statistic payload;
        EXPECT_TRUE(payload.ParseFromString(entries->front().payload()));
        EXPECT_THAT(payload, EqualsProto(*reported));
        return absl::OkStatus();
      }));
}

TEST_F(StatisticServiceTest, SameReportAgainIsTheSameRevision) {
  const auto first = Report(Population("830000", kYearEnd));
  const auto again = Report(Population("830000.00", kYearEnd));
  ASSERT_OK(again);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_EQ(Entries(), "1");
}

TEST_F(StatisticServiceTest, ACheckTellsWhatWouldBeEnteredAndEntersNothing) {
  const auto check = [&](const Statistic& statistic) {
    ReportStatisticRequest request;
    request.set_request_id(NewRequestId());
    *request.mutable_statistic() = statistic;
    request.set_validate_only(true);
    return Call(&Stub::ReportStatistic, Statistician(), request);
  };
  const auto first = check(Population("830000", kYearEnd));
  ASSERT_OK(first);
  EXPECT_EQ(first->revision(), 1);
  EXPECT_EQ(first->name(), "");
  EXPECT_THAT(List(Statistician()), IsEmpty());
  EXPECT_EQ(Entries(), "0");
  const auto entered = Report(Population("830000", kYearEnd));
  ASSERT_OK(entered);
  EXPECT_THAT(*check(Population("830000", kYearEnd)), EqualsProto(*entered));
  EXPECT_THAT(check(Population("840000", kYearEnd)), StatusIs(absl::StatusCode::kAlreadyExists));
  Statistic corrected = Population("840000", kYearEnd);
  corrected.set_revision_reason("普查修订");
  EXPECT_EQ(check(corrected)->revision(), 2);
  EXPECT_THAT(List(Statistician()), SizeIs(1));
}

TEST_F(StatisticServiceTest, AStatisticIsVerifiedByAnotherPersonAndTheValueSaysSo) {
  const auto reported = Report(Population("830000", kYearEnd));
  ASSERT_OK(reported);
  const auto verify = [&](const std::string& token, const std::string& name) {
    indicator::v1::VerifyStatisticRequest request;
    request.set_request_id(NewRequestId());
    request.set_name(name);
    return Call(&Stub::VerifyStatistic, token, request);
  };
  EXPECT_EQ(ReasonOf(verify(Statistician(), reported->name()).status()), "FOUR_EYES");
  const std::string other = *tokens_.Sign({.subject = "accounts/second",
                                           .organisation = "organisations/made-up",
                                           .roles = {common::v1::ROLE_DHC_REVIEWER},
                                           .divisions = {"500111"},
                                           .facility = "",
                                           .issued_at = clock_.Now(),
                                           .expires_at = clock_.Now() + absl::Hours(1)});
  EXPECT_EQ(ReasonOf(verify(other, "statistics/none").status()), "STATISTIC_NOT_FOUND");
  EXPECT_EQ(ReasonOf(verify(other, "").status()), "STATISTIC_NOT_FOUND");
  const auto verified = verify(other, reported->name());
  ASSERT_OK(verified);
  EXPECT_EQ(verified->verified_by(), "accounts/second");
  EXPECT_EQ(*FromProto(verified->verify_time()), clock_.Now());
  clock_.Advance(absl::Minutes(30));
  EXPECT_THAT(*verify(other, reported->name()), EqualsProto(*verified)) << "once";
  EXPECT_EQ(Entries(), "2");
  EXPECT_THAT(List(Statistician())[0], EqualsProto(*verified));
  // A correction is verified anew, and what was corrected is not verified any more.
  Statistic corrected = Population("831000", kYearEnd);
  corrected.set_revision_reason("普查修订");
  corrected.set_verified_by("accounts/forged");
  *corrected.mutable_verify_time() = ToProto(clock_.Now());
  const auto second = Report(corrected);
  ASSERT_OK(second);
  EXPECT_FALSE(second->has_verify_time());
  EXPECT_EQ(second->verified_by(), "");
  EXPECT_EQ(ReasonOf(verify(other, reported->name()).status()), "STATISTIC_SUPERSEDED");
  ASSERT_OK(verify(other, second->name()));
  indicator::v1::GetIndicatorRequest ask;
  ask.set_number(1);
  *ask.mutable_as_of() = ToProto(kYearEnd);
  const auto indicator = Call(&Stub::GetIndicator, Statistician(), ask);
  ASSERT_OK(indicator);
  const Statistic& used = indicator->inputs(indicator->inputs_size() - 1).statistic();
  EXPECT_EQ(used.entered_by() + " " + used.verified_by(), "accounts/made-up accounts/second");
  EXPECT_EQ(*FromProto(indicator->computed_at()), clock_.Now());
  // As known before it was verified, it was not.
  ask.set_known_at_indicator_sequence(3);
  const auto before = Call(&Stub::GetIndicator, Statistician(), ask);
  EXPECT_FALSE(before->inputs(before->inputs_size() - 1).statistic().has_verify_time());
}

TEST_F(StatisticServiceTest, AStatisticOfAWrongDayIsWithdrawnAndTheEarlierOneUsedAgain) {
  ASSERT_OK(Report(Population("830000", absl::CivilDay(2025, 6, 30))));
  const auto wrong = Report(Population("850000", kYearEnd));
  ASSERT_OK(wrong);
  const auto used = [&](int64_t known_at) {
    indicator::v1::GetIndicatorRequest ask;
    ask.set_number(1);
    *ask.mutable_as_of() = ToProto(kYearEnd);
    ask.set_known_at_indicator_sequence(known_at);
    const auto indicator = Call(&Stub::GetIndicator, Statistician(), ask);
    EXPECT_OK(indicator);
    return indicator->inputs(indicator->inputs_size() - 1).value();
  };
  EXPECT_EQ(used(0), "850000");
  indicator::v1::WithdrawStatisticRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(wrong->name());
  EXPECT_EQ(ReasonOf(Call(&Stub::WithdrawStatistic, Statistician(), request).status()),
            "FORM_INVALID");
  request.set_reason("时点录错");
  const auto withdrawn = Call(&Stub::WithdrawStatistic, Statistician(), request);
  ASSERT_OK(withdrawn);
  EXPECT_TRUE(withdrawn->withdrawn());
  EXPECT_EQ(withdrawn->revision(), 2);
  EXPECT_EQ(used(0), "830000");
  EXPECT_EQ(used(2), "850000") << "as known before";
  EXPECT_THAT(List(Statistician()), SizeIs(3)) << "nothing is lost";
  request.set_request_id(NewRequestId());
  EXPECT_EQ(ReasonOf(Call(&Stub::WithdrawStatistic, Statistician(), request).status()),
            "STATISTIC_SUPERSEDED");
  request.set_name(withdrawn->name());
  EXPECT_EQ(ReasonOf(Call(&Stub::WithdrawStatistic, Statistician(), request).status()),
            "STATISTIC_SUPERSEDED");
  // The day may be reported again, as a correction.
  EXPECT_EQ(ReasonOf(Report(Population("850000", kYearEnd)).status()), "STATISTIC_EXISTS");
  Statistic again = Population("850000", kYearEnd);
  again.set_revision_reason("核对无误，重新录入");
  ASSERT_OK(Report(again));
  EXPECT_EQ(used(0), "850000");
}

TEST_F(StatisticServiceTest, AWithdrawnCorrectionBringsBackWhatItCorrected) {
  ASSERT_OK(Report(Population("830000", absl::CivilDay(2025, 6, 30))));
  ASSERT_OK(Report(Population("850000", kYearEnd)));
  const auto correct = [&](const std::string& value) {
    Statistic statistic = Population(value, kYearEnd);
    statistic.set_revision_reason("普查修订");
    const auto entered = Report(statistic);
    EXPECT_OK(entered);
    return entered->name();
  };
  const auto withdraw = [&](const std::string& name) {
    indicator::v1::WithdrawStatisticRequest request;
    request.set_request_id(NewRequestId());
    request.set_name(name);
    request.set_reason("录错");
    const auto done = Call(&Stub::WithdrawStatistic, Statistician(), request);
    EXPECT_OK(done);
    return *done;
  };
  const auto used = [&] {
    const auto indicator = Get(1, kYearEnd);
    return indicator->inputs(indicator->inputs_size() - 1).value();
  };
  const Statistic second = withdraw(correct("860000"));
  EXPECT_FALSE(second.withdrawn());
  EXPECT_EQ(absl::StrCat(second.value(), " ", second.revision(), " ", second.restores()),
            "850000 3 1");
  EXPECT_FALSE(second.has_verify_time());
  EXPECT_EQ(second.revision_reason(), "录错");
  EXPECT_EQ(used(), "850000");
  // A correction of what was brought back gives the same again; then nothing is left of the day.
  const Statistic third = withdraw(correct("870000"));
  EXPECT_EQ(absl::StrCat(third.value(), " ", third.revision(), " ", third.restores()),
            "850000 5 1");
  EXPECT_TRUE(withdraw(third.name()).withdrawn());
  EXPECT_EQ(used(), "830000");
  // Entered anew it corrects nothing that stood.
  EXPECT_TRUE(withdraw(correct("880000")).withdrawn());
  EXPECT_EQ(used(), "830000");
  EXPECT_THAT(List(Statistician()), SizeIs(9)) << "nothing is lost";
}

TEST_F(StatisticServiceTest, AValueUnusualBesideTheOneBeforeNeedsItsReason) {
  ASSERT_OK(Report(Population("830000", absl::CivilDay(2024, 12, 31))));
  Statistic slip = Population("83000", kYearEnd);
  const auto refused = Report(slip);
  ASSERT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused.status())[0].reason(), "VALUE_UNUSUAL");
  slip.set_revision_reason("区划调整");
  EXPECT_OK(Report(slip));
}

TEST_F(StatisticServiceTest, SameRequestIdIsTheSameAnswerAndAnotherBodyIsRefused) {
  ReportStatisticRequest request;
  request.set_request_id(NewRequestId());
  *request.mutable_statistic() = Population("830000", kYearEnd);
  const auto first = Call(&Stub::ReportStatistic, Statistician(), request);
  ASSERT_OK(first);
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(*Call(&Stub::ReportStatistic, Statistician(), request), EqualsProto(*first));
  request.mutable_statistic()->set_value("840000");
  EXPECT_EQ(ReasonOf(Call(&Stub::ReportStatistic, Statistician(), request).status()),
            "REQUEST_ID_REUSED");
  request.clear_request_id();
  request.set_request_id("not-a-uuid");
  EXPECT_EQ(ReasonOf(Call(&Stub::ReportStatistic, Statistician(), request).status()),
            "REQUEST_ID_MALFORMED");
}

TEST_F(StatisticServiceTest, CorrectionNeedsAReasonAndKeepsTheOldRevision) {
  ASSERT_OK(Report(Population("830000", kYearEnd)));
  auto corrected = Population("831234", kYearEnd);
  const auto refused = Report(corrected);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReasonOf(refused.status()), "STATISTIC_EXISTS");
  EXPECT_EQ(Entries(), "1");
  corrected.set_revision_reason("人口抽样调查修订");
  const auto second = Report(corrected);
  ASSERT_OK(second);
  EXPECT_EQ(second->revision(), 2);

  const std::vector<Statistic> revisions = List("");
  ASSERT_THAT(revisions, SizeIs(2));
  EXPECT_EQ(revisions[0].value(), "830000");
  EXPECT_EQ(revisions[1].value(), "831234");
  EXPECT_EQ(revisions[1].revision_reason(), "人口抽样调查修订");
  EXPECT_NE(revisions[0].name(), revisions[1].name());
}

TEST_F(StatisticServiceTest, AnotherDocumentForTheSameNumberIsACorrection) {
  ASSERT_OK(Report(Population("830000", kYearEnd)));
  auto other = Population("830000", kYearEnd);
  other.set_document_number("演练〔2026〕9号");
  EXPECT_EQ(ReasonOf(Report(other).status()), "STATISTIC_EXISTS");
  other.set_revision_reason("文号有误");
  EXPECT_EQ(Report(other)->revision(), 2);
}

TEST_F(StatisticServiceTest, ReportsAtOnceGetRevisionsAndSequencesWithoutGap) {
  std::vector<std::future<absl::StatusOr<Statistic>>> reports;
  for (int i = 0; i < 8; ++i) {
    reports.push_back(std::async(std::launch::async, [&, i] {
      auto statistic = Population(std::to_string(830000 + i), kYearEnd);
      statistic.set_revision_reason("并发演练");
      return Report(statistic);
    }));
  }
  for (auto& report : reports) EXPECT_OK(report.get());
  EXPECT_EQ(database_.Value("SELECT GROUP_CONCAT(revision ORDER BY revision) FROM statistic"),
            "1,2,3,4,5,6,7,8");
  // Each row carries the sequence of the journal entry that is about it.
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM statistic s JOIN journal_entry j ON "
                            "j.sequence = s.sequence AND j.subject = CONCAT('statistics/', s.id)"),
            "8");
}

TEST_F(StatisticServiceTest, EveryFaultIsReportedAtOnceAndNothingIsStored) {
  ReportStatisticRequest request;
  request.mutable_statistic()->set_series("stat.kindergartens");
  request.mutable_statistic()->set_value("很多");
  const auto refused = Call(&Stub::ReportStatistic, Statistician(), request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  EXPECT_THAT(rpc::ViolationsOf(refused.status()), SizeIs(6));
  EXPECT_EQ(Entries(), "0");
}

TEST_F(StatisticServiceTest, StatisticiansReportForTheirDivisionsAndTheirCity) {
  ReportStatisticRequest request;
  *request.mutable_statistic() = Population("830000", kYearEnd);
  EXPECT_EQ(ReasonOf(Call(&Stub::ReportStatistic,
                          Token(common::v1::ROLE_DHC_STATISTICIAN, {"500111001"}), request)
                         .status()),
            "OUT_OF_SCOPE");
  request.mutable_statistic()->set_series("stat.city_place_usage_rate");
  request.mutable_statistic()->set_unit("%");
  request.mutable_statistic()->set_value("55.5");
  request.mutable_statistic()->set_division_code("500000");
  EXPECT_OK(Call(&Stub::ReportStatistic, Statistician(), request));
}

TEST_F(StatisticServiceTest, ListIsPagedInOrderAndKeepsInternalFieldsFromThePublic) {
  ASSERT_OK(Report(Population("830000", kYearEnd)));
  ASSERT_OK(Report(Population("820000", absl::CivilDay(2024, 12, 31))));
  ASSERT_OK(Report(Kindergartens("100", absl::CivilDay(2025, 9, 1))));
  auto town = Population("50000", kYearEnd);
  town.set_division_code("500111001");
  ASSERT_OK(Report(town));

  ListStatisticsRequest request;
  request.set_page_size(1);
  std::vector<std::string> values;
  do {
    const auto page = Call(&Stub::ListStatistics, "", request);
    ASSERT_OK(page);
    for (const Statistic& statistic : page->statistics()) {
      values.push_back(statistic.value());
      EXPECT_THAT(statistic.entered_by(), IsEmpty());
      EXPECT_THAT(statistic.publisher(), Not(IsEmpty()));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(values, ElementsAre("100", "820000", "830000", "50000"));

  request = {};
  request.set_series("stat.resident_population");
  request.set_division_code("500111");
  EXPECT_THAT(List(Statistician(), request), SizeIs(2));
  EXPECT_EQ(List(Statistician(), request)[0].entered_by(), "accounts/made-up");
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListStatistics, "", request).status()), "PAGE_SIZE_INVALID");
  request.set_page_size(1);
  request.set_page_token("made-up");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListStatistics, "", request).status()), "PAGE_TOKEN_INVALID");
}

TEST_F(StatisticServiceTest, NewestReferenceDateOnOrBeforeTheDayIsTheOneUsed) {
  registry_.Register(absl::CivilDay(2020, 1, 1), filing::v1::FACILITY_TYPE_ORDINARY, 100,
                     500111001);
  CatchUp();
  auto rehearsal = Population("100000", absl::CivilDay(2023, 12, 31));
  rehearsal.set_rehearsal(true);
  ASSERT_OK(Report(rehearsal));
  ASSERT_OK(Report(Population("200000", absl::CivilDay(2024, 12, 31))));
  EXPECT_EQ(Get(1, absl::CivilDay(2023, 12, 30))->not_computable_reason(), "DENOMINATOR_MISSING");
  EXPECT_EQ(Get(1, absl::CivilDay(2024, 12, 30))->denominator(), "100000");
  EXPECT_TRUE(Get(1, absl::CivilDay(2024, 12, 30))->rehearsal());
  const auto indicator = Get(1, kYearEnd);
  EXPECT_EQ(indicator->denominator(), "200000");
  EXPECT_FALSE(indicator->rehearsal());
  EXPECT_EQ(indicator->inputs(4).statistic().revision(), 1);
  EXPECT_EQ(indicator->inputs(4).statistic().entered_by(), "accounts/made-up");
  indicator::v1::GetIndicatorRequest as_public;
  as_public.set_number(1);
  const auto told = Call(&Stub::GetIndicator, "", as_public);
  ASSERT_OK(told);
  EXPECT_THAT(told->inputs(4).statistic().entered_by(), IsEmpty());
  EXPECT_EQ(*FromProto(indicator->inputs(4).reference_date()), absl::CivilDay(2024, 12, 31));
}

}  // namespace
}  // namespace tuoyu::aggregator
