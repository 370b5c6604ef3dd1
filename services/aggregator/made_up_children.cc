#include "services/aggregator/made_up_children.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "services/aggregator/made_up_members.h"
#include "services/aggregator/made_up_registry.h"

namespace tuoyu::aggregator {

using filing::v1::ChildChange;
using filing::v1::Enrolment;
using filing::v1::ManagedPeriod;

ChildChange ChildInCare(const std::string& facility, int number, absl::CivilDay from) {
  ChildChange child;
  child.set_facility(absl::StrCat("facilities/", facility));
  child.mutable_child()->set_name(
      absl::StrFormat("%s/children/01900000-0000-7000-a000-%012d", child.facility(), number));
  Enrol(filing::v1::SERVICE_MODE_FULL_DAY, filing::v1::TIME_BAND_ALL_DAY, from, &child);
  return child;
}

Enrolment& Enrol(filing::v1::ServiceMode mode, filing::v1::TimeBand band, absl::CivilDay from,
                 ChildChange* child) {
  Enrolment& enrolment = *child->mutable_child()->add_enrolments();
  enrolment.set_number(child->child().enrolments_size());
  enrolment.set_service_mode(mode);
  enrolment.set_time_band(band);
  *enrolment.mutable_valid_from() = ToProto(from);
  return enrolment;
}

void PutInHalfDays(ChildChange* child) {
  Enrolment* enrolment = child->mutable_child()->mutable_enrolments(0);
  enrolment->set_service_mode(filing::v1::SERVICE_MODE_HALF_DAY);
  enrolment->set_time_band(filing::v1::TIME_BAND_MORNING);
}

ManagedPeriod& Manage(absl::CivilDay from, ChildChange* child) {
  ManagedPeriod& period = *child->add_managed();
  *period.mutable_from() = ToProto(from);
  return period;
}

void CountOn(const ChildChange& child, absl::CivilDay day, Amounts* amounts) {
  bool in_care = false;
  bool full_day = false;
  bool morning = false;
  bool afternoon = false;
  for (const Enrolment& enrolment : child.child().enrolments()) {
    if (!Holds(enrolment.valid_from(), enrolment.has_valid_to(), enrolment.valid_to(), day)) {
      continue;
    }
    in_care = true;
    full_day = full_day || enrolment.service_mode() == filing::v1::SERVICE_MODE_FULL_DAY;
    morning = morning || enrolment.time_band() == filing::v1::TIME_BAND_MORNING;
    afternoon = afternoon || enrolment.time_band() == filing::v1::TIME_BAND_AFTERNOON;
  }
  if (!in_care) return;
  const bool managed =
      std::any_of(child.managed().begin(), child.managed().end(), [&](const ManagedPeriod& period) {
        return Holds(period.from(), period.has_to(), period.to(), day);
      });
  if (full_day || (morning && afternoon)) {
    (*amounts)[managed ? kChildrenFullDayManaged : kChildrenFullDayUnmanaged] += 1;
  } else {
    (*amounts)[managed ? kChildrenPartDayManaged : kChildrenPartDayUnmanaged] += 1;
  }
}

void MadeUpRegistry::Enter(const ChildChange& child) {
  children_[child.child().name()] = child;
  Append("child.updated", child.child().name(), child);
}

// A child that comes, an enrolment begun, ended or voided, or other periods of a managed record.
void MadeUpRegistry::ChangeChild(const std::string& facility) {
  const std::string prefix = absl::StrCat("facilities/", facility, "/children/");
  auto known = children_.lower_bound(prefix);
  if (Below(2) == 0 && known != children_.end()) ++known;
  const bool is_known = known != children_.end() && absl::StartsWith(known->first, prefix);
  ChildChange child = is_known ? known->second : ChildInCare(facility, next_member_++, RandomDay());
  auto* enrolments = child.mutable_child()->mutable_enrolments();
  const int kind = is_known ? Below(6) : 0;
  if (kind < 2 || enrolments->empty()) {
    const auto mode = static_cast<filing::v1::ServiceMode>(1 + Below(3));
    Enrolment& enrolment =
        Enrol(mode, static_cast<filing::v1::TimeBand>(2 + Below(3)), RandomDay(), &child);
    if (mode == filing::v1::SERVICE_MODE_FULL_DAY) {
      enrolment.set_time_band(filing::v1::TIME_BAND_ALL_DAY);
    }
    if (!is_known && Below(2) == 0) enrolments->DeleteSubrange(0, 1);
  } else if (kind == 2) {
    Enrolment* enrolment = enrolments->Mutable(Below(enrolments->size()));
    *enrolment->mutable_valid_to() = ToProto(*FromProto(enrolment->valid_from()) + Below(900));
  } else if (kind == 3) {
    enrolments->DeleteSubrange(Below(enrolments->size()), 1);
  } else {
    child.clear_managed();
    const absl::CivilDay from = RandomDay();
    const absl::CivilDay to = from + 1 + Below(400);
    *Manage(from, &child).mutable_to() = ToProto(to);
    if (Below(2) == 0) Manage(to + Below(60), &child);
  }
  if (!is_known && Below(2) == 0) Manage(RandomDay(), &child);
  Enter(child);
}

}  // namespace tuoyu::aggregator
