// Facilities that were filed before the system: a row is one first filing, which is back-entered.
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/cli/data_folder.h"
#include "clients/cli/import/choice.h"
#include "clients/cli/import/coordinates.h"
#include "clients/cli/import/kind.h"
#include "clients/cli/import/town.h"
#include "common/base/status.h"
#include "common/data/divisions.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"
#include "tuoyu/filing/v1/filing_service.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ids::IdError;

constexpr char kSourceSystem[] = "import";
constexpr char kDivision[] = "content.division_code";
constexpr char kClasses[] = "content.classes";
constexpr char kLocation[] = "content.location";
constexpr char kPointSystem[] = "content.location.system";

constexpr Column kColumns[] = {
    {"content.name", "机构名称|name|名称|托育机构名称|单位名称", CellRule::kByField, true,
     "向日葵托育园"},
    {"content.uscc", "统一社会信用代码|credit code|信用代码|社会信用代码|uscc", CellRule::kCode,
     true, "91500111MAQQ000327"},
    {"content.facility_type", "机构类型|type|类型|托育机构类型|facility type", CellRule::kByField,
     true, "托育机构"},
    {kDivision, "镇街|town or street|镇街代码|街道|所属镇街|镇街名称|区划代码|division code",
     CellRule::kGiven, true, "棠香街道"},
    {"content.approved_capacity", "收托规模|filed places|托位数|托位|备案托位数|places",
     CellRule::kByField, true, "35"},
    {"filed_on", "备案日期|filed on|首次备案日期|备案时间", CellRule::kByField, true, "2023-06-01"},
    {"evidence", "证明文件|evidence|证明材料|档案号", CellRule::kByField, true,
     "纸质回执 2023-017"},
    {"receipt_number", "备案编号|receipt number|回执编号|备案号", CellRule::kReference, false,
     "大足托备2023017"},
    {"effective_date", "生效日期|effective date"},
    {"content.address", "机构住所|address|地址|机构地址|住所", CellRule::kByField, false,
     "重庆市大足区棠香街道演练路12号"},
    {"content.location.longitude", "经度|longitude|lng|lon", CellRule::kDegrees, false, "105.721"},
    {"content.location.latitude", "纬度|latitude|lat", CellRule::kDegrees, false, "29.703"},
    {kPointSystem, "坐标系|reference system|坐标系统", CellRule::kByField, false, "CGCS2000"},
    {"content.legal_form", "法人类型|legal form|登记类型", CellRule::kByField, false, "营利性"},
    {"content.registered_on", "登记日期|registered on|注册日期|成立日期"},
    {"content.registrar", "登记机关|registrar"},
    {"content.registrar_name", "登记机关名称|registrar's name"},
    {"content.business_scope", "业务/经营范围|business scope|经营范围|业务范围"},
    {"content.principal_name", "负责人姓名|head's name|负责人|机构负责人"},
    {"content.principal_id_type", "负责人身份证件类型|kind of the head's id"},
    {"content.principal_id_number",
     "负责人身份证件号码|head's id number|负责人身份证号|负责人身份证号码", CellRule::kCode},
    {"content.profit_nature", "机构性质|profit nature|营利性质"},
    {"content.ownership", "举办方式|ownership|举办性质"},
    {"content.service_modes", "服务范围|service modes|服务方式|托育方式", CellRule::kByField, false,
     "全日托、半日托"},
    {"content.premises_tenure", "场所性质|tenure|场地性质"},
    {"content.lease_start", "租期起|lease start"},
    {"content.lease_end", "租期止|lease end"},
    {"content.gross_floor_area_m2", "建筑面积|gross floor area|面积建筑"},
    {"content.indoor_usable_area_m2", "室内使用面积|indoor area|室内面积|面积室内"},
    {"content.outdoor_area_m2", "室外活动场地面积|outdoor area|室外面积|面积室外"},
    {kClasses, "班级|classes|编班|班级设置", CellRule::kGiven, false, "托小班15、托大班20"},
    {"content.contact_name", "联系人|contact"},
    {"content.contact_phone", "联系电话|phone|电话|联系方式", CellRule::kCode},
    {"content.meals", "供餐方式|meals"},
    {"content.opening_hours", "营业时间|opening hours|开放时间"},
    {"content.chain_brand", "连锁品牌|chain"},
    {"content.community_code", "所属社区|community|社区代码", CellRule::kCode},
    {"content.parent_organisation_uscc", "举办单位信用代码|parent's credit code", CellRule::kCode},
    {"content.open_to_public", "面向社会|open to the public"},
    {"content.claims_inclusive", "申报普惠|claims inclusive"},
    {"recognitions[0].valid_from", "普惠认定起始日|recognised from|普惠起始日"},
    {"recognitions[0].valid_to", "普惠认定截止日|recognised until|普惠截止日", CellRule::kLastDay},
    {"recognitions[0].decided_on", "普惠认定日期|recognition decided on"},
    {"recognitions[0].document_number", "普惠认定文号|recognition document", CellRule::kReference},
    {"recognitions[0].criteria_version", "普惠认定办法|recognition criteria"},
    {"recognitions[0].places_covered", "普惠托位数|inclusive places|普惠托位"},
    {"source.source_system", "来源系统|source system"},
    {"source.source_id", "来源编号|source id", CellRule::kReference},
};

