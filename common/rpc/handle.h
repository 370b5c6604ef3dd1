#ifndef TUOYU_COMMON_RPC_HANDLE_H_
#define TUOYU_COMMON_RPC_HANDLE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/privacy/clearance.h"
#include "common/rpc/caller.h"
#include "common/rpc/token.h"

namespace grpc {
class ServerContext;
}

namespace tuoyu::rpc {

// One call, as a handler's body gets it.
struct Call {
  const Caller& caller;
  absl::string_view method;  // "FilingService/SubmitFiling"
  absl::Time deadline;       // real time; what the body does must be over by then
  absl::Time now;            // of the service's clock, taken once
  absl::CivilDay today;      // of `now`, in Asia/Shanghai
  std::string request_id;    // lower case UUID; empty for methods that read
  std::string trace_id;      // 32 hex digits; empty when the client sent no traceparent
  // What of the reply the caller gets to see. A body raises it for the caller's own record:
  // call.clearance = call.clearance.With(DATA_CLASS_PERSONAL).
  privacy::Clearance clearance;
  // Whether the client has given up, as it was at most 5 ms ago; unknown, so false, in a GatheredCall. For one thread.
  std::function<bool()> cancelled;
  int reruns = 0;            // of the transaction, for the log
  std::string subject = {};  // resource read or changed, for the log; a body sets it
};

// One of the calls of a method that answers several together (method_threads.h). Who answers sets `status`, and fills
// `reply` where that is OK.
template <typename Request, typename Reply>
struct GatheredCall {
  Call& call;
  const Request& request;
  Reply& reply;
  absl::Status& status;
};

// The one door (唯一入口) every RPC of a service goes through:
//   1. the method is known           else UNIMPLEMENTED
//   2. the token                     UNAUTHENTICATED, reasons of TokenVerifier and TOKEN_MISSING
//   3. the method's access rule      PERMISSION_DENIED ROLE_NOT_ALLOWED, before anything is
//                                    looked up
//   4. the service is ready          else UNAVAILABLE
//   5. deadline                      the client's, 5 s when it has none, at most 10 s from now;
//                                    DEADLINE_EXCEEDED when it has passed
//   6. request_id of writes          INVALID_ARGUMENT REQUEST_ID_MISSING, REQUEST_ID_MALFORMED
//   7. what writes may store         INVALID_ARGUMENT SEALED_TEXT in a personal field, UNKNOWN_FIELDS;
//                                    also when the request is only to be checked
//   8. the body                      an exception becomes INTERNAL
//   9. the reply                     redacted to Call::clearance, cleared on errors
//  10. metrics, and one log line     method, code, reason, ms, caller, request id, trace id,
//                                    reruns, the resource where the body names it; no personal data
// Requests that can't be decoded never get here; gRPC itself answers them: RESOURCE_EXHAUSTED when
// longer than 4 MB, INTERNAL when the bytes are no message of the type, or a string is not UTF-8.
// Methods are told apart by their request type, unique within the services of a door. Thread safe.
class Door {
 public:
  // `services`: descriptors of all services the process serves, whose `access` options are the
  // permission table. Ends the process when a method has no rule, or two share a request type
  // (check_protos refuses both at build time). All references must outlive this.
  Door(std::string service, const TokenVerifier& tokens, const Clock& clock, ops::Metrics& metrics,
       ops::LogWriter& log,
       const std::vector<const google::protobuf::ServiceDescriptor*>& services);
  ~Door();

  // A handler's whole frame:
  //   grpc::Status GetFacility(grpc::ServerContext* context, const GetFacilityRequest* request,
  //                            Facility* reply) override {
  //     return door_.Handle(context, *request, reply, [&](Call& call) -> absl::Status { … });
  //   }
  grpc::Status Handle(grpc::ServerContext* context, const google::protobuf::Message& request,
                      google::protobuf::Message* reply,
                      absl::FunctionRef<absl::Status(Call&)> body);
  // The same for a method that needs no account, and whose caller must stay unknown: who has an account, and calls with it, is known neither to
  // the body - what is written, the journal, the log of requests - nor to the log of calls. Roles and the facility acted for stay, so that
  // what they bar is barred.
  grpc::Status HandleUnnamed(grpc::ServerContext* context, const google::protobuf::Message& request,
                             google::protobuf::Message* reply,
                             absl::FunctionRef<absl::Status(Call&)> body);

  // Handle in steps, for calls whose bodies are run together: Enter does 1 to 7, Leave 9 and 10; between them stands the
  // body, run only when the visit's status is OK, and what becomes of it is put there.
  struct Visit;
  // `came`: when the call came, from which on its time counts.
  Visit Enter(const grpc::ServerContext& context, const google::protobuf::Message& request,
              absl::Time came, std::function<bool()> cancelled);
  grpc::Status Leave(const Visit& visit, google::protobuf::Message* reply);
  // Runs a body: an exception becomes INTERNAL.
  static absl::Status Guard(absl::FunctionRef<absl::Status()> body);

  // Until set, every permitted call is answered UNAVAILABLE. True from the start, so that tests
  // need not.
  void set_ready(bool ready) { ready_.store(ready, std::memory_order_release); }

  const std::string& service() const { return service_; }
  ops::LogWriter& log() { return log_; }
  ops::Metrics& metrics() { return metrics_; }
  const Clock& clock() const { return clock_; }

 private:
  struct Method;
  absl::StatusOr<std::shared_ptr<const Caller>> WhoCalls(const grpc::ServerContext& context) const;
  absl::Status Admit(const Method& method, const google::protobuf::Message& request, absl::Time now,
                     Call* call);
  void Report(const Method& method, const Call& call, const absl::Status& status,
              absl::Duration elapsed);

  const std::string service_;
  const TokenVerifier& tokens_;
  const Clock& clock_;
  ops::Metrics& metrics_;
  ops::LogWriter& log_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<Method>> methods_;
  std::atomic<bool> ready_{true};
};

// A call between entering and leaving.
struct Door::Visit {
  const Method* method;  // null: there is no such method
  absl::Time came;
  std::shared_ptr<const Caller> caller;  // the one call.caller refers to
  Call call;
  absl::Status status;
};

// The descriptor of a generated service, for Door and CheckAccessMatrix: DescriptorOf<FilingService>().
template <typename Service>
const google::protobuf::ServiceDescriptor* DescriptorOf() {
  return google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      Service::service_full_name());
}

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_HANDLE_H_
