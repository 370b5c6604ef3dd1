// tuoyu child …: the roster of children (婴幼儿名册).
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/child_view.h"
#include "clients/cli/command.h"
#include "clients/cli/item_call.h"
#include "clients/cli/roster_call.h"
#include "clients/cli/roster_option.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/child_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr char kAllSections[] = "ALL";

struct ReportArgs {
  std::string path;
  bool check = false;
};

struct EnrolArgs {
  std::string facility;
  std::string name;
  std::string number;
  std::string birth;
  std::string from;
  std::string class_label;
  std::string mode;
  std::string band;
  std::string consent_on;
  std::string consent_text;
  std::string guardian;
  std::string guardian_phone;
  bool birth_certificate = false;
};

struct EnrolmentArgs {
  std::string child;
  std::string last_day;
  std::string reason;
  int enrolment = 0;
};

struct HealthArgs {
  std::string child;
  std::string record_number;
  std::string opened;
  std::vector<std::string> sections;
  std::string on;
  std::string next_due;
  std::string put_off_from;
  std::string put_off_until;
  std::string reason;
  bool verified = false;
  bool whole = false;
};

// Makes a call about one entry of a roster, which answers with it, and shows it.
template <typename Request>
int Act(Session& session, const std::string& child, Request request) {
  request.set_name(RosterNameOf(session, "children", child));
  return ShowItem<pb::Child>(session, request,
                             [&](const auto& shown, Language language, int width) {
                               return RenderChild(shown, session.today(), language, width);
                             });
}

pb::ChildDocument DocumentOf(bool birth_certificate) {
  return birth_certificate ? pb::CHILD_DOCUMENT_BIRTH_CERTIFICATE : pb::CHILD_DOCUMENT_RESIDENT_ID;
}

// A document number as an option gives it, or from standard input for "-".
absl::StatusOr<std::string> ReadDocument(Session& session, const std::string& number) {
  return ReadNumber(session, "--document-number", number, {"证件号码：", "document number: "});
}

const std::string& NameIn(const pb::ChildEntry& entry) { return entry.child_name(); }

int ReportFile(Session& session, const ReportArgs& args) {
  return ReportEntriesOfFile<pb::ReportChildrenResponse, pb::ReportChildrenRequest>(
      session, args.path, args.check, {" 名婴幼儿", " children"}, NameIn);
}

absl::Status SetEnrolment(const EnrolArgs& args, pb::Enrolment* enrolment) {
  const std::string mode = !args.mode.empty()  ? args.mode
                           : args.band.empty() ? "FULL_DAY"
                                               : "HALF_DAY";
  ASSIGN_OR_RETURN(const auto service_mode, EnumOption<pb::ServiceMode>("--mode", mode));
  ASSIGN_OR_RETURN(*enrolment->mutable_valid_from(), DateOption("--from", args.from));
  enrolment->set_service_mode(service_mode);
  enrolment->set_class_label(args.class_label);
  if (args.band.empty()) return absl::OkStatus();  // the service knows it by the mode, or asks
  ASSIGN_OR_RETURN(const auto band, EnumOption<pb::TimeBand>("--band", args.band));
  enrolment->set_time_band(band);
  return absl::OkStatus();
}

absl::Status SetEntry(Session& session, const EnrolArgs& args, pb::ChildEntry* entry) {
  ASSIGN_OR_RETURN(const std::string facility, FacilityOption(session, args.facility));
  RETURN_IF_ERROR(SetEnrolment(args, entry->add_enrolments()));
  RETURN_IF_ERROR(DateOption("--birth", args.birth).status());
  if (!args.consent_on.empty()) {
    pb::GuardianConsent& consent = *entry->mutable_consent();
    ASSIGN_OR_RETURN(*consent.mutable_given_on(), DateOption("--consent-on", args.consent_on));
    consent.set_text_version(args.consent_text);
    consent.set_guardian_name(args.guardian);
    consent.set_guardian_phone(args.guardian_phone);
  }
  ASSIGN_OR_RETURN(const std::string number, ReadDocument(session, args.number));
  entry->set_facility(facility);
  entry->set_child_name(args.name);
  entry->set_document(DocumentOf(args.birth_certificate));
  entry->set_document_number(number);
  entry->set_birth_date(args.birth);
  return absl::OkStatus();
}

