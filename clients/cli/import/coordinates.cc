#include "clients/cli/import/coordinates.h"

#include "common/ids/coordinate.h"

namespace tuoyu::cli {

bool UnswapPoint(const filing::v1::RuleSet& rules, common::v1::Coordinate* point) {
  if (rules.bounding_box_gcj02_size() != 4) return false;
  const auto& box = rules.bounding_box_gcj02();
  const auto checked =
      ids::NormaliseCoordinate(*point, {box.Get(0), box.Get(1), box.Get(2), box.Get(3)});
  if (checked.ok() || checked.error().reason != "COORDINATE_SWAPPED") return false;
  const double longitude = point->latitude();
  point->set_latitude(point->longitude());
  point->set_longitude(longitude);
  return true;
}

}  // namespace tuoyu::cli
