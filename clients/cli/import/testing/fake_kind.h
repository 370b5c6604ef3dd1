#ifndef TUOYU_CLIENTS_CLI_IMPORT_TESTING_FAKE_KIND_H_
#define TUOYU_CLIENTS_CLI_IMPORT_TESTING_FAKE_KIND_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/import/kind.h"
#include "common/rpc/errors.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// What tests of reading and of sending share.
namespace tuoyu::cli {

// Writes a file of a test and gives its path.
inline std::string TestFile(const std::string& name, const std::string& text) {
  const std::string path = absl::StrCat(testing::TempDir(), "/import_test_", getpid(), "_", name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

inline constexpr Column kFakeColumns[] = {
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
  absl::Span<const Column> columns() const override { return kFakeColumns; }
  const google::protobuf::Message& entry() const override {
    return filing::v1::BackEntry::default_instance();
  }
  size_t batch() const override { return 3; }
  absl::Status Complete(ImportRow* row, FaultMaker at) override {
    const auto& entry = static_cast<const filing::v1::BackEntry&>(*row->entry);
    if (unknown.count(entry.content().uscc()) > 0) {
      row->faults.push_back(at("content.uscc", {"UNKNOWN", "不认得", "not known"}));
    }
    return absl::OkStatus();
  }
  std::string KeyOf(const google::protobuf::Message& entry) const override {
    return static_cast<const filing::v1::BackEntry&>(entry).content().uscc();
  }
  std::vector<OwnValue> OwnValues(const google::protobuf::Message& entry) const override {
    const auto& number = static_cast<const filing::v1::BackEntry&>(entry).receipt_number();
    return number.empty() ? std::vector<OwnValue>()
                          : std::vector<OwnValue>{{"receipt_number", number}};
  }
  // Whatever has the same name.
  std::string SubjectOf(const google::protobuf::Message& entry) const override {
    return static_cast<const filing::v1::BackEntry&>(entry).content().name();
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
      filing::v1::BackEntry entry;
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
      } else if (entered.count(code) > 0 && entered.at(code) != *entries[i]) {
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
    for (size_t i = 0; i < codes.size(); ++i) entered.emplace(codes[i], *entries[i]);
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
  std::map<std::string, std::string> entered;  // the entry of each code; the same again is no fault

 private:
  std::mutex mutex_;
  std::set<std::string> answered_;
  std::map<std::string, std::string> holder_;  // codes by name
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_TESTING_FAKE_KIND_H_
