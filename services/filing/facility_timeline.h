#ifndef TUOYU_SERVICES_FILING_FACILITY_TIMELINE_H_
#define TUOYU_SERVICES_FILING_FACILITY_TIMELINE_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/facility.pb.h"

// The history of a facility in valid time (有效时间): slices [valid_from, valid_to), each the content and the state in
// force on its days. Pure functions: they take the slices as they are and return what an act changes.
//
// Of every history these functions make holds:
//   - slices are in order of time, never overlap, and leave no gap between the first day and the open end;
//   - the last slice is open (valid_to unset);
//   - CANCELLED and REVOKED_REGISTRATION are final: such a slice is the last one;
//   - numbers are unique, from 1, and never given to another slice;
//   - at most one slice lies in the future (it begins after today).
//
// Rules for the day D from which an act of the system holds:
//   - D is not before the first day of the slice in force today: settled slices are not rewritten by acts. Only a
//     revocation of the registration reaches back, to the first day of the history at most: it is the registrar's act, its
//     day is not ours to choose, and what began after it did not hold;
//   - D inside a slice splits it; D on its first day replaces what it says (same number);
//   - with a slice already decided for a future day F, an act before or after F is refused (CHANGE_SCHEDULED), an act
//     on F itself is combined with it. Three acts can't wait for F and may fall before it: an ordered suspension from
//     today at the latest (it carries into the slice from F on, too), a cancellation and a revocation of the registration
//     (they end the history on D, the slice from F on is removed; a cancellation does not precede a decided final state).
//
// Back entries (补录) are facts older than the system. They go in front of the history, or among slices that are
// themselves back-entered; a slice the system decided is neither overlapped nor altered.
namespace tuoyu::filing {

// The slices of one facility, in order of time, and the highest number ever given.
struct Timeline {
  std::string facility;  // `facilities/{id}`
  int last_version = 0;
  std::vector<v1::FacilityVersion> slices;
};

// Why an act is refused: a reason of the catalogue with its metadata.
struct TimelineRefusal {
  std::string reason;
  std::vector<std::pair<std::string, std::string>> metadata;
};

// What an act changes, or why it is refused.
class TimelineResult {
 public:
  TimelineResult(v1::FacilityChange change)  // NOLINT(google-explicit-constructor)
      : state_(std::move(change)) {}
  TimelineResult(TimelineRefusal refusal)  // NOLINT(google-explicit-constructor)
      : state_(std::move(refusal)) {}

  bool ok() const { return std::holds_alternative<v1::FacilityChange>(state_); }
  // Only when ok(): slices set by the act (new ones, and those cut short) and the numbers of slices removed.
  const v1::FacilityChange& change() const { return std::get<v1::FacilityChange>(state_); }
  v1::FacilityChange& change() { return std::get<v1::FacilityChange>(state_); }
  // Only when not ok().
  const TimelineRefusal& refusal() const { return std::get<TimelineRefusal>(state_); }

 private:
  std::variant<v1::FacilityChange, TimelineRefusal> state_;
};

// What a filing says: the content and where it comes from.
struct FiledFacts {
  const v1::FilingContent& content;
  std::string filing;          // `filings/{id}`
  std::string receipt_number;  // may be empty for back entries
  absl::CivilDay filed_on;
  bool back_entered = false;
};

// The slice in force on `day`; null before the first day.
const v1::FacilityVersion* SliceOn(const Timeline& timeline, absl::CivilDay day);
// First and end day of a slice; the end of an open one is absl::CivilDay::max().
absl::CivilDay FirstDayOf(const v1::FacilityVersion& slice);
absl::CivilDay EndDayOf(const v1::FacilityVersion& slice);
bool IsFinal(v1::FacilityState state);

// Begins a history: one ACTIVE slice from `from` on. Only on an empty timeline.
TimelineResult Begin(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from);

// Puts new content in force from `from` on; the state stays as it is then. Refusals: WRONG_STATE when the facility is
// CANCELLED or REVOKED then, BEFORE_VERSION_IN_FORCE, CHANGE_SCHEDULED.
TimelineResult Change(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from,
                      absl::CivilDay today);

// Amends the content of the slice on `from`, from that day on, and of every later one; their filings and states stay.
// For what was mended after it was filed. Refusals: WRONG_STATE when the facility is CANCELLED or REVOKED then,
// BEFORE_VERSION_IN_FORCE.
TimelineResult Amend(const Timeline& timeline, absl::FunctionRef<void(v1::FilingContent*)> amend,
                     absl::CivilDay from, absl::CivilDay today);

// Suspends from `from` on a facility that is ACTIVE then. An order also takes the place of a voluntary suspension.
// Refusals as Change.
TimelineResult Suspend(const Timeline& timeline, absl::string_view reason, bool ordered,
                       absl::CivilDay from, absl::CivilDay today);

// Ends the suspension from `from` on of a facility that is SUSPENDED then. Refusals as Change.
TimelineResult Resume(const Timeline& timeline, absl::CivilDay from, absl::CivilDay today);

// Cancels (注销) from `from` on, the first day not in service; final. Refusals as Change.
TimelineResult Cancel(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from,
                      absl::CivilDay today);

// Records that the registration was revoked from `from` on; final. `reason` is kept as the slice's suspension_reason.
// Slices that begin after `from` are removed. Refusals as Change, BEFORE_VERSION_IN_FORCE only before the first day of the
// history.
TimelineResult Revoke(const Timeline& timeline, absl::string_view reason, absl::CivilDay from,
                      absl::CivilDay today);

// Back entries; every refusal is BACK_ENTRY_CONFLICT. `facts.back_entered` is set by them.
//   BackEnterInitial       on an empty timeline begins it; else puts a slice in front of the first day.
//   BackEnterChange        new content from `from` to the end of the back-entered slice that holds `from`.
//   BackEnterCancellation  final from `from` on; the slice that holds `from` is back-entered and the last one.
TimelineResult BackEnterInitial(const Timeline& timeline, const FiledFacts& facts,
                                absl::CivilDay from);
TimelineResult BackEnterChange(const Timeline& timeline, const FiledFacts& facts,
                               absl::CivilDay from);
TimelineResult BackEnterCancellation(const Timeline& timeline, const FiledFacts& facts,
                                     absl::CivilDay from);

// Sets and removes the slices of `change`: what every reader of the journal does. Acts are applied with it too.
void Apply(v1::FacilityChange change, Timeline* timeline);

// What is wrong with a history by the rules above, for tests and checks; empty when all is well.
std::vector<std::string> CheckTimeline(const Timeline& timeline);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_TIMELINE_H_
