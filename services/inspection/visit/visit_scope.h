#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_SCOPE_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_SCOPE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/db/sql.h"
#include "common/db/transaction.h"
#include "common/rpc/handle.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Who sees which visits. Officers see those of their divisions; a facility its own, and those of the facilities it continues, once
// it was told or visited; anyone those made public, and of them what is of class PUBLIC.
namespace tuoyu::inspection {

// Whether the caller is an officer of a unit, street or town, or audits them.
bool IsOfficer(const rpc::Caller& caller);

// Ids of the caller's facility and those it continues, for who acts for one and asks for all (empty `facility`) or one of these; else none.
absl::StatusOr<std::vector<std::string>> OwnLine(db::Transaction& transaction,
                                                 const rpc::Caller& caller,
                                                 const std::string& facility);

// A caller's view of visits.
class VisitScope {
 public:
  // `facility`: "facilities/{id}" asked for; empty for all. A facility that asks for another one's visits is anyone. Reads the chain
  // of the caller's own facility.
  static absl::StatusOr<VisitScope> Of(db::Transaction& transaction, const rpc::Caller& caller,
                                       const std::string& facility);

  // Whether the caller sees more of these visits than is public.
  bool sees_more() const { return !divisions_.empty() || !own_.empty(); }
  bool is_officer() const { return !divisions_.empty(); }
  // Whether the caller may see the visit, and all of it.
  bool SeesAllOf(const v1::Visit& visit) const;
  // "(…)": the rows of table visit in the caller's scope. `table` is put before the columns, "v." or nothing.
  void AddTo(const std::string& table, db::Sql* sql) const;
  // "(…)": rows of table finding, which hold facility_id and division_code, in the scope of who sees more.
  void AddFindingsTo(db::Sql* sql) const;

 private:
  std::vector<std::string> divisions_;
  std::vector<std::string> own_;  // ids of the caller's facility and those it continues
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_SCOPE_H_
