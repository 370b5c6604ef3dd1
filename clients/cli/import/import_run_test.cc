// How an import sends its rows, goes on after a break and tells of it, without services.
#include "clients/cli/import/import_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/import/import_file.h"
#include "clients/cli/import/import_progress.h"
#include "clients/cli/import/import_report.h"
#include "clients/cli/import/testing/fake_kind.h"
#include "nlohmann/json.hpp"

namespace tuoyu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Rows(int count) {
  std::string text = "机构名称,信用代码\n";
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, "演练", i, ",C", i, "\n");
  return text;
}

ImportResult ImportAll(FakeKind& kind, const ImportFile& file, ImportProgress* progress = nullptr,
                       bool check = false) {
  ImportResult result;
  const absl::Status status = RunImport(
      file, kind, {check, 2}, progress, [](size_t) {}, &result);
  EXPECT_TRUE(status.ok()) << status;
  return result;
}

// Rows about the same far from each other: the first is let in, in a check as when they are entered, with any number of
// threads.
TEST(ImportRunTest, WhatIsAboutTheSameIsSentTogetherInTheOrderOfTheFile) {
  std::string text = Rows(40);
  for (int i = 0; i < 8; ++i) absl::StrAppend(&text, "演练", i / 4, ",D", i, "\n");
  for (const bool check : {true, false}) {
    FakeKind kind;
    kind.check_names = true;
    const auto file = ReadImportFile(TestFile("together.csv", text), "", kind);
    ASSERT_TRUE(file.ok()) << file.status();
    const ImportResult result = ImportAll(kind, *file, nullptr, check);
    EXPECT_EQ(result.entered, 40u);
    ASSERT_THAT(result.refused, SizeIs(8));
    for (int row = 41; row < 49; ++row) EXPECT_EQ(result.refused.at(row)[0].reason, "NAMED");
  }
}

