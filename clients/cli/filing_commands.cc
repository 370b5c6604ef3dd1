// tuoyu filing …, tuoyu status: what a facility does with its filings.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/filing_flow.h"
#include "clients/cli/filing_view.h"
#include "common/base/status.h"
#include "common/data/yaml.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct FileArgs {
  std::string path;
  std::string draft;
};

struct NameArgs {
  std::string name;
  std::string reason;
  std::string report;
  std::string file;
  std::string save;
};

struct BackEntryArgs {
  std::string path;
  bool validate_only = false;
};

struct ListArgs {
  std::vector<std::string> states;
  std::string kind;
  std::string under;
  std::string due_by;
  bool all = false;
};

int ShowSubmission(Session& session, const pb::SubmitFilingResponse& reply, bool check_only,
                   const data::FieldLines& lines) {
  if (session.json()) {
    session.PrintJson(reply);
    return reply.submittable() ? kExitOk : kExitRefused;
  }
  const std::vector<common::v1::Violation> violations(reply.violations().begin(),
                                                      reply.violations().end());
  const auto blocking = std::count_if(violations.begin(), violations.end(),
                                      [](const auto& each) { return each.blocking(); });
  if (!violations.empty()) {
    session.Tell(absl::StrCat(
        RenderViolations(violations, session.language(), session.width(), &lines), "\n"));
  }
  const std::string& name = reply.filing().name();
  session.PrintName(name);
  if (!reply.submittable()) {
    session.Tell(absl::StrCat(
        session.Say("不能提交：", "Not submittable: "), blocking,
        session.Say(" 处必须修改。草稿已保存：", " things must be mended. The draft is kept: "),
        name, "\n"));
    return kExitRefused;
  }
  session.Tell(absl::StrCat(check_only ? session.Say("可以提交（尚未提交）。草稿：",
                                                     "Submittable (not yet submitted). Draft: ")
                                       : session.Say("已提交：", "Submitted: "),
                            name, "\n"));
  if (!check_only) {
    session.Tell(absl::StrCat(session.Say("下一步  ", "next  "),
                              NextStep(reply.filing(), session.language()), "\n"));
  }
  return kExitOk;
}

absl::StatusOr<std::vector<AttachmentFile>> LoadAttachments(const FilingFileSource& source) {
  std::vector<AttachmentFile> attachments;
  for (const client::v1::Attachment& attachment : source.file.attachments()) {
    ASSIGN_OR_RETURN(AttachmentFile loaded, LoadAttachment(attachment, source.path));
    attachments.push_back(std::move(loaded));
  }
  return attachments;
}

// check, submit and draft: the draft is made or taken up again, its materials uploaded, then it is checked or submitted.
int SubmitFile(Session& session, const FileArgs& args, FlowGoal goal) {
  const auto source = LoadFilingFile(args.path, session.today());
  if (!source.ok()) return session.FailUsage(std::string(source.status().message()));
  const auto attachments = LoadAttachments(*source);
  if (!attachments.ok()) return session.FailUsage(std::string(attachments.status().message()));
  const auto draft = SaveDraft(session, source->file, args.draft);
  if (!draft.ok()) return session.Fail(draft.status(), &source->lines);
  if (absl::Status synced = SyncMaterials(session, *draft, *attachments); !synced.ok()) {
    session.Note(
        absl::StrCat(session.Say("草稿已保存：", "The draft is kept: "), draft->name(), "\n"));
    return session.Fail(synced, &source->lines);
  }
  if (goal == FlowGoal::kDraft) {
    const auto shown = GetFiling(session, draft->name());
    if (!shown.ok()) return session.Fail(shown.status());
    if (session.json()) {
      session.PrintJson(*shown);
    } else {
      session.Print(
          absl::StrCat(session.Say("草稿已保存：", "Draft saved: "), draft->name(), "\n"));
    }
    return kExitOk;
  }
  const auto reply = CheckThenSubmit(session, draft->name(), goal == FlowGoal::kSubmit);
  if (!reply.ok()) return session.Fail(reply.status(), &source->lines);
  return ShowSubmission(session, *reply, goal == FlowGoal::kCheck, source->lines);
}

