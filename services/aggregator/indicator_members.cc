#include "services/aggregator/indicator_members.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/aggregator/decimal.h"
#include "services/aggregator/member_repository.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::IndicatorDefinition;
using indicator::v1::IndicatorMember;
using indicator::v1::ListIndicatorMembersResponse;
using indicator::v1::Term;

// One measure of the numerator: a sum over facilities or what belongs to them, or the streets.
struct Part {
  bool counts_streets = false;
  Measure measure = kMeasureCount;
};

std::vector<Part> PartsOfNumerator(const IndicatorDefinition& definition) {
  std::vector<Part> parts;
  for (const Term& term : definition.numerator()) {
    if (!term.counted()) continue;
    if (term.measure() == kStreetsWithInclusive) parts.push_back({true, kMeasureCount});
    for (const Measure measure : PartsOf(term.measure())) parts.push_back({false, measure});
  }
  return parts;
}

// Whether the scope is a street itself: what counts there are its facilities.
bool IsStreet(const Scope& scope) {
  return scope.streets.size() == 1 && scope.streets.front()->code == scope.code;
}

std::vector<IndicatorMember> StreetMembers(const Scope& scope, const RegistryValues& values,
                                           absl::string_view after, size_t limit) {
  std::vector<IndicatorMember> members;
  for (const data::Division* street : StreetsWithInclusive(scope, values)) {
    if (street->code <= after || members.size() == limit) continue;
    IndicatorMember& member = members.emplace_back();
    member.set_member(absl::StrCat("divisions/", street->code));
    member.set_amount(1);
    member.set_division_code(street->code);
    member.set_measure(kStreetsWithInclusive);
    member.set_facilities(
        values.by_division.at(DivisionNumber(street->code))[kInclusiveFacilities]);
    if (street->valid_from) *member.mutable_valid_from() = ToProto(*street->valid_from);
  }
  return members;
}

// What follows "facilities/" and "divisions/".
std::string IdOf(const IndicatorMember& member) {
  return member.member().substr(member.member().find('/') + 1);
}

// The key of a member in a page token: "2025-09-01/{id}" of what the registry counts, of a street its code.
std::string KeyOf(const IndicatorMember& member) {
  const auto day = FromProto(member.valid_from());
  if (member.measure() == kStreetsWithInclusive || !day.ok()) return IdOf(member);
  return absl::StrCat(FormatDay(*day), "/", IdOf(member));
}

// Where a list of what the registry counts goes on.
absl::StatusOr<MemberPlace> PlaceOf(absl::string_view key, absl::CivilDay day) {
  if (key.empty()) return MemberPlace{day + 1, ""};
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(key, absl::MaxSplits('/', 1));
  const auto valid_from = ParseDay(parts.first);
  if (!valid_from.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  return MemberPlace{*valid_from, std::string(parts.second)};
}

absl::StatusOr<std::vector<IndicatorMember>> RegistryMembers(db::Transaction& transaction,
                                                             const RegistryValues& values,
                                                             Measure measure, const Scope& scope,
                                                             int64_t city, absl::string_view key,
                                                             size_t limit) {
  const MemberFilter filter = {measure, scope.division, scope.day, values.sequence};
  ASSIGN_OR_RETURN(const MemberPlace after, PlaceOf(key, scope.day));
  ASSIGN_OR_RETURN(
      const std::vector<MemberRow> rows,
      ReadMembers(transaction, values.generation, filter, city, after, static_cast<int>(limit)));
  std::vector<IndicatorMember> members;
  for (const MemberRow& row : rows) {
    IndicatorMember& member = members.emplace_back();
    member.set_member(absl::StrCat("facilities/", row.id));
    member.set_amount(row.amount);
    member.set_division_code(absl::StrCat(row.division));
    member.set_measure(std::string(MeasureName(measure)));
    *member.mutable_valid_from() = ToProto(row.valid_from);
  }
  return members;
}

// The members of one part after `after`, at most `limit`.
absl::StatusOr<std::vector<IndicatorMember>> MembersOfPart(db::Transaction& transaction,
                                                           const RegistryValues& values,
                                                           const Part& part, const Scope& scope,
                                                           int64_t city, absl::string_view after,
                                                           size_t limit) {
  if (!part.counts_streets) {
    return RegistryMembers(transaction, values, part.measure, scope, city, after, limit);
  }
  if (!IsStreet(scope)) return StreetMembers(scope, values, after, limit);
  ASSIGN_OR_RETURN(
      std::vector<IndicatorMember> members,
      RegistryMembers(transaction, values, kInclusiveFacilities, scope, city, after, limit));
  // The street counts once, however many there are.
  for (size_t i = after.empty() ? 1 : 0; i < members.size(); ++i) members[i].set_amount(0);
  return members;
}

// How many members a part has.
int64_t MembersIn(const Part& part, const Scope& scope, const RegistryValues& values) {
  const Amounts& amounts = values.by_division.at(scope.division);
  if (!part.counts_streets) return amounts[CountOf(part.measure)];
  return IsStreet(scope) ? amounts[kInclusiveFacilities]
                         : static_cast<int64_t>(StreetsWithInclusive(scope, values).size());
}

void SetTotals(const std::vector<Part>& parts, const Scope& scope, const RegistryValues& values,
               ListIndicatorMembersResponse* reply) {
  const Amounts& amounts = values.by_division.at(scope.division);
  int64_t amount = 0;
  int64_t members = 0;
  for (const Part& part : parts) {
    members += MembersIn(part, scope, values);
    amount += part.counts_streets ? static_cast<int64_t>(StreetsWithInclusive(scope, values).size())
                                  : amounts[part.measure];
  }
  reply->set_total_amount(amount);
  reply->set_total_members(members);
}

// The statistics the numerator is reported by: each is one record.
void AddStatistics(const IndicatorDefinition& definition, const SeriesList& list,
                   const Scope& scope, const Findings& findings,
                   ListIndicatorMembersResponse* reply) {
  for (const Term& term : definition.numerator()) {
    const indicator::v1::Statistic* statistic =
        term.counted() ? UsableStatistic(term.measure(), list, scope.day, findings.evidence)
                       : nullptr;
    if (statistic == nullptr) continue;
    const absl::StatusOr<Decimal> value = Decimal::Parse(statistic->value());
    IndicatorMember& member = *reply->add_members();
    member.set_member(statistic->name());
    member.set_amount(value.ok() ? value->Whole() : 0);
    member.set_division_code(statistic->division_code());
    member.set_measure(term.measure());
    *member.mutable_valid_from() = statistic->reference_date();
    reply->set_total_amount(reply->total_amount() + member.amount());
    reply->set_total_members(reply->total_members() + 1);
  }
  *reply->add_positions() = findings.positions.back();  // the statistics'
}

}  // namespace

