#include "services/aggregator/task/task_service.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/data/plan.h"
#include "common/journal/journal.h"
#include "common/rpc/access_matrix.h"
#include "common/rpc/journal_service.h"
#include "common/testing/in_process_server.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/schema.h"
#include "tuoyu/common/v1/journal.grpc.pb.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::ListTaskProgressRequest;
using indicator::v1::ListTaskProgressResponse;
using indicator::v1::ListTasksRequest;
using indicator::v1::ListTasksResponse;
using indicator::v1::ReportTaskProgressRequest;
using indicator::v1::SetTaskProgrammeRequest;
using indicator::v1::TaskPart;
using indicator::v1::TaskStatus;
using rpc::ReasonOf;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = indicator::v1::TaskService::Stub;

constexpr absl::CivilDay kDay(2025, 9, 30);

// TaskService behind a server in the process, on 2026-03-02 09:30 in Shanghai, with Dazu's plan.
class TaskServiceTest : public ::tuoyu::testing::ServerFixture<indicator::v1::TaskService> {
 protected:
  TaskServiceTest()
      : ServerFixture(kStatisticsJournal, ::tuoyu::testing::FakeClock().Now(),
                      {kComponent, Files()}, {rpc::DescriptorOf<common::v1::JournalService>()}),
        plan_(*data::LoadPlan(TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml")),
        divisions_(*data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv")),
        deps_{database_.pool(), sealer_, kStatisticsJournal},
        service_(door_, deps_, plan_, divisions_),
        journal_service_(door_, database_.pool(), kStatisticsJournal) {
    Serve({&service_, &journal_service_});
  }

  std::string Department(const std::string& unit) const { return OfDistrict(unit, "500111"); }
  // An officer of a department of a district.
  std::string OfDistrict(const std::string& unit, const std::string& district) const {
    return *tokens_.Sign({.subject = "accounts/" + unit,
                          .organisation = unit,
                          .roles = {common::v1::ROLE_DEPARTMENT_OFFICER},
                          .divisions = {district},
                          .facility = "",
                          .issued_at = clock_.Now(),
                          .expires_at = clock_.Now() + absl::Hours(1)});
  }
  std::string Town(const std::string& division) const {
    return TokenOf(common::v1::ROLE_TOWN_OFFICER, "accounts/town", {division});
  }
  std::string Office() const {
    return TokenOf(common::v1::ROLE_GOV_OFFICE, "accounts/gov", {"500111"});
  }
  static ReportTaskProgressRequest ReportOf(int number, const std::string& unit, TaskStatus status,
                                            absl::CivilDay day = kDay) {
    ReportTaskProgressRequest request;
    request.set_number(number);
    request.set_unit(unit);
    request.mutable_progress()->set_status(status);
    request.mutable_progress()->set_text("已有43所幼儿园开设托班");
    *request.mutable_progress()->mutable_day() = ToProto(day);
    auto& evidence = *request.mutable_progress()->add_evidence();
    evidence.set_title("托班名单");
    evidence.set_reference("大教发〔2025〕12号");
    return request;
  }
  absl::StatusOr<TaskPart> Report(const std::string& token,
                                  const ReportTaskProgressRequest& request) const {
    return Call(&Stub::ReportTaskProgress, token, request);
  }
  static SetTaskProgrammeRequest ProgrammeOf(int number, const std::string& unit) {
    SetTaskProgrammeRequest request;
    request.set_number(number);
    request.set_unit(unit);
    request.mutable_programme()->set_summary("分三年开设托班");
    *request.mutable_programme()->mutable_adopted_on() = ToProto(absl::CivilDay(2024, 4, 1));
    request.mutable_programme()->add_measures()->set_text("2025年达40%");
    return request;
  }
  absl::StatusOr<ListTasksResponse> Tasks(const std::string& token, int number = 0,
                                          const std::string& unit = "") const {
    ListTasksRequest request;
    request.set_number(number);
    request.set_unit(unit);
    return Call(&Stub::ListTasks, token, request);
  }

  const indicator::v1::Plan plan_;
  const data::Divisions divisions_;
  const rpc::WriteDeps deps_;
  TaskService service_;
  rpc::JournalService journal_service_;
};

TEST_F(TaskServiceTest, EveryMethodKeepsItsAccessRule) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<indicator::v1::TaskService>()}),
              IsEmpty());
}

