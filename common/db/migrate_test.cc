#include "common/db/migrate.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/errors.h"
#include "common/db/transaction.h"
#include "common/testing/matchers.h"
#include "common/testing/test_database.h"

namespace tuoyu::db {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

constexpr absl::string_view kOne =
    "-- first\nCREATE TABLE IF NOT EXISTS one (id INT PRIMARY KEY) ENGINE=InnoDB;\n"
    "INSERT IGNORE INTO one VALUES (1);\n";
constexpr absl::string_view kTwo =
    "CREATE TABLE IF NOT EXISTS log_entry (id INT PRIMARY KEY, note VARCHAR(20)) ENGINE=InnoDB;\n";

const std::vector<EmbeddedFile>& Files() {
  static const auto* files =
      new std::vector<EmbeddedFile>{{"V0001__one.sql", kOne}, {"V0002__two.sql", kTwo}};
  return *files;
}

absl::Time Soon() { return absl::Now() + absl::Seconds(10); }

class MigrateTest : public ::testing::Test {
 protected:
  MigrateTest() {
    SetLogHook([](absl::string_view) {});
  }
  const Options& options() { return database_.options(); }
  std::string Applied() { return database_.Value("SELECT COUNT(*) FROM schema_migrations"); }

  testing::TestDatabase database_;
};

TEST_F(MigrateTest, AppliesInOrderAndOnce) {
  ASSERT_OK(Migrate(options(), "c", absl::MakeSpan(Files()).first(1)));
  EXPECT_EQ(Applied(), "1");
  ASSERT_OK(Migrate(options(), "c", Files()));
  ASSERT_OK(Migrate(options(), "c", Files()));
  EXPECT_EQ(Applied(), "2");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM one"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM log_entry"), "0");
}

TEST_F(MigrateTest, ComponentsAreApart) {
  ASSERT_OK(Migrate(options(), "c", Files()));
  const EmbeddedFile other[] = {{"V0001__one.sql", "CREATE TABLE IF NOT EXISTS x (id INT)"}};
  ASSERT_OK(Migrate(options(), "d", other));
  EXPECT_EQ(Applied(), "3");
}

TEST_F(MigrateTest, AChangedAppliedFileIsAnErrorThatNamesIt) {
  ASSERT_OK(Migrate(options(), "c", Files()));
  std::vector<EmbeddedFile> changed = Files();
  changed[1].text = "CREATE TABLE other (id INT)";
  EXPECT_THAT(Migrate(options(), "c", changed),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("c/V0002__two.sql")));
  EXPECT_THAT(CheckSchema(database_.pool(), "c", changed),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("c/V0002__two.sql")));
}

TEST_F(MigrateTest, AnOlderProgramIsRefused) {
  ASSERT_OK(Migrate(options(), "c", Files()));
  const auto older = absl::MakeSpan(Files()).first(1);
  EXPECT_THAT(Migrate(options(), "c", older),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("V0002__two.sql")));
  EXPECT_THAT(CheckSchema(database_.pool(), "c", older),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("V0002__two.sql")));
}

TEST_F(MigrateTest, AServingProcessOnlyChecks) {
  database_.Run("DROP TABLE schema_migrations");
  EXPECT_THAT(CheckSchema(database_.pool(), "c", Files()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("not been migrated")));
  ASSERT_OK(Migrate(options(), "c", absl::MakeSpan(Files()).first(1)));
  EXPECT_THAT(CheckSchema(database_.pool(), "c", Files()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("V0002__two.sql")));
  ASSERT_OK(Migrate(options(), "c", Files()));
  EXPECT_OK(CheckSchema(database_.pool(), "c", Files()));
}

TEST_F(MigrateTest, AFailedFileIsNamedAndRunAgain) {
  std::vector<EmbeddedFile> files = Files();
  files.push_back({"V0003__bad.sql", "CREATE TABLE IF NOT EXISTS three (id INT);\nBAD SQL;\n"});
  EXPECT_THAT(Migrate(options(), "c", files),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("c/V0003__bad.sql, statement 2")));
  EXPECT_EQ(Applied(), "2");
  files.back().text = "CREATE TABLE IF NOT EXISTS three (id INT);\n";
  EXPECT_OK(Migrate(options(), "c", files));
  EXPECT_EQ(Applied(), "3");
}

