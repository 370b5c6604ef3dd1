// tuoyu export …: facilities, rosters, indicators, statistics and visits as a table for spreadsheet programs.
#include <functional>
#include <memory>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/export/out_column.h"
#include "clients/cli/regulatory_view.h"
#include "clients/cli/roster_option.h"
#include "common/base/status.h"
#include "common/sheet/writer.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/facility_service.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kPage = 1'000;
constexpr int kRosterPage = 500;

// What a table of facilities can be imported with again has the headings of the import.
constexpr OutColumn kFacilityColumns[] = {
    {"name", "机构编号", "id"},
    {"state", "状态", "state"},
    {"content.name", "机构名称", "name"},
    {"content.uscc", "统一社会信用代码", "credit code"},
    {"content.facility_type", "机构类型", "type"},
    {"content.division_code", "镇街", "town or street"},
    {"content.approved_capacity", "收托规模", "filed places"},
    {"filed_on", "备案日期", "filed on"},
    {"receipt_number", "备案编号", "receipt number"},
    {"valid_from", "本版本起", "version valid from"},
    {"content.address", "机构住所", "address"},
    {"content.location.longitude", "经度", "longitude"},
    {"content.location.latitude", "纬度", "latitude"},
    {"content.location.system", "坐标系", "reference system"},
    {"content.legal_form", "法人类型", "legal form"},
    {"content.registered_on", "登记日期", "registered on"},
    {"content.registrar", "登记机关", "registrar"},
    {"content.business_scope", "业务/经营范围", "business scope"},
    {"content.principal_name", "负责人姓名", "head's name"},
    {"content.principal_id_number", "负责人身份证件号码", "head's id number"},
    {"content.profit_nature", "机构性质", "profit nature"},
    {"content.ownership", "举办方式", "ownership"},
    {"content.service_modes", "服务范围", "service modes"},
    {"content.premises_tenure", "场所性质", "tenure"},
    {"content.gross_floor_area_m2", "建筑面积", "gross floor area"},
    {"content.indoor_usable_area_m2", "室内使用面积", "indoor area"},
    {"content.outdoor_area_m2", "室外活动场地面积", "outdoor area"},
    {"content.classes", "班级", "classes"},
    {"content.contact_name", "联系人", "contact"},
    {"content.contact_phone", "联系电话", "phone"},
    {"content.meals", "供餐方式", "meals"},
    {"content.opening_hours", "营业时间", "opening hours"},
    {"content.chain_brand", "连锁品牌", "chain"},
    {"content.parent_organisation_uscc", "举办单位信用代码", "parent's credit code"},
    {"content.open_to_public", "面向社会", "open to the public"},
    {"recognition.valid_from", "普惠认定起始日", "recognised from"},
    {"recognition.valid_to", "普惠认定截止日", "recognised until", OutRule::kLastDay},
    {"recognition.document_number", "普惠认定文号", "recognition document"},
    {"recognition.places_covered", "普惠托位数", "inclusive places"},
};

constexpr OutColumn kRosterFacility[] = {{"name", "机构", "facility"},
                                         {"content.name", "机构名称", "name of the facility"}};

constexpr OutColumn kStaffColumns[] = {
    {"name", "人员编号", "id"},
    {"person_name", "姓名", "name of the person"},
    {"id_number", "公民身份号码", "id number"},
    {"phone", "电话", "phone"},
    {"certificates", "证书", "certificates"},
};
constexpr OutColumn kPostColumns[] = {
    {"role", "岗位", "role"},
    {"class_label", "所在班级", "class"},
    {"full_time", "专职", "full-time"},
    {"shift", "班次", "shift"},
    {"valid_from", "到岗日期", "first day on post"},
    {"valid_to", "离岗日期", "last day on post", OutRule::kLastDay},
};

constexpr OutColumn kChildColumns[] = {
    {"name", "婴幼儿编号", "id"},
    {"child_name", "婴幼儿姓名", "name of the child"},
    {"document", "证件类型", "kind of document"},
    {"document_number", "证件号码", "number of the document"},
    {"birth_date", "出生日期", "birth date"},
    {"age_months", "月龄", "age in months", OutRule::kNumberText},
    {"consent.given_on", "同意日期", "consent given on"},
    {"consent.text_version", "告知文本版本", "version of the text"},
    {"consent.guardian_name", "监护人姓名", "name of the guardian"},
    {"consent.guardian_phone", "监护人电话", "phone of the guardian"},
    {"record_state", "健康档案", "health record"},
    {"health_record.opened_on", "建档日期", "record opened on"},
    {"health_record.identity_verified", "身份已核实", "identity confirmed"},
    {"next_check_due", "下次应检日期", "next check due"},
};
constexpr OutColumn kEnrolmentColumns[] = {
    {"class_label", "所在班级", "class"},
    {"service_mode", "服务方式", "service mode"},
    {"time_band", "在托时段", "part of the day"},
    {"valid_from", "入托日期", "first day in care"},
    {"valid_to", "离托日期", "last day in care", OutRule::kLastDay},
};

