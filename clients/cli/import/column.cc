#include "clients/cli/import/column.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/import/choice.h"
#include "common/base/civil.h"
#include "common/sheet/cell_rules.h"
#include "google/type/date.pb.h"

namespace tuoyu::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ids::IdError;

// A part of a path: name, and the number in brackets.
struct Part {
  absl::string_view name;
  int index = -1;
};

Part PartOf(absl::string_view text) {
  const size_t open = text.find('[');
  if (open == absl::string_view::npos) return {text};
  Part part{text.substr(0, open)};
  if (!absl::SimpleAtoi(text.substr(open + 1, text.size() - open - 2), &part.index)) part.index = 0;
  return part;
}

// The message that holds the field of a path; elements of lists are added as needed.
Message* HolderOf(Message* message, const FieldPath& path) {
  for (const FieldPath::Step& step : path.holders) {
    const auto* reflection = message->GetReflection();
    if (step.index < 0) {
      message = reflection->MutableMessage(message, step.field);
      continue;
    }
    while (reflection->FieldSize(*message, step.field) <= step.index) {
      reflection->AddMessage(message, step.field);
    }
    message = reflection->MutableRepeatedMessage(message, step.field, step.index);
  }
  return message;
}

// The choices a text names, between commas and the like; between blanks, too, where a part is none as a whole.
std::optional<IdError> SetChoices(Message* holder, const FieldDescriptor* field,
                                  const std::string& text) {
  const std::string plain = absl::StrReplaceAll(
      text, {{"、", ","}, {"，", ","}, {"；", ","}, {";", ","}, {"/", ","}, {"+", ","}});
  const auto add = [&](int number) {
    holder->GetReflection()->AddEnumValue(holder, field, number);
  };
  for (const absl::string_view part : absl::StrSplit(plain, ',', absl::SkipWhitespace())) {
    if (const auto whole = ReadChoice(*field, part); whole.ok()) {
      add(whole.value());
      continue;
    }
    for (const absl::string_view word : absl::StrSplit(part, ' ', absl::SkipEmpty())) {
      const auto value = ReadChoice(*field, word);
      if (!value.ok()) return value.error();
      add(value.value());
    }
  }
  return std::nullopt;
}

std::optional<IdError> SetDay(Message* holder, const FieldDescriptor* field, absl::CivilDay day) {
  auto* date = holder->GetReflection()->MutableMessage(holder, field);
  date->CopyFrom(ToProto(day));
  return std::nullopt;
}

std::optional<IdError> SetText(Message* holder, const FieldDescriptor* field, CellRule rule,
                               const sheet::Cell& cell) {
  const auto text = rule == CellRule::kCode        ? sheet::CodeOf(cell)
                    : rule == CellRule::kDecimal   ? sheet::DecimalOf(cell)
                    : rule == CellRule::kMeasure   ? sheet::MeasureOf(cell)
                    : rule == CellRule::kReference ? sheet::ReferenceOf(cell)
                                                   : sheet::PlainTextOf(cell);
  if (!text.ok()) return text.error();
  holder->GetReflection()->SetString(holder, field, text.value());
  return std::nullopt;
}

std::optional<IdError> SetNumber(Message* holder, const FieldDescriptor* field, CellRule rule,
                                 const sheet::Cell& cell) {
  const auto* reflection = holder->GetReflection();
  if (rule == CellRule::kLevel) {
    const auto level = sheet::SkillLevelOf(cell);
    if (!level.ok()) return level.error();
    reflection->SetInt32(holder, field, level.value());
    return std::nullopt;
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    const auto decimal =
        rule == CellRule::kDegrees ? sheet::DegreesOf(cell) : sheet::DecimalOf(cell);
    if (!decimal.ok()) return decimal.error();
    double number = 0;
    if (!absl::SimpleAtod(decimal.value(), &number)) {
      return IdError{"DECIMAL_FORM", "应为数字", "must be a number"};
    }
    reflection->SetDouble(holder, field, number);
    return std::nullopt;
  }
  const auto count = sheet::CountOf(cell);
  if (!count.ok()) return count.error();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
    reflection->SetInt64(holder, field, count.value());
  } else if (count.value() > INT32_MAX) {
    return IdError{"COUNT_FORM", "数字过大，请核对", "too large: check it"};
  } else {
    reflection->SetInt32(holder, field, static_cast<int32_t>(count.value()));
  }
  return std::nullopt;
}

std::optional<IdError> SetSingle(Message* holder, const FieldDescriptor* field, CellRule rule,
                                 const sheet::Cell& cell, bool date_1904) {
  const bool is_day = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (is_day || rule == CellRule::kDayText) {
    if (rule == CellRule::kLastDay && sheet::IsEndless(cell)) return std::nullopt;
    const auto day = sheet::DayOf(cell, date_1904);
    if (!day.ok()) return day.error();
    if (is_day) return SetDay(holder, field, day.value() + (rule == CellRule::kLastDay ? 1 : 0));
    holder->GetReflection()->SetString(holder, field, FormatDay(day.value()));
    return std::nullopt;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return SetText(holder, field, rule, cell);
    case FieldDescriptor::CPPTYPE_BOOL: {
      const auto flag = sheet::FlagOf(cell);
      if (!flag.ok()) return flag.error();
      holder->GetReflection()->SetBool(holder, field, flag.value());
      return std::nullopt;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto text = sheet::TextOf(cell);
      if (!text.ok()) return text.error();
      const auto value = ReadChoice(*field, text.value());
      if (!value.ok()) return value.error();
      holder->GetReflection()->SetEnumValue(holder, field, value.value());
      return std::nullopt;
    }
    default:
      return SetNumber(holder, field, rule, cell);
  }
}

