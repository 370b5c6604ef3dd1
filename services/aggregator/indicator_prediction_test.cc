// What supposed changes of the registry do to the indicators.
#include "common/base/civil.h"
#include "services/aggregator/aggregator_fixture.h"
#include "services/aggregator/made_up_children.h"
#include "services/aggregator/made_up_members.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::CERTIFICATE_KIND_CHILD_CARER;
using filing::v1::FACILITY_TYPE_ORDINARY;
using filing::v1::StaffMember;
using indicator::v1::Indicator;
using indicator::v1::PredictIndicatorsRequest;
using indicator::v1::PredictIndicatorsResponse;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr absl::CivilDay kOpening(2023, 3, 1);
constexpr int64_t kLonggang = 500111001;  // a street
constexpr char kStreet[] = "500111001";
constexpr char kTown[] = "500111100";

class PredictionTest : public AggregatorFixture {
 protected:
  absl::StatusOr<PredictIndicatorsResponse> Predict(
      const std::string& token, const std::vector<std::pair<std::string, int64_t>>& changes,
      const std::string& place = kStreet, const std::string& division = "") const {
    PredictIndicatorsRequest request;
    request.set_division_code(division);
    for (const auto& [measure, amount] : changes) {
      indicator::v1::MeasureDelta& change = *request.add_changes();
      change.set_division_code(place);
      change.set_measure(measure);
      change.set_amount(amount);
    }
    return Call(&Stub::PredictIndicators, token, request);
  }
  StaffMember Carer(int number, bool certified) {
    StaffMember person =
        Person(facility_, number, filing::v1::STAFF_ROLE_CARER, absl::CivilDay(2023, 6, 1));
    if (certified) Certify(person);
    return person;
  }
  static void Certify(StaffMember& person) {
    aggregator::Certify(CERTIFICATE_KIND_CHILD_CARER, absl::CivilDay(2024, 1, 1),
                        filing::v1::VERIFY_STATE_VERIFIED_MANUAL, &person);
  }
  Indicator Now(int number, const std::string& division = "") const {
    const auto indicator = Get(number, DayOf(clock_.Now()), division);
    EXPECT_OK(indicator);
    return indicator.ok() ? *indicator : Indicator();
  }

  const std::string facility_ = registry_.Register(kOpening, FACILITY_TYPE_ORDINARY, 60, kLonggang);
};

