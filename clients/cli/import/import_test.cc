// How rows become entries, and how an import goes on, without services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>

#include "absl/strings/str_cat.h"
#include "clients/cli/import/choice.h"
#include "clients/cli/import/coordinates.h"
#include "clients/cli/import/import_file.h"
#include "clients/cli/import/import_progress.h"
#include "clients/cli/import/import_report.h"
#include "clients/cli/import/import_run.h"
#include "clients/cli/import/town.h"
#include "common/rpc/errors.h"
#include "nlohmann/json.hpp"
#include "tuoyu/filing/v1/filing_service.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string File(const std::string& name, const std::string& text) {
  const std::string path = absl::StrCat(testing::TempDir(), "/import_test_", getpid(), "_", name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

constexpr Column kColumns[] = {
    {"content.name", "机构名称|name", CellRule::kByField, true},
    {"content.uscc", "信用代码|uscc", CellRule::kCode, true},
    {"content.service_modes", "服务方式"},
    {"content.approved_capacity", "托位数"},
    {"filed_on", "备案日期"},
    {"recognitions[0].valid_to", "普惠截止日", CellRule::kLastDay},
    {"content.open_to_public", "面向社会"},
    {"content.gross_floor_area_m2", "建筑面积"},
    {"receipt_number", "备案编号"},
};

// A service in memory: entries by code, answers by request id, and what it refuses.
class FakeKind : public ImportKind {
 public:
  absl::string_view name() const override { return "fakes"; }
  Bilingual title() const override { return {"假", "fakes"}; }
  absl::Span<const Column> columns() const override { return kColumns; }
  const google::protobuf::Message& entry() const override {
    return pb::BackEntry::default_instance();
  }
  size_t batch() const override { return 3; }
  absl::Status Complete(ImportRow* row, FaultMaker at) override {
    const auto& entry = static_cast<const pb::BackEntry&>(*row->entry);
    if (unknown.count(entry.content().uscc()) > 0) {
      row->faults.push_back(at("content.uscc", {"UNKNOWN", "不认得", "not known"}));
    }
    return absl::OkStatus();
  }
  std::string KeyOf(const google::protobuf::Message& entry) const override {
    return static_cast<const pb::BackEntry&>(entry).content().uscc();
  }
  std::vector<OwnValue> OwnValues(const google::protobuf::Message& entry) const override {
    const auto& number = static_cast<const pb::BackEntry&>(entry).receipt_number();
    return number.empty() ? std::vector<OwnValue>()
                          : std::vector<OwnValue>{{"receipt_number", number}};
  }
  // Whatever has the same name.
  std::string SubjectOf(const google::protobuf::Message& entry) const override {
    return static_cast<const pb::BackEntry&>(entry).content().name();
  }
  absl::Status Send(absl::Span<const std::string* const> entries, const std::string& request_id,
                    bool check, std::vector<common::v1::Violation>* found) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++calls;
    if (calls > breaks_after) return breaks_with;
    if (!check && answered_.count(request_id) > 0) return absl::OkStatus();
    std::vector<common::v1::Violation> wrong;
    std::vector<std::string> codes;
    EXPECT_LE(entries.size(), batch());
    for (size_t i = 0; i < entries.size(); ++i) {
      pb::BackEntry entry;
      EXPECT_TRUE(entry.ParseFromString(*entries[i]));
      const std::string& code = entry.content().uscc();
      codes.push_back(code);
      // Of those with a name only the first is let in.
      const auto [first, is_new] = holder_.try_emplace(entry.content().name(), code);
      if (!is_new && first->second != code && check_names) {
        wrong.push_back(rpc::FieldViolation(absl::StrCat("entries[", i, "].content.name"), "NAMED",
                                            "重名", "taken"));
      } else if (code == refused) {
        wrong.push_back(rpc::FieldViolation(absl::StrCat("entries[", i, "].content.uscc"), "BAD",
                                            "不行", "no"));
      } else if (entered.count(code) > 0) {
        wrong.push_back(rpc::FieldViolation(absl::StrCat("entries[", i, "].source"),
                                            "SOURCE_ID_EXISTS", "已有", "there"));
      }
      if (code == only_when_entered && !check) {
        return rpc::Error("PERSON_BANNED", {{"field", absl::StrCat("entries[", i, "]")}});
      }
    }
    if (check) {
      *found = wrong;
      for (size_t i = 0; remarks && i < entries.size(); ++i) {
        found->push_back(rpc::FieldViolation(absl::StrCat("entries[", i, "].content.name"), "LOOK",
                                             "请核对", "look at it"));
        found->back().set_blocking(false);
      }
      return absl::OkStatus();
    }
    if (!wrong.empty()) return rpc::FormError(wrong);
    for (const std::string& code : codes) {
      EXPECT_TRUE(entered.insert(code).second) << code << " was entered twice";
    }
    answered_.insert(request_id);
    return calls == loses_answer ? breaks_with : absl::OkStatus();
  }

  int calls = 0;
  int breaks_after = 1'000'000;
  int loses_answer = 0;  // the call that has its effect while its answer is lost
  absl::Status breaks_with = absl::UnavailableError("gone");
  std::set<std::string> unknown;  // what the service does not know yet
  std::string refused;
  std::string only_when_entered;
  bool remarks = false;  // of every row
  bool check_names = false;
  std::set<std::string> entered;

 private:
  std::mutex mutex_;
  std::set<std::string> answered_;
  std::map<std::string, std::string> holder_;  // codes by name
};

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

