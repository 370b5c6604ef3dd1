#ifndef TUOYU_CLIENTS_CLI_EXPORT_OUT_COLUMN_H_
#define TUOYU_CLIENTS_CLI_EXPORT_OUT_COLUMN_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "clients/cli/text.h"
#include "common/sheet/writer.h"

namespace tuoyu::cli {

// What is made of a field.
enum class OutRule {
  kByField,
  kLastDay,     // of the first day it no longer holds the day before
  kNumberText,  // a number that the message has as text
  kWithheld,    // of a flag: why the value beside it is not told
};

// A column of an exported table.
struct OutColumn {
  absl::string_view field;  // path in the message, "content.location.longitude", "posts[0].role"
  absl::string_view zh;
  absl::string_view en;
  OutRule rule = OutRule::kByField;
};

std::vector<std::string> TitlesOf(absl::Span<const OutColumn> columns, Language language);

// Adds the values of a message: choices by their labels, days as days, numbers as numbers, classes as 托小班20、托大班25,
// certificates as 保育师 四级 2250001234567 有效至2027-05-31；健康合格证 (the last day of each, its number as the message has it). What
// the message does not hold, or holds as 0 without saying so, is an empty cell: nobody told, or the caller may not see it.
void AddCells(const google::protobuf::Message& message, absl::Span<const OutColumn> columns,
              Language language, std::vector<sheet::OutCell>* cells);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_EXPORT_OUT_COLUMN_H_
