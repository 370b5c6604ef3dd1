#include "common/data/yaml.h"

#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/source_error.h"
#include "common/data/yaml_tree.h"
#include "google/protobuf/descriptor.h"

namespace tuoyu::data {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Kind = YamlNode::Kind;

constexpr int64_t kMaxExactInteger = int64_t{1} << 53;
constexpr size_t kMaxNamesListed = 20;

size_t CountDigits(absl::string_view text) {
  size_t count = 0;
  while (count < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[count]))) {
    ++count;
  }
  return count;
}

// -?(0|[1-9][0-9]*)
bool IsInteger(absl::string_view text) {
  absl::ConsumePrefix(&text, "-");
  const bool leading_zero = text.size() > 1 && text[0] == '0';
  return !text.empty() && CountDigits(text) == text.size() && !leading_zero;
}

// An integer with a fraction, an exponent, or both.
bool IsDecimal(absl::string_view text) {
  const size_t exponent = text.find_first_of("eE");
  if (exponent != absl::string_view::npos) {
    absl::string_view digits = text.substr(exponent + 1);
    if (!absl::ConsumePrefix(&digits, "-")) {
      absl::ConsumePrefix(&digits, "+");
    }
    if (digits.empty() || CountDigits(digits) != digits.size()) {
      return false;
    }
    text = text.substr(0, exponent);
  }
  const size_t point = text.find('.');
  if (point != absl::string_view::npos) {
    const absl::string_view fraction = text.substr(point + 1);
    if (fraction.empty() || CountDigits(fraction) != fraction.size()) {
      return false;
    }
    text = text.substr(0, point);
  }
  return IsInteger(text);
}

// "FacilityType" → "FACILITY_TYPE_".
std::string EnumPrefix(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) {
      prefix += '_';
    }
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return prefix + "_";
}

std::string EnumNames(const EnumDescriptor& type) {
  const std::string prefix = EnumPrefix(type);
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count() && names.size() < kMaxNamesListed; ++i) {
    if (type.value(i)->number() != 0) {
      names.emplace_back(absl::StripPrefix(type.value(i)->name(), prefix));
    }
  }
  return absl::StrJoin(names, ", ");
}

// Writes a tree into a message along its descriptor, gathering faults.
class ProtoReader {
 public:
  ProtoReader(absl::string_view file, FieldLines* lines) : errors_(file), lines_(lines) {}

  absl::Status status() const { return errors_.ToStatus(); }

  void ReadMessage(const YamlNode& node, const std::string& path, Message* message) {
    if (message->GetDescriptor()->full_name() == "google.type.Date" && node.kind == Kind::kScalar) {
      ReadWellKnown(node, path, ParseDay(node.scalar), message);
    } else if (message->GetDescriptor()->full_name() == "google.protobuf.Timestamp") {
      ReadWellKnown(node, path, ParseTimestamp(node.scalar), message);
    } else if (node.kind != Kind::kMap) {
      Fault(node, path, "应为一组字段 (a group of fields is wanted here)");
    } else {
      ReadFields(node, path, message);
    }
  }

