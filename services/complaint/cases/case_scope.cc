#include "services/complaint/cases/case_scope.h"

#include "absl/algorithm/container.h"
#include "services/complaint/cases/case_rules.h"

namespace tuoyu::complaint {
namespace {

using common::v1::ROLE_DEPARTMENT_HEAD;
using common::v1::ROLE_DHC_COMPLAINT_HANDLER;
using common::v1::ROLE_DHC_INSPECTOR;
using common::v1::ROLE_TOWN_OFFICER;

}  // namespace

CaseScope::CaseScope(const rpc::Caller& caller, const data::Units& units) : caller_(caller) {
  if (caller.Has(ROLE_TOWN_OFFICER)) {
    for (const std::string& division : caller.divisions) {
      units_.push_back(data::TownUnit(division));
    }
  }
  only_inspects_ = caller.Has(ROLE_DHC_INSPECTOR) && !caller.Has(ROLE_DHC_COMPLAINT_HANDLER);
  const filing::v1::Unit* unit = units.OfOrganisation(caller.organisation);
  if (unit == nullptr) return;
  units_.push_back(unit->code());
  leads_ = unit->code() == data::kLeadUnit &&
           (caller.Has(ROLE_DHC_COMPLAINT_HANDLER) || caller.Has(ROLE_DEPARTMENT_HEAD));
}

bool CaseScope::ActsFor(absl::string_view unit) const {
  return absl::c_linear_search(units_, unit);
}

std::string CaseScope::UnitOn(const v1::Case& of_case) const {
  const std::vector<std::string> units = complaint::UnitsOn(of_case);
  const auto own = absl::c_find_if(units, [&](const std::string& unit) { return ActsFor(unit); });
  return own == units.end() ? std::string() : *own;
}

bool CaseScope::IsOnCase(const v1::Case& of_case) const {
  return caller_.Covers(of_case.division_code()) && !UnitOn(of_case).empty();
}

bool CaseScope::Sees(const v1::Case& of_case) const {
  return IsOnCase(of_case) ||
         (leads_ && !of_case.confidential() && caller_.Covers(of_case.division_code()));
}

bool CaseScope::ReadsWords(const v1::Case& of_case) const {
  return IsOnCase(of_case) && (!only_inspects_ || of_case.emergency());
}

void CaseScope::AddTo(bool on_case, db::Sql* sql) const {
  sql->Add("(");
  if (!on_case) {
    if (!leads_ || units_.empty()) {
      sql->Add("0 AND ");
    } else {
      sql->Add(
          "(c.confidential = 0 OR EXISTS (SELECT 1 FROM case_unit o WHERE o.case_id = c.id AND ");
      db::AddIn(units_, "o.unit", sql);
      sql->Add(")) AND ");
    }
  }
  db::AddPrefixes(caller_.divisions, "c.division_code", sql);
  sql->Add(")");
}

}  // namespace tuoyu::complaint
