// tuoyu journal …: reading and verifying the journals.
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/progress.h"
#include "clients/cli/table.h"
#include "common/base/status.h"
#include "common/journal/hash.h"
#include "common/privacy/digest.h"
#include "common/rpc/errors.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = common::v1;

constexpr int kPage = 1'000;

struct JournalArgs {
  std::string journal = "filing";
  int64_t after = 0;
  int64_t limit = 50;
};

Target TargetOf(const JournalArgs& args) {
  for (const ServiceTarget& each : kServices) {
    if (args.journal == each.name) return each.target;
  }
  return Target::kFiling;
}

absl::StatusOr<pb::JournalPosition> Head(Session& session, const JournalArgs& args) {
  pb::JournalPosition head;
  RETURN_IF_ERROR(session.Call(TargetOf(args), pb::GetJournalHeadRequest(), &head));
  return head;
}

int ShowHead(Session& session, const JournalArgs& args) {
  session.DefaultRole(pb::ROLE_AUDITOR);
  const auto head = Head(session, args);
  if (!head.ok()) return session.Fail(head.status());
  if (session.json()) {
    session.PrintJson(*head);
  } else {
    session.Print(absl::StrCat(head->source(), "  ", head->sequence(), "  ",
                               privacy::HexEncode(head->hash()), "\n"));
  }
  return kExitOk;
}

// Recomputes the chain from the first entry to the head. Where parts of a payload are removed for this reader, the
// service has compared it with its digest before.
absl::Status VerifyChain(Session& session, const JournalArgs& args,
                         journal::ChainVerifier* verifier, int64_t* whole_payloads) {
  ASSIGN_OR_RETURN(const pb::JournalPosition head, Head(session, args));
  Progress progress(session.Say("核验流水", "verifying"), std::max<int64_t>(head.sequence(), 1),
                    !session.json());
  pb::ListJournalEntriesRequest request;
  request.set_page_size(kPage);
  while (verifier->sequence() < head.sequence()) {
    request.set_after_sequence(verifier->sequence());
    request.set_after_hash(verifier->sequence() == 0 ? "" : verifier->hash());
    pb::ListJournalEntriesResponse page;
    RETURN_IF_ERROR(session.Call(TargetOf(args), request, &page));
    if (page.entries().empty()) {
      return absl::DataLossError(
          absl::StrCat("entries after ", verifier->sequence(), " are missing"));
    }
    for (const pb::JournalEntry& entry : page.entries()) {
      RETURN_IF_ERROR(verifier->Next(entry));
      *whole_payloads += entry.payload_removed() ? 0 : 1;
      // The page may run past the head read before.
      if (entry.sequence() == head.sequence() && entry.hash() != head.hash()) {
        return absl::DataLossError(
            absl::StrCat("the head's hash is not that of entry ", head.sequence()));
      }
    }
    progress.Set(verifier->sequence());
  }
  return absl::OkStatus();
}

int Verify(Session& session, const JournalArgs& args) {
  session.DefaultRole(pb::ROLE_AUDITOR);
  journal::ChainVerifier verifier;
  int64_t whole_payloads = 0;
  const absl::Status status = VerifyChain(session, args, &verifier, &whole_payloads);
  if (!status.ok()) {
    session.Note(absl::StrCat(session.Say("核验到第 ", "verified up to entry "),
                              verifier.sequence(), session.Say(" 条为止\n", "\n")));
    return session.Fail(status);
  }
  if (session.json()) {
    session.Print(absl::StrCat("{\"journal\":\"", args.journal, "\",\"verified\":true,\"entries\":",
                               verifier.sequence(), ",\"payloads_seen_whole\":", whole_payloads,
                               ",\"hash\":\"", privacy::HexEncode(verifier.hash()), "\"}\n"));
    return kExitOk;
  }
  session.Print(absl::StrCat(
      args.journal, session.Say("  流水完整：", "  the chain holds: "), verifier.sequence(),
      session.Say(" 条，哈希链逐条重算相符", " entries, every hash recomputed"),
      session.Say("；载荷全文核对 ", "; payloads compared in full: "), whole_payloads,
      session.Say(" 条，其余含您无权查看的内容，按摘要核对",
                  ", the others hold what you may not see, "
                  "covered by their digests"),
      "\n", privacy::HexEncode(verifier.hash()), "\n"));
  return kExitOk;
}

int List(Session& session, const JournalArgs& args) {
  session.DefaultRole(pb::ROLE_AUDITOR);
  pb::ListJournalEntriesRequest request;
  pb::ListJournalEntriesResponse all;
  request.set_after_sequence(args.after);
  while (all.entries_size() < args.limit) {
    request.set_page_size(
        static_cast<int>(std::min<int64_t>(kPage, args.limit - all.entries_size())));
    pb::ListJournalEntriesResponse page;
    if (absl::Status status = session.Call(TargetOf(args), request, &page); !status.ok()) {
      // No hash was sent: there is no such entry.
      if (rpc::ReasonOf(status) != "JOURNAL_DIVERGED") return session.Fail(status);
      return session.FailUsage(Bilingual{
          absl::StrCat("流水没有第 ", args.after, " 条，--after 不能大于末条的序号"),
          absl::StrCat("the journal has no entry ", args.after, ": --after is at most its last")});
    }
    if (page.entries().empty()) break;
    all.set_head_sequence(page.head_sequence());
    request.set_after_sequence(page.entries().rbegin()->sequence());
    all.mutable_entries()->MergeFrom(page.entries());
  }
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  const bool zh = session.chinese();
  Table table({{zh ? "序号" : "no.", Table::Align::kRight},
               {zh ? "记录时间" : "recorded"},
               {zh ? "自" : "holds from"},
               {zh ? "动作" : "action"},
               {zh ? "对象" : "subject"},
               {zh ? "镇街" : "division"},
               {zh ? "办理人" : "actor", Table::Align::kLeft, true},
               {zh ? "单位" : "organisation"},
               {zh ? "哈希" : "hash"}});
  for (const pb::JournalEntry& entry : all.entries()) {
    table.Add({absl::StrCat(entry.sequence()), TimeText(entry.record_time()),
               DateText(entry.effective_date()), entry.action(), entry.subject(),
               entry.division_code(), entry.actor(), entry.actor_organisation(),
               privacy::HexEncode(entry.hash()).substr(0, 12)});
  }
  session.Print(table.Render(session.width()));
  return kExitOk;
}

void Declare(CLI::App* command, JournalArgs* args) {
  std::vector<std::string> names;
  for (const ServiceTarget& each : kServices) names.emplace_back(each.name);
  command->add_option("journal", args->journal, "哪个服务的流水 / of which service")
      ->check(CLI::IsMember(names))
      ->capture_default_str();
}

}  // namespace

void AddJournalCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "journal", "流水：查看、核验哈希链 / journals");
  CLI::App* verify = AddCommand(group, "verify", "逐条重算哈希链 / recompute the chain");
  Bind<JournalArgs>(line, verify, Declare, Verify);
  Examples(verify,
           "  tuoyu journal verify --as auditor\n  tuoyu journal verify aggregator --as auditor");
  CLI::App* list = AddCommand(group, "list", "流水条目 / entries");
  Bind<JournalArgs>(
      line, list,
      [](CLI::App* command, JournalArgs* args) {
        Declare(command, args);
        command->add_option("--after", args->after, "从此序号之后 / after this entry");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 1'000'000))
            ->capture_default_str();
      },
      List);
  Bind<JournalArgs>(line, AddCommand(group, "head", "最新一条 / the newest entry"), Declare,
                    ShowHead);
}

}  // namespace tuoyu::cli
