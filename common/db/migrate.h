#ifndef TUOYU_COMMON_DB_MIGRATE_H_
#define TUOYU_COMMON_DB_MIGRATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/base/embedded_file.h"
#include "common/db/pool.h"

namespace tuoyu::db {

// Applies those of `files` that the schema of `options` has not seen, in the order given, and
// records name and SHA-256 of each in schema_migrations under `component` (one schema can hold
// several, e.g. "filing" and "journal"). The schema is created when missing. Processes that migrate
// at the same time wait for each other (GET_LOCK, 60 s).
//
// A file holds statements that are separated by ';' at the end of a line, each harmless when run
// twice: DDL commits by itself, so a file that failed in its middle is run again from its start.
//
// Errors: FAILED_PRECONDITION naming the file when an applied file was changed, or when the schema
// knows a file that is not in `files` (the program is older than the schema); DEADLINE_EXCEEDED
// when another process holds the lock; INTERNAL naming file and statement number when a statement
// fails; UNAVAILABLE.
absl::Status Migrate(const Options& options, absl::string_view component,
                     absl::Span<const EmbeddedFile> files);

// Checks that the schema has exactly `files`; changes nothing. For serving processes. Errors:
// FAILED_PRECONDITION naming the first file that is missing, changed or unknown; UNAVAILABLE.
absl::Status CheckSchema(Pool& pool, absl::string_view component,
                         absl::Span<const EmbeddedFile> files);

// Creates (or updates) the database user of a serving process: SELECT, INSERT, UPDATE and DELETE on
// every table of `schema` that exists now, but SELECT and INSERT only on `append_only` tables,
// SELECT only on those of `lock_only` (whose rows it may lock, by the right to update a column
// `id`), and SELECT only on schema_migrations; no DDL. Run it after the migrations, as a user with
// GRANT OPTION. `user` is 1 to 32 letters, digits and '_'; it may log in from localhost when the
// server is reached over a socket, else from anywhere. Errors: INVALID_ARGUMENT for a bad name or a
// table of these lists that does not exist; INTERNAL, UNAVAILABLE. Nothing a running service may do
// is taken away in between.
absl::Status GrantApplication(const Options& admin, absl::string_view user,
                              absl::string_view password, absl::string_view schema,
                              const std::vector<std::string>& append_only,
                              const std::vector<std::string>& lock_only = {});

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_MIGRATE_H_
