#include "services/inspection/risk/risk_reading.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/risk/risk_repository.h"
#include "services/inspection/risk/risk_rules.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

using registry::KnownFacility;
using v1::FacilityRisk;

// Facilities whose facts are read together, and looked at for one page.
constexpr size_t kAtOnce = 200;
constexpr size_t kMostLookedAt = 2'000;

bool MayRead(const rpc::Caller& caller, const KnownFacility& facility) {
  return IsOfficer(caller) ? caller.Covers(facility.division_code)
                           : caller.ActsFor(FacilityName(facility.id));
}

// Facilities of the caller's divisions that operate today, after the last one of the page before, by id.
absl::StatusOr<std::vector<KnownFacility>> FacilitiesAfter(db::Transaction& transaction,
                                                           const rpc::Call& call,
                                                           const std::string& prefix,
                                                           const std::string& key) {
  ASSIGN_OR_RETURN(std::vector<KnownFacility> facilities,
                   registry::ListActive(transaction, prefix, call.today));
  facilities.erase(std::remove_if(facilities.begin(), facilities.end(),
                                  [&](const KnownFacility& each) {
                                    return each.id <= key ||
                                           !call.caller.Covers(each.division_code);
                                  }),
                   facilities.end());
  return facilities;
}

}  // namespace

absl::StatusOr<std::vector<FacilityRisk>> RisksOf(db::Transaction& transaction,
                                                  const std::vector<KnownFacility>& facilities,
                                                  const v1::InspectionRules& rules,
                                                  absl::CivilDay today, bool only_public) {
  ASSIGN_OR_RETURN(
      const std::vector<RiskFacts> facts,
      ReadRiskFacts(transaction, facilities, LooksBackTo(rules.risk(), today), today, only_public));
  std::vector<FacilityRisk> risks;
  risks.reserve(facts.size());
  for (const RiskFacts& each : facts) risks.push_back(RiskOf(each, rules, today));
  return risks;
}

absl::Status GetFacilityRisk(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                             const v1::GetFacilityRiskRequest& request, FacilityRisk* reply) {
  const std::string id = FacilityId(request.facility());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const absl::optional<KnownFacility> facility,
                     registry::ReadFacility(transaction, id, call.today));
    if (!facility || !MayRead(call.caller, *facility)) return rpc::Error("FACILITY_NOT_FOUND");
    ASSIGN_OR_RETURN(std::vector<FacilityRisk> risks,
                     RisksOf(transaction, {*facility}, deps.rules.On(call.today), call.today,
                             /*only_public=*/false));
    call.subject = request.facility();
    *reply = std::move(risks.front());
    return absl::OkStatus();
  });
}

absl::Status ListFacilityRisks(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                               const v1::ListFacilityRisksRequest& request,
                               v1::ListFacilityRisksResponse* reply) {
  if (!v1::RiskLevel_IsValid(request.level())) {
    return rpc::Error("FIELD_INVALID", {{"field", "level"}});
  }
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  const v1::InspectionRules& rules = deps.rules.On(call.today);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const std::vector<KnownFacility> facilities,
                     FacilitiesAfter(transaction, call, prefix, page.key));
    const bool any = request.level() == v1::RISK_LEVEL_UNSPECIFIED;
    size_t at = 0;  // facilities looked at
    while (at < facilities.size() && at < kMostLookedAt && reply->risks_size() < page.size) {
      const size_t room = static_cast<size_t>(page.size - reply->risks_size());
      const size_t end =
          std::min(facilities.size(), at + (any ? std::min(room, kAtOnce) : kAtOnce));
      const std::vector<KnownFacility> some(facilities.begin() + static_cast<ptrdiff_t>(at),
                                            facilities.begin() + static_cast<ptrdiff_t>(end));
      ASSIGN_OR_RETURN(std::vector<FacilityRisk> risks,
                       RisksOf(transaction, some, rules, call.today, /*only_public=*/false));
      for (FacilityRisk& risk : risks) {
        if (reply->risks_size() == page.size) break;  // the next page begins here
        ++at;
        if (any || risk.level() == request.level()) *reply->add_risks() = std::move(risk);
      }
    }
    if (at < facilities.size()) {
      reply->set_next_page_token(MakePageToken({facilities[at - 1].id}, page.digest));
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::inspection
