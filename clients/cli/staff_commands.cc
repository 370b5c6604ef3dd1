// tuoyu staff …: the roster of staff (从业人员名册).
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "clients/cli/staff_view.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kMostLevels = 5;

struct ReportArgs {
  std::string path;
  bool check = false;
};

struct HireArgs {
  std::string facility;
  std::string name;
  std::string id_number;
  std::string phone;
  std::string role;
  std::string from;
  std::string class_label;
  std::string shift;
  bool part_time = false;
};

struct MemberArgs {
  std::string staff;
  std::string as_of;
  std::string person_name;
  std::string phone;
  std::string last_day;
  std::string reason;
  std::string note;
  int post = 0;
  int certificate = 0;
  bool shared = false;
  bool reject = false;
  bool take_back = false;
};

struct CertificateArgs {
  std::string staff;
  std::string kind;
  std::string issued;
  std::string until;
  std::string number;
  std::string issuer;
  std::string education;
  int level = 0;
};

// Makes a call about one entry of a roster, which answers with it, and shows it.
template <typename Request>
int Act(Session& session, const std::string& staff, Request request) {
  request.set_name(RosterNameOf(session, "staff", staff));
  return ShowItem<pb::StaffMember>(session, request, RenderStaffMember);
}

const std::string& NameIn(const pb::StaffEntry& entry) { return entry.person_name(); }

int ReportFile(Session& session, const ReportArgs& args) {
  return ReportEntriesOfFile<pb::ReportStaffResponse, pb::ReportStaffRequest>(
      session, args.path, args.check, {" 人", " persons"}, NameIn);
}

absl::Status SetPost(const Session& session, const HireArgs& args, pb::Post* post) {
  ASSIGN_OR_RETURN(const auto role, EnumOption<pb::StaffRole>("--role", args.role));
  ASSIGN_OR_RETURN(*post->mutable_valid_from(), DateOptionOr("--from", args.from, session.today()));
  post->set_role(role);
  post->set_class_label(args.class_label);
  post->set_full_time(!args.part_time);
  if (!args.shift.empty()) {
    ASSIGN_OR_RETURN(const auto shift, EnumOption<pb::TimeBand>("--shift", args.shift));
    post->set_shift(shift);
  }
  return absl::OkStatus();
}

int Hire(Session& session, const HireArgs& args) {
  pb::ReportStaffRequest request;
  pb::StaffEntry& entry = *request.add_entries();
  const auto facility = FacilityOption(session, args.facility);
  if (!facility.ok()) return session.FailUsage(std::string(facility.status().message()));
  entry.set_facility(*facility);
  if (absl::Status set = SetPost(session, args, entry.add_posts()); !set.ok()) {
    return session.FailUsage(std::string(set.message()));
  }
  const auto id_number = ReadIdNumber(session, args.id_number);
  if (!id_number.ok()) return session.FailUsage(std::string(id_number.status().message()));
  entry.set_person_name(args.name);
  entry.set_id_number(*id_number);
  entry.set_phone(args.phone);
  return ReportEntries<pb::ReportStaffResponse>(session, request, nullptr, {" 人", " persons"},
                                                NameIn);
}

int Show(Session& session, const MemberArgs& args) {
  pb::GetStaffMemberRequest request;
  const auto as_of = DateOption("--as-of", args.as_of);
  if (!as_of.ok()) return session.FailUsage(std::string(as_of.status().message()));
  if (!args.as_of.empty()) *request.mutable_as_of() = *as_of;
  return Act(session, args.staff, std::move(request));
}

int Correct(Session& session, const MemberArgs& args) {
  if (args.person_name.empty() && args.phone.empty()) {
    return session.FailUsage(
        session.Say("请给出 --name 或 --phone", "give --name, --phone or both"));
  }
  pb::UpdateStaffMemberRequest request;
  request.set_person_name(args.person_name);
  request.set_phone(args.phone);
  return Act(session, args.staff, std::move(request));
}

