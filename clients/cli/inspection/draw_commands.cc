// tuoyu draw …: draws (双随机抽取) from the commitment on, and anyone's doing them again.
#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/text.h"
#include "common/base/status.h"
#include "services/inspection/draw/draw_rules.h"
#include "tuoyu/inspection/v1/draw_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

// A record of 100,000 facilities is 30 MB as JSON.
constexpr int64_t kMaxRecordBytes = 256 << 20;

constexpr size_t kLongestFault = 300;

struct VerifyArgs {
  std::string file;
  std::string digest;
  bool online = false;
};

struct DrawArgs {
  std::string name;
  std::string plan;
  std::string witness;
  std::string word;
  std::string reason;
  int limit = 50;
};

int ShowDraw(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Draw>(session, request, RenderDraw);
}

int Commit(Session& session, const DrawArgs& args) {
  pb::CommitDrawRequest request;
  request.set_plan(ResourceName("plans", args.plan));
  return ShowDraw(session, request);
}

int Freeze(Session& session, const DrawArgs& args) {
  pb::FreezeDrawRequest request;
  request.set_name(ResourceName("draws", args.name));
  return ShowDraw(session, request);
}

int Perform(Session& session, const DrawArgs& args) {
  pb::PerformDrawRequest request;
  request.set_name(ResourceName("draws", args.name));
  request.set_witness(args.witness);
  request.set_word(args.word);
  return ShowDraw(session, request);
}

int Cancel(Session& session, const DrawArgs& args) {
  pb::CancelDrawRequest request;
  request.set_name(ResourceName("draws", args.name));
  request.set_reason(args.reason);
  return ShowDraw(session, request);
}

int Show(Session& session, const DrawArgs& args) {
  pb::GetDrawRequest request;
  request.set_name(ResourceName("draws", args.name));
  return ShowDraw(session, request);
}

int List(Session& session, const DrawArgs& args) {
  return ShowList<pb::ListDrawsResponse>(
      session, pb::ListDrawsRequest(), args.limit, {"没有抽取。", "No draws."},
      [](auto* reply) { return reply->mutable_draws(); },
      [&](const auto& found) {
        return RenderDraws({found.begin(), found.end()}, session.language(), session.width());
      });
}

// The whole record; read anew when it changed in between.
absl::StatusOr<pb::DrawRecord> ReadRecord(Session& session, const std::string& name) {
  pb::ReadDrawRecordRequest request;
  request.set_name(ResourceName("draws", name));
  std::string bytes;
  int64_t total = 0;
  do {
    pb::ReadDrawRecordResponse piece;
    request.set_offset(static_cast<int64_t>(bytes.size()));
    RETURN_IF_ERROR(session.CallOwner(request, &piece));
    if (!bytes.empty() && piece.total_bytes() != total) {
      bytes.clear();
      total = 0;
      continue;
    }
    total = piece.total_bytes();
    bytes += piece.data();
    if (piece.data().empty()) break;
  } while (static_cast<int64_t>(bytes.size()) < total || total == 0);
  pb::DrawRecord record;
  if (!record.ParseFromString(bytes)) return absl::DataLossError("the record does not parse");
  return record;
}

int Record(Session& session, const DrawArgs& args) {
  const auto record = ReadRecord(session, args.name);
  if (!record.ok()) return session.Fail(record.status());
  session.PrintJson(*record);
  return kExitOk;
}

std::string Outcome(const pb::DrawRecord& record, const pb::DrawVerification& verification,
                    const Session& session) {
  if (!verification.verified()) {
    std::string text(session.Say("复核不一致：\n", "It does NOT agree:\n"));
    for (const auto& each : verification.violations()) {
      absl::StrAppend(&text, "  ", each.field(), "  ",
                      session.chinese() ? each.message_zh() : each.message_en(), " [",
                      each.reason(), "]\n");
    }
    return text;
  }
  return absl::StrCat(
      session.Say("复核一致：从 ", "It agrees: of "), record.facilities_size(),
      session.Say(" 家机构、", " facilities and "), record.inspectors_size(),
      session.Say(" 名检查人员中重新抽取，得到记录所载的 ",
                  " inspectors the draw done again gives the "),
      record.visits_size(),
      session.Say(" 次检查。\n记录摘要：", " visits of the record.\nDigest of the record: "),
      verification.digest(), "\n",
      verification.published()
          ? session.Say("与公布的摘要一致。\n", "It is the digest that was published.\n")
          : session.Say("注意：只核对了记录自身是否一致，没有核对它就是公布的那一份；请加 --digest "
                        "公布的摘要，或者 --online。\n",
                        "NOTE: only that the record agrees with itself was looked at, not that it "
                        "is the published one: give --digest as published, or --online.\n"));
}

// The digest everything rests on: of the last change, without one the record's own.
const std::string& LastDigest(const pb::DrawRecord& record) {
  return record.changes().empty() ? record.digest() : record.changes().rbegin()->digest();
}

common::v1::Violation Unpublished(absl::string_view field, absl::string_view published) {
  common::v1::Violation violation;
  violation.set_field(std::string(field));
  violation.set_reason("NOT_AS_PUBLISHED");
  violation.set_message_zh(absl::StrCat("与公布的不符，公布的是 ", published));
  violation.set_message_en(absl::StrCat("not what was published: ", published));
  return violation;
}