 private:
  static absl::StatusOr<absl::Time> ParseTimestamp(const std::string& text) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
      return absl::InvalidArgumentError(
          "时间应写作 2026-02-12T09:00:00+08:00 (a time is written like this)");
    }
    return time;
  }

  template <typename T>
  void ReadWellKnown(const YamlNode& node, const std::string& path, const absl::StatusOr<T>& value,
                     Message* message) {
    if (node.kind != Kind::kScalar || !value.ok()) {
      Fault(node, path,
            value.ok() ? "应为一个值 (a single value is wanted here)" : value.status().message());
      return;
    }
    message->CopyFrom(ToProto(*value));
  }

  void ReadFields(const YamlNode& node, const std::string& path, Message* message) {
    std::set<const FieldDescriptor*> seen;
    for (const auto& [key, value] : node.entries) {
      const std::string field_path =
          path.empty() ? key.scalar : absl::StrCat(path, ".", key.scalar);
      const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(key.scalar);
      if (field == nullptr) {
        Fault(key, field_path, "未知字段 (unknown field)");
        continue;
      }
      if (lines_ != nullptr) {
        lines_->emplace(field_path, key.line);
      }
      if (value.kind == Kind::kNull) {
        continue;
      }
      const auto* oneof = field->real_containing_oneof();
      if (oneof != nullptr && message->GetReflection()->HasOneof(*message, oneof)) {
        Fault(key, field_path,
              absl::StrCat(oneof->name(), " 只能填写一项 (only one of these may be set)"));
      } else if (field->is_map()) {
        ReadMap(value, field_path, field, message);
      } else if (field->is_repeated()) {
        ReadList(value, field_path, field, message);
      } else {
        ReadValue(value, field_path, field, message);
      }
    }
  }

  void ReadList(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
                Message* message) {
    if (node.kind != Kind::kSequence) {
      Fault(node, path, "应为列表，每项以“- ”开头 (a list is wanted here, each item after \"- \")");
      return;
    }
    for (size_t i = 0; i < node.items.size(); ++i) {
      const std::string item_path = absl::StrCat(path, "[", i, "]");
      if (lines_ != nullptr) {
        lines_->emplace(item_path, node.items[i].line);
      }
      if (node.items[i].kind == Kind::kNull) {
        Fault(node.items[i], item_path, "列表中有空项 (an item of the list is empty)");
      } else {
        ReadValue(node.items[i], item_path, field, message);
      }
    }
  }

  void ReadMap(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
               Message* message) {
    if (node.kind != Kind::kMap) {
      Fault(node, path, "应为键和值 (keys and values are wanted here)");
      return;
    }
    for (const auto& [key, value] : node.entries) {
      Message* entry = message->GetReflection()->AddMessage(message, field);
      const std::string entry_path = absl::StrCat(path, "[", key.scalar, "]");
      ReadValue(key, entry_path, field->message_type()->map_key(), entry);
      if (value.kind != Kind::kNull) {
        ReadValue(value, entry_path, field->message_type()->map_value(), entry);
      }
    }
  }

  // Sets a single field, or adds to a repeated one.
  void ReadValue(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
                 Message* message) {
    const Reflection* reflection = message->GetReflection();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      ReadMessage(node, path,
                  field->is_repeated() ? reflection->AddMessage(message, field)
                                       : reflection->MutableMessage(message, field));
      return;
    }
    if (node.kind != Kind::kScalar) {
      Fault(node, path, "应为一个值 (a single value is wanted here)");
      return;
    }
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        ReadString(node, path, field, message);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        ReadEnum(node, path, field, message);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        ReadBool(node, path, field, message);
        break;
      default:
        ReadNumber(node, path, field, message);
    }
  }

  void ReadString(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
                  Message* message) {
    std::string value = node.scalar;
    if (field->type() == FieldDescriptor::TYPE_BYTES &&
        !absl::Base64Unescape(node.scalar, &value)) {
      Fault(node, path, "应为 base64 编码 (base64 is wanted here)");
      return;
    }
    const Reflection* reflection = message->GetReflection();
    field->is_repeated() ? reflection->AddString(message, field, value)
                         : reflection->SetString(message, field, value);
  }

  void ReadEnum(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
                Message* message) {
    const EnumDescriptor& type = *field->enum_type();
    const EnumValueDescriptor* value = type.FindValueByName(node.scalar);
    if (value == nullptr) {
      value = type.FindValueByName(EnumPrefix(type) + node.scalar);
    }
    if (value == nullptr) {
      Fault(node, path, absl::StrCat("应为其中之一 (one of these is wanted): ", EnumNames(type)));
      return;
    }
    const Reflection* reflection = message->GetReflection();
    field->is_repeated() ? reflection->AddEnum(message, field, value)
                         : reflection->SetEnum(message, field, value);
  }

  void ReadBool(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
                Message* message) {
    if (node.scalar != "true" && node.scalar != "false") {
      Fault(node, path, "应为 true 或 false (true or false is wanted here)");
      return;
    }
    const bool value = node.scalar == "true";
    const Reflection* reflection = message->GetReflection();
    field->is_repeated() ? reflection->AddBool(message, field, value)
                         : reflection->SetBool(message, field, value);
  }

  void ReadNumber(const YamlNode& node, const std::string& path, const FieldDescriptor* field,
                  Message* message) {
    const Reflection* reflection = message->GetReflection();
    const bool repeated = field->is_repeated();
    // Parses as T and hands the value to the setter of the field's type.
    const auto read = [&](auto value, bool whole, auto parse, auto set, auto add) {
      const bool shaped = whole ? IsInteger(node.scalar) : IsDecimal(node.scalar);
      if (!shaped || !parse(node.scalar, &value) || !std::isfinite(static_cast<double>(value))) {
        Fault(node, path,
              whole ? "应为整数，用半角数字，不超出范围 (a whole number in half-width digits, "
                      "within range)"
                    : "应为数字，用半角数字 (a decimal number in half-width digits)");
        return;
      }
      repeated ? (reflection->*add)(message, field, value)
               : (reflection->*set)(message, field, value);
    };
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        read(int32_t{0}, true, absl::SimpleAtoi<int32_t>, &Reflection::SetInt32,
             &Reflection::AddInt32);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        read(int64_t{0}, true, absl::SimpleAtoi<int64_t>, &Reflection::SetInt64,
             &Reflection::AddInt64);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        read(uint32_t{0}, true, absl::SimpleAtoi<uint32_t>, &Reflection::SetUInt32,
             &Reflection::AddUInt32);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        read(uint64_t{0}, true, absl::SimpleAtoi<uint64_t>, &Reflection::SetUInt64,
             &Reflection::AddUInt64);
        break;
      case FieldDescriptor::CPPTYPE_FLOAT:
        read(0.0F, false, absl::SimpleAtof, &Reflection::SetFloat, &Reflection::AddFloat);
        break;
      default:
        read(0.0, false, absl::SimpleAtod, &Reflection::SetDouble, &Reflection::AddDouble);
    }
  }

  void Fault(const YamlNode& node, const std::string& path, absl::string_view reason) {
    errors_.Add(node.line, path.empty() ? std::string(reason) : absl::StrCat(path, ": ", reason));
  }

  SourceErrors errors_;
  FieldLines* lines_;
};

