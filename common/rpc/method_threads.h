#ifndef TUOYU_COMMON_RPC_METHOD_THREADS_H_
#define TUOYU_COMMON_RPC_METHOD_THREADS_H_

#include <grpcpp/completion_queue.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/async_unary_call.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "common/rpc/handle.h"
#include "common/rpc/server.h"

namespace tuoyu::rpc {

// Serves one unary method that reads, on a few threads of its own. A thread takes a call, answers it and takes the next;
// gRPC's synchronous server would wake one or two others for each. And calls that come while a thread is at work may be
// answered together in its next turn, by one run of the body, which may ask the database once for all of them. Worth it
// for what is called most, when each call is short: one that waits for the database keeps those behind it waiting, too,
// and a call that waits here can't see that its client gave up. What waits counts against a call's deadline.
//
// With such a queue gRPC's synchronous ones no longer poll (server_builder.cc: a hybrid server): the threads here do, and
// those of the health service's callback queue, which are never busy for long.
//
// The service is generated with v1::X::WithAsyncMethod_Y<…>; `ask` calls its RequestY with the same arguments.
template <typename Request, typename Reply>
class MethodThreads final : public CallLoop {
 public:
  using Ask =
      std::function<void(grpc::ServerContext*, Request*, grpc::ServerAsyncResponseWriter<Reply>*,
                         grpc::CompletionQueue*, grpc::ServerCompletionQueue*, void*)>;
  // Answers calls that entered the door; at least one. Call::cancelled of these is always false. Run by `threads` at a
  // time.
  using Body = std::function<void(absl::Span<GatheredCall<Request, Reply>> calls)>;
  struct Options {
    int threads = 1;
    size_t together = 1;  // calls answered by one run of the body, at most
  };

  // `door` must outlive this.
  MethodThreads(Door& door, Options options, Ask ask, Body body)
      : door_(door),
        together_(options.together),
        ask_(std::move(ask)),
        body_(std::move(body)),
        threads_(static_cast<size_t>(options.threads)) {}

  void AddTo(grpc::ServerBuilder& builder) override { queue_ = builder.AddCompletionQueue(); }

  void Start() override {
    open_ = kWaiting;
    for (int i = 0; i < kWaiting; ++i) AskFor(std::make_unique<Slot>());
    for (std::thread& thread : threads_) thread = std::thread([this] { Run(); });
  }

  void Finish() override {
    if (queue_ == nullptr) return;
    // gRPC gives back every call that was asked for; the last ones may be on their way out.
    for (int left = open_; left != 0; left = open_) open_.wait(left);
    queue_->Shutdown();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
    Run();  // a queue must be empty when it goes; if it never started, nobody saw to that
    queue_.reset();
  }

 private:
  // So many calls may wait for a thread here; others wait in the server.
  static constexpr int kWaiting = 32;

  // One call: asked for, then come, then answered. Between these it belongs to the queue.
  struct Slot {
    grpc::ServerContext context;
    Request request;
    Reply reply;
    grpc::ServerAsyncResponseWriter<Reply> writer{&context};
    std::optional<Door::Visit> visit;
    absl::Time came;
    // Written before gRPC has the slot and read after: what was written before is seen by the thread that gets it.
    std::atomic<bool> answered{false};
  };
  using Slots = std::vector<std::unique_ptr<Slot>>;

  void AskFor(std::unique_ptr<Slot> slot) {
    Slot* const tag = slot.release();
    tag->answered.store(false, std::memory_order_release);
    ask_(&tag->context, &tag->request, &tag->writer, queue_.get(), queue_.get(), tag);
  }

  void Run() {
    Slots come;
    void* tag = nullptr;
    bool ok = false;
    while (queue_->Next(&tag, &ok)) {
      Take(tag, ok, &come);
      while (come.size() < together_ &&
             queue_->AsyncNext(&tag, &ok, gpr_time_0(GPR_CLOCK_MONOTONIC)) ==
                 grpc::CompletionQueue::GOT_EVENT) {
        Take(tag, ok, &come);
      }
      Answer(come);
      come.clear();
    }
  }

  // What the queue gave back: a call that came, one whose answer is sent, or one that will not come any more.
  void Take(void* tag, bool ok, Slots* come) {
    std::unique_ptr<Slot> slot(static_cast<Slot*>(tag));
    if (!slot->answered.load(std::memory_order_acquire) && ok) {
      slot->came = absl::Now();
      ++open_;
      AskFor(std::make_unique<Slot>());
      come->push_back(std::move(slot));
      return;
    }
    slot.reset();
    if (--open_ == 0) open_.notify_all();
  }

  void Answer(Slots& come) {
    std::vector<GatheredCall<Request, Reply>> calls;
    for (const auto& slot : come) {
      Door::Visit& visit = slot->visit.emplace(
          door_.Enter(slot->context, slot->request, slot->came, [] { return false; }));
      if (visit.status.ok()) {
        calls.push_back({visit.call, slot->request, slot->reply, visit.status});
      }
    }
    if (!calls.empty()) {
      const absl::Status status = Door::Guard([&] {
        body_(absl::MakeSpan(calls));
        return absl::OkStatus();
      });
      for (const auto& call : calls) call.status.Update(status);
    }
    for (auto& slot : come) {
      const grpc::Status status = door_.Leave(*slot->visit, &slot->reply);
      Slot* const tag = slot.release();
      tag->answered.store(true, std::memory_order_release);
      if (status.ok()) {
        tag->writer.Finish(tag->reply, status, tag);
      } else {
        tag->writer.FinishWithError(status, tag);
      }
    }
  }

  Door& door_;
  const size_t together_;
  const Ask ask_;
  const Body body_;
  std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  std::vector<std::thread> threads_;
  std::atomic<int> open_{0};  // slots there are
};

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_METHOD_THREADS_H_