// "托小班15、托大班20×2": kind and places of a class, and how many such classes there are.
std::optional<IdError> ReadClasses(const std::string& text, pb::FilingContent* content) {
  static const auto& kind_field = *pb::ClassPlan::descriptor()->FindFieldByName("kind");
  const std::string plain = absl::StrReplaceAll(text, {{"、", ","},
                                                       {"，", ","},
                                                       {"；", ","},
                                                       {";", ","},
                                                       {" ", ","},
                                                       {"×", "*"},
                                                       {"x", "*"},
                                                       {"X", "*"},
                                                       {"（", ""},
                                                       {"）", ""},
                                                       {"(", ""},
                                                       {")", ""},
                                                       {"人", ""},
                                                       {"个", ""}});
  const IdError form{
      "CLASSES_FORM", "请写成“托小班15、托大班20×2”：班别、托位数，同样的班乘以班数",
      "write 托小班15、托大班20×2: kind of class and places, times the number of such"};
  for (const absl::string_view each : absl::StrSplit(plain, ',', absl::SkipEmpty())) {
    const size_t digits = each.find_first_of("0123456789");
    if (digits == absl::string_view::npos || digits == 0) return form;
    const auto kind = ReadChoice(kind_field, each.substr(0, digits));
    const std::vector<absl::string_view> numbers = absl::StrSplit(each.substr(digits), '*');
    int places = 0;
    int times = 1;
    if (!kind.ok() || numbers.size() > 2 || !absl::SimpleAtoi(numbers[0], &places) ||
        (numbers.size() == 2 && !absl::SimpleAtoi(numbers[1], &times)) || times < 1 || times > 50) {
      return form;
    }
    for (int i = 0; i < times; ++i) {
      pb::ClassPlan& plan = *content->add_classes();
      plan.set_kind(static_cast<pb::ClassKind>(kind.value()));
      plan.set_capacity(places);
    }
  }
  return std::nullopt;
}

class FacilityImport : public ImportKind {
 public:
  FacilityImport(Session& session, std::string data) : session_(session), data_(std::move(data)) {}

  absl::string_view name() const override { return "facilities"; }
  Bilingual title() const override { return {"机构", "facilities"}; }
  absl::Span<const Column> columns() const override { return kColumns; }
  const google::protobuf::Message& entry() const override {
    return pb::BackEntry::default_instance();
  }

  absl::Status Prepare() override {
    RETURN_IF_ERROR(session_.CallFiling(pb::GetRulesRequest(), &rules_));
    const auto file = LastFile(absl::StrCat(DataFolder(data_), "/divisions"));
    if (!file.ok()) return absl::OkStatus();  // then towns are written by their codes
    ASSIGN_OR_RETURN(divisions_, data::LoadDivisions(*file));
    return absl::OkStatus();
  }

  absl::Status Complete(ImportRow* row, FaultMaker at) override {
    auto& entry = static_cast<pb::BackEntry&>(*row->entry);
    pb::FilingContent& content = *entry.mutable_content();
    entry.set_kind(pb::FILING_KIND_INITIAL);
    if (content.filing_authority().empty()) {
      content.set_filing_authority(rules_.filing_authority());
    }
    if (const auto wrong = SetDivision(row->given[kDivision], &content); wrong.has_value()) {
      row->faults.push_back(at(kDivision, *wrong));
    }
    if (const auto wrong = ReadClasses(row->given[kClasses], &content); wrong.has_value()) {
      row->faults.push_back(at(kClasses, *wrong));
    }
    if (content.has_location() && UnswapPoint(rules_, content.mutable_location())) {
      row->mended.push_back(
          at(kLocation, {"COORDINATE_SWAPPED", "经度和纬度填反了，已对调",
                         "longitude and latitude were exchanged, and are swapped"}));
    }
    const common::v1::Coordinate& point = content.location();
    if ((point.longitude() != 0 || point.latitude() != 0) &&
        point.system() == common::v1::COORDINATE_SYSTEM_UNSPECIFIED) {
      row->faults.push_back(
          at(kPointSystem,
             {"COORDINATE_SYSTEM_MISSING",
              "有经纬度时请填写坐标系：CGCS2000、WGS84（GPS）或 GCJ02（高德、腾讯等地图），"
              "相差约460米；不清楚的，经纬度留空",
              "a point needs its reference system, CGCS2000, WGS84 (GPS) or GCJ02 (Chinese "
              "web maps): they are 460 m apart; if it is not known, leave the point out"}));
    }
    if (entry.source().source_id().empty()) {
      entry.mutable_source()->set_source_id(content.uscc());
      if (entry.source().source_system().empty()) {
        entry.mutable_source()->set_source_system(kSourceSystem);
      }
    } else if (entry.source().source_system().empty()) {
      row->faults.push_back(at(
          "source.source_system",
          {"FIELD_REQUIRED", "填了来源编号就须填来源系统", "required where there is a source id"}));
    }
    return absl::OkStatus();
  }

