#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_SCOPE_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_SCOPE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/data/units.h"
#include "common/db/sql.h"
#include "common/rpc/caller.h"
#include "tuoyu/complaint/v1/case.pb.h"

// Who sees which cases. An officer sees those of the own unit within its divisions. Those who lead childcare see those of other units,
// too, but for confidential ones, and not what complainants said.
namespace tuoyu::complaint {

class CaseScope {
 public:
  // `caller` must outlive this.
  CaseScope(const rpc::Caller& caller, const data::Units& units);

  // Codes of the units the caller acts for: the one its token names, the streets or towns of a town officer ("T_" and division).
  const std::vector<std::string>& units() const { return units_; }
  bool ActsFor(absl::string_view unit) const;
  // Code of the unit through which the caller is on the case, the one that handles it first; empty when it is not.
  std::string UnitOn(const v1::Case& of_case) const;
  // Whether the caller's unit handles the case, acts on it or helps.
  bool IsOnCase(const v1::Case& of_case) const;
  bool Sees(const v1::Case& of_case) const;
  bool leads() const { return leads_; }

  // Whether the caller reads what complainants said of a case it is on: an inspector of the health commission in an emergency only.
  bool ReadsWords(const v1::Case& of_case) const;

  // "(…)": rows of complaint_case c that the caller sees. `on_case`: they are known to be of one of its units.
  void AddTo(bool on_case, db::Sql* sql) const;

 private:
  const rpc::Caller& caller_;
  std::vector<std::string> units_;
  bool leads_ = false;
  bool only_inspects_ = false;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_SCOPE_H_
