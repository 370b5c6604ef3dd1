#include "services/filing/roster/child_rules.h"

#include <functional>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/ids/made_up.h"
#include "common/testing/matchers.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/class_ratios.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::On;
using testing::PostFrom;

const CivilDay kBirth = kToday - 600;  // nineteen months
const CivilDay kFirst = kToday - 30;

// A facility with a toddler class of 15 and a senior class of 20.
v1::Facility Filed() {
  v1::Facility facility;
  facility.set_state(v1::FACILITY_STATE_ACTIVE);
  v1::ClassPlan& toddlers = *facility.mutable_content()->add_classes();
  toddlers.set_kind(v1::CLASS_KIND_TODDLER);
  toddlers.set_capacity(15);
  toddlers.set_label("托小1班");
  v1::ClassPlan& seniors = *facility.mutable_content()->add_classes();
  seniors.set_kind(v1::CLASS_KIND_SENIOR);
  seniors.set_capacity(20);
  seniors.set_label("托大1班");
  return facility;
}

v1::ChildEntry Whole() {
  v1::ChildEntry entry = testing::ChildFrom("", 1, kBirth, kFirst);
  entry.mutable_enrolments(0)->set_class_label("托小1班");
  return entry;
}

std::vector<std::string> Found(v1::ChildEntry entry, bool is_new = true) {
  Normalise(kToday, &entry);
  Findings findings(On(kToday), Mode::kReport);
  CheckEntry(entry, "e.", Filed(), is_new, findings);
  std::vector<common::v1::Violation> found = findings.Take();
  testing::ExpectWellSaid(found);
  return LinesWithLevel(found);
}

TEST(ChildRulesTest, AWholeEntryIsWithoutFault) { EXPECT_THAT(Found(Whole()), IsEmpty()); }

TEST(ChildRulesTest, EveryFaultIsFoundWithItsField) {
  using E = v1::ChildEntry;
  const std::vector<std::pair<std::string, std::function<void(E&)>>> cases = {
      {"e.child_name FIELD_REQUIRED SYSTEM blocks", [](E& e) { e.clear_child_name(); }},
      {"e.document_number BIRTH_CERTIFICATE_FORMAT SYSTEM blocks",
       [](E& e) {
         e.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
         e.set_document_number("12345");
         e.set_birth_date(FormatDay(kBirth));
       }},
      {"e.birth_date BIRTH_DATE_FORMAT SYSTEM blocks", [](E& e) { e.set_birth_date("2024/3/1"); }},
      {"e.birth_date BIRTH_DATE_DIFFERS SYSTEM blocks",
       [](E& e) { e.set_birth_date(FormatDay(kBirth + 1)); }},
      {"e.consent FIELD_REQUIRED SYSTEM blocks", [](E& e) { e.clear_consent(); }},
      {"e.consent.given_on CONSENT_AFTER_ENROLMENT NATIONAL advises",
       [](E& e) { *e.mutable_consent()->mutable_given_on() = ToProto(kFirst + 1); }},
      {"e.enrolments FIELD_REQUIRED SYSTEM blocks", [](E& e) { e.clear_enrolments(); }},
      {"e.enrolments[0].time_band TIME_BAND_MISMATCH SYSTEM blocks",
       [](E& e) { e.mutable_enrolments(0)->set_time_band(v1::TIME_BAND_MORNING); }},
      {"e.enrolments[0].time_band FIELD_REQUIRED SYSTEM blocks",
       [](E& e) {
         e.mutable_enrolments(0)->set_service_mode(v1::SERVICE_MODE_HALF_DAY);
         e.mutable_enrolments(0)->clear_time_band();
       }},
      {"e.enrolments[0].class_label CLASS_LABEL_UNKNOWN SYSTEM advises",
       [](E& e) { e.mutable_enrolments(0)->set_class_label("托小9班"); }},
      {"e.enrolments[0].class_label CLASS_LABEL_MISSING NATIONAL advises",
       [](E& e) { e.mutable_enrolments(0)->clear_class_label(); }},
      {"e.enrolments[0].class_label CHILD_CLASS_AGE NATIONAL advises",
       [](E& e) { e.mutable_enrolments(0)->set_class_label("托大1班"); }},
      {"e.enrolments[0].valid_from ENROLMENT_TOO_FAR SYSTEM blocks",
       [](E& e) { *e.mutable_enrolments(0)->mutable_valid_from() = ToProto(kToday + 91); }},
      {"e.enrolments[0].valid_to ENROLMENT_ORDER SYSTEM blocks",
       [](E& e) { *e.mutable_enrolments(0)->mutable_valid_to() = ToProto(kFirst); }},
      {"e.health_record.checks[0].done_on HEALTH_CHECK_ORDER SYSTEM blocks",
       [](E& e) {
         v1::HealthRecord record = testing::RecordOpenedOn(kFirst);
         *record.mutable_checks(0)->mutable_done_on() = ToProto(kBirth - 1);
         *e.mutable_health_record() = record;
       }},
  };
  for (const auto& [line, spoil] : cases) {
    v1::ChildEntry entry = Whole();
    spoil(entry);
    EXPECT_THAT(Found(entry), ElementsAre(line));
  }
}

