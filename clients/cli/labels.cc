#include "clients/cli/labels.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tuoyu::cli {
namespace {

// clang-format off
constexpr ValueLabel kValues[] = {
    {"FACILITY_TYPE_ORDINARY", "托育机构", "ordinary facility"},
    {"FACILITY_TYPE_KINDERGARTEN", "幼儿园托班", "kindergarten class"},
    {"FACILITY_TYPE_EMPLOYER", "用人单位办托", "employer"},
    {"FACILITY_TYPE_HOME_BASED", "家庭托育点", "home-based"},
    {"LEGAL_FORM_PUBLIC_INSTITUTION", "事业单位", "public institution"},
    {"LEGAL_FORM_NONPROFIT", "社会服务机构", "non-profit"},
    {"LEGAL_FORM_FOR_PROFIT", "营利性", "for-profit"},
    {"REGISTRAR_ORG_ESTAB", "机构编制部门", "organisation establishment"},
    {"REGISTRAR_CIVIL", "民政部门", "civil affairs"},
    {"REGISTRAR_SAMR", "市场监管部门", "market supervision"},
    {"PROFIT_NATURE_FOR_PROFIT", "营利性", "for-profit"},
    {"PROFIT_NATURE_NONPROFIT", "非营利性", "non-profit"},
    {"OWNERSHIP_PUBLIC", "公办", "public"},
    {"OWNERSHIP_PRIVATE", "民办", "private"},
    {"OWNERSHIP_PUBLIC_BUILT_PRIVATE_RUN", "公建民营", "public-built, private-run"},
    {"OWNERSHIP_PRIVATE_WITH_PUBLIC_AID", "民办公助", "private with public aid"},
    {"SERVICE_MODE_FULL_DAY", "全日托", "full day"},
    {"SERVICE_MODE_HALF_DAY", "半日托", "half day"},
    {"SERVICE_MODE_HOURLY", "计时托", "hourly"},
    {"SERVICE_MODE_TEMPORARY", "临时托", "temporary"},
    {"PREMISES_TENURE_OWNED", "自有", "owned"},
    {"PREMISES_TENURE_LEASED", "租赁", "leased"},
    {"MEALS_NONE", "不供餐", "none"},
    {"MEALS_SELF", "自办食堂", "own canteen"},
    {"MEALS_DELIVERED", "外送餐", "delivered"},
    {"CLASS_KIND_INFANT", "乳儿班", "infants"},
    {"CLASS_KIND_TODDLER", "托小班", "toddlers"},
    {"CLASS_KIND_SENIOR", "托大班", "seniors"},
    {"CLASS_KIND_MIXED", "混合编班", "mixed"},
    {"MATERIAL_KIND_REGISTRATION_CERTIFICATE", "M01 营业执照或登记证书", "M01 registration certificate"},
    {"MATERIAL_KIND_PREMISES_PROOF", "M02 场地证明", "M02 proof of premises"},
    {"MATERIAL_KIND_STAFF_QUALIFICATION", "M03 人员资格证明", "M03 staff qualifications"},
    {"MATERIAL_KIND_STAFF_HEALTH", "M04 人员健康证明", "M04 staff health certificates"},
    {"MATERIAL_KIND_HYGIENE_EVALUATION", "M05 卫生评价报告", "M05 hygiene evaluation"},
    {"MATERIAL_KIND_FIRE_SAFETY", "M06 消防安全合格证明", "M06 fire safety"},
    {"MATERIAL_KIND_FOOD_LICENCE", "M07 食品经营许可证", "M07 food licence"},
    {"MATERIAL_KIND_OTHER", "M08 其他材料", "M08 other"},
    {"MATERIAL_KIND_KINDERGARTEN_LICENCE", "M09 幼儿园办学许可证", "M09 kindergarten licence"},
    {"MATERIAL_KIND_BUILDING_SAFETY", "M10 房屋安全鉴定", "M10 building safety"},
    {"MATERIAL_KIND_FLOOR_PLAN", "M11 平面布局图", "M11 floor plan"},
    {"MATERIAL_KIND_EMPLOYER_AGREEMENT", "M12 职工托位协议或运营合同", "M12 employer agreement"},
    {"MATERIAL_KIND_CRIMINAL_RECORD_CHECK", "M13 无犯罪记录查询结果", "M13 criminal record check"},
    {"IDENTITY_DOCUMENT_RESIDENT_ID", "居民身份证", "resident id"},
    {"IDENTITY_DOCUMENT_PERMANENT_RESIDENCE", "外国人永久居留身份证", "permanent residence card"},
    {"IDENTITY_DOCUMENT_HK_MACAO_TAIWAN_RESIDENCE", "港澳台居民居住证", "residence permit of HK, Macao, Taiwan"},
    {"IDENTITY_DOCUMENT_PASSPORT", "护照", "passport"},
    {"FIRE_DOCUMENT_INSPECTION", "消防安全检查合格证明", "fire inspection certificate"},
    {"FIRE_DOCUMENT_ACCEPTANCE", "消防验收意见书", "fire acceptance opinion"},
    {"FIRE_DOCUMENT_ACCEPTANCE_FILING", "消防验收备案凭证", "fire acceptance filing"},
    {"STAFF_ROLE_PRINCIPAL", "机构负责人", "head"},
    {"STAFF_ROLE_CARER", "保育人员", "carer"},
    {"STAFF_ROLE_HEALTH", "卫生保健人员", "health"},
    {"STAFF_ROLE_GUARD", "保安人员", "guard"},
    {"STAFF_ROLE_COOK", "炊事人员", "cook"},
    {"VERIFY_STATE_UNVERIFIED", "未核验", "not verified"},
    {"VERIFY_STATE_VERIFIED_SHARED", "共享核验", "verified by sharing"},
    {"VERIFY_STATE_VERIFIED_MANUAL", "人工核验", "verified by hand"},
    {"VERIFY_STATE_REJECTED", "不予认可", "rejected"},
    {"FILING_KIND_INITIAL", "首次备案", "first filing"},
    {"FILING_KIND_CHANGE", "变更备案", "change"},
    {"FILING_KIND_CANCELLATION", "备案注销", "cancellation"},
    {"FILING_STATE_DRAFT", "草稿", "draft"},
    {"FILING_STATE_SUBMITTED", "已提交", "submitted"},
    {"FILING_STATE_RETURNED_INCOMPLETE", "退回补正", "returned"},
    {"FILING_STATE_RECEIVED", "已收件", "received"},
    {"FILING_STATE_FILED", "已备案", "filed"},
    {"FILING_STATE_NONCONFORMITY_NOTICED", "不符合告知", "non-conformity"},
    {"FILING_STATE_RECTIFYING", "整改中", "rectifying"},
    {"FILING_STATE_COMPLETED", "办结", "completed"},
    {"FILING_STATE_TERMINATED", "已终止办理", "terminated"},
    {"FILING_STATE_WITHDRAWN", "已撤回", "withdrawn"},
    {"FACILITY_STATE_ACTIVE", "正常", "active"},
    {"FACILITY_STATE_SUSPENDED", "停业", "suspended"},
    {"FACILITY_STATE_CANCELLED", "已注销", "cancelled"},
    {"FACILITY_STATE_REVOKED_REGISTRATION", "登记被撤销", "registration revoked"},
    {"RULE_LEVEL_NATIONAL", "国家规定", "national rule"},
    {"RULE_LEVEL_TECHNICAL", "强制性标准", "technical standard"},
    {"RULE_LEVEL_RECOMMENDED", "推荐性标准", "recommended"},
    {"RULE_LEVEL_LOCAL", "地方规定", "local rule"},
    {"RULE_LEVEL_SYSTEM", "系统要求", "system"},
    {"CERTIFICATE_KIND_HEALTH", "健康合格证", "health certificate"},
    {"CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY", "违法犯罪记录查询", "criminal record query"},
    {"CERTIFICATE_KIND_CHILD_CARER", "保育师", "child carer"},
    {"CERTIFICATE_KIND_INFANT_CARER", "育婴员", "infant carer"},
    {"CERTIFICATE_KIND_CHILD_CARER_OLD", "保育员（旧证）", "child carer (old)"},
    {"CERTIFICATE_KIND_NURSERY_CARER", "托育师", "nursery carer"},
    {"CERTIFICATE_KIND_TEACHER", "教师资格证", "teacher"},
    {"CERTIFICATE_KIND_NURSE", "护士执业证书", "nurse"},
    {"CERTIFICATE_KIND_PHYSICIAN", "医师执业证书", "physician"},
    {"CERTIFICATE_KIND_PRINCIPAL_TRAINING", "机构负责人岗位培训合格证", "head's training"},
    {"CERTIFICATE_KIND_CARE_TRAINING", "保育培训合格证", "care training"},
    {"CERTIFICATE_KIND_MENTAL_HEALTH_TRAINING", "心理健康知识培训合格证", "mental health training"},
    {"CERTIFICATE_KIND_HEALTH_CARE_TRAINING", "卫生保健知识培训合格证", "health care training"},
    {"CERTIFICATE_KIND_GUARD", "保安员证", "guard"},
    {"CERTIFICATE_KIND_EDUCATION", "学历证书", "education"},
    {"CERTIFICATE_STATE_OK", "有效", "valid"},
    {"CERTIFICATE_STATE_DUE_SOON", "即将到期", "due soon"},
    {"CERTIFICATE_STATE_EXPIRED", "已过期", "expired"},
    {"CERTIFICATE_STATE_MISSING", "缺失", "missing"},
    {"EDUCATION_JUNIOR_SECONDARY", "初中及以下", "junior secondary or below"},
    {"EDUCATION_SENIOR_SECONDARY", "高中（中专、职高、技校）", "senior secondary"},
    {"EDUCATION_COLLEGE", "大专", "college"},
    {"EDUCATION_BACHELOR", "本科", "bachelor"},
    {"EDUCATION_POSTGRADUATE", "研究生", "postgraduate"},
    {"TIME_BAND_ALL_DAY", "全天", "all day"},
    {"TIME_BAND_MORNING", "上午", "morning"},
    {"TIME_BAND_AFTERNOON", "下午", "afternoon"},
    {"TIME_BAND_BY_THE_HOUR", "计时、临时", "by the hour"},
    {"CHILD_DOCUMENT_RESIDENT_ID", "公民身份号码", "resident id"},
    {"CHILD_DOCUMENT_BIRTH_CERTIFICATE", "出生医学证明", "birth certificate"},
    {"HEALTH_SECTION_GROWTH", "体格生长监测", "growth"},
    {"HEALTH_SECTION_NUTRITION", "营养与喂养指导", "nutrition and feeding"},
    {"HEALTH_SECTION_DEVELOPMENT", "心理和行为发育评估", "development"},
    {"HEALTH_SECTION_EYES", "眼保健", "eyes"},
    {"HEALTH_SECTION_TEETH", "口腔保健", "teeth"},
    {"HEALTH_SECTION_DISABILITY", "残疾儿童筛查", "disability screening"},
    {"HEALTH_RECORD_STATE_NONE", "未建档", "no record"},
    {"HEALTH_RECORD_STATE_INCOMPLETE", "已建档，内容不全或身份未核实", "incomplete or not verified"},
    {"HEALTH_RECORD_STATE_OVERDUE", "已建档，逾期未检", "check overdue"},
    {"HEALTH_RECORD_STATE_MANAGED", "已建档并管理", "managed"},
    {"BAN_GROUND_SEXUAL_ASSAULT", "性侵害", "sexual assault"},
    {"BAN_GROUND_ABUSE", "虐待", "abuse"},
    {"BAN_GROUND_TRAFFICKING", "拐卖", "trafficking"},
    {"BAN_GROUND_VIOLENCE", "暴力伤害", "violence"},
    {"BAN_GROUND_OTHER", "其他依法禁止从业的情形", "other, by law"},
    {"POST_CONFLICT_KIND_TWO_FACILITIES", "同时在两家机构在岗", "on post at two facilities"},
    {"POST_CONFLICT_KIND_FACILITY_ENDED", "机构已注销或登记被撤销，仍登记在岗", "on post at a facility that has ended"},
    {"DEMONSTRATION_LEVEL_NATIONAL", "全国", "national"},
    {"DEMONSTRATION_LEVEL_MUNICIPAL", "重庆市", "municipal"},
    {"DEMONSTRATION_LEVEL_DISTRICT", "区级", "district"},
    {"REEVALUATION_RESULT_PASSED", "合格", "passed"},
    {"REEVALUATION_RESULT_FAILED", "不合格", "failed"},
    {"PROJECT_STAGE_PLANNED", "规划申报", "planned"},
    {"PROJECT_STAGE_APPROVED", "立项批复", "approved"},
    {"PROJECT_STAGE_UNDER_CONSTRUCTION", "在建", "under construction"},
    {"PROJECT_STAGE_COMPLETED", "建成", "completed"},
    {"PROJECT_STAGE_CLOSED", "关停", "closed"},
    {"ATTAINMENT_ATTAINED", "达标", "attained"},
    {"ATTAINMENT_NOT_ATTAINED", "未达标", "not attained"},
    {"ATTAINMENT_UNDETERMINED", "无法判定", "undetermined"},
    {"ATTAINMENT_NOT_COMPUTABLE", "无法计算", "not computable"},
    {"TARGET_OPERATOR_AT_LEAST", "≥", "≥"},
    {"TARGET_OPERATOR_MORE_THAN", "＞", ">"},
};

// Fields of forms and requests by their last name; by their last two where the name means something else there. The empty
// ones are left out of a path.
constexpr ValueLabel kFields[] = {
    {"content", "", ""},
    {"filing_authority", "备案机关", "filing authority"},
    {"facility_type", "机构类型", "type"},
    {"legal_form", "法人类型", "legal form"},
    {"registered_on", "登记日期", "registered on"},
    {"registration_authority_text", "批准机关", "approving authority"},
    {"name", "机构名称", "name"},
    {"address", "机构住所", "address"},
    {"division_code", "镇街", "town or street"},
    {"location", "坐标", "map point"},
    {"longitude", "经度", "longitude"},
    {"latitude", "纬度", "latitude"},
    {"system", "坐标系", "reference system"},
    {"registrar", "登记机关", "registrar"},
    {"registrar_name", "登记机关名称", "registrar's name"},
    {"uscc", "统一社会信用代码", "credit code"},
    {"business_scope", "业务/经营范围", "business scope"},
    {"principal_name", "负责人姓名", "head's name"},
    {"principal_id_number", "负责人身份证件号码", "head's id number"},
    {"principal_id_type", "负责人身份证件类型", "kind of the head's id"},
    {"profit_nature", "机构性质", "profit nature"},
    {"ownership", "举办方式", "ownership"},
    {"service_modes", "服务范围", "service modes"},
    {"premises_tenure", "场所性质", "tenure"},
    {"lease_start", "租期起", "lease start"},
    {"lease_end", "租期止", "lease end"},
    {"gross_floor_area_m2", "建筑面积", "gross floor area"},
    {"indoor_usable_area_m2", "室内使用面积", "indoor area"},
    {"outdoor_area_m2", "室外活动场地面积", "outdoor area"},
    {"approved_capacity", "收托规模", "filed places"},
    {"classes", "班级", "classes"},
    {"kind", "类别", "kind"},
    {"capacity", "托位数", "places"},
    {"label", "班名", "label"},
    {"contact_name", "联系人", "contact"},
    {"contact_phone", "联系电话", "phone"},
    {"meals", "供餐方式", "meals"},
    {"opening_hours", "营业时间", "opening hours"},
    {"chain_brand", "连锁品牌", "chain"},
    {"community_code", "所属社区", "community"},
    {"parent_organisation_uscc", "举办单位信用代码", "parent's credit code"},
    {"open_to_public", "面向社会", "open to the public"},
    {"claims_inclusive", "申报普惠", "claims inclusive"},
    {"staff", "人员配备", "staff"},
    {"role", "岗位", "role"},
    {"headcount", "人数", "head count"},
    {"site", "场地条件", "site"},
    {"lowest_floor", "最低楼层", "lowest floor"},
    {"highest_floor", "最高楼层", "highest floor"},
    {"window_floor_ratio", "窗地面积比", "window to floor"},
    {"winter_sunlight_hours", "冬至日日照", "winter sunlight"},
    {"rail_height_m", "栏杆高度", "rail height"},
    {"rail_bar_gap_m", "栏杆间距", "rail bar gap"},
    {"stairwell_width_m", "梯井宽度", "stairwell width"},
    {"stairwell_protected", "梯井防护", "stairwell protection"},
    {"double_deck_beds", "双层床", "double-deck beds"},
    {"beds_against_outer_wall", "床靠外墙", "beds at outer wall"},
    {"built_with_kindergarten", "与幼儿园合建", "built with kindergarten"},
    {"separate_zone_and_exit", "独立分区与出口", "separate zone and exit"},
    {"observation_room_area_m2", "保健观察室面积", "observation room"},
    {"observation_beds", "观察床", "observation beds"},
    {"air_quality_passed", "室内空气合格", "air quality"},
    {"shared_outdoor_site", "附近室外场地", "shared outdoor site"},
    {"building_age_years", "房龄", "building age"},
    {"surveillance_days", "监控保存天数", "surveillance days"},
    {"external_ids", "外部编号", "external ids"},
    {"signed_by", "签字人", "signed by"},
    {"signed_on", "签字日期", "signed on"},
    {"seal_ref", "印章", "seal"},
    {"commitment", "承诺书", "commitment"},
    {"text_version", "文本版本", "text version"},
    {"points", "承诺事项", "points"},
    {"cancellation", "注销", "cancellation"},
    {"cancellation.last_day", "终止服务日期", "last day"},
    {"last_day", "最后一日", "last day"},
    {"reason", "原因", "reason"},
    {"placement_plan", "安置方案", "placement plan"},
    {"children_in_care", "在托人数", "children in care"},
    {"effective_date", "生效日期", "effective date"},
    {"materials", "材料", "materials"},
    {"attachments", "材料", "attachments"},
    {"file_name", "文件名", "file name"},
    {"issuer", "出具单位", "issuer"},
    {"document_number", "文号", "document number"},
    {"issued_on", "出具日期", "issued on"},
    {"valid_from", "有效期起", "valid from"},
    {"valid_to", "有效期止", "valid to"},
    {"result", "结论", "result"},
    {"persons_covered", "所含人数", "persons covered"},
    {"fire_document", "消防证明类型", "kind of fire document"},
    {"general", "总体", "general"},
    {"report", "整改报告", "report"},
    {"facility", "机构", "facility"},
    {"facility_name", "机构名称", "name"},
    {"entries", "条目", "entry"},
    {"person_name", "姓名", "name of the person"},
    {"id_number", "公民身份号码", "id number"},
    {"phone", "电话", "phone"},
    {"posts", "任职", "post"},
    {"post", "任职", "post"},
    {"class_label", "所在班级", "class"},
    {"full_time", "专职", "full-time"},
    {"shift", "班次", "shift"},
    {"posts.valid_from", "到岗日期", "first day on post"},
    {"posts.valid_to", "不再在岗首日", "first day no longer on post"},
    {"certificates", "证书", "certificate"},
    {"certificate", "证书", "certificate"},
    {"number", "序号", "number"},
    {"level", "等级", "level"},
    {"certificate_number", "证书编号", "number on the certificate"},
    {"education", "学历", "education"},
    {"certificates.kind", "种类", "kind"},
    {"certificate.kind", "种类", "kind"},
    {"certificates.issued_on", "发证日期", "issued on"},
    {"certificate.issued_on", "发证日期", "issued on"},
    {"certificates.issuer", "发证单位", "issuer"},
    {"certificate.issuer", "发证单位", "issuer"},
    {"expires_on", "失效日期", "first day not valid"},
    {"verify_state", "核验结果", "verification"},
    {"verified_on", "核验日期", "verified on"},
    {"verify_note", "核验说明", "note of the verification"},
    {"note", "说明", "note"},
    {"child_name", "婴幼儿姓名", "name of the child"},
    {"document", "证件类型", "kind of document"},
    {"entries.document_number", "证件号码", "number of the document"},
    {"birth_date", "出生日期", "birth date"},
    {"consent", "监护人同意", "consent"},
    {"given_on", "同意日期", "given on"},
    {"consent.text_version", "告知文本版本", "version of the text"},
    {"guardian_name", "监护人姓名", "name of the guardian"},
    {"guardian_phone", "监护人电话", "phone of the guardian"},
    {"withdrawn_on", "撤回同意日期", "withdrawn on"},
    {"enrolments", "在托登记", "enrolment"},
    {"enrolment", "在托登记", "enrolment"},
    {"service_mode", "服务方式", "service mode"},
    {"time_band", "在托时段", "part of the day"},
    {"enrolments.valid_from", "入托日期", "first day in care"},
    {"enrolments.valid_to", "不再在托首日", "first day no longer in care"},
    {"health_record", "健康档案", "health record"},
    {"record_number", "档案编号", "number of the record"},
    {"opened_on", "建档日期", "opened on"},
    {"identity_verified", "身份核实", "identity confirmed"},
    {"checks", "检查", "check"},
    {"section", "档案内容", "section"},
    {"done_on", "检查日期", "done on"},
    {"next_due_on", "下次检查日期", "next due on"},
    {"deferrals", "暂缓", "deferral"},
    {"deferrals.from", "起", "from"},
    {"deferrals.until", "止（当日不含）", "until (excl.)"},
    {"as_of", "日期", "day"},
    {"ban", "", ""},
    {"ground", "禁止从业事由", "ground"},
    {"decided_on", "决定日期", "decided on"},
    {"demonstration", "示范单位", "demonstration unit"},
    {"demonstration.level", "级别", "level"},
    {"granted_on", "命名日期", "named on"},
    {"revoked_on", "撤销日期", "revoked on"},
    {"reevaluations", "复评", "re-evaluation"},
    {"reevaluation", "复评", "re-evaluation"},
    {"evaluated_on", "日期", "day"},
    {"reevaluations.result", "结果", "result"},
    {"reevaluation.result", "结果", "result"},
};
// clang-format on

using Map = absl::flat_hash_map<absl::string_view, const ValueLabel*>;

template <size_t kSize>
const Map* IndexOf(const ValueLabel (&labels)[kSize]) {
  auto* map = new Map;
  for (const ValueLabel& label : labels) map->emplace(label.value, &label);
  return map;
}

absl::string_view In(const ValueLabel& label, Language language) {
  return language == Language::kChinese ? label.zh : label.en;
}

}  // namespace

