#ifndef TUOYU_SERVICES_FILING_CONTENT_MERGE_H_
#define TUOYU_SERVICES_FILING_CONTENT_MERGE_H_

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// How a form that came in becomes the form that is stored. Pure functions.
namespace tuoyu::filing {

// Brings identifiers into their normal form (USCC, resident id, phone, division codes) and the map point into CGCS2000,
// so that equal things are equal text. What is not valid stays as it is, for the rules to complain about.
void NormaliseContent(v1::FilingContent* content, const v1::RuleSet& rules, absl::CivilDay today);

// Fields of a data class above INTERNAL that `content` leaves unset keep the value they have in `stored`: a reader who
// could not see them sends them back unset.
void KeepUnseen(const v1::FilingContent& stored, v1::FilingContent* content);

// `base` with every field that `changes` sets in the place of its own; lists are replaced whole.
v1::FilingContent Overlay(const v1::FilingContent& base, const v1::FilingContent& changes);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_CONTENT_MERGE_H_
