#ifndef TUOYU_COMMON_REGISTRY_CALLER_UNIT_H_
#define TUOYU_COMMON_REGISTRY_CALLER_UNIT_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/data/units.h"
#include "common/rpc/caller.h"
#include "common/rpc/errors.h"

namespace tuoyu::registry {

// Code of the caller's unit. PERMISSION_DENIED NOT_A_UNIT.
inline absl::StatusOr<std::string> UnitOf(const rpc::Caller& caller, const data::Units& units) {
  const filing::v1::Unit* unit = units.OfOrganisation(caller.organisation);
  if (unit == nullptr) return rpc::Error("NOT_A_UNIT");
  return unit->code();
}

}  // namespace tuoyu::registry

#endif  // TUOYU_COMMON_REGISTRY_CALLER_UNIT_H_