constexpr OutColumn kIndicatorColumns[] = {
    {"definition.number", "指标", "indicator"},
    {"definition.name_zh", "名称", "name"},
    {"division_code", "区划代码", "division code"},
    {"division_name", "区划", "division"},
    {"as_of", "日期", "as of"},
    {"value", "数值", "value", OutRule::kNumberText},
    {"suppressed", "不公开的原因", "why it is withheld", OutRule::kWithheld},
    {"definition.unit", "单位", "unit"},
    {"numerator", "分子", "numerator", OutRule::kNumberText},
    {"denominator", "分母", "denominator", OutRule::kNumberText},
    {"definition.operator", "目标关系", "target is"},
    {"target.value", "目标值", "target", OutRule::kNumberText},
    {"attainment", "达标情况", "attainment"},
    {"reason_zh", "不能计算的原因", "why it can't be computed"},
    {"formula_version", "算法版本", "formula"},
    {"persons_rounded_to", "人数取整到", "persons rounded to"},
    {"rehearsal", "演练数据", "rehearsal data"},
};

constexpr OutColumn kRegulatoryColumns[] = {
    {"quarter.year", "年", "year"},
    {"quarter.quarter", "季度", "quarter"},
    {"division_code", "区划代码", "division code"},
    {"division_name", "区划", "division"},
    {"kind", "监管指标", "regulatory measure"},
    {"numerator", "分子", "numerator"},
    {"denominator", "分母", "denominator"},
    {"value", "占比（%）", "share (%)", OutRule::kNumberText},
    {"withheld", "数小，不公开", "small, withheld"},
    {"until", "统计至", "counted until"},
    {"not_computable_reason", "不能计算的原因", "why it can't be computed"},
};

// What the import takes, then what the system adds.
constexpr OutColumn kStatisticColumns[] = {
    {"series", "系列", "series"},
    {"division_code", "区划代码", "division code"},
    {"reference_date", "统计时点", "day it is about"},
    {"value", "数值", "value", OutRule::kNumberText},
    {"unit", "单位", "unit"},
    {"publisher", "发布单位", "publisher"},
    {"document_number", "文号", "document"},
    {"published_on", "发布日期", "published on"},
    {"revision_reason", "更正原因", "reason of the correction"},
    {"rehearsal", "演练数据", "rehearsal data"},
    {"survey.valid", "有效问卷", "valid questionnaires"},
    {"survey.distributed", "发放问卷", "questionnaires handed out"},
    {"survey.instrument", "问卷及版本", "instrument"},
    {"survey.pass_mark", "合格标准", "pass mark"},
    {"survey.method", "抽样方法", "method"},
    {"survey.first_day", "调查起始日", "first day of the survey"},
    {"survey.last_day", "调查截止日", "last day of the survey"},
    {"event.project", "项目", "project"},
    {"event.stage", "项目阶段", "stage"},
    {"revision", "版次", "revision"},
    {"withdrawn", "已撤回", "withdrawn"},
    {"entered_by", "录入账号", "entered by"},
    {"verified_by", "核验账号", "verified by"},
    {"name", "统计数据编号", "id"},
};

// A row a finding, or one for a visit without any.
constexpr OutColumn kVisitColumns[] = {
    {"name", "检查编号", "id"},
    {"visited_on", "检查日期", "visited on"},
    {"facility", "机构编号", "facility"},
    {"facility_name", "机构名称", "name of the facility"},
    {"division_code", "区划代码", "division code"},
    {"units[0].unit", "牵头单位", "leading unit"},
    {"kind", "检查类别", "kind"},
    {"checklist_version", "清单版本", "checklist"},
    {"state", "状态", "state"},
    {"outcome", "检查结果", "outcome"},
    {"outcome_text", "结果说明", "in words"},
    {"concluded_on", "作出结果日期", "concluded on"},
    {"published_on", "公示日期", "published on"},
};
constexpr OutColumn kFindingColumns[] = {
    {"item", "问题事项", "item"},
    {"unit", "问题所属单位", "unit of the finding"},
    {"key", "重点事项", "key item"},
    {"requirement", "整改要求", "to be mended"},
    {"due_date", "整改期限", "due date"},
    {"state", "整改状态", "state of the finding"},
    {"overdue", "逾期", "overdue"},
    {"repeated", "重复问题", "repeated"},
    {"corrected_on", "整改完成日期", "corrected on"},
};

