#include "common/rpc/method_threads.h"

#include <algorithm>
#include <future>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/test_service.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"

namespace tuoyu::rpc {
namespace {

using filing::v1::Facility;
using filing::v1::FacilityService;
using filing::v1::GetFacilityRequest;
using testing::StatusIs;

using GetThreads = MethodThreads<GetFacilityRequest, Facility>;
using Calls = absl::Span<GatheredCall<GetFacilityRequest, Facility>>;

// A FacilityService whose GetFacility is what the test says.
class ToyFacilities final
    : public FacilityService::WithAsyncMethod_GetFacility<FacilityService::Service> {
 public:
  ToyFacilities(Door& door, GetThreads::Options options)
      : threads_(
            door, options, [this](auto... slot) { RequestGetFacility(slot...); },
            [this](Calls calls) { body(calls); }) {}

  Served served() { return {this, {&threads_}}; }

  // Gives back the name asked for.
  GetThreads::Body body = [](Calls calls) {
    for (auto& call : calls) call.reply.set_name(call.request.name());
  };

 private:
  GetThreads threads_;
};

class MethodThreadsTest : public DoorFixture {
 protected:
  absl::StatusOr<Facility> Get(const std::string& name, const std::string& token = "") {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(20), token);
    GetFacilityRequest request;
    request.set_name(name);
    Facility reply;
    const auto stub = FacilityService::NewStub(channel_);
    const grpc::Status status = stub->GetFacility(&context, request, &reply);
    if (!status.ok()) return FromGrpc(status);
    return reply;
  }
  void Serve(GetThreads::Options options) {
    service_ = std::make_unique<ToyFacilities>(door_, options);
    server_ = std::make_unique<Server>(ServerOptions(), std::vector<Served>{service_->served()});
    ASSERT_OK(server_->Start());
    channel_ = ChannelTo(*server_);
  }
  void TearDown() override {
    if (server_ != nullptr) server_->Shutdown();
  }

