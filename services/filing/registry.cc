#include "services/filing/registry.h"

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/change_rules.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_session.h"

namespace tuoyu::filing {
namespace {

// What the slices of a filing carry; `content` outlives the facts.
FiledFacts FactsOf(const v1::Filing& filing, const v1::FilingContent& content,
                   absl::CivilDay today) {
  const absl::StatusOr<absl::CivilDay> filed_on = FromProto(filing.filed_on());
  return {content, filing.name(), filing.receipt_number(), filed_on.ok() ? *filed_on : today,
          /*back_entered=*/false};
}

// A session on one facility.
absl::StatusOr<RegistrySession::Entry*> OpenByName(RegistrySession& session,
                                                   absl::string_view facility) {
  const std::string id = FacilityId(facility);
  if (id.empty()) return rpc::Error("FACILITY_NOT_FOUND");
  return session.Open(id);
}

// Changes what of a facility has no history.
absl::Status ChangeCurrent(rpc::WriteContext& context, const RegistryDeps& deps,
                           absl::string_view facility,
                           absl::FunctionRef<void(v1::Facility*)> change) {
  RegistrySession session(context.transaction, deps, context.call.now, context.call.today);
  ASSIGN_OR_RETURN(RegistrySession::Entry * entry, OpenByName(session, facility));
  change(&entry->record.current);
  session.Touch(entry);
  return session.Store();
}

using ExternalIds = google::protobuf::RepeatedPtrField<common::v1::ExternalId>;

// Puts `id` in the place of the one of its system.
void SetId(const common::v1::ExternalId& id, ExternalIds* ids) {
  for (common::v1::ExternalId& each : *ids) {
    if (each.source_system() != id.source_system()) continue;
    each = id;
    return;
  }
  *ids->Add() = id;
}

// The ids of `ids` that are not among `known`.
ExternalIds NewIds(const ExternalIds& ids, const ExternalIds& known) {
  ExternalIds fresh;
  for (const common::v1::ExternalId& id : ids) {
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const auto& each) {
      return each.source_system() == id.source_system() && each.source_id() == id.source_id();
    });
    if (!is_known) *fresh.Add() = id;
  }
  return fresh;
}

// The last slice that rests on a filing; null when there is none.
const v1::FacilityVersion* LastSliceOf(const Timeline& timeline, const std::string& filing) {
  const auto found =
      std::find_if(timeline.slices.rbegin(), timeline.slices.rend(),
                   [&](const v1::FacilityVersion& slice) { return slice.filing() == filing; });
  return found == timeline.slices.rend() ? nullptr : &*found;
}

// Whether two notices are the same one, whatever was reported on it since.
bool SameNotice(const v1::NonconformityNotice& left, const v1::NonconformityNotice& right) {
  const auto grounds = [](const v1::NonconformityNotice& notice) {
    v1::NonconformityNotice kept;
    *kept.mutable_noticed_on() = notice.noticed_on();
    *kept.mutable_items() = notice.items();
    return kept.SerializeAsString();
  };
  return grounds(left) == grounds(right);
}

// Whether what was mended of a filing can be put into what others have made of the register from `from` on.
absl::Status CheckMerges(const Timeline& timeline, const v1::FilingContent& filed,
                         const v1::FilingContent& mended,
                         const std::vector<v1::ContentDifference>& differences, absl::CivilDay from,
                         const RegistryDeps& deps, CheckOfMerged check) {
  for (size_t i = 0; i < timeline.slices.size(); ++i) {
    const bool over = i + 1 < timeline.slices.size() && FirstDayOf(timeline.slices[i + 1]) <= from;
    if (over || IsFinal(timeline.slices[i].state())) continue;
    v1::FilingContent content = timeline.slices[i].content();
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&content));
    *content.mutable_external_ids() = filed.external_ids();
    if (Differences(filed, content).empty())
      continue;  // nobody else's: checked when it was reported
    const std::vector<std::string> contested = Contested(filed, mended, content);
    if (!contested.empty()) {
      return rpc::Error("REGISTER_CHANGED_SINCE", {{"field", absl::StrJoin(contested, ", ")},
                                                   {"filing", timeline.slices[i].filing()}});
    }
    ApplyDifferences(differences, mended, &content);
    RETURN_IF_ERROR(check(content, differences));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Facility> RegisterFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                                              const v1::Filing& filing, absl::CivilDay effective) {
  if (effective > context.call.today) {
    return rpc::Error("IMPOSSIBLE_DATE", {{"field", "effective_date"}});
  }
  RegistrySession session(context.transaction, deps, context.call.now, context.call.today);
  RegistrySession::Entry& entry = session.Add();
  const v1::FilingContent content = Sealed(filing.content(), deps.sealer);
  const FiledFacts facts = FactsOf(filing, content, context.call.today);
  RETURN_IF_ERROR(EnterAct(context, {"facility.registered", effective},
                           Begin(entry.record.timeline, facts, effective), session, &entry));
  EnterExternalIds(content, session, &entry);
  RETURN_IF_ERROR(session.Store());
  return session.Opened(entry);
}

