#ifndef TUOYU_COMMON_RPC_ERRORS_H_
#define TUOYU_COMMON_RPC_ERRORS_H_

#include <grpcpp/support/status.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::rpc {

// One entry of the catalogue (catalogue.cc): what a program acts on, and what people read. "{key}"
// in a text is replaced by the metadata with that key.
struct CatalogueEntry {
  absl::string_view reason;  // stable, UPPER_SNAKE_CASE
  absl::StatusCode code;
  absl::string_view text_zh;
  absl::string_view text_en;
};

// All entries, in the order of the table.
absl::Span<const CatalogueEntry> Catalogue();
// Null when there is no such reason.
const CatalogueEntry* FindReason(absl::string_view reason);

// Facts of one error, by key: {{"filing", name}, {"state", "SUBMITTED"}}. Never personal data: they
// reach logs and texts.
using ErrorMetadata = std::vector<std::pair<std::string, std::string>>;

// A status of the catalogue: its code, its English text as message, and as payloads
// google.rpc.ErrorInfo (reason, domain "tuoyu", metadata), google.rpc.LocalizedMessage (zh-CN) and,
// with violations, google.rpc.BadRequest, each description with the level and the source of the rule
// at its end: "text [NATIONAL 国卫人口发〔2019〕58号]". Ends the process on a reason the catalogue lacks: a test
// would have found it.
absl::Status Error(absl::string_view reason, const ErrorMetadata& metadata = {},
                   const std::vector<common::v1::Violation>& violations = {});

// The same with FORM_INVALID: all violations of a form at once. OK when none of them is blocking.
absl::Status FormError(const std::vector<common::v1::Violation>& violations);
// A violation of a request field that blocks, at level SYSTEM: for checks outside the rules of a
// form.
common::v1::Violation FieldViolation(absl::string_view field, absl::string_view reason,
                                     absl::string_view message_zh, absl::string_view message_en);

// What of a status goes over the wire: text of at most 1,024 bytes as gRPC encodes it, details of
// at most 4,096. The metadata "violations" tells how many violations there are; where they do not
// all fit, they lose their sources, then the last ones are left out, "violations_shown" tells how many
// are shown and both texts how many more there are. INTERNAL, UNAVAILABLE and every status that Error did not make lose their text for the
// catalogue's (only a plain INVALID_ARGUMENT keeps it), because it may hold SQL or data.
grpc::Status ToGrpc(const absl::Status& status);
// The reverse, for clients; statuses of other servers keep code and text.
absl::Status FromGrpc(const grpc::Status& status);

// Reason of a status made by Error or FromGrpc; empty when it has none.
std::string ReasonOf(const absl::Status& status);
std::map<std::string, std::string> MetadataOf(const absl::Status& status);
// Violations it carries, all blocking.
std::vector<common::v1::Violation> ViolationsOf(const absl::Status& status);
// Whether violations were left out on the wire.
bool LacksViolations(const absl::Status& status);
// Chinese text; the message when there is none.
std::string LocalizedTextOf(const absl::Status& status);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_ERRORS_H_
