#include "services/filing/mirror/mirror_rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/content_checks.h"
#include "services/filing/findings.h"
#include "services/filing/mirror/roster_gaps.h"
#include "services/filing/price/price_caps.h"
#include "services/filing/quality/demonstration_rules.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/class_ratios.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

using v1::Gap;

constexpr absl::string_view kIndicators24 = "目标表：普惠性托位数占比、街道覆盖率";
constexpr absl::string_view kIndicator10 = "目标表：示范单位复评合格";
constexpr absl::string_view kPrices = "大足府办发〔2024〕16号 任务9";
constexpr absl::string_view kReporting = "国卫人口发〔2019〕58号 管理规范 第十二条";
constexpr absl::string_view kPublicMap = "任务15：备案基本信息及电子地图";
constexpr absl::string_view kNotices = "国卫办人口发〔2019〕25号 第九条";

// The last day on which something whose first day without it is `end` still holds.
std::string LastDay(absl::CivilDay end) { return FormatDay(end - 1); }

void AddRosters(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  const absl::CivilDay today = context.today;
  const bool has_staff =
      std::any_of(facts.staff.begin(), facts.staff.end(),
                  [&](const v1::StaffMember& member) { return IsOnPost(member, today); });
  if (!has_staff) {
    gaps.Now(v1::GAP_KIND_NO_STAFF, facts.facility.name(), kNational, kStaffStandard,
             "从业人员名册上没有在岗人员，请上报名册",
             "nobody on post is on the roster of staff: report the roster");
  }
  const bool has_children =
      std::any_of(facts.children.begin(), facts.children.end(),
                  [&](const v1::Child& child) { return IsEnrolled(child, today); });
  if (!has_children) {
    gaps.Now(v1::GAP_KIND_NO_CHILDREN, facts.facility.name(), kNational, kReporting,
             "婴幼儿名册上没有在托婴幼儿，请上报名册；确无在托的不必处理",
             "no child in care is on the roster: report the roster, unless there really is none");
    return;
  }
  absl::CivilDay last = absl::CivilDay::min();
  for (const v1::Child& child : facts.children) {
    const auto recorded = FromProto(child.record_time());
    if (recorded.ok()) last = std::max(last, DayOf(*recorded));
  }
  if (last + kRosterQuietDays >= today) return;
  *gaps.Now(v1::GAP_KIND_ROSTER_UNCHANGED, facts.facility.name(), kNational, kReporting,
            absl::StrCat("婴幼儿名册自 ", FormatDay(last), " 起没有变动，请核对后更新"),
            absl::StrCat("the roster of children has not changed since ", FormatDay(last),
                         ": compare it with who is there"))
       .mutable_due_on() = ToProto(last);
}

void AddRatios(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  Findings findings(context, Mode::kReport);
  RatiosOn(facts.facility.content(), facts.children, facts.staff, context.today, findings);
  for (const common::v1::Violation& violation : findings.Take()) {
    gaps.Now(v1::GAP_KIND_RATIO, facts.facility.name(), violation.level(), violation.source(),
             violation.message_zh(), violation.message_en());
  }
}

void AddPremises(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  const v1::FilingContent& content = facts.facility.content();
  if (!content.has_location()) {
    gaps.Now(v1::GAP_KIND_LOCATION, facts.facility.name(), kSystem, kPublicMap,
             "备案表没有地图坐标，家长在地图上找不到本机构，请办理变更备案补充",
             "no point on the map is filed, so families can't find the facility: file a change");
  } else if (const auto fault = PointFault(content.location(), context.rules)) {
    gaps.Now(v1::GAP_KIND_LOCATION, facts.facility.name(), kSystem, kPublicMap,
             absl::StrCat("备案的地图坐标有误：", fault->message_zh, "；请办理变更备案更正"),
             absl::StrCat("the filed point on the map can't be right: ", fault->message_en,
                          "; file a change"));
  }
  const auto end = FromProto(content.lease_end());
  if (content.premises_tenure() == v1::PREMISES_TENURE_LEASED && end.ok()) {
    gaps.Until(
        *end + 1, v1::GAP_KIND_LEASE, facts.facility.name(), kNational, kSiteArticle,
        absl::StrCat("场地租期至 ", FormatDay(*end), "，请续租并办理变更备案"),
        absl::StrCat("the lease runs until ", FormatDay(*end), ": renew it and file the change"));
  }
}

