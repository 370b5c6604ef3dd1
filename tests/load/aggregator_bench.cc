// What deriving the measures costs: entries per second of a rebuild, with the journal in memory and
// with the journal read over gRPC, and the cost of the evidence of all indicators at few and at
// many facilities.
// Usage: aggregator_bench DIR [FACILITIES], DIR of a server of deploy/lib/mariadb.sh.
#include <sys/resource.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/divisions.h"
#include "common/db/migrate.h"
#include "common/db/transaction.h"
#include "common/journal/journal.h"
#include "common/privacy/signature.h"
#include "common/rpc/channel.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/measure_writer.h"
#include "services/aggregator/registry_follower.h"
#include "services/aggregator/schema.h"
#include "tests/load/bench_server.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::FacilityChange;
using filing::v1::Filing;
using filing::v1::FilingContent;
using filing::v1::RecognitionChange;

constexpr int kFewFacilities = 100;
constexpr int kQuestions = 2000;

absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

absl::Duration CpuTime() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return absl::DurationFromTimeval(usage.ru_utime) + absl::DurationFromTimeval(usage.ru_stime);
}

FilingContent Content(int serial) {
  FilingContent content;
  content.set_filing_authority("DHC");
  content.set_facility_type(static_cast<filing::v1::FacilityType>(1 + serial % 4));
  content.set_legal_form(filing::v1::LEGAL_FORM_FOR_PROFIT);
  *content.mutable_registered_on() = ToProto(absl::CivilDay(2019, 1, 1));
  content.set_name(absl::StrCat("演练托育服务中心第", serial, "号"));
  content.set_address(absl::StrCat("重庆市大足区演练街道演练路", serial, "号"));
  content.set_division_code(absl::StrCat(500111001 + serial % 6));
  content.mutable_location()->set_longitude(105.7);
  content.mutable_location()->set_latitude(29.7);
  content.set_registrar_name("重庆市大足区市场监督管理局");
  content.set_uscc(absl::StrFormat("made-up-%09d", serial));
  content.set_business_scope("托育服务（不含幼儿园、托儿所）");
  content.set_principal_name("演练负责人");
  content.add_service_modes(filing::v1::SERVICE_MODE_FULL_DAY);
  content.set_gross_floor_area_m2(400);
  content.set_indoor_usable_area_m2(300);
  content.set_approved_capacity(20 + serial % 80);
  for (int i = 0; i < 3; ++i) content.add_classes()->set_capacity(20);
  content.set_contact_phone("023-43720000");
  content.set_opening_hours("周一至周五 07:30-18:00");
  return content;
}

journal::Draft MakeDraft(absl::string_view action, const std::string& subject,
                         const google::protobuf::Message& payload) {
  return {std::string(action),
          subject,
          "500111",
          absl::CivilDay(2026, 3, 2),
          payload.GetDescriptor()->full_name(),
          payload.SerializeAsString()};
}

// What back-entering one facility leaves in the journal: its filing, its slices, for a third a
// recognition.
void AddFacility(int serial, journal::Batch* batch) {
  const std::string facility = absl::StrFormat("facilities/01900000-0000-7000-8000-%012d", serial);
  const absl::CivilDay from = absl::CivilDay(2016, 1, 1) + serial * 7 % 3600;
  Filing filing;
  filing.set_name(absl::StrFormat("filings/01900000-0000-7000-9000-%012d", serial));
  *filing.mutable_content() = Content(serial);
  batch->Add(MakeDraft("filing.back_entered", filing.name(), filing));
  FacilityChange change;
  auto* version = change.add_versions();
  version->set_facility(facility);
  version->set_version(1);
  version->set_state(filing::v1::FACILITY_STATE_ACTIVE);
  *version->mutable_valid_from() = ToProto(from);
  *version->mutable_content() = Content(serial);
  batch->Add(MakeDraft("facility.back_entered", facility, change));
  if (serial % 3 != 0) return;
  RecognitionChange recognised;
  recognised.set_facility(facility);
  recognised.mutable_recognition()->set_name(absl::StrCat(facility, "/recognitions/1"));
  *recognised.mutable_recognition()->mutable_valid_from() = ToProto(from + 200);
  batch->Add(MakeDraft("recognition.granted", facility, recognised));
}

