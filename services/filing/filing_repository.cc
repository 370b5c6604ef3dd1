#include "services/filing/filing_repository.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/errors.h"
#include "common/db/sql_text.h"
#include "common/rpc/errors.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using db::Param;
using db::Row;
using privacy::Sealer;
using v1::FilingState;

constexpr char kSelectFiling[] =
    "SELECT message FROM filing "
    "WHERE id = ? AND ((owner = ? AND facility_id LIKE ?) OR facility_id = ? OR division_code "
    "REGEXP ?)";
constexpr char kLockFiling[] =
    "SELECT message FROM filing "
    "WHERE id = ? AND ((owner = ? AND facility_id LIKE ?) OR facility_id = ? OR division_code "
    "REGEXP ?) FOR UPDATE";
constexpr char kInsertFilings[] =
    "INSERT INTO filing (id, kind, state, owner, facility_id, division_code, next_due, schedule, "
    "open_uscc, open_facility, source_system, source_id, entry_index, create_time, message) "
    "VALUES ";
constexpr int kInsertColumns = 15;
constexpr char kUpdateFiling[] =
    "UPDATE filing SET state = ?, facility_id = ?, division_code = ?, next_due = ?, schedule = ?, "
    "open_uscc = ?, open_facility = ?, message = ? WHERE id = ?";
constexpr char kSelectFiledFirst[] =
    "SELECT id FROM filing WHERE facility_id = ? AND owner = ? AND kind = 1 LIMIT 1";
constexpr char kSelectHeld[] = "SELECT 1 FROM filing WHERE open_uscc = ? AND id <> ?";
constexpr char kCountDrafts[] = "SELECT COUNT(*) FROM filing WHERE owner = ? AND state = 1";
// No account is called so.
constexpr char kEndOwners[] =
    "UPDATE filing SET owner = '-' WHERE facility_id = ? AND owner <> ? AND owner <> '-'";
constexpr char kSelectOtherSchedule[] = "SELECT id FROM filing WHERE schedule <> ? AND state IN (";
constexpr char kSelectSources[] =
    "SELECT source_system, source_id, id, facility_id, division_code, COALESCE(entry_index, '') "
    "FROM filing WHERE (source_system, source_id) IN (";

// One state of a worklist: the index filing_worklist read in its order.
constexpr char kSelectOfState[] =
    "(SELECT id, next_due FROM filing WHERE state = ? "
    "AND ((next_due = ? AND id > ?) OR next_due > ?) AND next_due <= ? "
    "AND ((owner = ? AND facility_id LIKE ?) OR facility_id = ? OR division_code REGEXP ?) AND "
    "division_code LIKE ? "
    "AND (? = 0 OR kind = ?) ORDER BY next_due, id LIMIT ?)";
constexpr char kPageOfStates[] = "SELECT f.id, f.next_due, f.message FROM (";
constexpr char kOrderOfStates[] =
    " ORDER BY next_due, id LIMIT ?) page JOIN filing f ON f.id = page.id "
    "ORDER BY page.next_due, page.id";
// What a facility or one account has, by filing_by_owner and filing_by_facility.
constexpr char kPageOfOwn[] =
    "SELECT f.id, f.next_due, f.message FROM (SELECT id FROM filing WHERE owner = ? "
    "AND facility_id LIKE ? UNION SELECT id FROM filing WHERE facility_id = ?) own JOIN filing f "
    "ON f.id = own.id "
    "WHERE ((f.next_due = ? AND f.id > ?) OR f.next_due > ?) AND f.next_due <= ? "
    "AND ((f.owner = ? AND f.facility_id LIKE ?) OR f.facility_id = ? OR f.division_code REGEXP ?) "
    "AND (? = '' OR f.facility_id = ?) AND f.division_code LIKE ? AND (? = 0 OR f.kind = ?) "
    "AND f.state IN (";
constexpr char kOrderOfOwn[] = ") ORDER BY f.next_due, f.id LIMIT ?";

// A page ends before its filings are larger than this together, so that a reply stays below gRPC's 4 MB.
constexpr size_t kMaxPageBytes = 3 << 20;

// What is computed at reading.
constexpr int kComputed[] = {
    v1::Filing::kReceiptDeadlineFieldNumber, v1::Filing::kReviewDeadlineFieldNumber,
    v1::Filing::kRectifyDeadlineFieldNumber, v1::Filing::kWaitingDaysFieldNumber};

bool HoldsComputed(const v1::Filing& filing) {
  return std::any_of(std::begin(kComputed), std::end(kComputed), [&](int number) {
    return filing.GetReflection()->HasField(filing,
                                            v1::Filing::descriptor()->FindFieldByNumber(number));
  });
}