int Enrol(Session& session, const EnrolArgs& args) {
  pb::ReportChildrenRequest request;
  if (absl::Status set = SetEntry(session, args, request.add_entries()); !set.ok()) {
    return session.FailUsage(std::string(set.message()));
  }
  return ReportEntries<pb::ReportChildrenResponse>(session, request, nullptr,
                                                   {" 名婴幼儿", " children"}, NameIn);
}

struct CorrectArgs {
  std::string child;
  std::string name;
  std::string birth;
  std::string number;
  bool birth_certificate = false;
};

int Correct(Session& session, const CorrectArgs& args) {
  pb::CorrectChildRequest request;
  request.set_child_name(args.name);
  request.set_birth_date(args.birth);
  if (!args.number.empty()) {
    const auto number = ReadDocument(session, args.number);
    if (!number.ok()) return session.FailUsage(std::string(number.status().message()));
    request.set_document(DocumentOf(args.birth_certificate));
    request.set_document_number(*number);
  }
  return Act(session, args.child, std::move(request));
}

int Leave(Session& session, const EnrolmentArgs& args) {
  pb::EndEnrolmentRequest request;
  const auto last_day = DateOptionOr("--last-day", args.last_day, session.today());
  if (!last_day.ok()) return session.FailUsage(std::string(last_day.status().message()));
  request.set_enrolment(args.enrolment);
  *request.mutable_last_day() = *last_day;
  return Act(session, args.child, std::move(request));
}

int Void(Session& session, const EnrolmentArgs& args) {
  pb::VoidEnrolmentRequest request;
  request.set_enrolment(args.enrolment);
  request.set_reason(args.reason);
  return Act(session, args.child, std::move(request));
}

// The sections that --check names, each once.
absl::StatusOr<std::vector<pb::HealthSection>> SectionsOf(const std::vector<std::string>& names) {
  std::vector<bool> named(pb::HealthSection_ARRAYSIZE);
  for (const std::string& name : names) {
    if (absl::AsciiStrToUpper(name) == kAllSections) {
      named.assign(named.size(), true);
      continue;
    }
    ASSIGN_OR_RETURN(const auto section, EnumOption<pb::HealthSection>("--check", name));
    named[section] = true;
  }
  std::vector<pb::HealthSection> sections;
  for (int number = pb::HEALTH_SECTION_GROWTH; number < pb::HealthSection_ARRAYSIZE; ++number) {
    if (named[number]) sections.push_back(static_cast<pb::HealthSection>(number));
  }
  return sections;
}

absl::StatusOr<pb::HealthRecord> HealthRecordOf(const HealthArgs& args) {
  pb::HealthRecord record;
  record.set_identity_verified(args.verified);
  if (!args.record_number.empty()) {
    record.set_record_number(args.record_number);
    ASSIGN_OR_RETURN(*record.mutable_opened_on(), DateOption("--opened", args.opened));
  }
  ASSIGN_OR_RETURN(const auto sections, SectionsOf(args.sections));
  ASSIGN_OR_RETURN(const auto done_on, DateOption("--on", args.on));
  ASSIGN_OR_RETURN(const auto next_due, DateOption("--next-due", args.next_due));
  for (const pb::HealthSection section : sections) {
    pb::HealthCheck& check = *record.add_checks();
    check.set_section(section);
    *check.mutable_done_on() = done_on;
    if (!args.next_due.empty()) *check.mutable_next_due_on() = next_due;
  }
  if (args.put_off_from.empty()) return record;
  pb::HealthDeferral& deferral = *record.add_deferrals();
  ASSIGN_OR_RETURN(*deferral.mutable_from(), DateOption("--put-off-from", args.put_off_from));
  ASSIGN_OR_RETURN(*deferral.mutable_until(), DateOption("--put-off-until", args.put_off_until));
  deferral.set_reason(args.reason);
  return record;
}

