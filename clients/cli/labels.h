#ifndef TUOYU_CLIENTS_CLI_LABELS_H_
#define TUOYU_CLIENTS_CLI_LABELS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "clients/cli/text.h"

namespace tuoyu::cli {

// What people call the values of the enums: 全日托, "full day". The name of the value itself where
// none is listed.
std::string LabelOf(const google::protobuf::EnumValueDescriptor& value, Language language);

template <typename Enum>
std::string Label(Enum value, Language language) {
  const auto* found = google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(value);
  return found == nullptr ? "?" : LabelOf(*found, language);
}

// What people call a field of the form, by its path ("content.classes[1].capacity" → 班级第2项
// 托位数); the path itself where a part of it is not known.
std::string FieldLabel(absl::string_view path, Language language);

// A text of the service in which the names of enum values stand ("CLASS_KIND_SENIOR 20"), with their labels instead.
std::string WithLabels(absl::string_view text, Language language);

// All values that have a label, for tests.
struct ValueLabel {
  absl::string_view value;  // FILING_STATE_DRAFT
  absl::string_view zh;
  absl::string_view en;
};
absl::Span<const ValueLabel> ValueLabels();

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_LABELS_H_
