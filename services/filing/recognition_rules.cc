#include "services/filing/recognition_rules.h"

#include <algorithm>

namespace tuoyu::filing {

std::string BackEntryFault(const FacilityRecord& record, const v1::Recognition& recognition,
                           absl::CivilDay today) {
  const std::vector<v1::FacilityVersion>& slices = record.timeline.slices;
  const absl::CivilDay from = FirstDayOf(recognition);
  if (slices.empty() || from < FirstDayOf(slices.front())) return "valid_from";
  // First day that is the system's to decide on.
  absl::CivilDay decided = absl::CivilDay::max();
  for (const v1::FacilityVersion& slice : slices) {
    if (!slice.back_entered()) decided = std::min(decided, FirstDayOf(slice));
  }
  for (const v1::Recognition& other : record.recognitions) {
    if (!other.back_entered() && other.name() != recognition.name()) {
      decided = std::min(decided, FirstDayOf(other));
    }
  }
  if (decided == absl::CivilDay::max()) return "";
  decided = std::min(decided, today);
  if (from >= decided) return "valid_from";
  return EndDayOf(recognition) > decided ? "valid_to" : "";
}

}  // namespace tuoyu::filing