TEST(ChildRulesTest, WhatIsReportedOfARecordNeedsOne) {
  const auto found = [](const v1::HealthRecord& report, const v1::HealthRecord& record) {
    Findings findings(On(kToday), Mode::kReport);
    CheckNumbered(report, "r.", record, findings);
    return LinesWithLevel(findings.Take());
  };
  v1::HealthRecord confirmed;
  confirmed.set_identity_verified(true);
  const char* const line = "r.record_number HEALTH_RECORD_UNNUMBERED SYSTEM blocks";
  for (const v1::HealthRecord& report : {testing::ChecksOn(kFirst), confirmed}) {
    EXPECT_THAT(found(report, {}), ElementsAre(line));
    EXPECT_THAT(found(report, testing::RecordOpenedOn(kFirst)), IsEmpty());
  }
  EXPECT_THAT(found(testing::RecordOpenedOn(kFirst), {}), IsEmpty());
}

TEST(ChildRulesTest, ChildrenAreUnderThreeAndOverSixMonths) {
  const auto at = [](CivilDay birth) {
    v1::ChildEntry entry = testing::ChildFrom("", 1, birth, kFirst);
    *entry.mutable_enrolments(0)->mutable_valid_to() =
        ToProto(kFirst + 1);  // no class is asked for
    return Found(entry);
  };
  const CivilDay third(kFirst.year() - 3, kFirst.month(), kFirst.day());
  EXPECT_THAT(at(third + 1), IsEmpty());
  EXPECT_THAT(at(third), ElementsAre("e.enrolments[0].valid_from CHILD_OVER_AGE NATIONAL blocks"));
  EXPECT_THAT(at(kFirst - 100),
              ElementsAre("e.enrolments[0].valid_from CHILD_UNDER_AGE NATIONAL advises"));
}

TEST(ChildRulesTest, TheBirthDateComesFromTheResidentId) {
  v1::ChildEntry entry = Whole();
  Normalise(kToday, &entry);
  EXPECT_EQ(entry.birth_date(), FormatDay(kBirth));
  entry.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  entry.set_document_number(" t500123456 ");
  Normalise(kToday, &entry);
  EXPECT_EQ(entry.document_number(), "T500123456");
  EXPECT_THAT(Found(entry), IsEmpty());
}

TEST(ChildEntryTest, TheSameReportAgainMakesNoDoubleAndHalvesOfADayDoNotMeet) {
  v1::ChildEntry report = Whole();
  v1::Child child;
  Findings findings(On(kToday), Mode::kReport);
  EXPECT_TRUE(Enter(report, "e.", &child, findings));
  EXPECT_FALSE(Enter(report, "e.", &child, findings));
  v1::Enrolment afternoon = testing::EnrolmentFrom(kFirst + 5);
  afternoon.set_service_mode(v1::SERVICE_MODE_HALF_DAY);
  afternoon.set_time_band(v1::TIME_BAND_AFTERNOON);
  *report.add_enrolments() = afternoon;
  EXPECT_TRUE(Enter(report, "e.", &child, findings));
  EXPECT_THAT(LinesWithLevel(findings.Take()),
              ElementsAre("e.enrolments ENROLMENT_OVERLAP SYSTEM blocks"));
  child.mutable_enrolments(0)->set_time_band(v1::TIME_BAND_MORNING);
  CheckOverlap(child, "e.enrolments", findings);
  EXPECT_THAT(findings.Take(), IsEmpty());
}

