// tuoyu child show, list, due, conflicts, ratios.
#include <string>
#include <utility>

#include "clients/cli/child_view.h"
#include "clients/cli/command.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/child_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kMostWithin = 366;

struct ShowArgs {
  std::string child;
  std::string as_of;
};

struct ListArgs {
  std::string facility;
  std::string as_of;
  std::string under;
  bool former = false;
  int within = 30;
  int limit = 200;
};

// The day that --as-of gave, else today; the field of the request is set in the first case only.
template <typename Request>
absl::StatusOr<absl::CivilDay> SetAsOf(const Session& session, const std::string& as_of,
                                       Request* request) {
  if (as_of.empty()) return session.today();
  ASSIGN_OR_RETURN(*request->mutable_as_of(), DateOption("--as-of", as_of));
  return FromProto(request->as_of());
}

int Show(Session& session, const ShowArgs& args) {
  pb::GetChildRequest request;
  const auto day = SetAsOf(session, args.as_of, &request);
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  request.set_name(RosterNameOf(session, "children", args.child));
  pb::Child child;
  if (absl::Status status = session.CallFiling(request, &child); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(child.name());
  if (session.json()) {
    session.PrintJson(child);
  } else if (!session.names()) {
    session.Print(RenderChild(child, *day, session.language(), session.width()));
  }
  return kExitOk;
}

int List(Session& session, const ListArgs& args) {
  pb::ListChildrenRequest request;
  const auto facility = FacilityOption(session, args.facility);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  const auto day = SetAsOf(session, args.as_of, &request);
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  request.set_parent(*facility);
  request.set_include_former(args.former);
  return ShowList<pb::ListChildrenResponse>(
      session, std::move(request), args.limit, {"名册上没有婴幼儿。", "No children on the roster."},
      [](auto* reply) { return reply->mutable_children(); },
      [&](const auto& children) {
        return RenderChildren({children.begin(), children.end()}, *day, session.language(),
                              session.width());
      });
}

int Due(Session& session, const ListArgs& args) {
  pb::ListHealthDueRequest request;
  request.set_division_prefix(args.under);
  request.set_within_days(args.within);
  return ShowList<pb::ListHealthDueResponse>(
      session, std::move(request), args.limit,
      {"没有未建档、不全或应检的健康档案。", "No records lack anything or have a check due."},
      [](auto* reply) { return reply->mutable_children(); },
      [&](const auto& children) {
        return RenderHealthDue({children.begin(), children.end()}, session.language(),
                               session.width());
      });
}

int Conflicts(Session& session, const ListArgs& args) {
  pb::ListEnrolmentConflictsRequest request;
  request.set_division_prefix(args.under);
  return ShowList<pb::ListEnrolmentConflictsResponse>(
      session, std::move(request), args.limit, {"没有重复在托。", "Nobody is enrolled twice."},
      [](auto* reply) { return reply->mutable_conflicts(); },
      [&](const auto& conflicts) {
        return RenderEnrolmentConflicts({conflicts.begin(), conflicts.end()}, session.language(),
                                        session.width());
      });
}

// With --output name the facility is named when something is amiss, else nothing.
int Ratios(Session& session, const ListArgs& args) {
  pb::CheckRatiosRequest request;
  const auto facility = FacilityOption(session, args.facility);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  const auto day = SetAsOf(session, args.as_of, &request);
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  request.set_parent(*facility);
  pb::CheckRatiosResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  if (!reply.violations().empty()) session.PrintName(*facility);
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(RenderRatios(reply, session.language(), session.width()));
  }
  return kExitOk;
}

void DeclareFacility(CLI::App* command, ListArgs* args) {
  command->add_option("facility", args->facility,
                      "facilities/ID，默认所代表的机构 / default the one acted for");
  command->add_option("--as-of", args->as_of, "某日，默认今天 / on a day, default today");
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

void AddRoster(CLI::App* child, CommandLine* line) {
  CLI::App* show = AddCommand(child, "show",
                              "一名婴幼儿的在托与健康档案，可问某日 / one child, also as of a day");
  Bind<ShowArgs>(
      line, show,
      [](CLI::App* command, ShowArgs* args) {
        command
            ->add_option("child", args->child,
                         "facilities/ID/children/ID；给出 --facility 时只写 ID / with --facility "
                         "the ID alone")
            ->required();
        command->add_option("--as-of", args->as_of, "某日的档案状态 / state as of a day");
      },
      Show);
  Examples(show, "  tuoyu child show facilities/ID/children/ID --as-of 2026-12-31 --as phc");
  CLI::App* list = AddCommand(child, "list", "一家机构的名册 / the roster of a facility");
  Bind<ListArgs>(
      line, list,
      [](CLI::App* command, ListArgs* args) {
        DeclareFacility(command, args);
        command->add_flag("--former", args->former,
                          "包括当日不在托的 / also who is not in care then");
        DeclareLimit(command, args);
      },
      List);
  Examples(list,
           "  tuoyu child list facilities/ID --as phc\n"
           "  tuoyu child list facilities/ID --as-of 2025-12-31 --former --as principal");
}

}  // namespace

void AddChildLists(CLI::App* child, CommandLine* line) {
  AddRoster(child, line);
  CLI::App* due = AddCommand(
      child, "due",
      "未建档、档案不全或应检的婴幼儿 / whose records lack something or have a check due");
  Bind<ListArgs>(
      line, due,
      [](CLI::App* command, ListArgs* args) {
        command
            ->add_option("--within", args->within,
                         "几天内应检；0 只列已到期的 / due within days; 0: due by today")
            ->check(CLI::Range(0, kMostWithin))
            ->capture_default_str();
        DeclareUnder(command, args);
      },
      Due);
  Examples(due,
           "  tuoyu child due --within 60 --under 500111001 --as phc\n"
           "  tuoyu child due --as principal --facility facilities/ID");
  CLI::App* conflicts = AddCommand(
      child, "conflicts", "同一时段在两家机构在托 / enrolled at two facilities at one time");
  Bind<ListArgs>(line, conflicts, DeclareUnder, Conflicts);
  Examples(conflicts, "  tuoyu child conflicts --under 500111 --as reviewer");
  CLI::App* ratios = AddCommand(
      child, "ratios", "各班婴幼儿、托位与保育人员 / children, places and carers of each class");
  Bind<ListArgs>(line, ratios, DeclareFacility, Ratios);
  Examples(ratios,
           "  tuoyu child ratios facilities/ID --as inspector\n"
           "  tuoyu child ratios facilities/ID --as-of 2026-09-01 --as principal");
}

}  // namespace tuoyu::cli
