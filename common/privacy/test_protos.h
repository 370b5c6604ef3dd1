#ifndef TUOYU_COMMON_PRIVACY_TEST_PROTOS_H_
#define TUOYU_COMMON_PRIVACY_TEST_PROTOS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace tuoyu::privacy {

// A message of `file` (compiled in) with this content in text format.
inline std::unique_ptr<google::protobuf::Message> MakeMessage(
    const google::protobuf::FileDescriptor* file, const std::string& type,
    const std::string& content) {
  const auto* descriptor = file->FindMessageTypeByName(type);
  std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(content, message.get())) << content;
  return message;
}

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_TEST_PROTOS_H_
