// tuoyu staff list, due, conflicts, and the list of banned persons.
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "clients/cli/staff_view.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kMostWithin = 366;

struct ListArgs {
  std::string facility;
  std::string as_of;
  std::string under;
  bool former = false;
  int within = 30;
  int limit = 200;
};

struct BanArgs {
  std::string name;
  std::string id_number;
  std::string ground;
  std::string document;
  std::string decided_on;
  std::string reason;
  std::string staff;
};

int List(Session& session, const ListArgs& args) {
  pb::ListStaffRequest request;
  const auto facility = FacilityOption(session, args.facility);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  request.set_parent(*facility);
  const auto as_of = DateOption("--as-of", args.as_of);
  if (!as_of.ok()) return session.FailUsage(std::string(as_of.status().message()));
  if (!args.as_of.empty()) *request.mutable_as_of() = *as_of;
  const auto day = FromProto(*as_of);
  request.set_include_former(args.former);
  return ShowList<pb::ListStaffResponse>(
      session, std::move(request), args.limit, {"名册上没有人。", "Nobody on the roster."},
      [](auto* reply) { return reply->mutable_staff(); },
      [&](const auto& staff) {
        return RenderRoster({staff.begin(), staff.end()}, day.ok() ? *day : session.today(),
                            session.language(), session.width());
      });
}

int Due(Session& session, const ListArgs& args) {
  pb::ListStaffDueRequest request;
  request.set_division_prefix(args.under);
  request.set_within_days(args.within);
  return ShowList<pb::ListStaffDueResponse>(
      session, std::move(request), args.limit,
      {"没有缺失或到期的证书。", "No certificates are missing or due."},
      [](auto* reply) { return reply->mutable_staff(); },
      [&](const auto& staff) {
        return RenderStaffDue({staff.begin(), staff.end()}, session.language(), session.width());
      });
}

int Conflicts(Session& session, const ListArgs& args) {
  pb::ListPostConflictsRequest request;
  request.set_division_prefix(args.under);
  return ShowList<pb::ListPostConflictsResponse>(
      session, std::move(request), args.limit, {"没有任职冲突。", "No conflicts of posts."},
      [](auto* reply) { return reply->mutable_conflicts(); },
      [&](const auto& conflicts) {
        return RenderPostConflicts({conflicts.begin(), conflicts.end()}, session.language(),
                                   session.width());
      });
}

int Bans(Session& session, const ListArgs& args) {
  return ShowList<pb::ListBansResponse>(
      session, pb::ListBansRequest(), args.limit, {"名单是空的。", "The list is empty."},
      [](auto* reply) { return reply->mutable_bans(); },
      [&](const auto& bans) {
        return RenderBans({bans.begin(), bans.end()}, session.language(), session.width());
      });
}

