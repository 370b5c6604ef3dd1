// tuoyu penalty …: penalty cases, from the proposal to the close. What is long or has parts comes from a file.
#include <functional>
#include <string>
#include <utility>

#include "clients/cli/command.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/inspection/penalty_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "common/base/status.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = inspection::v1;

constexpr int kFenDecimals = 2;

struct PenaltyArgs {
  std::string name;
  std::string file;
  std::string text;
  std::string kind;
  std::string day;
  std::string until;
  std::string place;
  std::string chair;
  std::string amount;
  bool no = false;
};

struct ListArgs {
  std::string facility;
  std::string division;
  std::string unit;
  std::string state;
  bool unpublished = false;
  bool withdraw = false;
  int limit = 50;
};

int ShowPenalty(Session& session, const google::protobuf::Message& request,
                const data::FieldLines* lines = nullptr) {
  pb::PenaltyCase penalty;
  if (absl::Status status = session.CallOwner(request, &penalty); !status.ok()) {
    return session.Fail(status, lines);
  }
  return PrintItem(session, penalty, RenderPenalty);
}

// An act on a case that takes what `fill` adds, or says is wrong.
template <typename Request>
int Act(Session& session, const PenaltyArgs& args,
        const std::function<absl::Status(Request*)>& fill) {
  Request request;
  if (absl::Status status = fill(&request); !status.ok()) {
    return session.FailUsage(std::string(status.message()));
  }
  request.set_name(ResourceName("penaltyCases", args.name));
  return ShowPenalty(session, request);
}

// The same of what is decided: of the case as it is now.
template <typename Request>
int ActOnRead(Session& session, const PenaltyArgs& args,
              const std::function<absl::Status(Request*)>& fill) {
  pb::GetPenaltyCaseRequest get;
  get.set_name(ResourceName("penaltyCases", args.name));
  pb::PenaltyCase penalty;
  if (absl::Status status = session.CallOwner(get, &penalty); !status.ok()) {
    return session.Fail(status);
  }
  return Act<Request>(session, args, [&](Request* request) -> absl::Status {
    RETURN_IF_ERROR(fill(request));
    request->set_etag(penalty.etag());
    return absl::OkStatus();
  });
}

// What a file says, YAML or JSON of the request without name, etag and id of the call.
template <typename Request>
absl::Status FromFile(Session& session, const PenaltyArgs& args, Request* request) {
  data::FieldLines lines;
  return LoadMessageFile(args.file, session.today(), request, &lines);
}

