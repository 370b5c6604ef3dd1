#ifndef TUOYU_SERVICES_FILING_ROSTER_TIME_BAND_H_
#define TUOYU_SERVICES_FILING_ROSTER_TIME_BAND_H_

#include "tuoyu/filing/v1/staff.pb.h"

namespace tuoyu::filing {

// Whether two parts of the day have time in common. By the hour has none that is known; what is not stated is all day.
inline bool BandsMeet(v1::TimeBand a, v1::TimeBand b) {
  if (a == v1::TIME_BAND_BY_THE_HOUR || b == v1::TIME_BAND_BY_THE_HOUR) return false;
  const auto is_half = [](v1::TimeBand band) {
    return band == v1::TIME_BAND_MORNING || band == v1::TIME_BAND_AFTERNOON;
  };
  return a == b || !is_half(a) || !is_half(b);
}

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_TIME_BAND_H_