absl::Status FillJournal(db::Pool& pool, int first, int last) {
  for (int serial = first; serial <= last;) {
    journal::Batch batch;
    for (; serial <= last && batch.size() < 500; ++serial) AddFacility(serial, &batch);
    journal::Author author;
    author.actor = "accounts/bench";
    RETURN_IF_ERROR(db::RunTransaction(pool, Soon(), [&](db::Transaction& transaction) {
      return journal::Append(transaction, kRegistryJournal, absl::Now(), author, batch);
    }));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<db::Pool>> NewSchema(db::Options options,
                                                    const std::string& schema) {
  options.schema.clear();
  {
    db::Pool admin(options);
    RETURN_IF_ERROR(db::RunRead(admin, Soon(), [&](db::Transaction& transaction) {
      return transaction.ExecuteText(absl::StrCat("DROP SCHEMA IF EXISTS ", schema), {});
    }));
  }
  options.schema = schema;
  RETURN_IF_ERROR(db::Migrate(options, journal::kComponent, journal::Files()));
  RETURN_IF_ERROR(db::Migrate(options, kComponent, Files()));
  return std::make_unique<db::Pool>(options);
}

// One rebuild from the first entry on.
absl::Status MeasureRebuild(absl::string_view name, db::Pool& pool, rpc::JournalReader::Fetch fetch,
                            int64_t entries) {
  const SystemClock clock;
  ops::Metrics metrics("bench");
  MeasureWriter writer(pool, clock, 500000);
  RegistryFollower follower({}, std::move(fetch), writer, clock, metrics, ops::StderrLog());
  RETURN_IF_ERROR(db::RunTransaction(pool, Soon(), StartRebuild));
  const absl::Time begin = absl::Now();
  const absl::Duration cpu = CpuTime();
  RETURN_IF_ERROR(follower.CatchUp());
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  std::cout << absl::StreamFormat("%-28s %9.0f entries/s  %6.2f s  CPU of this process %.2f s\n",
                                  name, static_cast<double>(entries) / seconds, seconds,
                                  absl::ToDoubleSeconds(CpuTime() - cpu));
  return absl::OkStatus();
}

// Microseconds per question for all indicators at once; with `entries`, the length of the journal,
// as known at entries all over it.
absl::StatusOr<double> MeasureEvidence(db::Pool& pool, const data::Divisions& divisions,
                                       int64_t entries = 0) {
  const EvidenceReader reader(divisions);
  const absl::btree_set<std::string> names = {"places.ORDINARY",
                                              "places.KINDERGARTEN",
                                              "places.EMPLOYER",
                                              "places.HOME_BASED",
                                              "places.total",
                                              "inclusive_places",
                                              "streets",
                                              "streets_with_inclusive",
                                              "stat.kindergartens",
                                              "kindergartens_with_care",
                                              "stat.resident_population"};
  const absl::Time begin = absl::Now();
  for (int i = 0; i < kQuestions; ++i) {
    ASSIGN_OR_RETURN(const Scope scope,
                     FindScope(divisions, "500111", absl::CivilDay(2025, 12, 31) - i % 1000));
    KnownAt known_at;
    if (entries > 0) known_at.registry = 1 + i * int64_t{7919} % entries;
    const auto find = [&](db::Transaction& transaction) {
      return reader.Find(transaction, scope, names, {}, known_at).status();
    };
    RETURN_IF_ERROR(entries == 0 ? db::RunRead(pool, Soon(), find)
                                 : db::RunTransaction(pool, Soon(), find,
                                                      {.read_only = true, .cancelled = {}}));
  }
  return absl::ToDoubleMicroseconds(absl::Now() - begin) / kQuestions;
}

// The journal's service on a port of its own, as the filing service offers it.
class JournalServer {
 public:
  explicit JournalServer(db::Pool& pool)
      : signer_(*rpc::TokenSigner::FromPem(
            *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256))),
        verifier_(*rpc::TokenVerifier::FromPem(signer_.public_pem(), clock_)),
        log_(null_),
        door_("filing", *verifier_, clock_, metrics_, log_,
              {rpc::DescriptorOf<common::v1::JournalService>()}),
        service_(door_, pool, kRegistryJournal),
        server_({}, {&service_}) {}
  ~JournalServer() { server_.Shutdown(); }

  absl::StatusOr<rpc::JournalReader::Fetch> Start() {
    RETURN_IF_ERROR(server_.Start());
    ASSIGN_OR_RETURN(
        auto channel,
        rpc::NewChannel({.target = absl::StrCat("127.0.0.1:", server_.port()), .tls_ca_file = ""}));
    ASSIGN_OR_RETURN(std::string token, signer_.Sign({.subject = "aggregator",
                                                      .organisation = "TUOYU",
                                                      .roles = {common::v1::ROLE_SERVICE},
                                                      .divisions = {"500111"},
                                                      .facility = "",
                                                      .issued_at = absl::Now(),
                                                      .expires_at = absl::Now() + absl::Hours(1)}));
    return rpc::ChannelFetch(
        channel, [token] { return token; }, absl::Seconds(10));
  }

 private:
  const SystemClock clock_;
  const rpc::TokenSigner signer_;
  const std::unique_ptr<rpc::TokenVerifier> verifier_;
  ops::Metrics metrics_{"filing"};
  std::FILE* null_file_ = std::fopen("/dev/null", "w");
  int null_ = fileno(null_file_);
  ops::LogWriter log_;
  rpc::Door door_;
  rpc::JournalService service_;
  rpc::Server server_;
};

// All pages, read beforehand.
absl::StatusOr<std::vector<common::v1::JournalEntry>> ReadAll(
    const rpc::JournalReader::Fetch& fetch) {
  std::vector<common::v1::JournalEntry> entries;
  while (true) {
    common::v1::ListJournalEntriesRequest request;
    request.set_after_sequence(static_cast<int64_t>(entries.size()));
    request.set_page_size(1000);
    ASSIGN_OR_RETURN(auto page, fetch(request));
    if (page.entries().empty()) return entries;
    for (auto& entry : *page.mutable_entries()) entries.push_back(std::move(entry));
  }
}

rpc::JournalReader::Fetch FromMemory(const std::vector<common::v1::JournalEntry>& entries) {
  return [&entries](const common::v1::ListJournalEntriesRequest& request)
             -> absl::StatusOr<common::v1::ListJournalEntriesResponse> {
    common::v1::ListJournalEntriesResponse page;
    const auto begin = static_cast<size_t>(request.after_sequence());
    const size_t end = std::min(entries.size(), begin + static_cast<size_t>(request.page_size()));
    for (size_t i = begin; i < end; ++i) *page.add_entries() = entries[i];
    page.set_head_sequence(static_cast<int64_t>(entries.size()));
    return page;
  };
}

absl::Status Run(const std::string& directory, int facilities) {
  ASSIGN_OR_RETURN(const db::Options options, load::ServerAt(directory));
  ASSIGN_OR_RETURN(const auto divisions,
                   data::LoadDivisions("deploy/data/divisions/dazu-500111.csv"));
  ASSIGN_OR_RETURN(const auto registry, NewSchema(options, "tuoyu_bench_registry"));
  ASSIGN_OR_RETURN(const auto pool, NewSchema(options, "tuoyu_bench_aggregator"));
  JournalServer server(*registry);
  ASSIGN_OR_RETURN(const auto fetch, server.Start());

  RETURN_IF_ERROR(FillJournal(*registry, 1, kFewFacilities));
  ASSIGN_OR_RETURN(std::vector<common::v1::JournalEntry> entries, ReadAll(fetch));
  RETURN_IF_ERROR(
      MeasureRebuild("few facilities", *pool, fetch, static_cast<int64_t>(entries.size())));
  ASSIGN_OR_RETURN(const double few, MeasureEvidence(*pool, divisions));
  ASSIGN_OR_RETURN(const double few_then,
                   MeasureEvidence(*pool, divisions, static_cast<int64_t>(entries.size())));

  RETURN_IF_ERROR(FillJournal(*registry, kFewFacilities + 1, facilities));
  absl::Time begin = absl::Now();
  ASSIGN_OR_RETURN(entries, ReadAll(fetch));
  std::cout << absl::StreamFormat(
      "%-28s %9.0f entries/s\n", "reading alone (gRPC)",
      static_cast<double>(entries.size()) / absl::ToDoubleSeconds(absl::Now() - begin));
  const auto count = static_cast<int64_t>(entries.size());
  RETURN_IF_ERROR(MeasureRebuild("applying alone (memory)", *pool, FromMemory(entries), count));
  RETURN_IF_ERROR(MeasureRebuild("rebuild (gRPC)", *pool, fetch, count));
  ASSIGN_OR_RETURN(const double many, MeasureEvidence(*pool, divisions));
  ASSIGN_OR_RETURN(const double many_then, MeasureEvidence(*pool, divisions, count));
  std::cout << absl::StreamFormat(
      "all indicators: %.0f us at %d facilities, %.0f us at %d, ratio %.2f\n", few, kFewFacilities,
      many, facilities, many / few);
  std::cout << absl::StreamFormat(
      "as known earlier: %.0f us at %d facilities, %.0f us at %d, ratio %.2f\n", few_then,
      kFewFacilities, many_then, facilities, many_then / few_then);
  return absl::OkStatus();
}

}  // namespace
}  // namespace tuoyu::aggregator

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: aggregator_bench DIR [FACILITIES]\n";
    return 2;
  }
  const absl::Status status =
      tuoyu::aggregator::Run(argv[1], argc > 2 ? std::atoi(argv[2]) : 30000);
  if (!status.ok()) std::cerr << status.ToString() << '\n';
  return status.ok() ? 0 : 1;
}
