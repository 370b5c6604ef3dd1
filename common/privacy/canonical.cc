#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/privacy/signature.h"

namespace tuoyu::privacy {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <int kBytes>
void AppendBigEndian(uint64_t value, std::string* out) {
  for (int shift = 8 * (kBytes - 1); shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(value >> shift));
  }
}

void AppendText(const std::string& text, std::string* out) {
  AppendBigEndian<4>(text.size(), out);
  out->append(text);
}

void AppendDouble(double value, std::string* out) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  AppendBigEndian<8>(bits, out);
}

// One value of a field: the only one (index < 0) or that at `index`.
void AppendValue(const Message& message, const FieldDescriptor* field, int index,
                 std::string* out) {
  const Reflection* r = message.GetReflection();
  const bool one = index < 0;
  std::string scratch;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return AppendBigEndian<8>(
          static_cast<int64_t>(one ? r->GetInt32(message, field)
                                   : r->GetRepeatedInt32(message, field, index)),
          out);
    case FieldDescriptor::CPPTYPE_INT64:
      return AppendBigEndian<8>(
          one ? r->GetInt64(message, field) : r->GetRepeatedInt64(message, field, index), out);
    case FieldDescriptor::CPPTYPE_UINT32:
      return AppendBigEndian<8>(
          one ? r->GetUInt32(message, field) : r->GetRepeatedUInt32(message, field, index), out);
    case FieldDescriptor::CPPTYPE_UINT64:
      return AppendBigEndian<8>(
          one ? r->GetUInt64(message, field) : r->GetRepeatedUInt64(message, field, index), out);
    case FieldDescriptor::CPPTYPE_BOOL:
      return AppendBigEndian<8>(
          one ? r->GetBool(message, field) : r->GetRepeatedBool(message, field, index), out);
    case FieldDescriptor::CPPTYPE_ENUM:
      return AppendBigEndian<8>(
          static_cast<int64_t>(one ? r->GetEnumValue(message, field)
                                   : r->GetRepeatedEnumValue(message, field, index)),
          out);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return AppendDouble(
          one ? r->GetDouble(message, field) : r->GetRepeatedDouble(message, field, index), out);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return AppendDouble(
          one ? r->GetFloat(message, field) : r->GetRepeatedFloat(message, field, index), out);
    case FieldDescriptor::CPPTYPE_STRING:
      return AppendText(one ? r->GetStringReference(message, field, &scratch)
                            : r->GetRepeatedStringReference(message, field, index, &scratch),
                        out);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return AppendText(CanonicalBytes(one ? r->GetMessage(message, field)
                                           : r->GetRepeatedMessage(message, field, index)),
                        out);
  }
}

}  // namespace

std::string CanonicalBytes(const Message& message) {
  std::string out = absl::StrCat(message.GetDescriptor()->full_name(), "\n");
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);  // in order of field number
  for (const FieldDescriptor* field : fields) {
    AppendBigEndian<4>(field->number(), &out);
    if (!field->is_repeated()) {
      AppendBigEndian<4>(1, &out);
      AppendValue(message, field, -1, &out);
      continue;
    }
    const int size = reflection->FieldSize(message, field);
    AppendBigEndian<4>(size, &out);
    std::vector<std::string> values(size);
    for (int i = 0; i < size; ++i) AppendValue(message, field, i, &values[i]);
    if (field->is_map()) std::sort(values.begin(), values.end());
    for (const std::string& value : values) out += value;
  }
  return out;
}

}  // namespace tuoyu::privacy
