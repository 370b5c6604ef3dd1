// What departments and facilities of a rehearsal do beside filings. What is there already is left as it is.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "clients/cli/progress.h"
#include "clients/cli/rehearsal/departments.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/runner.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/units.h"
#include "common/rpc/errors.h"
#include "tuoyu/filing/v1/guidance_service.pb.h"
#include "tuoyu/filing/v1/inclusive_service.pb.h"
#include "tuoyu/filing/v1/price_service.pb.h"
#include "tuoyu/filing/v1/quality_service.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"
#include "tuoyu/indicator/v1/task_service.pb.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;
namespace tasks = indicator::v1;

constexpr int kPage = 1'000;
constexpr size_t kTrained = 6;
constexpr absl::Duration kMostWait = absl::Minutes(5);

}  // namespace

std::unique_ptr<cli::Session> Runner::Officer(const std::string& unit) const {
  cli::Identity identity;
  identity.as = "department";
  identity.subject = absl::StrCat("rehearsal-", unit);
  identity.organisation = unit;
  return ActorOf(identity);
}

std::unique_ptr<cli::Session> Runner::OfficerOfUnit(const tasks::TaskPart& part) const {
  absl::string_view division = part.unit();
  if (absl::ConsumePrefix(&division, data::kTownUnitPrefix)) {
    cli::Identity identity;
    identity.as = "town";
    identity.subject = absl::StrCat("rehearsal-", part.unit());
    identity.divisions = {std::string(division)};
    return ActorOf(identity);
  }
  if (part.unit() == "DHC") return Actor("statistician", "rehearsal-statistician");
  return Officer(part.unit());
}

