// What registrars push: what holds, what is history, and where it differs from the register.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registration/change_request_raising.h"
#include "services/filing/registration/change_settlement.h"
#include "services/filing/registration/registration_acts.h"
#include "services/filing/registration/registration_repository.h"
#include "services/filing/registration/registration_rules.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::Registration;

constexpr rpc::Role kPushers[] = {common::v1::ROLE_DEPARTMENT_OFFICER};

// The unit of a caller that is a registrar, once everything it pushes is its own and in its divisions.
absl::StatusOr<const v1::Unit*> RequireRegistrar(const rpc::Caller& caller,
                                                 const RegistrationDeps& deps,
                                                 const v1::PushRegistrationsRequest& request) {
  const v1::Unit* unit = deps.units.OfOrganisation(caller.organisation);
  if (unit == nullptr || unit->registrar() == v1::REGISTRAR_UNSPECIFIED) {
    return rpc::Error("NOT_A_REGISTRAR");
  }
  if (request.registrations().empty()) {
    return rpc::Error("FIELD_MISSING", {{"field", "registrations"}});
  }
  if (request.registrations_size() > kMostRegistrations) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "registrations"}, {"most", absl::StrCat(kMostRegistrations)}});
  }
  for (int i = 0; i < request.registrations_size(); ++i) {
    const Registration& registration = request.registrations(i);
    const v1::Registrar stated = registration.registrar();
    const v1::Registrar by_form = RegistrarOf(registration.legal_form());
    if ((stated != v1::REGISTRAR_UNSPECIFIED && stated != unit->registrar()) ||
        (by_form != v1::REGISTRAR_UNSPECIFIED && by_form != unit->registrar())) {
      return rpc::Error("REGISTRATION_OF_OTHER_UNIT",
                        {{"field", absl::StrCat("registrations[", i, "]")}});
    }
  }
  return unit;
}

// The push of one registrar.
class Push {
 public:
  Push(rpc::WriteContext& context, const RegistrationDeps& deps, const v1::Unit& unit)
      : context_(context), deps_(deps), unit_(unit) {}

  // Loads what is known of the records, locked.
  absl::Status Open(const v1::PushRegistrationsRequest& request) {
    const RegistryScope scope(context_.call.caller, kPushers);
    std::vector<std::pair<std::string, std::string>> sources;
    for (int i = 0; i < request.registrations_size(); ++i) {
      Item& item = items_.emplace_back();
      item.fact = FactOf(request.registrations(i));
      if (!scope.Covers(item.fact.division_code())) {
        return rpc::Error("OUT_OF_SCOPE",
                          {{"field", absl::StrCat("registrations[", i, "].division_code")}});
      }
      sources.emplace_back(item.fact.source_system(), item.fact.source_id());
    }
    ASSIGN_OR_RETURN(std::vector<RegistrationRow> rows,
                     LockRegistrationsOf(context_.transaction, sources));
    absl::flat_hash_map<std::pair<std::string, std::string>, RegistrationRow*> known;
    for (RegistrationRow& row : rows) {
      RETURN_IF_ERROR(deps_.registry.sealer.UnsealFields(&row.message));
      known[{row.message.source_system(), row.message.source_id()}] = &row;
    }
    for (size_t i = 0; i < items_.size(); ++i) {
      const auto found = known.find(sources[i]);
      if (found == known.end()) continue;
      if (found->second->message.unit() != unit_.code()) {
        return rpc::Error("REGISTRATION_OF_OTHER_UNIT",
                          {{"field", absl::StrCat("registrations[", i, "]")}});
      }
      items_[i].row = std::move(*found->second);
      items_[i].known = true;
    }
    return absl::OkStatus();
  }

  absl::Status Enter() {
    ASSIGN_OR_RETURN(const absl::flat_hash_set<std::string> facts, KnownFacts());
    for (Item& item : items_) {
      item.outcome = Judge(item, facts);
      item.old_uscc = item.row.message.uscc();
      if (item.Holds()) TakeUp(&item);
    }
    return Store();
  }

