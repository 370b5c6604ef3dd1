#include "services/inspection/inspection_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/data/holidays.h"
#include "common/db/number_counter.h"
#include "common/journal/journal.h"
#include "common/registry/facility_mirror.h"
#include "common/testing/file_bytes.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/schema.h"

namespace tuoyu::inspection {
namespace {

// 2026-03-02 09:30:00 in Asia/Shanghai, a Monday.
constexpr int64_t kNow = 1772415000;
constexpr absl::Duration kLong = absl::Hours(24 * 3650);
constexpr int kCorrectionDays = 10;
constexpr size_t kPhotoBytes = 100;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

std::string Account(const std::string& unit, int number) {
  return absl::StrCat("accounts/", unit, "/", number);
}

}  // namespace

InspectionFixture::InspectionFixture()
    : ServerFixture(
          "inspection", absl::FromUnixSeconds(kNow), {kComponent, Files()},
          {rpc::DescriptorOf<v1::ChecklistService>(), rpc::DescriptorOf<v1::InspectorService>(),
           rpc::DescriptorOf<v1::PlanService>(), rpc::DescriptorOf<v1::DrawService>(),
           rpc::DescriptorOf<v1::PenaltyService>(), rpc::DescriptorOf<v1::RiskService>()}),
      divisions_(*data::LoadDivisions(DataFile("divisions/dazu-500111.csv"))),
      units_(*data::Units::Load(DataFile("units/dazu.yaml"))),
      checklists_(*ChecklistBook::Load(DataFile("checklists"), units_)),
      rules_(*InspectionRuleBook::Load(DataFile("inspection"))),
      calendar_(*data::LoadHolidays(DataFile("calendar/cn-holidays.csv"))),
      penalties_(*PenaltyRuleBook::Load(DataFile("penalty"), units_)),
      follower_({.source = "filing",
                 .consumer = "inspection",
                 .payload_types = registry::RegistryPayloads()},
                database_.pool(), registry_.journal().Fetch(), registry::RegistryHandlers(), clock_,
                metrics_, log_),
      writes_{database_.pool(), sealer_, "inspection"},
      deps_{sealer_, divisions_, units_, checklists_, rules_, calendar_, follower_, penalties_},
      checklist_service_(door_, checklists_, units_),
      inspector_service_(door_, writes_, deps_),
      plan_service_(door_, writes_, deps_),
      draw_service_(door_, writes_, deps_),
      visit_service_(door_, writes_, deps_),
      penalty_service_(door_, writes_, deps_),
      risk_service_(door_, database_.pool(), deps_) {
  database_.Migrate({rpc::follower::kComponent, rpc::follower::Files()});
  database_.Migrate({db::numbers::kComponent, db::numbers::Files()});
  database_.Migrate({registry::kComponent, registry::Files()});
  Serve({&checklist_service_,
         &inspector_service_,
         &plan_service_,
         &draw_service_,
         {&visit_service_, visit_service_.loops()},
         &penalty_service_,
         &risk_service_});
  checklist_stub_ = v1::ChecklistService::NewStub(channel_);
  inspector_stub_ = v1::InspectorService::NewStub(channel_);
  plan_stub_ = v1::PlanService::NewStub(channel_);
  draw_stub_ = v1::DrawService::NewStub(channel_);
  penalty_stub_ = v1::PenaltyService::NewStub(channel_);
  risk_stub_ = v1::RiskService::NewStub(channel_);
}

std::string InspectionFixture::Officer(const std::string& unit, int number) const {
  return TokenOf(
      unit == "DHC" ? common::v1::ROLE_DHC_INSPECTOR : common::v1::ROLE_DEPARTMENT_OFFICER,
      Account(unit, number), {"500111"}, "", kLong, unit);
}

std::string InspectionFixture::Head(const std::string& unit) const {
  return TokenOf(common::v1::ROLE_DEPARTMENT_HEAD, absl::StrCat("accounts/", unit, "/head"),
                 {"500111"}, "", kLong, unit);
}

std::string InspectionFixture::Principal(const std::string& facility) const {
  return TokenOf(common::v1::ROLE_FACILITY_PRINCIPAL, "accounts/principal", {}, facility, kLong);
}

std::string InspectionFixture::Auditor() const {
  return TokenOf(common::v1::ROLE_AUDITOR, "accounts/auditor", {"500111"}, "", kLong);
}

std::string InspectionFixture::Register(const std::string& name, const std::string& division,
                                        absl::CivilDay from, filing::v1::FacilityType type) {
  std::string facility = registry_.Register(name, division, from, type);
  CatchUp();
  return facility;
}

v1::Inspector InspectionFixture::Inspector(const std::string& unit, int number,
                                           absl::CivilDay until) {
  clock_.Advance(absl::Milliseconds(1));  // ids are in the order of their making
  v1::RecordInspectorRequest request;
  v1::Inspector& inspector = *request.mutable_inspector();
  inspector.set_account(Account(unit, number));
  inspector.set_person_name("演练执法员");
  inspector.set_certificate_number(absl::StrCat("CQ500111", unit, 1000 + number));
  *inspector.mutable_certified_from() = ToProto(absl::CivilDay(2024, 1, 1));
  *inspector.mutable_certified_until() = ToProto(until);
  const auto recorded =
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::RecordInspector, Head(unit), request);
  EXPECT_OK(recorded);
  return recorded.value_or(v1::Inspector());
}

