#include "services/complaint/complaint_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/data/holidays.h"
#include "common/db/number_counter.h"
#include "common/registry/facility_mirror.h"
#include "services/complaint/registry/registry_feed.h"
#include "services/complaint/schema.h"

namespace tuoyu::complaint {
namespace {

using Cases = v1::CaseService::Stub;

// 2026-03-02 09:30:00 in Asia/Shanghai, a Monday.
constexpr int64_t kNow = 1772415000;
constexpr absl::Duration kLong = absl::Hours(24 * 3650);

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

std::string Account(const std::string& unit, int number) {
  return absl::StrCat("accounts/", unit, "/", number);
}

}  // namespace

ComplaintFixture::ComplaintFixture()
    : ServerFixture(
          "complaint", absl::FromUnixSeconds(kNow), {kComponent, Files()},
          {rpc::DescriptorOf<v1::IntakeService>(), rpc::DescriptorOf<v1::ReporterService>(),
           rpc::DescriptorOf<v1::ReviewService>(), rpc::DescriptorOf<v1::StatisticService>(),
           rpc::DescriptorOf<v1::AttachmentService>(), rpc::DescriptorOf<v1::AlertService>()}),
      attendance_signer_(*privacy::Signer::FromPem(
          *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256))),
      attendance_(*privacy::Verifier::FromPem(attendance_signer_.public_pem())),
      divisions_(*data::LoadDivisions(DataFile("divisions/dazu-500111.csv"))),
      units_(*data::Units::Load(DataFile("units/dazu.yaml"))),
      rules_(*ComplaintRuleBook::Load(DataFile("complaint"), units_)),
      calendar_(*data::LoadHolidays(DataFile("calendar/cn-holidays.csv"))),
      follower_({.source = "filing",
                 .consumer = "complaint",
                 .payload_types = registry::RegistryPayloads()},
                database_.pool(), registry_.journal().Fetch(), RegistryFeed(), clock_, metrics_,
                log_),
      writes_{database_.pool(), sealer_, "complaint"},
      deps_{sealer_, divisions_, units_, rules_, calendar_, follower_, attendance_},
      intake_service_(door_, writes_, deps_),
      case_service_(door_, writes_, deps_),
      reporter_service_(door_, writes_, deps_),
      review_service_(door_, writes_, deps_),
      statistic_service_(door_, database_.pool(), deps_),
      attachment_service_(door_, writes_, deps_),
      alert_service_(door_, database_.pool(), deps_) {
  database_.Migrate({rpc::follower::kComponent, rpc::follower::Files()});
  database_.Migrate({db::numbers::kComponent, db::numbers::Files()});
  database_.Migrate({registry::kComponent, registry::Files()});
  Serve({&intake_service_, &case_service_, &reporter_service_, &review_service_,
         &statistic_service_, &attachment_service_, &alert_service_});
  intake_stub_ = v1::IntakeService::NewStub(channel_);
  reporter_stub_ = v1::ReporterService::NewStub(channel_);
  attachment_stub_ = v1::AttachmentService::NewStub(channel_);
  review_stub_ = v1::ReviewService::NewStub(channel_);
  alert_stub_ = v1::AlertService::NewStub(channel_);
}

int64_t ComplaintFixture::Wake() {
  const auto woken =
      WakeCases(writes_, deps_, clock_, absl::Now() + absl::Seconds(30), /*limit=*/100);
  EXPECT_OK(woken);
  return woken.value_or(0);
}

std::string ComplaintFixture::Officer(const std::string& unit, int number) const {
  return TokenOf(
      unit == "DHC" ? common::v1::ROLE_DHC_COMPLAINT_HANDLER : common::v1::ROLE_DEPARTMENT_OFFICER,
      Account(unit, number), {"500111"}, "", kLong, unit);
}

std::string ComplaintFixture::Head(const std::string& unit) const {
  return TokenOf(common::v1::ROLE_DEPARTMENT_HEAD, absl::StrCat("accounts/", unit, "/head"),
                 {"500111"}, "", kLong, unit);
}

std::string ComplaintFixture::Town(const std::string& division) const {
  return TokenOf(common::v1::ROLE_TOWN_OFFICER, absl::StrCat("accounts/", division, "/1"),
                 {division}, "", kLong);
}

std::string ComplaintFixture::Principal(const std::string& facility) const {
  return TokenOf(common::v1::ROLE_FACILITY_PRINCIPAL, "accounts/principal", {}, facility, kLong);
}

std::string ComplaintFixture::Register(const std::string& name, const std::string& division,
                                       filing::v1::FacilityType type) {
  std::string facility = registry_.Register(name, division, CivilDay(2024, 1, 2), type);
  EXPECT_OK(follower_.CatchUp());
  return facility;
}

v1::Filing ComplaintFixture::FeesComplaint(const std::string& facility) const {
  v1::Filing filing;
  filing.set_facility(facility);
  v1::Matter& matter = *filing.add_matters();
  matter.set_kind(v1::CASE_KIND_COMPLAINT);
  matter.set_category("FEES");
  matter.set_text("退园后预付费不退，演练甲家长已多次协商。");
  matter.set_claim("退还剩余预付费");
  filing.set_mode(v1::REPORTER_MODE_NAMED);
  filing.mutable_reporter()->set_person_name("演练甲");
  filing.mutable_reporter()->set_phone("199 0000 0001");
  filing.mutable_reporter()->set_address("大足区演练路1号");
  filing.mutable_reporter()->set_relation("PARENT");
  filing.set_wants_reply(true);
  filing.set_consents_disclosure(true);
  return filing;
}

