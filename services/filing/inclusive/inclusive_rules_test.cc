#include "services/filing/inclusive/inclusive_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/inclusive/criteria.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using testing::ExpectWellSaid;
using ::testing::IsEmpty;
using testing::kToday;
using testing::Lines;
using testing::On;
using v1::PriceCap;
using v1::RecognitionApplication;

class InclusiveRulesTest : public ::testing::Test {
 protected:
  InclusiveRulesTest() {
    record_.id = "f";
    v1::FacilityVersion& slice = record_.timeline.slices.emplace_back();
    *slice.mutable_valid_from() = ToProto(CivilDay(2025, 1, 1));
    slice.set_state(v1::FACILITY_STATE_ACTIVE);
    v1::FilingContent& content = *slice.mutable_content();
    content.set_approved_capacity(35);
    for (const auto kind : {v1::CLASS_KIND_TODDLER, v1::CLASS_KIND_SENIOR}) {
      content.add_classes()->set_kind(kind);
    }
    content.add_service_modes(v1::SERVICE_MODE_FULL_DAY);
    content.add_service_modes(v1::SERVICE_MODE_HOURLY);
    application_.set_places_covered(20);
    Offer(v1::CLASS_KIND_TODDLER, 180000);
    Offer(v1::CLASS_KIND_SENIOR, 160000);
    application_.add_declarations("N1");
    application_.add_declarations("N2");
  }

  PriceCap& Offer(v1::ClassKind kind, int64_t fen) {
    PriceCap& cap = *application_.add_price_caps();
    cap.set_class_kind(kind);
    cap.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
    cap.set_fen_per_month(fen);
    return cap;
  }
  v1::FilingContent& content() { return *record_.timeline.slices[0].mutable_content(); }
  v1::Recognition& Hold(CivilDay from, CivilDay to) {
    v1::Recognition& recognition = record_.recognitions.emplace_back();
    recognition.set_name(absl::StrCat("facilities/f/recognitions/", FormatDay(from)));
    *recognition.mutable_valid_from() = ToProto(from);
    *recognition.mutable_valid_to() = ToProto(to);
    return recognition;
  }
  RecognitionFacts Facts() const { return {criteria_, record_, grade_, prices_}; }
  std::vector<std::string> Found() const {
    const auto violations = CheckApplication(application_, Facts(), On());
    ExpectWellSaid(violations);
    return Lines(violations);
  }
  // Names of the criteria that are not met.
  std::vector<std::string> Unmet() const {
    std::vector<std::string> unmet;
    for (const auto& check : CheckCriteria(application_, Facts(), kToday)) {
      EXPECT_FALSE(check.found_zh().empty());
      EXPECT_FALSE(check.found_en().empty());
      if (!check.met()) unmet.push_back(check.criterion());
    }
    return unmet;
  }
  void Publicise(CivilDay on, CivilDay until) {
    *application_.mutable_publicised_on() = ToProto(on);
    *application_.mutable_objections_until() = ToProto(until);
  }

  v1::RecognitionCriteria criteria_ =
      LoadCriteria(TUOYU_DATA_DIR "/recognition/default-1.yaml").value();
  FacilityRecord record_;
  RecognitionApplication application_;
  std::string grade_;
  std::vector<v1::PriceFiling> prices_;
};

TEST_F(InclusiveRulesTest, EachClassAndModeByTheMonthHasOneCap) {
  EXPECT_THAT(Found(), IsEmpty());
  application_.mutable_price_caps()->RemoveLast();
  EXPECT_THAT(Found(), ElementsAre("application.price_caps PRICE_CAP_MISSING blocks"));
  Offer(v1::CLASS_KIND_TODDLER, 150000);
  Offer(v1::CLASS_KIND_INFANT, 0);
  Offer(v1::CLASS_KIND_SENIOR, 150000).set_service_mode(v1::SERVICE_MODE_HOURLY);
  EXPECT_THAT(Found(), ElementsAre("application.price_caps[1].class_kind PRICE_ITEM_DOUBLE blocks",
                                   "application.price_caps[2].fen_per_month NUMBER_RANGE blocks",
                                   "application.price_caps[2].class_kind PRICE_NOT_OFFERED blocks",
                                   "application.price_caps[3].service_mode VALUE_UNKNOWN blocks",
                                   "application.price_caps PRICE_CAP_MISSING blocks"));
}

TEST_F(InclusiveRulesTest, TheCriteriasOwnCapIsTheLimit) {
  PriceCap& cap = *criteria_.add_price_caps();
  cap.set_class_kind(v1::CLASS_KIND_TODDLER);
  cap.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
  cap.set_fen_per_month(180000);
  EXPECT_THAT(Found(), IsEmpty());
  cap.set_fen_per_month(179999);
  EXPECT_THAT(Found(),
              ElementsAre("application.price_caps[0].fen_per_month PRICE_ABOVE_CAP blocks"));
}

