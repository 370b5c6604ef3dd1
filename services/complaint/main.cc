// tuoyu-complaint: complaints and reports, their handling, and who may learn who complained.
#include <string>

#include "absl/flags/flag.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/holidays.h"
#include "common/db/number_counter.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/channel.h"
#include "common/rpc/housekeeping.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/service_main.h"
#include "services/complaint/alert/alert_service.h"
#include "services/complaint/attachment/attachment_repository.h"
#include "services/complaint/attachment/attachment_service.h"
#include "services/complaint/cases/case_service.h"
#include "services/complaint/cases/case_watch.h"
#include "services/complaint/inspection/inspection_feed.h"
#include "services/complaint/intake/intake_service.h"
#include "services/complaint/registry/registry_feed.h"
#include "services/complaint/reporter/reporter_service.h"
#include "services/complaint/review/review_service.h"
#include "services/complaint/review/review_watch.h"
#include "services/complaint/schema.h"
#include "services/complaint/statistic/statistic_service.h"

ABSL_FLAG(std::string, holidays, "calendar/cn-holidays.csv",
          "节假日文件，在 --data 之下 / holiday file, within --data");
ABSL_FLAG(std::string, units, "units/dazu.yaml",
          "单位文件，在 --data 之下 / file of the units, within --data");
ABSL_FLAG(std::string, complaint_rules, "complaint",
          "投诉举报规则目录，在 --data 之下 / folder of the rules of complaints, within --data");
ABSL_FLAG(std::string, filing_address, "127.0.0.1:7401", "备案服务地址 / the filing service");
ABSL_FLAG(std::string, inspection_address, "127.0.0.1:7403",
          "监督检查服务地址 / the inspection service");
ABSL_FLAG(std::string, filing_ca, "",
          "受信任的 CA，给出即用 TLS / authorities to trust of both, PEM; TLS when given");
ABSL_FLAG(std::string, attendance_keys, "",
          "在托凭证验证公钥 / public keys that sign proofs of attendance, PEM: those of receipts");
ABSL_FLAG(std::string, service_token_file, "",
          "访问其他服务的令牌文件 / file of the token for the other services");

namespace tuoyu::complaint {
namespace {

absl::Status Serve(rpc::ServiceFrame& frame) {
  ASSIGN_OR_RETURN(const calendar::WorkingDays calendar,
                   data::LoadHolidays(rpc::DataFile(absl::GetFlag(FLAGS_holidays))));
  ASSIGN_OR_RETURN(const data::Units units,
                   data::Units::Load(rpc::DataFile(absl::GetFlag(FLAGS_units))));
  ASSIGN_OR_RETURN(
      const ComplaintRuleBook rules,
      ComplaintRuleBook::Load(rpc::DataFile(absl::GetFlag(FLAGS_complaint_rules)), units));
  ASSIGN_OR_RETURN(const privacy::Verifier attendance,
                   privacy::Verifier::FromFile(absl::GetFlag(FLAGS_attendance_keys)));
  const std::string token_file = absl::GetFlag(FLAGS_service_token_file);
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_registry,
                   rpc::FetchFrom({.target = absl::GetFlag(FLAGS_filing_address),
                                   .tls_ca_file = absl::GetFlag(FLAGS_filing_ca)},
                                  token_file));
  ASSIGN_OR_RETURN(const rpc::JournalReader::Fetch fetch_inspections,
                   rpc::FetchFrom({.target = absl::GetFlag(FLAGS_inspection_address),
                                   .tls_ca_file = absl::GetFlag(FLAGS_filing_ca)},
                                  token_file));
  rpc::JournalFollower registry({.source = "filing",
                                 .consumer = frame.info.name,
                                 .payload_types = registry::RegistryPayloads()},
                                frame.pool, fetch_registry, RegistryFeed(), frame.clock,
                                frame.metrics, frame.log);
  rpc::Door door(
      frame.info.name, frame.tokens, frame.clock, frame.metrics, frame.log,
      {rpc::DescriptorOf<v1::IntakeService>(), rpc::DescriptorOf<v1::CaseService>(),
       rpc::DescriptorOf<v1::ReporterService>(), rpc::DescriptorOf<v1::ReviewService>(),
       rpc::DescriptorOf<v1::StatisticService>(), rpc::DescriptorOf<v1::AttachmentService>(),
       rpc::DescriptorOf<v1::AlertService>(), rpc::DescriptorOf<common::v1::JournalService>()});
  const rpc::WriteDeps writes{frame.pool, frame.sealer, frame.info.name};
  const ComplaintDeps deps{frame.sealer, frame.divisions, units,     rules,
                           calendar,     registry,        attendance};
  rpc::JournalFollower inspections(
      {.source = "inspection", .consumer = frame.info.name, .payload_types = InspectionPayloads()},
      frame.pool, fetch_inspections, InspectionFeed(writes, deps, frame.clock), frame.clock,
      frame.metrics, frame.log);
  IntakeService intake(door, writes, deps);
  CaseService cases(door, writes, deps);
  ReporterService reporters(door, writes, deps);
  ReviewService reviews(door, writes, deps);
  StatisticService statistics(door, frame.pool, deps);
  AttachmentService attachments(door, writes, deps);
  AlertService alerts(door, frame.pool, deps);
  rpc::JournalService journal(door, frame.pool, frame.info.name);
  rpc::Housekeeping watch(
      frame.info.name, frame.pool, frame.clock, frame.log,
      {CaseWatch(writes, deps, frame.clock), ReviewWatch(writes, deps, frame.clock)});
  return frame.Serve(
      door, {&intake, &cases, &reporters, &reviews, &statistics, &attachments, &alerts, &journal},
      {AttachmentPurge()}, [&] {
        registry.Start();
        inspections.Start();
        watch.Start(kWatchInterval);
      });
}

}  // namespace
}  // namespace tuoyu::complaint

int main(int argc, char** argv) {
  using namespace tuoyu;  // NOLINT(google-build-using-namespace): main is outside of it
  return rpc::ServiceMain(argc, argv,
                          {.name = complaint::kComponent,
                           .about = "投诉举报服务 / complaints and reports about childcare",
                           .port = 7404,
                           .migrations = complaint::Files(),
                           .more_tables = {{rpc::follower::kComponent, rpc::follower::Files()},
                                           {db::numbers::kComponent, db::numbers::Files()},
                                           {registry::kComponent, registry::Files()}}},
                          complaint::Serve);
}
