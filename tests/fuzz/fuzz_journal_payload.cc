// A payload cut for anyone holds nothing that a second cut would remove, and says when it was changed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/rpc/journal_service.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

namespace {

// The bytes as a payload of type `Message`, cut.
template <typename Message>
Message Cut(const uint8_t* data, size_t size) {
  tuoyu::common::v1::JournalEntry entry;
  entry.set_payload_type(Message::descriptor()->full_name());
  entry.set_payload(data, size);
  const std::string stored = entry.payload();
  tuoyu::rpc::RedactPayload(&entry, tuoyu::privacy::Clearance::Public());
  if (entry.payload_removed() != (entry.payload() != stored)) std::abort();
  const std::string cut = entry.payload();
  Message message;
  if (!message.ParseFromString(cut)) std::abort();
  return message;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto filing = Cut<tuoyu::filing::v1::Filing>(data, size);
  if (!filing.content().principal_id_number().empty()) std::abort();
  const auto staff = Cut<tuoyu::filing::v1::StaffChange>(data, size);
  if (!staff.member().person_name().empty() || !staff.member().id_number().empty()) std::abort();
  const auto child = Cut<tuoyu::filing::v1::ChildChange>(data, size);
  if (!child.child().child_name().empty() || !child.child().document_number().empty() ||
      !child.child().birth_date().empty() || !child.child().consent().guardian_name().empty() ||
      !child.child().health_record().record_number().empty()) {
    std::abort();
  }
  const auto label = Cut<tuoyu::filing::v1::DemonstrationChange>(data, size);
  if (!label.facility().empty()) std::abort();
  return 0;
}
