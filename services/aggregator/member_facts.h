#ifndef TUOYU_SERVICES_AGGREGATOR_MEMBER_FACTS_H_
#define TUOYU_SERVICES_AGGREGATOR_MEMBER_FACTS_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// A member of a facility - a person or a child on its rosters, a demonstration label - adds 1 to one
// measure on each day it counts, if the facility is active then.

// Puts the entry of a roster in the place of the periods known. A person counts once on each day
// with at least one post, as a carer when one of the posts is that of a carer; as certified on days
// on which a verified certificate as child carer or infant carer holds. DATA_LOSS when the payload
// can't be read: a post without first day or that ends before it begins, such a certificate
// without day of issue, an end that is no date.
absl::Status Enter(const filing::v1::StaffChange& change, indicator::v1::MemberFacts* facts);

// The same of a demonstration label. Only municipal ones count, from the day they are named until
// their term ends or they are revoked, on each day by the latest re-evaluation up to it.
absl::Status Enter(const filing::v1::DemonstrationChange& change,
                   indicator::v1::MemberFacts* facts);

// The same of a child. It counts once on each day in care: as all day on days with an enrolment for
// the full day, or one for the morning and one for the afternoon; as managed on days in one of the
// payload's periods in which its health record is. DATA_LOSS when an enrolment or such a period has
// no first day, ends before it begins or on what is no date.
absl::Status Enter(const filing::v1::ChildChange& change, indicator::v1::MemberFacts* facts);

// The spans that follow from the periods and the facility's ACTIVE slices, by first day; neighbours
// that count the same joined. `known_from` is 0.
std::vector<indicator::v1::MemberSpan> DeriveSpans(const indicator::v1::FacilityFacts& facility,
                                                   const indicator::v1::MemberFacts& facts);

// See SpanDifference.
struct MemberDifference {
  std::vector<indicator::v1::MemberSpan> ended;
  std::vector<indicator::v1::MemberSpan> begun;
};

// Derives the spans of `facts` anew; those that did not change keep `known_from`, new ones get
// `sequence`.
MemberDifference Rederive(int64_t sequence, const indicator::v1::FacilityFacts& facility,
                          indicator::v1::MemberFacts* facts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEMBER_FACTS_H_
