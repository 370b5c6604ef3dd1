#include "services/inspection/penalty/penalty_fixture.h"

#include "common/base/civil.h"

namespace tuoyu::inspection {

void PenaltyFixture::SetUp() {
  RecordInspectors({"DHC", "FIRE"});
  facility_ = Register("向日葵");
}

v1::Visit PenaltyFixture::CaseVisit(const std::string& facility) {
  clock_.Advance(absl::Milliseconds(1));  // ids are in the order of their making
  const auto concluded =
      Conclude(Recorded(Opened(facility), {"B01"}), v1::VISIT_OUTCOME_CASE_OPENED, {"B01"});
  EXPECT_OK(concluded);
  return concluded.value_or(v1::Visit());
}

v1::PenaltyMatter PenaltyFixture::Matter(const v1::Visit& visit) {
  v1::PenaltyMatter matter;
  matter.set_visit(visit.name());
  matter.set_party(v1::PENALTY_PARTY_FACILITY);
  matter.set_conduct("STANDARDS");
  matter.add_items("B01");
  *matter.mutable_conducted_on() = visit.visited_on();
  matter.set_facts("托大班实有 26 人，超过上限");
  return matter;
}

v1::PenaltySanction PenaltyFixture::Warning() {
  v1::PenaltySanction sanction;
  sanction.set_tier(v1::PENALTY_TIER_ORDINARY);
  sanction.add_measures(v1::PENALTY_MEASURE_WARNING);
  return sanction;
}

v1::PenaltySanction PenaltyFixture::Fine(int64_t fen) {
  v1::PenaltySanction sanction;
  sanction.set_tier(v1::PENALTY_TIER_REFUSED);
  sanction.add_measures(v1::PENALTY_MEASURE_FINE);
  sanction.set_fine_fen(fen);
  return sanction;
}

v1::PenaltySanction PenaltyFixture::Stop() {
  v1::PenaltySanction sanction;
  sanction.set_tier(v1::PENALTY_TIER_SERIOUS);
  sanction.add_measures(v1::PENALTY_MEASURE_STOP_SERVICE);
  sanction.add_measures(v1::PENALTY_MEASURE_FINE);
  sanction.set_fine_fen(6'000'000);
  return sanction;
}

PenaltyFixture::CaseOr PenaltyFixture::Propose(const v1::Visit& visit,
                                               const std::string& token) const {
  v1::OpenPenaltyCaseRequest request;
  *request.mutable_matter() = Matter(visit);
  return Ask(&Cases::OpenPenaltyCase, token, request);
}

PenaltyFixture::CaseOr PenaltyFixture::DecideOpening(const v1::PenaltyCase& at,
                                                     const std::string& token, bool approve) const {
  v1::DecidePenaltyOpeningRequest request;
  request.set_name(at.name());
  request.set_etag(at.etag());
  request.set_approve(approve);
  if (!approve) request.set_reason("证据不足");
  return Ask(&Cases::DecidePenaltyOpening, token, request);
}

PenaltyFixture::CaseOr PenaltyFixture::Notify(const v1::PenaltyCase& at,
                                              const v1::PenaltySanction& sanction) const {
  v1::NotifyPenaltyRequest request;
  request.set_name(at.name());
  *request.mutable_sanction() = sanction;
  request.set_text("事实、理由、依据和权利");
  return Ask(&Cases::NotifyPenalty, Officer("DHC"), request);
}

PenaltyFixture::CaseOr PenaltyFixture::State(const v1::PenaltyCase& at, bool waives,
                                             const std::string& token) const {
  v1::RecordStatementRequest request;
  request.set_name(at.name());
  request.set_text(waives ? "不陈述、不申辩、不要求听证" : "已经整改，请从轻");
  request.set_waives(waives);
  request.set_proof("卷一第3页，当事人签名");
  return Ask(&Cases::RecordStatement, token, request);
}

PenaltyFixture::CaseOr PenaltyFixture::Review(const v1::PenaltyCase& at, const std::string& token,
                                              bool agreed) const {
  v1::RecordLegalReviewRequest request;
  request.set_name(at.name());
  request.set_etag(at.etag());
  request.set_agreed(agreed);
  request.set_opinion("事实清楚，程序合法");
  return Ask(&Cases::RecordLegalReview, token, request);
}

PenaltyFixture::CaseOr PenaltyFixture::Impose(const v1::PenaltyCase& at,
                                              const v1::PenaltySanction& sanction,
                                              const std::string& token) const {
  v1::DecidePenaltyRequest request;
  request.set_name(at.name());
  request.set_etag(at.etag());
  *request.mutable_sanction() = sanction;
  request.set_text("超员收托，拒不改正");
  return Ask(&Cases::DecidePenalty, token, request);
}

PenaltyFixture::CaseOr PenaltyFixture::Deliver(const v1::PenaltyCase& at) const {
  v1::RecordDeliveryRequest request;
  request.set_name(at.name());
  request.set_method(v1::DELIVERY_METHOD_DIRECT);
  *request.mutable_delivered_on() = ToProto(today());
  request.set_proof("卷宗第 12 页");
  return Ask(&Cases::RecordDelivery, Officer("DHC"), request);
}

PenaltyFixture::CaseOr PenaltyFixture::Pay(const v1::PenaltyCase& at, v1::PaymentKind kind,
                                           int64_t fen) const {
  v1::RecordPaymentRequest request;
  request.set_name(at.name());
  request.mutable_payment()->set_kind(kind);
  request.mutable_payment()->set_amount_fen(fen);
  *request.mutable_payment()->mutable_paid_on() = ToProto(today());
  request.mutable_payment()->set_receipt("演练票据 1");
  return Ask(&Cases::RecordPayment, Officer("DHC"), request);
}

PenaltyFixture::CaseOr PenaltyFixture::End(const v1::PenaltyCase& at,
                                           v1::PenaltyClosingKind kind) const {
  v1::ClosePenaltyCaseRequest request;
  request.set_name(at.name());
  request.set_kind(kind);
  request.set_text("罚款已缴清");
  return Ask(&Cases::ClosePenaltyCase, Head("DHC"), request);
}

PenaltyFixture::CaseOr PenaltyFixture::Publish(const v1::PenaltyCase& at) const {
  v1::PublishPenaltyRequest request;
  request.set_name(at.name());
  return Ask(&Cases::PublishPenalty, Officer("DHC"), request);
}

PenaltyFixture::CaseOr PenaltyFixture::GetCase(const std::string& name,
                                               const std::string& token) const {
  v1::GetPenaltyCaseRequest request;
  request.set_name(name);
  return Ask(&Cases::GetPenaltyCase, token, request);
}

v1::PenaltyCase PenaltyFixture::OpenCase(const std::string& facility) {
  auto at = Propose(CaseVisit(facility), Officer("DHC"));
  EXPECT_OK(at);
  if (at.ok()) at = DecideOpening(*at, Head("DHC"));
  EXPECT_OK(at);
  return at.value_or(v1::PenaltyCase());
}

v1::PenaltyCase PenaltyFixture::DecidedCase(const std::string& facility,
                                            const v1::PenaltySanction& sanction) {
  auto at = Notify(OpenCase(facility), sanction);
  EXPECT_OK(at);
  if (at.ok()) at = State(*at, /*waives=*/true, Officer("DHC"));
  if (at.ok()) at = Review(*at, Officer("DHC", 3));
  if (at.ok()) at = Impose(*at, sanction, Head("DHC"));
  EXPECT_OK(at);
  return at.value_or(v1::PenaltyCase());
}

std::vector<std::string> PenaltyFixture::Reasons(const absl::Status& status) {
  std::vector<std::string> reasons;
  for (const auto& each : rpc::ViolationsOf(status)) reasons.push_back(each.reason());
  return reasons;
}

}  // namespace tuoyu::inspection
