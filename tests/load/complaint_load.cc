#include "tests/load/complaint_load.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "tests/load/report.h"
#include "tuoyu/complaint/v1/case_service.grpc.pb.h"
#include "tuoyu/complaint/v1/intake_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

namespace pb = complaint::v1;
using system_test::CpuTime;

constexpr int kThreads = 8;
constexpr int kFound = 20;
constexpr char kUnit[] = "SAMR";
constexpr char kOfficer[] = "load-samr";

// What one life leaves, `many` times. A UUID of version 7 begins with its time: those of 2016 and later, 5 minutes apart, in order.
constexpr char kNumbers[] =
    "CREATE TABLE load_number (n INT NOT NULL PRIMARY KEY, id CHAR(36) CHARACTER SET ascii "
    "COLLATE ascii_bin NOT NULL, facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT "
    "NULL, filed_at DATETIME(6) NOT NULL)";
constexpr char kPlaces[] =
    "CREATE TABLE load_place (n INT NOT NULL AUTO_INCREMENT PRIMARY KEY, facility_id CHAR(36) "
    "CHARACTER SET ascii COLLATE ascii_bin NOT NULL) SELECT DISTINCT facility_id FROM "
    "facility_slice";

class Lives {
 public:
  explicit Lives(District& district)
      : district_(district),
        channel_(grpc::CreateChannel(district.system().complaint_address(),
                                     grpc::InsecureChannelCredentials())),
        intake_(pb::IntakeService::NewStub(channel_)),
        cases_(pb::CaseService::NewStub(channel_)),
        officer_(absl::StrCat(
            "Bearer ",
            district.system().Token(common::v1::ROLE_DEPARTMENT_OFFICER, kOfficer, "", kUnit))) {}

  absl::Status FindFacilities();
  // Rows of `many` lives that are over, inserted straight into the tables.
  absl::Status Fill(int many);
  // Lives a second.
  absl::StatusOr<double> Run(int cycles);

 private:
  template <typename Stub, typename Request, typename Reply>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                    const std::string& token, const Request& request, Reply* reply) const;
  absl::Status Live(int n) const;
  absl::Status Sql(const std::string& sql) const;

  District& district_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<pb::IntakeService::Stub> intake_;
  const std::unique_ptr<pb::CaseService::Stub> cases_;
  const std::string officer_;
  std::vector<std::string> facilities_;
  int lived_ = 0;
};

template <typename Stub, typename Request, typename Reply>
absl::Status Lives::Call(Stub& stub,
                         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                         const std::string& token, const Request& request, Reply* reply) const {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  if (!token.empty()) context.AddMetadata("authorization", token);
  return rpc::FromGrpc((stub.*method)(&context, request, reply));
}

absl::Status Lives::Sql(const std::string& sql) const {
  const system_test::CommandResult result =
      district_.system().Sql(absl::StrCat("USE tuoyu_complaint; ", sql));
  return result.exit_code == 0 ? absl::OkStatus() : absl::InternalError(result.output);
}

absl::Status Lives::FindFacilities() {
  const system_test::CommandResult result = district_.system().Sql(
      "SELECT DISTINCT facility_id FROM tuoyu_complaint.facility_slice LIMIT 5000");
  for (const absl::string_view id : absl::StrSplit(result.output, '\n', absl::SkipEmpty())) {
    facilities_.push_back(absl::StrCat("facilities/", id));
  }
  return facilities_.empty() ? absl::InternalError("no facilities") : absl::OkStatus();
}

