#include "services/inspection/visit/finding_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/text_field.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/photo_repository.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::Finding;
using v1::FindingStep;
using v1::Visit;

constexpr size_t kLongestText = 1000;
constexpr int kMostPhotos = 10;
// Of a finding: so that it can always be stored and journalled.
constexpr int kMostSteps = 100;

// A finding with its visit, locked.
class OpenFinding {
 public:
  // NOT_FOUND VISIT_NOT_FOUND, FINDING_NOT_FOUND.
  static absl::StatusOr<OpenFinding> Lock(rpc::WriteContext& context, const std::string& name,
                                          bool as_facility) {
    const VisitItem item = ParseFindingName(name);
    OpenFinding open(context, as_facility);
    const std::string visit = VisitName(item.visit);
    ASSIGN_OR_RETURN(open.visit_, as_facility ? LockVisitAsFacility(context, visit)
                                              : LockVisitAsOfficer(context, visit));
    open.index_ = static_cast<int>(
        absl::c_find_if(open.visit_.findings(),
                        [&](const Finding& each) { return each.item() == item.item; }) -
        open.visit_.findings().begin());
    if (open.index_ == open.visit_.findings_size()) return rpc::Error("FINDING_NOT_FOUND");
    return open;
  }

  Finding& finding() { return *visit_.mutable_findings(index_); }
  const Visit& visit() const { return visit_; }

  // The caller's unit is the one whose finding it is.
  absl::Status RequireUnit(const InspectionDeps& deps) {
    ASSIGN_OR_RETURN(const std::string unit, UnitOf(context_->call.caller, deps.units));
    return unit == finding().unit() ? absl::OkStatus() : rpc::Error("NOT_ON_VISIT");
  }
  absl::Status RequireOpen() {
    if (IsOpen(finding()) && finding().steps_size() < kMostSteps) return absl::OkStatus();
    return WrongState();
  }
  absl::Status WrongState() {
    return rpc::Error("WRONG_STATE", {{"state", v1::FindingState_Name(finding().state())}});
  }
  // Photos of the visit that are whole.
  template <typename Photos>
  absl::Status RequirePhotos(const Photos& photos) {
    for (const std::string& name : photos) {
      const VisitItem item = ParsePhotoName(name);
      const bool own = VisitName(item.visit) == visit_.name();
      ASSIGN_OR_RETURN(const bool whole, IsWholePhoto(context_->transaction, item));
      if (!own || !whole) return rpc::Error("EVIDENCE_MISSING", {{"photo", name}});
    }
    return absl::OkStatus();
  }

  FindingStep& AddStep(v1::FindingStepKind kind, absl::string_view text) {
    FindingStep& step = *finding().add_steps();
    step.set_kind(kind);
    step.set_text(std::string(text));
    step.set_actor(context_->call.caller.subject);
    *step.mutable_step_time() = ToProto(context_->call.now);
    return step;
  }

  // Stores and journals it, and answers with the visit.
  absl::Status Enter(absl::string_view action, Visit* reply) {
    int64_t revision = 0;
    (void)absl::SimpleAtoi(finding().etag(), &revision);
    finding().set_etag(absl::StrCat(revision + 1));
    CloseIfDone(&visit_);
    RETURN_IF_ERROR(EnterVisit(*context_, action, &visit_));
    MarkOverdue(context_->call.today, &visit_);
    if (as_facility_) {
      HideReporter(&visit_);
      HideStaffing(&visit_);
    }
    *reply = std::move(visit_);
    return absl::OkStatus();
  }

 private:
  OpenFinding(rpc::WriteContext& context, bool as_facility)
      : context_(&context), as_facility_(as_facility) {}

  rpc::WriteContext* context_;
  bool as_facility_;
  Visit visit_;
  int index_ = 0;
};

// Last day to which a finding may be extended.
absl::CivilDay LastDay(const Finding& finding, const v1::InspectionRules& rules) {
  return FirstDueDay(finding) + ExtensionDays(finding, rules);
}

// A new day is one that all extensions together may reach.
absl::Status RequireWithin(const Finding& finding, absl::CivilDay day,
                           const v1::InspectionRules& rules) {
  const absl::CivilDay last = LastDay(finding, rules);
  if (day <= last) return absl::OkStatus();
  return rpc::Error("EXTENSION_TOO_LONG", {{"day", FormatDay(last)},
                                           {"days", absl::StrCat(ExtensionDays(finding, rules))}});
}

// A new day in place of the one that holds; the first one is kept.
void SetDueDay(const google::type::Date& day, Finding* finding, FindingStep* step) {
  if (!finding->has_first_due_date()) *finding->mutable_first_due_date() = finding->due_date();
  *finding->mutable_due_date() = day;
  *step->mutable_due_date() = day;
  finding->clear_escalated_on();
}

