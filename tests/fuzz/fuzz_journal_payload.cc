// A payload cut for anyone holds nothing that a second cut would remove, and says when it was changed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/rpc/journal_service.h"
#include "tuoyu/filing/v1/filing.pb.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tuoyu::common::v1::JournalEntry entry;
  entry.set_payload_type(tuoyu::filing::v1::Filing::descriptor()->full_name());
  entry.set_payload(data, size);
  const std::string stored = entry.payload();
  tuoyu::rpc::RedactPayload(&entry, tuoyu::privacy::Clearance::Public());
  if (entry.payload_removed() != (entry.payload() != stored)) std::abort();
  const std::string cut = entry.payload();
  tuoyu::filing::v1::Filing filing;
  if (!filing.ParseFromString(cut)) std::abort();
  if (!filing.content().principal_id_number().empty()) std::abort();
  return 0;
}
