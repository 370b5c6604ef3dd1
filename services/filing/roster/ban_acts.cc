#include "services/filing/roster/ban_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/roster/ban_repository.h"
#include "services/filing/roster/roster_rules.h"
#include "services/filing/roster/staff_report.h"
#include "services/filing/roster/staff_roster.h"

namespace tuoyu::filing {
namespace {

// Adds the posts the banned persons hold now or later, by person.
absl::Status AddPosts(db::Transaction& transaction, absl::CivilDay today,
                      const std::vector<std::string>& persons,
                      const std::vector<v1::StaffBan*>& bans) {
  if (persons.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<RosterRow> rows,
                   StaffRoster::Table().ReadOfPersons(transaction, persons));
  for (size_t i = 0; i < persons.size(); ++i) {
    bans[i]->clear_on_post();
    bans[i]->clear_unconfirmed();
    if (bans[i]->has_lifted_on()) continue;
    for (const RosterRow& row : rows) {
      if (row.person_index != persons[i] || row.valid_to <= today) continue;
      ASSIGN_OR_RETURN(const auto member, ParseStored<v1::StaffMember>(row));
      bans[i]->add_on_post(StaffName(row.key));
      if (!member.has_barred_on()) bans[i]->add_unconfirmed(StaffName(row.key));
    }
  }
  return absl::OkStatus();
}

// Runs `change` on the person's entries, wherever they are, and stores and journals each for which it is true.
absl::Status ChangeEntries(rpc::WriteContext& context, const RegistryDeps& deps,
                           const std::string& person, absl::string_view action,
                           absl::FunctionRef<bool(StaffSession::Entry&)> change) {
  const rpc::Call& call = context.call;
  StaffSession session(context.transaction, deps, call.now, call.today, /*lock=*/true);
  RETURN_IF_ERROR(session.LoadPersons({person}));
  ASSIGN_OR_RETURN(const std::vector<StaffSession::Entry*> entries, session.OpenAll(person));
  std::vector<std::string> facilities;
  for (StaffSession::Entry* entry : entries) {
    if (!change(*entry)) continue;
    entry->changed = true;
    facilities.push_back(entry->row.key.facility);
  }
  RETURN_IF_ERROR(session.Store());
  ASSIGN_OR_RETURN(const auto divisions, ReadDivisions(context.transaction, facilities));
  for (const StaffSession::Entry* entry : entries) {
    if (!entry->changed) continue;
    JournalStaff(context, deps, action, divisions.at(entry->row.key.facility), call.today,
                 entry->message);
  }
  return absl::OkStatus();
}

// Marks an entry whose posts go on as barred from the day; false when there is nothing to mark.
bool Mark(absl::CivilDay day, StaffSession::Entry& entry) {
  if (entry.row.valid_to <= day || entry.message.has_barred_on()) return false;
  *entry.message.mutable_barred_on() = ToProto(day);
  return true;
}

bool Unmark(StaffSession::Entry& entry) {
  if (!entry.message.has_barred_on()) return false;
  entry.message.clear_barred_on();
  return true;
}

// The ban, which must stand.
absl::StatusOr<BanRow> LockStanding(db::Transaction& transaction, const std::string& name) {
  const std::string id = BanId(name);
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(absl::optional<BanRow> row, LockBan(transaction, id));
  if (!row) return rpc::Error("BAN_NOT_FOUND");
  if (row->ban.has_lifted_on()) return rpc::Error("WRONG_STATE", {{"state", "LIFTED"}});
  return *std::move(row);
}

// For the reply: with the posts, open.
absl::Status Answer(rpc::WriteContext& context, const BanRow& row, v1::StaffBan* reply) {
  *reply = row.ban;
  RETURN_IF_ERROR(AddPosts(context.transaction, context.call.today, {row.person_index}, {reply}));
  return context.sealer.UnsealFields(reply);
}

// Stored and journaled as it is, then opened for the reply. The list is of the whole district: no division.
absl::Status Finish(rpc::WriteContext& context, absl::string_view action, const BanRow& row,
                    absl::CivilDay effective, v1::StaffBan* reply) {
  rpc::AddEntry(context, action, row.ban.name(), "", effective, row.ban);
  return Answer(context, row, reply);
}

}  // namespace

absl::Status Ban(rpc::WriteContext& context, const RegistryDeps& deps,
                 const v1::BanPersonRequest& request, v1::StaffBan* reply) {
  const rpc::Call& call = context.call;
  RETURN_IF_ERROR(rpc::FormError(CheckBan(request.ban(), deps.RulesOn(call.today))));
  v1::StaffEntry person;
  person.set_person_name(request.ban().person_name());
  person.set_id_number(request.ban().id_number());
  Normalise(call.today, &person);
  BanRow row;
  row.id = NewUuidV7(call.now);
  row.person_index = PersonIndex(deps.sealer, person.id_number());
  row.ban.set_name(BanName(row.id));
  row.ban.set_person_name(person.person_name());
  row.ban.set_id_number(person.id_number());
  row.ban.set_ground(request.ban().ground());
  row.ban.set_document_number(request.ban().document_number());
  *row.ban.mutable_decided_on() = request.ban().decided_on();
  *row.ban.mutable_record_time() = ToProto(call.now);
  deps.sealer.SealFields(&row.ban);
  RETURN_IF_ERROR(LockPersons(context.transaction, {row.person_index}));
  const absl::Status inserted = InsertBan(context.transaction, row);
  if (absl::IsAlreadyExists(inserted)) return rpc::Error("ALREADY_BANNED");
  RETURN_IF_ERROR(inserted);
  ASSIGN_OR_RETURN(const absl::CivilDay decided_on, FromProto(request.ban().decided_on()));
  // The number or the name may be another's: nobody is taken off duty by a slip, and no slip keeps the ban off the list.
  RETURN_IF_ERROR(ChangeEntries(
      context, deps, row.person_index, "staff.barred", [&](StaffSession::Entry& entry) {
        return entry.message.person_name() == person.person_name() && Mark(call.today, entry);
      }));
  return Finish(context, "staff.banned", row, decided_on, reply);
}

absl::Status ConfirmBarred(rpc::WriteContext& context, const RegistryDeps& deps,
                           const v1::ConfirmBarredRequest& request, v1::StaffBan* reply) {
  const RosterKey key = ParseStaffName(request.staff());
  if (key.facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "staff"}});
  ASSIGN_OR_RETURN(const BanRow row, LockStanding(context.transaction, request.name()));
  bool found = false;
  RETURN_IF_ERROR(ChangeEntries(context, deps, row.person_index, "staff.barred",
                                [&](StaffSession::Entry& entry) {
                                  if (!(entry.row.key == key)) return false;
                                  found = true;
                                  return Mark(context.call.today, entry);
                                }));
  if (!found) return rpc::Error("STAFF_NOT_FOUND");
  return Answer(context, row, reply);
}

