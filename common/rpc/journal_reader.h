#ifndef TUOYU_COMMON_RPC_JOURNAL_READER_H_
#define TUOYU_COMMON_RPC_JOURNAL_READER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace grpc {
class Channel;
}

namespace tuoyu::rpc {

struct ChannelOptions;

// Follows the journal of another service from a thread of its own, and verifies its chain: an entry
// that is not the next one, or whose hash or digest is wrong, is DATA_LOSS and never applied.
class JournalReader {
 public:
  struct Options {
    std::string source;    // service whose journal it is, e.g. "filing"
    std::string consumer;  // this service, for the log
    int page_size = 200;   // 1 to 1,000
    // Types of payloads that the handlers look at, at most 50; the others are not sent. Empty: all.
    std::vector<std::string> payload_types = {};
    absl::Duration idle_wait = absl::Milliseconds(100);  // between polls when up to date
    absl::Duration rpc_timeout = absl::Seconds(5);
    absl::Duration max_backoff =
        absl::Seconds(5);  // after errors: 100 ms doubled up to this, with jitter
  };
  // What the consumer does; all are called from the reader's thread, one at a time.
  struct Handlers {
    // The position stored last (sequence 0 when none); asked at start, after every error and after
    // `diverged`.
    std::function<absl::StatusOr<common::v1::JournalPosition>()> load;
    // Applies entries, in order, without gaps after the position, and stores the last one's
    // sequence and hash in the same transaction as the effects. Called again with the same entries
    // after an error.
    std::function<absl::Status(const std::vector<common::v1::JournalEntry>&)> apply;
    // The journal is not the one read so far (restored from a backup, say): drop what was derived
    // and the position.
    std::function<absl::Status()> diverged;
  };
  // Fetches one page; see ChannelFetch.
  using Fetch = std::function<absl::StatusOr<common::v1::ListJournalEntriesResponse>(
      const common::v1::ListJournalEntriesRequest&)>;

  // `metrics` and `log` must outlive this.
  JournalReader(Options options, Fetch fetch, Handlers handlers, ops::Metrics& metrics,
                ops::LogWriter& log);
  ~JournalReader();  // stops

  void Start();
  // Returns when the thread has ended; a page being applied is finished first.
  void Stop();
  // Polls now instead of after the idle wait.
  void Wake();
  // Reads once, on the caller's thread, until up to date; for tests and for rebuilding. Not while
  // started.
  absl::Status CatchUp();

 private:
  void Run();
  // True when there may be more to read at once.
  absl::StatusOr<bool> Step();
  bool Wait(absl::Duration duration);

  const Options options_;
  const Fetch fetch_;
  const Handlers handlers_;
  ops::Metrics& metrics_;
  ops::LogWriter& log_;
  common::v1::JournalPosition position_;
  bool position_known_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool woken_ = false;
  std::thread thread_;
};

// Fetches over `channel` with a bearer token; `token` is asked before each call.
JournalReader::Fetch ChannelFetch(const std::shared_ptr<grpc::Channel>& channel,
                                  std::function<std::string()> token, absl::Duration timeout);

// The same over a channel of its own, with 5 s for each page: what a service that follows another one uses. The token's file is read anew for
// each call, because a token is renewed while the service runs; where it can't be read the call is refused, which the log shows. Errors of
// NewChannel.
absl::StatusOr<JournalReader::Fetch> FetchFrom(const ChannelOptions& service,
                                               const std::string& token_file);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_JOURNAL_READER_H_
