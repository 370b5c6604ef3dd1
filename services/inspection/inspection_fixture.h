#ifndef TUOYU_SERVICES_INSPECTION_INSPECTION_FIXTURE_H_
#define TUOYU_SERVICES_INSPECTION_INSPECTION_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/base/clock.h"
#include "common/testing/in_process_server.h"
#include "common/testing/made_up_facilities.h"
#include "common/testing/matchers.h"
#include "services/inspection/checklist/checklist_service.h"
#include "services/inspection/draw/draw_service.h"
#include "services/inspection/inspector/inspector_service.h"
#include "services/inspection/penalty/penalty_service.h"
#include "services/inspection/plan/plan_service.h"
#include "services/inspection/risk/risk_service.h"
#include "services/inspection/visit/visit_service.h"
#include "tuoyu/inspection/v1/draw.pb.h"

namespace tuoyu::inspection {

using absl::CivilDay;
using rpc::ReasonOf;

// The inspection service on a database of its own behind a server in the process, following a made-up registry, on 2026-03-02 09:30 in
// Shanghai, with Dazu's data.
class InspectionFixture : public ::tuoyu::testing::ServerFixture<v1::VisitService> {
 protected:
  InspectionFixture();

  absl::CivilDay today() const { return DayOf(clock_.Now()); }
  void GoTo(absl::CivilDay day) { clock_.Set(StartOf(day) + absl::Minutes(570)); }

  // Tokens of made-up people: "DHC/1" is the first officer of the health commission, also an inspector where one is recorded.
  std::string Officer(const std::string& unit, int number = 1) const;
  std::string Head(const std::string& unit) const;
  std::string Principal(const std::string& facility) const;
  std::string Auditor() const;

  // A facility that is active from `from` on, followed; its name.
  std::string Register(const std::string& name, const std::string& division = "500111001",
                       absl::CivilDay from = absl::CivilDay(2024, 1, 2),
                       filing::v1::FacilityType type = filing::v1::FACILITY_TYPE_ORDINARY);
  // Applies what the made-up registry holds.
  void CatchUp() { ASSERT_OK(follower_.CatchUp()); }

  // Inspector `number` of a unit, with the account of Officer(unit, number).
  v1::Inspector Inspector(const std::string& unit, int number,
                          absl::CivilDay until = absl::CivilDay(2030, 12, 31));
  // Two of each of the units.
  void RecordInspectors(const std::vector<std::string>& units, int each = 2);

  // Plans without fault, led by the first unit.
  v1::Plan Random(const std::vector<std::string>& units, int to_draw) const;
  v1::Plan Special(const std::vector<std::string>& units,
                   const std::vector<std::string>& facilities) const;
  v1::Plan Case(const std::string& unit, const std::string& facility) const;
  absl::StatusOr<v1::Plan> Submit(const v1::Plan& plan) const;
  absl::StatusOr<v1::Plan> Decide(const v1::Plan& plan, const std::string& unit,
                                  bool approve = true) const;
  // Submitted and approved by all heads it waits for.
  v1::Plan Approved(const v1::Plan& plan);

  // The draw of an approved plan, from commitment to result, moments apart.
  absl::StatusOr<v1::Draw> Drawn(const v1::Plan& plan);
  absl::StatusOr<v1::Draw> Commit(const v1::Plan& plan) const;
  absl::StatusOr<v1::Draw> Freeze(const v1::Draw& draw) const;
  absl::StatusOr<v1::Draw> Perform(const v1::Draw& draw, const std::string& token) const;
  absl::StatusOr<v1::DrawRecord> Record(const v1::Draw& draw, const std::string& token) const;

  // A visit of DHC's first two inspectors at the facility, opened for a case.
  v1::Visit Opened(const std::string& facility);
  absl::StatusOr<v1::Visit> Send(const v1::Visit& visit, std::vector<v1::RecordPart> parts,
                                 absl::Duration clock_ahead = absl::ZeroDuration()) const;
  // Parts made by a device now.
  v1::RecordPart Arrival(const v1::Visit& visit) const;
  v1::RecordPart Item(const std::string& code, v1::ItemVerdict verdict) const;
  v1::RecordPart Close(v1::RecordSigning signing = v1::RECORD_SIGNING_SIGNED) const;
  // A record in which all key items of the visit pass but those of `failed`.
  v1::Visit Recorded(const v1::Visit& visit, const std::vector<std::string>& failed = {});
  // Concluded, with a correction due in 10 days for each of `failed`.
  absl::StatusOr<v1::Visit> Conclude(const v1::Visit& visit, v1::VisitOutcome outcome,
                                     const std::vector<std::string>& failed = {}) const;
  // A visit with these findings.
  v1::Visit WithFindings(const std::string& facility, const std::vector<std::string>& failed);
  // A re-check by two inspectors of the unit with a photo they send now; not passed it is due in five days.
  v1::RecheckFindingRequest RecheckOf(const std::string& finding, bool passed,
                                      const std::string& unit = "DHC") const;
  std::vector<v1::Inspector> Library(const std::string& unit) const;
  absl::StatusOr<v1::Visit> Get(const std::string& visit, const std::string& token) const;
  std::vector<std::string> Actions();

  const data::Divisions divisions_;
  const data::Units units_;
  const ChecklistBook checklists_;
  InspectionRuleBook rules_;
  calendar::WorkingDays calendar_;
  PenaltyRuleBook penalties_;
  ::tuoyu::testing::MadeUpFacilities registry_;
  rpc::JournalFollower follower_;
  const rpc::WriteDeps writes_;
  const InspectionDeps deps_;
  ChecklistService checklist_service_;
  InspectorService inspector_service_;
  PlanService plan_service_;
  DrawService draw_service_;
  VisitService visit_service_;
  PenaltyService penalty_service_;
  RiskService risk_service_;
  std::unique_ptr<v1::ChecklistService::Stub> checklist_stub_;
  std::unique_ptr<v1::InspectorService::Stub> inspector_stub_;
  std::unique_ptr<v1::PlanService::Stub> plan_stub_;
  std::unique_ptr<v1::DrawService::Stub> draw_stub_;
  std::unique_ptr<v1::PenaltyService::Stub> penalty_stub_;
  std::unique_ptr<v1::RiskService::Stub> risk_stub_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_INSPECTION_FIXTURE_H_