TEST(ImportRunTest, AStoppedImportTellsHowFarItCame) {
  FakeKind kind;
  const auto file = ReadImportFile(TestFile("stopped.csv", Rows(10)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ImportResult result;
  const absl::Status status = RunImport(
      *file, kind, {false, 1, [&] { return kind.calls == 2; }}, nullptr, [](size_t) {}, &result);
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(result.entered, 6u);
  EXPECT_THAT(kind.entered, SizeIs(6));
}

TEST(ImportRunTest, RowsAtFaultAreLeftOutAndTheRestIsEntered) {
  FakeKind kind;
  kind.refused = "C4";
  kind.only_when_entered = "C7";
  kind.entered = {{"C1", "something else"}};
  const auto file = ReadImportFile(TestFile("run.csv", Rows(10)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  const ImportResult result = ImportAll(kind, *file);
  EXPECT_EQ(result.rows, 10u);
  EXPECT_EQ(result.entered, 7u);
  ASSERT_THAT(result.refused, SizeIs(3));
  EXPECT_EQ(result.refused.at(2)[0].reason, "SOURCE_ID_EXISTS");
  EXPECT_EQ(result.refused.at(5)[0].title, "信用代码");
  EXPECT_EQ(result.refused.at(8)[0].reason, "PERSON_BANNED");
  EXPECT_THAT(kind.entered, SizeIs(8));
}

TEST(ImportRunTest, TheSameFileAgainHasNoSecondEffect) {
  FakeKind kind;
  kind.refused = "C4";
  const auto file = ReadImportFile(TestFile("again.csv", Rows(10)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  for (int i = 0; i < 2; ++i) {
    const ImportResult result = ImportAll(kind, *file);
    EXPECT_EQ(result.entered, 9u);
    EXPECT_THAT(result.refused, SizeIs(1));
  }
  EXPECT_THAT(kind.entered, SizeIs(9));
}

TEST(ImportRunTest, RowsThatAnotherFileHasEnteredCountAsEntered) {
  FakeKind kind;
  const auto first = ReadImportFile(TestFile("first.csv", Rows(10)), "", kind);
  const auto more = ReadImportFile(TestFile("more.csv", Rows(15)), "", kind);
  ASSERT_TRUE(first.ok() && more.ok());
  EXPECT_EQ(ImportAll(kind, *first).entered, 10u);
  kind.refused = "C12";  // in a batch with rows that are new
  const ImportResult result = ImportAll(kind, *more);
  EXPECT_EQ(result.entered, 14u);
  EXPECT_THAT(result.refused, SizeIs(1));
  EXPECT_THAT(kind.entered, SizeIs(14));
}

TEST(ImportRunTest, ACheckEntersNothing) {
  FakeKind kind;
  kind.refused = "C4";
  const auto file = ReadImportFile(TestFile("check.csv", Rows(10)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  const ImportResult result = ImportAll(kind, *file, nullptr, true);
  EXPECT_EQ(result.entered, 9u);
  EXPECT_THAT(kind.entered, IsEmpty());
}

TEST(ImportRunTest, RemarksAreToldWithTheirRowsAndKeepNoneOut) {
  FakeKind kind;
  kind.remarks = true;
  kind.refused = "C4";
  const auto file = ReadImportFile(TestFile("remarks.csv", Rows(1'200)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  const ImportResult result = ImportAll(kind, *file, nullptr, true);
  EXPECT_EQ(result.entered, 1'199u);
  EXPECT_EQ(result.remarks, 1'200u);
  ASSERT_THAT(result.remarks_kept, SizeIs(kRemarksKept));
  EXPECT_EQ(result.remarks_kept.rbegin()->first, 1'000) << "those of the first rows";
  const auto report = nlohmann::json::parse(ImportToJson(*file, kind, {true, 2}, result, ""));
  EXPECT_EQ(report.at("remark_count"), 1'200);
  ASSERT_EQ(report.at("remarks").size(), kRemarksKept);
  EXPECT_EQ(report.at("remarks").at(0), (nlohmann::json{{"row", 2},
                                                        {"column", "机构名称"},
                                                        {"reason", "LOOK"},
                                                        {"message_zh", "请核对"},
                                                        {"message_en", "look at it"}}));
  GlobalOptions global;
  global.language = "zh";
  const Session session(global);
  const std::string table = RenderImport(*file, kind, {true, 2}, result, session);
  EXPECT_THAT(table, HasSubstr(session.Say("机构名称: 请核对", "机构名称: look at it")));
  EXPECT_THAT(table, HasSubstr("1180"));
}

TEST(ImportRunTest, WhatBreaksOffGoesOnWhereItCameTo) {
  FakeKind kind;
  kind.refused = "C1";
  const std::string path = TestFile("break.csv", Rows(30));
  const std::string progress_path = path + ".progress";
  std::filesystem::remove(progress_path);
  const auto file = ReadImportFile(path, "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  {
    auto progress = ImportProgress::Begin(progress_path, "what", false);
    ASSERT_TRUE(progress.ok()) << progress.status();
    kind.breaks_after = 6;
    ImportResult result;
    EXPECT_FALSE(RunImport(
                     *file, kind, {false, 1}, &*progress, [](size_t) {}, &result)
                     .ok());
    EXPECT_GT(result.entered, 0u);
    EXPECT_LT(result.entered, 29u);
  }
  std::ofstream(progress_path, std::ios::app) << "[9,[[";  // as a kill leaves it
  EXPECT_FALSE(ImportProgress::Begin(progress_path, "what", false).ok());
  EXPECT_THAT(ImportProgress::Begin(progress_path, "other", true).status().message(),
              HasSubstr("改过"));
  auto progress = ImportProgress::Begin(progress_path, "what", true);
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_FALSE(progress->done().empty());
  kind.breaks_after = 1'000'000;
  const int before = kind.calls;
  const ImportResult result = ImportAll(kind, *file, &*progress);
  EXPECT_LT(kind.calls - before, 10) << "what was through is not sent again";
  EXPECT_EQ(result.entered, 29u);
  EXPECT_THAT(result.refused, SizeIs(1));
  EXPECT_EQ(result.refused.at(2)[0].reason, "BAD") << "also what was refused before the break";
  progress->Finish();
  EXPECT_FALSE(std::filesystem::exists(progress_path));
}

// Goes on with an import whose rows the service may know better by now.
ImportResult Resume(FakeKind& kind, const std::string& path) {
  kind.breaks_after = 1'000'000;
  kind.loses_answer = 0;
  const auto file = ReadImportFile(path, "", kind);
  EXPECT_TRUE(file.ok()) << file.status();
  auto progress = ImportProgress::Begin(path + ".progress", "what", true);
  EXPECT_TRUE(progress.ok()) << progress.status();
  const ImportResult result = ImportAll(kind, *file, &*progress);
  progress->Finish();
  return result;
}

// An import that breaks off.
ImportResult BreakOff(FakeKind& kind, const std::string& path) {
  std::filesystem::remove(path + ".progress");
  const auto file = ReadImportFile(path, "", kind);
  EXPECT_TRUE(file.ok()) << file.status();
  auto progress = ImportProgress::Begin(path + ".progress", "what", false);
  EXPECT_TRUE(progress.ok()) << progress.status();
  ImportResult result;
  EXPECT_FALSE(RunImport(
                   *file, kind, {false, 1}, &*progress, [](size_t) {}, &result)
                   .ok());
  return result;
}

TEST(ImportRunTest, ARowThatWasAtFaultBeforeTheBreakIsEnteredAfterIt) {
  FakeKind kind;
  kind.unknown = {"C1", "C2", "C7"};
  kind.refused = "C0";
  kind.breaks_after = 4;
  const std::string path = TestFile("late.csv", Rows(12));
  EXPECT_EQ(BreakOff(kind, path).entered, 5u);
  kind.unknown = {"C2"};
  const ImportResult result = Resume(kind, path);
  EXPECT_EQ(result.rows, 12u);
  EXPECT_EQ(result.entered, 10u);
  EXPECT_THAT(kind.entered, SizeIs(10));
  EXPECT_EQ(kind.entered.count("C1"), 1u);
  ASSERT_THAT(result.refused, SizeIs(2));
  EXPECT_EQ(result.refused.at(1)[0].reason, "BAD");
  EXPECT_EQ(result.refused.at(3)[0].reason, "UNKNOWN");
}

TEST(ImportRunTest, ARowThatWasEnteredStaysSoWhateverIsWrongWithItAfterwards) {
  FakeKind kind;
  kind.breaks_after = 1;
  const std::string path = TestFile("closed.csv", Rows(6));
  EXPECT_EQ(BreakOff(kind, path).entered, 3u);
  kind.unknown = {"C1", "C4"};
  const ImportResult result = Resume(kind, path);
  EXPECT_EQ(result.entered, 5u);
  EXPECT_THAT(result.refused, SizeIs(1));
}

TEST(ImportRunTest, ABatchWhoseAnswerWasLostIsSentAgainAsItWas) {
  FakeKind kind;
  kind.unknown = {"C4"};
  kind.loses_answer = 2;
  const std::string path = TestFile("lost.csv", Rows(9));
  EXPECT_EQ(BreakOff(kind, path).entered, 3u);
  EXPECT_THAT(kind.entered, SizeIs(5)) << "of the second batch, too, without the row at fault";
  kind.unknown.clear();
  const ImportResult result = Resume(kind, path);
  EXPECT_EQ(result.entered, 9u);
  EXPECT_THAT(result.refused, IsEmpty()) << "none was there by another hand";
  EXPECT_THAT(kind.entered, SizeIs(9));
}

TEST(ImportRunTest, WhatIsRefusedAsAWholeLeavesNothingToGoOnWith) {
  FakeKind kind;
  kind.breaks_after = 0;
  kind.breaks_with = absl::PermissionDeniedError("not your right");
  const std::string path = TestFile("denied.csv", Rows(9));
  EXPECT_EQ(BreakOff(kind, path).entered, 0u);
  EXPECT_FALSE(std::filesystem::exists(path + ".progress"));
  kind.breaks_after = kind.calls + 1;
  EXPECT_EQ(BreakOff(kind, path).entered, 3u);
  EXPECT_TRUE(std::filesystem::exists(path + ".progress"));
}

TEST(ImportProgressTest, AFileOfAnotherVersionIsRefused) {
  for (const char* text : {"\"what\"\n[0,[]]\n", "[\"tuoyu import 3\",\"what\"]\n", "what\n", ""}) {
    const std::string path = TestFile("old.progress", text);
    const auto progress = ImportProgress::Begin(path, "what", true);
    ASSERT_FALSE(progress.ok()) << text;
    EXPECT_EQ(progress.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(progress.status().message(), HasSubstr("不是这个版本"));
    EXPECT_THAT(progress.status().message(), HasSubstr("not written by this version"));
  }
}

}  // namespace
}  // namespace tuoyu::cli
