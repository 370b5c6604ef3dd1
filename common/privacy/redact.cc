#include "common/privacy/redact.h"

#include "common/privacy/plan.h"

namespace tuoyu::privacy {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

void Apply(Message* message, const internal::MessagePlan& plan, Clearance clearance) {
  const Reflection* reflection = message->GetReflection();
  for (const internal::Step& step : internal::RedactStepsOf(plan, clearance)) {
    if (step.child == nullptr) {
      reflection->ClearField(message, step.field);
    } else if (step.field->is_repeated()) {
      const int size = reflection->FieldSize(*message, step.field);
      for (int i = 0; i < size; ++i) {
        Apply(reflection->MutableRepeatedMessage(message, step.field, i), *step.child, clearance);
      }
    } else if (reflection->HasField(*message, step.field)) {
      Apply(reflection->MutableMessage(message, step.field), *step.child, clearance);
    }
  }
}

}  // namespace

void Redact(Message* message, Clearance clearance) {
  const internal::MessagePlan& plan = internal::PlanOf(message->GetDescriptor());
  if ((plan.classes & ~clearance.bits()) != 0) Apply(message, plan, clearance);
}

bool MayHoldMoreThan(const google::protobuf::Descriptor* descriptor, Clearance clearance) {
  return (internal::PlanOf(descriptor).classes & ~clearance.bits()) != 0;
}

}  // namespace tuoyu::privacy
