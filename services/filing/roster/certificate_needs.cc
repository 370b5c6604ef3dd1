#include "services/filing/roster/certificate_needs.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/never.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using v1::Certificate;
using v1::CertificateNeed;
using v1::CertificateRule;
using v1::Post;
using v1::StaffMember;

bool Asks(const CertificateRule& rule, v1::StaffRole role) {
  return rule.all_roles() ||
         std::find(rule.roles().begin(), rule.roles().end(), role) != rule.roles().end();
}

// The lowest degree that will do for all the roles.
v1::Education LeastEducation(const CertificateRule& rule, const std::set<v1::StaffRole>& roles) {
  v1::Education least = v1::EDUCATION_UNSPECIFIED;
  for (const v1::RoleEducation& education : rule.education()) {
    if (roles.count(education.role()) > 0) least = std::max(least, education.least());
  }
  return least;
}

// The certificate of a kind that holds longest, of those issued by the day and not rejected.
const Certificate* Longest(const StaffMember& member, const CertificateRule& rule,
                           v1::Education least, const v1::RuleSet& rules, absl::CivilDay day) {
  const Certificate* longest = nullptr;
  for (const Certificate& certificate : member.certificates()) {
    if (certificate.kind() != rule.kind() || certificate.education() < least ||
        certificate.verify_state() == v1::VERIFY_STATE_REJECTED ||
        DayOr(certificate.issued_on(), kNever) > day) {
      continue;
    }
    if (longest == nullptr || ExpiryOf(certificate, rules) > ExpiryOf(*longest, rules)) {
      longest = &certificate;
    }
  }
  return longest;
}

CertificateNeed NeedOf(const Certificate* certificate, const CertificateRule& rule,
                       absl::CivilDay since, const v1::RuleSet& rules, absl::CivilDay day) {
  CertificateNeed need;
  need.set_kind(rule.kind());
  need.set_level(rule.level());
  need.set_source(rule.source());
  if (certificate == nullptr) {
    need.set_state(v1::CERTIFICATE_STATE_MISSING);
    *need.mutable_due_on() = ToProto(since);
    return need;
  }
  need.set_certificate(certificate->number());
  const absl::CivilDay expiry = ExpiryOf(*certificate, rules);
  need.set_state(v1::CERTIFICATE_STATE_OK);
  if (expiry == absl::CivilDay::max()) return need;
  if (expiry <= day) {
    need.set_state(v1::CERTIFICATE_STATE_EXPIRED);
  } else if (expiry - day <= rules.certificate_due_days()) {
    need.set_state(v1::CERTIFICATE_STATE_DUE_SOON);
  }
  // A certificate that had lapsed before the person came is lacking since the first day on post.
  *need.mutable_due_on() =
      ToProto(need.state() == v1::CERTIFICATE_STATE_EXPIRED ? std::max(expiry, since) : expiry);
  return need;
}

auto UrgencyOf(const CertificateNeed& need) {
  const int rank = IsLacking(need) ? 0 : (need.state() == v1::CERTIFICATE_STATE_DUE_SOON ? 1 : 2);
  return std::make_tuple(rank, DayOr(need.due_on(), kNever), need.kind());
}

}  // namespace

absl::CivilDay FirstDayOf(const Post& post) { return DayOr(post.valid_from(), kNever); }

absl::CivilDay EndDayOf(const Post& post) {
  return post.has_valid_to() ? DayOr(post.valid_to(), kNever) : absl::CivilDay::max();
}

bool IsOnPost(const Post& post, absl::CivilDay day) {
  return FirstDayOf(post) <= day && day < EndDayOf(post);
}

bool IsOnPost(const StaffMember& member, absl::CivilDay day) {
  return std::any_of(member.posts().begin(), member.posts().end(),
                     [&](const Post& post) { return IsOnPost(post, day); });
}

