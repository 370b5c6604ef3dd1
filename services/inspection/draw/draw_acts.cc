#include "services/inspection/draw/draw_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "common/base/civil.h"
#include "common/base/random.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/number_counter.h"
#include "common/form/form.h"
#include "common/privacy/digest.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/text_field.h"
#include "services/inspection/draw/draw_repository.h"
#include "services/inspection/draw/draw_rules.h"
#include "services/inspection/draw/drawn_visit.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/plan/inspection_rules.h"
#include "services/inspection/plan/plan_acts.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/risk/risk_reading.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_repository.h"

namespace tuoyu::inspection {
namespace {

using v1::Draw;
using v1::DrawRecord;
using v1::Plan;
using v1::Visit;

constexpr char kSecretName[] = "inspection.draw.secret";
constexpr size_t kSecretBytes = 32;
constexpr absl::string_view kPerformed = "CQ";
constexpr size_t kLongestWitness = 60;
constexpr size_t kLongestWord = 200;

// 64 hex digits nobody can guess.
std::string NewSecret() {
  std::string bytes(kSecretBytes, '\0');
  FillRandom(bytes.data(), bytes.size());
  return privacy::HexEncode(bytes);
}

absl::Status WrongState(const Draw& draw) {
  return rpc::Error("WRONG_STATE", {{"state", v1::DrawState_Name(draw.state())}});
}

// A draw with its plan, locked, the plan first.
struct OpenDraw {
  Plan plan;
  StoredDraw stored;
  Draw& draw() { return stored.draw; }
};

absl::StatusOr<OpenDraw> LockDraw(rpc::WriteContext& context, const std::string& name) {
  const std::string id = DrawId(name);
  ASSIGN_OR_RETURN(const absl::optional<StoredDraw> seen,
                   ReadStoredDraw(context.transaction, id, /*lock=*/false));
  if (!seen) return rpc::Error("DRAW_NOT_FOUND");
  OpenDraw open;
  ASSIGN_OR_RETURN(open.plan, LockPlan(context, seen->draw.plan()));
  ASSIGN_OR_RETURN(absl::optional<StoredDraw> stored,
                   ReadStoredDraw(context.transaction, id, /*lock=*/true));
  open.stored = *std::move(stored);
  context.call.subject = name;
  return open;
}

// The last day of the plan is not over. PLAN_OVER.
absl::Status RequireDays(const Plan& plan, absl::CivilDay today) {
  ASSIGN_OR_RETURN(const absl::CivilDay last, FromProto(plan.last_day()));
  return today <= last ? absl::OkStatus() : rpc::Error("PLAN_OVER", {{"day", FormatDay(last)}});
}

// The lists were not frozen too long ago. DRAW_EXPIRED.
absl::Status RequireFresh(const Draw& draw, absl::CivilDay today) {
  const auto by = FromProto(draw.draw_by());
  if (!by.ok() || today <= *by) return absl::OkStatus();
  return rpc::Error("DRAW_EXPIRED", {{"day", FormatDay(*by)}});
}

// LockDraw, when the caller's unit leads the plan.
absl::StatusOr<OpenDraw> LockOwnDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                                     const std::string& name) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(context.call.caller, deps.units));
  ASSIGN_OR_RETURN(OpenDraw open, LockDraw(context, name));
  if (open.draw().unit() != unit) {
    return rpc::Error("PLAN_OF_OTHER_UNIT", {{"unit", open.draw().unit()}});
  }
  return open;
}

// Stores and journals a draw as it is now, and answers with it.
absl::Status Enter(rpc::WriteContext& context, const InspectionDeps& deps, absl::string_view action,
                   const Draw& draw, Draw* reply) {
  RETURN_IF_ERROR(UpdateDraw(context.transaction, draw));
  rpc::AddEntry(context, action, draw.name(), deps.divisions.district_code(), context.call.today,
                draw);
  *reply = draw;
  return absl::OkStatus();
}

