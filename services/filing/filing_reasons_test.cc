// Every reason beside those of the form (materials, commitment, change, end, decision, old paper), provoked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "services/filing/decision_rules.h"
#include "services/filing/filing_rules.h"
#include "services/filing/findings.h"
#include "services/filing/reasons.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using common::v1::Violation;
using testing::ExpectWellSaid;
using testing::Find;
using testing::kToday;
using testing::On;
using testing::Text;
using testing::ValidBackEntry;
using testing::ValidCancellation;
using testing::ValidChange;
using testing::ValidFacility;
using testing::ValidFiling;
using Violations = std::vector<Violation>;

// What is provoked elsewhere than in the form.
struct OtherCase {
  const char* reason;
  const char* field;
  std::function<Violations()> found;
};

OtherCase InMaterial(const char* reason, const char* field,
                     std::function<void(v1::Filing&, v1::Material&)> spoil) {
  return {reason, field, [spoil] {
            v1::Filing filing = ValidFiling();
            spoil(filing, *filing.mutable_materials(0));
            return CheckSubmission(filing, nullptr, On());
          }};
}

OtherCase InUpload(const char* reason, const char* field, std::function<void(v1::Material&)> spoil,
                   int count = 0) {
  return {reason, field, [=] {
            v1::Material material = ValidFiling().materials(0);
            spoil(material);
            return CheckMaterial(material, count, On());
          }};
}

OtherCase InFiling(const char* reason, const char* field, const v1::Filing& valid,
                   std::function<void(v1::Filing&, v1::Facility&)> spoil) {
  return {reason, field, [=] {
            v1::Filing filing = valid;
            v1::Facility facility = ValidFacility();
            spoil(filing, facility);
            return CheckSubmission(filing, facility.name().empty() ? nullptr : &facility, On());
          }};
}

OtherCase InBackEntry(const char* reason, const char* field,
                      std::function<void(v1::BackEntry&)> spoil) {
  return {reason, field, [spoil] {
            v1::BackEntry entry = ValidBackEntry();
            spoil(entry);
            return CheckBackEntry(entry, On());
          }};
}

using F = v1::Filing;
using M = v1::Material;

std::vector<OtherCase> MaterialCases() {
  return {
      InMaterial("MATERIAL_MISSING", "materials[M01]",
                 [](F&, M& m) { m.set_kind(v1::MATERIAL_KIND_OTHER); }),
      InMaterial("MATERIAL_EXPIRED", "materials[M01].valid_to",
                 [](F&, M& m) { *m.mutable_valid_to() = ToProto(kToday - 1); }),
      InMaterial("MATERIAL_NOT_YET_VALID", "materials[M01].valid_from",
                 [](F&, M& m) { *m.mutable_valid_from() = ToProto(kToday + 1); }),
      InMaterial("MATERIAL_TOO_OLD", "materials[M04].issued_on",
                 [](F& f, M&) { f.mutable_materials(3)->mutable_issued_on()->set_year(2025); }),
      InMaterial("MATERIAL_RESULT", "materials[M05].result",
                 [](F& f, M&) { f.mutable_materials(5)->set_result("不合格"); }),
      InMaterial("MATERIAL_REJECTED", "materials[M01]",
                 [](F&, M& m) { m.set_verify_state(v1::VERIFY_STATE_REJECTED); }),
      InMaterial("MATERIAL_DATE_ORDER", "materials[M01].valid_to",
                 [](F&, M& m) { *m.mutable_valid_to() = ToProto(CivilDay(2026, 3, 1)); }),
      InMaterial("MATERIAL_DOUBLE", "materials[M01#2]", [](F& f, M& m) { *f.add_materials() = m; }),
      InMaterial("MATERIAL_SAME_FILE", "materials[M02]",
                 [](F& f, M& m) { f.mutable_materials(1)->set_sha256(m.sha256()); }),
      InMaterial(
          "MATERIAL_UNUSED", "materials[M12]",
          [](F& f, M&) { f.mutable_materials(2)->set_kind(v1::MATERIAL_KIND_EMPLOYER_AGREEMENT); }),
      InMaterial("MATERIAL_NUMBER_DIFFERS", "materials[M01].document_number",
                 [](F&, M& m) { m.set_document_number("92500111MAQQ00040Y"); }),
      InMaterial("MATERIAL_SUPPLIER_CONTRACT", "materials[M07]",
                 [](F& f, M&) { f.mutable_content()->set_meals(v1::MEALS_DELIVERED); }),
      InMaterial("MATERIAL_FIRE_DOCUMENT", "materials[M06].fire_document",
                 [](F& f, M&) { f.mutable_materials(6)->clear_fire_document(); }),
      InMaterial("MATERIAL_PERSONS_NOT_STATED", "materials[M04].persons_covered",
                 [](F& f, M&) { f.mutable_materials(3)->clear_persons_covered(); }),
      InMaterial("MATERIAL_PERSONS_TOO_FEW", "materials[M04].persons_covered",
                 [](F& f, M&) { f.mutable_materials(3)->set_persons_covered(1); }),
      InUpload("MATERIAL_FILE_NAME", "material.file_name",
               [](M& m) { m.set_file_name("../a.pdf"); }),
      InUpload("MATERIAL_DIGEST_FORMAT", "material.sha256", [](M& m) { m.set_sha256("12ab"); }),
      InUpload("MATERIAL_TOO_LARGE", "material.size_bytes",
               [](M& m) { m.set_size_bytes((20 << 20) + 1); }),
      InUpload(
          "TOO_MANY_MATERIALS", "material", [](M&) {}, 60),
  };
}

