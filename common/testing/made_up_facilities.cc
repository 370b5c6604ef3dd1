#include "common/testing/made_up_facilities.h"

#include "absl/strings/str_format.h"
#include "common/base/civil.h"

namespace tuoyu::testing {

using filing::v1::FacilityChange;
using filing::v1::FacilityVersion;

std::string MadeUpFacilities::Register(const std::string& name, const std::string& division,
                                       absl::CivilDay from, filing::v1::FacilityType type) {
  std::string facility = absl::StrFormat("facilities/01900000-0000-7000-8000-%012d", next_id_++);
  FacilityChange change;
  FacilityVersion& slice = *change.add_versions();
  slice.set_facility(facility);
  slice.set_version(1);
  *slice.mutable_valid_from() = ToProto(from);
  *slice.mutable_filed_on() = ToProto(from);
  slice.set_state(filing::v1::FACILITY_STATE_ACTIVE);
  slice.mutable_content()->set_name(name);
  slice.mutable_content()->set_division_code(division);
  slice.mutable_content()->set_facility_type(type);
  journal_.Append("facility.registered", facility, change);
  return facility;
}

void MadeUpFacilities::Change(const std::string& facility, filing::v1::FacilityState state,
                              absl::CivilDay day) {
  FacilityVersion last;
  for (const auto& entry : journal_.Entries(1, journal_.head())) {
    FacilityChange change;
    if (entry.subject() == facility && change.ParseFromString(entry.payload()) &&
        change.versions_size() > 0) {
      last = *change.versions().rbegin();
    }
  }
  FacilityChange change;
  FacilityVersion& before = *change.add_versions();
  before = last;
  *before.mutable_valid_to() = ToProto(day);
  FacilityVersion& after = *change.add_versions();
  after = last;
  after.set_version(last.version() + 1);
  *after.mutable_valid_from() = ToProto(day);
  after.set_state(state);
  journal_.Append("facility.changed", facility, change);
}

void MadeUpFacilities::Link(const std::string& facility, const std::string& predecessor) {
  filing::v1::Facility linked;
  linked.set_name(facility);
  linked.set_predecessor(predecessor);
  journal_.Append("facility.linked", facility, linked);
}

void MadeUpFacilities::Unlink(const std::string& facility, const std::string& predecessor) {
  filing::v1::FacilityLinkRemoval removal;
  removal.set_facility(facility);
  removal.set_predecessor(predecessor);
  journal_.Append("facility.unlinked", facility, removal);
}

}  // namespace tuoyu::testing
