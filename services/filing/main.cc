// tuoyu-filing: filings and the registry of childcare facilities.
#include <string>

#include "absl/flags/flag.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/holidays.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/service_main.h"
#include "services/filing/facility_service.h"
#include "services/filing/filing_progress.h"
#include "services/filing/filing_service.h"
#include "services/filing/housekeeping.h"
#include "services/filing/quality/quality_service.h"
#include "services/filing/receipt_signature.h"
#include "services/filing/roster/child_service.h"
#include "services/filing/roster/staff_service.h"
#include "services/filing/rule_book.h"
#include "services/filing/schema.h"

ABSL_FLAG(std::string, holidays, "calendar/cn-holidays.csv",
          "节假日文件，在 --data 之下 / holiday file, within --data");
ABSL_FLAG(
    std::string, rules, "rules",
    "规则目录，内含各施行日期的规则集，在 --data 之下 / folder of the rule sets, within --data");
ABSL_FLAG(std::string, signing_key, "", "回执签名私钥 / private key of receipts, PEM, mode 0600");
ABSL_FLAG(std::string, receipt_keys, "",
          "曾用回执公钥 / public keys that signed receipts before, PEM");

namespace tuoyu::filing {
namespace {

absl::Status Serve(rpc::ServiceFrame& frame) {
  ASSIGN_OR_RETURN(const calendar::WorkingDays calendar,
                   data::LoadHolidays(rpc::DataFile(absl::GetFlag(FLAGS_holidays))));
  ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::Load(rpc::DataFile(absl::GetFlag(FLAGS_rules))));
  ASSIGN_OR_RETURN(const ReceiptKeys keys, LoadReceiptKeys(absl::GetFlag(FLAGS_signing_key),
                                                           absl::GetFlag(FLAGS_receipt_keys)));
  const std::string schedule = ScheduleOf(rules, calendar);
  const FilingDeps deps{frame.pool,      frame.sealer, keys.signer,
                        keys.verifier,   rules,        rules.On(Today(frame.clock)),
                        frame.divisions, calendar,     schedule};
  rpc::Door door(
      frame.info.name, frame.tokens, frame.clock, frame.metrics, frame.log,
      {rpc::DescriptorOf<v1::FilingService>(), rpc::DescriptorOf<v1::FacilityService>(),
       rpc::DescriptorOf<v1::StaffService>(), rpc::DescriptorOf<v1::ChildService>(),
       rpc::DescriptorOf<v1::QualityService>(), rpc::DescriptorOf<common::v1::JournalService>()});
  FilingService filings(door, deps);
  const rpc::WriteDeps writes{frame.pool, frame.sealer, frame.info.name};
  FacilityService facilities(door, writes, deps.registry());
  StaffService staff(door, writes, deps.registry());
  ChildService children(door, writes, deps.registry());
  QualityService quality(door, writes, deps.registry());
  rpc::JournalService journal(door, frame.pool, frame.info.name);
  return frame.Serve(
      door, {&filings, {&facilities, facilities.loops()}, &staff, &children, &quality, &journal},
      HousekeepingTasks(deps), [&] { facilities.roll().Start(absl::Hours(1)); });
}

}  // namespace
}  // namespace tuoyu::filing

int main(int argc, char** argv) {
  using namespace tuoyu;  // NOLINT(google-build-using-namespace): main is outside of it
  return rpc::ServiceMain(
      argc, argv,
      {.name = filing::kComponent,
       .about = "托育机构备案服务 / filing and registry of childcare facilities",
       .port = 7401,
       .migrations = filing::Files(),
       .append_only = {"receipt"}},
      filing::Serve);
}
