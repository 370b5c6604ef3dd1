// tuoyu facility …: the registry.
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/command.h"
#include "clients/cli/facility_view.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/facility_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kPage = 200;

struct SearchArgs {
  std::string under;
  std::vector<std::string> types;
  std::vector<std::string> modes;
  std::vector<std::string> states;
  int age_months = 0;
  bool inclusive = false;
  std::string name;
  std::string near;
  std::string system = "CGCS2000";
  int within_m = 0;
  std::string uscc;
  std::string external;
  int limit = 50;
};

struct FacilityArgs {
  std::string name;
  std::string as_of;
  std::string known_at;
  std::string from;
  std::string until;
  std::string reason;
  std::string document;
  std::string decided_on;
  std::string criteria = "普惠认定办法";
  std::string other;
  int places = 0;
  bool ordered = false;
  bool back_entry = false;
};

absl::Status ReadPoint(const SearchArgs& args, common::v1::Coordinate* point) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(args.near, absl::MaxSplits(',', 1));
  double longitude = 0;
  double latitude = 0;
  if (!absl::SimpleAtod(parts.first, &longitude) || !absl::SimpleAtod(parts.second, &latitude)) {
    return absl::InvalidArgumentError(
        "--near: 应写作 经度,纬度 / wanted: longitude,latitude, e.g. 105.712,29.703");
  }
  ASSIGN_OR_RETURN(const auto system,
                   EnumOption<common::v1::CoordinateSystem>("--system", args.system));
  point->set_longitude(longitude);
  point->set_latitude(latitude);
  point->set_system(system);
  return absl::OkStatus();
}

// "SYSTEM=ID".
absl::Status ReadExternalId(const std::string& text, common::v1::ExternalId* external_id) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  if (parts.first.empty() || parts.second.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(text, ": 应写作 系统=编号 / written SYSTEM=ID, e.g. national=12345"));
  }
  external_id->set_source_system(parts.first);
  external_id->set_source_id(parts.second);
  return absl::OkStatus();
}

absl::StatusOr<pb::ListFacilitiesRequest> SearchRequest(const SearchArgs& args) {
  pb::ListFacilitiesRequest request;
  request.set_division_prefix(args.under);
  for (const std::string& name : args.types) {
    ASSIGN_OR_RETURN(const auto type, EnumOption<pb::FacilityType>("--type", name));
    request.add_facility_types(type);
  }
  for (const std::string& name : args.modes) {
    ASSIGN_OR_RETURN(const auto mode, EnumOption<pb::ServiceMode>("--mode", name));
    request.add_service_modes(mode);
  }
  for (const std::string& name : args.states) {
    ASSIGN_OR_RETURN(const auto state, EnumOption<pb::FacilityState>("--state", name));
    request.add_states(state);
  }
  request.set_class_age_months(args.age_months);
  request.set_inclusive_only(args.inclusive);
  request.set_name_contains(args.name);
  request.set_uscc(args.uscc);
  request.set_max_distance_m(args.within_m);
  if (!args.near.empty()) RETURN_IF_ERROR(ReadPoint(args, request.mutable_near()));
  if (!args.external.empty()) {
    RETURN_IF_ERROR(ReadExternalId(args.external, request.mutable_external_id()));
  }
  return request;
}

