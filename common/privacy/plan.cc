#include "common/privacy/plan.h"

#include <cstdio>
#include <cstdlib>
#include <mutex>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace tuoyu::privacy::internal {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Plans by descriptor: open addressing, filled under the mutex, read without. A program has a few
// hundred message types, so the table is never near full.
constexpr size_t kSlots = 8192;
std::array<std::atomic<MessagePlan*>, kSlots> slots;
std::mutex build_mutex;

size_t SlotOf(const Descriptor* descriptor) {
  auto value = reinterpret_cast<uintptr_t>(descriptor);
  return ((value >> 4) * 0x9E3779B97F4A7C15ull >> 32) % kSlots;
}

MessagePlan* Find(const Descriptor* descriptor) {
  for (size_t slot = SlotOf(descriptor);; slot = (slot + 1) % kSlots) {
    MessagePlan* plan = slots[slot].load(std::memory_order_acquire);
    if (plan == nullptr || plan->descriptor == descriptor) return plan;
  }
}

void Publish(MessagePlan* plan) {
  size_t slot = SlotOf(plan->descriptor);
  for (size_t tried = 0; tried < kSlots / 2; ++tried, slot = (slot + 1) % kSlots) {
    if (slots[slot].load(std::memory_order_relaxed) == nullptr) {
      slots[slot].store(plan, std::memory_order_release);
      return;
    }
  }
  std::fputs("privacy: more message types than the plan table holds\n", stderr);
  std::abort();
}

bool IsText(const FieldDescriptor* field) {
  return field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
}

// Makes plans for `descriptor` and all types it reaches that have none; `made` gets them.
MessagePlan* Make(const Descriptor* descriptor, std::vector<MessagePlan*>* made) {
  if (MessagePlan* plan = Find(descriptor)) return plan;
  for (MessagePlan* plan : *made) {
    if (plan->descriptor == descriptor) return plan;
  }
  auto* plan = new MessagePlan;
  plan->descriptor = descriptor;
  made->push_back(plan);
  if (!IsOurs(descriptor)) return plan;  // nothing to do, at any depth
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    FieldPlan field_plan{field, Clearance::Bit(ClassOf(field)), nullptr, IsText(field)};
    const Descriptor* type = field->message_type();
    if (type != nullptr && IsOurs(type)) field_plan.child = Make(type, made);
    plan->fields.push_back(field_plan);
  }
  return plan;
}

// Types may contain themselves, so the classes are spread until nothing changes.
void SpreadClasses(const std::vector<MessagePlan*>& plans) {
  for (bool changed = true; changed;) {
    changed = false;
    for (MessagePlan* plan : plans) {
      uint8_t classes = plan->classes;
      for (const FieldPlan& field : plan->fields) {
        classes |= field.class_bit;
        if (field.child != nullptr) classes |= field.child->classes;
      }
      changed |= classes != plan->classes;
      plan->classes = classes;
    }
  }
}

void MakeSealSteps(MessagePlan* plan) {
  for (const FieldPlan& field : plan->fields) {
    if (field.text && (field.class_bit & kSealedClasses) != 0) {
      plan->seal_steps.push_back({field.field, nullptr});
    } else if (field.child != nullptr && (field.child->classes & kSealedClasses) != 0) {
      plan->seal_steps.push_back({field.field, field.child});
    }
  }
}

}  // namespace

bool IsOurs(const Descriptor* descriptor) {
  const std::string& package = descriptor->file()->package();
  return package != "google" && !absl::StartsWith(package, "google.");
}

DataClass ClassOf(const FieldDescriptor* field) {
  const Descriptor* type = field->containing_type();
  if (!type->options().map_entry()) {
    return field->options().GetExtension(common::v1::data_class);
  }
  const Descriptor* owner = type->containing_type();
  for (int i = 0; i < owner->field_count(); ++i) {
    if (owner->field(i)->message_type() == type && field->name() == "value") {
      return ClassOf(owner->field(i));
    }
  }
  return common::v1::DATA_CLASS_PUBLIC;  // the key goes with the map
}

const MessagePlan& PlanOf(const Descriptor* descriptor) {
  if (const MessagePlan* plan = Find(descriptor)) return *plan;
  std::lock_guard<std::mutex> lock(build_mutex);
  std::vector<MessagePlan*> made;
  MessagePlan* plan = Make(descriptor, &made);
  SpreadClasses(made);
  for (MessagePlan* each : made) MakeSealSteps(each);
  for (MessagePlan* each : made) Publish(each);
  return *plan;
}

const Steps& RedactStepsOf(const MessagePlan& plan, Clearance clearance) {
  std::atomic<const Steps*>& cell = plan.redact_steps[clearance.bits() >> 2];
  if (const Steps* steps = cell.load(std::memory_order_acquire)) return *steps;
  std::lock_guard<std::mutex> lock(build_mutex);
  if (const Steps* steps = cell.load(std::memory_order_relaxed)) return *steps;
  auto* steps = new Steps;
  for (const FieldPlan& field : plan.fields) {
    if ((field.class_bit & clearance.bits()) == 0) {
      steps->push_back({field.field, nullptr});
    } else if (field.child != nullptr && (field.child->classes & ~clearance.bits()) != 0) {
      steps->push_back({field.field, field.child});
    }
  }
  cell.store(steps, std::memory_order_release);
  return *steps;
}

}  // namespace tuoyu::privacy::internal
