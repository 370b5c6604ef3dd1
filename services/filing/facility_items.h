#ifndef TUOYU_SERVICES_FILING_FACILITY_ITEMS_H_
#define TUOYU_SERVICES_FILING_FACILITY_ITEMS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/write.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry.h"
#include "services/filing/registry_scope.h"

// What a facility has a few of, each a message of its own with a name, an etag and a record_time: labels, assessments,
// applications, price lists. `Kind` says which:
//   using Message = v1::Demonstration;
//   using Change = v1::DemonstrationChange;                        // payload of the journal
//   static Message* In(Change* change);                            // the item in it
//   static constexpr absl::string_view kCollection = "/demonstrations/";
//   static constexpr char kSelect[];                               // messages of a facility (1 parameter), in order of id
//   static constexpr char kStore[];                                // facility, id, message, then what Columns gives
//   static std::vector<db::Param> Columns(const Message& item);    // further columns
//   static constexpr char kNotFound[];                             // reason
namespace tuoyu::filing {

// The items of a facility, oldest first. DATA_LOSS when one does not parse.
template <typename Kind>
absl::StatusOr<std::vector<typename Kind::Message>> ReadItems(db::Transaction& transaction,
                                                              absl::string_view facility_id) {
  std::vector<typename Kind::Message> items;
  RETURN_IF_ERROR(
      transaction.Query(Kind::kSelect, {facility_id}, [&](const db::Row& row) -> absl::Status {
        if (items.emplace_back().ParseFromString(row.String(0))) return absl::OkStatus();
        return absl::DataLossError(
            absl::StrCat("a stored ", Kind::Message::descriptor()->name(), " does not parse"));
      }));
  return items;
}

// The facility part of the name of an item; empty for a name of another form.
inline std::string FacilityOfItem(const std::string& name, absl::string_view collection) {
  const size_t at = absl::string_view(name).find(collection);
  return at == std::string::npos ? "" : name.substr(0, at);
}

// Loads a facility for a reader of what belongs to it: its record, with the reply's clearance raised to what the caller may
// see. NOT_FOUND FACILITY_NOT_FOUND also for who may see only the public register, when it is not on it.
absl::StatusOr<FacilityRecord> AdmitReader(db::Transaction& transaction, const RegistryScope& scope,
                                           const std::string& facility_id, rpc::Call* call);

// Why a day on which the facility is not on the register is none for an item: DAY_BEFORE_FILING, DAY_AFTER_END.
absl::Status NotOnRegister(const Timeline& timeline, absl::CivilDay day);

// The write of one caller on the items of one facility.
template <typename Kind>
class ItemWrite {
 public:
  using Message = typename Kind::Message;

  // `officers` act for the authority. The references must outlive this.
  ItemWrite(rpc::WriteContext& context, const RegistryDeps& deps,
            absl::Span<const rpc::Role> officers)
      : context_(context), deps_(deps), scope_(context.call.caller, officers) {}

  RuleContext rules() const { return deps_.RulesOn(context_.call.today); }
  const std::vector<Message>& items() const { return items_; }
  const FacilityRecord& record() const { return record_; }
  const std::string& division() const { return record_.current.content().division_code(); }
  std::string facility() const { return FacilityName(record_.id); }
  // Whether the caller is the facility itself; whether it acts as the authority for it.
  bool IsOwn() const { return scope_.Owns(record_.id); }
  bool AsOfficer() const { return scope_.Covers(division()); }

  // Locks the facility and loads its items: for an officer of its division, and where `own_too` for the facility itself.
  absl::Status Open(const std::string& facility, absl::string_view field, bool own_too = false) {
    const std::string id = FacilityId(facility);
    if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", std::string(field)}});
    const bool own = own_too && scope_.Owns(id);
    if (!scope_.is_officer() && !own) return rpc::Error("NOT_YOUR_FACILITY");
    ASSIGN_OR_RETURN(std::vector<FacilityRecord> records,
                     LoadRecords(context_.transaction, {id}, /*lock=*/true));
    if (records.empty()) return rpc::Error("FACILITY_NOT_FOUND");
    record_ = std::move(records[0]);
    if (!own && !scope_.Covers(division())) return rpc::Error("OUT_OF_SCOPE");
    context_.call.clearance = scope_.ClearanceFor(id, division());
    ASSIGN_OR_RETURN(items_, ReadItems<Kind>(context_.transaction, id));
    return absl::OkStatus();
  }

  // The item of this name, of the facility it names. An empty `etag` accepts any.
  absl::StatusOr<Message> OpenItem(const std::string& name, const std::string& etag,
                                   bool own_too = false) {
    RETURN_IF_ERROR(Open(FacilityOfItem(name, Kind::kCollection), "name", own_too));
    for (const Message& item : items_) {
      if (item.name() != name) continue;
      if (!etag.empty() && etag != item.etag()) return rpc::Error("ETAG_MISMATCH");
      return item;
    }
    return rpc::Error(Kind::kNotFound);
  }

  std::string NewName() const {
    return absl::StrCat(facility(), Kind::kCollection, NewUuidV7(context_.call.now));
  }

  // Stores the item, journals the act and answers with it.
  absl::Status Finish(absl::string_view action, absl::CivilDay effective, Message&& item,
                      Message* reply) {
    int64_t revision = 0;
    if (!item.etag().empty() && !absl::SimpleAtoi(item.etag(), &revision)) {
      return absl::DataLossError("a stored item has no revision");
    }
    item.set_etag(absl::StrCat(revision + 1));
    *item.mutable_record_time() = ToProto(context_.call.now);
    const std::string message = item.SerializeAsString();
    const std::string id = item.name().substr(item.name().rfind('/') + 1);
    std::vector<db::Param> params = {record_.id, id, db::Blob{message}};
    for (db::Param& column : Kind::Columns(item)) params.push_back(std::move(column));
    RETURN_IF_ERROR(context_.transaction.Execute(Kind::kStore, params));
    typename Kind::Change change;
    change.set_facility(facility());
    *Kind::In(&change) = item;
    rpc::AddEntry(context_, action, item.name(), division(), effective, change);
    *reply = std::move(item);
    return absl::OkStatus();
  }

 private:
  rpc::WriteContext& context_;
  const RegistryDeps& deps_;
  const RegistryScope scope_;
  FacilityRecord record_;
  std::vector<Message> items_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_ITEMS_H_
