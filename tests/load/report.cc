#include "tests/load/report.h"

#include <algorithm>
#include <iostream>

namespace tuoyu::load {

void PrintHeader() {
  std::cout << "| what | ours | beside | ratio |\n| --- | --- | --- | --- |" << std::endl;
}

void PrintRow(const std::string& what, const std::string& ours, const std::string& beside,
              const std::string& ratio) {
  std::cout << "| " << what << " | " << ours << " | " << beside << " | " << ratio << " |"
            << std::endl;
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace tuoyu::load
