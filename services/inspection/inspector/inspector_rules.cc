#include "services/inspection/inspector/inspector_rules.h"

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/form/form.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

constexpr absl::CivilDay kFirstDay(1990, 1, 1);
constexpr absl::CivilDay kLastDay(2199, 12, 31);
constexpr size_t kLongestName = 30;
constexpr size_t kLongestAccount = 120;
constexpr size_t kLongestReason = 200;
constexpr size_t kShortestCertificate = 4;
constexpr size_t kLongestCertificate = 30;

bool IsCertificateNumber(absl::string_view number) {
  return number.size() >= kShortestCertificate && number.size() <= kLongestCertificate &&
         absl::c_all_of(number, [](char c) { return absl::ascii_isalnum(c); });
}

}  // namespace

Violations CheckInspector(const v1::Inspector& inspector, absl::CivilDay today) {
  Form form("inspector.");
  form.CheckText("account", inspector.account(), /*required=*/true, kLongestAccount);
  form.CheckText("person_name", inspector.person_name(), /*required=*/true, kLongestName);
  if (!IsCertificateNumber(inspector.certificate_number())) {
    form.Add("certificate_number", "CERTIFICATE_FORM", "行政执法证号应为4至30位字母和数字",
             "the number of the certificate has 4 to 30 letters and digits");
  }
  const auto from = form.CheckDay("certified_from", inspector.certified_from(), kFirstDay, today);
  const auto until =
      form.CheckDay("certified_until", inspector.certified_until(), kFirstDay, kLastDay);
  if (from && until && *until < *from) {
    form.Add("certified_until", "RECORD_ORDER", "早于发证日期", "before the first day");
  }
  form.CheckText("suspension_reason", inspector.suspension_reason(), inspector.suspended(),
                 kLongestReason);
  if (!inspector.suspended() && !inspector.suspension_reason().empty()) {
    form.Add("suspension_reason", "FIELD_NOT_OF_KIND", "未暂停，请删去原因",
             "not suspended: leave the reason empty");
  }
  return form.Take();
}

Violations CheckRecusal(const v1::Recusal& recusal) {
  Form form("recusal.");
  if (FacilityId(recusal.facility()).empty()) {
    form.Add("facility", "NAME_INVALID", "应为 facilities/编号", "facilities/{id}");
  }
  if (recusal.reason() == v1::RECUSAL_REASON_UNSPECIFIED ||
      !v1::RecusalReason_IsValid(recusal.reason())) {
    form.Add("reason", "FIELD_MISSING", "请选择回避事由", "the reason is missing");
  }
  form.CheckText("note", recusal.note(), /*required=*/false, kLongestReason);
  return form.Take();
}

absl::string_view UnableOn(const v1::Inspector& inspector, absl::CivilDay day) {
  if (inspector.suspended()) return "SUSPENDED";
  const auto from = FromProto(inspector.certified_from());
  if (!from.ok() || day < *from) return "CERTIFICATE_NOT_YET";
  const auto until = FromProto(inspector.certified_until());
  if (!until.ok() || day > *until) return "CERTIFICATE_EXPIRED";
  return "";
}

bool WasAble(const v1::Inspector& inspector, absl::Time time) {
  v1::Inspector then = inspector;
  if (FromProto(inspector.suspended_since()).value_or(absl::InfinitePast()) > time) {
    then.set_suspended(false);
  }
  const bool was_suspended =
      absl::c_any_of(inspector.suspensions(), [&](const v1::Suspension& each) {
        return FromProto(each.since()).value_or(absl::InfinitePast()) <= time &&
               time < FromProto(each.until()).value_or(absl::InfinitePast());
      });
  return !was_suspended && UnableOn(then, DayOf(time)).empty();
}

void EndSuspension(absl::Time now, v1::Inspector* inspector) {
  if (inspector->suspensions_size() >= kMostSuspensions) {
    inspector->mutable_suspensions()->DeleteSubrange(0, 1);
  }
  v1::Suspension& over = *inspector->add_suspensions();
  *over.mutable_since() = inspector->suspended_since();
  *over.mutable_until() = ToProto(now);
  over.set_reason(inspector->suspension_reason());
  inspector->clear_suspended_since();
}

bool IsRecused(const v1::Inspector& inspector, const std::vector<std::string>& line) {
  return absl::c_any_of(
      line, [&](const std::string& facility) { return IsRecused(inspector, facility); });
}

bool IsRecused(const v1::Inspector& inspector, absl::string_view facility) {
  return absl::c_any_of(inspector.recusals(),
                        [&](const v1::Recusal& recusal) { return recusal.facility() == facility; });
}

}  // namespace tuoyu::inspection