int End(Session& session, const MemberArgs& args) {
  pb::EndPostRequest request;
  const auto last_day = DateOptionOr("--last-day", args.last_day, session.today());
  if (!last_day.ok()) return session.FailUsage(std::string(last_day.status().message()));
  request.set_post(args.post);
  *request.mutable_last_day() = *last_day;
  return Act(session, args.staff, std::move(request));
}

int VoidPost(Session& session, const MemberArgs& args) {
  pb::VoidPostRequest request;
  request.set_post(args.post);
  request.set_reason(args.reason);
  return Act(session, args.staff, std::move(request));
}

int VoidCertificate(Session& session, const MemberArgs& args) {
  pb::VoidCertificateRequest request;
  request.set_certificate(args.certificate);
  request.set_reason(args.reason);
  return Act(session, args.staff, std::move(request));
}

int Verify(Session& session, const MemberArgs& args) {
  pb::VerifyCertificateRequest request;
  request.set_certificate(args.certificate);
  request.set_note(args.note);
  request.set_verify_state(args.shared      ? pb::VERIFY_STATE_VERIFIED_SHARED
                           : args.reject    ? pb::VERIFY_STATE_REJECTED
                           : args.take_back ? pb::VERIFY_STATE_UNVERIFIED
                                            : pb::VERIFY_STATE_VERIFIED_MANUAL);
  return Act(session, args.staff, std::move(request));
}

absl::StatusOr<pb::Certificate> CertificateOf(const CertificateArgs& args) {
  pb::Certificate certificate;
  ASSIGN_OR_RETURN(const auto kind, EnumOption<pb::CertificateKind>("--kind", args.kind));
  certificate.set_kind(kind);
  ASSIGN_OR_RETURN(*certificate.mutable_issued_on(), DateOption("--issued", args.issued));
  if (!args.until.empty()) {
    ASSIGN_OR_RETURN(const auto until, DateOption("--until", args.until));
    ASSIGN_OR_RETURN(const absl::CivilDay last_day, FromProto(until));
    *certificate.mutable_valid_to() = ToProto(last_day + 1);
  }
  if (!args.education.empty()) {
    ASSIGN_OR_RETURN(const auto education,
                     EnumOption<pb::Education>("--education", args.education));
    certificate.set_education(education);
  }
  certificate.set_level(args.level);
  certificate.set_certificate_number(args.number);
  certificate.set_issuer(args.issuer);
  return certificate;
}

int RecordCertificate(Session& session, const CertificateArgs& args) {
  pb::RecordCertificateRequest request;
  auto certificate = CertificateOf(args);
  if (!certificate.ok()) return session.FailUsage(std::string(certificate.status().message()));
  *request.mutable_certificate() = *std::move(certificate);
  return Act(session, args.staff, std::move(request));
}

void DeclareStaff(CLI::App* command, std::string* staff) {
  command
      ->add_option(
          "staff", *staff,
          "facilities/ID/staff/ID；给出 --facility 时只写 ID / with --facility the ID alone")
      ->required();
}

void DeclarePost(CLI::App* command, MemberArgs* args) {
  DeclareStaff(command, &args->staff);
  command->add_option("--post", args->post, "任职序号，见 staff show / number of the post")
      ->required();
}

void DeclareHire(CLI::App* command, HireArgs* args) {
  command->add_option("--facility", args->facility,
                      "机构，默认所代表的机构 / facilities/ID, default the one acted for");
  command->add_option("--name", args->name, "姓名 / name of the person")->required();
  command
      ->add_option("--id-number", args->id_number,
                   "公民身份号码；写 - 则从标准输入读取，不留在命令历史中 / id number; - reads it "
                   "from standard input, so that it does not stay in the shell history")
      ->required();
  command
      ->add_option("--role", args->role,
                   absl::StrCat("岗位 / role: ", EnumChoices(*pb::StaffRole_descriptor())))
      ->required();
  command->add_option("--from", args->from, "到岗日期，默认今天 / first day, default today");
  command->add_option("--class", args->class_label, "班级，如 托小一班 / label of the class");
  command
      ->add_option("--shift", args->shift,
                   "班次，默认全天 / part of the day: MORNING, AFTERNOON; default the whole day")
      ->check(CLI::IsMember({"MORNING", "AFTERNOON"}, CLI::ignore_case));
  command->add_flag("--part-time", args->part_time, "兼职 / part-time");
  command->add_option("--phone", args->phone, "电话 / phone");
}

