// tuoyu visit …: visits, from notice to publication.
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/inspection/record_file.h"
#include "clients/cli/item_call.h"
#include "clients/cli/piece_upload.h"
#include "clients/cli/request_id.h"
#include "clients/cli/roster_call.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

constexpr int64_t kMostPhotoBytes = 5 << 20;

struct VisitArgs {
  std::string name;
  std::string plan;
  std::vector<std::string> inspectors;
  std::string file;
  std::string outcome;
  std::string text;
  std::string reason;
  std::string from;
  std::string to;
  std::string part;
  std::vector<std::string> orders;
  int rating = 0;
};

struct ListArgs {
  std::string facility;
  std::string division;
  std::string unit;
  std::string domain;
  std::string outcome;
  std::string state;
  std::string item;
  std::string inspector;
  std::string since;
  std::string until;
  bool open = false;
  bool unpublished = false;
  int limit = 50;
};

int ShowVisit(Session& session, const google::protobuf::Message& request) {
  return ShowItem<pb::Visit>(session, request, RenderVisit);
}

template <typename Request>
Request About(const VisitArgs& args) {
  Request request;
  request.set_name(ResourceName("visits", args.name));
  return request;
}

int Open(Session& session, const VisitArgs& args) {
  pb::OpenVisitRequest request;
  request.set_plan(ResourceName("plans", args.plan));
  for (const std::string& inspector : args.inspectors) {
    request.add_inspectors(ResourceName("inspectors", inspector));
  }
  return ShowVisit(session, request);
}

int Notify(Session& session, const VisitArgs& args) {
  return ShowVisit(session, About<pb::NotifyVisitRequest>(args));
}

int Show(Session& session, const VisitArgs& args) {
  return ShowVisit(session, About<pb::GetVisitRequest>(args));
}

int BackEnter(Session& session, const VisitArgs& args) {
  return BackEnterFile<pb::BackEnterVisitsResponse, pb::BackEnterVisitsRequest>(session, args.file);
}

int Publish(Session& session, const VisitArgs& args) {
  auto request = About<pb::PublishVisitRequest>(args);
  request.set_reason(args.reason);
  return ShowVisit(session, request);
}

int Unpublish(Session& session, const VisitArgs& args) {
  auto request = About<pb::WithdrawPublicationRequest>(args);
  request.set_reason(args.reason);
  return ShowVisit(session, request);
}

int Cancel(Session& session, const VisitArgs& args) {
  auto request = About<pb::CancelVisitRequest>(args);
  request.set_reason(args.reason);
  return ShowVisit(session, request);
}

int AskCancel(Session& session, const VisitArgs& args) {
  auto request = About<pb::AskCancellationRequest>(args);
  request.set_reason(args.reason);
  return ShowVisit(session, request);
}

int AskReplace(Session& session, const VisitArgs& args) {
  auto request = About<pb::AskReplacementRequest>(args);
  request.set_from_inspector(ResourceName("inspectors", args.from));
  request.set_to_inspector(ResourceName("inspectors", args.to));
  request.set_reason(args.reason);
  return ShowVisit(session, request);
}

// What is decided is the visit as it is read now.
int DecideReplacement(Session& session, const VisitArgs& args) {
  pb::Visit visit;
  const absl::Status read = session.CallOwner(About<pb::GetVisitRequest>(args), &visit);
  if (!read.ok()) return session.Fail(read);
  auto request = About<pb::DecideReplacementRequest>(args);
  request.set_etag(visit.etag());
  request.set_consent(args.reason.empty());
  request.set_reason(args.reason);
  return ShowVisit(session, request);
}

int Rate(Session& session, const VisitArgs& args) {
  auto request = About<pb::RateVisitRequest>(args);
  request.set_rating(args.rating);
  request.set_text(args.text);
  return ShowVisit(session, request);
}

// Sends a photo, or what is missing of it.
absl::StatusOr<pb::Photo> SendPhoto(Session& session, const PhotoFile& file) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadBytes(file.path, kMostPhotoBytes));
  pb::UploadPhotoRequest request;
  pb::Photo& photo = *request.mutable_photo();
  photo.set_name(file.name);
  photo.set_digest(Sha256Hex(bytes));
  photo.set_size_bytes(static_cast<int64_t>(bytes.size()));
  *photo.mutable_device_time() = ToProto(absl::Now());
  pb::Photo stored;
  RETURN_IF_ERROR(SendPieces(session, bytes, request, &stored));
  return stored;
}

