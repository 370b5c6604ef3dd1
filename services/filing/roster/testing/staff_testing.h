#ifndef TUOYU_SERVICES_FILING_ROSTER_TESTING_STAFF_TESTING_H_
#define TUOYU_SERVICES_FILING_ROSTER_TESTING_STAFF_TESTING_H_

#include <string>

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// Made-up staff and children for tests.
namespace tuoyu::filing::testing {

// A post from a day on, or until before `to`.
v1::Post PostFrom(v1::StaffRole role, absl::CivilDay from);
v1::Post PostBetween(v1::StaffRole role, absl::CivilDay from, absl::CivilDay to);

// A certificate of a kind issued on a day, with a level, number and degree where the kind has one.
v1::Certificate CertificateOf(v1::CertificateKind kind, absl::CivilDay issued_on);

// A person born on 1990-01-01 plus `number` days, with a carer's post from `from` on and no certificates.
v1::StaffEntry CarerFrom(const std::string& facility, int number, absl::CivilDay from);
// The same with everything a carer needs, issued on `from`.
v1::StaffEntry WholeCarerFrom(const std::string& facility, int number, absl::CivilDay from);

// An enrolment for the whole day from a day on.
v1::Enrolment EnrolmentFrom(absl::CivilDay from);
// A child born on `birth`, told apart by `number`, with consent and an enrolment from `from` on.
v1::ChildEntry ChildFrom(const std::string& facility, int number, absl::CivilDay birth,
                         absl::CivilDay from);
// A check of each section on a day.
v1::HealthRecord ChecksOn(absl::CivilDay day);
// The same with number and day of the record.
v1::HealthRecord RecordOpenedOn(absl::CivilDay day);

}  // namespace tuoyu::filing::testing

#endif  // TUOYU_SERVICES_FILING_ROSTER_TESTING_STAFF_TESTING_H_
