#include "services/filing/roster/health_record.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using testing::ChecksOn;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::National;
using testing::RecordOpenedOn;

constexpr CivilDay kBirth(2024, 1, 15);
constexpr CivilDay kOpened(2025, 2, 1);

// Opened at twelve months with all sections checked, and confirmed.
v1::HealthRecord Built() {
  v1::HealthRecord record;
  EnterHealth(RecordOpenedOn(kOpened), kBirth, National(), &record);
  record.set_identity_verified(true);
  return record;
}

// "2025-02-01 – 2025-08-15" of each period.
std::vector<std::string> Periods(const v1::HealthRecord& record) {
  std::vector<std::string> lines;
  for (const v1::ManagedPeriod& period : ManagedPeriods(record, National())) {
    lines.push_back(absl::StrCat(FormatDay(*FromProto(period.from())), " – ",
                                 period.has_to() ? FormatDay(*FromProto(period.to())) : ""));
  }
  return lines;
}

TEST(HealthRecordTest, ChecksAreDueAtTheAgesOfTheSchedule) {
  EXPECT_EQ(NextCheckAfter(kBirth, kBirth, National()), CivilDay(2024, 4, 15));
  EXPECT_EQ(NextCheckAfter(CivilDay(2024, 3, 31), kBirth, National()), CivilDay(2024, 4, 15));
  EXPECT_EQ(NextCheckAfter(CivilDay(2024, 4, 1), kBirth, National()), CivilDay(2024, 7, 15))
      << "a check two weeks early is the one that was due";
  EXPECT_EQ(NextCheckAfter(CivilDay(2024, 4, 15), kBirth, National()), CivilDay(2024, 7, 15));
  EXPECT_EQ(NextCheckAfter(CivilDay(2025, 1, 15), kBirth, National()), CivilDay(2025, 7, 15));
  EXPECT_EQ(NextCheckAfter(CivilDay(2027, 1, 15), kBirth, National()), std::nullopt);
  // A birthday that a month doesn't have.
  EXPECT_EQ(NextCheckAfter(CivilDay(2023, 9, 1), CivilDay(2023, 8, 31), National()),
            CivilDay(2023, 11, 30));
}

TEST(HealthRecordTest, ThereIsNothingToConfirmBeforeThereIsARecord) {
  v1::HealthRecord confirmed;
  confirmed.set_identity_verified(true);
  v1::HealthRecord record;
  EXPECT_FALSE(EnterHealth(confirmed, kBirth, National(), &record));
  EXPECT_FALSE(record.identity_verified()) << "of a record that is opened later";
  EnterHealth(RecordOpenedOn(kOpened), kBirth, National(), &record);
  EXPECT_FALSE(record.identity_verified());
  EXPECT_TRUE(EnterHealth(confirmed, kBirth, National(), &record));
  EXPECT_TRUE(record.identity_verified());
}

TEST(HealthRecordTest, ARecordIsBuiltWhenOpenedConfirmedAndWhole) {
  EXPECT_EQ(BuiltOn({}), CivilDay::max());
  v1::HealthRecord record = Built();
  EXPECT_EQ(BuiltOn(record), kOpened);
  record.set_identity_verified(false);
  EXPECT_EQ(BuiltOn(record), CivilDay::max());
  record = Built();
  record.mutable_checks()->DeleteSubrange(3, 1);
  EXPECT_EQ(BuiltOn(record), CivilDay::max());
  EnterHealth(ChecksOn(CivilDay(2025, 3, 3)), kBirth, National(), &record);
  EXPECT_EQ(BuiltOn(record), CivilDay(2025, 3, 3));
}

TEST(HealthRecordTest, ItIsManagedUntilACheckIsOverdueByMoreThanTheTolerance) {
  const v1::HealthRecord record = Built();
  EXPECT_EQ(NextCheckDue(record, kOpened), CivilDay(2025, 7, 15));
  EXPECT_EQ(StateOn(record, National(), kOpened - 1), v1::HEALTH_RECORD_STATE_NONE);
  EXPECT_EQ(StateOn(record, National(), kOpened), v1::HEALTH_RECORD_STATE_MANAGED);
  EXPECT_EQ(StateOn(record, National(), CivilDay(2025, 8, 14)), v1::HEALTH_RECORD_STATE_MANAGED);
  EXPECT_EQ(StateOn(record, National(), CivilDay(2025, 8, 15)), v1::HEALTH_RECORD_STATE_OVERDUE);
  EXPECT_THAT(Periods(record), ElementsAre("2025-02-01 – 2025-08-15"));
}

