#include "services/filing/facility_timeline.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"

namespace tuoyu::filing {
namespace {

using v1::FacilityChange;
using v1::FacilityVersion;

// What an act may do about a slice decided for a later day.
enum class Scheduled {
  kRefuse,       // only act on its first day
  kCarryInto,    // may precede it, from today at the latest, and changes it, too
  kEnd,          // may precede it and removes it, unless it is final
  kEndAlsoFinal  // may precede it and the slice in force, and removes all that begins later
};

constexpr size_t kNowhere = static_cast<size_t>(-1);

// Index of the slice in force on `day`.
size_t IndexOn(const Timeline& timeline, absl::CivilDay day) {
  for (size_t i = timeline.slices.size(); i > 0; --i) {
    if (FirstDayOf(timeline.slices[i - 1]) <= day) {
      return day < EndDayOf(timeline.slices[i - 1]) ? i - 1 : kNowhere;
    }
  }
  return kNowhere;
}

std::string StateName(v1::FacilityState state) {
  constexpr size_t kPrefix = sizeof("FACILITY_STATE_") - 1;
  return v1::FacilityState_Name(state).substr(kPrefix);
}

TimelineRefusal WrongState(const FacilityVersion& slice) {
  return {"WRONG_STATE", {{"state", StateName(slice.state())}}};
}

TimelineRefusal Conflict(absl::string_view field) {
  return {"BACK_ENTRY_CONFLICT", {{"field", std::string(field)}}};
}

// Whether `from` lies before the slice at `earliest`; always when there is none.
bool IsBefore(const Timeline& timeline, size_t earliest, absl::CivilDay from) {
  return earliest == kNowhere || from < FirstDayOf(timeline.slices[earliest]);
}

TimelineRefusal TooEarly(const Timeline& timeline, size_t earliest) {
  const std::string first =
      earliest == kNowhere ? "" : FormatDay(FirstDayOf(timeline.slices[earliest]));
  return {"BEFORE_VERSION_IN_FORCE", {{"first_day", first}}};
}

// The slice an act from `from` on changes, or why it may not.
struct Place {
  size_t index = kNowhere;
  TimelineRefusal refusal;
};

Place FindPlace(const Timeline& timeline, absl::CivilDay from, absl::CivilDay today,
                Scheduled scheduled) {
  const size_t in_force = IndexOn(timeline, today);
  const bool reaches_back = scheduled == Scheduled::kEndAlsoFinal;
  const size_t earliest = reaches_back && in_force != kNowhere ? 0 : in_force;
  if (IsBefore(timeline, earliest, from)) return {kNowhere, TooEarly(timeline, earliest)};
  const size_t index = IndexOn(timeline, from);
  for (const size_t i : {in_force, index}) {
    if (IsFinal(timeline.slices[i].state())) return {kNowhere, WrongState(timeline.slices[i])};
  }
  if (in_force + 1 == timeline.slices.size()) return {index, {}};
  const FacilityVersion& future = timeline.slices.back();
  const bool may_precede = (scheduled == Scheduled::kCarryInto && from <= today) ||
                           scheduled == Scheduled::kEndAlsoFinal ||
                           (scheduled == Scheduled::kEnd && !IsFinal(future.state()));
  const absl::CivilDay day = FirstDayOf(future);
  if (from == day || (from < day && may_precede)) return {index, {}};
  return {kNowhere, {"CHANGE_SCHEDULED", {{"day", FormatDay(day)}}}};
}

// Puts `slice` in force from `from` to the end of the slice at `index`.
void Put(const Timeline& timeline, size_t index, absl::CivilDay from, FacilityVersion slice,
         FacilityChange* change) {
  const FacilityVersion& old = timeline.slices[index];
  slice.set_facility(timeline.facility);
  *slice.mutable_valid_from() = ToProto(from);
  if (old.has_valid_to()) {
    *slice.mutable_valid_to() = old.valid_to();
  } else {
    slice.clear_valid_to();
  }
  if (FirstDayOf(old) == from) {
    slice.set_version(old.version());
  } else {
    FacilityVersion* cut = change->add_versions();
    *cut = old;
    *cut->mutable_valid_to() = slice.valid_from();
    slice.set_version(timeline.last_version + 1);
  }
  *change->add_versions() = std::move(slice);
}

// Ends the history with `slice` from `from` on.
void End(const Timeline& timeline, size_t index, absl::CivilDay from, FacilityVersion slice,
         FacilityChange* change) {
  Put(timeline, index, from, std::move(slice), change);
  change->mutable_versions(change->versions_size() - 1)->clear_valid_to();
  for (size_t i = index + 1; i < timeline.slices.size(); ++i) {
    change->add_removed_versions(timeline.slices[i].version());
  }
}

void SetSuspension(absl::string_view reason, bool ordered, FacilityVersion* slice) {
  slice->set_state(v1::FACILITY_STATE_SUSPENDED);
  slice->set_suspension_reason(std::string(reason));
  slice->set_suspension_ordered(ordered);
  slice->set_back_entered(false);
}

void SetState(v1::FacilityState state, FacilityVersion* slice) {
  slice->set_state(state);
  slice->clear_suspension_reason();
  slice->clear_suspension_ordered();
  slice->set_back_entered(false);
}

void SetFiling(const FiledFacts& facts, bool back_entered, FacilityVersion* slice) {
  slice->set_filing(facts.filing);
  slice->set_receipt_number(facts.receipt_number);
  *slice->mutable_filed_on() = ToProto(facts.filed_on);
  slice->set_back_entered(back_entered);
}

FacilityVersion FirstSlice(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from,
                           bool back_entered) {
  FacilityVersion slice;
  slice.set_facility(timeline.facility);
  slice.set_version(timeline.last_version + 1);
  slice.set_state(v1::FACILITY_STATE_ACTIVE);
  *slice.mutable_valid_from() = ToProto(from);
  *slice.mutable_content() = facts.content;
  SetFiling(facts, back_entered, &slice);
  return slice;
}

// The back-entered slice that holds `from` and may be changed by back entries; null: there is none.
const FacilityVersion* BackEnteredOn(const Timeline& timeline, absl::CivilDay from) {
  const FacilityVersion* slice = SliceOn(timeline, from);
  if (slice == nullptr || !slice->back_entered() || IsFinal(slice->state())) return nullptr;
  return slice;
}

}  // namespace

absl::CivilDay FirstDayOf(const FacilityVersion& slice) {
  const google::type::Date& date = slice.valid_from();
  return absl::CivilDay(date.year(), date.month(), date.day());
}

absl::CivilDay EndDayOf(const FacilityVersion& slice) {
  if (!slice.has_valid_to()) return absl::CivilDay::max();
  const google::type::Date& date = slice.valid_to();
  return absl::CivilDay(date.year(), date.month(), date.day());
}

bool IsFinal(v1::FacilityState state) {
  return state == v1::FACILITY_STATE_CANCELLED || state == v1::FACILITY_STATE_REVOKED_REGISTRATION;
}

const FacilityVersion* SliceOn(const Timeline& timeline, absl::CivilDay day) {
  const size_t index = IndexOn(timeline, day);
  return index == kNowhere ? nullptr : &timeline.slices[index];
}

TimelineResult Begin(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from) {
  if (!timeline.slices.empty()) return WrongState(timeline.slices.back());
  FacilityChange change;
  *change.add_versions() = FirstSlice(timeline, facts, from, facts.back_entered);
  return change;
}

TimelineResult Change(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from,
                      absl::CivilDay today) {
  Place place = FindPlace(timeline, from, today, Scheduled::kRefuse);
  if (place.index == kNowhere) return std::move(place.refusal);
  FacilityVersion slice = timeline.slices[place.index];
  *slice.mutable_content() = facts.content;
  SetFiling(facts, facts.back_entered, &slice);
  FacilityChange change;
  Put(timeline, place.index, from, std::move(slice), &change);
  return change;
}

TimelineResult Amend(const Timeline& timeline, absl::FunctionRef<void(v1::FilingContent*)> amend,
                     absl::CivilDay from, absl::CivilDay today) {
  const size_t in_force = IndexOn(timeline, today);
  if (IsBefore(timeline, in_force, from)) return TooEarly(timeline, in_force);
  const size_t index = IndexOn(timeline, from);
  if (IsFinal(timeline.slices[index].state())) return WrongState(timeline.slices[index]);
  // A second future slice would come to be.
  const absl::CivilDay last = FirstDayOf(timeline.slices.back());
  if (from > today && last > today && from != last) {
    return TimelineRefusal{"CHANGE_SCHEDULED", {{"day", FormatDay(last)}}};
  }
  const auto amended = [&](size_t i) {
    FacilityVersion slice = timeline.slices[i];
    amend(slice.mutable_content());
    slice.set_back_entered(false);
    return slice;
  };
  FacilityChange change;
  Put(timeline, index, from, amended(index), &change);
  for (size_t i = index + 1; i < timeline.slices.size(); ++i) *change.add_versions() = amended(i);
  return change;
}

TimelineResult Suspend(const Timeline& timeline, absl::string_view reason, bool ordered,
                       absl::CivilDay from, absl::CivilDay today) {
  Place place =
      FindPlace(timeline, from, today, ordered ? Scheduled::kCarryInto : Scheduled::kRefuse);
  if (place.index == kNowhere) return std::move(place.refusal);
  FacilityVersion slice = timeline.slices[place.index];
  const bool voluntary =
      slice.state() == v1::FACILITY_STATE_SUSPENDED && !slice.suspension_ordered();
  if (slice.state() != v1::FACILITY_STATE_ACTIVE && !(ordered && voluntary)) {
    return WrongState(slice);
  }
  SetSuspension(reason, ordered, &slice);
  FacilityChange change;
  Put(timeline, place.index, from, std::move(slice), &change);
  for (size_t i = place.index + 1; i < timeline.slices.size(); ++i) {
    if (IsFinal(timeline.slices[i].state())) break;
    FacilityVersion* later = change.add_versions();
    *later = timeline.slices[i];
    SetSuspension(reason, ordered, later);
  }
  return change;
}

TimelineResult Resume(const Timeline& timeline, absl::CivilDay from, absl::CivilDay today) {
  Place place = FindPlace(timeline, from, today, Scheduled::kRefuse);
  if (place.index == kNowhere) return std::move(place.refusal);
  FacilityVersion slice = timeline.slices[place.index];
  if (slice.state() != v1::FACILITY_STATE_SUSPENDED) return WrongState(slice);
  SetState(v1::FACILITY_STATE_ACTIVE, &slice);
  FacilityChange change;
  Put(timeline, place.index, from, std::move(slice), &change);
  return change;
}

TimelineResult Cancel(const Timeline& timeline, const FiledFacts& facts, absl::CivilDay from,
                      absl::CivilDay today) {
  Place place = FindPlace(timeline, from, today, Scheduled::kEnd);
  if (place.index == kNowhere) return std::move(place.refusal);
  FacilityVersion slice = timeline.slices[place.index];
  SetState(v1::FACILITY_STATE_CANCELLED, &slice);
  SetFiling(facts, facts.back_entered, &slice);
  FacilityChange change;
  End(timeline, place.index, from, std::move(slice), &change);
  return change;
}

TimelineResult Revoke(const Timeline& timeline, absl::string_view reason, absl::CivilDay from,
                      absl::CivilDay today) {
  Place place = FindPlace(timeline, from, today, Scheduled::kEndAlsoFinal);
  if (place.index == kNowhere) return std::move(place.refusal);
  FacilityVersion slice = timeline.slices[place.index];
  SetState(v1::FACILITY_STATE_REVOKED_REGISTRATION, &slice);
  slice.set_suspension_reason(std::string(reason));
  FacilityChange change;
  End(timeline, place.index, from, std::move(slice), &change);
  return change;
}

TimelineResult BackEnterInitial(const Timeline& timeline, const FiledFacts& facts,
                                absl::CivilDay from) {
  FacilityVersion slice = FirstSlice(timeline, facts, from, /*back_entered=*/true);
  if (!timeline.slices.empty()) {
    if (FirstDayOf(timeline.slices.front()) <= from) return Conflict("effective_date");
    *slice.mutable_valid_to() = timeline.slices.front().valid_from();
  }
  FacilityChange change;
  *change.add_versions() = std::move(slice);
  return change;
}

TimelineResult BackEnterChange(const Timeline& timeline, const FiledFacts& facts,
                               absl::CivilDay from) {
  const FacilityVersion* old = BackEnteredOn(timeline, from);
  if (old == nullptr) return Conflict("effective_date");
  FacilityVersion slice = *old;
  *slice.mutable_content() = facts.content;
  SetFiling(facts, /*back_entered=*/true, &slice);
  FacilityChange change;
  Put(timeline, IndexOn(timeline, from), from, std::move(slice), &change);
  return change;
}

TimelineResult BackEnterCancellation(const Timeline& timeline, const FiledFacts& facts,
                                     absl::CivilDay from) {
  const FacilityVersion* old = BackEnteredOn(timeline, from);
  if (old == nullptr || old != &timeline.slices.back() || FirstDayOf(*old) == from) {
    return Conflict("effective_date");
  }
  FacilityVersion slice = *old;
  SetState(v1::FACILITY_STATE_CANCELLED, &slice);
  SetFiling(facts, /*back_entered=*/true, &slice);
  FacilityChange change;
  Put(timeline, timeline.slices.size() - 1, from, std::move(slice), &change);
  return change;
}

void Apply(FacilityChange change, Timeline* timeline) {
  std::vector<FacilityVersion>& slices = timeline->slices;
  const auto drop = [&](int version) {
    slices.erase(std::remove_if(slices.begin(), slices.end(),
                                [&](const auto& slice) { return slice.version() == version; }),
                 slices.end());
  };
  for (int version : change.removed_versions()) drop(version);
  for (FacilityVersion& slice : *change.mutable_versions()) {
    drop(slice.version());
    timeline->last_version = std::max(timeline->last_version, slice.version());
    slices.push_back(std::move(slice));
  }
  std::sort(slices.begin(), slices.end(), [](const auto& left, const auto& right) {
    return FirstDayOf(left) < FirstDayOf(right);
  });
}

std::vector<std::string> CheckTimeline(const Timeline& timeline) {
  std::vector<std::string> findings;
  std::set<int> versions;
  for (size_t i = 0; i < timeline.slices.size(); ++i) {
    const FacilityVersion& slice = timeline.slices[i];
    const bool last = i + 1 == timeline.slices.size();
    const auto complain = [&](absl::string_view what) {
      findings.push_back(absl::StrCat("slice ", slice.version(), " ", what));
    };
    if (slice.version() < 1 || slice.version() > timeline.last_version) complain("number range");
    if (!versions.insert(slice.version()).second) complain("number given twice");
    if (slice.facility() != timeline.facility) complain("of another facility");
    if (FirstDayOf(slice) >= EndDayOf(slice)) complain("is empty");
    if (last && slice.has_valid_to()) complain("is last and has an end");
    if (!last && EndDayOf(slice) != FirstDayOf(timeline.slices[i + 1])) complain("gap or overlap");
    if (!last && IsFinal(slice.state())) complain("is final but not last");
    if (slice.state() == v1::FACILITY_STATE_UNSPECIFIED) complain("has no state");
  }
  return findings;
}

}  // namespace tuoyu::filing
