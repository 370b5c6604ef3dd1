#ifndef TUOYU_TESTS_LOAD_REGISTRY_LOAD_H_
#define TUOYU_TESTS_LOAD_REGISTRY_LOAD_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/load/bare_client.h"
#include "tests/load/district.h"
#include "tests/system/process.h"

namespace tuoyu::load {

// Reading the register: through the whole stack, beside a bare gRPC echo and a bare database client.
class RegistryLoad {
 public:
  // `district` must outlive this.
  explicit RegistryLoad(District& district) : district_(district), bare_(district.admin()) {}

  // GetFacility of ever other facilities, every connection with a token of its own, at 1, 8 and 64 connections, in turn with a bare gRPC
  // server that answers every call with the same facility.
  absl::Status GetFacility();
  // ListFacilities of 50 rows, in turn with a bare client that reads the same 50 rows by one prepared query.
  absl::Status ListFacilities();
  // GetFacility at 8 connections without the yardstick, for a profile.
  absl::Status OnlyGetFacility();

 private:
  absl::Status FindNames();
  absl::Status StartEcho();
  absl::StatusOr<H2Result> RunGet(const std::string& address, int connections);
  absl::Status GetAt(int connections);

  District& district_;
  BareClient bare_;
  std::vector<std::string> names_;
  system_test::Process echo_;
  std::string echo_address_;
};

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_REGISTRY_LOAD_H_
