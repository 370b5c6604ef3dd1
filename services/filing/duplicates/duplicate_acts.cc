#include "services/filing/duplicates/duplicate_acts.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/filing/duplicates/duplicate_repository.h"
#include "services/filing/duplicates/duplicate_rules.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::Duplicate;
using v1::DuplicateDecision;
using Decisions = absl::flat_hash_map<std::string, DuplicateDecision>;

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_AUDITOR};
constexpr rpc::Role kDeciders[] = {common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER};

// The pairs of a page, and one more where there is one: those after `after` that are asked for.
std::vector<DuplicatePair> PageOf(std::vector<DuplicatePair> pairs, const Decisions& decisions,
                                  bool include_decided, const std::string& after, int limit) {
  std::vector<DuplicatePair> page;
  for (DuplicatePair& pair : pairs) {
    const std::string name = DuplicateName(pair.first, pair.second);
    if (name <= after) continue;
    if (!include_decided && decisions.contains(name)) continue;
    page.push_back(std::move(pair));
    if (static_cast<int>(page.size()) == limit) break;
  }
  return page;
}

void FillSide(const v1::Facility& facility, v1::DuplicateSide* side) {
  side->set_facility(facility.name());
  side->set_facility_name(facility.content().name());
  side->set_uscc(facility.content().uscc());
  side->set_address(facility.content().address());
  side->set_division_code(facility.content().division_code());
  side->set_state(facility.state());
}

absl::Status FillPage(db::Transaction& transaction, absl::CivilDay today,
                      const std::vector<DuplicatePair>& pairs, const Decisions& decisions,
                      v1::ListDuplicatesResponse* reply) {
  std::vector<std::string> ids;
  for (const DuplicatePair& pair : pairs) {
    ids.push_back(pair.first);
    ids.push_back(pair.second);
  }
  absl::flat_hash_map<std::string, v1::Facility> facilities;
  if (!ids.empty()) {
    ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                     LoadRecords(transaction, ids, /*lock=*/false));
    for (const FacilityRecord& record : records) {
      absl::optional<v1::Facility> facility = FacilityOn(record, today, today);
      if (facility) facilities[record.id] = *std::move(facility);
    }
  }
  for (const DuplicatePair& pair : pairs) {
    Duplicate& listed = *reply->add_duplicates();
    listed.set_name(DuplicateName(pair.first, pair.second));
    FillSide(facilities[pair.first], listed.mutable_first());
    FillSide(facilities[pair.second], listed.mutable_second());
    for (const v1::DuplicateSign sign : pair.signs) listed.add_signs(sign);
    listed.set_name_likeness_percent(pair.likeness);
    if (pair.distance) listed.set_distance_metres(*pair.distance);
    const auto decided = decisions.find(listed.name());
    if (decided != decisions.end()) *listed.mutable_decision() = decided->second;
  }
  return absl::OkStatus();
}

// Two facilities, both in the scope.
absl::StatusOr<std::vector<DuplicateSite>> RequireSites(rpc::WriteContext& context,
                                                        absl::string_view first,
                                                        absl::string_view second) {
  ASSIGN_OR_RETURN(std::vector<DuplicateSite> sites, LockSites(context.transaction, first, second));
  if (sites.size() != 2) return rpc::Error("FACILITY_NOT_FOUND");
  const RegistryScope scope(context.call.caller, kDeciders);
  for (const DuplicateSite& site : sites) {
    if (!scope.Covers(site.division_code)) return rpc::Error("OUT_OF_SCOPE");
  }
  return sites;
}

}  // namespace

absl::Status ListDuplicates(rpc::Call& call, db::Pool& pool, const DuplicateDeps& deps,
                            const v1::ListDuplicatesRequest& request,
                            v1::ListDuplicatesResponse* reply) {
  const RegistryScope scope(call.caller, kReaders);
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const std::vector<std::string> after,
                   rpc::PageKey(request.page_token(), digest, 1));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const std::vector<DuplicateSite> sites, ReadSites(transaction, scope, prefix));
    ASSIGN_OR_RETURN(const FacilityLinks links, ReadLinks(transaction));
    ASSIGN_OR_RETURN(const Decisions decisions, ReadDecisions(transaction));
    std::vector<DuplicatePair> pairs =
        PageOf(FindDuplicates(sites, links, deps.rules), decisions, request.include_decided(),
               after.empty() ? "" : after[0], page_size + 1);
    if (rpc::HasMore(page_size, &pairs)) {
      reply->set_next_page_token(
          MakePageToken({DuplicateName(pairs.back().first, pairs.back().second)}, digest));
    }
    return FillPage(transaction, call.today, pairs, decisions, reply);
  });
}

absl::Status DecideDuplicate(rpc::WriteContext& context, const DuplicateDeps& deps,
                             const v1::DecideDuplicateRequest& request, DuplicateDecision* reply) {
  const rpc::Call& call = context.call;
  std::string first;
  std::string second;
  if (!SplitDuplicateName(request.name(), &first, &second)) {
    return rpc::Error("NAME_INVALID", {{"field", "name"}});
  }
  RETURN_IF_ERROR(rpc::FormError(
      CheckDuplicateDecision(request, first, second, deps.registry.RulesOn(call.today))));
  ASSIGN_OR_RETURN(const std::vector<DuplicateSite> sites, RequireSites(context, first, second));
  ASSIGN_OR_RETURN(const FacilityLinks links, ReadLinks(context.transaction));
  ASSIGN_OR_RETURN(const absl::optional<DuplicateDecision> before,
                   LockDecision(context.transaction, first, second));
  if (request.etag() != (before ? before->etag() : "")) return rpc::Error("ETAG_MISMATCH");
  int64_t revision = 0;
  (void)absl::SimpleAtoi(request.etag(), &revision);  // empty for the first decision
  DuplicateDecision decision;
  decision.set_name(DuplicateName(first, second));
  decision.set_verdict(request.verdict());
  decision.set_kept_facility(request.kept_facility());
  decision.set_reason(request.reason());
  decision.set_decided_by(call.caller.subject);
  *decision.mutable_decided_on() = ToProto(call.today);
  for (const DuplicatePair& pair : FindDuplicates(sites, links, deps.rules)) {
    for (const v1::DuplicateSign sign : pair.signs) decision.add_signs(sign);
  }
  decision.set_etag(absl::StrCat(revision + 1));
  *decision.mutable_record_time() = ToProto(call.now);
  RETURN_IF_ERROR(StoreDecision(context.transaction, first, second, decision));
  v1::DuplicateDecided payload;
  *payload.mutable_decision() = decision;
  rpc::AddEntry(context, "duplicate.decided", decision.name(), sites.front().division_code,
                call.today, payload);
  *reply = std::move(decision);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
