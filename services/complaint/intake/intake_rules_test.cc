#include "services/complaint/intake/intake_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/testing/matchers.h"
#include "services/complaint/intake/query_code.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

class IntakeRulesTest : public ::testing::Test {
 protected:
  IntakeRulesTest() {
    filing_.set_facility("facilities/01900000-0000-7000-8000-000000000001");
    v1::Matter& matter = *filing_.add_matters();
    matter.set_kind(v1::CASE_KIND_COMPLAINT);
    matter.set_category("FEES");
    matter.set_text("预付费不退。");
    matter.set_claim("退费");
    filing_.set_mode(v1::REPORTER_MODE_NAMED);
    filing_.mutable_reporter()->set_person_name("演练甲");
    filing_.mutable_reporter()->set_phone("19900000001");
    filing_.mutable_reporter()->set_address("演练路1号");
    filing_.mutable_reporter()->set_relation("PARENT");
  }

  std::vector<std::string> Faults() const {
    std::vector<std::string> faults;
    for (const auto& violation : CheckFiling(filing_, rules_, divisions_, today_)) {
      faults.push_back(absl::StrCat(violation.field(), " ", violation.reason()));
    }
    return faults;
  }
  v1::Case Made(int matter = 0) const {
    return NewCase(filing_, filing_.matters(matter), v1::CASE_CHANNEL_WEB,
                   {"向日葵托育园", "500111001"}, rules_, StartOf(today_) + absl::Hours(10));
  }

  const CivilDay today_{2026, 3, 2};
  const data::Units units_ = *data::Units::Load(DataFile("units/dazu.yaml"));
  const data::Divisions divisions_ = *data::LoadDivisions(DataFile("divisions/dazu-500111.csv"));
  const ComplaintRuleBook book_ = *ComplaintRuleBook::Load(DataFile("complaint"), units_);
  const v1::ComplaintRules& rules_ = book_.On(today_);
  v1::Filing filing_;
};

TEST_F(IntakeRulesTest, AComplaintInOrderHasNothingWrong) { EXPECT_THAT(Faults(), IsEmpty()); }

TEST_F(IntakeRulesTest, AllThatIsWrongIsSaidAtOnce) {
  filing_.mutable_matters(0)->clear_claim();
  filing_.mutable_matters(0)->set_text("坏");
  filing_.mutable_reporter()->clear_address();
  filing_.mutable_reporter()->set_phone("12");
  filing_.mutable_reporter()->set_relation("教师");
  filing_.set_child_age_months(20);
  *filing_.mutable_occurred_on() = ToProto(today_ + 1);
  EXPECT_THAT(
      Faults(),
      ElementsAre("filing.occurred_on DATE_INVALID", "filing.matters[0].text TEXT_TOO_SHORT",
                  "filing.matters[0].claim FIELD_MISSING",
                  "filing.child_age_months FIELD_NOT_OF_KIND",
                  "filing.reporter.address FIELD_MISSING", "filing.reporter.phone PHONE_FORMAT",
                  "filing.reporter.relation FIELD_INVALID"));
}

