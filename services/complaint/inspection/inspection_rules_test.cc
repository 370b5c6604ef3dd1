#include "services/complaint/inspection/inspection_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseInspection;
namespace ipb = ::tuoyu::inspection::v1;
using Told = std::variant<ipb::Plan, ipb::Visit, ipb::PenaltyCase>;

constexpr int kHistories = 100'000;
constexpr int kMostSteps = 14;
const absl::CivilDay kDay(2026, 3, 2);

// An inspection service that does what it may, at random, for the asks of one case; all it says is kept in order.
class History {
 public:
  explicit History(uint32_t seed) : random_(seed) {
    const int asks = Below(2) + 1;
    for (int i = 0; i < asks; ++i) Ask(i);
    for (int step = Below(kMostSteps); step >= 0; --step) Step();
  }

  const std::vector<Told>& told() const { return told_; }
  const Case& asked() const { return asked_; }
  const std::vector<ipb::Plan>& plans() const { return plans_; }
  const std::vector<ipb::Visit>& visits() const { return visits_; }
  const std::vector<ipb::PenaltyCase>& penalties() const { return penalties_; }
  int Below(int bound) { return static_cast<int>(random_() % static_cast<uint32_t>(bound)); }

 private:
  template <typename Record>
  void Tell(Record* record) {
    int64_t revision = 0;
    (void)absl::SimpleAtoi(record->etag(), &revision);
    record->set_etag(absl::StrCat(revision + 1));
    told_.emplace_back(*record);
  }
  void Ask(int number) {
    CaseInspection& inspection = *asked_.add_inspections();
    inspection.set_plan(absl::StrCat("plans/", number));
    inspection.set_progress(v1::INSPECTION_PROGRESS_ASKED);
    asked_.set_state(v1::CASE_STATE_INSPECTION);
    ipb::Plan& plan = plans_.emplace_back();
    plan.set_name(inspection.plan());
    plan.set_state(ipb::PLAN_STATE_SUBMITTED);
    Tell(&plan);
  }
  void Step() {
    switch (Below(4)) {
      case 0:
        return DecidePlan();
      case 1:
        return OpenVisit();
      case 2:
        return AdvanceVisit();
      default:
        return AdvancePenalty();
    }
  }
  void DecidePlan() {
    ipb::Plan& plan = plans_[Below(static_cast<int>(plans_.size()))];
    if (plan.state() != ipb::PLAN_STATE_SUBMITTED) return;
    plan.set_state(Below(3) == 0 ? ipb::PLAN_STATE_REJECTED : ipb::PLAN_STATE_APPROVED);
    Tell(&plan);
  }
  bool HasVisit(const std::string& plan) const {
    for (const ipb::Visit& visit : visits_) {
      if (visit.plan() == plan && visit.state() != ipb::VISIT_STATE_CANCELLED) return true;
    }
    return false;
  }
  // Also before the approval, as urgent ones are.
  void OpenVisit() {
    const ipb::Plan& plan = plans_[Below(static_cast<int>(plans_.size()))];
    if (plan.state() == ipb::PLAN_STATE_REJECTED || HasVisit(plan.name())) return;
    ipb::Visit& visit = visits_.emplace_back();
    visit.set_name(absl::StrFormat("visits/%03d", visits_.size()));
    visit.set_plan(plan.name());
    visit.set_state(ipb::VISIT_STATE_PLANNED);
    Tell(&visit);
  }
  void Conclude(ipb::Visit* visit) {
    *visit->mutable_concluded_on() = ToProto(kDay);
    visit->set_outcome(ipb::VISIT_OUTCOME_CORRECTION_ORDERED);
    const int findings = Below(3);
    for (int i = 0; i < findings; ++i) visit->add_findings()->set_state(ipb::FINDING_STATE_OPEN);
    visit->set_state(findings == 0 ? ipb::VISIT_STATE_CLOSED : ipb::VISIT_STATE_RECTIFYING);
  }
  void AdvanceVisit() {
    if (visits_.empty()) return;
    ipb::Visit& visit = visits_[Below(static_cast<int>(visits_.size()))];
    switch (visit.state()) {
      case ipb::VISIT_STATE_PLANNED:
        if (Below(4) == 0) {
          visit.set_state(ipb::VISIT_STATE_CANCELLED);
        } else {
          visit.set_state(ipb::VISIT_STATE_ON_SITE);
        }
        break;
      case ipb::VISIT_STATE_ON_SITE:
        Conclude(&visit);
        break;
      case ipb::VISIT_STATE_RECTIFYING:
        for (ipb::Finding& finding : *visit.mutable_findings()) {
          finding.set_state(ipb::FINDING_STATE_CORRECTED);
        }
        visit.set_state(ipb::VISIT_STATE_CLOSED);
        break;
      default:
        return;
    }
    Tell(&visit);
  }
  void AdvancePenalty() {
    if (penalties_.empty() || Below(3) == 0) {
      for (const ipb::Visit& visit : visits_) {
        if (!visit.has_concluded_on() || Below(2) == 0) continue;
        ipb::PenaltyCase& penalty = penalties_.emplace_back();
        penalty.set_name(absl::StrCat("penaltyCases/", penalties_.size()));
        penalty.set_visit(visit.name());
        penalty.set_state(ipb::PENALTY_STATE_PROPOSED);
        return Tell(&penalty);
      }
      return;
    }
    ipb::PenaltyCase& penalty = penalties_[Below(static_cast<int>(penalties_.size()))];
    if (penalty.state() == ipb::PENALTY_STATE_PROPOSED) {
      penalty.set_state(ipb::PENALTY_STATE_OPEN);
      *penalty.mutable_opened_on() = ToProto(kDay);
    } else if (penalty.state() == ipb::PENALTY_STATE_OPEN) {
      penalty.set_state(ipb::PENALTY_STATE_DECIDED);
      *penalty.mutable_decision()->mutable_decided_on() = ToProto(kDay);
    } else {
      return;
    }
    Tell(&penalty);
  }

