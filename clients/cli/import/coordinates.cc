#include "clients/cli/import/coordinates.h"

#include "common/ids/coordinate.h"

namespace tuoyu::cli {

bool UnswapPoint(const filing::v1::RuleSet& rules, common::v1::Coordinate* point) {
  if (rules.bounding_box_gcj02_size() != 4) return false;
  const auto& box = rules.bounding_box_gcj02();
  common::v1::Coordinate known = *point;
  // What is exchanged is so in any system of the country, hundreds of metres apart; which one it is, is told by the service.
  if (known.system() == common::v1::COORDINATE_SYSTEM_UNSPECIFIED) {
    known.set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  }
  const auto checked =
      ids::NormaliseCoordinate(known, {box.Get(0), box.Get(1), box.Get(2), box.Get(3)});
  if (checked.ok() || checked.error().reason != "COORDINATE_SWAPPED") return false;
  const double longitude = point->latitude();
  point->set_latitude(point->longitude());
  point->set_longitude(longitude);
  return true;
}

}  // namespace tuoyu::cli
