#ifndef TUOYU_COMMON_PRIVACY_REDACT_H_
#define TUOYU_COMMON_PRIVACY_REDACT_H_

#include <google/protobuf/message.h>

#include "common/privacy/clearance.h"

namespace tuoyu::privacy {

// Unsets, at every depth, the fields of `message` whose data class is not in `clearance`. Fields
// are unset, never masked, so that reading a message, changing it and writing it back cannot store
// a mask. A field without a class of its own (in messages of google.*, which carry none) goes with
// the field that holds the message; in a message of this project it counts as unseen by anyone.
// Thread safe; a plan per message type is made once and read without locks, so a message with
// nothing to unset costs well under a microsecond.
void Redact(google::protobuf::Message* message, Clearance clearance);

// Whether messages of this type can hold anything outside `clearance`.
bool MayHoldMoreThan(const google::protobuf::Descriptor* descriptor, Clearance clearance);

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_REDACT_H_