std::vector<OtherCase> ChangeCases() {
  using W = v1::Facility;
  const F change = ValidChange();
  const F end = ValidCancellation();
  const auto last_day = [](F& f, CivilDay day) {
    *f.mutable_cancellation()->mutable_last_day() = ToProto(day);
  };
  return {
      InFiling("COMMITMENT_TEXT_OUTDATED", "commitment.text_version", ValidFiling(),
               [](F& f, W&) { f.mutable_commitment()->set_text_version("2018"); }),
      InFiling("COMMITMENT_POINTS_DIFFER", "commitment.points", ValidFiling(),
               [](F& f, W&) { f.mutable_commitment()->add_points("尽力而为。"); }),
      InFiling("EFFECTIVE_DATE_UNUSED", "effective_date", ValidFiling(),
               [](F& f, W&) { *f.mutable_effective_date() = ToProto(kToday); }),
      InFiling("FACILITY_NOT_IN_FORCE", "facility", change, [](F&, W& w) { w.clear_name(); }),
      InFiling("FACILITY_CLOSED", "facility", change,
               [](F&, W& w) { w.set_state(v1::FACILITY_STATE_CANCELLED); }),
      InFiling("NOTHING_CHANGED", "content", change,
               [](F& f, W& w) { *f.mutable_content() = w.content(); }),
      InFiling("MOVED_OUT_OF_DISTRICT", "content.division_code", change,
               [](F& f, W&) { f.mutable_content()->set_division_code("500112001"); }),
      InFiling("LEGAL_PERSON_CHANGED", "content.uscc", change,
               [](F& f, W&) { f.mutable_content()->set_uscc("91500111MAQQ005184"); }),
      InFiling("EFFECTIVE_DATE_BEFORE_VERSION", "effective_date", change,
               [](F& f, W&) { *f.mutable_effective_date() = ToProto(CivilDay(2025, 1, 5)); }),
      InFiling("EFFECTIVE_DATE_TOO_FAR", "effective_date", change,
               [](F& f, W&) { *f.mutable_effective_date() = ToProto(kToday + 367); }),
      InFiling("CHANGE_SCHEDULED", "effective_date", change,
               [](F&, W& w) { *w.mutable_valid_to() = ToProto(kToday + 7); }),
      InFiling("PLACEMENT_PLAN_REQUIRED", "cancellation.placement_plan", end,
               [](F& f, W&) { f.mutable_cancellation()->clear_placement_plan(); }),
      InFiling("CHILDREN_OVER_CAPACITY", "cancellation.children_in_care", end,
               [](F& f, W&) { f.mutable_cancellation()->set_children_in_care(46); }),
      InFiling("LAST_DAY_BEFORE_VERSION", "cancellation.last_day", end,
               [=](F& f, W&) { last_day(f, CivilDay(2025, 1, 5)); }),
      InFiling("LAST_DAY_TOO_FAR", "cancellation.last_day", end,
               [=](F& f, W&) { last_day(f, kToday + 367); }),
      InFiling("LAST_DAY_PAST", "cancellation.last_day", end,
               [=](F& f, W&) { last_day(f, kToday - 1); }),
      {"RECTIFY_BY_PAST", "rectify_by", [] { return CheckNotice({}, ToProto(kToday - 1), On()); }},
  };
}

