#ifndef TUOYU_SERVICES_FILING_FILING_OPTIONS_H_
#define TUOYU_SERVICES_FILING_FILING_OPTIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/calendar/working_days.h"
#include "common/data/divisions.h"
#include "common/db/pool.h"
#include "common/privacy/sealer.h"
#include "common/privacy/signature.h"
#include "common/rpc/server.h"
#include "tuoyu/filing/v1/rules.pb.h"

// The command line of tuoyu-filing, and what it names.
namespace tuoyu::filing {

struct Options {
  rpc::ServerOptions server;
  db::Options database;
  db::Options admin;           // for --migrate
  bool migrate = false;        // apply the migrations and exit
  std::string metrics_listen;  // empty: no metrics page
  std::string token_keys;      // public keys of tokens, PEM
  std::string keyring;         // keys of sealed fields
  std::string signing_key;     // private key of receipts, PEM
  std::string receipt_keys;    // public keys that signed receipts before, PEM; may be empty
  std::string divisions;       // files of deploy/data
  std::string calendar;
  std::string rules;
};

// Reads the flags (also --flagfile and --fromenv). Ends the process on an unknown flag, and after --help.
Options ParseOptions(int argc, char** argv);

// Files and keys, read once.
struct FilingData {
  data::Divisions divisions;
  calendar::WorkingDays calendar;
  v1::RuleSet rules;
  privacy::Sealer sealer;
  privacy::Signer signer;
  privacy::Verifier verifier;
};
// Errors of the loaders, which name the file.
absl::StatusOr<FilingData> LoadFilingData(const Options& options);

// Applies the migrations of this service, the journal and the request log as `options.admin`, and makes the user of
// `options.database`. Errors of db::Migrate and db::GrantApplication.
absl::Status MigrateAll(const Options& options);

// Whether the database is there with exactly these migrations. Errors of db::CheckSchema.
absl::Status CheckSchemas(db::Pool& pool);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_OPTIONS_H_
