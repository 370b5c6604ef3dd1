#include "services/complaint/cases/source_repository.h"

#include "common/base/status.h"
#include "common/db/lists.h"

namespace tuoyu::complaint {
namespace {

constexpr char kInsert[] =
    "INSERT INTO case_source (source_key, case_id, entry_digest) VALUES (?, ?, ?)";

}  // namespace

absl::StatusOr<std::map<std::string, SourcedCase>> ReadSources(
    db::Transaction& transaction, const std::vector<std::string>& keys) {
  std::map<std::string, SourcedCase> known;
  RETURN_IF_ERROR(db::SelectIn(
      transaction,
      "SELECT source_key, case_id, entry_digest FROM case_source WHERE source_key IN (", "", {},
      db::BlobParams(keys), 1, [&](const db::Row& row) {
        known[row.String(0)] = {row.String(1), row.String(2)};
        return absl::OkStatus();
      }));
  return known;
}

absl::Status InsertSource(db::Transaction& transaction, absl::string_view key,
                          const SourcedCase& sourced) {
  return transaction.Execute(kInsert,
                             {db::Blob{key}, sourced.case_id, db::Blob{sourced.entry_digest}});
}

}  // namespace tuoyu::complaint
