#include "services/filing/mirror/mirror_reading.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_join.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/privacy/few.h"
#include "common/rpc/commission.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/facility_items.h"
#include "services/filing/facility_repository.h"
#include "services/filing/inclusive/application_table.h"
#include "services/filing/mirror/mirror_repository.h"
#include "services/filing/mirror/mirror_rules.h"
#include "services/filing/price/price_table.h"
#include "services/filing/quality/demonstration_table.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/child_reading.h"
#include "services/filing/roster/child_roster.h"
#include "services/filing/roster/class_ratios.h"
#include "services/filing/roster/roster_reading.h"
#include "services/filing/roster/staff_roster.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE,       common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER,     common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_DHC_ARCHIVIST,
                                  common::v1::ROLE_TOWN_OFFICER};
constexpr int kWithheld = -1;
// Days ahead that others than the health commission may ask numbers of children for: with every day to choose from, the
// day of a single child's check would be told.
constexpr int kStepsOutside[] = {0, 15, 30};
constexpr int kMostDays = 366;
// Facilities looked at for a page: each is read with its rosters.
constexpr int kMostLookedAt = 200;

absl::Status CheckWithin(int within_days) {
  if (within_days >= 0 && within_days <= kMostDays) return absl::OkStatus();
  return rpc::Error("FIELD_INVALID", {{"field", "within_days"}});
}

template <typename Message>
bool Always(const Message&) {
  return true;
}

// The prices filed, and the caps that hold for them today.
absl::Status ReadPrices(db::Transaction& transaction, const std::string& id,
                        const CriteriaBook& criteria, absl::CivilDay today, MirrorFacts* facts) {
  ASSIGN_OR_RETURN(facts->prices, ReadItems<PriceFilings>(transaction, id));
  OrderPrices(&facts->prices);
  ASSIGN_OR_RETURN(const std::vector<v1::RecognitionApplication> applications,
                   ReadItems<RecognitionApplications>(transaction, id));
  facts->caps = CapsBetween(today, today + 1, facts->recognitions, applications, criteria);
  return absl::OkStatus();
}

// Everything about a facility; nothing when it has ended or is not on the register today.
absl::StatusOr<absl::optional<MirrorFacts>> ReadFacts(db::Transaction& transaction,
                                                      const privacy::Sealer& sealer,
                                                      const CriteriaBook& criteria,
                                                      const std::string& id, absl::CivilDay today) {
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(transaction, {id}, /*lock=*/false));
  if (records.empty()) return absl::optional<MirrorFacts>();
  absl::optional<v1::Facility> facility = FacilityOn(records[0], today, today);
  if (!facility || IsFinal(facility->state())) return absl::optional<MirrorFacts>();
  MirrorFacts facts;
  facts.facility = *std::move(facility);
  facts.recognitions = records[0].recognitions;
  ASSIGN_OR_RETURN(facts.staff, WholeRoster<StaffRoster>(transaction, id, Always<v1::StaffMember>));
  ASSIGN_OR_RETURN(facts.children, WholeRoster<ChildRoster>(transaction, id, Always<v1::Child>));
  RETURN_IF_ERROR(OpenBirthDates(sealer, facts.facility.content(), &facts.children));
  ASSIGN_OR_RETURN(facts.demonstrations, ReadItems<Labels>(transaction, id));
  RETURN_IF_ERROR(ReadPrices(transaction, id, criteria, today, &facts));
  ASSIGN_OR_RETURN(facts.materials, ReadMaterialsInForce(transaction, id));
  return absl::optional<MirrorFacts>(std::move(facts));
}

// Opens the names that the caller may see; the others stay sealed, and redaction takes them off.
absl::Status OpenNames(const rpc::Call& call, const privacy::Sealer& sealer, MirrorFacts* facts) {
  if (call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)) {
    for (v1::StaffMember& member : facts->staff) RETURN_IF_ERROR(sealer.UnsealFields(&member));
  }
  if (call.clearance.Has(common::v1::DATA_CLASS_CHILD)) {
    for (v1::Child& child : facts->children) RETURN_IF_ERROR(sealer.UnsealFields(&child));
  }
  return absl::OkStatus();
}

