#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/inspection/draw/draw_rules.h"
#include "services/inspection/inspection_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Draws = v1::DrawService::Stub;

class DrawTest : public InspectionFixture {
 protected:
  // Ten facilities, three inspectors each of DHC and FIRE, and an approved plan to draw four.
  v1::Plan Prepared() {
    for (int i = 0; i < 10; ++i) facilities_.push_back(Register("演练园"));
    RecordInspectors({"DHC", "FIRE"}, 3);
    return Approved(Random({"DHC", "FIRE"}, 4));
  }
  absl::StatusOr<v1::Visit> Ask(const v1::Visit& visit, const std::string& from,
                                const std::string& to, const std::string& token) const {
    v1::AskReplacementRequest request;
    request.set_name(visit.name());
    request.set_from_inspector(from);
    request.set_to_inspector(to);
    request.set_reason("出差");
    return Call(&Stub::AskReplacement, token, request);
  }
  absl::StatusOr<v1::Visit> Consent(const v1::Visit& visit, const std::string& token) const {
    v1::DecideReplacementRequest request;
    request.set_name(visit.name());
    request.set_etag(visit.etag());
    request.set_consent(true);
    return Call(&Stub::DecideReplacement, token, request);
  }
  absl::StatusOr<v1::Visit> Publish(const v1::Visit& visit) const {
    v1::PublishVisitRequest request;
    request.set_name(visit.name());
    return Call(&Stub::PublishVisit, Officer("DHC"), request);
  }
  absl::StatusOr<v1::Draw> GetDraw(const std::string& name) const {
    v1::GetDrawRequest request;
    request.set_name(name);
    return CallOn(*draw_stub_, &Draws::GetDraw, Officer("DHC"), request);
  }
  std::vector<v1::Visit> Visits(const std::string& token) const {
    v1::ListVisitsRequest request;
    *request.mutable_since() = ToProto(today() - 1);  // anyone says since when
    const auto list = Call(&Stub::ListVisits, token, request);
    return {list->visits().begin(), list->visits().end()};
  }

  std::vector<std::string> facilities_;
};

TEST_F(DrawTest, AnyoneDoesThePublishedDrawAgainOnceItsDaysAreOver) {
  const v1::Plan plan = Prepared();
  const auto draw = Drawn(plan);
  ASSERT_OK(draw);
  EXPECT_EQ(draw->state(), v1::DRAW_STATE_DRAWN);
  EXPECT_EQ(draw->eligible_facilities(), 10);
  EXPECT_EQ(draw->eligible_inspectors(), 6);
  EXPECT_EQ(ReasonOf(Record(*draw, "").status()), "DRAW_NOT_PUBLIC_YET");
  const auto record = Record(*draw, Officer("SAMR"));
  ASSERT_OK(record);
  EXPECT_THAT(VerifyDraw(*record), IsEmpty());
  EXPECT_EQ(record->digest(), draw->digest());
  EXPECT_EQ(record->visits_size(), 4);
  GoTo(absl::CivilDay(2026, 4, 2));
  const auto published = Record(*draw, "");
  ASSERT_OK(published);
  EXPECT_EQ(published->SerializeAsString(), record->SerializeAsString());
}

TEST_F(DrawTest, TheSecretIsKeptUntilTheWordOfAWitnessIsSaid) {
  const v1::Plan plan = Prepared();
  const auto draw = Commit(plan);
  ASSERT_OK(draw);
  EXPECT_EQ(draw->commitment().size(), 64);
  EXPECT_EQ(ReasonOf(Commit(plan).status()), "DRAW_EXISTS");
  EXPECT_EQ(ReasonOf(Record(*draw, Officer("DHC")).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Perform(*draw, Auditor()).status()), "WRONG_STATE");
  const auto frozen = Freeze(*draw);
  ASSERT_OK(frozen);
  EXPECT_EQ(ReasonOf(Perform(*frozen, Officer("DHC")).status()), "FOUR_EYES");
  const auto drawn = Perform(*frozen, Auditor());
  ASSERT_OK(drawn);
  EXPECT_EQ(drawn->list_digest(), frozen->list_digest());
  const std::string secret = Record(*drawn, Officer("DHC"))->secret();
  EXPECT_EQ(CommitmentOf(draw->algorithm(), secret), draw->commitment());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM draw WHERE secret = '" + secret + "'"), "0");
}

