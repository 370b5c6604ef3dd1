#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/civil.h"
#include "common/ids/text.h"
#include "services/filing/content_checks.h"
#include "services/filing/filing_rules.h"
#include "services/filing/receipt_rules.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;

constexpr TextBounds kEvidenceBounds{1, 200};
constexpr TextBounds kReceiptNumberBounds{0, 60};
constexpr TextBounds kCriteriaBounds{0, 100};
constexpr TextBounds kDocumentBounds{0, 100};
constexpr TextBounds kRevokeReasonBounds{0, 500, true};
constexpr int kMaxRecognitions = 50;
// 《托育机构登记和备案办法（试行）》 was issued on 2019-12-19; before it no facility was filed by it.
constexpr absl::CivilDay kRegulationDay(2019, 12, 19);
// Fields without which a slice of the registry can't be made; the rest of an old paper may be blank.
struct Days {
  std::optional<absl::CivilDay> filed_on;
  std::optional<absl::CivilDay> holds_from;  // effective_date, or filed_on
};

Days CheckEntryDays(const v1::BackEntry& entry, Findings& findings) {
  Days days;
  days.filed_on = CheckPastDay(findings, "filed_on", {"备案日期", "filed_on"}, entry.filed_on());
  const auto effective = CheckPastDay(findings, "effective_date", {"生效日期", "effective_date"},
                                      entry.effective_date(), false);
  days.holds_from = effective.has_value() ? effective : days.filed_on;
  if (days.filed_on.has_value() && *days.filed_on < kRegulationDay) {
    findings.Add(
        "filed_on", "FILED_BEFORE_REGULATION",
        absl::StrCat("备案日期（", FormatDay(*days.filed_on), "）早于备案办法印发日 ",
                     FormatDay(kRegulationDay), "，请核对"),
        absl::StrCat("filed_on (", FormatDay(*days.filed_on), ") is before the regulation of ",
                     FormatDay(kRegulationDay), ": check"));
  }
  const absl::CivilDay start = *FromProto(findings.rules().system_start_on());
  if (days.filed_on.has_value() && *days.filed_on >= start) {
    findings.Add("filed_on", "FILED_SINCE_SYSTEM_START",
                 absl::StrCat("备案日期（", FormatDay(*days.filed_on), "）不早于系统启用日 ",
                              FormatDay(start), "，应在系统内办理，不能补录"),
                 absl::StrCat("filed_on (", FormatDay(*days.filed_on), ") is not before the day ",
                              FormatDay(start), " on which the system began: file it there"));
  }
  if (effective.has_value() && days.filed_on.has_value() && *effective < *days.filed_on) {
    findings.Add("effective_date", "EFFECTIVE_BEFORE_FILING",
                 absl::StrCat("生效日期（", FormatDay(*effective), "）早于备案日期（",
                              FormatDay(*days.filed_on), "），请核对"),
                 absl::StrCat("effective_date (", FormatDay(*effective), ") is before filed_on (",
                              FormatDay(*days.filed_on), "): check"));
  }
  return days;
}

// The days one recognition holds: [from, to), `to` unset when open.
struct Period {
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;
};

bool Overlap(const Period& left, const Period& right) {
  return (!left.to.has_value() || right.from < *left.to) &&
         (!right.to.has_value() || left.from < *right.to);
}

std::optional<Period> CheckPeriod(const v1::Recognition& recognition, int i, Findings& findings) {
  const auto from = CheckPastDay(findings, {"recognitions", i, "valid_from"},
                                 {"认定起始日", "valid_from"}, recognition.valid_from());
  auto to = CheckDay(findings, {"recognitions", i, "valid_to"}, {"认定终止日", "valid_to"},
                     recognition.valid_to(), false);
  const auto revoked = CheckPastDay(findings, {"recognitions", i, "revoked_on"},
                                    {"撤销日期", "revoked_on"}, recognition.revoked_on(), false);
  CheckPastDay(findings, {"recognitions", i, "decided_on"}, {"认定日期", "decided_on"},
               recognition.decided_on(), false);
  if (!from.has_value()) return std::nullopt;
  if ((to.has_value() && *to <= *from) || (revoked.has_value() && *revoked < *from)) {
    findings.Add(
        {"recognitions", i}, "RECOGNITION_ORDER",
        absl::StrCat("认定终止或撤销应晚于起始日 ", FormatDay(*from)),
        absl::StrCat("a recognition ends or is revoked after it begins, ", FormatDay(*from)));
    return std::nullopt;
  }
  if (revoked.has_value() && (!to.has_value() || *revoked < *to)) to = revoked;
  return Period{*from, to};
}

