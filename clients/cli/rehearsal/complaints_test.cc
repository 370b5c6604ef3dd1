// The complaints of the rehearsal district, judged by the rules of the service they are sent to.
#include "clients/cli/rehearsal/complaints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/data/units.h"
#include "services/complaint/cases/back_entry_rules.h"

namespace tuoyu::rehearsal {
namespace {

constexpr absl::CivilDay kHorizon(2026, 3, 12);

District MakeDistrict(uint64_t seed, int facilities) {
  static const data::Divisions& divisions = *new data::Divisions(
      data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv").value());
  return District::Create({seed, facilities}, divisions).value();
}

TEST(RehearsalComplaintsTest, EachIsTakenByTheServiceAndHasItsOwnSource) {
  const data::Units units = data::Units::Load(TUOYU_DATA_DIR "/units/dazu.yaml").value();
  const auto rules = complaint::ComplaintRuleBook::Load(TUOYU_DATA_DIR "/complaint", units).value();
  std::set<std::string> keys;
  std::set<int> kinds, channels;
  const auto cases = MakeCases(MakeDistrict(16, 60), kHorizon);
  ASSERT_GT(cases.size(), 40);
  for (auto [number, entry] : cases) {
    entry.set_facility("facilities/01900000-0000-7000-8000-000000000001");
    const auto faults = complaint::CheckBackEntry(entry, 0, rules, kHorizon);
    EXPECT_TRUE(faults.empty()) << faults.front().field() << " " << faults.front().reason() << "\n"
                                << entry.DebugString();
    keys.insert(complaint::SourceKey(entry.source()));
    kinds.insert(entry.kind());
    channels.insert(entry.channel());
  }
  EXPECT_EQ(keys.size(), cases.size());
  EXPECT_EQ(kinds.size(), 3);
  EXPECT_EQ(channels.size(), 5);
}

TEST(RehearsalComplaintsTest, TheSameSeedGivesTheSameAndWhatEndsLaterIsLeftOut) {
  const auto bytes = [](uint64_t seed, absl::CivilDay until) {
    std::string all;
    for (const auto& each : MakeCases(MakeDistrict(seed, 40), until)) {
      all += each.record.SerializeAsString();
    }
    return all;
  };
  EXPECT_EQ(bytes(7, kHorizon), bytes(7, kHorizon));
  EXPECT_NE(bytes(7, kHorizon), bytes(8, kHorizon));
  const auto early = MakeCases(MakeDistrict(7, 60), absl::CivilDay(2023, 12, 31));
  EXPECT_LT(early.size(), MakeCases(MakeDistrict(7, 60), kHorizon).size());
  for (const auto& each : early) {
    if (each.record.has_replied_on()) {
      EXPECT_LE(*FromProto(each.record.replied_on()), absl::CivilDay(2023, 12, 31));
    }
  }
}

}  // namespace
}  // namespace tuoyu::rehearsal