absl::CivilDay ExpiryOf(const Certificate& certificate, const v1::RuleSet& rules) {
  absl::CivilDay expiry =
      certificate.has_valid_to() ? DayOr(certificate.valid_to(), kNever) : absl::CivilDay::max();
  const CertificateRule* rule = FindCertificateRule(rules, certificate.kind());
  if (rule != nullptr && rule->validity_months() > 0) {
    const absl::CivilDay issued = DayOr(certificate.issued_on(), kNever);
    expiry = std::min(expiry, AddMonths(issued, rule->validity_months()));
  }
  return expiry;
}

const CertificateRule* FindCertificateRule(const v1::RuleSet& rules, v1::CertificateKind kind) {
  for (const CertificateRule& rule : rules.certificates()) {
    if (rule.kind() == kind) return &rule;
  }
  return nullptr;
}

std::vector<CertificateNeed> NeedsOn(const StaffMember& member, const v1::RuleSet& rules,
                                     absl::CivilDay day) {
  std::vector<CertificateNeed> needs;
  for (const CertificateRule& rule : rules.certificates()) {
    if (!rule.enabled()) continue;
    // The posts that ask for it, and since when.
    std::set<v1::StaffRole> roles;
    absl::CivilDay since = kNever;
    for (const Post& post : member.posts()) {
      if (!IsOnPost(post, day) || !Asks(rule, post.role())) continue;
      roles.insert(post.role());
      since = std::min(since, FirstDayOf(post));
    }
    if (roles.empty()) continue;
    const Certificate* longest = Longest(member, rule, LeastEducation(rule, roles), rules, day);
    needs.push_back(NeedOf(longest, rule, since, rules, day));
  }
  std::sort(needs.begin(), needs.end(), [](const CertificateNeed& a, const CertificateNeed& b) {
    return UrgencyOf(a) < UrgencyOf(b);
  });
  return needs;
}

absl::CivilDay DueOn(const StaffMember& member, const v1::RuleSet& rules, absl::CivilDay today) {
  // Something can come to lack only on these days.
  std::set<absl::CivilDay> days = {today};
  const auto add = [&](absl::CivilDay day) {
    if (day > today && day < kNever) days.insert(day);
  };
  for (const Post& post : member.posts()) {
    add(FirstDayOf(post));
    add(EndDayOf(post));
  }
  for (const Certificate& certificate : member.certificates()) {
    add(DayOr(certificate.issued_on(), kNever));
    add(ExpiryOf(certificate, rules));
  }
  for (const absl::CivilDay day : days) {
    if (IsBarred(member, day) && IsOnPost(member, day)) return DayOr(member.barred_on(), day);
    const std::vector<CertificateNeed> needs = NeedsOn(member, rules, day);
    if (!needs.empty() && IsLacking(needs.front())) return DayOr(needs.front().due_on(), day);
  }
  return kNever;
}

bool IsBarred(const StaffMember& member, absl::CivilDay day) {
  return member.has_barred_on() && DayOr(member.barred_on(), kNever) <= day;
}

bool MayWork(const StaffMember& member, const v1::RuleSet& rules, absl::CivilDay day) {
  if (IsBarred(member, day)) return false;
  const std::vector<CertificateNeed> needs = NeedsOn(member, rules, day);
  return std::none_of(needs.begin(), needs.end(), [&](const CertificateNeed& need) {
    const CertificateRule* rule = FindCertificateRule(rules, need.kind());
    return IsLacking(need) && rule != nullptr && rule->before_work();
  });
}

bool IsVerified(const Certificate& certificate) {
  return certificate.verify_state() == v1::VERIFY_STATE_VERIFIED_SHARED ||
         certificate.verify_state() == v1::VERIFY_STATE_VERIFIED_MANUAL;
}

bool IsLacking(const CertificateNeed& need) {
  return need.state() == v1::CERTIFICATE_STATE_EXPIRED ||
         need.state() == v1::CERTIFICATE_STATE_MISSING;
}

}  // namespace tuoyu::filing
