#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/filing/change_rules.h"
#include "services/filing/findings.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::filing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::MessageDifferencer;

// Walks two messages of one type and notes where they differ.
class Comparer {
 public:
  void Compare(const Message& old_message, const Message& new_message, const std::string& path) {
    const auto* descriptor = old_message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      const std::string field_path = absl::StrCat(path, ".", field->name());
      if (field->is_repeated()) {
        CompareList(old_message, new_message, field, field_path);
      } else if (IsGroup(field)) {
        Compare(old_message.GetReflection()->GetMessage(old_message, field),
                new_message.GetReflection()->GetMessage(new_message, field), field_path);
      } else {
        Note(field, field_path, Text(old_message, field, -1), Text(new_message, field, -1));
      }
    }
  }

  std::vector<v1::ContentDifference> Take() { return std::move(differences_); }

 private:
  // A message with fields of its own to compare; a date is one value.
  static bool IsGroup(const FieldDescriptor* field) {
    return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
           field->message_type()->full_name() != "google.type.Date";
  }

  void CompareList(const Message& old_message, const Message& new_message,
                   const FieldDescriptor* field, const std::string& path) {
    const Reflection* reflection = old_message.GetReflection();
    const int old_size = reflection->FieldSize(old_message, field);
    const int new_size = reflection->FieldSize(new_message, field);
    for (int i = 0; i < std::max(old_size, new_size); ++i) {
      const std::string item_path = absl::StrCat(path, "[", i, "]");
      if (i < old_size && i < new_size && IsGroup(field)) {
        Compare(reflection->GetRepeatedMessage(old_message, field, i),
                reflection->GetRepeatedMessage(new_message, field, i), item_path);
      } else {
        // An item with nothing in it still makes the list longer or shorter.
        Note(field, item_path, i < old_size ? Text(old_message, field, i) : "",
             i < new_size ? Text(new_message, field, i) : "", i >= old_size || i >= new_size);
      }
    }
  }

  void Note(const FieldDescriptor* field, const std::string& path, std::string old_value,
            std::string new_value, bool even_if_equal = false) {
    if (old_value == new_value && !even_if_equal) return;
    v1::ContentDifference& difference = differences_.emplace_back();
    difference.set_field(path);
    const auto data_class = field->options().GetExtension(common::v1::data_class);
    if (data_class != common::v1::DATA_CLASS_PUBLIC &&
        data_class != common::v1::DATA_CLASS_INTERNAL) {
      return;
    }
    difference.set_old_value(std::move(old_value));
    difference.set_new_value(std::move(new_value));
  }

  // The value as text: of an item when `index` is not negative. Empty when unset.
  static std::string Text(const Message& message, const FieldDescriptor* field, int index) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const Reflection* reflection = message.GetReflection();
      const Message& value = index < 0 ? reflection->GetMessage(message, field)
                                       : reflection->GetRepeatedMessage(message, field, index);
      return MessageText(value);
    }
    const bool tracked = index < 0 && field->has_presence();
    if (tracked && !message.GetReflection()->HasField(message, field)) return "";
    return ScalarText(message, field, index);
  }

  static std::string MessageText(const Message& message) {
    if (message.GetDescriptor()->full_name() == "google.type.Date") {
      const auto& date = static_cast<const google::type::Date&>(message);
      if (!IsSet(date)) return "";
      const auto day = FromProto(date);
      return day.ok() ? FormatDay(*day)
                      : absl::StrCat(date.year(), "-", date.month(), "-", date.day());
    }
    std::vector<std::string> parts;
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      std::string text = Text(message, message.GetDescriptor()->field(i), -1);
      if (!text.empty()) parts.push_back(std::move(text));
    }
    return absl::StrJoin(parts, " ");
  }

  static std::string ScalarText(const Message& message, const FieldDescriptor* field, int index) {
    const Reflection* reflection = message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return index < 0 ? reflection->GetString(message, field)
                         : reflection->GetRepeatedString(message, field, index);
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int value = index < 0 ? reflection->GetEnumValue(message, field)
                                    : reflection->GetRepeatedEnumValue(message, field, index);
        const auto* name = field->enum_type()->FindValueByNumber(value);
        if (value == 0) return "";
        return name == nullptr ? absl::StrCat(value) : name->name();
      }
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return absl::StrFormat("%.15g", index < 0
                                            ? reflection->GetDouble(message, field)
                                            : reflection->GetRepeatedDouble(message, field, index));
      default: {
        std::string text;
        google::protobuf::TextFormat::PrintFieldValueToString(message, field, index, &text);
        return text;
      }
    }
  }

  std::vector<v1::ContentDifference> differences_;
};

}  // namespace

std::vector<v1::ContentDifference> Differences(const v1::FilingContent& old_content,
                                               const v1::FilingContent& new_content) {
  Comparer comparer;
  if (!MessageDifferencer::Equals(old_content, new_content)) {
    comparer.Compare(old_content, new_content, "content");
  }
  return comparer.Take();
}

std::vector<std::string> Contested(const v1::FilingContent& base, const v1::FilingContent& mine,
                                   const v1::FilingContent& theirs) {
  const auto fields = [](const v1::FilingContent& from, const v1::FilingContent& to) {
    std::set<std::string> paths;
    for (const v1::ContentDifference& difference : Differences(from, to)) {
      paths.insert(difference.field().substr(0, difference.field().find('[')));
    }
    return paths;
  };
  const std::set<std::string> theirs_altered = fields(base, theirs);
  const std::set<std::string> unlike = fields(mine, theirs);
  std::vector<std::string> contested;
  for (const std::string& field : fields(base, mine)) {
    if (theirs_altered.count(field) > 0 && unlike.count(field) > 0) contested.push_back(field);
  }
  return contested;
}

void ApplyDifferences(const std::vector<v1::ContentDifference>& differences,
                      const v1::FilingContent& changed, v1::FilingContent* content) {
  google::protobuf::FieldMask mask;
  for (const v1::ContentDifference& difference : differences) {
    absl::string_view path = difference.field();
    absl::ConsumePrefix(&path, "content.");
    mask.add_paths(std::string(path.substr(0, path.find('['))));
  }
  google::protobuf::util::FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(changed, mask, options, content);
}

}  // namespace tuoyu::filing
