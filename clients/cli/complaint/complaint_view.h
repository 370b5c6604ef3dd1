#ifndef TUOYU_CLIENTS_CLI_COMPLAINT_COMPLAINT_VIEW_H_
#define TUOYU_CLIENTS_CLI_COMPLAINT_COMPLAINT_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/complaint/category_names.h"
#include "clients/cli/text.h"
#include "tuoyu/complaint/v1/case_service.pb.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"
#include "tuoyu/complaint/v1/reporter_service.pb.h"
#include "tuoyu/complaint/v1/statistic_service.pb.h"

// How complaints are shown to people.
namespace tuoyu::cli {

// What a complainant is told when it has filed: its number, its code, what comes next; in an emergency whom to call first.
std::string RenderFiled(const complaint::v1::FileComplaintResponse& filed, Language language,
                        int width);
std::string RenderProgress(const complaint::v1::CaseProgress& progress, Language language,
                           int width);
std::string RenderSimilar(const std::vector<complaint::v1::SimilarCase>& cases, Language language,
                          int width);
std::string RenderComplaintRules(const complaint::v1::ComplaintRules& rules, Language language,
                                 int width);
std::string RenderStatistics(const complaint::v1::ComplaintStatistics& statistics,
                             Language language, int width);
std::string RenderCase(const complaint::v1::Case& of_case, const CategoryNamer& name,
                       Language language, int width);
// A case and the visits made for it, with what was found.
std::string RenderChain(const complaint::v1::CaseChain& chain, const CategoryNamer& name,
                        Language language, int width);
std::string RenderCases(const std::vector<complaint::v1::Case>& cases, const CategoryNamer& name,
                        Language language, int width);
std::string RenderDisclosed(const complaint::v1::DisclosedCase& shown, const CategoryNamer& name,
                            Language language, int width);
std::string RenderUnmasking(const complaint::v1::Unmasking& unmasking, Language language,
                            int width);
std::string RenderReporters(const complaint::v1::ReadReportersResponse& reporters,
                            Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_COMPLAINT_COMPLAINT_VIEW_H_
