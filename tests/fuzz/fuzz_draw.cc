// A record of a draw as anyone may hand it in: it is verified or not, in bounded time, and never more than that.
#include <google/protobuf/util/json_util.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "services/inspection/draw/draw_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tuoyu::inspection::v1::DrawRecord record;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (!google::protobuf::util::JsonStringToMessage(text, &record).ok()) return 0;
  tuoyu::inspection::VerifyDraw(record);
  return 0;
}