  std::mt19937 random_;
  Case asked_;
  std::vector<ipb::Plan> plans_;
  std::vector<ipb::Visit> visits_;
  std::vector<ipb::PenaltyCase> penalties_;
  std::vector<Told> told_;
};

bool Apply(const Told& told, Case* of_case) {
  const absl::Time now = absl::UnixEpoch();
  if (const auto* plan = std::get_if<ipb::Plan>(&told)) {
    return ApplyPlan(*plan, now, "system/test", of_case);
  }
  if (const auto* visit = std::get_if<ipb::Visit>(&told)) {
    return ApplyVisit(*visit, now, "system/test", of_case);
  }
  return ApplyPenalty(std::get<ipb::PenaltyCase>(told), now, "system/test", of_case);
}

int Count(const Case& of_case, v1::CaseStepKind kind) {
  int count = 0;
  for (const v1::CaseStep& step : of_case.steps()) count += step.kind() == kind ? 1 : 0;
  return count;
}

// The case names each plan asked for, the visit that stands for it, and each penalty case once, as they are now.
void ExpectNoOrphan(const History& history, const Case& of_case) {
  std::map<std::string, const CaseInspection*> by_plan;
  int penalties = 0;
  for (const CaseInspection& inspection : of_case.inspections()) {
    by_plan[inspection.plan()] = &inspection;
    penalties += inspection.penalties_size();
  }
  ASSERT_EQ(by_plan.size(), history.plans().size());
  ASSERT_EQ(penalties, static_cast<int>(history.penalties().size()));
  int concluded = 0;
  for (const ipb::Visit& visit : history.visits()) {
    if (visit.state() == ipb::VISIT_STATE_CANCELLED) continue;
    const CaseInspection& inspection = *by_plan.at(visit.plan());
    concluded += visit.has_concluded_on() ? 1 : 0;
    if (inspection.progress() == v1::INSPECTION_PROGRESS_ENDED) continue;
    ASSERT_EQ(inspection.visit(), visit.name());
    ASSERT_EQ(inspection.progress() == v1::INSPECTION_PROGRESS_DONE,
              visit.state() == ipb::VISIT_STATE_CLOSED);
    ASSERT_EQ(inspection.findings(), visit.findings_size());
  }
  int opened = 0;
  for (const ipb::PenaltyCase& penalty : history.penalties()) {
    opened += penalty.has_opened_on() ? 1 : 0;
  }
  ASSERT_EQ(Count(of_case, v1::CASE_STEP_KIND_INSPECTION_CONCLUDED), concluded);
  ASSERT_EQ(Count(of_case, v1::CASE_STEP_KIND_PENALTY_OPENED), opened);
}

TEST(InspectionRulesTest, NoHistoryLeavesAnOrphanNorDoesItMatterHowOftenItIsTold) {
  for (uint32_t seed = 0; seed < kHistories; ++seed) {
    History history(seed);
    Case of_case = history.asked();
    for (const Told& told : history.told()) Apply(told, &of_case);
    ExpectNoOrphan(history, of_case);
    // Told as far as anywhere, and from the beginning once more.
    Case again = history.asked();
    const int stop = history.Below(static_cast<int>(history.told().size()) + 1);
    for (int i = 0; i < stop; ++i) Apply(history.told()[i], &again);
    for (int i = 0; i < stop; ++i) {
      ASSERT_FALSE(Apply(history.told()[i], &again)) << "seed " << seed << " entry " << i;
    }
    for (const Told& told : history.told()) Apply(told, &again);
    ASSERT_EQ(again.SerializeAsString(), of_case.SerializeAsString()) << "seed " << seed;
    if (::testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace tuoyu::complaint
