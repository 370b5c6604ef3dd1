#include "services/complaint/intake/intake_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/errors.h"
#include "common/form/form.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/intake/complainant_repository.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/intake/query_code.h"
#include "services/complaint/intake/query_index.h"
#include "services/complaint/intake/receipt_number.h"
#include "services/complaint/intake/statement_entry.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::Filing;

constexpr absl::Duration kClusterWindow = absl::Hours(24 * 7);

// How a filing came.
struct Source {
  v1::CaseChannel channel = v1::CASE_CHANNEL_WEB;
  std::string external_number;
};

absl::StatusOr<FiledPlace> PlaceOf(rpc::WriteContext& context, const Filing& filing) {
  if (filing.facility().empty()) return FiledPlace{"", filing.place().division_code()};
  ASSIGN_OR_RETURN(const absl::optional<registry::KnownFacility> known,
                   registry::ReadFacility(context.transaction, FacilityId(filing.facility()),
                                          context.call.today));
  if (!known) return rpc::Error("FACILITY_NOT_FOUND");
  return FiledPlace{known->name, known->division_code};
}

// Several cases about one facility within a week are told to the unit that leads; of a case that others see, those they see.
absl::Status MarkCluster(rpc::WriteContext& context, const v1::ComplaintRules& rules,
                         Case* of_case) {
  if (of_case->facility().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t before,
                   CountFiledSince(context.transaction, FacilityId(of_case->facility()),
                                   context.call.now - kClusterWindow, of_case->confidential()));
  if (before + 1 < rules.cluster_size()) return absl::OkStatus();
  v1::CaseStep& step = AddStep(context.call, v1::CASE_STEP_KIND_CLUSTER, of_case);
  step.set_to_unit(std::string(data::kLeadUnit));
  return absl::OkStatus();
}

// A complainant with number and code; told once.
absl::StatusOr<Complainant> EnterComplainant(rpc::WriteContext& context, const ComplaintDeps& deps,
                                             v1::ReporterMode mode, bool wants_reply,
                                             const v1::Reporter& reporter,
                                             v1::FileComplaintResponse* reply) {
  Complainant complainant;
  complainant.id = NewUuidV7(context.call.now);
  complainant.mode = mode;
  complainant.wants_reply = wants_reply || mode != v1::REPORTER_MODE_ANONYMOUS;
  complainant.filed_at = context.call.now;
  ASSIGN_OR_RETURN(complainant.receipt_number, NewReceiptNumber(context.transaction, deps.divisions,
                                                                context.call.today.year()));
  const std::string code = NewQueryCode();
  v1::Reporter sealed = NormalisedReporter(reporter);
  deps.sealer.SealFields(&sealed);
  RETURN_IF_ERROR(
      InsertComplainant(context.transaction, complainant, CodeIndex(deps.sealer, code), sealed));
  reply->set_receipt_number(complainant.receipt_number);
  reply->set_query_code(code);
  return complainant;
}

// One more complainant of a case that is there.
absl::Status Join(rpc::WriteContext& context, const ComplaintDeps& deps,
                  const Complainant& complainant, Case* of_case) {
  of_case->set_complainants(of_case->complainants() + 1);
  if (complainant.wants_reply) of_case->set_replies_wanted(of_case->replies_wanted() + 1);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.joined", of_case));
  return FollowCase(context.transaction, complainant.id, CaseId(of_case->name()));
}

// The open case that says the same, joined by the complainant; none when there is none.
absl::StatusOr<absl::optional<Case>> JoinSame(rpc::WriteContext& context, const ComplaintDeps& deps,
                                              const Complainant& complainant,
                                              bool consents_disclosure, const Case& filed) {
  const std::string same = SameTextKey(filed);
  if (same.empty()) return absl::optional<Case>();
  ASSIGN_OR_RETURN(absl::optional<Case> found,
                   LockSameCase(context.transaction, SameTextIndex(deps.sealer, same)));
  if (!found) return found;
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*found));
  if (!consents_disclosure && !found->disclosed()) found->set_consents_disclosure(false);
  RETURN_IF_ERROR(Join(context, deps, complainant, &*found));
  return found;
}

// A case of a matter: an open one that says the same, or a new one.
absl::StatusOr<Case> FileCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const Filing& filing, const Complainant& complainant, int index,
                              Case filed) {
  filed.set_name(CaseName(NewUuidV7(context.call.now)));
  filed.set_case_number(absl::StrCat(complainant.receipt_number, "-", index + 1));
  RETURN_IF_ERROR(MarkCluster(context, deps.rules.OfVersion(filed.rules_version()), &filed));
  while (true) {
    ASSIGN_OR_RETURN(const absl::optional<Case> joined,
                     JoinSame(context, deps, complainant, filing.consents_disclosure(), filed));
    if (joined) return *joined;
    const absl::Status entered =
        EnterNewCase(context, deps, MayBeJoined(filed, filing.mode(), filing.reporter()), &filed);
    // Someone who says the same was a moment earlier: that case is joined. Ends with the call's deadline.
    if (absl::IsAlreadyExists(entered) && db::ConstraintName(entered) == "case_same_text") {
      filed.clear_etag();
      continue;
    }
    if (absl::IsAlreadyExists(entered)) {
      RETURN_IF_ERROR(RequireNewTicket(context.transaction, filed.external_number()));
    }
    RETURN_IF_ERROR(entered);
    RETURN_IF_ERROR(FollowCase(context.transaction, complainant.id, CaseId(filed.name())));
    return filed;
  }
}