// Nobody who had a hand in the plan or the lists, and no officer of the unit that leads it.
bool MayWitness(const rpc::Caller& caller, const InspectionDeps& deps, const OpenDraw& open) {
  const Draw& draw = open.stored.draw;
  if (caller.subject == draw.committed_by() || caller.subject == draw.frozen_by() ||
      caller.subject == open.plan.submitted_by()) {
    return false;
  }
  const filing::v1::Unit* unit = deps.units.OfOrganisation(caller.organisation);
  return caller.Has(common::v1::ROLE_AUDITOR) || unit == nullptr || unit->code() != draw.unit();
}

absl::Status AddRiskLevels(db::Transaction& transaction,
                           const std::vector<registry::KnownFacility>& facilities,
                           const v1::InspectionRules& rules, absl::CivilDay today,
                           absl::flat_hash_map<std::string, FacilityPast>* past) {
  if (!WeighsRisk(rules)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<v1::FacilityRisk> risks,
                   RisksOf(transaction, facilities, rules, today, /*only_public=*/true));
  for (size_t i = 0; i < risks.size(); ++i) (*past)[facilities[i].id].risk_level = risks[i].level();
  return absl::OkStatus();
}

// The lists as the libraries are now; moves the day it becomes public past the visits it tells of.
absl::StatusOr<DrawRecord> MakeLists(rpc::WriteContext& context, const InspectionDeps& deps,
                                     const Plan& plan, Draw& draw) {
  db::Transaction& transaction = context.transaction;
  const absl::CivilDay today = context.call.today;
  const v1::InspectionRules& rules = deps.rules.On(today);
  ASSIGN_OR_RETURN(const auto facilities, FacilitiesOf(transaction, plan, today));
  ASSIGN_OR_RETURN(auto past, PastOf(transaction, plan, rules, today));
  RETURN_IF_ERROR(AddRiskLevels(transaction, facilities, rules, today, &past));
  ASSIGN_OR_RETURN(const auto inspectors, InspectorsOf(transaction, plan));
  DrawRecord record;
  record.set_name(draw.name());
  // As it was committed to.
  record.set_algorithm(draw.algorithm().empty() ? kFirstDrawAlgorithm : draw.algorithm());
  if (!draw.algorithm().empty()) record.set_salt(NewSecret());
  record.set_plan(plan.name());
  record.set_commitment(draw.commitment());
  *record.mutable_commit_time() = draw.commit_time();
  ASSIGN_OR_RETURN(const auto heirs, HeirsOf(transaction, inspectors));
  FillLists({plan, rules, facilities, past, inspectors, heirs, today}, &record);
  if (record.algorithm() == kFirstDrawAlgorithm) {
    for (v1::EligibleFacility& each : *record.mutable_facilities()) each.clear_risk_level();
  }
  absl::CivilDay public_on = *FromProto(draw.public_on());
  for (const registry::KnownFacility& facility : facilities) {
    const auto found = past.find(facility.id);
    if (found == past.end() || !found->second.visited_near) continue;
    public_on = std::max(public_on, *found->second.visited_near + 1);
  }
  *draw.mutable_public_on() = ToProto(public_on);
  *record.mutable_freeze_time() = ToProto(context.call.now);
  return record;
}

// Drops the visits of facilities that since the freeze may not be visited any more: what was drawn stays, so that anyone does it again.
absl::Status DropIneligible(rpc::WriteContext& context, const InspectionDeps& deps,
                            const Plan& plan, DrawRecord* record) {
  // One draw at a time: visits of two that are performed at once count for each other.
  RETURN_IF_ERROR(
      db::numbers::Take(context.transaction, kPerformed, context.call.today.year()).status());
  const absl::CivilDay today = context.call.today;
  const v1::InspectionRules& rules = deps.rules.On(today);
  ASSIGN_OR_RETURN(const auto past, PastOf(context.transaction, plan, rules, today));
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(record->visits_size()));
  for (const v1::DrawnVisit& visit : record->visits()) {
    ids.push_back(FacilityId(visit.facility()));
  }
  ASSIGN_OR_RETURN(const std::vector<registry::KnownFacility> known,
                   registry::ReadFacilities(context.transaction, ids, today));
  absl::flat_hash_map<std::string, const registry::KnownFacility*> by_id;
  for (const registry::KnownFacility& each : known) by_id[each.id] = &each;
  for (const std::string& id : ids) {
    const auto facility = by_id.find(id);
    const auto found = past.find(id);
    const absl::string_view why =
        WhyIneligible(facility == by_id.end() ? nullptr : facility->second,
                      found == past.end() ? YearVisits() : found->second.this_year, plan, rules);
    if (why.empty()) continue;
    v1::DrawDrop& drop = *record->add_drops();
    drop.set_facility(FacilityName(id));
    drop.set_reason(std::string(why));
  }
  return absl::OkStatus();
}

