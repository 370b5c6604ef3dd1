#include "services/aggregator/member_facts.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <set>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::Certificate;
using filing::v1::ChildChange;
using filing::v1::Demonstration;
using filing::v1::DemonstrationChange;
using filing::v1::Enrolment;
using filing::v1::ManagedPeriod;
using filing::v1::Post;
using filing::v1::Reevaluation;
using filing::v1::StaffChange;
using indicator::v1::FacilityFacts;
using indicator::v1::FactSlice;
using indicator::v1::MemberFacts;
using indicator::v1::MemberPeriod;
using indicator::v1::MemberSpan;

// Days from the first until before the last.
struct Days {
  int32_t from = 0;
  int32_t to = kOpenDay;
  bool Hold(int32_t day) const { return from <= day && day < to; }
};

absl::Status Unreadable(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("registry change: ", what));
}

// From a first day until the earliest of the ends that are set.
absl::StatusOr<Days> ReadDays(absl::string_view what, const google::type::Date& first,
                              std::initializer_list<const google::type::Date*> ends) {
  const auto from = FromProto(first);
  if (!from.ok()) return Unreadable(absl::StrCat(what, " has no first day"));
  Days days{DayNumber(*from), kOpenDay};
  for (const google::type::Date* end : ends) {
    if (end->year() == 0) continue;
    const auto to = FromProto(*end);
    if (!to.ok()) return Unreadable(absl::StrCat(what, " ends on what is not a date"));
    days.to = std::min(days.to, DayNumber(*to));
  }
  return days;
}

// The same of a period with one end, which is not before its first day.
absl::StatusOr<Days> ReadPeriod(absl::string_view what, const google::type::Date& first,
                                const google::type::Date& end) {
  ASSIGN_OR_RETURN(const Days days, ReadDays(what, first, {&end}));
  if (days.to < days.from) return Unreadable(absl::StrCat(what, " ends before it begins"));
  return days;
}

// Whether the certificate is one that indicator 9 asks for, and an officer found it genuine.
bool Qualifies(const Certificate& certificate) {
  return (certificate.kind() == filing::v1::CERTIFICATE_KIND_CHILD_CARER ||
          certificate.kind() == filing::v1::CERTIFICATE_KIND_INFANT_CARER) &&
         (certificate.verify_state() == filing::v1::VERIFY_STATE_VERIFIED_SHARED ||
          certificate.verify_state() == filing::v1::VERIFY_STATE_VERIFIED_MANUAL);
}

// When a person is on post, on post as a carer, and certified.
struct Roster {
  std::vector<Days> posts;
  std::vector<Days> carer_posts;
  std::vector<Days> certificates;
};

absl::StatusOr<Roster> ReadRoster(const filing::v1::StaffMember& member) {
  Roster roster;
  const auto barred_on = FromProto(member.barred_on());
  for (const Post& post : member.posts()) {
    ASSIGN_OR_RETURN(Days days, ReadPeriod("the post", post.valid_from(), post.valid_to()));
    // Who is banned counts nowhere from the day it was learned.
    if (barred_on.ok()) days.to = std::min(days.to, DayNumber(*barred_on));
    if (days.from >= days.to) continue;
    const bool is_carer = post.role() == filing::v1::STAFF_ROLE_CARER;
    (is_carer ? roster.carer_posts : roster.posts).push_back(days);
  }
  for (const Certificate& certificate : member.certificates()) {
    if (!Qualifies(certificate)) continue;
    ASSIGN_OR_RETURN(const Days days,
                     ReadDays("the certificate", certificate.issued_on(),
                              {&certificate.valid_to(), &certificate.expires_on()}));
    roster.certificates.push_back(days);
  }
  return roster;
}

bool AnyHolds(const std::vector<Days>& periods, int32_t day) {
  return std::any_of(periods.begin(), periods.end(),
                     [&](const Days& days) { return days.Hold(day); });
}

