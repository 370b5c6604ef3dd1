// tuoyu duplicate …: facilities that may be one and the same (疑似重复机构).
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/duplicate_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "tuoyu/filing/v1/duplicate_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct ListArgs {
  std::string under;
  bool decided = false;
  int limit = 200;
};

struct DecisionArgs {
  std::string name;
  std::string kept;
  std::string reason;
  std::string etag;
  bool different = false;
};

int List(Session& session, const ListArgs& args) {
  pb::ListDuplicatesRequest request;
  request.set_division_prefix(args.under);
  request.set_include_decided(args.decided);
  return ShowList<pb::ListDuplicatesResponse>(
      session, std::move(request), args.limit,
      {"没有疑似重复的机构。", "No facilities look alike."},
      [](auto* reply) { return reply->mutable_duplicates(); },
      [&](const auto& found) {
        return RenderDuplicates({found.begin(), found.end()}, session.language(), session.width());
      });
}

int Decide(Session& session, const DecisionArgs& args) {
  if (args.different == !args.kept.empty()) {
    return session.FailUsage({"请给出 --keep 机构（同一机构）或 --different（不是），二者之一",
                              "give either --keep FACILITY (the same) or --different"});
  }
  pb::DecideDuplicateRequest request;
  request.set_name(ResourceName("duplicates", args.name));
  request.set_verdict(args.different ? pb::DUPLICATE_VERDICT_DIFFERENT
                                     : pb::DUPLICATE_VERDICT_SAME);
  if (!args.kept.empty()) request.set_kept_facility(ResourceName("facilities", args.kept));
  request.set_reason(args.reason);
  request.set_etag(args.etag);
  return ShowItem<pb::DuplicateDecision>(
      session, request, [](const auto& decision, Language language, int /*width*/) {
        return absl::StrCat(DuplicateDecisionText(decision, language), "\n");
      });
}

}  // namespace

void AddDuplicateCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "duplicate", "疑似重复机构 / facilities that may be one and the same");
  CLI::App* list = AddCommand(group, "list", "疑似重复的机构 / pairs that look alike");
  Bind<ListArgs>(
      line, list,
      [](CLI::App* command, ListArgs* args) {
        command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
        command->add_flag("--decided", args->decided, "含已有结论的 / also what was decided");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
  Examples(list, "  tuoyu duplicate list --as reviewer");
  CLI::App* decide = AddCommand(group, "decide", "作出结论 / decide of a pair");
  Bind<DecisionArgs>(
      line, decide,
      [](CLI::App* command, DecisionArgs* args) {
        command->add_option("pair", args->name, "duplicates/ID_ID")->required();
        command->add_option("--keep", args->kept,
                            "同一机构，保留这一家 / the same: this one stays");
        command->add_flag("--different", args->different, "不是同一机构 / not the same");
        command->add_option("--reason", args->reason, "理由 / reason")->required();
        command->add_option("--etag", args->etag,
                            "改变结论时，前一结论的版本 / of the decision before, to change it");
      },
      Decide);
  Examples(
      decide,
      "  tuoyu duplicate decide duplicates/ID_ID --different --reason 两处场地，已现场核实 \\\n"
      "      --as reviewer");
}

}  // namespace tuoyu::cli
