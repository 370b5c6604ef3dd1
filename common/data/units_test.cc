#include "common/data/units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string DataFile(absl::string_view name) {
  return absl::StrCat(TUOYU_DATA_DIR, "/units/", name);
}

// What Units::Parse says of the shipped file with `from` replaced by `to`.
std::string UnitsFault(absl::string_view from, absl::string_view to) {
  const std::string text = *ReadFile(DataFile("dazu.yaml"));
  const std::string changed = absl::StrReplaceAll(text, {{from, to}});
  EXPECT_NE(changed, text);
  return std::string(Units::Parse(changed, "u.yaml").status().message());
}

TEST(UnitsTest, AUnitIsFoundByOrganisationOrCodeAndByRegistrar) {
  const Units units = *Units::Load(DataFile("dazu.yaml"));
  EXPECT_EQ(units.OfOrganisation("organisations/dazu-samr")->code(), "SAMR");
  EXPECT_EQ(units.OfOrganisation("EDU")->name_zh(), "区教委");
  EXPECT_EQ(units.OfOrganisation("organisations/nobody"), nullptr);
  EXPECT_EQ(units.OfRegistrar(filing::v1::REGISTRAR_ORG_ESTAB)->code(), "ORG_ESTAB");
  EXPECT_EQ(units.OfRegistrar(filing::v1::REGISTRAR_UNSPECIFIED), nullptr);
  EXPECT_TRUE(Keeps(units.Find("EDU"), filing::v1::DIRECTORY_KIND_KINDERGARTENS));
  EXPECT_FALSE(Keeps(units.Find("SAMR"), filing::v1::DIRECTORY_KIND_KINDERGARTENS));
  EXPECT_FALSE(Keeps(nullptr, filing::v1::DIRECTORY_KIND_EMPLOYERS));
}

TEST(UnitsTest, EachFaultOfTheFileIsNamedWithItsLine) {
  EXPECT_THAT(UnitsFault("registrar: SAMR", "registrar: CIVIL"),
              AllOf(HasSubstr("REGISTRAR_SAMR"), HasSubstr("REGISTRAR_CIVIL")));
  EXPECT_THAT(UnitsFault("keeps: [KINDERGARTENS]", "registrar: ORG_ESTAB"),
              AllOf(HasSubstr("KINDERGARTENS"), HasSubstr("ORG_ESTAB")));
  EXPECT_THAT(UnitsFault("code: PSB", "code: SAMR"),
              AllOf(HasSubstr("u.yaml:"), HasSubstr("重复")));
  EXPECT_THAT(UnitsFault("code: PSB", "code: psb"), HasSubstr("大写"));
}

}  // namespace
}  // namespace tuoyu::data