struct ExportArgs {
  std::string csv;
  std::string xlsx;
  std::string under;
  std::string of;
  std::string as_of;
  std::string first;
  std::string last;
  std::vector<std::string> states;
  bool former = false;
  bool divisions = false;
  bool revisions = false;
  // Of visits.
  std::string facility;
  std::string unit;
  std::string outcome;
  std::string since;
  std::string until;
  bool open = false;
};

using Columns = absl::Span<const OutColumn>;

// A table on its way to its file.
class Exporter {
 public:
  static absl::StatusOr<Exporter> Open(const Session& session, const ExportArgs& args,
                                       absl::string_view name, const std::vector<Columns>& groups) {
    std::vector<std::string> titles;
    for (const Columns columns : groups) {
      for (std::string& title : TitlesOf(columns, session.language())) {
        titles.push_back(std::move(title));
      }
    }
    Exporter exporter(session.language());
    if (!args.xlsx.empty()) {
      ASSIGN_OR_RETURN(exporter.writer_,
                       sheet::NewXlsxWriter(args.xlsx, {std::string(name), titles}));
      return exporter;
    }
    ASSIGN_OR_RETURN(exporter.writer_, sheet::NewCsvWriter(args.csv));
    std::vector<sheet::OutCell> head;
    head.reserve(titles.size());
    for (std::string& title : titles) head.push_back({sheet::OutKind::kText, std::move(title)});
    RETURN_IF_ERROR(exporter.writer_->Add(head));
    return exporter;
  }

  // Adds columns of a message to the row; End writes it.
  void Add(const google::protobuf::Message& message, Columns columns) {
    AddCells(message, columns, language_, &cells_);
  }
  absl::Status End() {
    ++rows_;
    absl::Status status = writer_->Add(cells_);
    cells_.clear();
    return status;
  }
  absl::Status Close() { return writer_->Close(); }
  int64_t rows() const { return rows_; }

 private:
  explicit Exporter(Language language) : language_(language) {}

  Language language_;
  std::unique_ptr<sheet::TableWriter> writer_;
  std::vector<sheet::OutCell> cells_;
  int64_t rows_ = 0;
};