void CheckRecognitions(const v1::BackEntry& entry, Findings& findings) {
  if (!CheckListSize(findings, "recognitions", {"普惠认定", "recognitions"},
                     entry.recognitions_size(), kMaxRecognitions)) {
    return;
  }
  if (entry.kind() == v1::FILING_KIND_CANCELLATION && entry.recognitions_size() > 0) {
    findings.Add(
        "recognitions", "RECOGNITION_UNUSED", "注销不带普惠认定，请随首次备案或变更补录",
        "a cancellation has no recognitions: enter them with the first filing or a change");
    return;
  }
  std::vector<Period> periods;
  for (int i = 0; i < entry.recognitions_size(); ++i) {
    const v1::Recognition& recognition = entry.recognitions(i);
    CheckText(findings, {"recognitions", i, "criteria_version"},
              {"认定办法版本", "criteria_version"}, recognition.criteria_version(),
              kCriteriaBounds);
    CheckText(findings, {"recognitions", i, "document_number"}, {"认定文号", "document_number"},
              recognition.document_number(), kDocumentBounds);
    CheckText(findings, {"recognitions", i, "revoke_reason"}, {"撤销原因", "revoke_reason"},
              recognition.revoke_reason(), kRevokeReasonBounds);
    const int places = entry.content().approved_capacity();
    if (recognition.places_covered() < 0 || recognition.places_covered() > places) {
      findings.Add({"recognitions", i, "places_covered"}, "RECOGNITION_OVER_CAPACITY",
                   absl::StrCat("普惠托位（", recognition.places_covered(), "）应在0至收托规模（",
                                places, "）之间"),
                   absl::StrCat("places_covered (", recognition.places_covered(),
                                ") lies within 0 and the filed places (", places, ")"));
    }
    const auto period = CheckPeriod(recognition, i, findings);
    if (!period.has_value()) continue;
    if (absl::c_any_of(periods, [&](const Period& other) { return Overlap(*period, other); })) {
      findings.Add({"recognitions", i}, "RECOGNITION_OVERLAP", "认定期间与前面的认定重叠",
                   "the period overlaps an earlier recognition of the entry");
    }
    periods.push_back(*period);
  }
}

// A number that looks like the system's own must be one, and of a year before the system, which gives none of them.
void CheckReceiptNumber(const std::string& number, Findings& findings) {
  CheckText(findings, "receipt_number", {"回执编号", "receipt_number"}, number,
            kReceiptNumberBounds);
  const std::string& prefix = findings.rules().receipt_prefix();
  const std::string& district = findings.context().divisions.district_code();
  const std::string stem = absl::StrCat(prefix, "-", district, "-");
  const absl::string_view trimmed = ids::TrimBlanks(number);
  if (!absl::StartsWithIgnoreCase(trimmed, stem)) return;
  const std::vector<absl::string_view> parts = absl::StrSplit(trimmed.substr(stem.size()), '-');
  int year = 0;
  int64_t serial = 0;
  const bool is_number = parts.size() == 2 && absl::SimpleAtoi(parts[0], &year) &&
                         absl::SimpleAtoi(parts[1], &serial) && serial > 0;
  if (!is_number || number != ReceiptNumber(prefix, district, year, serial)) {
    findings.Add(
        "receipt_number", "RECEIPT_NUMBER_FORM",
        absl::StrCat("回执编号与本系统编号相似而格式不符，应为 ", stem, "年份-五位序号，请核对"),
        absl::StrCat("the number looks like one of the system and is none: ", stem,
                     "year-serial of five digits; check"));
    return;
  }
  const int start = findings.rules().system_start_on().year();
  if (year >= start) {
    findings.Add("receipt_number", "RECEIPT_NUMBER_OF_SYSTEM",
                 absl::StrCat("自", start, "年起的编号由本系统编排，补录不能使用"),
                 absl::StrCat("numbers of ", start, " and later are the system's to give"));
  }
}

void CheckIdentity(const v1::BackEntry& entry, Findings& findings) {
  CheckValue(findings, "kind", {"备案类别", "kind"}, entry.kind(), v1::FilingKind_IsValid);
  CheckReceiptNumber(entry.receipt_number(), findings);
  CheckText(findings, "evidence", {"证明文件", "evidence"}, entry.evidence(), kEvidenceBounds);
  if (entry.has_source()) CheckExternalId(findings, "source", entry.source());
  if (entry.kind() == v1::FILING_KIND_CANCELLATION && entry.facility().empty()) {
    const bool has_code = CheckUscc(findings, "content.uscc", {"统一社会信用代码", "uscc"},
                                    entry.content().uscc(), false);
    if (!has_code && ids::TrimBlanks(entry.content().uscc()).empty() && !entry.has_source()) {
      findings.Add("facility", "FACILITY_UNIDENTIFIED",
                   "请填写机构编号、统一社会信用代码或来源编号，以确定所注销的机构",
                   "say which facility: by name, by its code, or by its source");
    }
  }
}

}  // namespace

std::vector<Violation> CheckBackEntry(const v1::BackEntry& entry, const RuleContext& context,
                                      Remarks remarks) {
  Findings findings(context, Mode::kHistorical, remarks);
  CheckIdentity(entry, findings);
  const Days days = CheckEntryDays(entry, findings);
  CheckRecognitions(entry, findings);
  std::vector<Violation> violations = findings.Take();
  if (entry.kind() != v1::FILING_KIND_CANCELLATION) {
    // The paper is read as of its own day: a lease that has ended since was good then.
    const RuleContext then{context.rules, context.divisions, days.filed_on.value_or(context.today)};
    Findings content(then, Mode::kHistorical, remarks);
    CheckContent(entry.content(), kAllChecks, content);
    absl::c_move(content.Take(), std::back_inserter(violations));
  }
  absl::c_stable_partition(violations,
                           [](const Violation& violation) { return violation.blocking(); });
  return violations;
}

}  // namespace tuoyu::filing
