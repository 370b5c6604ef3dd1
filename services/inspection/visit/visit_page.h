#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_PAGE_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_PAGE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Table visit_page: the latest visits of each facility as officers' lists show them. It is made anew in the transaction that changes a
// visit, so it is never behind; a facility without a row has none that changed since the table came to be, or none at all.
namespace tuoyu::inspection {

// Visits of a page.
inline constexpr int kVisitsOfPage = 20;

struct VisitPageRow {
  std::string division_code;  // of all of them; empty where they differ
  bool settled = false;       // shows the same on any day, to any officer
  int visits = 0;
  bool more = false;
  absl::CivilDay last_day;
  std::string last_id;
  bool linked =
      false;  // the facility continues another one, or is continued: its history is more than this
  std::string message;  // serialised ListVisitsResponse without token
};

absl::StatusOr<absl::optional<VisitPageRow>> ReadVisitPage(db::Transaction& transaction,
                                                           absl::string_view facility_id);

// After visits of these facilities were stored.
absl::Status RefreshVisitPages(db::Transaction& transaction, const std::vector<v1::Visit>& visits);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_PAGE_H_
