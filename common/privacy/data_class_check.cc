#include "common/privacy/data_class_check.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/privacy/plan.h"
#include "google/api/annotations.pb.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::privacy {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

bool IsSealed(DataClass data_class) {
  return (Clearance::Bit(data_class) & internal::kSealedClasses) != 0;
}

// Whether the class reaches what is stored: text is sealed itself, a message by at least one of its
// own fields.
bool CanBeSealed(const FieldDescriptor* field) {
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) return true;
  const Descriptor* type = field->message_type();
  if (type == nullptr || field->is_map() || !internal::IsOurs(type)) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    if (IsSealed(internal::ClassOf(type->field(i)))) return true;
  }
  return false;
}

void CheckMessage(const Descriptor* descriptor, std::vector<std::string>* findings) {
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    const DataClass data_class = internal::ClassOf(field);
    if (data_class == common::v1::DATA_CLASS_UNSPECIFIED) {
      findings->push_back(absl::StrCat(field->full_name(), ": has no data class"));
    } else if (IsSealed(data_class) && !CanBeSealed(field)) {
      findings->push_back(absl::StrCat(field->full_name(), ": class ",
                                       common::v1::DataClass_Name(data_class),
                                       " needs a string, bytes, or a message with sealed fields"));
    }
  }
  for (int i = 0; i < descriptor->nested_type_count(); ++i) {
    if (!descriptor->nested_type(i)->options().map_entry()) {
      CheckMessage(descriptor->nested_type(i), findings);
    }
  }
}

void CheckMethod(const MethodDescriptor* method, std::vector<std::string>* findings) {
  const auto complain = [&](absl::string_view what) {
    findings->push_back(absl::StrCat(method->full_name(), ": ", what));
  };
  const auto& options = method->options();
  if (!options.HasExtension(google::api::http)) complain("has no google.api.http");
  if (method->client_streaming() || method->server_streaming()) complain("streams");
  const common::v1::AccessRule& rule = options.GetExtension(common::v1::access);
  if (rule.roles().empty()) complain("has no access rule that names a role");
  for (int role : rule.roles()) {
    if (role == common::v1::ROLE_UNSPECIFIED) complain("its access rule names ROLE_UNSPECIFIED");
  }
  const FieldDescriptor* id = method->input_type()->FindFieldByName("request_id");
  const bool usable =
      id != nullptr && id->type() == FieldDescriptor::TYPE_STRING && !id->is_repeated();
  if (rule.write() && !usable) complain("writes, but its request has no string `request_id`");
}

void CheckService(const ServiceDescriptor* service, std::vector<std::string>* findings) {
  std::set<const Descriptor*> requests;
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor* method = service->method(i);
    CheckMethod(method, findings);
    if (!requests.insert(method->input_type()).second) {
      findings->push_back(
          absl::StrCat(method->full_name(), ": shares its request type with another method"));
    }
  }
}

}  // namespace

std::vector<std::string> CheckDataClasses(const FileDescriptor& file) {
  std::vector<std::string> findings;
  for (int i = 0; i < file.message_type_count(); ++i) {
    CheckMessage(file.message_type(i), &findings);
  }
  for (int i = 0; i < file.service_count(); ++i) CheckService(file.service(i), &findings);
  return findings;
}

}  // namespace tuoyu::privacy
