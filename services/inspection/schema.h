#ifndef TUOYU_SERVICES_INSPECTION_SCHEMA_H_
#define TUOYU_SERVICES_INSPECTION_SCHEMA_H_

#include "absl/types/span.h"
#include "common/base/embedded_file.h"

namespace tuoyu::inspection {

// The component name and migrations of this service's own tables, for db::Migrate and db::CheckSchema beside those of
// the journal, the request log and the cursors of journals.
inline constexpr char kComponent[] = "inspection";
absl::Span<const EmbeddedFile> Files();

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_SCHEMA_H_
