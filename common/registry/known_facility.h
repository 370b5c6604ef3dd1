#ifndef TUOYU_COMMON_REGISTRY_KNOWN_FACILITY_H_
#define TUOYU_COMMON_REGISTRY_KNOWN_FACILITY_H_

#include <string>

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::registry {

// A facility as it is on a day.
struct KnownFacility {
  std::string id;
  std::string name;           // of the facility, e.g. 向日葵托育园
  std::string division_code;  // 9 digits
  filing::v1::FacilityState state = filing::v1::FACILITY_STATE_UNSPECIFIED;
  filing::v1::FacilityType type = filing::v1::FACILITY_TYPE_UNSPECIFIED;
  absl::CivilDay filed_on;

  bool IsOpen() const { return state == filing::v1::FACILITY_STATE_ACTIVE; }
};

}  // namespace tuoyu::registry

#endif  // TUOYU_COMMON_REGISTRY_KNOWN_FACILITY_H_
