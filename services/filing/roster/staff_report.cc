#include "services/filing/roster/staff_report.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/ids/resident_id.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/roster/ban_repository.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/reporting.h"
#include "services/filing/roster/roster_rules.h"
#include "services/filing/roster/staff_entry.h"
#include "services/filing/roster/staff_reading.h"
#include "services/filing/roster/staff_roster.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using Entries = google::protobuf::RepeatedPtrField<v1::StaffEntry>;
constexpr rpc::Role kReporters[] = {common::v1::ROLE_DHC_ARCHIVIST};
constexpr int kMaxPosts = 20;
constexpr int kMaxCertificates = 50;

Entries Normalised(const Entries& entries, absl::CivilDay today) {
  Entries normalised = entries;
  for (v1::StaffEntry& entry : normalised) Normalise(today, &entry);
  return normalised;
}

// What an entry says, by itself.
void CheckEntry(const v1::StaffEntry& entry, const std::string& path, const v1::Facility& facility,
                Findings& findings) {
  CheckPerson(entry, path, findings);
  if (!CheckListSize(findings, absl::StrCat(path, "posts"), {"任职", "posts"}, entry.posts_size(),
                     kMaxPosts) ||
      !CheckListSize(findings, absl::StrCat(path, "certificates"), {"证书", "certificates"},
                     entry.certificates_size(), kMaxCertificates)) {
    return;
  }
  const std::optional<absl::CivilDay> birth = BirthOf(entry.id_number(), findings.today());
  for (int i = 0; i < entry.posts_size(); ++i) {
    const std::string post = absl::StrCat(path, "posts[", i, "].");
    CheckPost(entry.posts(i), post, birth, findings);
    CheckClassLabel(entry.posts(i).class_label(), post + "class_label", facility, findings);
    CheckStillOpen(EndDayOf(entry.posts(i)), post + "valid_to", facility, "POST_AFTER_END",
                   findings);
  }
  for (int i = 0; i < entry.certificates_size(); ++i) {
    CheckCertificate(entry.certificates(i), absl::StrCat(path, "certificates[", i, "]."), birth,
                     findings);
  }
}

std::vector<std::string> FacilitiesOf(const Entries& entries) {
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (const v1::StaffEntry& entry : entries) names.push_back(entry.facility());
  return names;
}

// Blind indexes by entry; empty for a malformed id number.
std::vector<std::string> PersonsOf(const Entries& entries, const RegistryDeps& deps,
                                   absl::CivilDay today) {
  std::vector<std::string> persons;
  persons.reserve(entries.size());
  for (const v1::StaffEntry& entry : entries) {
    persons.push_back(BirthOf(entry.id_number(), today)
                          ? PersonIndex(deps.sealer, entry.id_number())
                          : std::string());
  }
  return persons;
}

std::vector<std::string> Known(std::vector<std::string> persons) {
  persons.erase(std::remove(persons.begin(), persons.end(), ""), persons.end());
  return persons;
}

// CERTIFICATE_LACKING: what the posts need and was not reported.
void TellLacking(const v1::StaffMember& member, const std::string& path, Findings& findings) {
  const absl::CivilDay day = std::max(findings.today(), DaysOnPost(member).from);
  for (const v1::CertificateNeed& need : NeedsOn(member, findings.rules(), day)) {
    if (!IsLacking(need)) break;
    const v1::CertificateRule* rule = FindCertificateRule(findings.rules(), need.kind());
    const bool missing = need.state() == v1::CERTIFICATE_STATE_MISSING;
    findings.Add(absl::StrCat(path, "certificates"), "CERTIFICATE_LACKING", need.level(),
                 need.source(),
                 absl::StrCat(missing ? "缺少" : "已过期：", rule->title_zh(), "，请补报"),
                 absl::StrCat(missing ? "missing: " : "lapsed: ", rule->title_en()));
  }
}

