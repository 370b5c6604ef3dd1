#include "services/aggregator/made_up_registry.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "services/aggregator/made_up_children.h"
#include "services/aggregator/made_up_members.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::JournalEntry;
using filing::v1::FacilityChange;
using filing::v1::FacilityVersion;
using filing::v1::Recognition;
using filing::v1::RecognitionChange;

constexpr absl::CivilDay kFirstDay(2018, 1, 1);
constexpr int kDays = 8 * 365;
constexpr int64_t kFirstTown = 500111001;
constexpr int kTowns = 6;
constexpr int kKindergartens = 12;

bool InForce(const Recognition& recognition, absl::CivilDay day) {
  return Holds(recognition.valid_from(), recognition.has_valid_to(), recognition.valid_to(), day) &&
         (!recognition.has_revoked_on() || day < *FromProto(recognition.revoked_on()));
}

}  // namespace

absl::CivilDay MadeUpRegistry::RandomDay() {
  const absl::CivilDay day = kFirstDay + Below(kDays);
  return Below(4) == 0 ? absl::CivilDay(absl::CivilMonth(day)) : day;
}

std::string MadeUpRegistry::NextId(int number) const {
  return absl::StrFormat("01900000-0000-7000-8000-%012d", number);
}

std::string MadeUpRegistry::AnyFacility() {
  return std::next(facilities_.begin(), Below(static_cast<int>(facilities_.size())))->first;
}

FacilityVersion MadeUpRegistry::RandomVersion(const std::string& facility, int number) {
  FacilityVersion version;
  version.set_facility(absl::StrCat("facilities/", facility));
  version.set_version(number);
  version.set_state(Below(6) == 0 ? filing::v1::FACILITY_STATE_SUSPENDED
                                  : filing::v1::FACILITY_STATE_ACTIVE);
  auto* content = version.mutable_content();
  content->set_name(absl::StrCat("演练托育机构", number));
  content->set_division_code(absl::StrCat(kFirstTown + Below(kTowns)));
  content->set_facility_type(static_cast<filing::v1::FacilityType>(1 + Below(4)));
  content->set_approved_capacity(Below(5) * 20);
  // Few kindergartens, so that many have several sites.
  content->set_parent_organisation_uscc(absl::StrCat("made-up-", Below(kKindergartens)));
  return version;
}

void MadeUpRegistry::AppendVersions(const std::string& action, const std::string& facility,
                                    const std::vector<FacilityVersion>& versions,
                                    const std::vector<int>& removed) {
  FacilityChange change;
  for (const FacilityVersion& version : versions) {
    *change.add_versions() = version;
    facilities_[facility].versions[version.version()] = version;
  }
  for (const int number : removed) {
    change.add_removed_versions(number);
    facilities_[facility].versions.erase(number);
  }
  journal_.Append(action, absl::StrCat("facilities/", facility), change);
}

std::string MadeUpRegistry::Register(absl::CivilDay from, filing::v1::FacilityType type, int places,
                                     int64_t town, const std::string& parent) {
  std::string facility = NextId(next_id_++);
  FacilityVersion version = RandomVersion(facility, 1);
  version.set_state(filing::v1::FACILITY_STATE_ACTIVE);
  *version.mutable_valid_from() = ToProto(from);
  version.mutable_content()->set_facility_type(type);
  version.mutable_content()->set_approved_capacity(places);
  version.mutable_content()->set_division_code(absl::StrCat(town));
  if (!parent.empty()) version.mutable_content()->set_parent_organisation_uscc(parent);
  AppendVersions("facility.registered", facility, {version});
  return facility;
}

void MadeUpRegistry::Cancel(const std::string& facility, absl::CivilDay day) {
  FacilityVersion last = facilities_[facility].versions.rbegin()->second;
  *last.mutable_valid_to() = ToProto(day);
  FacilityVersion cancelled = last;
  cancelled.set_version(last.version() + 1);
  *cancelled.mutable_valid_from() = ToProto(day);
  cancelled.clear_valid_to();
  cancelled.set_state(filing::v1::FACILITY_STATE_CANCELLED);
  AppendVersions("facility.cancelled", facility, {last, cancelled});
}

