#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_CURRENT_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_CURRENT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/district.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The filings of today: a few that go through the real life cycle, one left in each open state, so that every desk has
// something to do.
namespace tuoyu::rehearsal {

// One filing and how far it goes.
struct CurrentFiling {
  std::string account;  // of the facility's head: "rehearsal-16-60-01"
  filing::v1::FilingKind kind = filing::v1::FILING_KIND_INITIAL;
  filing::v1::FilingState end = filing::v1::FILING_STATE_SUBMITTED;
  bool returned_first = false;  // returned as incomplete once before it goes on
  bool noticed_before_receipt = false;
  bool recognised = false;  // recognised as inclusive in the end
  FacilityPlan plan;        // of a first filing
  std::string uscc;         // of the facility that a change or cancellation is about
};

// The filings of a district on `day`; plans of first filings have numbers above those of the district.
std::vector<CurrentFiling> CurrentFilings(const District& district,
                                          const data::Divisions& divisions, absl::CivilDay day);

// USCC of the facility that is suspended today: a home-based one, so that the indicators hardly move.
std::string SuspendedUscc(const District& district, const data::Divisions& divisions,
                          absl::CivilDay day);

// The next act on a filing of this scenario that is in this state; kNone when it is where it should be.
enum class Act {
  kNone,
  kSubmit,
  kReturn,
  kReceive,
  kAccept,
  kNotice,
  kRectify,
  kComplete,
  kWithdraw,
};
Act NextAct(const CurrentFiling& scenario, const filing::v1::Filing& filing);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_CURRENT_H_
