#ifndef TUOYU_COMMON_BASE_RESOURCE_NAME_H_
#define TUOYU_COMMON_BASE_RESOURCE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/base/uuid.h"

namespace tuoyu {

// The id of "{collection}{id}", where `collection` ends with "/" and the id is a UUID; empty for a name of another form.
inline std::string IdOfName(absl::string_view collection, absl::string_view name) {
  return absl::ConsumePrefix(&name, collection) && IsUuid(name) ? std::string(name) : std::string();
}

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_RESOURCE_NAME_H_
