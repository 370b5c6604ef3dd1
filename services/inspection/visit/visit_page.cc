#include "services/inspection/visit/visit_page.h"

#include <algorithm>
#include <set>
#include <utility>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_rules.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::inspection {
namespace {

using v1::Visit;

constexpr int kColumns = 8;

constexpr char kSelect[] =
    "SELECT message, division_code, settled, visits, more, last_day, last_id, EXISTS (SELECT 1 "
    "FROM facility_link WHERE facility_id = ?) OR EXISTS (SELECT 1 FROM facility_link WHERE "
    "predecessor_id = ?) FROM visit_page WHERE facility_id = ?";
// Also with kKeep, where the row is there: what another transaction stores of the same facility waits for it, and then sees what this one did.
constexpr char kInsert[] =
    "INSERT INTO visit_page (facility_id, division_code, settled, visits, more, last_day, last_id, "
    "message) VALUES ";
constexpr char kKeep[] = " ON DUPLICATE KEY UPDATE facility_id = VALUES(facility_id)";
constexpr char kReplace[] =
    " ON DUPLICATE KEY UPDATE division_code = VALUES(division_code), settled = VALUES(settled), "
    "visits = VALUES(visits), more = VALUES(more), last_day = VALUES(last_day), last_id = "
    "VALUES(last_id), message = VALUES(message)";
constexpr char kLatest[] =
    "SELECT message FROM visit WHERE facility_id = ? ORDER BY day DESC, id DESC LIMIT ?";

absl::StatusOr<VisitPageRow> MakePage(db::Transaction& transaction, const std::string& facility) {
  std::vector<Visit> visits;
  RETURN_IF_ERROR(transaction.Query(
      kLatest, {facility, kVisitsOfPage + 1},
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &visits.emplace_back()); }));
  VisitPageRow page;
  page.more = visits.size() > kVisitsOfPage;
  if (page.more) visits.pop_back();
  page.visits = static_cast<int>(visits.size());
  page.settled = std::all_of(visits.begin(), visits.end(), IsSettled);
  if (!visits.empty()) {
    const Visit& last = visits.back();
    ASSIGN_OR_RETURN(page.last_day, ListedDay(last));
    page.last_id = VisitId(last.name());
    page.division_code = last.division_code();
  }
  v1::ListVisitsResponse listed;
  for (Visit& visit : visits) {
    if (visit.division_code() != page.division_code) page.division_code.clear();
    LeaveOutSteps(&visit);
    *listed.add_visits() = std::move(visit);
  }
  page.message = listed.SerializeAsString();
  return page;
}

absl::Status StorePages(db::Transaction& transaction, const std::vector<std::string>& facilities,
                        const std::vector<VisitPageRow>& pages, const char* over) {
  return db::InsertRows(transaction, kInsert, over, pages.size(), kColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          const VisitPageRow& page = pages[i];
                          params->insert(
                              params->end(),
                              {facilities[i], page.division_code, page.settled, page.visits,
                               page.more, page.last_day, page.last_id, db::Blob{page.message}});
                        });
}

}  // namespace

absl::StatusOr<absl::optional<VisitPageRow>> ReadVisitPage(db::Transaction& transaction,
                                                           absl::string_view facility_id) {
  absl::optional<VisitPageRow> page;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kSelect, {facility_id, facility_id, facility_id},
                                [&](const db::Row& row) {
                                  VisitPageRow& found = page.emplace();
                                  found.message = row.String(0);
                                  found.division_code = row.String(1);
                                  found.settled = row.Bool(2);
                                  found.visits = static_cast<int>(row.Int(3));
                                  found.more = row.Bool(4);
                                  found.last_day = row.Day(5);
                                  found.last_id = row.String(6);
                                  found.linked = row.Bool(7);
                                })
                      .status());
  return page;
}

absl::Status RefreshVisitPages(db::Transaction& transaction, const std::vector<Visit>& visits) {
  std::set<std::string> of;  // in order, so that no two transactions wait for each other
  for (const Visit& visit : visits) of.insert(FacilityId(visit.facility()));
  const std::vector<std::string> facilities(of.begin(), of.end());
  std::vector<VisitPageRow> pages(facilities.size());
  RETURN_IF_ERROR(StorePages(transaction, facilities, pages, kKeep));
  for (size_t i = 0; i < facilities.size(); ++i) {
    ASSIGN_OR_RETURN(pages[i], MakePage(transaction, facilities[i]));
  }
  return StorePages(transaction, facilities, pages, kReplace);
}

}  // namespace tuoyu::inspection
