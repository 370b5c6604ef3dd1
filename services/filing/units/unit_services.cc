#include "services/filing/units/unit_services.h"

#include <utility>

#include "common/base/status.h"
#include "services/filing/duplicates/duplicate_rules.h"

namespace tuoyu::filing {

absl::StatusOr<UnitData> UnitData::Load(const std::string& units_file,
                                        const std::string& ownership_file,
                                        const std::string& duplicates_file) {
  ASSIGN_OR_RETURN(data::Units units, data::Units::Load(units_file));
  ASSIGN_OR_RETURN(FieldOwnership ownership, FieldOwnership::Load(ownership_file, units));
  ASSIGN_OR_RETURN(v1::DuplicateRules duplicates, LoadDuplicateRules(duplicates_file));
  return UnitData{std::move(units), std::move(ownership), std::move(duplicates)};
}

UnitServices::UnitServices(rpc::Door& door, const rpc::WriteDeps& writes,
                           const RegistryDeps& registry, const UnitData& data)
    : registrations_(door, writes, {registry, data.units, data.ownership}),
      change_requests_(door, writes, {registry, data.units, data.ownership}),
      duplicates_(door, writes, {registry, data.duplicates}),
      directory_(door, writes, {registry, data.units}),
      guidance_(door, writes, {registry, data.units}) {}

std::vector<const google::protobuf::ServiceDescriptor*> UnitServices::Descriptors() {
  return {rpc::DescriptorOf<v1::RegistrationService>(),
          rpc::DescriptorOf<v1::ChangeRequestService>(), rpc::DescriptorOf<v1::DuplicateService>(),
          rpc::DescriptorOf<v1::DirectoryService>(), rpc::DescriptorOf<v1::GuidanceService>()};
}

std::vector<rpc::Served> UnitServices::Served() {
  return {&registrations_, &change_requests_, &duplicates_, &directory_, &guidance_};
}

}  // namespace tuoyu::filing
