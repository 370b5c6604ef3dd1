#ifndef TUOYU_TESTS_SYSTEM_SYSTEM_H_
#define TUOYU_TESTS_SYSTEM_SYSTEM_H_

#include <memory>
#include <string>
#include <vector>

#include "common/rpc/token.h"
#include "common/testing/socket_gate.h"
#include "tests/system/process.h"

namespace grpc {
class Channel;
}

namespace tuoyu::system_test {

// The whole system for tests: a private MariaDB of its own, the real service binaries on ports the kernel picks, keys
// made by the real client. Everything lies under one new directory and ends with this object.
class System {
 public:
  struct Options {
    bool durable = false;        // innodb_flush_log_at_trx_commit=1 and production sizes
    bool start_services = true;  // else call StartFiling, StartAggregator, StartInspection
    bool gate = false;           // put a gate between the filing service and the database
  };
  static absl::StatusOr<std::unique_ptr<System>> Start(const Options& options);
  ~System();

  // Start and wait until the service serves; SpawnFiling only until it listens.
  absl::Status StartFiling();
  absl::Status SpawnFiling();
  absl::Status StartAggregator();
  absl::Status StartInspection();
  absl::Status StartComplaint();
  absl::Status StartDatabase();
  // Kills the database server as a power cut would.
  void KillDatabase();
  // Waits until the health check of a service answers SERVING.
  absl::Status WaitServing(const std::string& address, absl::Duration timeout) const;

  testing::SocketGate& gate() { return *gate_; }  // only with Options::gate
  Process& filing() { return filing_; }
  Process& aggregator() { return aggregator_; }
  Process& inspection() { return inspection_; }
  Process& complaint() { return complaint_; }
  pid_t database_pid() const;
  const std::string& filing_address() const { return filing_address_; }
  const std::string& aggregator_address() const { return aggregator_address_; }
  const std::string& inspection_address() const { return inspection_address_; }
  const std::string& complaint_address() const { return complaint_address_; }
  std::shared_ptr<grpc::Channel> filing_channel() const;
  std::shared_ptr<grpc::Channel> aggregator_channel() const;
  std::string socket() const;
  const std::string& directory() const { return directory_; }
  std::string keys() const { return directory_ + "/keys"; }

  // Digest of all measures once the aggregator has applied everything the filing journal holds; the second after a
  // rebuild from the journal.
  absl::StatusOr<std::string> AggregatorDigest() const;
  absl::StatusOr<std::string> RebuiltAggregatorDigest() const;

  // A token of one role for the district, valid for an hour; `facility` for facility roles.
  std::string Token(rpc::Role role, const std::string& subject, const std::string& facility = "",
                    const std::string& organisation = "DHC") const;
  // Runs SQL as the database's administrator; the output has one row a line, tabs between columns.
  CommandResult Sql(const std::string& sql) const;
  // The command line that runs the client `tuoyu` against this system, and runs it.
  std::vector<std::string> ClientCommand(const std::vector<std::string>& arguments) const;
  absl::StatusOr<CommandResult> Client(std::vector<std::string> arguments,
                                       absl::Duration timeout = absl::Seconds(120)) const;

 private:
  explicit System(Options options) : options_(std::move(options)) {}
  absl::Status Prepare();
  absl::Status Migrate(const std::string& name) const;
  std::string ListenOf(const std::string& name) const;
  std::vector<std::string> ServiceFlags(const std::string& name) const;
  absl::StatusOr<std::string> StartService(const std::string& name, Process* process) const;

  const Options options_;
  std::string directory_;
  std::unique_ptr<rpc::TokenSigner> signer_;
  std::unique_ptr<testing::SocketGate> gate_;
  Process filing_, aggregator_, inspection_, complaint_;
  std::string filing_address_, aggregator_address_, inspection_address_, complaint_address_;
};

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_SYSTEM_SYSTEM_H_