TEST_F(PredictionTest, WhatIsPredictedIsWhatComesTrue) {
  for (int i = 0; i < 9; ++i) registry_.Enter(Carer(i, true));
  StaffMember last = Carer(9, false);
  registry_.Enter(last);
  CatchUp();
  const auto reply =
      Predict(Statistician(), {{"staff.carers_uncertified", -1}, {"staff.carers_certified", 1}});
  ASSERT_OK(reply);
  ASSERT_THAT(reply->predictions(), SizeIs(1));
  const auto& prediction = reply->predictions(0);
  EXPECT_EQ(prediction.number(), 9);
  EXPECT_EQ(prediction.today().value(), "90.0");
  EXPECT_EQ(prediction.today().attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  Certify(last);
  registry_.Enter(last);
  CatchUp();
  const Indicator now = Now(9);
  EXPECT_EQ(prediction.predicted().value(), now.value());
  EXPECT_EQ(prediction.predicted().numerator(), now.numerator());
  EXPECT_EQ(prediction.predicted().denominator(), now.denominator());
  EXPECT_EQ(prediction.predicted().attainment(), now.attainment());
  EXPECT_EQ(now.attainment(), indicator::v1::ATTAINMENT_ATTAINED);
}

TEST_F(PredictionTest, AStreetIsCoveredByItsFirstInclusiveFacility) {
  CatchUp();
  const auto street = Predict(Statistician(), {{"inclusive_facilities", 1}});
  ASSERT_OK(street);
  ASSERT_THAT(street->predictions(), SizeIs(1));
  EXPECT_EQ(street->predictions(0).number(), 4);
  EXPECT_EQ(street->predictions(0).today().numerator(), "0");
  EXPECT_EQ(street->predictions(0).predicted().numerator(), "1");
  // A town is no street.
  const auto town = Predict(Statistician(), {{"inclusive_facilities", 1}}, kTown);
  ASSERT_OK(town);
  EXPECT_THAT(town->predictions(), SizeIs(0));
  const auto places = Predict(Statistician(), {{"inclusive_places", 30}}, kStreet, kTown);
  ASSERT_OK(places);
  EXPECT_THAT(places->predictions(), SizeIs(0));
}

TEST_F(PredictionTest, AWithheldValueIsNotToldByAPrediction) {
  for (int i = 0; i < 3; ++i) registry_.Enter(Carer(i, true));
  CatchUp();
  for (const auto role : {common::v1::ROLE_TOWN_OFFICER, common::v1::ROLE_FACILITY_PRINCIPAL}) {
    const auto reply = Predict(Token(role), {{"staff.carers_certified", 4}});
    ASSERT_OK(reply);
    ASSERT_THAT(reply->predictions(), SizeIs(1));
    for (const Indicator& side :
         {reply->predictions(0).today(), reply->predictions(0).predicted()}) {
      EXPECT_TRUE(side.suppressed());
      EXPECT_EQ(side.value() + side.numerator() + side.denominator(), "");
      EXPECT_EQ(side.attainment(), indicator::v1::ATTAINMENT_UNSPECIFIED);
    }
  }
  const auto commission = Predict(Statistician(), {{"staff.carers_certified", 4}});
  ASSERT_OK(commission);
  EXPECT_EQ(commission->predictions(0).predicted().numerator(), "7");
}

// With an exact number beneath, the change at which the rounded one jumps, or is withheld, would tell it.
TEST_F(PredictionTest, SupposedChangesDontTellWhatARoundedNumberIs) {
  for (int i = 0; i < 11; ++i) registry_.Enter(ChildInCare(facility_, i, kOpening));
  CatchUp();
  for (int change = -5; change <= 5; ++change) {
    if (change == 0) continue;
    const auto reply = Predict(Token(common::v1::ROLE_FACILITY_PRINCIPAL),
                               {{"children.full_day_unmanaged", change}}, kStreet, kStreet);
    ASSERT_OK(reply);
    ASSERT_THAT(reply->predictions(), Not(IsEmpty()));
    const auto& use = reply->predictions(0);
    EXPECT_EQ(use.number(), 3);
    EXPECT_EQ(use.today().numerator(), "10");
    EXPECT_EQ(use.predicted().numerator(), std::to_string(10 + change));
    EXPECT_EQ(use.predicted().persons_rounded_to(), 5);
  }
}

TEST_F(PredictionTest, WhatMakesNoSenseIsRefused) {
  CatchUp();
  EXPECT_EQ(ReasonOf(Predict(Statistician(), {}).status()), "FIELD_MISSING");
  EXPECT_EQ(ReasonOf(Predict(Statistician(), {{"staff.all", 1}}).status()), "UNKNOWN_MEASURE");
  EXPECT_EQ(ReasonOf(Predict(Statistician(), {{"stat.births", 1}}).status()), "UNKNOWN_MEASURE");
  EXPECT_EQ(ReasonOf(Predict(Statistician(), {{"spans_started", 1}}).status()), "UNKNOWN_MEASURE");
  EXPECT_EQ(ReasonOf(Predict(Statistician(), {{"inclusive_places", 1}}, "500111101").status()),
            "UNKNOWN_DIVISION");
  EXPECT_EQ(ReasonOf(Predict(Statistician(), {{"inclusive_places", 2'000'000}}).status()),
            "FIELD_INVALID");
}

}  // namespace
}  // namespace tuoyu::aggregator
