#include "services/filing/facility_reading.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/ids/text.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/facility_list.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_rules.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

constexpr int kDefaultDistanceMetres = 20000;
// A page ends with the row that reaches this: a reply may have 4 MB (gRPC's default), a row has at most a filing's 256 KB.
constexpr size_t kPageBytes = 3 << 20;
constexpr uint32_t kDefaultStates =
    1U << v1::FACILITY_STATE_ACTIVE | 1U << v1::FACILITY_STATE_SUSPENDED;

// Who reads the history of facilities in their divisions.
constexpr rpc::Role kHistoryReaders[] = {
    common::v1::ROLE_DHC_INTAKE,       common::v1::ROLE_DHC_REVIEWER,
    common::v1::ROLE_DHC_APPROVER,     common::v1::ROLE_DHC_ARCHIVIST,
    common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_AUDITOR};

// Runs `body` on one state of the database.
absl::Status ReadSnapshot(db::Pool& pool, const rpc::Call& call,
                          absl::FunctionRef<absl::Status(db::Transaction&)> body) {
  return db::RunTransaction(pool, call.deadline, body,
                            {.read_only = true, .cancelled = call.cancelled});
}

// The id of "facilities/{id}" in the request's `field`.
absl::StatusOr<std::string> RequireId(const std::string& name, absl::string_view field) {
  std::string id = FacilityId(name);
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", std::string(field)}});
  return id;
}

// Opens and cuts a facility to what the caller may see of it; the reply's clearance becomes that. NOT_FOUND for one that
// is not on the public register.
absl::Status Show(rpc::Call& call, const RegistryScope& scope, absl::string_view id,
                  const RegistryDeps& deps, v1::Facility* facility) {
  const privacy::Clearance clearance = scope.ClearanceFor(id, facility->content().division_code());
  if (!clearance.Has(common::v1::DATA_CLASS_INTERNAL) && !IsPublicState(facility->state())) {
    return rpc::Error("FACILITY_NOT_FOUND");
  }
  call.clearance = clearance;
  if (!clearance.Has(common::v1::DATA_CLASS_INTERNAL)) HideLater(call.today, facility);
  if (!clearance.Has(common::v1::DATA_CLASS_PERSONAL)) return absl::OkStatus();
  return deps.sealer.UnsealFields(facility);
}

struct PointInTime {
  absl::CivilDay day;
  absl::optional<absl::Time> known_at;
  bool now = false;  // today, as known now
};

absl::StatusOr<PointInTime> PointOf(const v1::GetFacilityRequest& request, const rpc::Call& call,
                                    const RegistryScope& scope) {
  PointInTime point{call.today, absl::nullopt, false};
  if (request.has_as_of()) {
    const absl::StatusOr<absl::CivilDay> day = FromProto(request.as_of());
    if (!day.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "as_of"}});
    point.day = *day;
  }
  if (request.has_known_at()) {
    if (!scope.is_officer()) return rpc::Error("HISTORY_NOT_ALLOWED", {{"field", "known_at"}});
    const absl::StatusOr<absl::Time> time = FromProto(request.known_at());
    if (!time.ok()) return rpc::Error("FIELD_INVALID", {{"field", "known_at"}});
    point.known_at = *time;
  }
  point.now = point.day == call.today && !point.known_at;
  return point;
}

// A call of GetFacility on its way.
struct Lookup {
  GetFacilityCall* gathered;
  std::string id;
  RegistryScope scope;
  PointInTime point;
  CurrentRow row = {};  // of those that ask for today
};

absl::StatusOr<Lookup> LookupOf(GetFacilityCall& gathered) {
  ASSIGN_OR_RETURN(std::string id, RequireId(gathered.request.name(), "name"));
  RegistryScope scope(gathered.call.caller);
  ASSIGN_OR_RETURN(const PointInTime point, PointOf(gathered.request, gathered.call, scope));
  return Lookup{&gathered, std::move(id), std::move(scope), point};
}

// Reads the current rows of those that ask for today and may see only the public part, or more; by one query.
void ReadCurrentOf(db::Pool& pool, bool public_only, std::vector<Lookup>& lookups) {
  std::vector<std::string> ids;
  absl::Time deadline = absl::InfinitePast();
  const auto is_meant = [&](const Lookup& lookup) {
    return lookup.point.now && lookup.scope.MaySeeMoreOf(lookup.id) != public_only;
  };
  for (const Lookup& lookup : lookups) {
    if (!is_meant(lookup)) continue;
    ids.push_back(lookup.id);
    deadline = std::max(deadline, lookup.gathered->call.deadline);
  }
  if (ids.empty()) return;
  absl::flat_hash_map<std::string, CurrentRow> rows;
  const absl::Status status =
      db::RunRead(pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(rows, ReadCurrentRows(transaction, ids, public_only));
        return absl::OkStatus();
      });
  for (Lookup& lookup : lookups) {
    if (!is_meant(lookup)) continue;
    lookup.gathered->status = status;
    const auto found = rows.find(lookup.id);
    if (found != rows.end()) lookup.row = found->second;
  }
}

