#include "clients/cli/filing_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"

namespace tuoyu::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using tuoyu::testing::IsOk;
using tuoyu::testing::StatusIs;

constexpr absl::CivilDay kToday(2026, 3, 2);

class FilingFileTest : public ::testing::Test {
 protected:
  FilingFileTest() {
    char name[] = "/tmp/tuoyu-file-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~FilingFileTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = absl::StrCat(folder_, "/", name);
    std::ofstream(path) << text;
    return path;
  }

  std::string folder_;
};

TEST_F(FilingFileTest, YamlAndJsonSayTheSame) {
  const std::string yaml = Write("a.yaml",
                                 "content:\n"
                                 "  name: 演练托育\n"
                                 "  uscc: 91500111MAQQ000327\n"
                                 "  division_code: 500111001\n"
                                 "  lease_end: 2029-02-28\n");
  const std::string json = Write("a.json",
                                 "{\"content\": {\"name\": \"演练托育\",\n"
                                 " \"uscc\": \"91500111MAQQ000327\",\n"
                                 " \"division_code\": \"500111001\",\n"
                                 " \"lease_end\": \"2029-02-28\"}}");
  const auto from_yaml = LoadFilingFile(yaml, kToday);
  const auto from_json = LoadFilingFile(json, kToday);
  ASSERT_OK(from_yaml);
  ASSERT_OK(from_json);
  EXPECT_THAT(from_yaml->file, tuoyu::testing::EqualsProto(from_json->file));
  EXPECT_EQ(from_yaml->file.kind(), filing::v1::FILING_KIND_INITIAL) << "where none is given";
  EXPECT_EQ(from_yaml->file.content().division_code(), "500111001") << "digits stay text";
  EXPECT_EQ(data::LineOf(from_yaml->lines, "content.uscc"), 3);
  EXPECT_EQ(data::LineOf(from_json->lines, "content.uscc"), 2);
}

TEST_F(FilingFileTest, EveryFaultIsNamedWithItsLine) {
  const auto loaded = LoadFilingFile(Write("bad.yaml",
                                           "content:\n"
                                           "  nmae: 演练托育\n"
                                           "  approved_capacity: many\n"
                                           "  lease_end: 2026-02-30\n"),
                                     kToday);
  EXPECT_THAT(loaded, StatusIs(absl::StatusCode::kInvalidArgument,
                               AllOf(HasSubstr("bad.yaml:2: content.nmae"),
                                     HasSubstr("bad.yaml:3: content.approved_capacity"),
                                     HasSubstr("bad.yaml:4: content.lease_end"))));
}

TEST_F(FilingFileTest, AMissingFileIsNotFound) {
  EXPECT_THAT(LoadFilingFile(folder_ + "/none.yaml", kToday),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(FilingFileTest, DaysMayBeWordsWhereADayIsMeant) {
  EXPECT_EQ(ResolveDayWords("signed_on: today", kToday), "signed_on: 2026-03-02");
  EXPECT_EQ(ResolveDayWords("lease_start: today-30 # 旧", kToday), "lease_start: 2026-01-31 # 旧");
  EXPECT_EQ(ResolveDayWords("{\"valid_to\": \"today+365\"}", kToday),
            "{\"valid_to\": \"2027-03-02\"}");
  EXPECT_EQ(ResolveDayWords("name: today", kToday), "name: today") << "no key of a day";
  EXPECT_EQ(ResolveDayWords("signed_on: todays", kToday), "signed_on: todays");
}

TEST_F(FilingFileTest, AnAttachmentCarriesItsDigestAndLiesBesideTheFile) {
  Write("fire.pdf", "%PDF-1.4 made up");
  client::v1::Attachment attachment;
  attachment.set_kind(filing::v1::MATERIAL_KIND_FIRE_SAFETY);
  attachment.set_path("fire.pdf");
  const auto loaded = LoadAttachment(attachment, folder_ + "/filing.yaml");
  ASSERT_OK(loaded);
  EXPECT_EQ(loaded->material.file_name(), "fire.pdf");
  EXPECT_EQ(loaded->material.size_bytes(), 16);
  EXPECT_EQ(loaded->material.sha256().size(), 64u);
  Write("empty.pdf", "");
  attachment.set_path("empty.pdf");
  EXPECT_THAT(LoadAttachment(attachment, folder_ + "/filing.yaml"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty.pdf")));
  attachment.set_path("none.pdf");
  EXPECT_THAT(LoadAttachment(attachment, folder_ + "/filing.yaml"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none.pdf")));
}

TEST(OverlayContentTest, AChangeReplacesWhatItNamesAndKeepsTheRest) {
  filing::v1::FilingContent content;
  content.set_name("旧名");
  content.set_address("旧址");
  content.add_service_modes(filing::v1::SERVICE_MODE_FULL_DAY);
  content.mutable_site()->set_lowest_floor(1);
  content.mutable_site()->set_highest_floor(2);
  filing::v1::FilingContent change;
  change.set_name("新名");
  change.add_service_modes(filing::v1::SERVICE_MODE_HOURLY);
  change.mutable_site()->set_highest_floor(3);
  OverlayContent(change, &content);
  EXPECT_EQ(content.name(), "新名");
  EXPECT_EQ(content.address(), "旧址");
  ASSERT_EQ(content.service_modes_size(), 1) << "a list is replaced, not added to";
  EXPECT_EQ(content.service_modes(0), filing::v1::SERVICE_MODE_HOURLY);
  EXPECT_EQ(content.site().lowest_floor(), 1);
  EXPECT_EQ(content.site().highest_floor(), 3);
}

}  // namespace
}  // namespace tuoyu::cli
