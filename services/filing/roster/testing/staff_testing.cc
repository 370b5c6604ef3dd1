#include "services/filing/roster/testing/staff_testing.h"

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/made_up.h"

namespace tuoyu::filing::testing {

v1::Post PostFrom(v1::StaffRole role, absl::CivilDay from) {
  v1::Post post;
  post.set_role(role);
  post.set_full_time(true);
  *post.mutable_valid_from() = ToProto(from);
  return post;
}

v1::Post PostBetween(v1::StaffRole role, absl::CivilDay from, absl::CivilDay to) {
  v1::Post post = PostFrom(role, from);
  *post.mutable_valid_to() = ToProto(to);
  return post;
}

v1::Certificate CertificateOf(v1::CertificateKind kind, absl::CivilDay issued_on) {
  v1::Certificate certificate;
  certificate.set_kind(kind);
  certificate.set_certificate_number(absl::StrCat("YL-", kind, "-", FormatDay(issued_on)));
  *certificate.mutable_issued_on() = ToProto(issued_on);
  certificate.set_issuer("演练发证机构");
  if (kind == v1::CERTIFICATE_KIND_CHILD_CARER || kind == v1::CERTIFICATE_KIND_INFANT_CARER) {
    certificate.set_level(4);
  }
  if (kind == v1::CERTIFICATE_KIND_EDUCATION) certificate.set_education(v1::EDUCATION_COLLEGE);
  return certificate;
}

v1::StaffEntry CarerFrom(const std::string& facility, int number, absl::CivilDay from) {
  v1::StaffEntry entry;
  entry.set_facility(facility);
  entry.set_person_name("演练人");
  entry.set_id_number(ids::MadeUpResidentId(absl::CivilDay(1990, 1, 1) + number, 0));
  *entry.add_posts() = PostFrom(v1::STAFF_ROLE_CARER, from);
  return entry;
}

v1::StaffEntry WholeCarerFrom(const std::string& facility, int number, absl::CivilDay from) {
  v1::StaffEntry entry = CarerFrom(facility, number, from);
  for (const auto kind :
       {v1::CERTIFICATE_KIND_HEALTH, v1::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY,
        v1::CERTIFICATE_KIND_CARE_TRAINING, v1::CERTIFICATE_KIND_MENTAL_HEALTH_TRAINING}) {
    *entry.add_certificates() = CertificateOf(kind, from);
  }
  return entry;
}

v1::Enrolment EnrolmentFrom(absl::CivilDay from) {
  v1::Enrolment enrolment;
  enrolment.set_service_mode(v1::SERVICE_MODE_FULL_DAY);
  enrolment.set_time_band(v1::TIME_BAND_ALL_DAY);
  *enrolment.mutable_valid_from() = ToProto(from);
  return enrolment;
}

v1::ChildEntry ChildFrom(const std::string& facility, int number, absl::CivilDay birth,
                         absl::CivilDay from) {
  v1::ChildEntry entry;
  entry.set_facility(facility);
  entry.set_child_name("演练娃");
  entry.set_document(v1::CHILD_DOCUMENT_RESIDENT_ID);
  entry.set_document_number(ids::MadeUpResidentId(birth, static_cast<uint32_t>(number)));
  *entry.mutable_consent()->mutable_given_on() = ToProto(from - 5);
  entry.mutable_consent()->set_text_version("2026-1");
  entry.mutable_consent()->set_guardian_name("演练家长");
  *entry.add_enrolments() = EnrolmentFrom(from);
  return entry;
}

v1::HealthRecord ChecksOn(absl::CivilDay day) {
  v1::HealthRecord record;
  for (int section = v1::HEALTH_SECTION_GROWTH; section < v1::HealthSection_ARRAYSIZE; ++section) {
    v1::HealthCheck& check = *record.add_checks();
    check.set_section(static_cast<v1::HealthSection>(section));
    *check.mutable_done_on() = ToProto(day);
  }
  return record;
}

v1::HealthRecord RecordOpenedOn(absl::CivilDay day) {
  v1::HealthRecord record = ChecksOn(day);
  record.set_record_number("YLJK00000001");
  *record.mutable_opened_on() = ToProto(day);
  return record;
}

}  // namespace tuoyu::filing::testing
