// Releases of IndicatorService: values as they were made public.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/data/plan.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/aggregator/indicator_access.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/release_repository.h"
#include "services/aggregator/statistic_repository.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Release;
using indicator::v1::ReleasedValue;

constexpr size_t kTextCharacters = 200;

absl::Status CheckForm(const Release& release) {
  Form form("release.");
  form.CheckText("document_number", release.document_number(), true, kTextCharacters);
  form.CheckText("revision_reason", release.revision_reason(), false, kTextCharacters);
  if (!release.has_as_of()) {
    form.Add("as_of", "FIELD_MISSING", "请填写所发布指标的日期", "the day of the values is needed");
  }
  return rpc::FormError(form.Take());
}

// What is made public rests on statistics that a second person compared with their documents.
absl::Status CheckVerified(const std::vector<indicator::v1::Indicator>& indicators) {
  absl::btree_set<std::string> unverified;
  for (const indicator::v1::Indicator& indicator : indicators) {
    for (const indicator::v1::IndicatorInput& input : indicator.inputs()) {
      if (input.counted() && input.has_statistic() && !input.statistic().has_verify_time()) {
        unverified.insert(
            absl::StrCat(input.statistic().series(), " (", input.statistic().name(), ")"));
      }
    }
  }
  if (unverified.empty()) return absl::OkStatus();
  return rpc::Error("STATISTIC_UNVERIFIED", {{"statistics", absl::StrJoin(unverified, "、")}});
}

bool SameValues(const Release& a, const Release& b) {
  return std::equal(a.values().begin(), a.values().end(), b.values().begin(), b.values().end(),
                    [](const ReleasedValue& x, const ReleasedValue& y) {
                      return x.number() == y.number() && x.value() == y.value() &&
                             x.numerator() == y.numerator() && x.denominator() == y.denominator() &&
                             x.attainment() == y.attainment() && x.suppressed() == y.suppressed();
                    });
}

// The sequence in the journal of `source` that a release rests on.
int64_t SequenceUsed(const Release& release, absl::string_view source) {
  for (const indicator::v1::PositionUsed& position : release.positions()) {
    if (position.source() == source) return position.sequence();
  }
  return 0;
}

// Enters a release of a day; answers with the newest when it says the same.
absl::Status Enter(rpc::WriteContext& context, absl::string_view source, const std::string& plan,
                   const std::string& district, absl::CivilDay day, Release release,
                   Release* reply) {
  ASSIGN_OR_RETURN(const int64_t next, LockNextSequence(context.transaction, source));
  // A statistic entered since the values were computed did not see that they would be released.
  if (SequenceUsed(release, source) != next - 1) return rpc::Error("RELEASE_OVERTAKEN");
  ASSIGN_OR_RETURN(const absl::optional<Release> newest,
                   NewestRelease(context.transaction, plan, day));
  if (newest && SameValues(*newest, release)) {
    *reply = *newest;
    return absl::OkStatus();
  }
  if (newest && release.revision_reason().empty()) return rpc::Error("RELEASED");
  if (!newest) release.clear_revision_reason();
  release.set_revision(newest ? newest->revision() + 1 : 1);
  release.set_name(absl::StrCat("releases/", FormatDay(day), "/", release.revision()));
  release.set_released_by(context.call.caller.subject);
  *release.mutable_record_time() = ToProto(context.call.now);
  for (ReleasedValue& value : *release.mutable_values()) {
    *value.mutable_released_on() = ToProto(context.call.today);
    value.set_document_number(release.document_number());
  }
  RETURN_IF_ERROR(InsertRelease(context.transaction, plan, day, release));
  rpc::AddEntry(context, "indicators.released", release.name(), district, day, release);
  *reply = std::move(release);
  return absl::OkStatus();
}

absl::StatusOr<ReleaseKey> ReadKey(const indicator::v1::ListReleasesRequest& request) {
  ReleaseKey key;
  if (request.page_token().empty()) return key;
  const auto fields = ReadPageToken(request.page_token(), FilterDigest(request));
  if (!fields.ok() || fields->size() != 2) return rpc::Error("PAGE_TOKEN_INVALID");
  const auto day = ParseDay((*fields)[0]);
  if (!day.ok() || !absl::SimpleAtoi((*fields)[1], &key.revision)) {
    return rpc::Error("PAGE_TOKEN_INVALID");
  }
  key.as_of = *day;
  return key;
}

}  // namespace

