#include "common/sheet/workbook.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "common/sheet/number_format.h"
#include "common/sheet/package.h"
#include "common/sheet/worksheet.h"

namespace tuoyu::sheet {
namespace {

bool IsTrue(absl::string_view value) { return value == "1" || value == "true"; }

// Parts that a part refers to, by id and by the last word of their type.
class Relationships : public XmlHandler {
 public:
  // `folder`: of the part that refers, "xl/".
  explicit Relationships(std::string folder) : folder_(std::move(folder)) {}

  absl::Status Start(absl::string_view name, const Attributes& attributes) override {
    if (name != "Relationship") return absl::OkStatus();
    absl::string_view target = attributes["Target"];
    const std::string part =
        absl::ConsumePrefix(&target, "/") ? std::string(target) : absl::StrCat(folder_, target);
    const absl::string_view type = attributes["Type"];
    by_id_.emplace(attributes["Id"], part);
    by_type_.emplace(type.substr(type.rfind('/') + 1), part);
    return absl::OkStatus();
  }
  absl::Status End(absl::string_view /*name*/) override { return absl::OkStatus(); }
  void Text(absl::string_view /*text*/) override {}

  std::string OfId(const std::string& id) const { return Find(by_id_, id); }
  std::string OfType(const std::string& type) const { return Find(by_type_, type); }

 private:
  static std::string Find(const std::map<std::string, std::string>& parts, const std::string& key) {
    const auto found = parts.find(key);
    return found == parts.end() ? "" : found->second;
  }

  const std::string folder_;
  std::map<std::string, std::string> by_id_;
  std::map<std::string, std::string> by_type_;
};

// The sheets of a workbook.
class Contents : public XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string id;  // of the relationship
    bool hidden;
  };

  absl::Status Start(absl::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") date_1904 = IsTrue(attributes["date1904"]);
    if (name == "sheet") {
      const absl::string_view state = attributes["state"];
      sheets.push_back({std::string(attributes["name"]), std::string(attributes["id"]),
                        !state.empty() && state != "visible"});
    }
    return absl::OkStatus();
  }
  absl::Status End(absl::string_view /*name*/) override { return absl::OkStatus(); }
  void Text(absl::string_view /*text*/) override {}

  bool date_1904 = false;
  std::vector<Sheet> sheets;
};

// What the cell formats show numbers as: plain numbers, days or percent.
class Styles : public XmlHandler {
 public:
  absl::Status Start(absl::string_view name, const Attributes& attributes) override {
    if (name == "numFmt") {
      int id = 0;
      if (absl::SimpleAtoi(attributes["numFmtId"], &id)) {
        codes_.emplace(id, attributes["formatCode"]);
      }
    } else if (name == "cellXfs") {
      in_formats_ = true;
    } else if (name == "xf" && in_formats_) {
      int id = 0;
      const bool numbered = absl::SimpleAtoi(attributes["numFmtId"], &id);
      const auto code = codes_.find(id);
      shown_as.push_back(numbered ? KindOf(id, code == codes_.end() ? "" : code->second)
                                  : CellKind::kNumber);
    }
    return absl::OkStatus();
  }
  absl::Status End(absl::string_view name) override {
    if (name == "cellXfs") in_formats_ = false;
    return absl::OkStatus();
  }
  void Text(absl::string_view /*text*/) override {}

  std::vector<CellKind> shown_as;

 private:
  static CellKind KindOf(int id, absl::string_view code) {
    if (IsDayFormat(id, code)) return CellKind::kDay;
    return IsPercentFormat(id, code) ? CellKind::kPercent : CellKind::kNumber;
  }

  std::map<int, std::string> codes_;
  bool in_formats_ = false;
};

// The texts that cells share.
class SharedStrings : public XmlHandler {
 public:
  explicit SharedStrings(Grid* grid) : grid_(grid) {}

  absl::Status Start(absl::string_view name, const Attributes& /*attributes*/) override {
    if (name == "si") text_.clear();
    if (name == "rPh") phonetic_ = true;
    in_text_ = name == "t" && !phonetic_;
    return absl::OkStatus();
  }
  absl::Status End(absl::string_view name) override {
    in_text_ = false;
    if (name == "rPh") phonetic_ = false;
    return name == "si" ? grid_->AddText(text_).status() : absl::OkStatus();
  }
  void Text(absl::string_view text) override {
    if (in_text_) text_.append(text.data(), text.size());
  }

 private:
  Grid* grid_;
  std::string text_;
  bool in_text_ = false;
  bool phonetic_ = false;
};

// "xl/" of "xl/workbook.xml".
std::string FolderOf(const std::string& part) { return part.substr(0, part.rfind('/') + 1); }

// "xl/_rels/workbook.xml.rels" of "xl/workbook.xml".
std::string RelationshipsOf(const std::string& part) {
  const std::string folder = FolderOf(part);
  return absl::StrCat(folder, "_rels/", part.substr(folder.size()), ".rels");
}

absl::StatusOr<Contents::Sheet> Choose(const std::vector<Contents::Sheet>& sheets,
                                       const std::string& wanted) {
  for (const Contents::Sheet& sheet : sheets) {
    if (wanted.empty() ? !sheet.hidden : sheet.name == wanted) return sheet;
  }
  size_t number = 0;
  if (absl::SimpleAtoi(wanted, &number) && number >= 1 && number <= sheets.size()) {
    return sheets[number - 1];
  }
  const std::string names =
      absl::StrJoin(sheets, "、", [](std::string* out, const Contents::Sheet& sheet) {
        absl::StrAppend(out, "“", sheet.name, "”");
      });
  return absl::InvalidArgumentError(absl::StrCat("没有工作表“", wanted, "”，现有：", names,
                                                 " (no such sheet; there are ", names, ")"));
}

}  // namespace

absl::Status ReadWorkbook(absl::string_view bytes, const std::string& sheet, const Limits& limits,
                          Grid* grid, std::string* name) {
  ASSIGN_OR_RETURN(Package package, Package::Open(bytes, limits.unpacked_bytes));
  Relationships of_package("");
  RETURN_IF_ERROR(package.Read("_rels/.rels", of_package));
  const std::string workbook = of_package.OfType("officeDocument");
  Contents contents;
  RETURN_IF_ERROR(package.Read(workbook, contents));
  Relationships parts(FolderOf(workbook));
  RETURN_IF_ERROR(package.Read(RelationshipsOf(workbook), parts));
  grid->set_date_1904(contents.date_1904);
  Styles styles;
  const std::string style_part = parts.OfType("styles");
  if (!style_part.empty()) RETURN_IF_ERROR(package.Read(style_part, styles));
  SharedStrings strings(grid);
  const std::string string_part = parts.OfType("sharedStrings");
  if (!string_part.empty()) RETURN_IF_ERROR(package.Read(string_part, strings));
  ASSIGN_OR_RETURN(const Contents::Sheet chosen, Choose(contents.sheets, sheet));
  *name = chosen.name;
  Worksheet worksheet(std::move(styles.shown_as), grid);
  return package.Read(parts.OfId(chosen.id), worksheet);
}

}  // namespace tuoyu::sheet