// The form of a re-check with what it rests on.
absl::Status CheckRecheck(rpc::WriteContext& context, const v1::RecheckFindingRequest& request,
                          const Finding& finding) {
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(request.inspectors_size()));
  for (const std::string& name : request.inspectors()) ids.push_back(InspectorId(name));
  ASSIGN_OR_RETURN(const auto known, ReadInspectors(context.transaction, ids));
  ASSIGN_OR_RETURN(const auto line, LineNames(context, finding.facility()));
  absl::optional<Visit> visit;
  bool same_facility = false;
  if (!request.visit().empty()) {
    ASSIGN_OR_RETURN(visit,
                     ReadVisit(context.transaction, VisitId(request.visit()), /*lock=*/false));
    if (visit) {
      ASSIGN_OR_RETURN(const auto of_visit, LineNames(context, visit->facility()));
      same_facility = absl::c_linear_search(of_visit, finding.facility());
    }
  }
  return rpc::FormError(CheckRecheck(
      request, RecheckFacts{finding, known, line, visit, same_facility, context.call.today}));
}

void CheckPhotoCount(int count, Form* form) {
  if (count <= kMostPhotos) return;
  form->Add("photos", "LIST_TOO_LONG", absl::StrCat("最多 ", kMostPhotos, " 张照片"),
            absl::StrCat("at most ", kMostPhotos, " photos"));
}

// Findings of the item after one that was withdrawn are repeated no more, where no other one came before them.
absl::Status ForgetRepeated(rpc::WriteContext& context, const Finding& withdrawn,
                            const std::string& visit_id) {
  ASSIGN_OR_RETURN(const absl::CivilDay found_on, FromProto(withdrawn.found_on()));
  ASSIGN_OR_RETURN(const std::vector<std::string> chain,
                   registry::ChainOf(context.transaction, FacilityId(withdrawn.facility())));
  ASSIGN_OR_RETURN(const std::vector<Finding> later,
                   FindingsOfItem(context.transaction, chain, withdrawn.item(), found_on,
                                  AddMonths(found_on, 12 * kRepeatedYears), visit_id));
  for (const Finding& each : later) {
    if (!each.repeated()) continue;
    const std::string of_visit = ParseFindingName(each.name()).visit;
    ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(each.found_on()));
    ASSIGN_OR_RETURN(const std::vector<Finding> before,
                     FindingsOfItem(context.transaction, chain, each.item(),
                                    AddMonths(day, -12 * kRepeatedYears), day, of_visit));
    if (AnyCounts(before)) continue;
    ASSIGN_OR_RETURN(Visit visit, LockVisit(context, VisitName(of_visit)));
    for (Finding& finding : *visit.mutable_findings()) {
      if (finding.item() == each.item()) finding.set_repeated(false);
    }
    RETURN_IF_ERROR(EnterVisit(context, "finding.not_repeated", &visit));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReportCorrection(rpc::WriteContext& context, const InspectionDeps&,
                              const v1::ReportCorrectionRequest& request, Visit* reply) {
  Form form("");
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  CheckPhotoCount(request.photos_size(), &form);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(OpenFinding open,
                   OpenFinding::Lock(context, request.name(), /*as_facility=*/true));
  if (open.finding().state() != v1::FINDING_STATE_OPEN) return open.WrongState();
  RETURN_IF_ERROR(open.RequireOpen());
  RETURN_IF_ERROR(open.RequirePhotos(request.photos()));
  open.finding().set_state(v1::FINDING_STATE_REPORTED);
  *open.AddStep(v1::FINDING_STEP_KIND_REPORTED, request.text()).mutable_photos() = request.photos();
  return open.Enter("finding.reported", reply);
}

absl::Status AskExtension(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::AskExtensionRequest& request, Visit* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), kLongestText));
  ASSIGN_OR_RETURN(OpenFinding open,
                   OpenFinding::Lock(context, request.name(), /*as_facility=*/true));
  Finding& finding = open.finding();
  const absl::CivilDay today = context.call.today;
  RETURN_IF_ERROR(open.RequireOpen());
  if (finding.state() != v1::FINDING_STATE_OPEN || finding.extension_asked()) {
    return open.WrongState();
  }
  const absl::CivilDay due = FromProto(finding.due_date()).value_or(today);
  if (due < today) return rpc::Error("DUE_DATE_OVER", {{"day", FormatDay(due)}});
  Form form("");
  form.CheckDay("until", request.until(), due + 1, today + kMostCorrectionDays);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  RETURN_IF_ERROR(RequireWithin(finding, *FromProto(request.until()), deps.rules.On(today)));
  finding.set_extension_asked(true);
  *finding.mutable_extension_until() = request.until();
  *open.AddStep(v1::FINDING_STEP_KIND_EXTENSION_ASKED, request.reason()).mutable_due_date() =
      request.until();
  return open.Enter("finding.extension_asked", reply);
}

