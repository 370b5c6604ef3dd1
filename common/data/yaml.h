#ifndef TUOYU_COMMON_DATA_YAML_H_
#define TUOYU_COMMON_DATA_YAML_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace tuoyu::data {

// The line (from 1) on which each field of a document stands, by its path, e.g. "content.classes[1].capacity".
using FieldLines = std::map<std::string, int>;

// Line of `path`, or of the nearest field around it that stands in the document; 1 if none does.
int LineOf(const FieldLines& lines, absl::string_view path);

// Reads a YAML document (common/data/yaml_tree.h says which) into `message`, which is cleared first. The proto says what
// a scalar is, never its looks: 0012 stays text in a string field, with or without quotes; nothing, ~ and null leave a
// field unset. Field names as in the proto; enums by name, the enum's prefix may be left out (ORDINARY); google.type.Date
// as 2026-02-12; Timestamp in RFC 3339; bytes in base64; decimal numbers without leading zeros; true and false.
// `file` names the source in errors. `lines`, if given, receives the line of every field.
// INVALID_ARGUMENT with a line "file:line: path: reason" for each fault (the 20 first): unknown fields, wrong kinds,
// numbers out of range. The message is then not to be used.
absl::Status YamlToProto(absl::string_view text, google::protobuf::Message* message,
                         absl::string_view file = "input", FieldLines* lines = nullptr);

// YamlToProto of a file. NOT_FOUND if it can't be read.
absl::Status LoadYamlProto(const std::string& path, google::protobuf::Message* message,
                           FieldLines* lines = nullptr);

// A YAML document as JSON, for data without a schema of ours. Plain scalars follow the YAML 1.2 core schema, except that
// whole numbers with leading zeros or beyond ±2^53, which JSON readers would change, stay text; quoted scalars are text.
// INVALID_ARGUMENT "file:line: reason".
absl::StatusOr<nlohmann::json> YamlToJson(absl::string_view text, absl::string_view file = "input");

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_YAML_H_