int Open(Session& session, const PenaltyArgs& args) {
  pb::OpenPenaltyCaseRequest request;
  data::FieldLines lines;
  const absl::Status read =
      LoadMessageFile(args.file, session.today(), request.mutable_matter(), &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  return ShowPenalty(session, request, &lines);
}

int OnTheSpot(Session& session, const PenaltyArgs& args) {
  pb::DecideOnTheSpotRequest request;
  data::FieldLines lines;
  const absl::Status read = LoadMessageFile(args.file, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  return ShowPenalty(session, request, &lines);
}

int Opening(Session& session, const PenaltyArgs& args) {
  return ActOnRead<pb::DecidePenaltyOpeningRequest>(session, args, [&](auto* request) {
    request->set_approve(!args.no);
    request->set_reason(args.text);
    return absl::OkStatus();
  });
}

int Notify(Session& session, const PenaltyArgs& args) {
  return Act<pb::NotifyPenaltyRequest>(
      session, args, [&](auto* request) { return FromFile(session, args, request); });
}

int Statement(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordStatementRequest>(session, args, [&](auto* request) {
    request->set_text(args.text);
    request->set_waives(args.no);
    request->set_proof(args.place);
    return absl::OkStatus();
  });
}

int AskHearing(Session& session, const PenaltyArgs& args) {
  return Act<pb::AskHearingRequest>(session, args, [](auto*) { return absl::OkStatus(); });
}

int CallHearing(Session& session, const PenaltyArgs& args) {
  return Act<pb::CallHearingRequest>(session, args, [&](auto* request) -> absl::Status {
    ASSIGN_OR_RETURN(*request->mutable_hearing_on(), DateOption("--on", args.day));
    request->set_place(args.place);
    request->set_chair(args.chair);
    return absl::OkStatus();
  });
}

int Hearing(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordHearingRequest>(session, args, [&](auto* request) -> absl::Status {
    ASSIGN_OR_RETURN(const pb::HearingResult result,
                     EnumOption<pb::HearingResult>("result", args.kind));
    request->set_result(result);
    request->set_minutes(args.text);
    return absl::OkStatus();
  });
}

int Review(Session& session, const PenaltyArgs& args) {
  return ActOnRead<pb::RecordLegalReviewRequest>(session, args, [&](auto* request) {
    request->set_agreed(!args.no);
    request->set_opinion(args.text);
    return absl::OkStatus();
  });
}

int Decide(Session& session, const PenaltyArgs& args) {
  return ActOnRead<pb::DecidePenaltyRequest>(
      session, args, [&](auto* request) { return FromFile(session, args, request); });
}

int Drop(Session& session, const PenaltyArgs& args) {
  return Act<pb::DropPenaltyCaseRequest>(session, args, [&](auto* request) -> absl::Status {
    ASSIGN_OR_RETURN(const pb::PenaltyDropReason reason,
                     EnumOption<pb::PenaltyDropReason>("reason", args.kind));
    request->set_reason(reason);
    request->set_text(args.text);
    return absl::OkStatus();
  });
}

int Deliver(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordDeliveryRequest>(session, args, [&](auto* request) -> absl::Status {
    ASSIGN_OR_RETURN(const pb::DeliveryMethod method,
                     EnumOption<pb::DeliveryMethod>("method", args.kind));
    ASSIGN_OR_RETURN(*request->mutable_delivered_on(),
                     DateOptionOr("--on", args.day, session.today()));
    request->set_method(method);
    request->set_proof(args.text);
    return absl::OkStatus();
  });
}

int Pay(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordPaymentRequest>(session, args, [&](auto* request) -> absl::Status {
    pb::PenaltyPayment& payment = *request->mutable_payment();
    ASSIGN_OR_RETURN(const pb::PaymentKind kind, EnumOption<pb::PaymentKind>("kind", args.kind));
    ASSIGN_OR_RETURN(const int64_t fen, DecimalOption("--yuan", args.amount, kFenDecimals));
    ASSIGN_OR_RETURN(*payment.mutable_paid_on(), DateOptionOr("--on", args.day, session.today()));
    payment.set_kind(kind);
    payment.set_amount_fen(fen);
    payment.set_receipt(args.text);
    return absl::OkStatus();
  });
}

int Stay(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordPaymentStayRequest>(session, args, [&](auto* request) -> absl::Status {
    pb::PaymentStay& stay = *request->mutable_stay();
    ASSIGN_OR_RETURN(const pb::PaymentStayKind kind,
                     EnumOption<pb::PaymentStayKind>("kind", args.kind));
    ASSIGN_OR_RETURN(*stay.mutable_from(), DateOption("--from", args.day));
    if (!args.until.empty()) {
      ASSIGN_OR_RETURN(*stay.mutable_until(), DateOption("--until", args.until));
    }
    stay.set_kind(kind);
    stay.set_reason(args.text);
    return absl::OkStatus();
  });
}

int Pause(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordDecisionPauseRequest>(session, args, [&](auto* request) -> absl::Status {
    pb::DecisionPause& pause = *request->mutable_pause();
    ASSIGN_OR_RETURN(const pb::DecisionPauseKind kind,
                     EnumOption<pb::DecisionPauseKind>("kind", args.kind));
    ASSIGN_OR_RETURN(*pause.mutable_from(), DateOption("--from", args.day));
    if (!args.until.empty()) {
      ASSIGN_OR_RETURN(*pause.mutable_until(), DateOption("--until", args.until));
    }
    pause.set_kind(kind);
    pause.set_reason(args.text);
    return absl::OkStatus();
  });
}

int NoteAnnulment(Session& session, const PenaltyArgs& args) {
  return Act<pb::NoteAnnulmentRequest>(session, args, [&](auto* request) -> absl::Status {
    pb::AnnulmentNotice& notice = *request->mutable_notice();
    ASSIGN_OR_RETURN(const pb::AnnulmentKind kind,
                     EnumOption<pb::AnnulmentKind>("kind", args.kind));
    ASSIGN_OR_RETURN(*notice.mutable_annulled_on(),
                     DateOptionOr("--on", args.day, session.today()));
    notice.set_kind(kind);
    notice.set_reason(args.text);
    notice.set_decided_by(args.place);
    return absl::OkStatus();
  });
}

int Refund(Session& session, const PenaltyArgs& args) {
  return Act<pb::RecordRefundRequest>(session, args, [&](auto* request) -> absl::Status {
    pb::PenaltyRefund& refund = *request->mutable_refund();
    ASSIGN_OR_RETURN(const pb::PaymentKind kind, EnumOption<pb::PaymentKind>("kind", args.kind));
    ASSIGN_OR_RETURN(const int64_t fen, DecimalOption("--yuan", args.amount, kFenDecimals));
    ASSIGN_OR_RETURN(*refund.mutable_refunded_on(),
                     DateOptionOr("--on", args.day, session.today()));
    refund.set_kind(kind);
    refund.set_amount_fen(fen);
    refund.set_receipt(args.text);
    return absl::OkStatus();
  });
}

int Close(Session& session, const PenaltyArgs& args) {
  return Act<pb::ClosePenaltyCaseRequest>(session, args, [&](auto* request) -> absl::Status {
    ASSIGN_OR_RETURN(const pb::PenaltyClosingKind kind,
                     EnumOption<pb::PenaltyClosingKind>("kind", args.kind));
    request->set_kind(kind);
    request->set_text(args.text);
    return absl::OkStatus();
  });
}

int Publish(Session& session, const PenaltyArgs& args) {
  return Act<pb::PublishPenaltyRequest>(session, args, [](auto*) { return absl::OkStatus(); });
}

int Annul(Session& session, const PenaltyArgs& args) {
  return Act<pb::AnnulPenaltyRequest>(
      session, args, [&](auto* request) { return FromFile(session, args, request); });
}

int Show(Session& session, const PenaltyArgs& args) {
  return Act<pb::GetPenaltyCaseRequest>(session, args, [](auto*) { return absl::OkStatus(); });
}

int List(Session& session, const ListArgs& args) {
  pb::ListPenaltyCasesRequest request;
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  request.set_division_prefix(args.division);
  request.set_unit(args.unit);
  request.set_awaits_publication(args.unpublished);
  request.set_awaits_withdrawal(args.withdraw);
  if (!args.state.empty()) {
    const auto state = EnumOption<pb::PenaltyState>("--state", args.state);
    if (!state.ok()) return session.FailUsage(std::string(state.status().message()));
    request.set_state(*state);
  }
  return ShowList<pb::ListPenaltyCasesResponse>(
      session, std::move(request), args.limit, {"没有处罚案件。", "No penalty cases."},
      [](auto* reply) { return reply->mutable_penalty_cases(); },
      [&](const auto& found) {
        return RenderPenalties({found.begin(), found.end()}, session.language(), session.width());
      });
}

void DeclareName(CLI::App* command, PenaltyArgs* args) {
  command->add_option("case", args->name, "penaltyCases/ID")->required();
}

void DeclareFile(CLI::App* command, PenaltyArgs* args) {
  command->add_option("file", args->file, "YAML 或 JSON / YAML or JSON")->required();
}

void DeclareNameAndFile(CLI::App* command, PenaltyArgs* args) {
  DeclareName(command, args);
  DeclareFile(command, args);
}

// A name, one of the values of an enum, and a text.
template <typename Enum>
std::function<void(CLI::App*, PenaltyArgs*)> DeclareKind(const std::string& kind,
                                                         const std::string& text,
                                                         const std::string& help) {
  return [=](CLI::App* command, PenaltyArgs* args) {
    DeclareName(command, args);
    command->add_option(kind, args->kind, EnumChoices(*google::protobuf::GetEnumDescriptor<Enum>()))
        ->required();
    command->add_option(text, args->text, help)->required();
  };
}

void AddProcedure(CLI::App* group, CommandLine* line) {
  CLI::App* open = AddCommand(group, "open", "提出立案 / propose to open a case");
  Bind<PenaltyArgs>(line, open, DeclareFile, Open);
  Examples(open,
           "  tuoyu penalty open 立案.yaml --as inspector\n"
           "  立案.yaml: {visit: visits/ID, party: FACILITY, conduct: STANDARDS, items: [B01],\n"
           "             conducted_on: today, facts: 一个班坐了四十个孩子}");
  Bind<PenaltyArgs>(line, AddCommand(group, "on-the-spot", "当场处罚 / decide on the spot"),
                    DeclareFile, OnTheSpot);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "opening", "批准立案（单位负责人） / the head opens it, or not"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareName(command, args);
        command->add_flag("--refuse", args->no, "不予立案 / don't open it");
        command->add_option("--reason", args->text, "原因 / why not");
      },
      Opening);
  CLI::App* notify = AddCommand(group, "notify", "事先告知 / tell the party what is intended");
  Bind<PenaltyArgs>(line, notify, DeclareNameAndFile, Notify);
  Examples(
      notify,
      "  tuoyu penalty notify penaltyCases/ID 告知.yaml --as inspector\n"
      "  告知.yaml: {sanction: {tier: ORDINARY, measures: [WARNING]}, text: 事实、理由和依据}");
  Bind<PenaltyArgs>(
      line, AddCommand(group, "statement", "当事人陈述申辩 / what the party says"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareName(command, args);
        command->add_option("--text", args->text, "内容 / in words")->required();
        command->add_flag("--waives", args->no, "不再申辩，不要求听证 / states no more");
        command->add_option("--proof", args->place,
                            "执法人员代录放弃时，当事人签名材料所在 / where the party's paper is");
      },
      Statement);
}