int Show(Session& session, const pb::Filing& filing) {
  session.PrintName(filing.name());
  if (session.json()) {
    session.PrintJson(filing);
  } else if (!session.names()) {
    session.Print(RenderFiling(filing, session.language(), session.width()));
  }
  return kExitOk;
}

int ShowOne(Session& session, const NameArgs& args) {
  const auto filing = GetFiling(session, args.name);
  return filing.ok() ? Show(session, *filing) : session.Fail(filing.status());
}

int List(Session& session, const ListArgs& args) {
  pb::ListFilingsRequest request;
  for (const std::string& name : args.states) {
    const auto state = FilingStateNamed(name);
    if (!state.ok()) return session.FailUsage(std::string(state.status().message()));
    request.add_states(*state);
  }
  if (args.all) {
    for (int state = pb::FILING_STATE_DRAFT; state <= pb::FilingState_MAX; ++state) {
      request.add_states(static_cast<pb::FilingState>(state));
    }
  }
  if (!args.kind.empty()) {
    pb::FilingKind kind;
    if (!pb::FilingKind_Parse(absl::StrCat("FILING_KIND_", absl::AsciiStrToUpper(args.kind)),
                              &kind)) {
      return session.FailUsage(
          absl::StrCat("--kind ", args.kind, ": INITIAL, CHANGE, CANCELLATION"));
    }
    request.set_kind(kind);
  }
  const auto due_by = DateOption("--due-by", args.due_by);
  if (!due_by.ok()) return session.FailUsage(std::string(due_by.status().message()));
  if (!args.due_by.empty()) *request.mutable_due_by() = *due_by;
  request.set_division_prefix(args.under);
  request.set_facility(session.identity().facility);
  return ListFilings(session, request);
}

int Withdraw(Session& session, const NameArgs& args) {
  pb::WithdrawFilingRequest request;
  request.set_name(ResourceName("filings", args.name));
  request.set_reason(args.reason);
  pb::Filing reply;
  const absl::Status status = session.CallFiling(request, &reply);
  return status.ok() ? Show(session, reply) : session.Fail(status);
}

int Rectify(Session& session, const NameArgs& args) {
  pb::ReportRectificationRequest request;
  request.set_name(ResourceName("filings", args.name));
  request.set_report(args.report);
  data::FieldLines lines;
  if (!args.file.empty()) {
    const auto source = LoadFilingFile(args.file, session.today());
    if (!source.ok()) return session.FailUsage(std::string(source.status().message()));
    const auto attachments = LoadAttachments(*source);
    if (!attachments.ok()) return session.FailUsage(std::string(attachments.status().message()));
    lines = source->lines;
    const auto filing = GetFiling(session, args.name);
    if (!filing.ok()) return session.Fail(filing.status());
    // A file of evidence alone leaves the form as it is.
    if (source->file.has_content() && filing->kind() == pb::FILING_KIND_INITIAL) {
      *request.mutable_content() = source->file.content();
    } else if (source->file.has_content()) {
      *request.mutable_content() = filing->content();
      OverlayContent(source->file.content(), request.mutable_content());
    }
    if (source->file.has_commitment()) {
      *request.mutable_commitment() = source->file.commitment();
    }
    if (absl::Status synced = SyncMaterials(session, *filing, *attachments); !synced.ok()) {
      return session.Fail(synced, &lines);
    }
  }
  pb::Filing reply;
  const absl::Status status = session.CallFiling(request, &reply);
  if (status.ok()) return Show(session, reply);
  pb::Filing form;
  form.set_name(request.name());
  if (request.has_content()) *form.mutable_content() = request.content();
  if (request.has_commitment()) *form.mutable_commitment() = request.commitment();
  return session.Fail(WithAllViolations(session, status, form, /*syntax_only=*/false), &lines);
}

