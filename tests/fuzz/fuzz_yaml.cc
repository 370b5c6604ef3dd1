// A filing form in YAML is refused with file and line, or becomes a message that can be sent.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/match.h"
#include "common/data/plan.h"
#include "common/data/yaml.h"
#include "tuoyu/filing/v1/filing.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  tuoyu::filing::v1::Filing filing;
  const absl::Status status = tuoyu::data::YamlToProto(text, &filing, "fuzz");
  if (status.ok()) {
    // Strings that are not UTF-8 would fail here.
    tuoyu::filing::v1::Filing again;
    if (!again.ParseFromString(filing.SerializeAsString())) {
      std::abort();
    }
  } else if (!absl::StartsWith(status.message(), "fuzz:")) {
    std::abort();
  }
  const auto json = tuoyu::data::YamlToJson(text, "fuzz");
  if (json.ok() && json->dump().empty()) {
    std::abort();
  }
  if (const auto plan = tuoyu::data::ParsePlan(text, "fuzz");
      plan.ok() && plan->indicators().empty()) {
    std::abort();
  }
  return 0;
}
