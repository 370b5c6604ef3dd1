#ifndef TUOYU_CLIENTS_CLI_CHILD_VIEW_H_
#define TUOYU_CLIENTS_CLI_CHILD_VIEW_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/text.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/child_service.pb.h"

namespace tuoyu::cli {

// One child of a roster: consent, enrolments, and the health record as it stood on `day`, with the sections that were never
// checked until then. The document number is masked.
std::string RenderChild(const filing::v1::Child& child, absl::CivilDay day, Language language,
                        int width);

// A roster as a table: age, the enrolments held on `day`, and how far the health record is kept.
std::string RenderChildren(const std::vector<filing::v1::Child>& children, absl::CivilDay day,
                           Language language, int width);

// The worklist of health records, one child a line.
std::string RenderHealthDue(const std::vector<filing::v1::HealthDue>& due, Language language,
                            int width);

// Enrolments at two facilities at once, as a table.
std::string RenderEnrolmentConflicts(const std::vector<filing::v1::EnrolmentConflict>& conflicts,
                                     Language language, int width);

// Children and carers of each class and half of the day, what is amiss marked in its line, and the findings below.
std::string RenderRatios(const filing::v1::CheckRatiosResponse& ratios, Language language,
                         int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_CHILD_VIEW_H_
