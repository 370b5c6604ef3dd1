#include "services/aggregator/made_up_members.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "services/aggregator/made_up_registry.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::Certificate;
using filing::v1::Demonstration;
using filing::v1::Post;
using filing::v1::StaffMember;

std::string NameOf(const std::string& facility, const char* collection, int number) {
  return absl::StrFormat("facilities/%s/%s/01900000-0000-7000-9000-%012d", facility, collection,
                         number);
}

// "facilities/{id}" of a name under it.
std::string FacilityIn(const std::string& name) {
  return name.substr(0, name.find('/', name.find('/') + 1));
}

// The first of `members` whose name begins with `prefix`, or one of the next two, or none.
template <typename Message>
Message* Pick(std::map<std::string, Message>* members, const std::string& prefix, int skip) {
  auto found = members->lower_bound(prefix);
  for (; skip > 0 && found != members->end() && std::next(found) != members->end(); --skip) ++found;
  if (found == members->end() || found->first.rfind(prefix, 0) != 0) return nullptr;
  return &found->second;
}

bool IsCertified(const StaffMember& person, absl::CivilDay day) {
  for (const Certificate& certificate : person.certificates()) {
    const bool kind = certificate.kind() == filing::v1::CERTIFICATE_KIND_CHILD_CARER ||
                      certificate.kind() == filing::v1::CERTIFICATE_KIND_INFANT_CARER;
    const bool verified = certificate.verify_state() == filing::v1::VERIFY_STATE_VERIFIED_SHARED ||
                          certificate.verify_state() == filing::v1::VERIFY_STATE_VERIFIED_MANUAL;
    if (kind && verified &&
        Holds(certificate.issued_on(), certificate.has_valid_to(), certificate.valid_to(), day) &&
        Holds(certificate.issued_on(), certificate.has_expires_on(), certificate.expires_on(),
              day)) {
      return true;
    }
  }
  return false;
}

}  // namespace

StaffMember Person(const std::string& facility, int number, filing::v1::StaffRole role,
                   absl::CivilDay from) {
  StaffMember person;
  person.set_name(NameOf(facility, "staff", number));
  Post* post = person.add_posts();
  post->set_number(1);
  post->set_role(role);
  *post->mutable_valid_from() = ToProto(from);
  return person;
}

Certificate& Certify(filing::v1::CertificateKind kind, absl::CivilDay issued,
                     filing::v1::VerifyState state, StaffMember* person) {
  Certificate& certificate = *person->add_certificates();
  certificate.set_number(person->certificates_size());
  certificate.set_kind(kind);
  *certificate.mutable_issued_on() = ToProto(issued);
  certificate.set_verify_state(state);
  return certificate;
}

Demonstration Label(const std::string& facility, int number, filing::v1::DemonstrationLevel level,
                    absl::CivilDay granted) {
  Demonstration label;
  label.set_name(NameOf(facility, "demonstrations", number));
  label.set_level(level);
  *label.mutable_granted_on() = ToProto(granted);
  return label;
}

void Reevaluate(absl::CivilDay day, bool passed, Demonstration* label) {
  auto* reevaluation = label->add_reevaluations();
  *reevaluation->mutable_evaluated_on() = ToProto(day);
  reevaluation->set_result(passed ? filing::v1::REEVALUATION_RESULT_PASSED
                                  : filing::v1::REEVALUATION_RESULT_FAILED);
}

bool Holds(const google::type::Date& from, bool has_to, const google::type::Date& to,
           absl::CivilDay day) {
  return *FromProto(from) <= day && (!has_to || day < *FromProto(to));
}

void CountOn(const StaffMember& person, absl::CivilDay day, Amounts* amounts) {
  bool on_post = false;
  bool as_carer = false;
  for (const Post& post : person.posts()) {
    if (!Holds(post.valid_from(), post.has_valid_to(), post.valid_to(), day)) continue;
    on_post = true;
    as_carer = as_carer || post.role() == filing::v1::STAFF_ROLE_CARER;
  }
  if (!on_post) return;
  const bool certified = IsCertified(person, day);
  if (as_carer) {
    (*amounts)[certified ? kCarersCertified : kCarers] += 1;
  } else {
    (*amounts)[certified ? kStaffOtherCertified : kStaffOther] += 1;
  }
}

