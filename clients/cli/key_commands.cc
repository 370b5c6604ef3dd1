// tuoyu token, tuoyu keys: the local keys and what is made with them.
#include <sys/stat.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/command.h"
#include "clients/cli/identity.h"
#include "common/base/status.h"
#include "common/privacy/sealer.h"
#include "common/privacy/signature.h"

namespace tuoyu::cli {
namespace {

struct TokenArgs {
  std::vector<std::string> roles;
  double hours = 8;
};

struct KeyArgs {
  std::string folder = "var/keys";
  bool rotate = false;
  bool missing = false;
};

int Token(Session& session, const TokenArgs& args) {
  std::vector<common::v1::Role> roles;
  std::vector<std::string> names = args.roles;
  if (names.empty() && !session.identity().as.empty()) names.push_back(session.identity().as);
  for (const std::string& name : names) {
    const common::v1::Role role = RoleNamed(name);
    if (role == common::v1::ROLE_UNSPECIFIED) {
      return session.FailUsage(absl::StrCat(session.Say("未知角色：", "unknown role: "), name));
    }
    roles.push_back(role);
  }
  if (roles.empty()) {
    return session.FailUsage(session.Say("请用 --role 给出角色", "give a role with --role"));
  }
  const auto token = MintToken(session.identity(), roles, absl::Now(), absl::Hours(1) * args.hours);
  if (!token.ok()) return session.Fail(token.status());
  session.Print(session.json() ? absl::StrCat(nlohmann::json{{"token", *token}}.dump(), "\n")
                               : absl::StrCat(*token, "\n"));
  return kExitOk;
}

absl::Status MakeKeys(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return absl::FailedPreconditionError(absl::StrCat(folder, ": ", error.message()));
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  const auto path = [&](absl::string_view name) { return absl::StrCat(folder, "/", name); };
  constexpr auto kEs256 = privacy::SignatureAlgorithm::kEs256;
  RETURN_IF_ERROR(
      privacy::GenerateSigningKeyFiles(kEs256, path(kTokenKeyFile), path(kTokenPublicFile)));
  RETURN_IF_ERROR(
      privacy::GenerateSigningKeyFiles(kEs256, path(kReceiptKeyFile), path(kReceiptPublicFile)));
  for (const char* name : kKeyRingFiles) {
    RETURN_IF_ERROR(privacy::GenerateKeyRingFile(path(name)));
  }
  return absl::OkStatus();
}

// Makes the key rings of services that came after the others.
absl::Status MakeMissingRings(const std::string& folder) {
  for (const char* name : kKeyRingFiles) {
    absl::Status made = privacy::GenerateKeyRingFile(absl::StrCat(folder, "/", name));
    if (!made.ok() && !absl::IsAlreadyExists(made)) return made;
  }
  return absl::OkStatus();
}

absl::Status RotateKeys(const std::string& folder) {
  for (const char* name : kKeyRingFiles) {
    RETURN_IF_ERROR(privacy::RotateKeyRingFile(absl::StrCat(folder, "/", name)));
  }
  return absl::OkStatus();
}

int Keys(Session& session, const KeyArgs& args) {
  if (args.missing) {
    const absl::Status made = MakeMissingRings(args.folder);
    return made.ok() ? kExitOk : session.Fail(made);
  }
  const absl::Status status = args.rotate ? RotateKeys(args.folder) : MakeKeys(args.folder);
  if (!status.ok()) return session.Fail(status);
  session.Note(absl::StrCat(
      args.folder, "/  ",
      args.rotate
          ? session.Say("各密钥环已加新的封存密钥，服务重启后启用",
                        "each key ring has a new sealing key; services use it once restarted")
          : session.Say(
                "已生成令牌、回执签名密钥与各服务的密钥环（仅本用户可读）",
                "made the keys of tokens and receipts and the services' key rings (readable "
                "by this user only)"),
      "\n"));
  return kExitOk;
}

}  // namespace

void AddKeyCommands(CLI::App* app, CommandLine* line) {
  CLI::App* token =
      AddCommand(app, "token", "用本机私钥签发令牌 / mint a token from the local key");
  Bind<TokenArgs>(
      line, token,
      [](CLI::App* command, TokenArgs* args) {
        command->add_option("--role", args->roles, "角色，可多个 / roles: reviewer, SERVICE …")
            ->delimiter(',')
            ->allow_extra_args(false);
        command->add_option("--hours", args->hours, "有效小时数 / valid for hours")
            ->check(CLI::Range(0.001, 24.0 * 366))
            ->capture_default_str();
      },
      Token);
  Examples(token,
           "  tuoyu token --role reviewer --subject 张审核 --org DHC --division 500111 --hours 8\n"
           "  tuoyu token --role principal --facility facilities/ID > 令牌; tuoyu status "
           "--token-file 令牌");
  CLI::App* keys =
      AddCommand(app, "keys", "生成密钥（0600），已有的不覆盖 / make keys, never overwriting");
  Bind<KeyArgs>(
      line, keys,
      [](CLI::App* command, KeyArgs* args) {
        command->add_option("--dir", args->folder, "目录 / folder")->capture_default_str();
        command->add_flag("--missing", args->missing,
                          "只补尚无的密钥环（新增的服务） / only key rings that are missing, of "
                          "services that are new");
        command->add_flag("--rotate-sealing", args->rotate,
                          "给各密钥环加一把新的封存密钥，旧的仍可解 / add a sealing key to each "
                          "ring; old ones still open");
      },
      Keys);
}

}  // namespace tuoyu::cli
