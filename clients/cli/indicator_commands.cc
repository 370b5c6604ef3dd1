// tuoyu indicator …: the indicators and what they rest on.
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/command.h"
#include "clients/cli/indicator_view.h"
#include "clients/cli/progress.h"
#include "common/base/status.h"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr int kPage = 1'000;
constexpr int kMostShown = 10'000;

struct IndicatorArgs {
  int number = 0;
  std::string of;
  std::string as_of;
  int64_t filing_sequence = 0;
  int64_t statistics_sequence = 0;
  int wait_seconds = 120;
};

template <typename Request>
absl::Status FillDay(const IndicatorArgs& args, Request* request) {
  ASSIGN_OR_RETURN(const google::type::Date as_of, DateOption("--as-of", args.as_of));
  if (!args.as_of.empty()) *request->mutable_as_of() = as_of;
  request->set_division_code(args.of);
  return absl::OkStatus();
}

template <typename Request>
absl::Status Fill(const IndicatorArgs& args, Request* request) {
  request->set_known_at_filing_sequence(args.filing_sequence);
  request->set_known_at_indicator_sequence(args.statistics_sequence);
  return FillDay(args, request);
}

void PrintNumber(const Session& session, const pb::Indicator& indicator) {
  session.PrintName(absl::StrCat("indicators/", indicator.definition().number()));
}

int List(Session& session, const IndicatorArgs& args) {
  pb::ListIndicatorsRequest request;
  if (absl::Status status = Fill(args, &request); !status.ok()) {
    return session.FailUsage(std::string(status.message()));
  }
  pb::ListIndicatorsResponse reply;
  if (absl::Status status = session.CallAggregator(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::Indicator& indicator : reply.indicators()) PrintNumber(session, indicator);
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(RenderIndicators({reply.indicators().begin(), reply.indicators().end()},
                                   session.language(), session.width()));
  }
  return kExitOk;
}

