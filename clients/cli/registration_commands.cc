// tuoyu registration …: what the registrars push, and what is registered but not filed (已登记未备案).
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/item_call.h"
#include "clients/cli/registration_view.h"
#include "clients/cli/roster_call.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kMostAge = 36'500;

struct PushArgs {
  std::string path;
  bool check = false;
};

struct ListArgs {
  std::string under;
  std::string registrar;
  std::string state;
  std::string uscc;
  int age = 0;
  bool all = false;
  bool childcare = false;
  int limit = 200;
};

struct ContactArgs {
  std::string name;
  std::string outcome;
  std::string on;
  std::string until;
  std::string note;
};

int Push(Session& session, const PushArgs& args) {
  pb::PushRegistrationsRequest request;
  data::FieldLines lines;
  const absl::Status read = LoadMessageFile(args.path, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  request.set_validate_only(args.check);
  const auto names = [](const pb::PushRegistrationsResponse& reply) {
    std::vector<std::string> found;
    for (const pb::PushResult& result : reply.results()) found.push_back(result.name());
    return found;
  };
  return SendBatch<pb::PushRegistrationsResponse>(
      session, request, &lines, names, [&](const auto& reply, bool blocked) {
        session.Print(args.check ? absl::StrCat(OutcomeOf(session, blocked, args.check), "\n")
                                 : RenderPush(request, reply, session.language(), session.width()));
      });
}

int List(Session& session, const ListArgs& args) {
  pb::ListRegistrationsRequest request;
  request.set_division_prefix(args.under);
  request.set_uscc(args.uscc);
  if (!args.registrar.empty()) {
    const auto registrar = EnumOption<pb::Registrar>("--registrar", args.registrar);
    if (!registrar.ok()) return session.FailUsage(std::string(registrar.status().message()));
    request.set_registrar(*registrar);
  }
  if (!args.state.empty()) {
    const auto state = EnumOption<pb::RegistrationState>("--state", args.state);
    if (!state.ok()) return session.FailUsage(std::string(state.status().message()));
    request.set_state(*state);
  }
  return ShowList<pb::ListRegistrationsResponse>(
      session, std::move(request), args.limit, {"没有登记信息。", "No registrations."},
      [](auto* reply) { return reply->mutable_registrations(); },
      [&](const auto& found) {
        return RenderRegistrations({found.begin(), found.end()}, session.language(),
                                   session.width());
      });
}

int Unfiled(Session& session, const ListArgs& args) {
  pb::ListUnfiledRegistrationsRequest request;
  request.set_division_prefix(args.under);
  request.set_minimum_age_days(args.age);
  request.set_include_put_off(args.all);
  request.set_childcare_only(args.childcare);
  if (!args.registrar.empty()) {
    const auto registrar = EnumOption<pb::Registrar>("--registrar", args.registrar);
    if (!registrar.ok()) return session.FailUsage(std::string(registrar.status().message()));
    request.set_registrar(*registrar);
  }
  return ShowList<pb::ListUnfiledRegistrationsResponse>(
      session, std::move(request), args.limit,
      {"没有已登记未备案的机构。", "Nothing is registered without a filing."},
      [](auto* reply) { return reply->mutable_registrations(); },
      [&](const auto& found) {
        return RenderUnfiled({found.begin(), found.end()}, session.language(), session.width());
      });
}

int Show(Session& session, const ContactArgs& args) {
  pb::GetRegistrationRequest request;
  request.set_name(ResourceName("registrations", args.name));
  pb::GetRegistrationResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(reply.registration().name());
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(RenderRegistration(reply, session.language(), session.width()));
  }
  return kExitOk;
}

