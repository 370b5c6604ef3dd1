#include "services/inspection/checklist/checklist_book.h"

#include <map>

#include "absl/algorithm/container.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/dated_files.h"
#include "common/data/file_check.h"

namespace tuoyu::inspection {
namespace {

using v1::CheckItem;
using v1::Checklist;

// "B02".
bool IsItemCode(absl::string_view code) {
  return code.size() == 3 && absl::ascii_isupper(code[0]) && absl::ascii_isdigit(code[1]) &&
         absl::ascii_isdigit(code[2]);
}

void CheckItemOf(const Checklist& checklist, int index, const data::Units& units,
                 data::FileCheck* check) {
  const CheckItem& item = checklist.items(index);
  const std::string path = absl::StrCat("items[", index, "].");
  check->Require(IsItemCode(item.code()), path + "code",
                 "应为一个大写字母和两位数字 (a capital letter and two digits)");
  check->Require(index == 0 || checklist.items(index - 1).code() < item.code(), path + "code",
                 "应按代码排列，且不重复 (in order of codes, each once)");
  check->Require(item.domain() != v1::CHECK_DOMAIN_UNSPECIFIED, path + "domain",
                 "缺少检查领域 (the domain is missing)");
  check->RequireText(item.text_zh(), path + "text_zh");
  check->RequireText(item.text_en(), path + "text_en");
  check->RequireText(item.source(), path + "source");
  check->RequireLevel(item.level(), path + "level");
  check->Require(!item.evidence().empty(), path + "evidence",
                 "缺少取证方式 (the evidence is missing)");
  check->Require(!item.units().empty(), path + "units", "缺少检查单位 (the units are missing)");
  for (const std::string& unit : item.units()) {
    check->Require(units.Find(unit) != nullptr, path + "units",
                   absl::StrCat(unit, " 不在单位文件中 (is no unit)"));
  }
}

void CheckKindergartenUnits(const Checklist& checklist, data::FileCheck* check) {
  for (const std::string& unit : checklist.kindergarten_units()) {
    const bool has_item = absl::c_any_of(
        checklist.items(), [&](const CheckItem& item) { return MayCheck(item, unit); });
    const bool leads = absl::c_any_of(checklist.items(), [&](const CheckItem& item) {
      return !item.units().empty() && item.units(0) == unit;
    });
    check->Require(has_item && !leads, "kindergarten_units",
                   absl::StrCat(unit, " 应有检查事项，且不牵头 (has items and leads none)"));
  }
}

// Domains of the items that `is_one` picks, in order.
std::vector<v1::CheckDomain> DomainsWhere(const Checklist& checklist,
                                          absl::FunctionRef<bool(const CheckItem&)> is_one) {
  std::vector<v1::CheckDomain> domains;
  for (const CheckItem& item : checklist.items()) {
    if (is_one(item) && (domains.empty() || domains.back() != item.domain())) {
      domains.push_back(item.domain());
    }
  }
  return domains;
}

}  // namespace

absl::StatusOr<Checklist> ParseChecklist(absl::string_view text, absl::string_view file,
                                         const data::Units& units) {
  Checklist checklist;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &checklist, file, &lines));
  data::FileCheck check(file, lines);
  check.RequireText(checklist.version(), "version");
  check.RequireDay(checklist.effective_from(), "effective_from");
  check.RequireText(checklist.title_zh(), "title_zh");
  check.RequireText(checklist.title_en(), "title_en");
  check.Require(!checklist.sources().empty(), "sources", "缺少出处 (the sources are missing)");
  check.Require(!checklist.items().empty(), "items", "没有检查事项 (there are no items)");
  for (int i = 0; i < checklist.items_size(); ++i) CheckItemOf(checklist, i, units, &check);
  CheckKindergartenUnits(checklist, &check);
  RETURN_IF_ERROR(check.ToStatus());
  return checklist;
}

absl::StatusOr<ChecklistBook> ChecklistBook::Make(std::vector<Checklist> versions) {
  if (versions.empty()) {
    return absl::InvalidArgumentError("没有检查事项清单 (there is no checklist)");
  }
  RETURN_IF_ERROR(data::OrderByFirstDay({"检查事项清单", "checklist"}, &versions));
  std::map<std::string, v1::CheckDomain> domains;
  for (const Checklist& checklist : versions) {
    for (const CheckItem& item : checklist.items()) {
      const auto known = domains.emplace(item.code(), item.domain()).first;
      if (known->second != item.domain()) {
        return absl::InvalidArgumentError(
            absl::StrCat(checklist.version(), ": ", item.code(),
                         " 曾是另一事项的代码 (the code was another item's before)"));
      }
    }
  }
  return ChecklistBook(std::move(versions));
}

absl::StatusOr<ChecklistBook> ChecklistBook::Load(const std::string& folder,
                                                  const data::Units& units) {
  ASSIGN_OR_RETURN(std::vector<Checklist> versions,
                   data::ParseFiles(folder, [&](const std::string& text, const std::string& path) {
                     return ParseChecklist(text, path, units);
                   }));
  return Make(std::move(versions));
}

const Checklist* ChecklistBook::InForce(absl::CivilDay day) const {
  return data::InForce(all_, day);
}

const Checklist* ChecklistBook::Find(absl::string_view version) const {
  const auto found =
      absl::c_find_if(all_, [&](const Checklist& each) { return each.version() == version; });
  return found == all_.end() ? nullptr : &*found;
}

bool ChecklistBook::HasItem(absl::string_view code) const {
  return absl::c_any_of(
      all_, [&](const Checklist& checklist) { return FindItem(checklist, code) != nullptr; });
}

const CheckItem* ChecklistBook::FindItemOn(absl::string_view code, absl::CivilDay day) const {
  if (const Checklist* checklist = InForce(day); checklist != nullptr) {
    if (const CheckItem* item = FindItem(*checklist, code); item != nullptr) return item;
  }
  for (const Checklist& checklist : all_) {
    if (const CheckItem* item = FindItem(checklist, code); item != nullptr) return item;
  }
  return nullptr;
}

const CheckItem* FindItem(const Checklist& checklist, absl::string_view code) {
  for (const CheckItem& item : checklist.items()) {
    if (item.code() == code) return &item;
  }
  return nullptr;
}

std::vector<v1::CheckDomain> DomainsOf(const Checklist& checklist, absl::string_view unit) {
  return DomainsWhere(checklist, [&](const CheckItem& item) { return MayCheck(item, unit); });
}

bool MayCheck(const CheckItem& item, absl::string_view unit) {
  return absl::c_linear_search(item.units(), unit);
}

bool ChecksKindergartensOnly(const Checklist& checklist, absl::string_view unit) {
  return absl::c_linear_search(checklist.kindergarten_units(), unit);
}

std::vector<v1::CheckDomain> JointDomainsOf(const Checklist& checklist, absl::string_view unit,
                                            absl::string_view leader) {
  return DomainsWhere(checklist, [&](const CheckItem& item) {
    return MayCheck(item, unit) && item.units(0) == leader;
  });
}

}  // namespace tuoyu::inspection