int Show(Session& session, const IndicatorArgs& args) {
  pb::GetIndicatorRequest request;
  request.set_number(args.number);
  if (absl::Status status = Fill(args, &request); !status.ok()) {
    return session.FailUsage(std::string(status.message()));
  }
  pb::Indicator reply;
  if (absl::Status status = session.CallAggregator(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  PrintNumber(session, reply);
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(RenderIndicator(reply, session.language(), session.width()));
  }
  return kExitOk;
}

int Members(Session& session, const IndicatorArgs& args) {
  pb::ListIndicatorMembersRequest request;
  request.set_number(args.number);
  request.set_page_size(kPage);
  request.set_known_at_filing_sequence(args.filing_sequence);
  request.set_known_at_indicator_sequence(args.statistics_sequence);
  if (absl::Status status = FillDay(args, &request); !status.ok()) {
    return session.FailUsage(std::string(status.message()));
  }
  pb::ListIndicatorMembersResponse all;
  do {
    pb::ListIndicatorMembersResponse page;
    if (absl::Status status = session.CallAggregator(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_members()->MergeFrom(page.members());
    all.set_total_amount(page.total_amount());
    all.set_total_members(page.total_members());
    *all.mutable_positions() = page.positions();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && all.members_size() < kMostShown);
  all.set_next_page_token(request.page_token());
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  for (const pb::IndicatorMember& member : all.members()) session.PrintName(member.member());
  if (session.names()) return kExitOk;
  session.Print(absl::StrCat(
      RenderMembers({all.members().begin(), all.members().end()}, session.language(),
                    session.width()),
      "\n", session.Say("合计 ", "sum "), all.total_amount(), session.Say("，共 ", " over "),
      all.total_members(), session.Say(" 条", " records"),
      all.next_page_token().empty() ? "" : session.Say("（只列出一部分）", " (not all shown)"),
      "\n"));
  return kExitOk;
}

// Waits until the aggregator has applied all that the registry's journal holds now.
int Wait(Session& session, const IndicatorArgs& args) {
  session.DefaultRole(common::v1::ROLE_SYSADMIN);
  const absl::Time end = absl::Now() + absl::Seconds(args.wait_seconds);
  common::v1::JournalPosition head;
  if (absl::Status status = session.CallFiling(common::v1::GetJournalHeadRequest(), &head);
      !status.ok()) {
    return session.Fail(status);
  }
  Progress progress(session.Say("汇总", "aggregating"), std::max<int64_t>(head.sequence(), 1),
                    !session.json());
  pb::AggregatorStatus status;
  while (true) {
    if (absl::Status called = session.CallAggregator(pb::GetAggregatorStatusRequest(), &status);
        !called.ok()) {
      return session.Fail(called);
    }
    progress.Set(status.applied_sequence());
    if (!status.rebuilding() && status.applied_sequence() >= head.sequence()) break;
    if (absl::Now() > end) {
      return session.Fail(absl::DeadlineExceededError(absl::StrCat(
          session.Say("汇总未在时限内赶上：", "the aggregator did not catch up: "),
          status.applied_sequence(), "/", head.sequence(), "  ", status.last_error())));
    }
    absl::SleepFor(absl::Milliseconds(50));
  }
  if (session.json()) session.PrintJson(status);
  return kExitOk;
}

// Derives the measures anew, and waits until that is done.
int Rebuild(Session& session, const IndicatorArgs& args) {
  pb::AggregatorStatus status;
  if (absl::Status called = session.CallAggregator(pb::RebuildMeasuresRequest(), &status);
      !called.ok()) {
    return session.Fail(called);
  }
  return Wait(session, args);
}

void Declare(CLI::App* command, IndicatorArgs* args) {
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_option("--as-of", args->as_of, "某日的指标 / as of a day");
}

void DeclareKnown(CLI::App* command, IndicatorArgs* args) {
  Declare(command, args);
  command->add_option("--known-at", args->filing_sequence,
                      "备案流水到此序号时所知 / as known at this entry of the registry's journal");
  command->add_option("--statistics-known-at", args->statistics_sequence,
                      "统计流水到此序号时所知 / as known at this entry of the statistics' journal");
}

void DeclareNumber(CLI::App* command, IndicatorArgs* args) {
  command->add_option("number", args->number, "指标序号 1–10 / number")
      ->required()
      ->check(CLI::Range(1, 10));
}

}  // namespace

void AddIndicatorCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "indicator", "指标：现值、依据、下钻 / indicators");
  CLI::App* list = AddCommand(group, "list", "全部指标 / all indicators");
  Bind<IndicatorArgs>(line, list, DeclareKnown, List);
  Examples(list, "  tuoyu indicator list\n  tuoyu indicator list --as-of 2022-12-31");
  CLI::App* show = AddCommand(group, "show", "一项指标如何得出 / where a number comes from");
  Bind<IndicatorArgs>(
      line, show,
      [](CLI::App* command, IndicatorArgs* args) {
        DeclareNumber(command, args);
        DeclareKnown(command, args);
      },
      Show);
  Examples(show, "  tuoyu indicator show 4 --as-of 2022-12-31");
  CLI::App* members = AddCommand(group, "members", "计入的记录（下钻） / the records counted");
  Bind<IndicatorArgs>(
      line, members,
      [](CLI::App* command, IndicatorArgs* args) {
        DeclareNumber(command, args);
        DeclareKnown(command, args);
      },
      Members);
  Examples(members,
           "  tuoyu indicator members 5 --as-of 2023-12-31 --as statistician\n"
           "  tuoyu indicator members 4 --of 500111001 --as statistician");
  AddIndicatorHistory(group, line);
  AddReleaseCommands(group, line);
  const auto seconds = [](CLI::App* command, IndicatorArgs* args) {
    command->add_option("--seconds", args->wait_seconds, "最多等几秒 / at most")
        ->capture_default_str();
  };
  Bind<IndicatorArgs>(
      line,
      AddCommand(group, "wait", "等到汇总赶上登记 / wait until the aggregates are up to date"),
      seconds, Wait);
  CLI::App* rebuild =
      AddCommand(group, "rebuild",
                 "从流水重新汇总，期间照常应答 / derive all measures anew from the journal; "
                 "answers go on meanwhile");
  Bind<IndicatorArgs>(line, rebuild, seconds, Rebuild);
  Examples(rebuild, "  tuoyu indicator rebuild --as sysadmin");
}

}  // namespace tuoyu::cli
