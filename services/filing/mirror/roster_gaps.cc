#include "services/filing/mirror/roster_gaps.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/findings.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/health_record.h"

namespace tuoyu::filing {
namespace {

using v1::Gap;

constexpr absl::string_view kReporting = "国卫人口发〔2019〕58号 管理规范 第十二条";
constexpr absl::string_view kIndicator8 = "任务6、目标表：电子健康档案建设管理率";
constexpr absl::string_view kIndicator9 = "任务7、目标表：持证上岗率";

bool CountsForIndicator9(const v1::Certificate& certificate) {
  return certificate.kind() == v1::CERTIFICATE_KIND_CHILD_CARER ||
         certificate.kind() == v1::CERTIFICATE_KIND_INFANT_CARER;
}

bool IsCarerOn(const v1::StaffMember& member, absl::CivilDay day) {
  return std::any_of(member.posts().begin(), member.posts().end(), [&](const v1::Post& post) {
    return post.role() == v1::STAFF_ROLE_CARER && IsOnPost(post, day);
  });
}

// First day, from `day` on, without a verified certificate that counts for indicator 9.
absl::CivilDay CertifiedUntil(const v1::StaffMember& member, const v1::RuleSet& rules,
                              absl::CivilDay day) {
  for (bool found = true; found;) {
    found = false;
    for (const v1::Certificate& certificate : member.certificates()) {
      const auto issued = FromProto(certificate.issued_on());
      if (!CountsForIndicator9(certificate) || !IsVerified(certificate) || !issued.ok() ||
          *issued > day) {
        continue;
      }
      const absl::CivilDay end = ExpiryOf(certificate, rules);
      if (end == absl::CivilDay::max()) return end;
      if (end > day) {
        day = end;
        found = true;
      }
    }
  }
  return day;
}

void AddCarer(const v1::StaffMember& member, const RuleContext& context, GapList& gaps) {
  if (!IsCarerOn(member, gaps.today())) return;
  const absl::CivilDay until = CertifiedUntil(member, context.rules, gaps.today());
  if (until > gaps.today()) {
    if (!IsCarerOn(member, std::min(until, gaps.until()))) return;
    Gap* gap = gaps.Until(until, v1::GAP_KIND_CARER_NOT_CERTIFIED, member.name(), kSystem,
                          kIndicator9, "保育师、育婴员证书将到期，到期后不再计入持证人数",
                          "the certificate as child or infant carer ends, and counts no longer");
    if (gap == nullptr) return;
    gaps.Change(gap, "staff.carers_certified", -1);
    gaps.Change(gap, "staff.carers_uncertified", 1);
    gap->set_staff_name(member.person_name());
    return;
  }
  const bool waits = std::any_of(
      member.certificates().begin(), member.certificates().end(), [&](const auto& certificate) {
        return CountsForIndicator9(certificate) &&
               certificate.verify_state() == v1::VERIFY_STATE_UNVERIFIED &&
               ExpiryOf(certificate, context.rules) > gaps.today();
      });
  Gap& gap = gaps.Now(
      v1::GAP_KIND_CARER_NOT_CERTIFIED, member.name(), kSystem, kIndicator9,
      waits ? "保育师、育婴员证书尚待卫生健康部门核验，核验前不计入持证人数"
            : "没有有效的保育师、育婴员等级证书，取得后请登记证书",
      waits
          ? "the certificate as child or infant carer waits for an officer, and does not count yet"
          : "no certificate as child or infant carer that holds: enter it once obtained");
  gaps.Change(&gap, "staff.carers_uncertified", -1);
  gaps.Change(&gap, "staff.carers_certified", 1);
  gap.set_staff_name(member.person_name());
}

void AddBarred(const v1::StaffMember& member, GapList& gaps) {
  Gap& gap =
      gaps.Now(v1::GAP_KIND_BARRED, member.name(), kNational, "未成年人保护法 第六十二条",
               "该人员依法终身不得从事密切接触未成年人的工作：须立即停岗、依法解除聘用，并登记离岗",
               "the person is banned for life from work with minors: off duty at once, end "
               "the employment, and enter the last day");
  *gap.mutable_due_on() = member.barred_on();
  gap.set_staff_name(member.person_name());
}

void AddNeeds(const v1::StaffMember& member, const RuleContext& context, GapList& gaps) {
  for (const v1::CertificateNeed& need : NeedsOn(member, context.rules, gaps.today())) {
    const v1::CertificateRule* rule = FindCertificateRule(context.rules, need.kind());
    const auto due = FromProto(need.due_on());
    if (rule == nullptr || !due.ok()) continue;
    Gap* gap = nullptr;
    if (IsLacking(need)) {
      const bool missing = need.state() == v1::CERTIFICATE_STATE_MISSING;
      gap = &gaps.Now(v1::GAP_KIND_CERTIFICATE, member.name(), need.level(), need.source(),
                      absl::StrCat(rule->title_zh(), missing ? "缺失，请登记" : "已过期，请更新"),
                      absl::StrCat("the ", rule->title_en(),
                                   missing ? " is missing: enter it" : " has lapsed: renew it"));
      *gap->mutable_due_on() = need.due_on();
    } else {
      gap = gaps.Until(*due, v1::GAP_KIND_CERTIFICATE, member.name(), need.level(), need.source(),
                       absl::StrCat(rule->title_zh(), "即将到期，请及时更新"),
                       absl::StrCat("the ", rule->title_en(), " lapses soon: renew it"));
    }
    if (gap != nullptr) gap->set_staff_name(member.person_name());
  }
}

// "full_day" or "part_day": how the child counts, read as the aggregator does.
absl::string_view PartOf(const v1::Child& child, absl::CivilDay day) {
  bool full = false;
  bool morning = false;
  bool afternoon = false;
  for (const v1::Enrolment& enrolment : child.enrolments()) {
    if (!IsEnrolled(enrolment, day)) continue;
    full = full || enrolment.service_mode() == v1::SERVICE_MODE_FULL_DAY;
    morning = morning || enrolment.time_band() == v1::TIME_BAND_MORNING;
    afternoon = afternoon || enrolment.time_band() == v1::TIME_BAND_AFTERNOON;
  }
  return full || (morning && afternoon) ? "full_day" : "part_day";
}

// Moves a child from one measure to the other.
void Move(const v1::Child& child, absl::CivilDay day, bool to_managed, const GapList& gaps,
          Gap* gap) {
  const std::string base = absl::StrCat("children.", PartOf(child, day));
  gaps.Change(gap, absl::StrCat(base, "_unmanaged"), to_managed ? -1 : 1);
  gaps.Change(gap, absl::StrCat(base, "_managed"), to_managed ? 1 : -1);
}

struct Wording {
  absl::string_view zh;
  absl::string_view en;
};

Wording WordingOf(v1::HealthRecordState state) {
  switch (state) {
    case v1::HEALTH_RECORD_STATE_INCOMPLETE:
      return {"电子健康档案内容不全或身份未核实，请联系保管机构补齐六项检查、核实身份",
              "the health record lacks a section or is not confirmed: ask the institution that "
              "keeps it"};
    case v1::HEALTH_RECORD_STATE_OVERDUE:
      return {"有到期未做的检查，请安排检查，或登记暂缓原因",
              "a check is overdue: have it made, or record why it is put off"};
    default:
      return {"尚未建立电子健康档案，请联系基层医疗卫生机构建档",
              "there is no health record yet: have it opened"};
  }
}

// The first day from which the record is no longer managed; nothing when that is not known to happen.
std::optional<absl::CivilDay> ManagedUntil(const v1::Child& child, const v1::RuleSet& rules,
                                           absl::CivilDay day) {
  for (const v1::ManagedPeriod& period : ManagedPeriods(child.health_record(), rules)) {
    const auto from = FromProto(period.from());
    const auto to = FromProto(period.to());
    if (from.ok() && *from <= day && to.ok() && *to > day) return *to;
  }
  return std::nullopt;
}

void AddConsent(const v1::Child& child, GapList& gaps) {
  if (!child.consent().has_withdrawn_on()) return;
  Gap& gap = gaps.Now(
      v1::GAP_KIND_CONSENT_WITHDRAWN, child.name(), kNational,
      "个人信息保护法 第十五条、第三十一条",
      "监护人已撤回同意，请与监护人商定：重新取得同意的登记新的同意，离托的登记最后在托日",
      "the guardian withdrew the consent: settle it with the guardian, and enter a new consent or "
      "the last day in care");
  *gap.mutable_due_on() = child.consent().withdrawn_on();
  gap.set_child_name(child.child_name());
}

void AddRecord(const v1::Child& child, const RuleContext& context, GapList& gaps) {
  const v1::HealthRecordState state = StateOn(child.health_record(), context.rules, gaps.today());
  if (state != v1::HEALTH_RECORD_STATE_MANAGED) {
    const Wording words = WordingOf(state);
    Gap& gap = gaps.Now(v1::GAP_KIND_HEALTH_RECORD, child.name(), kSystem, kIndicator8, words.zh,
                        words.en);
    Move(child, gaps.today(), /*to_managed=*/true, gaps, &gap);
    gap.set_child_name(child.child_name());
    return;
  }
  const auto due = NextCheckDue(child.health_record(), gaps.today());
  if (!due || *due > gaps.until()) return;
  const auto lapse = ManagedUntil(child, context.rules, gaps.today());
  Gap* gap = gaps.Until(std::max(*due, gaps.today() + 1), v1::GAP_KIND_HEALTH_RECORD, child.name(),
                        kSystem, kIndicator8,
                        absl::StrCat("健康检查应于 ", FormatDay(*due), " 进行，请安排"),
                        absl::StrCat("a check is due on ", FormatDay(*due), ": have it made"));
  if (gap == nullptr) return;
  *gap->mutable_due_on() = ToProto(*due);
  gap->set_child_name(child.child_name());
  if (!lapse || !IsEnrolled(child, *lapse)) return;
  Move(child, *lapse, /*to_managed=*/false, gaps, gap);
  if (!gap->changes().empty()) *gap->mutable_changes_on() = ToProto(*lapse);
}

// A child with a resident id whose name and birth date one with a birth certificate has, too: perhaps it is the same, which
// got its resident id since. Names that are sealed are never the same.
void AddTwice(const std::vector<v1::Child>& children, GapList& gaps) {
  using Person = std::pair<std::string, std::string>;  // name and birth date
  std::map<Person, const v1::Child*> with_certificate;
  for (const v1::Child& child : children) {
    if (child.document() == v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE &&
        IsEnrolled(child, gaps.today())) {
      with_certificate[{child.child_name(), child.birth_date()}] = &child;
    }
  }
  for (const v1::Child& child : children) {
    const auto other = with_certificate.find({child.child_name(), child.birth_date()});
    if (child.document() != v1::CHILD_DOCUMENT_RESIDENT_ID || other == with_certificate.end() ||
        !IsEnrolled(child, gaps.today())) {
      continue;
    }
    const std::string& name = other->second->name();
    Gap& gap = gaps.Now(
        v1::GAP_KIND_CHILD_TWICE, child.name(), kSystem, kReporting,
        absl::StrCat("与用出生医学证明登记的 ", name,
                     " 姓名、出生日期相同：如是同一名婴幼儿，请作废本条入托记录，再把那一条更换为居"
                     "民身份证号"),
        absl::StrCat("has the name and birth date of ", name,
                     ", entered with a birth certificate: if it is the same child, void the "
                     "enrolment of this entry and change the document of the other"));
    gap.set_child_name(child.child_name());
  }
}

}  // namespace

Gap& GapList::Now(v1::GapKind kind, const std::string& subject, common::v1::RuleLevel level,
                  absl::string_view source, absl::string_view zh, absl::string_view en) {
  Gap& gap = gaps_.emplace_back();
  gap.set_kind(kind);
  gap.set_urgency(v1::GAP_URGENCY_NOW);
  gap.set_subject(subject);
  gap.set_level(level);
  gap.set_source(std::string(source));
  gap.set_message_zh(std::string(zh));
  gap.set_message_en(std::string(en));
  return gap;
}

Gap* GapList::Until(absl::CivilDay end, v1::GapKind kind, const std::string& subject,
                    common::v1::RuleLevel level, absl::string_view source, absl::string_view zh,
                    absl::string_view en) {
  if (end > until_) return nullptr;
  Gap& gap = Now(kind, subject, level, source, zh, en);
  if (end > today_) gap.set_urgency(v1::GAP_URGENCY_SOON);
  *gap.mutable_due_on() = ToProto(end);
  return &gap;
}

void GapList::Change(Gap* gap, absl::string_view measure, int64_t amount) const {
  if (!counts_) return;
  v1::MeasureChange* change = gap->add_changes();
  change->set_measure(std::string(measure));
  change->set_amount(amount);
  if (gap->urgency() == v1::GAP_URGENCY_SOON) *gap->mutable_changes_on() = gap->due_on();
}

void AddStaffGaps(const std::vector<v1::StaffMember>& staff, const RuleContext& context,
                  GapList& gaps) {
  for (const v1::StaffMember& member : staff) {
    if (!IsOnPost(member, gaps.today())) continue;
    if (IsBarred(member, gaps.today())) {
      AddBarred(member, gaps);  // counts nowhere, whatever the certificates
      continue;
    }
    AddNeeds(member, context, gaps);
    AddCarer(member, context, gaps);
  }
}

void AddChildGaps(const std::vector<v1::Child>& children, const RuleContext& context,
                  GapList& gaps) {
  for (const v1::Child& child : children) {
    if (!IsEnrolled(child, gaps.today())) continue;
    AddConsent(child, gaps);
    AddRecord(child, context, gaps);
  }
  AddTwice(children, gaps);
}

}  // namespace tuoyu::filing
