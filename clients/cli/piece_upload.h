#ifndef TUOYU_CLIENTS_CLI_PIECE_UPLOAD_H_
#define TUOYU_CLIENTS_CLI_PIECE_UPLOAD_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "clients/cli/session.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu::cli {

// Sends a file in pieces of 1 MiB, from where an earlier run stopped, until the service has all of it. `request` announces the whole; its offset
// and data are set here. `stored`: the answer of the last piece.
template <typename Request, typename Stored>
absl::Status SendPieces(Session& session, const std::string& bytes, Request request,
                        Stored* stored) {
  constexpr size_t kPieceBytes = 1 << 20;
  size_t offset = 0;
  while (true) {
    request.clear_request_id();
    request.set_offset(static_cast<int64_t>(offset));
    request.set_data(bytes.substr(offset, kPieceBytes));
    absl::Status status = session.CallOwner(request, stored);
    if (rpc::ReasonOf(status) == "UPLOAD_OFFSET_MISMATCH") {  // an earlier run sent some of it
      int64_t at = 0;
      if (!absl::SimpleAtoi(rpc::MetadataOf(status)["offset"], &at) || at < 0 ||
          static_cast<size_t>(at) >= bytes.size() || static_cast<size_t>(at) == offset) {
        return status;
      }
      offset = static_cast<size_t>(at);
      continue;
    }
    RETURN_IF_ERROR(status);
    if (stored->has_receive_time()) return absl::OkStatus();
    offset = static_cast<size_t>(stored->received_bytes());
  }
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_PIECE_UPLOAD_H_