TEST(ChildEntryTest, TheSameChildElsewhereInTheSamePartOfTheDayIsShared) {
  v1::Child here;
  v1::Child there;
  *here.add_enrolments() = testing::EnrolmentFrom(kFirst);
  *there.add_enrolments() = testing::EnrolmentFrom(kFirst + 10);
  EXPECT_EQ(SharedUntil(here, there), CivilDay::max());
  here.mutable_enrolments(0)->set_time_band(v1::TIME_BAND_MORNING);
  there.mutable_enrolments(0)->set_time_band(v1::TIME_BAND_AFTERNOON);
  EXPECT_EQ(SharedUntil(here, there), CivilDay::min());
  there.mutable_enrolments(0)->set_time_band(v1::TIME_BAND_BY_THE_HOUR);
  EXPECT_EQ(SharedUntil(here, there), CivilDay::min());
}

std::vector<v1::Child> ChildrenIn(const std::string& label, int count,
                                  v1::TimeBand band = v1::TIME_BAND_ALL_DAY) {
  v1::Child child;
  *child.add_enrolments() = testing::EnrolmentFrom(kFirst);
  child.mutable_enrolments(0)->set_class_label(label);
  child.mutable_enrolments(0)->set_time_band(band);
  return std::vector<v1::Child>(static_cast<size_t>(count), child);
}

std::vector<v1::StaffMember> CarersIn(const std::string& label, int count,
                                      v1::TimeBand shift = v1::TIME_BAND_UNSPECIFIED) {
  v1::StaffMember member;
  *member.add_posts() = PostFrom(v1::STAFF_ROLE_CARER, kFirst);
  member.mutable_posts(0)->set_class_label(label);
  member.mutable_posts(0)->set_shift(shift);
  for (const auto kind :
       {v1::CERTIFICATE_KIND_HEALTH, v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY}) {
    *member.add_certificates() = testing::CertificateOf(kind, kToday - 30);
  }
  return std::vector<v1::StaffMember>(static_cast<size_t>(count), member);
}

// Domain description 2.1: 15 toddlers need 3, 16 would need 4.
TEST(ClassRatiosTest, EachClassNeedsCarersForTheChildrenItHas) {
  Findings findings(On(kToday), Mode::kReport);
  auto ratios = RatiosOn(Filed().content(), ChildrenIn("托小1班", 15), CarersIn("托小1班", 3),
                         kToday, findings);
  ASSERT_EQ(ratios.size(), 4);
  EXPECT_EQ(ratios[0].children(), 15);
  EXPECT_EQ(ratios[0].carers_needed(), 3);
  EXPECT_EQ(ratios[2].carers_needed(), 0);
  EXPECT_THAT(findings.Take(), IsEmpty());
  RatiosOn(Filed().content(), ChildrenIn("托小1班", 16), CarersIn("托小1班", 3), kToday, findings);
  std::vector<common::v1::Violation> found = findings.Take();
  testing::ExpectWellSaid(found);
  EXPECT_THAT(LinesWithLevel(found), ElementsAre("托小1班 RATIO_TOO_FEW_CARERS NATIONAL blocks",
                                                 "托小1班 CLASS_OVER_CAPACITY NATIONAL blocks",
                                                 "托小1班 RATIO_TOO_FEW_CARERS NATIONAL blocks",
                                                 "托小1班 CLASS_OVER_CAPACITY NATIONAL blocks"));
}

