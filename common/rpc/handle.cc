#include "common/rpc/handle.h"

#include <grpcpp/server_context.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <typeinfo>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/privacy/redact.h"
#include "common/privacy/sealer.h"
#include "common/rpc/channel.h"
#include "common/rpc/errors.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr absl::Duration kDefaultDeadline = absl::Seconds(5);
constexpr absl::Duration kMaxDeadline = absl::Seconds(10);
// How often gRPC is asked whether the client has given up: it looks into the network for that, which costs a tenth of a
// short statement.
constexpr std::chrono::milliseconds kOften(5);
constexpr absl::string_view kBearer = "bearer ";

[[noreturn]] void Refuse(absl::string_view method, absl::string_view what) {
  std::fprintf(stderr, "rpc: %s: %s\n", std::string(method).c_str(), std::string(what).c_str());
  std::abort();
}

absl::string_view MetadataValue(const grpc::ServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return {};
  return {found->second.data(), found->second.size()};
}

absl::Time DeadlineOf(const grpc::ServerContext& context, absl::Time now) {
  const auto asked = context.deadline();
  if (asked == std::chrono::system_clock::time_point::max()) return now + kDefaultDeadline;
  return std::min(absl::FromChrono(asked), now + kMaxDeadline);
}

ops::Severity SeverityOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return ops::Severity::kError;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return ops::Severity::kWarning;
    default:
      return ops::Severity::kInfo;
  }
}

// Whether a request may be stored. Sealed text could be someone else's and would be opened; fields that are not in the
// type would be beyond every redaction, and dropped, the caller would believe them kept.
absl::Status CheckStorable(const Message& request) {
  if (privacy::HoldsSealedText(request)) return Error("SEALED_TEXT");
  if (privacy::HoldsUnknownFields(request)) return Error("UNKNOWN_FIELDS");
  return absl::OkStatus();
}

// Whether the client of a call has given up.
class Patience {
 public:
  explicit Patience(const grpc::ServerContext& context) : context_(context) {}

  bool GaveUp() {
    const Clock::time_point now = Clock::now();
    if (!gave_up_ && now >= next_) {
      gave_up_ = context_.IsCancelled();
      next_ = now + kOften;
    }
    return gave_up_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  const grpc::ServerContext& context_;
  Clock::time_point next_;
  bool gave_up_ = false;
};

}  // namespace

struct Door::Method {
  std::string name;  // "FilingService/SubmitFiling"
  RoleSet allowed;
  bool write = false;
  const FieldDescriptor* request_id = nullptr;  // of methods that write
  ops::Metrics::Method* numbers = nullptr;
};

Door::Door(std::string service, const TokenVerifier& tokens, const Clock& clock,
           ops::Metrics& metrics, ops::LogWriter& log,
           const std::vector<const ServiceDescriptor*>& services)
    : service_(std::move(service)), tokens_(tokens), clock_(clock), metrics_(metrics), log_(log) {
  for (const ServiceDescriptor* descriptor : services) {
    for (int i = 0; i < descriptor->method_count(); ++i) {
      const MethodDescriptor* each = descriptor->method(i);
      const common::v1::AccessRule& rule = each->options().GetExtension(common::v1::access);
      auto method = std::make_unique<Method>();
      method->name = absl::StrCat(descriptor->name(), "/", each->name());
      for (int role : rule.roles()) method->allowed.Add(static_cast<Role>(role));
      if (method->allowed.empty()) Refuse(each->full_name(), "has no access rule");
      method->write = rule.write();
      if (method->write) {
        method->request_id = each->input_type()->FindFieldByName("request_id");
        if (method->request_id == nullptr) Refuse(each->full_name(), "has no request_id");
      }
      method->numbers = &metrics_.AddMethod(method->name);
      if (!methods_.emplace(each->input_type(), std::move(method)).second) {
        Refuse(each->full_name(), "shares its request type with another method");
      }
    }
  }
}

Door::~Door() = default;

absl::StatusOr<std::shared_ptr<const Caller>> Door::WhoCalls(
    const grpc::ServerContext& context) const {
  const absl::string_view authorization = MetadataValue(context, "authorization");
  if (authorization.empty()) return PublicCaller();
  if (!absl::StartsWithIgnoreCase(authorization, kBearer)) return Error("TOKEN_MALFORMED");
  return tokens_.Verify(authorization.substr(kBearer.size()));
}

