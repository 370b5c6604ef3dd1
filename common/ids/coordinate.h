#ifndef TUOYU_COMMON_IDS_COORDINATE_H_
#define TUOYU_COMMON_IDS_COORDINATE_H_

#include "common/ids/checked.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::ids {

// Degrees east and north.
struct Point {
  double longitude;
  double latitude;
};

// Bounds in degrees, edges included.
struct Box {
  double west;
  double south;
  double east;
  double north;
};

// The shift of Chinese web maps by the public approximation; good for points in mainland China. The
// inverse is found by iteration to below 1e-9 degrees.
Point Wgs84ToGcj02(Point wgs84);
Point Gcj02ToWgs84(Point gcj02);

// Great-circle distance in metres (haversine, mean radius of the Earth).
double DistanceMetres(Point from, Point to);

// The map point in CGCS2000, which agrees with WGS-84 at this scale. `district_gcj02` bounds the
// district in GCJ-02, as its boundary data is published. Reasons: COORDINATE_SYSTEM (not stated),
// COORDINATE_ZERO (0, 0: never filled in), COORDINATE_RANGE (not a place on Earth),
// COORDINATE_SWAPPED (longitude and latitude exchanged), COORDINATE_OUTSIDE_DISTRICT.
Checked<common::v1::Coordinate> NormaliseCoordinate(const common::v1::Coordinate& coordinate,
                                                    const Box& district_gcj02);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_COORDINATE_H_