// Between the notice and the decision.
void AddHearing(CLI::App* group, CommandLine* line) {
  Bind<PenaltyArgs>(line,
                    AddCommand(group, "ask-hearing", "申请听证 / the party asks for a hearing"),
                    DeclareName, AskHearing);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "call-hearing", "通知听证 / tell when and where it is"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareName(command, args);
        command->add_option("--on", args->day, "日期 / day")->required();
        command->add_option("--place", args->place, "地点 / where")->required();
        command->add_option("--chair", args->chair, "主持人账号 / account of who presides")
            ->required();
      },
      CallHearing);
  Bind<PenaltyArgs>(line, AddCommand(group, "hearing", "听证情况 / how the hearing ended"),
                    DeclareKind<pb::HearingResult>("result", "--minutes", "笔录 / minutes"),
                    Hearing);
  Bind<PenaltyArgs>(
      line,
      AddCommand(group, "pause", "检测、听证、公告等不计入九十日的期间 / days that don't count"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareKind<pb::DecisionPauseKind>("kind", "--reason", "依据 / what it rests on")(command,
                                                                                          args);
        command->add_option("--from", args->day, "起 / first day")->required();
        command->add_option("--until", args->until, "止 / last day");
      },
      Pause);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "review", "法制审核 / the legal review"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareName(command, args);
        command->add_option("--opinion", args->text, "意见 / opinion")->required();
        command->add_flag("--disagree", args->no, "不同意 / doesn't agree");
      },
      Review);
}

