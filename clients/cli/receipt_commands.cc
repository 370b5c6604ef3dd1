// tuoyu receipt …: anyone verifies a receipt.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/receipt_check.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int64_t kMaxKeyBytes = 1 << 20;

struct VerifyArgs {
  std::string number;
  std::string code;
};

std::string ChangedText(const pb::VerifyReceiptResponse& reply, Language language) {
  std::vector<std::string> names;
  for (const std::string& field : reply.changed_fields()) {
    names.push_back(FieldLabel(field, language));
  }
  return absl::StrJoin(names, language == Language::kChinese ? "、" : ", ");
}

std::string InForceText(const pb::VerifyReceiptResponse& reply, const Session& session) {
  if (reply.in_force()) {
    return std::string(
        session.Say("现行有效：机构在备案中，这是它最近的回执",
                    "In force: the facility is filed and this is its latest receipt"));
  }
  if (!reply.changed_fields().empty()) {
    return absl::StrCat(session.Say("回执之后以下事项已更正，以名录为准：",
                                    "Mended since, and the register counts: "),
                        ChangedText(reply, session.language()));
  }
  return std::string(session.Say("已不是现行回执：已有新回执，或机构不再备案",
                                 "No longer in force: there is a newer receipt, or the facility is "
                                 "no longer filed"));
}

int Verify(Session& session, const VerifyArgs& args) {
  pb::VerifyReceiptRequest request;
  request.set_receipt_number(args.number);
  request.set_verification_code(args.code);
  pb::VerifyReceiptResponse reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  // The authority's own public key, where it is known, goes before the one the service sends.
  const auto known =
      ReadBytes(absl::StrCat(session.identity().keys, "/", kReceiptPublicFile), kMaxKeyBytes);
  const absl::Status here =
      CheckSignature(reply.signed_receipt(), known.ok() ? *known : reply.public_key_pem());
  const bool good = reply.signature_valid() && here.ok();
  if (session.json()) {
    session.PrintJson(reply);
    return good ? kExitOk : kExitNotVerified;
  }
  if (session.names()) {
    if (good) session.PrintName(reply.signed_receipt().receipt().receipt_number());
    return good ? kExitOk : kExitNotVerified;
  }
  session.Print(
      RenderReceipt(reply.signed_receipt().receipt(), session.language(), session.width()));
  session.Print(absl::StrCat(
      "\n",
      good ? session.Say("签名有效", "Signature valid")
           : session.Say("签名无效", "SIGNATURE NOT VALID"),
      session.Say("（服务核验与本机核验）  密钥 ", " (checked by the service and here)  key "),
      reply.signed_receipt().key_id(), "\n", InForceText(reply, session), "\n"));
  return good ? kExitOk : kExitNotVerified;
}

}  // namespace

void AddReceiptCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "receipt", "备案回执：人人可核验 / receipts, verified by anyone");
  CLI::App* verify = AddCommand(group, "verify", "按编号和验证码核验 / verify by number and code");
  Bind<VerifyArgs>(
      line, verify,
      [](CLI::App* command, VerifyArgs* args) {
        command->add_option("number", args->number, "备案编号 / receipt number")->required();
        command->add_option("code", args->code, "验证码 / verification code")->required();
      },
      Verify);
  Examples(verify, "  tuoyu receipt verify TYBA-500111-2026-00001 ABCDEFGHJKLMNPQR");
}

}  // namespace tuoyu::cli