pb::BackEntry EntryOf(const ImportFile& file, size_t row) {
  pb::BackEntry entry;
  EXPECT_TRUE(entry.ParseFromString(file.rows[row].entry));
  return entry;
}

TEST(ImportFileTest, CellsBecomeFieldsByTheirTypes) {
  FakeKind kind;
  const auto file = ReadImportFile(
      File("fields.csv",
           "机构名称,uscc,服务方式,托位数,备案日期,普惠截止日,面向社会,建筑面积,备注\n"
           " 甲园 ,91５,全日托、half day,\"1,200\",2025年1月2日,2025-12-31,否,12.50,x\n"
           "乙园,92,,—,,,无,,\n"),
      "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_THAT(file->rows, SizeIs(2));
  EXPECT_THAT(file->rows[0].faults, IsEmpty());
  const pb::BackEntry entry = EntryOf(*file, 0);
  EXPECT_EQ(entry.content().name(), "甲园");
  EXPECT_EQ(entry.content().uscc(), "915");
  EXPECT_THAT(entry.content().service_modes(),
              ElementsAre(pb::SERVICE_MODE_FULL_DAY, pb::SERVICE_MODE_HALF_DAY));
  EXPECT_EQ(entry.content().approved_capacity(), 1200);
  EXPECT_EQ(entry.filed_on().day(), 2);
  EXPECT_EQ(entry.recognitions(0).valid_to().year(), 2026) << "the day after the last one";
  EXPECT_EQ(entry.content().gross_floor_area_m2(), 12.5);
  EXPECT_EQ(EntryOf(*file, 1).recognitions_size(), 0);
  EXPECT_THAT(file->header.unknown, ElementsAre(8));
}

TEST(ImportFileTest, EverythingWrongInARowIsTold) {
  FakeKind kind;
  const auto file = ReadImportFile(
      File("wrong.csv", "机构名称,uscc,服务方式,托位数,备案日期\n,9.1E+17,夜托,几个,昨天\n"), "",
      kind);
  ASSERT_TRUE(file.ok()) << file.status();
  std::vector<std::string> told;
  for (const RowFault& fault : file->rows[0].faults) {
    told.push_back(absl::StrCat(fault.title, " ", fault.reason));
  }
  EXPECT_THAT(told,
              ElementsAre("机构名称 FIELD_REQUIRED", "uscc CODE_SCIENTIFIC",
                          "服务方式 CHOICE_UNKNOWN", "托位数 DECIMAL_FORM", "备案日期 DAY_FORM"));
  EXPECT_THAT(file->rows[0].faults[2].zh, HasSubstr("全日托、半日托"));
}

TEST(ImportFileTest, RowsOfTheSameThing) {
  FakeKind kind;
  const auto file = ReadImportFile(
      File("same.csv",
           "机构名称,uscc\n甲,1\n甲 ,１\n乙,2\n丙,2\n合计,\n合　 计：,\n小\u00A0计,\n,\n"),
      "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_THAT(file->rows, SizeIs(4));
  EXPECT_EQ(file->rows[1].same_as, 1);
  EXPECT_THAT(file->rows[2].faults, SizeIs(1));
  EXPECT_THAT(file->rows[3].faults[0].zh, HasSubstr("第 4 行"));
  EXPECT_FALSE(ReadImportFile(File("none.csv", "机构名称,uscc\n"), "", kind).ok());
  EXPECT_FALSE(ReadImportFile("/nowhere.csv", "", kind).ok());
}

TEST(ImportFileTest, WhatIsOnesOwnCantBeInTwoRows) {
  FakeKind kind;
  std::string text = "机构名称,uscc,备案编号\n";
  for (int i = 0; i < 9; ++i) absl::StrAppend(&text, "园", i, ",", i, ",号", i % 8, "\n");
  const auto file = ReadImportFile(File("own.csv", text), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_THAT(file->rows, SizeIs(9));
  for (const size_t row : {0, 8}) {
    ASSERT_THAT(file->rows[row].faults, SizeIs(1));
    EXPECT_EQ(file->rows[row].faults[0].reason, "VALUE_REPEATED");
    EXPECT_EQ(file->rows[row].faults[0].title, "备案编号");
    EXPECT_THAT(file->rows[row].faults[0].zh, HasSubstr(row == 0 ? "第 10 行" : "第 2 行"));
  }
  EXPECT_THAT(file->rows[1].faults, IsEmpty());
}

// Rows about the same far from each other: the first is let in, in a check as when they are entered, with any number of
// threads.
TEST(ImportRunTest, WhatIsAboutTheSameIsSentTogetherInTheOrderOfTheFile) {
  std::string text = Rows(40);
  for (int i = 0; i < 8; ++i) absl::StrAppend(&text, "演练", i / 4, ",D", i, "\n");
  for (const bool check : {true, false}) {
    FakeKind kind;
    kind.check_names = true;
    const auto file = ReadImportFile(File("together.csv", text), "", kind);
    ASSERT_TRUE(file.ok()) << file.status();
    const ImportResult result = ImportAll(kind, *file, nullptr, check);
    EXPECT_EQ(result.entered, 40u);
    ASSERT_THAT(result.refused, SizeIs(8));
    for (int row = 41; row < 49; ++row) EXPECT_EQ(result.refused.at(row)[0].reason, "NAMED");
  }
}

TEST(ImportRunTest, AStoppedImportTellsHowFarItCame) {
  FakeKind kind;
  const auto file = ReadImportFile(File("stopped.csv", Rows(10)), "", kind);
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
  kind.entered = {"C1"};
  const auto file = ReadImportFile(File("run.csv", Rows(10)), "", kind);
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
  const auto file = ReadImportFile(File("again.csv", Rows(10)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  for (int i = 0; i < 2; ++i) {
    const ImportResult result = ImportAll(kind, *file);
    EXPECT_EQ(result.entered, 9u);
    EXPECT_THAT(result.refused, SizeIs(1));
  }
  EXPECT_THAT(kind.entered, SizeIs(9));
}

TEST(ImportRunTest, ACheckEntersNothing) {
  FakeKind kind;
  kind.refused = "C4";
  const auto file = ReadImportFile(File("check.csv", Rows(10)), "", kind);
  ASSERT_TRUE(file.ok()) << file.status();
  const ImportResult result = ImportAll(kind, *file, nullptr, true);
  EXPECT_EQ(result.entered, 9u);
  EXPECT_THAT(kind.entered, IsEmpty());
}

TEST(ImportRunTest, RemarksAreToldWithTheirRowsAndKeepNoneOut) {
  FakeKind kind;
  kind.remarks = true;
  kind.refused = "C4";
  const auto file = ReadImportFile(File("remarks.csv", Rows(1'200)), "", kind);
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
  const std::string path = File("break.csv", Rows(30));
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
  const std::string path = File("late.csv", Rows(12));
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
  const std::string path = File("closed.csv", Rows(6));
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
  const std::string path = File("lost.csv", Rows(9));
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
  const std::string path = File("denied.csv", Rows(9));
  EXPECT_EQ(BreakOff(kind, path).entered, 0u);
  EXPECT_FALSE(std::filesystem::exists(path + ".progress"));
  kind.breaks_after = kind.calls + 1;
  EXPECT_EQ(BreakOff(kind, path).entered, 3u);
  EXPECT_TRUE(std::filesystem::exists(path + ".progress"));
}

TEST(ImportProgressTest, AFileOfAnotherVersionIsRefused) {
  for (const char* text : {"\"what\"\n[0,[]]\n", "[\"tuoyu import 3\",\"what\"]\n", "what\n", ""}) {
    const std::string path = File("old.progress", text);
    const auto progress = ImportProgress::Begin(path, "what", true);
    ASSERT_FALSE(progress.ok()) << text;
    EXPECT_EQ(progress.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(progress.status().message(), HasSubstr("不是这个版本"));
    EXPECT_THAT(progress.status().message(), HasSubstr("not written by this version"));
  }
}

TEST(ChoiceTest, LabelsNamesAndCommonWords) {
  const auto& role = *pb::Post::descriptor()->FindFieldByName("role");
  for (const char* text : {"保育人员", "carer", "CARER", "STAFF_ROLE_CARER", "保育员", "保育 员"}) {
    const auto value = ReadChoice(role, text);
    ASSERT_TRUE(value.ok()) << text;
    EXPECT_EQ(value.value(), pb::STAFF_ROLE_CARER);
  }
  EXPECT_THAT(ReadChoice(role, "校长").error().message_zh, HasSubstr("机构负责人、保育人员"));
  EXPECT_FALSE(ReadChoice(role, "").ok());
  EXPECT_FALSE(ReadChoice(role, "UNSPECIFIED").ok());
}

TEST(TownTest, ATownIsFoundByEveryNameThatIsItsAlone) {
  const auto divisions = data::Divisions::Parse(
      "# title: t\n# source: s\n# version: 1\n# effective_from: 2020-01-01\n"
      "# city_code: 500000\n# city_name: 重庆市\n"
      "code,name,type,parent_code,valid_from,valid_to\n"
      "500111,大足区,district,500000,,\n500111001,龙岗街道,street,500111,,\n"
      "500111002,棠香街道,street,500111,,\n500111100,龙岗镇,town,500111,,\n",
      "divisions.csv");
  ASSERT_TRUE(divisions.ok()) << divisions.status();
  const auto code_of = [&](absl::string_view text) {
    return TownNamed(*divisions, text, absl::CivilDay(2025, 1, 1)).value_or("");
  };
  for (const char* text : {"棠香街道", "棠香", "大足区棠香街道", "重庆市大足区棠香街道",
                           "重庆大足区棠香", " 棠香　街道", "棠香街道办事处"}) {
    EXPECT_EQ(code_of(text), "500111002") << text;
  }
  EXPECT_EQ(code_of("龙岗镇"), "500111100");
  for (const char* text : {"龙岗", "棠香镇", "大足区", "重庆市", "", "成都市大足区棠香街道"}) {
    EXPECT_EQ(code_of(text), "") << text;
  }
}

TEST(CoordinatesTest, OnlyWhatLiesInTheDistrictWhenSwappedIsSwapped) {
  pb::RuleSet rules;
  for (const double edge : {105.472109, 29.370947, 106.036846, 29.861028}) {
    rules.add_bounding_box_gcj02(edge);
  }
  common::v1::Coordinate point;
  point.set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  point.set_longitude(29.7);
  point.set_latitude(105.7);
  EXPECT_TRUE(UnswapPoint(rules, &point));
  EXPECT_EQ(point.longitude(), 105.7);
  EXPECT_FALSE(UnswapPoint(rules, &point));
  point.set_longitude(30.5);
  point.set_latitude(104.0);
  EXPECT_FALSE(UnswapPoint(rules, &point)) << "elsewhere: the service tells";
}

}  // namespace
}  // namespace tuoyu::cli