void MadeUpRegistry::Recognise(const std::string& facility, absl::CivilDay from,
                               int places_covered) {
  RecognitionChange change;
  change.set_facility(absl::StrCat("facilities/", facility));
  Recognition* recognition = change.mutable_recognition();
  auto& known = facilities_[facility].recognitions;
  recognition->set_name(absl::StrCat(change.facility(), "/recognitions/", known.size()));
  *recognition->mutable_valid_from() = ToProto(from);
  recognition->set_places_covered(places_covered);
  known[recognition->name()] = *recognition;
  journal_.Append("recognition.granted", recognition->name(), change);
}

// A change, suspension or resumption: the last slice ends, and another begins.
void MadeUpRegistry::ChangeLast(const std::string& facility) {
  FacilityVersion last = facilities_[facility].versions.rbegin()->second;
  if (last.has_valid_to()) return;
  const absl::CivilDay day = *FromProto(last.valid_from()) + 1 + Below(500);
  if (Below(8) == 0) return Cancel(facility, day);
  *last.mutable_valid_to() = ToProto(day);
  FacilityVersion next = RandomVersion(facility, last.version() + 1);
  *next.mutable_valid_from() = ToProto(day);
  AppendVersions("facility.changed", facility, {last, next});
}

// Back-entry: all slices are replaced by two others that begin earlier.
void MadeUpRegistry::CorrectPast(const std::string& facility) {
  const auto& versions = facilities_[facility].versions;
  std::vector<int> removed;
  removed.reserve(versions.size());
  for (const auto& [number, version] : versions) removed.push_back(number);
  const absl::CivilDay begin = *FromProto(versions.begin()->second.valid_from()) - Below(300);
  FacilityVersion first = RandomVersion(facility, removed.back() + 1);
  *first.mutable_valid_from() = ToProto(begin);
  *first.mutable_valid_to() = ToProto(begin + 50 + Below(300));
  FacilityVersion second = RandomVersion(facility, removed.back() + 2);
  *second.mutable_valid_from() = first.valid_to();
  AppendVersions("facility.back_entered", facility, {first, second}, removed);
}

void MadeUpRegistry::ChangeRecognition(const std::string& facility) {
  auto& known = facilities_[facility].recognitions;
  if (known.empty() || Below(2) == 0) return Recognise(facility, RandomDay(), Below(3) * 15);
  Recognition& recognition = std::prev(known.end())->second;
  const absl::CivilDay day = *FromProto(recognition.valid_from()) - 20 + Below(800);
  RecognitionChange change;
  change.set_facility(absl::StrCat("facilities/", facility));
  *(Below(2) == 0 ? recognition.mutable_revoked_on() : recognition.mutable_valid_to()) =
      ToProto(day);
  *change.mutable_recognition() = recognition;
  journal_.Append("recognition.revoked", recognition.name(), change);
}

void MadeUpRegistry::AppendRandom(int count) {
  for (int64_t goal = head() + count; head() < goal;) {
    const int kind = Below(15);
    if (facilities_.empty() || kind == 0) {
      Register(RandomDay(), static_cast<filing::v1::FacilityType>(1 + Below(4)), Below(5) * 20,
               kFirstTown + Below(kTowns));
    } else if (kind == 1) {
      filing::v1::Filing filing;
      filing.set_name("filings/made-up");
      journal_.Append("filing.submitted", filing.name(), filing);
    } else if (kind < 5) {
      ChangeLast(AnyFacility());
    } else if (kind < 6) {
      CorrectPast(AnyFacility());
    } else if (kind < 10) {
      ChangeRecognition(AnyFacility());
    } else {
      ChangeMember(Below(12) == 0 ? NextId(next_id_) : AnyFacility());
    }
  }
}