void AddExecution(CLI::App* group, CommandLine* line) {
  Bind<PenaltyArgs>(line, AddCommand(group, "decide", "作出决定（单位负责人） / the head decides"),
                    DeclareNameAndFile, Decide);
  Bind<PenaltyArgs>(line, AddCommand(group, "drop", "不予处罚、移送 / end it without a penalty"),
                    DeclareKind<pb::PenaltyDropReason>("reason", "--text", "说明 / in words"),
                    Drop);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "deliver", "送达 / the decision was delivered"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareKind<pb::DeliveryMethod>("method", "--proof", "送达回证 / where the proof is")(
            command, args);
        command->add_option("--on", args->day, "日期；不填为今日 / day, today without");
      },
      Deliver);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "pay", "缴款 / a payment"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareKind<pb::PaymentKind>("kind", "--receipt", "票据号 / number of the receipt")(command,
                                                                                            args);
        command->add_option("--yuan", args->amount, "金额（元） / amount, yuan")->required();
        command->add_option("--on", args->day, "日期；不填为今日 / day, today without");
      },
      Pay);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "stay", "暂缓、分期，复议或诉讼期间 / no late fee meanwhile"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareKind<pb::PaymentStayKind>("kind", "--reason", "依据 / what it rests on")(command,
                                                                                        args);
        command->add_option("--from", args->day, "起 / first day")->required();
        command->add_option("--until", args->until, "止 / last day");
      },
      Stay);
  Bind<PenaltyArgs>(
      line,
      AddCommand(group, "note-annulment",
                 "收到撤销、变更文书：公示应在三个工作日内撤下 / word of an annulment came"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareKind<pb::AnnulmentKind>("kind", "--reason", "原因 / why")(command, args);
        command->add_option("--by", args->place, "作出机关 / by whom")->required();
        command->add_option("--on", args->day, "日期；不填为今日 / day, today without");
      },
      NoteAnnulment);
  Bind<PenaltyArgs>(
      line, AddCommand(group, "refund", "退款：撤销、变更后应退的 / money given back"),
      [](CLI::App* command, PenaltyArgs* args) {
        DeclareKind<pb::PaymentKind>("kind", "--receipt", "票据号 / number of the receipt")(command,
                                                                                            args);
        command->add_option("--yuan", args->amount, "金额（元） / amount, yuan")->required();
        command->add_option("--on", args->day, "日期；不填为今日 / day, today without");
      },
      Refund);
  Bind<PenaltyArgs>(line, AddCommand(group, "close", "结案 / close it"),
                    DeclareKind<pb::PenaltyClosingKind>("kind", "--text", "执行情况 / how"), Close);
  Bind<PenaltyArgs>(line, AddCommand(group, "publish", "公示 / make the decision public"),
                    DeclareName, Publish);
  Bind<PenaltyArgs>(line,
                    AddCommand(group, "annul", "撤销、变更、确认违法或无效 / annulled or changed"),
                    DeclareNameAndFile, Annul);
}

}  // namespace

void AddPenaltyCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "penalty", "行政处罚案件 / penalty cases");
  AddProcedure(group, line);
  AddHearing(group, line);
  AddExecution(group, line);
  Bind<PenaltyArgs>(line, AddCommand(group, "show", "一个案件 / one case"), DeclareName, Show);
  Bind<ListArgs>(
      line,
      AddCommand(group, "list", "案件；公众所见为已公示的 / cases; of the public, public ones"),
      [](CLI::App* command, ListArgs* args) {
        command->add_option("--facility", args->facility, "facilities/ID");
        command->add_option("--of", args->division, "区划代码 / division code");
        command->add_option("--unit", args->unit, "单位代码 / unit");
        command->add_option("--state", args->state, "状态 / state");
        command->add_flag("--unpublished", args->unpublished, "待公示的 / not public yet");
        command->add_flag("--to-withdraw", args->withdraw, "公示待撤下的 / to be withdrawn");
        command->add_option("--limit", args->limit, "最多几条 / at most")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
      },
      List);
}

}  // namespace tuoyu::cli
