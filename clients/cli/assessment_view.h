#ifndef TUOYU_CLIENTS_CLI_ASSESSMENT_VIEW_H_
#define TUOYU_CLIENTS_CLI_ASSESSMENT_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

namespace tuoyu::cli {

// "等级：A（评定日期 2026-02-01）", or why there is none.
std::string GradeText(const filing::v1::GradeOnDay& grade, Language language);

// The assessments of a facility as a table.
std::string RenderAssessments(const std::vector<filing::v1::Assessment>& assessments,
                              Language language, int width);

// One assessment with its scores, basic items not met, earlier results and appeals, as far as the caller sees them.
std::string RenderAssessment(const filing::v1::Assessment& assessment, Language language,
                             int width);

// A scheme with its dimensions, basic items and grades, and how binding it is.
std::string RenderScheme(const filing::v1::AssessmentScheme& scheme, Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_ASSESSMENT_VIEW_H_
