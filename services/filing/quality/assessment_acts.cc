#include "services/filing/quality/assessment_acts.h"

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
#include "services/filing/quality/assessment_rules.h"

namespace tuoyu::filing {
namespace {

using v1::Assessment;
using v1::AssessmentResult;

constexpr rpc::Role kRecorders[] = {common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_ARCHIVIST};
constexpr rpc::Role kReceivers[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_APPROVER};
constexpr rpc::Role kApprover[] = {common::v1::ROLE_DHC_APPROVER};
constexpr int kTenths = 10;

// For facility_items.h.
struct Assessments {
  using Message = Assessment;
  using Change = v1::AssessmentChange;
  static Assessment* In(Change* change) { return change->mutable_assessment(); }
  static constexpr absl::string_view kCollection = "/assessments/";
  static constexpr char kSelect[] =
      "SELECT message FROM assessment WHERE facility_id = ? ORDER BY id";
  static constexpr char kStore[] =
      "INSERT INTO assessment (facility_id, id, message) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
      "message = VALUES(message)";
  static std::vector<db::Param> Columns(const Assessment&) { return {}; }
  static constexpr char kNotFound[] = "ASSESSMENT_NOT_FOUND";
};

using AssessmentWrite = ItemWrite<Assessments>;

absl::Status Revoked() { return rpc::Error("WRONG_STATE", {{"state", "REVOKED"}}); }

// Puts a computed result in the place of the one before.
void Replace(const rpc::WriteContext& context, AssessmentResult result, Assessment* assessment) {
  result.set_recorded_by(context.call.caller.subject);
  result.set_number(assessment->earlier_results_size() + 1);
  *assessment->mutable_result() = std::move(result);
}

// The day of a date that was checked.
absl::CivilDay Checked(const google::type::Date& date) { return DayOr(date, absl::CivilDay()); }

}  // namespace

absl::Status RecordAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                              const v1::RecordAssessmentRequest& request, Assessment* reply) {
  AssessmentWrite write(context, deps.registry, kRecorders);
  const Assessment& asked = request.assessment();
  const absl::CivilDay day = FirstDayOf(asked);
  const v1::AssessmentScheme* scheme =
      day > context.call.today ? nullptr : deps.schemes.InForce(asked.scheme(), day);
  RETURN_IF_ERROR(rpc::FormError(CheckAssessment(asked, "assessment.", scheme, write.rules())));
  RETURN_IF_ERROR(write.Open(request.parent(), "parent"));
  if (write.IsOwn()) return rpc::Error("FOUR_EYES", {{"step", "RecordAssessment"}});
  const v1::FacilityVersion* slice = SliceOn(write.record().timeline, day);
  if (slice == nullptr || IsFinal(slice->state())) {
    return NotOnRegister(write.record().timeline, day);
  }
  for (const Assessment& other : write.items()) {
    if (other.scheme() == asked.scheme() && FirstDayOf(other) == day && !IsRevoked(other)) {
      return rpc::Error("ASSESSMENT_EXISTS");
    }
  }
  Assessment assessment;
  assessment.set_name(write.NewName());
  assessment.set_scheme(asked.scheme());
  assessment.set_scheme_version(scheme->version());
  *assessment.mutable_assessed_on() = asked.assessed_on();
  assessment.set_organisation(asked.organisation());
  assessment.set_assessors(asked.assessors());
  assessment.set_document_number(asked.document_number());
  assessment.set_highest_tenths(scheme->total_points() * kTenths);
  Replace(context, ResultOf(*scheme, day, asked.result()), &assessment);
  return write.Finish("assessment.recorded", day, std::move(assessment), reply);
}

absl::Status PublishAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                               const v1::PublishAssessmentRequest& request, Assessment* reply) {
  AssessmentWrite write(context, deps.registry, kRecorders);
  ASSIGN_OR_RETURN(Assessment assessment, write.OpenItem(request.name(), request.etag()));
  RETURN_IF_ERROR(rpc::FormError(CheckPublication(assessment, request, write.rules())));
  if (IsRevoked(assessment)) return Revoked();
  if (assessment.has_published_on()) {
    return rpc::Error("WRONG_STATE", {{"state", "PUBLISHED"}});
  }
  if (OpenAppeal(assessment) != nullptr) return rpc::Error("APPEAL_OPEN");
  *assessment.mutable_published_on() = request.published_on();
  const absl::CivilDay day = FirstDayOf(assessment);
  return write.Finish("assessment.published", day, std::move(assessment), reply);
}