TEST_F(MigrateTest, ProcessesThatMigrateAtTheSameTimeWaitForEachOther) {
  const std::vector<EmbeddedFile> files = {
      {"V0001__t.sql", "CREATE TABLE IF NOT EXISTS t (id INT AUTO_INCREMENT PRIMARY KEY);\n"},
      // Not harmless when run twice: shows that it ran once.
      {"V0002__row.sql", "INSERT INTO t VALUES ();\nDO SLEEP(0.05);\n"}};
  std::vector<absl::Status> statuses(6);
  std::vector<std::thread> threads;
  for (absl::Status& status : statuses) {
    threads.emplace_back([&] { status = Migrate(options(), "c", files); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : statuses) EXPECT_OK(status);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM t"), "1");
}

TEST_F(MigrateTest, BadSchemaNamesAreRefused) {
  Options bad = options();
  bad.schema = "a`b";
  EXPECT_THAT(Migrate(bad, "c", Files()), StatusIs(absl::StatusCode::kInvalidArgument));
}

class GrantTest : public MigrateTest {
 protected:
  GrantTest() {
    EXPECT_OK(Migrate(options(), "c", Files()));
    user_ = absl::StrCat("u", absl::ToUnixMicros(absl::Now()) % 1000000000);
  }
  ~GrantTest() override {
    database_.Run(absl::StrCat("DROP USER IF EXISTS ", user_, "@localhost"));
  }

  absl::Status Grant(const std::string& password) {
    return GrantApplication(database_.admin_options(), user_, password, options().schema,
                            {"log_entry"});
  }
  Options ApplicationOptions(const std::string& password) {
    Options application = options();
    application.user = user_;
    application.password = password;
    return application;
  }
  static absl::Status Try(Pool& pool, const std::string& sql) {
    return RunRead(pool, Soon(),
                   [&](Transaction& transaction) { return transaction.ExecuteText(sql, {}); });
  }

  std::string user_;
};

TEST_F(GrantTest, TheApplicationAppendsOnly) {
  const std::string password = "it's a \\ \"password\"";
  ASSERT_OK(Grant(password));
  Pool pool(ApplicationOptions(password));
  EXPECT_OK(Try(pool, "INSERT INTO log_entry VALUES (1, 'a')"));
  EXPECT_OK(Try(pool, "DO (SELECT COUNT(*) FROM log_entry)"));
  EXPECT_OK(Try(pool, "INSERT INTO one VALUES (7)"));
  EXPECT_OK(Try(pool, "UPDATE one SET id = 8 WHERE id = 7"));
  EXPECT_OK(Try(pool, "DELETE FROM one WHERE id = 8"));
  EXPECT_OK(CheckSchema(pool, "c", Files()));
  for (const char* refused :
       {"UPDATE log_entry SET note = 'b'", "DELETE FROM log_entry", "TRUNCATE log_entry",
        "REPLACE INTO log_entry VALUES (1, 'b')", "DROP TABLE log_entry",
        "ALTER TABLE log_entry ADD COLUMN x INT", "CREATE TABLE mine (id INT)",
        "DELETE FROM schema_migrations", "INSERT INTO schema_migrations VALUES ('a','b','c',NOW())",
        "UPDATE mysql.global_priv SET Priv = '{}'"}) {
    EXPECT_THAT(Try(pool, refused), StatusIs(absl::StatusCode::kInternal)) << refused;
  }
  EXPECT_EQ(database_.Value("SELECT note FROM log_entry"), "a");
}

TEST_F(GrantTest, GrantingAgainTakesBackWhatWasTooMuch) {
  ASSERT_OK(Grant("first"));
  database_.Run(absl::StrCat("GRANT ALL ON ", options().schema, ".* TO ", user_, "@localhost;\n",
                             "GRANT DELETE ON ", options().schema, ".log_entry TO ", user_,
                             "@localhost"));
  ASSERT_OK(Grant("second"));
  Pool pool(ApplicationOptions("second"));
  EXPECT_OK(Try(pool, "INSERT INTO log_entry VALUES (1, 'a')"));
  EXPECT_FALSE(Try(pool, "DELETE FROM log_entry").ok());
  EXPECT_FALSE(Try(pool, "CREATE TABLE mine (id INT)").ok());
  Pool old(ApplicationOptions("first"));
  EXPECT_FALSE(old.Ping().ok());
}

TEST_F(GrantTest, GrantingAgainTakesNothingFromAServiceThatRuns) {
  ASSERT_OK(Grant("p"));
  std::atomic<bool> granting{true};
  absl::Status refused;
  std::thread service([&] {
    Pool pool(ApplicationOptions("p"));
    while (granting && refused.ok()) refused = Try(pool, "DO (SELECT COUNT(*) FROM log_entry)");
  });
  for (int i = 0; i < 50; ++i) EXPECT_OK(Grant("p"));
  granting = false;
  service.join();
  EXPECT_OK(refused);
}

TEST_F(GrantTest, BadNamesAreRefusedAndSecretsStayOutOfTheLog) {
  std::string logged;
  SetLogHook([&](absl::string_view line) { logged += std::string(line); });
  EXPECT_THAT(GrantApplication(database_.admin_options(), "a'b", "p", options().schema, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(GrantApplication(database_.admin_options(), user_, "p", options().schema, {"nope"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("nope")));
  Options powerless = database_.admin_options();
  ASSERT_OK(Grant("secret-word"));
  powerless.user = user_;
  powerless.password = "secret-word";
  EXPECT_THAT(GrantApplication(powerless, user_, "other-secret", options().schema, {"log_entry"}),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(logged, Not(HasSubstr("secret")));
  EXPECT_THAT(logged, HasSubstr("CREATE USER"));
  SetLogHook([](absl::string_view) {});
}

}  // namespace
}  // namespace tuoyu::db
