#ifndef TUOYU_CLIENTS_CLI_REPORT_MONTH_SECTIONS_H_
#define TUOYU_CLIENTS_CLI_REPORT_MONTH_SECTIONS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "clients/cli/report/document.h"
#include "clients/cli/report/month_data.h"

// The parts of the monthly report (month_report.h).
namespace tuoyu::cli {

// Takes the text of one of two languages.
class Speaker {
 public:
  explicit Speaker(Language language) : language_(language) {}
  std::string operator()(absl::string_view zh, absl::string_view en) const {
    return std::string(chinese() ? zh : en);
  }
  bool chinese() const { return language_ == Language::kChinese; }
  Language language() const { return language_; }

 private:
  Language language_;
};

// The indicators against the month before.
DocumentSection IndicatorSection(const MonthData& data, const Speaker& say);
// What moved each of them: entries by act, and statistics.
DocumentSection CauseSection(const MonthData& data, const Speaker& say);
// The same entry by entry.
DocumentSection EntrySection(const MonthData& data, const Speaker& say);
// Streets and towns.
DocumentSection DivisionSection(const MonthData& data, const Speaker& say);
// The tasks, a line each.
DocumentSection TaskSection(const MonthData& data, const Speaker& say);
// The units, a line each.
DocumentSection UnitSection(const MonthData& data, const Speaker& say);
// The reports about days of the month.
DocumentSection ProgressSection(const MonthData& data, const Speaker& say);
// Every unit's part of every task.
DocumentSection PartSection(const MonthData& data, const Speaker& say);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REPORT_MONTH_SECTIONS_H_