absl::Status AppealAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                              const v1::AppealAssessmentRequest& request, Assessment* reply) {
  AssessmentWrite write(context, deps.registry, kReceivers);
  ASSIGN_OR_RETURN(Assessment assessment,
                   write.OpenItem(request.name(), request.etag(), /*own_too=*/true));
  RETURN_IF_ERROR(rpc::FormError(CheckAppeal(assessment, request.appeal(), write.rules())));
  if (IsRevoked(assessment)) return Revoked();
  if (OpenAppeal(assessment) != nullptr) return rpc::Error("APPEAL_OPEN");
  v1::AssessmentAppeal& appeal = *assessment.add_appeals();
  appeal.set_number(assessment.appeals_size());
  *appeal.mutable_filed_on() = request.appeal().filed_on();
  appeal.set_ground(request.appeal().ground());
  const absl::CivilDay day = Checked(appeal.filed_on());
  return write.Finish("assessment.appealed", day, std::move(assessment), reply);
}

absl::Status DecideAppeal(rpc::WriteContext& context, const AssessmentDeps& deps,
                          const v1::DecideAppealRequest& request, Assessment* reply) {
  AssessmentWrite write(context, deps.registry, kApprover);
  ASSIGN_OR_RETURN(Assessment assessment, write.OpenItem(request.name(), request.etag()));
  const v1::AssessmentAppeal* open = OpenAppeal(assessment);
  if (open == nullptr) return rpc::Error("APPEAL_NOT_FOUND");
  const v1::AssessmentScheme* scheme =
      deps.schemes.Find(assessment.scheme(), assessment.scheme_version());
  if (scheme == nullptr) {
    return absl::DataLossError(absl::StrCat("scheme ", assessment.scheme(), " ",
                                            assessment.scheme_version(), " is no longer there"));
  }
  RETURN_IF_ERROR(rpc::FormError(CheckAppealDecision(*open, request, *scheme, write.rules())));
  if (write.IsOwn() || assessment.result().recorded_by() == context.call.caller.subject) {
    return rpc::Error("FOUR_EYES", {{"step", "DecideAppeal"}});
  }
  const int number = open->number();
  v1::AssessmentAppeal& appeal = *assessment.mutable_appeals(number - 1);
  appeal.set_outcome(request.outcome());
  *appeal.mutable_decided_on() = request.decided_on();
  appeal.set_decision(request.decision());
  if (request.outcome() == v1::APPEAL_OUTCOME_UPHELD) {
    AssessmentResult result = ResultOf(*scheme, FirstDayOf(assessment), request.result());
    result.set_appeal(number);
    *assessment.add_earlier_results() = assessment.result();
    Replace(context, std::move(result), &assessment);
  }
  const absl::CivilDay day = FirstDayOf(assessment);
  return write.Finish("assessment.appeal_decided", day, std::move(assessment), reply);
}

absl::Status RevokeAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                              const v1::RevokeAssessmentRequest& request, Assessment* reply) {
  AssessmentWrite write(context, deps.registry, kApprover);
  ASSIGN_OR_RETURN(Assessment assessment, write.OpenItem(request.name(), request.etag()));
  RETURN_IF_ERROR(rpc::FormError(CheckAssessmentRevocation(assessment, request, write.rules())));
  if (IsRevoked(assessment)) return Revoked();
  *assessment.mutable_revoked_on() = request.revoked_on();
  assessment.set_revoke_reason(request.reason());
  return write.Finish("assessment.revoked", Checked(request.revoked_on()), std::move(assessment),
                      reply);
}

absl::Status ListAssessments(rpc::Call& call, db::Pool& pool,
                             const v1::ListAssessmentsRequest& request,
                             v1::ListAssessmentsResponse* reply) {
  const std::string id = FacilityId(request.parent());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  const absl::CivilDay day =
      request.has_as_of() ? DayOr(request.as_of(), absl::CivilDay::max()) : call.today;
  if (day > call.today) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "as_of"}});
  const RegistryScope scope(call.caller);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const FacilityRecord record, AdmitReader(transaction, scope, id, &call));
    ASSIGN_OR_RETURN(std::vector<Assessment> assessments, ReadItems<Assessments>(transaction, id));
    *reply->mutable_grade() = GradeOn(assessments, record.timeline, day);
    std::stable_sort(
        assessments.begin(), assessments.end(),
        [](const Assessment& a, const Assessment& b) { return FirstDayOf(a) < FirstDayOf(b); });
    const bool all = call.clearance.Has(common::v1::DATA_CLASS_INTERNAL);
    for (Assessment& each : assessments) {
      if (all || each.has_published_on()) *reply->add_assessments() = std::move(each);
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::GradeOnDay> ReadGrade(db::Transaction& transaction, const FacilityRecord& record,
                                         absl::CivilDay day) {
  ASSIGN_OR_RETURN(const std::vector<Assessment> assessments,
                   ReadItems<Assessments>(transaction, record.id));
  return GradeOn(assessments, record.timeline, day);
}

}  // namespace tuoyu::filing
