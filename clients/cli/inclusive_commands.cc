// tuoyu inclusive …: inclusive recognition (普惠认定) from the application to the decision.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/command.h"
#include "clients/cli/decimal.h"
#include "clients/cli/inclusive_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/inclusive_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kFenDecimals = 2;
constexpr int kDefaultLimit = 200;

struct InclusiveArgs {
  std::string name;
  std::string renews;
  int places = 0;
  std::vector<std::string> caps;
  std::vector<std::string> declared;
  std::string on;
  std::string ground;
  int number = 0;
  std::string outcome;
  std::string reason;
  std::string document;
  std::string under;
  std::vector<std::string> states;
  int limit = kDefaultLimit;
};

// "TODDLER=1800", "TODDLER/HALF_DAY=900.50" of each --cap.
absl::Status ReadCaps(const std::vector<std::string>& caps,
                      pb::RecognitionApplication* application) {
  for (const std::string& text : caps) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    const std::pair<std::string, std::string> what =
        absl::StrSplit(parts.first, absl::MaxSplits('/', 1));
    ASSIGN_OR_RETURN(const auto kind, EnumOption<pb::ClassKind>("--cap", what.first));
    ASSIGN_OR_RETURN(const auto mode, EnumOption<pb::ServiceMode>(
                                          "--cap", what.second.empty() ? "FULL_DAY" : what.second));
    ASSIGN_OR_RETURN(const int64_t fen, DecimalOption("--cap", parts.second, kFenDecimals));
    pb::PriceCap& cap = *application->add_price_caps();
    cap.set_class_kind(kind);
    cap.set_service_mode(mode);
    cap.set_fen_per_month(fen);
  }
  return absl::OkStatus();
}