TEST_F(IntakeRulesTest, AnonymousMeansWithoutNameAndAReportNeedsNoClaim) {
  filing_.set_mode(v1::REPORTER_MODE_ANONYMOUS);
  EXPECT_THAT(Faults(), ElementsAre("filing.reporter.person_name FIELD_NOT_OF_KIND"));
  filing_.mutable_reporter()->clear_person_name();
  filing_.mutable_reporter()->clear_phone();
  filing_.mutable_reporter()->clear_address();
  EXPECT_THAT(Faults(), IsEmpty());
  filing_.mutable_matters(0)->set_kind(v1::CASE_KIND_REPORT);
  filing_.mutable_matters(0)->clear_claim();
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(IntakeRulesTest, APlaceThatIsNotInTheRegistryIsNamedByAddressAndDivision) {
  filing_.clear_facility();
  EXPECT_THAT(Faults(), ElementsAre("filing.facility FIELD_MISSING"));
  filing_.mutable_place()->set_address("演练路2号底楼");
  EXPECT_THAT(Faults(), ElementsAre("filing.place.division_code DIVISION_UNKNOWN"));
  filing_.mutable_place()->set_division_code("500111001");
  EXPECT_THAT(Faults(), IsEmpty());
  filing_.set_facility("facilities/01900000-0000-7000-8000-000000000001");
  EXPECT_THAT(Faults(), ElementsAre("filing.facility FIELD_MISSING"));
}

TEST_F(IntakeRulesTest, AMixedTextIsTwoMattersOfTwoKinds) {
  v1::Matter& second = *filing_.add_matters();
  second = filing_.matters(0);
  EXPECT_THAT(Faults(), ElementsAre("filing.matters[1].kind KIND_TWICE"));
  filing_.mutable_matters(1)->set_kind(v1::CASE_KIND_REPORT);
  EXPECT_THAT(Faults(), IsEmpty());
  filing_.mutable_matters(1)->set_kind(v1::CASE_KIND_INCIDENT);
  EXPECT_THAT(Faults(), ElementsAre("filing.matters[1].kind KIND_NOT_OF_CATEGORY"));
}

TEST_F(IntakeRulesTest, AnEmergencyIsAnIncidentWhateverItsFilerCallsIt) {
  filing_.mutable_matters(0)->set_category("ABUSE");
  filing_.mutable_matters(0)->clear_claim();
  EXPECT_THAT(Faults(), IsEmpty());
  const v1::Case made = Made();
  EXPECT_EQ(made.kind(), v1::CASE_KIND_INCIDENT);
  EXPECT_EQ(made.state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_EQ(made.unit(), "PSB");
  EXPECT_THAT(made.assists(), ElementsAre("DHC", "CIVIL", "T_500111001"));
  EXPECT_EQ(made.clocks_size(), 4);
  EXPECT_FALSE(MayBeJoined(made, v1::REPORTER_MODE_NAMED, filing_.reporter()));
}

TEST_F(IntakeRulesTest, WhoStaysAnonymousNeedNotSayWhatItIsToThePlace) {
  filing_.set_mode(v1::REPORTER_MODE_ANONYMOUS);
  filing_.clear_reporter();
  filing_.mutable_matters(0)->set_kind(v1::CASE_KIND_REPORT);
  filing_.mutable_matters(0)->clear_claim();
  EXPECT_THAT(Faults(), IsEmpty());
  filing_.mutable_reporter()->set_relation("教师");
  EXPECT_THAT(Faults(), ElementsAre("filing.reporter.relation FIELD_INVALID"));
}

TEST_F(IntakeRulesTest, OnlyWhoSaysWhoItIsAndDoesNotWorkThereIsJoined) {
  const v1::Case made = Made();
  EXPECT_TRUE(MayBeJoined(made, v1::REPORTER_MODE_NAMED, filing_.reporter()));
  EXPECT_FALSE(MayBeJoined(made, v1::REPORTER_MODE_CONFIDENTIAL, filing_.reporter()));
  EXPECT_FALSE(MayBeJoined(made, v1::REPORTER_MODE_ANONYMOUS, filing_.reporter()));
  filing_.mutable_reporter()->set_relation("STAFF");
  EXPECT_FALSE(MayBeJoined(made, v1::REPORTER_MODE_NAMED, filing_.reporter()));
}

TEST_F(IntakeRulesTest, TheSameWordsAreTheSameWhateverTheBlanksAndWidths) {
  const std::string key = SameTextKey(Made());
  filing_.mutable_matters(0)->set_text(" 预付费 不退。\n");
  EXPECT_EQ(SameTextKey(Made()), key);
  filing_.mutable_matters(0)->set_text("预付费不退！");
  EXPECT_NE(SameTextKey(Made()), key);
  filing_.mutable_matters(0)->set_text("预付费不退。");
  filing_.set_facility("facilities/01900000-0000-7000-8000-000000000002");
  EXPECT_NE(SameTextKey(Made()), key);
  filing_.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  EXPECT_EQ(SameTextKey(Made()), "");
}

TEST(QueryCodeTest, ACodeIsReadAsPeopleTypeIt) {
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) {
    const std::string code = NewQueryCode();
    EXPECT_EQ(code.size(), 24);
    EXPECT_EQ(NormaliseQueryCode(code), code);
    EXPECT_EQ(NormaliseQueryCode(absl::AsciiStrToLower(absl::StrReplaceAll(code, {{"-", " "}}))),
              code);
    EXPECT_TRUE(codes.insert(code).second);
  }
  EXPECT_EQ(NormaliseQueryCode("oOiI-lL00-0000-0000-0000"), "0011-1100-0000-0000-0000");
  EXPECT_EQ(NormaliseQueryCode("7KQ2"), "");
  EXPECT_EQ(NormaliseQueryCode("0000-0000-0000-0000-00000"), "");
  EXPECT_EQ(NormaliseQueryCode("0000-0000-0000-0000-000U"), "");
  EXPECT_EQ(NormaliseQueryCode(""), "");
}

}  // namespace
}  // namespace tuoyu::complaint
