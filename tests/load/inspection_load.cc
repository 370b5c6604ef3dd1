#include "tests/load/inspection_load.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/inspection/draw/draw_rules.h"
#include "tests/load/profile.h"
#include "tests/load/report.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"
#include "tuoyu/inspection/v1/draw_service.grpc.pb.h"
#include "tuoyu/inspection/v1/inspector_service.grpc.pb.h"
#include "tuoyu/inspection/v1/plan_service.grpc.pb.h"
#include "tuoyu/inspection/v1/visit_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

namespace pb = inspection::v1;
using system_test::Process;

constexpr char kList[] = "inspection.v1.VisitService/ListVisits";
constexpr int kLatest = 20;
constexpr int kThreads = 8;
constexpr int kBatch = 200;
constexpr int kConnections = 8;
constexpr int kDrawFacilities = 100'000;
constexpr int kDrawInspectors = 1'000;
constexpr int kDrawn = 1'000;

// A record with its lists frozen and secret and word known: what is left is the draw.
pb::DrawRecord FrozenRecord() {
  pb::DrawRecord record;
  record.set_name("draws/load");
  record.set_algorithm(inspection::kDrawAlgorithm);
  record.set_salt(std::string(64, 'b'));
  record.set_plan("plans/load");
  record.set_facilities_to_draw(kDrawn);
  for (const char* code : {"DHC", "FIRE"}) {
    pb::DrawUnit& unit = *record.add_units();
    unit.set_unit(code);
    unit.set_inspectors(2);
  }
  for (int i = 0; i < kDrawFacilities; ++i) {
    pb::EligibleFacility& facility = *record.add_facilities();
    facility.set_facility(absl::StrFormat("facilities/01900000-0000-7000-8000-%012d", i));
    facility.set_facility_name("演练托育园");
    pb::WeightPart& part = *facility.add_parts();
    part.set_factor("BASE");
    part.set_points(10 + i % 3 * 5);
    facility.set_weight(part.points());
  }
  for (int i = 0; i < kDrawInspectors; ++i) {
    pb::EligibleInspector& inspector = *record.add_inspectors();
    inspector.set_inspector(absl::StrFormat("inspectors/01900000-0000-7000-8000-%012d", i));
    inspector.set_unit(i % 2 == 0 ? "DHC" : "FIRE");
  }
  for (int i = 0; i < kDrawFacilities; i += 100) {
    pb::DrawRecusal& recusal = *record.add_recusals();
    recusal.set_facility(record.facilities(i).facility());
    recusal.set_inspector(record.inspectors(i / 100 % kDrawInspectors).inspector());
  }
  record.set_secret(std::string(64, 'a'));
  record.set_commitment(inspection::CommitmentOf(record.algorithm(), record.secret()));
  *record.mutable_commit_time() = ToProto(absl::FromUnixSeconds(1));
  *record.mutable_freeze_time() = ToProto(absl::FromUnixSeconds(2));
  *record.mutable_draw_time() = ToProto(absl::FromUnixSeconds(3));
  record.set_witness("区政府办公室");
  record.set_witness_word("501");
  return record;
}

// A draw by the calls of two units' officers.
class Draws {
 public:
  explicit Draws(District& district)
      : district_(district),
        channel_(grpc::CreateChannel(district.system().inspection_address(),
                                     grpc::InsecureChannelCredentials())),
        inspectors_(pb::InspectorService::NewStub(channel_)),
        plans_(pb::PlanService::NewStub(channel_)),
        draws_(pb::DrawService::NewStub(channel_)) {}

  absl::Status RecordInspectors();
  absl::StatusOr<std::string> ApprovedPlan();
  absl::Status Measure(const std::string& plan);

 private:
  template <typename Stub, typename Request, typename Reply>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                    rpc::Role role, const std::string& unit, Request request, Reply* reply) const {
    request.set_request_id(NewUuidV7(absl::Now()));
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
    context.AddMetadata("authorization",
                        absl::StrCat("Bearer ", district_.system().Token(
                                                    role, absl::StrCat("load-", role), "", unit)));
    return rpc::FromGrpc((stub.*method)(&context, request, reply));
  }

  District& district_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<pb::InspectorService::Stub> inspectors_;
  const std::unique_ptr<pb::PlanService::Stub> plans_;
  const std::unique_ptr<pb::DrawService::Stub> draws_;
};

