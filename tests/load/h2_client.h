#ifndef TUOYU_TESTS_LOAD_H2_CLIENT_H_
#define TUOYU_TESTS_LOAD_H2_CLIENT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tuoyu::load {

// A load of unary gRPC calls over plain HTTP/2, made by one thread on nghttp2: it costs a third of what the C++ gRPC
// client costs, so that the server is what is measured.
struct H2Load {
  std::string address;                             // "127.0.0.1:7401"; loopback only
  std::string path;                                // "/tuoyu.filing.v1.FacilityService/GetFacility"
  int connections = 1;                             // each has one call under way at a time
  absl::Duration duration = absl::Seconds(3);      // at most 60 s
  std::function<std::string(uint64_t call)> body;  // serialised request of the n-th call
  // Authorization header of the n-th connection; none: no header.
  std::function<const std::string&(int connection)> authorization;
};

struct H2Result {
  int64_t calls = 0;   // answered with grpc-status 0
  int64_t failed = 0;  // anything else
  double seconds = 0;
  absl::Duration p50, p99;
  std::string first_failure;  // grpc-status and grpc-message of the first failed call

  double rate() const { return seconds > 0 ? static_cast<double>(calls) / seconds : 0; }
};

// Runs the load. INVALID_ARGUMENT for an address that is not loopback or a duration over 60 s; UNAVAILABLE when a
// connection can't be made or breaks.
absl::StatusOr<H2Result> Run(const H2Load& load);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_H2_CLIENT_H_
