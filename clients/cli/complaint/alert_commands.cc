// tuoyu case alerts, watch: what can't wait until someone looks through a worklist.
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/cli/command.h"
#include "clients/cli/complaint/alert_view.h"
#include "clients/cli/progress.h"
#include "clients/cli/roster_call.h"
#include "common/base/status.h"
#include "tuoyu/complaint/v1/alert_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

constexpr int kPage = 1'000;

struct AlertArgs {
  int limit = 200;
  int every = 15;
  int times = 0;
};

int Alerts(Session& session, const AlertArgs& args) {
  return ShowList<pb::ListAlertsResponse>(
      session, pb::ListAlertsRequest(), args.limit, {"没有预警。", "No alerts."},
      [](auto* reply) { return reply->mutable_alerts(); },
      [&](const auto& found) {
        return RenderAlerts({found.begin(), found.end()}, session.language(), session.width());
      });
}

absl::StatusOr<std::vector<pb::CaseAlert>> Standing(Session& session) {
  std::vector<pb::CaseAlert> alerts;
  pb::ListAlertsRequest request;
  request.set_page_size(kPage);
  do {
    pb::ListAlertsResponse page;
    RETURN_IF_ERROR(session.CallOwner(request, &page));
    alerts.insert(alerts.end(), page.alerts().begin(), page.alerts().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return alerts;
}

void Ring() {
  if (IsTerminal(STDERR_FILENO)) std::fputs("\a", stderr);
}

void TellAlert(const Session& session, const pb::CaseAlert& alert) {
  if (session.json()) {
    session.Print(ToJsonText(alert) + "\n");
  } else if (session.names()) {
    session.PrintName(alert.name());
  } else {
    session.Print(AlertLine(alert, session.language()));
  }
  // Whoever reads the lines acts on each at once.
  std::fflush(stdout);
}

// Looks until it is interrupted, or as often as was asked; a service that can't be reached is told of and tried again.
int Watch(Session& session, const AlertArgs& args) {
  AlertWatch watch;
  int failed = kExitOk;
  for (int look = 0; args.times == 0 || look < args.times; ++look) {
    if (look > 0) absl::SleepFor(absl::Seconds(args.every));
    session.ForgetToken();
    const absl::StatusOr<std::vector<pb::CaseAlert>> standing = Standing(session);
    if (!standing.ok()) {
      failed = session.Fail(standing.status());
      Ring();
      continue;
    }
    failed = kExitOk;
    const std::vector<pb::CaseAlert> fresh = watch.New(*standing);
    for (const pb::CaseAlert& alert : fresh) TellAlert(session, alert);
    if (!fresh.empty()) Ring();
  }
  return failed;
}

}  // namespace

void AddCaseAlertCommands(CLI::App* group, CommandLine* line) {
  Bind<AlertArgs>(
      line, AddCommand(group, "alerts", "未处置的预警 / alerts that stand"),
      [](CLI::App* command, AlertArgs* args) {
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      Alerts);
  CLI::App* watch =
      AddCommand(group, "watch", "值班：有新预警即告知 / on duty: tell each new alert");
  Bind<AlertArgs>(
      line, watch,
      [](CLI::App* command, AlertArgs* args) {
        command->add_option("--every", args->every, "间隔秒数 / seconds between looks")
            ->check(CLI::Range(1, 3'600))
            ->capture_default_str();
        command->add_option("--times", args->times, "查看次数，0 为不停 / looks; 0: until stopped")
            ->check(CLI::Range(0, 1'000'000))
            ->capture_default_str();
      },
      Watch);
  Examples(watch,
           "  tuoyu case watch --as complaint\n"
           "  tuoyu case watch --as department --org PSB -o json | while read -r alert; do "
           "page-duty-officer \"$alert\"; done");
}

}  // namespace tuoyu::cli