TEST_F(InclusiveRulesTest, EverythingAskedForIsDeclared) {
  application_.set_declarations(1, "N9");
  EXPECT_THAT(Found(), ElementsAre("application.declarations DECLARATION_MISSING blocks",
                                   "application.declarations[1] DECLARATION_UNKNOWN blocks"));
  application_.set_declarations(1, "N2");
  application_.add_declarations("N1");
  EXPECT_THAT(Found(), ElementsAre("application.declarations[2] DECLARATION_UNKNOWN blocks"));
}

TEST_F(InclusiveRulesTest, PlacesAreAtMostTheFiledOnesAndAtLeastTheShare) {
  application_.set_places_covered(36);
  EXPECT_THAT(Found(), ElementsAre("application.places_covered RECOGNITION_OVER_CAPACITY blocks"));
  application_.set_places_covered(17);  // of 35; 17.5 wanted
  EXPECT_THAT(Found(), ElementsAre("application.places_covered CRITERION_UNMET blocks"));
  application_.set_places_covered(18);
  EXPECT_THAT(Found(), IsEmpty());
  application_.set_places_covered(0);
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(InclusiveRulesTest, WhatTheSystemKnowsIsChecked) {
  criteria_.set_min_months_filed(14);
  criteria_.add_grades("A");
  criteria_.add_grades("B");
  grade_ = "B";
  EXPECT_THAT(Unmet(), IsEmpty());  // on the register since 2025-01-01, today is 2026-03-12
  criteria_.set_min_months_filed(15);
  grade_ = "C";
  record_.current.add_notices();
  record_.timeline.slices[0].set_state(v1::FACILITY_STATE_SUSPENDED);
  EXPECT_THAT(Unmet(), ElementsAre("ACTIVE", "MONTHS_FILED", "NO_OPEN_NOTICE", "GRADE"));
  criteria_.set_no_open_notice(false);
  EXPECT_THAT(Unmet(), ElementsAre("ACTIVE", "MONTHS_FILED", "GRADE"));
}

TEST_F(InclusiveRulesTest, FiledPricesKeepToTheCapsAppliedFor) {
  criteria_.set_price_list(true);
  EXPECT_THAT(Unmet(), ElementsAre("PRICE_LIST"));
  const auto file = [&](CivilDay day, int64_t fen) {
    v1::PriceFiling& filing = prices_.emplace_back();
    *filing.mutable_effective_from() = ToProto(day);
    v1::PriceItem& item = *filing.add_items();
    item.set_kind(v1::PRICE_ITEM_KIND_CARE);
    item.set_class_kind(v1::CLASS_KIND_TODDLER);
    item.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
    item.set_fen(fen);
  };
  file(kToday - 100, 250000);  // no longer in force
  file(kToday - 10, 180000);
  EXPECT_THAT(Unmet(), IsEmpty());
  file(kToday + 10, 180001);
  criteria_.set_price_list(false);
  EXPECT_THAT(Unmet(), ElementsAre("PRICE_LIST"));
  *prices_[2].mutable_withdrawn_on() = ToProto(kToday);
  EXPECT_THAT(Unmet(), IsEmpty());
}

TEST_F(InclusiveRulesTest, ARenewalIsAppliedForInTheLastDays) {
  const std::vector<std::string> wrong = {"application.renews RENEWAL_PERIOD blocks"};
  // The last 90 days of what ends on `end`.
  for (const auto& [end, in_time] : {std::pair{kToday + 1, true}, std::pair{kToday + 90, true},
                                     std::pair{kToday + 91, false}, std::pair{kToday, false}}) {
    record_.recognitions.clear();
    application_.set_renews(Hold(CivilDay(2025, 1, 1), end).name());
    EXPECT_EQ(Found(), in_time ? std::vector<std::string>() : wrong) << FormatDay(end);
  }
  record_.recognitions.clear();
  v1::Recognition& held = Hold(CivilDay(2025, 1, 1), kToday + 30);
  application_.clear_renews();
  EXPECT_EQ(Found(), wrong);  // it holds: its renewal is to be applied for
  application_.set_renews(held.name());
  *held.mutable_revoked_on() = ToProto(kToday);
  EXPECT_EQ(Found(), wrong);
  held.clear_revoked_on();
  held.clear_valid_to();
  EXPECT_EQ(Found(), wrong);
  application_.set_renews("facilities/g/recognitions/1");
  EXPECT_EQ(Found(), wrong);
}

TEST_F(InclusiveRulesTest, ObjectionsAreMadeWithinTheWindow) {
  Publicise(kToday - 10, kToday - 3);
  v1::RecognitionObjection objection;
  objection.set_ground("收费与公示不符");
  const auto found = [&](CivilDay day) {
    *objection.mutable_filed_on() = ToProto(day);
    const auto violations = CheckObjection(application_, objection, On());
    ExpectWellSaid(violations);
    return Lines(violations);
  };
  EXPECT_THAT(found(kToday - 10), IsEmpty());
  EXPECT_THAT(found(kToday - 3), IsEmpty());
  EXPECT_THAT(found(kToday - 11), ElementsAre("objection.filed_on APPLICATION_ORDER blocks"));
  EXPECT_THAT(found(kToday - 2), ElementsAre("objection.filed_on APPLICATION_ORDER blocks"));
  objection.clear_ground();
  EXPECT_THAT(found(kToday + 1), ElementsAre("objection.filed_on DATE_IN_FUTURE blocks",
                                             "objection.ground FIELD_REQUIRED blocks"));
}

TEST_F(InclusiveRulesTest, ItIsGrantedOnlyAfterTheWindowAndWithoutObjection) {
  *application_.mutable_publicised_on() = ToProto(kToday - 10);
  EXPECT_EQ(WhyNotGrantable(application_, kToday), "CALENDAR_UNCOVERED");
  *application_.mutable_objections_until() = ToProto(kToday);
  EXPECT_EQ(WhyNotGrantable(application_, kToday), "WINDOW_OPEN");
  EXPECT_EQ(WhyNotGrantable(application_, kToday + 1), "");
  v1::RecognitionObjection& objection = *application_.add_objections();
  EXPECT_EQ(WhyNotGrantable(application_, kToday + 1), "OBJECTION_OPEN");
  objection.set_outcome(v1::OBJECTION_OUTCOME_DISMISSED);
  EXPECT_EQ(WhyNotGrantable(application_, kToday + 1), "");
  objection.set_outcome(v1::OBJECTION_OUTCOME_SUSTAINED);
  EXPECT_EQ(WhyNotGrantable(application_, kToday + 1), "OBJECTION_SUSTAINED");
}

TEST_F(InclusiveRulesTest, TheWindowIsCountedInWorkingDaysAndStays) {
  // 2026-03-12 is a Thursday; the table ends with March.
  const auto calendar = calendar::WorkingDays::Create(kToday, CivilDay(2026, 3, 31), {}).value();
  FillWindow(criteria_, calendar, &application_);
  EXPECT_FALSE(application_.has_objections_until());
  *application_.mutable_publicised_on() = ToProto(CivilDay(2026, 3, 26));
  FillWindow(criteria_, calendar, &application_);
  EXPECT_TRUE(application_.window_uncovered());
  EXPECT_FALSE(application_.has_objections_until());
  *application_.mutable_publicised_on() = ToProto(kToday);
  FillWindow(criteria_, calendar, &application_);
  EXPECT_FALSE(application_.window_uncovered());
  EXPECT_EQ(FormatDay(*FromProto(application_.objections_until())), "2026-03-19");
  criteria_.set_objection_working_days(7);
  FillWindow(criteria_, calendar, &application_);
  EXPECT_EQ(FormatDay(*FromProto(application_.objections_until())), "2026-03-19");
}

TEST_F(InclusiveRulesTest, ARecognitionBeginsWhenItIsSaidAndARenewalWhenTheOldOneEnds) {
  v1::GrantRecognitionApplicationRequest request;
  request.set_document_number("大足卫健〔2026〕21号");
  const auto days = [&] {
    EXPECT_THAT(Lines(CheckGrant(application_, request, Facts(), On())), IsEmpty());
    const v1::Recognition made = RecognitionOf(application_, request, Facts(), kToday);
    return absl::StrCat(FormatDay(FirstDayOf(made)), " ", FormatDay(EndDayOf(made)));
  };
  EXPECT_EQ(days(), "2026-03-12 2029-03-12");
  *request.mutable_valid_from() = ToProto(CivilDay(2026, 4, 1));
  EXPECT_EQ(days(), "2026-04-01 2029-04-01");
  for (const CivilDay day : {kToday - 1, kToday + 91}) {
    *request.mutable_valid_from() = ToProto(day);
    EXPECT_THAT(Lines(CheckGrant(application_, request, Facts(), On())),
                ElementsAre("valid_from APPLICATION_ORDER blocks"));
  }
  v1::Recognition& renewed = Hold(CivilDay(2023, 5, 1), CivilDay(2026, 5, 1));
  application_.set_renews(renewed.name());
  EXPECT_THAT(Lines(CheckGrant(application_, request, Facts(), On())),
              ElementsAre("valid_from RENEWAL_PERIOD blocks"));
  request.clear_valid_from();
  EXPECT_EQ(days(), "2026-05-01 2029-05-01");
  *renewed.mutable_valid_to() = ToProto(CivilDay(2026, 3, 1));  // decided late
  EXPECT_EQ(days(), "2026-03-12 2029-03-12");
  *renewed.mutable_revoked_on() = ToProto(CivilDay(2026, 2, 1));
  EXPECT_THAT(Lines(CheckGrant(application_, request, Facts(), On())),
              ElementsAre("application.renews RENEWAL_PERIOD blocks"));
  criteria_.set_term_months(0);
  application_.clear_renews();
  EXPECT_FALSE(RecognitionOf(application_, request, Facts(), kToday).has_valid_to());
}

}  // namespace
}  // namespace tuoyu::filing