TEST(HealthRecordTest, ACheckOrADeferralGoesOn) {
  v1::HealthRecord record = Built();
  v1::HealthRecord report = ChecksOn(CivilDay(2025, 9, 1));
  v1::HealthDeferral& deferral = *report.add_deferrals();
  *deferral.mutable_from() = ToProto(CivilDay(2026, 2, 1));
  *deferral.mutable_until() = ToProto(CivilDay(2026, 5, 1));
  EXPECT_TRUE(EnterHealth(report, kBirth, National(), &record));
  EXPECT_FALSE(EnterHealth(report, kBirth, National(), &record)) << "nothing new";
  // Due again at 24 months, 2026-01-15, but put off from before it is overdue until May.
  EXPECT_THAT(Periods(record), ElementsAre("2025-02-01 – 2025-08-15", "2025-09-01 – 2026-05-01"));
  // One section that is not checked again is enough.
  v1::HealthRecord partly = Built();
  report = ChecksOn(CivilDay(2025, 7, 20));
  report.mutable_checks()->DeleteSubrange(0, 1);
  EnterHealth(report, kBirth, National(), &partly);
  EXPECT_THAT(Periods(partly), ElementsAre("2025-02-01 – 2025-08-15"));
}

TEST(HealthRecordTest, WhatTheReportStatesStandsAndTheNumberStays) {
  v1::HealthRecord record = Built();
  v1::HealthRecord report = RecordOpenedOn(CivilDay(2025, 9, 1));
  report.set_record_number("YLJK00000002");
  for (v1::HealthCheck& check : *report.mutable_checks()) {
    *check.mutable_next_due_on() = ToProto(CivilDay(2025, 12, 1));
  }
  EnterHealth(report, kBirth, National(), &record);
  EXPECT_EQ(record.record_number(), "YLJK00000001");
  EXPECT_EQ(NextCheckDue(record, CivilDay(2025, 9, 1)), CivilDay(2025, 12, 1));
  // Not later than the schedule.
  v1::HealthRecord late = ChecksOn(CivilDay(2025, 10, 1));
  for (v1::HealthCheck& check : *late.mutable_checks()) {
    *check.mutable_next_due_on() = ToProto(CivilDay(2199, 12, 31));
  }
  EnterHealth(late, kBirth, National(), &record);
  EXPECT_EQ(NextCheckDue(record, CivilDay(2025, 10, 1)), CivilDay(2026, 1, 15));
  EXPECT_THAT(Periods(v1::HealthRecord()), IsEmpty());
}

// What StateOn says on every day of four years is what the periods say.
TEST(HealthRecordTest, ThePeriodsAreTheDaysOnWhichTheStateIsManaged) {
  v1::HealthRecord record = Built();
  v1::HealthRecord report = ChecksOn(CivilDay(2025, 10, 3));
  v1::HealthDeferral& deferral = *report.add_deferrals();
  *deferral.mutable_from() = ToProto(CivilDay(2026, 3, 1));
  *deferral.mutable_until() = ToProto(CivilDay(2026, 3, 20));
  EnterHealth(report, kBirth, National(), &record);
  const auto periods = ManagedPeriods(record, National());
  EXPECT_EQ(periods.size(), 3);
  for (CivilDay day(2024, 6, 1); day < CivilDay(2028, 6, 1); ++day) {
    bool within = false;
    for (const v1::ManagedPeriod& period : periods) {
      within = within || (*FromProto(period.from()) <= day &&
                          (!period.has_to() || day < *FromProto(period.to())));
    }
    EXPECT_EQ(within, StateOn(record, National(), day) == v1::HEALTH_RECORD_STATE_MANAGED)
        << FormatDay(day);
  }
}

}  // namespace
}  // namespace tuoyu::filing
