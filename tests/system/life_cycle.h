#ifndef TUOYU_TESTS_SYSTEM_LIFE_CYCLE_H_
#define TUOYU_TESTS_SYSTEM_LIFE_CYCLE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/system/system.h"
#include "tuoyu/filing/v1/filing_service.grpc.pb.h"

namespace tuoyu::system_test {

// A USCC (统一社会信用代码) of a made-up enterprise in Dazu with right check characters; another for every `serial` up to
// 99,999,999.
std::string MadeUpUscc(int serial);

// Filings taken through their life by the real RPCs: drafts with all materials, then submit, receive, accept. Threads
// may share it.
class LifeCycle {
 public:
  // `first_serial`: where the made-up USCCs begin; ranges of two objects must not overlap on one system.
  explicit LifeCycle(System& system, int first_serial = 1);

  // Makes `count` complete drafts from `threads` threads; names of the filings.
  absl::StatusOr<std::vector<std::string>> PrepareDrafts(int count, int threads);
  // Submits one with this request id, no retries.
  absl::Status Submit(const std::string& draft, const std::string& request_id);
  // Submits, receives and accepts one; its receipt number. Every call has a deadline of `timeout`.
  absl::StatusOr<std::string> SubmitAndAccept(const std::string& draft,
                                              absl::Duration timeout = absl::Seconds(8));
  // The same for all; returns the seconds it took.
  absl::StatusOr<double> SubmitAndAccept(const std::vector<std::string>& drafts, int threads);
  // Receipt numbers of all filings, by filing name.
  absl::StatusOr<std::map<std::string, std::string>> ReceiptNumbers();
  // Sequence of the newest entry of the filing journal.
  absl::StatusOr<int64_t> JournalHead();

 private:
  absl::StatusOr<std::string> PrepareDraft(int serial);
  absl::Status Upload(const std::string& filing, const std::string& principal,
                      const filing::v1::Material& declared);

  System& system_;
  int next_serial_;
  std::string reviewer_, approver_, auditor_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<filing::v1::FilingService::Stub> stub_;
};

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_SYSTEM_LIFE_CYCLE_H_