TEST_F(DrawTest, VisitsAreThereWithThePlansChecklistAndAreJournalled) {
  const v1::Plan plan = Prepared();
  ASSERT_OK(Drawn(plan));
  const std::vector<v1::Visit> visits = Visits(Officer("FIRE"));
  ASSERT_EQ(visits.size(), 4);
  for (const v1::Visit& visit : visits) {
    EXPECT_EQ(visit.state(), v1::VISIT_STATE_PLANNED);
    EXPECT_EQ(visit.checklist_version(), "dazu-2024");
    EXPECT_EQ(visit.inspectors_size(), 4);
    EXPECT_EQ(visit.units_size(), 2);
  }
  // Facilities don't learn of visits before they are told; nor does anyone else.
  EXPECT_THAT(Visits(Principal(visits[0].facility())), IsEmpty());
  EXPECT_THAT(Visits(""), IsEmpty());
  const auto actions = Actions();
  EXPECT_EQ(std::count(actions.begin(), actions.end(), "visit.planned"), 4);
  EXPECT_EQ(actions.back(), "draw.drawn");
}

TEST_F(DrawTest, WhoMayNotBeDrawnIsExcludedWithTheReason) {
  Prepared();
  v1::InspectionRules rules = rules_.On(today());
  rules.set_yearly_cap(1);
  rules.set_coordination_days(0);
  rules_ = *InspectionRuleBook::Make({rules});
  registry_.Change(facilities_[0], filing::v1::FACILITY_STATE_SUSPENDED, today());
  ASSERT_OK(Drawn(Approved(Special({"DHC"}, {facilities_[1]}))));
  Inspector("FIRE", 4, today() + 5);
  v1::Plan plan = Random({"FIRE"}, 2);
  plan.set_division_code("500111001");
  *plan.mutable_first_day() = ToProto(today() + 40);
  *plan.mutable_last_day() = ToProto(today() + 50);
  const auto draw = Drawn(Approved(plan));
  ASSERT_OK(draw);
  const auto record = Record(*draw, Officer("FIRE"));
  std::vector<std::string> excluded;
  for (const auto& each : record->exclusions()) excluded.push_back(each.reason());
  EXPECT_THAT(excluded, ElementsAre("FREQUENCY_CAP", "NOT_ABLE"));
  EXPECT_EQ(record->facilities_size(), 8);
  EXPECT_EQ(record->facilities(0).weight(), 20);
}

TEST_F(DrawTest, TheRiskLevelWeighsBesideComplaintsAndStandsInTheRecord) {
  for (int i = 0; i < 4; ++i) facilities_.push_back(Register("演练园"));
  RecordInspectors({"DHC", "FIRE"}, 3);
  for (const std::string& facility : facilities_) {
    ASSERT_OK(Conclude(Recorded(Opened(facility)), v1::VISIT_OUTCOME_NO_PROBLEM));
  }
  WithFindings(facilities_[3], {"B01", "B02"});
  ASSERT_FALSE(::testing::Test::HasFailure());
  for (const v1::Visit& visit : Visits(Officer("DHC"))) {
    if (visit.outcome() == v1::VISIT_OUTCOME_UNSPECIFIED) continue;
    ASSERT_OK(Publish(visit));
  }
  v1::Plan plan = Random({"FIRE"}, 2);
  *plan.mutable_first_day() = ToProto(today() + 40);
  *plan.mutable_last_day() = ToProto(today() + 50);
  const auto draw = Drawn(Approved(plan));
  ASSERT_OK(draw);
  EXPECT_EQ(draw->algorithm(), kDrawAlgorithm);
  const auto record = Record(*draw, Officer("FIRE"));
  ASSERT_OK(record);
  EXPECT_THAT(VerifyDraw(*record), IsEmpty());
  EXPECT_EQ(record->salt().size(), 64);
  for (const v1::EligibleFacility& each : record->facilities()) {
    const bool risky = each.facility() == facilities_[3];
    EXPECT_EQ(each.risk_level(), risky ? v1::RISK_LEVEL_B : v1::RISK_LEVEL_A);
    EXPECT_EQ(each.weight(), risky ? 15 : 10);
    EXPECT_EQ(each.parts(each.parts_size() - 1).factor(), risky ? "RISK_LEVEL_B" : "BASE");
  }
}