std::vector<OtherCase> BackEntryCases() {
  using B = v1::BackEntry;
  const auto recognise = [](B& b, int year) {
    b.add_recognitions()->mutable_valid_from()->CopyFrom(ToProto(CivilDay(year, 1, 1)));
  };
  return {
      InBackEntry("FACILITY_UNIDENTIFIED", "facility",
                  [](B& b) {
                    b.set_kind(v1::FILING_KIND_CANCELLATION);
                    b.mutable_content()->clear_uscc();
                    b.clear_source();
                  }),
      InBackEntry("FILED_BEFORE_REGULATION", "filed_on",
                  [](B& b) { *b.mutable_filed_on() = ToProto(CivilDay(2019, 12, 18)); }),
      InBackEntry("FILED_SINCE_SYSTEM_START", "filed_on",
                  [](B& b) { *b.mutable_filed_on() = ToProto(CivilDay(2026, 1, 1)); }),
      InBackEntry("RECEIPT_NUMBER_FORM", "receipt_number",
                  [](B& b) { b.set_receipt_number("TYBA-500111-2021-7"); }),
      InBackEntry("RECEIPT_NUMBER_OF_SYSTEM", "receipt_number",
                  [](B& b) { b.set_receipt_number("TYBA-500111-2026-00007"); }),
      InBackEntry("EFFECTIVE_BEFORE_FILING", "effective_date",
                  [](B& b) { *b.mutable_effective_date() = ToProto(CivilDay(2021, 5, 5)); }),
      InBackEntry("RECOGNITION_ORDER", "recognitions[0]",
                  [=](B& b) {
                    recognise(b, 2022);
                    *b.mutable_recognitions(0)->mutable_valid_to() = ToProto(CivilDay(2022, 1, 1));
                  }),
      InBackEntry("RECOGNITION_OVERLAP", "recognitions[1]",
                  [=](B& b) {
                    recognise(b, 2022);
                    recognise(b, 2023);
                  }),
      InBackEntry("RECOGNITION_OVER_CAPACITY", "recognitions[0].places_covered",
                  [=](B& b) {
                    recognise(b, 2022);
                    b.mutable_recognitions(0)->set_places_covered(46);
                  }),
      InBackEntry("RECOGNITION_UNUSED", "recognitions",
                  [=](B& b) {
                    b.set_kind(v1::FILING_KIND_CANCELLATION);
                    recognise(b, 2022);
                  }),
  };
}

std::vector<OtherCase> AllOtherCases() {
  std::vector<OtherCase> all;
  for (const auto& cases : {MaterialCases(), ChangeCases(), BackEntryCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

TEST(FilingReasonsTest, EveryFaultIsFoundWithItsFieldAndReason) {
  for (const OtherCase& c : AllOtherCases()) {
    SCOPED_TRACE(c.reason);
    const Violations found = c.found();
    const Violation* violation = Find(found, c.reason, c.field);
    ASSERT_NE(violation, nullptr) << Text(found);
    ExpectWellSaid({*violation});
  }
}

TEST(FilingReasonsTest, NoReasonBesideThoseOfTheFormIsOutOfReach) {
  std::set<std::string> provoked;
  for (const OtherCase& c : AllOtherCases()) provoked.insert(c.reason);
  std::set<std::string> table;
  bool of_the_form = true;
  for (const Reason& reason : AllReasons()) {
    of_the_form &= reason.name != "MATERIAL_MISSING";
    if (reason.name == "STAFF_UNDER_AGE") break;  // from here on not of filings
    if (!of_the_form) table.insert(std::string(reason.name));
  }
  EXPECT_EQ(provoked, table);
}

TEST(FilingReasonsTest, AReasonStandsInTheTableOnce) {
  std::set<std::string> names;
  for (const Reason& reason : AllReasons()) {
    EXPECT_TRUE(names.insert(std::string(reason.name)).second) << reason.name;
  }
}

}  // namespace
}  // namespace tuoyu::filing