// Reads a list page by page; each page is dealt with and forgotten.
template <typename Response, typename Request>
absl::Status EachPage(Session& session, Request request,
                      absl::FunctionRef<absl::Status(const Response&)> each) {
  do {
    Response page;
    RETURN_IF_ERROR(session.CallOwner(request, &page));
    RETURN_IF_ERROR(each(page));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status EachFacility(Session& session, const ExportArgs& args,
                          absl::FunctionRef<absl::Status(const pb::Facility&)> each) {
  pb::ListFacilitiesRequest request;
  request.set_page_size(kPage);
  request.set_division_prefix(args.under);
  for (const std::string& state : args.states) {
    ASSIGN_OR_RETURN(const auto value, EnumOption<pb::FacilityState>("--state", state));
    request.add_states(value);
  }
  return EachPage<pb::ListFacilitiesResponse>(
      session, request, [&](const pb::ListFacilitiesResponse& page) -> absl::Status {
        for (const pb::Facility& facility : page.facilities()) RETURN_IF_ERROR(each(facility));
        return absl::OkStatus();
      });
}

// The facility acted for, or all of the list.
absl::Status EachOwnFacility(Session& session, const ExportArgs& args,
                             absl::FunctionRef<absl::Status(const pb::Facility&)> each) {
  if (session.identity().facility.empty()) return EachFacility(session, args, each);
  pb::GetFacilityRequest request;
  request.set_name(session.identity().facility);
  ActAsOwner(session, request.name());
  pb::Facility facility;
  RETURN_IF_ERROR(session.CallFiling(request, &facility));
  return each(facility);
}

absl::Status ExportFacilities(Session& session, const ExportArgs& args, Exporter& out) {
  return EachFacility(session, args, [&](const pb::Facility& facility) {
    out.Add(facility, kFacilityColumns);
    return out.End();
  });
}

// A row for each of the periods of a member of a roster, or one without.
template <typename Periods>
absl::Status AddMember(const pb::Facility& facility, const google::protobuf::Message& member,
                       Columns columns, const Periods& periods, Columns period_columns,
                       Exporter& out) {
  for (const auto& period : periods) {
    out.Add(facility, kRosterFacility);
    out.Add(member, columns);
    out.Add(period, period_columns);
    RETURN_IF_ERROR(out.End());
  }
  if (!periods.empty()) return absl::OkStatus();
  out.Add(facility, kRosterFacility);
  out.Add(member, columns);
  return out.End();
}

template <typename Response, typename Request>
absl::Status EachMemberPage(Session& session, const ExportArgs& args, const pb::Facility& facility,
                            absl::FunctionRef<absl::Status(const Response&)> each) {
  Request request;
  request.set_parent(facility.name());
  request.set_include_former(args.former);
  request.set_page_size(kRosterPage);
  if (!args.as_of.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_as_of(), DateOption("--as-of", args.as_of));
  }
  return EachPage<Response>(session, request, each);
}

absl::Status ExportStaff(Session& session, const ExportArgs& args, Exporter& out) {
  return EachOwnFacility(session, args, [&](const pb::Facility& facility) {
    return EachMemberPage<pb::ListStaffResponse, pb::ListStaffRequest>(
        session, args, facility, [&](const pb::ListStaffResponse& page) -> absl::Status {
          for (const pb::StaffMember& member : page.staff()) {
            RETURN_IF_ERROR(
                AddMember(facility, member, kStaffColumns, member.posts(), kPostColumns, out));
          }
          return absl::OkStatus();
        });
  });
}

absl::Status ExportChildren(Session& session, const ExportArgs& args, Exporter& out) {
  return EachOwnFacility(session, args, [&](const pb::Facility& facility) {
    return EachMemberPage<pb::ListChildrenResponse, pb::ListChildrenRequest>(
        session, args, facility, [&](const pb::ListChildrenResponse& page) -> absl::Status {
          for (const pb::Child& child : page.children()) {
            RETURN_IF_ERROR(AddMember(facility, child, kChildColumns, child.enrolments(),
                                      kEnrolmentColumns, out));
          }
          return absl::OkStatus();
        });
  });
}

// The district, then its streets and towns, on the day of the request.
absl::StatusOr<std::vector<std::string>> DivisionsOn(
    Session& session, const indicator::v1::ListIndicatorsRequest& asked) {
  indicator::v1::GetIndicatorTreeRequest request;
  if (asked.has_as_of()) *request.mutable_as_of() = asked.as_of();
  request.add_numbers(1);
  indicator::v1::GetIndicatorTreeResponse reply;
  RETURN_IF_ERROR(session.CallAggregator(request, &reply));
  std::vector<std::string> divisions;
  for (const auto& table : reply.trees()) {
    for (const auto& point : table.points()) divisions.push_back(point.division_code());
  }
  return divisions;
}

absl::Status ExportIndicators(Session& session, const ExportArgs& args, Exporter& out) {
  indicator::v1::ListIndicatorsRequest request;
  if (!args.as_of.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_as_of(), DateOption("--as-of", args.as_of));
  }
  std::vector<std::string> divisions = {args.of};
  if (args.divisions) {
    ASSIGN_OR_RETURN(divisions, DivisionsOn(session, request));
  }
  for (const std::string& division : divisions) {
    request.set_division_code(division);
    indicator::v1::ListIndicatorsResponse reply;
    RETURN_IF_ERROR(session.CallAggregator(request, &reply));
    for (const auto& indicator : reply.indicators()) {
      out.Add(indicator, kIndicatorColumns);
      RETURN_IF_ERROR(out.End());
    }
  }
  return absl::OkStatus();
}

absl::Status ExportRegulatory(Session& session, const ExportArgs& args, Exporter& out) {
  ASSIGN_OR_RETURN(const indicator::v1::ListRegulatoryMeasuresRequest request,
                   RegulatoryRequest(args.of, args.first, args.last, args.divisions));
  indicator::v1::ListRegulatoryMeasuresResponse reply;
  RETURN_IF_ERROR(session.CallAggregator(request, &reply));
  for (const auto& measure : reply.measures()) {
    out.Add(measure, kRegulatoryColumns);
    RETURN_IF_ERROR(out.End());
  }
  return absl::OkStatus();
}