// A copy is made only where there is something to leave out or to seal.
std::string Sealed(const v1::Filing& filing, const Sealer& sealer) {
  if (!HoldsComputed(filing) && !privacy::HoldsOpenText(filing)) return filing.SerializeAsString();
  v1::Filing copy = filing;
  for (const int number : kComputed) {
    copy.GetReflection()->ClearField(&copy, v1::Filing::descriptor()->FindFieldByNumber(number));
  }
  sealer.SealFields(&copy);
  return copy.SerializeAsString();
}

absl::StatusOr<v1::Filing> Opened(const std::string& bytes, const Sealer& sealer) {
  v1::Filing filing;
  if (!filing.ParseFromString(bytes)) return absl::DataLossError("filing: message does not parse");
  RETURN_IF_ERROR(sealer.UnsealFields(&filing));
  return filing;
}

// The domain's error for a refused unique key.
absl::Status Explained(const absl::Status& status) {
  if (!absl::IsAlreadyExists(status)) return status;
  const std::string key = db::ConstraintName(status);
  if (key == "filing_open_uscc") return rpc::Error("ALREADY_FILED");
  if (key == "filing_open_facility") return rpc::Error("FILING_OPEN");
  if (key == "filing_source") return rpc::Error("SOURCE_ID_EXISTS");
  return status;
}

absl::StatusOr<v1::Filing> Select(db::Transaction& transaction, const Sealer& sealer,
                                  const char* sql, absl::string_view id, const FilingScope& scope) {
  std::string bytes;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(
                       sql, {id, scope.owner, scope.owner_of, scope.facility_id, scope.divisions},
                       [&](const Row& row) { bytes = row.String(0); }));
  if (!found) return rpc::Error("FILING_NOT_FOUND");
  return Opened(bytes, sealer);
}

std::string PrefixPattern(const FilingQuery& query) { return query.division_prefix + "%"; }

// The worklist of whole divisions.
absl::Status QueryStates(db::Transaction& transaction, const FilingQuery& query,
                         absl::FunctionRef<absl::Status(const Row&)> each) {
  std::vector<Param> params;
  const std::string prefix = PrefixPattern(query);
  const FilingScope& scope = query.scope;
  for (const v1::FilingState state : query.states) {
    for (Param param :
         {Param(state), Param(query.after_due), Param(query.after_id), Param(query.after_due),
          Param(query.due_by), Param(scope.owner), Param(scope.owner_of), Param(scope.facility_id),
          Param(scope.divisions), Param(prefix), Param(query.kind), Param(query.kind),
          Param(query.limit + 1)}) {
      params.push_back(std::move(param));
    }
  }
  params.emplace_back(query.limit + 1);
  const std::vector<absl::string_view> parts(query.states.size(), kSelectOfState);
  return transaction.QueryText(
      absl::StrCat(kPageOfStates, absl::StrJoin(parts, " UNION ALL "), kOrderOfStates), params,
      each);
}

// What one account or facility has.
absl::Status QueryOwn(db::Transaction& transaction, const FilingQuery& query,
                      absl::FunctionRef<absl::Status(const Row&)> each) {
  const FilingScope& scope = query.scope;
  const bool one_facility = !query.facility_id.empty();
  const std::string owner = one_facility ? "" : scope.owner;
  const std::string& facility = one_facility ? query.facility_id : scope.facility_id;
  const std::string prefix = PrefixPattern(query);
  std::vector<Param> params = {
      owner,           scope.owner_of,    facility,          query.after_due, query.after_id,
      query.after_due, query.due_by,      scope.owner,       scope.owner_of,  scope.facility_id,
      scope.divisions, query.facility_id, query.facility_id, prefix,          query.kind,
      query.kind};
  for (const v1::FilingState state : query.states) params.emplace_back(state);
  params.emplace_back(query.limit + 1);
  return transaction.QueryText(
      absl::StrCat(kPageOfOwn, db::Placeholders(static_cast<int>(query.states.size())),
                   kOrderOfOwn),
      params, each);
}

}  // namespace

absl::StatusOr<v1::Filing> FindFiling(db::Transaction& transaction, const Sealer& sealer,
                                      absl::string_view id, const FilingScope& scope) {
  return Select(transaction, sealer, kSelectFiling, id, scope);
}

absl::StatusOr<v1::Filing> LockFiling(db::Transaction& transaction, const Sealer& sealer,
                                      absl::string_view id, const FilingScope& scope) {
  return Select(transaction, sealer, kLockFiling, id, scope);
}

