#ifndef TUOYU_CLIENTS_CLI_CONNECTION_H_
#define TUOYU_CLIENTS_CLI_CONNECTION_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace grpc {
class Channel;
}

namespace tuoyu::cli {

// The services the client talks to.
enum class Target { kFiling, kAggregator, kInspection, kComplaint };
struct ServiceTarget {
  const char* name;  // of the service and its journal
  Target target;
};
inline constexpr ServiceTarget kServices[] = {{"filing", Target::kFiling},
                                              {"aggregator", Target::kAggregator},
                                              {"inspection", Target::kInspection},
                                              {"complaint", Target::kComplaint}};

// The service whose methods take requests of this type, told by the package: tuoyu.inspection.v1 is the inspection service's.
Target TargetOf(const google::protobuf::Message& request);

// The request ids of one command, in order of its writes: the first is `base`, the n-th (from 0) a
// UUID derived from it, so that the same command with the same --request-id is the same writes.
class RequestIds {
 public:
  // `base`: a UUID; empty makes a new one.
  explicit RequestIds(std::string base);
  const std::string& base() const { return base_; }
  std::string Next();

 private:
  std::mutex mutex_;
  std::string base_;
  int count_ = 0;
};

// Calls of the services by message: the method is the one whose request has the type given.
// Thread-safe.
class Connection {
 public:
  struct Options {
    std::string filing_address = "127.0.0.1:7401";
    std::string aggregator_address = "127.0.0.1:7402";
    std::string inspection_address = "127.0.0.1:7403";
    std::string complaint_address = "127.0.0.1:7404";
    std::string tls_ca_file;                     // PEM of the authorities to trust; empty: no TLS
    absl::Duration timeout = absl::Seconds(10);  // of one try
    int tries = 3;           // of a call that ended in UNAVAILABLE or lost against another one
    std::string request_id;  // base of the request ids; empty: new
  };
  explicit Connection(Options options);
  ~Connection();

  // One unary call. `token`: a bearer token, empty for none. A field `request_id` that is empty is
  // filled in and stays the same over all tries, so that a repeated write has one effect. The
  // status carries what rpc::ReasonOf and its companions read.
  absl::Status Call(Target target, absl::string_view token,
                    const google::protobuf::Message& request, google::protobuf::Message* reply);

  // Health (grpc.health.v1) of a service: OK when it serves, UNAVAILABLE otherwise.
  absl::Status CheckHealth(absl::string_view address, absl::Duration timeout);

  RequestIds& request_ids() { return request_ids_; }
  const Options& options() const { return options_; }
  const std::string& AddressOf(Target target) const;

 private:
  absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelOf(const std::string& address);
  absl::Status CallOnce(grpc::Channel& channel, const std::string& method, absl::string_view token,
                        absl::Duration timeout, const std::string& request, std::string* reply);

  const Options options_;
  RequestIds request_ids_;
  std::mutex mutex_;
  std::vector<std::pair<std::string, std::shared_ptr<grpc::Channel>>> channels_;
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_CONNECTION_H_