// Domain description 12.6: what has lapsed today keeps the person off the duty roster.
TEST(ClassRatiosTest, CarersWhoMayNotWorkDoNotCount) {
  std::vector<v1::StaffMember> carers = CarersIn("托小1班", 4);
  carers[0].mutable_certificates()->RemoveLast();                                   // never queried
  *carers[1].mutable_certificates(0)->mutable_issued_on() = ToProto(kToday - 366);  // lapsed
  *carers[2].mutable_barred_on() = ToProto(kToday);                                 // banned
  Findings findings(On(kToday), Mode::kReport);
  const auto ratios =
      RatiosOn(Filed().content(), ChildrenIn("托小1班", 10), carers, kToday, findings);
  EXPECT_EQ(ratios[0].carers(), 1);
  EXPECT_EQ(ratios[0].carers_unfit(), 3);
  EXPECT_EQ(ratios[0].carers_needed(), 2);
  const std::vector<common::v1::Violation> found = findings.Take();
  testing::ExpectWellSaid(found);
  ASSERT_EQ(found.size(), 2);
  EXPECT_NE(found[0].message_zh().find("另有3名"), std::string::npos);
  // The day before, the first may not yet have been banned.
  EXPECT_EQ(RatiosOn(Filed().content(), ChildrenIn("托小1班", 10), carers, kToday - 1, findings)[0]
                .carers(),
            2);
}

TEST(ClassRatiosTest, AShiftCountsInItsHalfOfTheDayAndCarersOfOtherClassesDoNot) {
  Findings findings(On(kToday), Mode::kReport);
  std::vector<v1::StaffMember> carers = CarersIn("托小1班", 1, v1::TIME_BAND_MORNING);
  const auto others = CarersIn("托大1班", 4);
  carers.insert(carers.end(), others.begin(), others.end());
  RatiosOn(Filed().content(), ChildrenIn("托小1班", 4), carers, kToday, findings);
  const auto found = findings.Take();
  ASSERT_EQ(found.size(), 1);
  EXPECT_NE(found[0].message_en().find("in the afternoon"), std::string::npos);
  const auto ratios = RatiosOn(Filed().content(), ChildrenIn("托小1班", 4, v1::TIME_BAND_MORNING),
                               carers, kToday, findings);
  EXPECT_EQ(ratios[1].children(), 0);
  EXPECT_THAT(findings.Take(), IsEmpty());
  // What belongs to no filed class is shown, whatever it is called.
  EXPECT_EQ(RatiosOn(Filed().content(), ChildrenIn("", 1), {}, kToday, findings).size(), 6);
  EXPECT_EQ(RatiosOn(Filed().content(), ChildrenIn("旧班", 1), {}, kToday, findings).size(), 6);
}

TEST(ClassRatiosTest, ChildrenOfNoClassAreAFindingAndNeedTheCarersOfTheirAge) {
  Findings findings(On(kToday), Mode::kReport);
  const auto needed = [&](const std::vector<v1::Child>& children) {
    const auto ratios = RatiosOn(Filed().content(), children, {}, kToday, findings);
    return ratios.back().carers_needed();
  };
  std::vector<v1::Child> children = ChildrenIn("", 5);
  for (v1::Child& child : children) child.set_birth_date(FormatDay(kToday - 300));  // infants
  EXPECT_EQ(needed(children), 2);
  std::vector<common::v1::Violation> found = findings.Take();
  testing::ExpectWellSaid(found);
  EXPECT_THAT(LinesWithLevel(found), ElementsAre("未编班 CHILDREN_WITHOUT_CLASS NATIONAL blocks",
                                                 "未编班 RATIO_TOO_FEW_CARERS NATIONAL blocks",
                                                 "未编班 CHILDREN_WITHOUT_CLASS NATIONAL blocks",
                                                 "未编班 RATIO_TOO_FEW_CARERS NATIONAL blocks"));
  children[0].set_birth_date(FormatDay(kToday - 800));  // a senior, counted for itself
  EXPECT_EQ(needed(children), 3);
  children[0].set_birth_date("sealed");  // by the strictest of the filed classes, 1:5
  EXPECT_EQ(needed(children), 3);
  EXPECT_EQ(needed(ChildrenIn("旧班", 6)), 2);
  // Carers of no class suffice here, and still the children are of no class.
  findings.Take();
  RatiosOn(Filed().content(), ChildrenIn("", 5), CarersIn("", 1), kToday, findings);
  EXPECT_THAT(LinesWithLevel(findings.Take()),
              ElementsAre("未编班 CHILDREN_WITHOUT_CLASS NATIONAL blocks",
                          "未编班 CHILDREN_WITHOUT_CLASS NATIONAL blocks"));
  // Where no class is filed there is none to be in.
  RatiosOn(v1::FilingContent(), ChildrenIn("", 5), {}, kToday, findings);
  EXPECT_THAT(findings.Take(), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
