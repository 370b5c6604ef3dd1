#ifndef TUOYU_SERVICES_AGGREGATOR_REGISTRY_FOLLOWER_H_
#define TUOYU_SERVICES_AGGREGATOR_REGISTRY_FOLLOWER_H_

#include <atomic>
#include <cstdint>
#include <future>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/rpc/journal_reader.h"
#include "services/aggregator/measure_writer.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::aggregator {

// Follows the registry's journal: a JournalReader whose pages go to a MeasureWriter. While it is
// behind, it reads several pages ahead on a second thread, so that reading and applying overlap and
// each transaction covers thousands of entries. Thread safe but for Start, Stop and CatchUp.
class RegistryFollower {
 public:
  struct Options {
    std::string source = "filing";
    std::string consumer = "aggregator";
    int page_size = 1000;  // entries per call
    int pages_ahead = 8;   // joined into one batch while behind
    absl::Duration idle_wait = absl::Milliseconds(100);
  };

  // References must outlive this.
  RegistryFollower(const Options& options, rpc::JournalReader::Fetch fetch, MeasureWriter& writer,
                   const Clock& clock, ops::Metrics& metrics, ops::LogWriter& log);
  ~RegistryFollower();

  void Start();
  void Stop();
  // On the caller's thread, until nothing is left to apply or to clean up. Not while started.
  absl::Status CatchUp();

  // Makes the reader ask for its position anew, because a rebuild was started.
  void Reload();

  // Newest sequence seen in the journal.
  int64_t head() const { return head_; }
  // When it was last seen that the journal had nothing after what is applied; infinite past while
  // this was never seen.
  absl::Time up_to_date_time() const;
  // Code and reason of the last error of the reader; empty when the last call went well.
  std::string last_error() const;

 private:
  using Page = absl::StatusOr<common::v1::ListJournalEntriesResponse>;
  using Request = common::v1::ListJournalEntriesRequest;

  Page Read(const Request& request);
  // The page after `request`, read ahead or read now.
  Page NextPage(const Request& request);
  // Up to `pages_ahead` pages after the one read last, joined.
  Page ReadAhead(Request request);
  absl::Status Note(absl::Status status);
  void SetUpToDate(absl::Time time);
  // While the measures are rebuilt, the generation that answers follows the journal beside, with pages as in `request`.
  absl::Status FollowBeside(Request request);

  const Options options_;
  const rpc::JournalReader::Fetch fetch_;
  MeasureWriter& writer_;
  const Clock& clock_;
  std::atomic<int64_t> head_{0};
  std::atomic<bool> reload_{false};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::string last_error_;
  absl::Time up_to_date_time_ = absl::InfinitePast();
  // Of the reader's thread.
  // When the last page was read if nothing came after it; else infinite past.
  absl::Time end_seen_time_ = absl::InfinitePast();
  Request ahead_request_;
  std::future<Page> ahead_;
  rpc::JournalReader reader_;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGISTRY_FOLLOWER_H_
