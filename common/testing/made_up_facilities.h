#ifndef TUOYU_COMMON_TESTING_MADE_UP_FACILITIES_H_
#define TUOYU_COMMON_TESTING_MADE_UP_FACILITIES_H_

#include <string>

#include "absl/time/civil_time.h"
#include "common/testing/made_up_journal.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::testing {

// A registry for tests that knows of facilities only what other services keep. Names are "facilities/{id}".
class MadeUpFacilities {
 public:
  std::string Register(const std::string& name, const std::string& division, absl::CivilDay from,
                       filing::v1::FacilityType type = filing::v1::FACILITY_TYPE_ORDINARY);
  // From `day` on it is in this state.
  void Change(const std::string& facility, filing::v1::FacilityState state, absl::CivilDay day);
  void Link(const std::string& facility, const std::string& predecessor);
  void Unlink(const std::string& facility, const std::string& predecessor);

  MadeUpJournal& journal() { return journal_; }

 private:
  MadeUpJournal journal_{"filing"};
  int next_id_ = 1;
};

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_MADE_UP_FACILITIES_H_
