#ifndef TUOYU_COMMON_RPC_READ_H_
#define TUOYU_COMMON_RPC_READ_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/db/transaction.h"
#include "common/rpc/handle.h"

namespace tuoyu::rpc {

// db::RunRead within a call: until its deadline, and no statement after the client gave up.
inline absl::Status RunRead(db::Pool& pool, const Call& call,
                            absl::FunctionRef<absl::Status(db::Transaction&)> body) {
  return db::RunRead(pool, call.deadline, body, call.cancelled);
}

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_READ_H_