void TakeOff(v1::GapKind kind, std::vector<v1::Gap>* gaps) {
  gaps->erase(std::remove_if(gaps->begin(), gaps->end(),
                             [&](const v1::Gap& gap) { return gap.kind() == kind; }),
              gaps->end());
}

// Who is banned is for those who see to it that the person leaves, beside the facility.
bool SeesBans(const rpc::Caller& caller) {
  return caller.Has(common::v1::ROLE_DHC_REVIEWER) || caller.Has(common::v1::ROLE_DHC_APPROVER) ||
         caller.Has(common::v1::ROLE_DHC_INSPECTOR);
}

// Takes off what tells of single children or of a few: gaps of one child, and how many are in a class.
void WithholdChildren(std::vector<v1::Gap>* gaps) {
  for (const v1::GapKind kind :
       {v1::GAP_KIND_HEALTH_RECORD, v1::GAP_KIND_CHILD_TWICE, v1::GAP_KIND_CONSENT_WITHDRAWN}) {
    TakeOff(kind, gaps);
  }
  for (v1::Gap& gap : *gaps) {
    if (gap.kind() != v1::GAP_KIND_RATIO) continue;
    gap.set_message_zh("班级人数、保育人员配比或编班不符，具体人数由机构和卫生健康部门查看");
    gap.set_message_en(
        "children, carers or places of a class do not agree; the facility and the health "
        "commission see the numbers");
  }
}

v1::FacilityGaps Summarise(const v1::Facility& facility, const std::vector<v1::Gap>& gaps) {
  v1::FacilityGaps summary;
  summary.set_facility(facility.name());
  summary.set_facility_name(facility.content().name());
  summary.set_division_code(facility.content().division_code());
  for (v1::GapCount& count : CountGaps(gaps)) *summary.add_counts() = std::move(count);
  for (v1::MeasureChange& change : SumChanges(gaps)) *summary.add_changes() = std::move(change);
  return summary;
}

absl::StatusOr<MirrorKey> PageStart(const v1::ListFacilityGapsRequest& request,
                                    const std::string& digest) {
  ASSIGN_OR_RETURN(const auto key, rpc::PageKey(request.page_token(), digest, 3));
  if (key.empty()) return MirrorKey();
  return MirrorKey{key[0], key[1], key[2]};
}

}  // namespace

absl::Status MirrorReader::Get(rpc::Call& call, const v1::GetMirrorRequest& request,
                               v1::GetMirrorResponse* reply) const {
  const std::string id = FacilityId(request.parent());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  RETURN_IF_ERROR(CheckWithin(request.within_days()));
  const RegistryScope scope(call.caller, kReaders);
  absl::optional<MirrorFacts> facts;
  RETURN_IF_ERROR(db::RunTransaction(
      pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        RETURN_IF_ERROR(
            AdmitToChildren(transaction, scope, id, "FACILITY_NOT_FOUND", &call).status());
        ASSIGN_OR_RETURN(facts, ReadFacts(transaction, deps.sealer, criteria, id, call.today));
        return absl::OkStatus();
      },
      {.read_only = true, .cancelled = call.cancelled}));
  if (!facts) return rpc::Error("FACILITY_NOT_FOUND");
  call.subject = request.parent();
  RETURN_IF_ERROR(OpenNames(call, deps.sealer, &*facts));
  const v1::FilingContent& content = facts->facility.content();
  reply->set_facility(facts->facility.name());
  reply->set_facility_name(content.name());
  reply->set_division_code(content.division_code());
  std::vector<v1::Gap> gaps = GapsOn(*facts, deps.RulesOn(call.today), request.within_days());
  if (!scope.Owns(id) && !rpc::IsOfCommission(call.caller)) WithholdChildren(&gaps);
  if (!scope.Owns(id) && !SeesBans(call.caller)) TakeOff(v1::GAP_KIND_BARRED, &gaps);
  for (v1::MeasureChange& change : SumChanges(gaps)) *reply->add_changes() = std::move(change);
  for (v1::Gap& gap : gaps) *reply->add_gaps() = std::move(gap);
  return absl::OkStatus();
}

