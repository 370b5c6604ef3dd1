#ifndef TUOYU_SERVICES_FILING_FILING_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_FILING_REPOSITORY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"
#include "common/privacy/sealer.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The table of filings. Filings passed out are open (personal fields readable), passed in they may
// be sealed already; at rest they are sealed.
// Errors of all functions: those of db::Transaction; DATA_LOSS when a stored filing can't be opened.
namespace tuoyu::filing {

// `next_due` of a filing that waits for nobody by a day.
inline constexpr absl::CivilDay kNoDueDay(9999, 12, 31);

// Which filings a caller may see (row scope): any of the three. A default scope holds none.
struct FilingScope {
  std::string owner;              // account that made them …
  std::string owner_of = "%";     // … as far as their facility's id is LIKE this
  std::string facility_id = "-";  // id of the facility they concern
  std::string divisions = "^x";   // regular expression of division codes
};

// A filing with the columns it is found by (schema/V0001__filing.sql says what they mean).
struct FilingRow {
  v1::Filing filing;
  std::string division_code;  // empty: not for officers
  absl::CivilDay next_due = kNoDueDay;
  std::string schedule;
  absl::optional<std::string> open_uscc;
  absl::optional<std::string> open_facility;
  // Back entries: the record it was copied from, empty for none, and the blind index of the entry.
  std::string source_system;
  std::string source_id;
  std::string entry_index;
};

// A filing that was back-entered from a source.
struct EnteredSource {
  std::string system;
  std::string id;
  std::string filing;       // `filings/{id}`
  std::string facility_id;  // of the facility it concerns
  std::string division_code;
  std::string entry_index;  // empty: entered before there was one
};

// The filing `id` (UUID) if it is in `scope`. NOT_FOUND `FILING_NOT_FOUND` when it is not there or not in scope.
absl::StatusOr<v1::Filing> FindFiling(db::Transaction& transaction, const privacy::Sealer& sealer,
                                      absl::string_view id, const FilingScope& scope);
// The same, locked until the end of the transaction. The first lock of every transaction that changes a filing.
absl::StatusOr<v1::Filing> LockFiling(db::Transaction& transaction, const privacy::Sealer& sealer,
                                      absl::string_view id, const FilingScope& scope);

// Inserts new filings, at most 200 a call. ALREADY_EXISTS `SOURCE_ID_EXISTS`; ALREADY_FILED, FILING_OPEN as
// StoreFiling.
absl::Status InsertFilings(db::Transaction& transaction, const privacy::Sealer& sealer,
                           absl::Span<const FilingRow> rows);

// Stores a locked filing as it now is. ALREADY_EXISTS `ALREADY_FILED` when another first filing of this USCC is being
// handled; FAILED_PRECONDITION `FILING_OPEN` when the facility has another change or cancellation under way.
absl::Status StoreFiling(db::Transaction& transaction, const privacy::Sealer& sealer,
                         const FilingRow& row);

// Whether a first filing other than `id` holds this USCC: it is being handled.
absl::StatusOr<bool> UsccHeld(db::Transaction& transaction, absl::string_view uscc,
                              absl::string_view id);

// How many drafts an account has. Drafts made at the same moment may be missed.
absl::StatusOr<int> CountDrafts(db::Transaction& transaction, absl::string_view owner);

// From now on only who acts for the facility, and `owner`, reaches its filings: other accounts that made some no longer
// do.
absl::Status EndOtherOwners(db::Transaction& transaction, absl::string_view facility_id,
                            absl::string_view owner);

// Ids of filings in `states`, at least one, whose next due day was computed by another schedule; at most `limit`.
absl::StatusOr<std::vector<std::string>> IdsOfOtherSchedule(
    db::Transaction& transaction, absl::Span<const v1::FilingState> states,
    absl::string_view schedule, int limit);

// Whether `owner` made the first filing of the facility and was not ended.
absl::StatusOr<bool> FiledFirst(db::Transaction& transaction, absl::string_view facility_id,
                                absl::string_view owner);

// Those of `sources` (system, id) that a filing was back-entered from before.
absl::StatusOr<std::vector<EnteredSource>> EnteredSources(
    db::Transaction& transaction, absl::Span<const std::pair<std::string, std::string>> sources);

// A page of filings.
struct FilingQuery {
  FilingScope scope;
  // True for officers, who see whole divisions; false reads only what the scope's owner or facility names.
  bool by_division = false;
  std::vector<v1::FilingState> states;                 // at least one
  std::string division_prefix;                         // digits; empty: all
  std::string facility_id;                             // empty: all
  absl::CivilDay due_by = kNoDueDay;                   // on or before
  v1::FilingKind kind = v1::FILING_KIND_UNSPECIFIED;   // UNSPECIFIED: all
  absl::CivilDay after_due = absl::CivilDay(1, 1, 1);  // key of the last row of the page before
  std::string after_id;
  int limit = 50;
};

// One filing of a page with its place in the order.
struct ListedFiling {
  v1::Filing filing;
  absl::CivilDay next_due;
};

struct FilingPage {
  std::vector<ListedFiling> filings;
  bool more = false;  // further ones follow the last
};

// Filings by next due day, none last, then by id. A page also ends before 3 MB.
absl::StatusOr<FilingPage> ListFilings(db::Transaction& transaction, const privacy::Sealer& sealer,
                                       const FilingQuery& query);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_REPOSITORY_H_
