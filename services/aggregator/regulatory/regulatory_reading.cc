#include "services/aggregator/regulatory/regulatory_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/commission.h"
#include "common/rpc/errors.h"
#include "services/aggregator/regulatory/regulatory_repository.h"
#include "services/aggregator/regulatory/regulatory_rules.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::ListRegulatoryMeasuresRequest;
using indicator::v1::ListRegulatoryMembersRequest;
using indicator::v1::Quarter;
using indicator::v1::RegulatoryMeasure;
using indicator::v1::RegulatoryMeasureKind;

constexpr int kFirstYear = 2020;
constexpr int kLastYear = 2199;
constexpr size_t kMostQuarters = 20;
constexpr size_t kKeyParts = 3;  // of a page token: day, id, part
constexpr char kSourceNotRead[] = "SOURCE_NOT_READ";

// Whether the caller sees small numbers, streets and towns, and quarters that are not over.
bool IsOfCommission(const rpc::Call& call, absl::string_view division_code) {
  return rpc::IsOfCommission(call.caller) && call.caller.Covers(division_code);
}

// A quarter that was given, or `otherwise`.
absl::StatusOr<QuarterSpan> QuarterAsked(absl::string_view field, bool given, const Quarter& asked,
                                         const QuarterSpan& otherwise, absl::CivilDay today) {
  if (!given) return otherwise;
  if (asked.year() < kFirstYear || asked.year() > kLastYear || asked.quarter() < 1 ||
      asked.quarter() > kQuarters) {
    return rpc::Error("FIELD_INVALID", {{"field", std::string(field)}});
  }
  return SpanOf(asked.year(), asked.quarter(), today);
}

// A quarter may be told: it is over, or for the commission has a day that is.
absl::Status CheckOver(const QuarterSpan& span, bool commission) {
  const bool may = span.over || (commission && span.begin < span.end);
  return may ? absl::OkStatus() : rpc::Error("QUARTER_NOT_OVER");
}

absl::StatusOr<std::vector<QuarterSpan>> QuartersAsked(const ListRegulatoryMeasuresRequest& request,
                                                       absl::CivilDay today, bool commission) {
  ASSIGN_OR_RETURN(const QuarterSpan last, QuarterAsked("last", request.has_last(), request.last(),
                                                        LatestOver(today), today));
  ASSIGN_OR_RETURN(QuarterSpan next,
                   QuarterAsked("first", request.has_first(), request.first(), last, today));
  if (next.begin > last.begin) {
    return rpc::Error("SINCE_AFTER_AS_OF",
                      {{"since", FormatDay(next.begin)}, {"as_of", FormatDay(last.begin)}});
  }
  RETURN_IF_ERROR(CheckOver(last, commission));
  std::vector<QuarterSpan> spans;
  for (; next.begin <= last.begin; next = NextOf(next, today)) {
    spans.push_back(next);
    if (spans.size() > kMostQuarters) {
      return rpc::Error("TOO_MANY_MONTHS",
                        {{"most", absl::StrCat(kMostQuarters * kMonthsOfQuarter)}});
    }
  }
  return spans;
}

// The division asked for on a day; the district where none is. UNKNOWN_DIVISION.
absl::StatusOr<const data::Division*> DivisionAsked(const data::Divisions& divisions,
                                                    const std::string& code, absl::CivilDay day) {
  const std::string& asked = code.empty() ? divisions.district_code() : code;
  const data::Division* division = divisions.Find(asked, day);
  if (division == nullptr) return rpc::Error("UNKNOWN_DIVISION", {{"division", asked}});
  return division;
}

ShareScope ScopeOf(const data::Division& division) {
  return {division.code, division.type == data::DivisionType::kDistrict};
}

// The journals of both services as they stand within one transaction.
struct Sources {
  SourceState inspection;
  SourceState complaint;
};

absl::StatusOr<Sources> ReadSources(db::Transaction& transaction) {
  Sources sources;
  ASSIGN_OR_RETURN(sources.inspection, ReadSource(transaction, kInspectionJournal));
  ASSIGN_OR_RETURN(sources.complaint, ReadSource(transaction, kComplaintJournal));
  return sources;
}

