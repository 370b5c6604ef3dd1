#include "services/filing/inclusive/inclusive_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/facility_items.h"
#include "services/filing/inclusive/application_table.h"
#include "services/filing/inclusive/inclusive_rules.h"
#include "services/filing/price/price_rules.h"
#include "services/filing/price/price_table.h"
#include "services/filing/quality/assessment_acts.h"
#include "services/filing/registry_session.h"

namespace tuoyu::filing {
namespace {

using v1::RecognitionApplication;
using v1::RecognitionCriteria;

constexpr rpc::Role kIntake[] = {common::v1::ROLE_DHC_INTAKE};
constexpr rpc::Role kReviewers[] = {common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER};
constexpr rpc::Role kReceivers[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                    common::v1::ROLE_DHC_APPROVER};
constexpr rpc::Role kApprover[] = {common::v1::ROLE_DHC_APPROVER};

absl::Status WrongState(const RecognitionApplication& application) {
  return rpc::Error("WRONG_STATE",
                    {{"state", v1::RecognitionApplicationState_Name(application.state())
                                   .substr(sizeof("RECOGNITION_APPLICATION_STATE_") - 1)}});
}

// The write of one caller on the applications of one facility.
class ApplicationWrite : public ItemWrite<RecognitionApplications> {
 public:
  ApplicationWrite(rpc::WriteContext& context, const InclusiveDeps& deps,
                   absl::Span<const rpc::Role> officers)
      : ItemWrite(context, deps.registry, officers), write_(context), inclusive_(deps) {}

  // The application with what follows from its criteria filled in; WRONG_STATE when it is decided.
  absl::StatusOr<RecognitionApplication> OpenUndecided(const std::string& name,
                                                       const std::string& etag,
                                                       bool own_too = false) {
    ASSIGN_OR_RETURN(RecognitionApplication application, OpenItem(name, etag, own_too));
    criteria_ = inclusive_.criteria.Find(application.criteria_version());
    if (criteria_ == nullptr) {
      return absl::DataLossError(
          absl::StrCat("criteria ", application.criteria_version(), " are no longer there"));
    }
    FillWindow(*criteria_, inclusive_.calendar, &application);
    if (IsFinal(application.state())) return WrongState(application);
    return application;
  }

  void Judge(const RecognitionCriteria& criteria) { criteria_ = &criteria; }

  // What the application is judged by, once the facility is open and the criteria are known.
  absl::StatusOr<RecognitionFacts> Facts() const {
    std::string grade;
    if (!criteria_->grades().empty()) {
      ASSIGN_OR_RETURN(const v1::GradeOnDay held,
                       ReadGrade(write_.transaction, record(), write_.call.today));
      grade = held.grade();
    }
    ASSIGN_OR_RETURN(std::vector<v1::PriceFiling> prices,
                     ReadItems<PriceFilings>(write_.transaction, record().id));
    OrderPrices(&prices);
    return RecognitionFacts{*criteria_, record(), grade, std::move(prices)};
  }
  const RecognitionCriteria& criteria() const { return *criteria_; }

  absl::Status Finish(absl::string_view act, RecognitionApplication application,
                      RecognitionApplication* reply) {
    return ItemWrite::Finish(absl::StrCat("recognition_application.", act), write_.call.today,
                             std::move(application), reply);
  }