// Everything a report is on its way: what was found, and the entries of the roster it is about.
struct Report {
  Findings findings;
  std::vector<StaffSession::Entry*> entries;
  std::vector<bool> goes_on = {};  // of each, whether it brings a post that is held after today
};

// Whether the report made the person hold a post after today that was not there, or not for as long.
bool GoesOn(const v1::StaffMember& before, const v1::StaffMember& after, absl::CivilDay today) {
  for (const v1::Post& post : after.posts()) {
    if (EndDayOf(post) <= today + 1) continue;
    const auto was =
        std::find_if(before.posts().begin(), before.posts().end(),
                     [&](const v1::Post& known) { return known.number() == post.number(); });
    if (was == before.posts().end() || EndDayOf(*was) < EndDayOf(post)) return true;
  }
  return false;
}

// Enters what can be entered.
absl::Status EnterAll(const Entries& entries, const std::vector<std::string>& persons,
                      StaffSession& session, Report* report) {
  RETURN_IF_ERROR(session.LoadPersons(Known(persons)));
  for (int i = 0; i < entries.size(); ++i) {
    if (persons[i].empty()) continue;
    ASSIGN_OR_RETURN(StaffSession::Entry * entry,
                     session.At(FacilityId(entries[i].facility()), persons[i]));
    const std::string path = ReportPlace(i) + ".";
    if (entry->row.revision == 0 && entries[i].posts().empty()) {
      report->findings.Require(path + "posts", {"任职", "posts"});
    }
    const v1::StaffMember before = entry->message;
    entry->changed = Enter(entries[i], path, &entry->message, report->findings) || entry->changed;
    report->goes_on.push_back(GoesOn(before, entry->message, report->findings.today()));
    TellLacking(entry->message, path, report->findings);
    report->entries.push_back(entry);
  }
  return absl::OkStatus();
}

// From when what an entry says holds: its first post, or today when it brings none.
absl::CivilDay EffectiveDay(const v1::StaffEntry& entry, absl::CivilDay today) {
  absl::CivilDay first = entry.posts().empty() ? today : absl::CivilDay::max();
  for (const v1::Post& post : entry.posts()) first = std::min(first, FirstDayOf(post));
  return first;
}

// Journals each entry of the roster once, with the day of the first entry of the report that is about it.
void JournalAll(rpc::WriteContext& context, const RegistryDeps& deps, const Entries& entries,
                const ReportFacilities& facilities, const Report& report) {
  std::set<const StaffSession::Entry*> told;
  for (int i = 0; i < entries.size(); ++i) {
    const StaffSession::Entry& entry = *report.entries[i];
    if (!entry.changed || !told.insert(&entry).second) continue;
    JournalStaff(context, deps, "staff.reported",
                 facilities.at(entry.row.key.facility).content().division_code(),
                 EffectiveDay(entries[i], context.call.today), entry.message);
  }
}

// Whether someone is banned who would be on post after today; the first one goes to the journal and into the reply.
absl::StatusOr<bool> MeetsBan(rpc::WriteContext& context, const Entries& entries,
                              const std::vector<std::string>& persons,
                              const ReportFacilities& facilities, const Report& report,
                              v1::ReportStaffResponse* reply) {
  ASSIGN_OR_RETURN(const auto bans, ReadStandingBans(context.transaction, persons));
  for (int i = 0; i < entries.size(); ++i) {
    const auto ban = bans.find(persons[i]);
    // What has ended may still be told of the banned, and their end itself.
    if (ban == bans.end() || !report.goes_on[i]) continue;
    v1::StaffRefusal refusal;
    refusal.set_facility(entries[i].facility());
    refusal.set_ban(BanName(ban->second));
    rpc::AddEntry(context, "staff.refused", entries[i].facility(),
                  facilities.at(FacilityId(entries[i].facility())).content().division_code(),
                  context.call.today, refusal);
    reply->set_refused_entry(ReportPlace(i));
    return true;
  }
  return false;
}

