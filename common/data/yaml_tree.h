#ifndef TUOYU_COMMON_DATA_YAML_TREE_H_
#define TUOYU_COMMON_DATA_YAML_TREE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::data {

struct YamlEntry;

// A YAML document as written: scalars are text, with the mark whether they were plain (without quotes).
struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMap };

  Kind kind = Kind::kNull;  // kNull: nothing, ~ or null without quotes
  int line = 1;             // from 1
  bool plain = true;
  std::string scalar;
  std::vector<YamlNode> items;     // of a sequence
  std::vector<YamlEntry> entries;  // of a map; keys are scalars, none twice
};

struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

// Parses one YAML 1.2 document. INVALID_ARGUMENT "file:line: reason" if it is not one, or uses what data files have no
// need of: anchors and aliases, tags, keys that are not scalars, a key twice, more than 64 levels or 200,000 nodes.
absl::StatusOr<YamlNode> ParseYaml(absl::string_view text, absl::string_view file);

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_YAML_TREE_H_
