// tuoyu price …: filing of prices (收费备案).
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/item_call.h"
#include "clients/cli/price_option.h"
#include "clients/cli/price_view.h"
#include "clients/cli/roster_option.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/price_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct PriceArgs {
  std::string name;
  std::string on;
  std::vector<std::string> items;
  std::string refunds;
  std::string file;
  std::string reason;
  bool back_entry = false;
};

absl::Status SetFiling(const Session& session, const PriceArgs& args, pb::PriceFiling* filing) {
  if (!args.file.empty()) {
    data::FieldLines lines;
    RETURN_IF_ERROR(LoadMessageFile(args.file, session.today(), filing, &lines));
  }
  if (!args.on.empty() || !filing->has_effective_from()) {
    ASSIGN_OR_RETURN(*filing->mutable_effective_from(),
                     DateOptionOr("--from", args.on, session.today()));
  }
  if (!args.refunds.empty()) filing->set_refund_rule(args.refunds);
  for (const std::string& text : args.items) {
    ASSIGN_OR_RETURN(*filing->add_items(), PriceItemOption(text));
  }
  return absl::OkStatus();
}

int File(Session& session, const PriceArgs& args) {
  const auto facility = FacilityOption(session, args.name);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  pb::FilePricesRequest request;
  request.set_parent(*facility);
  request.set_back_entry(args.back_entry);
  if (absl::Status set = SetFiling(session, args, request.mutable_filing()); !set.ok()) {
    return session.FailUsage(std::string(set.message()));
  }
  return ShowItem<pb::PriceFiling>(session, request, RenderPrices);
}

int Withdraw(Session& session, const PriceArgs& args) {
  ActAsOwner(session, args.name);
  pb::WithdrawPriceFilingRequest request;
  request.set_name(args.name);
  request.set_reason(args.reason);
  return ShowItem<pb::PriceFiling>(session, request, RenderPrices);
}

absl::Status ReadPrices(Session& session, const PriceArgs& args,
                        pb::ListPriceFilingsResponse* reply) {
  pb::ListPriceFilingsRequest request;
  request.set_parent(ResourceName("facilities", args.name));
  ActAsOwner(session, request.parent());
  if (!args.on.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_as_of(), DateOption("--as-of", args.on));
  }
  return session.CallFiling(request, reply);
}

int Show(Session& session, const PriceArgs& args) {
  pb::ListPriceFilingsResponse reply;
  if (absl::Status read = ReadPrices(session, args, &reply); !read.ok()) return session.Fail(read);
  if (reply.has_in_force()) return PrintItem(session, reply.in_force(), RenderPrices);
  if (session.json()) {
    session.PrintJson(reply.in_force());
  } else {
    session.Tell(absl::StrCat(
        session.Say("该日没有备案的收费。", "No prices are filed for that day."), "\n"));
  }
  return kExitOk;
}

int List(Session& session, const PriceArgs& args) {
  pb::ListPriceFilingsResponse reply;
  if (absl::Status read = ReadPrices(session, args, &reply); !read.ok()) return session.Fail(read);
  for (const pb::PriceFiling& each : reply.filings()) session.PrintName(each.name());
  if (session.names()) return kExitOk;
  if (session.json()) {
    session.PrintJson(reply);
  } else if (reply.filings().empty()) {
    session.Print(absl::StrCat(session.Say("没有备案的收费。", "No prices are filed."), "\n"));
  } else {
    session.Print(RenderPriceFilings({reply.filings().begin(), reply.filings().end()},
                                     session.language(), session.width()));
  }
  return kExitOk;
}

int Rules(Session& session, const PriceArgs&) {
  return ShowVersions<pb::ListPriceRulesResponse>(
      session, pb::ListPriceRulesRequest(),
      [](const auto& reply) -> const auto& { return reply.rules(); },
      [](const pb::PriceRules& each) { return each.version(); }, RenderPriceRules);
}

void DeclareFacility(CLI::App* command, PriceArgs* args) {
  command->add_option("facility", args->name, "facilities/ID")->required();
}

void DeclareFile(CLI::App* command, PriceArgs* args) {
  DeclareFacility(command, args);
  command->add_option("--from", args->on, "执行日期，默认今天 / first day, default today");
  command
      ->add_option("--item", args->items,
                   "收费项目，元 / price in yuan: CARE/TODDLER/FULL_DAY=1800, MEALS=18/DAY, "
                   "OTHER:被褥清洗=50/MONTH")
      ->delimiter(',');
  command->add_option("--refunds", args->refunds, "退费办法 / rules of refunds");
  command->add_option("--file", args->file, "收费文件（YAML 或 JSON） / file with the prices");
  command->add_flag("--back-entry", args->back_entry,
                    "补录过去的收费 / prices of days that are over");
}

}  // namespace

void AddPriceCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "price", "收费备案：备案、撤回、查询 / filing of prices");
  CLI::App* file = AddCommand(group, "file", "备案全部收费项目，自某日执行 / file all prices");
  Bind<PriceArgs>(line, file, DeclareFile, File);
  Examples(file,
           "  tuoyu price file facilities/ID --from 2026-09-01 --refunds 未满半月退一半 \\\n"
           "      --item CARE/TODDLER/FULL_DAY=1800,CARE/SENIOR/FULL_DAY=1600,MEALS=18/DAY --as "
           "principal");
  CLI::App* withdraw = AddCommand(group, "withdraw", "撤回尚未执行的收费 / withdraw a filing");
  Bind<PriceArgs>(
      line, withdraw,
      [](CLI::App* command, PriceArgs* args) {
        command->add_option("filing", args->name, "facilities/ID/priceFilings/ID")->required();
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Withdraw);
  Examples(withdraw,
           "  tuoyu price withdraw facilities/ID/priceFilings/ID --reason 另行备案 --as principal");
  const auto declare_reading = [](CLI::App* command, PriceArgs* args) {
    DeclareFacility(command, args);
    command->add_option("--as-of", args->on, "某日，默认今天 / day, default today");
  };
  CLI::App* show = AddCommand(group, "show", "一家机构某日的收费 / prices of a facility on a day");
  Bind<PriceArgs>(line, show, declare_reading, Show);
  Examples(show, "  tuoyu price show facilities/ID --as-of 2026-09-01");
  CLI::App* list = AddCommand(group, "list", "一家机构历次收费备案 / all filings of a facility");
  Bind<PriceArgs>(line, list, DeclareFacility, List);
  Examples(list, "  tuoyu price list facilities/ID");
  CLI::App* rules = AddCommand(group, "rules", "价格规则 / the rules of prices");
  Bind<PriceArgs>(
      line, rules, [](CLI::App*, PriceArgs*) {}, Rules);
  Examples(rules, "  tuoyu price rules");
}

}  // namespace tuoyu::cli
