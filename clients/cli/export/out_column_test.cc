#include "clients/cli/export/out_column.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

std::string CellOf(const pb::Facility& facility, absl::string_view field,
                   OutRule rule = OutRule::kByField, Language language = Language::kChinese) {
  const OutColumn column{field, "", "", rule};
  std::vector<sheet::OutCell> cells;
  AddCells(facility, {&column, 1}, language, &cells);
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
