#ifndef TUOYU_SERVICES_FILING_TESTING_VALID_FILING_H_
#define TUOYU_SERVICES_FILING_TESTING_VALID_FILING_H_

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Forms without fault for tests, with made-up ids (domain description chapter 10).
namespace tuoyu::filing::testing {

// The day the forms below are made for; they pass on later days too, up to a year.
inline constexpr absl::CivilDay kToday(2026, 3, 12);

// An INITIAL filing in DRAFT with form, materials and commitment that passes CheckSubmission without any violation,
// blocking or not.
v1::Filing ValidFiling(v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY);

// Lets the papers of the staff cover however many there are: for tests that change the numbers of staff.
void CoverStaff(v1::Filing* filing);

// The facility such a filing becomes: ACTIVE, version 1, in force since 2025-01-06.
v1::Facility ValidFacility(v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY);

// A CHANGE of that facility: one more senior class of 10 with 2 more carers; of a home-based site, another phone. Passes.
v1::Filing ValidChange(v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY);

// A CANCELLATION of that facility with children placed; passes.
v1::Filing ValidCancellation(v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY);

// A back entry of that facility, filed 2021-05-06; passes without a violation.
v1::BackEntry ValidBackEntry(v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY);

}  // namespace tuoyu::filing::testing

#endif  // TUOYU_SERVICES_FILING_TESTING_VALID_FILING_H_
