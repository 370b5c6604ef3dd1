#include "services/filing/guidance/guidance_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/division_check.h"
#include "services/filing/facility_projection.h"
#include "services/filing/findings.h"
#include "services/filing/roster/roster_name.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using google::protobuf::RepeatedPtrField;
using v1::TrainingCourse;
using v1::TrainingParticipant;

constexpr TextBounds kName{2, 60};
constexpr TextBounds kTitle{2, 100};
constexpr TextBounds kAddress{4, 120};
constexpr TextBounds kDocument{1, 200};
constexpr TextBounds kCertificateNumber{0, 64};
constexpr int kMostFamilies = 100'000;
constexpr int kMostFacilities = 100;
constexpr int kMostHours = 1'000;
constexpr int kLongestCourse = 366;

// What a training may lead to.
constexpr v1::CertificateKind kTrainings[] = {v1::CERTIFICATE_KIND_CHILD_CARER,
                                              v1::CERTIFICATE_KIND_INFANT_CARER,
                                              v1::CERTIFICATE_KIND_PRINCIPAL_TRAINING,
                                              v1::CERTIFICATE_KIND_CARE_TRAINING,
                                              v1::CERTIFICATE_KIND_MENTAL_HEALTH_TRAINING,
                                              v1::CERTIFICATE_KIND_HEALTH_CARE_TRAINING,
                                              v1::CERTIFICATE_KIND_GUARD};

void CheckGuided(Findings& findings, const v1::GuidanceActivity& activity) {
  if (activity.kind() == v1::GUIDANCE_KIND_FACILITY && activity.facilities().empty()) {
    findings.Require("activity.facilities", {"受指导机构", "facilities"});
  }
  CheckListSize(findings, "activity.facilities", {"受指导机构", "facilities"},
                activity.facilities_size(), kMostFacilities);
  std::set<std::string> known;
  for (int i = 0; i < std::min(activity.facilities_size(), kMostFacilities); ++i) {
    const FieldPath path("activity.facilities", i);
    if (FacilityId(activity.facilities(i)).empty()) {
      findings.Add(path, "REFERENCE_UNKNOWN", "应为 facilities/编号", "facilities/{id}");
    } else if (!known.insert(activity.facilities(i)).second) {
      findings.Add(path, "RECORD_DOUBLE", "同一机构填写了两次", "the facility is given twice");
    }
  }
}

// The certificate: only of who passed, with a day that fits the course.
void CheckCertified(Findings& findings, const std::string& path,
                    const TrainingParticipant& participant, const TrainingCourse& course) {
  CheckText(findings, path + "certificate_number", {"证书编号", "certificate_number"},
            participant.certificate_number(), kCertificateNumber);
  const bool certified = !participant.certificate_number().empty();
  const auto day = CheckPastDay(findings, path + "certified_on", {"发证日期", "certified_on"},
                                participant.certified_on(), /*required=*/certified);
  if (!certified && day) {
    findings.Add(path + "certified_on", "FIELD_NOT_OF_KIND", "没有证书编号，请删去发证日期",
                 "there is no certificate: leave the day empty");
  }
  if (certified && participant.result() != v1::TRAINING_RESULT_PASSED) {
    findings.Add(path + "certificate_number", "FIELD_NOT_OF_KIND", "考核合格的才有证书",
                 "only who passed has a certificate");
  }
  const auto last = FromProto(course.ends_on());
  if (certified && day && last.ok() && *day < *last) {
    findings.Add(path + "certified_on", "RECORD_ORDER", "发证日期早于培训结束日期",
                 "before the last day of the course");
  }
}

void CheckPeople(Findings& findings, const std::string& list,
                 const RepeatedPtrField<TrainingParticipant>& participants,
                 const TrainingCourse& course) {
  CheckListSize(findings, list, {"培训学员", "participants"}, participants.size(),
                kMostParticipants);
  std::set<std::string> known;
  for (int i = 0; i < std::min(participants.size(), kMostParticipants); ++i) {
    const TrainingParticipant& participant = participants.Get(i);
    const std::string path = absl::StrCat(list, "[", i, "].");
    if (ParseStaffName(participant.staff()).id.empty()) {
      findings.Add(path + "staff", "REFERENCE_UNKNOWN",
                   "应为从业人员名册中的人员 facilities/编号/staff/编号",
                   "an entry of the roster of staff: facilities/{id}/staff/{id}");
    } else if (!known.insert(participant.staff()).second) {
      findings.Add(path + "staff", "RECORD_DOUBLE", "同一人填写了两次",
                   "the person is given twice");
    }
    CheckNumber(findings, path + "hours", {"实到学时", "hours"}, participant.hours(), 0,
                course.hours());
    CheckValue(findings, path + "result", {"考核结果", "result"}, participant.result(),
               v1::TrainingResult_IsValid);
    CheckCertified(findings, path, participant, course);
  }
}

}  // namespace

