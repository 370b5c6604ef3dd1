#include "clients/cli/rehearsal/children.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/ids/made_up.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr absl::CivilDay kBaseline(2022, 12, 31);
constexpr absl::CivilDay kTarget(2025, 12, 31);
constexpr absl::CivilDay kOpen(9999, 12, 31);
// Of 1,000 places, those used at the end of 2022 and of 2025.
constexpr int kUsed2022 = 300;
constexpr int kUsed2025 = 432;
// The keepers of health records report since this day.
constexpr absl::CivilDay kRecordsSince(2023, 3, 1);
// Out of 100: children in half-day care, without a record, with a check missed.
constexpr int kHalfDay = 12;
constexpr int kNoRecord = 1;
constexpr int kMissed = 2;
// Months of age on the first day.
constexpr int kYoungest = 12;
constexpr int kOldest = 28;
constexpr int kThreeYears = 36;
constexpr int kCheckMonths[] = {12, 18, 24, 30, 36};

// A place in use: from a day on one child after another.
struct Seat {
  size_t facility = 0;
  int index = 0;  // within the facility
  absl::CivilDay from;
  absl::CivilDay to = kOpen;
};

class ChildMaker {
 public:
  ChildMaker(const District& district, const data::Divisions& divisions, absl::CivilDay horizon)
      : district_(district), divisions_(divisions), horizon_(horizon) {}

  std::vector<FacilityChildren> Make() {
    const std::vector<int> then = UsedOn(kBaseline, kUsed2022);
    const std::vector<int> later = UsedOn(kTarget, kUsed2025);
    std::vector<FacilityChildren> children(district_.facilities().size());
    for (size_t i = 0; i < children.size() && made_ < kMostChildren; ++i) {
      children[i].number = district_.facilities()[i].number;
      labels_ = LabelsOf(i);
      for (const Seat& seat : SeatsOf(i, then[i], later[i])) Fill(seat, &children[i].entries);
    }
    return children;
  }

 private:
  uint64_t seed() const { return district_.options().seed; }

  // Places in use at each facility on a day: `per_mille` of the district's, each facility as near to that share as whole
  // children allow.
  std::vector<int> UsedOn(absl::CivilDay day, int64_t per_mille) const {
    std::vector<int> used;
    int64_t places = 0;
    int64_t given = 0;
    for (const FacilityPlan& plan : district_.facilities()) {
      places += plan.PlacesOn(day);
      const int64_t wanted = (places * per_mille + 500) / 1000 - given;
      used.push_back(static_cast<int>(wanted));
      given += wanted;
    }
    return used;
  }

  std::vector<std::string> LabelsOf(size_t facility) const {
    const FacilityPlan& plan = district_.facilities()[facility];
    std::vector<std::string> labels;
    const bool changes = plan.change == ChangeKind::kCapacity;
    const pb::FilingContent content = MakeContent(plan, seed(), divisions_, changes);
    for (const pb::ClassPlan& each : content.classes()) {
      labels.push_back(each.label());
    }
    return labels;
  }

  // The first `then` seats are in use at the end of 2022, the first `later` at the end of 2025.
  std::vector<Seat> SeatsOf(size_t facility, int then, int later) const {
    const FacilityPlan& plan = district_.facilities()[facility];
    SplitMix64 chance(seed(), kPurposeChildren, facility);
    std::vector<Seat> seats;
    for (int i = 0; i < std::max(then, later); ++i) {
      Seat seat{facility, i, plan.filed_on, plan.cancelled_on.value_or(kOpen)};
      const absl::CivilDay first =
          i < then ? plan.filed_on : std::max(plan.filed_on, kBaseline + 1);
      const absl::CivilDay last = i < then ? kBaseline : kTarget;
      const auto days = static_cast<int>(std::max<absl::civil_diff_t>(0, last - first));
      seat.from = first + chance.Between(0, std::min(days, i < then ? 300 : 1095));
      if (i >= later) seat.to = std::min(seat.to, kBaseline + 1 + chance.Between(0, 600));
      seats.push_back(seat);
    }
    return seats;
  }

