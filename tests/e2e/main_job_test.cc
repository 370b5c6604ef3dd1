// The main job through the real binaries: a filing becomes a registry entry, and the registry becomes indicators.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/uuid.h"
#include "tests/system/life_cycle.h"
#include "tests/system/system.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::system_test {
namespace {

namespace pb = indicator::v1;
using common::v1::Role;

class MainJobTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto started = System::Start({});
    ASSERT_TRUE(started.ok()) << started.status();
    system_ = *std::move(started);
    indicators_ = pb::IndicatorService::NewStub(system_->aggregator_channel());
  }

  // The statistician, who sees exact numbers of persons.
  void Authorise(grpc::ClientContext* context) const {
    context->AddMetadata("authorization", "Bearer " + system_->Token(Role::ROLE_DHC_STATISTICIAN,
                                                                     "made-up-statistician"));
  }

  void Report(const std::string& series, const std::string& unit, const std::string& value) {
    grpc::ClientContext context;
    Authorise(&context);
    pb::ReportStatisticRequest request;
    request.set_request_id(NewUuidV7(absl::Now()));
    pb::Statistic& statistic = *request.mutable_statistic();
    statistic.set_series(series);
    statistic.set_division_code("500111");
    statistic.mutable_reference_date()->set_year(2025);
    statistic.mutable_reference_date()->set_month(12);
    statistic.mutable_reference_date()->set_day(31);
    *statistic.mutable_published_on() = statistic.reference_date();
    statistic.set_value(value);
    statistic.set_unit(unit);
    statistic.set_publisher("演练数据");
    statistic.set_document_number("演练-2025");
    statistic.set_rehearsal(true);
    pb::Statistic reply;
    const grpc::Status status = indicators_->ReportStatistic(&context, request, &reply);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  pb::Indicator Get(int number, int year = 0, bool as_public = false) {
    grpc::ClientContext context;
    if (!as_public) Authorise(&context);
    pb::GetIndicatorRequest request;
    request.set_number(number);
    if (year > 0) {
      request.mutable_as_of()->set_year(year);
      request.mutable_as_of()->set_month(12);
      request.mutable_as_of()->set_day(31);
    }
    pb::Indicator reply;
    const grpc::Status status = indicators_->GetIndicator(&context, request, &reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return reply;
  }

  static int64_t Number(const std::string& text) {
    int64_t value = -1;
    EXPECT_TRUE(absl::SimpleAtoi(text, &value)) << text;
    return value;
  }

  std::unique_ptr<System> system_;
  std::unique_ptr<pb::IndicatorService::Stub> indicators_;
};

TEST_F(MainJobTest, AnAcceptedFilingIsOnTheRegisterAndMovesTheIndicator) {
  Report("stat.resident_population", "人", "100000");
  ASSERT_TRUE(system_->AggregatorDigest().ok());
  EXPECT_EQ(Get(1).not_computable_reason(), "BEFORE_FIRST_RECORD");
  LifeCycle life(*system_);
  const auto drafts = life.PrepareDrafts(2, 1);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  for (const std::string& draft : *drafts) {
    const auto receipt = life.SubmitAndAccept(draft);
    ASSERT_TRUE(receipt.ok()) << receipt.status();
  }
  const auto stub = filing::v1::FacilityService::NewStub(system_->filing_channel());
  grpc::ClientContext context;
  filing::v1::ListFacilitiesResponse listed;
  ASSERT_TRUE(stub->ListFacilities(&context, {}, &listed).ok());
  ASSERT_EQ(listed.facilities_size(), 2);
  int64_t places = 0;
  for (const auto& facility : listed.facilities()) {
    places += facility.content().approved_capacity();
    EXPECT_TRUE(facility.content().principal_id_number().empty())
        << "shown to a caller without a token";
  }
  ASSERT_TRUE(system_->AggregatorDigest().ok());
  const pb::Indicator after = Get(1);
  EXPECT_EQ(Number(after.numerator()), places);
  EXPECT_EQ(after.denominator(), "100000");
  EXPECT_TRUE(after.rehearsal());
  EXPECT_EQ(Get(2).attainment(), pb::ATTAINMENT_NOT_ATTAINED);
  EXPECT_EQ(Get(5).attainment(), pb::ATTAINMENT_NOT_COMPUTABLE)
      << "no number of kindergartens was reported";
}

TEST_F(MainJobTest, VerifyingTheJournalFindsAnAlteredEntryAndNamesIt) {
  const auto drafts = LifeCycle(*system_).PrepareDrafts(2, 1);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  const auto verify = [&] { return *system_->Client({"journal", "verify", "--as", "auditor"}); };
  ASSERT_EQ(verify().exit_code, 0) << verify().output;
  const CommandResult altered = system_->Sql(
      "UPDATE tuoyu_filing.journal_entry SET payload = CONCAT(payload, 'x') WHERE sequence = 3");
  ASSERT_EQ(altered.exit_code, 0) << altered.output;
  const CommandResult found = verify();
  EXPECT_NE(found.exit_code, 0);
  EXPECT_THAT(found.output, ::testing::ContainsRegex("JOURNAL_ENTRY_ALTERED"));
  EXPECT_THAT(found.output, ::testing::ContainsRegex("第 3 条|entry 3"));
}

TEST_F(MainJobTest, TheRehearsalDistrictStartsAtTheBaselineOfTheNotice) {
  const auto rehearsed = system_->Client({"rehearse", "--seed", "16", "--facilities", "60"});
  ASSERT_TRUE(rehearsed.ok()) << rehearsed.status();
  ASSERT_EQ(rehearsed->exit_code, 0) << rehearsed->output;
  const auto digest = system_->AggregatorDigest();
  ASSERT_TRUE(digest.ok()) << digest.status();
  const pb::Indicator places = Get(1, 2022);
  EXPECT_EQ(Number(places.numerator()) * 1000, Number(places.denominator()) * 2);
  const pb::Indicator streets = Get(4, 2022);
  EXPECT_EQ(streets.numerator(), "3");
  EXPECT_EQ(streets.denominator(), "6");
  const pb::Indicator kindergartens = Get(5, 2022);
  EXPECT_EQ(Number(kindergartens.numerator()) * 5, Number(kindergartens.denominator()));
  // As the notice prints the baseline, and "—" where it prints one.
  for (const auto& [number, value] : std::map<int, std::string>{
           {1, "2.00"}, {3, "30.0"}, {4, "50.0"}, {5, "20.0"}, {9, "50.0"}, {10, "1"}}) {
    EXPECT_EQ(Get(number, 2022).value(), value) << number;
  }
  for (const int number : {2, 6, 7, 8}) {
    EXPECT_EQ(Get(number, 2022).definition().baseline(), "") << number;
  }
  // The streets of 4 have recognised places, so 2 has a value without a baseline; of the others nothing was known.
  EXPECT_NE(Get(2, 2022).value(), "");
  for (const int number : {6, 7, 8}) {
    EXPECT_EQ(Get(number, 2022).attainment(), pb::ATTAINMENT_NOT_COMPUTABLE) << number;
  }
  // The public is told the same of the ends of months, and of children the last one that is over.
  for (const int number : {1, 3, 9}) {
    EXPECT_EQ(Get(number, 2022, /*as_public=*/true).value(), Get(number, 2022).value()) << number;
  }
  const pb::Indicator today = Get(1, 0, /*as_public=*/true);
  const pb::Indicator month_end = Get(3, 0, /*as_public=*/true);
  EXPECT_NE(today.as_of().ShortDebugString(), month_end.as_of().ShortDebugString());
  std::map<pb::Attainment, int> attained;
  for (int number = 1; number <= 10; ++number) ++attained[Get(number, 2025).attainment()];
  EXPECT_GE(attained[pb::ATTAINMENT_ATTAINED], 3);
  EXPECT_GE(attained[pb::ATTAINMENT_NOT_ATTAINED], 1);
  // The list of kindergartens is as long as the statistic says.
  const CommandResult listed = system_->Sql(
      "SELECT CONCAT('listed ', SUM(kind = 1), ', ', SUM(kind = 2) > 4) FROM "
      "tuoyu_filing.directory_entry");
  EXPECT_THAT(listed.output,
              ::testing::HasSubstr(absl::StrCat("listed ", Get(5, 2025).denominator(), ", 1")));
  const auto rebuilt = system_->RebuiltAggregatorDigest();
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
  EXPECT_EQ(*rebuilt, *digest);
  const auto verified = system_->Client({"journal", "verify", "--as", "auditor"});
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->exit_code, 0) << verified->output;
}

}  // namespace
}  // namespace tuoyu::system_test
