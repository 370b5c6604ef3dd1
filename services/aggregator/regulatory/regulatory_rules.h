#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/base/quarter.h"
#include "tuoyu/indicator/v1/regulatory.pb.h"

// What counts come to, and what of them is told. Pure: no database, clock, network or log.
namespace tuoyu::aggregator {

// A quarter as it is counted on a day.
struct QuarterSpan {
  int year = 0;
  int quarter = 0;
  absl::CivilDay begin;
  absl::CivilDay
      end;  // first day that is not counted: that of the next quarter, or the one after `today`
  absl::CivilDay today;  // what is due on it and not done is not counted yet
  bool over = false;     // whether it is all counted

  absl::CivilDay until() const { return end - 1; }
};
QuarterSpan SpanOf(int year, int quarter, absl::CivilDay today);
// The latest quarter that is over.
QuarterSpan LatestOver(absl::CivilDay today);
// The one after it.
QuarterSpan NextOf(const QuarterSpan& span, absl::CivilDay today);

// A numerator and its denominator.
struct Share {
  int64_t part = 0;
  int64_t whole = 0;

  friend bool operator==(Share a, Share b) { return a.part == b.part && a.whole == b.whole; }
  Share& operator+=(Share other) {
    part += other.part;
    whole += other.whole;
    return *this;
  }
};

// Counts of one division in one quarter, as they are stored.
struct ShareRow {
  absl::CivilDay begin;  // of the quarter
  std::string division_code;
  bool confidential = false;
  Share count;
};

// Of which places, and whether confidential cases may count.
struct ShareScope {
  std::string division_code;
  bool is_district = false;  // counts all places, those of no street or town too
};

// What a scope's rows of a quarter come to as they are told, and how much of the denominator is of confidential cases. These count in whole
// quarters of the district only, and only where they are so many, in time as well as late unless none is, that who knows all others
// learns of no single one; whether there are fewer or none can't be told.
struct Told {
  Share count;
  int64_t confidential = 0;
};
Told ToldOf(const std::vector<ShareRow>& rows, const QuarterSpan& span, const ShareScope& scope);

// Enters the count; withheld where `suppress` and it would tell of few.
void SetShare(Share count, bool suppress, indicator::v1::RegulatoryMeasure* measure);

// The journal that a kind rests on.
inline constexpr absl::string_view kInspectionJournal = "inspection";
inline constexpr absl::string_view kComplaintJournal = "complaint";
absl::string_view JournalOf(indicator::v1::RegulatoryMeasureKind kind);
// All kinds, in order.
std::vector<indicator::v1::RegulatoryMeasureKind> AllKinds();

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_RULES_H_
