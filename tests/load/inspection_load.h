#ifndef TUOYU_TESTS_LOAD_INSPECTION_LOAD_H_
#define TUOYU_TESTS_LOAD_INSPECTION_LOAD_H_

#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// A draw of 1,000 of 100,000 facilities among 1,000 inspectors: the rules alone, and done again from its record.
absl::Status DrawTimes();

// A draw of 1,000 facilities of the district among 1,000 inspectors of two units, by the calls of officers, lists frozen among what is known
// of each facility's past.
absl::Status DrawOfTheDistrict(District& district);

// The latest 20 inspections of a facility among `few` and among `many` visits, beside a gRPC echo of the same reply; and how fast visits
// are entered from papers meanwhile.
absl::Status LatestInspections(District& district, int few, int many);

// Where the CPU time of reading the latest 20 goes, among `many`.
absl::Status ProfileInspections(District& district, int many);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_INSPECTION_LOAD_H_