// The record tells what weighs: nothing of it is told before it is public elsewhere.
TEST_F(DrawTest, OnlyWhatIsPublicOnTheDayOfTheFreezeWeighs) {
  for (int i = 0; i < 4; ++i) facilities_.push_back(Register("演练园"));
  RecordInspectors({"DHC", "FIRE"}, 3);
  WithFindings(facilities_[0], {"B01", "B02"});
  const auto withdrawn = WithFindings(facilities_[1], {"B01", "B02"});
  ASSERT_OK(Publish(withdrawn));
  v1::WithdrawPublicationRequest withdraw;
  withdraw.set_name(withdrawn.name());
  withdraw.set_reason("结果待核");
  ASSERT_OK(Call(&Stub::WithdrawPublication, Head("DHC"), withdraw));
  const auto uphold = [&](const std::string& facility, char last, const std::string& day) {
    database_.Run(
        absl::StrCat("INSERT INTO case_result (case_id, facility_id, outcome, resolved_on) "
                     "VALUES ('01900000-0000-7000-8000-00000000000",
                     std::string(1, last), "', '", facility.substr(facility.find('/') + 1),
                     "', 1, '", day, "')"));
  };
  uphold(facilities_[2], '1', "2026-01-05");  // this quarter
  uphold(facilities_[3], '2', "2025-12-30");
  v1::Plan plan = Random({"FIRE"}, 2);
  *plan.mutable_first_day() = ToProto(today() + 40);
  *plan.mutable_last_day() = ToProto(today() + 50);
  const auto draw = Drawn(Approved(plan));
  ASSERT_OK(draw);
  const auto record = Record(*draw, Officer("FIRE"));
  ASSERT_OK(record);
  ASSERT_EQ(record->facilities_size(), 4);
  for (const v1::EligibleFacility& each : record->facilities()) {
    std::vector<std::string> parts;
    for (const auto& part : each.parts()) parts.push_back(part.factor());
    if (each.facility() == facilities_[3]) {
      EXPECT_THAT(parts, ElementsAre("BASE", "RISK_LEVEL_B", "NOT_INSPECTED", "UPHELD_COMPLAINTS"));
    } else {
      EXPECT_EQ(each.risk_level(), v1::RISK_LEVEL_A);
      EXPECT_THAT(parts, ElementsAre("BASE", "NOT_INSPECTED")) << each.facility();
    }
  }
}

TEST_F(DrawTest, WhoIsRecusedFromAFacilityIsRecusedFromTheOneThatContinuesIt) {
  const std::string before = Register("旧园");
  for (int i = 0; i < 3; ++i) facilities_.push_back(Register("演练园"));
  registry_.Link(facilities_[1], before);
  registry_.Link(facilities_[2], facilities_[1]);
  RecordInspectors({"DHC"}, 4);
  v1::ListInspectorsRequest list;
  list.set_unit("DHC");
  const auto library =
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer("DHC"), list);
  ASSERT_OK(library);
  v1::DeclareRecusalRequest recuse;
  recuse.set_inspector(library->inspectors(0).name());
  recuse.mutable_recusal()->set_facility(facilities_[1]);
  recuse.mutable_recusal()->set_reason(v1::RECUSAL_REASON_INTEREST);
  ASSERT_OK(
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::DeclareRecusal, Head("DHC"), recuse));
  const auto draw = Drawn(Approved(Random({"DHC"}, 2)));
  ASSERT_OK(draw);
  std::vector<std::string> recused;
  const auto record = Record(*draw, Officer("DHC"));
  ASSERT_OK(record);
  for (const auto& each : record->recusals()) recused.push_back(each.facility());
  // Not from the one that came before.
  EXPECT_THAT(recused, ::testing::UnorderedElementsAre(facilities_[1], facilities_[2]));
}