int ShowReceipt(Session& session, const NameArgs& args) {
  pb::GetReceiptRequest request;
  request.set_name(ResourceName("filings", args.name));
  pb::SignedReceipt receipt;
  if (absl::Status status = session.CallFiling(request, &receipt); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(receipt);
    return kExitOk;
  }
  const pb::Receipt& said = receipt.receipt();
  // Number and code, as `receipt verify` takes them.
  session.PrintName(absl::StrCat(said.receipt_number(), " ", said.verification_code()));
  if (session.names()) return kExitOk;
  session.Print(RenderReceipt(said, session.language(), session.width()));
  session.Print(
      absl::StrCat(session.Say("\n核验  tuoyu receipt verify ", "\nverify  tuoyu receipt verify "),
                   said.receipt_number(), " ", said.verification_code(), "\n"));
  return kExitOk;
}

// Back-enters the filings of a file: all or none.
int BackEnter(Session& session, const BackEntryArgs& args) {
  pb::BackEnterFilingsRequest request;
  data::FieldLines lines;
  const absl::Status read = LoadMessageFile(args.path, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  request.set_validate_only(args.validate_only);
  pb::BackEnterFilingsResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status, &lines);
  }
  const std::vector<common::v1::Violation> violations(reply.violations().begin(),
                                                      reply.violations().end());
  const bool blocked = std::any_of(violations.begin(), violations.end(),
                                   [](const auto& each) { return each.blocking(); });
  const int exit = blocked ? kExitRefused : kExitOk;
  for (const pb::BackEntryResult& result : reply.results()) session.PrintName(result.filing());
  if (session.json()) {
    session.PrintJson(reply);
    return exit;
  }
  if (!violations.empty()) {
    session.Tell(RenderViolations(violations, session.language(), session.width(), &lines));
  }
  if (session.names()) return exit;
  for (const pb::BackEntryResult& result : reply.results()) {
    session.Print(absl::StrCat(result.filing(), "  ", result.facility(),
                               result.already_entered() ? session.Say("  此前已按相同内容补录",
                                                                      "  entered before, the same")
                                                        : "",
                               "\n"));
  }
  const absl::string_view outcome =
      blocked              ? session.Say("不能补录", "not entered")
      : args.validate_only ? session.Say("可以补录（尚未补录）", "can be entered (nothing was)")
                           : session.Say("已补录", "entered");
  session.Print(absl::StrCat(outcome, session.Say("：", ": "), request.entries_size(),
                             session.Say(" 件", " filings"), "\n"));
  return exit;
}

void AddBackEnter(CLI::App* group, CommandLine* line) {
  CLI::App* command = AddCommand(
      group, "back-enter",
      "补录系统启用以前的备案，全部或全不 / enter filings older than the system, all or none");
  Bind<BackEntryArgs>(
      line, command,
      [](CLI::App* app, BackEntryArgs* args) {
        app->add_option("file", args->path, "补录文件，YAML 或 JSON / file: entries: [...]")
            ->required();
        app->add_flag("--validate-only", args->validate_only, "只检查 / check only");
      },
      BackEnter);
  Examples(command,
           "  tuoyu filing back-enter deploy/examples/back-entry.yaml --validate-only --as "
           "archivist");
}