v1::Filing ComplaintFixture::AnonymousReport(const std::string& facility,
                                             const std::string& category,
                                             const std::string& text) const {
  v1::Filing filing;
  filing.set_facility(facility);
  v1::Matter& matter = *filing.add_matters();
  matter.set_kind(v1::CASE_KIND_REPORT);
  matter.set_category(category);
  matter.set_text(text);
  filing.set_mode(v1::REPORTER_MODE_ANONYMOUS);
  filing.mutable_reporter()->set_relation("OTHER");
  return filing;
}

absl::StatusOr<v1::FileComplaintResponse> ComplaintFixture::File(const v1::Filing& filing) const {
  v1::FileComplaintRequest request;
  *request.mutable_filing() = filing;
  return CallOn(*intake_stub_, &v1::IntakeService::Stub::FileComplaint, "", request);
}

v1::Case ComplaintFixture::Filed(const v1::Filing& filing) {
  clock_.Advance(absl::Milliseconds(1));  // ids are in the order of their making
  const auto filed = File(filing);
  EXPECT_OK(filed);
  if (!filed.ok()) return {};
  code_ = filed->query_code();
  const std::string number = filed->cases(0).case_number();
  const std::string unit = database_.Value(
      absl::StrCat("SELECT u.unit FROM case_unit u JOIN complaint_case c ON c.id = u.case_id WHERE "
                   "c.case_number = '",
                   number, "' LIMIT 1"));
  const auto got = Get(number, Officer(unit));
  EXPECT_OK(got);
  return got.value_or(v1::Case());
}

v1::Case ComplaintFixture::Assigned(const v1::Filing& filing) {
  const v1::Case filed = Filed(filing);
  const auto accepted =
      filed.state() == v1::CASE_STATE_SUBMITTED ? Accept(filed) : absl::StatusOr<v1::Case>(filed);
  EXPECT_OK(accepted);
  if (!accepted.ok()) return {};
  const auto assigned = Assign(*accepted);
  EXPECT_OK(assigned);
  return assigned.value_or(v1::Case());
}

v1::Case ComplaintFixture::Replied(const v1::Filing& filing) {
  const auto resolved = Resolve(Assigned(filing), v1::CASE_OUTCOME_UPHELD);
  EXPECT_OK(resolved);
  if (!resolved.ok()) return {};
  const auto replied = Reply(*resolved);
  EXPECT_OK(replied);
  return replied.value_or(v1::Case());
}

absl::StatusOr<v1::Case> ComplaintFixture::Get(const std::string& name,
                                               const std::string& token) const {
  v1::GetCaseRequest request;
  request.set_name(name);
  return Call(&Cases::GetCase, token, request);
}

absl::StatusOr<v1::Case> ComplaintFixture::Accept(const v1::Case& of_case) const {
  v1::AcceptCaseRequest request;
  request.set_name(of_case.name());
  request.set_etag(of_case.etag());
  return Call(&Cases::AcceptCase, Officer(of_case.unit()), request);
}

absl::StatusOr<v1::Case> ComplaintFixture::Assign(const v1::Case& of_case, int officer) const {
  v1::AssignCaseRequest request;
  request.set_name(of_case.name());
  request.set_handler(Account(of_case.unit(), officer));
  return Call(&Cases::AssignCase, Officer(of_case.unit()), request);
}

absl::StatusOr<v1::Case> ComplaintFixture::Resolve(const v1::Case& of_case, v1::CaseOutcome outcome,
                                                   int officer) const {
  v1::ResolveCaseRequest request;
  request.set_name(of_case.name());
  request.set_outcome(outcome);
  request.set_result("经核查，机构应退还剩余预付费。");
  return Call(&Cases::ResolveCase, Officer(of_case.unit(), officer), request);
}

absl::StatusOr<v1::Case> ComplaintFixture::Reply(const v1::Case& of_case) const {
  v1::ReplyCaseRequest request;
  request.set_name(of_case.name());
  return Call(&Cases::ReplyCase, Officer(of_case.unit()), request);
}

absl::StatusOr<v1::FollowCaseResponse> ComplaintFixture::Follow(const std::string& code) const {
  v1::FollowCaseRequest request;
  request.set_query_code(code);
  return CallOn(*intake_stub_, &v1::IntakeService::Stub::FollowCase, "", request);
}

v1::CaseClock ComplaintFixture::ClockOf(const v1::Case& of_case, v1::ClockStep step) {
  v1::CaseClock found;
  for (const v1::CaseClock& clock : of_case.clocks()) {
    if (clock.step() == step) found = clock;
  }
  return found;
}

CivilDay ComplaintFixture::DueOn(const v1::CaseClock& clock) {
  return FromProto(clock.deadline().due_date()).value_or(CivilDay(1, 1, 1));
}

std::vector<v1::CaseStepKind> ComplaintFixture::StepsOf(const v1::Case& of_case) {
  std::vector<v1::CaseStepKind> kinds;
  for (const v1::CaseStep& step : of_case.steps()) kinds.push_back(step.kind());
  return kinds;
}

std::vector<std::string> ComplaintFixture::Actions() {
  const std::string all = database_.Value(
      "SELECT GROUP_CONCAT(action ORDER BY sequence SEPARATOR ' ') FROM journal_entry");
  return absl::StrSplit(all, ' ', absl::SkipEmpty());
}

}  // namespace tuoyu::complaint
