#include "clients/cli/complaint/category_names.h"

#include <algorithm>
#include <memory>

#include "tuoyu/complaint/v1/intake_service.pb.h"

namespace tuoyu::cli {

using complaint::v1::CategoryRule;
using complaint::v1::ComplaintRules;

std::string CategoryName(const ComplaintRules& rules, const std::string& code, Language language) {
  const auto found =
      std::find_if(rules.categories().begin(), rules.categories().end(),
                   [&](const CategoryRule& category) { return category.code() == code; });
  if (found == rules.categories().end()) return code;
  return language == Language::kChinese ? found->name_zh() : found->name_en();
}

CategoryNamer CategoryNamesOf(Session& session) {
  return [&session, rules = std::shared_ptr<ComplaintRules>()](const std::string& code) mutable {
    if (rules == nullptr) {
      rules = std::make_shared<ComplaintRules>();
      // A list is shown without names rather than not at all.
      session.CallOwner(complaint::v1::GetComplaintRulesRequest(), rules.get()).IgnoreError();
    }
    return CategoryName(*rules, code, session.language());
  };
}

}  // namespace tuoyu::cli