TEST_F(TaskServiceTest, AllSixteenTasksAreListedBeforeAnythingIsEntered) {
  const auto all = Tasks(Office());
  ASSERT_OK(all);
  EXPECT_EQ(all->document_number(), "大足府办发〔2024〕16号");
  ASSERT_THAT(all->tasks(), SizeIs(16));
  EXPECT_THAT(all->tasks(0).parts(), SizeIs(29));
  EXPECT_EQ(all->tasks(0).indicators(0), 5);
  EXPECT_EQ(all->tasks(0).status(), indicator::v1::TASK_STATUS_NOT_STARTED);
  const auto of_street = Tasks(Office(), 0, "T_500111001");
  ASSERT_OK(of_street);
  ASSERT_THAT(of_street->tasks(), SizeIs(2)) << "tasks 1 and 3";
  ASSERT_THAT(of_street->tasks(0).parts(), SizeIs(1));
  EXPECT_EQ(of_street->tasks(0).parts(0).unit_name(), "龙岗街道");
  EXPECT_EQ(ReasonOf(Tasks(Office(), 17).status()), "TASK_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Tasks(Office(), 0, "NOBODY").status()), "TASK_UNIT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Tasks(Office(), 1, "FIRE").status()), "TASK_UNIT_NOT_FOUND");
}

TEST_F(TaskServiceTest, AUnitEntersItsProgrammeAndReportsAndTheOfficeReadsBoth) {
  const auto entered = Call(&Stub::SetTaskProgramme, Department("EDU"), ProgrammeOf(1, "EDU"));
  ASSERT_OK(entered);
  EXPECT_EQ(entered->etag(), "1");
  EXPECT_EQ(entered->measures_overdue(), 1) << "the plan has ended";
  const auto reported =
      Report(Department("EDU"), ReportOf(1, "EDU", indicator::v1::TASK_STATUS_BEHIND));
  ASSERT_OK(reported);
  EXPECT_EQ(reported->etag(), "2");
  EXPECT_EQ(reported->latest().reported_by(), "accounts/EDU");
  const auto task = Tasks(Office(), 1);
  ASSERT_OK(task);
  EXPECT_EQ(task->tasks(0).status(), indicator::v1::TASK_STATUS_BEHIND);
  const TaskPart& part = task->tasks(0).parts(0);
  EXPECT_EQ(part.SerializeAsString(), reported->SerializeAsString());
  EXPECT_EQ(part.programme().measures(0).text(), "2025年达40%");
  // An older day is kept, but says nothing of today.
  ASSERT_OK(Report(Department("EDU"),
                   ReportOf(1, "EDU", indicator::v1::TASK_STATUS_IN_PROGRESS, kDay - 90)));
  EXPECT_EQ(Tasks(Office(), 1, "EDU")->tasks(0).parts(0).status(),
            indicator::v1::TASK_STATUS_BEHIND);
  EXPECT_EQ(Tasks(Office(), 1, "EDU")->tasks(0).parts(0).reports(), 2);
  for (const std::string& unit : {std::string("EDU"), std::string("DHC")}) {
    const std::string token =
        unit == "EDU" ? Department(unit)
                      : TokenOf(common::v1::ROLE_DHC_STATISTICIAN, "accounts/s", {"500111"});
    ASSERT_OK(Report(token, ReportOf(1, unit, indicator::v1::TASK_STATUS_COMPLETED, kDay + 1)));
  }
  EXPECT_EQ(Tasks(Office(), 1)->tasks(0).status(), indicator::v1::TASK_STATUS_COMPLETED);
}

TEST_F(TaskServiceTest, TasksAreShownAsOfADay) {
  auto programme = ProgrammeOf(1, "EDU");
  *programme.mutable_programme()->mutable_measures(0)->mutable_due_on() = ToProto(kDay - 60);
  ASSERT_OK(Call(&Stub::SetTaskProgramme, Department("EDU"), programme));
  ASSERT_OK(Report(Department("EDU"), ReportOf(1, "EDU", indicator::v1::TASK_STATUS_COMPLETED)));
  ASSERT_OK(Report(Department("EDU"),
                   ReportOf(1, "EDU", indicator::v1::TASK_STATUS_IN_PROGRESS, kDay - 61)));
  const auto part_on = [&](absl::CivilDay day) {
    ListTasksRequest request;
    request.set_number(1);
    request.set_unit("EDU");
    *request.mutable_as_of() = ToProto(day);
    const auto reply = Call(&Stub::ListTasks, Office(), request);
    EXPECT_OK(reply);
    EXPECT_EQ(*FromProto(reply->as_of()), day);
    return reply->tasks(0).parts(0);
  };
  const TaskPart before = part_on(absl::CivilDay(2024, 3, 31));
  EXPECT_FALSE(before.has_programme()) << "adopted a day later";
  EXPECT_EQ(before.status(), indicator::v1::TASK_STATUS_NOT_STARTED);
  EXPECT_EQ(before.reports(), 0);
  EXPECT_FALSE(before.has_latest());
  const TaskPart amid = part_on(kDay - 59);
  EXPECT_TRUE(amid.has_programme());
  EXPECT_EQ(amid.status(), indicator::v1::TASK_STATUS_IN_PROGRESS);
  EXPECT_EQ(amid.reports(), 1);
  EXPECT_EQ(amid.measures_overdue(), 1);
  const TaskPart after = part_on(kDay);
  EXPECT_EQ(after.status(), indicator::v1::TASK_STATUS_COMPLETED);
  EXPECT_EQ(after.reports(), 2);
  EXPECT_EQ(after.measures_overdue(), 0);
  EXPECT_EQ(after.SerializeAsString(),
            Tasks(Office(), 1, "EDU")->tasks(0).parts(0).SerializeAsString());
  ListTasksRequest tomorrow;
  *tomorrow.mutable_as_of() = ToProto(absl::CivilDay(2026, 3, 3));
  EXPECT_EQ(ReasonOf(Call(&Stub::ListTasks, Office(), tomorrow).status()), "AS_OF_IN_FUTURE");
}

