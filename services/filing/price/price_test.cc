// Filings of prices: what is refused, what holds on a day, and what a recognition makes of it.
#include <set>
#include <utility>

#include "common/rpc/access_matrix.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Prices = v1::PriceService::Stub;
using v1::PriceFiling;

class PriceTest : public RegistryFixture {
 protected:
  // Care at this price in every class and mode.
  v1::FilePricesRequest Asked(CivilDay from, int64_t fen) const {
    v1::FilePricesRequest request;
    request.set_parent(facility_);
    PriceFiling& filing = *request.mutable_filing();
    *filing.mutable_effective_from() = ToProto(from);
    filing.set_refund_rule("未满半月退一半，其余按日计退");
    const v1::FilingContent content = Read(facility_).content();
    for (const int mode : content.service_modes()) {
      v1::PriceItem& item = *filing.add_items();
      item.set_kind(v1::PRICE_ITEM_KIND_CARE);
      item.set_service_mode(static_cast<v1::ServiceMode>(mode));
      item.set_unit(v1::PRICE_UNIT_MONTH);
      item.set_fen(fen);
    }
    return request;
  }
  absl::StatusOr<PriceFiling> File(CivilDay from, int64_t fen) const {
    return CallOn(*price_stub_, &Prices::FilePrices, Principal(facility_), Asked(from, fen));
  }
  absl::StatusOr<PriceFiling> Withdraw(const std::string& name, const std::string& token) const {
    v1::WithdrawPriceFilingRequest request;
    request.set_name(name);
    request.set_reason("另行备案");
    return CallOn(*price_stub_, &Prices::WithdrawPriceFiling, token, request);
  }
  v1::ListPriceFilingsResponse List(const std::string& token,
                                    absl::optional<CivilDay> day = absl::nullopt) const {
    v1::ListPriceFilingsRequest request;
    request.set_parent(facility_);
    if (day) *request.mutable_as_of() = ToProto(*day);
    const auto reply = CallOn(*price_stub_, &Prices::ListPriceFilings, token, request);
    EXPECT_OK(reply);
    return reply.value_or(v1::ListPriceFilingsResponse());
  }
  // The price of care on a day; -1 when none is filed.
  int64_t PriceOn(CivilDay day) const {
    const auto reply = List("", day);
    return reply.has_in_force() ? reply.in_force().items(0).fen() : -1;
  }
  // Applied for with this cap.
  absl::StatusOr<v1::RecognitionApplication> Apply(int64_t cap_fen) const {
    v1::ApplyForRecognitionRequest request;
    request.set_parent(facility_);
    v1::RecognitionApplication& application = *request.mutable_application();
    std::set<std::pair<int, int>> capped;
    const v1::FilingContent content = Read(facility_).content();
    for (const auto& plan : content.classes()) {
      for (const int mode : content.service_modes()) {
        if (!capped.insert({plan.kind(), mode}).second) continue;
        v1::PriceCap& cap = *application.add_price_caps();
        cap.set_class_kind(plan.kind());
        cap.set_service_mode(static_cast<v1::ServiceMode>(mode));
        cap.set_fen_per_month(cap_fen);
      }
    }
    application.add_declarations("N1");
    application.add_declarations("N2");
    return CallOn(*inclusive_stub_, &v1::InclusiveService::Stub::ApplyForRecognition,
                  Principal(facility_), request);
  }
  // Recognised with this cap from 2026-03-20 on.
  void Recognise(int64_t cap_fen) {
    const auto applied = Apply(cap_fen);
    ASSERT_OK(applied);
    v1::PubliciseRecognitionApplicationRequest publication;
    publication.set_name(applied->name());
    ASSERT_OK(CallOn(*inclusive_stub_, &v1::InclusiveService::Stub::PubliciseRecognitionApplication,
                     Token(common::v1::ROLE_DHC_REVIEWER), publication));
    GoTo(CivilDay(2026, 3, 20));
    v1::GrantRecognitionApplicationRequest grant;
    grant.set_name(applied->name());
    grant.set_document_number("大足卫健〔2026〕21号");
    ASSERT_OK(CallOn(*inclusive_stub_, &v1::InclusiveService::Stub::GrantRecognitionApplication,
                     Approver(), grant));
  }

  const std::string facility_ = Register(Form("演练托育园"), CivilDay(2026, 1, 1));
};

TEST_F(PriceTest, NewPricesHoldFromTheirDayAndTheOldOnesStayOnRecord) {
  EXPECT_EQ(PriceOn(today()), -1);
  const auto first = File(today(), 180000);
  ASSERT_OK(first);
  EXPECT_EQ(first->items(0).regime(), v1::PRICE_REGIME_MARKET);
  EXPECT_EQ(first->rules_version(), "national-1");
  ASSERT_OK(File(CivilDay(2026, 9, 1), 190000));
  EXPECT_EQ(PriceOn(today() - 1), -1);
  EXPECT_EQ(PriceOn(CivilDay(2026, 8, 31)), 180000);
  EXPECT_EQ(PriceOn(CivilDay(2026, 9, 1)), 190000);
  const auto filings = List("").filings();
  ASSERT_EQ(filings.size(), 2);
  EXPECT_EQ(FormatDay(*FromProto(filings[0].effective_until())), "2026-09-01");
  EXPECT_EQ(filings[0].refund_rule(), "未满半月退一半，其余按日计退");
  EXPECT_EQ(ReasonOf(File(CivilDay(2026, 9, 1), 185000).status()), "PRICE_FILING_EXISTS");
}