void DeclareCertificate(CLI::App* command, CertificateArgs* args) {
  DeclareStaff(command, &args->staff);
  command
      ->add_option("--kind", args->kind,
                   absl::StrCat("种类 / kind: ", EnumChoices(*pb::CertificateKind_descriptor())))
      ->required();
  command->add_option("--issued", args->issued, "发证或查询日期 / day of issue or of the check")
      ->required();
  command->add_option("--until", args->until,
                      "证书上印的最后有效日，次日起失效 / last day printed on it; it no longer "
                      "holds from the day after");
  command
      ->add_option("--level", args->level, "技能等级，5（五级）到1（一级） / skill level, 5 to 1")
      ->check(CLI::Range(1, kMostLevels));
  command->add_option("--number", args->number, "证书编号 / number printed on it");
  command->add_option("--issuer", args->issuer, "发证单位 / who issued it");
  command->add_option("--education", args->education,
                      absl::StrCat("学历，种类为 EDUCATION 时 / degree, of kind EDUCATION: ",
                                   EnumChoices(*pb::Education_descriptor())));
}

void DeclareVerify(CLI::App* command, MemberArgs* args) {
  DeclareStaff(command, &args->staff);
  command->add_option("--certificate", args->certificate,
                      "证书序号；不给则全部未核验的 / number of the certificate; else all that are "
                      "not verified");
  CLI::Option* shared = command->add_flag("--shared", args->shared,
                                          "共享核验 / verified by data of another department");
  CLI::Option* reject = command->add_flag("--reject", args->reject,
                                          "不予认可，须给 --note / not accepted, with --note");
  CLI::Option* take_back =
      command->add_flag("--take-back", args->take_back, "撤回核验 / take the verification back");
  shared->excludes(reject)->excludes(take_back);
  reject->excludes(take_back);
  command->add_option("--note", args->note,
                      "说明，如查询的系统 / note, e.g. where it was looked up");
}

void AddReports(CLI::App* group, CommandLine* line) {
  CLI::App* report = AddCommand(
      group, "report", "从文件登记人员，全部或全不 / enter persons from a file, all or none");
  Bind<ReportArgs>(
      line, report,
      [](CLI::App* command, ReportArgs* args) {
        command
            ->add_option("file", args->path,
                         "名册文件，YAML 或 JSON：entries: [...]，未写 facility 的为所代表的机构；"
                         "valid_to 为不再有效（不再在岗）的第一日 / file: entries: [...]; an entry "
                         "without facility is of the one acted for; valid_to is the first day no "
                         "longer valid or on post")
            ->required();
        command->add_flag("--check", args->check, "只检查 / check only");
      },
      ReportFile);
  Examples(report,
           "  tuoyu staff report 名册.yaml --check --as principal --facility facilities/ID\n"
           "  tuoyu staff report 名册.yaml --as principal --facility facilities/ID\n\n"
           "  entries:\n"
           "    - person_name: 向演练\n"
           "      id_number: \"500111198802299964\"\n"
           "      posts: [{role: CARER, class_label: 托小一班, full_time: true, valid_from: "
           "2026-03-01}]\n"
           "      certificates: [{kind: HEALTH, issued_on: 2026-02-20, issuer: 区妇幼保健院}]");
  CLI::App* hire = AddCommand(group, "hire", "登记一人到岗 / enter one person with one post");
  Bind<HireArgs>(line, hire, DeclareHire, Hire);
  Examples(
      hire,
      "  tuoyu staff hire --facility facilities/ID --name 向演练 --id-number - --role CARER \\\n"
      "      --from 2026-03-01 --class 托小一班 --as principal\n"
      "  tuoyu staff hire --facility facilities/ID --name 向演练 --id-number - --role CARER \\\n"
      "      --shift MORNING --part-time --as principal");
}