int Photo(Session& session, const VisitArgs& args) {
  const std::string visit = ResourceName("visits", args.name);
  const auto photo = SendPhoto(
      session, {args.file, absl::StrCat(visit, "/photos/",
                                        RequestIdFor(absl::StrCat(visit, "/", args.file)))});
  if (!photo.ok()) return session.Fail(photo.status());
  if (session.json()) {
    session.PrintJson(*photo);
  } else {
    session.Print(absl::StrCat(photo->name(), "\n"));
  }
  return kExitOk;
}

int Record(Session& session, const VisitArgs& args) {
  pb::Visit visit;
  if (absl::Status status = session.CallOwner(About<pb::GetVisitRequest>(args), &visit);
      !status.ok()) {
    return session.Fail(status);
  }
  auto file = LoadRecordFile(args.file, visit);
  if (!file.ok()) return session.FailUsage(std::string(file.status().message()));
  for (const PhotoFile& photo : file->photos) {
    const auto sent = SendPhoto(session, photo);
    if (!sent.ok()) return session.Fail(sent.status());
  }
  *file->request.mutable_device_now() = ToProto(absl::Now());
  if (absl::Status status = session.CallOwner(file->request, &visit); !status.ok()) {
    return session.Fail(status, &file->lines);
  }
  return PrintItem(session, visit, RenderVisit);
}

// Takes one of the caller's own parts out of the record.
int VoidPart(Session& session, const VisitArgs& args) {
  auto request = About<pb::RecordVisitRequest>(args);
  pb::RecordPart& part = *request.add_parts();
  part.set_part_id(NewUuidV7(absl::Now()));
  *part.mutable_device_time() = ToProto(absl::Now());
  part.mutable_void_part()->set_part_id(args.part);
  part.mutable_void_part()->set_reason(args.reason);
  *request.mutable_device_now() = ToProto(absl::Now());
  return ShowVisit(session, request);
}

// "B01=2026-03-20=减少人数" as an order.
absl::StatusOr<pb::CorrectionOrder> OrderOf(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 2));
  if (parts.size() != 3) {
    return absl::InvalidArgumentError(
        absl::StrCat("--order ", text, ": 应为 事项=期限=整改要求 (ITEM=DAY=REQUIREMENT)"));
  }
  ASSIGN_OR_RETURN(const google::type::Date due, DateOption("--order", parts[1]));
  pb::CorrectionOrder order;
  order.set_item(parts[0]);
  *order.mutable_due_date() = due;
  order.set_requirement(parts[2]);
  return order;
}

int Conclude(Session& session, const VisitArgs& args) {
  auto request = About<pb::ConcludeVisitRequest>(args);
  const auto outcome = EnumOption<pb::VisitOutcome>("outcome", args.outcome);
  if (!outcome.ok()) return session.FailUsage(std::string(outcome.status().message()));
  request.set_outcome(*outcome);
  request.set_outcome_text(args.text);
  for (const std::string& text : args.orders) {
    const auto order = OrderOf(text);
    if (!order.ok()) return session.FailUsage(std::string(order.status().message()));
    *request.add_orders() = *order;
  }
  return ShowVisit(session, request);
}

// The value of an enum option that may be missing.
template <typename Enum, typename Set>
absl::Status SetEnum(absl::string_view option, const std::string& text, Set set) {
  if (text.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Enum value, EnumOption<Enum>(option, text));
  set(value);
  return absl::OkStatus();
}