// Compares the record with what the service published of the draw, step by step.
absl::Status CompareOnline(Session& session, const pb::DrawRecord& record,
                           pb::DrawVerification* verification) {
  pb::GetDrawRequest request;
  request.set_name(record.name());
  pb::Draw draw;
  RETURN_IF_ERROR(session.CallOwner(request, &draw));
  const std::string last = record.changes().empty() ? "" : LastDigest(record);
  const auto compare = [&](absl::string_view field, const std::string& own,
                           const std::string& published) {
    if (own != published) *verification->add_violations() = Unpublished(field, published);
  };
  compare("commitment", record.commitment(), draw.commitment());
  compare("list_digest", record.list_digest(), draw.list_digest());
  compare("digest", record.digest(), draw.digest());
  compare("changes", last, draw.change_digest());
  return absl::OkStatus();
}

// What of a file stands in a message: a line of bounded length without control characters.
std::string Shown(absl::string_view text) {
  std::string line = Printable(text);
  if (line.size() <= kLongestFault) return line;
  size_t cut = kLongestFault;
  while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
  line.resize(cut);
  return absl::StrCat(line, "…");
}

int Verify(Session& session, const VerifyArgs& args) {
  const auto bytes = ReadBytes(args.file, kMaxRecordBytes);
  if (!bytes.ok()) return session.Fail(bytes.status());
  pb::DrawRecord record;
  const auto parsed = google::protobuf::util::JsonStringToMessage(*bytes, &record);
  if (!parsed.ok()) {
    return session.Fail(absl::InvalidArgumentError(
        absl::StrCat(args.file, ": 不是抽取记录 (no record of a draw): ",
                     Shown({parsed.message().data(), parsed.message().size()}))));
  }
  pb::DrawVerification verification;
  verification.set_name(record.name());
  for (auto& each : inspection::VerifyDraw(record)) {
    *verification.add_violations() = std::move(each);
  }
  if (args.online) {
    const absl::Status compared = CompareOnline(session, record, &verification);
    if (!compared.ok()) return session.Fail(compared);
  }
  if (!args.digest.empty() && args.digest != LastDigest(record)) {
    *verification.add_violations() = Unpublished("digest", Shown(args.digest));
  }
  verification.set_verified(verification.violations().empty());
  verification.set_digest(LastDigest(record));
  verification.set_published(verification.verified() && (args.online || !args.digest.empty()));
  if (session.json()) {
    session.PrintJson(verification);
  } else if (session.names()) {
    if (verification.verified()) session.PrintName(record.name());
  } else {
    session.Print(Outcome(record, verification, session));
  }
  return verification.verified() ? kExitOk : kExitNotVerified;
}

void DeclareName(CLI::App* command, DrawArgs* args) {
  command->add_option("draw", args->name, "draws/ID")->required();
}

// The steps of a draw.
void AddSteps(CLI::App* group, CommandLine* line) {
  CLI::App* commit = AddCommand(group, "commit", "承诺：生成并封存随机种子 / begin, and commit");
  Bind<DrawArgs>(
      line, commit,
      [](CLI::App* command, DrawArgs* args) {
        command->add_option("plan", args->plan, "plans/ID")->required();
      },
      Commit);
  Bind<DrawArgs>(line, AddCommand(group, "freeze", "冻结名单 / freeze the lists"), DeclareName,
                 Freeze);
  CLI::App* perform = AddCommand(group, "perform", "见证抽取：由见证人操作 / draw, by the witness");
  Bind<DrawArgs>(
      line, perform,
      [](CLI::App* command, DrawArgs* args) {
        DeclareName(command, args);
        command->add_option("--witness", args->witness, "见证单位和职务 / unit and office")
            ->required();
        command->add_option("--word", args->word, "见证人当场给出的词句 / what the witness says")
            ->required();
      },
      Perform);
  Examples(perform,
           "  tuoyu draw perform draws/ID --witness 区政府办公室监督科 --word '福彩3D 501' --as "
           "auditor");
  Bind<DrawArgs>(
      line, AddCommand(group, "cancel", "作废（抽取之前） / give it up, before it is drawn"),
      [](CLI::App* command, DrawArgs* args) {
        DeclareName(command, args);
        command->add_option("--reason", args->reason, "原因，公开 / why, published")->required();
      },
      Cancel);
}

}  // namespace

void AddDrawCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "draw", "双随机抽取：人人可复核 / random draws, done again by anyone");
  AddSteps(group, line);
  Bind<DrawArgs>(line, AddCommand(group, "show", "一次抽取 / one draw"), DeclareName, Show);
  Bind<DrawArgs>(
      line, AddCommand(group, "list", "抽取，任何人可查 / draws, for anyone"),
      [](CLI::App* command, DrawArgs* args) {
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
  CLI::App* record =
      AddCommand(group, "record", "完整的抽取记录（JSON），可供复核 / the whole record, JSON");
  Bind<DrawArgs>(line, record, DeclareName, Record);
  Examples(record,
           "  tuoyu draw record draws/ID > 抽取记录.json && tuoyu draw verify 抽取记录.json");
  CLI::App* verify = AddCommand(group, "verify",
                                "凭公布的记录重新抽取并核对，不加 --online 不需要服务 / do a "
                                "published draw again from its record alone");
  Bind<VerifyArgs>(
      line, verify,
      [](CLI::App* command, VerifyArgs* args) {
        command->add_option("file", args->file, "公布的抽取记录（JSON） / the record, JSON")
            ->required();
        command->add_option("--digest", args->digest,
                            "公布的摘要（有更换的为最后一次更换的） / digest as published");
        command->add_flag("--online", args->online,
                          "与服务公布的逐项核对 / compare with what the service published");
      },
      Verify);
  Examples(verify,
           "  tuoyu draw verify deploy/examples/draw.json\n"
           "  tuoyu draw verify 抽取记录.json --online");
}

}  // namespace tuoyu::cli
