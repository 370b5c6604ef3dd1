#include "services/filing/content_merge.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

#include "absl/strings/string_view.h"
#include "common/ids/coordinate.h"
#include "common/ids/division_code.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"
#include "common/ids/uscc.h"
#include "common/privacy/redact.h"

namespace tuoyu::filing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

// Replaces `field` of `to` by that of `from`.
void CopyField(const FieldDescriptor* field, const v1::FilingContent& from, v1::FilingContent* to) {
  v1::FilingContent only = from;
  for (const FieldDescriptor* other : SetFields(from)) {
    if (other != field) only.GetReflection()->ClearField(&only, other);
  }
  to->GetReflection()->ClearField(to, field);
  to->MergeFrom(only);
}

template <typename Normalise>
void NormaliseText(std::string* text, Normalise normalise) {
  if (text->empty()) return;
  auto checked = normalise(*text);
  if (checked.ok()) *text = checked.value();
}

}  // namespace

void NormaliseContent(v1::FilingContent* content, const v1::RuleSet& rules, absl::CivilDay today) {
  NormaliseText(content->mutable_uscc(), ids::NormaliseUscc);
  NormaliseText(content->mutable_parent_organisation_uscc(), ids::NormaliseUscc);
  NormaliseText(content->mutable_division_code(), ids::NormaliseDivisionCode);
  NormaliseText(content->mutable_community_code(), ids::NormaliseDivisionCode);
  NormaliseText(content->mutable_contact_phone(), ids::NormalisePhone);
  if (!content->principal_id_number().empty()) {
    const auto id = ids::NormaliseResidentId(content->principal_id_number(), today);
    if (id.ok()) content->set_principal_id_number(id.value().number);
  }
  if (content->has_location() && rules.bounding_box_gcj02_size() == 4) {
    const auto& box = rules.bounding_box_gcj02();
    const auto point =
        ids::NormaliseCoordinate(content->location(), {box[0], box[1], box[2], box[3]});
    if (point.ok()) *content->mutable_location() = point.value();
  }
}

void KeepUnseen(const v1::FilingContent& stored, v1::FilingContent* content) {
  v1::FilingContent seen = stored;
  privacy::Redact(&seen, privacy::Clearance::Internal());
  for (const FieldDescriptor* field : SetFields(stored)) {
    if (field->is_repeated()) continue;
    const bool unseen = !seen.GetReflection()->HasField(seen, field);
    const bool unset = !content->GetReflection()->HasField(*content, field);
    if (unseen && unset) CopyField(field, stored, content);
  }
}

v1::FilingContent Overlay(const v1::FilingContent& base, const v1::FilingContent& changes) {
  v1::FilingContent result = base;
  for (const FieldDescriptor* field : SetFields(changes)) {
    result.GetReflection()->ClearField(&result, field);
  }
  result.MergeFrom(changes);
  return result;
}

}  // namespace tuoyu::filing