absl::StatusOr<pb::ListVisitsRequest> ListRequest(const ListArgs& args) {
  pb::ListVisitsRequest request;
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  request.set_division_prefix(args.division);
  request.set_unit(args.unit);
  request.set_failed_item(args.item);
  if (!args.inspector.empty()) request.set_inspector(ResourceName("inspectors", args.inspector));
  RETURN_IF_ERROR(SetEnum<pb::CheckDomain>("--domain", args.domain,
                                           [&](auto value) { request.set_domain(value); }));
  RETURN_IF_ERROR(SetEnum<pb::VisitOutcome>("--outcome", args.outcome,
                                            [&](auto value) { request.set_outcome(value); }));
  RETURN_IF_ERROR(SetEnum<pb::VisitState>("--state", args.state,
                                          [&](auto value) { request.set_state(value); }));
  if (!args.since.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_since(), DateOption("--since", args.since));
  }
  if (!args.until.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_until(), DateOption("--until", args.until));
  }
  request.set_with_open_findings(args.open);
  request.set_awaits_publication(args.unpublished);
  return request;
}

int List(Session& session, const ListArgs& args) {
  auto request = ListRequest(args);
  if (!request.ok()) return session.FailUsage(std::string(request.status().message()));
  return ShowList<pb::ListVisitsResponse>(
      session, *std::move(request), args.limit, {"没有检查记录。", "No visits."},
      [](auto* reply) { return reply->mutable_visits(); },
      [&](const auto& found) {
        return RenderVisits({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareName(CLI::App* command, VisitArgs* args) {
  command->add_option("visit", args->name, "visits/ID")->required();
}

void DeclareWithReason(CLI::App* command, VisitArgs* args) {
  DeclareName(command, args);
  command->add_option("--reason", args->reason, "原因 / why")->required();
}

void DeclareWithFile(CLI::App* command, VisitArgs* args) {
  DeclareName(command, args);
  command->add_option("file", args->file, "文件 / file")->required();
}

void DeclareList(CLI::App* command, ListArgs* args) {
  command->add_option("--facility", args->facility,
                      "机构，含前身和承接机构 / with predecessors and successors");
  command->add_option("--of", args->division, "区划代码 / division code");
  command->add_option("--unit", args->unit, "单位代码 / unit");
  command->add_option("--domain", args->domain, EnumChoices(*pb::CheckDomain_descriptor()));
  command->add_option("--outcome", args->outcome, EnumChoices(*pb::VisitOutcome_descriptor()));
  command->add_option("--state", args->state, EnumChoices(*pb::VisitState_descriptor()));
  command->add_option("--failed-item", args->item, "不符合的事项 / an item that failed");
  command->add_option("--inspector", args->inspector, "inspectors/ID");
  command->add_option("--since", args->since, "自 / from this day");
  command->add_option("--until", args->until, "至 / to this day");
  command->add_flag("--open-findings", args->open, "有未整改问题的 / with open findings");
  command->add_flag("--unpublished", args->unpublished, "结果待公示的 / to be made public");
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

// Before and at the site.
void AddSiteCommands(CLI::App* group, CommandLine* line) {
  CLI::App* open = AddCommand(group, "open", "个案检查：指定人员 / the visit of a case");
  Bind<VisitArgs>(
      line, open,
      [](CLI::App* command, VisitArgs* args) {
        command->add_option("plan", args->plan, "plans/ID")->required();
        command
            ->add_option("--inspector", args->inspectors, "inspectors/ID，两名以上 / two or more")
            ->required();
      },
      Open);
  Bind<VisitArgs>(line, AddCommand(group, "notify", "通知机构 / tell the facility"), DeclareName,
                  Notify);
  CLI::App* record =
      AddCommand(group, "record",
                 "报送检查记录（YAML），可离线填写、重复发送 / send a record, or parts of it");
  Bind<VisitArgs>(line, record, DeclareWithFile, Record);
  Examples(record,
           "  tuoyu visit record visits/ID deploy/examples/visit-record.yaml --as inspector");
  CLI::App* void_part = AddCommand(
      group, "void-part", "作废自己报送的一部分记录，留痕 / take an own part of the record out");
  Bind<VisitArgs>(
      line, void_part,
      [](CLI::App* command, VisitArgs* args) {
        DeclareName(command, args);
        command->add_option("part", args->part, "记录部分的编号 / id of the part")->required();
        command->add_option("--reason", args->reason, "原因 / why")->required();
      },
      VoidPart);
  Bind<VisitArgs>(line, AddCommand(group, "photo", "上传照片 / send a photo"), DeclareWithFile,
                  Photo);
}

// Who goes, and whether at all: one asks, another consents.
void AddStaffingCommands(CLI::App* group, CommandLine* line) {
  Bind<VisitArgs>(
      line, AddCommand(group, "replace", "申请更换检查人员 / ask for an inspector to be replaced"),
      [](CLI::App* command, VisitArgs* args) {
        DeclareWithReason(command, args);
        command->add_option("--from", args->from, "inspectors/ID")->required();
        command->add_option("--to", args->to, "inspectors/ID")->required();
      },
      AskReplace);
  CLI::App* decide =
      AddCommand(group, "decide-replacement",
                 "同意或不同意更换：部门负责人、审定人，不得为申请人 / consent, or not");
  Bind<VisitArgs>(
      line, decide,
      [](CLI::App* command, VisitArgs* args) {
        DeclareName(command, args);
        command->add_option("--refuse", args->reason, "不同意及原因 / refuse, and why");
      },
      DecideReplacement);
  Bind<VisitArgs>(line,
                  AddCommand(group, "ask-cancel",
                             "申请取消：抽中的检查须两人经手 / ask for a visit to be given up"),
                  DeclareWithReason, AskCancel);
  Bind<VisitArgs>(line, AddCommand(group, "cancel", "取消未开始的检查 / give a visit up"),
                  DeclareWithReason, Cancel);
}

// After it.
void AddResultCommands(CLI::App* group, CommandLine* line) {
  CLI::App* conclude = AddCommand(group, "conclude", "作出检查结果 / decide what came of it");
  Bind<VisitArgs>(
      line, conclude,
      [](CLI::App* command, VisitArgs* args) {
        DeclareName(command, args);
        command->add_option("outcome", args->outcome, EnumChoices(*pb::VisitOutcome_descriptor()))
            ->required();
        command->add_option("--text", args->text, "结果说明，公示 / in words, published")
            ->required();
        command->add_option("--order", args->orders,
                            "事项=期限=整改要求，每项一个 / ITEM=DAY=REQUIREMENT, one an item");
      },
      Conclude);
  Examples(conclude,
           "  tuoyu visit conclude visits/ID CORRECTION_ORDERED --text 超员 \\\n"
           "      --order B01=2026-03-20=减至备案人数 --as inspector");
  Bind<VisitArgs>(
      line, AddCommand(group, "publish", "公示结果 / make the result public"),
      [](CLI::App* command, VisitArgs* args) {
        DeclareName(command, args);
        command->add_option("--reason", args->reason,
                            "撤下后重新公示的原因，由负责人办理 / why again, by the head");
      },
      Publish);
  Bind<VisitArgs>(line, AddCommand(group, "unpublish", "撤下公示 / take it off again"),
                  DeclareWithReason, Unpublish);
  Bind<VisitArgs>(
      line, AddCommand(group, "rate", "机构评价检查 / the facility rates how it was inspected"),
      [](CLI::App* command, VisitArgs* args) {
        DeclareName(command, args);
        command->add_option("rating", args->rating, "1–5")->required()->check(CLI::Range(1, 5));
        command->add_option("--text", args->text, "说明 / in words");
      },
      Rate);
}

}  // namespace

void AddVisitCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "visit", "现场检查 / visits");
  AddSiteCommands(group, line);
  AddStaffingCommands(group, line);
  AddResultCommands(group, line);
  Bind<VisitArgs>(line, AddCommand(group, "show", "一次检查 / one visit"), DeclareName, Show);
  CLI::App* back = AddCommand(group, "back-enter",
                              "补录系统启用以前的检查 / enter visits made before the system");
  Bind<VisitArgs>(
      line, back,
      [](CLI::App* command, VisitArgs* args) {
        command->add_option("file", args->file, "YAML 或 JSON / YAML or JSON: entries: [...]")
            ->required();
      },
      BackEnter);
  Examples(back, "  tuoyu visit back-enter deploy/examples/visit-back-entry.yaml --as archivist");
  CLI::App* list = AddCommand(group, "list",
                              "检查历史；未登录可查已公示的 / history; anyone sees what is public");
  Bind<ListArgs>(line, list, DeclareList, List);
  Examples(list,
           "  tuoyu visit list --facility facilities/ID\n  tuoyu visit list --unpublished --as "
           "inspector");
}

}  // namespace tuoyu::cli