TEST_F(TaskServiceTest, NobodyWritesForAnotherUnit) {
  const auto status = indicator::v1::TASK_STATUS_IN_PROGRESS;
  EXPECT_EQ(ReasonOf(Report(Department("CIVIL"), ReportOf(1, "EDU", status)).status()),
            "OTHER_UNIT");
  EXPECT_EQ(ReasonOf(Report(Department("EDU"), ReportOf(1, "DHC", status)).status()), "OTHER_UNIT");
  EXPECT_EQ(ReasonOf(Report(Department("EDU"), ReportOf(1, "T_500111001", status)).status()),
            "OTHER_UNIT");
  EXPECT_EQ(ReasonOf(Report(Town("500111002"), ReportOf(1, "T_500111001", status)).status()),
            "OTHER_UNIT");
  EXPECT_OK(Report(Town("500111001"), ReportOf(1, "T_500111001", status)));
  EXPECT_EQ(ReasonOf(Report(Town("500111001"), ReportOf(1, "T_500112001", status)).status()),
            "TASK_UNIT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Report(OfDistrict("EDU", "500112"), ReportOf(1, "EDU", status)).status()),
            "OTHER_UNIT")
      << "of another district";
  EXPECT_EQ(ReasonOf(Report(Office(), ReportOf(1, "EDU", status)).status()), "ROLE_NOT_ALLOWED");
}

TEST_F(TaskServiceTest, AWriteIsDoneOnceAndOnlyOnWhatItsAuthorSaw) {
  auto request = ReportOf(1, "EDU", indicator::v1::TASK_STATUS_IN_PROGRESS);
  request.set_request_id("01900000-0000-7000-8000-0000000000a1");
  const auto first = Report(Department("EDU"), request);
  ASSERT_OK(first);
  EXPECT_EQ(Report(Department("EDU"), request)->SerializeAsString(), first->SerializeAsString());
  auto stale = ProgrammeOf(1, "EDU");
  stale.set_etag("7");
  const auto refused = Call(&Stub::SetTaskProgramme, Department("EDU"), stale);
  EXPECT_EQ(ReasonOf(refused.status()), "ETAG_MISMATCH");
  stale.set_etag(first->etag());
  EXPECT_OK(Call(&Stub::SetTaskProgramme, Department("EDU"), stale));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM task_progress"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "2");
  stale.set_etag("");
  stale.mutable_programme()->clear_measures();
  EXPECT_EQ(Call(&Stub::SetTaskProgramme, Department("EDU"), stale).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "2") << "nothing half-written";
}

TEST_F(TaskServiceTest, ReportsAreListedNewestDayFirstPageByPage) {
  const auto status = indicator::v1::TASK_STATUS_IN_PROGRESS;
  for (const int back : {3, 0, 9, 3, 1}) {
    ASSERT_OK(Report(Department("EDU"), ReportOf(1, "EDU", status, kDay - back)));
  }
  ASSERT_OK(Report(Town("500111001"), ReportOf(1, "T_500111001", status, kDay - 2)));
  ListTaskProgressRequest request;
  request.set_number(1);
  request.set_page_size(2);
  std::vector<std::string> days;
  std::set<std::string> names;
  do {
    const auto page = Call(&Stub::ListTaskProgress, Office(), request);
    ASSERT_OK(page);
    for (const auto& progress : page->progress()) {
      days.push_back(FormatDay(*FromProto(progress.day())));
      names.insert(progress.name());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, SizeIs(6));
  EXPECT_TRUE(std::is_sorted(days.rbegin(), days.rend()));
  request.set_unit("T_500111001");
  request.clear_page_token();
  EXPECT_THAT(Call(&Stub::ListTaskProgress, Office(), request)->progress(), SizeIs(1));
  request.set_unit("FIRE");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListTaskProgress, Office(), request).status()),
            "TASK_UNIT_NOT_FOUND");
  request.clear_unit();
  request.set_page_token("x");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListTaskProgress, Office(), request).status()),
            "PAGE_TOKEN_INVALID");
}

}  // namespace
}  // namespace tuoyu::aggregator