absl::Status Lives::Live(int n) const {
  pb::FileComplaintRequest file;
  file.set_request_id(NewUuidV7(absl::Now()));
  pb::Filing& filing = *file.mutable_filing();
  filing.set_facility(facilities_[static_cast<size_t>(n) * 7919 % facilities_.size()]);
  pb::Matter& matter = *filing.add_matters();
  matter.set_kind(pb::CASE_KIND_COMPLAINT);
  matter.set_category("FEES");
  matter.set_text(absl::StrCat("演练第", n, "件：退园后预付费不退，已多次协商没有结果。"));
  matter.set_claim("退还剩余预付费");
  filing.set_mode(pb::REPORTER_MODE_NAMED);
  filing.mutable_reporter()->set_person_name("演练甲");
  filing.mutable_reporter()->set_phone("19900000001");
  filing.mutable_reporter()->set_address("大足区演练路1号");
  filing.mutable_reporter()->set_relation("PARENT");
  filing.set_wants_reply(true);
  pb::FileComplaintResponse filed;
  RETURN_IF_ERROR(Call(*intake_, &pb::IntakeService::Stub::FileComplaint, "", file, &filed));
  pb::GetCaseRequest get;
  get.set_name(filed.cases(0).case_number());
  pb::Case of_case;
  RETURN_IF_ERROR(Call(*cases_, &pb::CaseService::Stub::GetCase, officer_, get, &of_case));
  pb::AcceptCaseRequest accept;
  accept.set_request_id(NewUuidV7(absl::Now()));
  accept.set_name(of_case.name());
  RETURN_IF_ERROR(Call(*cases_, &pb::CaseService::Stub::AcceptCase, officer_, accept, &of_case));
  pb::AssignCaseRequest assign;
  assign.set_request_id(NewUuidV7(absl::Now()));
  assign.set_name(of_case.name());
  assign.set_handler(kOfficer);
  RETURN_IF_ERROR(Call(*cases_, &pb::CaseService::Stub::AssignCase, officer_, assign, &of_case));
  pb::ResolveCaseRequest resolve;
  resolve.set_request_id(NewUuidV7(absl::Now()));
  resolve.set_name(of_case.name());
  resolve.set_outcome(pb::CASE_OUTCOME_UPHELD);
  resolve.set_result("机构已退还剩余预付费。");
  RETURN_IF_ERROR(Call(*cases_, &pb::CaseService::Stub::ResolveCase, officer_, resolve, &of_case));
  pb::ListCasesRequest search;
  search.set_facility(of_case.facility());
  search.set_unit(kUnit);
  search.set_state(pb::CASE_STATE_RESOLVED);
  search.set_page_size(kFound);
  pb::ListCasesResponse found;
  RETURN_IF_ERROR(Call(*cases_, &pb::CaseService::Stub::ListCases, officer_, search, &found));
  return found.cases().empty() ? absl::InternalError("the case is not found") : absl::OkStatus();
}

absl::StatusOr<double> Lives::Run(int cycles) {
  const int first = lived_;
  lived_ += cycles;
  const absl::Time begin = absl::Now();
  RETURN_IF_ERROR(InParallel(kThreads, static_cast<size_t>(cycles),
                             [&](size_t which) { return Live(first + static_cast<int>(which)); }));
  return cycles / absl::ToDoubleSeconds(absl::Now() - begin);
}