absl::Status ExportStatistics(Session& session, const ExportArgs& args, Exporter& out) {
  indicator::v1::ListStatisticsRequest request;
  request.set_division_code(args.of);
  request.set_page_size(kPage);
  // Revisions come in order: what stands is the last one of its day, unless it takes the day back.
  indicator::v1::Statistic last;
  const auto add = [&](bool stands) -> absl::Status {
    const bool wanted = args.revisions || (stands && !last.withdrawn());
    if (last.name().empty() || !wanted) return absl::OkStatus();
    out.Add(last, kStatisticColumns);
    return out.End();
  };
  do {
    indicator::v1::ListStatisticsResponse page;
    RETURN_IF_ERROR(session.CallAggregator(request, &page));
    for (indicator::v1::Statistic& statistic : *page.mutable_statistics()) {
      RETURN_IF_ERROR(add(/*stands=*/statistic.revision() == 1));
      last = std::move(statistic);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return add(/*stands=*/true);
}

absl::StatusOr<inspection::v1::ListVisitsRequest> VisitsAsked(const ExportArgs& args) {
  inspection::v1::ListVisitsRequest request;
  request.set_page_size(kRosterPage);
  if (!args.facility.empty()) request.set_facility(ResourceName("facilities", args.facility));
  request.set_division_prefix(args.under);
  request.set_unit(args.unit);
  request.set_with_open_findings(args.open);
  if (!args.outcome.empty()) {
    ASSIGN_OR_RETURN(const auto outcome,
                     EnumOption<inspection::v1::VisitOutcome>("--outcome", args.outcome));
    request.set_outcome(outcome);
  }
  if (!args.since.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_since(), DateOption("--since", args.since));
  }
  if (!args.until.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_until(), DateOption("--until", args.until));
  }
  return request;
}

absl::Status ExportVisits(Session& session, const ExportArgs& args, Exporter& out) {
  using inspection::v1::ListVisitsResponse;
  ASSIGN_OR_RETURN(const auto request, VisitsAsked(args));
  return EachPage<ListVisitsResponse>(
      session, request, [&](const ListVisitsResponse& page) -> absl::Status {
        for (const inspection::v1::Visit& visit : page.visits()) {
          for (const inspection::v1::Finding& finding : visit.findings()) {
            out.Add(visit, kVisitColumns);
            out.Add(finding, kFindingColumns);
            RETURN_IF_ERROR(out.End());
          }
          if (!visit.findings().empty()) continue;
          out.Add(visit, kVisitColumns);
          RETURN_IF_ERROR(out.End());
        }
        return absl::OkStatus();
      });
}

using Fill = absl::Status (*)(Session&, const ExportArgs&, Exporter&);

int Export(Session& session, const ExportArgs& args, const Bilingual& title,
           const std::vector<Columns>& groups, Fill fill) {
  if (args.csv.empty() == args.xlsx.empty()) {
    return session.FailUsage(
        Bilingual{"请给出 --csv 或 --xlsx 之一", "give --csv or --xlsx, one of them"});
  }
  auto out = Exporter::Open(session, args, session.Say(title.zh, title.en), groups);
  if (!out.ok()) return session.FailUsage(std::string(out.status().message()));
  if (absl::Status status = fill(session, args, *out); !status.ok()) return session.Fail(status);
  if (absl::Status status = out->Close(); !status.ok()) return session.Fail(status);
  const std::string& path = args.csv.empty() ? args.xlsx : args.csv;
  if (session.json()) {
    session.Print(absl::StrCat("{\"rows\":", out->rows(), "}\n"));
  } else {
    session.Tell(absl::StrCat(path, session.Say("：", ": "), out->rows(),
                              session.Say(" 行", " rows"), "\n"));
  }
  return kExitOk;
}

void DeclareFile(CLI::App* command, ExportArgs* args) {
  command->add_option("--csv", args->csv,
                      "写入 CSV（UTF-8，带标记，表格软件直接打开）/ to this CSV file");
  command->add_option("--xlsx", args->xlsx, "写入 XLSX / to this XLSX file");
}

void DeclareFacilities(CLI::App* command, ExportArgs* args) {
  DeclareFile(command, args);
  command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
  command
      ->add_option(
          "--state", args->states,
          "机构状态，默认正常和停业 / states: ACTIVE, SUSPENDED, CANCELLED, REVOKED_REGISTRATION")
      ->delimiter(',')
      ->allow_extra_args(false);
}

