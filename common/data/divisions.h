#ifndef TUOYU_COMMON_DATA_DIVISIONS_H_
#define TUOYU_COMMON_DATA_DIVISIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tuoyu::data {

enum class DivisionType {
  kDistrict,  // 区县
  kStreet,    // 街道
  kTown,      // 镇
};

// A division (行政区划) over the days it existed under this name and type.
struct Division {
  std::string code;  // 6 digits (district) or 9 (street, town)
  std::string name;
  DivisionType type;
  std::string parent_code;
  std::optional<absl::CivilDay> valid_from;  // first day; unset: older than the records
  std::optional<absl::CivilDay> valid_to;    // first day it no longer holds; unset: still in force

  bool ValidOn(absl::CivilDay day) const {
    return (!valid_from || *valid_from <= day) && (!valid_to || day < *valid_to);
  }
};

// The divisions of one district (deploy/data/divisions). Immutable, thread-safe; pointers live as long as the object.
class Divisions {
 public:
  // Columns code, name, type (district, street, town), parent_code, valid_from, valid_to; sorted by code, then by
  // valid_from; one code may have several rows with periods that do not overlap (renamed, or a town turned street).
  // Exactly one code is the district's; every other row's parent is that district and prefixes its code. The preface
  // gives `city_code` and `city_name`. INVALID_ARGUMENT "file:line: reason" otherwise; all faulty rows are named.
  static absl::StatusOr<Divisions> Parse(absl::string_view text, absl::string_view file);

  const std::string& district_code() const { return district_code_; }
  const std::string& city_code() const { return city_code_; }
  const std::string& city_name() const { return city_name_; }

  // The division with `code` on `day`, or null.
  const Division* Find(absl::string_view code, absl::CivilDay day) const;

  // The name on `day`; the code itself if there is no such division.
  std::string NameOf(absl::string_view code, absl::CivilDay day) const;

  // The streets and towns of `parent_code` on `day`, by code.
  std::vector<const Division*> Children(absl::string_view parent_code, absl::CivilDay day) const;

  // The divisions of a type within `scope` (a district, street or town code) on `day`, by code.
  std::vector<const Division*> OfType(DivisionType type, absl::string_view scope,
                                      absl::CivilDay day) const;

 private:
  std::vector<Division> rows_;  // sorted by code, then by valid_from
  std::string district_code_;
  std::string city_code_;
  std::string city_name_;
};

// Divisions::Parse of a file. NOT_FOUND if it can't be read.
absl::StatusOr<Divisions> LoadDivisions(const std::string& path);

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_DIVISIONS_H_
