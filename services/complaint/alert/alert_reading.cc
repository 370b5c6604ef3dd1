#include "services/complaint/alert/alert_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/complaint/alert/alert_repository.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using v1::CaseAlert;

constexpr size_t kKeySize = 4;

absl::StatusOr<absl::optional<AlertKey>> KeyAsked(const v1::ListAlertsRequest& request,
                                                  const std::string& digest) {
  ASSIGN_OR_RETURN(const std::vector<std::string> key,
                   rpc::PageKey(request.page_token(), digest, kKeySize));
  if (key.empty()) return absl::optional<AlertKey>();
  int64_t micros = 0;
  if (!absl::SimpleAtoi(key[0], &micros)) return rpc::Error("PAGE_TOKEN_INVALID");
  return absl::optional<AlertKey>(AlertKey{absl::FromUnixMicros(micros), key[1], key[2], key[3]});
}

std::string TokenAfter(const CaseAlert& alert, const std::string& digest) {
  const absl::Time raised = FromProto(alert.raise_time()).value_or(absl::UnixEpoch());
  const std::vector<absl::string_view> parts = absl::StrSplit(alert.name(), '/');
  return MakePageToken({absl::StrCat(absl::ToUnixMicros(raised)), std::string(parts[1]),
                        std::string(parts.back()), alert.to_unit()},
                       digest);
}

// The government office is the last level, and no unit of the file.
std::vector<std::string> UnitsTold(const rpc::Caller& caller, const ComplaintDeps& deps) {
  std::vector<std::string> units = CaseScope(caller, deps.units).units();
  if (caller.Has(common::v1::ROLE_GOV_OFFICE)) units.emplace_back(kGovernmentOffice);
  return units;
}

}  // namespace

absl::Status ListAlerts(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                        const v1::ListAlertsRequest& request, v1::ListAlertsResponse* reply) {
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const absl::optional<AlertKey> after, KeyAsked(request, digest));
  ASSIGN_OR_RETURN(const int size, rpc::RequirePageSize(request.page_size()));
  // The government office sees nothing else of cases: what it is told it is told on purpose.
  call.clearance = call.clearance.With(common::v1::DATA_CLASS_INTERNAL);
  const std::vector<std::string> units = UnitsTold(call.caller, deps);
  if (units.empty()) return absl::OkStatus();
  std::vector<CaseAlert> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found,
                     SelectAlerts(transaction, units, call.caller.divisions, after, size + 1));
    return absl::OkStatus();
  }));
  if (rpc::HasMore(size, &found)) {
    reply->set_next_page_token(TokenAfter(found.back(), digest));
  }
  for (CaseAlert& alert : found) *reply->add_alerts() = std::move(alert);
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
