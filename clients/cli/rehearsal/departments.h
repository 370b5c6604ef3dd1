#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_DEPARTMENTS_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_DEPARTMENTS_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/district.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/directory_service.pb.h"
#include "tuoyu/filing/v1/guidance.pb.h"
#include "tuoyu/filing/v1/inclusive.pb.h"
#include "tuoyu/filing/v1/price.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/registration_service.pb.h"
#include "tuoyu/indicator/v1/task.pb.h"

// What departments and facilities of a rehearsal district do beside filings: enough of each kind that every list has
// something in it, and none that moves an indicator. The same for the same seed.
namespace tuoyu::rehearsal {

// What is recorded of a facility, by its number.
template <typename Record>
struct OfFacility {
  int number = 0;
  Record record;
};

// Assessments by grades (等级评定) of facilities in service on `day`: from the best grade to none.
std::vector<OfFacility<filing::v1::Assessment>> MakeAssessments(const District& district,
                                                                absl::CivilDay day);

// Price filings (收费备案) in force on `day`, back-entered: all that each facility offers.
std::vector<OfFacility<filing::v1::PriceFiling>> MakePrices(const District& district,
                                                            const data::Divisions& divisions,
                                                            absl::CivilDay day);

// Applications for recognition (普惠认定申请) of facilities that have none, and how far each goes: the first is
// publicised, the second waits, the third is withdrawn.
enum class ApplicationEnd { kSubmitted, kPublicised, kWithdrawn };
struct PlannedApplication {
  int number = 0;
  ApplicationEnd end = ApplicationEnd::kSubmitted;
  filing::v1::RecognitionApplication application;
};
std::vector<PlannedApplication> MakeApplications(const District& district,
                                                 const data::Divisions& divisions,
                                                 absl::CivilDay day);

// What the market supervision bureau (SAMR) pushes: the registrations of facilities in service, as they are filed, and of
// organisations that have not filed (已登记未备案), the oldest first.
std::vector<filing::v1::Registration> MakeRegistrations(const District& district,
                                                        const data::Divisions& divisions,
                                                        absl::CivilDay day);

// Kindergartens (幼儿园名录) as the education commission lists them, with and without childcare: as many as the statistic
// of the last year says.
std::vector<filing::v1::DirectoryReport> MakeKindergartens(const District& district,
                                                           const data::Divisions& divisions);
// Employers (用人单位名录) as the federation of trade unions lists them, likewise.
std::vector<filing::v1::DirectoryReport> MakeEmployers(const District& district,
                                                       const data::Divisions& divisions);

// The guidance centre (指导中心) and what it does; no facilities are named.
filing::v1::GuidanceCentre MakeCentre(const data::Divisions& divisions);
std::vector<filing::v1::GuidanceActivity> MakeActivities(const data::Divisions& divisions,
                                                         absl::CivilDay day);
// A course of training, without those who took part.
filing::v1::TrainingCourse MakeCourse(const data::Divisions& divisions);

// What a unit enters of its part of a task (重点任务): its programme, when it leads, and its reports, the oldest first.
struct TaskWork {
  bool has_programme = false;
  indicator::v1::TaskProgramme programme;
  std::vector<indicator::v1::TaskProgress> reports;
};
TaskWork MakeTaskWork(const indicator::v1::Task& task, const indicator::v1::TaskPart& part,
                      absl::CivilDay day);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_DEPARTMENTS_H_
