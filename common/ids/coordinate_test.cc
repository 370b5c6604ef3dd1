#include "common/ids/coordinate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace tuoyu::ids {
namespace {

using common::v1::Coordinate;

// Bounds of Dazu, GCJ-02.
constexpr Box kDazu{105.472109, 29.370947, 106.036846, 29.861028};

Coordinate Make(double longitude, double latitude, common::v1::CoordinateSystem system) {
  Coordinate coordinate;
  coordinate.set_longitude(longitude);
  coordinate.set_latitude(latitude);
  coordinate.set_system(system);
  coordinate.set_source("self-declared");
  coordinate.set_accuracy_m(15);
  return coordinate;
}

std::string ReasonOf(const Coordinate& coordinate) {
  const Checked<Coordinate> checked = NormaliseCoordinate(coordinate, kDazu);
  return checked.ok() ? "" : checked.error().reason;
}

TEST(CoordinateTest, ShiftAgreesWithKnownPoints) {
  struct Case {
    Point wgs84;
    Point gcj02;
    int offset_m;
  };
  for (const Case& c : {Case{{105.712, 29.703}, {105.715606, 29.700288}, 460},
                        Case{{105.782, 29.478}, {105.785629, 29.475225}, 467},
                        Case{{105.560, 29.650}, {105.563376, 29.647148}, 455}}) {
    const Point shifted = Wgs84ToGcj02(c.wgs84);
    EXPECT_NEAR(shifted.longitude, c.gcj02.longitude, 6e-7);
    EXPECT_NEAR(shifted.latitude, c.gcj02.latitude, 6e-7);
    EXPECT_NEAR(DistanceMetres(c.wgs84, shifted), c.offset_m, 1.0);
  }
}

TEST(CoordinateTest, InverseUndoesTheShiftAllOverTheDistrict) {
  for (int i = 0; i <= 10; ++i) {
    for (int j = 0; j <= 10; ++j) {
      const double longitude = kDazu.west + (kDazu.east - kDazu.west) * i / 10;
      const double latitude = kDazu.south + (kDazu.north - kDazu.south) * j / 10;
      const Point back = Gcj02ToWgs84(Wgs84ToGcj02({longitude, latitude}));
      EXPECT_NEAR(back.longitude, longitude, 1e-8);
      EXPECT_NEAR(back.latitude, latitude, 1e-8);
    }
  }
}

TEST(CoordinateTest, DistanceIsThatOfTheGreatCircle) {
  EXPECT_EQ(DistanceMetres({105.7, 29.7}, {105.7, 29.7}), 0.0);
  // A degree of latitude, a quarter and half of the circumference.
  EXPECT_NEAR(DistanceMetres({105.7, 29.0}, {105.7, 30.0}), 111195.1, 0.1);
  EXPECT_NEAR(DistanceMetres({0, 0}, {90, 0}), 10007557.2, 1.0);
  EXPECT_NEAR(DistanceMetres({0, 0}, {180, 0}), 20015114.4, 1.0);
  EXPECT_EQ(DistanceMetres({105.7, 29.7}, {105.8, 29.6}),
            DistanceMetres({105.8, 29.6}, {105.7, 29.7}));
}

TEST(CoordinateTest, MapPointIsStoredAsCgcs2000) {
  const Checked<Coordinate> checked =
      NormaliseCoordinate(Make(105.715606, 29.700288, common::v1::COORDINATE_SYSTEM_GCJ02), kDazu);
  ASSERT_TRUE(checked.ok());
  EXPECT_NEAR(checked.value().longitude(), 105.712, 1e-6);
  EXPECT_NEAR(checked.value().latitude(), 29.703, 1e-6);
  EXPECT_EQ(checked.value().system(), common::v1::COORDINATE_SYSTEM_CGCS2000);
  EXPECT_EQ(checked.value().source(), "self-declared");
  EXPECT_EQ(checked.value().accuracy_m(), 15);
}

TEST(CoordinateTest, SatellitePointIsKept) {
  for (const auto system :
       {common::v1::COORDINATE_SYSTEM_WGS84, common::v1::COORDINATE_SYSTEM_CGCS2000}) {
    const Checked<Coordinate> checked = NormaliseCoordinate(Make(105.712, 29.703, system), kDazu);
    ASSERT_TRUE(checked.ok());
    EXPECT_EQ(checked.value().longitude(), 105.712);
    EXPECT_EQ(checked.value().latitude(), 29.703);
  }
}

TEST(CoordinateTest, EachFaultHasItsReason) {
  const auto wgs84 = common::v1::COORDINATE_SYSTEM_WGS84;
  EXPECT_EQ(ReasonOf(Coordinate()), "COORDINATE_ZERO");
  EXPECT_EQ(ReasonOf(Make(105.712, 29.703, common::v1::COORDINATE_SYSTEM_UNSPECIFIED)),
            "COORDINATE_SYSTEM");
  EXPECT_EQ(ReasonOf(Make(29.703, 105.712, wgs84)), "COORDINATE_SWAPPED");
  EXPECT_EQ(ReasonOf(Make(29.703, 106.9, wgs84)), "COORDINATE_SWAPPED");
  EXPECT_EQ(ReasonOf(Make(181, 29.7, wgs84)), "COORDINATE_RANGE");
  EXPECT_EQ(ReasonOf(Make(105.7, -90.5, wgs84)), "COORDINATE_RANGE");
  EXPECT_EQ(ReasonOf(Make(std::nan(""), 29.7, wgs84)), "COORDINATE_RANGE");
  EXPECT_EQ(ReasonOf(Make(105.7, std::numeric_limits<double>::infinity(), wgs84)),
            "COORDINATE_RANGE");
  EXPECT_EQ(ReasonOf(Make(106.5, 29.5, wgs84)), "COORDINATE_OUTSIDE_DISTRICT");
  EXPECT_EQ(ReasonOf(Make(-105.7, 29.7, wgs84)), "COORDINATE_OUTSIDE_DISTRICT");
}

TEST(CoordinateTest, BoundsAreComparedInTheirOwnSystem) {
  // At the eastern edge a map point is inside; the same numbers as satellite point are shifted out.
  EXPECT_EQ(ReasonOf(Make(kDazu.east, 29.6, common::v1::COORDINATE_SYSTEM_GCJ02)), "");
  EXPECT_EQ(ReasonOf(Make(kDazu.east, 29.6, common::v1::COORDINATE_SYSTEM_WGS84)),
            "COORDINATE_OUTSIDE_DISTRICT");
}

}  // namespace
}  // namespace tuoyu::ids
