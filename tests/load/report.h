#ifndef TUOYU_TESTS_LOAD_REPORT_H_
#define TUOYU_TESTS_LOAD_REPORT_H_

#include <string>
#include <vector>

// The table a load run prints: Markdown, one row as soon as it is measured.
namespace tuoyu::load {

// Every comparison is measured this many times in turn; the medians are shown.
inline constexpr int kRounds = 3;

void PrintHeader();
// What was measured; ours; what it is held against; their ratio.
void PrintRow(const std::string& what, const std::string& ours, const std::string& beside,
              const std::string& ratio);

// Middle value; 0 of none.
double Median(std::vector<double> values);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_REPORT_H_