// What the person counts as on a day; kMeasureCount for nothing.
Measure MeasureOn(const Roster& roster, int32_t day) {
  const bool certified = AnyHolds(roster.certificates, day);
  if (AnyHolds(roster.carer_posts, day)) return certified ? kCarersCertified : kCarers;
  if (AnyHolds(roster.posts, day)) return certified ? kStaffOtherCertified : kStaffOther;
  return kMeasureCount;
}

// When a child is in care, by part of the day, and when its health record is managed.
struct Care {
  std::vector<Days> full_days;
  std::vector<Days> mornings;
  std::vector<Days> afternoons;
  std::vector<Days> others;
  std::vector<Days> managed;
};

std::vector<Days>& PartOfDay(const Enrolment& enrolment, Care* care) {
  if (enrolment.service_mode() == filing::v1::SERVICE_MODE_FULL_DAY) return care->full_days;
  switch (enrolment.time_band()) {
    case filing::v1::TIME_BAND_MORNING:
      return care->mornings;
    case filing::v1::TIME_BAND_AFTERNOON:
      return care->afternoons;
    default:
      return care->others;
  }
}

absl::StatusOr<Care> ReadCare(const ChildChange& change) {
  Care care;
  for (const Enrolment& enrolment : change.child().enrolments()) {
    ASSIGN_OR_RETURN(const Days days,
                     ReadPeriod("the enrolment", enrolment.valid_from(), enrolment.valid_to()));
    PartOfDay(enrolment, &care).push_back(days);
  }
  for (const ManagedPeriod& period : change.managed()) {
    ASSIGN_OR_RETURN(const Days days, ReadPeriod("the managed period", period.from(), period.to()));
    care.managed.push_back(days);
  }
  return care;
}

// The same of a child.
Measure MeasureOn(const Care& care, int32_t day) {
  const bool managed = AnyHolds(care.managed, day);
  const bool morning = AnyHolds(care.mornings, day);
  const bool afternoon = AnyHolds(care.afternoons, day);
  if (AnyHolds(care.full_days, day) || (morning && afternoon)) {
    return managed ? kChildrenFullDayManaged : kChildrenFullDayUnmanaged;
  }
  if (morning || afternoon || AnyHolds(care.others, day)) {
    return managed ? kChildrenPartDayManaged : kChildrenPartDayUnmanaged;
  }
  return kMeasureCount;
}

// A re-evaluation.
struct Result {
  int32_t day = 0;
  bool passed = false;
};

// By day.
absl::StatusOr<std::vector<Result>> ReadResults(const Demonstration& demonstration) {
  std::vector<Result> results;
  for (const Reevaluation& reevaluation : demonstration.reevaluations()) {
    const auto day = FromProto(reevaluation.evaluated_on());
    if (!day.ok()) return Unreadable("the re-evaluation has no day");
    results.push_back(
        {DayNumber(*day), reevaluation.result() == filing::v1::REEVALUATION_RESULT_PASSED});
  }
  std::stable_sort(results.begin(), results.end(),
                   [](const Result& a, const Result& b) { return a.day < b.day; });
  return results;
}

// Appends a period, joined with the one before when that one reaches it and counts the same.
void AddPeriod(int32_t from, int32_t to, Measure measure, MemberFacts* facts) {
  if (from >= to) return;
  if (!facts->periods().empty()) {
    MemberPeriod* last = facts->mutable_periods(facts->periods_size() - 1);
    if (last->to_day() == from && last->measure() == measure) return last->set_to_day(to);
  }
  MemberPeriod* period = facts->add_periods();
  period->set_from_day(from);
  period->set_to_day(to);
  period->set_measure(measure);
}

// Puts what `who` counts as between the days on which that may change in the place of the periods.
template <typename Who>
void SetPeriods(const Who& who, std::initializer_list<const std::vector<Days>*> changes,
                MemberFacts* facts) {
  std::set<int32_t> cuts;
  for (const std::vector<Days>* periods : changes) {
    for (const Days& days : *periods) cuts.insert({days.from, days.to});
  }
  facts->clear_periods();
  for (auto cut = cuts.begin(); cut != cuts.end() && std::next(cut) != cuts.end(); ++cut) {
    const Measure measure = MeasureOn(who, *cut);
    if (measure != kMeasureCount) AddPeriod(*cut, *std::next(cut), measure, facts);
  }
}