void AddMaterials(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  for (const v1::Material& material : facts.materials) {
    const auto end = FromProto(material.valid_to());
    const v1::MaterialRule* rule = FindMaterialRule(context.rules, material.kind());
    if (!end.ok() || rule == nullptr) continue;
    gaps.Until(*end + 1, v1::GAP_KIND_MATERIAL, material.name(), rule->level(), rule->source(),
               absl::StrCat(rule->title_zh(), "有效期至 ", FormatDay(*end), "，请换发后更新材料"),
               absl::StrCat("the ", rule->title_en(), " is valid until ", FormatDay(*end),
                            ": have it renewed and replace it"));
  }
}

// A recognition in force that ends and that none follows.
void AddRecognition(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  const v1::Recognition* current = RecognitionOn(facts.recognitions, context.today);
  if (current == nullptr) return;
  const absl::CivilDay end = EndDayOf(*current);
  if (end == absl::CivilDay::max() || RecognitionOn(facts.recognitions, end) != nullptr) return;
  Gap* gap =
      gaps.Until(end, v1::GAP_KIND_RECOGNITION, current->name(), kNational, kIndicators24,
                 absl::StrCat("普惠性托育机构认定到 ", LastDay(end), " 为止，请及时申请续认"),
                 absl::StrCat("the recognition as inclusive ends after ", LastDay(end),
                              ": apply to renew it"));
  if (gap == nullptr) return;
  const int filed = facts.facility.content().approved_capacity();
  const int covered = current->places_covered();
  gaps.Change(gap, "inclusive_places", -(covered > 0 ? std::min(covered, filed) : filed));
  gaps.Change(gap, "inclusive_facilities", -1);
}

// Prices of an inclusive facility that no cap limits, or that are above it: recognitions entered on paper may bring no caps.
void AddPrices(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  const v1::Recognition* current = RecognitionOn(facts.recognitions, context.today);
  if (current == nullptr) return;
  const auto add = [&](absl::string_view zh, absl::string_view en) {
    gaps.Now(v1::GAP_KIND_PRICE, current->name(), kSystem, kPrices, zh, en);
  };
  const v1::PriceFiling* prices = PricesOn(facts.prices, context.today);
  if (prices == nullptr) {
    add("普惠性托育机构尚未报送收费备案，请报送",
        "an inclusive facility has no prices filed: file them");
  }
  std::vector<Wording> above;
  std::vector<Wording> without;
  for (const auto& [kind, mode] : Offered(facts.facility.content())) {
    const bool capped = std::any_of(facts.caps.begin(), facts.caps.end(),
                                    [&, kind = kind, mode = mode](const CapsOnDays& caps) {
                                      return FindCap(caps.caps, kind, mode) != nullptr;
                                    });
    if (!capped && IsMonthly(mode)) without.push_back(ClassAndMode(kind, mode));
  }
  for (const CapsOnDays& caps : facts.caps) {
    if (prices == nullptr) break;
    for (Wording& item : AboveCaps(*prices, caps.caps)) above.push_back(std::move(item));
  }
  if (!without.empty()) {
    const Wording listed = Listed(without);
    add(absl::StrCat("普惠认定没有为", listed.zh,
                     "约定最高收费，收费不受限，请申请重新认定并约定最高收费"),
        absl::StrCat("the recognition caps no price of ", listed.en,
                     ": apply for a recognition that does"));
  }
  if (!above.empty()) {
    const Wording listed = Listed(above);
    add(absl::StrCat("收费高于普惠最高收费：", listed.zh, "，请调整收费并重新备案"),
        absl::StrCat("prices above the caps: ", listed.en, "; lower and file them again"));
  }
}

