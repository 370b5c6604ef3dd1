#include "clients/cli/import/facility_finder.h"

#include "absl/strings/match.h"
#include "clients/cli/roster_option.h"
#include "common/base/status.h"
#include "common/ids/uscc.h"
#include "common/sheet/cell_rules.h"
#include "tuoyu/filing/v1/facility_service.pb.h"

namespace tuoyu::cli {
namespace {

using ids::Checked;
using ids::IdError;

constexpr size_t kUuid = 36;

}  // namespace

absl::StatusOr<Checked<std::string>> FacilityFinder::Find(const std::string& text) {
  if (text.empty()) {
    const std::string& own = session_.identity().facility;
    if (own.empty()) {
      return Checked<std::string>(
          IdError{"FACILITY_MISSING", "请填写机构的统一社会信用代码，或加 --facility",
                  "write the credit code of the facility, or give --facility"});
    }
    ActAsOwner(session_, own);
    return Checked<std::string>(own);
  }
  if (absl::StartsWith(text, "facilities/") || text.size() == kUuid) {
    std::string name = ResourceName("facilities", text);
    ActAsOwner(session_, name);
    return Checked<std::string>(std::move(name));
  }
  const auto code = sheet::CodeOf({sheet::CellKind::kText, text});
  const auto uscc =
      code.ok() ? ids::NormaliseUscc(code.value()) : Checked<std::string>(code.error());
  if (!uscc.ok()) return uscc;
  const auto known = known_.find(uscc.value());
  if (known != known_.end()) return known->second;
  ASSIGN_OR_RETURN(const Checked<std::string> found, FindByCode(uscc.value()));
  known_.emplace(uscc.value(), found);
  if (found.ok()) ActAsOwner(session_, found.value());
  return found;
}

absl::StatusOr<Checked<std::string>> FacilityFinder::FindByCode(const std::string& uscc) {
  filing::v1::ListFacilitiesRequest request;
  request.set_uscc(uscc);
  filing::v1::ListFacilitiesResponse reply;
  RETURN_IF_ERROR(session_.CallFiling(request, &reply));
  if (reply.facilities_size() == 1) return Checked<std::string>(reply.facilities(0).name());
  if (reply.facilities().empty()) {
    return Checked<std::string>(IdError{
        "FACILITY_NOT_FOUND", "名录中没有此信用代码的在营机构，请核对或先登记机构",
        "no facility with this credit code is open: check it, or enter the facility first"});
  }
  return Checked<std::string>(
      IdError{"FACILITY_NOT_UNIQUE", "此信用代码有几家机构，请改填 facilities/ID",
              "several facilities have this credit code: write facilities/ID"});
}

}  // namespace tuoyu::cli
