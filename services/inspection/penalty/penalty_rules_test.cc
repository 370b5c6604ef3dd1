#include "services/inspection/penalty/penalty_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/inspection/penalty/penalty_rule_book.h"

namespace tuoyu::inspection {
namespace {

using absl::CivilDay;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Measures = std::vector<v1::PenaltyMeasure>;

constexpr CivilDay kVisited(2026, 3, 2);

std::vector<std::string> Reasons(const Violations& violations) {
  std::vector<std::string> reasons;
  for (const auto& each : violations) reasons.push_back(each.reason());
  return reasons;
}

v1::PenaltySanction Sanction(v1::PenaltyTier tier, const Measures& measures, int64_t fine = 0,
                             int64_t gains = 0) {
  v1::PenaltySanction sanction;
  sanction.set_tier(tier);
  for (const v1::PenaltyMeasure measure : measures) sanction.add_measures(measure);
  sanction.set_fine_fen(fine);
  sanction.set_gains_fen(gains);
  return sanction;
}

class PenaltyRulesTest : public ::testing::Test {
 protected:
  PenaltyRulesTest() {
    visit_.set_name("visits/01900000-0000-7000-8000-000000000001");
    visit_.set_outcome(v1::VISIT_OUTCOME_CASE_OPENED);
    *visit_.mutable_visited_on() = ToProto(kVisited);
    v1::ItemResult& failed = *visit_.add_items();
    failed.set_item("B01");
    failed.set_verdict(v1::ITEM_VERDICT_FAIL);
    v1::ItemResult& passed = *visit_.add_items();
    passed.set_item("B02");
    passed.set_verdict(v1::ITEM_VERDICT_PASS);
    matter_.set_visit(visit_.name());
    matter_.set_party(v1::PENALTY_PARTY_FACILITY);
    matter_.set_conduct("STANDARDS");
    matter_.add_items("B01");
    *matter_.mutable_conducted_on() = ToProto(kVisited);
    matter_.set_facts("托大班实有 26 人");
  }

  static std::string DataFile(absl::string_view path) {
    return absl::StrCat(TUOYU_DATA_DIR, "/", path);
  }
  const v1::PenaltyConduct& Conduct(absl::string_view code) const {
    return *FindConduct(rules_, code);
  }
  std::vector<std::string> Faults(absl::string_view code,
                                  const v1::PenaltySanction& sanction) const {
    return Reasons(CheckSanction("sanction.", sanction, Conduct(code)));
  }
  std::vector<std::string> MatterFaults(absl::string_view unit = "DHC") const {
    return Reasons(CheckMatter(matter_, visit_, &rules_, unit));
  }

