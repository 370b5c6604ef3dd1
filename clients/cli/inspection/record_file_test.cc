#include "clients/cli/inspection/record_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/time/time.h"
#include "common/base/civil.h"
#include "common/base/uuid.h"
#include "common/testing/matchers.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

class RecordFileTest : public ::testing::Test {
 protected:
  RecordFileTest() { visit_.set_name("visits/01900000-0000-7000-8000-000000000001"); }
  std::string Write(const std::string& text) const {
    const std::string path = ::testing::TempDir() + "record.yaml";
    std::ofstream(path) << text;
    return path;
  }

  pb::Visit visit_;
};

TEST_F(RecordFileTest, WhatIsMissingFollowsFromTheFileSoThatItMayBeSentAgain) {
  const std::string path = Write(
      "parts:\n  - {arrival: {}}\n  - {item: {item: B01, verdict: FAIL, note: 超员, photos: "
      "[front.jpg]}}\n  - {close: {signing: SIGNED}}\n");
  const auto file = LoadRecordFile(path, visit_);
  ASSERT_OK(file);
  ASSERT_EQ(file->request.parts_size(), 3);
  EXPECT_TRUE(file->request.parts(0).has_arrival());
  EXPECT_EQ(file->request.parts(0).arrival().inspectors_size(), 0) << "each says so itself";
  EXPECT_EQ(file->request.parts(1).item().verdict(), pb::ITEM_VERDICT_FAIL);
  ASSERT_EQ(file->photos.size(), 1);
  EXPECT_EQ(file->photos[0].path, ::testing::TempDir() + "front.jpg");
  EXPECT_EQ(file->request.parts(1).item().photos(0), file->photos[0].name);
  // In the order of the file, a millisecond apart, up to when it was written.
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  const absl::Time written = absl::TimeFromTimespec(status.st_mtim);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(IsUuid(file->request.parts(i).part_id()));
    EXPECT_EQ(*FromProto(file->request.parts(i).device_time()),
              written - absl::Milliseconds(3 - i));
  }
  EXPECT_EQ(LoadRecordFile(path, visit_)->request.SerializeAsString(),
            file->request.SerializeAsString());
}

TEST_F(RecordFileTest, WhatIsSaidStays) {
  const std::string path = Write(
      "parts:\n  - {part_id: 01900000-0000-7000-8000-0000000000aa, device_time: "
      "2026-03-02T09:30:00+08:00, item: {item: B01, verdict: PASS}}\n");
  const auto file = LoadRecordFile(path, visit_);
  ASSERT_OK(file);
  EXPECT_EQ(file->request.parts(0).part_id(), "01900000-0000-7000-8000-0000000000aa");
  EXPECT_EQ(file->request.parts(0).device_time().seconds(), 1772415000);
}

TEST_F(RecordFileTest, FaultsAreNamedWithTheirLine) {
  EXPECT_THAT(
      std::string(
          LoadRecordFile(Write("parts:\n  - {item: {code: B01}}\n"), visit_).status().message()),
      ::testing::HasSubstr("record.yaml:2"));
  EXPECT_EQ(LoadRecordFile("/nowhere/record.yaml", visit_).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace tuoyu::cli
