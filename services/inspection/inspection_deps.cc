#include "services/inspection/inspection_deps.h"

#include "common/rpc/errors.h"

namespace tuoyu::inspection {

absl::StatusOr<std::string> UnitOf(const rpc::Caller& caller, const data::Units& units) {
  const filing::v1::Unit* unit = units.OfOrganisation(caller.organisation);
  if (unit == nullptr) return rpc::Error("NOT_A_UNIT");
  return unit->code();
}

}  // namespace tuoyu::inspection