int Search(Session& session, const SearchArgs& args) {
  auto request = SearchRequest(args);
  if (!request.ok()) return session.FailUsage(std::string(request.status().message()));
  pb::ListFacilitiesResponse all;
  do {
    request->set_page_size(std::min(kPage, args.limit - all.facilities_size()));
    pb::ListFacilitiesResponse page;
    if (absl::Status status = session.CallFiling(*request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_facilities()->MergeFrom(page.facilities());
    request->set_page_token(page.next_page_token());
  } while (!request->page_token().empty() && all.facilities_size() < args.limit);
  all.set_next_page_token(request->page_token());
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  for (const pb::Facility& facility : all.facilities()) session.PrintName(facility.name());
  if (session.names()) return kExitOk;
  if (all.facilities().empty()) {
    session.Print(absl::StrCat(session.Say("没有符合条件的机构。", "No such facilities."), "\n"));
    return kExitOk;
  }
  session.Print(RenderFacilities({all.facilities().begin(), all.facilities().end()},
                                 !args.near.empty(), session.language(), session.width()));
  session.Note(
      absl::StrCat("\n", all.facilities_size(), session.Say(" 家", " facilities"),
                   all.next_page_token().empty()
                       ? ""
                       : session.Say("（还有更多：--limit）", " (there are more: --limit)"),
                   "\n"));
  return kExitOk;
}

int ShowFacility(Session& session, const pb::Facility& facility) {
  session.PrintName(facility.name());
  if (session.json()) {
    session.PrintJson(facility);
  } else if (!session.names()) {
    session.Print(RenderFacility(facility, session.language(), session.width()));
  }
  return kExitOk;
}

// Makes a call that answers with the facility, and shows it.
template <typename Request>
int ShowAnswer(Session& session, const Request& request) {
  pb::Facility facility;
  const absl::Status status = session.CallFiling(request, &facility);
  return status.ok() ? ShowFacility(session, facility) : session.Fail(status);
}

int Show(Session& session, const FacilityArgs& args) {
  pb::GetFacilityRequest request;
  request.set_name(ResourceName("facilities", args.name));
  const auto as_of = DateOption("--as-of", args.as_of);
  if (!as_of.ok()) return session.FailUsage(std::string(as_of.status().message()));
  if (!args.as_of.empty()) *request.mutable_as_of() = *as_of;
  if (!args.known_at.empty()) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, args.known_at, &time, &error)) {
      return session.FailUsage("--known-at: 2026-02-12T09:00:00+08:00");
    }
    *request.mutable_known_at() = ToProto(time);
  }
  return ShowAnswer(session, request);
}

int History(Session& session, const FacilityArgs& args) {
  const std::string name = ResourceName("facilities", args.name);
  pb::ListFacilityVersionsRequest request;
  request.set_name(name);
  pb::ListFacilityVersionsResponse versions;
  if (absl::Status status = session.CallFiling(request, &versions); !status.ok()) {
    return session.Fail(status);
  }
  pb::ListRecognitionsRequest recognitions_request;
  recognitions_request.set_parent(name);
  pb::ListRecognitionsResponse recognitions;
  if (absl::Status status = session.CallFiling(recognitions_request, &recognitions); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.Print(absl::StrCat("{\"versions\":", ToJsonText(versions),
                               ",\"recognitions\":", ToJsonText(recognitions), "}\n"));
    return kExitOk;
  }
  session.Print(RenderHistory({versions.versions().begin(), versions.versions().end()},
                              session.language(), session.width()));
  if (!recognitions.recognitions().empty()) {
    session.Print(absl::StrCat(
        "\n", session.Say("普惠认定", "Inclusive recognitions"), "\n",
        RenderRecognitions({recognitions.recognitions().begin(), recognitions.recognitions().end()},
                           session.language(), session.width())));
  }
  return kExitOk;
}

// A verb that takes a day from which it holds, today when none is given.
template <typename Request>
int Act(Session& session, const FacilityArgs& args, Request request) {
  request.set_name(ResourceName("facilities", args.name));
  const auto from = DateOptionOr("--from", args.from, session.today());
  if (!from.ok()) return session.FailUsage(std::string(from.status().message()));
  *request.mutable_effective_date() = *from;
  return ShowAnswer(session, request);
}

int Suspend(Session& session, const FacilityArgs& args) {
  pb::SuspendFacilityRequest request;
  request.set_reason(args.reason);
  request.set_ordered(args.ordered);
  return Act(session, args, std::move(request));
}

int Resume(Session& session, const FacilityArgs& args) {
  return Act(session, args, pb::ResumeFacilityRequest());
}

int RevokeRegistration(Session& session, const FacilityArgs& args) {
  pb::RevokeRegistrationRequest request;
  request.set_reason(args.reason);
  return Act(session, args, std::move(request));
}

int ShowRecognition(Session& session, const absl::Status& status,
                    const pb::Recognition& recognition) {
  if (!status.ok()) return session.Fail(status);
  session.PrintName(recognition.name());
  if (session.json()) {
    session.PrintJson(recognition);
  } else if (!session.names()) {
    session.Print(RenderRecognitions({recognition}, session.language(), session.width()));
  }
  return kExitOk;
}

