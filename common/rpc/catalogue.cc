// The catalogue of reasons (错误原因目录): one row each, grouped by subject. Reasons are stable:
// programs act on them. A new one gets a row here, nothing else. "{key}" takes the metadata's
// value.
#include "absl/container/flat_hash_map.h"
#include "common/rpc/errors.h"

namespace tuoyu::rpc {
namespace {

using Code = absl::StatusCode;

// clang-format off
constexpr CatalogueEntry kCatalogue[] = {
    // Of the system: what a status without a reason of its own becomes, by code.
    {"INTERNAL", Code::kInternal,
     "系统内部错误，请稍后重试；如仍出现，请联系管理员。",
     "Internal error. Try again later; if it stays, tell the administrator."},
    {"DATABASE_UNAVAILABLE", Code::kUnavailable,
     "服务暂不可用，请用同一请求编号重试。",
     "The service is not available for the moment. Try again with the same request_id."},
    {"NOT_READY", Code::kUnavailable,
     "服务正在启动，请稍后重试。",
     "The service is starting. Try again in a moment."},
    {"DEADLINE_EXCEEDED", Code::kDeadlineExceeded,
     "处理超时，结果未知；请用同一请求编号重试。",
     "The call took too long and its outcome is not known. Try again with the same request_id."},
    {"OVERLOADED", Code::kResourceExhausted,
     "系统繁忙，请稍后重试。",
     "The service is overloaded. Try again later."},
    {"CANCELLED", Code::kCancelled,
     "请求已取消。",
     "The call was cancelled."},
    {"CONFLICT", Code::kAborted,
     "与同时进行的操作冲突，请重试。",
     "The call lost against another one at the same time. Try again."},
    {"ALREADY_EXISTS", Code::kAlreadyExists,
     "记录已存在。",
     "The record exists already."},
    {"NOT_FOUND", Code::kNotFound,
     "未找到记录。",
     "There is no such record."},
    {"PRECONDITION_FAILED", Code::kFailedPrecondition,
     "当前状态不允许此操作。",
     "The present state does not allow this."},
    {"INVALID_ARGUMENT", Code::kInvalidArgument,
     "请求参数有误。",
     "The request is not valid."},
    {"OUT_OF_RANGE", Code::kOutOfRange,
     "参数超出范围。",
     "A value is out of range."},
    {"DATA_LOSS", Code::kDataLoss,
     "存储的数据校验失败，请联系管理员。",
     "Stored data did not pass its check. Tell the administrator."},
    {"UNIMPLEMENTED", Code::kUnimplemented,
     "不支持此方法。",
     "There is no such method."},
    {"UNKNOWN", Code::kUnknown,
     "未知错误。",
     "Unknown error."},

    // Tokens (身份凭证).
    {"TOKEN_MISSING", Code::kUnauthenticated,
     "请先登录：请求未携带访问令牌。",
     "The call carries no bearer token."},
    {"TOKEN_MALFORMED", Code::kUnauthenticated,
     "访问令牌格式有误。",
     "The bearer token is malformed."},
    {"TOKEN_FORGED", Code::kUnauthenticated,
     "访问令牌签名无效。",
     "The bearer token is not signed by a known key."},
    {"TOKEN_EXPIRED", Code::kUnauthenticated,
     "登录已过期，请重新登录。",
     "The bearer token has expired."},

    // Permission (权限).
    {"PERMISSION_DENIED", Code::kPermissionDenied,
     "没有权限。",
     "Not allowed."},
    {"ROLE_NOT_ALLOWED", Code::kPermissionDenied,
     "您的角色无权调用 {method}。",
     "None of your roles may call {method}."},
    {"OUT_OF_SCOPE", Code::kPermissionDenied,
     "该记录不在您的管辖区域内。",
     "The record lies outside your divisions."},
    {"NOT_YOUR_FACILITY", Code::kPermissionDenied,
     "只能办理本机构的事项。",
     "You may act only for your own facility."},
    {"FOUR_EYES", Code::kPermissionDenied,
     "同一人不得办理前后两个环节（{step}）。",
     "The same person may not do both steps ({step})."},

    // Requests (请求).
    {"REQUEST_ID_MISSING", Code::kInvalidArgument,
     "缺少请求编号 request_id（UUID）。",
     "request_id is missing; a write needs one (UUID)."},
    {"REQUEST_ID_MALFORMED", Code::kInvalidArgument,
     "请求编号 request_id 不是 UUID。",
     "request_id is not a UUID."},
    {"REQUEST_ID_REUSED", Code::kInvalidArgument,
     "该请求编号已用于另一请求，请换用新的编号。",
     "This request_id was used for another request; take a new one."},
    {"SEALED_TEXT", Code::kInvalidArgument,
     "个人信息字段不得提交密文。",
     "A personal field must not hold sealed text."},
    {"UNKNOWN_FIELDS", Code::kInvalidArgument,
     "请求含有本系统不认识的字段，请使用与服务相同版本的客户端。",
     "The request holds fields this service does not know; use a client of the service's version."},
    {"ETAG_MISSING", Code::kInvalidArgument,
     "缺少 etag：请先读取记录再修改。",
     "etag is missing: read the record before you change it."},
    {"ETAG_MISMATCH", Code::kAborted,
     "记录已被他人修改，请重新读取后再改。",
     "The record was changed by someone else; read it again."},
    {"PAGE_TOKEN_INVALID", Code::kInvalidArgument,
     "翻页标记无效或与查询条件不符。",
     "page_token is not valid or belongs to another filter."},
    {"PAGE_SIZE_INVALID", Code::kInvalidArgument,
     "每页条数不能为负。",
     "page_size must not be negative."},
    {"NAME_INVALID", Code::kInvalidArgument,
     "资源名称有误：{field}。",
     "{field} is not a valid resource name."},
    {"FIELD_INVALID", Code::kInvalidArgument,
     "字段 {field} 有误。",
     "{field} is not valid."},
    {"FIELD_MISSING", Code::kInvalidArgument,
     "缺少字段 {field}。",
     "{field} is missing."},
    {"FORM_INVALID", Code::kInvalidArgument,
     "表单有 {violations} 处需要修改。",
     "The form has {violations} things to mend."},
    {"IMPOSSIBLE_DATE", Code::kInvalidArgument,
     "日期不成立：{field}。",
     "{field} is not a possible date."},
    {"UNKNOWN_DIVISION", Code::kInvalidArgument,
     "未知的行政区划代码：{division}。",
     "Unknown division code: {division}."},
    {"TOO_LARGE", Code::kInvalidArgument,
     "内容过大：{field} 最多 {limit} 字节。",
     "{field} is too large: at most {limit} bytes."},

    // State (状态).
    {"WRONG_STATE", Code::kFailedPrecondition,
     "当前状态（{state}）不允许此操作。",
     "The state {state} does not allow this."},
    {"CALENDAR_UNCOVERED", Code::kFailedPrecondition,
     "工作日历未覆盖该期间，无法计算期限：请先录入节假日安排。",
     "The working day calendar does not cover the period; enter the holiday table first."},

    // Filings (备案).
    {"FILING_NOT_FOUND", Code::kNotFound,
     "未找到备案件。",
     "There is no such filing."},
    {"FACILITY_NOT_FOUND", Code::kNotFound,
     "未找到托育机构。",
     "There is no such facility."},
    {"MATERIAL_NOT_FOUND", Code::kNotFound,
     "未找到备案材料。",
     "There is no such material."},
    {"RECEIPT_NOT_FOUND", Code::kNotFound,
     "未找到备案回执。",
     "There is no such receipt."},
    {"UPLOAD_NOT_FOUND", Code::kNotFound,
     "未找到上传任务。",
     "There is no such upload."},
    {"ALREADY_FILED", Code::kAlreadyExists,
     "该机构已备案或有在办备案件。",
     "The facility is filed already, or has a filing under way."},
    {"BACK_ENTRY_CONFLICT", Code::kFailedPrecondition,
     "补录的备案与已有记录冲突：{field}。",
     "The back-entered filing conflicts with an existing record: {field}."},
    {"SOURCE_ID_EXISTS", Code::kAlreadyExists,
     "该来源系统的编号已登记。",
     "A record with this id of the source system exists."},
    {"FILING_OPEN", Code::kFailedPrecondition,
     "该机构已有在办备案件。",
     "The facility has a filing under way."},
    {"RECEIPT_ISSUED", Code::kFailedPrecondition,
     "该备案已出具回执：停止服务的请办理备案注销，其他事项请办理变更备案。",
     "The filing has its receipt: file a cancellation to stop, or a change."},
    {"TOO_MANY_DRAFTS", Code::kFailedPrecondition,
     "草稿最多 {limit} 件，请先提交或撤回已有的草稿。",
     "An account has at most {limit} drafts: submit or withdraw one first."},
    {"FILING_TOO_LARGE", Code::kFailedPrecondition,
     "一件备案的材料总量超过上限（{limit}），请压缩文件或删去不需要的材料。",
     "The files of a filing together exceed {limit}: make them smaller or take some off."},
    {"RULES_NOT_FOUND", Code::kNotFound,
     "该日（{day}）没有施行的规则集。",
     "No rule set was in force on {day}."},
    {"UPLOAD_OFFSET_MISMATCH", Code::kFailedPrecondition,
     "上传位置不符：应从第 {offset} 字节继续。",
     "The upload goes on at byte {offset}."},
    {"UPLOAD_DIGEST_MISMATCH", Code::kInvalidArgument,
     "文件摘要（SHA-256）不符，请重新上传。",
     "The file's SHA-256 is not the one announced; upload it again."},
    {"CONTENT_TYPE_REFUSED", Code::kInvalidArgument,
     "不接受此文件类型：{type}。",
     "Files of this type are not accepted: {type}."},

    // Registry (备案名录).
    {"CHANGE_SCHEDULED", Code::kFailedPrecondition,
     "已有一项变更将于 {day} 生效，请在该日或之后办理。",
     "A change is decided already and holds from {day}; act on that day or later."},
    {"REGISTER_CHANGED_SINCE", Code::kFailedPrecondition,
     "整改的栏目（{field}）已被另一件备案 {filing} 改变，不能再以本件整改覆盖：请机构在本件中恢复该栏目，改以变更备案提交。",
     "What was mended ({field}) has been altered by another filing, {filing}, since: have the facility put it back here and "
     "file a change instead."},
    {"BEFORE_VERSION_IN_FORCE", Code::kFailedPrecondition,
     "生效日期早于现行版本的起始日（{first_day}）。",
     "The day lies before the first day of the version in force ({first_day})."},
    {"NOT_PUBLIC_YET", Code::kPermissionDenied,
     "{day} 以后的情况要到那一天才公开；今天及以前的可用 as_of 查询。",
     "What holds from {day} on is public only on that day; ask as of today or an earlier day."},
    {"HISTORY_NOT_ALLOWED", Code::kPermissionDenied,
     "只有工作人员可以使用 {field} 查询。",
     "Only officers may ask with {field}."},
    {"SUSPENSION_ORDERED", Code::kPermissionDenied,
     "责令停止托育服务的决定和解除只能由主管部门办理。",
     "An ordered suspension is made and ended by the authority only."},
    {"EXTERNAL_ID_TAKEN", Code::kAlreadyExists,
     "该外部编号已属于另一机构（{source_system}）。",
     "Another facility has this id in {source_system}."},
    {"LINK_CYCLE", Code::kInvalidArgument,
     "前身关系不能成环。",
     "A facility can't continue itself, directly or through others."},
    {"LINK_TAKEN", Code::kFailedPrecondition,
     "该机构的前身或承继关系已登记（{field}）。",
     "The facility is linked to another one already ({field})."},
    {"LINK_NOT_FOUND", Code::kNotFound,
     "该机构没有登记前身。",
     "The facility has no predecessor."},
    {"RECOGNITION_OVERLAP", Code::kFailedPrecondition,
     "认定期间与已有的普惠认定重叠。",
     "The period overlaps another recognition of the facility."},
    {"RECOGNITION_NOT_FOUND", Code::kNotFound,
     "未找到普惠认定。",
     "There is no such recognition."},
    {"RECOGNITION_ENDED", Code::kFailedPrecondition,
     "该普惠认定到 {day} 已不再有效，无需撤销。",
     "The recognition no longer holds on {day}; there is nothing to revoke."},

    // The roster of staff (从业人员名册).
    {"STAFF_NOT_FOUND", Code::kNotFound,
     "名册中没有该人员。",
     "There is no such person on the roster."},
    {"POST_NOT_FOUND", Code::kNotFound,
     "该人员没有序号为 {post} 的任职。",
     "The person has no post with the number {post}."},
    {"CERTIFICATE_NOT_FOUND", Code::kNotFound,
     "该人员没有序号为 {certificate} 的证书。",
     "The person has no certificate with the number {certificate}."},
    {"CERTIFICATE_VERIFIED", Code::kPermissionDenied,
     "已核验的证书只能由主管部门更正。",
     "A certificate that was verified is taken off by the authority only."},
    {"PERSON_BANNED", Code::kFailedPrecondition,
     "该人员已被终身禁止从业（未成年人保护法第六十二条），不得聘用（{field}）；本次登记已留痕。",
     "This person is banned from the trade and must not be hired ({field}); the attempt is on record."},
    {"ALREADY_BANNED", Code::kAlreadyExists,
     "该人员已在禁止从业名单中。",
     "The person is on the list of banned persons already."},
    {"BAN_NOT_FOUND", Code::kNotFound,
     "禁止从业名单中没有该记录。",
     "There is no such entry on the list of banned persons."},

    // Quality (质量).
    {"DEMONSTRATION_NOT_FOUND", Code::kNotFound,
     "未找到示范单位记录。",
     "There is no such demonstration label."},
    {"DEMONSTRATION_OVERLAP", Code::kFailedPrecondition,
     "该机构在此期间已是同级示范单位。",
     "The facility is a demonstration unit of this level in that period already."},

    // Journals (流水).
    {"JOURNAL_DIVERGED", Code::kFailedPrecondition,
     "流水已分叉：第 {sequence} 条与读者所知不同，需重建。",
     "The journal is not the one read so far (entry {sequence}): rebuild."},

    {"JOURNAL_ENTRY_ALTERED", Code::kDataLoss,
     "流水第 {sequence} 条的内容与其摘要不符：存储的数据被改动或损坏，请联系管理员。",
     "The content of journal entry {sequence} does not have its digest: what is stored was altered or damaged. "
     "Tell the administrator."},

    // Statistics and indicators (统计与指标).
    {"STATISTIC_EXISTS", Code::kAlreadyExists,
     "该期统计数已录入；更正须注明原因。",
     "The statistic of this period exists; a correction needs its reason."},
    {"INDICATOR_NOT_FOUND", Code::kNotFound,
     "未找到指标。",
     "There is no such indicator."},
    {"NOT_COMPUTABLE", Code::kFailedPrecondition,
     "无法计算：{missing}。",
     "Not computable: {missing}."},
    {"AS_OF_IN_FUTURE", Code::kInvalidArgument,
     "只能查询今天（{today}）及以前的指标。",
     "Indicators are known up to today ({today}) only."},
    {"POSITION_NOT_REACHED", Code::kFailedPrecondition,
     "流水（{source}）尚未到第 {sequence} 条，目前读到第 {applied} 条。",
     "Entry {sequence} of the journal of {source} is not reached yet; it is read up to {applied}."},
    {"AGGREGATE_REBUILDING", Code::kUnavailable,
     "汇总数据正在重建，请稍后再试。",
     "The aggregates are being rebuilt. Try again later."},
};
// clang-format on

constexpr bool EveryReasonIsThereOnce() {
  for (const CatalogueEntry& entry : kCatalogue) {
    int times = 0;
    for (const CatalogueEntry& other : kCatalogue) times += entry.reason == other.reason;
    if (times != 1) return false;
  }
  return true;
}
static_assert(EveryReasonIsThereOnce());

}  // namespace

absl::Span<const CatalogueEntry> Catalogue() { return kCatalogue; }

const CatalogueEntry* FindReason(absl::string_view reason) {
  static const auto& by_reason = *[] {
    auto* map = new absl::flat_hash_map<absl::string_view, const CatalogueEntry*>;
    for (const CatalogueEntry& entry : kCatalogue) map->emplace(entry.reason, &entry);
    return map;
  }();
  const auto found = by_reason.find(reason);
  return found == by_reason.end() ? nullptr : found->second;
}

}  // namespace tuoyu::rpc
