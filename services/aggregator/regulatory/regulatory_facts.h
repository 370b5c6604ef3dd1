#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_FACTS_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_FACTS_H_

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/indicator/v1/regulatory.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// What is kept of cases and visits to measure them: days, no words and no persons. Pure.
namespace tuoyu::aggregator {

// A clock of a case whose due day is known.
struct ClockFacts {
  int position = 0;  // among the case's clocks
  indicator::v1::RegulatoryMeasureKind kind =
      indicator::v1::REGULATORY_MEASURE_KIND_UNSPECIFIED;  // it counts in
  absl::CivilDay due_on;
  std::optional<absl::CivilDay> done_on;

  // Day the step was done, or the due day where that was before or it is not done.
  absl::CivilDay ended_on() const { return std::min(due_on, done_on.value_or(due_on)); }
};

// A case. Of a confidential one neither its id nor where it is.
struct CaseFacts {
  std::string key;  // SHA-256 of its name, 32 bytes
  bool confidential = false;
  std::string case_id;
  std::string facility_id;
  std::string division_code;
  std::vector<ClockFacts> clocks;
};

// Clocks that count, with the due days the complaint service told, which its pauses and extensions moved. None of a case that became part
// of another one, which counts there, or was withdrawn; no clock that stands still, since nobody knows its due day, nor one
// beyond the holiday table.
CaseFacts FactsOf(const complaint::v1::Case& of_case);

// Days on which a finding was open and its due day over.
struct OverdueDays {
  absl::CivilDay first_day;
  std::optional<absl::CivilDay> end_day;  // first day it no longer was; unset while it is

  friend bool operator==(const OverdueDays& a, const OverdueDays& b) {
    return a.first_day == b.first_day && a.end_day == b.end_day;
  }
};

// A finding.
struct FindingFacts {
  std::string item;
  absl::CivilDay found_on;
  absl::CivilDay deadline;  // as ordered, with the extensions granted
  std::optional<absl::CivilDay> corrected_on;
  std::optional<bool> repeated;  // as the inspection service said; unset where it did not judge
  std::vector<OverdueDays> overdue;
};

// A visit, with its findings but those withdrawn.
struct VisitFacts {
  std::string visit_id;
  std::string facility_id;
  std::string division_code;
  std::vector<FindingFacts> findings;
};

VisitFacts FactsOf(const inspection::v1::Visit& visit);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_FACTS_H_
