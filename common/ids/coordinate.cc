#include "common/ids/coordinate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tuoyu::ids {
namespace {

using common::v1::Coordinate;
using std::numbers::pi;

// Krasovsky 1940 ellipsoid, as the public approximation of GCJ-02 uses it.
constexpr double kSemiMajorAxis = 6378245.0;
constexpr double kEccentricitySquared = 0.00669342162296594323;
constexpr double kEarthRadiusMetres = 6371008.8;
constexpr double kTolerance = 1e-9;
constexpr int kMaxIterations = 30;
// A point this near to the district after exchanging its numbers was meant to be there.
constexpr double kSwapMargin = 1.0;

double Waves(double x) {
  return (20.0 * std::sin(6.0 * x * pi) + 20.0 * std::sin(2.0 * x * pi)) * 2.0 / 3.0;
}

double LatitudeShift(double x, double y) {
  double shift =
      -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::fabs(x));
  shift += Waves(x);
  shift += (20.0 * std::sin(y * pi) + 40.0 * std::sin(y / 3.0 * pi)) * 2.0 / 3.0;
  shift += (160.0 * std::sin(y / 12.0 * pi) + 320.0 * std::sin(y * pi / 30.0)) * 2.0 / 3.0;
  return shift;
}

double LongitudeShift(double x, double y) {
  double shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::fabs(x));
  shift += Waves(x);
  shift += (20.0 * std::sin(x * pi) + 40.0 * std::sin(x / 3.0 * pi)) * 2.0 / 3.0;
  shift += (150.0 * std::sin(x / 12.0 * pi) + 300.0 * std::sin(x / 30.0 * pi)) * 2.0 / 3.0;
  return shift;
}

double Radians(double degrees) { return degrees * pi / 180.0; }

bool Inside(const Box& box, Point point, double margin) {
  return point.longitude >= box.west - margin && point.longitude <= box.east + margin &&
         point.latitude >= box.south - margin && point.latitude <= box.north + margin;
}

bool OnEarth(Point point) {
  return std::isfinite(point.longitude) && std::isfinite(point.latitude) &&
         std::fabs(point.longitude) <= 180.0 && std::fabs(point.latitude) <= 90.0;
}

}  // namespace

Point Wgs84ToGcj02(Point wgs84) {
  const double x = wgs84.longitude - 105.0;
  const double y = wgs84.latitude - 35.0;
  const double latitude = Radians(wgs84.latitude);
  const double curvature = 1.0 - kEccentricitySquared * std::sin(latitude) * std::sin(latitude);
  const double meridian_radius =
      kSemiMajorAxis * (1.0 - kEccentricitySquared) / (curvature * std::sqrt(curvature));
  const double parallel_radius = kSemiMajorAxis / std::sqrt(curvature) * std::cos(latitude);
  return {wgs84.longitude + LongitudeShift(x, y) * 180.0 / (parallel_radius * pi),
          wgs84.latitude + LatitudeShift(x, y) * 180.0 / (meridian_radius * pi)};
}

Point Gcj02ToWgs84(Point gcj02) {
  Point guess = gcj02;
  for (int i = 0; i < kMaxIterations; ++i) {
    const Point shifted = Wgs84ToGcj02(guess);
    const double east = gcj02.longitude - shifted.longitude;
    const double north = gcj02.latitude - shifted.latitude;
    guess = {guess.longitude + east, guess.latitude + north};
    if (std::max(std::fabs(east), std::fabs(north)) < kTolerance) {
      break;
    }
  }
  return guess;
}

double DistanceMetres(Point from, Point to) {
  const double north = std::sin(Radians(to.latitude - from.latitude) / 2.0);
  const double east = std::sin(Radians(to.longitude - from.longitude) / 2.0);
  const double haversine = north * north + std::cos(Radians(from.latitude)) *
                                               std::cos(Radians(to.latitude)) * east * east;
  return 2.0 * kEarthRadiusMetres * std::asin(std::min(1.0, std::sqrt(haversine)));
}

Checked<Coordinate> NormaliseCoordinate(const Coordinate& coordinate, const Box& district_gcj02) {
  const Point given{coordinate.longitude(), coordinate.latitude()};
  if (given.longitude == 0.0 && given.latitude == 0.0) {
    return IdError{"COORDINATE_ZERO", "请在地图上标注机构位置，经纬度不能为0,0",
                   "mark the place on the map: 0,0 is not a place"};
  }
  const bool gcj02 = coordinate.system() == common::v1::COORDINATE_SYSTEM_GCJ02;
  if (!gcj02 && coordinate.system() != common::v1::COORDINATE_SYSTEM_WGS84 &&
      coordinate.system() != common::v1::COORDINATE_SYSTEM_CGCS2000) {
    return IdError{"COORDINATE_SYSTEM", "请注明坐标系（CGCS2000、WGS84 或 GCJ02）",
                   "state the reference system: CGCS2000, WGS84 or GCJ02"};
  }
  const Point swapped{given.latitude, given.longitude};
  if (!Inside(district_gcj02, given, kSwapMargin) && Inside(district_gcj02, swapped, kSwapMargin)) {
    return IdError{"COORDINATE_SWAPPED", "经度和纬度填反了，请对调",
                   "longitude and latitude are exchanged: swap them"};
  }
  if (!OnEarth(given)) {
    return IdError{"COORDINATE_RANGE", "经度应在±180、纬度应在±90以内",
                   "longitude lies within ±180 and latitude within ±90"};
  }
  if (!Inside(district_gcj02, gcj02 ? given : Wgs84ToGcj02(given), 0.0)) {
    return IdError{"COORDINATE_OUTSIDE_DISTRICT", "该点不在本区范围内，请核对位置和坐标系",
                   "the point lies outside the district: check the place and the reference system"};
  }
  const Point stored = gcj02 ? Gcj02ToWgs84(given) : given;
  Coordinate result = coordinate;
  result.set_longitude(stored.longitude);
  result.set_latitude(stored.latitude);
  result.set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  return result;
}

}  // namespace tuoyu::ids
