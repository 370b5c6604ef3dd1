// What happens to acknowledged work when parts of the running system die: real binaries, a durable database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/system/life_cycle.h"
#include "tests/system/system.h"

namespace tuoyu::system_test {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<System> StartSystem(System::Options options = {}) {
  options.durable = true;
  auto system = System::Start(options);
  if (!system.ok()) ADD_FAILURE() << system.status();
  return system.ok() ? *std::move(system) : nullptr;
}

// Runs life cycles from four threads until told to stop, and keeps what was acknowledged.
class Load {
 public:
  Load(System& system, std::vector<std::string> drafts)
      : life_(system), drafts_(std::move(drafts)) {
    for (int t = 0; t < 4; ++t) {
      threads_.emplace_back([this, t] {
        for (size_t i = t; i < drafts_.size() && !stop_; i += 4) {
          const auto receipt = life_.SubmitAndAccept(drafts_[i], absl::Seconds(2));
          std::lock_guard<std::mutex> lock(mutex_);
          if (receipt.ok()) {
            acknowledged_[drafts_[i]] = *receipt;
          } else {
            failures_.insert(receipt.status().code());
          }
        }
      });
    }
  }
  ~Load() { Stop(); }

  void Stop() {
    stop_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }
  void WaitForAcknowledged(size_t count) {
    for (int i = 0; i < 2000; ++i) {
      {
        std::lock_guard<std::mutex> lock(mutex_);
        if (acknowledged_.size() >= count) return;
      }
      absl::SleepFor(absl::Milliseconds(5));
    }
    ADD_FAILURE() << "the load did not get going";
  }
  const std::map<std::string, std::string>& acknowledged() const { return acknowledged_; }
  const std::set<absl::StatusCode>& failures() const { return failures_; }

 private:
  LifeCycle life_;
  const std::vector<std::string> drafts_;
  std::mutex mutex_;
  std::map<std::string, std::string> acknowledged_;  // filing -> receipt number
  std::set<absl::StatusCode> failures_;
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

// One line for each thing that is there without what was to be stored with it.
constexpr char kHalves[] = R"sql(
USE tuoyu_filing;
SELECT 'filed without receipt', f.id FROM filing f LEFT JOIN receipt r ON r.filing_id = f.id
  WHERE f.state = 5 AND r.filing_id IS NULL;
SELECT 'filed without facility', f.id FROM filing f LEFT JOIN facility c ON c.id = f.facility_id
  WHERE f.state = 5 AND c.id IS NULL;
SELECT 'filed without journal entry', f.id FROM filing f LEFT JOIN journal_entry j
  ON j.subject = CONCAT('filings/', f.id) AND j.action = 'filing.accepted'
  WHERE f.state = 5 AND j.sequence IS NULL;
SELECT 'receipt without filing', r.filing_id FROM receipt r LEFT JOIN filing f
  ON f.id = r.filing_id AND f.state = 5 WHERE f.id IS NULL;
SELECT 'facility without filing', c.id FROM facility c LEFT JOIN filing f
  ON f.facility_id = c.id AND f.state = 5 WHERE f.id IS NULL;
SELECT 'facility without journal entry', c.id FROM facility c LEFT JOIN journal_entry j
  ON j.subject = CONCAT('facilities/', c.id) AND j.action = 'facility.registered'
  WHERE j.sequence IS NULL;
SELECT 'journal entry without filing', j.subject FROM journal_entry j LEFT JOIN filing f
  ON j.subject = CONCAT('filings/', f.id) AND f.state = 5
  WHERE j.action = 'filing.accepted' AND f.id IS NULL;
SELECT 'accepted twice', subject FROM journal_entry WHERE action = 'filing.accepted'
  GROUP BY subject HAVING COUNT(*) > 1;
)sql";

// Every acknowledged filing is there with its receipt number; the numbers of the year run from 1 without gap or double;
// nothing is half there; the journal's chain verifies.
void ExpectNothingLost(System& system, const std::map<std::string, std::string>& acknowledged) {
  LifeCycle life(system);
  const auto stored = life.ReceiptNumbers();
  ASSERT_TRUE(stored.ok()) << stored.status();
  for (const auto& [filing, receipt] : acknowledged) {
    ASSERT_TRUE(stored->contains(filing)) << filing << " was acknowledged and is lost";
    EXPECT_EQ(stored->at(filing), receipt);
  }
  std::set<int> serials;
  for (const auto& [filing, receipt] : *stored) {
    const int serial = std::stoi(receipt.substr(receipt.rfind('-') + 1));
    EXPECT_TRUE(serials.insert(serial).second) << receipt << " was given twice";
  }
  ASSERT_FALSE(serials.empty());
  EXPECT_EQ(*serials.begin(), 1);
  EXPECT_EQ(*serials.rbegin(), static_cast<int>(serials.size())) << "receipt numbers have a gap";
  const CommandResult halves = system.Sql(kHalves);
  EXPECT_EQ(halves.exit_code, 0);
  EXPECT_EQ(halves.output, "");
  const auto verified = system.Client({"journal", "verify", "--as", "auditor"});
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->exit_code, 0) << verified->output;
}