template <typename Request>
int ShowBan(Session& session, const Request& request) {
  pb::StaffBan ban;
  if (absl::Status status = session.CallFiling(request, &ban); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(ban.name());
  if (session.json()) {
    session.PrintJson(ban);
  } else if (!session.names()) {
    session.Print(RenderBan(ban, session.language(), session.width()));
  }
  return kExitOk;
}

int Ban(Session& session, const BanArgs& args) {
  pb::BanPersonRequest request;
  pb::StaffBan& ban = *request.mutable_ban();
  const auto ground = EnumOption<pb::BanGround>("--ground", args.ground);
  if (!ground.ok()) return session.FailUsage(std::string(ground.status().message()));
  const auto decided_on = DateOption("--decided-on", args.decided_on);
  if (!decided_on.ok()) return session.FailUsage(std::string(decided_on.status().message()));
  const auto id_number = ReadIdNumber(session, args.id_number);
  if (!id_number.ok()) return session.FailUsage(std::string(id_number.status().message()));
  ban.set_person_name(args.name);
  ban.set_id_number(*id_number);
  ban.set_ground(*ground);
  ban.set_document_number(args.document);
  *ban.mutable_decided_on() = *decided_on;
  return ShowBan(session, request);
}

int ConfirmBan(Session& session, const BanArgs& args) {
  pb::ConfirmBarredRequest request;
  request.set_name(ResourceName("staffBans", args.name));
  request.set_staff(args.staff);
  return ShowBan(session, request);
}

int Unban(Session& session, const BanArgs& args) {
  pb::LiftBanRequest request;
  request.set_name(ResourceName("staffBans", args.name));
  request.set_reason(args.reason);
  return ShowBan(session, request);
}

void DeclareLimit(CLI::App* command, ListArgs* args) {
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void DeclareUnder(CLI::App* command, ListArgs* args) {
  command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
  DeclareLimit(command, args);
}

void DeclareBan(CLI::App* command, BanArgs* args) {
  command->add_option("--name", args->name, "姓名 / name of the person")->required();
  command
      ->add_option("--id-number", args->id_number,
                   "公民身份号码；写 - 则从标准输入读取，不留在命令历史中 / id number; - reads it "
                   "from standard input, so that it does not stay in the shell history")
      ->required();
  command
      ->add_option("--ground", args->ground,
                   absl::StrCat("事由 / ground: ", EnumChoices(*pb::BanGround_descriptor())))
      ->required();
  command->add_option("--document", args->document, "依据的文书号 / document it rests on")
      ->required();
  command->add_option("--decided-on", args->decided_on, "决定日期 / day of that decision")
      ->required();
}

void AddBans(CLI::App* group, CommandLine* line) {
  CLI::App* ban =
      AddCommand(group, "ban", "列入禁止从业名单，并列出其在岗处 / ban a person from the trade");
  Bind<BanArgs>(line, ban, DeclareBan, Ban);
  Examples(ban,
           "  tuoyu staff ban --name 向演练 --id-number - --ground ABUSE \\\n"
           "      --document （2026）渝0111刑初12号 --decided-on 2026-05-20 --as approver");
  CLI::App* confirm = AddCommand(group, "confirm-ban",
                                 "确认名册上姓名不同的人员即是被禁止的人员 / confirm that an entry "
                                 "under another name is of the banned person");
  Bind<BanArgs>(
      line, confirm,
      [](CLI::App* command, BanArgs* args) {
        command->add_option("ban", args->name, "staffBans/ID")->required();
        command->add_option("staff", args->staff, "facilities/ID/staff/ID")->required();
      },
      ConfirmBan);
  Examples(confirm, "  tuoyu staff confirm-ban staffBans/ID facilities/ID/staff/ID --as approver");
  CLI::App* unban = AddCommand(group, "unban", "解除误列 / lift a ban that rested on a mistake");
  Bind<BanArgs>(
      line, unban,
      [](CLI::App* command, BanArgs* args) {
        command->add_option("ban", args->name, "staffBans/ID")->required();
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Unban);
  Examples(unban, "  tuoyu staff unban staffBans/ID --reason 身份认定有误 --as approver");
  CLI::App* bans = AddCommand(group, "bans", "禁止从业名单 / the list of banned persons");
  Bind<ListArgs>(line, bans, DeclareLimit, Bans);
  Examples(bans, "  tuoyu staff bans --as approver");
}

}  // namespace

void AddStaffLists(CLI::App* staff, CommandLine* line) {
  CLI::App* list = AddCommand(staff, "list", "一家机构的名册 / the roster of a facility");
  Bind<ListArgs>(
      line, list,
      [](CLI::App* command, ListArgs* args) {
        command->add_option("facility", args->facility,
                            "facilities/ID，默认所代表的机构 / default the one acted for");
        command->add_option("--as-of", args->as_of, "某日的名册，默认今天 / on a day");
        command->add_flag("--former", args->former, "包括当日不在岗的 / also who has no post then");
        DeclareLimit(command, args);
      },
      List);
  Examples(list,
           "  tuoyu staff list facilities/ID --as inspector\n"
           "  tuoyu staff list facilities/ID --as-of 2025-12-31 --former --as principal");
  CLI::App* due = AddCommand(
      staff, "due", "证书缺失、过期或即将到期的人员 / whose certificates are missing or due");
  Bind<ListArgs>(
      line, due,
      [](CLI::App* command, ListArgs* args) {
        command
            ->add_option(
                "--within", args->within,
                "几天内到期；0 只列缺失和已过期的 / lapse within days; 0: missing or lapsed")
            ->check(CLI::Range(0, kMostWithin))
            ->capture_default_str();
        DeclareUnder(command, args);
      },
      Due);
  Examples(due,
           "  tuoyu staff due --within 60 --under 500111001 --as inspector\n"
           "  tuoyu staff due --as principal --facility facilities/ID");
  CLI::App* conflicts = AddCommand(
      staff, "conflicts", "同时在两家机构在岗、机构已终止仍在岗 / posts that can't both be");
  Bind<ListArgs>(line, conflicts, DeclareUnder, Conflicts);
  Examples(conflicts, "  tuoyu staff conflicts --under 500111 --as reviewer");
  AddBans(staff, line);
}

}  // namespace tuoyu::cli