int Recognise(Session& session, const FacilityArgs& args) {
  pb::GrantRecognitionRequest request;
  request.set_parent(ResourceName("facilities", args.name));
  request.set_back_entry(args.back_entry);
  pb::Recognition& recognition = *request.mutable_recognition();
  for (const auto& [option, text, date] :
       {std::tuple{"--from", args.from, recognition.mutable_valid_from()},
        std::tuple{"--until", args.until, recognition.mutable_valid_to()},
        std::tuple{"--decided-on", args.decided_on, recognition.mutable_decided_on()}}) {
    const auto day = DateOption(option, text);
    if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
    *date = *day;
  }
  if (args.from.empty()) *recognition.mutable_valid_from() = ToProto(session.today());
  if (args.until.empty()) recognition.clear_valid_to();
  if (args.decided_on.empty()) *recognition.mutable_decided_on() = recognition.valid_from();
  recognition.set_criteria_version(args.criteria);
  recognition.set_document_number(args.document);
  recognition.set_places_covered(args.places);
  pb::Recognition reply;
  return ShowRecognition(session, session.CallFiling(request, &reply), reply);
}

int RevokeRecognition(Session& session, const FacilityArgs& args) {
  pb::RevokeRecognitionRequest request;
  request.set_name(args.name);
  const auto from = DateOptionOr("--from", args.from, session.today());
  if (!from.ok()) return session.FailUsage(std::string(from.status().message()));
  *request.mutable_revoked_on() = *from;
  request.set_reason(args.reason);
  pb::Recognition reply;
  return ShowRecognition(session, session.CallFiling(request, &reply), reply);
}

int Link(Session& session, const FacilityArgs& args) {
  pb::LinkPredecessorRequest request;
  request.set_name(ResourceName("facilities", args.name));
  request.set_predecessor(ResourceName("facilities", args.other));
  return ShowAnswer(session, request);
}

int Unlink(Session& session, const FacilityArgs& args) {
  pb::UnlinkPredecessorRequest request;
  request.set_name(ResourceName("facilities", args.name));
  request.set_reason(args.reason);
  return ShowAnswer(session, request);
}

int SetExternalId(Session& session, const FacilityArgs& args) {
  pb::SetExternalIdRequest request;
  request.set_name(ResourceName("facilities", args.name));
  if (absl::Status read = ReadExternalId(args.other, request.mutable_external_id()); !read.ok()) {
    return session.FailUsage(std::string(read.message()));
  }
  return ShowAnswer(session, request);
}

void DeclareSearch(CLI::App* command, SearchArgs* args) {
  command->add_option("--under,--division", args->under, "区划代码前缀 / division code prefix");
  command
      ->add_option("--type", args->types,
                   "类型 / types: ORDINARY, KINDERGARTEN, EMPLOYER, HOME_BASED")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--mode", args->modes, "服务 / modes: FULL_DAY, HALF_DAY, HOURLY, TEMPORARY")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--state", args->states,
                   "状态 / states: ACTIVE, SUSPENDED, CANCELLED, REVOKED_REGISTRATION")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--age", args->age_months, "婴幼儿月龄 / age of the child in months");
  command->add_flag("--inclusive", args->inclusive, "只列普惠 / inclusive only");
  command->add_option("--name", args->name, "名称中的字 / part of the name");
  command->add_option("--near", args->near,
                      "经度,纬度：由近到远 / longitude,latitude: nearest first");
  command->add_option("--system", args->system, "坐标系 / CGCS2000, WGS84, GCJ02")
      ->capture_default_str();
  command->add_option("--within", args->within_m, "米以内 / within metres (default 20,000)");
  command->add_option("--uscc", args->uscc, "统一社会信用代码 / credit code");
  command->add_option("--external", args->external, "外部编号 / SYSTEM=ID");
  command->add_option("--limit", args->limit, "最多几家 / at most")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void DeclareName(CLI::App* command, FacilityArgs* args) {
  command->add_option("facility", args->name, "facilities/ID")->required();
}

void AddReads(CLI::App* group, CommandLine* line) {
  CLI::App* search = AddCommand(group, "search", "查找机构 / find facilities");
  Bind<SearchArgs>(line, search, DeclareSearch, Search);
  Examples(search,
           "  tuoyu facility search --near 105.712,29.703 --age 20 --inclusive\n"
           "  tuoyu facility search --under 500111001 --type ORDINARY,EMPLOYER\n"
           "  tuoyu facility search --name 晨曦");
  CLI::App* show =
      AddCommand(group, "show", "一家机构，可问过去某日 / one facility, also on a past day");
  Bind<FacilityArgs>(
      line, show,
      [](CLI::App* command, FacilityArgs* args) {
        DeclareName(command, args);
        command->add_option("--as-of", args->as_of, "某日的情况 / as of a day");
        command->add_option("--known-at", args->known_at,
                            "系统当时所知 / as known at a time (officers)");
      },
      Show);
  Examples(show, "  tuoyu facility show facilities/ID --as-of 2022-12-31");
  Bind<FacilityArgs>(line,
                     AddCommand(group, "history", "历次版本与普惠认定 / versions and recognitions"),
                     DeclareName, History);
}