// Two plans frozen one after the other draw the same facilities: the cap holds for the second, and anyone sees why.
TEST_F(DrawTest, WhatMayNotBeVisitedAnyMoreIsDrawnAndDropped) {
  for (int i = 0; i < 3; ++i) facilities_.push_back(Register("演练园"));
  RecordInspectors({"DHC", "FIRE"}, 3);
  v1::InspectionRules rules = rules_.On(today());
  rules.set_yearly_cap(1);
  rules.set_coordination_days(0);
  rules_ = *InspectionRuleBook::Make({rules});
  v1::Plan second = Special({"FIRE"}, {facilities_[0], facilities_[1], facilities_[2]});
  *second.mutable_first_day() = ToProto(today() + 40);
  *second.mutable_last_day() = ToProto(today() + 60);
  const v1::Plan first = Approved(Special({"DHC"}, {facilities_[0]}));
  second = Approved(second);
  CatchUp();
  const auto frozen_first = Freeze(*Commit(first));
  const auto frozen_second = Freeze(*Commit(second));
  ASSERT_OK(frozen_first);
  ASSERT_OK(frozen_second);
  EXPECT_EQ(frozen_second->eligible_facilities(), 3);
  EXPECT_EQ(*FromProto(frozen_second->draw_by()), today() + 30);
  registry_.Change(facilities_[1], filing::v1::FACILITY_STATE_SUSPENDED, today());
  CatchUp();
  clock_.Advance(absl::Seconds(1));
  ASSERT_OK(Perform(*frozen_first, Auditor()));
  const auto drawn = Perform(*frozen_second, Auditor());
  ASSERT_OK(drawn);
  EXPECT_EQ(drawn->drops(), 2);
  const auto record = Record(*drawn, Officer("FIRE"));
  ASSERT_OK(record);
  EXPECT_EQ(record->visits_size(), 3);
  EXPECT_THAT(VerifyDraw(*record), IsEmpty());
  std::vector<std::string> drops;
  for (const auto& each : record->drops()) drops.push_back(each.facility() + " " + each.reason());
  EXPECT_THAT(drops, ::testing::UnorderedElementsAre(facilities_[0] + " FREQUENCY_CAP",
                                                     facilities_[1] + " NOT_ACTIVE"));
  int of_second = 0;
  for (const v1::Visit& visit : Visits(Officer("FIRE"))) {
    if (visit.draw() != drawn->name()) continue;
    ++of_second;
    EXPECT_EQ(visit.facility(), facilities_[2]);
  }
  EXPECT_EQ(of_second, 1);
  // What is dropped is part of the digest, and was drawn.
  v1::DrawRecord altered = *record;
  altered.mutable_drops()->RemoveLast();
  EXPECT_EQ(VerifyDraw(altered)[0].reason(), "DIGEST_DIFFERS");
  altered = *record;
  altered.mutable_drops()->SwapElements(0, 1);
  altered.set_digest(DigestOf(altered));
  EXPECT_EQ(VerifyDraw(altered)[0].reason(), "DROP_UNFOUNDED");
}