void AddFileCommands(CLI::App* group, CommandLine* line) {
  const auto declare = [](CLI::App* command, FileArgs* args) {
    command->add_option("file", args->path, "备案文件，YAML 或 JSON / filing file, YAML or JSON")
        ->required();
    command->add_option(
        "--draft", args->draft,
        "写入此草稿；不给则续用同一信用代码的草稿，没有就新建 / write into this draft; else one "
        "with the same credit code is taken up again, or a new one made");
  };
  CLI::App* check = AddCommand(
      group, "check", "预检：列出所有须改之处，不提交 / list everything to mend, submit nothing");
  Bind<FileArgs>(line, check, declare, [](Session& session, const FileArgs& args) {
    return SubmitFile(session, args, FlowGoal::kCheck);
  });
  Examples(check, "  tuoyu filing check deploy/examples/sunflower-bad.yaml --as principal");
  CLI::App* submit = AddCommand(
      group, "submit",
      "提交备案：草稿、材料、提交一次办完 / submit: draft, materials and submission in one go");
  Bind<FileArgs>(line, submit, declare, [](Session& session, const FileArgs& args) {
    return SubmitFile(session, args, FlowGoal::kSubmit);
  });
  Examples(submit,
           "  tuoyu filing submit deploy/examples/sunflower.yaml --as principal\n"
           "  tuoyu filing submit 变更.yaml --as principal --facility facilities/ID");
  CLI::App* draft = AddCommand(group, "draft", "只存草稿和材料 / keep draft and materials only");
  Bind<FileArgs>(line, draft, declare, [](Session& session, const FileArgs& args) {
    return SubmitFile(session, args, FlowGoal::kDraft);
  });
  CLI::App* update = AddCommand(group, "update", "用文件改写指定草稿 / replace a draft by a file");
  Bind<FileArgs>(
      line, update,
      [](CLI::App* command, FileArgs* args) {
        command->add_option("filing", args->draft, "filings/ID")->required();
        command->add_option("file", args->path, "备案文件 / filing file")->required();
      },
      [](Session& session, const FileArgs& args) {
        return SubmitFile(session, args, FlowGoal::kDraft);
      });
}

void AddNameCommands(CLI::App* group, CommandLine* line) {
  const auto named = [](CLI::App* command, NameArgs* args) {
    command->add_option("filing", args->name, "filings/ID")->required();
  };
  Bind<NameArgs>(line, AddCommand(group, "show", "一件备案的全部情况 / everything of one filing"),
                 named, ShowOne);
  Bind<NameArgs>(line, AddCommand(group, "receipt", "备案回执 / the receipt"), named, ShowReceipt);
  Bind<NameArgs>(
      line, AddCommand(group, "withdraw", "撤回 / withdraw"),
      [named](CLI::App* command, NameArgs* args) {
        named(command, args);
        command->add_option("--reason", args->reason, "原因 / reason");
      },
      Withdraw);
  CLI::App* rectify =
      AddCommand(group, "rectify", "报告整改情况 / report what was mended after a notice");
  Bind<NameArgs>(
      line, rectify,
      [named](CLI::App* command, NameArgs* args) {
        named(command, args);
        command->add_option("--report", args->report, "整改报告 / what was mended")->required();
        command->add_option(
            "--file", args->file,
            "整改后的备案文件：备案书、承诺书，材料替换同类的 / the mended form and "
            "commitment; its attachments replace those of their kind");
      },
      Rectify);
  Examples(rectify,
           "  tuoyu filing rectify filings/ID --report \"已将托小班调整为15人\" --as principal");
}

}  // namespace

void AddFilingCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "filing", "备案：预检、提交、查看、撤回、整改 / filings");
  AddFileCommands(group, line);
  AddNameCommands(group, line);
  AddBackEnter(group, line);
  AddFilingVerbs(group, line);
  const auto list = [](CLI::App* command, ListArgs* args) {
    command
        ->add_option("--state", args->states,
                     "状态 / states: DRAFT, SUBMITTED, RETURNED_INCOMPLETE, RECEIVED, FILED, "
                     "NONCONFORMITY_NOTICED, RECTIFYING, COMPLETED, WITHDRAWN, TERMINATED")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_option("--kind", args->kind, "INITIAL, CHANGE, CANCELLATION");
    command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
    command->add_option("--due-by", args->due_by, "此日以前到期 / due on or before this day");
    command->add_flag("--all", args->all, "所有状态 / every state");
  };
  CLI::App* all = AddCommand(group, "list", "备案件列表 / filings by filter");
  Bind<ListArgs>(line, all, list, List);
  Examples(all,
           "  tuoyu filing list --all --as principal\n"
           "  tuoyu filing list --state RECEIVED --due-by 2026-12-31 --as approver");
  CLI::App* worklist =
      AddCommand(app, "worklist", "待办，最先到期的在前 / open filings, the first due first");
  Bind<ListArgs>(line, worklist, list, List);
  Examples(worklist,
           "  tuoyu worklist --as reviewer\n  tuoyu worklist --state SUBMITTED --as intake");
}

}  // namespace tuoyu::cli
