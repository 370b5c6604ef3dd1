#include "services/aggregator/regulatory/regulatory_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/privacy/few.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::RegulatoryMeasureKind;

// "66.7" of 2 of 3: tenths of a hundredth, half up.
std::string PercentText(Share count) {
  const int64_t tenths = (count.part * 2000 + count.whole) / (count.whole * 2);
  return absl::StrCat(tenths / 10, ".", tenths % 10);
}

}  // namespace

QuarterSpan SpanOf(int year, int quarter, absl::CivilDay today) {
  QuarterSpan span;
  span.year = year;
  span.quarter = quarter;
  span.begin = QuarterBegin(year, quarter);
  const absl::CivilDay end = QuarterEnd(year, quarter);
  span.end = std::min(end, today + 1);
  span.today = today;
  span.over = end <= today;
  return span;
}

QuarterSpan LatestOver(absl::CivilDay today) {
  const absl::CivilDay last = QuarterBegin(static_cast<int>(today.year()), QuarterOf(today)) - 1;
  return SpanOf(static_cast<int>(last.year()), QuarterOf(last), today);
}

QuarterSpan NextOf(const QuarterSpan& span, absl::CivilDay today) {
  return span.quarter == kQuarters ? SpanOf(span.year + 1, 1, today)
                                   : SpanOf(span.year, span.quarter + 1, today);
}

Told ToldOf(const std::vector<ShareRow>& rows, const QuarterSpan& span, const ShareScope& scope) {
  Told told;
  Share confidential;
  for (const ShareRow& row : rows) {
    if (row.begin != span.begin) continue;
    if (row.confidential) {
      confidential += row.count;
    } else if (scope.is_district || row.division_code == scope.division_code) {
      told.count += row.count;
    }
  }
  if (scope.is_district && span.over &&
      !privacy::ShareTellsFew(confidential.part, confidential.whole)) {
    told.count += confidential;
    told.confidential = confidential.whole;
  }
  return told;
}

void SetShare(Share count, bool suppress, indicator::v1::RegulatoryMeasure* measure) {
  if (suppress && privacy::ShareTellsFew(count.part, count.whole)) {
    measure->set_withheld(true);
    return;
  }
  measure->set_numerator(count.part);
  measure->set_denominator(count.whole);
  if (count.whole > 0) measure->set_value(PercentText(count));
}

absl::string_view JournalOf(RegulatoryMeasureKind kind) {
  switch (kind) {
    case indicator::v1::REGULATORY_MEASURE_KIND_ACCEPTED_IN_TIME:
    case indicator::v1::REGULATORY_MEASURE_KIND_RESOLVED_IN_TIME:
    case indicator::v1::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME:
      return kComplaintJournal;
    default:
      return kInspectionJournal;
  }
}

std::vector<RegulatoryMeasureKind> AllKinds() {
  return {indicator::v1::REGULATORY_MEASURE_KIND_ACCEPTED_IN_TIME,
          indicator::v1::REGULATORY_MEASURE_KIND_RESOLVED_IN_TIME,
          indicator::v1::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME,
          indicator::v1::REGULATORY_MEASURE_KIND_CORRECTED_IN_TIME,
          indicator::v1::REGULATORY_MEASURE_KIND_REPEATED,
          indicator::v1::REGULATORY_MEASURE_KIND_OVERDUE};
}

}  // namespace tuoyu::aggregator