void CheckEntries(const Entries& entries, const ReportFacilities& facilities, Findings& findings) {
  for (int i = 0; i < entries.size(); ++i) {
    CheckEntry(entries[i], ReportPlace(i) + ".", facilities.at(FacilityId(entries[i].facility())),
               findings);
  }
}

}  // namespace

void JournalStaff(rpc::WriteContext& context, const RegistryDeps& deps, absl::string_view action,
                  absl::string_view division_code, absl::CivilDay effective_date,
                  const v1::StaffMember& member, absl::string_view reason) {
  v1::StaffChange change;
  change.set_facility(FacilityName(ParseStaffName(member.name()).facility));
  *change.mutable_member() = member;
  FillExpiry(deps.book.On(context.call.today), change.mutable_member());
  change.set_reason(std::string(reason));
  rpc::AddEntry(context, action, member.name(), division_code, effective_date, change);
}

absl::Status ReportStaff(rpc::WriteContext& context, const RegistryDeps& deps,
                         const v1::ReportStaffRequest& request, v1::ReportStaffResponse* reply) {
  const rpc::Call& call = context.call;
  const Entries entries = Normalised(request.entries(), call.today);
  ASSIGN_OR_RETURN(
      const ReportFacilities facilities,
      LoadReportFacilities(context.transaction, context.call, FacilitiesOf(entries), kReporters));
  Findings by_itself(deps.RulesOn(call.today), Mode::kReport);
  CheckEntries(entries, facilities, by_itself);
  std::vector<Violation> found = by_itself.Take();
  RETURN_IF_ERROR(rpc::FormError(found));
  const std::vector<std::string> persons = PersonsOf(entries, deps, call.today);
  StaffSession session(context.transaction, deps, call.now, call.today, /*lock=*/true);
  Report report{Findings(deps.RulesOn(call.today), Mode::kReport), {}};
  RETURN_IF_ERROR(EnterAll(entries, persons, session, &report));
  // After the persons are locked, so that a ban can't come in between.
  ASSIGN_OR_RETURN(const bool refused,
                   MeetsBan(context, entries, persons, facilities, report, reply));
  if (refused) return absl::OkStatus();
  for (Violation& violation : report.findings.Take()) found.push_back(std::move(violation));
  RETURN_IF_ERROR(rpc::FormError(found));
  RETURN_IF_ERROR(session.Store());
  JournalAll(context, deps, entries, facilities, report);
  for (const StaffSession::Entry* entry : report.entries) reply->add_names(entry->message.name());
  for (Violation& violation : found) *reply->add_violations() = std::move(violation);
  return absl::OkStatus();
}

absl::Status RefusalOf(const v1::ReportStaffResponse& reply) {
  if (reply.refused_entry().empty()) return absl::OkStatus();
  // "entries[0]" is the first one to people.
  int index = 0;
  absl::string_view digits = reply.refused_entry();
  const bool is_place = absl::ConsumePrefix(&digits, "entries[") &&
                        absl::ConsumeSuffix(&digits, "]") && absl::SimpleAtoi(digits, &index);
  return rpc::Error("PERSON_BANNED", {{"field", reply.refused_entry()},
                                      {"entry", absl::StrCat(is_place ? index + 1 : 1)}});
}

absl::Status CheckStaffReport(rpc::Call& call, db::Pool& pool, const RegistryDeps& deps,
                              const v1::ReportStaffRequest& request,
                              v1::ReportStaffResponse* reply) {
  const Entries entries = Normalised(request.entries(), call.today);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const ReportFacilities facilities,
                     LoadReportFacilities(transaction, call, FacilitiesOf(entries), kReporters));
    Report report{Findings(deps.RulesOn(call.today), Mode::kReport), {}};
    CheckEntries(entries, facilities, report.findings);
    StaffSession session(transaction, deps, call.now, call.today, /*lock=*/false);
    RETURN_IF_ERROR(EnterAll(entries, PersonsOf(entries, deps, call.today), session, &report));
    for (Violation& violation : report.findings.Take()) {
      *reply->add_violations() = std::move(violation);
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
