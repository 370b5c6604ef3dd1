#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_SCOPE_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_SCOPE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/db/sql.h"
#include "common/db/transaction.h"
#include "common/rpc/handle.h"
#include "tuoyu/inspection/v1/penalty.pb.h"

namespace tuoyu::inspection {

// Who sees which penalty cases. Officers see those of their divisions; a facility its own, and those of the facilities it continues, once it was
// told; anyone those that are public, and of them what is of class PUBLIC.
class PenaltyScope {
 public:
  // `facility`: "facilities/{id}" asked for; empty for all. A facility that asks for another one's cases is anyone. Reads the line of the
  // caller's own facility.
  static absl::StatusOr<PenaltyScope> Of(db::Transaction& transaction, const rpc::Caller& caller,
                                         const std::string& facility);

  bool is_officer() const { return is_officer_; }
  // Whether the caller sees more of these cases than is public.
  bool sees_more() const { return is_officer_ || !own_.empty(); }
  // Whether the caller may see the case, and more of it than is public.
  bool SeesMoreOf(const v1::PenaltyCase& penalty_case) const;
  // "(…)": the rows of table penalty_case in the caller's scope.
  void AddTo(db::Sql* sql) const;

 private:
  bool is_officer_ = false;
  std::vector<std::string> divisions_;
  std::vector<std::string> own_;  // ids of the caller's facility and those it continues
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_SCOPE_H_
