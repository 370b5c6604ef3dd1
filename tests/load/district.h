#ifndef TUOYU_TESTS_LOAD_DISTRICT_H_
#define TUOYU_TESTS_LOAD_DISTRICT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/db/pool.h"
#include "tests/load/h2_client.h"
#include "tests/system/system.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::load {

// A whole system on a durable database of its own, holding the rehearsal district of a given size.
class District {
 public:
  // Starts it and enters the history of `facilities` facilities through the RPCs; prints how fast that was.
  static absl::StatusOr<std::unique_ptr<District>> Start(int facilities);

  int facilities() const { return facilities_; }
  system_test::System& system() { return *system_; }
  // The filing schema, as the administrator.
  db::Pool& admin() { return *admin_; }

  // Authorization header of the n-th of 64 officers.
  const std::string& Reader(int n) const { return readers_[n % readers_.size()]; }

  // The aggregator's status as an administrator sees it.
  absl::StatusOr<indicator::v1::AggregatorStatus> Status() const;
  // Waits until the aggregator has applied what the filing journal holds now.
  absl::Status WaitApplied();

  // Runs a load of a method, each connection with an officer of its own; an error if any call fails.
  absl::StatusOr<H2Result> Load(const std::string& address, const std::string& method,
                                int connections, std::function<std::string(uint64_t)> body) const;

 private:
  District(int facilities, std::unique_ptr<system_test::System> system);

  const int facilities_;
  std::unique_ptr<system_test::System> system_;
  std::unique_ptr<db::Pool> admin_;
  std::vector<std::string> readers_;
};

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_DISTRICT_H_