TEST_F(DrawTest, ListsFrozenTooLongAgoAreNotDrawnFrom) {
  for (int i = 0; i < 3; ++i) facilities_.push_back(Register("演练园"));
  RecordInspectors({"DHC"}, 2);
  v1::Plan plan = Random({"DHC"}, 2);
  *plan.mutable_last_day() = ToProto(today() + 90);
  plan = Approved(plan);
  CatchUp();
  auto draw = Freeze(*Commit(plan));
  ASSERT_OK(draw);
  GoTo(today() + 31);
  CatchUp();
  EXPECT_EQ(ReasonOf(Perform(*draw, Auditor()).status()), "DRAW_EXPIRED");
  v1::CancelDrawRequest cancel;
  cancel.set_name(draw->name());
  cancel.set_reason("逾期未抽取");
  ASSERT_OK(CallOn(*draw_stub_, &Draws::CancelDraw, Officer("DHC"), cancel));
  // Anew, until the plan's own last day.
  GoTo(CivilDay(2026, 5, 20));
  CatchUp();
  draw = Freeze(*Commit(plan));
  ASSERT_OK(draw);
  EXPECT_EQ(*FromProto(draw->draw_by()), *FromProto(plan.last_day()));
  clock_.Advance(absl::Seconds(1));
  EXPECT_OK(Perform(*draw, Auditor()));
}

TEST_F(DrawTest, ADrawCommittedBeforeListsHadASaltIsDrawnAsItWasCommittedTo) {
  const auto draw = Commit(Prepared());
  ASSERT_OK(draw);
  // As the version before stored it.
  v1::Draw stored = *draw;
  stored.clear_algorithm();
  database_.Run("UPDATE draw SET message = UNHEX('" +
                absl::BytesToHexString(stored.SerializeAsString()) + "')");
  CatchUp();
  const auto frozen = Freeze(*draw);
  ASSERT_OK(frozen);
  clock_.Advance(absl::Seconds(1));
  const auto drawn = Perform(*frozen, Auditor());
  ASSERT_OK(drawn);
  const auto record = Record(*drawn, Officer("DHC"));
  ASSERT_OK(record);
  EXPECT_EQ(record->algorithm(), kFirstDrawAlgorithm);
  EXPECT_EQ(record->salt(), "");
  // But for the commitment, which here was made by the new one.
  const Violations violations = VerifyDraw(*record);
  ASSERT_EQ(violations.size(), 1);
  EXPECT_EQ(violations[0].reason(), "COMMITMENT_DIFFERS");
}

TEST_F(DrawTest, NoDrawIsPossibleWithTooFewInspectorsOrWhileTheRegistryIsNotFollowed) {
  Register("向日葵");
  RecordInspectors({"DHC"}, 1);
  const v1::Plan plan = Approved(Random({"DHC"}, 1));
  CatchUp();
  const auto draw = Commit(plan);
  ASSERT_OK(draw);
  const auto impossible = Freeze(*draw);
  EXPECT_EQ(ReasonOf(impossible.status()), "DRAW_IMPOSSIBLE");
  EXPECT_EQ(rpc::ViolationsOf(impossible.status())[0].reason(), "TOO_FEW_INSPECTORS");
  Inspector("DHC", 2);
  clock_.Advance(absl::Minutes(5));
  EXPECT_EQ(ReasonOf(Freeze(*draw).status()), "REGISTRY_BEHIND");
  CatchUp();
  EXPECT_OK(Freeze(*draw));
}