  // Compares what holds now with the facilities under the USCCs.
  absl::Status Compare() {
    std::vector<std::string> usccs;
    for (const Item& item : items_) {
      if (!item.Holds()) continue;
      usccs.push_back(item.fact.uscc());
      if (!item.old_uscc.empty() && item.old_uscc != item.fact.uscc()) {
        usccs.push_back(item.old_uscc);
      }
    }
    if (usccs.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                     IdsOfOpenUsccs(context_.transaction, usccs));
    ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                     LoadRecords(context_.transaction, ids, /*lock=*/true));
    absl::flat_hash_map<std::string, const FacilityRecord*> by_uscc;
    for (const FacilityRecord& record : records) {
      const v1::FacilityVersion* slice = SliceOn(record.timeline, context_.call.today);
      if (slice != nullptr) by_uscc[slice->content().uscc()] = &record;
    }
    for (Item& item : items_) {
      if (!item.Holds()) continue;
      auto found = by_uscc.find(item.fact.uscc());
      if (found == by_uscc.end()) found = by_uscc.find(item.old_uscc);
      if (found != by_uscc.end()) RETURN_IF_ERROR(Raise(*found->second, &item));
    }
    return absl::OkStatus();
  }

  void Answer(v1::PushRegistrationsResponse* reply) const {
    for (const Item& item : items_) {
      v1::PushResult* result = reply->add_results();
      result->set_name(item.row.message.name());
      result->set_outcome(item.outcome);
      result->set_change_request(item.change_request);
    }
  }

 private:
  struct Item {
    Registration fact;    // as pushed, in normal form
    RegistrationRow row;  // what holds
    bool known = false;
    bool confirms = false;  // the same fact as holds, with a later moment
    std::string old_uscc;
    v1::PushOutcome outcome = v1::PUSH_OUTCOME_UNSPECIFIED;
    std::string change_request;

    // Whether the push is now the newest word.
    bool Holds() const {
      return outcome == v1::PUSH_OUTCOME_NEW || outcome == v1::PUSH_OUTCOME_UPDATED || confirms;
    }
  };

  std::string IndexOf(const Registration& fact) const {
    return deps_.registry.sealer.BlindIndex("registration_fact", fact.SerializeAsString());
  }

  absl::StatusOr<absl::flat_hash_set<std::string>> KnownFacts() const {
    std::vector<std::pair<std::string, std::string>> keys;
    for (const Item& item : items_) {
      if (item.known) keys.emplace_back(item.row.id, IndexOf(item.fact));
    }
    if (keys.empty()) return absl::flat_hash_set<std::string>();
    return ReadKnownFacts(context_.transaction, keys);
  }

  v1::PushOutcome Judge(Item& item, const absl::flat_hash_set<std::string>& facts) const {
    if (!item.known) return v1::PUSH_OUTCOME_NEW;
    const auto pushed = FromProto(item.fact.as_of());
    const auto holding = FromProto(item.row.message.as_of());
    if (SameFact(item.fact, item.row.message)) {
      item.confirms = pushed.ok() && holding.ok() && *pushed > *holding;
      return v1::PUSH_OUTCOME_UNCHANGED;
    }
    if (facts.contains(absl::StrCat(item.row.id, IndexOf(item.fact)))) {
      return v1::PUSH_OUTCOME_UNCHANGED;
    }
    const bool older = pushed.ok() && holding.ok() && *pushed < *holding;
    return older ? v1::PUSH_OUTCOME_HISTORY : v1::PUSH_OUTCOME_UPDATED;
  }

  // Puts the fact in the place of what held.
  void TakeUp(Item* item) const {
    const Registration before = item->row.message;
    Registration& message = item->row.message;
    message = item->fact;
    if (!item->known) item->row.id = NewUuidV7(context_.call.now);
    message.set_name(RegistrationName(item->row.id));
    message.set_unit(unit_.code());
    *message.mutable_pushed_on() = item->known ? before.pushed_on() : ToProto(context_.call.today);
    message.set_childcare_in_scope(
        StatesChildcare(message.business_scope(), deps_.registry.book.On(context_.call.today)));
    int64_t revision = 0;
    (void)absl::SimpleAtoi(before.etag(), &revision);  // empty for a new one
    message.set_etag(absl::StrCat(revision + 1));
    *message.mutable_record_time() = ToProto(context_.call.now);
    if (item->outcome == v1::PUSH_OUTCOME_UPDATED) item->row.off_list_until = kOnList;
  }

  absl::Status Store() {
    std::vector<const RegistrationRow*> fresh;
    std::vector<RegistrationFact> facts;
    for (Item& item : items_) {
      if (item.outcome == v1::PUSH_OUTCOME_UNCHANGED && !item.confirms) continue;
      if (item.outcome != v1::PUSH_OUTCOME_UNCHANGED) {
        facts.push_back({item.row.id, NewUuidV7(context_.call.now), IndexOf(item.fact), item.fact});
        deps_.registry.sealer.SealFields(&facts.back().message);
      }
      deps_.registry.sealer.SealFields(&item.row.message);
      if (!item.known) {
        fresh.push_back(&item.row);
      } else if (item.Holds()) {
        RETURN_IF_ERROR(UpdateRegistration(context_.transaction, item.row));
      }
      Journal(item);
    }
    if (!fresh.empty()) {
      const absl::Status inserted = InsertRegistrations(context_.transaction, fresh);
      if (absl::IsAlreadyExists(inserted)) return rpc::Error("CONFLICT");
      RETURN_IF_ERROR(inserted);
    }
    if (facts.empty()) return absl::OkStatus();
    const absl::Status inserted = InsertRegistrationFacts(context_.transaction, facts);
    return absl::IsAlreadyExists(inserted) ? rpc::Error("CONFLICT") : inserted;
  }

  void Journal(const Item& item) {
    const bool history = item.outcome == v1::PUSH_OUTCOME_HISTORY;
    v1::RegistrationChange change;
    *change.mutable_registration() = history ? item.fact : item.row.message;
    if (history) change.mutable_registration()->set_name(item.row.message.name());
    const absl::string_view action = history         ? "registration.history"
                                     : item.confirms ? "registration.confirmed"
                                     : item.known    ? "registration.updated"
                                                     : "registration.pushed";
    rpc::AddEntry(context_, action, item.row.message.name(), item.fact.division_code(),
                  context_.call.today, change);
  }

  absl::Status Raise(const FacilityRecord& record, Item* item) {
    const Statement statement{record, unit_.code(), item->row.message.name(), ""};
    const Claimant claimant{deps_.ownership, deps_.units, unit_.code()};
    const v1::FacilityVersion* slice = LastSlice(record.timeline);
    v1::ChangeRequest raised;
    // What another registrar ended, or says of its own record, is no end of this facility's registration.
    if (slice != nullptr && claimant.SpeaksAsRegistrarOf(slice->content()) == unit_.code()) {
      ASSIGN_OR_RETURN(raised, RaiseEnding(context_, statement, item->fact));
      item->change_request = raised.name();
    }
    if (item->fact.state() != v1::REGISTRATION_STATE_STANDING) return absl::OkStatus();
    ASSIGN_OR_RETURN(raised, RaiseFields(context_, deps_, statement, ClaimsOf(item->fact)));
    item->change_request = raised.name();
    return absl::OkStatus();
  }

  rpc::WriteContext& context_;
  const RegistrationDeps& deps_;
  const v1::Unit& unit_;
  std::vector<Item> items_;
};

}  // namespace

absl::Status PushRegistrations(rpc::WriteContext& context, const RegistrationDeps& deps,
                               const v1::PushRegistrationsRequest& request,
                               v1::PushRegistrationsResponse* reply) {
  ASSIGN_OR_RETURN(const v1::Unit* unit, RequireRegistrar(context.call.caller, deps, request));
  const auto violations =
      CheckRegistrations(request, context.call.now, deps.registry.RulesOn(context.call.today));
  RETURN_IF_ERROR(rpc::FormError(violations));
  Push push(context, deps, *unit);
  RETURN_IF_ERROR(push.Open(request));
  RETURN_IF_ERROR(push.Enter());
  RETURN_IF_ERROR(push.Compare());
  push.Answer(reply);
  for (const auto& violation : violations) *reply->add_violations() = violation;
  return absl::OkStatus();
}

absl::Status CheckPush(const rpc::Call& call, const RegistrationDeps& deps,
                       const v1::PushRegistrationsRequest& request,
                       v1::PushRegistrationsResponse* reply) {
  RETURN_IF_ERROR(RequireRegistrar(call.caller, deps, request).status());
  for (const auto& violation :
       CheckRegistrations(request, call.now, deps.registry.RulesOn(call.today))) {
    *reply->add_violations() = violation;
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
