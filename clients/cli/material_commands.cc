// tuoyu material …: the files of a filing.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/filing_flow.h"
#include "clients/cli/labels.h"
#include "clients/cli/material_sync.h"
#include "clients/cli/progress.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

struct MaterialArgs {
  std::string name;
  std::string to;
  std::string state = "MANUAL";
  std::string source;
};

struct UploadArgs {
  std::string filing;
  std::string kind;
  std::string issued_on;
  std::string valid_to;
  std::string path;
  std::string issuer;
  std::string document;
  std::string result;
};

// Reads the whole file; DATA_LOSS when its digest is not the one the service has.
absl::StatusOr<pb::Material> Fetch(Session& session, const std::string& name, std::string* bytes) {
  pb::DownloadMaterialRequest request;
  request.set_name(name);
  pb::DownloadMaterialResponse piece;
  RETURN_IF_ERROR(session.CallFiling(request, &piece));
  const pb::Material material = piece.material();
  Progress progress(session.Say("下载", "downloading"), material.size_bytes(), !session.json());
  while (!piece.data().empty()) {
    bytes->append(piece.data());
    progress.Set(static_cast<int64_t>(bytes->size()));
    if (static_cast<int64_t>(bytes->size()) >= material.size_bytes()) break;
    request.set_offset(static_cast<int64_t>(bytes->size()));
    RETURN_IF_ERROR(session.CallFiling(request, &piece));
  }
  if (privacy::Sha256Hex(*bytes) != material.sha256()) {
    return absl::DataLossError(
        absl::StrCat(name, session.Say(": 文件摘要不符", ": the digest does not fit")));
  }
  return material;
}

int Download(Session& session, const MaterialArgs& args) {
  std::string bytes;
  const auto material = Fetch(session, args.name, &bytes);
  if (!material.ok()) return session.Fail(material.status());
  // The name came from whoever uploaded it: no directory of theirs, and nothing of ours is overwritten.
  const std::string path =
      args.to.empty() ? std::filesystem::path(material->file_name()).filename().string() : args.to;
  if (absl::Status written = WriteNewFile(path, bytes); !written.ok()) {
    return session.FailUsage(std::string(written.message()));
  }
  if (session.json()) {
    session.PrintJson(*material);
  } else {
    session.Print(absl::StrCat(path, "  ", bytes.size(),
                               session.Say(" 字节，摘要相符", " bytes, digest fits"), "\n"));
  }
  return kExitOk;
}

int Verify(Session& session, const MaterialArgs& args) {
  pb::VerifyMaterialRequest request;
  request.set_name(args.name);
  const std::string upper = absl::AsciiStrToUpper(args.state);
  request.set_verify_state(upper == "REJECTED" ? pb::VERIFY_STATE_REJECTED
                           : upper == "SHARED" ? pb::VERIFY_STATE_VERIFIED_SHARED
                                               : pb::VERIFY_STATE_VERIFIED_MANUAL);
  request.set_verify_source(args.source);
  pb::Material reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(reply);
  } else {
    session.Print(absl::StrCat(Label(reply.kind(), session.language()), "  ",
                               Label(reply.verify_state(), session.language()), "\n"));
  }
  return kExitOk;
}

// "FIRE_SAFETY", "MATERIAL_KIND_FIRE_SAFETY" or "M06", in any case.
absl::StatusOr<pb::MaterialKind> KindNamed(const std::string& text) {
  const std::string upper = absl::AsciiStrToUpper(text);
  pb::MaterialKind kind = pb::MATERIAL_KIND_UNSPECIFIED;
  int number = 0;
  if (pb::MaterialKind_Parse(upper, &kind) ||
      pb::MaterialKind_Parse(absl::StrCat("MATERIAL_KIND_", upper), &kind)) {
    return kind;
  }
  if (upper.size() == 3 && upper[0] == 'M' && absl::SimpleAtoi(upper.substr(1), &number) &&
      number > 0 && pb::MaterialKind_IsValid(number)) {
    return static_cast<pb::MaterialKind>(number);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--kind ", text, ": M01–M13，如 M06 或 FIRE_SAFETY / M01 to M13, e.g. M06 or ",
                   "FIRE_SAFETY"));
}

