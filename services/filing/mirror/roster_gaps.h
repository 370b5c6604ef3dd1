#ifndef TUOYU_SERVICES_FILING_MIRROR_ROSTER_GAPS_H_
#define TUOYU_SERVICES_FILING_MIRROR_ROSTER_GAPS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/mirror.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

// Gaps of the rosters, for mirror_rules.h. Pure.
namespace tuoyu::filing {

// Gaps as they are found.
class GapList {
 public:
  // Looks from `today` until `until`; measures change when the facility `counts`.
  GapList(absl::CivilDay today, absl::CivilDay until, bool counts)
      : today_(today), until_(until), counts_(counts) {}

  absl::CivilDay today() const { return today_; }
  absl::CivilDay until() const { return until_; }

  // Something that lacks now. The reference holds until the next gap.
  v1::Gap& Now(v1::GapKind kind, const std::string& subject, common::v1::RuleLevel level,
               absl::string_view source, absl::string_view zh, absl::string_view en);
  // Something that holds until before `end`: NOW from then on, SOON when that is not after the days looked at, else no gap
  // (null). The pointer holds until the next gap.
  v1::Gap* Until(absl::CivilDay end, v1::GapKind kind, const std::string& subject,
                 common::v1::RuleLevel level, absl::string_view source, absl::string_view zh,
                 absl::string_view en);
  // What mending it, or its lapse, changes; nothing where the facility does not count.
  void Change(v1::Gap* gap, absl::string_view measure, int64_t amount) const;

  std::vector<v1::Gap> Take() { return std::move(gaps_); }

 private:
  const absl::CivilDay today_;
  const absl::CivilDay until_;
  const bool counts_;
  std::vector<v1::Gap> gaps_;
};

// Banned persons on post, certificates that posts need, and carers who do not count as certified (indicator 9).
void AddStaffGaps(const std::vector<v1::StaffMember>& staff, const RuleContext& context,
                  GapList& gaps);

// Health records that are not kept, or will no longer be (indicator 8), and children who may be on the roster twice.
void AddChildGaps(const std::vector<v1::Child>& children, const RuleContext& context,
                  GapList& gaps);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MIRROR_ROSTER_GAPS_H_