std::map<std::string, MadeUpRegistry::Facility> MadeUpRegistry::KnownAt(int64_t sequence) const {
  std::map<std::string, Facility> known;
  for (const JournalEntry& entry : Entries(1, sequence)) {
    FacilityChange change;
    RecognitionChange recognition;
    filing::v1::StaffChange staff;
    filing::v1::DemonstrationChange label;
    filing::v1::ChildChange child;
    if (entry.payload_type() == change.GetDescriptor()->full_name()) {
      change.ParseFromString(entry.payload());
      Facility& facility = known[entry.subject()];
      for (const FacilityVersion& version : change.versions()) {
        facility.versions[version.version()] = version;
      }
      for (const int number : change.removed_versions()) facility.versions.erase(number);
    } else if (entry.payload_type() == recognition.GetDescriptor()->full_name()) {
      recognition.ParseFromString(entry.payload());
      known[recognition.facility()].recognitions[recognition.recognition().name()] =
          recognition.recognition();
    } else if (entry.payload_type() == staff.GetDescriptor()->full_name()) {
      staff.ParseFromString(entry.payload());
      known[staff.facility()].staff[staff.member().name()] = staff.member();
    } else if (entry.payload_type() == label.GetDescriptor()->full_name()) {
      label.ParseFromString(entry.payload());
      known[label.facility()].demonstrations[label.demonstration().name()] = label.demonstration();
    } else if (entry.payload_type() == child.GetDescriptor()->full_name()) {
      child.ParseFromString(entry.payload());
      known[child.facility()].children[child.child().name()] = child;
    }
  }
  return known;
}

Amounts MadeUpRegistry::Count(int64_t division, absl::CivilDay day, int64_t sequence) const {
  Amounts amounts{};
  std::set<std::string> kindergartens;
  for (const auto& [name, facility] : KnownAt(sequence)) {
    for (const auto& [number, version] : facility.versions) {
      const int64_t town = std::stoll(version.content().division_code());
      const bool inside = division == town || division == town / 1000 || division == 500000;
      if (!inside || version.state() != filing::v1::FACILITY_STATE_ACTIVE ||
          !Holds(version.valid_from(), version.has_valid_to(), version.valid_to(), day)) {
        continue;
      }
      const int places = version.content().approved_capacity();
      const int type = version.content().facility_type() - filing::v1::FACILITY_TYPE_ORDINARY;
      amounts[kPlacesOrdinary + type] += places;
      amounts[kFacilitiesOrdinary + type] += 1;
      if (type == 1 && places > 0) {
        amounts[kKindergartenSites] += 1;
        kindergartens.insert(version.content().parent_organisation_uscc());
      }
      int covered = -1;
      for (const auto& [id, recognition] : facility.recognitions) {
        if (!InForce(recognition, day)) continue;
        const int limit = recognition.places_covered();
        covered = std::max(covered, limit == 0 ? places : std::min(places, limit));
      }
      if (covered >= 0) {
        amounts[kInclusiveFacilities] += 1;
        amounts[kInclusivePlaces] += covered;
      }
      for (const auto& [id, person] : facility.staff) CountOn(person, day, &amounts);
      for (const auto& [id, label] : facility.demonstrations) CountOn(label, day, &amounts);
      for (const auto& [id, child] : facility.children) CountOn(child, day, &amounts);
    }
  }
  amounts[kKindergartensWithCare] = static_cast<int64_t>(kindergartens.size());
  return amounts;
}

void MadeUpRegistry::Restart(uint32_t seed) {
  random_.seed(seed);
  journal_.Clear();
  facilities_.clear();
  staff_.clear();
  demonstrations_.clear();
  children_.clear();
  next_id_ = 1;
  next_member_ = 1;
}

}  // namespace tuoyu::aggregator
