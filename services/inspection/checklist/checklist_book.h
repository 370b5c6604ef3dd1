#ifndef TUOYU_SERVICES_INSPECTION_CHECKLIST_CHECKLIST_BOOK_H_
#define TUOYU_SERVICES_INSPECTION_CHECKLIST_CHECKLIST_BOOK_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/units.h"
#include "tuoyu/inspection/v1/checklist.pb.h"

namespace tuoyu::inspection {

// A checklist (deploy/data/checklists). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what YamlToProto
// finds; no version, first day, title or source; an item without text, domain, level or source, with a code of another form,
// out of order or given twice, without evidence, or without units or with one that is not among `units`; a unit of kindergartens that leads
// an item or has none.
absl::StatusOr<v1::Checklist> ParseChecklist(absl::string_view text, absl::string_view file,
                                             const data::Units& units);

// The checklists of a district in order of time. Immutable, thread-safe.
class ChecklistBook {
 public:
  // INVALID_ARGUMENT when there is none, or two have the same version or the same first day, or a code means another domain in
  // one than in another.
  static absl::StatusOr<ChecklistBook> Make(std::vector<v1::Checklist> versions);
  // All files of a folder. Errors of data::YamlFilesIn, ParseChecklist and Make.
  static absl::StatusOr<ChecklistBook> Load(const std::string& folder, const data::Units& units);

  // The one in force on `day`, and the one of a version; null when there is none.
  const v1::Checklist* InForce(absl::CivilDay day) const;
  const v1::Checklist* Find(absl::string_view version) const;
  // Whether any version has an item with this code.
  bool HasItem(absl::string_view code) const;
  // The item as it is on `day`; of the oldest version that has it where none was in force. Null when there is none.
  const v1::CheckItem* FindItemOn(absl::string_view code, absl::CivilDay day) const;

 private:
  explicit ChecklistBook(std::vector<v1::Checklist> all) : all_(std::move(all)) {}

  std::vector<v1::Checklist> all_;
};

// The item with this code; null when there is none.
const v1::CheckItem* FindItem(const v1::Checklist& checklist, absl::string_view code);
// Domains in which the checklist gives the unit items, in order.
std::vector<v1::CheckDomain> DomainsOf(const v1::Checklist& checklist, absl::string_view unit);
// Whether the unit may check the item.
bool MayCheck(const v1::CheckItem& item, absl::string_view unit);
// Whether the unit checks kindergartens with nursery classes and no other facilities.
bool ChecksKindergartensOnly(const v1::Checklist& checklist, absl::string_view unit);
// Domains of the items that such a unit checks and that `leader` leads, in order.
std::vector<v1::CheckDomain> JointDomainsOf(const v1::Checklist& checklist, absl::string_view unit,
                                            absl::string_view leader);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_CHECKLIST_CHECKLIST_BOOK_H_