  // One child after another, each until three years old or until the family leaves.
  void Fill(const Seat& seat, std::vector<pb::ChildEntry>* entries) {
    SplitMix64 chance(
        seed(), kPurposeChildren,
        (uint64_t{1} << 40) + (seat.facility << 16) + static_cast<uint64_t>(seat.index));
    const absl::CivilDay end = std::min(seat.to, horizon_ + 1);
    for (absl::CivilDay from = seat.from; from < end;) {
      const absl::CivilDay birth =
          AddMonths(from, -chance.Between(kYoungest, kOldest)) - chance.Between(0, 25);
      const absl::CivilDay leaves =
          std::min(AddMonths(birth, kThreeYears), from + chance.Between(240, 700));
      const absl::CivilDay to = std::min(leaves, seat.to);
      entries->push_back(EntryOf(birth, from, to, chance));
      from = to;
    }
  }

  pb::ChildEntry EntryOf(absl::CivilDay birth, absl::CivilDay from, absl::CivilDay to,
                         SplitMix64& chance) {
    pb::ChildEntry entry;
    entry.set_child_name(MadeUpName(chance));
    Identify(birth, chance, &entry);
    pb::GuardianConsent& consent = *entry.mutable_consent();
    *consent.mutable_given_on() = ToProto(from - chance.Between(1, 15));
    consent.set_text_version("演练告知2021");
    consent.set_guardian_name(MadeUpName(chance));
    pb::Enrolment& enrolment = *entry.add_enrolments();
    enrolment.set_class_label(labels_.empty() ? "" : labels_[made_ % labels_.size()]);
    const bool half = chance.Percent(kHalfDay);
    enrolment.set_service_mode(half ? pb::SERVICE_MODE_HALF_DAY : pb::SERVICE_MODE_FULL_DAY);
    enrolment.set_time_band(!half                ? pb::TIME_BAND_ALL_DAY
                            : chance.Percent(70) ? pb::TIME_BAND_MORNING
                                                 : pb::TIME_BAND_AFTERNOON);
    *enrolment.mutable_valid_from() = ToProto(from);
    if (to <= horizon_) *enrolment.mutable_valid_to() = ToProto(to);
    AddRecord(birth, from, to, chance, &entry);
    ++made_;
    return entry;
  }

  // A resident id where one of the four of the birthday is free, else a birth certificate.
  void Identify(absl::CivilDay birth, SplitMix64& chance, pb::ChildEntry* entry) {
    const std::string id = ids::MadeUpResidentId(birth, static_cast<uint32_t>(chance.Below(4)));
    if (taken_.insert(id).second) {
      entry->set_document(pb::CHILD_DOCUMENT_RESIDENT_ID);
      entry->set_document_number(id);
    } else {
      entry->set_document(pb::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
      entry->set_document_number(absl::StrFormat("Y9%08d", made_));
    }
    entry->set_birth_date(FormatDay(birth));
  }

  // Opened on the first day, or when records began to be kept; all sections checked then and at each age of the schedule.
  void AddRecord(absl::CivilDay birth, absl::CivilDay from, absl::CivilDay to, SplitMix64& chance,
                 pb::ChildEntry* entry) const {
    const bool none = chance.Percent(kNoRecord);
    const bool missed = chance.Percent(kMissed);
    const absl::CivilDay opened = std::max(from, kRecordsSince + chance.Between(0, 90));
    const absl::CivilDay end = std::min(to, horizon_ + 1);
    if (none || opened >= end) return;
    pb::HealthRecord& record = *entry->mutable_health_record();
    record.set_record_number(absl::StrFormat("YLJK%08d", made_));
    *record.mutable_opened_on() = ToProto(opened);
    std::vector<absl::CivilDay> days = {opened};
    for (const int months : kCheckMonths) {
      const absl::CivilDay day = AddMonths(birth, months) + chance.Between(0, 20);
      if (day > opened && day < end) days.push_back(day);
    }
    if (missed && days.size() > 1) days.pop_back();
    for (const absl::CivilDay day : days) {
      for (int section = pb::HEALTH_SECTION_GROWTH; section < pb::HealthSection_ARRAYSIZE;
           ++section) {
        pb::HealthCheck& check = *record.add_checks();
        check.set_section(static_cast<pb::HealthSection>(section));
        *check.mutable_done_on() = ToProto(day);
      }
    }
  }

  const District& district_;
  const data::Divisions& divisions_;
  const absl::CivilDay horizon_;
  std::vector<std::string> labels_;  // of the facility being filled
  std::set<std::string> taken_;
  int made_ = 0;
};

}  // namespace

std::vector<FacilityChildren> MakeChildren(const District& district,
                                           const data::Divisions& divisions,
                                           absl::CivilDay horizon) {
  return ChildMaker(district, divisions, horizon).Make();
}

}  // namespace tuoyu::rehearsal