bool MayServe(const RegulatoryParts& parts, const Sources& sources, RegulatoryMeasureKind kind) {
  return JournalOf(kind) == kComplaintJournal ? parts.complaints.MayServe(sources.complaint)
                                              : parts.inspections.MayServe(sources.inspection);
}

RegulatoryMeasure MeasureOf(RegulatoryMeasureKind kind, const data::Division& division,
                            const QuarterSpan& span) {
  RegulatoryMeasure measure;
  measure.set_kind(kind);
  measure.set_division_code(division.code);
  measure.set_division_name(division.name);
  measure.mutable_quarter()->set_year(span.year);
  measure.mutable_quarter()->set_quarter(span.quarter);
  *measure.mutable_until() = ToProto(span.until());
  return measure;
}

// Counts by kind; none of a kind whose journal was never read to its end.
using Counts = absl::btree_map<RegulatoryMeasureKind, std::vector<ShareRow>>;

RegulatoryMeasure MeasureTold(const Counts& counts, RegulatoryMeasureKind kind,
                              const data::Division& division, const QuarterSpan& span,
                              bool suppress) {
  RegulatoryMeasure measure = MeasureOf(kind, division, span);
  const auto rows = counts.find(kind);
  if (rows == counts.end()) {
    measure.set_not_computable_reason(kSourceNotRead);
  } else {
    SetShare(ToldOf(rows->second, span, ScopeOf(division)).count, suppress, &measure);
  }
  return measure;
}

// A division as it is on a day, with its streets and towns if asked for.
absl::StatusOr<std::vector<const data::Division*>> DivisionsOn(const data::Divisions& divisions,
                                                               const std::string& code,
                                                               absl::CivilDay day,
                                                               bool with_children) {
  ASSIGN_OR_RETURN(const data::Division* division, DivisionAsked(divisions, code, day));
  std::vector<const data::Division*> all = {division};
  if (!with_children) return all;
  const std::vector<const data::Division*> children = divisions.Children(code, day);
  all.insert(all.end(), children.begin(), children.end());
  return all;
}

absl::StatusOr<CountedKey> KeyAsked(const ListRegulatoryMembersRequest& request) {
  if (request.page_token().empty()) return CountedKey();
  const auto parts = ReadPageToken(request.page_token(), FilterDigest(request));
  if (!parts.ok() || parts->size() != kKeyParts) return rpc::Error("PAGE_TOKEN_INVALID");
  const auto day = ParseDay((*parts)[0]);
  if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  return CountedKey{*day, (*parts)[1], (*parts)[2]};
}

// What is asked for of records.
struct MembersAsked {
  RegulatoryMeasureKind kind;
  QuarterSpan span;
  const data::Division* division;
  CountedKey after;
  int limit;
};

absl::StatusOr<MembersAsked> ReadAsked(const rpc::Call& call, const RegulatoryParts& parts,
                                       const ListRegulatoryMembersRequest& request) {
  if (request.kind() == indicator::v1::REGULATORY_MEASURE_KIND_UNSPECIFIED ||
      !indicator::v1::RegulatoryMeasureKind_IsValid(request.kind())) {
    return rpc::Error("FIELD_INVALID", {{"field", "kind"}});
  }
  const auto limit = PageSize(request.page_size());
  if (!limit.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  ASSIGN_OR_RETURN(QuarterSpan span,
                   QuarterAsked("quarter", request.has_quarter(), request.quarter(),
                                LatestOver(call.today), call.today));
  RETURN_IF_ERROR(CheckOver(span, /*commission=*/true));
  ASSIGN_OR_RETURN(const data::Division* division,
                   DivisionAsked(parts.divisions, request.division_code(), span.until()));
  if (!call.caller.Covers(division->code)) return rpc::Error("OUT_OF_SCOPE");
  ASSIGN_OR_RETURN(CountedKey after, KeyAsked(request));
  return MembersAsked{request.kind(), span, division, std::move(after), *limit};
}

}  // namespace

