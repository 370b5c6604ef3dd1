#ifndef TUOYU_CLIENTS_CLI_FACILITY_VIEW_H_
#define TUOYU_CLIENTS_CLI_FACILITY_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::cli {

// Facilities as a table; with the distance where it was asked for.
std::string RenderFacilities(const std::vector<filing::v1::Facility>& facilities,
                             bool with_distance, Language language, int width);

// One facility, as it is or was.
std::string RenderFacility(const filing::v1::Facility& facility, Language language, int width);

// The time slices of a facility.
std::string RenderHistory(const std::vector<filing::v1::Facility>& versions, Language language,
                          int width);

// Inclusive recognitions.
std::string RenderRecognitions(const std::vector<filing::v1::Recognition>& recognitions,
                               Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_FACILITY_VIEW_H_
