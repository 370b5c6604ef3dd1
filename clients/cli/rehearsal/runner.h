#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_RUNNER_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_RUNNER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/current.h"
#include "clients/cli/rehearsal/district.h"
#include "clients/cli/session.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/directory_service.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"
#include "tuoyu/indicator/v1/task.pb.h"

namespace tuoyu::rehearsal {

// How a rehearsal is entered.
struct RunOptions {
  int threads = 4;       // calls at a time while the history is entered
  absl::CivilDay until;  // last day of the history
  bool current = true;   // also what departments do, and filings of today through their life cycle
  std::string commitment;  // version of the commitment's text
};

// What the district holds, and what this run added.
struct RunResult {
  int64_t entries = 0;          // back entries of the district
  int64_t statistics = 0;       // reported by this run
  int64_t current_filings = 0;  // filings of today
  int64_t acts = 0;             // steps taken with them by this run
  int64_t staff = 0;            // persons on the rosters of staff
  int64_t children = 0;         // on the rosters of children
  int64_t records = 0;          // of what departments and facilities do beside filings
  int64_t journal_entries = 0;  // added to the registry's journal while it ran
};

// Enters a district into running services by their RPCs, with tokens minted from the local key for the accounts that do
// it: statistics, back entries, staff, children, demonstration units, then what departments do (departments.h) and the
// filings of today. What is there already is left as it is, so that a second run adds nothing and one that broke off is
// completed by the next. Errors: FAILED_PRECONDITION when the services hold another rehearsal district or real statistics;
// else those of the calls.
class Runner {
 public:
  // All references must outlive this.
  Runner(const cli::GlobalOptions& global, cli::Session& console, const District& district,
         const data::Divisions& divisions, RunOptions options);
  absl::Status Run(RunResult* result);

 private:
  // A session that acts as one account.
  std::unique_ptr<cli::Session> Actor(const std::string& role, const std::string& subject,
                                      const std::string& facility = "") const;
  // One that acts as `identity`, with the keys of the console's.
  std::unique_ptr<cli::Session> ActorOf(const cli::Identity& identity) const;
  // Officers of a department, and of the unit that has a part of a task.
  std::unique_ptr<cli::Session> Officer(const std::string& unit) const;
  std::unique_ptr<cli::Session> OfficerOfUnit(const indicator::v1::TaskPart& part) const;
  absl::Status EnterStatistics(RunResult* result);
  absl::Status EnterHistory(RunResult* result);
  absl::Status EnterBatch(cli::Session& archivist,
                          const filing::v1::BackEnterFilingsRequest& request);
  absl::StatusOr<int64_t> JournalHead();
  // Last day of what is entered beside filings.
  absl::CivilDay Horizon() const;
  // Calls `work` for 0 to `count` on several threads; the first error ends it.
  absl::Status InParallel(size_t count, absl::FunctionRef<absl::Status(size_t)> work) const;
  absl::Status FindFacilities();
  absl::Status EnterStaff(RunResult* result);
  absl::Status VerifyStaff(const std::string& facility);
  absl::Status EnterChildren(RunResult* result);
  absl::Status EnterDemonstrations();
  absl::Status EnterDepartments(RunResult* result);
  absl::Status EnterAssessments(RunResult* result);
  absl::Status EnterPrices(RunResult* result);
  absl::Status EnterApplications(RunResult* result);
  absl::Status EnterRegistrations(RunResult* result);
  absl::Status EnterDirectories(RunResult* result);
  absl::Status ReportDirectory(const std::string& keeper,
                               std::vector<filing::v1::DirectoryReport> entries, RunResult* result);
  absl::Status EnterGuidance(RunResult* result);
  absl::Status EnterTraining(cli::Session& officer, RunResult* result);
  absl::Status EnterTasks(RunResult* result);
  // The head of a unit.
  std::unique_ptr<cli::Session> Head(const std::string& unit) const;
  absl::Status EnterInspections(RunResult* result);
  absl::Status EnterInspectors(RunResult* result);
  absl::Status EnterComplaints(RunResult* result);
  // The same; nothing, and a word of it, where the complaint service is not running.
  absl::Status EnterComplaintsIfServed(RunResult* result);
  absl::Status WaitForAggregates();
  absl::Status EnterReleases(RunResult* result);
  absl::Status EnterTaskWork(const indicator::v1::Task& task, const indicator::v1::TaskPart& part);
  absl::Status EnterCurrent(RunResult* result);
  absl::Status EnterOne(const CurrentFiling& scenario, RunResult* result);
  absl::StatusOr<filing::v1::Filing> FindOrCreate(cli::Session& principal,
                                                  const CurrentFiling& scenario,
                                                  const std::string& facility);
  // Writes what the scenario files into its empty draft.
  absl::StatusOr<filing::v1::Filing> WriteDraft(cli::Session& principal,
                                                const CurrentFiling& scenario,
                                                filing::v1::Filing draft);
  absl::Status Advance(cli::Session& principal, const CurrentFiling& scenario, Act act,
                       filing::v1::Filing* filing);
  absl::Status UploadMaterials(cli::Session& principal, const CurrentFiling& scenario,
                               const filing::v1::Filing& filing);
  absl::Status Recognise(const std::string& facility);
  absl::Status SuspendOne();
  absl::StatusOr<filing::v1::Facility> FacilityOf(cli::Session& reader, const std::string& uscc);

  const cli::GlobalOptions& global_;
  cli::Session& console_;
  const District& district_;
  const data::Divisions& divisions_;
  const RunOptions options_;
  std::unique_ptr<cli::Session> intake_, reviewer_, approver_;
  absl::flat_hash_map<int, std::string> facility_names_;  // by number
};

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_RUNNER_H_