std::optional<IdError> SetField(Message* entry, const FieldPath& path, CellRule rule,
                                const sheet::Cell& cell, bool date_1904) {
  Message* holder = HolderOf(entry, path);
  if (!path.field->is_repeated()) return SetSingle(holder, path.field, rule, cell, date_1904);
  const auto text = sheet::TextOf(cell);
  if (!text.ok()) return text.error();
  return SetChoices(holder, path.field, text.value());
}

// "无" is an answer to a question of yes or no, and nothing elsewhere.
bool IsLeftOut(const Column& column, const FieldDescriptor* field, const sheet::Cell& cell) {
  if (!sheet::IsBlank(cell)) return false;
  const bool flag = field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL &&
                    column.rule == CellRule::kByField;
  return !flag || !sheet::FlagOf(cell).ok();
}

// The first column to the right of all headings.
int FirstBeyond(const sheet::Header& header) {
  const auto titled = std::find_if(header.titles.rbegin(), header.titles.rend(),
                                   [](const std::string& title) { return !title.empty(); });
  return static_cast<int>(header.titles.rend() - titled);
}

// A cell of the columns from `first` on, to the right of all headings: mostly what a comma within a text has moved there.
std::optional<RowFault> CheckBeyond(const sheet::Grid& grid, const sheet::Header& header, int first,
                                    int row) {
  for (int column = first; column < grid.columns(); ++column) {
    const sheet::Cell cell = sheet::BodyCell(grid, header, row, column);
    if (sheet::IsBlank(cell)) continue;
    return RowFault{
        column, "", "CELL_BEYOND_HEADINGS",
        absl::StrCat("第 ", column + 1, " 列没有表头而有内容“", sheet::Written(cell),
                     "”：文字中有逗号的请加引号，或给该列加上表头"),
        absl::StrCat("column ", column + 1, " has no heading but says \"", sheet::Written(cell),
                     "\": quote texts with a comma, or give the column a heading")};
  }
  return std::nullopt;
}

}  // namespace

FieldPath PathOf(const Descriptor& entry, absl::string_view path) {
  FieldPath found;
  const Descriptor* message = &entry;
  for (const absl::string_view text : absl::StrSplit(path, '.')) {
    if (message == nullptr) return {};
    const Part part = PartOf(text);
    const FieldDescriptor* field = message->FindFieldByName(std::string(part.name));
    if (field == nullptr) return {};
    message = field->message_type();
    found.holders.push_back({field, part.index});
  }
  found.field = found.holders.back().field;
  found.holders.pop_back();
  return found;
}

std::vector<sheet::Heading> HeadingsOf(absl::Span<const Column> columns) {
  std::vector<sheet::Heading> headings;
  for (const Column& column : columns) {
    headings.push_back({absl::StrSplit(column.names, '|'), column.required});
  }
  return headings;
}

RowFault FaultAt(const sheet::Header& header, absl::Span<const Column> columns,
                 absl::string_view field, const IdError& what) {
  RowFault fault{-1, "", what.reason, what.message_zh, what.message_en};
  // The column of this field, else one of what it is part of or what is part of it. A list as a whole has none: which of its
  // columns is meant only the text tells.
  const auto fits = [&](absl::string_view other, int how) {
    if (how == 0) return other == field;
    return absl::StartsWith(other, absl::StrCat(field, ".")) ||
           absl::StartsWith(field, absl::StrCat(other, ".")) ||
           absl::StartsWith(field, absl::StrCat(other, "["));
  };
  for (const int how : {0, 1}) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (field.empty() || !fits(columns[i].field, how)) continue;
      fault.column = header.columns[i];
      fault.title = fault.column >= 0
                        ? header.titles[static_cast<size_t>(fault.column)]
                        : std::string(columns[i].names.substr(0, columns[i].names.find('|')));
      if (fault.column >= 0) return fault;
    }
    if (!fault.title.empty()) return fault;
  }
  return fault;
}

RowReader::RowReader(const sheet::Grid& grid, const sheet::Header& header,
                     absl::Span<const Column> columns, const Descriptor& entry)
    : grid_(grid), header_(header), columns_(columns), first_beyond_(FirstBeyond(header)) {
  for (const Column& column : columns) paths_.push_back(PathOf(entry, column.field));
}

void RowReader::Read(ImportRow* row) const {
  if (auto beyond = CheckBeyond(grid_, header_, first_beyond_, row->number)) {
    row->faults.push_back(*std::move(beyond));
  }
  for (size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    const int place = header_.columns[i];
    const sheet::Cell cell =
        place < 0 ? sheet::Cell{} : sheet::BodyCell(grid_, header_, row->number, place);
    if (IsLeftOut(column, paths_[i].field, cell)) {
      if (column.required) {
        row->faults.push_back(
            FaultAt(header_, columns_, column.field, {"FIELD_REQUIRED", "必填", "required"}));
      }
      continue;
    }
    std::optional<IdError> wrong;
    if (column.rule == CellRule::kGiven) {
      const auto text = sheet::TextOf(cell);
      if (text.ok()) {
        row->given[column.field] = text.value();
      } else {
        wrong = text.error();
      }
    } else {
      wrong = SetField(row->entry.get(), paths_[i], column.rule, cell, grid_.date_1904());
    }
    if (wrong.has_value()) row->faults.push_back(FaultAt(header_, columns_, column.field, *wrong));
  }
}

}  // namespace tuoyu::cli
