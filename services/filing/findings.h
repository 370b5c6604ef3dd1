#ifndef TUOYU_SERVICES_FILING_FINDINGS_H_
#define TUOYU_SERVICES_FILING_FINDINGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/ids/checked.h"
#include "google/type/date.pb.h"
#include "services/filing/reasons.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"

// How the rules gather what they find, and the checks every field needs. Internal to the rules.
namespace tuoyu::filing {

// Why a form is looked at.
enum class Mode {
  kDraft,       // what can't be kept; nothing is required
  kComplete,    // everything, to be submitted
  kHistorical,  // everything, of an old paper: only what is impossible, and a blank that leaves nothing to register, blocks
  kReport,      // everything, of what is no filing: fields are required by this system
};

// Path of a field, put together only when there is something to say: "content.classes" [1] "capacity".
struct FieldPath {
  FieldPath(const char* field) : list(field) {}         // NOLINT(google-explicit-constructor)
  FieldPath(absl::string_view field) : list(field) {}   // NOLINT(google-explicit-constructor)
  FieldPath(const std::string& field) : list(field) {}  // NOLINT(google-explicit-constructor)
  FieldPath(absl::string_view list_field, absl::string_view member_field)
      : list(list_field), member(member_field) {}
  FieldPath(absl::string_view list_field, int item, absl::string_view member_field = "")
      : list(list_field), index(item), member(member_field) {}

  std::string ToString() const;

  absl::string_view list;
  int index = -1;
  absl::string_view member;
};

// What people call a field.
struct Label {
  absl::string_view zh;
  absl::string_view en;
};

// Gathers violations.
class Findings {
 public:
  Findings(const RuleContext& rule_context, Mode mode, Remarks remarks = Remarks::kTold)
      : context_(rule_context), mode_(mode), remarks_(remarks) {}

  const RuleContext& context() const { return context_; }
  const RuleSet& rules() const { return context_.rules; }
  absl::CivilDay today() const { return context_.today; }
  // False for drafts: only what is malformed is looked for.
  bool complete() const { return mode_ != Mode::kDraft; }
  bool historical() const { return mode_ == Mode::kHistorical; }

  // Level and source of the table.
  void Add(const FieldPath& field, ReasonName reason, absl::string_view zh, absl::string_view en);
  // Level and source of the rule set's rule.
  void Add(const FieldPath& field, ReasonName reason, common::v1::RuleLevel level,
           absl::string_view source, absl::string_view zh, absl::string_view en);
  // FIELD_REQUIRED, if complete().
  void Require(const FieldPath& field, const Label& label);
  // What an id check says. Its reason is in the table (a test sees to it).
  void Add(const FieldPath& field, const ids::IdError& error);

  // Everything found: blocking ones first, else in the order found.
  std::vector<common::v1::Violation> Take();

 private:
  bool Blocks(const FieldPath& field, const Reason& reason, common::v1::RuleLevel level) const;
  void Add(const FieldPath& field, const Reason& reason, common::v1::RuleLevel level,
           absl::string_view source, absl::string_view zh, absl::string_view en);

  const RuleContext context_;
  const Mode mode_;
  const Remarks remarks_;
  std::vector<common::v1::Violation> violations_;
};

// Bounds of a text in characters.
struct TextBounds {
  int minimum = 0;  // above 0: the text is required
  int maximum = 0;
  bool multiline = false;  // line breaks and tabs are allowed
};

// Checks a text: FIELD_REQUIRED, TEXT_TOO_SHORT (only complete), TEXT_TOO_LONG, TEXT_CHARACTER. Text of blanks counts as
// empty. True if there is a text and it is without fault.
bool CheckText(Findings& findings, const FieldPath& field, const Label& label,
               absl::string_view text, const TextBounds& bounds);

// Characters (code points) of `text`, or -1 if it has some that no one can see or that are no characters: control and
// format characters, private use, broken UTF-8.
int CountCharacters(absl::string_view text, bool multiline);

// True if all characters are letters or digits of any script or one of `others`.
bool HasOnly(absl::string_view text, absl::string_view others, bool digits);
// True if there is a Chinese character.
bool HasHan(absl::string_view text);

// Checks an enum: FIELD_REQUIRED for 0, VALUE_UNKNOWN. True if there is a known value.
bool CheckValue(Findings& findings, const FieldPath& field, const Label& label, int value,
                bool (*is_valid)(int), bool required = true);

// Checks a day: FIELD_REQUIRED, DATE_INVALID (no such day, or not in 1900 to 2199). The day if it is without fault.
std::optional<absl::CivilDay> CheckDay(Findings& findings, const FieldPath& field,
                                       const Label& label, const google::type::Date& date,
                                       bool required = true);
// The same with DATE_IN_FUTURE for days after today (only complete).
std::optional<absl::CivilDay> CheckPastDay(Findings& findings, const FieldPath& field,
                                           const Label& label, const google::type::Date& date,
                                           bool required = true);

// NUMBER_RANGE unless minimum <= value <= maximum. True if within. `unit` follows the numbers in the text.
bool CheckNumber(Findings& findings, const FieldPath& field, const Label& label, double value,
                 double minimum, double maximum, absl::string_view unit = "");

// LIST_TOO_LONG for more than `maximum` items. True if within.
bool CheckListSize(Findings& findings, const FieldPath& field, const Label& label, int size,
                   int maximum);

// True if the date is set at all (a message of zeros counts as unset).
bool IsSet(const google::type::Date& date);

// The day of a stored date; `otherwise` when it is unset.
absl::CivilDay DayOr(const google::type::Date& date, absl::CivilDay otherwise);

// "29.5" rather than "29.500000".
std::string Number(double value);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FINDINGS_H_