  const data::Units units_ = *data::Units::Load(DataFile("units/dazu.yaml"));
  const PenaltyRuleBook book_ = *PenaltyRuleBook::Load(DataFile("penalty"), units_);
  const v1::PenaltyRules& rules_ = *book_.On(kVisited);
  v1::Visit visit_;
  v1::PenaltyMatter matter_;
};

TEST_F(PenaltyRulesTest, AFineLiesWithinItsRangeBoundsIncluded) {
  struct Case {
    const char* conduct;
    v1::PenaltyTier tier;
    Measures measures;
    int64_t fine;
    bool fits;
  };
  const Measures fine = {v1::PENALTY_MEASURE_FINE};
  const Measures stop = {v1::PENALTY_MEASURE_STOP_SERVICE, v1::PENALTY_MEASURE_FINE};
  const Measures warned = {v1::PENALTY_MEASURE_WARNING, v1::PENALTY_MEASURE_FINE};
  const Measures closed = {v1::PENALTY_MEASURE_FINE, v1::PENALTY_MEASURE_REVOCATION};
  const Case cases[] = {
      {"STANDARDS", v1::PENALTY_TIER_REFUSED, fine, 499'999, false},
      {"STANDARDS", v1::PENALTY_TIER_REFUSED, fine, 500'000, true},
      {"STANDARDS", v1::PENALTY_TIER_REFUSED, fine, 5'000'000, true},
      {"STANDARDS", v1::PENALTY_TIER_REFUSED, fine, 5'000'001, false},
      {"STANDARDS", v1::PENALTY_TIER_SERIOUS, stop, 4'999'999, false},
      {"STANDARDS", v1::PENALTY_TIER_SERIOUS, stop, 10'000'000, true},
      {"STANDARDS", v1::PENALTY_TIER_SERIOUS, stop, 10'000'001, false},
      {"CRIMINAL_RECORD", v1::PENALTY_TIER_ORDINARY, warned, 0, false},
      {"CRIMINAL_RECORD", v1::PENALTY_TIER_ORDINARY, warned, 5'000'000, true},
      {"CRIMINAL_RECORD", v1::PENALTY_TIER_SERIOUS, closed, 50'000'000, true},
      {"HYGIENE", v1::PENALTY_TIER_ORDINARY, warned, 10'000'001, false},
      {"PRICE_MARKING", v1::PENALTY_TIER_ORDINARY, fine, 500'000, true},
      {"PRICE_MARKING", v1::PENALTY_TIER_ORDINARY, fine, 500'001, false},
      {"PRICE_MARKING", v1::PENALTY_TIER_ORDINARY, fine, -1, false},
  };
  for (const Case& each : cases) {
    const auto faults = Faults(each.conduct, Sanction(each.tier, each.measures, each.fine));
    if (each.fits) {
      EXPECT_THAT(faults, IsEmpty()) << each.conduct << " " << each.fine;
    } else {
      EXPECT_THAT(faults, ElementsAre("FINE_OUT_OF_RANGE")) << each.conduct << " " << each.fine;
    }
  }
}

TEST_F(PenaltyRulesTest, AFineCountedInGainsIsAtMostFiveTimesThem) {
  const Measures both = {v1::PENALTY_MEASURE_CONFISCATION, v1::PENALTY_MEASURE_FINE};
  const auto faults = [&](int64_t fine, int64_t gains) {
    return Faults("GUIDED_PRICE", Sanction(v1::PENALTY_TIER_ORDINARY, both, fine, gains));
  };
  EXPECT_THAT(faults(500'000, 100'000), IsEmpty());
  EXPECT_THAT(faults(500'001, 100'000), ElementsAre("FINE_OUT_OF_RANGE"));
  EXPECT_THAT(faults(1, 0), UnorderedElementsAre("NUMBER_RANGE", "FINE_OUT_OF_RANGE"));
  EXPECT_THAT(faults(1, INT64_MAX), ElementsAre("NUMBER_RANGE"));
}

TEST_F(PenaltyRulesTest, TheMeasuresAreThoseTheLawGives) {
  EXPECT_THAT(Faults("STANDARDS", Sanction(v1::PENALTY_TIER_ORDINARY, {})),
              ElementsAre("MEASURE_MISSING"));
  EXPECT_THAT(
      Faults("STANDARDS", Sanction(v1::PENALTY_TIER_ORDINARY,
                                   {v1::PENALTY_MEASURE_WARNING, v1::PENALTY_MEASURE_WARNING})),
      ElementsAre("MEASURE_DOUBLE"));
  EXPECT_THAT(
      Faults("STANDARDS", Sanction(v1::PENALTY_TIER_ORDINARY,
                                   {v1::PENALTY_MEASURE_WARNING, v1::PENALTY_MEASURE_REVOCATION})),
      ElementsAre("MEASURE_NOT_OF_TIER"));
  EXPECT_THAT(Faults("STANDARDS",
                     Sanction(v1::PENALTY_TIER_SERIOUS, {v1::PENALTY_MEASURE_FINE}, 6'000'000)),
              ElementsAre("MEASURE_MISSING"));
  EXPECT_THAT(Faults("CRIMINAL_RECORD",
                     Sanction(v1::PENALTY_TIER_REFUSED, {v1::PENALTY_MEASURE_FINE}, 6'000'000)),
              ElementsAre("MEASURE_MISSING"));
  EXPECT_THAT(Faults("HYGIENE", Sanction(v1::PENALTY_TIER_SERIOUS, {v1::PENALTY_MEASURE_WARNING})),
              ElementsAre("TIER_NOT_OF_CONDUCT"));
  EXPECT_THAT(
      Faults("STANDARDS", Sanction(v1::PENALTY_TIER_ORDINARY, {v1::PENALTY_MEASURE_WARNING}, 5, 6)),
      ElementsAre("FIELD_NOT_OF_KIND", "FIELD_NOT_OF_KIND"));
}

TEST_F(PenaltyRulesTest, OnTheSpotAreWarningsAndSmallFines) {
  const auto faults = [](const v1::PenaltySanction& sanction, v1::PenaltyParty party) {
    return Reasons(CheckOnTheSpot("", sanction, party));
  };
  const Measures fine = {v1::PENALTY_MEASURE_FINE};
  using v1::PENALTY_PARTY_FACILITY;
  using v1::PENALTY_PARTY_PERSON;
  const auto tier = v1::PENALTY_TIER_ORDINARY;
  EXPECT_THAT(faults(Sanction(tier, {v1::PENALTY_MEASURE_WARNING}), PENALTY_PARTY_FACILITY),
              IsEmpty());
  EXPECT_THAT(faults(Sanction(tier, fine, 300'000), PENALTY_PARTY_FACILITY), IsEmpty());
  EXPECT_THAT(faults(Sanction(tier, fine, 300'001), PENALTY_PARTY_FACILITY),
              ElementsAre("ON_THE_SPOT_LIMIT"));
  EXPECT_THAT(faults(Sanction(tier, fine, 20'000), PENALTY_PARTY_PERSON), IsEmpty());
  EXPECT_THAT(faults(Sanction(tier, fine, 20'001), PENALTY_PARTY_PERSON),
              ElementsAre("ON_THE_SPOT_LIMIT"));
  EXPECT_THAT(faults(Sanction(tier, {v1::PENALTY_MEASURE_CRITICISM}), PENALTY_PARTY_FACILITY),
              ElementsAre("ON_THE_SPOT_LIMIT"));
}

TEST_F(PenaltyRulesTest, AHearingIsForLargeFinesAndWhatStopsTheBusiness) {
  const auto heard = [&](absl::string_view code, const v1::PenaltySanction& sanction) {
    return HasHearingRight(sanction, Conduct(code), rules_, v1::PENALTY_PARTY_FACILITY);
  };
  const Measures fine = {v1::PENALTY_MEASURE_FINE};
  EXPECT_FALSE(heard("STANDARDS", Sanction(v1::PENALTY_TIER_REFUSED, fine, 1'999'999)));
  EXPECT_TRUE(heard("STANDARDS", Sanction(v1::PENALTY_TIER_REFUSED, fine, 2'000'000)));
  EXPECT_TRUE(heard("STANDARDS", Sanction(v1::PENALTY_TIER_SERIOUS, fine, 5'000'000)));
  EXPECT_TRUE(heard("GUIDED_PRICE", Sanction(v1::PENALTY_TIER_ORDINARY,
                                             {v1::PENALTY_MEASURE_CONFISCATION}, 0, 2'000'000)));
  EXPECT_TRUE(
      heard("HYGIENE", Sanction(v1::PENALTY_TIER_ORDINARY, {v1::PENALTY_MEASURE_SUSPENSION})));
  EXPECT_FALSE(
      heard("HYGIENE", Sanction(v1::PENALTY_TIER_ORDINARY, {v1::PENALTY_MEASURE_WARNING})));
  EXPECT_TRUE(HasHearingRight(Sanction(v1::PENALTY_TIER_ORDINARY, fine, 200'000),
                              Conduct("HYGIENE"), rules_, v1::PENALTY_PARTY_PERSON));
}

TEST_F(PenaltyRulesTest, ADecisionIsNoGraverThanTheNotice) {
  const v1::PenaltySanction told =
      Sanction(v1::PENALTY_TIER_REFUSED, {v1::PENALTY_MEASURE_FINE}, 1'000'000);
  const auto faults = [&](const v1::PenaltySanction& sanction) {
    return Reasons(CheckNotHeavier("", sanction, told));
  };
  EXPECT_THAT(faults(told), IsEmpty());
  EXPECT_THAT(faults(Sanction(v1::PENALTY_TIER_REFUSED, {v1::PENALTY_MEASURE_FINE}, 1'000'001)),
              ElementsAre("HEAVIER_THAN_NOTIFIED"));
  EXPECT_THAT(faults(Sanction(v1::PENALTY_TIER_ORDINARY, {v1::PENALTY_MEASURE_WARNING})),
              IsEmpty());
  EXPECT_EQ(
      faults(Sanction(v1::PENALTY_TIER_SERIOUS,
                      {v1::PENALTY_MEASURE_STOP_SERVICE, v1::PENALTY_MEASURE_FINE}, 5'000'000, 1))
          .size(),
      4);
}

TEST_F(PenaltyRulesTest, AMatterWithoutFaultPassesAndEverythingWrongIsNamed) {
  EXPECT_THAT(MatterFaults(), IsEmpty());
  EXPECT_THAT(MatterFaults("FIRE"), ElementsAre("CONDUCT_OF_OTHER_UNIT"));
  matter_.clear_facts();
  matter_.add_items("B01");
  matter_.add_items("B02");
  matter_.add_items("Z99");
  matter_.set_person_name("演练人员");
  matter_.set_conduct("NOTHING");
  EXPECT_THAT(MatterFaults(),
              UnorderedElementsAre("FIELD_MISSING", "ITEM_DOUBLE", "ITEM_NOT_FAILED",
                                   "ITEM_NOT_FAILED", "FIELD_NOT_OF_KIND", "CONDUCT_UNKNOWN"));
  matter_.clear_items();
  EXPECT_THAT(MatterFaults(), Contains("NUMBER_RANGE"));
}

TEST_F(PenaltyRulesTest, APersonIsNamedAndPunishedForWhatPersonsDo) {
  matter_.set_party(v1::PENALTY_PARTY_PERSON);
  EXPECT_THAT(MatterFaults(), UnorderedElementsAre("FIELD_MISSING", "PARTY_NOT_OF_CONDUCT"));
  matter_.set_person_name("演练人员");
  matter_.set_conduct("ABUSE");
  EXPECT_THAT(MatterFaults(), IsEmpty());
  matter_.set_party(v1::PENALTY_PARTY_UNSPECIFIED);
  matter_.clear_person_name();
  EXPECT_THAT(MatterFaults(), ElementsAre("PARTY_NOT_OF_CONDUCT"));
}

TEST_F(PenaltyRulesTest, AConductIsTimeBarredAfterTwoYearsAndAfterFiveWithHarm) {
  const auto at = [&](CivilDay day, bool harm) {
    *matter_.mutable_conducted_on() = ToProto(day);
    matter_.set_harm(harm);
    return MatterFaults();
  };
  EXPECT_THAT(at(CivilDay(2024, 3, 2), false), IsEmpty());
  EXPECT_THAT(at(CivilDay(2024, 3, 1), false), ElementsAre("TIME_BARRED"));
  EXPECT_THAT(at(CivilDay(2024, 3, 1), true), IsEmpty());
  EXPECT_THAT(at(kVisited + 1, false), ElementsAre("DATE_INVALID"));
  // A law that came later.
  matter_.set_conduct("HYGIENE");
  EXPECT_THAT(at(CivilDay(2025, 8, 31), false), ElementsAre("CONDUCT_NOT_IN_FORCE"));
  EXPECT_THAT(at(CivilDay(2025, 9, 1), false), IsEmpty());
  EXPECT_THAT(Reasons(CheckMatter(matter_, visit_, nullptr, "DHC")),
              ElementsAre("CONDUCT_NOT_IN_FORCE"));
}

TEST_F(PenaltyRulesTest, WithoutPenaltyGoesWhoCorrectedAndForTheFirstTimeWhoWasNotPunished) {
  v1::PenaltyCase penalty_case;
  penalty_case.add_items("B01");
  v1::DropPenaltyCaseRequest request;
  EXPECT_THAT(Reasons(CheckDrop(request, penalty_case, visit_, false, false)),
              ElementsAre("FIELD_MISSING", "FIELD_MISSING"));
  request.set_text("已批评教育");
  request.set_reason(v1::PENALTY_DROP_REASON_FIRST_AND_MINOR);
  v1::Finding& finding = *visit_.add_findings();
  finding.set_item("B01");
  finding.set_state(v1::FINDING_STATE_REPORTED);
  EXPECT_THAT(Reasons(CheckDrop(request, penalty_case, visit_, true, false)),
              ElementsAre("NOT_CORRECTED", "NOT_FIRST"));
  finding.set_state(v1::FINDING_STATE_CORRECTED);
  EXPECT_THAT(Reasons(CheckDrop(request, penalty_case, visit_, false, false)), IsEmpty());
  request.set_reason(v1::PENALTY_DROP_REASON_NOT_ESTABLISHED);
  finding.set_state(v1::FINDING_STATE_OPEN);
  EXPECT_THAT(Reasons(CheckDrop(request, penalty_case, visit_, true, false)), IsEmpty());
}

TEST_F(PenaltyRulesTest, AChangedDecisionIsWithdrawnAndStandsAnewAnAnnulledOneIsOver) {
  v1::PenaltyCase penalty_case;
  penalty_case.set_state(v1::PENALTY_STATE_DELIVERED);
  *penalty_case.mutable_decision()->mutable_sanction() =
      Sanction(v1::PENALTY_TIER_REFUSED, {v1::PENALTY_MEASURE_FINE}, 1'000'000);
  *penalty_case.mutable_decision()->mutable_decided_on() = ToProto(kVisited);
  penalty_case.mutable_delivery()->set_proof("回证");
  *penalty_case.mutable_published_on() = ToProto(kVisited);
  v1::AnnulPenaltyRequest request;
  request.set_kind(v1::ANNULMENT_KIND_CHANGED);
  request.set_decided_by("区人民政府");
  request.set_reason("事实有出入");
  request.set_text("改为警告");
  *request.mutable_annulled_on() = ToProto(kVisited + 3);
  *request.mutable_sanction() =
      Sanction(v1::PENALTY_TIER_REFUSED, {v1::PENALTY_MEASURE_FINE}, 1'000'001);
  const auto faults = [&] {
    return Reasons(CheckAnnulment(request, penalty_case, Conduct("STANDARDS"), kVisited + 4));
  };
  EXPECT_THAT(faults(), ElementsAre("HEAVIER_THAN_NOTIFIED"));
  request.mutable_sanction()->set_fine_fen(600'000);
  EXPECT_THAT(faults(), IsEmpty());
  Annul(request, "accounts/head", kVisited + 4, &penalty_case);
  EXPECT_EQ(penalty_case.state(), v1::PENALTY_STATE_DECIDED);
  EXPECT_EQ(penalty_case.annulment().before().fine_fen(), 1'000'000);
  EXPECT_FALSE(penalty_case.has_delivery());
  EXPECT_FALSE(IsPublished(penalty_case));
  EXPECT_EQ(WithdrawnView(penalty_case).withdraw_reason(), "事实有出入");
  EXPECT_FALSE(WithdrawnView(penalty_case).has_decision());
  request.set_kind(v1::ANNULMENT_KIND_ANNULLED);
  EXPECT_THAT(faults(), ElementsAre("FIELD_NOT_OF_KIND"));
  request.clear_sanction();
  Annul(request, "accounts/head", kVisited + 5, &penalty_case);
  EXPECT_EQ(penalty_case.state(), v1::PENALTY_STATE_ANNULLED);
  EXPECT_FALSE(Stands(penalty_case));
  // The first day stays that of the first decision.
  EXPECT_EQ(*FromProto(penalty_case.annulment().first_decided_on()), kVisited);
}

}  // namespace
}  // namespace tuoyu::inspection
