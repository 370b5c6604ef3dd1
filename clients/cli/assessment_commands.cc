// tuoyu assessment …: assessment by grades (等级评定).
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/assessment_view.h"
#include "clients/cli/command.h"
#include "clients/cli/decimal.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_option.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr char kAssessments[] = "/assessments/";

struct AssessmentArgs {
  std::string name;
  std::string scheme = "wst-821";
  std::string on;
  std::string organisation;
  int assessors = 0;
  std::string document;
  std::vector<std::string> scores;
  std::vector<std::string> veto;
  std::string file;
  std::string ground;
  std::string outcome;
  std::string reason;
};

// "D1=88.5" of each --score.
absl::Status ReadScores(const std::vector<std::string>& scores, pb::AssessmentResult* result) {
  for (const std::string& text : scores) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    ASSIGN_OR_RETURN(const int64_t tenths, DecimalOption("--score", parts.second, 1));
    pb::DimensionScore& score = *result->add_scores();
    score.set_dimension(absl::AsciiStrToUpper(parts.first));
    score.set_score_tenths(static_cast<int>(std::min<int64_t>(tenths, INT32_MAX)));
  }
  return absl::OkStatus();
}

absl::Status SetResult(const Session& session, const AssessmentArgs& args,
                       pb::AssessmentResult* result) {
  if (!args.file.empty()) {
    data::FieldLines lines;
    RETURN_IF_ERROR(LoadMessageFile(args.file, session.today(), result, &lines));
  }
  RETURN_IF_ERROR(ReadScores(args.scores, result));
  for (const std::string& code : args.veto) result->add_veto_hits(absl::AsciiStrToUpper(code));
  return absl::OkStatus();
}

