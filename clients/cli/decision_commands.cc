// tuoyu decide, and the verbs of officers under tuoyu filing.
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/decision_text.h"
#include "clients/cli/filing_flow.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "clients/cli/text.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct DecideArgs {
  std::string name;
  bool receive = false;
  bool accept = false;
  bool complete = false;
  std::vector<std::string> items;    // of a return
  std::vector<std::string> grounds;  // of a notice
  std::string rectify_by;
  std::string etag;  // empty: of the filing as it is read first
  bool terminate = false;
  std::string reason;  // of a termination
};

// The state after a decision in a few lines.
int ShowOutcome(Session& session, const pb::Filing& filing) {
  if (session.json()) {
    session.PrintJson(filing);
    return kExitOk;
  }
  session.PrintName(filing.name());
  const bool zh = session.chinese();
  const Language language = session.language();
  Details details;
  details.Add(zh ? "备案件" : "filing", filing.name());
  details.Add(zh ? "机构" : "facility", filing.content().name());
  details.Add(zh ? "状态" : "state", Label(filing.state(), language));
  details.Add(zh ? "回执期限" : "receipt due", DeadlineText(filing.receipt_deadline(), language));
  details.Add(zh ? "审查期限" : "review due", DeadlineText(filing.review_deadline(), language));
  details.Add(zh ? "下一步" : "next", NextStep(filing, language));
  session.Tell(details.Render(session.width()));
  return kExitOk;
}

// What accepting and completing answer: the receipt.
int ShowAccepted(Session& session, const pb::AcceptFilingResponse& reply) {
  if (session.json()) {
    session.PrintJson(reply);
    return kExitOk;
  }
  const pb::Receipt& receipt = reply.signed_receipt().receipt();
  // Number and code, as `receipt verify` takes them.
  session.PrintName(absl::StrCat(receipt.receipt_number(), " ", receipt.verification_code()));
  const std::string state = Label(reply.filing().state(), session.language());
  session.Tell(absl::StrCat(state, "  ", reply.filing().name(), "\n\n",
                            RenderReceipt(receipt, session.language(), session.width())));
  if (!receipt.verification_code().empty()) {
    session.Tell(absl::StrCat(
        session.Say("\n核验  tuoyu receipt verify ", "\nverify  tuoyu receipt verify "),
        receipt.receipt_number(), " ", receipt.verification_code(), "\n"));
  }
  return kExitOk;
}

// The state a decision rests on: the one the officer named, or the filing as it is now, which is shown.
absl::StatusOr<std::string> EtagToDecide(Session& session, const DecideArgs& args) {
  if (!args.etag.empty()) return args.etag;
  ASSIGN_OR_RETURN(const pb::Filing filing, GetFiling(session, args.name));
  session.Note(absl::StrCat(
      session.Say("办理  ", "deciding  "), filing.name(), "  ",
      Label(filing.kind(), session.language()), "  ", Printable(filing.content().name()), "  ",
      Label(filing.state(), session.language()), "  etag ", filing.etag(), "\n"));
  return filing.etag();
}

template <typename Request>
int DecideSimply(Session& session, Request request, const DecideArgs& args) {
  request.set_name(ResourceName("filings", args.name));
  const auto etag = EtagToDecide(session, args);
  if (!etag.ok()) return session.Fail(etag.status());
  request.set_etag(*etag);
  pb::Filing reply;
  const absl::Status status = session.CallFiling(request, &reply);
  return status.ok() ? ShowOutcome(session, reply) : session.Fail(status);
}

template <typename Request>
int DecideWithReceipt(Session& session, const DecideArgs& args) {
  Request request;
  request.set_name(ResourceName("filings", args.name));
  const auto etag = EtagToDecide(session, args);
  if (!etag.ok()) return session.Fail(etag.status());
  request.set_etag(*etag);
  pb::AcceptFilingResponse reply;
  const absl::Status status = session.CallFiling(request, &reply);
  return status.ok() ? ShowAccepted(session, reply) : session.Fail(status);
}

int Return(Session& session, const DecideArgs& args) {
  pb::ReturnFilingRequest request;
  for (const std::string& text : args.items) {
    auto item = ParseReturnItem(text);
    if (!item.ok()) return session.FailUsage(std::string(item.status().message()));
    *request.add_items() = *std::move(item);
  }
  return DecideSimply(session, std::move(request), args);
}

int Notice(Session& session, const DecideArgs& args) {
  pb::NoticeNonconformityRequest request;
  for (const std::string& text : args.grounds) {
    auto ground = ParseGround(text);
    if (!ground.ok()) return session.FailUsage(std::string(ground.status().message()));
    *request.add_items() = *std::move(ground);
  }
  const auto rectify_by = DateOption("--rectify-by", args.rectify_by);
  if (!rectify_by.ok()) return session.FailUsage(std::string(rectify_by.status().message()));
  if (!args.rectify_by.empty()) *request.mutable_rectify_by() = *rectify_by;
  return DecideSimply(session, std::move(request), args);
}

int Receive(Session& session, const DecideArgs& args) {
  return DecideSimply(session, pb::ReceiveFilingRequest(), args);
}
int Accept(Session& session, const DecideArgs& args) {
  return DecideWithReceipt<pb::AcceptFilingRequest>(session, args);
}
int Complete(Session& session, const DecideArgs& args) {
  return DecideWithReceipt<pb::CompleteFilingRequest>(session, args);
}