absl::Status ListRegulatoryMeasures(rpc::Call& call, const RegulatoryParts& parts,
                                    const ListRegulatoryMeasuresRequest& request,
                                    indicator::v1::ListRegulatoryMeasuresResponse* reply) {
  ASSIGN_OR_RETURN(const data::Division* asked,
                   DivisionAsked(parts.divisions, request.division_code(), call.today));
  const bool commission = IsOfCommission(call, asked->code);
  ASSIGN_OR_RETURN(const std::vector<QuarterSpan> spans,
                   QuartersAsked(request, call.today, commission));
  const bool of_places = asked->type != data::DivisionType::kDistrict || request.with_divisions();
  if (of_places && !commission) return rpc::Error("OUT_OF_SCOPE");
  Counts counts;
  Sources sources;
  RETURN_IF_ERROR(db::RunTransaction(parts.pool, call.deadline,
                                     [&](db::Transaction& transaction) -> absl::Status {
                                       counts.clear();
                                       ASSIGN_OR_RETURN(sources, ReadSources(transaction));
                                       for (const RegulatoryMeasureKind kind : AllKinds()) {
                                         if (!MayServe(parts, sources, kind)) continue;
                                         ASSIGN_OR_RETURN(counts[kind],
                                                          ReadCounts(transaction, kind, spans));
                                       }
                                       return absl::OkStatus();
                                     },
                                     {.read_only = true, .cancelled = call.cancelled}));
  reply->Clear();
  for (const QuarterSpan& span : spans) {
    ASSIGN_OR_RETURN(const auto divisions, DivisionsOn(parts.divisions, asked->code, span.until(),
                                                       request.with_divisions()));
    for (const data::Division* division : divisions) {
      for (const RegulatoryMeasureKind kind : AllKinds()) {
        *reply->add_measures() =
            MeasureTold(counts, kind, *division, span, /*suppress=*/!commission);
      }
    }
  }
  *reply->add_positions() = parts.inspections.PositionOf(sources.inspection, /*with_entries=*/true);
  *reply->add_positions() =
      parts.complaints.PositionOf(sources.complaint, call.caller.Has(common::v1::ROLE_AUDITOR));
  return absl::OkStatus();
}

absl::Status ListRegulatoryMembers(rpc::Call& call, const RegulatoryParts& parts,
                                   const ListRegulatoryMembersRequest& request,
                                   indicator::v1::ListRegulatoryMembersResponse* reply) {
  ASSIGN_OR_RETURN(const MembersAsked asked, ReadAsked(call, parts, request));
  const ShareScope scope = ScopeOf(*asked.division);
  std::vector<CountedRecord> records;
  std::vector<ShareRow> rows;
  RETURN_IF_ERROR(db::RunTransaction(
      parts.pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(const Sources sources, ReadSources(transaction));
        if (!MayServe(parts, sources, asked.kind)) return rpc::Error("AGGREGATE_REBUILDING");
        ASSIGN_OR_RETURN(rows, ReadCounts(transaction, asked.kind, {asked.span}));
        ASSIGN_OR_RETURN(records, ReadCounted(transaction, asked.kind, asked.span,
                                              scope.is_district ? "" : scope.division_code,
                                              asked.after, asked.limit + 1));
        return absl::OkStatus();
      },
      {.read_only = true, .cancelled = call.cancelled}));
  reply->Clear();
  if (records.size() > static_cast<size_t>(asked.limit)) {
    records.pop_back();
    const CountedKey& last = records.back().key;
    reply->set_next_page_token(
        MakePageToken({FormatDay(last.day), last.id, last.part}, FilterDigest(request)));
  }
  for (CountedRecord& record : records) *reply->add_members() = std::move(record.member);
  const Told told = ToldOf(rows, asked.span, scope);
  *reply->mutable_measure() = MeasureOf(asked.kind, *asked.division, asked.span);
  SetShare(told.count, /*suppress=*/false, reply->mutable_measure());
  reply->set_not_listed(told.confidential);
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