absl::Status Lift(rpc::WriteContext& context, const RegistryDeps& deps,
                  const v1::LiftBanRequest& request, v1::StaffBan* reply) {
  const rpc::Call& call = context.call;
  RETURN_IF_ERROR(rpc::FormError(CheckStaffReason(request.reason(), deps.RulesOn(call.today))));
  ASSIGN_OR_RETURN(BanRow row, LockStanding(context.transaction, request.name()));
  *row.ban.mutable_lifted_on() = ToProto(call.today);
  row.ban.set_lift_reason(request.reason());
  RETURN_IF_ERROR(StoreLifted(context.transaction, row));
  RETURN_IF_ERROR(ChangeEntries(context, deps, row.person_index, "staff.unbarred", Unmark));
  return Finish(context, "staff.ban_lifted", row, call.today, reply);
}

absl::Status ListBans(rpc::Call& call, db::Pool& pool, const RegistryDeps& deps,
                      const v1::ListBansRequest& request, v1::ListBansResponse* reply) {
  const absl::StatusOr<int> page_size = PageSize(request.page_size());
  if (!page_size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  const std::string digest = FilterDigest(request);
  std::string before;
  if (!request.page_token().empty()) {
    const auto key = ReadPageToken(request.page_token(), digest);
    if (!key.ok() || key->size() != 1) return rpc::Error("PAGE_TOKEN_INVALID");
    before = key->front();
  }
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<BanRow> rows, ReadBans(transaction, before, *page_size + 1));
    const bool more = rows.size() > static_cast<size_t>(*page_size);
    if (more) rows.pop_back();
    std::vector<std::string> persons;
    std::vector<v1::StaffBan*> bans;
    for (BanRow& row : rows) {
      persons.push_back(row.person_index);
      bans.push_back(reply->add_bans());
      *bans.back() = std::move(row.ban);
    }
    if (more) reply->set_next_page_token(MakePageToken({rows.back().id}, digest));
    return AddPosts(transaction, call.today, persons, bans);
  }));
  return deps.sealer.UnsealFields(reply);
}

}  // namespace tuoyu::filing