absl::StatusOr<MemberQuery> ReadMemberQuery(
    const indicator::v1::ListIndicatorMembersRequest& request) {
  MemberQuery query;
  const auto page_size = PageSize(request.page_size());
  if (!page_size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  query.page_size = *page_size;
  query.filter = FilterDigest(request);
  query.known_at = request.known_at_filing_sequence();
  query.statistics_known_at = request.known_at_indicator_sequence();
  if (request.page_token().empty()) return query;
  const auto key = ReadPageToken(request.page_token(), query.filter);
  uint32_t part = 0;
  if (!key.ok() || key->size() != 4 || !absl::SimpleAtoi((*key)[0], &part) ||
      !absl::SimpleAtoi((*key)[2], &query.listed) ||
      !absl::SimpleAtoi((*key)[3], &query.known_at)) {
    return rpc::Error("PAGE_TOKEN_INVALID");
  }
  query.part = part;
  query.after = (*key)[1];
  return query;
}

absl::Status ListMembers(db::Transaction& transaction, const EvidenceReader& reader,
                         const IndicatorDefinition& definition, const SeriesList& list,
                         const Scope& scope, const MemberQuery& query,
                         ListIndicatorMembersResponse* reply) {
  reply->Clear();
  const std::vector<Part> parts = PartsOfNumerator(definition);
  absl::btree_set<std::string> names;
  for (const Term& term : definition.numerator()) names.insert(term.measure());
  ASSIGN_OR_RETURN(
      const Findings findings,
      reader.Find(transaction, scope, names, {}, {query.known_at, query.statistics_known_at}));
  const RegistryValues& values = findings.values;
  *reply->add_positions() = findings.positions.front();  // the registry's
  SetTotals(parts, scope, values, reply);
  if (parts.empty()) {
    AddStatistics(definition, list, scope, findings, reply);
    return absl::OkStatus();
  }
  const auto page_size = static_cast<size_t>(query.page_size);
  std::string after = query.after;
  int64_t listed = query.listed;
  for (size_t i = query.part; i < parts.size(); ++i) {
    // One more than fits tells whether there is a next page; all that are left, and the search ends with the last of them.
    const int64_t wanted = std::min(static_cast<int64_t>(page_size) - reply->members_size() + 1,
                                    MembersIn(parts[i], scope, values) - listed);
    std::vector<IndicatorMember> members;
    if (wanted > 0) {
      ASSIGN_OR_RETURN(members, MembersOfPart(transaction, values, parts[i], scope, reader.city(),
                                              after, static_cast<size_t>(wanted)));
    }
    for (IndicatorMember& member : members) {
      if (static_cast<size_t>(reply->members_size()) == page_size) {
        reply->set_next_page_token(MakePageToken(
            {absl::StrCat(i), after, absl::StrCat(listed), absl::StrCat(values.sequence)},
            query.filter));
        return absl::OkStatus();
      }
      after = KeyOf(member);
      ++listed;
      *reply->add_members() = std::move(member);
    }
    after.clear();
    listed = 0;
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