absl::Status InsertFilings(db::Transaction& transaction, const Sealer& sealer,
                           absl::Span<const FilingRow> rows) {
  std::vector<Param> params;
  params.reserve(rows.size() * kInsertColumns);
  std::vector<std::string> messages;
  messages.reserve(rows.size());
  for (const FilingRow& row : rows) {
    const v1::Filing& filing = row.filing;
    messages.push_back(Sealed(filing, sealer));
    ASSIGN_OR_RETURN(const absl::Time create_time, FromProto(filing.create_time()));
    const bool has_source = !row.source_system.empty() || !row.source_id.empty();
    for (Param param :
         {Param(FilingId(filing.name())), Param(filing.kind()), Param(filing.state()),
          Param(filing.owner()), Param(FacilityIdOf(filing)), Param(row.division_code),
          Param(row.next_due), Param(row.schedule), Param(row.open_uscc), Param(row.open_facility),
          has_source ? Param(row.source_system) : Param(std::nullopt),
          has_source ? Param(row.source_id) : Param(std::nullopt),
          row.entry_index.empty() ? Param(std::nullopt) : Param(db::Blob{row.entry_index}),
          Param(create_time), Param(db::Blob{messages.back()})}) {
      params.push_back(std::move(param));
    }
  }
  return Explained(transaction.ExecuteText(
      absl::StrCat(kInsertFilings,
                   db::PlaceholderRows(static_cast<int>(rows.size()), kInsertColumns)),
      params));
}

absl::Status StoreFiling(db::Transaction& transaction, const Sealer& sealer, const FilingRow& row) {
  const v1::Filing& filing = row.filing;
  const std::string message = Sealed(filing, sealer);
  return Explained(transaction.Execute(
      kUpdateFiling,
      {filing.state(), FacilityIdOf(filing), row.division_code, row.next_due, row.schedule,
       row.open_uscc, row.open_facility, db::Blob{message}, FilingId(filing.name())}));
}

absl::StatusOr<bool> UsccHeld(db::Transaction& transaction, absl::string_view uscc,
                              absl::string_view id) {
  return transaction.QueryOne(kSelectHeld, {uscc, id}, [](const Row&) {});
}

absl::StatusOr<int> CountDrafts(db::Transaction& transaction, absl::string_view owner) {
  int64_t count = 0;
  RETURN_IF_ERROR(
      transaction.QueryOne(kCountDrafts, {owner}, [&](const Row& row) { count = row.Int(0); })
          .status());
  return static_cast<int>(count);
}

absl::Status EndOtherOwners(db::Transaction& transaction, absl::string_view facility_id,
                            absl::string_view owner) {
  return transaction.Execute(kEndOwners, {facility_id, owner});
}

absl::StatusOr<std::vector<std::string>> IdsOfOtherSchedule(db::Transaction& transaction,
                                                            absl::Span<const FilingState> states,
                                                            absl::string_view schedule, int limit) {
  std::vector<Param> params = {schedule};
  for (const FilingState state : states) params.emplace_back(state);
  params.emplace_back(limit);
  std::vector<std::string> ids;
  RETURN_IF_ERROR(transaction.QueryText(
      absl::StrCat(kSelectOtherSchedule, db::Placeholders(static_cast<int>(states.size())),
                   ") LIMIT ?"),
      params, [&](const Row& row) {
        ids.push_back(row.String(0));
        return absl::OkStatus();
      }));
  return ids;
}

absl::StatusOr<bool> FiledFirst(db::Transaction& transaction, absl::string_view facility_id,
                                absl::string_view owner) {
  return transaction.QueryOne(kSelectFiledFirst, {facility_id, owner}, [](const Row&) {});
}

absl::StatusOr<std::vector<EnteredSource>> EnteredSources(
    db::Transaction& transaction, absl::Span<const std::pair<std::string, std::string>> sources) {
  std::vector<EnteredSource> known;
  if (sources.empty()) return known;
  std::vector<Param> params;
  for (const auto& [system, id] : sources) {
    params.emplace_back(system);
    params.emplace_back(id);
  }
  RETURN_IF_ERROR(transaction.QueryText(
      absl::StrCat(kSelectSources, db::PlaceholderRows(static_cast<int>(sources.size()), 2), ")"),
      params, [&](const Row& row) {
        known.push_back({row.String(0), row.String(1), FilingName(row.String(2)), row.String(3),
                         row.String(4), row.String(5)});
        return absl::OkStatus();
      }));
  return known;
}

absl::StatusOr<FilingPage> ListFilings(db::Transaction& transaction, const Sealer& sealer,
                                       const FilingQuery& query) {
  FilingPage page;
  size_t bytes = 0;
  const auto each = [&](const Row& row) -> absl::Status {
    if (page.more) return absl::OkStatus();
    const std::string message = row.String(2);
    bytes += message.size();
    page.more = page.filings.size() >= static_cast<size_t>(query.limit) ||
                (!page.filings.empty() && bytes > kMaxPageBytes);
    if (page.more) return absl::OkStatus();
    ASSIGN_OR_RETURN(v1::Filing filing, Opened(message, sealer));
    page.filings.push_back({std::move(filing), row.Day(1)});
    return absl::OkStatus();
  };
  const bool whole_divisions = query.by_division && query.facility_id.empty();
  RETURN_IF_ERROR(whole_divisions ? QueryStates(transaction, query, each)
                                  : QueryOwn(transaction, query, each));
  return page;
}

}  // namespace tuoyu::filing
