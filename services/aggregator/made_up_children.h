#ifndef TUOYU_SERVICES_AGGREGATOR_MADE_UP_CHILDREN_H_
#define TUOYU_SERVICES_AGGREGATOR_MADE_UP_CHILDREN_H_

#include <string>

#include "absl/time/civil_time.h"
#include "services/aggregator/measures.h"
#include "tuoyu/filing/v1/child.pb.h"

namespace tuoyu::aggregator {

// Children for tests, and what they count, told day by day from the message alone.

// The entry of child `number` of the roster of a facility (its id), with one open enrolment for the
// full day.
filing::v1::ChildChange ChildInCare(const std::string& facility, int number, absl::CivilDay from);
// Adds an open enrolment.
filing::v1::Enrolment& Enrol(filing::v1::ServiceMode mode, filing::v1::TimeBand band,
                             absl::CivilDay from, filing::v1::ChildChange* child);
// Makes the only enrolment one for half a day.
void PutInHalfDays(filing::v1::ChildChange* child);
// Adds an open period in which the health record is managed.
filing::v1::ManagedPeriod& Manage(absl::CivilDay from, filing::v1::ChildChange* child);

// Adds what a child of an active facility counts on a day.
void CountOn(const filing::v1::ChildChange& child, absl::CivilDay day, Amounts* amounts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MADE_UP_CHILDREN_H_