void AddActs(CLI::App* group, CommandLine* line) {
  const auto declare_act = [](CLI::App* command, FacilityArgs* args) {
    DeclareName(command, args);
    command->add_option("--from", args->from, "自此日起，默认今天 / from this day, default today");
    command->add_option("--reason", args->reason, "原因 / reason");
  };
  CLI::App* suspend = AddCommand(group, "suspend", "停业 / suspend");
  Bind<FacilityArgs>(
      line, suspend,
      [declare_act](CLI::App* command, FacilityArgs* args) {
        declare_act(command, args);
        command->add_flag("--ordered", args->ordered,
                          "责令停止托育服务 / ordered by the authority");
      },
      Suspend);
  Examples(suspend, "  tuoyu facility suspend facilities/ID --reason 装修 --as approver");
  Bind<FacilityArgs>(line, AddCommand(group, "resume", "恢复 / resume"), declare_act, Resume);
  Bind<FacilityArgs>(
      line, AddCommand(group, "revoke-registration", "登记被吊销或撤销 / registration revoked"),
      declare_act, RevokeRegistration);
  CLI::App* link = AddCommand(group, "link", "与前身机构关联 / link to the predecessor");
  Bind<FacilityArgs>(
      line, link,
      [](CLI::App* command, FacilityArgs* args) {
        DeclareName(command, args);
        command->add_option("predecessor", args->other, "前身 / facilities/ID")->required();
      },
      Link);
  Bind<FacilityArgs>(
      line, AddCommand(group, "unlink", "更正前身关系 / take off a wrong link to a predecessor"),
      [](CLI::App* command, FacilityArgs* args) {
        DeclareName(command, args);
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      Unlink);
  CLI::App* external = AddCommand(group, "external-id", "外部系统编号 / id in another system");
  Bind<FacilityArgs>(
      line, external,
      [](CLI::App* command, FacilityArgs* args) {
        DeclareName(command, args);
        command->add_option("id", args->other, "SYSTEM=ID；ID 留空则删除 / empty ID removes it")
            ->required();
      },
      SetExternalId);
}

void AddRecognitionCommands(CLI::App* group, CommandLine* line) {
  CLI::App* recognise = AddCommand(group, "recognise", "普惠认定 / recognise as inclusive");
  Bind<FacilityArgs>(
      line, recognise,
      [](CLI::App* command, FacilityArgs* args) {
        DeclareName(command, args);
        command->add_option("--from", args->from, "自此日，默认今天 / from, default today");
        command->add_option("--until", args->until, "至此日前 / first day it no longer holds");
        command->add_option("--document", args->document, "文号 / document number")->required();
        command->add_option("--decided-on", args->decided_on, "决定日期 / day of the decision");
        command->add_option("--criteria", args->criteria, "认定办法 / criteria")
            ->capture_default_str();
        command->add_option("--places", args->places, "普惠托位，0 为全部 / places covered, 0 all");
        command->add_flag("--back-entry", args->back_entry, "补录过去的认定 / a past period");
      },
      Recognise);
  Examples(recognise,
           "  tuoyu facility recognise facilities/ID --until 2029-12-31 --document "
           "大足卫发〔2026〕12号 --as approver");
  CLI::App* revoke = AddCommand(group, "revoke-recognition", "撤销认定 / revoke a recognition");
  Bind<FacilityArgs>(
      line, revoke,
      [](CLI::App* command, FacilityArgs* args) {
        command->add_option("recognition", args->name, "facilities/ID/recognitions/ID")->required();
        command->add_option("--from", args->from, "自此日，默认今天 / from, default today");
        command->add_option("--reason", args->reason, "原因 / reason")->required();
      },
      RevokeRecognition);
}

}  // namespace

void AddFacilityCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group = AddGroup(app, "facility", "机构名录：查找、历史、停业、认定 / the registry");
  AddReads(group, line);
  AddActs(group, line);
  AddRecognitionCommands(group, line);
  AddFacilityPage(group, line);
}

}  // namespace tuoyu::cli