nlohmann::json ScalarToJson(const YamlNode& node) {
  const std::string& text = node.scalar;
  if (!node.plain) {
    return text;
  }
  if (text == "true" || text == "false") {
    return text == "true";
  }
  int64_t integer = 0;
  if (IsInteger(text)) {
    const bool exact = absl::SimpleAtoi(text, &integer) && integer >= -kMaxExactInteger &&
                       integer <= kMaxExactInteger;
    return exact ? nlohmann::json(integer) : nlohmann::json(text);
  }
  double decimal = 0;
  if (IsDecimal(text) && absl::SimpleAtod(text, &decimal) && std::isfinite(decimal)) {
    return decimal;
  }
  return text;
}

nlohmann::json ToJson(const YamlNode& node) {
  switch (node.kind) {
    case Kind::kNull:
      return nullptr;
    case Kind::kScalar:
      return ScalarToJson(node);
    case Kind::kSequence: {
      nlohmann::json items = nlohmann::json::array();
      for (const YamlNode& item : node.items) {
        items.push_back(ToJson(item));
      }
      return items;
    }
    case Kind::kMap: {
      nlohmann::json object = nlohmann::json::object();
      for (const auto& [key, value] : node.entries) {
        object[key.scalar] = ToJson(value);
      }
      return object;
    }
  }
  return nullptr;
}

}  // namespace

int LineOf(const FieldLines& lines, absl::string_view path) {
  while (!path.empty()) {
    const auto found = lines.find(std::string(path));
    if (found != lines.end()) {
      return found->second;
    }
    const size_t end = path.find_last_of(".[");
    path = path.substr(0, end == absl::string_view::npos ? 0 : end);
  }
  return 1;
}

absl::Status YamlToProto(absl::string_view text, Message* message, absl::string_view file,
                         FieldLines* lines) {
  message->Clear();
  ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  ProtoReader reader(file, lines);
  reader.ReadMessage(root, "", message);
  return reader.status();
}

absl::Status LoadYamlProto(const std::string& path, Message* message, FieldLines* lines) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return YamlToProto(text, message, path, lines);
}

absl::StatusOr<nlohmann::json> YamlToJson(absl::string_view text, absl::string_view file) {
  ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  return ToJson(root);
}

}  // namespace tuoyu::data
