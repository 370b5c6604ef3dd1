#ifndef TUOYU_CLIENTS_CLI_INCLUSIVE_VIEW_H_
#define TUOYU_CLIENTS_CLI_INCLUSIVE_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/inclusive.pb.h"

namespace tuoyu::cli {

// One application with its caps, its criteria and the objections.
std::string RenderApplication(const filing::v1::RecognitionApplication& application,
                              Language language, int width);

// Applications as a table.
std::string RenderApplications(const std::vector<filing::v1::RecognitionApplication>& applications,
                               Language language, int width);

// One version of the criteria.
std::string RenderCriteria(const filing::v1::RecognitionCriteria& criteria, Language language,
                           int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INCLUSIVE_VIEW_H_