absl::Status Draws::RecordInspectors() {
  for (int i = 0; i < kDrawInspectors; ++i) {
    pb::RecordInspectorRequest request;
    pb::Inspector& inspector = *request.mutable_inspector();
    inspector.set_account(absl::StrCat("inspector-", i));
    inspector.set_person_name("演练执法员");
    inspector.set_certificate_number(absl::StrFormat("CQ%07d", i));
    *inspector.mutable_certified_from() = ToProto(absl::CivilDay(2024, 1, 1));
    *inspector.mutable_certified_until() = ToProto(absl::CivilDay(2099, 12, 31));
    pb::Inspector recorded;
    RETURN_IF_ERROR(Call(*inspectors_, &pb::InspectorService::Stub::RecordInspector,
                         rpc::Role::ROLE_DEPARTMENT_HEAD, i % 2 == 0 ? "DHC" : "FIRE", request,
                         &recorded));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Draws::ApprovedPlan() {
  const absl::CivilDay today = DayOf(absl::Now());
  pb::SubmitPlanRequest submit;
  pb::Plan& plan = *submit.mutable_plan();
  plan.set_title("演练双随机抽查");
  plan.set_kind(pb::PLAN_KIND_RANDOM);
  plan.set_basis("演练1号");
  pb::PlanUnit& health = *plan.add_units();
  health.set_unit("DHC");
  health.set_inspectors(2);
  health.add_domains(pb::CHECK_DOMAIN_STAFF);
  pb::PlanUnit& fire = *plan.add_units();
  fire.set_unit("FIRE");
  fire.set_inspectors(2);
  fire.add_domains(pb::CHECK_DOMAIN_FIRE);
  *plan.mutable_first_day() = ToProto(today);
  *plan.mutable_last_day() = ToProto(today + 30);
  plan.set_division_code("500111");
  plan.set_facilities_to_draw(std::min(kDrawn, district_.facilities() / 2));
  pb::Plan at;
  RETURN_IF_ERROR(Call(*plans_, &pb::PlanService::Stub::SubmitPlan, rpc::Role::ROLE_DHC_INSPECTOR,
                       "DHC", submit, &at));
  for (const char* unit : {"DHC", "FIRE"}) {
    pb::DecidePlanRequest decide;
    decide.set_name(at.name());
    decide.set_etag(at.etag());
    decide.set_approve(true);
    RETURN_IF_ERROR(Call(*plans_, &pb::PlanService::Stub::DecidePlan,
                         rpc::Role::ROLE_DEPARTMENT_HEAD, unit, decide, &at));
  }
  return at.name();
}

absl::Status Draws::Measure(const std::string& plan) {
  pb::CommitDrawRequest commit;
  commit.set_plan(plan);
  pb::Draw draw;
  RETURN_IF_ERROR(Call(*draws_, &pb::DrawService::Stub::CommitDraw, rpc::Role::ROLE_DHC_INSPECTOR,
                       "DHC", commit, &draw));
  pb::FreezeDrawRequest freeze;
  freeze.set_name(draw.name());
  const absl::Time begin = absl::Now();
  RETURN_IF_ERROR(Call(*draws_, &pb::DrawService::Stub::FreezeDraw, rpc::Role::ROLE_DHC_INSPECTOR,
                       "DHC", freeze, &draw));
  const absl::Time frozen = absl::Now();
  pb::PerformDrawRequest perform;
  perform.set_name(draw.name());
  perform.set_witness("演练监督科");
  perform.set_word("501");
  RETURN_IF_ERROR(Call(*draws_, &pb::DrawService::Stub::PerformDraw, rpc::Role::ROLE_AUDITOR, "DHC",
                       perform, &draw));
  const absl::Time drawn = absl::Now();
  PrintRow(absl::StrFormat("by the calls, among the %d facilities of the district and %d "
                           "inspectors: lists frozen / drawn, with its visits",
                           district_.facilities(), kDrawInspectors),
           absl::StrFormat("%.2f s / %.2f s", absl::ToDoubleSeconds(frozen - begin),
                           absl::ToDoubleSeconds(drawn - frozen)),
           "", "");
  return absl::OkStatus();
}

double Seconds(absl::FunctionRef<void()> work) {
  const absl::Time begin = absl::Now();
  work();
  return absl::ToDoubleSeconds(absl::Now() - begin);
}

class Visits {
 public:
  explicit Visits(District& district)
      : district_(district),
        stub_(pb::VisitService::NewStub(grpc::CreateChannel(district.system().inspection_address(),
                                                            grpc::InsecureChannelCredentials()))) {}

  absl::Status FindFacilities(size_t wanted);
  // Enters visits until there are `count`, 20 a facility; how many a second.
  absl::StatusOr<double> FillTo(int count);
  absl::Status StartEcho();
  // Calls a second and the middle p99, of the service and of the echo, in turn.
  struct Rates {
    double ours = 0;
    double echo = 0;
    double p99_ms = 0;
  };
  absl::StatusOr<Rates> Measure();
  size_t reply_bytes() const { return reply_bytes_; }
  // Waits until the database has written what was entered to its files: it does so in the background, on the processors that are measured.
  absl::Status AwaitWritten();
  // Reads without the echo, for a profile.
  absl::Status Read() { return Run(district_.system().inspection_address()).status(); }

 private:
  absl::StatusOr<H2Result> Run(const std::string& address);
  pb::ListVisitsRequest Latest(size_t facility) const;
  template <typename Request, typename Reply>
  absl::Status Call(grpc::Status (pb::VisitService::Stub::*method)(grpc::ClientContext*,
                                                                   const Request&, Reply*),
                    rpc::Role role, const Request& request, Reply* reply) const;
  pb::VisitBackEntry Entry(int n) const;

  District& district_;
  const std::unique_ptr<pb::VisitService::Stub> stub_;
  std::vector<std::string> names_;
  int filled_ = 0;
  size_t reply_bytes_ = 0;
  Process echo_;
  std::string echo_address_;
};

template <typename Request, typename Reply>
absl::Status Visits::Call(grpc::Status (pb::VisitService::Stub::*method)(grpc::ClientContext*,
                                                                         const Request&, Reply*),
                          rpc::Role role, const Request& request, Reply* reply) const {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
  context.AddMetadata("authorization",
                      absl::StrCat("Bearer ", district_.system().Token(role, "load")));
  return rpc::FromGrpc(((*stub_).*method)(&context, request, reply));
}

absl::Status Visits::FindFacilities(size_t wanted) {
  const auto stub = filing::v1::FacilityService::NewStub(district_.system().filing_channel());
  filing::v1::ListFacilitiesRequest request;
  request.set_page_size(1000);
  do {
    grpc::ClientContext context;
    context.AddMetadata("authorization", district_.Reader(0));
    filing::v1::ListFacilitiesResponse reply;
    RETURN_IF_ERROR(rpc::FromGrpc(stub->ListFacilities(&context, request, &reply)));
    for (const auto& facility : reply.facilities()) names_.push_back(facility.name());
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty() && names_.size() < wanted);
  return names_.empty() ? absl::InternalError("no facilities") : absl::OkStatus();
}

pb::VisitBackEntry Visits::Entry(int n) const {
  pb::VisitBackEntry entry;
  entry.set_facility(names_[static_cast<size_t>(n / kLatest) % names_.size()]);
  const absl::CivilDay day = absl::CivilDay(2024, 1, 2) + n % kLatest * 40;
  *entry.mutable_visited_on() = ToProto(day);
  *entry.mutable_concluded_on() = ToProto(day + 1);
  *entry.mutable_published_on() = ToProto(day + 12);
  entry.set_kind(pb::PLAN_KIND_RANDOM);
  pb::VisitUnit& unit = *entry.add_units();
  unit.set_unit("DHC");
  unit.add_domains(pb::CHECK_DOMAIN_ENROLMENT);
  unit.add_domains(pb::CHECK_DOMAIN_STAFF);
  for (const char* code : {"A02", "B01", "B02", "B04", "C02", "C03", "D01", "D03"}) {
    pb::ItemResult& item = *entry.add_items();
    item.set_item(code);
    item.set_verdict(pb::ITEM_VERDICT_PASS);
  }
  entry.set_outcome(pb::VISIT_OUTCOME_NO_PROBLEM);
  if (n % 4 == 0) {
    entry.mutable_items(1)->set_verdict(pb::ITEM_VERDICT_FAIL);
    pb::Finding& finding = *entry.add_findings();
    finding.set_item("B01");
    finding.set_unit("DHC");
    finding.set_requirement("减至备案人数");
    *finding.mutable_due_date() = ToProto(day + 15);
    *finding.mutable_corrected_on() = ToProto(day + 10);
    entry.set_outcome(pb::VISIT_OUTCOME_CORRECTION_ORDERED);
  }
  entry.set_outcome_text("演练检查结果");
  entry.set_evidence("演练档案");
  entry.mutable_source()->set_source_system("load");
  entry.mutable_source()->set_source_id(absl::StrCat(n));
  return entry;
}

absl::StatusOr<double> Visits::FillTo(int count) {
  const int first = filled_;
  const int batches = (count - first + kBatch - 1) / kBatch;
  const absl::Time begin = absl::Now();
  RETURN_IF_ERROR(
      InParallel(kThreads, static_cast<size_t>(batches), [&](size_t which) -> absl::Status {
        const int from = first + static_cast<int>(which) * kBatch;
        pb::BackEnterVisitsRequest request;
        request.set_request_id(NewUuidV7(absl::Now()));
        for (int n = from; n < std::min(count, from + kBatch); ++n) {
          *request.add_entries() = Entry(n);
        }
        pb::BackEnterVisitsResponse reply;
        return Call(&pb::VisitService::Stub::BackEnterVisits, rpc::Role::ROLE_DHC_ARCHIVIST,
                    request, &reply);
      }));
  filled_ = count;
  return (count - first) / absl::ToDoubleSeconds(absl::Now() - begin);
}

pb::ListVisitsRequest Visits::Latest(size_t facility) const {
  pb::ListVisitsRequest request;
  request.set_facility(names_[facility]);
  request.set_page_size(kLatest);
  return request;
}

absl::Status Visits::StartEcho() {
  pb::ListVisitsResponse reply;
  RETURN_IF_ERROR(
      Call(&pb::VisitService::Stub::ListVisits, rpc::Role::ROLE_DHC_INSPECTOR, Latest(0), &reply));
  if (reply.visits_size() != kLatest) return absl::InternalError("not 20 visits of a facility");
  reply_bytes_ = reply.ByteSizeLong();
  const std::string directory = district_.system().directory();
  const std::string port_file = directory + "/echo-visits.port";
  std::ofstream(directory + "/echo-visits.reply", std::ios::binary) << reply.SerializeAsString();
  ASSIGN_OR_RETURN(echo_, Process::Spawn({std::string(TUOYU_BIN) + "/echo_server",
                                          directory + "/echo-visits.reply", port_file, "visits"},
                                         directory + "/echo-visits.log"));
  for (int i = 0; i < 500; ++i) {
    int port = 0;
    std::ifstream file(port_file);
    if (file >> port && port > 0) {
      echo_address_ = absl::StrCat("127.0.0.1:", port);
      return absl::OkStatus();
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
  return absl::InternalError("the echo server did not start");
}

absl::Status Visits::AwaitWritten() {
  const system_test::System& system = district_.system();
  const auto set = system.Sql(
      "SET GLOBAL innodb_io_capacity_max = 20000; SET GLOBAL innodb_io_capacity = 20000; SET "
      "GLOBAL "
      "innodb_max_dirty_pages_pct_lwm = 0; SET GLOBAL innodb_max_dirty_pages_pct = 0");
  if (set.exit_code != 0) return absl::InternalError(set.output);
  const absl::Time end = absl::Now() + absl::Minutes(3);
  while (absl::Now() < end) {
    int dirty = 0;
    const auto shown = system.Sql(
        "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
        "'Innodb_buffer_pool_pages_dirty'");
    if (absl::SimpleAtoi(absl::StripAsciiWhitespace(shown.output), &dirty) && dirty < 500) break;
    absl::SleepFor(absl::Seconds(1));
  }
  return absl::OkStatus();
}

absl::StatusOr<H2Result> Visits::Run(const std::string& address) {
  const size_t facilities = std::min(names_.size(), static_cast<size_t>(filled_ / kLatest));
  return district_.Load(address, kList, kConnections, [this, facilities](uint64_t call) {
    return Latest(call * 7919 % facilities).SerializeAsString();
  });
}

absl::StatusOr<Visits::Rates> Visits::Measure() {
  std::vector<double> ours, echo, p99;
  RETURN_IF_ERROR(Run(district_.system().inspection_address()).status());  // warm-up
  for (int round = 0; round < kRounds; ++round) {
    ASSIGN_OR_RETURN(const H2Result other, Run(echo_address_));
    echo.push_back(other.rate());
    ASSIGN_OR_RETURN(const H2Result result, Run(district_.system().inspection_address()));
    ours.push_back(result.rate());
    p99.push_back(absl::ToDoubleMilliseconds(result.p99));
  }
  return Rates{Median(ours), Median(echo), Median(p99)};
}

}  // namespace

absl::Status DrawTimes() {
  pb::DrawRecord record = FrozenRecord();
  std::vector<double> draw, verify;
  for (int round = 0; round < kRounds; ++round) {
    record.clear_visits();
    draw.push_back(Seconds([&] {
      if (!inspection::CheckLists(record).empty()) return;
      record.set_list_digest(inspection::ListDigestOf(record));
      for (pb::DrawnVisit& visit : inspection::DrawVisits(record)) {
        *record.add_visits() = std::move(visit);
      }
      record.set_digest(inspection::DigestOf(record));
    }));
    if (record.visits_size() != kDrawn) return absl::InternalError("the lists are at fault");
    bool agrees = false;
    verify.push_back(Seconds([&] { agrees = inspection::VerifyDraw(record).empty(); }));
    if (!agrees) return absl::InternalError("the draw done again does not agree");
  }
  PrintRow(absl::StrFormat("draw of %d of %d facilities among %d inspectors: checked, drawn and "
                           "digested / done again from its record",
                           kDrawn, kDrawFacilities, kDrawInspectors),
           absl::StrFormat("%.2f s / %.2f s", Median(draw), Median(verify)), "< 1 s", "");
  return absl::OkStatus();
}

absl::Status DrawOfTheDistrict(District& district) {
  Draws draws(district);
  RETURN_IF_ERROR(draws.RecordInspectors());
  ASSIGN_OR_RETURN(const std::string plan, draws.ApprovedPlan());
  return draws.Measure(plan);
}

absl::Status LatestInspections(District& district, int few, int many) {
  Visits visits(district);
  RETURN_IF_ERROR(visits.FindFacilities(static_cast<size_t>(many / kLatest)));
  RETURN_IF_ERROR(visits.FillTo(few).status());
  RETURN_IF_ERROR(visits.StartEcho());
  ASSIGN_OR_RETURN(const Visits::Rates at_few, visits.Measure());
  ASSIGN_OR_RETURN(const double entered, visits.FillTo(many));
  RETURN_IF_ERROR(visits.AwaitWritten());
  ASSIGN_OR_RETURN(const Visits::Rates at_many, visits.Measure());
  PrintRow(absl::StrFormat("latest %d inspections of a facility (%.1f KB) among %d, %d connections",
                           kLatest, static_cast<double>(visits.reply_bytes()) / 1000, many,
                           kConnections),
           absl::StrFormat("%.0f/s, p99 %.1f ms", at_many.ours, at_many.p99_ms),
           absl::StrFormat("gRPC echo of the same reply %.0f/s", at_many.echo),
           absl::StrFormat("%.2f", at_many.ours / at_many.echo));
  PrintRow(absl::StrFormat("the same among %d", few),
           absl::StrFormat("%.0f/s, p99 %.1f ms", at_few.ours, at_few.p99_ms),
           absl::StrFormat("echo %.0f/s", at_few.echo),
           absl::StrFormat("%.2f; cost x %.2f, by the echo x %.2f", at_few.ours / at_few.echo,
                           at_few.ours / at_many.ours,
                           at_few.ours / at_few.echo * at_many.echo / at_many.ours));
  PrintRow("visits entered from papers meanwhile, 200 a call", absl::StrFormat("%.0f/s", entered),
           "", "");
  return absl::OkStatus();
}

absl::Status ProfileInspections(District& district, int many) {
  Visits visits(district);
  RETURN_IF_ERROR(visits.FindFacilities(static_cast<size_t>(many / kLatest)));
  RETURN_IF_ERROR(visits.FillTo(many).status());
  return Profiled(district, [&] { return visits.Read(); });
}

}  // namespace tuoyu::load
