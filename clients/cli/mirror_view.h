#ifndef TUOYU_CLIENTS_CLI_MIRROR_VIEW_H_
#define TUOYU_CLIENTS_CLI_MIRROR_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/mirror.pb.h"
#include "tuoyu/indicator/v1/prediction.pb.h"

namespace tuoyu::cli {

// Gaps of a facility: what, of whom, by when, how to mend it, and which measures change.
std::string RenderGaps(const std::vector<filing::v1::Gap>& gaps, Language language, int width);
// Facilities with their numbers.
std::string RenderFacilityGaps(const std::vector<filing::v1::FacilityGaps>& facilities,
                               Language language, int width);
// Streets and towns with their numbers, and the sums.
std::string RenderDivisionGaps(const std::vector<filing::v1::DivisionGaps>& divisions,
                               Language language, int width);
// Indicators as they are and as they would be.
std::string RenderPredictions(const std::vector<indicator::v1::IndicatorPrediction>& predictions,
                              Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_MIRROR_VIEW_H_
