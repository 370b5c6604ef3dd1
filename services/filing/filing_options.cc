#include "services/filing/filing_options.h"

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/holidays.h"
#include "common/db/migrate.h"
#include "common/journal/journal.h"
#include "common/privacy/secret_file.h"
#include "common/rpc/write.h"
#include "services/filing/rule_set.h"
#include "services/filing/schema.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:7401",
          "监听地址 / address to serve at; port 0 picks one");
ABSL_FLAG(std::string, port_file, "", "端口写入此文件 / file to write the port to once listening");
ABSL_FLAG(std::string, tls_certificate, "", "TLS 证书 / TLS certificate, PEM");
ABSL_FLAG(std::string, tls_key, "", "TLS 私钥 / TLS private key, PEM, mode 0600");
ABSL_FLAG(bool, reflection, false, "开启反射 / serve gRPC reflection");
ABSL_FLAG(std::string, metrics_listen, "",
          "指标地址 / address of the Prometheus page; empty: none");
ABSL_FLAG(std::string, db_host, "127.0.0.1", "数据库 / database: host, or unix:///path/to/socket");
ABSL_FLAG(int, db_port, 3306, "数据库端口 / port of a TCP host");
ABSL_FLAG(std::string, db_user, "tuoyu_filing", "数据库用户 / database user");
ABSL_FLAG(std::string, db_password, "", "数据库口令，用 --flagfile 或 --fromenv / its password");
ABSL_FLAG(std::string, db_schema, "tuoyu_filing", "数据库名 / schema");
ABSL_FLAG(int, db_pool_size, 8, "数据库连接数上限 / most connections to the database");
ABSL_FLAG(bool, migrate, false, "建表并退出 / apply the migrations and exit");
ABSL_FLAG(std::string, db_admin_user, "root", "建表用户 / user of --migrate");
ABSL_FLAG(std::string, db_admin_password, "", "其口令 / its password");
ABSL_FLAG(std::string, data, "deploy/data", "数据目录 / folder of the district's data");
ABSL_FLAG(std::string, district, "dazu-500111", "区划文件 / divisions file, without .csv");
ABSL_FLAG(std::string, holidays, "cn-holidays", "节假日文件 / holiday file, without .csv");
ABSL_FLAG(std::string, rules, "national-2019-58", "规则文件 / rules file, without .yaml");
ABSL_FLAG(std::string, token_keys, "", "令牌公钥 / public keys of tokens, PEM");
ABSL_FLAG(std::string, keyring, "", "密钥环 / key ring of sealed fields, mode 0600");
ABSL_FLAG(std::string, signing_key, "", "回执签名私钥 / private key of receipts, PEM, mode 0600");
ABSL_FLAG(std::string, receipt_keys, "",
          "曾用回执公钥 / public keys that signed receipts before, PEM");

namespace tuoyu::filing {
namespace {

constexpr char kUsage[] =
    "托育机构备案服务 / filing and registry of childcare facilities.\n"
    "  tuoyu-filing --flagfile=FILE            提供服务 / serve\n"
    "  tuoyu-filing --flagfile=FILE --migrate  建表 / make the tables";

db::Options DatabaseOptions() {
  db::Options options;
  options.host = absl::GetFlag(FLAGS_db_host);
  options.port = absl::GetFlag(FLAGS_db_port);
  options.schema = absl::GetFlag(FLAGS_db_schema);
  options.user = absl::GetFlag(FLAGS_db_user);
  options.password = absl::GetFlag(FLAGS_db_password);
  options.pool_size = absl::GetFlag(FLAGS_db_pool_size);
  return options;
}

}  // namespace

Options ParseOptions(int argc, char** argv) {
  absl::SetProgramUsageMessage(kUsage);
  absl::FlagsUsageConfig usage;
  usage.contains_help_flags = [](absl::string_view file) {
    return absl::StrContains(file, "filing_options");
  };
  absl::SetFlagsUsageConfig(usage);
  absl::ParseCommandLine(argc, argv);
  Options options;
  options.server.address = absl::GetFlag(FLAGS_listen);
  options.server.port_file = absl::GetFlag(FLAGS_port_file);
  options.server.reflection = absl::GetFlag(FLAGS_reflection);
  options.server.tls_certificate_file = absl::GetFlag(FLAGS_tls_certificate);
  options.server.tls_key_file = absl::GetFlag(FLAGS_tls_key);
  options.database = DatabaseOptions();
  options.admin = options.database;
  options.admin.user = absl::GetFlag(FLAGS_db_admin_user);
  options.admin.password = absl::GetFlag(FLAGS_db_admin_password);
  options.migrate = absl::GetFlag(FLAGS_migrate);
  options.metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  options.token_keys = absl::GetFlag(FLAGS_token_keys);
  options.keyring = absl::GetFlag(FLAGS_keyring);
  options.signing_key = absl::GetFlag(FLAGS_signing_key);
  options.receipt_keys = absl::GetFlag(FLAGS_receipt_keys);
  const std::string data = absl::GetFlag(FLAGS_data);
  options.divisions = absl::StrCat(data, "/divisions/", absl::GetFlag(FLAGS_district), ".csv");
  options.calendar = absl::StrCat(data, "/calendar/", absl::GetFlag(FLAGS_holidays), ".csv");
  options.rules = absl::StrCat(data, "/rules/", absl::GetFlag(FLAGS_rules), ".yaml");
  return options;
}

absl::StatusOr<FilingData> LoadFilingData(const Options& options) {
  ASSIGN_OR_RETURN(data::Divisions divisions, data::LoadDivisions(options.divisions));
  ASSIGN_OR_RETURN(calendar::WorkingDays calendar, data::LoadHolidays(options.calendar));
  ASSIGN_OR_RETURN(v1::RuleSet rules, LoadRuleSet(options.rules));
  ASSIGN_OR_RETURN(privacy::KeyRing ring, privacy::KeyRing::Load(options.keyring));
  ASSIGN_OR_RETURN(privacy::Signer signer, privacy::Signer::FromFile(options.signing_key));
  std::string public_keys = signer.public_pem();
  if (!options.receipt_keys.empty()) {
    ASSIGN_OR_RETURN(const std::string earlier,
                     privacy::ReadKeyFile(options.receipt_keys, /*secret=*/false));
    absl::StrAppend(&public_keys, "\n", earlier);
  }
  ASSIGN_OR_RETURN(privacy::Verifier verifier, privacy::Verifier::FromPem(public_keys));
  return FilingData{std::move(divisions), std::move(calendar),
                    std::move(rules),     privacy::Sealer(std::move(ring)),
                    std::move(signer),    std::move(verifier)};
}

absl::Status MigrateAll(const Options& options) {
  RETURN_IF_ERROR(db::Migrate(options.admin, journal::kComponent, journal::Files()));
  RETURN_IF_ERROR(db::Migrate(options.admin, rpc::kComponent, rpc::Files()));
  RETURN_IF_ERROR(db::Migrate(options.admin, kComponent, Files()));
  std::vector<std::string> append_only = journal::AppendOnlyTables();
  append_only.emplace_back("receipt");
  return db::GrantApplication(options.admin, options.database.user, options.database.password,
                              options.database.schema, append_only);
}

absl::Status CheckSchemas(db::Pool& pool) {
  RETURN_IF_ERROR(db::CheckSchema(pool, journal::kComponent, journal::Files()));
  RETURN_IF_ERROR(db::CheckSchema(pool, rpc::kComponent, rpc::Files()));
  return db::CheckSchema(pool, kComponent, Files());
}

}  // namespace tuoyu::filing