int Health(Session& session, const HealthArgs& args) {
  if (args.record_number.empty() && args.sections.empty() && args.put_off_from.empty() &&
      !args.verified) {
    return session.FailUsage(
        session.Say("请给出 --record-number、--check、--put-off-from 或 --verified",
                    "give --record-number, --check, --put-off-from or --verified"));
  }
  pb::RecordHealthRequest request;
  auto record = HealthRecordOf(args);
  if (!record.ok()) return session.FailUsage(std::string(record.status().message()));
  *request.mutable_health_record() = *std::move(record);
  return Act(session, args.child, std::move(request));
}

int VoidHealth(Session& session, const HealthArgs& args) {
  pb::VoidHealthEntriesRequest request;
  HealthArgs named = args;
  named.put_off_until = args.put_off_from;
  const auto record = HealthRecordOf(named);
  if (!record.ok()) return session.FailUsage(std::string(record.status().message()));
  *request.mutable_checks() = record->checks();
  for (const pb::HealthDeferral& deferral : record->deferrals()) {
    *request.add_deferrals() = deferral.from();
  }
  request.set_whole_record(args.whole);
  request.set_reason(args.reason);
  return Act(session, args.child, std::move(request));
}

void DeclareChild(CLI::App* command, std::string* child) {
  command
      ->add_option("child", *child,
                   "facilities/ID/children/ID；给出 --facility 时只写 ID / with --facility the ID "
                   "alone")
      ->required();
}

void DeclareEnrolment(CLI::App* command, EnrolmentArgs* args) {
  DeclareChild(command, &args->child);
  command
      ->add_option("--enrolment", args->enrolment,
                   "在托登记序号，见 child show / number of the enrolment")
      ->required();
}

void DeclareCare(CLI::App* command, EnrolArgs* args) {
  command->add_option("--from", args->from, "入托日期 / first day in care")->required();
  command->add_option("--class", args->class_label, "班级，如 托小一班 / label of the class");
  command->add_option(
      "--mode", args->mode,
      absl::StrCat("服务方式，默认 FULL_DAY，给出 --band 时 HALF_DAY / service mode, "
                   "default FULL_DAY, with --band HALF_DAY: ",
                   EnumChoices(*pb::ServiceMode_descriptor())));
  command
      ->add_option("--band", args->band,
                   "半日托的时段 / part of the day of half-day care: MORNING, AFTERNOON")
      ->check(CLI::IsMember({"MORNING", "AFTERNOON"}, CLI::ignore_case));
}

void DeclareConsent(CLI::App* command, EnrolArgs* args) {
  CLI::Option* given = command->add_option("--consent-on", args->consent_on,
                                           "监护人同意日期；首次登记的婴幼儿必须给出 / day the "
                                           "guardian agreed; a must for a child new to "
                                           "the roster");
  CLI::Option* text =
      command->add_option("--consent-text", args->consent_text,
                          "监护人同意的告知文本版本 / version of the text agreed to");
  CLI::Option* guardian =
      command->add_option("--guardian", args->guardian, "监护人姓名 / name of the guardian");
  command
      ->add_option("--guardian-phone", args->guardian_phone, "监护人电话 / phone of the guardian")
      ->needs(given);
  given->needs(text)->needs(guardian);
  text->needs(given);
  guardian->needs(given);
}

void DeclareEnrol(CLI::App* command, EnrolArgs* args) {
  command->add_option("--facility", args->facility,
                      "机构，默认所代表的机构 / facilities/ID, default the one acted for");
  command->add_option("--name", args->name, "婴幼儿姓名 / name of the child")->required();
  command
      ->add_option("--document-number", args->number,
                   "公民身份号码；写 - 则从标准输入读取，不留在命令历史中 / resident id number; - "
                   "reads it from standard input, so that it does not stay in the shell history")
      ->required();
  command->add_flag("--birth-certificate", args->birth_certificate,
                    "号码是出生医学证明编号，须给 --birth / the number is that of a birth "
                    "certificate; with --birth");
  command->add_option(
      "--birth", args->birth,
      "出生日期；有公民身份号码时可不给 / birth date; not needed with a resident id");
  DeclareCare(command, args);
  DeclareConsent(command, args);
}

