// tuoyu review …: reviews by families, from the proof of attendance to what is public.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/complaint/review_view.h"
#include "clients/cli/item_call.h"
#include "clients/cli/option.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "tuoyu/complaint/v1/review_service.pb.h"
#include "tuoyu/filing/v1/attendance_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = complaint::v1;

struct ReviewArgs {
  std::string facility;
  // Of a proof.
  std::string child;
  std::string number;
  std::string birth;
  bool birth_certificate = false;
  // Of a review.
  std::string token;
  std::string code;
  int safety = 0;
  int care = 0;
  int meals = 0;
  int communication = 0;
  int fees = 0;
  std::string text;
  // Of officers and the facility.
  std::string name;
  std::string state;
  std::string decision;
  std::string reason;
  std::string note;
  std::string division;
  int limit = 50;
};

int Token(Session& session, const ReviewArgs& args) {
  const auto number =
      ReadNumber(session, "--document-number", args.number, {"证件号码：", "document number: "});
  if (!number.ok()) return session.FailUsage(std::string(number.status().message()));
  filing::v1::IssueAttendanceTokenRequest request;
  request.set_facility(ResourceName("facilities", args.facility));
  request.set_document(args.birth_certificate ? filing::v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE
                                              : filing::v1::CHILD_DOCUMENT_RESIDENT_ID);
  request.set_document_number(*number);
  request.set_child_name(args.child);
  request.set_birth_date(args.birth);
  return ShowAnswer<filing::v1::IssueAttendanceTokenResponse>(
      session, request, [](const auto& reply) { return reply.token(); }, RenderProof);
}

pb::ReviewScores ScoresOf(const ReviewArgs& args) {
  pb::ReviewScores scores;
  scores.set_safety(args.safety);
  scores.set_care(args.care);
  scores.set_meals(args.meals);
  scores.set_communication(args.communication);
  scores.set_fees(args.fees);
  return scores;
}

// With --output name the code a script goes on with: of the review, or of the report it became.
template <typename Request>
int ShowReceipt(Session& session, const Request& request) {
  return ShowAnswer<pb::ReviewReceipt>(
      session, request,
      [](const auto& reply) {
        return reply.query_code().empty() ? reply.report().query_code() : reply.query_code();
      },
      RenderReceipt);
}

int Submit(Session& session, const ReviewArgs& args) {
  const auto token =
      ReadNumber(session, "--token", args.token, {"在托凭证：", "proof of attendance: "});
  if (!token.ok()) return session.FailUsage(std::string(token.status().message()));
  pb::SubmitReviewRequest request;
  request.set_token(*token);
  *request.mutable_scores() = ScoresOf(args);
  request.set_text(args.text);
  return ShowReceipt(session, request);
}

int Edit(Session& session, const ReviewArgs& args) {
  pb::EditReviewRequest request;
  request.set_query_code(args.code);
  *request.mutable_scores() = ScoresOf(args);
  request.set_text(args.text);
  return ShowReceipt(session, request);
}

int Follow(Session& session, const ReviewArgs& args) {
  pb::FollowReviewRequest request;
  request.set_query_code(args.code);
  return ShowAnswer<pb::ReviewProgress>(
      session, request, [](const auto& reply) { return pb::ReviewState_Name(reply.state()); },
      RenderReview);
}

int List(Session& session, const ReviewArgs& args) {
  pb::ListReviewsRequest request;
  request.set_facility(ResourceName("facilities", args.facility));
  return ShowList<pb::ListReviewsResponse>(
      session, std::move(request), args.limit, {"没有公开的评价。", "No public reviews."},
      [](auto* reply) { return reply->mutable_reviews(); },
      [&](const auto& found) {
        return RenderPublicReviews(found, session.language(), session.width());
      });
}

int Summary(Session& session, const ReviewArgs& args) {
  pb::GetReviewSummaryRequest request;
  request.set_facility(ResourceName("facilities", args.facility));
  return ShowAnswer<pb::ReviewSummary>(
      session, request, [](const auto& reply) { return absl::StrCat(reply.count()); },
      RenderSummary);
}

// One after the other, as `render` makes each.
template <typename List, typename Render>
std::string Each(const Session& session, const List& found, Render render) {
  std::string text;
  for (const auto& each : found) {
    absl::StrAppend(&text, render(each, session.language(), session.width()), "\n");
  }
  return text;
}

