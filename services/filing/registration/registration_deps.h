#ifndef TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_DEPS_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_DEPS_H_

#include "common/data/units.h"
#include "services/filing/registry.h"
#include "services/filing/units/field_ownership.h"

namespace tuoyu::filing {

// What registrations and change requests need beside the transaction. Everything must outlive its users.
struct RegistrationDeps {
  RegistryDeps registry;
  const data::Units& units;
  const FieldOwnership& ownership;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_DEPS_H_
