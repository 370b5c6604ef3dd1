#ifndef TUOYU_CLIENTS_CLI_REPORT_MONTH_REPORT_H_
#define TUOYU_CLIENTS_CLI_REPORT_MONTH_REPORT_H_

#include "clients/cli/report/document.h"
#include "clients/cli/report/month_data.h"

namespace tuoyu::cli {

// The monthly report (工作月报) of the plan's district as an office hands it in: the indicators against the month before,
// what moved them, streets and towns, the tasks, unit by unit, what was reported in the month, and what the numbers rest
// on. Two tables stand in the workbook only: every journal entry that moved an indicator, and every unit's part of every
// task.
Document MonthReport(const MonthData& data, Language language);

// "+0.25", "-1"; empty when either is no number; "0" when they are the same. Exact: both have the same decimals.
std::string DifferenceText(const std::string& before, const std::string& now);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REPORT_MONTH_REPORT_H_