TEST_F(PriceTest, AFacilityWithdrawsWhatHasNotBegunAnOfficerAlsoWhatHas) {
  const auto now = File(today(), 180000);
  const auto later = File(CivilDay(2026, 9, 1), 190000);
  ASSERT_OK(now);
  ASSERT_OK(later);
  EXPECT_EQ(ReasonOf(Withdraw(now->name(), Principal(facility_)).status()), "WRONG_STATE");
  ASSERT_OK(Withdraw(later->name(), Principal(facility_)));
  EXPECT_EQ(ReasonOf(Withdraw(later->name(), Approver()).status()), "WRONG_STATE");
  EXPECT_EQ(PriceOn(CivilDay(2026, 9, 1)), 180000);
  ASSERT_OK(File(CivilDay(2026, 9, 1), 185000));
  ASSERT_OK(Withdraw(now->name(), Approver()));
  EXPECT_EQ(PriceOn(today()), -1);
  EXPECT_EQ(List("").filings_size(), 1);
  EXPECT_EQ(List(Principal(facility_)).filings_size(), 3);
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) {
    if (entry.action() != "facility.registered") actions.push_back(entry.action());
  }
  EXPECT_THAT(actions, ElementsAre("price.filed", "price.filed", "price.withdrawn", "price.filed",
                                   "price.withdrawn"));
}

TEST_F(PriceTest, TheCapOfTheRecognitionHolds) {
  ASSERT_NO_FATAL_FAILURE(Recognise(180000));
  const auto above = File(today(), 180001);
  EXPECT_EQ(ReasonOf(above.status()), "FORM_INVALID");
  const auto violations = rpc::ViolationsOf(above.status());
  ASSERT_FALSE(violations.empty());
  EXPECT_EQ(violations[0].reason(), "PRICE_ABOVE_CAP");
  EXPECT_THAT(violations[0].message_zh(), ::testing::HasSubstr("1800 元/月"));
  const auto filed = File(today(), 180000);
  ASSERT_OK(filed);
  EXPECT_EQ(filed->items(0).regime(), v1::PRICE_REGIME_CAPPED);
  EXPECT_EQ(filed->items(0).highest_fen(), 180000);
  // Nor after it: the recognition holds there, too. Once it has ended, prices are free.
  EXPECT_EQ(ReasonOf(File(CivilDay(2026, 9, 1), 200000).status()), "FORM_INVALID");
  ASSERT_OK(RevokeRecognition(Read(facility_).recognition().name(), CivilDay(2026, 9, 1)));
  EXPECT_OK(File(CivilDay(2026, 9, 1), 200000));
}

TEST_F(PriceTest, WhoChargesMoreThanItOffersIsNotRecognised) {
  ASSERT_OK(File(today(), 180001));
  const auto applied = Apply(180000);
  EXPECT_EQ(ReasonOf(applied.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(applied.status()).at(0).reason(), "CRITERION_UNMET");
  EXPECT_OK(Apply(180001));
}

TEST_F(PriceTest, PastPricesAreEnteredAsTheyWereByArchivistsOnly) {
  v1::FilePricesRequest past = Asked(CivilDay(2026, 2, 1), 170000);
  EXPECT_EQ(
      ReasonOf(CallOn(*price_stub_, &Prices::FilePrices, Principal(facility_), past).status()),
      "FORM_INVALID");
  past.set_back_entry(true);
  EXPECT_EQ(
      ReasonOf(CallOn(*price_stub_, &Prices::FilePrices, Principal(facility_), past).status()),
      "ROLE_NOT_ALLOWED");
  const auto entered = CallOn(*price_stub_, &Prices::FilePrices, Archivist(), past);
  ASSERT_OK(entered);
  EXPECT_TRUE(entered->back_entered());
  EXPECT_EQ(PriceOn(CivilDay(2026, 2, 1)), 170000);
  *past.mutable_filing()->mutable_effective_from() = ToProto(CivilDay(2025, 12, 31));
  EXPECT_EQ(ReasonOf(CallOn(*price_stub_, &Prices::FilePrices, Archivist(), past).status()),
            "DAY_BEFORE_FILING");
}

TEST_F(PriceTest, EachActsInTheirPlace) {
  const std::string other = Principal(Register("演练二园"));
  EXPECT_EQ(ReasonOf(CallOn(*price_stub_, &Prices::FilePrices, other, Asked(today(), 1)).status()),
            "NOT_YOUR_FACILITY");
  const auto filed = CallOn(*price_stub_, &Prices::FilePrices, Token(common::v1::ROLE_DHC_INTAKE),
                            Asked(today(), 180000));
  ASSERT_OK(filed);
  EXPECT_EQ(ReasonOf(Withdraw(filed->name(), other).status()), "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Withdraw(filed->name() + "x", Approver()).status()), "PRICE_FILING_NOT_FOUND");
  EXPECT_EQ(
      ReasonOf(Withdraw(filed->name(), Token(common::v1::ROLE_DHC_APPROVER, {"500112"})).status()),
      "OUT_OF_SCOPE");
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::PriceService>()}),
              IsEmpty());
}

TEST_F(PriceTest, TheSameRequestAgainHasNoSecondEffect) {
  v1::FilePricesRequest request = Asked(today(), 180000);
  request.set_request_id(NewRequestId());
  const auto first = CallOn(*price_stub_, &Prices::FilePrices, Principal(facility_), request);
  const auto again = CallOn(*price_stub_, &Prices::FilePrices, Principal(facility_), request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->name(), again->name());
  EXPECT_EQ(List("").filings_size(), 1);
}

TEST_F(PriceTest, TheRulesAreForAnyone) {
  const auto reply = CallOn(*price_stub_, &Prices::ListPriceRules, "", v1::ListPriceRulesRequest());
  ASSERT_OK(reply);
  ASSERT_EQ(reply->rules_size(), 1);
  EXPECT_EQ(reply->rules(0).version(), "national-1");
}

}  // namespace
}  // namespace tuoyu::filing
