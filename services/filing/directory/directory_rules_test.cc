#include "services/filing/directory/directory_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;

v1::DirectoryReport Kindergarten(const std::string& source_id = "K1") {
  v1::DirectoryReport report;
  report.set_kind(v1::DIRECTORY_KIND_KINDERGARTENS);
  report.set_source_id(source_id);
  v1::DirectoryVersion& version = *report.mutable_version();
  *version.mutable_valid_from() = ToProto(kToday - 100);
  version.set_organisation_name("演练幼儿园");
  version.set_uscc("52500111MJQQ000277");
  version.set_address("龙岗街道示例路2号");
  version.set_division_code("500111001");
  version.set_ownership(v1::OWNERSHIP_PUBLIC);
  version.set_care_stage(v1::CARE_STAGE_PLANNED);
  return report;
}

std::vector<std::string> Check(const std::vector<v1::DirectoryReport>& reports) {
  v1::ReportDirectoryEntriesRequest request;
  for (const auto& report : reports) *request.add_entries() = report;
  const auto violations = CheckReports(request, testing::On());
  testing::ExpectWellSaid(violations);
  return testing::Lines(violations);
}

TEST(DirectoryRulesTest, AllFaultsOfAReportAreToldAtOnce) {
  EXPECT_THAT(Check({Kindergarten()}), IsEmpty());
  EXPECT_THAT(Check({}), ElementsAre("entries FIELD_REQUIRED blocks"));
  v1::DirectoryReport faulty = Kindergarten("K2");
  faulty.set_kind(v1::DIRECTORY_KIND_GUIDANCE);
  faulty.mutable_version()->set_division_code("500111");
  faulty.mutable_version()->set_places(10'001);
  faulty.mutable_version()->set_employees(5);
  EXPECT_THAT(Check({faulty, Kindergarten(), Kindergarten()}),
              ElementsAre("entries[0].kind FIELD_REQUIRED blocks",
                          "entries[0].version.division_code DIVISION_UNKNOWN blocks",
                          "entries[0].version.places NUMBER_RANGE blocks",
                          "entries[0].version.ownership FIELD_NOT_OF_KIND blocks",
                          "entries[0].version.employees FIELD_NOT_OF_KIND blocks",
                          "entries[2].source_id RECORD_DOUBLE blocks"));
}

TEST(DirectoryRulesTest, ACodeMayBeUnknownButNotWrong) {
  v1::DirectoryReport report = Kindergarten();
  report.mutable_version()->clear_uscc();
  EXPECT_THAT(Check({report}), IsEmpty());
  report.mutable_version()->set_uscc("52500111MJQQ000278");
  EXPECT_THAT(Check({report}), ElementsAre("entries[0].version.uscc USCC_CHECK_DIGIT blocks"));
}

class PlaceTest : public ::testing::Test {
 protected:
  DirectoryOutcome Say(CivilDay from, v1::CareStage stage) {
    v1::DirectoryVersion version = Kindergarten().version();
    *version.mutable_valid_from() = ToProto(from);
    version.set_care_stage(stage);
    return Place(FactOf(version), &entry_);
  }
  // "1 2026-01-01 2026-02-01 PLANNED" of each version.
  std::vector<std::string> Versions() const {
    std::vector<std::string> lines;
    for (const auto& version : entry_.versions()) {
      lines.push_back(absl::StrCat(version.number(), " ", FormatDay(FirstDayOf(version)), " ",
                                   FormatDay(EndDayOf(version)), " ",
                                   v1::CareStage_Name(version.care_stage()).substr(11)));
    }
    return lines;
  }

  v1::DirectoryEntry entry_;
};

TEST_F(PlaceTest, ALaterWordEndsTheOneBefore) {
  EXPECT_EQ(Say(CivilDay(2025, 9, 1), v1::CARE_STAGE_NONE), DirectoryOutcome::kEntered);
  EXPECT_EQ(Say(CivilDay(2026, 1, 1), v1::CARE_STAGE_PLANNED), DirectoryOutcome::kChanged);
  EXPECT_THAT(Versions(),
              ElementsAre("1 2025-09-01 2026-01-01 NONE", "2 2026-01-01 9999-12-31 PLANNED"));
  EXPECT_EQ(VersionOn(entry_, CivilDay(2025, 12, 31))->number(), 1);
  EXPECT_EQ(VersionOn(entry_, CivilDay(2026, 1, 1))->number(), 2);
  EXPECT_EQ(VersionOn(entry_, CivilDay(2025, 8, 31)), nullptr);
}

TEST_F(PlaceTest, TheSameWordChangesNothingAndTheSameDayCorrects) {
  Say(CivilDay(2025, 9, 1), v1::CARE_STAGE_NONE);
  EXPECT_EQ(Say(CivilDay(2025, 9, 1), v1::CARE_STAGE_NONE), DirectoryOutcome::kUnchanged);
  EXPECT_EQ(Say(CivilDay(2026, 1, 1), v1::CARE_STAGE_NONE), DirectoryOutcome::kUnchanged);
  EXPECT_EQ(Say(CivilDay(2025, 9, 1), v1::CARE_STAGE_RUNNING), DirectoryOutcome::kCorrected);
  EXPECT_EQ(Say(CivilDay(2025, 8, 31), v1::CARE_STAGE_NONE), DirectoryOutcome::kTooEarly);
  EXPECT_THAT(Versions(), ElementsAre("1 2025-09-01 9999-12-31 RUNNING"));
}

TEST_F(PlaceTest, WhatWasRemovedComesBackWithAGap) {
  Say(CivilDay(2025, 9, 1), v1::CARE_STAGE_NONE);
  *entry_.mutable_removed_on() = ToProto(CivilDay(2026, 1, 1));
  *entry_.mutable_versions(0)->mutable_valid_to() = entry_.removed_on();
  EXPECT_EQ(Say(CivilDay(2025, 12, 31), v1::CARE_STAGE_NONE), DirectoryOutcome::kTooEarly);
  EXPECT_EQ(Say(CivilDay(2026, 2, 1), v1::CARE_STAGE_NONE), DirectoryOutcome::kChanged);
  EXPECT_FALSE(entry_.has_removed_on());
  EXPECT_EQ(VersionOn(entry_, CivilDay(2026, 1, 15)), nullptr);
  EXPECT_EQ(VersionOn(entry_, CivilDay(2026, 2, 1))->number(), 2);
}

TEST(DirectoryRulesTest, ARemovalLiesAfterWhatWasSaidLast) {
  v1::DirectoryEntry entry;
  Place(Kindergarten().version(), &entry);
  v1::RemoveDirectoryEntryRequest request;
  *request.mutable_removed_on() = ToProto(kToday - 100);
  const auto lines = [&] {
    const auto violations = CheckDirectoryRemoval(request, entry, testing::On());
    testing::ExpectWellSaid(violations);
    return testing::Lines(violations);
  };
  EXPECT_THAT(lines(),
              ElementsAre("removed_on RECORD_ORDER blocks", "reason FIELD_REQUIRED blocks"));
  *request.mutable_removed_on() = ToProto(kToday - 99);
  request.set_reason("撤并");
  EXPECT_THAT(lines(), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