absl::Status Answer(const FacilityReader& reader, const Lookup& lookup) {
  rpc::Call& call = lookup.gathered->call;
  v1::Facility& reply = lookup.gathered->reply;
  const PointInTime& point = lookup.point;
  if (point.now) {
    ASSIGN_OR_RETURN(const Found found, ParseCurrent(lookup.row, call.today, &reply));
    if (found == Found::kNothing) return rpc::Error("FACILITY_NOT_FOUND");
    if (found == Found::kCurrent) return Show(call, lookup.scope, lookup.id, reader.deps, &reply);
  }
  absl::optional<v1::Facility> facility;
  RETURN_IF_ERROR(
      ReadSnapshot(reader.pool, call, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(
            facility, ReadHistory(transaction, lookup.id, point.day, call.today, point.known_at));
        return absl::OkStatus();
      }));
  if (!facility) return rpc::Error("FACILITY_NOT_FOUND");
  reply = *std::move(facility);
  RETURN_IF_ERROR(Show(call, lookup.scope, lookup.id, reader.deps, &reply));
  // What is decided for later is not public before its day.
  if (point.day > call.today && !call.clearance.Has(common::v1::DATA_CLASS_INTERNAL)) {
    return rpc::Error("NOT_PUBLIC_YET", {{"day", FormatDay(point.day)}});
  }
  return absl::OkStatus();
}

FacilityFilter FilterOf(const v1::ListFacilitiesRequest& request) {
  FacilityFilter filter;
  filter.division_prefix = std::string(rpc::DivisionPrefix(request.division_prefix()));
  for (int state : request.states()) filter.states |= 1U << state;
  if (filter.states == 0) filter.states = kDefaultStates;
  for (int type : request.facility_types()) filter.facility_types |= 1U << type;
  for (int mode : request.service_modes()) filter.service_modes |= 1U << mode;
  if (request.class_age_months() != 0) filter.class_age_months = request.class_age_months();
  filter.inclusive_only = request.inclusive_only();
  filter.name_contains = request.name_contains();
  filter.uscc = std::string(ids::TrimBlanks(request.uscc()));
  if (request.has_near()) {
    const ids::Point given{request.near().longitude(), request.near().latitude()};
    const bool shifted = request.near().system() == common::v1::COORDINATE_SYSTEM_GCJ02;
    filter.near = shifted ? ids::Gcj02ToWgs84(given) : given;
    filter.max_distance_m =
        request.max_distance_m() == 0 ? kDefaultDistanceMetres : request.max_distance_m();
  }
  return filter;
}

// The key of the row before the page.
absl::StatusOr<FacilityKey> KeyOf(const v1::ListFacilitiesRequest& request,
                                  const std::string& digest) {
  FacilityKey key;
  if (request.page_token().empty()) return key;
  const absl::StatusOr<std::vector<std::string>> values =
      ReadPageToken(request.page_token(), digest);
  if (!values.ok() || values->size() != 3 || !absl::SimpleAtoi((*values)[1], &key.distance_mm)) {
    return rpc::Error("PAGE_TOKEN_INVALID");
  }
  key.name = (*values)[0];
  key.id = (*values)[2];
  return key;
}

// Adds one row to the reply. The stored bytes are what the caller may see of it and go out as they are: put beside the
// reply's known fields under the number of `facilities` they are the same on the wire. Reading fifty rows into messages
// and writing them again would cost more than all the rest of the call.
//
// Why that is safe: nothing redacts these bytes on the way out, so they must be right where they lie. They were cut by
// RowMaker: public_message by CutToPublic, the first `internal_size` bytes of message by privacy::Redact; the latter go
// out only for rows in the caller's scope, and every role that has a scope is cleared for INTERNAL. A row shaped by
// other data classes or rules, or by a day gone by, is made anew before any is listed (RegistryRoll).
// Returns the length.
absl::StatusOr<size_t> AddListed(const ListedFacility& row, absl::CivilDay today, bool near,
                                 v1::ListFacilitiesResponse* reply) {
  std::string bytes = row.message();
  if (row.must_be_cut()) {
    v1::Facility facility;
    if (!facility.ParseFromString(bytes)) return absl::DataLossError("a facility does not parse");
    CutToPublic(today, &facility);
    bytes = facility.SerializeAsString();
  }
  if (near) {
    v1::Facility distance;
    distance.set_distance_m(static_cast<int>((row.distance_mm() + 500) / 1000));
    distance.AppendToString(&bytes);
  }
  const size_t length = bytes.size();
  *reply->GetReflection()->MutableUnknownFields(reply)->AddLengthDelimited(
      v1::ListFacilitiesResponse::kFacilitiesFieldNumber) = std::move(bytes);
  return length;
}

}  // namespace

