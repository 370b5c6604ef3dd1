#ifndef TUOYU_SERVICES_COMPLAINT_SCHEMA_H_
#define TUOYU_SERVICES_COMPLAINT_SCHEMA_H_

#include "absl/types/span.h"
#include "common/base/embedded_file.h"

namespace tuoyu::complaint {

// The component name and migrations of this service's own tables, for db::Migrate and db::CheckSchema beside those of
// the journal, the request log and the cursors of journals.
inline constexpr char kComponent[] = "complaint";
absl::Span<const EmbeddedFile> Files();

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_SCHEMA_H_