absl::StatusOr<v1::Facility> ChangeFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                                            absl::string_view facility, const v1::Filing& filing,
                                            absl::CivilDay effective) {
  RegistrySession session(context.transaction, deps, context.call.now, context.call.today);
  ASSIGN_OR_RETURN(RegistrySession::Entry * entry, OpenByName(session, facility));
  const v1::FilingContent content = Sealed(filing.content(), deps.sealer);
  const FiledFacts facts = FactsOf(filing, content, context.call.today);
  RETURN_IF_ERROR(EnterAct(context, {"facility.changed", effective},
                           Change(entry->record.timeline, facts, effective, context.call.today),
                           session, entry));
  EnterExternalIds(content, session, entry);
  entry->record.current.clear_change_pending();
  RETURN_IF_ERROR(session.Store());
  return session.Opened(*entry);
}

absl::StatusOr<v1::FilingContent> ContentOfChange(rpc::WriteContext& context,
                                                  const RegistryDeps& deps,
                                                  const v1::Filing& filing,
                                                  absl::CivilDay effective) {
  RegistrySession session(context.transaction, deps, context.call.now, context.call.today);
  ASSIGN_OR_RETURN(const RegistrySession::Entry* entry, OpenByName(session, filing.facility()));
  const FacilityRecord& record = entry->record;
  const v1::FacilityVersion* slice = SliceOn(record.timeline, effective);
  if (slice == nullptr) {
    return rpc::Error("BEFORE_VERSION_IN_FORCE",
                      {{"first_day", FormatDay(FirstDayOf(record.timeline.slices.front()))}});
  }
  v1::FilingContent content = slice->content();
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&content));
  const auto& differences = filing.differences();
  ApplyDifferences({differences.begin(), differences.end()}, filing.content(), &content);
  *content.mutable_external_ids() = record.current.content().external_ids();
  for (int i = 0; i < filing.content().external_ids_size(); ++i) {
    const std::string path = absl::StrCat("content.external_ids[", i, "]");
    const bool stated_anew = std::any_of(
        differences.begin(), differences.end(),
        [&](const auto& difference) { return absl::StartsWith(difference.field(), path); });
    if (stated_anew) SetId(filing.content().external_ids(i), content.mutable_external_ids());
  }
  return content;
}

absl::Status MendFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                          const v1::Filing& filing, CheckOfMerged check) {
  if (!filing.has_rectified_from()) return absl::OkStatus();
  const absl::CivilDay today = context.call.today;
  const v1::FilingContent& filed = filing.rectified_from();
  v1::FilingContent mended = filing.content();
  v1::FilingContent ids;
  *ids.mutable_external_ids() = NewIds(mended.external_ids(), filed.external_ids());
  *mended.mutable_external_ids() = filed.external_ids();
  const std::vector<v1::ContentDifference> differences = Differences(filed, mended);
  if (differences.empty() && ids.external_ids().empty()) return absl::OkStatus();
  RegistrySession session(context.transaction, deps, context.call.now, today);
  ASSIGN_OR_RETURN(RegistrySession::Entry * entry, OpenByName(session, filing.facility()));
  const Timeline& timeline = entry->record.timeline;
  const v1::FacilityVersion* own = LastSliceOf(timeline, filing.name());
  const absl::CivilDay from = own == nullptr ? today : std::max(today, FirstDayOf(*own));
  if (IsFinal(SliceOn(timeline, from)->state())) return absl::OkStatus();
  RETURN_IF_ERROR(CheckMerges(timeline, filed, mended, differences, from, deps, check));
  const v1::FilingContent sealed = Sealed(mended, deps.sealer);
  const auto amend = [&](v1::FilingContent* content) {
    ApplyDifferences(differences, sealed, content);
  };
  RETURN_IF_ERROR(EnterAct(context, {"facility.changed", from}, Amend(timeline, amend, from, today),
                           session, entry));
  EnterExternalIds(ids, session, entry);
  return session.Store();
}

