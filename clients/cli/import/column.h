#ifndef TUOYU_CLIENTS_CLI_IMPORT_COLUMN_H_
#define TUOYU_CLIENTS_CLI_IMPORT_COLUMN_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/ids/checked.h"
#include "common/sheet/grid.h"
#include "common/sheet/header.h"

// How the columns of a clerk's table become the fields of a message.
namespace tuoyu::cli {

// What a cell of a column is read as.
enum class CellRule {
  kByField,  // as the type of the field says: text, choice, list of choices, day, number, yes or no
  kCode,     // text by which something is called: no digit may be lost
  kReference,  // the same with words in it, as it is: number of a document (文号)
  kDecimal,    // text of an exact number
  kMeasure,  // the same, with "%" behind it where it is written so: the kind of import knows the unit
  kDayText,  // text of a day, YYYY-MM-DD
  kLastDay,  // the last day on which it holds, or 长期 for no last one; the field is the day after
  kDegrees,  // an angle in degrees
  kLevel,    // the level of a vocational certificate
  kGiven,    // not set here: the kind of import makes the field of the text given
};

// A column of a table.
struct Column {
  absl::string_view field;  // path in the entry, "posts[0].role"
  absl::string_view names;  // what it may be called: Chinese|English|others
  CellRule rule = CellRule::kByField;
  bool required = false;
  absl::string_view example = {};  // what a template shows
};

// Why a row is refused: where, and what to mend.
struct RowFault {
  int column = -1;    // of the sheet, from 0; -1 for the row as a whole
  std::string title;  // of the column as the file has it; empty for the row
  std::string reason;
  std::string zh;
  std::string en;
};

// A row as it was read.
struct ImportRow {
  int number = 0;  // of the sheet, from 0
  std::unique_ptr<google::protobuf::Message> entry;
  std::map<absl::string_view, std::string> given;  // texts of the columns kGiven, by field
  std::vector<RowFault> faults;
  std::vector<RowFault> mended;  // what was put right, to be told
};

// The columns as what is looked for in a sheet.
std::vector<sheet::Heading> HeadingsOf(absl::Span<const Column> columns);

// A fault of a column of the sheet, found by its field.
RowFault FaultAt(const sheet::Header& header, absl::Span<const Column> columns,
                 absl::string_view field, const ids::IdError& what);

// The field a path leads to, and the messages on the way to it.
struct FieldPath {
  struct Step {
    const google::protobuf::FieldDescriptor* field;
    int index;  // of an element of a list; -1: the field is none
  };
  std::vector<Step> holders;
  const google::protobuf::FieldDescriptor* field = nullptr;
};

// Where "content.service_modes", "posts[0].role" leads; without field when there is none.
FieldPath PathOf(const google::protobuf::Descriptor& entry, absl::string_view path);

// Reads the rows of a sheet. All it is made of must outlive it.
class RowReader {
 public:
  // Rows become messages of the type `entry`.
  RowReader(const sheet::Grid& grid, const sheet::Header& header, absl::Span<const Column> columns,
            const google::protobuf::Descriptor& entry);

  // Reads the row of `row->number` into `row->entry`, all faults at once.
  void Read(ImportRow* row) const;

 private:
  const sheet::Grid& grid_;
  const sheet::Header& header_;
  const absl::Span<const Column> columns_;
  const int first_beyond_;        // column to the right of all headings
  std::vector<FieldPath> paths_;  // of the columns
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_COLUMN_H_