void InspectionFixture::RecordInspectors(const std::vector<std::string>& units, int each) {
  for (const std::string& unit : units) {
    for (int i = 1; i <= each; ++i) Inspector(unit, i);
  }
}

v1::Plan InspectionFixture::Random(const std::vector<std::string>& units, int to_draw) const {
  v1::Plan plan;
  plan.set_title("2026年春季双随机抽查");
  plan.set_kind(v1::PLAN_KIND_RANDOM);
  plan.set_basis("大足府办发〔2024〕16号");
  for (const std::string& code : units) {
    v1::PlanUnit& unit = *plan.add_units();
    unit.set_unit(code);
    unit.set_inspectors(2);
    for (const v1::CheckDomain domain : DomainsOf(*checklists_.InForce(today()), code)) {
      unit.add_domains(domain);
    }
  }
  *plan.mutable_first_day() = ToProto(today());
  *plan.mutable_last_day() = ToProto(today() + 30);
  plan.set_division_code("500111");
  plan.set_facilities_to_draw(to_draw);
  return plan;
}

v1::Plan InspectionFixture::Special(const std::vector<std::string>& units,
                                    const std::vector<std::string>& facilities) const {
  v1::Plan plan = Random(units, 0);
  plan.set_title("消防专项检查");
  plan.set_kind(v1::PLAN_KIND_SPECIAL);
  plan.clear_division_code();
  plan.mutable_facilities()->Assign(facilities.begin(), facilities.end());
  return plan;
}

v1::Plan InspectionFixture::Case(const std::string& unit, const std::string& facility) const {
  v1::Plan plan = Special({unit}, {facility});
  plan.set_title("线索核查");
  plan.set_kind(v1::PLAN_KIND_CASE);
  plan.set_basis("线索〔2026〕3号");
  plan.set_exemption(v1::CAP_EXEMPTION_CLUE);
  return plan;
}

absl::StatusOr<v1::Plan> InspectionFixture::Submit(const v1::Plan& plan) const {
  v1::SubmitPlanRequest request;
  *request.mutable_plan() = plan;
  return CallOn(*plan_stub_, &v1::PlanService::Stub::SubmitPlan, Officer(plan.units(0).unit()),
                request);
}

absl::StatusOr<v1::Plan> InspectionFixture::Decide(const v1::Plan& plan, const std::string& unit,
                                                   bool approve) const {
  v1::DecidePlanRequest request;
  request.set_name(plan.name());
  request.set_etag(plan.etag());
  request.set_approve(approve);
  if (!approve) request.set_reason("检查力量不足");
  return CallOn(*plan_stub_, &v1::PlanService::Stub::DecidePlan, Head(unit), request);
}

v1::Plan InspectionFixture::Approved(const v1::Plan& plan) {
  auto at = Submit(plan);
  EXPECT_OK(at);
  while (at.ok() && !at->awaits().empty()) {
    at = Decide(*at, at->awaits(0));
    EXPECT_OK(at);
  }
  return at.value_or(v1::Plan());
}

absl::StatusOr<v1::Draw> InspectionFixture::Commit(const v1::Plan& plan) const {
  v1::CommitDrawRequest request;
  request.set_plan(plan.name());
  return CallOn(*draw_stub_, &v1::DrawService::Stub::CommitDraw, Officer(plan.units(0).unit()),
                request);
}