int Upload(Session& session, const UploadArgs& args) {
  client::v1::Attachment attachment;
  attachment.set_path(args.path);
  attachment.set_issuer(args.issuer);
  attachment.set_document_number(args.document);
  attachment.set_result(args.result);
  const auto kind = KindNamed(args.kind);
  if (!kind.ok()) return session.FailUsage(std::string(kind.status().message()));
  attachment.set_kind(*kind);
  for (const auto& [option, text, day] :
       {std::tuple{"--issued-on", args.issued_on, attachment.mutable_issued_on()},
        std::tuple{"--valid-to", args.valid_to, attachment.mutable_valid_to()}}) {
    const auto given = DateOption(option, text);
    if (!given.ok()) return session.FailUsage(std::string(given.status().message()));
    *day = *given;
  }
  if (args.issued_on.empty()) attachment.clear_issued_on();
  if (args.valid_to.empty()) attachment.clear_valid_to();
  const auto file = LoadAttachment(attachment, "");
  if (!file.ok()) return session.FailUsage(std::string(file.status().message()));
  const auto filing = GetFiling(session, args.filing);
  if (!filing.ok()) return session.Fail(filing.status());
  // Nothing is uploaded that the filing has already.
  const std::vector<AttachmentFile> wanted = {*file};
  for (const AttachmentFile* missing : PlanMaterials(*filing, wanted).upload) {
    const absl::Status added = UploadMaterial(session, filing->name(), *missing);
    if (!added.ok()) return session.Fail(added);
  }
  const auto shown = GetFiling(session, args.filing);
  if (!shown.ok()) return session.Fail(shown.status());
  for (const pb::Material& material : shown->materials()) {
    if (material.sha256() != file->material.sha256()) continue;
    session.PrintName(material.name());
    if (session.json()) session.PrintJson(material);
  }
  return kExitOk;
}

}  // namespace

void AddMaterialCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "material", "备案材料：上传、下载、核验 / materials of a filing");
  const auto named = [](CLI::App* command, MaterialArgs* args) {
    command->add_option("material", args->name, "filings/ID/materials/ID")->required();
  };
  CLI::App* download = AddCommand(group, "download", "下载并核对摘要 / download, digest checked");
  Bind<MaterialArgs>(
      line, download,
      [named](CLI::App* command, MaterialArgs* args) {
        named(command, args);
        command->add_option("--to", args->to, "存为 / file to make");
      },
      Download);
  Examples(download,
           "  tuoyu material download filings/ID/materials/ID --to 消防.pdf --as reviewer");
  CLI::App* upload = AddCommand(group, "upload",
                                "上传一份材料：草稿的，或整改的佐证 / upload one material: of a "
                                "draft, or evidence of what was mended");
  Bind<UploadArgs>(
      line, upload,
      [](CLI::App* command, UploadArgs* args) {
        command->add_option("filing", args->filing, "filings/ID")->required();
        command->add_option("file", args->path, "文件 / file: PDF, JPEG, PNG, OFD")->required();
        command->add_option("--kind", args->kind, "材料 / material: M01–M13")->required();
        command->add_option("--issuer", args->issuer, "出具单位 / issuer");
        command->add_option("--document", args->document, "文号 / document number");
        command->add_option("--result", args->result, "结论 / result");
        command->add_option("--issued-on", args->issued_on, "出具日期 / issued on");
        command->add_option("--valid-to", args->valid_to, "有效期止 / last day of validity");
      },
      Upload);
  Examples(upload,
           "  tuoyu material upload filings/ID 消防.pdf --kind M06 --result 合格 --as principal");
  CLI::App* verify = AddCommand(group, "verify", "记录核验结果 / record a verification");
  Bind<MaterialArgs>(
      line, verify,
      [named](CLI::App* command, MaterialArgs* args) {
        named(command, args);
        command->add_option("--result", args->state, "MANUAL 人工, SHARED 共享, REJECTED 不予认可")
            ->check(CLI::IsMember({"MANUAL", "SHARED", "REJECTED"}, CLI::ignore_case))
            ->capture_default_str();
        command->add_option("--source", args->source, "核验来源 / where it came from");
      },
      Verify);
}

}  // namespace tuoyu::cli