TEST_F(DrawTest, AReplacedInspectorIsPartOfTheRecordAndOfTheVisit) {
  const v1::Plan plan = Prepared();
  auto draw = Drawn(plan);
  ASSERT_OK(draw);
  const auto record = Record(*draw, Officer("DHC"));
  const v1::Visit visit = Visits(Officer("DHC"))[0];
  const auto& all = record->inspectors();
  const auto of_unit = [&](const std::string& unit, bool on_visit) {
    for (const auto& each : all) {
      const bool on = std::find(visit.inspectors().begin(), visit.inspectors().end(),
                                each.inspector()) != visit.inspectors().end();
      if (each.unit() == unit && on == on_visit) return each.inspector();
    }
    return std::string();
  };
  const std::string from = of_unit("DHC", true);
  const std::string to = of_unit("DHC", false);
  const auto reason = [](const absl::Status& status) {
    const auto violations = rpc::ViolationsOf(status);
    return violations.empty() ? ReasonOf(status) : violations[0].reason();
  };
  EXPECT_EQ(reason(Ask(visit, from, of_unit("FIRE", false), Officer("DHC", 3)).status()),
            "NOT_ELIGIBLE");
  EXPECT_EQ(reason(Ask(visit, from, to, Officer("FIRE", 3)).status()), "NOT_ON_VISIT");
  // In the library since the draw, not on the list that was frozen.
  EXPECT_EQ(reason(Ask(visit, from, Inspector("DHC", 9).name(), Officer("DHC", 8)).status()),
            "NOT_ELIGIBLE");
  clock_.Advance(absl::Minutes(1));
  const auto asked = Ask(visit, from, to, Officer("DHC", 8));
  ASSERT_OK(asked);
  EXPECT_THAT(asked->inspectors(), Not(::testing::Contains(to))) << "nobody consented yet";
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(ReasonOf(Consent(*asked, Head("FIRE")).status()), "WRONG_STATE");
  ASSERT_OK(Consent(*asked, Head("DHC")));
  draw = GetDraw(draw->name());
  ASSERT_OK(draw);
  EXPECT_EQ(draw->changes(), 1);
  const auto changed = Record(*draw, Officer("DHC"));
  EXPECT_THAT(VerifyDraw(*changed), IsEmpty());
  EXPECT_EQ(changed->changes(0).digest(), draw->change_digest());
  EXPECT_EQ(changed->changes(0).asked_as(), common::v1::ROLE_DHC_INSPECTOR);
  EXPECT_EQ(changed->changes(0).consented_as(), common::v1::ROLE_DEPARTMENT_HEAD);
  EXPECT_EQ(changed->digest(), record->digest());
  EXPECT_THAT(Get(visit.name(), Officer("DHC"))->inspectors(), ::testing::Contains(to));
  EXPECT_THAT(Get(visit.name(), Officer("DHC"))->inspectors(), Not(::testing::Contains(from)));
}

TEST_F(DrawTest, ADrawnFacilityIsDroppedByTwoPersonsOnly) {
  const auto draw = Drawn(Prepared());
  ASSERT_OK(draw);
  const v1::Visit visit = Visits(Officer("DHC"))[0];
  v1::CancelVisitRequest cancel;
  cancel.set_name(visit.name());
  cancel.set_reason("机构已停业");
  EXPECT_EQ(ReasonOf(Call(&Stub::CancelVisit, Head("DHC"), cancel).status()), "FOUR_EYES");
  v1::AskCancellationRequest ask;
  ask.set_name(visit.name());
  ask.set_reason("机构已停业");
  EXPECT_EQ(ReasonOf(Call(&Stub::AskCancellation, Officer("FIRE"), ask).status()), "NOT_ON_VISIT");
  ASSERT_OK(Call(&Stub::AskCancellation, Officer("DHC"), ask));
  const std::string same = TokenOf(common::v1::ROLE_DEPARTMENT_HEAD, "accounts/DHC/1", {"500111"},
                                   "", absl::Hours(24 * 3650), "DHC");
  EXPECT_EQ(ReasonOf(Call(&Stub::CancelVisit, same, cancel).status()), "FOUR_EYES");
  const auto cancelled = Call(&Stub::CancelVisit, Head("DHC"), cancel);
  ASSERT_OK(cancelled);
  EXPECT_EQ(cancelled->state(), v1::VISIT_STATE_CANCELLED);
  EXPECT_EQ(GetDraw(draw->name())->cancellations(0).reason(), "机构已停业");
}

TEST_F(DrawTest, ARecordAlteredInOneByteDoesNotAgree) {
  const auto draw = Drawn(Prepared());
  ASSERT_OK(draw);
  const v1::DrawRecord record = *Record(*draw, Officer("DHC"));
  v1::DrawRecord altered = record;
  altered.mutable_facilities(3)->set_weight(record.facilities(3).weight() + 1);
  EXPECT_THAT(VerifyDraw(altered), Not(IsEmpty()));
  altered = record;
  altered.mutable_visits()->SwapElements(0, 1);
  EXPECT_THAT(VerifyDraw(altered), Not(IsEmpty()));
}

}  // namespace
}  // namespace tuoyu::inspection
