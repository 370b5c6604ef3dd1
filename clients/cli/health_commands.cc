// tuoyu health, tuoyu status: how the services are, and where a filing stands.
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_flow.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/table.h"
#include "nlohmann/json.hpp"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

constexpr absl::Duration kHealthTimeout = absl::Seconds(3);

struct HealthArgs {
  std::string address;
};

struct StatusArgs {
  std::string name;
};

struct ServiceState {
  std::string name;
  std::string address;
  absl::Status health;
  std::string note;
};

int Health(Session& session, const HealthArgs& args) {
  std::vector<ServiceState> services;
  if (!args.address.empty()) {
    services.push_back({"service", args.address, {}, ""});
  } else {
    for (const ServiceTarget& each : kServices) {
      services.push_back({each.name, session.connection().AddressOf(each.target), {}, ""});
    }
  }
  bool all = true;
  nlohmann::json shown = nlohmann::json::array();
  Table table({{session.chinese() ? "服务" : "service"},
               {session.chinese() ? "地址" : "address"},
               {session.chinese() ? "状态" : "state"}});
  for (ServiceState& service : services) {
    service.health = session.connection().CheckHealth(service.address, kHealthTimeout);
    all = all && service.health.ok();
    table.Add({service.name, service.address,
               std::string(service.health.ok() ? session.Say("正常", "serving")
                                               : session.Say("未就绪", "not serving"))});
    shown.push_back({{"service", service.name},
                     {"address", service.address},
                     {"serving", service.health.ok()}});
  }
  session.Print(session.json() ? absl::StrCat(shown.dump(), "\n") : table.Render(session.width()));
  return all ? kExitOk : kExitUnavailable;
}

// What the journals and the aggregator say of themselves; empty where the caller may not ask.
int SystemStatus(Session& session) {
  session.DefaultRole(common::v1::ROLE_SYSADMIN);
  const bool zh = session.chinese();
  nlohmann::json shown = nlohmann::json::object();
  Details details;
  int code = kExitOk;
  for (const auto& [service, target] : kServices) {
    const std::string name = service;
    const std::string address = session.connection().AddressOf(target);
    const absl::Status health = session.connection().CheckHealth(address, kHealthTimeout);
    if (!health.ok()) code = kExitUnavailable;
    common::v1::JournalPosition head;
    const bool asked =
        health.ok() && session.Call(target, common::v1::GetJournalHeadRequest(), &head).ok();
    shown[name] = {{"address", address}, {"serving", health.ok()}};
    if (asked) shown[name]["journal_sequence"] = head.sequence();
    details.Add(
        name,
        absl::StrCat(address, "  ",
                     health.ok() ? (zh ? "正常" : "serving") : (zh ? "未就绪" : "not serving"),
                     asked ? absl::StrCat(zh ? "  流水 " : "  journal ", head.sequence()) : ""));
  }
  indicator::v1::AggregatorStatus status;
  if (session.CallAggregator(indicator::v1::GetAggregatorStatusRequest(), &status).ok()) {
    shown["aggregates"] = nlohmann::json::parse(ToJsonText(status));
    details.Add(zh ? "汇总" : "aggregates",
                absl::StrCat(status.applied_sequence(), "/", status.head_sequence(),
                             status.rebuilding() ? (zh ? "  重建中" : "  rebuilding") : "",
                             status.last_error().empty() ? "" : "  ", status.last_error()));
  }
  session.Print(session.json() ? absl::StrCat(shown.dump(), "\n")
                               : details.Render(session.width()));
  return code;
}

int Status(Session& session, const StatusArgs& args) {
  if (args.name.empty()) return SystemStatus(session);
  const auto filing = GetFiling(session, args.name);
  if (!filing.ok()) return session.Fail(filing.status());
  if (session.json()) {
    session.PrintJson(*filing);
    return kExitOk;
  }
  // The form and the materials are for `filing show`.
  filing::v1::Filing brief = *filing;
  const std::string name = brief.content().name();
  brief.clear_content();
  brief.clear_materials();
  session.Print(absl::StrCat(Printable(name), "\n",
                             RenderFiling(brief, session.language(), session.width())));
  return kExitOk;
}

}  // namespace

void AddHealthCommands(CLI::App* app, CommandLine* line) {
  CLI::App* health = AddCommand(app, "health", "服务是否就绪 / whether the services serve");
  Bind<HealthArgs>(
      line, health,
      [](CLI::App* command, HealthArgs* args) {
        command->add_option("--address", args->address, "只问这个地址 / ask this address only");
      },
      Health);
  CLI::App* status =
      AddCommand(app, "status",
                 "一件备案到了哪一步；不给编号则看系统 / where a filing stands; without "
                 "one, the system");
  Bind<StatusArgs>(
      line, status,
      [](CLI::App* command, StatusArgs* args) {
        command->add_option("filing", args->name, "filings/ID");
      },
      Status);
  Examples(status, "  tuoyu status filings/ID --as principal\n  tuoyu status");
}

}  // namespace tuoyu::cli
