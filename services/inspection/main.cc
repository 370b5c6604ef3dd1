// tuoyu-inspection: checklists, inspectors, plans, draws, visits, penalty cases and risk levels.
#include <string>

#include "absl/flags/flag.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/holidays.h"
#include "common/db/number_counter.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/channel.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/service_main.h"
#include "services/inspection/checklist/checklist_service.h"
#include "services/inspection/complaint/complaint_feed.h"
#include "services/inspection/draw/draw_service.h"
#include "services/inspection/inspector/inspector_service.h"
#include "services/inspection/penalty/penalty_service.h"
#include "services/inspection/plan/plan_service.h"
#include "services/inspection/risk/risk_service.h"
#include "services/inspection/schema.h"
#include "services/inspection/visit/escalation.h"
#include "services/inspection/visit/visit_service.h"

ABSL_FLAG(std::string, holidays, "calendar/cn-holidays.csv",
          "节假日文件，在 --data 之下 / holiday file, within --data");
ABSL_FLAG(std::string, units, "units/dazu.yaml",
          "单位文件，在 --data 之下 / file of the units, within --data");
ABSL_FLAG(std::string, checklists, "checklists",
          "检查事项清单目录，在 --data 之下 / folder of the checklists, within --data");
ABSL_FLAG(std::string, inspection_rules, "inspection",
          "监督检查规则目录，在 --data 之下 / folder of the rules of inspections, within --data");
ABSL_FLAG(std::string, penalty_rules, "penalty",
          "行政处罚规则目录，在 --data 之下 / folder of the rules of penalties, within --data");
ABSL_FLAG(std::string, filing_address, "127.0.0.1:7401", "备案服务地址 / the filing service");
ABSL_FLAG(std::string, complaint_address, "127.0.0.1:7404",
          "投诉举报服务地址 / the complaint service");
ABSL_FLAG(std::string, filing_ca, "",
          "受信任的 CA，给出即用 TLS / authorities to trust of both, PEM; TLS when given");
ABSL_FLAG(std::string, service_token_file, "",
          "访问其他服务的令牌文件 / file of the token for the other services");

namespace tuoyu::inspection {
namespace {

absl::Status Serve(rpc::ServiceFrame& frame) {
  ASSIGN_OR_RETURN(const calendar::WorkingDays calendar,
                   data::LoadHolidays(rpc::DataFile(absl::GetFlag(FLAGS_holidays))));
  ASSIGN_OR_RETURN(const data::Units units,
                   data::Units::Load(rpc::DataFile(absl::GetFlag(FLAGS_units))));
  ASSIGN_OR_RETURN(const ChecklistBook checklists,
                   ChecklistBook::Load(rpc::DataFile(absl::GetFlag(FLAGS_checklists)), units));
  ASSIGN_OR_RETURN(const InspectionRuleBook rules,
                   InspectionRuleBook::Load(rpc::DataFile(absl::GetFlag(FLAGS_inspection_rules))));
  ASSIGN_OR_RETURN(const PenaltyRuleBook penalties,
                   PenaltyRuleBook::Load(rpc::DataFile(absl::GetFlag(FLAGS_penalty_rules)), units));
  const std::string token_file = absl::GetFlag(FLAGS_service_token_file);
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_registry,
                   rpc::FetchFrom({.target = absl::GetFlag(FLAGS_filing_address),
                                   .tls_ca_file = absl::GetFlag(FLAGS_filing_ca)},
                                  token_file));
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_complaints,
                   rpc::FetchFrom({.target = absl::GetFlag(FLAGS_complaint_address),
                                   .tls_ca_file = absl::GetFlag(FLAGS_filing_ca)},
                                  token_file));
  rpc::JournalFollower registry({.source = "filing",
                                 .consumer = frame.info.name,
                                 .payload_types = registry::RegistryPayloads()},
                                frame.pool, fetch_registry, registry::RegistryHandlers(),
                                frame.clock, frame.metrics, frame.log);
  rpc::Door door(
      frame.info.name, frame.tokens, frame.clock, frame.metrics, frame.log,
      {rpc::DescriptorOf<v1::ChecklistService>(), rpc::DescriptorOf<v1::InspectorService>(),
       rpc::DescriptorOf<v1::PlanService>(), rpc::DescriptorOf<v1::DrawService>(),
       rpc::DescriptorOf<v1::VisitService>(), rpc::DescriptorOf<v1::PenaltyService>(),
       rpc::DescriptorOf<v1::RiskService>(), rpc::DescriptorOf<common::v1::JournalService>()});
  const rpc::WriteDeps writes{frame.pool, frame.sealer, frame.info.name};
  const InspectionDeps deps{frame.sealer, frame.divisions, units,    checklists,
                            rules,        calendar,        registry, penalties};
  rpc::JournalFollower complaints(
      {.source = "complaint", .consumer = frame.info.name, .payload_types = ComplaintPayloads()},
      frame.pool, fetch_complaints, ComplaintFeed(writes, deps, frame.clock), frame.clock,
      frame.metrics, frame.log);
  ChecklistService checklist_service(door, checklists, units);
  InspectorService inspectors(door, writes, deps);
  PlanService plans(door, writes, deps);
  DrawService draws(door, writes, deps);
  VisitService visits(door, writes, deps);
  PenaltyService penalty_cases(door, writes, deps);
  RiskService risks(door, frame.pool, deps);
  rpc::JournalService journal(door, frame.pool, frame.info.name);
  return frame.Serve(door,
                     {&checklist_service,
                      &inspectors,
                      &plans,
                      &draws,
                      {&visits, visits.loops()},
                      &penalty_cases,
                      &risks,
                      &journal},
                     HousekeepingTasks(writes, deps, frame.clock), [&] {
                       registry.Start();
                       complaints.Start();
                     });
}

}  // namespace
}  // namespace tuoyu::inspection

int main(int argc, char** argv) {
  using namespace tuoyu;  // NOLINT(google-build-using-namespace): main is outside of it
  return rpc::ServiceMain(argc, argv,
                          {.name = inspection::kComponent,
                           .about = "监督检查服务 / inspections of childcare facilities",
                           .port = 7403,
                           .migrations = inspection::Files(),
                           .append_only = {"record_part"},
                           .more_tables = {{rpc::follower::kComponent, rpc::follower::Files()},
                                           {db::numbers::kComponent, db::numbers::Files()},
                                           {registry::kComponent, registry::Files()}}},
                          inspection::Serve);
}
