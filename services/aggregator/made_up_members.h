#ifndef TUOYU_SERVICES_AGGREGATOR_MADE_UP_MEMBERS_H_
#define TUOYU_SERVICES_AGGREGATOR_MADE_UP_MEMBERS_H_

#include <string>

#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"
#include "services/aggregator/measures.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

namespace tuoyu::aggregator {

// Persons and labels for tests, and what they count, told day by day from the message alone.

// The person `number` of the roster of a facility (its id), on one open post.
filing::v1::StaffMember Person(const std::string& facility, int number, filing::v1::StaffRole role,
                               absl::CivilDay from);
// Adds a certificate.
filing::v1::Certificate& Certify(filing::v1::CertificateKind kind, absl::CivilDay issued,
                                 filing::v1::VerifyState state, filing::v1::StaffMember* person);
// The label `number` of a facility (its id), in force from a day on.
filing::v1::Demonstration Label(const std::string& facility, int number,
                                filing::v1::DemonstrationLevel level, absl::CivilDay granted);
// Adds a re-evaluation.
void Reevaluate(absl::CivilDay day, bool passed, filing::v1::Demonstration* label);

// Whether a period that ends before `to`, if it has an end, holds on the day.
bool Holds(const google::type::Date& from, bool has_to, const google::type::Date& to,
           absl::CivilDay day);
// Adds what a person or a label of an active facility counts on a day.
void CountOn(const filing::v1::StaffMember& person, absl::CivilDay day, Amounts* amounts);
void CountOn(const filing::v1::Demonstration& label, absl::CivilDay day, Amounts* amounts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MADE_UP_MEMBERS_H_
