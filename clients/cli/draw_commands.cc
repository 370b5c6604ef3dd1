// tuoyu draw …: anyone does a published draw again.
#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "services/inspection/draw_rules.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

// A record of 100,000 facilities is 30 MB as JSON.
constexpr int64_t kMaxRecordBytes = 256 << 20;

struct VerifyArgs {
  std::string file;
};

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
      session.Say(" 名检查人员中重新抽取，得到公布的 ",
                  " inspectors the draw done again gives the "),
      record.visits_size(),
      session.Say(" 次检查。\n记录摘要（与公布的核对）：",
                  " visits that were published.\nDigest of the record, to be compared with the "
                  "published one: "),
      record.digest(), "\n");
}

int Verify(Session& session, const VerifyArgs& args) {
  const auto bytes = ReadBytes(args.file, kMaxRecordBytes);
  if (!bytes.ok()) return session.Fail(bytes.status());
  pb::DrawRecord record;
  const auto parsed = google::protobuf::util::JsonStringToMessage(*bytes, &record);
  if (!parsed.ok()) {
    return session.Fail(absl::InvalidArgumentError(
        absl::StrCat(args.file, ": 不是抽取记录 (no record of a draw): ",
                     absl::string_view(parsed.message().data(), parsed.message().size()))));
  }
  pb::DrawVerification verification;
  verification.set_name(record.name());
  for (auto& each : inspection::VerifyDraw(record)) {
    *verification.add_violations() = std::move(each);
  }
  verification.set_verified(verification.violations().empty());
  verification.set_digest(record.digest());
  if (session.json()) {
    session.PrintJson(verification);
  } else if (session.names()) {
    if (verification.verified()) session.PrintName(record.name());
  } else {
    session.Print(Outcome(record, verification, session));
  }
  return verification.verified() ? kExitOk : kExitNotVerified;
}

}  // namespace

void AddDrawCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "draw", "双随机抽取：人人可复核 / random draws, done again by anyone");
  CLI::App* verify = AddCommand(
      group, "verify",
      "凭公布的记录重新抽取并核对，不需要服务 / do a published draw again from its record alone");
  Bind<VerifyArgs>(
      line, verify,
      [](CLI::App* command, VerifyArgs* args) {
        command->add_option("file", args->file, "公布的抽取记录（JSON） / the record, JSON")
            ->required();
      },
      Verify);
  Examples(verify, "  tuoyu draw verify deploy/examples/draw.json");
}

}  // namespace tuoyu::cli
