#ifndef TUOYU_COMMON_PRIVACY_PLAN_H_
#define TUOYU_COMMON_PRIVACY_PLAN_H_

#include <google/protobuf/descriptor.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "common/privacy/clearance.h"

// What redaction and sealing do with a message type, worked out once per type. Internal to
// common/privacy.
namespace tuoyu::privacy::internal {

struct MessagePlan;

struct FieldPlan {
  const google::protobuf::FieldDescriptor* field;
  uint8_t class_bit;   // Clearance::Bit of the field's class
  MessagePlan* child;  // null unless a message of this project
  bool text;           // string or bytes
};

// One thing to do at a message: unset `field` (child null), or go into it.
struct Step {
  const google::protobuf::FieldDescriptor* field;
  const MessagePlan* child;
};
using Steps = std::vector<Step>;

struct MessagePlan {
  const google::protobuf::Descriptor* descriptor;
  uint8_t classes = 0;  // bits of all classes at any depth
  std::vector<FieldPlan> fields;
  // Fields to seal (child null) or to look for such in.
  Steps seal_steps;
  // By Clearance::bits() without the two lowest, which are the same in each; made at first use.
  mutable std::array<std::atomic<const Steps*>, 16> redact_steps{};
};

// Bits of the classes that are sealed at rest.
inline constexpr uint8_t kSealedClasses = Clearance::Bit(common::v1::DATA_CLASS_PERSONAL) |
                                          Clearance::Bit(common::v1::DATA_CLASS_CHILD) |
                                          Clearance::Bit(common::v1::DATA_CLASS_REPORTER);

// Whether messages of this type carry classes of their own (those of google.* don't).
bool IsOurs(const google::protobuf::Descriptor* descriptor);
// The class of a field: of the value of a map, that of the map; UNSPECIFIED when it has none.
DataClass ClassOf(const google::protobuf::FieldDescriptor* field);

// The plan of a message type; lives as long as the process.
const MessagePlan& PlanOf(const google::protobuf::Descriptor* descriptor);
const Steps& RedactStepsOf(const MessagePlan& plan, Clearance clearance);

}  // namespace tuoyu::privacy::internal

#endif  // TUOYU_COMMON_PRIVACY_PLAN_H_