  Door door_{"filing", *verifier_, clock_, metrics_, log_, {DescriptorOf<FacilityService>()}};
  std::unique_ptr<ToyFacilities> service_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(MethodThreadsTest, CallsThatComeMeanwhileAreAnsweredTogetherAndEachAsItWasAsked) {
  Serve({.threads = 1, .together = 4});
  size_t most = 0;
  std::atomic<bool> slow{true};
  service_->body = [&](Calls calls) {
    most = std::max(most, calls.size());
    if (slow) absl::SleepFor(absl::Milliseconds(20));
    for (auto& call : calls) {
      call.reply.set_name(call.request.name());
      call.reply.set_suspension_reason("internal");
      if (call.request.name() == "facilities/3") call.status = Error("FACILITY_NOT_FOUND");
    }
  };
  // Nobody knows when a call has come; sooner or later two have while one was answered.
  for (int round = 0; round < 50 && most < 2; ++round) {
    std::vector<std::future<absl::StatusOr<Facility>>> answers;
    for (int i = 0; i < 12; ++i) {
      answers.push_back(std::async(std::launch::async,
                                   [this, i] { return Get(absl::StrCat("facilities/", i)); }));
    }
    for (int i = 0; i < 12; ++i) {
      const auto answer = answers[static_cast<size_t>(i)].get();
      if (i == 3) {
        EXPECT_EQ(ReasonOf(answer.status()), "FACILITY_NOT_FOUND");
      } else {
        ASSERT_OK(answer);
        EXPECT_EQ(answer->name(), absl::StrCat("facilities/", i));
        EXPECT_EQ(answer->suspension_reason(), "") << "not public";
      }
    }
  }
  slow = false;
  EXPECT_GE(most, 2U);
  EXPECT_LE(most, 4U);
}

TEST_F(MethodThreadsTest, WhoIsNotAdmittedDoesNotReachTheBody) {
  Serve({.threads = 2});
  std::atomic<int> runs{0};
  service_->body = [&](Calls) { ++runs; };
  EXPECT_EQ(ReasonOf(Get("facilities/1", "no token").status()), "TOKEN_MALFORMED");
  door_.set_ready(false);
  EXPECT_EQ(ReasonOf(Get("facilities/1").status()), "NOT_READY");
  door_.set_ready(true);
  EXPECT_EQ(runs, 0);
  EXPECT_OK(Get("facilities/1"));
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(LogLines().size(), 3U) << "one line each";
}

TEST_F(MethodThreadsTest, AnExceptionEndsTheCallsItMetAndNoOther) {
  Serve({.threads = 1});
  service_->body = [](Calls calls) {
    calls.front().reply.set_name("half");
    if (calls.front().request.name() == "facilities/bad") throw std::runtime_error("secret");
  };
  const auto bad = Get("facilities/bad");
  EXPECT_THAT(bad, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(std::string(bad.status().message()), ::testing::Not(::testing::HasSubstr("secret")));
  EXPECT_OK(Get("facilities/good"));
}

// gRPC answers these itself, as it does for the other methods (server_test.cc), and goes on asking for calls.
TEST_F(MethodThreadsTest, WhatIsNoRequestIsRefusedAndTheNextServed) {
  Serve({.threads = 1});
  const auto send = [&](const std::string& bytes) {
    return SendBytes(channel_, "/tuoyu.filing.v1.FacilityService/GetFacility", "", bytes);
  };
  // More than are waited for at a time.
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(send("\n\xff"), StatusIs(absl::StatusCode::kInternal)) << "no message";
  }
  EXPECT_THAT(send("\n\x02\xff\xfe"), StatusIs(absl::StatusCode::kInternal)) << "not UTF-8";
  EXPECT_THAT(send(std::string(5 << 20, 'x')), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_OK(
      send("\n\x0c"
           "facilities/1"));
  EXPECT_OK(Get("facilities/1"));
}

TEST_F(MethodThreadsTest, RunningCallsFinishDuringShutdownAndLateOnesAreRefused) {
  Serve({.threads = 1, .together = 8});
  std::promise<void> entered;
  std::promise<void> leave;
  service_->body = [&](Calls calls) {
    entered.set_value();
    leave.get_future().wait();
    for (auto& call : calls) call.reply.set_name(call.request.name());
  };
  std::future<absl::StatusOr<Facility>> running =
      std::async(std::launch::async, [this] { return Get("facilities/1"); });
  entered.get_future().wait();
  std::thread shutdown([&] { server_->Shutdown(); });
  // It no longer listens: the shutdown has begun, with the call still running.
  const auto listens = [&] {
    return ChannelTo(*server_)->WaitForConnected(
        absl::ToChronoTime(absl::Now() + absl::Milliseconds(100)));
  };
  while (listens()) std::this_thread::yield();
  leave.set_value();
  shutdown.join();
  EXPECT_OK(running.get());
  EXPECT_THAT(Get("facilities/2"), StatusIs(absl::StatusCode::kUnavailable));
}

// The threads here also poll the sockets; while they are all at work, others must.
TEST_F(MethodThreadsTest, OtherMethodsAnswerWhileAllThreadsAreAtWork) {
  Serve({.threads = 1});
  std::promise<void> entered;
  std::promise<void> leave;
  service_->body = [&](Calls) {
    entered.set_value();
    leave.get_future().wait();
  };
  std::future<absl::StatusOr<Facility>> running =
      std::async(std::launch::async, [this] { return Get("facilities/1"); });
  entered.get_future().wait();
  for (int i = 0; i < 5; ++i) {
    const auto fresh = ChannelTo(*server_);
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(20), "");
    filing::v1::ListFacilitiesResponse reply;
    const grpc::Status status =
        FacilityService::NewStub(fresh)->ListFacilities(&context, {}, &reply);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED) << status.error_message();
  }
  leave.set_value();
  EXPECT_OK(running.get());
}

TEST_F(MethodThreadsTest, AServerThatCantListenGoesAwayWithoutAWait) {
  Serve({.threads = 1});
  ServerOptions options;
  options.address = absl::StrCat("127.0.0.1:", server_->port());
  ToyFacilities other(door_, {.threads = 2});
  Server second(options, {other.served()});
  EXPECT_THAT(second.Start(), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace tuoyu::rpc