absl::StatusOr<v1::Draw> InspectionFixture::Freeze(const v1::Draw& draw) const {
  v1::FreezeDrawRequest request;
  request.set_name(draw.name());
  return CallOn(*draw_stub_, &v1::DrawService::Stub::FreezeDraw, Officer(draw.unit()), request);
}

absl::StatusOr<v1::Draw> InspectionFixture::Perform(const v1::Draw& draw,
                                                    const std::string& token) const {
  v1::PerformDrawRequest request;
  request.set_name(draw.name());
  request.set_witness("区政府办公室 监督科");
  request.set_word("福彩3D 5 0 1");
  return CallOn(*draw_stub_, &v1::DrawService::Stub::PerformDraw, token, request);
}

absl::StatusOr<v1::Draw> InspectionFixture::Drawn(const v1::Plan& plan) {
  CatchUp();
  ASSIGN_OR_RETURN(v1::Draw draw, Commit(plan));
  clock_.Advance(absl::Seconds(1));
  ASSIGN_OR_RETURN(draw, Freeze(draw));
  clock_.Advance(absl::Seconds(1));
  return Perform(draw, Auditor());
}

absl::StatusOr<v1::DrawRecord> InspectionFixture::Record(const v1::Draw& draw,
                                                         const std::string& token) const {
  std::string bytes;
  v1::ReadDrawRecordRequest request;
  request.set_name(draw.name());
  while (true) {
    request.set_offset(static_cast<int64_t>(bytes.size()));
    ASSIGN_OR_RETURN(const v1::ReadDrawRecordResponse piece,
                     CallOn(*draw_stub_, &v1::DrawService::Stub::ReadDrawRecord, token, request));
    bytes += piece.data();
    if (piece.data().empty() || static_cast<int64_t>(bytes.size()) >= piece.total_bytes()) break;
  }
  v1::DrawRecord record;
  EXPECT_TRUE(record.ParseFromString(bytes));
  return record;
}

v1::Visit InspectionFixture::Opened(const std::string& facility) {
  const v1::Plan plan = Approved(Case("DHC", facility));
  v1::ListInspectorsRequest list;
  list.set_unit("DHC");
  v1::OpenVisitRequest request;
  request.set_plan(plan.name());
  const auto inspectors =
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer("DHC"), list);
  EXPECT_OK(inspectors);
  for (int i = 0; i < 2; ++i) request.add_inspectors(inspectors->inspectors(i).name());
  const auto visit = Call(&Stub::OpenVisit, Officer("DHC"), request);
  EXPECT_OK(visit);
  return visit.value_or(v1::Visit());
}

v1::RecordPart InspectionFixture::Arrival(const v1::Visit& visit) const {
  v1::RecordPart part;
  part.set_part_id(NewUuidV7(absl::Now()));
  *part.mutable_device_time() = ToProto(clock_.Now());
  *part.mutable_arrival()->mutable_inspectors() = visit.inspectors();
  return part;
}

v1::RecordPart InspectionFixture::Item(const std::string& code, v1::ItemVerdict verdict) const {
  v1::RecordPart part;
  part.set_part_id(NewUuidV7(absl::Now()));
  *part.mutable_device_time() = ToProto(clock_.Now());
  part.mutable_item()->set_item(code);
  part.mutable_item()->set_verdict(verdict);
  if (verdict == v1::ITEM_VERDICT_FAIL) part.mutable_item()->set_note("现场发现");
  return part;
}

v1::RecordPart InspectionFixture::Close(v1::RecordSigning signing) const {
  v1::RecordPart part;
  part.set_part_id(NewUuidV7(absl::Now()));
  *part.mutable_device_time() = ToProto(clock_.Now());
  part.mutable_close()->set_signing(signing);
  if (signing != v1::RECORD_SIGNING_SIGNED) part.mutable_close()->set_statement("两人见证");
  return part;
}

