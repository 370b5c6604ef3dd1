// The roster of children of the rehearsal district, judged by what is sent to the services.
#include "clients/cli/rehearsal/children.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/base/civil.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/child_rules.h"
#include "services/filing/roster/health_record.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;
using filing::testing::Dazu;

constexpr absl::CivilDay kHorizon(2026, 3, 12);
constexpr absl::CivilDay kBaseline(2022, 12, 31);
constexpr absl::CivilDay kTarget(2025, 12, 31);

District MakeDistrict(uint64_t seed, int facilities) {
  return District::Create({seed, facilities}, Dazu()).value();
}

// Children in care at active facilities on a day, and those of them whose record is managed.
std::pair<int64_t, int64_t> InCareOn(const District& district, absl::CivilDay day,
                                     absl::CivilDay horizon = kHorizon) {
  int64_t in_care = 0;
  int64_t managed = 0;
  const auto children = MakeChildren(district, Dazu(), horizon);
  for (size_t i = 0; i < children.size(); ++i) {
    if (!district.facilities()[i].ActiveOn(day)) continue;
    for (const pb::ChildEntry& entry : children[i].entries) {
      if (!filing::IsEnrolled(entry.enrolments(0), day)) continue;
      ++in_care;
      pb::HealthRecord record;
      filing::EnterHealth(entry.health_record(), *ParseDay(entry.birth_date()),
                          filing::testing::National(), &record);
      record.set_identity_verified(true);
      if (filing::StateOn(record, filing::testing::National(), day) ==
          pb::HEALTH_RECORD_STATE_MANAGED) {
        ++managed;
      }
    }
  }
  return {in_care, managed};
}

TEST(RehearsalChildrenTest, ThreeInTenPlacesAreUsedIn2022AndMoreThanTheCitysIn2025) {
  for (const auto& [seed, size] : {std::pair{16, 60}, {16, 24}, {7, 60}}) {
    const District district = MakeDistrict(static_cast<uint64_t>(seed), size);
    const int64_t places = district.PlacesOn(kBaseline);
    const auto [then, no_records] = InCareOn(district, kBaseline);
    // 30.0 as the notice prints it: the nearest whole number of children.
    EXPECT_LE(std::abs(1000 * then - 300 * places), 500);
    EXPECT_EQ(no_records, 0) << "the notice prints no baseline of indicator 8";
    const auto [later, managed] = InCareOn(district, kTarget);
    EXPECT_GT(1000 * later, 416 * district.PlacesOn(kTarget));
    EXPECT_GT(100 * managed, 90 * later);
    EXPECT_LT(managed, later) << "short of the target of 100 %";
    EXPECT_EQ(InCareOn(district, kBaseline, kBaseline).first, then) << "as known at its end";
  }
}

TEST(RehearsalChildrenTest, EveryoneIsSomeoneElseAndWithoutFault) {
  const District district = MakeDistrict(16, 60);
  std::set<std::string> documents;
  const auto children = MakeChildren(district, Dazu(), kHorizon);
  for (size_t i = 0; i < children.size(); ++i) {
    for (const pb::ChildEntry& made : children[i].entries) {
      pb::ChildEntry entry = made;
      EXPECT_TRUE(documents.insert(entry.document_number()).second);
      filing::Normalise(kHorizon, &entry);
      filing::Findings findings(filing::testing::On(kHorizon), filing::Mode::kReport);
      pb::Facility facility;
      facility.set_state(pb::FACILITY_STATE_ACTIVE);
      filing::CheckEntry(entry, "", facility, /*is_new=*/true, findings);
      pb::Child child;
      filing::Enter(entry, "", &child, findings);
      EXPECT_EQ(filing::testing::Text(findings.Take()), "");
    }
  }
  EXPECT_GT(documents.size(), 1000);
}

TEST(RehearsalChildrenTest, WhatIsLaterThanTheHorizonIsLeftOut) {
  const absl::CivilDay horizon(2023, 6, 30);
  for (const auto& facility : MakeChildren(MakeDistrict(16, 60), Dazu(), horizon)) {
    for (const pb::ChildEntry& entry : facility.entries) {
      EXPECT_LE(filing::FirstDayOf(entry.enrolments(0)), horizon);
      for (const auto& check : entry.health_record().checks()) {
        EXPECT_LE(*FromProto(check.done_on()), horizon);
      }
    }
  }
}

}  // namespace
}  // namespace tuoyu::rehearsal
