#include "services/filing/filing_case.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_progress.h"

namespace tuoyu::filing {
namespace {

// Etags count the changes, from "1".
std::string EtagAfter(absl::string_view etag) {
  int64_t number = 0;
  if (!absl::SimpleAtoi(etag, &number)) number = 0;
  return absl::StrCat(number + 1);
}

absl::string_view StateName(v1::FilingState state) {
  absl::string_view name = v1::FilingState_Name(state);
  absl::ConsumePrefix(&name, "FILING_STATE_");
  return name;
}

const std::string& DivisionOf(const v1::Filing& filing) {
  const std::string& division = filing.content().division_code();
  return division.empty() ? filing.district_code() : division;
}

void Touch(const rpc::Call& call, v1::Filing* filing) {
  filing->set_etag(EtagAfter(filing->etag()));
  *filing->mutable_update_time() = ToProto(call.now);
}

absl::Status Store(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                   v1::Filing* reply) {
  const FilingRow row = RowOf(std::move(filing), deps);
  RETURN_IF_ERROR(StoreFiling(context.transaction, deps.sealer, row));
  if (reply != nullptr) Answer(context.call, deps, row.filing, reply);
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckEtag(const v1::Filing& filing, absl::string_view etag) {
  return etag.empty() || etag == filing.etag() ? absl::OkStatus() : rpc::Error("ETAG_MISMATCH");
}

absl::StatusOr<v1::Filing> OpenCase(rpc::WriteContext& context, const FilingDeps& deps,
                                    absl::string_view name, absl::string_view etag,
                                    const FilingScope& scope) {
  ASSIGN_OR_RETURN(const std::string id, RequireFilingId(name));
  ASSIGN_OR_RETURN(v1::Filing filing, LockFiling(context.transaction, deps.sealer, id, scope));
  RETURN_IF_ERROR(CheckEtag(filing, etag));
  return filing;
}

absl::StatusOr<v1::FilingState> StateAfter(const v1::Filing& filing, FilingVerb verb,
                                           const FilingDeps& deps) {
  const auto next = Next(filing, verb, deps.rules);
  if (next.ok()) return *next;
  return rpc::Error("WRONG_STATE", {{"state", std::string(StateName(filing.state()))},
                                    {"verb", std::string(VerbName(verb))},
                                    {"filing", filing.name()}});
}

FilingRow RowOf(v1::Filing filing, const FilingDeps& deps) {
  FilingRow row;
  // A term runs by the rules of the day of receipt, for which a filing that was not received needs no rules.
  row.next_due = NextDue(filing, ClockRules(filing, deps.book, kNoDueDay), deps.calendar);
  row.schedule = deps.schedule;
  if (filing.package_version() > 0 || filing.back_entered()) {
    row.division_code = filing.content().division_code();
  }
  row.open_uscc = HeldUscc(filing);
  row.open_facility = HeldFacility(filing);
  row.filing = std::move(filing);
  return row;
}

absl::StatusOr<bool> RenewDueDays(const FilingDeps& deps, absl::Time deadline, int limit) {
  static constexpr v1::FilingState kWaiting[] = {
      v1::FILING_STATE_SUBMITTED, v1::FILING_STATE_RECEIVED, v1::FILING_STATE_FILED,
      v1::FILING_STATE_NONCONFORMITY_NOTICED, v1::FILING_STATE_RECTIFYING};
  FilingScope every;
  every.divisions = "^";
  bool more = false;
  RETURN_IF_ERROR(
      db::RunTransaction(deps.pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                         IdsOfOtherSchedule(transaction, kWaiting, deps.schedule, limit));
        more = ids.size() == static_cast<size_t>(limit);
        for (const std::string& id : ids) {
          ASSIGN_OR_RETURN(v1::Filing filing, LockFiling(transaction, deps.sealer, id, every));
          RETURN_IF_ERROR(StoreFiling(transaction, deps.sealer, RowOf(std::move(filing), deps)));
        }
        return absl::OkStatus();
      }));
  return more;
}

// Of no division while it was never submitted: a draft is nobody's business but the facility's, nor an auditor's.
std::string JournalDivision(const v1::Filing& filing) {
  return filing.package_version() == 0 && !filing.back_entered() ? "" : DivisionOf(filing);
}

void JournalFiling(rpc::WriteContext& context, absl::string_view action, absl::CivilDay effective,
                   const v1::Filing& filing) {
  rpc::AddEntry(context, action, filing.name(), JournalDivision(filing), effective, filing);
}

void JournalMaterial(rpc::WriteContext& context, absl::string_view action, const v1::Filing& filing,
                     const v1::Material& material) {
  rpc::AddEntry(context, action, material.name(), JournalDivision(filing), context.call.today,
                material);
}

absl::Status CloseCase(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                       absl::string_view action, absl::CivilDay effective, v1::Filing* reply) {
  Touch(context.call, &filing);
  JournalFiling(context, action, effective, filing);
  return Store(context, deps, std::move(filing), reply);
}

absl::Status ChangeFiling(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                          v1::Filing* reply) {
  Touch(context.call, &filing);
  return Store(context, deps, std::move(filing), reply);
}

void Answer(rpc::Call& call, const FilingDeps& deps, const v1::Filing& filing, v1::Filing* reply) {
  *reply = filing;
  SetDeadlines(reply, ClockRules(filing, deps.book, call.today), deps.calendar, call.today);
  reply->set_waiting_days(WaitingDays(filing, call.today));
  ClearForOwn(&call, filing.owner(), filing.facility());
}

}  // namespace tuoyu::filing
