#ifndef TUOYU_SERVICES_FILING_SCOPE_SQL_H_
#define TUOYU_SERVICES_FILING_SCOPE_SQL_H_

#include "absl/strings/string_view.h"
#include "common/db/sql.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {

// "(division_code LIKE ? OR id = ?)": the rows of table facility in the caller's scope; "0" when it has none. `table` is
// put before the columns, "f." or nothing.
void AddScope(const RegistryScope& scope, absl::string_view table, db::Sql* sql);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_SCOPE_SQL_H_