int Told(Session& session, const ReviewArgs& args) {
  return ShowList<pb::ListFacilityReviewsResponse>(
      session, pb::ListFacilityReviewsRequest(), args.limit, {"没有评价。", "No reviews."},
      [](auto* reply) { return reply->mutable_reviews(); },
      [&](const auto& found) { return Each(session, found, RenderFacilityReview); });
}

int Reply(Session& session, const ReviewArgs& args) {
  pb::ReplyReviewRequest request;
  request.set_name(ResourceName("reviews", args.name));
  request.set_text(args.text);
  return ShowItem<pb::FacilityReview>(session, request, RenderFacilityReview);
}

int Queue(Session& session, const ReviewArgs& args) {
  pb::ListModeratedReviewsRequest request;
  request.set_division_prefix(args.division);
  if (!args.state.empty()) {
    const auto state = EnumOption<pb::ReviewState>("--state", args.state);
    if (!state.ok()) return session.FailUsage(std::string(state.status().message()));
    request.set_state(*state);
  }
  return ShowList<pb::ListModeratedReviewsResponse>(
      session, std::move(request), args.limit, {"没有评价。", "No reviews."},
      [](auto* reply) { return reply->mutable_reviews(); },
      [&](const auto& found) { return Each(session, found, RenderModerated); });
}

int Moderate(Session& session, const ReviewArgs& args) {
  pb::ModerateReviewRequest request;
  const auto decision = EnumOption<pb::ReviewDecision>("decision", args.decision);
  if (!decision.ok()) return session.FailUsage(std::string(decision.status().message()));
  request.set_name(ResourceName("reviews", args.name));
  request.set_decision(*decision);
  if (!args.reason.empty()) {
    const auto reason = EnumOption<pb::ReviewHideReason>("--reason", args.reason);
    if (!reason.ok()) return session.FailUsage(std::string(reason.status().message()));
    request.set_hide_reason(*reason);
  }
  request.set_note(args.note);
  return ShowItem<pb::Review>(session, request, RenderModerated);
}

int Clues(Session& session, const ReviewArgs& args) {
  pb::ListReviewCluesRequest request;
  request.set_division_prefix(args.division);
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  return ShowList<pb::ListReviewCluesResponse>(
      session, std::move(request), args.limit, {"没有低分评价。", "No low scores."},
      [](auto* reply) { return reply->mutable_clues(); },
      [&](const auto& found) { return RenderClues(found, session.language(), session.width()); });
}

void DeclareToken(CLI::App* command, ReviewArgs* args) {
  command->add_option("facility", args->facility, "facilities/ID")->required();
  command->add_option("--name", args->child, "婴幼儿姓名 / name of the child")->required();
  command
      ->add_option("--document-number", args->number,
                   "证件号码；- 从标准输入读 / of the child's document; - reads standard input")
      ->required();
  command->add_flag("--birth-certificate", args->birth_certificate,
                    "出生医学证明 / it is a birth certificate");
  command->add_option("--birth", args->birth, "出生日期 / birth date, 2024-06-01")->required();
}

void DeclareReview(CLI::App* command, ReviewArgs* args) {
  command->add_option("--safety", args->safety, "安全 / safety, 1–5")->required();
  command->add_option("--care", args->care, "保育 / care, 1–5")->required();
  command->add_option("--meals", args->meals, "膳食 / meals, 1–5")->required();
  command->add_option("--communication", args->communication, "沟通 / communication, 1–5")
      ->required();
  command->add_option("--fees", args->fees, "收费透明 / transparency of fees, 1–5")->required();
  command->add_option("--text", args->text,
                      "文字，可不填；请勿写明他人姓名、电话 / in words, naming nobody");
}

void DeclareSubmit(CLI::App* command, ReviewArgs* args) {
  command
      ->add_option("--token", args->token,
                   "在托凭证；- 从标准输入读 / proof of attendance; - reads standard input")
      ->required();
  DeclareReview(command, args);
}

void DeclareCode(CLI::App* command, ReviewArgs* args) {
  command->add_option("code", args->code, "查询码 / query code")->required();
}

void DeclareEdit(CLI::App* command, ReviewArgs* args) {
  DeclareCode(command, args);
  DeclareReview(command, args);
}