// The visits that a draw makes.
absl::StatusOr<std::vector<Visit>> MakeVisits(rpc::WriteContext& context, const Plan& plan,
                                              const DrawRecord& record) {
  std::vector<Visit> visits;
  visits.reserve(static_cast<size_t>(record.visits_size()));
  for (const v1::DrawnVisit& drawn : record.visits()) {
    if (absl::c_any_of(record.drops(), [&](const v1::DrawDrop& each) {
          return each.facility() == drawn.facility();
        })) {
      continue;
    }
    ASSIGN_OR_RETURN(Visit visit, NewVisit(context, plan, drawn.facility()));
    visit.set_draw(record.name());
    *visit.mutable_inspectors() = drawn.inspectors();
    visits.push_back(std::move(visit));
  }
  return visits;
}

// The draw of a visit with its record, locked.
struct DrawnRecord {
  Draw draw;
  DrawRecord record;
};
absl::StatusOr<DrawnRecord> LockRecord(rpc::WriteContext& context, const Visit& visit) {
  const std::string id = DrawId(visit.draw());
  ASSIGN_OR_RETURN(absl::optional<StoredDraw> stored,
                   ReadStoredDraw(context.transaction, id, /*lock=*/true));
  if (!stored) return rpc::Error("DRAW_NOT_FOUND");
  DrawnRecord drawn;
  drawn.draw = std::move(stored->draw);
  ASSIGN_OR_RETURN(drawn.record, ReadRecord(context.transaction, id));
  return drawn;
}

// Adds the replacement to the record, each field that its algorithm knows.
void AddChange(const Visit& visit, const v1::InspectorReplacement& replacement,
               DrawRecord* record) {
  const std::string before =
      record->changes().empty() ? record->digest() : record->changes().rbegin()->digest();
  v1::DrawChange& change = *record->add_changes();
  change.set_facility(visit.facility());
  change.set_from_inspector(replacement.from_inspector());
  change.set_to_inspector(replacement.to_inspector());
  change.set_reason(replacement.reason());
  *change.mutable_change_time() = replacement.decide_time();
  if (record->algorithm() != kFirstDrawAlgorithm) {
    change.set_asked_as(replacement.asked_as());
    *change.mutable_ask_time() = replacement.ask_time();
    change.set_consented_as(replacement.decided_as());
  }
  change.set_digest(DigestOf(*record, change, before));
}

}  // namespace

absl::Status EnterCancellation(rpc::WriteContext& context, const InspectionDeps& deps,
                               const Visit& visit, const std::string& reason) {
  ASSIGN_OR_RETURN(absl::optional<StoredDraw> stored,
                   ReadStoredDraw(context.transaction, DrawId(visit.draw()), /*lock=*/true));
  if (!stored) return rpc::Error("DRAW_NOT_FOUND");
  v1::DrawCancellation& cancellation = *stored->draw.add_cancellations();
  cancellation.set_facility(visit.facility());
  cancellation.set_reason(reason);
  *cancellation.mutable_cancel_time() = ToProto(context.call.now);
  Draw ignored;
  return Enter(context, deps, "draw.visit_cancelled", stored->draw, &ignored);
}