int Apply(Session& session, const InclusiveArgs& args) {
  const auto facility = FacilityOption(session, args.name);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  pb::ApplyForRecognitionRequest request;
  request.set_parent(*facility);
  pb::RecognitionApplication& application = *request.mutable_application();
  application.set_renews(args.renews);
  application.set_places_covered(args.places);
  if (absl::Status read = ReadCaps(args.caps, &application); !read.ok()) {
    return session.FailUsage(std::string(read.message()));
  }
  for (const std::string& code : args.declared) {
    application.add_declarations(absl::AsciiStrToUpper(code));
  }
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Publicise(Session& session, const InclusiveArgs& args) {
  pb::PubliciseRecognitionApplicationRequest request;
  request.set_name(args.name);
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Object(Session& session, const InclusiveArgs& args) {
  pb::RecordRecognitionObjectionRequest request;
  request.set_name(args.name);
  const auto day = DateOptionOr("--on", args.on, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  *request.mutable_objection()->mutable_filed_on() = *day;
  request.mutable_objection()->set_ground(args.ground);
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Decide(Session& session, const InclusiveArgs& args) {
  pb::DecideRecognitionObjectionRequest request;
  request.set_name(args.name);
  request.set_objection(args.number);
  const auto outcome = EnumOption<pb::ObjectionOutcome>("--outcome", args.outcome);
  if (!outcome.ok()) return session.FailUsage(std::string(outcome.status().message()));
  request.set_outcome(*outcome);
  request.set_decision(args.reason);
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Grant(Session& session, const InclusiveArgs& args) {
  pb::GrantRecognitionApplicationRequest request;
  request.set_name(args.name);
  request.set_document_number(args.document);
  const auto day = DateOption("--from", args.on);
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  if (!args.on.empty()) *request.mutable_valid_from() = *day;
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Refuse(Session& session, const InclusiveArgs& args) {
  pb::RefuseRecognitionApplicationRequest request;
  request.set_name(args.name);
  request.set_reason(args.reason);
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Withdraw(Session& session, const InclusiveArgs& args) {
  ActAsOwner(session, args.name);
  pb::WithdrawRecognitionApplicationRequest request;
  request.set_name(args.name);
  request.set_reason(args.reason);
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int Show(Session& session, const InclusiveArgs& args) {
  ActAsOwner(session, args.name);
  pb::GetRecognitionApplicationRequest request;
  request.set_name(args.name);
  return ShowItem<pb::RecognitionApplication>(session, request, RenderApplication);
}

int List(Session& session, const InclusiveArgs& args) {
  pb::ListRecognitionApplicationsRequest request;
  if (!args.name.empty()) {
    request.set_facility(ResourceName("facilities", args.name));
    ActAsOwner(session, request.facility());
  }
  request.set_division_prefix(args.under);
  for (const std::string& text : args.states) {
    const auto state = EnumOption<pb::RecognitionApplicationState>("--state", text);
    if (!state.ok()) return session.FailUsage(std::string(state.status().message()));
    request.add_states(*state);
  }
  return ShowList<pb::ListRecognitionApplicationsResponse>(
      session, std::move(request), args.limit, {"没有普惠认定申请。", "No applications."},
      [](auto* reply) { return reply->mutable_applications(); },
      [&](const auto& applications) {
        return RenderApplications({applications.begin(), applications.end()}, session.language(),
                                  session.width());
      });
}

int Criteria(Session& session, const InclusiveArgs&) {
  return ShowVersions<pb::ListRecognitionCriteriaResponse>(
      session, pb::ListRecognitionCriteriaRequest(),
      [](const auto& reply) -> const auto& { return reply.criteria(); },
      [](const pb::RecognitionCriteria& each) { return each.version(); }, RenderCriteria);
}

void DeclareApplication(CLI::App* command, InclusiveArgs* args) {
  command->add_option("application", args->name, "facilities/ID/recognitionApplications/ID")
      ->required();
}

void DeclareReason(CLI::App* command, InclusiveArgs* args) {
  DeclareApplication(command, args);
  command->add_option("--reason", args->reason, "原因 / reason")->required();
}

void AddOfFacility(CLI::App* group, CommandLine* line) {
  CLI::App* apply = AddCommand(group, "apply", "申请认定或续认 / apply, or for a renewal");
  Bind<InclusiveArgs>(
      line, apply,
      [](CLI::App* command, InclusiveArgs* args) {
        command->add_option("facility", args->name, "facilities/ID")->required();
        command->add_option("--places", args->places, "普惠托位，0 为全部 / places covered, 0 all");
        command
            ->add_option("--cap", args->caps,
                         "最高价，元/月 / cap, yuan a month: TODDLER=1800, SENIOR/HALF_DAY=900.50")
            ->delimiter(',')
            ->required();
        command->add_option("--declare", args->declared, "承诺事项 / what is declared: N1, N2, …")
            ->delimiter(',');
        command->add_option("--renews", args->renews,
                            "续认的认定 / recognition it renews: facilities/ID/recognitions/ID");
      },
      Apply);
  Examples(apply,
           "  tuoyu inclusive apply facilities/ID --places 30 --cap TODDLER=1800,SENIOR=1600 \\\n"
           "      --declare N1,N2 --as principal");
  CLI::App* withdraw = AddCommand(group, "withdraw", "撤回申请 / withdraw an application");
  Bind<InclusiveArgs>(line, withdraw, DeclareReason, Withdraw);
  Examples(withdraw,
           "  tuoyu inclusive withdraw facilities/ID/recognitionApplications/ID --reason 另行申请 "
           "--as principal");
}

void AddObjections(CLI::App* group, CommandLine* line) {
  CLI::App* object = AddCommand(group, "object", "登记公示异议 / record an objection");
  Bind<InclusiveArgs>(
      line, object,
      [](CLI::App* command, InclusiveArgs* args) {
        DeclareApplication(command, args);
        command
            ->add_option("--ground", args->ground, "异议内容，不写个人信息 / what is objected to")
            ->required();
        command->add_option("--on", args->on, "提出日期，默认今天 / day, default today");
      },
      Object);
  Examples(object,
           "  tuoyu inclusive object facilities/ID/recognitionApplications/ID --ground "
           "收费高于公示价 --as intake");
  CLI::App* decide = AddCommand(group, "decide-objection", "处理公示异议 / decide an objection");
  Bind<InclusiveArgs>(
      line, decide,
      [](CLI::App* command, InclusiveArgs* args) {
        DeclareApplication(command, args);
        command->add_option("number", args->number, "异议序号 / number of the objection")
            ->required();
        command
            ->add_option("--outcome", args->outcome,
                         absl::StrCat("处理结果 / outcome: ",
                                      EnumChoices(*pb::ObjectionOutcome_descriptor())))
            ->required();
        command->add_option("--reason", args->reason, "理由 / reasons")->required();
      },
      Decide);
  Examples(decide,
           "  tuoyu inclusive decide-objection facilities/ID/recognitionApplications/ID 1 \\\n"
           "      --outcome DISMISSED --reason 经查票据相符 --as reviewer");
}

void AddDecisions(CLI::App* group, CommandLine* line) {
  CLI::App* publicise = AddCommand(group, "publicise", "审核通过并开始公示 / begin publication");
  Bind<InclusiveArgs>(line, publicise, DeclareApplication, Publicise);
  Examples(publicise,
           "  tuoyu inclusive publicise facilities/ID/recognitionApplications/ID --as reviewer");
  AddObjections(group, line);
  CLI::App* grant = AddCommand(group, "grant", "公示期满后认定 / grant after the window");
  Bind<InclusiveArgs>(
      line, grant,
      [](CLI::App* command, InclusiveArgs* args) {
        DeclareApplication(command, args);
        command->add_option("--document", args->document, "文号 / document number")->required();
        command->add_option("--from", args->on, "自此日，默认今天；续认不填 / from, default today");
      },
      Grant);
  Examples(grant,
           "  tuoyu inclusive grant facilities/ID/recognitionApplications/ID --document "
           "大足卫健〔2026〕21号 --as approver");
  CLI::App* refuse = AddCommand(group, "refuse", "不予认定 / refuse an application");
  Bind<InclusiveArgs>(line, refuse, DeclareReason, Refuse);
  Examples(refuse,
           "  tuoyu inclusive refuse facilities/ID/recognitionApplications/ID --reason 异议成立 "
           "--as reviewer");
}

void DeclareList(CLI::App* command, InclusiveArgs* args) {
  command->add_option("facility", args->name, "facilities/ID，默认全部 / default all");
  command->add_option("--under", args->under, "区划代码 / division code or its first digits");
  command
      ->add_option("--state", args->states,
                   absl::StrCat("状态，默认未办结 / states, default undecided: ",
                                EnumChoices(*pb::RecognitionApplicationState_descriptor())))
      ->delimiter(',');
  command->add_option("--limit", args->limit, "最多行数 / most rows")->capture_default_str();
}

}  // namespace

void AddInclusiveCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "inclusive", "普惠认定：申请、公示、异议、认定 / inclusive recognition");
  AddOfFacility(group, line);
  AddDecisions(group, line);
  CLI::App* list = AddCommand(group, "list", "申请列表 / applications");
  Bind<InclusiveArgs>(line, list, DeclareList, List);
  Examples(list,
           "  tuoyu inclusive list --under 500111 --as reviewer\n"
           "  tuoyu inclusive list --state PUBLICISED");
  CLI::App* show = AddCommand(group, "show", "一件申请 / one application");
  Bind<InclusiveArgs>(line, show, DeclareApplication, Show);
  Examples(show, "  tuoyu inclusive show facilities/ID/recognitionApplications/ID --as reviewer");
  CLI::App* criteria = AddCommand(group, "criteria", "认定办法 / the criteria");
  Bind<InclusiveArgs>(
      line, criteria, [](CLI::App*, InclusiveArgs*) {}, Criteria);
  Examples(criteria, "  tuoyu inclusive criteria");
}

}  // namespace tuoyu::cli