grpc::Status IndicatorService::ReleaseIndicators(
    grpc::ServerContext* context, const indicator::v1::ReleaseIndicatorsRequest* request,
    Release* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    RETURN_IF_ERROR(CheckForm(request->release()));
    ASSIGN_OR_RETURN(const Scope scope, ScopeOf(call, "", true, request->release().as_of()));
    if (!call.caller.Covers(scope.code)) return rpc::Error("OUT_OF_SCOPE");
    // From two days in a row single children could be told.
    if (MonthTold(scope.day, call.today) != scope.day) return rpc::Error("RELEASE_NOT_MONTH_END");
    ASSIGN_OR_RETURN(const auto indicators, Answer(call, scope, {{}, nullptr, call.today},
                                                   DefinitionsOn(plan_, scope.day)));
    Release release = ReleaseOf(indicators);
    for (const indicator::v1::PositionUsed& position : release.positions()) {
      if (position.stale()) return rpc::Error("AGGREGATE_BEHIND");
    }
    RETURN_IF_ERROR(CheckVerified(indicators));
    *release.mutable_as_of() = ToProto(scope.day);
    release.set_document_number(request->release().document_number());
    release.set_revision_reason(request->release().revision_reason());
    RETURN_IF_ERROR(rpc::RunWrite(deps_, call, *request, reply, [&](rpc::WriteContext& write) {
      return Enter(write, deps_.source, plan_.document_number(), scope.code, scope.day, release,
                   reply);
    }));
    return releases_.Load(deps_.pool, call, /*again=*/true);
  });
}

grpc::Status IndicatorService::ListReleases(grpc::ServerContext* context,
                                            const indicator::v1::ListReleasesRequest* request,
                                            indicator::v1::ListReleasesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    const auto limit = PageSize(request->page_size());
    if (!limit.ok()) return rpc::Error("PAGE_SIZE_INVALID");
    ASSIGN_OR_RETURN(const ReleaseKey after, ReadKey(*request));
    std::vector<Release> releases;
    RETURN_IF_ERROR(
        rpc::RunRead(deps_.pool, call, [&](db::Transaction& transaction) -> absl::Status {
          ASSIGN_OR_RETURN(releases,
                           ReadReleases(transaction, plan_.document_number(), after, *limit + 1));
          return absl::OkStatus();
        }));
    if (releases.size() > static_cast<size_t>(*limit)) {
      releases.pop_back();
      ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(releases.back().as_of()));
      reply->set_next_page_token(MakePageToken(
          {FormatDay(day), absl::StrCat(releases.back().revision())}, FilterDigest(*request)));
    }
    for (Release& release : releases) *reply->add_releases() = std::move(release);
    return absl::OkStatus();
  });
}

absl::Status IndicatorService::CheckReleased(db::Transaction& transaction,
                                             const indicator::v1::Statistic& reported,
                                             int64_t sequence) const {
  const bool counts = reported.division_code() == plan_.district_code() ||
                      reported.division_code() == divisions_.city_code();
  const indicator::v1::StatisticSeries* series = FindSeries(plan_.series(), reported.series());
  const bool used = std::any_of(
      plan_.indicators().begin(), plan_.indicators().end(), [&](const auto& definition) {
        const absl::btree_set<std::string> names = NamesNeeded(definition);
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return data::ReadStatisticTerm(name).series == reported.series();
        });
      });
  if (!counts || !used || series == nullptr || !reported.revision_reason().empty()) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::CivilDay from, FromProto(reported.reference_date()));
  ASSIGN_OR_RETURN(const std::vector<absl::CivilDay> days,
                   ReleasedDays(transaction, plan_.document_number(), from));
  std::string changed;
  for (const absl::CivilDay day : days) {
    if (IsTooOld(*series, from, day)) continue;
    ASSIGN_OR_RETURN(const auto used,
                     ChooseStatistics(transaction, {{reported.series(), reported.division_code()}},
                                      day, sequence));
    const auto of = used.empty() ? absl::InvalidArgumentError("none")
                                 : FromProto(used.front().reference_date());
    if (of.ok() && *of > from) continue;  // a newer one is used, and stays so
    absl::StrAppend(&changed, changed.empty() ? "" : "、", FormatDay(day));
  }
  return changed.empty() ? absl::OkStatus() : rpc::Error("CHANGES_RELEASED", {{"days", changed}});
}

}  // namespace tuoyu::aggregator