int Record(Session& session, const AssessmentArgs& args) {
  pb::RecordAssessmentRequest request;
  request.set_parent(ResourceName("facilities", args.name));
  pb::Assessment& assessment = *request.mutable_assessment();
  assessment.set_scheme(args.scheme);
  const auto day = DateOptionOr("--on", args.on, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  *assessment.mutable_assessed_on() = *day;
  assessment.set_organisation(args.organisation);
  assessment.set_assessors(args.assessors);
  assessment.set_document_number(args.document);
  if (absl::Status set = SetResult(session, args, assessment.mutable_result()); !set.ok()) {
    return session.FailUsage(std::string(set.message()));
  }
  return ShowItem<pb::Assessment>(session, request, RenderAssessment);
}

int Publish(Session& session, const AssessmentArgs& args) {
  pb::PublishAssessmentRequest request;
  request.set_name(args.name);
  const auto day = DateOptionOr("--on", args.on, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  *request.mutable_published_on() = *day;
  return ShowItem<pb::Assessment>(session, request, RenderAssessment);
}

int Appeal(Session& session, const AssessmentArgs& args) {
  ActAsOwner(session, args.name);
  pb::AppealAssessmentRequest request;
  request.set_name(args.name);
  const auto day = DateOptionOr("--on", args.on, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  *request.mutable_appeal()->mutable_filed_on() = *day;
  request.mutable_appeal()->set_ground(args.ground);
  return ShowItem<pb::Assessment>(session, request, RenderAssessment);
}

int Decide(Session& session, const AssessmentArgs& args) {
  pb::DecideAppealRequest request;
  request.set_name(args.name);
  const auto outcome = EnumOption<pb::AppealOutcome>("--outcome", args.outcome);
  if (!outcome.ok()) return session.FailUsage(std::string(outcome.status().message()));
  request.set_outcome(*outcome);
  const auto day = DateOptionOr("--on", args.on, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  *request.mutable_decided_on() = *day;
  request.set_decision(args.reason);
  if (!args.file.empty() || !args.scores.empty() || !args.veto.empty()) {
    if (absl::Status set = SetResult(session, args, request.mutable_result()); !set.ok()) {
      return session.FailUsage(std::string(set.message()));
    }
  }
  return ShowItem<pb::Assessment>(session, request, RenderAssessment);
}

int Revoke(Session& session, const AssessmentArgs& args) {
  pb::RevokeAssessmentRequest request;
  request.set_name(args.name);
  const auto day = DateOptionOr("--from", args.on, session.today());
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  *request.mutable_revoked_on() = *day;
  request.set_reason(args.reason);
  return ShowItem<pb::Assessment>(session, request, RenderAssessment);
}

absl::Status ReadAll(Session& session, const AssessmentArgs& args, const std::string& facility,
                     pb::ListAssessmentsResponse* reply) {
  ActAsOwner(session, facility);
  pb::ListAssessmentsRequest request;
  request.set_parent(facility);
  if (!args.on.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_as_of(), DateOption("--as-of", args.on));
  }
  return session.CallFiling(request, reply);
}

int List(Session& session, const AssessmentArgs& args) {
  pb::ListAssessmentsResponse reply;
  const std::string facility = ResourceName("facilities", args.name);
  if (absl::Status read = ReadAll(session, args, facility, &reply); !read.ok()) {
    return session.Fail(read);
  }
  for (const pb::Assessment& each : reply.assessments()) session.PrintName(each.name());
  if (session.names()) return kExitOk;
  if (session.json()) {
    session.PrintJson(reply);
    return kExitOk;
  }
  session.Print(GradeText(reply.grade(), session.language()));
  if (!reply.assessments().empty()) {
    session.Print(RenderAssessments({reply.assessments().begin(), reply.assessments().end()},
                                    session.language(), session.width()));
  }
  return kExitOk;
}

int Show(Session& session, const AssessmentArgs& args) {
  pb::ListAssessmentsResponse reply;
  const std::string facility = args.name.substr(0, args.name.find(kAssessments));
  if (absl::Status read = ReadAll(session, args, facility, &reply); !read.ok()) {
    return session.Fail(read);
  }
  for (const pb::Assessment& each : reply.assessments()) {
    if (each.name() == args.name) return PrintItem(session, each, RenderAssessment);
  }
  return session.Fail(absl::NotFoundError(
      std::string(session.Say("未找到等级评定，或尚未公布。",
                              "There is no such assessment, or it is not published yet."))));
}

int Schemes(Session& session, const AssessmentArgs&) {
  return ShowVersions<pb::ListAssessmentSchemesResponse>(
      session, pb::ListAssessmentSchemesRequest(),
      [](const auto& reply) -> const auto& { return reply.schemes(); },
      [](const pb::AssessmentScheme& each) { return each.id(); }, RenderScheme);
}

void DeclareFacility(CLI::App* command, AssessmentArgs* args) {
  command->add_option("facility", args->name, "facilities/ID")->required();
}

void DeclareAssessment(CLI::App* command, AssessmentArgs* args) {
  command->add_option("assessment", args->name, "facilities/ID/assessments/ID")->required();
}

void DeclareScores(CLI::App* command, AssessmentArgs* args) {
  command->add_option("--score", args->scores, "维度得分 / score of a dimension: D1=88.5, …")
      ->delimiter(',');
  command->add_option("--veto", args->veto, "未达到的基础指标 / basic items not met: J03, …")
      ->delimiter(',');
  command->add_option("--scores", args->file,
                      "评分文件（YAML 或 JSON），可含各评分项 / file with scores, items too");
}

void DeclareRecord(CLI::App* command, AssessmentArgs* args) {
  DeclareFacility(command, args);
  command->add_option("--scheme", args->scheme, "评定标准 / scheme")->capture_default_str();
  command->add_option("--on", args->on, "评定日期，默认今天 / day, default today");
  command->add_option("--by", args->organisation, "评定单位 / unit that assessed")->required();
  command->add_option("--assessors", args->assessors, "评定人数 / number of assessors")->required();
  command->add_option("--document", args->document, "文号 / document number")->required();
  DeclareScores(command, args);
}

void AddRecording(CLI::App* group, CommandLine* line) {
  CLI::App* record =
      AddCommand(group, "record", "登记评定结果，总分和等级由系统计算 / record scores");
  Bind<AssessmentArgs>(line, record, DeclareRecord, Record);
  Examples(
      record,
      "  tuoyu assessment record facilities/ID --on 2026-02-01 --by 区托育评估组 --assessors 5 \\\n"
      "      --document 大足卫健〔2026〕12号 \\\n"
      "      --score D1=92,D2=120.5,D3=180,D4=190,D5=70,D6=185,D7=61 --as approver");
  CLI::App* publish = AddCommand(group, "publish", "公布 / publish");
  Bind<AssessmentArgs>(
      line, publish,
      [](CLI::App* command, AssessmentArgs* args) {
        DeclareAssessment(command, args);
        command->add_option("--on", args->on, "公布日期，默认今天 / day, default today");
      },
      Publish);
  Examples(publish, "  tuoyu assessment publish facilities/ID/assessments/ID --as approver");
  CLI::App* revoke = AddCommand(group, "revoke", "撤销 / record that it was revoked");
  Bind<AssessmentArgs>(
      line, revoke,
      [](CLI::App* command, AssessmentArgs* args) {
        DeclareAssessment(command, args);
        command->add_option("--from", args->on, "自此日无效，默认今天 / first day without it");
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Revoke);
  Examples(
      revoke,
      "  tuoyu assessment revoke facilities/ID/assessments/ID --reason 评定材料不实 --as approver");
}

void AddAppeals(CLI::App* group, CommandLine* line) {
  CLI::App* appeal = AddCommand(group, "appeal", "提出异议 / object to a result");
  Bind<AssessmentArgs>(
      line, appeal,
      [](CLI::App* command, AssessmentArgs* args) {
        DeclareAssessment(command, args);
        command->add_option("--ground", args->ground, "异议内容 / what is objected to")->required();
        command->add_option("--on", args->on, "提出日期，默认今天 / day, default today");
      },
      Appeal);
  Examples(appeal,
           "  tuoyu assessment appeal facilities/ID/assessments/ID --ground 漏记监控设备 --as "
           "principal");
  CLI::App* decide = AddCommand(group, "decide", "处理异议 / decide an appeal");
  Bind<AssessmentArgs>(
      line, decide,
      [](CLI::App* command, AssessmentArgs* args) {
        DeclareAssessment(command, args);
        command
            ->add_option(
                "--outcome", args->outcome,
                absl::StrCat("处理结果 / outcome: ", EnumChoices(*pb::AppealOutcome_descriptor())))
            ->required();
        command->add_option("--reason", args->reason, "理由 / reasons")->required();
        command->add_option("--on", args->on, "处理日期，默认今天 / day, default today");
        DeclareScores(command, args);
      },
      Decide);
  Examples(decide,
           "  tuoyu assessment decide facilities/ID/assessments/ID --outcome REJECTED \\\n"
           "      --reason 经复核无误 --as approver --subject second-approver");
}

}  // namespace

void AddAssessmentCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "assessment", "等级评定：登记、公布、异议 / assessment by grades");
  AddRecording(group, line);
  AddAppeals(group, line);
  CLI::App* list = AddCommand(group, "list", "一家机构的等级与历次评定 / grade and assessments");
  Bind<AssessmentArgs>(
      line, list,
      [](CLI::App* command, AssessmentArgs* args) {
        DeclareFacility(command, args);
        command->add_option("--as-of", args->on, "某日的等级，默认今天 / grade on a day");
      },
      List);
  Examples(list, "  tuoyu assessment list facilities/ID");
  CLI::App* show = AddCommand(group, "show", "一次评定 / one assessment");
  Bind<AssessmentArgs>(line, show, DeclareAssessment, Show);
  Examples(show, "  tuoyu assessment show facilities/ID/assessments/ID --as reviewer");
  CLI::App* schemes = AddCommand(group, "schemes", "评定标准 / the schemes");
  Bind<AssessmentArgs>(
      line, schemes, [](CLI::App*, AssessmentArgs*) {}, Schemes);
  Examples(schemes, "  tuoyu assessment schemes");
}

}  // namespace tuoyu::cli
