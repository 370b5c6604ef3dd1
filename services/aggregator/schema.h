#ifndef TUOYU_SERVICES_AGGREGATOR_SCHEMA_H_
#define TUOYU_SERVICES_AGGREGATOR_SCHEMA_H_

#include "absl/types/span.h"
#include "common/base/embedded_file.h"

namespace tuoyu::aggregator {

// The component name and migrations of this service's own tables, for db::Migrate and db::CheckSchema beside those of
// the journal and of the request log.
inline constexpr char kComponent[] = "aggregator";
absl::Span<const EmbeddedFile> Files();

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_SCHEMA_H_