void CountOn(const Demonstration& label, absl::CivilDay day, Amounts* amounts) {
  if (label.level() != filing::v1::DEMONSTRATION_LEVEL_MUNICIPAL ||
      !Holds(label.granted_on(), label.has_valid_to(), label.valid_to(), day) ||
      !Holds(label.granted_on(), label.has_revoked_on(), label.revoked_on(), day)) {
    return;
  }
  bool passed = false;
  for (const auto& reevaluation : label.reevaluations()) {
    if (*FromProto(reevaluation.evaluated_on()) > day) break;
    passed = reevaluation.result() == filing::v1::REEVALUATION_RESULT_PASSED;
  }
  (*amounts)[passed ? kDemonstrationPassed : kDemonstrationNotPassed] += 1;
}

void MadeUpRegistry::Enter(const StaffMember& member) {
  filing::v1::StaffChange change;
  change.set_facility(FacilityIn(member.name()));
  *change.mutable_member() = member;
  staff_[member.name()] = member;
  Append("staff.updated", member.name(), change);
}

void MadeUpRegistry::Enter(const Demonstration& demonstration) {
  filing::v1::DemonstrationChange change;
  change.set_facility(FacilityIn(demonstration.name()));
  *change.mutable_demonstration() = demonstration;
  demonstrations_[demonstration.name()] = demonstration;
  Append("demonstration.recorded", demonstration.name(), change);
}

void MadeUpRegistry::ChangeMember(const std::string& facility) {
  const int kind = Below(8);
  if (kind < 2) return ChangeDemonstration(facility);
  if (kind < 5) return ChangeChild(facility);
  ChangeStaff(facility);
}

// Someone new, or a post begun, ended or voided, or a certificate recorded, verified or voided.
void MadeUpRegistry::ChangeStaff(const std::string& facility) {
  const auto role = [this] { return static_cast<filing::v1::StaffRole>(1 + Below(3)); };
  const StaffMember* known =
      Pick(&staff_, absl::StrCat("facilities/", facility, "/staff/"), Below(3));
  if (known == nullptr || Below(3) == 0) {
    StaffMember person = Person(facility, next_member_++, role(), RandomDay());
    if (Below(2) == 0) {
      Certify(filing::v1::CERTIFICATE_KIND_INFANT_CARER, RandomDay(),
              filing::v1::VERIFY_STATE_VERIFIED_SHARED, &person);
    }
    return Enter(person);
  }
  StaffMember person = *known;
  auto* posts = person.mutable_posts();
  auto* certificates = person.mutable_certificates();
  const int kind = Below(6);
  if (kind == 0 || posts->empty()) {
    *posts->Add() = Person(facility, 0, role(), RandomDay()).posts(0);
  } else if (kind == 1) {
    Post* post = posts->Mutable(Below(posts->size()));
    *post->mutable_valid_to() = ToProto(*FromProto(post->valid_from()) + Below(900));
  } else if (kind == 2) {
    posts->DeleteSubrange(Below(posts->size()), 1);
  } else if (kind == 3 || certificates->empty()) {
    Certificate& certificate = Certify(static_cast<filing::v1::CertificateKind>(3 + Below(3)),
                                       RandomDay(), filing::v1::VERIFY_STATE_UNVERIFIED, &person);
    auto* end = Below(2) == 0 ? certificate.mutable_valid_to() : certificate.mutable_expires_on();
    *end = ToProto(*FromProto(certificate.issued_on()) + Below(1500));
  } else if (kind == 4) {
    certificates->Mutable(Below(certificates->size()))
        ->set_verify_state(filing::v1::VERIFY_STATE_VERIFIED_MANUAL);
  } else {
    certificates->DeleteSubrange(Below(certificates->size()), 1);
  }
  Enter(person);
}

// A label named, re-evaluated, with an end, or revoked.
void MadeUpRegistry::ChangeDemonstration(const std::string& facility) {
  const Demonstration* known =
      Pick(&demonstrations_, absl::StrCat("facilities/", facility, "/demonstrations/"), 0);
  if (known == nullptr) {
    const auto level = static_cast<filing::v1::DemonstrationLevel>(Below(3) == 0 ? 3 : 2);
    return Enter(Label(facility, next_member_++, level, RandomDay()));
  }
  Demonstration label = *known;
  const absl::CivilDay granted = *FromProto(label.granted_on());
  const int kind = Below(4);
  if (kind < 2) {
    const absl::CivilDay last =
        label.reevaluations().empty()
            ? granted
            : *FromProto(label.reevaluations(label.reevaluations_size() - 1).evaluated_on());
    Reevaluate(last + 1 + Below(400), Below(2) == 0, &label);
  } else {
    *(kind == 2 ? label.mutable_valid_to() : label.mutable_revoked_on()) =
        ToProto(granted + Below(1500));
  }
  Enter(label);
}

}  // namespace tuoyu::aggregator
