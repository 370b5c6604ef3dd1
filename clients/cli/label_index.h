#ifndef TUOYU_CLIENTS_CLI_LABEL_INDEX_H_
#define TUOYU_CLIENTS_CLI_LABEL_INDEX_H_

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "clients/cli/labels.h"

// Tables of labels, by what they label.
namespace tuoyu::cli {

using LabelIndex = absl::flat_hash_map<absl::string_view, const ValueLabel*>;

// The table must outlive the index.
template <size_t kSize>
const LabelIndex* IndexOf(const ValueLabel (&labels)[kSize]) {
  auto* index = new LabelIndex;
  for (const ValueLabel& label : labels) index->emplace(label.value, &label);
  return index;
}

inline absl::string_view In(const ValueLabel& label, Language language) {
  return language == Language::kChinese ? label.zh : label.en;
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_LABEL_INDEX_H_
