#ifndef TUOYU_COMMON_RPC_JOURNAL_SERVICE_H_
#define TUOYU_COMMON_RPC_JOURNAL_SERVICE_H_

#include <string>

#include "common/db/pool.h"
#include "common/privacy/sealer.h"
#include "common/rpc/handle.h"
#include "tuoyu/common/v1/journal.grpc.pb.h"

namespace tuoyu::rpc {

// JournalService over the journal of one service, registered by every service. Payloads are cut to
// the caller's clearance; what is sealed stays sealed, the hashes stay those of what is stored.
class JournalService final : public common::v1::JournalService::Service {
 public:
  // `source`: the service's name. Door and pool must outlive this; Door must know JournalService's
  // descriptor.
  JournalService(Door& door, db::Pool& pool, std::string source);

  grpc::Status ListJournalEntries(grpc::ServerContext* context,
                                  const common::v1::ListJournalEntriesRequest* request,
                                  common::v1::ListJournalEntriesResponse* reply) override;
  grpc::Status GetJournalHead(grpc::ServerContext* context,
                              const common::v1::GetJournalHeadRequest* request,
                              common::v1::JournalPosition* reply) override;

 private:
  Door& door_;
  db::Pool& pool_;
  const std::string source_;
};

// Cuts the entry's payload to `clearance`, and says so in payload_removed; a payload of a type this
// binary does not know is removed whole.
void RedactPayload(common::v1::JournalEntry* entry, privacy::Clearance clearance);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_JOURNAL_SERVICE_H_