absl::Status DecideExtension(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::DecideExtensionRequest& request, Visit* reply) {
  Form form("");
  form.CheckText("reason", request.reason(), !request.grant(), kLongestText);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(OpenFinding open,
                   OpenFinding::Lock(context, request.name(), /*as_facility=*/false));
  RETURN_IF_ERROR(open.RequireUnit(deps));
  Finding& finding = open.finding();
  if (!finding.extension_asked() || !IsOpen(finding)) {
    return open.WrongState();
  }
  if (request.grant()) {
    const absl::CivilDay today = context.call.today;
    const absl::CivilDay due = FromProto(finding.due_date()).value_or(today);
    if (due < today) return rpc::Error("DUE_DATE_OVER", {{"day", FormatDay(due)}});
    if (ExtensionsOf(finding) > 0 && !context.call.caller.Has(common::v1::ROLE_DEPARTMENT_HEAD)) {
      return rpc::Error("HEAD_NEEDED", {{"step", "再次延期 / extend once more"}});
    }
    RETURN_IF_ERROR(RequireWithin(finding, FromProto(finding.extension_until()).value_or(due),
                                  deps.rules.On(today)));
  }
  FindingStep& step = open.AddStep(
      request.grant() ? v1::FINDING_STEP_KIND_EXTENDED : v1::FINDING_STEP_KIND_EXTENSION_REFUSED,
      request.reason());
  if (request.grant()) SetDueDay(google::type::Date(finding.extension_until()), &finding, &step);
  finding.set_extension_asked(false);
  finding.clear_extension_until();
  return open.Enter(request.grant() ? "finding.extended" : "finding.extension_refused", reply);
}

absl::Status RecheckFinding(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::RecheckFindingRequest& request, Visit* reply) {
  const absl::CivilDay today = context.call.today;
  Form form("");
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  if (!request.passed() && request.has_due_date()) {
    form.CheckDay("due_date", request.due_date(), today + 1, today + kMostCorrectionDays);
  }
  CheckPhotoCount(request.photos_size(), &form);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(OpenFinding open,
                   OpenFinding::Lock(context, request.name(), /*as_facility=*/false));
  RETURN_IF_ERROR(open.RequireUnit(deps));
  RETURN_IF_ERROR(open.RequireOpen());
  RETURN_IF_ERROR(open.RequirePhotos(request.photos()));
  Finding& finding = open.finding();
  RETURN_IF_ERROR(CheckRecheck(context, request, finding));
  const bool new_day = !request.passed() && request.has_due_date();
  if (new_day) {
    RETURN_IF_ERROR(RequireWithin(finding, *FromProto(request.due_date()), deps.rules.On(today)));
  }
  FindingStep& step = open.AddStep(request.passed() ? v1::FINDING_STEP_KIND_RECHECK_PASSED
                                                    : v1::FINDING_STEP_KIND_RECHECK_FAILED,
                                   request.text());
  *step.mutable_photos() = request.photos();
  *step.mutable_inspectors() = request.inspectors();
  step.set_visit(request.visit());
  finding.set_extension_asked(false);
  finding.clear_extension_until();
  if (request.passed()) {
    finding.set_state(v1::FINDING_STATE_CORRECTED);
    *finding.mutable_corrected_on() = ToProto(today);
  } else {
    finding.set_state(v1::FINDING_STATE_OPEN);
    if (new_day) SetDueDay(request.due_date(), &finding, &step);
  }
  return open.Enter(request.passed() ? "finding.corrected" : "finding.recheck_failed", reply);
}

absl::Status WithdrawFinding(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::WithdrawFindingRequest& request, Visit* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), kLongestText));
  ASSIGN_OR_RETURN(OpenFinding open,
                   OpenFinding::Lock(context, request.name(), /*as_facility=*/false));
  RETURN_IF_ERROR(open.RequireUnit(deps));
  RETURN_IF_ERROR(open.RequireOpen());
  open.finding().set_state(v1::FINDING_STATE_WITHDRAWN);
  open.AddStep(v1::FINDING_STEP_KIND_WITHDRAWN, request.reason());
  const Finding withdrawn = open.finding();
  RETURN_IF_ERROR(open.Enter("finding.withdrawn", reply));
  RETURN_IF_ERROR(ForgetRepeated(context, withdrawn, VisitId(reply->name())));
  context.call.subject = reply->name();
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
