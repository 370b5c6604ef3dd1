#ifndef TUOYU_COMMON_TESTING_TEST_DATABASE_H_
#define TUOYU_COMMON_TESTING_TEST_DATABASE_H_

#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/base/embedded_file.h"
#include "common/db/pool.h"

namespace tuoyu::testing {

// A schema of its own on the private MariaDB of the tests, dropped by the destructor; a member of a
// test fixture.
//
//   TestDatabase database_{{"journal", journal::Files()}, {"filing", filing::Files()}};
//   db::Pool& pool = database_.pool();
//
// The server is started by the ctest fixture "mariadb", or here when a test is run by hand
// (deploy/lib/mariadb.sh with the directory TUOYU_TEST_DB, else test-db of the build directory); it
// is left running then. Ends the program with a message when the server can't be started: a test of
// label "db" is never skipped.
class TestDatabase {
 public:
  // Migrations of one component, as for db::Migrate.
  struct Component {
    std::string name;
    absl::Span<const EmbeddedFile> files;
  };

  TestDatabase() : TestDatabase(std::initializer_list<Component>{}) {}
  TestDatabase(std::initializer_list<Component> components);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  // The tables of one more component.
  void Migrate(const Component& component);

  // How to reach the schema, as a user who may do everything.
  const db::Options& options() const { return options_; }
  // The same without a default schema.
  db::Options admin_options() const;
  // A pool on the schema, made when first asked for.
  db::Pool& pool();

  // Runs statements without result, separated by ";\n"; ends the test program when one fails.
  void Run(absl::string_view sql);
  // First column of the first row as text; "NULL" for NULL, "" without a row.
  std::string Value(const std::string& sql);

 private:
  db::Options options_;
  std::once_flag pool_made_;
  std::unique_ptr<db::Pool> pool_;
};

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_TEST_DATABASE_H_
