// tuoyu indicator changes, series, tree: indicators over time and place.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/indicator_call.h"
#include "clients/cli/indicator_history_view.h"
#include "common/base/status.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

struct ChangesArgs {
  int number = 0;
  std::string of;
  std::string since;
  std::string as_of;
  int64_t filing_since = 0;
  int64_t statistics_since = 0;
  int64_t filing_sequence = 0;
  int64_t statistics_sequence = 0;
  int limit = 10'000;
};

absl::StatusOr<pb::ListIndicatorChangesRequest> RequestOf(const ChangesArgs& args) {
  pb::ListIndicatorChangesRequest request;
  request.set_number(args.number);
  request.set_division_code(args.of);
  ASSIGN_OR_RETURN(const google::type::Date since, DateOption("--since", args.since));
  if (!args.since.empty()) *request.mutable_since() = since;
  ASSIGN_OR_RETURN(const google::type::Date as_of, DateOption("--as-of", args.as_of));
  if (!args.as_of.empty()) *request.mutable_as_of() = as_of;
  request.set_known_since_filing_sequence(args.filing_since);
  request.set_known_since_indicator_sequence(args.statistics_since);
  request.set_known_at_filing_sequence(args.filing_sequence);
  request.set_known_at_indicator_sequence(args.statistics_sequence);
  return request;
}

int Changes(Session& session, const ChangesArgs& args) {
  if (args.since.empty() && args.filing_since == 0 && args.statistics_since == 0) {
    return session.FailUsage(Bilingual{
        "请用 --since 给出较早的一天，或用 --known-since、--statistics-known-since "
        "给出较早的流水序号",
        "name the earlier day with --since, or the earlier journal entry with --known-since or "
        "--statistics-known-since"});
  }
  auto request = RequestOf(args);
  if (!request.ok()) return session.FailUsage(std::string(request.status().message()));
  const auto all = AllChanges(session, *std::move(request), args.limit);
  if (!all.ok()) return session.Fail(all.status());
  for (const pb::IndicatorChange& change : all->changes()) session.PrintName(change.member());
  if (session.json()) {
    session.PrintJson(*all);
  } else if (!session.names()) {
    session.Print(RenderChanges(*all, session.language(), session.width()));
  }
  return kExitOk;
}

void DeclareChanges(CLI::App* command, ChangesArgs* args) {
  command->add_option("number", args->number, "指标序号 1–10 / number")
      ->required()
      ->check(CLI::Range(1, 10));
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_option("--since", args->since, "较早的一天 / the earlier day");
  command->add_option("--as-of", args->as_of,
                      "较晚的一天，默认今天 / the later day, default today");
  command
      ->add_option("--known-since", args->filing_since,
                   "较早时备案流水的序号 / the earlier entry of the registry's journal")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--statistics-known-since", args->statistics_since,
                   "较早时统计流水的序号 / the earlier entry of the statistics' journal")
      ->check(CLI::PositiveNumber);
  command->add_option("--known-at", args->filing_sequence,
                      "备案流水到此序号时所知 / as known at this entry of the registry's journal");
  command->add_option("--statistics-known-at", args->statistics_sequence,
                      "统计流水到此序号时所知 / as known at this entry of the statistics' journal");
  command->add_option("--limit", args->limit, "最多列出多少条 / list at most so many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

struct TableArgs {
  std::vector<int> numbers;
  std::string of;
  std::string first;
  std::string last;
  std::string as_of;
  int64_t filing_sequence = 0;
  int64_t statistics_sequence = 0;
};

template <typename Request>
void FillTable(const TableArgs& args, Request* request) {
  for (const int number : args.numbers) request->add_numbers(number);
  request->set_known_at_filing_sequence(args.filing_sequence);
  request->set_known_at_indicator_sequence(args.statistics_sequence);
}

// Calls, and shows the reply as JSON or as `render` does.
template <typename Request, typename Reply>
int ShowTable(Session& session, const Request& request, Reply* reply,
              std::string (*render)(const Reply&, Language, int)) {
  if (absl::Status status = session.CallAggregator(request, reply); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(*reply);
  } else {
    session.Tell(render(*reply, session.language(), session.width()));
  }
  return kExitOk;
}

int Series(Session& session, const TableArgs& args) {
  pb::GetIndicatorSeriesRequest request;
  FillTable(args, &request);
  request.set_division_code(args.of);
  const auto first = MonthOption("--from", args.first);
  const auto last = MonthOption("--to", args.last);
  for (const auto* month : {&first, &last}) {
    if (!month->ok()) return session.FailUsage(std::string(month->status().message()));
  }
  if (!args.first.empty()) *request.mutable_first_month() = *first;
  if (!args.last.empty()) *request.mutable_last_month() = *last;
  pb::GetIndicatorSeriesResponse reply;
  return ShowTable(session, request, &reply, RenderSeries);
}

int Tree(Session& session, const TableArgs& args) {
  pb::GetIndicatorTreeRequest request;
  FillTable(args, &request);
  const auto as_of = DateOption("--as-of", args.as_of);
  if (!as_of.ok()) return session.FailUsage(std::string(as_of.status().message()));
  if (!args.as_of.empty()) *request.mutable_as_of() = *as_of;
  pb::GetIndicatorTreeResponse reply;
  return ShowTable(session, request, &reply, RenderTree);
}

void DeclareTable(CLI::App* command, TableArgs* args) {
  command->add_option("numbers", args->numbers, "指标序号 1–10，默认全部 / numbers, default all")
      ->check(CLI::Range(1, 10));
  command->add_option("--known-at", args->filing_sequence,
                      "备案流水到此序号时所知 / as known at this entry of the registry's journal");
  command->add_option("--statistics-known-at", args->statistics_sequence,
                      "统计流水到此序号时所知 / as known at this entry of the statistics' journal");
}

void DeclareSeries(CLI::App* command, TableArgs* args) {
  DeclareTable(command, args);
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_option(
      "--from", args->first,
      "首月，如 2025-01，默认末月前第11个月 / first month, default 11 before the last");
  command->add_option("--to", args->last,
                      "末月，默认最近一个已结束的月 / last month, default the last that has ended");
}

void DeclareTree(CLI::App* command, TableArgs* args) {
  DeclareTable(command, args);
  command->add_option("--as-of", args->as_of, "某日，默认今天 / day, default today");
}

}  // namespace

void AddIndicatorHistory(CLI::App* indicator, CommandLine* line) {
  CLI::App* changes =
      AddCommand(indicator, "changes",
                 "变化说明：哪些记录、哪几条流水使数值变了 / what made a value another one");
  Bind<ChangesArgs>(line, changes, DeclareChanges, Changes);
  Examples(changes,
           "  tuoyu indicator changes 1 --since 2025-12-31 --as statistician\n"
           "  tuoyu indicator changes 9 --of 500111001 --known-since 1200 --as statistician");
  CLI::App* series = AddCommand(indicator, "series", "月度序列：各月末的数值 / month by month");
  Bind<TableArgs>(line, series, DeclareSeries, Series);
  Examples(series,
           "  tuoyu indicator series --from 2025-01 --to 2025-12\n"
           "  tuoyu indicator series 1 2 --of 500111001");
  CLI::App* tree =
      AddCommand(indicator, "tree", "区划树：全区及各镇街的数值 / the district, streets and towns");
  Bind<TableArgs>(line, tree, DeclareTree, Tree);
  Examples(tree, "  tuoyu indicator tree 1 2 3 --as-of 2025-12-31");
}

}  // namespace tuoyu::cli