TEST(FaultTest, KillingTheServiceUnderLoadLosesNothing) {
  const auto system = StartSystem();
  ASSERT_NE(system, nullptr);
  const auto drafts = LifeCycle(*system).PrepareDrafts(300, 4);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  std::map<std::string, std::string> acknowledged;
  for (int round = 0; round < 3; ++round) {
    Load load(*system, {drafts->begin() + round * 100, drafts->begin() + (round + 1) * 100});
    load.WaitForAcknowledged(20);
    system->filing().Signal(SIGKILL);
    load.Stop();
    ASSERT_TRUE(system->filing().Wait(absl::Seconds(5)).ok());
    ASSERT_TRUE(system->StartFiling().ok());
    acknowledged.insert(load.acknowledged().begin(), load.acknowledged().end());
  }
  ExpectNothingLost(*system, acknowledged);
}

TEST(FaultTest, KillingTheDatabaseUnderLoadLosesNothing) {
  const auto system = StartSystem();
  ASSERT_NE(system, nullptr);
  const auto drafts = LifeCycle(*system).PrepareDrafts(200, 4);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  Load load(*system, *drafts);
  load.WaitForAcknowledged(30);
  system->KillDatabase();
  load.Stop();
  ASSERT_TRUE(system->StartDatabase().ok());
  // The service finds its way back by itself.
  LifeCycle life(*system);
  absl::Status status;
  for (int i = 0; i < 100; ++i) {
    status = life.JournalHead().status();
    if (status.ok()) break;
    absl::SleepFor(absl::Milliseconds(100));
  }
  ASSERT_TRUE(status.ok()) << status;
  ExpectNothingLost(*system, load.acknowledged());
}

TEST(FaultTest, TerminatingUnderLoadAnswersWhatIsUnderWayAndLosesNothing) {
  const auto system = StartSystem();
  ASSERT_NE(system, nullptr);
  const auto drafts = LifeCycle(*system).PrepareDrafts(200, 4);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  Load load(*system, *drafts);
  load.WaitForAcknowledged(20);
  system->filing().Signal(SIGTERM);
  const auto code = system->filing().Wait(absl::Seconds(15));
  ASSERT_TRUE(code.ok()) << code.status();
  EXPECT_EQ(*code, 0);
  load.Stop();
  // Calls that came too late were told so, and what was done was answered.
  EXPECT_THAT(load.failures(), ::testing::IsSubsetOf({absl::StatusCode::kUnavailable}));
  ASSERT_TRUE(system->StartFiling().ok());
  ExpectNothingLost(*system, load.acknowledged());
  const auto stored = LifeCycle(*system).ReceiptNumbers();
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->size(), load.acknowledged().size());
}

