#include "services/filing/price/price_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/facility_items.h"
#include "services/filing/findings.h"
#include "services/filing/inclusive/application_table.h"
#include "services/filing/price/price_rules.h"
#include "services/filing/price/price_table.h"

namespace tuoyu::filing {
namespace {

using v1::PriceFiling;

constexpr rpc::Role kIntake[] = {common::v1::ROLE_DHC_INTAKE};
constexpr rpc::Role kArchivist[] = {common::v1::ROLE_DHC_ARCHIVIST};
constexpr rpc::Role kApprover[] = {common::v1::ROLE_DHC_APPROVER};

absl::Status WrongState(absl::string_view state) {
  return rpc::Error("WRONG_STATE", {{"state", std::string(state)}});
}

// The caps that hold between two days at the facility being written.
absl::StatusOr<std::vector<CapsOnDays>> ReadCaps(rpc::WriteContext& context, const PriceDeps& deps,
                                                 const FacilityRecord& record, absl::CivilDay first,
                                                 absl::CivilDay end) {
  ASSIGN_OR_RETURN(const std::vector<v1::RecognitionApplication> applications,
                   ReadItems<RecognitionApplications>(context.transaction, record.id));
  return CapsBetween(first, end, record.recognitions, applications, deps.criteria);
}

// First day after `day` on which other prices begin.
absl::CivilDay NextFirstDay(const std::vector<PriceFiling>& filings, absl::CivilDay day) {
  absl::CivilDay next = absl::CivilDay::max();
  for (const PriceFiling& each : filings) {
    if (!IsWithdrawn(each) && FirstDayOf(each) > day) next = std::min(next, FirstDayOf(each));
  }
  return next;
}

}  // namespace

absl::Status FilePrices(rpc::WriteContext& context, const PriceDeps& deps,
                        const v1::FilePricesRequest& request, PriceFiling* reply) {
  const bool back_entry = request.back_entry();
  if (back_entry && !context.call.caller.Has(common::v1::ROLE_DHC_ARCHIVIST)) {
    return rpc::Error("ROLE_NOT_ALLOWED", {{"method", std::string(context.call.method)}});
  }
  ItemWrite<PriceFilings> write(
      context, deps.registry,
      back_entry ? absl::MakeConstSpan(kArchivist) : absl::MakeConstSpan(kIntake));
  RETURN_IF_ERROR(write.Open(request.parent(), "parent", /*own_too=*/!back_entry));
  const PriceFiling& asked = request.filing();
  const absl::CivilDay first = FirstDayOf(asked);
  const v1::FacilityVersion* slice = SliceOn(write.record().timeline, first);
  const v1::FilingContent content = slice == nullptr ? v1::FilingContent() : slice->content();
  ASSIGN_OR_RETURN(std::vector<CapsOnDays> caps, ReadCaps(context, deps, write.record(), first,
                                                          NextFirstDay(write.items(), first)));
  const PriceFacts facts{deps.prices.InForce(first), content, std::move(caps)};
  std::vector<common::v1::Violation> found = CheckPriceForm(request, write.rules());
  // What was charged in the past is recorded as it was.
  if (!back_entry && slice != nullptr) {
    for (auto& violation : CheckPrices(asked, facts, write.rules())) {
      found.push_back(std::move(violation));
    }
  }
  RETURN_IF_ERROR(rpc::FormError(found));
  if (slice == nullptr || IsFinal(slice->state())) {
    return NotOnRegister(write.record().timeline, first);
  }
  for (const PriceFiling& other : write.items()) {
    if (!IsWithdrawn(other) && FirstDayOf(other) == first) {
      return rpc::Error("PRICE_FILING_EXISTS", {{"day", FormatDay(first)}});
    }
  }
  PriceFiling filing;
  filing.set_name(write.NewName());
  *filing.mutable_effective_from() = asked.effective_from();
  *filing.mutable_items() = asked.items();
  filing.set_refund_rule(asked.refund_rule());
  *filing.mutable_filed_on() = ToProto(context.call.today);
  if (facts.rules != nullptr) filing.set_rules_version(facts.rules->version());
  filing.set_back_entered(back_entry);
  FillLimits(facts, &filing);
  return write.Finish("price.filed", first, std::move(filing), reply);
}

absl::Status WithdrawPrices(rpc::WriteContext& context, const PriceDeps& deps,
                            const v1::WithdrawPriceFilingRequest& request, PriceFiling* reply) {
  ItemWrite<PriceFilings> write(context, deps.registry, kApprover);
  ASSIGN_OR_RETURN(PriceFiling filing,
                   write.OpenItem(request.name(), request.etag(), /*own_too=*/true));
  if (IsWithdrawn(filing)) return WrongState("WITHDRAWN");
  const absl::CivilDay first = FirstDayOf(filing);
  const bool officer = write.AsOfficer();
  if (!officer && first <= context.call.today) return WrongState("IN_FORCE");
  std::vector<PriceFiling> filings = write.items();
  OrderPrices(&filings);
  std::vector<CapsOnDays> caps;
  // An officer takes a wrong filing out of the record, whatever it leaves in force.
  if (!officer) {
    ASSIGN_OR_RETURN(caps,
                     ReadCaps(context, deps, write.record(), first, NextFirstDay(filings, first)));
  }
  RETURN_IF_ERROR(rpc::FormError(
      CheckPriceWithdrawal(request.reason(), PricesOn(filings, first - 1), caps, write.rules())));
  *filing.mutable_withdrawn_on() = ToProto(context.call.today);
  filing.set_withdraw_reason(request.reason());
  return write.Finish("price.withdrawn", first, std::move(filing), reply);
}

absl::Status ListPrices(rpc::Call& call, db::Pool& pool, const v1::ListPriceFilingsRequest& request,
                        v1::ListPriceFilingsResponse* reply) {
  const std::string id = FacilityId(request.parent());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  const absl::CivilDay day =
      request.has_as_of() ? DayOr(request.as_of(), absl::CivilDay::max()) : call.today;
  if (day == absl::CivilDay::max()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "as_of"}});
  const RegistryScope scope(call.caller);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    RETURN_IF_ERROR(AdmitReader(transaction, scope, id, &call).status());
    ASSIGN_OR_RETURN(std::vector<PriceFiling> filings, ReadItems<PriceFilings>(transaction, id));
    OrderPrices(&filings);
    const PriceFiling* in_force = PricesOn(filings, day);
    if (in_force != nullptr) *reply->mutable_in_force() = *in_force;
    const bool all = call.clearance.Has(common::v1::DATA_CLASS_INTERNAL);
    for (PriceFiling& each : filings) {
      if (all || !IsWithdrawn(each)) *reply->add_filings() = std::move(each);
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