absl::Status Door::Admit(const Method& method, const Message& request, absl::Time now, Call* call) {
  if (!call->caller.roles.HasAnyOf(method.allowed)) {
    return call->caller.subject.empty() ? Error("TOKEN_MISSING")
                                        : Error("ROLE_NOT_ALLOWED", {{"method", method.name}});
  }
  if (!ready_.load(std::memory_order_acquire)) return Error("NOT_READY");
  if (call->deadline <= now) return Error("DEADLINE_EXCEEDED");
  if (!method.write) return absl::OkStatus();
  std::string scratch;
  const std::string& id =
      request.GetReflection()->GetStringReference(request, method.request_id, &scratch);
  if (id.empty()) return Error("REQUEST_ID_MISSING");
  call->request_id = absl::AsciiStrToLower(id);
  if (!IsUuid(call->request_id)) {
    call->request_id.clear();  // what is no UUID may be anything, and is not logged
    return Error("REQUEST_ID_MALFORMED");
  }
  return CheckStorable(request);
}

absl::Status Door::Guard(absl::FunctionRef<absl::Status()> body) {
  try {
    return body();
  } catch (const std::exception& error) {
    // The text may hold data; the type does not.
    return absl::InternalError(absl::StrCat("exception ", typeid(error).name()));
  } catch (...) {
    return absl::InternalError("exception of an unknown type");
  }
}

Door::Visit Door::Enter(const grpc::ServerContext& context, const Message& request, absl::Time came,
                        std::function<bool()> cancelled) {
  const auto found = methods_.find(request.GetDescriptor());
  const Method* method = found == methods_.end() ? nullptr : found->second.get();
  absl::StatusOr<std::shared_ptr<const Caller>> caller = WhoCalls(context);
  absl::Status status = caller.status();
  if (!caller.ok()) caller = PublicCaller();
  const absl::Time now = clock_.Now();
  Visit visit{method,
              came,
              *caller,
              {**caller, method == nullptr ? absl::string_view() : method->name,
               DeadlineOf(context, came), now, DayOf(now),
               /*request_id=*/"", std::string(TraceIdOf(MetadataValue(context, "traceparent"))),
               (*caller)->clearance(), std::move(cancelled)},
              std::move(status)};
  if (method == nullptr) {
    visit.status = Error("UNIMPLEMENTED");
  } else if (visit.status.ok()) {
    visit.status = Admit(*method, request, absl::Now(), &visit.call);
  }
  return visit;
}

grpc::Status Door::Leave(const Visit& visit, Message* reply) {
  if (visit.status.ok()) {
    privacy::Redact(reply, visit.call.clearance);
  } else {
    reply->Clear();
  }
  if (visit.method != nullptr) {
    Report(*visit.method, visit.call, visit.status, absl::Now() - visit.came);
  }
  return ToGrpc(visit.status);
}

grpc::Status Door::Handle(grpc::ServerContext* context, const Message& request, Message* reply,
                          absl::FunctionRef<absl::Status(Call&)> body) {
  Patience client(*context);  // outlives the body and all it asks
  Visit visit = Enter(*context, request, absl::Now(), [&client] { return client.GaveUp(); });
  if (visit.status.ok()) {
    visit.status = Guard([&] { return body(visit.call); });
  }
  return Leave(visit, reply);
}

grpc::Status Door::HandleUnnamed(grpc::ServerContext* context, const Message& request,
                                 Message* reply, absl::FunctionRef<absl::Status(Call&)> body) {
  Patience client(*context);
  Visit known = Enter(*context, request, absl::Now(), [&client] { return client.GaveUp(); });
  auto unnamed = std::make_shared<Caller>();
  unnamed->roles = known.caller->roles;
  unnamed->facility = known.caller->facility;
  Call& call = known.call;
  Visit visit{known.method,
              known.came,
              unnamed,
              {*unnamed, call.method, call.deadline, call.now, call.today, call.request_id,
               call.trace_id, call.clearance, std::move(call.cancelled)},
              known.status};
  if (visit.status.ok()) {
    visit.status = Guard([&] { return body(visit.call); });
  }
  return Leave(visit, reply);
}

void Door::Report(const Method& method, const Call& call, const absl::Status& status,
                  absl::Duration elapsed) {
  method.numbers->Observe(static_cast<int>(status.code()), elapsed);
  const ops::Severity severity = SeverityOf(status.code());
  ops::LogLine line(severity, service_, "rpc");
  line.Add("method", method.name).Add("code", absl::StatusCodeToString(status.code()));
  if (!status.ok()) {
    const std::string reason = ReasonOf(status);
    if (!reason.empty()) line.Add("reason", reason);
    // Texts of user errors quote what the user sent; those of the system don't.
    if (severity != ops::Severity::kInfo && reason.empty()) line.Add("detail", status.message());
  }
  line.Add("ms", elapsed).Add("caller", call.caller.subject);
  if (!call.request_id.empty()) line.Add("request_id", call.request_id);
  if (!call.trace_id.empty()) line.Add("trace_id", call.trace_id);
  if (!call.subject.empty()) line.Add("subject", call.subject);
  if (call.reruns > 0) line.Add("reruns", call.reruns);
  line.WriteTo(log_);
}

}  // namespace tuoyu::rpc
