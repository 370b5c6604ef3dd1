#ifndef TUOYU_CLIENTS_CLI_INSPECTION_INSPECTION_VIEW_H_
#define TUOYU_CLIENTS_CLI_INSPECTION_INSPECTION_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/inspection/v1/checklist.pb.h"
#include "tuoyu/inspection/v1/draw_service.pb.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// How inspections are shown to people.
namespace tuoyu::cli {

std::string RenderChecklist(const inspection::v1::Checklist& checklist, Language language,
                            int width);
std::string RenderInspectors(const std::vector<inspection::v1::Inspector>& inspectors,
                             Language language, int width);
std::string RenderPlan(const inspection::v1::Plan& plan, Language language, int width);
std::string RenderPlans(const std::vector<inspection::v1::Plan>& plans, Language language,
                        int width);
std::string RenderDraw(const inspection::v1::Draw& draw, Language language, int width);
std::string RenderDraws(const std::vector<inspection::v1::Draw>& draws, Language language,
                        int width);
std::string RenderVisit(const inspection::v1::Visit& visit, Language language, int width);
std::string RenderVisits(const std::vector<inspection::v1::Visit>& visits, Language language,
                         int width);
std::string RenderFindings(const std::vector<inspection::v1::Finding>& findings, Language language,
                           int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INSPECTION_INSPECTION_VIEW_H_
