#ifndef TUOYU_CLIENTS_CLI_INSPECTION_PENALTY_VIEW_H_
#define TUOYU_CLIENTS_CLI_INSPECTION_PENALTY_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/risk.pb.h"

// How penalty cases and risk levels are shown to people.
namespace tuoyu::cli {

std::string RenderPenalty(const inspection::v1::PenaltyCase& penalty, Language language, int width);
std::string RenderPenalties(const std::vector<inspection::v1::PenaltyCase>& penalties,
                            Language language, int width);
std::string RenderRisk(const inspection::v1::FacilityRisk& risk, Language language, int width);
std::string RenderRisks(const std::vector<inspection::v1::FacilityRisk>& risks, Language language,
                        int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INSPECTION_PENALTY_VIEW_H_