std::vector<Violation> CheckCentre(const v1::GuidanceCentre& centre, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, "centre.centre_name", {"中心名称", "centre_name"}, centre.centre_name(),
            kName);
  CheckText(findings, "centre.host_organisation", {"依托单位", "host_organisation"},
            centre.host_organisation(), kName);
  CheckText(findings, "centre.address", {"中心地址", "address"}, centre.address(), kAddress);
  CheckDivisionCode(findings, "centre.division_code", centre.division_code(),
                    DivisionKind::kTownOrDistrict);
  CheckPastDay(findings, "centre.opened_on", {"启用日期", "opened_on"}, centre.opened_on());
  CheckText(findings, "centre.document_number", {"依据文号", "document_number"},
            centre.document_number(), kDocument);
  return findings.Take();
}

std::vector<Violation> CheckClosing(const v1::CloseGuidanceCentreRequest& request,
                                    const v1::GuidanceCentre& centre, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const auto closed =
      CheckPastDay(findings, "closed_on", {"停用日期", "closed_on"}, request.closed_on());
  const auto opened = FromProto(centre.opened_on());
  if (closed && opened.ok() && *closed <= *opened) {
    findings.Add("closed_on", "RECORD_ORDER", "应晚于启用日期", "after its first day");
  }
  return findings.Take();
}

std::vector<Violation> CheckActivity(const v1::GuidanceActivity& activity,
                                     const v1::GuidanceCentre& centre, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, "activity.kind", {"活动类型", "kind"}, activity.kind(),
             v1::GuidanceKind_IsValid);
  const auto held =
      CheckPastDay(findings, "activity.held_on", {"活动日期", "held_on"}, activity.held_on());
  const auto opened = FromProto(centre.opened_on());
  const auto closed = FromProto(centre.closed_on());
  if (held && opened.ok() &&
      (*held < *opened || (centre.has_closed_on() && closed.ok() && *held >= *closed))) {
    findings.Add("activity.held_on", "RECORD_ORDER", "指导中心当日未启用或已停用",
                 "the centre does not work on that day");
  }
  CheckText(findings, "activity.subject", {"活动主题", "subject"}, activity.subject(), kTitle);
  CheckDivisionCode(findings, "activity.division_code", activity.division_code(),
                    DivisionKind::kTown);
  if (activity.has_families()) {
    CheckNumber(findings, "activity.families", {"家庭数", "families"}, activity.families(), 0,
                kMostFamilies);
  }
  CheckGuided(findings, activity);
  return findings.Take();
}

std::vector<Violation> CheckCourse(const TrainingCourse& course, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckText(findings, "course.title", {"培训名称", "title"}, course.title(), kTitle);
  if (course.leads_to() != v1::CERTIFICATE_KIND_UNSPECIFIED &&
      !absl::c_linear_search(kTrainings, course.leads_to())) {
    findings.Add("course.leads_to", "FIELD_NOT_OF_KIND", "不是培训取得的证书",
                 "no certificate of a training");
  }
  CheckText(findings, "course.organiser", {"举办单位", "organiser"}, course.organiser(), kName);
  CheckDivisionCode(findings, "course.division_code", course.division_code(),
                    DivisionKind::kTownOrDistrict);
  const auto first =
      CheckPastDay(findings, "course.starts_on", {"开始日期", "starts_on"}, course.starts_on());
  const auto last =
      CheckPastDay(findings, "course.ends_on", {"结束日期", "ends_on"}, course.ends_on());
  if (first && last && (*last < *first || *last > *first + kLongestCourse)) {
    findings.Add("course.ends_on", "RECORD_ORDER", "应不早于开始日期，且在其后366天以内",
                 "not before the first day, and within 366 days of it");
  }
  CheckNumber(findings, "course.hours", {"培训学时", "hours"}, course.hours(), 1, kMostHours);
  CheckText(findings, "course.document_number", {"依据文号", "document_number"},
            course.document_number(), kDocument);
  CheckPeople(findings, "course.participants", course.participants(), course);
  return findings.Take();
}

std::vector<Violation> CheckParticipants(const v1::UpdateTrainingRequest& request,
                                         const TrainingCourse& course, const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  if (request.participants().empty())
    findings.Require("participants", {"培训学员", "participants"});
  CheckPeople(findings, "participants", request.participants(), course);
  return findings.Take();
}

bool MergeParticipants(const v1::UpdateTrainingRequest& request, TrainingCourse* course) {
  bool changed = false;
  for (const TrainingParticipant& said : request.participants()) {
    const auto known = absl::c_find_if(
        *course->mutable_participants(),
        [&](const TrainingParticipant& each) { return each.staff() == said.staff(); });
    if (known == course->mutable_participants()->end()) {
      *course->add_participants() = said;
    } else if (known->SerializeAsString() == said.SerializeAsString()) {
      continue;
    } else {
      *known = said;
    }
    changed = true;
  }
  return changed;
}

}  // namespace tuoyu::filing
