#ifndef TUOYU_SERVICES_FILING_UNITS_UNIT_SERVICES_H_
#define TUOYU_SERVICES_FILING_UNITS_UNIT_SERVICES_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/handle.h"
#include "common/rpc/server.h"
#include "common/rpc/write.h"
#include "services/filing/directory/directory_service.h"
#include "services/filing/duplicates/duplicate_service.h"
#include "services/filing/guidance/guidance_service.h"
#include "services/filing/registration/change_request_service.h"
#include "services/filing/registration/registration_service.h"

namespace tuoyu::filing {

// What a district says of its units, in files of deploy/data/units.
struct UnitData {
  data::Units units;
  FieldOwnership ownership;
  v1::DuplicateRules duplicates;

  // Errors of data::Units::Load, FieldOwnership::Load, LoadDuplicateRules.
  static absl::StatusOr<UnitData> Load(const std::string& units_file,
                                       const std::string& ownership_file,
                                       const std::string& duplicates_file);
};

// The services of what other units say beside the facilities' filings: registrations and change requests, duplicates,
// lists, guidance and training.
class UnitServices {
 public:
  // All references, those inside `writes` and `registry` too, must outlive this. `door` must know Descriptors().
  UnitServices(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& registry,
               const UnitData& data);

  static std::vector<const google::protobuf::ServiceDescriptor*> Descriptors();
  // To be served; they live as long as this.
  std::vector<rpc::Served> Served();

 private:
  RegistrationService registrations_;
  ChangeRequestService change_requests_;
  DuplicateService duplicates_;
  DirectoryService directory_;
  GuidanceService guidance_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_UNITS_UNIT_SERVICES_H_
