#include "services/aggregator/indicator_tables.h"

#include <algorithm>

#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/aggregator/indicator_rules.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Indicator;
using indicator::v1::IndicatorDefinition;
using indicator::v1::IndicatorPoint;

constexpr int kMonthsAtMost = 60;
constexpr int kMonthsUnasked = 12;

IndicatorPoint PointOf(const Indicator& indicator) {
  IndicatorPoint point;
  point.set_division_code(indicator.division_code());
  point.set_division_name(indicator.division_name());
  *point.mutable_as_of() = indicator.as_of();
  point.set_numerator(indicator.numerator());
  point.set_denominator(indicator.denominator());
  point.set_value(indicator.value());
  point.set_attainment(indicator.attainment());
  if (indicator.has_target()) *point.mutable_target() = indicator.target();
  point.set_not_computable_reason(indicator.not_computable_reason());
  point.set_formula_version(indicator.formula_version());
  point.set_rehearsal(indicator.rehearsal());
  point.set_suppressed(indicator.suppressed());
  point.set_persons_rounded_to(indicator.persons_rounded_to());
  return point;
}

// The month of a day that was given, or `otherwise`.
absl::StatusOr<absl::CivilMonth> MonthOf(absl::string_view field, bool given,
                                         const google::type::Date& date,
                                         absl::CivilMonth otherwise) {
  if (!given) return otherwise;
  const absl::StatusOr<absl::CivilDay> day = FromProto(date);
  if (!day.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", std::string(field)}});
  return absl::CivilMonth(*day);
}

}  // namespace

absl::StatusOr<std::vector<absl::CivilDay>> MonthsAsked(
    const indicator::v1::GetIndicatorSeriesRequest& request, absl::CivilDay today) {
  const absl::CivilMonth ended = absl::CivilMonth(today) - (EndOfMonth(today) == today ? 0 : 1);
  ASSIGN_OR_RETURN(const absl::CivilMonth last,
                   MonthOf("last_month", request.has_last_month(), request.last_month(), ended));
  if (last > ended) return rpc::Error("AS_OF_IN_FUTURE", {{"today", FormatDay(today)}});
  ASSIGN_OR_RETURN(const absl::CivilMonth first,
                   MonthOf("first_month", request.has_first_month(), request.first_month(),
                           last - (kMonthsUnasked - 1)));
  if (first > last) {
    return rpc::Error("SINCE_AFTER_AS_OF", {{"since", FormatDay(absl::CivilDay(first))},
                                            {"as_of", FormatDay(absl::CivilDay(last))}});
  }
  if (last - first >= kMonthsAtMost) {
    return rpc::Error("TOO_MANY_MONTHS", {{"most", absl::StrCat(kMonthsAtMost)}});
  }
  std::vector<absl::CivilDay> days;
  for (absl::CivilMonth month = first; month <= last; ++month) {
    days.push_back(EndOfMonth(month));
  }
  return days;
}

absl::StatusOr<ValueReader::Definitions> DefinitionsAsked(
    const indicator::v1::Plan& plan, const google::protobuf::RepeatedField<int32_t>& numbers,
    absl::CivilDay day) {
  ValueReader::Definitions all = DefinitionsOn(plan, day);
  const absl::btree_set<int32_t> wanted(numbers.begin(), numbers.end());
  if (wanted.empty()) return all;
  if (static_cast<int>(wanted.size()) != numbers.size()) {
    return rpc::Error("FIELD_INVALID", {{"field", "numbers"}});
  }
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const IndicatorDefinition* definition) {
                             return !wanted.contains(definition->number());
                           }),
            all.end());
  if (all.size() != wanted.size()) return rpc::Error("INDICATOR_NOT_FOUND");
  return all;
}

absl::Status FillTables(
    db::Transaction& transaction, ValueReader& reader, const std::vector<TableStop>& stops,
    const ValueQuery& query,
    google::protobuf::RepeatedPtrField<indicator::v1::IndicatorTable>* tables,
    google::protobuf::RepeatedPtrField<indicator::v1::PositionUsed>* positions) {
  for (const TableStop& stop : stops) {
    ASSIGN_OR_RETURN(const Values values,
                     reader.Read(transaction, stop.scope, stop.definitions, query));
    for (size_t i = 0; i < values.indicators.size(); ++i) {
      const int at = static_cast<int>(i);
      indicator::v1::IndicatorTable& table =
          at < tables->size() ? *tables->Mutable(at) : *tables->Add();
      *table.mutable_definition() = values.indicators[i].definition();
      *table.add_points() = PointOf(values.indicators[i]);
    }
    positions->Assign(values.findings.positions.begin(), values.findings.positions.end());
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
