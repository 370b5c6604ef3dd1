#include "common/rpc/housekeeping.h"

#include <unistd.h>

#include <cstdio>
#include <future>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/write.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"

namespace tuoyu::rpc {
namespace {

using ::testing::HasSubstr;

class HousekeepingTest : public ::testing::Test {
 protected:
  ~HousekeepingTest() override { std::fclose(log_file_); }

  absl::Time Soon() { return absl::Now() + absl::Seconds(30); }
  void AddAnswers(int count, absl::string_view day) {
    for (int i = 0; i < count; ++i) {
      database_.Run(absl::StrCat(
          "INSERT INTO request_log (caller, request_id, method, digest, clearance, reply, "
          "create_time) VALUES ('accounts/made-up', UUID(), 'Test/Write', '', 1, '', '",
          day, "')"));
    }
  }
  std::string Log() {
    std::string text(4096, '\0');
    log_.Flush();
    std::rewind(log_file_);
    text.resize(std::fread(text.data(), 1, text.size(), log_file_));
    return text;
  }

  std::FILE* const log_file_ = std::tmpfile();
  ops::LogWriter log_{fileno(log_file_)};
  testing::FakeClock clock_;  // 2026-03-02
  testing::TestDatabase database_{{kComponent, Files()}};
};

TEST_F(HousekeepingTest, AnswersOfThirtyDaysAreKeptAndOlderOnesGoInAsManyBatchesAsItTakes) {
  AddAnswers(3, "2026-01-30");
  AddAnswers(2, "2026-02-01");
  Housekeeping::Task task = Housekeeping::RequestLog();
  task.at_once = 2;
  Housekeeping housekeeping("test", database_.pool(), clock_, log_, {task});
  EXPECT_OK(housekeeping.Run(Soon()));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM request_log"), "2");
}

TEST_F(HousekeepingTest, AFailedTaskIsLoggedAndTheNextOneHasItsTurn) {
  int runs = 0;
  Housekeeping housekeeping(
      "test", database_.pool(), clock_, log_,
      {{"broken", absl::Hours(1), 5,
        [](auto&&...) -> absl::StatusOr<int64_t> { return absl::InternalError("no table"); }},
       {"whole", absl::Hours(1), 5, [&](auto&&...) -> absl::StatusOr<int64_t> {
          ++runs;
          return 0;
        }}});
  EXPECT_THAT(housekeeping.Run(Soon()), testing::StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(runs, 1);
  EXPECT_THAT(Log(), HasSubstr("housekeeping.failed"));
  EXPECT_THAT(Log(), HasSubstr("\"task\":\"broken\""));
}

TEST_F(HousekeepingTest, StopWaitsForOneBatchOnlyHoweverMuchIsLeft) {
  std::promise<void> running;
  std::atomic<int> batches{0};
  Housekeeping housekeeping(
      "test", database_.pool(), clock_, log_,
      {{"endless", absl::Hours(1), 5, [&](auto&&...) -> absl::StatusOr<int64_t> {
          if (++batches == 1) running.set_value();
          absl::SleepFor(absl::Milliseconds(1));
          return 5;  // as many as asked for: there is more
        }}});
  housekeeping.Start(absl::Hours(1));
  running.get_future().wait();
  housekeeping.Stop();
  const int stopped_at = batches;
  EXPECT_OK(housekeeping.Run(Soon()));
  EXPECT_EQ(batches, stopped_at);
}

}  // namespace
}  // namespace tuoyu::rpc
