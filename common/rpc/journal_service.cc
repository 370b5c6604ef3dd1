#include "common/rpc/journal_service.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/journal/journal.h"
#include "common/privacy/redact.h"
#include "common/privacy/sealer.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"

namespace tuoyu::rpc {

using common::v1::JournalEntry;
using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

namespace {

constexpr size_t kMaxTypes = 50;  // of payloads a reader names

// Leaves `rest` of the payload, and says so when that is less.
void LeaveOfPayload(std::string rest, JournalEntry* entry) {
  entry->set_payload_removed(entry->payload_removed() || rest != entry->payload());
  entry->set_payload(std::move(rest));
}

}  // namespace

void RedactPayload(JournalEntry* entry, privacy::Clearance clearance) {
  const Descriptor* type =
      DescriptorPool::generated_pool()->FindMessageTypeByName(entry->payload_type());
  const Message* prototype =
      type == nullptr ? nullptr : MessageFactory::generated_factory()->GetPrototype(type);
  if (prototype == nullptr) return LeaveOfPayload("", entry);
  if (!privacy::MayHoldMoreThan(type, clearance)) return;
  google::protobuf::Arena arena;
  Message* const payload = prototype->New(&arena);
  if (!payload->ParseFromString(entry->payload())) return LeaveOfPayload("", entry);
  privacy::Redact(payload, clearance);
  // Fields this binary does not know have no class here, so nobody is cleared for them.
  if (privacy::HoldsUnknownFields(*payload)) payload->DiscardUnknownFields();
  LeaveOfPayload(payload->SerializeAsString(), entry);
}

JournalService::JournalService(Door& door, db::Pool& pool, std::string source)
    : door_(door), pool_(pool), source_(std::move(source)) {}

grpc::Status JournalService::ListJournalEntries(
    grpc::ServerContext* context, const common::v1::ListJournalEntriesRequest* request,
    common::v1::ListJournalEntriesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](Call& call) -> absl::Status {
    const auto limit = PageSize(request->page_size());
    if (!limit.ok()) return Error("PAGE_SIZE_INVALID");
    if (request->after_sequence() < 0) {
      return Error("FIELD_INVALID", {{"field", "after_sequence"}});
    }
    const std::vector<std::string> types(request->payload_types().begin(),
                                         request->payload_types().end());
    if (types.size() > kMaxTypes || !absl::c_all_of(types, journal::IsTypeName)) {
      return Error("FIELD_INVALID", {{"field", "payload_types"}});
    }
    absl::Status status = RunRead(pool_, call, [&](db::Transaction& transaction) -> absl::Status {
      reply->Clear();
      ASSIGN_OR_RETURN(auto entries, journal::Read(transaction, source_,
                                                   {.after_sequence = request->after_sequence(),
                                                    .after_hash = request->after_hash(),
                                                    .limit = *limit,
                                                    .payload_types = types}));
      const bool service = call.caller.Has(common::v1::ROLE_SERVICE);
      for (JournalEntry& entry : entries) {
        if (service || call.caller.Covers(entry.division_code())) {
          RedactPayload(&entry, call.clearance);
        } else {
          LeaveOfPayload("", &entry);
        }
        *reply->add_entries() = std::move(entry);
      }
      // After the page, so that the head is never behind it.
      ASSIGN_OR_RETURN(const auto head, journal::Head(transaction, source_));
      reply->set_head_sequence(head.sequence());
      return absl::OkStatus();
    });
    absl::string_view problem = status.message();
    if (absl::IsFailedPrecondition(status) && absl::StartsWith(problem, journal::kDiverged)) {
      return Error("JOURNAL_DIVERGED", {{"sequence", absl::StrCat(request->after_sequence())}});
    }
    if (absl::IsDataLoss(status) && absl::ConsumePrefix(&problem, journal::kAltered) &&
        absl::ConsumePrefix(&problem, ": ")) {
      return Error("JOURNAL_ENTRY_ALTERED", {{"sequence", std::string(problem)}});
    }
    return status;
  });
}

grpc::Status JournalService::GetJournalHead(grpc::ServerContext* context,
                                            const common::v1::GetJournalHeadRequest* request,
                                            common::v1::JournalPosition* reply) {
  return door_.Handle(context, *request, reply, [&](Call& call) -> absl::Status {
    return RunRead(pool_, call, [&](db::Transaction& transaction) -> absl::Status {
      ASSIGN_OR_RETURN(*reply, journal::Head(transaction, source_));
      return absl::OkStatus();
    });
  });
}

}  // namespace tuoyu::rpc
