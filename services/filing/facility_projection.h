#ifndef TUOYU_SERVICES_FILING_FACILITY_PROJECTION_H_
#define TUOYU_SERVICES_FILING_FACILITY_PROJECTION_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "services/filing/facility_timeline.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// A facility as it is on a day, made from its history. Pure functions; personal fields stay sealed.
namespace tuoyu::filing {

// Everything the registry holds of one facility.
struct FacilityRecord {
  std::string id;                                 // UUID
  int64_t revision = 0;                           // counts the changes; 0: not stored yet
  absl::Time recorded_at = absl::InfinitePast();  // journal time of the last change
  Timeline timeline;                              // the slices
  std::map<int, absl::Time> learned;              // journal time of each slice, by number
  std::vector<v1::Recognition> recognitions;      // by first day
  // As stored: etag, and what has no history: links, open notices, change_pending, external ids of the content.
  v1::Facility current;
};

// "facilities/{id}" <-> id. The id of a name that is not of this form is empty.
std::string FacilityName(absl::string_view id);
std::string FacilityId(absl::string_view name);
// "facilities/{id}/recognitions/{id}" <-> ids. False for a name of another form.
std::string RecognitionName(absl::string_view facility_id, absl::string_view id);
bool SplitRecognitionName(absl::string_view name, std::string* facility_id, std::string* id);

// Days of a recognition: [first, end); the end is the term's or the revocation's, whichever is earlier;
// absl::CivilDay::max() when unlimited. One revoked before its first day has end <= first.
absl::CivilDay FirstDayOf(const v1::Recognition& recognition);
absl::CivilDay EndDayOf(const v1::Recognition& recognition);
// Whether two recognitions hold on a common day.
bool Overlap(const v1::Recognition& left, const v1::Recognition& right);
// The one in force on `day`, or null.
const v1::Recognition* RecognitionOn(const std::vector<v1::Recognition>& recognitions,
                                     absl::CivilDay day);

// One slice as a Facility: content, state, version, times, filing. Nothing that has no history.
v1::Facility FacilityOfSlice(const FacilityRecord& record, const v1::FacilityVersion& slice);

// The facility on `day` with the recognition then in force. On `today` also with etag, notices, change_pending and
// external ids, and valid_to unset: what is decided for later is not on the register. Empty before the first day.
absl::optional<v1::Facility> FacilityOn(const FacilityRecord& record, absl::CivilDay day,
                                        absl::CivilDay today);

// Takes off what is decided for days after `today`: it is on the register from its day on, and for those cleared for
// INTERNAL before. The term of a recognition stays: it is part of what holds today.
void HideLater(absl::CivilDay today, v1::Facility* facility);
void HideLater(absl::CivilDay today, v1::Recognition* recognition);

// Leaves what is public on `today`.
void CutToPublic(absl::CivilDay today, v1::Facility* facility);

// First day after `today` on which FacilityOn gives something else by itself.
absl::optional<absl::CivilDay> NextChangeAfter(const FacilityRecord& record, absl::CivilDay today);

// Bit n is set for service mode n, and for an age of n months that a class takes (0 to 47).
uint32_t ServiceModeBits(const v1::FilingContent& content);
uint64_t AgeMonthBits(const v1::FilingContent& content, const v1::RuleSet& rules);
// The map point in CGCS2000, millionths of a degree; false when the content has none, or one of an unknown system.
bool MicroDegrees(const v1::FilingContent& content, int* longitude, int* latitude);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FACILITY_PROJECTION_H_