 private:
  rpc::WriteContext& write_;
  const InclusiveDeps& inclusive_;
  const RecognitionCriteria* criteria_ = nullptr;
};

void KeepChecks(const RecognitionFacts& facts, absl::CivilDay today,
                RecognitionApplication* application) {
  application->clear_checks();
  for (v1::CriterionCheck& check : CheckCriteria(*application, facts, today)) {
    *application->add_checks() = std::move(check);
  }
}

// Enters what a grant decides into the register, from where the indicators follow.
absl::StatusOr<std::string> EnterGranted(rpc::WriteContext& context, const RegistryDeps& deps,
                                         const std::string& facility_id,
                                         v1::Recognition recognition) {
  RegistrySession session(context.transaction, deps, context.call.now, context.call.today);
  ASSIGN_OR_RETURN(RegistrySession::Entry * entry, session.Open(facility_id));
  const absl::CivilDay from = FirstDayOf(recognition);
  const v1::FacilityVersion* slice = SliceOn(entry->record.timeline, from);
  if (slice == nullptr || IsFinal(slice->state())) {
    return rpc::Error("BACK_ENTRY_CONFLICT", {{"field", "valid_from"}});
  }
  recognition.set_name(RecognitionName(facility_id, NewUuidV7(context.call.now)));
  RETURN_IF_ERROR(
      EnterRecognition(context, {"recognition.granted", from}, recognition, session, entry));
  RETURN_IF_ERROR(session.Store());
  return recognition.name();
}

absl::Status End(ApplicationWrite& write, const rpc::WriteContext& context,
                 v1::RecognitionApplicationState state, absl::string_view act,
                 const std::string& reason, RecognitionApplication application,
                 RecognitionApplication* reply) {
  RETURN_IF_ERROR(rpc::FormError(CheckEndReason(reason, write.rules())));
  application.set_state(state);
  *application.mutable_decided_on() = ToProto(context.call.today);
  application.set_reason(reason);
  return write.Finish(act, std::move(application), reply);
}

}  // namespace

absl::Status Apply(rpc::WriteContext& context, const InclusiveDeps& deps,
                   const v1::ApplyForRecognitionRequest& request, RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kIntake);
  const absl::CivilDay today = context.call.today;
  RETURN_IF_ERROR(write.Open(request.parent(), "parent", /*own_too=*/true));
  const RecognitionCriteria* criteria = deps.criteria.InForce(today);
  if (criteria == nullptr) return rpc::Error("CRITERIA_NOT_IN_FORCE");
  if (AnyOpen(write.items())) return rpc::Error("APPLICATION_OPEN");
  write.Judge(*criteria);
  const RecognitionApplication& asked = request.application();
  ASSIGN_OR_RETURN(const RecognitionFacts facts, write.Facts());
  RETURN_IF_ERROR(rpc::FormError(CheckApplication(asked, facts, write.rules())));
  RecognitionApplication application;
  application.set_name(write.NewName());
  application.set_state(v1::RECOGNITION_APPLICATION_STATE_SUBMITTED);
  application.set_criteria_version(criteria->version());
  application.set_renews(asked.renews());
  application.set_places_covered(asked.places_covered());
  *application.mutable_price_caps() = asked.price_caps();
  *application.mutable_declarations() = asked.declarations();
  *application.mutable_applied_on() = ToProto(today);
  KeepChecks(facts, today, &application);
  return write.Finish("submitted", std::move(application), reply);
}

absl::Status Publicise(rpc::WriteContext& context, const InclusiveDeps& deps,
                       const v1::PubliciseRecognitionApplicationRequest& request,
                       RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kReviewers);
  ASSIGN_OR_RETURN(RecognitionApplication application,
                   write.OpenUndecided(request.name(), request.etag()));
  if (application.state() != v1::RECOGNITION_APPLICATION_STATE_SUBMITTED) {
    return WrongState(application);
  }
  if (write.IsOwn()) return rpc::Error("FOUR_EYES", {{"step", "PubliciseRecognitionApplication"}});
  ASSIGN_OR_RETURN(const RecognitionFacts facts, write.Facts());
  KeepChecks(facts, context.call.today, &application);
  RETURN_IF_ERROR(rpc::FormError(
      UnmetCriteria({application.checks().begin(), application.checks().end()}, write.rules())));
  application.set_state(v1::RECOGNITION_APPLICATION_STATE_PUBLICISED);
  *application.mutable_publicised_on() = ToProto(context.call.today);
  application.set_publicised_by(context.call.caller.subject);
  FillWindow(write.criteria(), deps.calendar, &application);
  return write.Finish("publicised", std::move(application), reply);
}

absl::Status RecordObjection(rpc::WriteContext& context, const InclusiveDeps& deps,
                             const v1::RecordRecognitionObjectionRequest& request,
                             RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kReceivers);
  ASSIGN_OR_RETURN(RecognitionApplication application,
                   write.OpenUndecided(request.name(), request.etag()));
  if (application.state() != v1::RECOGNITION_APPLICATION_STATE_PUBLICISED) {
    return WrongState(application);
  }
  RETURN_IF_ERROR(rpc::FormError(CheckObjection(application, request.objection(), write.rules())));
  v1::RecognitionObjection& objection = *application.add_objections();
  objection.set_number(application.objections_size());
  *objection.mutable_filed_on() = request.objection().filed_on();
  objection.set_ground(request.objection().ground());
  return write.Finish("objected", std::move(application), reply);
}