void DeclareRoster(CLI::App* command, ExportArgs* args) {
  DeclareFacilities(command, args);
  command->add_option("--as-of", args->as_of, "某日的名册，默认今天 / as of a day, default today");
  command->add_flag("--former", args->former, "也列已离开的 / also those who have left");
}

void DeclareIndicators(CLI::App* command, ExportArgs* args) {
  DeclareFile(command, args);
  command->add_option("--as-of", args->as_of, "某日的指标，默认今天 / as of a day, default today");
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_flag("--divisions", args->divisions,
                    "全区及各镇街 / the district with its streets and towns");
}

void DeclareRegulatory(CLI::App* command, ExportArgs* args) {
  DeclareFile(command, args);
  command->add_option("--from", args->first,
                      "第一个季度，默认只列最后一个 / first quarter, default the last one");
  command->add_option("--to", args->last,
                      "最后一个季度，默认刚结束的 / last quarter, default the latest that is over");
  command->add_option("--of", args->of, "区划代码，默认全区 / division, default the district");
  command->add_flag("--divisions", args->divisions,
                    "全区及各镇街 / the district with its streets and towns");
}

void DeclareStatistics(CLI::App* command, ExportArgs* args) {
  DeclareFile(command, args);
  command->add_option("--of", args->of, "区划代码，默认全部 / division, default all");
  command->add_flag("--revisions", args->revisions,
                    "也列历次更正和撤回 / also what was corrected or withdrawn");
}

void DeclareVisits(CLI::App* command, ExportArgs* args) {
  DeclareFile(command, args);
  command->add_option("--facility", args->facility,
                      "机构，含前身和承接机构 / with predecessors and successors");
  command->add_option("--under", args->under, "区划代码前缀 / division code prefix");
  command->add_option("--unit", args->unit, "单位代码 / unit");
  command->add_option("--outcome", args->outcome,
                      EnumChoices(*inspection::v1::VisitOutcome_descriptor()));
  command->add_option("--since", args->since, "自 / from this day");
  command->add_option("--until", args->until, "至 / to this day");
  command->add_flag("--open-findings", args->open, "有未整改问题的 / with open findings");
}

void AddExport(CLI::App* group, CommandLine* line, const std::string& name, const Bilingual& title,
               const std::vector<Columns>& groups, Fill fill,
               void (*declare)(CLI::App*, ExportArgs*)) {
  CLI::App* command = AddCommand(group, name, absl::StrCat(title.zh, " / ", title.en));
  Bind<ExportArgs>(line, command, declare,
                   [title, groups, fill](Session& session, const ExportArgs& args) {
                     return Export(session, args, title, groups, fill);
                   });
  Examples(command,
           absl::StrCat("  tuoyu export ", name, " --xlsx ", title.zh, ".xlsx --as reviewer\n",
                        "  tuoyu export ", name, " --csv ", title.zh, ".csv --as reviewer"));
}

}  // namespace

void AddExportCommands(CLI::App* app, CommandLine* line) {
  CLI::App* group =
      AddGroup(app, "export",
               "导出 CSV、XLSX：机构、名册、指标、统计、检查 / tables for spreadsheet programs");
  AddExport(group, line, "facilities", {"机构", "facilities"}, {kFacilityColumns}, ExportFacilities,
            DeclareFacilities);
  AddExport(group, line, "staff", {"从业人员", "staff"},
            {kRosterFacility, kStaffColumns, kPostColumns}, ExportStaff, DeclareRoster);
  AddExport(group, line, "children", {"婴幼儿", "children"},
            {kRosterFacility, kChildColumns, kEnrolmentColumns}, ExportChildren, DeclareRoster);
  AddExport(group, line, "indicators", {"指标", "indicators"}, {kIndicatorColumns},
            ExportIndicators, DeclareIndicators);
  AddExport(group, line, "regulatory", {"监管指标", "regulatory measures"}, {kRegulatoryColumns},
            ExportRegulatory, DeclareRegulatory);
  AddExport(group, line, "statistics", {"统计数据", "statistics"}, {kStatisticColumns},
            ExportStatistics, DeclareStatistics);
  AddExport(group, line, "visits", {"监督检查", "visits"}, {kVisitColumns, kFindingColumns},
            ExportVisits, DeclareVisits);
}

}  // namespace tuoyu::cli
