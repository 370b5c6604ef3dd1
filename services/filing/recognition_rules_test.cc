#include "services/filing/recognition_rules.h"

#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;

constexpr CivilDay kToday(2026, 3, 12);
constexpr CivilDay kNever = CivilDay::max();

v1::Recognition Made(CivilDay from, CivilDay to, bool back_entered,
                     absl::optional<CivilDay> revoked_on = absl::nullopt) {
  v1::Recognition recognition;
  recognition.set_name(back_entered ? "old" : "system");
  *recognition.mutable_valid_from() = ToProto(from);
  if (to != kNever) *recognition.mutable_valid_to() = ToProto(to);
  if (revoked_on) *recognition.mutable_revoked_on() = ToProto(*revoked_on);
  recognition.set_back_entered(back_entered);
  return recognition;
}

// Filed on paper in 2020; with `decided_on`, changed by the system on that day.
FacilityRecord Filed(absl::optional<CivilDay> decided_on = absl::nullopt) {
  FacilityRecord record;
  v1::FacilityVersion& old = record.timeline.slices.emplace_back();
  *old.mutable_valid_from() = ToProto(CivilDay(2020, 6, 1));
  old.set_back_entered(true);
  if (!decided_on) return record;
  *old.mutable_valid_to() = ToProto(*decided_on);
  *record.timeline.slices.emplace_back().mutable_valid_from() = ToProto(*decided_on);
  return record;
}

std::string Fault(const FacilityRecord& record, CivilDay from, CivilDay to,
                  absl::optional<CivilDay> revoked_on = absl::nullopt) {
  return BackEntryFault(record, Made(from, to, /*back_entered=*/true, revoked_on), kToday);
}

TEST(RecognitionRulesTest, WhereAllIsBackEnteredAPaperMayStillBeInForce) {
  const FacilityRecord record = Filed();
  EXPECT_EQ(Fault(record, CivilDay(2020, 6, 1), CivilDay(2022, 1, 1)), "");
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), CivilDay(2029, 1, 1)), "");
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), kNever), "");
  EXPECT_EQ(Fault(record, CivilDay(2020, 5, 31), CivilDay(2022, 1, 1)), "valid_from");
  EXPECT_EQ(Fault(FacilityRecord(), CivilDay(2024, 1, 1), kNever), "valid_from");
}

TEST(RecognitionRulesTest, ItEndsBeforeTheSystemDecidedOnTheFacility) {
  const FacilityRecord record = Filed(CivilDay(2026, 2, 1));
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), CivilDay(2026, 2, 1)), "");
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), CivilDay(2026, 2, 2)), "valid_to");
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), kNever), "valid_to");
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), kNever, CivilDay(2025, 1, 1)), "");
  EXPECT_EQ(Fault(record, CivilDay(2026, 2, 1), CivilDay(2026, 2, 2)), "valid_from");
}

TEST(RecognitionRulesTest, ADecisionForALaterDayAlreadyKeepsItFromReachingToday) {
  const FacilityRecord record = Filed(kToday + 30);
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), kToday), "");
  EXPECT_EQ(Fault(record, CivilDay(2024, 1, 1), kToday + 1), "valid_to");
  EXPECT_EQ(Fault(record, kToday, kToday + 1), "valid_from");
}

TEST(RecognitionRulesTest, ItEndsBeforeTheFirstGrantOrRevocationOfTheSystem) {
  FacilityRecord record = Filed();
  record.recognitions = {
      Made(CivilDay(2024, 1, 1), kNever, /*back_entered=*/false, CivilDay(2026, 3, 1))};
  EXPECT_EQ(Fault(record, CivilDay(2021, 1, 1), CivilDay(2024, 1, 1)), "");
  EXPECT_EQ(Fault(record, CivilDay(2021, 1, 1), CivilDay(2024, 1, 2)), "valid_to");
  EXPECT_EQ(Fault(record, CivilDay(2026, 3, 1), kNever), "valid_from");
}

}  // namespace
}  // namespace tuoyu::filing