absl::StatusOr<v1::Visit> InspectionFixture::Send(const v1::Visit& visit,
                                                  std::vector<v1::RecordPart> parts,
                                                  absl::Duration clock_ahead) const {
  v1::RecordVisitRequest request;
  request.set_name(visit.name());
  *request.mutable_device_now() = ToProto(clock_.Now() + clock_ahead);
  for (v1::RecordPart& part : parts) {
    *part.mutable_device_time() = ToProto(*FromProto(part.device_time()) + clock_ahead);
    *request.add_parts() = std::move(part);
  }
  return Call(&Stub::RecordVisit, Officer(visit.units(0).unit()), request);
}

v1::Visit InspectionFixture::Recorded(const v1::Visit& visit,
                                      const std::vector<std::string>& failed) {
  std::vector<v1::RecordPart> parts = {Arrival(visit)};
  for (const v1::CheckItem& item : checklists_.Find(visit.checklist_version())->items()) {
    const bool fails = std::find(failed.begin(), failed.end(), item.code()) != failed.end();
    const bool own = MayCheck(item, visit.units(0).unit());
    if (!own || (!item.key() && !fails)) continue;
    parts.push_back(Item(item.code(), fails ? v1::ITEM_VERDICT_FAIL : v1::ITEM_VERDICT_PASS));
  }
  parts.push_back(Close());
  const auto recorded = Send(visit, parts);
  EXPECT_OK(recorded);
  return recorded.value_or(v1::Visit());
}

absl::StatusOr<v1::Visit> InspectionFixture::Conclude(
    const v1::Visit& visit, v1::VisitOutcome outcome,
    const std::vector<std::string>& failed) const {
  v1::ConcludeVisitRequest request;
  request.set_name(visit.name());
  request.set_outcome(outcome);
  request.set_outcome_text("检查结束");
  for (const std::string& item : failed) {
    v1::CorrectionOrder& order = *request.add_orders();
    order.set_item(item);
    order.set_requirement("限期改正");
    *order.mutable_due_date() = ToProto(today() + kCorrectionDays);
  }
  return Call(&Stub::ConcludeVisit, Officer(visit.units(0).unit()), request);
}

v1::Visit InspectionFixture::WithFindings(const std::string& facility,
                                          const std::vector<std::string>& failed) {
  const auto concluded =
      Conclude(Recorded(Opened(facility), failed), v1::VISIT_OUTCOME_CORRECTION_ORDERED, failed);
  EXPECT_OK(concluded);
  return concluded.value_or(v1::Visit());
}

v1::RecheckFindingRequest InspectionFixture::RecheckOf(const std::string& finding, bool passed,
                                                       const std::string& unit) const {
  v1::RecheckFindingRequest request;
  request.set_name(finding);
  request.set_passed(passed);
  request.set_text("现场复查");
  if (!passed) *request.mutable_due_date() = ToProto(today() + 5);
  const std::string bytes = ::tuoyu::testing::Png(kPhotoBytes);
  v1::UploadPhotoRequest upload;
  v1::Photo& photo = *upload.mutable_photo();
  photo.set_name(PhotoName(ParseFindingName(finding).visit, NewUuidV7(absl::Now())));
  photo.set_digest(Sha256Hex(bytes));
  photo.set_size_bytes(static_cast<int64_t>(bytes.size()));
  *photo.mutable_device_time() = ToProto(clock_.Now());
  upload.set_data(bytes);
  EXPECT_OK(Call(&Stub::UploadPhoto, Officer(unit), upload));
  request.add_photos(photo.name());
  for (const v1::Inspector& each : Library(unit)) request.add_inspectors(each.name());
  return request;
}

std::vector<v1::Inspector> InspectionFixture::Library(const std::string& unit) const {
  v1::ListInspectorsRequest list;
  list.set_unit(unit);
  const auto found =
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer(unit), list);
  EXPECT_OK(found);
  if (!found.ok()) return {};
  return {found->inspectors().begin(), found->inspectors().end()};
}

absl::StatusOr<v1::Visit> InspectionFixture::Get(const std::string& visit,
                                                 const std::string& token) const {
  v1::GetVisitRequest request;
  request.set_name(visit);
  return Call(&Stub::GetVisit, token, request);
}

std::vector<std::string> InspectionFixture::Actions() {
  const std::string all = database_.Value(
      "SELECT GROUP_CONCAT(action ORDER BY sequence SEPARATOR ' ') FROM journal_entry");
  return absl::StrSplit(all, ' ', absl::SkipEmpty());
}

}  // namespace tuoyu::inspection
