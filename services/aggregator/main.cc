// tuoyu-aggregator: derives the indicators of the action plan from the registry's journal, and regulatory measures from those of
// inspections and complaints.
#include <string>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/plan.h"
#include "common/rpc/channel.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/service_main.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/registry_follower.h"
#include "services/aggregator/regulatory/regulatory_feed.h"
#include "services/aggregator/regulatory/regulatory_service.h"
#include "services/aggregator/schema.h"
#include "services/aggregator/task/task_service.h"

ABSL_FLAG(std::string, plan, "plan/dazu-2023-2025.yaml",
          "行动方案文件，在 --data 之下 / action plan, within --data");
ABSL_FLAG(std::string, filing_address, "127.0.0.1:7401", "备案服务地址 / the filing service");
ABSL_FLAG(std::string, inspection_address, "127.0.0.1:7403",
          "监督检查服务地址 / the inspection service");
ABSL_FLAG(std::string, complaint_address, "127.0.0.1:7404",
          "投诉举报服务地址 / the complaint service");
ABSL_FLAG(std::string, filing_ca, "",
          "受信任的 CA，给出即用 TLS / authorities to trust of all, PEM; TLS when given");
ABSL_FLAG(std::string, service_token_file, "",
          "访问其他服务的令牌文件 / file of the token for the other services");

namespace tuoyu::aggregator {
namespace {

absl::StatusOr<rpc::JournalReader::Fetch> FetchFrom(const std::string& address) {
  return rpc::FetchFrom({.target = address, .tls_ca_file = absl::GetFlag(FLAGS_filing_ca)},
                        absl::GetFlag(FLAGS_service_token_file));
}

absl::Status Serve(rpc::ServiceFrame& frame) {
  ASSIGN_OR_RETURN(const indicator::v1::Plan plan,
                   data::LoadPlan(rpc::DataFile(absl::GetFlag(FLAGS_plan))));
  if (plan.district_code() != frame.divisions.district_code()) {
    return absl::InvalidArgumentError(
        absl::StrCat(absl::GetFlag(FLAGS_plan), ": district_code ", plan.district_code(),
                     " is not the district of the divisions, ", frame.divisions.district_code()));
  }
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_registry,
                   FetchFrom(absl::GetFlag(FLAGS_filing_address)));
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_inspections,
                   FetchFrom(absl::GetFlag(FLAGS_inspection_address)));
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_complaints,
                   FetchFrom(absl::GetFlag(FLAGS_complaint_address)));
  MeasureWriter writer(frame.pool, frame.clock, DivisionNumber(frame.divisions.city_code()));
  RegistryFollower follower({}, fetch_registry, writer, frame.clock, frame.metrics, frame.log);
  RegulatorySource inspections(InspectionFacts(), frame.info.name, frame.pool, fetch_inspections,
                               frame.clock, frame.metrics, frame.log);
  RegulatorySource complaints(ComplaintFacts(), frame.info.name, frame.pool, fetch_complaints,
                              frame.clock, frame.metrics, frame.log);
  rpc::Door door(frame.info.name, frame.tokens, frame.clock, frame.metrics, frame.log,
                 {rpc::DescriptorOf<indicator::v1::IndicatorService>(),
                  rpc::DescriptorOf<indicator::v1::TaskService>(),
                  rpc::DescriptorOf<indicator::v1::RegulatoryService>(),
                  rpc::DescriptorOf<common::v1::JournalService>()});
  const rpc::WriteDeps deps{frame.pool, frame.sealer, frame.info.name};
  IndicatorService indicators({door, deps, plan, frame.divisions, follower});
  TaskService tasks(door, deps, plan, frame.divisions);
  RegulatoryService regulatory({door, deps, frame.divisions, inspections, complaints});
  rpc::JournalService journal(door, frame.pool, frame.info.name);
  return frame.Serve(door, {&indicators, &tasks, &regulatory, &journal}, {}, [&] {
    follower.Start();
    inspections.Start();
    complaints.Start();
  });
}

}  // namespace
}  // namespace tuoyu::aggregator

int main(int argc, char** argv) {
  using namespace tuoyu;  // NOLINT(google-build-using-namespace): main is outside of it
  return rpc::ServiceMain(argc, argv,
                          {.name = aggregator::kStatisticsJournal,
                           .about = "行动方案指标服务 / indicators of the action plan",
                           .port = 7402,
                           .migrations = aggregator::Files(),
                           .more_tables = {{rpc::follower::kComponent, rpc::follower::Files()}}},
                          aggregator::Serve);
}
