#include "services/filing/roster/child_report.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/child_roster.h"
#include "services/filing/roster/child_rules.h"
#include "services/filing/roster/class_ratios.h"
#include "services/filing/roster/health_record.h"
#include "services/filing/roster/reporting.h"
#include "services/filing/roster/roster_reading.h"

namespace tuoyu::filing {
namespace {

using Entries = google::protobuf::RepeatedPtrField<v1::ChildEntry>;

constexpr rpc::Role kReporters[] = {common::v1::ROLE_PHC, common::v1::ROLE_DHC_ARCHIVIST};

// Whether the caller speaks of this facility's children as an institution that keeps health records: it reports those
// alone. Not of its own facility, and not as an archivist.
bool IsKeeper(const rpc::Caller& caller, const RegistryScope& scope, const std::string& facility) {
  return caller.Has(common::v1::ROLE_PHC) && !scope.Owns(facility) &&
         !caller.Has(common::v1::ROLE_DHC_ARCHIVIST);
}

Entries Normalised(const Entries& entries, const rpc::Call& call) {
  const RegistryScope scope(call.caller, kReporters);
  Entries normalised = entries;
  for (v1::ChildEntry& entry : normalised) {
    Normalise(call.today, &entry);
    if (entry.has_health_record() && !IsKeeper(call.caller, scope, FacilityId(entry.facility()))) {
      entry.mutable_health_record()->clear_identity_verified();
    }
  }
  return normalised;
}

std::vector<std::string> FacilitiesOf(const Entries& entries) {
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (const v1::ChildEntry& entry : entries) names.push_back(entry.facility());
  return names;
}

// From when what an entry says holds: its first enrolment, or today when it brings none.
absl::CivilDay EffectiveDay(const v1::ChildEntry& entry, absl::CivilDay today) {
  absl::CivilDay first = entry.enrolments().empty() ? today : absl::CivilDay::max();
  for (const v1::Enrolment& enrolment : entry.enrolments()) {
    first = std::min(first, FirstDayOf(enrolment));
  }
  return first;
}

// What a report is on its way: the roster entries it is about, null where the child can't be told.
using Touched = std::vector<ChildSession::Entry*>;

// Checks all entries and enters what can be entered.
absl::StatusOr<Touched> EnterAll(const Entries& entries, const ReportFacilities& facilities,
                                 const RegistryDeps& deps, const rpc::Caller& caller,
                                 ChildSession& session, Findings& findings) {
  std::vector<std::string> persons;
  for (const v1::ChildEntry& entry : entries) {
    if (!HasDocument(entry, findings.today())) continue;
    persons.push_back(PersonIndex(deps.sealer, entry.document(), entry.document_number()));
  }
  RETURN_IF_ERROR(session.LoadPersons(persons));
  const RegistryScope scope(caller, kReporters);
  Touched touched;
  for (int i = 0; i < entries.size(); ++i) {
    const v1::ChildEntry& report = entries[i];
    const std::string facility = FacilityId(report.facility());
    const std::string path = ReportPlace(i) + ".";
    ChildSession::Entry*& entry = touched.emplace_back(nullptr);
    if (HasDocument(report, findings.today())) {
      ASSIGN_OR_RETURN(entry, session.At(facility, PersonIndex(deps.sealer, report.document(),
                                                               report.document_number())));
    }
    const bool is_new = entry == nullptr || entry->message.document_number().empty();
    if (IsKeeper(caller, scope, facility)) {
      CheckKeptRecord(report, path, is_new, findings);
    } else {
      CheckEntry(report, path, facilities.at(facility), is_new, findings);
    }
    if (entry != nullptr) {
      entry->changed = Enter(report, path, &entry->message, findings) || entry->changed;
    }
  }
  return touched;
}

// The roster of a facility as it is with the report.
absl::StatusOr<std::vector<v1::Child>> RosterWith(db::Transaction& transaction,
                                                  const std::string& facility,
                                                  const Touched& touched) {
  std::set<std::string> told;
  std::vector<v1::Child> children;
  children.reserve(touched.size());
  for (const ChildSession::Entry* entry : touched) {
    if (entry == nullptr || entry->row.key.facility != facility) continue;
    if (told.insert(entry->message.name()).second) children.push_back(entry->message);
  }
  ASSIGN_OR_RETURN(std::vector<v1::Child> others,
                   WholeRoster<ChildRoster>(transaction, facility, [&](const v1::Child& child) {
                     return told.count(child.name()) == 0;
                   }));
  absl::c_move(others, std::back_inserter(children));
  return children;
}

// Remarks on classes that have more children than places with the report, each once, where the first of its children is
// entered.
absl::Status CheckClassesNotOverfull(db::Transaction& transaction, const Entries& entries,
                                     const ReportFacilities& facilities, const Touched& touched,
                                     Findings& findings) {
  absl::flat_hash_map<std::string, std::vector<v1::Child>> rosters;
  std::set<std::tuple<std::string, std::string, absl::CivilDay>> checked;
  for (int i = 0; i < entries.size(); ++i) {
    const std::string facility = FacilityId(entries[i].facility());
    const v1::FilingContent& content = facilities.at(facility).content();
    for (int j = 0; j < entries[i].enrolments_size(); ++j) {
      const v1::Enrolment& enrolment = entries[i].enrolments(j);
      const absl::CivilDay day = std::max(findings.today(), FirstDayOf(enrolment));
      if (touched[i] == nullptr || enrolment.class_label().empty() || !IsEnrolled(enrolment, day) ||
          !checked.emplace(facility, enrolment.class_label(), day).second) {
        continue;
      }
      if (rosters.count(facility) == 0) {
        ASSIGN_OR_RETURN(rosters[facility], RosterWith(transaction, facility, touched));
      }
      CheckNotOverfull(content, rosters[facility], enrolment.class_label(), day,
                       absl::StrCat(ReportPlace(i), ".enrolments[", j, "].class_label"), findings);
    }
  }
  return absl::OkStatus();
}

}  // namespace

void JournalChild(rpc::WriteContext& context, const RegistryDeps& deps, absl::string_view action,
                  absl::string_view division_code, absl::CivilDay effective_date,
                  const v1::Child& child, absl::string_view reason) {
  v1::ChildChange change;
  change.set_facility(FacilityName(ParseChildName(child.name()).facility));
  *change.mutable_child() = child;
  for (v1::ManagedPeriod& period :
       ManagedPeriods(child.health_record(), deps.book.On(context.call.today))) {
    *change.add_managed() = std::move(period);
  }
  change.set_reason(std::string(reason));
  rpc::AddEntry(context, action, child.name(), division_code, effective_date, change);
}

absl::Status ReportChildren(rpc::WriteContext& context, const RegistryDeps& deps,
                            const v1::ReportChildrenRequest& request,
                            v1::ReportChildrenResponse* reply) {
  const rpc::Call& call = context.call;
  const Entries entries = Normalised(request.entries(), call);
  ASSIGN_OR_RETURN(
      const ReportFacilities facilities,
      LoadReportFacilities(context.transaction, context.call, FacilitiesOf(entries), kReporters));
  ChildSession session(context.transaction, deps, call.now, call.today, /*lock=*/true);
  Findings findings(deps.RulesOn(call.today), Mode::kReport);
  ASSIGN_OR_RETURN(const Touched touched,
                   EnterAll(entries, facilities, deps, call.caller, session, findings));
  RETURN_IF_ERROR(
      CheckClassesNotOverfull(context.transaction, entries, facilities, touched, findings));
  std::vector<common::v1::Violation> found = findings.Take();
  RETURN_IF_ERROR(rpc::FormError(found));
  RETURN_IF_ERROR(session.Store());
  std::set<const ChildSession::Entry*> told;
  for (int i = 0; i < entries.size(); ++i) {
    const ChildSession::Entry& entry = *touched[i];
    reply->add_names(entry.message.name());
    if (!entry.changed || !told.insert(&entry).second) continue;
    JournalChild(context, deps, "child.reported",
                 facilities.at(entry.row.key.facility).content().division_code(),
                 EffectiveDay(entries[i], call.today), entry.message);
  }
  for (common::v1::Violation& violation : found) *reply->add_violations() = std::move(violation);
  return absl::OkStatus();
}

absl::Status CheckChildrenReport(rpc::Call& call, db::Pool& pool, const RegistryDeps& deps,
                                 const v1::ReportChildrenRequest& request,
                                 v1::ReportChildrenResponse* reply) {
  const Entries entries = Normalised(request.entries(), call);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const ReportFacilities facilities,
                     LoadReportFacilities(transaction, call, FacilitiesOf(entries), kReporters));
    ChildSession session(transaction, deps, call.now, call.today, /*lock=*/false);
    Findings findings(deps.RulesOn(call.today), Mode::kReport);
    ASSIGN_OR_RETURN(const Touched touched,
                     EnterAll(entries, facilities, deps, call.caller, session, findings));
    RETURN_IF_ERROR(CheckClassesNotOverfull(transaction, entries, facilities, touched, findings));
    for (common::v1::Violation& violation : findings.Take()) {
      *reply->add_violations() = std::move(violation);
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