int Terminate(Session& session, const DecideArgs& args) {
  pb::TerminateFilingRequest request;
  request.set_reason(args.reason);
  return DecideSimply(session, std::move(request), args);
}

int Decide(Session& session, const DecideArgs& args) {
  const int given = static_cast<int>(args.receive) + static_cast<int>(args.accept) +
                    static_cast<int>(args.complete) + static_cast<int>(!args.items.empty()) +
                    static_cast<int>(!args.grounds.empty()) + static_cast<int>(args.terminate);
  if (given != 1) {
    return session.FailUsage(session.Say(
        "请给出一个决定：--receive、--return、--accept、--notice、--complete 或 --terminate",
        "give one decision: --receive, --return, --accept, --notice, --complete or "
        "--terminate"));
  }
  if (args.receive) return Receive(session, args);
  if (args.accept) return Accept(session, args);
  if (args.complete) return Complete(session, args);
  if (args.terminate) return Terminate(session, args);
  return args.items.empty() ? Notice(session, args) : Return(session, args);
}

void DeclareName(CLI::App* command, DecideArgs* args) {
  command->add_option("filing", args->name, "filings/ID")->required();
  command->add_option("--etag", args->etag,
                      "只在备案件仍是此版本时办理（见 filing show -o json） / decide only this "
                      "state of the filing");
}

void DeclareReason(CLI::App* command, DecideArgs* args) {
  command->add_option("--reason", args->reason, "终止办理的原因 / why it is terminated");
}

void DeclareItems(CLI::App* command, DecideArgs* args, const char* option) {
  command
      ->add_option(
          option, args->items,
          "须补正的一项，可多次给出，一次性告知 / one thing missing, \"field: comment\"; repeat it")
      ->allow_extra_args(false);
}

void DeclareGrounds(CLI::App* command, DecideArgs* args, const char* option) {
  command
      ->add_option(
          option, args->grounds,
          "不符合的一项，可多次给出 / one ground, \"clause: finding => remedy\"; repeat it")
      ->allow_extra_args(false);
  command->add_option("--rectify-by", args->rectify_by, "整改期限 / last day to rectify");
}

}  // namespace

void AddFilingVerbs(CLI::App* filing, CommandLine* line) {
  Bind<DecideArgs>(line,
                   AddCommand(filing, "receive", "窗口收件，开始计时 / receive; the clocks start"),
                   DeclareName, Receive);
  Bind<DecideArgs>(line, AddCommand(filing, "accept", "备案并出具回执 / accept, with a receipt"),
                   DeclareName, Accept);
  Bind<DecideArgs>(line, AddCommand(filing, "complete", "办结 / end the substantive check"),
                   DeclareName, Complete);
  Bind<DecideArgs>(
      line, AddCommand(filing, "terminate", "终止办理 / terminate, with a reason"),
      [](CLI::App* command, DecideArgs* args) {
        DeclareName(command, args);
        DeclareReason(command, args);
      },
      Terminate);
  Bind<DecideArgs>(
      line, AddCommand(filing, "return", "一次性告知补正 / return as incomplete"),
      [](CLI::App* command, DecideArgs* args) {
        DeclareName(command, args);
        DeclareItems(command, args, "--item");
      },
      Return);
  Bind<DecideArgs>(
      line, AddCommand(filing, "notice", "告知不符合并公开 / notice of non-conformity, published"),
      [](CLI::App* command, DecideArgs* args) {
        DeclareName(command, args);
        DeclareGrounds(command, args, "--ground");
      },
      Notice);
}

void AddDecisionCommands(CLI::App* app, CommandLine* line) {
  CLI::App* decide =
      AddCommand(app, "decide", "办理一件备案：收件、退回、备案、告知、办结 / decide a filing");
  Bind<DecideArgs>(
      line, decide,
      [](CLI::App* command, DecideArgs* args) {
        DeclareName(command, args);
        command->add_flag("--receive", args->receive, "收件 / receive (intake, reviewer)");
        command->add_flag("--accept", args->accept, "备案并出具回执 / accept (approver)");
        command->add_flag("--complete", args->complete, "办结 / complete (approver)");
        DeclareItems(command, args, "--return");
        DeclareGrounds(command, args, "--notice");
        command->add_flag(
            "--terminate", args->terminate,
            "终止办理，须给 --reason / terminate, with --reason (reviewer, approver)");
        DeclareReason(command, args);
      },
      Decide);
  Examples(decide,
           "  tuoyu decide filings/ID --receive --as intake\n"
           "  tuoyu decide filings/ID --return \"content.lease_end: 请补充租赁期限\" \\\n"
           "      --return \"materials: 缺少消防安全合格证明\" --as intake\n"
           "  tuoyu decide filings/ID --accept --as approver\n"
           "  tuoyu decide filings/ID --notice \"58号 设置标准 第十九条: 托小班超员 => "
           "调整为15人以下\" \\\n"
           "      --rectify-by 2026-12-31 --as reviewer\n"
           "  tuoyu decide filings/ID --complete --as approver\n"
           "  tuoyu decide filings/ID --terminate --reason \"信用代码不属于申请人\" --as reviewer");
}

}  // namespace tuoyu::cli