absl::Status Runner::EnterDepartments(RunResult* result) {
  constexpr int kSteps = 9;
  cli::Progress progress(console_.Say("登记部门工作", "entering what departments do"), kSteps,
                         !console_.json());
  for (absl::Status (Runner::*enter)(RunResult*) :
       {&Runner::EnterAssessments, &Runner::EnterPrices, &Runner::EnterApplications,
        &Runner::EnterRegistrations, &Runner::EnterDirectories, &Runner::EnterGuidance,
        &Runner::EnterTasks, &Runner::EnterInspections, &Runner::EnterComplaintsIfServed}) {
    RETURN_IF_ERROR((this->*enter)(result));
    progress.Add(1);
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterAssessments(RunResult* result) {
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  for (const auto& [number, planned] : MakeAssessments(district_, Horizon())) {
    const auto facility = facility_names_.find(number);
    if (facility == facility_names_.end()) continue;
    ++result->records;
    pb::ListAssessmentsRequest list;
    list.set_parent(facility->second);
    pb::ListAssessmentsResponse known;
    RETURN_IF_ERROR(approver_->CallFiling(list, &known));
    pb::Assessment assessment;
    if (known.assessments().empty()) {
      pb::RecordAssessmentRequest record;
      record.set_parent(facility->second);
      *record.mutable_assessment() = planned;
      RETURN_IF_ERROR(archivist->CallFiling(record, &assessment));
    } else {
      assessment = known.assessments(0);
    }
    if (assessment.has_published_on()) continue;
    pb::PublishAssessmentRequest publish;
    publish.set_name(assessment.name());
    publish.set_etag(assessment.etag());
    *publish.mutable_published_on() = ToProto(absl::CivilDay(2025, 7, 10));
    RETURN_IF_ERROR(approver_->CallFiling(publish, &assessment));
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterPrices(RunResult* result) {
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  for (const auto& [number, planned] : MakePrices(district_, divisions_, Horizon())) {
    const auto facility = facility_names_.find(number);
    if (facility == facility_names_.end()) continue;
    ++result->records;
    pb::ListPriceFilingsRequest list;
    list.set_parent(facility->second);
    pb::ListPriceFilingsResponse known;
    RETURN_IF_ERROR(archivist->CallFiling(list, &known));
    if (!known.filings().empty()) continue;
    pb::FilePricesRequest file;
    file.set_parent(facility->second);
    file.set_back_entry(true);
    *file.mutable_filing() = planned;
    pb::PriceFiling reply;
    RETURN_IF_ERROR(archivist->CallFiling(file, &reply));
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterApplications(RunResult* result) {
  for (const PlannedApplication& planned : MakeApplications(district_, divisions_, Horizon())) {
    const auto facility = facility_names_.find(planned.number);
    if (facility == facility_names_.end()) continue;
    ++result->records;
    pb::ListRecognitionApplicationsRequest list;
    list.set_facility(facility->second);
    pb::ListRecognitionApplicationsResponse known;
    RETURN_IF_ERROR(reviewer_->CallFiling(list, &known));
    pb::RecognitionApplication application;
    if (known.applications().empty()) {
      pb::ApplyForRecognitionRequest apply;
      apply.set_parent(facility->second);
      *apply.mutable_application() = planned.application;
      RETURN_IF_ERROR(intake_->CallFiling(apply, &application));
    } else {
      application = known.applications(0);
    }
    if (application.state() != pb::RECOGNITION_APPLICATION_STATE_SUBMITTED) continue;
    if (planned.end == ApplicationEnd::kPublicised) {
      pb::PubliciseRecognitionApplicationRequest publicise;
      publicise.set_name(application.name());
      publicise.set_etag(application.etag());
      RETURN_IF_ERROR(reviewer_->CallFiling(publicise, &application));
    } else if (planned.end == ApplicationEnd::kWithdrawn) {
      pb::WithdrawRecognitionApplicationRequest withdraw;
      withdraw.set_name(application.name());
      withdraw.set_etag(application.etag());
      withdraw.set_reason("收费方案需调整（演练）");
      RETURN_IF_ERROR(intake_->CallFiling(withdraw, &application));
    }
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterRegistrations(RunResult* result) {
  pb::PushRegistrationsRequest push;
  for (pb::Registration& each : MakeRegistrations(district_, divisions_, Horizon())) {
    *push.add_registrations() = std::move(each);
  }
  result->records += push.registrations_size();
  // A later day would say them anew.
  const std::unique_ptr<cli::Session> officer = Officer("SAMR");
  pb::ListRegistrationsRequest known;
  known.set_page_size(1);
  known.set_uscc(push.registrations(0).uscc());
  pb::ListRegistrationsResponse there;
  RETURN_IF_ERROR(officer->CallFiling(known, &there));
  if (there.registrations().empty()) {
    pb::PushRegistrationsResponse pushed;
    RETURN_IF_ERROR(officer->CallFiling(push, &pushed));
  }
  // The oldest of those that have not filed was called, and not reached.
  pb::ListUnfiledRegistrationsRequest list;
  list.set_page_size(kPage);
  list.set_childcare_only(true);
  pb::ListUnfiledRegistrationsResponse unfiled;
  RETURN_IF_ERROR(reviewer_->CallFiling(list, &unfiled));
  const auto oldest =
      std::max_element(unfiled.registrations().begin(), unfiled.registrations().end(),
                       [](const pb::UnfiledRegistration& a, const pb::UnfiledRegistration& b) {
                         return a.days_registered() < b.days_registered();
                       });
  if (oldest == unfiled.registrations().end() || oldest->has_last_contact()) {
    return absl::OkStatus();
  }
  pb::RecordContactRequest record;
  record.set_parent(oldest->name());
  *record.mutable_contact()->mutable_contacted_on() = ToProto(console_.today());
  record.mutable_contact()->set_outcome(pb::CONTACT_OUTCOME_NOT_REACHED);
  record.mutable_contact()->set_note("两次去电无人接听（演练）");
  pb::RegistrationContact reply;
  return reviewer_->CallFiling(record, &reply);
}

absl::Status Runner::ReportDirectory(const std::string& keeper,
                                     std::vector<pb::DirectoryReport> entries, RunResult* result) {
  constexpr size_t kMost = 200;
  const std::unique_ptr<cli::Session> officer = Officer(keeper);
  for (size_t i = 0; i < entries.size();) {
    pb::ReportDirectoryEntriesRequest report;
    for (const size_t end = std::min(entries.size(), i + kMost); i < end; ++i) {
      *report.add_entries() = std::move(entries[i]);
    }
    pb::ReportDirectoryEntriesResponse reply;
    RETURN_IF_ERROR(officer->CallFiling(report, &reply));
    result->records += report.entries_size();
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterDirectories(RunResult* result) {
  RETURN_IF_ERROR(ReportDirectory("EDU", MakeKindergartens(district_, divisions_), result));
  return ReportDirectory("UNION", MakeEmployers(district_, divisions_), result);
}

absl::Status Runner::EnterGuidance(RunResult* result) {
  const std::unique_ptr<cli::Session> officer = Officer("GUIDE_CENTRE");
  pb::GuidanceCentre centre = MakeCentre(divisions_);
  pb::ListGuidanceCentresRequest list;
  list.set_page_size(kPage);
  pb::ListGuidanceCentresResponse centres;
  RETURN_IF_ERROR(officer->CallFiling(list, &centres));
  const auto known = std::find_if(
      centres.centres().begin(), centres.centres().end(),
      [&](const pb::GuidanceCentre& each) { return each.centre_name() == centre.centre_name(); });
  if (known == centres.centres().end()) {
    pb::RecordGuidanceCentreRequest record;
    *record.mutable_centre() = centre;
    RETURN_IF_ERROR(officer->CallFiling(record, &centre));
  } else {
    centre = *known;
  }
  ++result->records;
  pb::ListGuidanceActivitiesRequest activities;
  activities.set_parent(centre.name());
  activities.set_page_size(kPage);
  pb::ListGuidanceActivitiesResponse held;
  RETURN_IF_ERROR(officer->CallFiling(activities, &held));
  std::set<std::string> subjects;
  for (const pb::GuidanceActivity& each : held.activities()) subjects.insert(each.subject());
  for (const pb::GuidanceActivity& activity : MakeActivities(divisions_, Horizon())) {
    ++result->records;
    if (subjects.count(activity.subject()) > 0) continue;
    pb::RecordGuidanceActivityRequest record;
    record.set_parent(centre.name());
    *record.mutable_activity() = activity;
    pb::GuidanceActivity reply;
    RETURN_IF_ERROR(officer->CallFiling(record, &reply));
  }
  return EnterTraining(*officer, result);
}

// A course, taken by carers of the first facility that has some.
absl::Status Runner::EnterTraining(cli::Session& officer, RunResult* result) {
  pb::TrainingCourse course = MakeCourse(divisions_);
  ++result->records;
  pb::ListTrainingRequest list;
  list.set_page_size(kPage);
  pb::ListTrainingResponse courses;
  RETURN_IF_ERROR(officer.CallFiling(list, &courses));
  for (const pb::TrainingCourse& each : courses.courses()) {
    if (each.title() == course.title()) return absl::OkStatus();
  }
  for (const FacilityPlan& plan : district_.facilities()) {
    const auto facility = facility_names_.find(plan.number);
    if (!plan.ActiveOn(Horizon()) || facility == facility_names_.end()) continue;
    pb::ListStaffRequest roster;
    roster.set_parent(facility->second);
    roster.set_page_size(static_cast<int>(kTrained));
    pb::ListStaffResponse staff;
    RETURN_IF_ERROR(reviewer_->CallFiling(roster, &staff));
    if (staff.staff().empty()) continue;
    for (const pb::StaffMember& member : staff.staff()) {
      pb::TrainingParticipant& participant = *course.add_participants();
      participant.set_staff(member.name());
      participant.set_hours(course.hours());
      participant.set_result(pb::TRAINING_RESULT_PASSED);
      participant.set_certificate_number(absl::StrCat("演练合格-", course.participants_size()));
      *participant.mutable_certified_on() = ToProto(absl::CivilDay(2025, 12, 18));
    }
    break;
  }
  pb::RecordTrainingRequest record;
  *record.mutable_course() = std::move(course);
  pb::TrainingCourse reply;
  return officer.CallFiling(record, &reply);
}

// Until the aggregator has applied all that the registry's journal holds now.
absl::Status Runner::WaitForAggregates() {
  const std::unique_ptr<cli::Session> sysadmin = Actor("sysadmin", "rehearsal-sysadmin");
  ASSIGN_OR_RETURN(const int64_t head, JournalHead());
  const absl::Time end = absl::Now() + kMostWait;
  while (absl::Now() < end) {
    indicator::v1::AggregatorStatus status;
    RETURN_IF_ERROR(sysadmin->CallAggregator(indicator::v1::GetAggregatorStatusRequest(), &status));
    if (!status.rebuilding() && status.applied_sequence() >= head) return absl::OkStatus();
    absl::SleepFor(absl::Milliseconds(50));
  }
  return absl::DeadlineExceededError(
      console_.Say("汇总未在时限内赶上登记", "the aggregator did not catch up"));
}

// Year ends are released as they were known: the values stay beside whatever is known later.
absl::Status Runner::EnterReleases(RunResult* result) {
  RETURN_IF_ERROR(WaitForAggregates());
  for (const YearFigures& figures : district_.figures()) {
    indicator::v1::ReleaseIndicatorsRequest request;
    *request.mutable_release()->mutable_as_of() = ToProto(absl::CivilDay(figures.year, 12, 31));
    request.mutable_release()->set_document_number(
        absl::StrCat("演练-", TagOf(district_.options()), "-指标发布-", figures.year));
    indicator::v1::Release reply;
    absl::Status status = approver_->CallAggregator(request, &reply);
    if (!status.ok() && rpc::ReasonOf(status) != "RELEASED") return status;
    ++result->records;
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterTasks(RunResult* result) {
  const std::unique_ptr<cli::Session> statistician =
      Actor("statistician", "rehearsal-statistician");
  tasks::ListTasksResponse listed;
  RETURN_IF_ERROR(statistician->CallAggregator(tasks::ListTasksRequest(), &listed));
  std::vector<std::pair<const tasks::Task*, const tasks::TaskPart*>> parts;
  for (const tasks::Task& task : listed.tasks()) {
    for (const tasks::TaskPart& part : task.parts()) parts.emplace_back(&task, &part);
  }
  for (const auto& [task, part] : parts) {
    result->records += static_cast<int64_t>(MakeTaskWork(*task, *part, Horizon()).reports.size());
  }
  return InParallel(parts.size(), [&](size_t i) {
    const auto& [task, part] = parts[i];
    return EnterTaskWork(*task, *part);
  });
}

absl::Status Runner::EnterTaskWork(const tasks::Task& task, const tasks::TaskPart& part) {
  const TaskWork work = MakeTaskWork(task, part, Horizon());
  if (!work.has_programme && work.reports.empty()) return absl::OkStatus();
  const std::unique_ptr<cli::Session> officer = OfficerOfUnit(part);
  tasks::TaskPart reply;
  if (work.has_programme && !part.has_programme()) {
    tasks::SetTaskProgrammeRequest request;
    request.set_number(task.number());
    request.set_unit(part.unit());
    *request.mutable_programme() = work.programme;
    RETURN_IF_ERROR(officer->CallAggregator(request, &reply));
  }
  // The reports come in order: as many as there are have come.
  for (size_t i = static_cast<size_t>(part.reports()); i < work.reports.size(); ++i) {
    tasks::ReportTaskProgressRequest request;
    request.set_number(task.number());
    request.set_unit(part.unit());
    *request.mutable_progress() = work.reports[i];
    RETURN_IF_ERROR(officer->CallAggregator(request, &reply));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::rehearsal
