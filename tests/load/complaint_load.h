#ifndef TUOYU_TESTS_LOAD_COMPLAINT_LOAD_H_
#define TUOYU_TESTS_LOAD_COMPLAINT_LOAD_H_

#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// The life of a complaint - filed, found by its number, accepted, assigned, resolved, searched for among those of its facility: four durable
// transactions and two reads - `cycles` times from 8 threads, among no cases and among `many`, three times each. The many are what
// one such life leaves in the tables of cases, complainants and units, with ids and numbers of their own, spread over the facilities and over
// ten years; the journal and the log of requests hold what was really called.
absl::Status ComplaintLives(District& district, int cycles, int many);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_COMPLAINT_LOAD_H_
