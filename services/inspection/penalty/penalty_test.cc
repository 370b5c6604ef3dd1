#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "services/inspection/penalty/penalty_fixture.h"
#include "services/inspection/penalty/withdrawal_watch.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string DueOf(const common::v1::Deadline& deadline) {
  return FormatDay(*FromProto(deadline.due_date()));
}

class PenaltyTest : public PenaltyFixture {
 protected:
  CaseOr OnTheSpot(const v1::Visit& visit, const v1::PenaltySanction& sanction,
                   const std::string& token) const {
    v1::DecideOnTheSpotRequest request;
    *request.mutable_matter() = Matter(visit);
    *request.mutable_sanction() = sanction;
    request.set_text("超员收托，当场警告");
    request.set_statement("认可");
    return Ask(&Cases::DecideOnTheSpot, token, request);
  }
  CaseOr Drop(const v1::PenaltyCase& at, v1::PenaltyDropReason reason) const {
    v1::DropPenaltyCaseRequest request;
    request.set_name(at.name());
    request.set_reason(reason);
    request.set_text("已批评教育");
    return Ask(&Cases::DropPenaltyCase, Head("DHC"), request);
  }
  CaseOr Annul(const v1::PenaltyCase& at, v1::AnnulmentKind kind) const {
    v1::AnnulPenaltyRequest request;
    request.set_name(at.name());
    request.set_kind(kind);
    request.set_decided_by("区人民政府（行政复议）");
    *request.mutable_annulled_on() = ToProto(today());
    request.set_reason("程序有误");
    if (kind == v1::ANNULMENT_KIND_CHANGED) {
      *request.mutable_sanction() = Fine(500'000);
      request.set_text("减轻处罚");
    }
    return Ask(&Cases::AnnulPenalty, Head("DHC"), request);
  }
  // The head's role in the hands of the officer who proposes.
  std::string OfficerAsHead() const {
    return TokenOf(common::v1::ROLE_DEPARTMENT_HEAD, "accounts/DHC/1", {"500111"}, "",
                   absl::Hours(24 * 3650), "DHC");
  }
};

TEST_F(PenaltyTest, ACaseGoesFromTheProposalToItsCloseAndLeavesTheVisitAsItWas) {
  const v1::Visit visit = CaseVisit(facility_);
  auto at = Propose(visit, Officer("DHC"));
  ASSERT_OK(at);
  EXPECT_EQ(at->state(), v1::PENALTY_STATE_PROPOSED);
  EXPECT_EQ(at->case_number(), "CF-500111-2026-0001");
  EXPECT_EQ(at->law(), "人口与计划生育法 第四十一条");
  EXPECT_FALSE(at->has_decide_deadline());
  at = DecideOpening(*at, Head("DHC"));
  ASSERT_OK(at);
  EXPECT_EQ(DueOf(at->decide_deadline()), "2026-06-01");  // 31 May is a Sunday
  at = Notify(*at, Fine());
  ASSERT_OK(at);
  EXPECT_FALSE(at->notice().hearing_right());
  ASSERT_OK(State(*at, /*waives=*/false, Principal(facility_)));
  GoTo(CivilDay(2026, 3, 9));
  at = GetCase(at->name(), Officer("DHC"));
  EXPECT_EQ(ReasonOf(Impose(*at, Fine(), Head("DHC")).status()), "PARTY_NOT_HEARD");
  GoTo(CivilDay(2026, 3, 10));
  at = Impose(*at, Fine(), Head("DHC"));
  ASSERT_OK(at);
  EXPECT_TRUE(at->decide_deadline().has_done_date());
  EXPECT_EQ(DueOf(at->delivery_deadline()), "2026-03-19");
  EXPECT_EQ(DueOf(at->publish_deadline()), "2026-03-19");
  at = Deliver(*at);
  ASSERT_OK(at);
  EXPECT_EQ(DueOf(at->payment_deadline()), "2026-03-25");
  EXPECT_EQ(at->owed().fine_fen(), 1'000'000);
  ASSERT_OK(Pay(*at, v1::PAYMENT_KIND_FINE, 1'000'000));
  ASSERT_OK(Publish(*at));
  at = End(*at, v1::PENALTY_CLOSING_KIND_EXECUTED);
  ASSERT_OK(at);
  EXPECT_EQ(at->state(), v1::PENALTY_STATE_CLOSED);
  EXPECT_EQ(Get(visit.name(), Officer("DHC"))->etag(), visit.etag());
  std::vector<std::string> actions = Actions();
  actions.erase(actions.begin(), actions.end() - 9);
  EXPECT_THAT(actions, ElementsAre("penalty.proposed", "penalty.opened", "penalty.notified",
                                   "penalty.stated", "penalty.decided", "penalty.delivered",
                                   "penalty.paid", "penalty.published", "penalty.closed"));
}

TEST_F(PenaltyTest, NoStepIsTakenTwiceByTheSamePerson) {
  auto at = Propose(CaseVisit(facility_), Officer("DHC"));
  ASSERT_OK(at);
  EXPECT_EQ(ReasonOf(DecideOpening(*at, OfficerAsHead()).status()), "FOUR_EYES");
  at = DecideOpening(*at, Head("DHC"));
  ASSERT_OK(at);
  at = Notify(*at, Fine());
  ASSERT_OK(at);
  at = State(*at, /*waives=*/true, Principal(facility_));
  ASSERT_OK(at);
  EXPECT_FALSE(at->has_legal_review());
  at = GetCase(at->name(), Officer("DHC"));
  EXPECT_EQ(ReasonOf(Review(*at, Officer("DHC", 1)).status()), "FOUR_EYES");
  EXPECT_EQ(ReasonOf(Impose(*at, Fine(), OfficerAsHead()).status()), "FOUR_EYES");
  // An officer decides nothing.
  EXPECT_EQ(Impose(*at, Fine(), Officer("DHC", 3)).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_OK(Impose(*at, Fine(), Head("DHC")));
}

TEST_F(PenaltyTest, OnlyAVisitThatFoundASuspectedBreachOpensACaseAndOneAlone) {
  const auto clean = Conclude(Recorded(Opened(facility_)), v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(clean);
  EXPECT_EQ(ReasonOf(Propose(*clean, Officer("DHC")).status()), "VISIT_OPENS_NO_CASE");
  const v1::Visit visit = CaseVisit(facility_);
  EXPECT_EQ(ReasonOf(Propose(visit, Officer("FIRE")).status()), "NOT_ON_VISIT");
  EXPECT_EQ(ReasonOf(Propose(visit, TokenOf(common::v1::ROLE_DHC_INSPECTOR, "accounts/DHC/1",
                                            {"500112"}, "", absl::Hours(24), "DHC"))
                         .status()),
            "VISIT_NOT_FOUND");
  const auto first = Propose(visit, Officer("DHC"));
  ASSERT_OK(first);
  EXPECT_EQ(ReasonOf(Propose(visit, Officer("DHC", 2)).status()), "PENALTY_CASE_EXISTS");
  const auto refused = DecideOpening(*first, Head("DHC"), /*approve=*/false);
  ASSERT_OK(refused);
  EXPECT_EQ(refused->refuse_reason(), "证据不足");
  EXPECT_EQ(ReasonOf(DecideOpening(*refused, Head("DHC")).status()), "WRONG_STATE");
  // One that was not opened bars no other; numbers have no gaps.
  const auto second = Propose(visit, Officer("DHC"));
  ASSERT_OK(second);
  EXPECT_EQ(second->case_number(), "CF-500111-2026-0002");
}

TEST_F(PenaltyTest, AnotherUnitLeavesItAlone) {
  const auto at = Propose(CaseVisit(facility_), Officer("DHC"));
  ASSERT_OK(at);
  EXPECT_EQ(ReasonOf(DecideOpening(*at, Head("FIRE")).status()), "PENALTY_OF_OTHER_UNIT");
  EXPECT_EQ(ReasonOf(DecideOpening(*at, Head("ELSEWHERE")).status()), "NOT_A_UNIT");
  const std::string far = TokenOf(common::v1::ROLE_DEPARTMENT_HEAD, "accounts/far", {"500112"}, "",
                                  absl::Hours(24), "DHC");
  EXPECT_EQ(ReasonOf(DecideOpening(*at, far).status()), "PENALTY_CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(GetCase(at->name(), far).status()), "PENALTY_CASE_NOT_FOUND");
  EXPECT_EQ(GetCase(at->name(), Officer("FIRE"))->state(), v1::PENALTY_STATE_PROPOSED);
}

TEST_F(PenaltyTest, ARequestSentAgainIsAnsweredAndDoesNothing) {
  v1::OpenPenaltyCaseRequest request;
  *request.mutable_matter() = Matter(CaseVisit(facility_));
  request.set_request_id(NewRequestId());
  const auto first = Ask(&Cases::OpenPenaltyCase, Officer("DHC"), request);
  ASSERT_OK(first);
  const auto again = Ask(&Cases::OpenPenaltyCase, Officer("DHC"), request);
  ASSERT_OK(again);
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM penalty_case"), "1");
  request.mutable_matter()->set_facts("另一事实");
  EXPECT_EQ(ReasonOf(Ask(&Cases::OpenPenaltyCase, Officer("DHC"), request).status()),
            "REQUEST_ID_REUSED");
  v1::PenaltyCase stale = *first;
  ASSERT_OK(DecideOpening(*first, Head("DHC")));
  EXPECT_EQ(ReasonOf(DecideOpening(stale, Head("DHC")).status()), "ETAG_MISMATCH");
  stale.clear_etag();
  EXPECT_EQ(ReasonOf(DecideOpening(stale, Head("DHC")).status()), "ETAG_MISSING");
}

TEST_F(PenaltyTest, FinesOutOfRangeAndGraverThanToldAreRefused) {
  auto at = CaseOr(OpenCase(facility_));
  EXPECT_EQ(ReasonOf(Impose(*at, Fine(), Head("DHC")).status()), "WRONG_STATE");
  const auto refused = Notify(*at, Fine(499'999));
  ASSERT_THAT(Reasons(refused.status()), ElementsAre("FINE_OUT_OF_RANGE"));
  EXPECT_THAT(rpc::ViolationsOf(refused.status())[0].message_en(),
              ::testing::HasSubstr("5000.00 to 50000.00"));
  at = Notify(*at, Fine(500'000));
  ASSERT_OK(at);
  ASSERT_OK(State(*at, /*waives=*/true, Officer("DHC")));
  at = GetCase(at->name(), Officer("DHC"));
  EXPECT_THAT(Reasons(Impose(*at, Fine(500'001), Head("DHC")).status()),
              ElementsAre("HEAVIER_THAN_NOTIFIED"));
  const auto lighter = Impose(*at, Warning(), Head("DHC"));
  ASSERT_OK(lighter);
  EXPECT_EQ(lighter->decision().sanction().measures(0), v1::PENALTY_MEASURE_WARNING);
}

TEST_F(PenaltyTest, AWarningOnTheSpotIsDecidedAndDeliveredAtOnce) {
  const v1::Visit visit = WithFindings(facility_, {"B01"});
  EXPECT_THAT(Reasons(OnTheSpot(visit, Fine(500'000), Officer("DHC")).status()),
              ElementsAre("ON_THE_SPOT_LIMIT"));
  EXPECT_EQ(ReasonOf(OnTheSpot(visit, Warning(), Officer("DHC", 3)).status()), "NOT_ON_VISIT");
  const auto at = OnTheSpot(visit, Warning(), Officer("DHC"));
  ASSERT_OK(at);
  EXPECT_EQ(at->state(), v1::PENALTY_STATE_DELIVERED);
  EXPECT_EQ(ReasonOf(OnTheSpot(visit, Warning(), Officer("DHC", 2)).status()),
            "PENALTY_CASE_EXISTS");
  EXPECT_OK(GetCase(at->name(), Principal(facility_)));
  EXPECT_OK(End(*at, v1::PENALTY_CLOSING_KIND_EXECUTED));
  const v1::Visit other = WithFindings(facility_, {"B01"});
  GoTo(today() + 1);
  EXPECT_EQ(ReasonOf(OnTheSpot(other, Warning(), Officer("DHC")).status()), "VISIT_OPENS_NO_CASE");
}

TEST_F(PenaltyTest, WhoPaysLateOwesMoreAndTheCaseStaysOpenUntilItIsPaid) {
  auto at = Deliver(DecidedCase(facility_, Fine()));
  ASSERT_OK(at);
  EXPECT_EQ(DueOf(at->payment_deadline()), "2026-03-17");
  GoTo(CivilDay(2026, 3, 19));
  at = GetCase(at->name(), Officer("DHC"));
  EXPECT_TRUE(at->payment_deadline().overdue());
  EXPECT_EQ(at->owed().late_fee_fen(), 60'000);
  EXPECT_THAT(Reasons(Pay(*at, v1::PAYMENT_KIND_FINE, 1'000'001).status()),
              ElementsAre("MORE_THAN_OWED"));
  ASSERT_OK(Pay(*at, v1::PAYMENT_KIND_FINE, 1'000'000));
  GoTo(CivilDay(2026, 4, 20));
  const auto unpaid = End(*at, v1::PENALTY_CLOSING_KIND_EXECUTED);
  EXPECT_EQ(ReasonOf(unpaid.status()), "PENALTY_UNPAID");
  EXPECT_EQ(rpc::MetadataOf(unpaid.status())["late_fen"], "60000");
  ASSERT_OK(Pay(*at, v1::PAYMENT_KIND_LATE_FEE, 50'000));
  EXPECT_EQ(ReasonOf(End(*at, v1::PENALTY_CLOSING_KIND_EXECUTED).status()), "PENALTY_UNPAID");
  at = End(*at, v1::PENALTY_CLOSING_KIND_LATE_FEE_REMITTED);
  ASSERT_OK(at);
  EXPECT_FALSE(at->payment_deadline().overdue());
  EXPECT_EQ(ReasonOf(Pay(*at, v1::PAYMENT_KIND_LATE_FEE, 1).status()), "WRONG_STATE");
}

TEST_F(PenaltyTest, TheHeadLetsItBePaidLaterAndNothingGrowsMeanwhile) {
  auto at = Deliver(DecidedCase(facility_, Fine()));
  ASSERT_OK(at);
  v1::RecordPaymentStayRequest request;
  request.set_name(at->name());
  request.mutable_stay()->set_kind(v1::PAYMENT_STAY_KIND_DEFERRED);
  *request.mutable_stay()->mutable_from() = ToProto(today());
  EXPECT_THAT(Reasons(Ask(&Cases::RecordPaymentStay, Head("DHC"), request).status()),
              ElementsAre("FIELD_MISSING", "DATE_INVALID"));
  request.mutable_stay()->set_reason("经济困难，书面申请");
  *request.mutable_stay()->mutable_until() = ToProto(CivilDay(2026, 4, 5));
  EXPECT_EQ(Ask(&Cases::RecordPaymentStay, Officer("DHC"), request).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(Ask(&Cases::RecordPaymentStay, Head("FIRE"), request).status()),
            "PENALTY_OF_OTHER_UNIT");
  at = Ask(&Cases::RecordPaymentStay, Head("DHC"), request);
  ASSERT_OK(at);
  // 5 April is the tomb-sweeping festival.
  EXPECT_EQ(DueOf(at->payment_deadline()), "2026-04-07");
  GoTo(CivilDay(2026, 4, 7));
  EXPECT_EQ(GetCase(at->name(), Officer("DHC"))->owed().late_fee_fen(), 0);
  GoTo(CivilDay(2026, 4, 8));
  EXPECT_EQ(GetCase(at->name(), Officer("DHC"))->owed().late_fee_fen(), 30'000);
  // A suit, entered when it begins and again when it ends.
  v1::PaymentStay& suit = *request.mutable_stay();
  suit.set_kind(v1::PAYMENT_STAY_KIND_LITIGATION);
  *suit.mutable_from() = ToProto(today());
  suit.clear_until();
  ASSERT_OK(Ask(&Cases::RecordPaymentStay, Head("DHC"), request));
  GoTo(CivilDay(2026, 6, 1));
  EXPECT_EQ(GetCase(at->name(), Officer("DHC"))->owed().late_fee_fen(), 0);
  *suit.mutable_until() = ToProto(CivilDay(2026, 5, 30));
  at = Ask(&Cases::RecordPaymentStay, Head("DHC"), request);
  ASSERT_OK(at);
  EXPECT_EQ(at->stays_size(), 2);
  EXPECT_EQ(at->owed().late_fee_fen(), 60'000);
}

TEST_F(PenaltyTest, AMinorFirstBreachThatWasCorrectedGoesWithoutPenalty) {
  const v1::PenaltyCase at = OpenCase(facility_);
  EXPECT_THAT(Reasons(Drop(at, v1::PENALTY_DROP_REASON_FIRST_AND_MINOR).status()),
              ElementsAre("NOT_CORRECTED"));
  ASSERT_OK(
      Call(&Stub::RecheckFinding, Officer("DHC"), RecheckOf(at.visit() + "/findings/B01", true)));
  const auto dropped = Drop(at, v1::PENALTY_DROP_REASON_FIRST_AND_MINOR);
  ASSERT_OK(dropped);
  EXPECT_EQ(dropped->state(), v1::PENALTY_STATE_DROPPED);
  EXPECT_EQ(ReasonOf(Publish(*dropped).status()), "WRONG_STATE");
  // Once punished, at a predecessor too, it is not the first time.
  DecidedCase(facility_, Fine());
  const std::string successor = Register("向日葵（新址）");
  registry_.Link(successor, facility_);
  CatchUp();
  EXPECT_THAT(Reasons(Drop(OpenCase(successor), v1::PENALTY_DROP_REASON_FIRST_AND_MINOR).status()),
              ElementsAre("NOT_CORRECTED", "NOT_FIRST"));
}

TEST_F(PenaltyTest, AnAnnulledDecisionLeavesItsReasonInPublicAndNothingElse) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  ASSERT_OK(Deliver(decided));
  ASSERT_OK(Publish(decided));
  EXPECT_EQ(ReasonOf(Publish(decided).status()), "WRONG_STATE");
  EXPECT_EQ(GetCase(decided.name(), "")->decision().sanction().fine_fen(), 1'000'000);
  GoTo(today() + 2);
  auto at = Annul(decided, v1::ANNULMENT_KIND_ANNULLED);
  ASSERT_OK(at);
  EXPECT_EQ(at->state(), v1::PENALTY_STATE_ANNULLED);
  EXPECT_EQ(DueOf(at->withdraw_deadline()), "2026-03-09");
  EXPECT_EQ(at->owed().fine_fen(), 0);
  const auto seen = GetCase(decided.name(), "");
  ASSERT_OK(seen);
  EXPECT_EQ(seen->withdraw_reason(), "程序有误");
  EXPECT_FALSE(seen->has_decision());
  EXPECT_THAT(seen->conduct(), IsEmpty());
  EXPECT_EQ(ReasonOf(Annul(decided, v1::ANNULMENT_KIND_VOID).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Publish(decided).status()), "WRONG_STATE");
}

TEST_F(PenaltyTest, AChangedDecisionIsDeliveredAndPublishedAnew) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  ASSERT_OK(Deliver(decided));
  ASSERT_OK(Publish(decided));
  ASSERT_OK(Pay(decided, v1::PAYMENT_KIND_FINE, 200'000));
  GoTo(today() + 7);
  auto at = Annul(decided, v1::ANNULMENT_KIND_CHANGED);
  ASSERT_OK(at);
  EXPECT_EQ(at->state(), v1::PENALTY_STATE_DECIDED);
  EXPECT_EQ(at->owed().fine_fen(), 300'000);
  EXPECT_FALSE(GetCase(decided.name(), "")->has_decision());
  EXPECT_EQ(*FromProto(at->decide_deadline().done_date()), today() - 7);
  ASSERT_OK(Deliver(*at));
  at = Publish(*at);
  ASSERT_OK(at);
  EXPECT_FALSE(at->has_withdrawn_on());
  EXPECT_EQ(GetCase(decided.name(), "")->decision().sanction().fine_fen(), 500'000);
}

// Word comes to an officer, the head enters it: in between the publication is watched.
TEST_F(PenaltyTest, APublicationOfWhoseAnnulmentWordCameIsWatched) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  EXPECT_EQ(ReasonOf(Publish(decided).status()), "PENALTY_NOT_DELIVERED");
  ASSERT_OK(Deliver(decided));
  ASSERT_OK(Publish(decided));
  v1::NoteAnnulmentRequest note;
  note.set_name(decided.name());
  EXPECT_THAT(Reasons(Ask(&Cases::NoteAnnulment, Officer("DHC"), note).status()),
              ElementsAre("FIELD_MISSING", "FIELD_MISSING", "FIELD_MISSING", "DATE_INVALID"));
  note.mutable_notice()->set_kind(v1::ANNULMENT_KIND_ANNULLED);
  note.mutable_notice()->set_decided_by("区人民政府（行政复议）");
  note.mutable_notice()->set_reason("程序有误");
  *note.mutable_notice()->mutable_annulled_on() = ToProto(today());
  EXPECT_EQ(ReasonOf(Ask(&Cases::NoteAnnulment, Officer("FIRE"), note).status()),
            "PENALTY_OF_OTHER_UNIT");
  const auto noted = Ask(&Cases::NoteAnnulment, Officer("DHC"), note);
  ASSERT_OK(noted);
  EXPECT_EQ(DueOf(noted->withdraw_deadline()), "2026-03-05");
  EXPECT_FALSE(noted->withdraw_deadline().overdue());
  const auto waiting = [&](const std::string& token) {
    v1::ListPenaltyCasesRequest list;
    list.set_awaits_withdrawal(true);
    return CallOn(*penalty_stub_, &Cases::ListPenaltyCases, token, list);
  };
  EXPECT_EQ(waiting(Officer("DHC"))->penalty_cases_size(), 1);
  EXPECT_EQ(ReasonOf(waiting("").status()), "FIELD_INVALID");
  const auto watch = [&] {
    return *TellOverdueWithdrawals(writes_, deps_, clock_, absl::Now() + absl::Seconds(10), 50);
  };
  GoTo(CivilDay(2026, 3, 5));
  EXPECT_EQ(watch(), 0);
  GoTo(CivilDay(2026, 3, 6));
  EXPECT_EQ(watch(), 1);
  EXPECT_EQ(watch(), 0) << "once";
  EXPECT_EQ(Actions().back(), "penalty.withdrawal_overdue");
  auto at = GetCase(decided.name(), Officer("DHC"));
  EXPECT_TRUE(at->withdraw_deadline().overdue());
  EXPECT_EQ(*FromProto(at->withdrawal_overdue_on()), today());
  EXPECT_TRUE(GetCase(decided.name(), "")->has_decision()) << "still public";
  EXPECT_FALSE(GetCase(decided.name(), Principal(facility_))->has_annulment_notice());
  at = Annul(*at, v1::ANNULMENT_KIND_ANNULLED);
  ASSERT_OK(at);
  EXPECT_FALSE(at->has_annulment_notice());
  EXPECT_FALSE(GetCase(decided.name(), "")->has_decision());
  EXPECT_EQ(waiting(Officer("DHC"))->penalty_cases_size(), 0);
}

TEST_F(PenaltyTest, AWithdrawalThatIsEnteredLateShowsThatItIs) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  ASSERT_OK(Deliver(decided));
  ASSERT_OK(Publish(decided));
  const CivilDay annulled = today();
  GoTo(today() + 7);
  v1::AnnulPenaltyRequest request;
  request.set_name(decided.name());
  request.set_kind(v1::ANNULMENT_KIND_ANNULLED);
  request.set_decided_by("区人民政府（行政复议）");
  request.set_reason("程序有误");
  *request.mutable_annulled_on() = ToProto(annulled);
  const auto at = Ask(&Cases::AnnulPenalty, Head("DHC"), request);
  ASSERT_OK(at);
  EXPECT_EQ(DueOf(at->withdraw_deadline()), "2026-03-05");
  EXPECT_EQ(*FromProto(at->withdrawal_overdue_on()), today());
}

TEST_F(PenaltyTest, WhatWasPaidForAnAnnulledDecisionIsGivenBack) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  ASSERT_OK(Deliver(decided));
  ASSERT_OK(Pay(decided, v1::PAYMENT_KIND_FINE, 1'000'000));
  v1::RecordRefundRequest request;
  request.set_name(decided.name());
  v1::PenaltyRefund& refund = *request.mutable_refund();
  refund.set_kind(v1::PAYMENT_KIND_FINE);
  refund.set_amount_fen(400'000);
  refund.set_receipt("演练退款 1");
  *refund.mutable_refunded_on() = ToProto(today());
  EXPECT_EQ(ReasonOf(Ask(&Cases::RecordRefund, Officer("DHC"), request).status()), "WRONG_STATE");
  GoTo(today() + 1);
  auto at = Annul(decided, v1::ANNULMENT_KIND_ANNULLED);
  ASSERT_OK(at);
  EXPECT_EQ(at->owed().refund_fine_fen(), 1'000'000);
  EXPECT_THAT(Reasons(Ask(&Cases::RecordRefund, Officer("DHC"), request).status()),
              ElementsAre("DATE_INVALID"))
      << "before the annulment";
  *refund.mutable_refunded_on() = ToProto(today());
  at = Ask(&Cases::RecordRefund, Officer("DHC"), request);
  ASSERT_OK(at);
  EXPECT_EQ(at->owed().refund_fine_fen(), 600'000);
  refund.set_amount_fen(600'001);
  EXPECT_THAT(Reasons(Ask(&Cases::RecordRefund, Officer("DHC"), request).status()),
              ElementsAre("MORE_THAN_REFUNDABLE"));
  refund.set_amount_fen(600'000);
  at = Ask(&Cases::RecordRefund, Officer("DHC"), request);
  ASSERT_OK(at);
  EXPECT_EQ(at->owed().refund_fine_fen(), 0);
}

TEST_F(PenaltyTest, WhatWasPaidBeyondALighterDecisionIsGivenBackBeforeTheCaseIsClosed) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  ASSERT_OK(Deliver(decided));
  ASSERT_OK(Pay(decided, v1::PAYMENT_KIND_FINE, 800'000));
  auto at = Annul(decided, v1::ANNULMENT_KIND_CHANGED);  // to 500,000 fen
  ASSERT_OK(at);
  EXPECT_EQ(at->owed().fine_fen(), 0);
  EXPECT_EQ(at->owed().refund_fine_fen(), 300'000);
  ASSERT_OK(Deliver(*at));
  EXPECT_EQ(ReasonOf(End(*at, v1::PENALTY_CLOSING_KIND_EXECUTED).status()), "REFUND_OWED");
  v1::RecordRefundRequest request;
  request.set_name(decided.name());
  request.mutable_refund()->set_kind(v1::PAYMENT_KIND_FINE);
  request.mutable_refund()->set_amount_fen(300'000);
  request.mutable_refund()->set_receipt("演练退款 2");
  *request.mutable_refund()->mutable_refunded_on() = ToProto(today());
  ASSERT_OK(Ask(&Cases::RecordRefund, Officer("DHC"), request));
  EXPECT_OK(End(*at, v1::PENALTY_CLOSING_KIND_EXECUTED));
}

// 从旧兼从轻: the rules change after the conduct.
TEST_F(PenaltyTest, TheLighterOfTheOldAndTheNewLawHolds) {
  const auto change = [&](CivilDay from, const std::string& version,
                          const std::function<void(v1::PenaltyConduct&)>& edit) {
    v1::PenaltyRules rules = *penalties_.Find("national-2021");
    std::vector<v1::PenaltyRules> all = {rules};
    rules.set_version(version);
    *rules.mutable_effective_from() = ToProto(from);
    for (v1::PenaltyConduct& each : *rules.mutable_conducts()) {
      if (each.code() == "STANDARDS") edit(each);
    }
    all.push_back(rules);
    penalties_ = *PenaltyRuleBook::Make(all);
  };
  auto at = CaseOr(OpenCase(facility_));
  EXPECT_EQ(at->rules_version(), "national-2021");
  GoTo(today() + 1);
  change(today(), "graver",
         [](auto& each) { each.mutable_consequences(1)->set_fine_max_fen(9'000'000); });
  at = Notify(*at, Fine());
  ASSERT_OK(at);
  EXPECT_EQ(at->rules_version(), "national-2021");
  EXPECT_EQ(at->conduct_rules_version(), "");
  // A lighter one after the notice: it is told anew, by it.
  change(today(), "lighter", [](auto& each) {
    each.set_law("演练法 第一条");
    each.mutable_consequences(1)->set_fine_min_fen(100'000);
    each.mutable_consequences(1)->set_fine_max_fen(900'000);
  });
  ASSERT_OK(State(*at, /*waives=*/true, Officer("DHC")));
  at = GetCase(at->name(), Officer("DHC"));
  EXPECT_EQ(ReasonOf(Impose(*at, Fine(), Head("DHC")).status()), "LAW_CHANGED");
  EXPECT_THAT(Reasons(Notify(*at, Fine()).status()), ElementsAre("FINE_OUT_OF_RANGE"));
  at = Notify(*at, Fine(200'000));
  ASSERT_OK(at);
  EXPECT_EQ(at->rules_version(), "lighter");
  EXPECT_EQ(at->conduct_rules_version(), "national-2021");
  EXPECT_EQ(at->law(), "演练法 第一条");
  ASSERT_OK(State(*at, /*waives=*/true, Officer("DHC")));
  at = GetCase(at->name(), Officer("DHC"));
  EXPECT_OK(Impose(*at, Fine(200'000), Head("DHC")));
}

TEST_F(PenaltyTest, WhatTheLawPunishesNoMoreEndsWithoutAPenalty) {
  auto at = CaseOr(OpenCase(facility_));
  EXPECT_THAT(Reasons(Drop(*at, v1::PENALTY_DROP_REASON_LAW_REPEALED).status()),
              ElementsAre("LAW_NOT_REPEALED"));
  GoTo(today() + 1);
  v1::PenaltyRules rules = *penalties_.Find("national-2021");
  std::vector<v1::PenaltyRules> all = {rules};
  rules.set_version("without");
  *rules.mutable_effective_from() = ToProto(today());
  rules.mutable_conducts()->DeleteSubrange(0, 1);
  all.push_back(rules);
  penalties_ = *PenaltyRuleBook::Make(all);
  EXPECT_EQ(ReasonOf(Notify(*at, Fine()).status()), "CONDUCT_REPEALED");
  EXPECT_EQ(Drop(*at, v1::PENALTY_DROP_REASON_LAW_REPEALED)->state(), v1::PENALTY_STATE_DROPPED);
}

TEST_F(PenaltyTest, DaysAreLeftOutOfTheNinetyWhereARuleOfTheUnitSaysSo) {
  const auto at = CaseOr(OpenCase(facility_));
  v1::RecordDecisionPauseRequest request;
  request.set_name(at->name());
  request.mutable_pause()->set_kind(v1::DECISION_PAUSE_KIND_TESTING);
  request.mutable_pause()->set_reason("委托检测");
  *request.mutable_pause()->mutable_from() = ToProto(today());
  GoTo(today() + 10);
  EXPECT_THAT(Reasons(Ask(&Cases::RecordDecisionPause, Head("DHC"), request).status()),
              ElementsAre("PAUSE_NOT_OF_UNIT"))
      << "no rule of the health commission is known";
  v1::PenaltyRules rules = *penalties_.Find("national-2021");
  rules.mutable_pauses(0)->add_units("DHC");
  penalties_ = *PenaltyRuleBook::Make({rules});
  EXPECT_EQ(ReasonOf(Ask(&Cases::RecordDecisionPause, Officer("DHC"), request).status()),
            "ROLE_NOT_ALLOWED");
  auto paused = Ask(&Cases::RecordDecisionPause, Head("DHC"), request);
  ASSERT_OK(paused);
  EXPECT_EQ(DueOf(paused->decide_deadline()), "2026-06-10");  // ten days later than 31 May
  *request.mutable_pause()->mutable_until() = ToProto(today() - 5);
  paused = Ask(&Cases::RecordDecisionPause, Head("DHC"), request);
  ASSERT_OK(paused);
  EXPECT_EQ(paused->pauses_size(), 1);
  EXPECT_EQ(paused->pauses(0).law(), rules.pauses(0).law());
  EXPECT_EQ(DueOf(paused->decide_deadline()), "2026-06-05");
}

TEST_F(PenaltyTest, APersonsNameIsSealedAndForTheUnitAlone) {
  v1::OpenPenaltyCaseRequest request;
  *request.mutable_matter() = Matter(CaseVisit(facility_));
  request.mutable_matter()->set_party(v1::PENALTY_PARTY_PERSON);
  request.mutable_matter()->set_person_name("演练责任人");
  request.mutable_matter()->set_conduct("ABUSE");
  auto at = Ask(&Cases::OpenPenaltyCase, Officer("DHC"), request);
  ASSERT_OK(at);
  EXPECT_EQ(at->person_name(), "演练责任人");
  EXPECT_EQ(GetCase(at->name(), Officer("DHC", 3))->person_name(), "演练责任人");
  EXPECT_THAT(GetCase(at->name(), Officer("FIRE"))->person_name(), IsEmpty());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM penalty_case WHERE message LIKE '%演练责任人%'"),
            "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry WHERE payload LIKE '%演练责任人%'"),
            "0");
  at = DecideOpening(*at, Head("DHC"));
  ASSERT_OK(at);
  v1::PenaltySanction bar;
  bar.set_tier(v1::PENALTY_TIER_SERIOUS);
  bar.add_measures(v1::PENALTY_MEASURE_BAR_FROM_WORK);
  at = Notify(*at, bar);
  ASSERT_OK(at);
  EXPECT_EQ(at->person_name(), "演练责任人");
  EXPECT_TRUE(at->notice().hearing_right());
  // It is the person's case, not the facility's.
  EXPECT_EQ(ReasonOf(GetCase(at->name(), Principal(facility_)).status()), "PENALTY_CASE_NOT_FOUND");
}

}  // namespace
}  // namespace tuoyu::inspection
