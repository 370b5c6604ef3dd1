#ifndef TUOYU_CLIENTS_CLI_GUIDANCE_VIEW_H_
#define TUOYU_CLIENTS_CLI_GUIDANCE_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/filing/v1/guidance.pb.h"

namespace tuoyu::cli {

// Guidance centres, and the activities of one, as tables.
std::string RenderCentres(const std::vector<filing::v1::GuidanceCentre>& centres, Language language,
                          int width);
std::string RenderActivities(const std::vector<filing::v1::GuidanceActivity>& activities,
                             Language language, int width);

// Courses as a table; one with the people in it; the training of one person.
std::string RenderCourses(const std::vector<filing::v1::TrainingCourse>& courses, Language language,
                          int width);
std::string RenderCourse(const filing::v1::TrainingCourse& course, Language language, int width);
std::string RenderStaffTraining(const std::vector<filing::v1::StaffTraining>& training,
                                Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_GUIDANCE_VIEW_H_