absl::Span<const ValueLabel> ValueLabels() { return kValues; }

std::string LabelOf(const google::protobuf::EnumValueDescriptor& value, Language language) {
  static const Map& index = *IndexOf(kValues);
  if (value.number() == 0) return language == Language::kChinese ? "未填" : "not set";
  const auto found = index.find(value.name());
  return found == index.end() ? value.name() : std::string(In(*found->second, language));
}

std::string WithLabels(absl::string_view text, Language language) {
  static const Map& index = *IndexOf(kValues);
  std::string out;
  while (!text.empty()) {
    size_t end = 0;
    while (end < text.size() &&
           (absl::ascii_isupper(static_cast<unsigned char>(text[end])) ||
            absl::ascii_isdigit(static_cast<unsigned char>(text[end])) || text[end] == '_')) {
      ++end;
    }
    const auto found = index.find(text.substr(0, end));
    if (end == 0) end = 1;
    absl::StrAppend(&out,
                    found == index.end() ? text.substr(0, end) : In(*found->second, language));
    text.remove_prefix(end);
  }
  return out;
}

std::string FieldLabel(absl::string_view path, Language language) {
  static const Map& index = *IndexOf(kFields);
  std::string text;
  absl::string_view around;
  for (absl::string_view part : absl::StrSplit(path, '.')) {
    const size_t bracket = part.find('[');
    const absl::string_view name = part.substr(0, bracket);
    auto found = index.find(absl::StrCat(around, ".", name));
    if (found == index.end()) found = index.find(name);
    if (found == index.end()) return std::string(path);
    around = name;
    const absl::string_view label = In(*found->second, language);
    if (label.empty()) continue;
    if (!text.empty()) text += language == Language::kChinese ? "" : ": ";
    absl::StrAppend(&text, label);
    if (bracket == absl::string_view::npos) continue;
    absl::string_view inside = part.substr(bracket + 1);
    inside = inside.substr(0, inside.find(']'));
    int number = 0;
    if (absl::SimpleAtoi(inside, &number)) {
      absl::StrAppend(&text, language == Language::kChinese ? "第" : " no. ", number + 1,
                      language == Language::kChinese ? "项" : "");
    } else {
      absl::StrAppend(&text, " ", inside);
    }
  }
  return text.empty() ? std::string(path) : text;
}

}  // namespace tuoyu::cli
