#include "services/filing/roster/staff_entry.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/filing/names.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/time_band.h"

namespace tuoyu::filing {
namespace {

using google::protobuf::util::MessageDifferencer;
using v1::Certificate;
using v1::Post;
using v1::StaffMember;

bool SameDay(const google::type::Date& a, const google::type::Date& b) {
  return MessageDifferencer::Equals(a, b);
}

template <typename Items>
auto FindNumber(Items* items, int number) {
  return std::find_if(items->begin(), items->end(),
                      [&](const auto& item) { return item.number() == number; });
}

// Whether something changed.
bool EnterPost(const Post& asked, StaffMember* member) {
  auto* posts = member->mutable_posts();
  const auto same = std::find_if(posts->begin(), posts->end(), [&](const Post& post) {
    return post.role() == asked.role() && SameDay(post.valid_from(), asked.valid_from()) &&
           (asked.shift() == v1::TIME_BAND_UNSPECIFIED || post.shift() == asked.shift());
  });
  if (same == posts->end()) {
    Post* post = posts->Add();
    *post = asked;
    member->set_last_post(member->last_post() + 1);
    post->set_number(member->last_post());
    return true;
  }
  Post changed = asked;
  changed.set_number(same->number());
  if (!asked.has_valid_to() && same->has_valid_to()) *changed.mutable_valid_to() = same->valid_to();
  if (asked.class_label().empty()) changed.set_class_label(same->class_label());
  changed.set_shift(same->shift());
  if (MessageDifferencer::Equals(changed, *same)) return false;
  *same = changed;
  return true;
}

void CheckSamePerson(const v1::StaffEntry& report, const std::string& path,
                     const StaffMember& member, Findings& findings) {
  if (member.person_name() == report.person_name()) return;
  findings.Add(
      absl::StrCat(path, "person_name"), "PERSON_NAME_DIFFERS",
      "名册中该身份号码登记的是另一姓名；请核对，姓名有变更的请先更正姓名",
      "the roster has another name for this id number: check it, or correct the name first");
}

}  // namespace

bool EnterCertificate(const Certificate& asked, StaffMember* member) {
  for (const Certificate& known : member->certificates()) {
    if (known.kind() == asked.kind() && known.certificate_number() == asked.certificate_number() &&
        SameDay(known.issued_on(), asked.issued_on())) {
      return false;
    }
  }
  Certificate* certificate = member->add_certificates();
  *certificate = asked;
  member->set_last_certificate(member->last_certificate() + 1);
  certificate->set_number(member->last_certificate());
  certificate->set_verify_state(v1::VERIFY_STATE_UNVERIFIED);
  certificate->clear_verified_on();
  certificate->clear_verify_note();
  certificate->clear_expires_on();
  return true;
}

bool Enter(const v1::StaffEntry& report, const std::string& path, StaffMember* member,
           Findings& findings) {
  bool changed = false;
  if (member->id_number().empty()) {
    member->set_person_name(report.person_name());
    member->set_id_number(report.id_number());
    changed = true;
  } else {
    CheckSamePerson(report, path, *member, findings);
  }
  if (!report.phone().empty() && report.phone() != member->phone()) {
    member->set_phone(report.phone());
    changed = true;
  }
  for (const Post& post : report.posts()) changed = EnterPost(post, member) || changed;
  SortPosts(member);
  CheckOverlap(*member, absl::StrCat(path, "posts"), findings);
  for (const Certificate& certificate : report.certificates()) {
    changed = EnterCertificate(certificate, member) || changed;
  }
  CheckListSize(findings, absl::StrCat(path, "posts"), {"任职", "posts"}, member->posts_size(),
                kMostPosts);
  CheckListSize(findings, absl::StrCat(path, "certificates"), {"证书", "certificates"},
                member->certificates_size(), kMostCertificates);
  return changed;
}

Post* FindPost(StaffMember* member, int number) {
  const auto found = FindNumber(member->mutable_posts(), number);
  return found == member->mutable_posts()->end() ? nullptr : &*found;
}

Certificate* FindCertificate(StaffMember* member, int number) {
  const auto found = FindNumber(member->mutable_certificates(), number);
  return found == member->mutable_certificates()->end() ? nullptr : &*found;
}

void RemovePost(int number, StaffMember* member) {
  member->mutable_posts()->erase(FindNumber(member->mutable_posts(), number));
}

void RemoveCertificate(int number, StaffMember* member) {
  member->mutable_certificates()->erase(FindNumber(member->mutable_certificates(), number));
}

void SortPosts(StaffMember* member) {
  std::stable_sort(member->mutable_posts()->begin(), member->mutable_posts()->end(),
                   [](const Post& a, const Post& b) { return FirstDayOf(a) < FirstDayOf(b); });
}

void CheckOverlap(const StaffMember& member, const std::string& field, Findings& findings) {
  for (int i = 0; i < member.posts_size(); ++i) {
    for (int j = i + 1; j < member.posts_size(); ++j) {
      const Post& earlier = member.posts(i);
      const Post& later = member.posts(j);
      if (earlier.role() != later.role() || FirstDayOf(later) >= EndDayOf(earlier) ||
          !BandsMeet(earlier.shift(), later.shift())) {
        continue;
      }
      const Label role = NameOf(later.role());
      const std::string day = FormatDay(FirstDayOf(later));
      findings.Add(field, "POST_OVERLAP",
                   absl::StrCat("同一人的", role.zh, "任职在 ", day,
                                " 重叠：先登记前一段的最后在岗日，或作废登记错误的一段"),
                   absl::StrCat("two posts as ", role.en, " overlap on ", day,
                                ": end the first one, or void the one entered in error"));
      return;
    }
  }
}

OnPost DaysOnPost(const StaffMember& member) {
  OnPost days{absl::CivilDay::max(), absl::CivilDay::min()};
  for (const Post& post : member.posts()) {
    days.from = std::min(days.from, FirstDayOf(post));
    days.to = std::max(days.to, EndDayOf(post));
  }
  return days;
}

absl::CivilDay SharedUntil(const StaffMember& a, const StaffMember& b) {
  absl::CivilDay until = absl::CivilDay::min();
  for (const Post& left : a.posts()) {
    for (const Post& right : b.posts()) {
      if (!BandsMeet(left.shift(), right.shift())) continue;
      const absl::CivilDay from = std::max(FirstDayOf(left), FirstDayOf(right));
      const absl::CivilDay to = std::min(EndDayOf(left), EndDayOf(right));
      if (from < to) until = std::max(until, to);
    }
  }
  return until;
}

}  // namespace tuoyu::filing
