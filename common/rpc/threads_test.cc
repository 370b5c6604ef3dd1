// What many threads do at once in this library, without gRPC between them, so that ThreadSanitizer sees every step.
#include <grpcpp/server_context.h>

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/journal/hash.h"
#include "common/journal/journal.h"
#include "common/rpc/journal_reader.h"
#include "common/rpc/test_service.h"
#include "common/rpc/write.h"
#include "common/testing/test_database.h"
#include "gtest/gtest.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"

namespace tuoyu::rpc {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;
using common::v1::ListJournalEntriesRequest;
using common::v1::ListJournalEntriesResponse;
using filing::v1::CreateFilingRequest;
using filing::v1::Filing;

constexpr int kThreads = 8;

void InThreads(const std::function<void(int)>& body) {
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(body, i);
  for (std::thread& thread : threads) thread.join();
}

class ThreadsTest : public DoorFixture {};

TEST_F(ThreadsTest, ADoorTakesCallsOfManyThreads) {
  Door door("filing", *verifier_, clock_, metrics_, log_,
            {DescriptorOf<filing::v1::FacilityService>()});
  std::atomic<int> served{0};
  InThreads([&](int i) {
    for (int again = 0; again < 20; ++again) {
      grpc::ServerContext context;
      filing::v1::GetFacilityRequest request;
      filing::v1::Facility reply;
      const grpc::Status status = door.Handle(&context, request, &reply, [&](Call& call) {
        EXPECT_TRUE(call.caller.subject.empty());
        reply.set_suspension_reason("internal");
        ++served;
        return i % 2 == 0 ? absl::OkStatus() : Error("FACILITY_NOT_FOUND");
      });
      EXPECT_EQ(status.ok(), i % 2 == 0);
      EXPECT_EQ(reply.suspension_reason(), "");
    }
  });
  EXPECT_EQ(served, kThreads * 20);
  EXPECT_EQ(LogLines().size(), static_cast<size_t>(kThreads * 20));
}

TEST_F(ThreadsTest, OneRequestWrittenByManyThreadsHasOneEffect) {
  testing::TestDatabase database{{journal::kComponent, journal::Files()}, {kComponent, Files()}};
  db::Pool& pool = database.pool();
  const privacy::Sealer sealer(*privacy::KeyRing::Parse(privacy::KeyRing::GenerateText()));
  const WriteDeps deps{pool, sealer, "filing"};
  Caller caller;
  caller.subject = "accounts/zhang";
  std::atomic<int> named{0};
  std::vector<Filing> replies(kThreads);
  InThreads([&](int i) {
    const absl::Time now = clock_.Now();
    Call call{caller,
              "FilingService/CreateFiling",
              absl::Now() + absl::Seconds(60),
              now,
              DayOf(now),
              "0190a000-0000-7000-8000-000000000001",
              "",
              privacy::Clearance::Personal(),
              nullptr};
    CreateFilingRequest request;
    request.mutable_filing()->mutable_content()->set_uscc("u");
    EXPECT_OK(RunWrite(deps, call, request, &replies[i], [&](WriteContext& context) {
      replies[i] = request.filing();
      replies[i].set_name(absl::StrCat("filings/", ++named));
      AddEntry(context, "filing.created", replies[i].name(), "500111", call.today, replies[i]);
      return absl::OkStatus();
    }));
  });
  for (const Filing& reply : replies) EXPECT_THAT(reply, testing::EqualsProto(replies[0]));
  EXPECT_EQ(database.Value("SELECT COUNT(*) FROM request_log"), "1");
  EXPECT_EQ(database.Value("SELECT COUNT(*) FROM journal_entry"), "1");
}

TEST_F(ThreadsTest, AReaderFollowsAJournalThatGrowsAndFails) {
  std::mutex mutex;
  std::vector<JournalEntry> journal;
  int fetches = 0;
  const auto fetch =
      [&](const ListJournalEntriesRequest& request) -> absl::StatusOr<ListJournalEntriesResponse> {
    std::lock_guard<std::mutex> lock(mutex);
    if (++fetches % 5 == 2) return absl::UnavailableError("gone");
    ListJournalEntriesResponse page;
    for (size_t i = static_cast<size_t>(request.after_sequence());
         i < journal.size() && page.entries_size() < request.page_size(); ++i) {
      *page.add_entries() = journal[i];
    }
    page.set_head_sequence(static_cast<int64_t>(journal.size()));
    return page;
  };
  JournalPosition stored;
  int64_t applied = 0;
  std::promise<void> all_applied;
  const JournalReader::Handlers handlers{
      .load = [&]() -> absl::StatusOr<JournalPosition> { return stored; },
      .apply =
          [&](const std::vector<JournalEntry>& entries) {
            stored.set_sequence(entries.back().sequence());
            stored.set_hash(entries.back().hash());
            applied += static_cast<int64_t>(entries.size());
            if (applied == 40) all_applied.set_value();
            return absl::OkStatus();
          },
      .diverged = [] { return absl::OkStatus(); }};
  JournalReader reader({.source = "filing",
                        .consumer = "aggregator",
                        .page_size = 3,
                        .idle_wait = absl::Milliseconds(1),
                        .max_backoff = absl::Milliseconds(2)},
                       fetch, handlers, metrics_, log_);
  reader.Start();
  for (int i = 1; i <= 40; ++i) {
    {
      std::lock_guard<std::mutex> lock(mutex);
      JournalEntry entry;
      entry.set_sequence(i);
      entry.set_previous_hash(journal.empty() ? journal::GenesisHash() : journal.back().hash());
      entry.set_payload_digest(Sha256(entry.payload()));
      entry.set_hash(journal::HashOf(entry));
      journal.push_back(entry);
    }
    reader.Wake();
  }
  all_applied.get_future().wait();
  reader.Stop();
  EXPECT_EQ(applied, 40);
  EXPECT_EQ(stored.sequence(), 40);
}

}  // namespace
}  // namespace tuoyu::rpc
