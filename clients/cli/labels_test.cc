#include "clients/cli/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/complaint/v1/reporter_service.pb.h"
#include "tuoyu/complaint/v1/review_service.pb.h"
#include "tuoyu/filing/v1/attendance.pb.h"
#include "tuoyu/filing/v1/change_request.pb.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/directory.pb.h"
#include "tuoyu/filing/v1/duplicate.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/guidance.pb.h"
#include "tuoyu/filing/v1/inclusive.pb.h"
#include "tuoyu/filing/v1/mirror.pb.h"
#include "tuoyu/filing/v1/price.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/registration_service.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"
#include "tuoyu/indicator/v1/regulatory.pb.h"
#include "tuoyu/inspection/v1/draw_service.pb.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

namespace tuoyu::cli {
namespace {

// Every value of an enum that people see has a label in both languages.
template <typename Enum>
void ExpectLabelled() {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    const auto& value = *descriptor->value(i);
    EXPECT_NE(LabelOf(value, Language::kChinese), value.name());
    EXPECT_NE(LabelOf(value, Language::kEnglish), value.name());
  }
}

TEST(LabelsTest, NoValueIsShownByItsCode) {
  ExpectLabelled<common::v1::CoordinateSystem>();
  ExpectLabelled<filing::v1::TermSeason>();
  ExpectLabelled<filing::v1::FacilityType>();
  ExpectLabelled<indicator::v1::RegulatoryMeasureKind>();
  ExpectLabelled<complaint::v1::CaseChannel>();
  ExpectLabelled<complaint::v1::CaseKind>();
  ExpectLabelled<complaint::v1::FilingDecision>();
  ExpectLabelled<complaint::v1::InspectionProgress>();
  ExpectLabelled<complaint::v1::CaseOutcome>();
  ExpectLabelled<complaint::v1::CaseState>();
  ExpectLabelled<complaint::v1::CaseStepKind>();
  ExpectLabelled<complaint::v1::ClockStep>();
  ExpectLabelled<complaint::v1::ClockUnit>();
  ExpectLabelled<complaint::v1::RecheckResult>();
  ExpectLabelled<complaint::v1::RefusalReason>();
  ExpectLabelled<complaint::v1::ReporterMode>();
  ExpectLabelled<complaint::v1::ReviewDecision>();
  ExpectLabelled<complaint::v1::ReviewDoubt>();
  ExpectLabelled<complaint::v1::ReviewHideReason>();
  ExpectLabelled<complaint::v1::ReviewState>();
  ExpectLabelled<complaint::v1::Satisfaction>();
  ExpectLabelled<complaint::v1::UnmaskingPurpose>();
  ExpectLabelled<complaint::v1::UnmaskingState>();
  ExpectLabelled<inspection::v1::CapExemption>();
  ExpectLabelled<inspection::v1::CheckDomain>();
  ExpectLabelled<inspection::v1::DrawState>();
  ExpectLabelled<inspection::v1::EvidenceKind>();
  ExpectLabelled<inspection::v1::FindingState>();
  ExpectLabelled<inspection::v1::FindingStepKind>();
  ExpectLabelled<inspection::v1::ItemVerdict>();
  ExpectLabelled<inspection::v1::PlanKind>();
  ExpectLabelled<inspection::v1::PlanState>();
  ExpectLabelled<inspection::v1::RecordSigning>();
  ExpectLabelled<inspection::v1::RecusalReason>();
  ExpectLabelled<inspection::v1::VisitOutcome>();
  ExpectLabelled<inspection::v1::VisitState>();
  ExpectLabelled<filing::v1::MaterialKind>();
  ExpectLabelled<filing::v1::FilingKind>();
  ExpectLabelled<filing::v1::FilingState>();
  ExpectLabelled<filing::v1::VerifyState>();
  ExpectLabelled<filing::v1::StaffRole>();
  ExpectLabelled<filing::v1::CertificateKind>();
  ExpectLabelled<filing::v1::CertificateState>();
  ExpectLabelled<filing::v1::Education>();
  ExpectLabelled<filing::v1::TimeBand>();
  ExpectLabelled<filing::v1::ServiceMode>();
  ExpectLabelled<filing::v1::ChildDocument>();
  ExpectLabelled<filing::v1::HealthSection>();
  ExpectLabelled<filing::v1::HealthRecordState>();
  ExpectLabelled<filing::v1::BanGround>();
  ExpectLabelled<filing::v1::PostConflictKind>();
  ExpectLabelled<filing::v1::DemonstrationLevel>();
  ExpectLabelled<filing::v1::ReevaluationResult>();
  ExpectLabelled<filing::v1::GapKind>();
  ExpectLabelled<filing::v1::GapUrgency>();
  ExpectLabelled<filing::v1::AppealOutcome>();
  ExpectLabelled<filing::v1::GradeStanding>();
  ExpectLabelled<filing::v1::RecognitionApplicationState>();
  ExpectLabelled<filing::v1::ObjectionOutcome>();
  ExpectLabelled<filing::v1::PriceItemKind>();
  ExpectLabelled<filing::v1::PriceUnit>();
  ExpectLabelled<filing::v1::PriceRegime>();
  ExpectLabelled<filing::v1::RegistrationState>();
  ExpectLabelled<filing::v1::ContactOutcome>();
  ExpectLabelled<filing::v1::PushOutcome>();
  ExpectLabelled<filing::v1::ChangeRequestState>();
  ExpectLabelled<filing::v1::DirectoryKind>();
  ExpectLabelled<filing::v1::CareStage>();
  ExpectLabelled<filing::v1::GuidanceKind>();
  ExpectLabelled<filing::v1::TrainingResult>();
  ExpectLabelled<filing::v1::DuplicateSign>();
  ExpectLabelled<filing::v1::DuplicateVerdict>();
  ExpectLabelled<indicator::v1::Attainment>();
  ExpectLabelled<indicator::v1::ProjectStage>();
  ExpectLabelled<indicator::v1::TargetOperator>();
}

TEST(LabelsTest, FieldsOfTheFormAreNamedWithTheirNumber) {
  EXPECT_EQ(FieldLabel("content.classes[1].capacity", Language::kChinese), "班级第2项托位数");
  EXPECT_EQ(FieldLabel("content.unheard_of", Language::kChinese), "content.unheard_of");
  EXPECT_THAT(FieldLabel("materials[M03]", Language::kChinese), ::testing::HasSubstr("M03"));
}

// Every field of a message has a label under `around`, which is itself left as it is where one is missing.
void ExpectFieldsLabelled(const google::protobuf::Descriptor& message, absl::string_view around) {
  for (int i = 0; i < message.field_count(); ++i) {
    const std::string path = absl::StrCat(around, message.field(i)->name());
    EXPECT_NE(FieldLabel(path, Language::kChinese), path);
    EXPECT_NE(FieldLabel(path, Language::kEnglish), path);
  }
}

TEST(LabelsTest, FieldsOfTheRosterAreNamedByWhatTheyMeanThere) {
  ExpectFieldsLabelled(*filing::v1::StaffEntry::descriptor(), "entries[0].");
  ExpectFieldsLabelled(*filing::v1::Post::descriptor(), "entries[0].posts[0].");
  ExpectFieldsLabelled(*filing::v1::Certificate::descriptor(), "entries[0].certificates[0].");
  ExpectFieldsLabelled(*filing::v1::Reevaluation::descriptor(), "demonstration.reevaluations[0].");
  EXPECT_EQ(FieldLabel("entries[3].posts[0].valid_from", Language::kChinese),
            "条目第4项任职第1项到岗日期");
  EXPECT_EQ(FieldLabel("entries[3].certificates[1].valid_to", Language::kChinese),
            "条目第4项证书第2项有效期止");
  EXPECT_EQ(FieldLabel("cancellation.last_day", Language::kChinese), "注销终止服务日期");
}

TEST(LabelsTest, FieldsOfTheRosterOfChildrenAreNamedByWhatTheyMeanThere) {
  ExpectFieldsLabelled(*filing::v1::ChildEntry::descriptor(), "entries[0].");
  ExpectFieldsLabelled(*filing::v1::Enrolment::descriptor(), "entries[0].enrolments[0].");
  ExpectFieldsLabelled(*filing::v1::GuardianConsent::descriptor(), "entries[0].consent.");
  ExpectFieldsLabelled(*filing::v1::HealthRecord::descriptor(), "health_record.");
  ExpectFieldsLabelled(*filing::v1::HealthCheck::descriptor(), "health_record.checks[0].");
  ExpectFieldsLabelled(*filing::v1::HealthDeferral::descriptor(), "health_record.deferrals[0].");
  EXPECT_EQ(FieldLabel("entries[3].document_number", Language::kChinese), "条目第4项证件号码");
  EXPECT_EQ(FieldLabel("entries[3].enrolments[1].valid_from", Language::kChinese),
            "条目第4项在托登记第2项入托日期");
  EXPECT_EQ(FieldLabel("entries[0].health_record.checks[5].done_on", Language::kChinese),
            "条目第1项健康档案检查第6项检查日期");
  EXPECT_EQ(FieldLabel("health_record.deferrals[0].until", Language::kEnglish),
            "health record: deferral no. 1: until (excl.)");
}

TEST(LabelsTest, FieldsOfAnAssessmentAreNamed) {
  EXPECT_EQ(FieldLabel("assessment.result.scores[2].score_tenths", Language::kChinese),
            "等级评定维度评分第3项得分");
  ExpectFieldsLabelled(*filing::v1::DimensionScore::descriptor(), "result.scores[0].");
  ExpectFieldsLabelled(*filing::v1::ItemScore::descriptor(), "result.scores[0].items[0].");
}

TEST(LabelsTest, FieldsOfAnApplicationForRecognitionAreNamed) {
  EXPECT_EQ(FieldLabel("application.price_caps[1].fen_per_month", Language::kChinese),
            "普惠认定申请最高价第2项金额");
  EXPECT_EQ(FieldLabel("filing.items[1].unit", Language::kChinese),
            "收费备案收费项目第2项计费单位");
  ExpectFieldsLabelled(*filing::v1::PriceCap::descriptor(), "application.price_caps[0].");
}

TEST(LabelsTest, FieldsOfWhatOtherUnitsSayAreNamed) {
  for (const char* path :
       {"registrations[0].uscc", "registrations[0].changed_on", "registrations[0].as_of",
        "registrations[0].source_id", "contact.off_list_until", "contact.outcome", "contact.note",
        "values[0].field", "reason", "due_on", "decision", "verdict", "kept_facility"}) {
    EXPECT_NE(FieldLabel(path, Language::kChinese), path);
  }
  for (const char* path :
       {"entries[0].kind", "entries[0].version.care_stage", "entries[0].version.places",
        "entries[0].version.employees", "removed_on", "centre.host_organisation",
        "activity.facilities[1]", "activity.families", "course.participants[0].staff",
        "participants[0].certified_on", "course.leads_to", "course.hours"}) {
    EXPECT_NE(FieldLabel(path, Language::kChinese), path);
    EXPECT_NE(FieldLabel(path, Language::kEnglish), path);
  }
  EXPECT_EQ(FieldLabel("entries[1].version.valid_from", Language::kChinese), "条目第2项起始日期");
  EXPECT_EQ(FieldLabel("registrations[1].state", Language::kChinese), "登记信息第2项登记状态");
}

TEST(LabelsTest, CodesWithinATextBecomeLabels) {
  EXPECT_EQ(WithLabels("CLASS_KIND_SENIOR 20", Language::kChinese), "托大班 20");
  EXPECT_EQ(WithLabels("托育ABC", Language::kChinese), "托育ABC");
}

}  // namespace
}  // namespace tuoyu::cli
