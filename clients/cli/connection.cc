#include "clients/cli/connection.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <condition_variable>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/request_id.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;

constexpr absl::Duration kFirstPause = absl::Milliseconds(200);
constexpr char kHealthMethod[] = "/grpc.health.v1.Health/Check";
constexpr absl::string_view kServing("\x08\x01", 2);  // HealthCheckResponse{status: SERVING}

// "/package.Service/Method" of the method that takes the request, which stands in the file of its service; empty when none
// does.
std::string MethodOf(const Descriptor* request) {
  const FileDescriptor* file = request->file();
  for (int s = 0; s < file->service_count(); ++s) {
    const auto* service = file->service(s);
    for (int m = 0; m < service->method_count(); ++m) {
      const auto* method = service->method(m);
      if (method->input_type() == request) {
        return absl::StrCat("/", service->full_name(), "/", method->name());
      }
    }
  }
  return "";
}

bool WorthAnotherTry(const absl::Status& status) {
  return absl::IsUnavailable(status) ||
         (absl::IsAborted(status) && rpc::ReasonOf(status) == "CONFLICT");
}

std::string TextOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return "";
  std::string text;
  for (const grpc::Slice& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

}  // namespace

RequestIds::RequestIds(std::string base)
    : base_(base.empty() ? NewUuidV7(absl::Now()) : std::move(base)) {}

std::string RequestIds::Next() {
  const std::lock_guard<std::mutex> lock(mutex_);
  const int n = count_++;
  return n == 0 ? base_ : RequestIdFor(absl::StrCat(base_, "/", n));
}

Target TargetOf(const google::protobuf::Message& request) {
  const absl::string_view package = request.GetDescriptor()->file()->package();
  if (absl::StrContains(package, ".inspection.")) return Target::kInspection;
  if (absl::StrContains(package, ".complaint.")) return Target::kComplaint;
  return absl::StrContains(package, ".indicator.") ? Target::kAggregator : Target::kFiling;
}

Connection::Connection(Options options)
    : options_(std::move(options)), request_ids_(options_.request_id) {}

Connection::~Connection() = default;

const std::string& Connection::AddressOf(Target target) const {
  switch (target) {
    case Target::kAggregator:
      return options_.aggregator_address;
    case Target::kInspection:
      return options_.inspection_address;
    case Target::kComplaint:
      return options_.complaint_address;
    case Target::kFiling:
      break;
  }
  return options_.filing_address;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connection::ChannelOf(const std::string& address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [known, channel] : channels_) {
    if (known == address) return channel;
  }
  rpc::ChannelOptions options;
  options.target = address;
  options.tls_ca_file = options_.tls_ca_file;
  options.retries = false;  // Call repeats, with the same request_id
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, rpc::NewChannel(options));
  channels_.emplace_back(address, channel);
  return channel;
}

absl::Status Connection::CallOnce(grpc::Channel& channel, const std::string& method,
                                  absl::string_view token, absl::Duration timeout,
                                  const std::string& request, std::string* reply) {
  grpc::ClientContext context;
  rpc::PrepareContext(&context, timeout, token, rpc::NewTraceparent());
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  grpc::Status status;
  std::mutex mutex;
  std::condition_variable over;
  bool done = false;
  grpc::GenericStub stub(
      std::shared_ptr<grpc::ChannelInterface>(&channel, [](grpc::ChannelInterface*) {}));
  stub.UnaryCall(&context, method, grpc::StubOptions(), &sent, &received, [&](grpc::Status result) {
    const std::lock_guard<std::mutex> lock(mutex);
    status = std::move(result);
    done = true;
    over.notify_one();
  });
  std::unique_lock<std::mutex> lock(mutex);
  over.wait(lock, [&] { return done; });
  RETURN_IF_ERROR(rpc::FromGrpc(status));
  *reply = TextOf(received);
  return absl::OkStatus();
}

absl::Status Connection::Call(Target target, absl::string_view token, const Message& request,
                              Message* reply) {
  const std::string method = MethodOf(request.GetDescriptor());
  if (method.empty()) {
    return absl::InternalError(
        absl::StrCat("no method takes a ", request.GetDescriptor()->full_name()));
  }
  std::unique_ptr<Message> sent(request.New());
  sent->CopyFrom(request);
  const FieldDescriptor* id = request.GetDescriptor()->FindFieldByName("request_id");
  if (id != nullptr && sent->GetReflection()->GetString(*sent, id).empty()) {
    sent->GetReflection()->SetString(sent.get(), id, request_ids_.Next());
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, ChannelOf(AddressOf(target)));
  const std::string bytes = sent->SerializeAsString();
  absl::Duration pause = kFirstPause;
  for (int attempt = 1;; ++attempt) {
    std::string answer;
    absl::Status status = CallOnce(*channel, method, token, options_.timeout, bytes, &answer);
    if (status.ok()) {
      return reply->ParseFromString(answer)
                 ? absl::OkStatus()
                 : absl::InternalError(absl::StrCat(method, ": the reply can't be read"));
    }
    if (attempt >= options_.tries || !WorthAnotherTry(status)) return status;
    absl::SleepFor(pause);
    pause *= 2;
  }
}

absl::Status Connection::CheckHealth(absl::string_view address, absl::Duration timeout) {
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, ChannelOf(std::string(address)));
  std::string reply;
  RETURN_IF_ERROR(CallOnce(*channel, kHealthMethod, "", timeout, "", &reply));
  return reply == kServing ? absl::OkStatus() : absl::UnavailableError("not serving");
}

}  // namespace tuoyu::cli
