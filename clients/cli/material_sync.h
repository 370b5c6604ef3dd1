#ifndef TUOYU_CLIENTS_CLI_MATERIAL_SYNC_H_
#define TUOYU_CLIENTS_CLI_MATERIAL_SYNC_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/session.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::cli {

// Most bytes of one chunk of an upload.
inline constexpr int64_t kChunkBytes = 256 << 10;

// What has to be done to a filing so that its materials are those of the file.
struct MaterialPlan {
  std::vector<std::string> remove;            // names of materials that are no longer wanted
  std::vector<const AttachmentFile*> upload;  // files that are not there yet
};

// Compares by kind, digest and what is said of the file (name, issuer, number, dates, result). Pointers are into
// `wanted`.
MaterialPlan PlanMaterials(const filing::v1::Filing& filing,
                           const std::vector<AttachmentFile>& wanted);

// Uploads one material in chunks to `filing` ("filings/{id}"), and takes an upload that was broken off up again, also
// one of an earlier run. `replaces`: the material it takes the place of, if any. Errors: those of the calls.
absl::Status UploadMaterial(Session& session, const std::string& filing, const AttachmentFile& file,
                            const std::string& replaces = "");

// Carries out the plan: a file takes the place of one of its kind that is no longer wanted, so that none is lost when it is
// refused; what is left of those is taken off, but for after a notice of non-conformity. Tells on standard error what it
// does.
absl::Status SyncMaterials(Session& session, const filing::v1::Filing& filing,
                           const std::vector<AttachmentFile>& wanted);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_MATERIAL_SYNC_H_
