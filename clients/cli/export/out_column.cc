#include "clients/cli/export/out_column.h"

#include <google/protobuf/reflection.h>

#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/labels.h"
#include "common/base/civil.h"
#include "google/type/date.pb.h"
#include "tuoyu/common/v1/options.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using sheet::OutCell;
using sheet::OutKind;

// The element of a list that a part of a path names in brackets, or -1.
int IndexOf(absl::string_view* part) {
  const size_t open = part->find('[');
  if (open == absl::string_view::npos) return -1;
  int index = 0;
  if (!absl::SimpleAtoi(part->substr(open + 1, part->size() - open - 2), &index)) index = 0;
  *part = part->substr(0, open);
  return index;
}

// What holds the last field of a path; null when the message does not say it.
const Message* HolderOf(const Message* message, absl::string_view path) {
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '.');
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    absl::string_view name = parts[i];
    const int index = IndexOf(&name);
    const auto* field = message->GetDescriptor()->FindFieldByName(std::string(name));
    const auto* reflection = message->GetReflection();
    if (index < 0 ? !reflection->HasField(*message, field)
                  : reflection->FieldSize(*message, field) <= index) {
      return nullptr;
    }
    message = index < 0 ? &reflection->GetMessage(*message, field)
                        : &reflection->GetRepeatedMessage(*message, field, index);
  }
  return message;
}

std::string ClassesText(const Message& message, const FieldDescriptor* field, Language language) {
  const auto classes = message.GetReflection()->GetRepeatedFieldRef<pb::ClassPlan>(message, field);
  return absl::StrJoin(classes, "、", [&](std::string* out, const pb::ClassPlan& plan) {
    absl::StrAppend(out, Label(plan.kind(), language), plan.capacity());
  });
}

std::string CertificateText(const pb::Certificate& certificate, Language language) {
  const bool zh = language == Language::kChinese;
  static constexpr absl::string_view kLevels[] = {"", "一级", "二级", "三级", "四级", "五级"};
  std::vector<std::string> parts = {Label(certificate.kind(), language)};
  const int level = certificate.level();
  if (level > 0 && level < static_cast<int>(std::size(kLevels))) {
    parts.push_back(zh ? std::string(kLevels[level]) : absl::StrCat("level ", level));
  }
  if (certificate.education() != pb::EDUCATION_UNSPECIFIED) {
    parts.push_back(Label(certificate.education(), language));
  }
  if (!certificate.certificate_number().empty()) parts.push_back(certificate.certificate_number());
  const auto end =
      FromProto(certificate.has_expires_on() ? certificate.expires_on() : certificate.valid_to());
  if (end.ok()) parts.push_back(absl::StrCat(zh ? "有效至" : "until ", FormatDay(*end - 1)));
  return absl::StrJoin(parts, " ");
}

std::string CertificatesText(const Message& message, const FieldDescriptor* field,
                             Language language) {
  const auto all = message.GetReflection()->GetRepeatedFieldRef<pb::Certificate>(message, field);
  return absl::StrJoin(all, "；", [&](std::string* out, const pb::Certificate& certificate) {
    absl::StrAppend(out, CertificateText(certificate, language));
  });
}

OutCell ListCell(const Message& message, const FieldDescriptor* field, Language language) {
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const bool certificates = field->message_type() == pb::Certificate::descriptor();
    return {OutKind::kText, certificates ? CertificatesText(message, field, language)
                                         : ClassesText(message, field, language)};
  }
  std::vector<std::string> labels;
  const auto* reflection = message.GetReflection();
  labels.reserve(static_cast<size_t>(reflection->FieldSize(message, field)));
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    labels.push_back(LabelOf(*reflection->GetRepeatedEnum(message, field, i), language));
  }
  return {OutKind::kText, absl::StrJoin(labels, "、")};
}

OutCell DayCell(const Message& message, bool last_day) {
  const auto day = FromProto(static_cast<const google::type::Date&>(message));
  if (!day.ok()) return {};
  return {OutKind::kDay, FormatDay(*day - (last_day ? 1 : 0))};
}

// Whether a flag that is not set says no: it is no flag that may be left open, and the caller is cleared for it, as another
// field of its class shows.
bool SaysNo(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  if (field->has_presence() || reflection->HasField(message, field)) return false;
  const auto data_class = [](const FieldDescriptor* of) {
    return of->options().GetExtension(common::v1::data_class);
  };
  if (data_class(field) == common::v1::DATA_CLASS_PUBLIC) return true;
  std::vector<const FieldDescriptor*> told;
  reflection->ListFields(message, &told);
  return absl::c_any_of(
      told, [&](const FieldDescriptor* other) { return data_class(other) == data_class(field); });
}

OutCell SingleCell(const Message& message, const FieldDescriptor* field, OutRule rule,
                   Language language) {
  const auto* reflection = message.GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL && rule != OutRule::kWithheld &&
      SaysNo(message, field)) {
    return {OutKind::kText, language == Language::kChinese ? "否" : "no"};
  }
  if (!reflection->HasField(message, field)) return {};
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return DayCell(reflection->GetMessage(message, field), rule == OutRule::kLastDay);
    case FieldDescriptor::CPPTYPE_ENUM:
      return {OutKind::kText, LabelOf(*reflection->GetEnum(message, field), language)};
    case FieldDescriptor::CPPTYPE_BOOL:
      if (rule == OutRule::kWithheld) {
        return {OutKind::kText,
                language == Language::kChinese ? "人数少，不公开" : "few persons: withheld"};
      }
      return {OutKind::kText, language == Language::kChinese ? "是" : "yes"};
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return {OutKind::kNumber, absl::StrFormat("%.10g", reflection->GetDouble(message, field))};
    case FieldDescriptor::CPPTYPE_INT32:
      return {OutKind::kNumber, absl::StrCat(reflection->GetInt32(message, field))};
    case FieldDescriptor::CPPTYPE_INT64:
      return {OutKind::kNumber, absl::StrCat(reflection->GetInt64(message, field))};
    default:
      return {rule == OutRule::kNumberText ? OutKind::kNumber : OutKind::kText,
              reflection->GetString(message, field)};
  }
}

}  // namespace

std::vector<std::string> TitlesOf(absl::Span<const OutColumn> columns, Language language) {
  std::vector<std::string> titles;
  for (const OutColumn& column : columns) {
    titles.emplace_back(language == Language::kChinese ? column.zh : column.en);
  }
  return titles;
}

void AddCells(const Message& message, absl::Span<const OutColumn> columns, Language language,
              std::vector<OutCell>* cells) {
  for (const OutColumn& column : columns) {
    const Message* holder = HolderOf(&message, column.field);
    if (holder == nullptr) {
      cells->emplace_back();
      continue;
    }
    const absl::string_view last = column.field.substr(column.field.rfind('.') + 1);
    const auto* field = holder->GetDescriptor()->FindFieldByName(std::string(last));
    cells->push_back(field->is_repeated() ? ListCell(*holder, field, language)
                                          : SingleCell(*holder, field, column.rule, language));
  }
}

}  // namespace tuoyu::cli