// --check with --on; the first.
CLI::Option* DeclareChecks(CLI::App* command, HealthArgs* args) {
  CLI::Option* check =
      command
          ->add_option("--check", args->sections,
                       absl::StrCat("检查的内容，逗号分隔，不记结果 / sections checked, comma "
                                    "between, no results: ALL, ",
                                    EnumChoices(*pb::HealthSection_descriptor())))
          ->delimiter(',')
          ->allow_extra_args(false);
  CLI::Option* on = command->add_option("--on", args->on, "检查日期 / day of the check");
  check->needs(on);
  on->needs(check);
  return check;
}

void DeclareVoidHealth(CLI::App* command, HealthArgs* args) {
  DeclareChild(command, &args->child);
  DeclareChecks(command, args);
  command->add_option("--put-off-from", args->put_off_from,
                      "误登的暂缓的起日 / first day of a deferral entered in error");
  command->add_flag("--whole", args->whole, "整个档案登错了 / the whole record is another child's");
  command->add_option("--reason", args->reason, "原因 / reason")->required();
}

void DeclareHealth(CLI::App* command, HealthArgs* args) {
  DeclareChild(command, &args->child);
  CLI::Option* number = command->add_option("--record-number", args->record_number,
                                            "健康档案编号 / number of the health record");
  CLI::Option* opened =
      command->add_option("--opened", args->opened, "建档日期 / day the record was opened");
  number->needs(opened);
  opened->needs(number);
  CLI::Option* check = DeclareChecks(command, args);
  command
      ->add_option("--next-due", args->next_due,
                   "下次检查日期，默认按检查时间表 / day the next is due, default by the schedule")
      ->needs(check);
  CLI::Option* from = command->add_option("--put-off-from", args->put_off_from,
                                          "暂缓检查自 / the due check is put off from this day");
  CLI::Option* until = command->add_option("--put-off-until", args->put_off_until,
                                           "暂缓至，当日起不再暂缓 / until before this day");
  CLI::Option* reason = command->add_option("--reason", args->reason,
                                            "暂缓原因，不写诊断 / why it is put off; no diagnosis");
  from->needs(until)->needs(reason);
  until->needs(from);
  reason->needs(from);
  command->add_flag("--verified", args->verified,
                    "确认档案是该婴幼儿本人的，仅管理档案的机构（--as phc） / confirms that the "
                    "record is this child's; by the institution that keeps it only (--as phc)");
}

void AddReports(CLI::App* group, CommandLine* line) {
  CLI::App* report = AddCommand(
      group, "report", "从文件登记婴幼儿，全部或全不 / enter children from a file, all or none");
  Bind<ReportArgs>(
      line, report,
      [](CLI::App* command, ReportArgs* args) {
        command
            ->add_option("file", args->path,
                         "名册文件，YAML 或 JSON：entries: [...]，未写 facility 的为所代表的机构；"
                         "valid_to 为不再在托的第一日 / file: entries: [...]; an entry without "
                         "facility is of the one acted for; valid_to is the first day no longer "
                         "in care")
            ->required();
        command->add_flag("--check", args->check, "只检查 / check only");
      },
      ReportFile);
  Examples(report,
           "  tuoyu child report 婴幼儿.yaml --check --as principal --facility facilities/ID\n"
           "  tuoyu child report 婴幼儿.yaml --as principal --facility facilities/ID\n\n"
           "  entries:\n"
           "    - child_name: 向小满\n"
           "      document: RESIDENT_ID\n"
           "      document_number: \"500111202402299962\"\n"
           "      consent: {given_on: 2026-02-20, text_version: 2026-1, guardian_name: 向演练}\n"
           "      enrolments: [{service_mode: FULL_DAY, class_label: 托大一班, valid_from: "
           "2026-03-01}]\n"
           "      health_record: {record_number: DZ-0007, opened_on: 2024-04-01}");
  CLI::App* enrol =
      AddCommand(group, "enrol", "登记一名婴幼儿入托 / enter one child with one enrolment");
  Bind<EnrolArgs>(line, enrol, DeclareEnrol, Enrol);
  Examples(enrol,
           "  tuoyu child enrol --facility facilities/ID --name 向小满 --document-number - \\\n"
           "      --from 2026-03-01 --class 托大一班 --consent-on 2026-02-20 \\\n"
           "      --consent-text 2026-1 --guardian 向演练 --as principal\n"
           "  tuoyu child enrol --facility facilities/ID --name 杨小雪 --document-number - \\\n"
           "      --birth-certificate --birth 2024-08-15 --from 2026-03-01 --band MORNING \\\n"
           "      --consent-on 2026-02-20 --consent-text 2026-1 --guardian 杨演练 --as principal");
}