TEST(FaultTest, ServiceWaitsForTheDatabaseAtStartAndServesOnceItIsThere) {
  System::Options options;
  options.start_services = false;
  const auto system = StartSystem(options);
  ASSERT_NE(system, nullptr);
  system->KillDatabase();
  const auto started = system->SpawnFiling();
  ASSERT_TRUE(started.ok()) << started;
  EXPECT_FALSE(system->WaitServing(system->filing_address(), absl::Seconds(1)).ok());
  const absl::Status refused = LifeCycle(*system).JournalHead().status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable) << refused;
  ASSERT_TRUE(system->StartDatabase().ok());
  EXPECT_TRUE(system->WaitServing(system->filing_address(), absl::Seconds(15)).ok());
  EXPECT_TRUE(LifeCycle(*system).JournalHead().ok());
}

TEST(FaultTest, BrokenAndStalledConnectionsAreErrorsWithinTheDeadlineAndHealByThemselves) {
  System::Options options;
  options.gate = true;
  const auto system = StartSystem(options);
  ASSERT_NE(system, nullptr);
  LifeCycle life(*system);
  ASSERT_TRUE(life.JournalHead().ok());
  system->gate().Refuse();
  absl::Status status = life.JournalHead().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_THAT(std::string(status.message()), ::testing::Not(HasSubstr("SELECT")));
  EXPECT_THAT(std::string(status.message()), ::testing::Not(HasSubstr("sock")));
  system->gate().Pass();
  ASSERT_TRUE(life.JournalHead().ok());
  const auto drafts = life.PrepareDrafts(1, 1);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  system->gate().Stall();
  const absl::Time start = absl::Now();
  EXPECT_FALSE(life.SubmitAndAccept(drafts->front(), absl::Seconds(2)).ok());
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  system->gate().Pass();
  const auto receipt = life.SubmitAndAccept(drafts->front());
  EXPECT_TRUE(receipt.ok()) << receipt.status();
}

TEST(FaultTest, RepeatingACallWhoseCommitWasLostGivesTheFirstAnswer) {
  System::Options options;
  options.gate = true;
  const auto system = StartSystem(options);
  ASSERT_NE(system, nullptr);
  LifeCycle life(*system);
  const auto drafts = life.PrepareDrafts(1, 1);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  system->gate().CutAfter("COMMIT");
  const absl::Status lost = life.Submit(drafts->front(), "0190a000-0000-7000-8000-00000000c0de");
  EXPECT_EQ(lost.code(), absl::StatusCode::kUnavailable) << lost;
  EXPECT_EQ(system->gate().cuts(), 1);
  const absl::Status repeated =
      life.Submit(drafts->front(), "0190a000-0000-7000-8000-00000000c0de");
  EXPECT_TRUE(repeated.ok()) << repeated;
}

TEST(FaultTest, KillingTheAggregatorInMidFeedCountsEverythingOnce) {
  const auto system = StartSystem();
  ASSERT_NE(system, nullptr);
  const auto rehearsed =
      system->Client({"rehearse", "--seed", "7", "--facilities", "60", "--history-only"});
  ASSERT_TRUE(rehearsed.ok()) << rehearsed.status();
  ASSERT_EQ(rehearsed->exit_code, 0) << rehearsed->output;
  const auto drafts = LifeCycle(*system).PrepareDrafts(120, 4);
  ASSERT_TRUE(drafts.ok()) << drafts.status();
  Load load(*system, *drafts);
  for (int round = 0; round < 3; ++round) {
    load.WaitForAcknowledged(20 * (round + 1));
    system->aggregator().Signal(SIGKILL);
    ASSERT_TRUE(system->aggregator().Wait(absl::Seconds(5)).ok());
    ASSERT_TRUE(system->StartAggregator().ok());
  }
  load.WaitForAcknowledged(drafts->size());
  load.Stop();
  const auto before = system->AggregatorDigest();
  ASSERT_TRUE(before.ok()) << before.status();
  const auto after = system->RebuiltAggregatorDigest();
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(*before, *after) << "what was counted along the way differs from what the journal says";
}

}  // namespace
}  // namespace tuoyu::system_test