void AddPosts(CLI::App* group, CommandLine* line) {
  CLI::App* end = AddCommand(group, "end", "离岗 / end a post");
  Bind<MemberArgs>(
      line, end,
      [](CLI::App* command, MemberArgs* args) {
        DeclarePost(command, args);
        command->add_option("--last-day", args->last_day,
                            "在岗最后一日，默认今天 / last day on post, default today");
      },
      End);
  Examples(end, "  tuoyu staff end facilities/ID/staff/ID --post 1 --last-day 2026-06-30");
  CLI::App* void_post =
      AddCommand(group, "void-post", "撤销误登的任职 / take off a post entered in error");
  Bind<MemberArgs>(
      line, void_post,
      [](CLI::App* command, MemberArgs* args) {
        DeclarePost(command, args);
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      VoidPost);
  Examples(void_post, "  tuoyu staff void-post facilities/ID/staff/ID --post 1 --reason 重复登记");
  CLI::App* correct = AddCommand(group, "correct", "更正姓名、电话 / correct name or phone");
  Bind<MemberArgs>(
      line, correct,
      [](CLI::App* command, MemberArgs* args) {
        DeclareStaff(command, &args->staff);
        command->add_option("--name", args->person_name, "姓名 / name");
        command->add_option("--phone", args->phone, "电话 / phone");
      },
      Correct);
  Examples(correct, "  tuoyu staff correct facilities/ID/staff/ID --phone 13900000001");
}

void AddCertificates(CLI::App* group, CommandLine* line) {
  CLI::App* certificate =
      AddCommand(group, "certificate", "登记证书或核查 / record a certificate or a check");
  Bind<CertificateArgs>(line, certificate, DeclareCertificate, RecordCertificate);
  Examples(certificate,
           "  tuoyu staff certificate facilities/ID/staff/ID --kind HEALTH --issued 2026-02-20 \\\n"
           "      --until 2027-02-19 --issuer 区妇幼保健院 --as principal\n"
           "  tuoyu staff certificate facilities/ID/staff/ID --kind CHILD_CARER --level 4 \\\n"
           "      --issued 2024-06-01 --number 2250001234 --as principal");
  CLI::App* void_certificate = AddCommand(
      group, "void-certificate", "撤销误登的证书 / take off a certificate entered in error");
  Bind<MemberArgs>(
      line, void_certificate,
      [](CLI::App* command, MemberArgs* args) {
        DeclareStaff(command, &args->staff);
        command
            ->add_option("--certificate", args->certificate,
                         "证书序号，见 staff show / number of the certificate")
            ->required();
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      VoidCertificate);
  Examples(void_certificate,
           "  tuoyu staff void-certificate facilities/ID/staff/ID --certificate 2 --reason 误登");
  CLI::App* verify = AddCommand(
      group, "verify", "核验证书，默认人工核验 / verify certificates, by hand unless said");
  Bind<MemberArgs>(line, verify, DeclareVerify, Verify);
  Examples(verify,
           "  tuoyu staff verify facilities/ID/staff/ID --note 全国职业技能证书查询 --as intake\n"
           "  tuoyu staff verify facilities/ID/staff/ID --certificate 2 --reject --note 查无此证 "
           "--as reviewer");
}

}  // namespace

void AddStaffCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "staff", "从业人员名册：到岗、离岗、证书、禁止从业 / the roster of staff");
  AddReports(group, line);
  AddPosts(group, line);
  AddCertificates(group, line);
  CLI::App* show =
      AddCommand(group, "show", "一人的任职与证书，可问某日 / one person, also as of a day");
  Bind<MemberArgs>(
      line, show,
      [](CLI::App* command, MemberArgs* args) {
        DeclareStaff(command, &args->staff);
        command->add_option("--as-of", args->as_of, "某日的证书状态 / states as of a day");
      },
      Show);
  Examples(show, "  tuoyu staff show facilities/ID/staff/ID --as-of 2026-12-31 --as inspector");
  AddStaffLists(group, line);
}

}  // namespace tuoyu::cli
