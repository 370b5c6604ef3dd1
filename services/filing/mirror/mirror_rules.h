#ifndef TUOYU_SERVICES_FILING_MIRROR_MIRROR_RULES_H_
#define TUOYU_SERVICES_FILING_MIRROR_MIRROR_RULES_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/facility_projection.h"
#include "services/filing/price/price_rules.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/mirror.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

// What a facility lacks and what that does to the figures of the plan (数据质量自查). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// Days without any change of the roster of children after which the facility is asked to look at it: a quarter (default of
// this system for 58号 管理规范 art. 12 "定期").
inline constexpr int kRosterQuietDays = 92;

// What is looked at.
struct MirrorFacts {
  v1::Facility facility;                      // today
  std::vector<v1::Recognition> recognitions;  // by first day
  std::vector<v1::StaffMember> staff;         // the roster; personal fields sealed or open
  std::vector<v1::Child> children;            // the same
  std::vector<v1::Demonstration> demonstrations;
  std::vector<v1::PriceFiling> prices;  // in order, see OrderPrices
  std::vector<CapsOnDays> caps;         // that inclusive prices must keep to today
  std::vector<v1::Material> materials;  // of the filings that are in force, the newest of each kind
};

// The gaps on context.today, and those to come until `within_days` later: what lacks now first, then by day. Measures change
// only while the facility is ACTIVE: no other is counted. The rules of the day decide, as in certificate_needs.h and
// health_record.h; what counts for indicators 8 and 9 is read as the aggregator does (services/aggregator/member_facts.h).
std::vector<v1::Gap> GapsOn(const MirrorFacts& facts, const RuleContext& context, int within_days);

// Numbers by kind and urgency, and what all that lacks now adds up to, by name of measure; nothing that comes to 0.
std::vector<v1::GapCount> CountGaps(const std::vector<v1::Gap>& gaps);
std::vector<v1::MeasureChange> SumChanges(const std::vector<v1::Gap>& gaps);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MIRROR_MIRROR_RULES_H_