absl::Status Lives::Fill(int many) {
  // Of a case that is resolved; the copies are closed, as those of ten years are.
  RETURN_IF_ERROR(Sql(kNumbers));
  RETURN_IF_ERROR(Sql(kPlaces));
  RETURN_IF_ERROR(Sql(absl::StrCat(
      "SET @places = (SELECT COUNT(*) FROM load_place); INSERT INTO load_number SELECT s.seq, "
      "CONCAT(LPAD(LOWER(HEX((1451606400000 + s.seq * 300000) DIV 65536)), 8, '0'), '-', "
      "LPAD(LOWER(HEX((1451606400000 + s.seq * 300000) MOD 65536)), 4, '0'), '-7000-8000-', "
      "LPAD(LOWER(HEX(s.seq)), 12, '0')), p.facility_id, TIMESTAMPADD(MINUTE, s.seq * 5, "
      "'2016-01-01') FROM seq_1_to_",
      many, " s JOIN load_place p ON p.n = s.seq MOD @places + 1")));
  const std::string model =
      absl::StrCat("(SELECT * FROM complaint_case WHERE state = ", pb::CASE_STATE_RESOLVED,
                   " ORDER BY id LIMIT 1) m");
  RETURN_IF_ERROR(Sql(absl::StrCat(
      "INSERT INTO complaint_case SELECT l.id, CONCAT('TS-500111-2016-L', l.n, '-1'), m.kind, ",
      pb::CASE_STATE_CLOSED,
      ", m.category, l.facility_id, m.division_code, m.handler, 0, 0, m.outcome, m.satisfaction, "
      "m.in_time, 0, l.filed_at, NULL, NULL, '9999-12-31', m.revision, m.message, "
      "m.resolved_on FROM load_number l JOIN ",
      model)));
  RETURN_IF_ERROR(Sql(absl::StrCat(
      "INSERT INTO case_unit SELECT u.unit, l.id, ", pb::CASE_STATE_CLOSED,
      ", '9999-12-31' FROM load_number l JOIN (SELECT unit FROM case_unit WHERE case_id = (SELECT "
      "MIN(id) FROM complaint_case WHERE state = ",
      pb::CASE_STATE_RESOLVED, ")) u")));
  RETURN_IF_ERROR(
      Sql("INSERT INTO complainant SELECT l.id, CONCAT('TS-500111-2016-L', l.n), "
          "UNHEX(SHA2(l.id, 256)), m.mode, m.wants_reply, l.filed_at, m.reporter FROM load_number "
          "l JOIN (SELECT * FROM complainant ORDER BY id DESC LIMIT 1) m"));
  RETURN_IF_ERROR(Sql("INSERT INTO complainant_case SELECT id, id, 0, 0 FROM load_number"));
  return Sql(
      "DROP TABLE load_number; DROP TABLE load_place; ANALYZE TABLE complaint_case, "
      "case_unit, complainant, complainant_case");
}

// The middle rate of several runs, and what a life costs in CPU time.
struct Rate {
  double lives = 0;
  absl::Duration service;
  absl::Duration database;
};

absl::StatusOr<Rate> Measure(District& district, Lives& lives, int cycles) {
  std::vector<double> rates;
  const pid_t service = district.system().complaint().pid();
  const pid_t database = district.system().database_pid();
  const absl::Duration service_before = CpuTime(service);
  const absl::Duration database_before = CpuTime(database);
  for (int round = 0; round < kRounds; ++round) {
    ASSIGN_OR_RETURN(const double rate, lives.Run(cycles));
    rates.push_back(rate);
  }
  const int all = kRounds * cycles;
  return Rate{Median(rates), (CpuTime(service) - service_before) / all,
              (CpuTime(database) - database_before) / all};
}

}  // namespace

absl::Status ComplaintLives(District& district, int cycles, int many) {
  Lives lives(district);
  RETURN_IF_ERROR(lives.FindFacilities());
  RETURN_IF_ERROR(lives.Run(cycles).status());  // warm-up, and the rows that are copied
  ASSIGN_OR_RETURN(const Rate at_none, Measure(district, lives, cycles));
  RETURN_IF_ERROR(lives.Fill(many));
  RETURN_IF_ERROR(lives.Run(cycles).status());
  ASSIGN_OR_RETURN(const Rate at_many, Measure(district, lives, cycles));
  PrintRow(absl::StrFormat("life of a complaint among %d: filed, found, accepted, assigned, "
                           "resolved, searched for; 4 durable transactions, 2 reads, %d threads; "
                           "CPU of service and database %.1f and %.1f ms",
                           many, kThreads, absl::ToDoubleMilliseconds(at_many.service),
                           absl::ToDoubleMilliseconds(at_many.database)),
           absl::StrFormat("%.0f lives/s", at_many.lives),
           absl::StrFormat("among none %.0f lives/s", at_none.lives),
           absl::StrFormat("cost x %.2f", at_none.lives / at_many.lives));
  return absl::OkStatus();
}

}  // namespace tuoyu::load
