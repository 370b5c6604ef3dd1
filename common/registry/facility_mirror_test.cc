#include "common/registry/facility_mirror.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/registry/facility_name.h"
#include "common/testing/fake_clock.h"
#include "common/testing/made_up_facilities.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"

namespace tuoyu::registry {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class FacilityMirrorTest : public ::testing::Test {
 protected:
  FacilityMirrorTest() { database_.Migrate({rpc::follower::kComponent, rpc::follower::Files()}); }
  ~FacilityMirrorTest() override { std::fclose(log_file_); }

  std::string Register(const std::string& name, const std::string& division = "500111001",
                       CivilDay from = CivilDay(2024, 1, 2)) {
    std::string facility = registry_.Register(name, division, from);
    CatchUp();
    return facility;
  }
  void CatchUp() { EXPECT_OK(follower_.CatchUp()); }
  CivilDay today() const { return DayOf(clock_.Now()); }
  absl::Status Read(absl::FunctionRef<absl::Status(db::Transaction&)> body) {
    return db::RunRead(database_.pool(), absl::Now() + absl::Seconds(10), body);
  }
  absl::optional<KnownFacility> Known(const std::string& name, CivilDay day) {
    absl::optional<KnownFacility> found;
    EXPECT_OK(Read([&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(found, ReadFacility(transaction, FacilityId(name), day));
      return absl::OkStatus();
    }));
    return found;
  }
  std::vector<std::string> Active(const std::string& prefix, CivilDay day) {
    std::vector<std::string> names;
    EXPECT_OK(Read([&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(const auto found, ListActive(transaction, prefix, day));
      for (const KnownFacility& each : found) names.push_back(each.name);
      return absl::OkStatus();
    }));
    return names;
  }
  std::vector<std::string> Chain(const std::string& name) {
    std::vector<std::string> chain;
    EXPECT_OK(Read([&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(const auto ids, ChainOf(transaction, FacilityId(name)));
      for (const std::string& id : ids) chain.push_back(FacilityName(id));
      return absl::OkStatus();
    }));
    return chain;
  }

  std::FILE* const log_file_ = std::tmpfile();
  ops::LogWriter log_{fileno(log_file_)};
  testing::FakeClock clock_{StartOf(CivilDay(2026, 3, 2))};
  ops::Metrics metrics_{"test"};
  testing::TestDatabase database_{{kComponent, Files()}};
  testing::MadeUpFacilities registry_;
  rpc::JournalFollower follower_{
      {.source = "filing", .consumer = "test", .payload_types = RegistryPayloads()},
      database_.pool(),
      registry_.journal().Fetch(),
      RegistryHandlers(),
      clock_,
      metrics_,
      log_};
};

TEST_F(FacilityMirrorTest, AFacilityIsKnownAsItIsOnADay) {
  const std::string facility = Register("向日葵", "500111001", CivilDay(2025, 1, 10));
  registry_.Change(facility, filing::v1::FACILITY_STATE_SUSPENDED, CivilDay(2026, 2, 1));
  CatchUp();
  EXPECT_TRUE(Known(facility, CivilDay(2026, 1, 31))->IsOpen());
  EXPECT_FALSE(Known(facility, CivilDay(2026, 2, 1))->IsOpen());
  EXPECT_TRUE(Known(facility, CivilDay(2024, 1, 1)).has_value());
  EXPECT_EQ(Known(facility, today())->filed_on, CivilDay(2025, 1, 10));
  EXPECT_FALSE(Known("facilities/01900000-0000-7000-8000-000000000099", today()).has_value());
  Register("蒲公英", "500111100", CivilDay(2025, 1, 1));
  EXPECT_THAT(Active("500111", CivilDay(2026, 1, 31)), ElementsAre("向日葵", "蒲公英"));
  EXPECT_THAT(Active("500111", today()), ElementsAre("蒲公英"));
  EXPECT_THAT(Active("500111001", today()), IsEmpty());
  EXPECT_THAT(Active("500111", CivilDay(2024, 12, 31)), IsEmpty());
}

TEST_F(FacilityMirrorTest, PredecessorsAndSuccessorsAreOneChain) {
  const std::string old = Register("旧园");
  const std::string middle = Register("中园");
  const std::string fresh = Register("新园");
  registry_.Link(middle, old);
  registry_.Link(fresh, middle);
  CatchUp();
  EXPECT_THAT(Chain(old), ElementsAre(old, middle, fresh));
  EXPECT_THAT(Chain(middle), UnorderedElementsAre(old, middle, fresh));
  EXPECT_THAT(Chain(fresh), ElementsAre(fresh, middle, old));
  registry_.Unlink(fresh, middle);
  CatchUp();
  EXPECT_THAT(Chain(fresh), ElementsAre(fresh));
}

TEST_F(FacilityMirrorTest, ARegistryRestoredFromElsewhereIsReadAnew) {
  Register("旧园");
  Register("又一园");
  EXPECT_TRUE(follower_.IsUpToDate());
  registry_.journal().Clear();
  registry_.Register("新园", "500111001", CivilDay(2025, 1, 1));
  CatchUp();
  EXPECT_THAT(Active("500111", today()), ElementsAre("新园"));
  EXPECT_EQ(database_.Value("SELECT sequence FROM journal_cursor"), "1");
}

TEST_F(FacilityMirrorTest, EntriesAreAppliedOnceAndAFollowerKnowsWhenItIsBehind) {
  Register("向日葵");
  clock_.Advance(absl::Seconds(11));
  EXPECT_FALSE(follower_.IsUpToDate());
  CatchUp();
  EXPECT_TRUE(follower_.IsUpToDate());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility_slice"), "1");
}

}  // namespace
}  // namespace tuoyu::registry