int Contact(Session& session, const ContactArgs& args) {
  pb::RecordContactRequest request;
  request.set_parent(ResourceName("registrations", args.name));
  pb::RegistrationContact& contact = *request.mutable_contact();
  const auto outcome = EnumOption<pb::ContactOutcome>("--outcome", args.outcome);
  if (!outcome.ok()) return session.FailUsage(std::string(outcome.status().message()));
  const auto on = DateOptionOr("--on", args.on, session.today());
  if (!on.ok()) return session.FailUsage(std::string(on.status().message()));
  const auto until = DateOption("--until", args.until);
  if (!until.ok()) return session.FailUsage(std::string(until.status().message()));
  contact.set_outcome(*outcome);
  *contact.mutable_contacted_on() = *on;
  if (!args.until.empty()) *contact.mutable_off_list_until() = *until;
  contact.set_note(args.note);
  return ShowItem<pb::RegistrationContact>(
      session, request, [](const auto& recorded, Language language, int /*width*/) {
        return absl::StrCat(ContactText(recorded, language), "\n");
      });
}

void DeclareFilters(CLI::App* command, ListArgs* args) {
  command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
  command->add_option(
      "--registrar", args->registrar,
      absl::StrCat("登记机关 / registrar: ", EnumChoices(*pb::Registrar_descriptor())));
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void AddReading(CLI::App* group, CommandLine* line) {
  CLI::App* list = AddCommand(group, "list", "登记信息 / registrations");
  Bind<ListArgs>(
      line, list,
      [](CLI::App* command, ListArgs* args) {
        DeclareFilters(command, args);
        command->add_option("--uscc", args->uscc, "统一社会信用代码 / USCC");
        command->add_option(
            "--state", args->state,
            absl::StrCat("状态 / state: ", EnumChoices(*pb::RegistrationState_descriptor())));
      },
      List);
  Examples(list, "  tuoyu registration list --as department --org SAMR");
  CLI::App* unfiled = AddCommand(
      group, "unfiled", "已登记未备案，登记最久的在前 / registered but not filed, oldest first");
  Bind<ListArgs>(
      line, unfiled,
      [](CLI::App* command, ListArgs* args) {
        DeclareFilters(command, args);
        command
            ->add_option("--days", args->age, "至少已登记天数 / registered at least so many days")
            ->check(CLI::Range(0, kMostAge));
        command->add_flag("--childcare", args->childcare,
                          "只列范围含托育的 / only those whose scope states childcare");
        command->add_flag("--all", args->all, "含暂缓的 / also what was put off");
      },
      Unfiled);
  Examples(unfiled, "  tuoyu registration unfiled --days 30 --childcare --as reviewer");
  CLI::App* show = AddCommand(group, "show", "一条登记信息 / one registration");
  Bind<ContactArgs>(
      line, show,
      [](CLI::App* command, ContactArgs* args) {
        command->add_option("registration", args->name, "registrations/ID")->required();
      },
      Show);
}

}  // namespace

void AddRegistrationCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "registration",
               "登记信息推送与已登记未备案清单 / what registrars push and who has not filed");
  CLI::App* push = AddCommand(group, "push", "推送登记信息 / push registrations");
  Bind<PushArgs>(
      line, push,
      [](CLI::App* command, PushArgs* args) {
        command->add_option("file", args->path, "登记信息文件 / file of registrations")->required();
        command->add_flag("--check", args->check, "只校验 / only check");
      },
      Push);
  Examples(
      push,
      "  tuoyu registration push deploy/examples/registrations.yaml --as department --org SAMR");
  AddReading(group, line);
  CLI::App* contact = AddCommand(group, "contact", "联系记录 / record a contact");
  Bind<ContactArgs>(
      line, contact,
      [](CLI::App* command, ContactArgs* args) {
        command->add_option("registration", args->name, "registrations/ID")->required();
        command
            ->add_option(
                "--outcome", args->outcome,
                absl::StrCat("结果 / outcome: ", EnumChoices(*pb::ContactOutcome_descriptor())))
            ->required();
        command->add_option("--on", args->on, "日期，默认今天 / day, default today");
        command->add_option("--until", args->until, "再次列入日期 / day it comes back to the list");
        command->add_option("--note", args->note, "情况说明 / what was said")->required();
      },
      Contact);
  Examples(contact,
           "  tuoyu registration contact registrations/ID --outcome ASKED_TO_FILE \\\n"
           "      --until 2026-04-30 --note 电话告知备案要求 --as reviewer");
}

}  // namespace tuoyu::cli