// The first of two cases that came of one filing names the other one, too, unless it was there before.
absl::Status LinkSiblings(rpc::WriteContext& context, const ComplaintDeps& deps,
                          std::vector<Case>* cases) {
  if (cases->size() < 2 || cases->front().complainants() > 1) return absl::OkStatus();
  cases->front().set_sibling(cases->back().name());
  return EnterCase(context, deps, "case.linked", &cases->front());
}

absl::Status File(rpc::WriteContext& context, const ComplaintDeps& deps, const Filing& filing,
                  const Source& source, v1::FileComplaintResponse* reply) {
  const v1::ComplaintRules& rules = deps.rules.On(context.call.today);
  RETURN_IF_ERROR(rpc::FormError(CheckFiling(filing, rules, deps.divisions, context.call.today)));
  ASSIGN_OR_RETURN(const FiledPlace place, PlaceOf(context, filing));
  ASSIGN_OR_RETURN(const Complainant complainant,
                   EnterComplainant(context, deps, filing.mode(), filing.wants_reply(),
                                    filing.reporter(), reply));
  std::vector<Case> cases;
  for (int i = 0; i < filing.matters_size(); ++i) {
    Case filed = NewCase(filing, filing.matters(i), source.channel, place, rules, context.call.now);
    if (i == 0) filed.set_external_number(source.external_number);
    if (i > 0) filed.set_sibling(cases.front().name());
    ASSIGN_OR_RETURN(filed, FileCase(context, deps, filing, complainant, i, std::move(filed)));
    cases.push_back(std::move(filed));
  }
  RETURN_IF_ERROR(LinkSiblings(context, deps, &cases));
  for (const Case& each : cases) {
    if (each.emergency()) reply->set_emergency(true);
    *reply->add_cases() = ProgressOf(each, v1::SATISFACTION_UNSPECIFIED, rules, deps.units);
  }
  // The code is the filer's own.
  context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_REPORTER);
  return absl::OkStatus();
}

std::vector<common::v1::Violation> CheckSource(const v1::RegisterComplaintRequest& request) {
  Form form("");
  const bool hotline = request.channel() == v1::CASE_CHANNEL_HOTLINE;
  if (request.channel() == v1::CASE_CHANNEL_UNSPECIFIED ||
      request.channel() == v1::CASE_CHANNEL_WEB || !v1::CaseChannel_IsValid(request.channel())) {
    form.Add("channel", "FIELD_INVALID", "应为热线、电话、来访或来信",
             "HOTLINE, PHONE, VISIT or LETTER");
  }
  if (hotline && !IsExternalNumber(request.external_number())) {
    form.Add("external_number", "FIELD_INVALID", "12345 工单号应为4至40位字母、数字、“-”",
             "the ticket's number has 4 to 40 letters, digits and \"-\"");
  }
  if (!hotline && !request.external_number().empty()) {
    form.Add("external_number", "FIELD_NOT_OF_KIND", "仅热线有工单号", "of the hotline only");
  }
  return form.Take();
}

}  // namespace

absl::Status FileComplaint(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::FileComplaintRequest& request,
                           v1::FileComplaintResponse* reply) {
  reply->Clear();
  return File(context, deps, request.filing(), {}, reply);
}

absl::Status RegisterComplaint(rpc::WriteContext& context, const ComplaintDeps& deps,
                               const v1::RegisterComplaintRequest& request,
                               v1::FileComplaintResponse* reply) {
  reply->Clear();
  RETURN_IF_ERROR(rpc::FormError(CheckSource(request)));
  RETURN_IF_ERROR(RequireNewTicket(context.transaction, request.external_number()));
  return File(context, deps, request.filing(), {request.channel(), request.external_number()},
              reply);
}

absl::Status JoinCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                      const v1::JoinCaseRequest& request, v1::FileComplaintResponse* reply) {
  reply->Clear();
  Form form("");
  if (request.mode() != v1::REPORTER_MODE_NAMED && request.mode() != v1::REPORTER_MODE_ANONYMOUS) {
    form.Add("mode", "FIELD_INVALID", "加入已有案件可实名或匿名；需要保密的请另行提交",
             "NAMED or ANONYMOUS: file a case of your own to be confidential");
  }
  form.CheckText("text", request.text(), /*required=*/false, kLongestText);
  std::vector<common::v1::Violation> found = form.Take();
  if (found.empty()) found = CheckReporter(request.reporter(), request.mode(), "reporter.");
  RETURN_IF_ERROR(rpc::FormError(found));
  ASSIGN_OR_RETURN(const bool joinable, IsJoinable(context.transaction, CaseId(request.name())));
  if (!joinable) return rpc::Error("CASE_NOT_FOUND");
  // The counter of numbers first, then the case, as filing does.
  ASSIGN_OR_RETURN(const Complainant complainant,
                   EnterComplainant(context, deps, request.mode(), request.wants_reply(),
                                    request.reporter(), reply));
  ASSIGN_OR_RETURN(Case of_case, LockCase(context, deps, request.name()));
  if (!IsOpen(of_case)) return rpc::Error("CASE_NOT_FOUND");
  RETURN_IF_ERROR(Join(context, deps, complainant, &of_case));
  if (!request.text().empty()) {
    RETURN_IF_ERROR(
        EnterStatement(context, deps, CaseId(of_case.name()), complainant.id, request.text()));
  }
  *reply->add_cases() = ProgressOf(of_case, v1::SATISFACTION_UNSPECIFIED,
                                   deps.rules.OfVersion(of_case.rules_version()), deps.units);
  context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_REPORTER);
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
