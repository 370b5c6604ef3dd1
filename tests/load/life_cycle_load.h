#ifndef TUOYU_TESTS_LOAD_LIFE_CYCLE_LOAD_H_
#define TUOYU_TESTS_LOAD_LIFE_CYCLE_LOAD_H_

#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// In turn, three times: `cycles` durable submit-receive-accept cycles through the service from 8 threads, and the rows
// these left, inserted by a bare client in one transaction a cycle from 8 threads.
absl::Status LifeCycles(District& district, int cycles);

// Where the CPU time of `cycles` such cycles goes (profile.h).
absl::Status ProfileLifeCycles(District& district, int cycles);

// Time from an entry's record time - the service's clock when the call began, so the whole transaction is part of it -
// to the first answer of an indicator that rests on it, for every entry of `cycles` life cycles from 8 threads.
absl::Status Lag(District& district, int cycles);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_LIFE_CYCLE_LOAD_H_
