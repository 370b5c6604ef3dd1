// tuoyu-filing: filings and the registry of childcare facilities.
#include <initializer_list>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/flags/flag.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/holidays.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/service_main.h"
#include "services/filing/attendance/attendance_service.h"
#include "services/filing/facility_service.h"
#include "services/filing/filing_progress.h"
#include "services/filing/filing_service.h"
#include "services/filing/housekeeping.h"
#include "services/filing/inclusive/inclusive_service.h"
#include "services/filing/mirror/mirror_service.h"
#include "services/filing/price/price_service.h"
#include "services/filing/quality/quality_service.h"
#include "services/filing/receipt_signature.h"
#include "services/filing/roster/child_service.h"
#include "services/filing/roster/staff_service.h"
#include "services/filing/rule_book.h"
#include "services/filing/schema.h"
#include "services/filing/units/unit_services.h"

ABSL_FLAG(std::string, holidays, "calendar/cn-holidays.csv",
          "节假日文件，在 --data 之下 / holiday file, within --data");
ABSL_FLAG(
    std::string, rules, "rules",
    "规则目录，内含各施行日期的规则集，在 --data 之下 / folder of the rule sets, within --data");
ABSL_FLAG(std::string, units, "units/dazu.yaml",
          "单位文件，在 --data 之下 / file of the units, within --data");
ABSL_FLAG(std::string, field_ownership, "units/field-ownership.yaml",
          "字段归属文件，在 --data 之下 / file of field ownership, within --data");
ABSL_FLAG(std::string, duplicates, "units/duplicates.yaml",
          "疑似重复口径文件，在 --data 之下 / file of when facilities look alike, within --data");
ABSL_FLAG(std::string, signing_key, "", "回执签名私钥 / private key of receipts, PEM, mode 0600");
ABSL_FLAG(std::string, receipt_keys, "",
          "曾用回执公钥 / public keys that signed receipts before, PEM");

namespace tuoyu::filing {
namespace {

// `services` with those of the units behind them.
template <typename Item>
std::vector<Item> WithUnits(std::initializer_list<std::type_identity_t<Item>> services,
                            std::vector<Item> units) {
  units.insert(units.begin(), services.begin(), services.end());
  return units;
}

absl::Status Serve(rpc::ServiceFrame& frame) {
  ASSIGN_OR_RETURN(const calendar::WorkingDays calendar,
                   data::LoadHolidays(rpc::DataFile(absl::GetFlag(FLAGS_holidays))));
  ASSIGN_OR_RETURN(const RuleBook rules, RuleBook::Load(rpc::DataFile(absl::GetFlag(FLAGS_rules))));
  ASSIGN_OR_RETURN(const AssessmentSchemes schemes,
                   AssessmentSchemes::Load(rpc::DataFile("assessment")));
  ASSIGN_OR_RETURN(const CriteriaBook criteria, CriteriaBook::Load(rpc::DataFile("recognition")));
  ASSIGN_OR_RETURN(const PriceBook prices, PriceBook::Load(rpc::DataFile("price")));
  ASSIGN_OR_RETURN(const ReceiptKeys keys, LoadReceiptKeys(absl::GetFlag(FLAGS_signing_key),
                                                           absl::GetFlag(FLAGS_receipt_keys)));
  ASSIGN_OR_RETURN(const UnitData unit_data,
                   UnitData::Load(rpc::DataFile(absl::GetFlag(FLAGS_units)),
                                  rpc::DataFile(absl::GetFlag(FLAGS_field_ownership)),
                                  rpc::DataFile(absl::GetFlag(FLAGS_duplicates))));
  const std::string schedule = ScheduleOf(rules, calendar);
  const FilingDeps deps{frame.pool,      frame.sealer, keys.signer,
                        keys.verifier,   rules,        rules.On(Today(frame.clock)),
                        frame.divisions, calendar,     schedule};
  rpc::Door door(
      frame.info.name, frame.tokens, frame.clock, frame.metrics, frame.log,
      WithUnits({rpc::DescriptorOf<v1::FilingService>(), rpc::DescriptorOf<v1::FacilityService>(),
                 rpc::DescriptorOf<v1::StaffService>(), rpc::DescriptorOf<v1::ChildService>(),
                 rpc::DescriptorOf<v1::QualityService>(), rpc::DescriptorOf<v1::InclusiveService>(),
                 rpc::DescriptorOf<v1::PriceService>(), rpc::DescriptorOf<v1::MirrorService>(),
                 rpc::DescriptorOf<v1::AttendanceService>(),
                 rpc::DescriptorOf<common::v1::JournalService>()},
                UnitServices::Descriptors()));
  FilingService filings(door, deps);
  const rpc::WriteDeps writes{frame.pool, frame.sealer, frame.info.name};
  FacilityService facilities(door, writes, deps.registry());
  StaffService staff(door, writes, deps.registry());
  ChildService children(door, writes, deps.registry());
  QualityService quality(door, writes, deps.registry(), schemes);
  InclusiveService inclusive(door, writes, deps.registry(), criteria, calendar);
  PriceService price(door, writes, deps.registry(), prices, criteria);
  MirrorService mirror(door, frame.pool, deps.registry(), criteria);
  AttendanceService attendance(door, frame.pool, {deps.registry(), keys.signer});
  UnitServices units(door, writes, deps.registry(), unit_data);
  rpc::JournalService journal(door, frame.pool, frame.info.name);
  return frame.Serve(door,
                     WithUnits({&filings,
                                {&facilities, facilities.loops()},
                                &staff,
                                &children,
                                &quality,
                                &inclusive,
                                &price,
                                &mirror,
                                &attendance,
                                &journal},
                               units.Served()),
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
       .append_only = {"receipt", "registration_fact", "registration_contact",
                       "guidance_activity"}},
      filing::Serve);
}
