#include "clients/cli/export/out_column.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/labels.h"
#include "common/base/civil.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

std::string CellOf(const google::protobuf::Message& message, absl::string_view field,
                   OutRule rule = OutRule::kByField, Language language = Language::kChinese) {
  const OutColumn column{field, "", "", rule};
  std::vector<sheet::OutCell> cells;
  AddCells(message, {&column, 1}, language, &cells);
  EXPECT_EQ(cells.size(), 1u);
  return absl::StrCat(static_cast<int>(cells[0].kind), ":", cells[0].text);
}

TEST(OutColumnTest, FieldsBecomeCellsByTheirTypes) {
  pb::Facility facility;
  pb::FilingContent& content = *facility.mutable_content();
  content.set_uscc("91500111MAQQ000327");
  content.add_service_modes(pb::SERVICE_MODE_FULL_DAY);
  content.add_service_modes(pb::SERVICE_MODE_HALF_DAY);
  content.set_approved_capacity(45);
  content.set_gross_floor_area_m2(400.5);
  content.set_open_to_public(true);
  for (const int places : {20, 25}) {
    content.add_classes()->set_kind(pb::CLASS_KIND_TODDLER);
    content.mutable_classes()->rbegin()->set_capacity(places);
  }
  *facility.mutable_recognition()->mutable_valid_to() = ToProto(absl::CivilDay(2026, 1, 1));
  EXPECT_EQ(CellOf(facility, "content.uscc"), "0:91500111MAQQ000327");
  EXPECT_EQ(CellOf(facility, "content.service_modes"), "0:全日托、半日托");
  EXPECT_EQ(CellOf(facility, "content.service_modes", OutRule::kByField, Language::kEnglish),
            "0:full day、half day");
  EXPECT_EQ(CellOf(facility, "content.approved_capacity"), "1:45");
  EXPECT_EQ(CellOf(facility, "content.gross_floor_area_m2"), "1:400.5");
  EXPECT_EQ(CellOf(facility, "content.open_to_public"), "0:是");
  EXPECT_EQ(CellOf(facility, "content.classes"), "0:托小班20、托小班25");
  EXPECT_EQ(CellOf(facility, "recognition.valid_to"), "2:2026-01-01");
  EXPECT_EQ(CellOf(facility, "recognition.valid_to", OutRule::kLastDay), "2:2025-12-31");
  EXPECT_EQ(CellOf(facility, "content.uscc", OutRule::kNumberText), "1:91500111MAQQ000327");
}

TEST(OutColumnTest, CertificatesStandInOneCell) {
  pb::StaffMember member;
  EXPECT_EQ(CellOf(member, "certificates"), "0:");
  pb::Certificate& carer = *member.add_certificates();
  carer.set_kind(pb::CERTIFICATE_KIND_CHILD_CARER);
  carer.set_level(4);
  carer.set_certificate_number("2250****4567");
  pb::Certificate& health = *member.add_certificates();
  health.set_kind(pb::CERTIFICATE_KIND_HEALTH);
  *health.mutable_valid_to() = ToProto(absl::CivilDay(2027, 1, 1));
  *health.mutable_expires_on() = ToProto(absl::CivilDay(2026, 1, 1));
  pb::Certificate& education = *member.add_certificates();
  education.set_kind(pb::CERTIFICATE_KIND_EDUCATION);
  education.set_education(pb::EDUCATION_COLLEGE);
  EXPECT_EQ(CellOf(member, "certificates"),
            absl::StrCat("0:保育师 四级 2250****4567；健康合格证 有效至2025-12-31；",
                         Label(pb::CERTIFICATE_KIND_EDUCATION, Language::kChinese), " ",
                         Label(pb::EDUCATION_COLLEGE, Language::kChinese)));
  member.mutable_certificates()->DeleteSubrange(1, 2);
  EXPECT_EQ(CellOf(member, "certificates", OutRule::kByField, Language::kEnglish),
            "0:child carer level 4 2250****4567");
}

TEST(OutColumnTest, WhatIsWithheldIsToldFromWhatIsMissing) {
  indicator::v1::Indicator indicator;
  EXPECT_EQ(CellOf(indicator, "suppressed", OutRule::kWithheld), "0:");
  indicator.set_suppressed(true);
  EXPECT_EQ(CellOf(indicator, "suppressed", OutRule::kWithheld), "0:人数少，不公开");
}

TEST(OutColumnTest, APointSaysItsReferenceSystemByALabel) {
  pb::Facility facility;
  facility.mutable_content()->mutable_location()->set_system(
      common::v1::COORDINATE_SYSTEM_CGCS2000);
  EXPECT_EQ(CellOf(facility, "content.location.system"), "0:CGCS2000");
}

TEST(OutColumnTest, WhatIsNotToldOrMayNotBeSeenIsEmpty) {
  const pb::Facility facility;
  for (const char* field :
       {"content.principal_id_number", "content.location.longitude", "filed_on",
        "content.facility_type", "recognition.places_covered", "content.classes"}) {
    EXPECT_EQ(CellOf(facility, field), "0:") << field;
  }
}

}  // namespace
}  // namespace tuoyu::cli
