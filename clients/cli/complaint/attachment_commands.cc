// tuoyu attachment …: files of complaints, sent with a query code or by officers, read by who is on the case.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/piece_upload.h"
#include "clients/cli/request_id.h"
#include "clients/cli/table.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "tuoyu/complaint/v1/attachment_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

constexpr int64_t kMostBytes = 5 << 20;

struct AttachmentArgs {
  std::string name;
  std::string file;
  std::string code;
  std::string of_case;
  std::string title;
};

// With a code --case is the number people see, else the case's name.
int Send(Session& session, const AttachmentArgs& args) {
  const auto bytes = ReadBytes(args.file, kMostBytes);
  if (!bytes.ok()) return session.FailUsage(std::string(bytes.status().message()));
  pb::UploadAttachmentRequest request;
  request.set_query_code(args.code);
  if (args.code.empty()) {
    request.set_case_(ResourceName("cases", args.of_case));
  } else {
    request.set_case_number(args.of_case);
  }
  pb::Attachment& attachment = *request.mutable_attachment();
  // The name of a file may tell whose it is: who sends it with a code says what it shows, or nothing.
  attachment.set_title(args.title.empty() && args.code.empty()
                           ? std::filesystem::path(args.file).stem().string()
                           : args.title);
  attachment.set_digest(Sha256Hex(*bytes));
  attachment.set_size_bytes(static_cast<int64_t>(bytes->size()));
  // The same file sent again goes on where it stopped.
  attachment.set_name(absl::StrCat(
      "attachments/", RequestIdFor(absl::StrCat("attachment/", args.code, "/", args.of_case, "/",
                                                attachment.digest()))));
  pb::Attachment stored;
  if (absl::Status status = SendPieces(session, *bytes, request, &stored); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(stored.name());
  if (session.json()) {
    session.PrintJson(stored);
  } else if (!session.names()) {
    session.Print(absl::StrCat(session.Say("已收到 ", "received "), stored.content_type(), "  ",
                               stored.size_bytes(), session.Say(" 字节", " bytes"), "\n"));
  }
  return kExitOk;
}

int List(Session& session, const AttachmentArgs& args) {
  pb::ListAttachmentsRequest request;
  request.set_case_(ResourceName("cases", args.name));
  pb::ListAttachmentsResponse reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const pb::Attachment& each : reply.attachments()) session.PrintName(each.name());
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    Table table({{std::string(session.Say("附件", "attachment"))},
                 {std::string(session.Say("内容", "shows"))},
                 {std::string(session.Say("类型", "type"))},
                 {std::string(session.Say("字节", "bytes")), Table::Align::kRight},
                 {std::string(session.Say("发送人", "sent by"))}});
    for (const pb::Attachment& each : reply.attachments()) {
      table.Add({each.name(), each.title(), each.content_type(), absl::StrCat(each.size_bytes()),
                 each.sent_by().empty() ? std::string(session.Say("投诉人", "complainant"))
                                        : each.sent_by()});
    }
    session.Print(reply.attachments().empty()
                      ? absl::StrCat(session.Say("没有附件。", "No attachments."), "\n")
                      : table.Render(session.width()));
  }
  return kExitOk;
}

absl::StatusOr<std::string> Fetch(Session& session, const std::string& name,
                                  pb::Attachment* attachment) {
  pb::ReadAttachmentRequest request;
  request.set_name(name);
  std::string bytes;
  while (true) {
    request.set_offset(static_cast<int64_t>(bytes.size()));
    pb::ReadAttachmentResponse piece;
    RETURN_IF_ERROR(session.CallOwner(request, &piece));
    *attachment = std::move(*piece.mutable_attachment());
    if (piece.data().empty()) break;
    bytes += piece.data();
  }
  const std::string& digest =
      attachment->kept_digest().empty() ? attachment->digest() : attachment->kept_digest();
  if (Sha256Hex(bytes) != digest) {
    return absl::DataLossError(
        absl::StrCat(name, session.Say(": 文件摘要不符", ": the digest does not fit")));
  }
  return bytes;
}

int Read(Session& session, const AttachmentArgs& args) {
  pb::Attachment attachment;
  const auto bytes = Fetch(session, ResourceName("attachments", args.name), &attachment);
  if (!bytes.ok()) return session.Fail(bytes.status());
  if (absl::Status written = WriteNewFile(args.file, *bytes); !written.ok()) {
    return session.FailUsage(std::string(written.message()));
  }
  session.PrintName(attachment.name());
  if (session.json()) {
    session.PrintJson(attachment);
  } else if (!session.names()) {
    session.Print(absl::StrCat(args.file, "  ", bytes->size(),
                               session.Say(" 字节，摘要相符", " bytes, digest fits"), "\n"));
  }
  return kExitOk;
}

}  // namespace

void AddAttachmentCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "attachment", "投诉举报附件 / files of complaints");
  CLI::App* send = AddCommand(group, "send", "发送照片或 PDF，中断后重发即续传 / send a file");
  Bind<AttachmentArgs>(
      line, send,
      [](CLI::App* command, AttachmentArgs* args) {
        command->add_option("file", args->file, "JPEG、PNG、PDF，至多 5 MiB / at most 5 MiB")
            ->required();
        command->add_option("--code", args->code,
                            "查询码；工作人员不用 / query code; not officers");
        command->add_option("--case", args->of_case,
                            "案件编号；工作人员用 cases/ID / number, of officers cases/ID");
        command->add_option("--title", args->title, "内容；工作人员不填为文件名 / what it shows");
      },
      Send);
  Examples(send,
           "  tuoyu attachment send 收据.jpg --code 7KQ2-ABCD-1234-EFGH-5678\n"
           "  tuoyu attachment send 来信.pdf --case cases/ID --as department --org SAMR");
  Bind<AttachmentArgs>(
      line, AddCommand(group, "list", "一个案件的附件 / the files of a case"),
      [](CLI::App* command, AttachmentArgs* args) {
        command->add_option("case", args->name, "cases/ID")->required();
      },
      List);
  Bind<AttachmentArgs>(
      line, AddCommand(group, "read", "读取并核对摘要 / read one, digest checked"),
      [](CLI::App* command, AttachmentArgs* args) {
        command->add_option("attachment", args->name, "attachments/ID")->required();
        command->add_option("--to", args->file, "存为 / file to make")->required();
      },
      Read);
}

}  // namespace tuoyu::cli