absl::Status MirrorReader::ListFacilities(rpc::Call& call,
                                          const v1::ListFacilityGapsRequest& request,
                                          v1::ListFacilityGapsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  RETURN_IF_ERROR(CheckWithin(request.within_days()));
  if (!v1::GapKind_IsValid(request.kind())) {
    return rpc::Error("FIELD_INVALID", {{"field", "kind"}});
  }
  ASSIGN_OR_RETURN(const int asked, rpc::RequirePageSize(request.page_size()));
  const int page_size = std::min(asked, kMostLookedAt);
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const MirrorKey after, PageStart(request, digest));
  const RegistryScope scope(call.caller, kReaders);
  const bool withhold = !rpc::IsOfCommission(call.caller);
  const auto wanted = [&](const std::vector<v1::Gap>& gaps) {
    return std::any_of(gaps.begin(), gaps.end(), [&](const v1::Gap& gap) {
      return request.kind() == v1::GAP_KIND_UNSPECIFIED || gap.kind() == request.kind();
    });
  };
  return db::RunTransaction(
      pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        reply->Clear();
        ASSIGN_OR_RETURN(std::vector<MirrorKey> keys,
                         ReadOpenFacilities(transaction, scope, prefix, after, page_size + 1));
        const bool more = rpc::HasMore(page_size, &keys);
        for (const MirrorKey& key : keys) {
          ASSIGN_OR_RETURN(const auto facts,
                           ReadFacts(transaction, deps.sealer, criteria, key.id, call.today));
          if (!facts) continue;
          auto gaps = GapsOn(*facts, deps.RulesOn(call.today), request.within_days());
          if (withhold) WithholdChildren(&gaps);
          if (!SeesBans(call.caller)) TakeOff(v1::GAP_KIND_BARRED, &gaps);
          if (wanted(gaps)) *reply->add_facilities() = Summarise(facts->facility, gaps);
        }
        if (more) {
          const MirrorKey& last = keys.back();
          reply->set_next_page_token(MakePageToken({last.division, last.name, last.id}, digest));
        }
        return absl::OkStatus();
      },
      {.read_only = true, .cancelled = call.cancelled});
}

absl::Status MirrorReader::ListDivisions(rpc::Call& call,
                                         const v1::ListDivisionGapsRequest& request,
                                         v1::ListDivisionGapsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  RETURN_IF_ERROR(CheckWithin(request.within_days()));
  const RegistryScope scope(call.caller, kReaders);
  const bool withhold = !rpc::IsOfCommission(call.caller);
  if (withhold && !absl::c_linear_search(kStepsOutside, request.within_days())) {
    return rpc::Error("WITHIN_DAYS_STEPS", {{"days", absl::StrJoin(kStepsOutside, "、")}});
  }
  return db::RunTransaction(
      pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        reply->Clear();
        ASSIGN_OR_RETURN(auto divisions,
                         CountDivisionGaps(transaction, scope, prefix, deps.RulesOn(call.today),
                                           call.today + request.within_days()));
        for (auto& [code, division] : divisions) {
          if (division.facilities() == 0) continue;
          if (withhold) {
            division.set_children_due(privacy::IsFew(division.children_due())
                                          ? kWithheld
                                          : privacy::Rounded(division.children_due()));
          }
          division.set_division_name(deps.divisions.NameOf(code, call.today));
          *reply->add_divisions() = std::move(division);
        }
        return absl::OkStatus();
      },
      {.read_only = true, .cancelled = call.cancelled});
}

}  // namespace tuoyu::filing