absl::Status RequireOnList(rpc::WriteContext& context, const Visit& visit,
                           const v1::InspectorReplacement& replacement) {
  ASSIGN_OR_RETURN(const DrawnRecord drawn, LockRecord(context, visit));
  const DrawRecord& record = drawn.record;
  const bool on_list = absl::c_any_of(record.inspectors(), [&](const auto& each) {
    return each.inspector() == replacement.to_inspector() && each.unit() == replacement.unit();
  });
  const bool recused = absl::c_any_of(record.recusals(), [&](const v1::DrawRecusal& each) {
    return each.facility() == visit.facility() && each.inspector() == replacement.to_inspector();
  });
  Form form("");
  if (!on_list || recused) {
    form.Add("to_inspector", "NOT_ELIGIBLE", "此人不在抽取时冻结的名单中，或当时已回避",
             "not on the frozen list of the draw, or recused then");
  }
  return rpc::FormError(form.Take());
}

absl::Status EnterReplacement(rpc::WriteContext& context, const InspectionDeps& deps,
                              const Visit& visit, const v1::InspectorReplacement& replacement) {
  ASSIGN_OR_RETURN(DrawnRecord drawn, LockRecord(context, visit));
  AddChange(visit, replacement, &drawn.record);
  // What is accepted agrees when anyone does the draw again.
  if (const Violations violations = VerifyDraw(drawn.record); !violations.empty()) {
    return rpc::Error("FORM_INVALID", {}, violations);
  }
  RETURN_IF_ERROR(StoreRecord(context.transaction, DrawId(visit.draw()), drawn.record));
  drawn.draw.set_changes(drawn.record.changes_size());
  drawn.draw.set_change_digest(drawn.record.changes().rbegin()->digest());
  Draw ignored;
  return Enter(context, deps, "draw.inspector_replaced", drawn.draw, &ignored);
}

absl::Status CommitDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::CommitDrawRequest& request, Draw* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(Plan plan, LockOwnPlan(context, deps, request.plan()));
  if (!plan.draw().empty()) return rpc::Error("DRAW_EXISTS", {{"draw", plan.draw()}});
  if (plan.state() != v1::PLAN_STATE_APPROVED || plan.kind() == v1::PLAN_KIND_CASE) {
    return rpc::Error("WRONG_STATE", {{"state", v1::PlanState_Name(plan.state())}});
  }
  RETURN_IF_ERROR(RequireDays(plan, call.today));
  const std::string secret = NewSecret();
  StoredDraw stored;
  Draw& draw = stored.draw;
  draw.set_name(DrawName(NewUuidV7(call.now)));
  draw.set_plan(plan.name());
  draw.set_unit(plan.units(0).unit());
  draw.set_state(v1::DRAW_STATE_COMMITTED);
  draw.set_algorithm(kDrawAlgorithm);
  draw.set_commitment(CommitmentOf(draw.algorithm(), secret));
  *draw.mutable_commit_time() = ToProto(call.now);
  ASSIGN_OR_RETURN(const absl::CivilDay last, FromProto(plan.last_day()));
  *draw.mutable_public_on() = ToProto(last + 1);
  draw.set_committed_by(call.caller.subject);
  stored.secret = deps.sealer.Seal(kSecretName, secret);
  RETURN_IF_ERROR(InsertDraw(context.transaction, stored));
  plan.set_draw(draw.name());
  RETURN_IF_ERROR(EnterPlan(context, deps, "plan.draw_begun", &plan));
  context.call.subject = draw.name();
  return Enter(context, deps, "draw.committed", draw, reply);
}

absl::Status FreezeDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::FreezeDrawRequest& request, Draw* reply) {
  ASSIGN_OR_RETURN(OpenDraw open, LockOwnDraw(context, deps, request.name()));
  Draw& draw = open.draw();
  if (draw.state() != v1::DRAW_STATE_COMMITTED) return WrongState(draw);
  RETURN_IF_ERROR(RequireDays(open.plan, context.call.today));
  if (!deps.registry.IsUpToDate()) return rpc::Error("REGISTRY_BEHIND");
  ASSIGN_OR_RETURN(DrawRecord record, MakeLists(context, deps, open.plan, draw));
  if (const Violations violations = CheckLists(record); !violations.empty()) {
    return rpc::Error("DRAW_IMPOSSIBLE", {}, violations);
  }
  record.set_list_digest(ListDigestOf(record));
  RETURN_IF_ERROR(StoreRecord(context.transaction, DrawId(draw.name()), record));
  draw.set_state(v1::DRAW_STATE_FROZEN);
  draw.set_list_digest(record.list_digest());
  *draw.mutable_freeze_time() = record.freeze_time();
  draw.set_eligible_facilities(record.facilities_size());
  draw.set_eligible_inspectors(record.inspectors_size());
  draw.set_facilities_to_draw(record.facilities_to_draw());
  draw.set_frozen_by(context.call.caller.subject);
  ASSIGN_OR_RETURN(const absl::CivilDay last, FromProto(open.plan.last_day()));
  const int days = deps.rules.On(context.call.today).frozen_days();
  *draw.mutable_draw_by() = ToProto(std::min(last, context.call.today + days));
  return Enter(context, deps, "draw.frozen", draw, reply);
}