void FacilityReader::Get(absl::Span<GetFacilityCall> calls) const {
  std::vector<Lookup> lookups;
  lookups.reserve(calls.size());
  for (GetFacilityCall& call : calls) {
    absl::StatusOr<Lookup> lookup = LookupOf(call);
    call.status = lookup.status();
    if (lookup.ok()) lookups.push_back(*std::move(lookup));
  }
  for (const bool public_only : {false, true}) ReadCurrentOf(pool, public_only, lookups);
  for (Lookup& lookup : lookups) {
    if (!lookup.gathered->status.ok()) continue;
    lookup.gathered->status = rpc::Door::Guard([&] { return Answer(*this, lookup); });
  }
}

absl::Status FacilityReader::List(rpc::Call& call, const v1::ListFacilitiesRequest& request,
                                  v1::ListFacilitiesResponse* reply) const {
  const absl::StatusOr<int> page_size = PageSize(request.page_size());
  if (!page_size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  RETURN_IF_ERROR(rpc::FormError(CheckList(request, deps.RulesOn(call.today))));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const FacilityKey after, KeyOf(request, digest));
  RETURN_IF_ERROR(roll.Ensure(call.today, call.deadline));
  const RegistryScope scope(call.caller);
  FacilityFilter filter = FilterOf(request);
  const bool by_external_id = request.has_external_id();
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    if (by_external_id) {
      ASSIGN_OR_RETURN(filter.id, IdOfExternalId(transaction, request.external_id()));
    }
    int rows = 0;
    size_t bytes = 0;
    bool full = false;
    FacilityKey last;
    // One row more than the page tells whether there is another page. Ids in other systems are not public.
    return QueryFacilities(
        transaction, filter, scope, /*scope_only=*/by_external_id, after, *page_size + 1,
        [&](const ListedFacility& row) -> absl::Status {
          if (full) {
            if (!reply->next_page_token().empty()) return absl::OkStatus();
            reply->set_next_page_token(
                MakePageToken({last.name, absl::StrCat(last.distance_mm), last.id}, digest));
            return absl::OkStatus();
          }
          ASSIGN_OR_RETURN(const size_t added,
                           AddListed(row, call.today, filter.near.has_value(), reply));
          bytes += added;
          full = ++rows == *page_size || bytes >= kPageBytes;
          if (full) last = row.key();
          return absl::OkStatus();
        });
  }));
  return absl::OkStatus();
}

absl::Status FacilityReader::ListVersions(rpc::Call& call,
                                          const v1::ListFacilityVersionsRequest& request,
                                          v1::ListFacilityVersionsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string id, RequireId(request.name(), "name"));
  const RegistryScope scope(call.caller, kHistoryReaders);
  if (!scope.is_officer() && !scope.Owns(id)) return rpc::Error("NOT_YOUR_FACILITY");
  std::vector<FacilityRecord> records;
  RETURN_IF_ERROR(ReadSnapshot(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(records, LoadRecords(transaction, {id}, /*lock=*/false));
    return absl::OkStatus();
  }));
  if (records.empty()) return rpc::Error("FACILITY_NOT_FOUND");
  const FacilityRecord& record = records[0];
  const std::string& division = record.current.content().division_code();
  if (!scope.Holds(id, division)) return rpc::Error("OUT_OF_SCOPE");
  for (const v1::FacilityVersion& slice : record.timeline.slices) {
    *reply->add_versions() = FacilityOfSlice(record, slice);
  }
  call.clearance = scope.ClearanceFor(id, division);
  if (!call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)) return absl::OkStatus();
  return deps.sealer.UnsealFields(reply);
}

absl::Status FacilityReader::ListRecognitions(rpc::Call& call,
                                              const v1::ListRecognitionsRequest& request,
                                              v1::ListRecognitionsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string id, RequireId(request.parent(), "parent"));
  const RegistryScope scope(call.caller);
  std::vector<FacilityRecord> records;
  RETURN_IF_ERROR(ReadSnapshot(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(records, LoadRecords(transaction, {id}, /*lock=*/false));
    return absl::OkStatus();
  }));
  absl::optional<v1::Facility> today;
  if (!records.empty()) today = FacilityOn(records[0], call.today, call.today);
  if (!today) return rpc::Error("FACILITY_NOT_FOUND");
  RETURN_IF_ERROR(Show(call, scope, id, deps, &*today));
  const bool internal = call.clearance.Has(common::v1::DATA_CLASS_INTERNAL);
  for (const v1::Recognition& recognition : records[0].recognitions) {
    if (!internal && FirstDayOf(recognition) > call.today) continue;
    *reply->add_recognitions() = recognition;
    if (!internal)
      HideLater(call.today, reply->mutable_recognitions(reply->recognitions_size() - 1));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
