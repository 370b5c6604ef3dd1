#ifndef TUOYU_COMMON_RPC_COMMISSION_H_
#define TUOYU_COMMON_RPC_COMMISSION_H_

#include "common/rpc/caller.h"

namespace tuoyu::rpc {

// Whether the caller has a role of the health commission, or audits it: who sees numbers that rest on few persons.
bool IsOfCommission(const Caller& caller);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_COMMISSION_H_