absl::Status PerformDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::PerformDrawRequest& request, Draw* reply) {
  const rpc::Call& call = context.call;
  RETURN_IF_ERROR(rpc::RequireText("witness", request.witness(), kLongestWitness));
  RETURN_IF_ERROR(rpc::RequireText("word", request.word(), kLongestWord));
  ASSIGN_OR_RETURN(OpenDraw open, LockDraw(context, request.name()));
  Draw& draw = open.draw();
  if (draw.state() != v1::DRAW_STATE_FROZEN) return WrongState(draw);
  if (!MayWitness(call.caller, deps, open)) {
    return rpc::Error("FOUR_EYES", {{"step", "准备抽取、见证抽取 / prepare, witness"}});
  }
  RETURN_IF_ERROR(RequireDays(open.plan, call.today));
  RETURN_IF_ERROR(RequireFresh(draw, call.today));
  if (!deps.registry.IsUpToDate()) return rpc::Error("REGISTRY_BEHIND");
  ASSIGN_OR_RETURN(DrawRecord record, ReadRecord(context.transaction, DrawId(draw.name())));
  ASSIGN_OR_RETURN(const std::string secret, deps.sealer.Unseal(kSecretName, open.stored.secret));
  record.set_witness(request.witness());
  record.set_witness_word(request.word());
  record.set_secret(secret);
  *record.mutable_draw_time() = ToProto(call.now);
  if (const Violations violations = CheckLists(record); !violations.empty()) {
    return rpc::Error("FORM_INVALID", {}, violations);
  }
  for (v1::DrawnVisit& visit : DrawVisits(record)) *record.add_visits() = std::move(visit);
  RETURN_IF_ERROR(DropIneligible(context, deps, open.plan, &record));
  record.set_digest(DigestOf(record));
  RETURN_IF_ERROR(StoreRecord(context.transaction, DrawId(draw.name()), record));
  ASSIGN_OR_RETURN(const std::vector<Visit> visits, MakeVisits(context, open.plan, record));
  RETURN_IF_ERROR(EnterNewVisits(context, visits));
  open.plan.set_state(v1::PLAN_STATE_DRAWN);
  RETURN_IF_ERROR(EnterPlan(context, deps, "plan.drawn", &open.plan));
  draw.set_state(v1::DRAW_STATE_DRAWN);
  draw.set_witness(record.witness());
  *draw.mutable_draw_time() = record.draw_time();
  draw.set_digest(record.digest());
  draw.set_drops(record.drops_size());
  draw.set_drawn_by(call.caller.subject);
  context.call.subject = draw.name();
  return Enter(context, deps, "draw.drawn", draw, reply);
}

absl::Status CancelDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::CancelDrawRequest& request, Draw* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(OpenDraw open, LockOwnDraw(context, deps, request.name()));
  Draw& draw = open.draw();
  if (draw.state() != v1::DRAW_STATE_COMMITTED && draw.state() != v1::DRAW_STATE_FROZEN) {
    return WrongState(draw);
  }
  draw.set_state(v1::DRAW_STATE_CANCELLED);
  draw.set_cancel_reason(request.reason());
  open.plan.clear_draw();
  RETURN_IF_ERROR(EnterPlan(context, deps, "plan.draw_cancelled", &open.plan));
  context.call.subject = draw.name();
  return Enter(context, deps, "draw.cancelled", draw, reply);
}

}  // namespace tuoyu::inspection
