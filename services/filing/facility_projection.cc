#include "services/filing/facility_projection.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/uuid.h"
#include "common/ids/coordinate.h"
#include "common/privacy/redact.h"
#include "services/filing/class_rules.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kFacilities = "facilities/";
constexpr absl::string_view kRecognitions = "/recognitions/";
constexpr size_t kUuidLength = 36;
constexpr int kAgeBits = 48;

absl::CivilDay DayOrMax(bool present, const google::type::Date& date) {
  if (!present) return absl::CivilDay::max();
  return absl::CivilDay(date.year(), date.month(), date.day());
}

}  // namespace

std::string FacilityName(absl::string_view id) { return absl::StrCat(kFacilities, id); }

std::string FacilityId(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kFacilities) || !IsUuid(name)) return "";
  return std::string(name);
}

std::string RecognitionName(absl::string_view facility_id, absl::string_view id) {
  return absl::StrCat(kFacilities, facility_id, kRecognitions, id);
}

bool SplitRecognitionName(absl::string_view name, std::string* facility_id, std::string* id) {
  if (!absl::ConsumePrefix(&name, kFacilities) || !IsUuid(name.substr(0, kUuidLength))) {
    return false;
  }
  *facility_id = std::string(name.substr(0, kUuidLength));
  name.remove_prefix(kUuidLength);
  if (!absl::ConsumePrefix(&name, kRecognitions) || !IsUuid(name)) return false;
  *id = std::string(name);
  return true;
}

absl::CivilDay FirstDayOf(const v1::Recognition& recognition) {
  return DayOrMax(true, recognition.valid_from());
}

absl::CivilDay EndDayOf(const v1::Recognition& recognition) {
  return std::min(DayOrMax(recognition.has_valid_to(), recognition.valid_to()),
                  DayOrMax(recognition.has_revoked_on(), recognition.revoked_on()));
}

bool Overlap(const v1::Recognition& left, const v1::Recognition& right) {
  return std::max(FirstDayOf(left), FirstDayOf(right)) < std::min(EndDayOf(left), EndDayOf(right));
}

const v1::Recognition* RecognitionOn(const std::vector<v1::Recognition>& recognitions,
                                     absl::CivilDay day) {
  for (const v1::Recognition& recognition : recognitions) {
    if (FirstDayOf(recognition) <= day && day < EndDayOf(recognition)) return &recognition;
  }
  return nullptr;
}

v1::Facility FacilityOfSlice(const FacilityRecord& record, const v1::FacilityVersion& slice) {
  v1::Facility facility;
  facility.set_name(FacilityName(record.id));
  facility.set_state(slice.state());
  *facility.mutable_content() = slice.content();
  facility.set_version(slice.version());
  *facility.mutable_valid_from() = slice.valid_from();
  if (slice.has_valid_to()) *facility.mutable_valid_to() = slice.valid_to();
  if (const auto learned = record.learned.find(slice.version()); learned != record.learned.end()) {
    *facility.mutable_record_time() = ToProto(learned->second);
  }
  facility.set_receipt_number(slice.receipt_number());
  if (slice.has_filed_on()) *facility.mutable_filed_on() = slice.filed_on();
  facility.set_filing(slice.filing());
  facility.set_suspension_reason(slice.suspension_reason());
  facility.set_suspension_ordered(slice.suspension_ordered());
  facility.set_back_entered(slice.back_entered());
  return facility;
}

absl::optional<v1::Facility> FacilityOn(const FacilityRecord& record, absl::CivilDay day,
                                        absl::CivilDay today) {
  const v1::FacilityVersion* slice = SliceOn(record.timeline, day);
  if (slice == nullptr) return absl::nullopt;
  v1::Facility facility = FacilityOfSlice(record, *slice);
  const v1::Recognition* recognition = RecognitionOn(record.recognitions, day);
  if (recognition != nullptr) *facility.mutable_recognition() = *recognition;
  facility.set_predecessor(record.current.predecessor());
  facility.set_successor(record.current.successor());
  if (day != today) return facility;
  facility.clear_valid_to();
  facility.set_change_pending(record.current.change_pending());
  *facility.mutable_notices() = record.current.notices();
  *facility.mutable_content()->mutable_external_ids() = record.current.content().external_ids();
  // Changes with every act, and on the days on which something changes by itself.
  facility.set_etag(absl::StrCat(record.revision, "-", slice->version(), recognition ? "r" : ""));
  return facility;
}

void HideLater(absl::CivilDay today, v1::Facility* facility) {
  if (DayOrMax(facility->has_valid_to(), facility->valid_to()) > today) facility->clear_valid_to();
  if (facility->has_recognition()) HideLater(today, facility->mutable_recognition());
}

void CutToPublic(absl::CivilDay today, v1::Facility* facility) {
  HideLater(today, facility);
  privacy::Redact(facility, privacy::Clearance::Public());
}

void HideLater(absl::CivilDay today, v1::Recognition* recognition) {
  if (DayOrMax(recognition->has_revoked_on(), recognition->revoked_on()) <= today) return;
  recognition->clear_revoked_on();
  recognition->clear_revoke_reason();
}

absl::optional<absl::CivilDay> NextChangeAfter(const FacilityRecord& record, absl::CivilDay today) {
  absl::CivilDay next = absl::CivilDay::max();
  const auto consider = [&](absl::CivilDay day) {
    if (day > today) next = std::min(next, day);
  };
  for (const v1::FacilityVersion& slice : record.timeline.slices) consider(FirstDayOf(slice));
  for (const v1::Recognition& recognition : record.recognitions) {
    if (EndDayOf(recognition) <= FirstDayOf(recognition)) continue;
    consider(FirstDayOf(recognition));
    consider(EndDayOf(recognition));
  }
  if (next == absl::CivilDay::max()) return absl::nullopt;
  return next;
}

uint32_t ServiceModeBits(const v1::FilingContent& content) {
  uint32_t bits = 0;
  for (int mode : content.service_modes()) {
    if (mode > 0 && mode <= v1::ServiceMode_MAX) bits |= uint32_t{1} << mode;
  }
  return bits;
}

uint64_t AgeMonthBits(const v1::FilingContent& content, const v1::RuleSet& rules) {
  uint64_t bits = 0;
  for (int months = 0; months < kAgeBits; ++months) {
    if (ServesAge(content, months, rules)) bits |= uint64_t{1} << months;
  }
  return bits;
}

bool MicroDegrees(const v1::FilingContent& content, int* longitude, int* latitude) {
  // Of a point of no known system it isn't known where it is.
  if (!content.has_location() ||
      content.location().system() == common::v1::COORDINATE_SYSTEM_UNSPECIFIED) {
    return false;
  }
  ids::Point point{content.location().longitude(), content.location().latitude()};
  if (content.location().system() == common::v1::COORDINATE_SYSTEM_GCJ02) {
    point = ids::Gcj02ToWgs84(point);
  }
  if (!(std::fabs(point.longitude) <= 180.0 && std::fabs(point.latitude) <= 90.0)) return false;
  *longitude = static_cast<int>(std::lround(point.longitude * 1e6));
  *latitude = static_cast<int>(std::lround(point.latitude * 1e6));
  return true;
}

}  // namespace tuoyu::filing