void AddDemonstrations(const MirrorFacts& facts, const RuleContext& context, GapList& gaps) {
  for (const v1::Demonstration& label : facts.demonstrations) {
    const absl::CivilDay end = EndDayOf(label);
    if (label.level() != v1::DEMONSTRATION_LEVEL_MUNICIPAL || FirstDayOf(label) > context.today ||
        end <= context.today) {
      continue;
    }
    const auto& results = label.reevaluations();
    const bool passed =
        !results.empty() && results.rbegin()->result() == v1::REEVALUATION_RESULT_PASSED;
    if (!passed) {
      Gap& gap = gaps.Now(
          v1::GAP_KIND_DEMONSTRATION, label.name(), kSystem, kIndicator10,
          results.empty() ? "重庆市托育服务示范单位尚未复评，请申请复评"
                          : "重庆市托育服务示范单位最近一次复评不合格，请整改后申请复评",
          results.empty() ? "the municipal demonstration unit was not re-evaluated yet"
                          : "the municipal demonstration unit failed its last re-evaluation");
      gaps.Change(&gap, "demonstration.not_passed", -1);
      gaps.Change(&gap, "demonstration.passed", 1);
    }
    if (end == absl::CivilDay::max()) continue;
    Gap* gap = gaps.Until(end, v1::GAP_KIND_DEMONSTRATION, label.name(), kSystem, kIndicator10,
                          absl::StrCat("示范单位称号到 ", LastDay(end), " 为止"),
                          absl::StrCat("the label ends after ", LastDay(end)));
    if (gap != nullptr) {
      gaps.Change(gap, passed ? "demonstration.passed" : "demonstration.not_passed", -1);
    }
  }
}

void AddNotices(const MirrorFacts& facts, GapList& gaps) {
  for (const v1::NonconformityNotice& notice : facts.facility.notices()) {
    Gap& gap = gaps.Now(v1::GAP_KIND_NOTICE, facts.facility.name(), kNational, kNotices,
                        "有未办结的不符合告知，请按告知整改并提交整改报告",
                        "a non-conformity notice is open: mend what it names and report it");
    *gap.mutable_due_on() = notice.noticed_on();
  }
}

auto OrderOf(const Gap& gap) {
  const auto day = FromProto(gap.due_on());
  return std::make_tuple(
      gap.urgency(),
      gap.urgency() == v1::GAP_URGENCY_SOON && day.ok() ? *day : absl::CivilDay::min(), gap.kind());
}

}  // namespace

std::vector<Gap> GapsOn(const MirrorFacts& facts, const RuleContext& context, int within_days) {
  GapList gaps(context.today, context.today + within_days,
               facts.facility.state() == v1::FACILITY_STATE_ACTIVE);
  AddNotices(facts, gaps);
  AddRosters(facts, context, gaps);
  AddStaffGaps(facts.staff, context, gaps);
  AddChildGaps(facts.children, context, gaps);
  AddRatios(facts, context, gaps);
  AddPremises(facts, context, gaps);
  AddMaterials(facts, context, gaps);
  AddRecognition(facts, context, gaps);
  AddPrices(facts, context, gaps);
  AddDemonstrations(facts, context, gaps);
  std::vector<Gap> found = gaps.Take();
  std::stable_sort(found.begin(), found.end(),
                   [](const Gap& a, const Gap& b) { return OrderOf(a) < OrderOf(b); });
  return found;
}

std::vector<v1::GapCount> CountGaps(const std::vector<Gap>& gaps) {
  std::map<std::pair<v1::GapUrgency, v1::GapKind>, int> numbers;
  for (const Gap& gap : gaps) ++numbers[{gap.urgency(), gap.kind()}];
  std::vector<v1::GapCount> counts;
  for (const auto& [key, number] : numbers) {
    v1::GapCount& count = counts.emplace_back();
    count.set_urgency(key.first);
    count.set_kind(key.second);
    count.set_count(number);
  }
  return counts;
}

std::vector<v1::MeasureChange> SumChanges(const std::vector<Gap>& gaps) {
  std::map<std::string, int64_t> sums;
  for (const Gap& gap : gaps) {
    if (gap.urgency() != v1::GAP_URGENCY_NOW) continue;
    for (const v1::MeasureChange& change : gap.changes()) sums[change.measure()] += change.amount();
  }
  std::vector<v1::MeasureChange> changes;
  for (const auto& [measure, amount] : sums) {
    if (amount == 0) continue;
    v1::MeasureChange& change = changes.emplace_back();
    change.set_measure(measure);
    change.set_amount(amount);
  }
  return changes;
}

}  // namespace tuoyu::filing