absl::StatusOr<v1::Facility> CancelFacility(rpc::WriteContext& context, const RegistryDeps& deps,
                                            absl::string_view facility, const v1::Filing& filing,
                                            absl::CivilDay first_day_not_active) {
  RegistrySession session(context.transaction, deps, context.call.now, context.call.today);
  ASSIGN_OR_RETURN(RegistrySession::Entry * entry, OpenByName(session, facility));
  const FiledFacts facts = FactsOf(filing, filing.content(), context.call.today);
  RETURN_IF_ERROR(
      EnterAct(context, {"facility.cancelled", first_day_not_active},
               Cancel(entry->record.timeline, facts, first_day_not_active, context.call.today),
               session, entry));
  entry->record.current.clear_change_pending();
  RETURN_IF_ERROR(session.Store());
  return session.Opened(*entry);
}

absl::Status SetChangePending(rpc::WriteContext& context, const RegistryDeps& deps,
                              absl::string_view facility, bool pending) {
  return ChangeCurrent(context, deps, facility,
                       [&](v1::Facility* current) { current->set_change_pending(pending); });
}

absl::Status PublishNotice(rpc::WriteContext& context, const RegistryDeps& deps,
                           absl::string_view facility, const v1::NonconformityNotice& notice) {
  return ChangeCurrent(context, deps, facility,
                       [&](v1::Facility* current) { *current->add_notices() = notice; });
}

absl::Status CloseNotice(rpc::WriteContext& context, const RegistryDeps& deps,
                         absl::string_view facility, const v1::NonconformityNotice& notice) {
  return ChangeCurrent(context, deps, facility, [&](v1::Facility* current) {
    auto* notices = current->mutable_notices();
    notices->erase(std::remove_if(notices->begin(), notices->end(),
                                  [&](const auto& each) { return SameNotice(each, notice); }),
                   notices->end());
  });
}

absl::StatusOr<v1::Facility> LoadFacility(db::Transaction& transaction, const RegistryDeps& deps,
                                          absl::string_view facility, absl::CivilDay today,
                                          absl::optional<absl::CivilDay> as_of,
                                          absl::optional<absl::Time> known_at) {
  const std::string id = FacilityId(facility);
  if (id.empty()) return rpc::Error("FACILITY_NOT_FOUND");
  v1::Facility found;
  if (as_of.value_or(today) == today && !known_at) {
    ASSIGN_OR_RETURN(const Found how,
                     ReadCurrent(transaction, id, /*public_only=*/false, today, &found));
    if (how == Found::kNothing) return rpc::Error("FACILITY_NOT_FOUND");
    if (how == Found::kCurrent) {
      RETURN_IF_ERROR(deps.sealer.UnsealFields(&found));
      return found;
    }
  }
  ASSIGN_OR_RETURN(absl::optional<v1::Facility> past,
                   ReadHistory(transaction, id, as_of.value_or(today), today, known_at));
  if (!past) return rpc::Error("FACILITY_NOT_FOUND");
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*past));
  return *std::move(past);
}

absl::StatusOr<bool> UsccFiled(db::Transaction& transaction, absl::string_view uscc,
                               absl::CivilDay today) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   IdsOfOpenUsccs(transaction, {std::string(uscc)}));
  if (ids.empty()) return false;
  v1::Facility facility;
  ASSIGN_OR_RETURN(const Found how,
                   ReadCurrent(transaction, ids[0], /*public_only=*/true, today, &facility));
  if (how != Found::kDue) return how == Found::kCurrent;
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(transaction, ids, /*lock=*/false));
  const v1::FacilityVersion* slice =
      records.empty() ? nullptr : SliceOn(records[0].timeline, today);
  return slice != nullptr && !IsFinal(slice->state());
}

}  // namespace tuoyu::filing