bool CountsTheSame(const MemberSpan& a, const MemberSpan& b) {
  return a.measure() == b.measure() && a.division() == b.division();
}

bool SameSpan(const MemberSpan& a, const MemberSpan& b) {
  return a.from_day() == b.from_day() && a.to_day() == b.to_day() && CountsTheSame(a, b);
}

}  // namespace

absl::Status Enter(const StaffChange& change, MemberFacts* facts) {
  ASSIGN_OR_RETURN(const Roster roster, ReadRoster(change.member()));
  SetPeriods(roster, {&roster.posts, &roster.carer_posts, &roster.certificates}, facts);
  return absl::OkStatus();
}

absl::Status Enter(const ChildChange& change, MemberFacts* facts) {
  ASSIGN_OR_RETURN(const Care care, ReadCare(change));
  SetPeriods(care, {&care.full_days, &care.mornings, &care.afternoons, &care.others, &care.managed},
             facts);
  return absl::OkStatus();
}

absl::Status Enter(const DemonstrationChange& change, MemberFacts* facts) {
  const Demonstration& demonstration = change.demonstration();
  facts->clear_periods();
  if (demonstration.level() != filing::v1::DEMONSTRATION_LEVEL_MUNICIPAL) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Days days,
                   ReadDays("the demonstration label", demonstration.granted_on(),
                            {&demonstration.valid_to(), &demonstration.revoked_on()}));
  ASSIGN_OR_RETURN(const std::vector<Result> results, ReadResults(demonstration));
  int32_t from = days.from;
  Measure measure = kDemonstrationNotPassed;
  for (const Result& result : results) {
    AddPeriod(from, std::min(result.day, days.to), measure, facts);
    from = std::max(from, result.day);
    measure = result.passed ? kDemonstrationPassed : kDemonstrationNotPassed;
  }
  AddPeriod(from, days.to, measure, facts);
  return absl::OkStatus();
}

std::vector<MemberSpan> DeriveSpans(const FacilityFacts& facility, const MemberFacts& facts) {
  std::vector<MemberSpan> spans;
  for (const MemberPeriod& period : facts.periods()) {
    for (const FactSlice& slice : facility.slices()) {
      MemberSpan span;
      span.set_from_day(std::max(period.from_day(), slice.from_day()));
      span.set_to_day(std::min(period.to_day(), slice.to_day()));
      if (span.from_day() >= span.to_day()) continue;
      span.set_measure(period.measure());
      span.set_division(slice.division());
      if (!spans.empty() && spans.back().to_day() == span.from_day() &&
          CountsTheSame(spans.back(), span)) {
        spans.back().set_to_day(span.to_day());
      } else {
        spans.push_back(std::move(span));
      }
    }
  }
  return spans;
}

MemberDifference Rederive(int64_t sequence, const FacilityFacts& facility, MemberFacts* facts) {
  std::vector<MemberSpan> spans = DeriveSpans(facility, *facts);
  MemberDifference difference;
  for (MemberSpan& span : spans) {
    const auto known = std::find_if(facts->spans().begin(), facts->spans().end(),
                                    [&](const MemberSpan& old) { return SameSpan(old, span); });
    span.set_known_from(known == facts->spans().end() ? sequence : known->known_from());
    if (known == facts->spans().end()) difference.begun.push_back(span);
  }
  for (const MemberSpan& old : facts->spans()) {
    const bool stays = std::any_of(spans.begin(), spans.end(),
                                   [&](const MemberSpan& span) { return SameSpan(old, span); });
    if (!stays) difference.ended.push_back(old);
  }
  facts->clear_spans();
  for (MemberSpan& span : spans) *facts->add_spans() = std::move(span);
  return difference;
}

}  // namespace tuoyu::aggregator
