#include "common/testing/test_database.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/migrate.h"
#include "common/db/sql_text.h"
#include "common/db/transaction.h"

extern char** environ;

namespace tuoyu::testing {
namespace {

[[noreturn]] void Die(absl::string_view what) {
  std::cerr << "TestDatabase: " << what << std::endl;
  std::exit(1);
}

void Check(const absl::Status& status, absl::string_view what) {
  if (!status.ok()) Die(absl::StrCat(what, ": ", status.ToString()));
}

std::string ServerDirectory() {
  const char* directory = std::getenv("TUOYU_TEST_DB");
  return directory != nullptr && *directory != '\0' ? directory : TUOYU_TEST_DB_DIRECTORY;
}

// Runs the script's command "start", which does nothing when the server runs.
void StartServer(const std::string& directory) {
  std::string script = TUOYU_MARIADB_SCRIPT;
  std::string command = "start";
  std::string argument = directory;
  std::string mode = "--fast";
  char* arguments[] = {script.data(), command.data(), argument.data(), mode.data(), nullptr};
  pid_t child = 0;
  if (posix_spawn(&child, script.c_str(), nullptr, nullptr, arguments, environ) != 0) {
    Die(absl::StrCat("can't run ", script));
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    Die(absl::StrCat("the test server in ", directory, " could not be started"));
  }
}

// The path of the server's socket; starts the server first if need be. Looked up once per process.
const std::string& Socket() {
  static const std::string* const socket = [] {
    const std::string directory = ServerDirectory();
    StartServer(directory);
    std::ifstream file(directory + "/socket");
    auto* path = new std::string();
    if (!std::getline(file, *path)) Die(absl::StrCat("no socket is recorded in ", directory));
    return path;
  }();
  return *socket;
}

std::string NewSchemaName() {
  static std::atomic<int> counter{0};
  return absl::StrCat("test_", absl::ToUnixMicros(absl::Now()), "_", getpid(), "_", counter++);
}

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

}  // namespace

TestDatabase::TestDatabase(std::initializer_list<Component> components) {
  options_.host = absl::StrCat("unix://", Socket());
  options_.user = "root";
  options_.schema = NewSchemaName();
  Check(db::Migrate(options_, "test", {}), "creating a schema");
  for (const Component& component : components) Migrate(component);
}

void TestDatabase::Migrate(const Component& component) {
  Check(db::Migrate(options_, component.name, component.files),
        absl::StrCat("migrating ", component.name));
}

TestDatabase::~TestDatabase() {
  pool_.reset();
  db::Pool pool(admin_options());
  const absl::Status status = db::RunRead(pool, Soon(), [&](db::Transaction& transaction) {
    return transaction.ExecuteText(absl::StrCat("DROP DATABASE ", options_.schema), {});
  });
  if (!status.ok()) std::cerr << "TestDatabase: dropping a schema: " << status << std::endl;
}

db::Options TestDatabase::admin_options() const {
  db::Options options = options_;
  options.schema.clear();
  return options;
}

db::Pool& TestDatabase::pool() {
  std::call_once(pool_made_, [this] { pool_ = std::make_unique<db::Pool>(options_); });
  return *pool_;
}

void TestDatabase::Run(absl::string_view sql) {
  db::Pool pool(options_);
  for (const std::string& statement : db::SplitStatements(sql)) {
    Check(db::RunRead(
              pool, Soon(),
              [&](db::Transaction& transaction) { return transaction.ExecuteText(statement, {}); }),
          statement);
  }
}

std::string TestDatabase::Value(const std::string& sql) {
  std::string value;
  bool found = false;
  db::Pool pool(options_);
  const auto read = [&](const db::Row& row) {
    if (!found) value = row.IsNull(0) ? "NULL" : row.String(0);
    found = true;
    return absl::OkStatus();
  };
  Check(db::RunRead(
            pool, Soon(),
            [&](db::Transaction& transaction) { return transaction.QueryText(sql, {}, read); }),
        sql);
  return value;
}

}  // namespace tuoyu::testing