absl::Status DecideObjection(rpc::WriteContext& context, const InclusiveDeps& deps,
                             const v1::DecideRecognitionObjectionRequest& request,
                             RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kReviewers);
  ASSIGN_OR_RETURN(RecognitionApplication application,
                   write.OpenUndecided(request.name(), request.etag()));
  const int number = request.objection();
  if (number < 1 || number > application.objections_size() ||
      application.objections(number - 1).outcome() != v1::OBJECTION_OUTCOME_UNSPECIFIED) {
    return rpc::Error("OBJECTION_NOT_FOUND");
  }
  if (write.IsOwn()) return rpc::Error("FOUR_EYES", {{"step", "DecideRecognitionObjection"}});
  RETURN_IF_ERROR(rpc::FormError(CheckObjectionDecision(request, write.rules())));
  v1::RecognitionObjection& objection = *application.mutable_objections(number - 1);
  objection.set_outcome(request.outcome());
  *objection.mutable_decided_on() = ToProto(context.call.today);
  objection.set_decision(request.decision());
  return write.Finish("objection_decided", std::move(application), reply);
}

absl::Status GrantApplication(rpc::WriteContext& context, const InclusiveDeps& deps,
                              const v1::GrantRecognitionApplicationRequest& request,
                              RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kApprover);
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(RecognitionApplication application,
                   write.OpenUndecided(request.name(), request.etag()));
  if (application.state() != v1::RECOGNITION_APPLICATION_STATE_PUBLICISED) {
    return WrongState(application);
  }
  if (write.IsOwn() || application.publicised_by() == context.call.caller.subject) {
    return rpc::Error("FOUR_EYES", {{"step", "GrantRecognitionApplication"}});
  }
  const std::string obstacle = WhyNotGrantable(application, today);
  if (obstacle == "WINDOW_OPEN") {
    const auto last = FromProto(application.objections_until());
    return rpc::Error("WINDOW_OPEN", {{"day", last.ok() ? FormatDay(*last) : ""}});
  }
  if (!obstacle.empty()) return rpc::Error(obstacle);
  ASSIGN_OR_RETURN(const RecognitionFacts facts, write.Facts());
  RETURN_IF_ERROR(rpc::FormError(CheckGrant(application, request, facts, write.rules())));
  KeepChecks(facts, today, &application);
  ASSIGN_OR_RETURN(const std::string recognition,
                   EnterGranted(context, deps.registry, write.record().id,
                                RecognitionOf(application, request, facts, today)));
  application.set_state(v1::RECOGNITION_APPLICATION_STATE_GRANTED);
  *application.mutable_decided_on() = ToProto(today);
  application.set_recognition(recognition);
  return write.Finish("granted", std::move(application), reply);
}

absl::Status RefuseApplication(rpc::WriteContext& context, const InclusiveDeps& deps,
                               const v1::RefuseRecognitionApplicationRequest& request,
                               RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kReviewers);
  ASSIGN_OR_RETURN(RecognitionApplication application,
                   write.OpenUndecided(request.name(), request.etag()));
  if (write.IsOwn()) return rpc::Error("FOUR_EYES", {{"step", "RefuseRecognitionApplication"}});
  return End(write, context, v1::RECOGNITION_APPLICATION_STATE_REFUSED, "refused", request.reason(),
             std::move(application), reply);
}

absl::Status WithdrawApplication(rpc::WriteContext& context, const InclusiveDeps& deps,
                                 const v1::WithdrawRecognitionApplicationRequest& request,
                                 RecognitionApplication* reply) {
  ApplicationWrite write(context, deps, kIntake);
  ASSIGN_OR_RETURN(RecognitionApplication application,
                   write.OpenUndecided(request.name(), request.etag(), /*own_too=*/true));
  return End(write, context, v1::RECOGNITION_APPLICATION_STATE_WITHDRAWN, "withdrawn",
             request.reason(), std::move(application), reply);
}

}  // namespace tuoyu::filing
