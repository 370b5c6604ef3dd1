#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_DISTRICT_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_DISTRICT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The rehearsal district (演练区): made-up facilities of the years 2021 to 2025 on the real streets and towns, the same
// for the same seed, size and divisions. Calibrated so that the indicators a registry can give equal the notice's
// baseline as of 2022-12-31 (1: 2 places per 1,000 residents; 4: 3 of 6 streets; 5: 20 % of the kindergartens) and move
// towards its targets until the end of 2025. The population and the number of kindergartens follow from the calibration;
// they are rehearsal figures.
namespace tuoyu::rehearsal {

// Years with statistics, and with a step of the calibration.
inline constexpr int kFirstYear = 2022;
inline constexpr int kLastYear = 2025;
inline constexpr int kFewestFacilities = 24;
inline constexpr int kMostFacilities = 100'000;

struct DistrictOptions {
  uint64_t seed = 16;
  int facilities = 60;  // kFewestFacilities to kMostFacilities
};

// Places of one class.
struct Class {
  filing::v1::ClassKind kind;
  int capacity;
};

// A period of recognition as inclusive (普惠认定).
struct RecognitionPlan {
  absl::CivilDay from;
  absl::CivilDay to;                         // first day it no longer holds by its term
  std::optional<absl::CivilDay> revoked_on;  // first day it no longer holds, when revoked
  int places_covered = 0;                    // 0: all
};

enum class ChangeKind { kNone, kCapacity, kPrincipal, kName, kMeals };

// What happens to one facility, without its names and numbers, which follow from `number` (forms.h).
struct FacilityPlan {
  int number = 0;  // from 1
  filing::v1::FacilityType type = filing::v1::FACILITY_TYPE_ORDINARY;
  std::string division;
  std::vector<Class> classes;
  absl::CivilDay filed_on;
  ChangeKind change = ChangeKind::kNone;
  std::vector<Class> classes_after;  // of a kCapacity change
  absl::CivilDay changed_on;
  std::optional<absl::CivilDay> cancelled_on;  // first day not active
  std::vector<RecognitionPlan> recognitions;   // by day

  bool ActiveOn(absl::CivilDay day) const;
  // Filed places on `day`; 0 when not active.
  int PlacesOn(absl::CivilDay day) const;
  // Places under a recognition in force on `day`; 0 when there is none.
  int InclusivePlacesOn(absl::CivilDay day) const;
};

int PlacesOf(const std::vector<Class>& classes);

// The statistics of one year end.
struct YearFigures {
  int year = 0;
  int64_t resident_population = 0;
  int64_t kindergartens = 0;
};

class District {
 public:
  // INVALID_ARGUMENT when the size is out of range, or the divisions have not exactly 6 streets and a town at least on
  // 2022-12-31.
  static absl::StatusOr<District> Create(const DistrictOptions& options,
                                         const data::Divisions& divisions);

  const DistrictOptions& options() const { return options_; }
  const std::vector<FacilityPlan>& facilities() const { return facilities_; }
  const std::vector<YearFigures>& figures() const { return figures_; }

  // Sums over the facilities on a day.
  int64_t PlacesOn(absl::CivilDay day) const;
  int64_t InclusivePlacesOn(absl::CivilDay day) const;

 private:
  friend class DistrictMaker;
  DistrictOptions options_;
  std::vector<FacilityPlan> facilities_;
  std::vector<YearFigures> figures_;
};

// Streams of random numbers, one for each purpose, so that a new use of chance does not change the others.
enum Purpose : uint64_t {
  kPurposeClasses = 1,
  kPurposeOrder,
  kPurposeDates,
  kPurposeDivisions,
  kPurposeRecognition,
  kPurposeChange,
  kPurposeForm,
  kPurposeCurrent,
  kPurposeStaff,
  kPurposePerson,
  kPurposeChildren,
  kPurposeDepartments,
  kPurposeInspections,
  kPurposeComplaints,
};

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_DISTRICT_H_
