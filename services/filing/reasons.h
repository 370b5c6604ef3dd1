#ifndef TUOYU_SERVICES_FILING_REASONS_H_
#define TUOYU_SERVICES_FILING_REASONS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tuoyu/common/v1/types.pb.h"

// The reasons of all violations, in one table: how binding each is and where it comes from.
namespace tuoyu::filing {

// Whether a violation blocks.
enum class Effect {
  kImpossible,  // always; also a back entry (补录) of an old paper
  kBlocks,      // a submission; of a back entry it only advises
  kByLevel,     // a submission, at level NATIONAL, TECHNICAL and LOCAL
  kAdvises,     // never
};

// A kind of violation. `level` and `source` are those of the rule set where it has the rule (limits, site, materials).
struct Reason {
  absl::string_view name;
  common::v1::RuleLevel level;
  Effect effect;
  absl::string_view source;
};

inline constexpr absl::string_view kForm = "备案表单格式（本系统）";
inline constexpr absl::string_view kDeclaration = "国卫办人口发〔2019〕25号 第八条";
inline constexpr absl::string_view kRegistrationRoute = "国卫办人口发〔2019〕25号 第四条";
inline constexpr absl::string_view kScopeArticle = "国卫办人口发〔2019〕25号 第五条";
inline constexpr absl::string_view kJurisdiction = "国卫办人口发〔2019〕25号 第七条";
inline constexpr absl::string_view kChangeArticle = "国卫办人口发〔2019〕25号 第十条";
inline constexpr absl::string_view kManagementArticle6 = "国卫人口发〔2019〕58号 管理规范 第六条";
inline constexpr absl::string_view kManagementArticle7 = "国卫人口发〔2019〕58号 管理规范 第七条";
inline constexpr absl::string_view kUnderThree = "国卫人口发〔2019〕58号 管理规范 第二条";
inline constexpr absl::string_view kSiteArticle = "国卫人口发〔2019〕58号 设置标准 第十一条";
inline constexpr absl::string_view kClassArticles =
    "国卫人口发〔2019〕58号 设置标准 第十九条、第二十条";
inline constexpr absl::string_view kStaffStandard = "国卫人口发〔2019〕58号 设置标准 人员规模";
inline constexpr absl::string_view kHomeBasedRules = "《家庭托育点管理办法（试行）》";
inline constexpr absl::string_view kUsccStandard = "GB 32100-2015";
inline constexpr absl::string_view kResidentIdStandard = "GB 11643-1999";
inline constexpr absl::string_view kDivisionStandard = "GB/T 2260、统计用区划代码";
inline constexpr absl::string_view kBuildingCode = "JGJ 39-2016（2019年版）";
inline constexpr absl::string_view kHealthCareRules = "《托儿所幼儿园卫生保健工作规范》";
inline constexpr absl::string_view kHygieneEvaluation =
    "托育机构卫生评价（国家卫生健康委办公厅2022年）";

inline constexpr absl::string_view kPriceLaw = "价格法 第三条";

inline constexpr auto kNational = common::v1::RULE_LEVEL_NATIONAL;
inline constexpr auto kTechnical = common::v1::RULE_LEVEL_TECHNICAL;
inline constexpr auto kRecommended = common::v1::RULE_LEVEL_RECOMMENDED;
inline constexpr auto kLocal = common::v1::RULE_LEVEL_LOCAL;
inline constexpr auto kSystem = common::v1::RULE_LEVEL_SYSTEM;

inline constexpr Reason kReasons[] = {
    // Any field.
    {"FIELD_REQUIRED", kNational, Effect::kBlocks, kDeclaration},
    {"VALUE_UNKNOWN", kSystem, Effect::kImpossible, kForm},
    {"TEXT_TOO_LONG", kSystem, Effect::kImpossible, kForm},
    {"TEXT_TOO_SHORT", kSystem, Effect::kBlocks, kForm},
    {"TEXT_CHARACTER", kSystem, Effect::kImpossible, kForm},
    {"DATE_INVALID", kSystem, Effect::kImpossible, kForm},
    {"DATE_IN_FUTURE", kSystem, Effect::kImpossible, kForm},
    {"DATE_PAST", kSystem, Effect::kBlocks, kForm},
    {"NUMBER_RANGE", kSystem, Effect::kImpossible, kForm},
    {"LIST_TOO_LONG", kSystem, Effect::kImpossible, kForm},
    // Who: name, registration, principal, contact.
    {"FILING_AUTHORITY_OTHER", kNational, Effect::kBlocks, kJurisdiction},
    {"NAME_CHARACTERS", kSystem, Effect::kBlocks, kForm},
    {"NAME_HOME_BASED", kNational, Effect::kByLevel, kHomeBasedRules},
    {"PERSON_NAME_CHARACTERS", kSystem, Effect::kBlocks, kForm},
    {"REGISTRAR_MISMATCH", kNational, Effect::kByLevel, kRegistrationRoute},
    {"PROFIT_NATURE_MISMATCH", kNational, Effect::kByLevel, kRegistrationRoute},
    {"HOME_BASED_LEGAL_FORM", kNational, Effect::kByLevel, kHomeBasedRules},
    {"REG_ROUTE_MISMATCH", kSystem, Effect::kAdvises, kRegistrationRoute},
    {"OWNERSHIP_MISMATCH", kSystem, Effect::kAdvises, kForm},
    {"REGISTERED_TOO_EARLY", kSystem, Effect::kImpossible, kForm},
    {"SIGNED_BEFORE_REGISTRATION", kSystem, Effect::kBlocks, kForm},
    {"SCOPE_WORDS_MISSING", kNational, Effect::kByLevel, kScopeArticle},
    {"SCOPE_HOME_BASED", kNational, Effect::kByLevel, kHomeBasedRules},
    {"PRINCIPAL_UNDER_AGE", kNational, Effect::kBlocks, "民法典 第十七条、第十八条"},
    {"ID_DOCUMENT_FORMAT", kSystem, Effect::kBlocks, kForm},
    {"SEAL_NOT_STATED", kSystem, Effect::kAdvises, kDeclaration},
    {"PARENT_UNUSED", kSystem, Effect::kAdvises, kForm},
    {"EXTERNAL_ID_DOUBLE", kSystem, Effect::kImpossible, kForm},
    {"USCC_FULL_WIDTH", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_LENGTH", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_LOWER_CASE", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_CHARACTER", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_DEPARTMENT", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_DIVISION", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_ORGANISATION_CHECK_DIGIT", kNational, Effect::kImpossible, kUsccStandard},
    {"USCC_CHECK_DIGIT", kNational, Effect::kImpossible, kUsccStandard},
    {"RESIDENT_ID_FULL_WIDTH", kNational, Effect::kBlocks, kResidentIdStandard},
    {"RESIDENT_ID_LENGTH", kNational, Effect::kBlocks, kResidentIdStandard},
    {"RESIDENT_ID_CHARACTER", kNational, Effect::kBlocks, kResidentIdStandard},
    {"RESIDENT_ID_REGION", kNational, Effect::kBlocks, kResidentIdStandard},
    {"RESIDENT_ID_DATE", kNational, Effect::kBlocks, kResidentIdStandard},
    {"RESIDENT_ID_FUTURE_DATE", kNational, Effect::kBlocks, kResidentIdStandard},
    {"RESIDENT_ID_CHECK_DIGIT", kNational, Effect::kBlocks, kResidentIdStandard},
    {"PHONE_FULL_WIDTH", kSystem, Effect::kBlocks, kForm},
    {"PHONE_FORMAT", kSystem, Effect::kBlocks, kForm},
    // Where: division, map point, premises, areas.
    {"DIVISION_CODE_FULL_WIDTH", kNational, Effect::kImpossible, kDivisionStandard},
    {"DIVISION_CODE_FORMAT", kNational, Effect::kImpossible, kDivisionStandard},
    {"DIVISION_UNKNOWN", kNational, Effect::kImpossible, kDivisionStandard},
    {"DIVISION_OTHER_DISTRICT", kNational, Effect::kImpossible, kJurisdiction},
    {"DIVISION_NOT_TOWN", kNational, Effect::kImpossible, kDivisionStandard},
    {"COMMUNITY_FORMAT", kNational, Effect::kBlocks, kDivisionStandard},
    {"COMMUNITY_OTHER_TOWN", kNational, Effect::kBlocks, kDivisionStandard},
    {"COORDINATE_SYSTEM", kSystem, Effect::kBlocks, kForm},
    {"COORDINATE_ZERO", kSystem, Effect::kImpossible, kForm},
    {"COORDINATE_HALF", kSystem, Effect::kImpossible, kForm},
    {"COORDINATE_RANGE", kSystem, Effect::kImpossible, kForm},
    {"COORDINATE_SWAPPED", kSystem, Effect::kImpossible, kForm},
    {"COORDINATE_OUTSIDE_DISTRICT", kNational, Effect::kImpossible, kJurisdiction},
    {"COORDINATE_PRECISION", kSystem, Effect::kAdvises, kForm},
    {"SERVICE_MODE_DOUBLE", kSystem, Effect::kBlocks, kForm},
    {"LEASE_ORDER", kSystem, Effect::kBlocks, kForm},
    {"LEASE_NOT_STARTED", kSystem, Effect::kBlocks, kForm},
    {"LEASE_TOO_SHORT", kNational, Effect::kByLevel, kSiteArticle},
    {"LEASE_EXPIRED", kNational, Effect::kByLevel, kSiteArticle},
    {"LEASE_UNUSED", kSystem, Effect::kAdvises, kForm},
    {"AREA_INDOOR_OVER_GROSS", kSystem, Effect::kBlocks, kForm},
    // Classes and staff.
    {"CAPACITY_SUM", kSystem, Effect::kImpossible, kForm},
    {"CLASS_OVER_LIMIT", kNational, Effect::kByLevel, kClassArticles},
    {"CLASS_NOT_FOR_KINDERGARTEN", kLocal, Effect::kByLevel, "大足府办发〔2024〕16号 任务1"},
    {"CLASS_LABEL_DOUBLE", kSystem, Effect::kAdvises, kForm},
    {"TOO_MANY_CLASSES", kTechnical, Effect::kByLevel, kBuildingCode},
    {"HOME_BASED_OVER_LIMIT", kNational, Effect::kByLevel, kHomeBasedRules},
    {"STAFF_ROLE_DOUBLE", kSystem, Effect::kBlocks, kForm},
    {"STAFF_NOT_STATED", kSystem, Effect::kAdvises, kStaffStandard},
    {"STAFF_PRINCIPAL_COUNT", kNational, Effect::kByLevel, kStaffStandard},
    {"STAFF_CARERS_BELOW_RATIO", kNational, Effect::kByLevel, kClassArticles},
    {"STAFF_HEALTH_MISSING", kNational, Effect::kByLevel, kStaffStandard},
    {"STAFF_HEALTH_FULL_TIME", kNational, Effect::kAdvises, kHealthCareRules},
    {"STAFF_GUARD_MISSING", kSystem, Effect::kAdvises, kStaffStandard},
    {"STAFF_COOKS_BELOW_RATIO", kSystem, Effect::kAdvises, kHealthCareRules},
    // Site facts.
    {"SITE_NOT_STATED", kSystem, Effect::kAdvises, kForm},
    {"SITE_FLOOR_ORDER", kSystem, Effect::kBlocks, kForm},
    {"SITE_BASEMENT", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_FLOOR_TOO_HIGH", kRecommended, Effect::kByLevel, "WS/T 821-2023"},
    {"SITE_WINDOW_RATIO", kRecommended, Effect::kByLevel, kHygieneEvaluation},
    {"SITE_SUNLIGHT", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_RAIL_HEIGHT", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_RAIL_GAP", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_STAIRWELL", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_DOUBLE_DECK_BEDS", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_BEDS_OUTER_WALL", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_NOT_SEPARATE", kTechnical, Effect::kByLevel, kBuildingCode},
    {"SITE_CLASS_AREA", kSystem, Effect::kByLevel, kBuildingCode},
    {"SITE_OBSERVATION_ROOM", kNational, Effect::kByLevel, kHygieneEvaluation},
    {"SITE_OBSERVATION_BED", kNational, Effect::kByLevel, kHygieneEvaluation},
    {"SITE_AIR_QUALITY", kNational, Effect::kByLevel, kHygieneEvaluation},
    {"SITE_OUTDOOR_MISSING", kNational, Effect::kByLevel, "国卫人口发〔2019〕58号 设置标准"},
    {"SITE_SURVEILLANCE_DAYS", kNational, Effect::kByLevel,
     "国卫人口发〔2019〕58号 管理规范 第三十二条"},
    // Materials.
    {"MATERIAL_MISSING", kNational, Effect::kByLevel, kDeclaration},
    {"MATERIAL_EXPIRED", kNational, Effect::kByLevel, kDeclaration},
    {"MATERIAL_NOT_YET_VALID", kNational, Effect::kByLevel, kDeclaration},
    {"MATERIAL_TOO_OLD", kNational, Effect::kByLevel, kDeclaration},
    {"MATERIAL_RESULT", kNational, Effect::kByLevel, kDeclaration},
    {"MATERIAL_REJECTED", kNational, Effect::kBlocks, kDeclaration},
    {"MATERIAL_DATE_ORDER", kSystem, Effect::kBlocks, kForm},
    {"MATERIAL_DOUBLE", kSystem, Effect::kBlocks, kForm},
    {"MATERIAL_SAME_FILE", kSystem, Effect::kAdvises, kForm},
    {"MATERIAL_UNUSED", kSystem, Effect::kAdvises, kForm},
    {"MATERIAL_NUMBER_DIFFERS", kSystem, Effect::kAdvises, kForm},
    {"MATERIAL_SUPPLIER_CONTRACT", kSystem, Effect::kAdvises, "食品安全法 第五十七条"},
    {"MATERIAL_FIRE_DOCUMENT", kSystem, Effect::kAdvises, kDeclaration},
    {"MATERIAL_PERSONS_NOT_STATED", kSystem, Effect::kAdvises, kForm},
    {"MATERIAL_PERSONS_TOO_FEW", kNational, Effect::kByLevel, kDeclaration},
    {"MATERIAL_FILE_NAME", kSystem, Effect::kImpossible, kForm},
    {"MATERIAL_DIGEST_FORMAT", kSystem, Effect::kImpossible, kForm},
    {"MATERIAL_TOO_LARGE", kSystem, Effect::kImpossible, kForm},
    {"TOO_MANY_MATERIALS", kSystem, Effect::kImpossible, kForm},
    // Commitment.
    {"COMMITMENT_TEXT_OUTDATED", kNational, Effect::kBlocks, kDeclaration},
    {"COMMITMENT_POINTS_DIFFER", kNational, Effect::kBlocks, kDeclaration},
    // Change and cancellation.
    {"FACILITY_NOT_IN_FORCE", kNational, Effect::kBlocks, kChangeArticle},
    {"FACILITY_CLOSED", kNational, Effect::kBlocks, kChangeArticle},
    {"NOTHING_CHANGED", kSystem, Effect::kBlocks, kManagementArticle6},
    {"MOVED_OUT_OF_DISTRICT", kNational, Effect::kBlocks, kJurisdiction},
    {"LEGAL_PERSON_CHANGED", kNational, Effect::kBlocks, kChangeArticle},
    {"EFFECTIVE_DATE_BEFORE_VERSION", kSystem, Effect::kBlocks, kForm},
    {"EFFECTIVE_DATE_TOO_FAR", kSystem, Effect::kBlocks, kForm},
    {"CHANGE_SCHEDULED", kSystem, Effect::kBlocks, kForm},
    {"EFFECTIVE_DATE_UNUSED", kSystem, Effect::kAdvises, kForm},
    {"PLACEMENT_PLAN_REQUIRED", kNational, Effect::kByLevel, kManagementArticle7},
    {"CHILDREN_OVER_CAPACITY", kSystem, Effect::kAdvises, kForm},
    {"LAST_DAY_BEFORE_VERSION", kSystem, Effect::kBlocks, kForm},
    {"LAST_DAY_TOO_FAR", kSystem, Effect::kBlocks, kForm},
    {"LAST_DAY_PAST", kNational, Effect::kAdvises, kChangeArticle},
    // Decisions.
    {"RECTIFY_BY_PAST", kSystem, Effect::kBlocks, kForm},
    // Back entry.
    {"FACILITY_UNIDENTIFIED", kSystem, Effect::kImpossible, kForm},
    {"FILED_BEFORE_REGULATION", kNational, Effect::kAdvises, "国卫办人口发〔2019〕25号"},
    {"FILED_SINCE_SYSTEM_START", kSystem, Effect::kImpossible, kForm},
    {"RECEIPT_NUMBER_FORM", kSystem, Effect::kImpossible, kForm},
    {"RECEIPT_NUMBER_OF_SYSTEM", kSystem, Effect::kImpossible, kForm},
    {"EFFECTIVE_BEFORE_FILING", kSystem, Effect::kAdvises, kForm},
    {"RECOGNITION_ORDER", kSystem, Effect::kImpossible, kForm},
    {"RECOGNITION_OVERLAP", kSystem, Effect::kImpossible, kForm},
    {"RECOGNITION_OVER_CAPACITY", kSystem, Effect::kImpossible, kForm},
    {"RECOGNITION_UNUSED", kSystem, Effect::kImpossible, kForm},
    // The roster of staff.
    {"STAFF_UNDER_AGE", kNational, Effect::kBlocks, "《禁止使用童工规定》第二条"},
    {"PERSON_NAME_DIFFERS", kSystem, Effect::kBlocks, kForm},
    {"POST_ORDER", kSystem, Effect::kBlocks, kForm},
    {"POST_OVERLAP", kSystem, Effect::kBlocks, kForm},
    {"POST_TOO_FAR", kSystem, Effect::kBlocks, kForm},
    {"POST_AFTER_END", kSystem, Effect::kBlocks, kForm},
    {"CLASS_LABEL_UNKNOWN", kSystem, Effect::kAdvises, kForm},
    {"CERTIFICATE_LEVEL", kSystem, Effect::kBlocks, kForm},
    {"CERTIFICATE_ORDER", kSystem, Effect::kBlocks, kForm},
    {"CERTIFICATE_BEFORE_BIRTH", kSystem, Effect::kBlocks, kForm},
    {"CERTIFICATE_LACKING", kNational, Effect::kAdvises, kStaffStandard},
    // The roster of children.
    {"BIRTH_CERTIFICATE_FORMAT", kSystem, Effect::kBlocks, kForm},
    {"BIRTH_DATE_FORMAT", kSystem, Effect::kBlocks, kForm},
    {"BIRTH_DATE_DIFFERS", kSystem, Effect::kBlocks, kForm},
    {"CHILD_OVER_AGE", kNational, Effect::kBlocks, kUnderThree},
    {"ENROLMENT_PAST_THREE", kNational, Effect::kAdvises, kUnderThree},
    {"CHILD_UNDER_AGE", kNational, Effect::kAdvises, kClassArticles},
    {"CHILD_CLASS_AGE", kNational, Effect::kAdvises, kClassArticles},
    {"CONSENT_AFTER_ENROLMENT", kNational, Effect::kAdvises, "个人信息保护法 第三十一条"},
    {"TIME_BAND_MISMATCH", kSystem, Effect::kBlocks, kForm},
    {"ENROLMENT_ORDER", kSystem, Effect::kBlocks, kForm},
    {"ENROLMENT_OVERLAP", kSystem, Effect::kBlocks, kForm},
    {"ENROLMENT_TOO_FAR", kSystem, Effect::kBlocks, kForm},
    {"ENROLMENT_AFTER_END", kSystem, Effect::kBlocks, kForm},
    {"CHILD_NOT_ON_ROSTER", kSystem, Effect::kBlocks, kForm},
    {"ENROLMENTS_NOT_TAKEN", kSystem, Effect::kBlocks, kForm},
    {"HEALTH_RECORD_UNNUMBERED", kSystem, Effect::kBlocks, kForm},
    {"HEALTH_CHECK_ORDER", kSystem, Effect::kBlocks, kForm},
    {"HEALTH_ENTRIES_UNCLEAR", kSystem, Effect::kBlocks, kForm},
    {"RATIO_TOO_FEW_CARERS", kNational, Effect::kByLevel, kClassArticles},
    {"CLASS_OVER_CAPACITY", kNational, Effect::kByLevel, kClassArticles},
    {"CHILDREN_WITHOUT_CLASS", kNational, Effect::kByLevel, kClassArticles},
    {"CLASS_LABEL_MISSING", kNational, Effect::kAdvises, kClassArticles},
    {"CLASS_OVERFULL", kNational, Effect::kAdvises, kClassArticles},
    // Quality.
    {"DEMONSTRATION_ORDER", kSystem, Effect::kBlocks, kForm},
    {"REEVALUATION_ORDER", kSystem, Effect::kBlocks, kForm},
    {"SCHEME_NOT_IN_FORCE", kSystem, Effect::kBlocks, kForm},
    {"SCORE_DIMENSION", kSystem, Effect::kBlocks, kForm},
    {"SCORE_ITEMS", kSystem, Effect::kBlocks, kForm},
    {"BASIC_ITEM_UNKNOWN", kSystem, Effect::kBlocks, kForm},
    {"ASSESSMENT_ORDER", kSystem, Effect::kBlocks, kForm},
    {"RESULT_UNUSED", kSystem, Effect::kBlocks, kForm},
    // Inclusive recognition.
    {"CRITERION_UNMET", kSystem, Effect::kBlocks, kForm},
    {"DECLARATION_MISSING", kSystem, Effect::kBlocks, kForm},
    {"DECLARATION_UNKNOWN", kSystem, Effect::kBlocks, kForm},
    {"APPLICATION_ORDER", kSystem, Effect::kBlocks, kForm},
    {"RENEWAL_PERIOD", kSystem, Effect::kBlocks, kForm},
    {"PRICE_ABOVE_CAP", kSystem, Effect::kBlocks, kForm},
    {"PRICE_CAP_MISSING", kSystem, Effect::kBlocks, kForm},
    // Prices.
    {"PRICE_ITEM_DOUBLE", kSystem, Effect::kBlocks, kForm},
    {"PRICE_UNIT", kSystem, Effect::kBlocks, kForm},
    {"PRICE_DAY", kSystem, Effect::kBlocks, kForm},
    {"PRICE_MISSING", kSystem, Effect::kBlocks, kForm},
    {"PRICE_OUT_OF_RANGE", kNational, Effect::kBlocks, kPriceLaw},
    {"PRICE_NOT_OFFERED", kSystem, Effect::kBlocks, kForm},
    // What other units report: registrations, change requests, lists, guidance.
    {"RECORD_ORDER", kSystem, Effect::kBlocks, kForm},
    {"RECORD_DOUBLE", kSystem, Effect::kImpossible, kForm},
    {"REFERENCE_UNKNOWN", kSystem, Effect::kBlocks, kForm},
    {"PUT_OFF_RANGE", kSystem, Effect::kBlocks, kForm},
    {"FIELD_NOT_OF_KIND", kSystem, Effect::kBlocks, kForm},
    {"PROPOSED_VALUE_FORM", kSystem, Effect::kImpossible, kForm},
};

// All of the table, in its order.
inline absl::Span<const Reason> AllReasons() { return kReasons; }

// The place of `name` in the table; -1 if it is not there.
constexpr int IndexOfReason(absl::string_view name) {
  int index = 0;
  for (const Reason& reason : kReasons) {
    if (reason.name == name) return index;
    ++index;
  }
  return -1;
}

// The row of `name`; null if there is none.
constexpr const Reason* FindReason(absl::string_view name) {
  const int index = IndexOfReason(name);
  return index < 0 ? nullptr : &kReasons[index];
}

// A reason named in the code: a name that is not in the table does not compile.
class ReasonName {
 public:
  consteval ReasonName(const char* name)  // NOLINT(google-explicit-constructor)
      : index_(IndexOfReason(name)) {
    if (index_ < 0) throw "no such reason";
  }
  const Reason& operator*() const { return kReasons[index_]; }

 private:
  int index_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REASONS_H_