  std::string KeyOf(const google::protobuf::Message& entry) const override {
    return static_cast<const pb::BackEntry&>(entry).content().uscc();
  }

  std::vector<OwnValue> OwnValues(const google::protobuf::Message& message) const override {
    const auto& entry = static_cast<const pb::BackEntry&>(message);
    std::vector<OwnValue> own;
    if (!entry.receipt_number().empty()) own.push_back({"receipt_number", entry.receipt_number()});
    if (!GoesByCode(entry)) {
      own.push_back({"source.source_id", absl::StrCat(entry.source().source_system(), "|",
                                                      entry.source().source_id())});
    }
    return own;
  }

  // What was entered before and now says something else.
  void Reword(const google::protobuf::Message& message, std::string* field,
              IdError* what) const override {
    if (what->reason == "BACK_ENTRY_CONFLICT" && *field == "receipt_number") {
      what->message_zh = "这个备案编号已经登记在另一份备案上，请核对";
      what->message_en = "this receipt number is that of another filing: check it";
    }
    if (what->reason == "COORDINATE_SYSTEM") *field = "content.location.system";
    if (what->reason != "SOURCE_ID_EXISTS") return;
    if (!GoesByCode(static_cast<const pb::BackEntry&>(message))) {
      what->message_zh = "来源系统的这个编号已经登记；是另一家机构的，请核对来源编号";
      what->message_en =
          "this id of the source system is registered already: check it if it is another facility";
      return;
    }
    *field = "content.uscc";
    what->message_zh = "这家机构已经登记，不能再次导入；内容有变更的，请办理备案变更";
    what->message_en =
        "this facility is registered already and can't be imported again; what has changed is "
        "filed as a change";
  }

  absl::Status Send(absl::Span<const std::string* const> entries, const std::string& request_id,
                    bool check, std::vector<common::v1::Violation>* found) override {
    return SendEntries<pb::BackEnterFilingsRequest, pb::BackEnterFilingsResponse>(
        session_, entries, request_id, check, found);
  }

 private:
  // Whether the file names no source: then a facility is known by its credit code.
  static bool GoesByCode(const pb::BackEntry& entry) {
    return entry.source().source_system() == kSourceSystem &&
           entry.source().source_id() == entry.content().uscc();
  }

  // A code, or the name of a town or street.
  std::optional<IdError> SetDivision(const std::string& text, pb::FilingContent* content) const {
    if (text.empty()) return std::nullopt;  // told as missing
    const auto code = ids::NormaliseDivisionCode(text);
    if (code.ok()) {
      content->set_division_code(code.value());
      return std::nullopt;
    }
    if (!divisions_.has_value()) {
      return IdError{"DIVISION_UNKNOWN", "请填写 9 位镇街代码", "write the code of 9 digits"};
    }
    if (const auto named = TownNamed(*divisions_, text, session_.today()); named.has_value()) {
      content->set_division_code(*named);
      return std::nullopt;
    }
    std::string names;
    for (const data::Division* each :
         divisions_->Children(divisions_->district_code(), session_.today())) {
      absl::StrAppend(&names, names.empty() ? "" : "、", each->name);
    }
    return IdError{"DIVISION_UNKNOWN", absl::StrCat("没有这个镇街，现有：", names),
                   absl::StrCat("no such town or street; there are ", names)};
  }

  Session& session_;
  const std::string data_;
  pb::RuleSet rules_;
  std::optional<data::Divisions> divisions_;
};

}  // namespace

std::unique_ptr<ImportKind> NewFacilityImport(Session& session, const std::string& data) {
  return std::make_unique<FacilityImport>(session, data);
}

}  // namespace tuoyu::cli
