#ifndef TUOYU_COMMON_PRIVACY_DATA_CLASS_CHECK_H_
#define TUOYU_COMMON_PRIVACY_DATA_CLASS_CHECK_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace tuoyu::privacy {

// What is wrong with the classes and access rules of `file`, one line each, "<full name>: <what>";
// empty when all is well. Wrong are: a field without a data class; a field of class PERSONAL, CHILD
// or REPORTER that can't be sealed (neither string nor bytes nor a message of this project); a
// method without an access rule or with one that names no role; a method that writes and whose
// request has no singular string field `request_id`; a method without google.api.http; two methods
// of one service with the same request type (rpc::Door tells methods by it).
std::vector<std::string> CheckDataClasses(const google::protobuf::FileDescriptor& file);

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_DATA_CLASS_CHECK_H_