void DeclareLimit(CLI::App* command, ReviewArgs* args) {
  command->add_option("--limit", args->limit, "最多几条 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void DeclareFacility(CLI::App* command, ReviewArgs* args) {
  command->add_option("facility", args->facility, "facilities/ID")->required();
}

void DeclareList(CLI::App* command, ReviewArgs* args) {
  DeclareFacility(command, args);
  DeclareLimit(command, args);
}

void DeclareReply(CLI::App* command, ReviewArgs* args) {
  command->add_option("review", args->name, "reviews/ID")->required();
  command->add_option("--text", args->text, "回复 / reply")->required();
}

void DeclareQueue(CLI::App* command, ReviewArgs* args) {
  command->add_option("--state", args->state,
                      EnumChoices(*google::protobuf::GetEnumDescriptor<pb::ReviewState>()));
  command->add_option("--division", args->division, "区划 / division");
  DeclareLimit(command, args);
}

void DeclareModerate(CLI::App* command, ReviewArgs* args) {
  command->add_option("review", args->name, "reviews/ID")->required();
  command
      ->add_option("decision", args->decision,
                   EnumChoices(*google::protobuf::GetEnumDescriptor<pb::ReviewDecision>()))
      ->required();
  command->add_option("--reason", args->reason,
                      EnumChoices(*google::protobuf::GetEnumDescriptor<pb::ReviewHideReason>()));
  command->add_option("--note", args->note, "告知作者 / to its author");
}

void DeclareClues(CLI::App* command, ReviewArgs* args) {
  command->add_option("--facility", args->facility, "facilities/ID");
  command->add_option("--division", args->division, "区划 / division");
  DeclareLimit(command, args);
}

// What families do.
void AddFamilyCommands(CLI::App* group, CommandLine* line) {
  CLI::App* token =
      AddCommand(group, "token",
                 "监护人申请在托凭证（不含婴幼儿信息） / a proof of attendance, for a guardian");
  Bind<ReviewArgs>(line, token, DeclareToken, Token);
  Examples(token,
           "  tuoyu review token facilities/ID --name 演练娃 --document-number - --birth "
           "2024-06-01 --as guardian");
  CLI::App* submit = AddCommand(
      group, "submit", "凭在托凭证评价，无需账号 / review with a proof, without an account");
  Bind<ReviewArgs>(line, submit, DeclareSubmit, Submit);
  Examples(submit,
           "  tuoyu review submit --token TZ1.… --safety 5 --care 5 --meals 4 --communication 4 "
           "--fees 5 --text 饭菜新鲜");
  Bind<ReviewArgs>(line, AddCommand(group, "edit", "凭查询码修改评价 / change one's own"),
                   DeclareEdit, Edit);
  Bind<ReviewArgs>(line, AddCommand(group, "follow", "凭查询码查看评价 / see one's own"),
                   DeclareCode, Follow);
}

// What the facility and officers do.
void AddOfficeCommands(CLI::App* group, CommandLine* line) {
  Bind<ReviewArgs>(line,
                   AddCommand(group, "told", "机构查看公开前后的评价 / what the facility is told"),
                   DeclareLimit, Told);
  CLI::App* reply = AddCommand(group, "reply", "机构回复（一次） / the facility's one reply");
  Bind<ReviewArgs>(line, reply, DeclareReply, Reply);
  Examples(reply,
           "  tuoyu review reply reviews/ID --text 已增加每日反馈 --as principal --facility ID");
  Bind<ReviewArgs>(line, AddCommand(group, "queue", "待审核的评价 / what waits for a moderator"),
                   DeclareQueue, Queue);
  CLI::App* moderate =
      AddCommand(group, "moderate", "审核：公开、退改、隐藏、转举报 / decide on a review");
  Bind<ReviewArgs>(line, moderate, DeclareModerate, Moderate);
  Examples(moderate,
           "  tuoyu review moderate reviews/ID PUBLISH --as complaint\n"
           "  tuoyu review moderate reviews/ID ASK_CHANGE --note 请删去姓名 --as complaint\n"
           "  tuoyu review moderate reviews/ID HIDE --reason INSULT --as complaint");
  Bind<ReviewArgs>(
      line, AddCommand(group, "clues", "低分评价线索（仅供参考） / low scores, a clue and no more"),
      DeclareClues, Clues);
}

}  // namespace

void AddReviewCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "review", "家庭评价：凭证、提交、公开、回复、审核 / reviews by families");
  AddFamilyCommands(group, line);
  Bind<ReviewArgs>(line, AddCommand(group, "list", "机构的公开评价 / public reviews"), DeclareList,
                   List);
  Bind<ReviewArgs>(
      line, AddCommand(group, "show-summary", "条数与平均分（五条起） / how many, and the means"),
      DeclareFacility, Summary);
  AddOfficeCommands(group, line);
}

}  // namespace tuoyu::cli