void AddCorrection(CLI::App* group, CommandLine* line) {
  CLI::App* correct = AddCommand(
      group, "correct", "更正姓名、出生日期，更换证件 / correct name, birth date or document");
  Bind<CorrectArgs>(
      line, correct,
      [](CLI::App* command, CorrectArgs* args) {
        command->add_option("child", args->child, "facilities/ID/children/ID")->required();
        command->add_option("--name", args->name, "姓名 / name");
        command->add_option("--birth", args->birth, "出生日期 / birth date");
        command->add_option(
            "--document-number", args->number,
            "现用证件号码，名册和健康档案不变；写 - 则从标准输入读取 / number of the "
            "document it has now, the entry stays; - reads it from standard input");
        command->add_flag("--birth-certificate", args->birth_certificate,
                          "号码是出生医学证明编号 / it is that of a birth certificate");
      },
      Correct);
  Examples(correct,
           "  tuoyu child correct facilities/ID/children/ID --name 向小满 --as principal\n"
           "  tuoyu child correct facilities/ID/children/ID --document-number - --as principal");
}

void AddEnrolments(CLI::App* group, CommandLine* line) {
  CLI::App* leave = AddCommand(group, "leave", "离托 / end an enrolment");
  Bind<EnrolmentArgs>(
      line, leave,
      [](CLI::App* command, EnrolmentArgs* args) {
        DeclareEnrolment(command, args);
        command->add_option("--last-day", args->last_day,
                            "在托最后一日，默认今天 / last day in care, default today");
      },
      Leave);
  Examples(leave,
           "  tuoyu child leave facilities/ID/children/ID --enrolment 1 --last-day 2026-06-30 \\\n"
           "      --as principal");
  CLI::App* void_enrolment =
      AddCommand(group, "void", "撤销误登的在托登记 / take off an enrolment entered in error");
  Bind<EnrolmentArgs>(
      line, void_enrolment,
      [](CLI::App* command, EnrolmentArgs* args) {
        DeclareEnrolment(command, args);
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Void);
  Examples(void_enrolment,
           "  tuoyu child void facilities/ID/children/ID --enrolment 1 --reason 重复登记 "
           "--as principal");
  CLI::App* health = AddCommand(group, "health",
                                "登记健康档案的建档、检查、暂缓、核实 / record the health record");
  Bind<HealthArgs>(line, health, DeclareHealth, Health);
  Examples(health,
           "  tuoyu child health facilities/ID/children/ID --record-number DZ-0007 \\\n"
           "      --opened 2024-04-01 --check ALL --on 2026-03-10 --as principal\n"
           "  tuoyu child health facilities/ID/children/ID --check GROWTH,EYES --on 2026-06-10 \\\n"
           "      --next-due 2026-12-10 --verified --as phc\n"
           "  tuoyu child health facilities/ID/children/ID --put-off-from 2026-06-01 \\\n"
           "      --put-off-until 2026-07-01 --reason 随家长外出 --as principal");
  CLI::App* void_health = AddCommand(group, "void-health",
                                     "删去误登的检查、暂缓，或登错的整个档案 / take off what was "
                                     "entered in error on the health record");
  Bind<HealthArgs>(line, void_health, DeclareVoidHealth, VoidHealth);
  Examples(void_health,
           "  tuoyu child void-health facilities/ID/children/ID --check EYES --on 2026-06-10 \\\n"
           "      --reason 登错日期 --as principal\n"
           "  tuoyu child void-health facilities/ID/children/ID --whole --reason 登错人 --as phc");
}

}  // namespace

void AddChildCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "child", "婴幼儿名册：入托、离托、健康档案、班级配比 / the roster of children");
  AddReports(group, line);
  AddCorrection(group, line);
  AddEnrolments(group, line);
  AddChildLists(group, line);
}

}  // namespace tuoyu::cli
