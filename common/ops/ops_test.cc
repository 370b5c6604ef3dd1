#include <signal.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/ops/signals.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::ops {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

// A pipe whose writing end a LogWriter gets.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_), 0); }
  ~Pipe() {
    close(ends_[0]);
    CloseWriter();
  }
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void CloseWriter() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }
  std::string ReadAll() {
    CloseWriter();
    std::string all;
    char buffer[4096];
    for (ssize_t count; (count = read(ends_[0], buffer, sizeof(buffer))) > 0;) {
      all.append(buffer, static_cast<size_t>(count));
    }
    return all;
  }

 private:
  int ends_[2];
};

TEST(LogLineTest, IsJsonWithEverythingEscaped) {
  LogLine line(Severity::kWarning, "filing", "rpc", absl::FromUnixMicros(1772415000000042));
  line.Add("text", "a\"b\\c\nd\x01\x7f 托育")
      .Add("broken", "\xff\xc3(\xed\xa0\x80\xf0\x9f\x91\xb6")
      .Add("number", int64_t{-5})
      .Add("yes", true)
      .Add("ms", absl::Microseconds(12005));
  const std::string text = line.Finish();
  EXPECT_EQ(text.find('\n'), std::string::npos);
  const Json json = Json::parse(text);
  EXPECT_EQ(json["time"], "2026-03-02T01:30:00.000042Z");
  EXPECT_EQ(json["severity"], "WARNING");
  EXPECT_EQ(json["service"], "filing");
  EXPECT_EQ(json["event"], "rpc");
  EXPECT_EQ(json["text"], "a\"b\\c\nd\x01\x7f 托育");
  EXPECT_EQ(json["broken"], "\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFD\U0001F476");
  EXPECT_EQ(json["number"], -5);
  EXPECT_EQ(json["yes"], true);
  EXPECT_THAT(text, HasSubstr("\"ms\":12.005"));
}

TEST(LogLineTest, AValueCannotForgeAFieldOrALine) {
  LogLine line(Severity::kInfo, "s", "e");
  line.Add("caller", "x\",\"severity\":\"ERROR\"}\n{\"a\":\"b");
  const Json json = Json::parse(line.Finish());
  EXPECT_EQ(json["severity"], "INFO");
  EXPECT_EQ(json.size(), 5u);
}

TEST(LogWriterTest, WritesEveryLineWholeFromManyThreads) {
  Pipe pipe;
  {
    LogWriter writer(pipe.writer());
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&writer, t] {
        for (int i = 0; i < 100; ++i) writer.Write(absl::StrCat(t, ":", i));
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(writer.dropped(), 0);
  }
  const std::vector<std::string> lines = absl::StrSplit(pipe.ReadAll(), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 400u);
  std::vector<int> next(4, 0);
  for (const std::string& line : lines) {
    const std::vector<std::string> parts = absl::StrSplit(line, ':');
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(std::stoi(parts[1]), next[std::stoi(parts[0])]++);
  }
}

TEST(LogWriterTest, FlushReturnsWhenTheLinesAreOut) {
  Pipe pipe;
  LogWriter writer(pipe.writer());
  writer.Write("one");
  writer.Flush();
  char buffer[16];
  ASSERT_EQ(read(pipe.reader(), buffer, sizeof(buffer)), 4);
  EXPECT_EQ(std::string(buffer, 4), "one\n");
}

TEST(LogWriterTest, DropsAndCountsWhenNobodyReads) {
  Pipe pipe;
  std::thread reader;
  std::string text;
  {
    LogWriter writer(pipe.writer());
    const std::string line(1 << 20, 'x');
    // The pipe takes 64 KB, the writer holds one batch and 4 MB wait.
    for (int i = 0; i < 12; ++i) writer.Write(line);
    EXPECT_GT(writer.dropped(), 0);
    reader = std::thread([&] {
      char buffer[1 << 16];
      for (ssize_t count; (count = read(pipe.reader(), buffer, sizeof(buffer))) > 0;) {
        text.append(buffer, static_cast<size_t>(count));
      }
    });
  }
  pipe.CloseWriter();
  reader.join();
  EXPECT_THAT(text.substr(text.size() - 200), HasSubstr("log.dropped"));
}

TEST(MetricsTest, NumbersReachThePage) {
  Metrics metrics("filing");
  Metrics::Method& method = metrics.AddMethod("FilingService/GetFiling");
  method.Observe(0, absl::Milliseconds(3));
  method.Observe(0, absl::Milliseconds(4));
  method.Observe(5, absl::Milliseconds(1));
  metrics.SetJournalLag("filing", 7);
  metrics.CountJournalApplied("filing", 3);
  double read = 4;
  metrics.AddReading("tuoyu_read", "help", Metrics::Kind::kGauge, [&read] { return read; });
  read = 5;
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("tuoyu_rpc_seconds_count{service=\"filing\",code=\"OK\",method="
                              "\"FilingService/GetFiling\"} 2"));
  EXPECT_THAT(text, HasSubstr("code=\"NOT_FOUND\",method=\"FilingService/GetFiling\"} 1"));
  EXPECT_THAT(text, HasSubstr("tuoyu_journal_lag_entries{service=\"filing\",source=\"filing\"} 7"));
  EXPECT_THAT(text,
              HasSubstr("tuoyu_journal_applied_total{service=\"filing\",source=\"filing\"} 3"));
  EXPECT_THAT(text, HasSubstr("tuoyu_journal_read_timestamp_seconds{service=\"filing\","
                              "source=\"filing\"} "));
  EXPECT_THAT(text, HasSubstr("tuoyu_read{service=\"filing\"} 5"));
}

TEST(MetricsTest, ListensOnAFreePortAndRefusesATakenOne) {
  Metrics metrics("filing");
  ASSERT_TRUE(metrics.Expose("127.0.0.1:0").ok());
  ASSERT_GT(metrics.port(), 0);
  Metrics second("filing");
  EXPECT_EQ(second.Expose(absl::StrCat("127.0.0.1:", metrics.port())).code(),
            absl::StatusCode::kUnavailable);
}

TEST(StopSignalTest, SignalsAreWaitedFor) {
  StopSignal stop;
  EXPECT_FALSE(stop.WaitFor(absl::Milliseconds(1)));
  ASSERT_EQ(kill(getpid(), SIGTERM), 0);
  stop.Wait();
  EXPECT_TRUE(stop.WaitFor(absl::ZeroDuration())) << "a stop once seen stays seen";
}

TEST(StopSignalTest, AThreadMayStopTheProcess) {
  StopSignal stop;
  std::thread thread([&] { stop.Trigger(); });
  stop.Wait();
  thread.join();
}

}  // namespace
}  // namespace tuoyu::ops
