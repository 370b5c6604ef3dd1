#include "common/rpc/write.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/journal/hash.h"
#include "common/privacy/digest.h"
#include "common/rpc/journal_reader.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/pool_metrics.h"
#include "common/rpc/test_service.h"
#include "common/testing/test_database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::rpc {
namespace {

using common::v1::JournalEntry;
using common::v1::JournalPosition;
using filing::v1::CreateFilingRequest;
using filing::v1::Filing;
using filing::v1::FilingService;
using google::protobuf::Message;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;

constexpr char kFirstId[] = "0190a000-0000-7000-8000-000000000001";
constexpr char kSecondId[] = "0190a000-0000-7000-8000-000000000002";
constexpr char kIdNumber[] = "500111199001019978";  // made up
constexpr char kInsert[] = "INSERT INTO thing (name) VALUES (?)";

CreateFilingRequest Request(const std::string& request_id, const std::string& uscc = "u") {
  CreateFilingRequest request;
  request.set_request_id(request_id);
  request.mutable_filing()->mutable_content()->set_uscc(uscc);
  request.mutable_filing()->mutable_content()->set_principal_id_number(kIdNumber);
  return request;
}

// A service that stores one row per write and answers with the filing it was sent.
class WriteTest : public DoorFixture {
 protected:
  WriteTest() {
    database_.Run(
        "CREATE TABLE thing (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(64) NOT NULL "
        "UNIQUE) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
    service_.create = [&](Call& call, const Message& request, Filing* reply) {
      return RunWrite(deps_, call, request, reply, [&](WriteContext& context) {
        return Store(context, static_cast<const CreateFilingRequest&>(request), reply);
      });
    };
    EXPECT_OK(server_.Start());
    channel_ = server_.InProcessChannel();
  }
  ~WriteTest() override { server_.Shutdown(); }

  absl::Status Store(WriteContext& context, const CreateFilingRequest& request, Filing* reply) {
    ++runs_;
    RETURN_IF_ERROR(context.transaction.Execute(kInsert, {request.filing().content().uscc()}));
    *reply = request.filing();
    reply->set_name(absl::StrCat("filings/", runs_.load()));
    context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
    AddEntry(context, "filing.created", reply->name(), "500111", context.call.today, *reply);
    return absl::OkStatus();
  }

  absl::StatusOr<Filing> Create(const CreateFilingRequest& request,
                                const std::string& subject = "accounts/zhang") {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(30),
                   TokenFor(common::v1::ROLE_FACILITY_PRINCIPAL, subject));
    Filing reply;
    const grpc::Status status =
        FilingService::NewStub(channel_)->CreateFiling(&context, request, &reply);
    if (!status.ok()) return FromGrpc(status);
    return reply;
  }

  testing::TestDatabase database_{{journal::kComponent, journal::Files()}, {kComponent, Files()}};
  const privacy::Sealer sealer_{*privacy::KeyRing::Parse(privacy::KeyRing::GenerateText())};
  const WriteDeps deps_{database_.pool(), sealer_, "filing"};
  Door door_{"filing", *verifier_,
             clock_,   metrics_,
             log_,     {DescriptorOf<FilingService>(), DescriptorOf<common::v1::JournalService>()}};
  ToyService service_{door_};
  JournalService journal_service_{door_, database_.pool(), "filing"};
  Server server_{ServerOptions(), {&service_, &journal_service_}};
  std::shared_ptr<grpc::Channel> channel_;
  std::atomic<int> runs_{0};
};

TEST_F(WriteTest, TheSameRequestTwiceHasOneEffectAndOneAnswer) {
  const auto first = Create(Request(kFirstId));
  ASSERT_OK(first);
  EXPECT_EQ(first->content().principal_id_number(), kIdNumber) << "the body raised the clearance";
  const auto second = Create(Request(kFirstId));
  ASSERT_OK(second);
  EXPECT_THAT(*second, EqualsProto(*first));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM thing"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "1");
}

TEST_F(WriteTest, TheSameRequestManyTimesAtOnceHasOneEffectAndOneAnswer) {
  std::vector<absl::StatusOr<Filing>> answers(8, absl::UnknownError(""));
  std::vector<std::thread> threads;
  threads.reserve(answers.size());
  for (auto& answer : answers) {
    threads.emplace_back([&] { answer = Create(Request(kFirstId)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) {
    ASSERT_OK(answer);
    EXPECT_THAT(*answer, EqualsProto(*answers[0]));
  }
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM thing"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "1");
}

TEST_F(WriteTest, AnotherBodyUnderTheSameIdIsRefused) {
  ASSERT_OK(Create(Request(kFirstId, "a")));
  EXPECT_EQ(ReasonOf(Create(Request(kFirstId, "b")).status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM thing"), "1");
  ASSERT_OK(Create(Request(kSecondId, "b")));
}

TEST_F(WriteTest, TheSameIdOfAnotherCallerIsAnotherRequest) {
  ASSERT_OK(Create(Request(kFirstId, "a"), "accounts/zhang"));
  ASSERT_OK(Create(Request(kFirstId, "b"), "accounts/li"));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM thing"), "2");
}

TEST_F(WriteTest, AFailedWriteLeavesNothingAndMayBeRepeated) {
  bool fail = true;
  service_.create = [&](Call& call, const Message& request, Filing* reply) {
    return RunWrite(deps_, call, request, reply, [&](WriteContext& context) -> absl::Status {
      RETURN_IF_ERROR(Store(context, static_cast<const CreateFilingRequest&>(request), reply));
      return fail ? Error("WRONG_STATE", {{"state", "FILED"}}) : absl::OkStatus();
    });
  };
  EXPECT_EQ(ReasonOf(Create(Request(kFirstId)).status()), "WRONG_STATE");
  for (const char* table : {"thing", "journal_entry", "request_log"}) {
    EXPECT_EQ(database_.Value(absl::StrCat("SELECT COUNT(*) FROM ", table)), "0") << table;
  }
  fail = false;
  EXPECT_OK(Create(Request(kFirstId)));
}

TEST_F(WriteTest, AnErrorOfTheBodyThatIsNoRepeatStays) {
  ASSERT_OK(Create(Request(kFirstId, "a")));
  const auto duplicate = Create(Request(kSecondId, "a"));
  EXPECT_THAT(duplicate, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReasonOf(duplicate.status()), "ALREADY_EXISTS");
}

TEST_F(WriteTest, NothingPersonalIsStoredInTheClear) {
  ASSERT_OK(Create(Request(kFirstId)));
  for (const char* column : {"reply FROM request_log", "payload FROM journal_entry"}) {
    const std::string stored = database_.Value(absl::StrCat("SELECT ", column));
    EXPECT_THAT(stored, HasSubstr("sealed:v1:")) << column;
    EXPECT_THAT(stored, Not(HasSubstr(kIdNumber))) << column;
  }
}

TEST_F(WriteTest, ADeadlockIsRunAgainWithTheSameAnswer) {
  std::atomic<int> attempts{0};
  service_.create = [&](Call& call, const Message& request, Filing* reply) {
    return RunWrite(deps_, call, request, reply, [&](WriteContext& context) -> absl::Status {
      RETURN_IF_ERROR(Store(context, static_cast<const CreateFilingRequest&>(request), reply));
      if (++attempts == 1) {
        // What a deadlock looks like from the server's side: SIGNAL with its error number.
        return context.transaction.Execute(
            "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'deadlock'", {});
      }
      return absl::OkStatus();
    });
  };
  ASSERT_OK(Create(Request(kFirstId)));
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM thing"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "1");
  EXPECT_EQ(LogLines().back()["reruns"], 1);
}

TEST_F(WriteTest, OldAnswersArePurgedInPortions) {
  ASSERT_OK(Create(Request(kFirstId, "a")));
  ASSERT_OK(Create(Request(kSecondId, "b")));
  const absl::Time soon = absl::Now() + absl::Seconds(30);
  const auto purge = [&](absl::Time before, int limit) {
    return PurgeRequestLog(database_.pool(), soon, before, limit);
  };
  EXPECT_THAT(purge(clock_.Now(), 10), testing::IsOkAndHolds(0));
  EXPECT_THAT(purge(clock_.Now() + absl::Seconds(1), 1), testing::IsOkAndHolds(1));
  EXPECT_THAT(purge(clock_.Now() + absl::Seconds(1), 10), testing::IsOkAndHolds(1));
}

TEST_F(WriteTest, PoolNumbersReachTheMetrics) {
  WatchPool(metrics_, database_.pool());
  ASSERT_OK(Create(Request(kFirstId)));
  EXPECT_THAT(metrics_.Text(), HasSubstr("tuoyu_pool_connections{service=\"filing\"} 1"));
  EXPECT_THAT(metrics_.Text(), HasSubstr("tuoyu_transaction_reruns_total{service=\"filing\"} 0"));
}

class JournalFeedTest : public WriteTest {
 protected:
  JournalReader::Fetch FetchAs(Role role) {
    return ChannelFetch(
        channel_, [this, role] { return TokenFor(role); }, absl::Seconds(10));
  }
  JournalReader::Handlers Handlers() {
    return {.load = [this]() -> absl::StatusOr<JournalPosition> { return stored_; },
            .apply =
                [this](const std::vector<JournalEntry>& entries) {
                  if (failures_ > 0) {
                    --failures_;
                    return absl::UnavailableError("");
                  }
                  for (const JournalEntry& entry : entries) applied_.push_back(entry);
                  stored_.set_sequence(entries.back().sequence());
                  stored_.set_hash(entries.back().hash());
                  return absl::OkStatus();
                },
            .diverged =
                [this] {
                  ++diverged_;
                  applied_.clear();
                  stored_.Clear();
                  return absl::OkStatus();
                }};
  }
  void CreateMany(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string id = absl::StrCat("0190a000-0000-7000-8000-0000000001", 10 + i);
      ASSERT_OK(Create(Request(id, absl::StrCat("u", i))));
    }
  }

  JournalPosition stored_;
  std::vector<JournalEntry> applied_;
  std::atomic<int> failures_{0};
  int diverged_ = 0;
};

TEST_F(JournalFeedTest, ReaderCatchesUpInPagesAndGoesOnWhereItStood) {
  CreateMany(5);
  JournalReader reader({.source = "filing", .consumer = "aggregator", .page_size = 2},
                       FetchAs(common::v1::ROLE_SERVICE), Handlers(), metrics_, log_);
  ASSERT_OK(reader.CatchUp());
  ASSERT_EQ(applied_.size(), 5u);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(applied_[i].sequence(), i + 1);
  EXPECT_EQ(stored_.sequence(), 5);
  ASSERT_OK(reader.CatchUp());
  EXPECT_EQ(applied_.size(), 5u);
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("tuoyu_journal_applied_total{service=\"filing\",source=\"filing\"} 5"));
}

TEST_F(JournalFeedTest, AnEntryIsAppliedAgainAfterAnError) {
  CreateMany(2);
  failures_ = 1;
  JournalReader reader({.source = "filing", .consumer = "aggregator"},
                       FetchAs(common::v1::ROLE_SERVICE), Handlers(), metrics_, log_);
  EXPECT_THAT(reader.CatchUp(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(applied_, IsEmpty());
  ASSERT_OK(reader.CatchUp());
  EXPECT_EQ(applied_.size(), 2u);
}

TEST_F(JournalFeedTest, ADivergedJournalIsRebuilt) {
  CreateMany(2);
  stored_.set_sequence(1);
  stored_.set_hash(std::string(32, 'x'));
  JournalReader reader({.source = "filing", .consumer = "aggregator"},
                       FetchAs(common::v1::ROLE_SERVICE), Handlers(), metrics_, log_);
  ASSERT_OK(reader.CatchUp());
  EXPECT_EQ(diverged_, 1);
  EXPECT_EQ(applied_.size(), 2u);
  stored_.set_sequence(9);  // beyond the head, as after a restore
  ASSERT_OK(reader.CatchUp());
  EXPECT_EQ(diverged_, 2);
  EXPECT_EQ(applied_.size(), 2u);
}

TEST_F(JournalFeedTest, AnEntryOutsideTheChainIsNotApplied) {
  CreateMany(2);
  std::function<void(JournalEntry*)> alter;
  const auto fetch = FetchAs(common::v1::ROLE_SERVICE);
  JournalReader reader(
      {.source = "filing", .consumer = "aggregator"},
      [&](const common::v1::ListJournalEntriesRequest& request) {
        auto page = fetch(request);
        if (page.ok()) alter(page->mutable_entries(0));
        return page;
      },
      Handlers(), metrics_, log_);
  for (const std::function<void(JournalEntry*)>& change : {
           std::function([](JournalEntry* entry) { entry->set_actor("accounts/other"); }),
           std::function([](JournalEntry* entry) { entry->set_sequence(2); }),
           std::function([](JournalEntry* entry) {
             entry->set_payload("");
             entry->set_payload_removed(false);
           }),
           std::function([](JournalEntry* entry) {  // does not follow the genesis hash
             entry->set_previous_hash(std::string(32, 'x'));
             entry->set_hash(journal::HashOf(*entry));
           }),
       }) {
    alter = change;
    EXPECT_THAT(reader.CatchUp(), StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(applied_, IsEmpty());
  }
  alter = [](JournalEntry*) {};
  EXPECT_OK(reader.CatchUp());
  EXPECT_EQ(applied_.size(), 2u);
}

TEST_F(JournalFeedTest, AnAlteredPayloadIsDataLossAndNamed) {
  CreateMany(2);
  database_.Run("UPDATE journal_entry SET payload = CONCAT(payload, 'x') WHERE sequence = 2");
  const absl::Status status = FetchAs(common::v1::ROLE_AUDITOR)({}).status();
  EXPECT_EQ(ReasonOf(status), "JOURNAL_ENTRY_ALTERED");
  EXPECT_EQ(MetadataOf(status)["sequence"], "2");
}

TEST_F(JournalFeedTest, TheThreadFollowsThroughErrorsAndStops) {
  failures_ = 1;
  std::atomic<int> seen{0};
  JournalReader::Handlers handlers = Handlers();
  auto apply = handlers.apply;
  handlers.apply = [&, apply](const std::vector<JournalEntry>& entries) {
    absl::Status status = apply(entries);
    if (status.ok()) seen += static_cast<int>(entries.size());
    return status;
  };
  JournalReader reader({.source = "filing", .consumer = "aggregator"},
                       FetchAs(common::v1::ROLE_SERVICE), handlers, metrics_, log_);
  reader.Start();
  CreateMany(3);
  while (seen < 3) {
    reader.Wake();
    std::this_thread::yield();
  }
  reader.Stop();
  EXPECT_EQ(stored_.sequence(), 3);
}

TEST_F(JournalFeedTest, AnAuditorReadsThePayloadsOfHisDivisionsOnly) {
  CreateMany(1);
  for (const char* division : {"500111", "500112"}) {
    const auto fetch = ChannelFetch(
        channel_,
        [this, division] { return TokenFor(common::v1::ROLE_AUDITOR, "accounts/li", division); },
        absl::Seconds(10));
    const auto page = fetch({});
    ASSERT_OK(page);
    ASSERT_EQ(page->entries_size(), 1);
    const bool own = division == std::string("500111");
    EXPECT_EQ(!page->entries(0).payload().empty(), own);
    EXPECT_TRUE(page->entries(0).payload_removed());
    EXPECT_EQ(page->entries(0).action(), "filing.created") << "the chain stays whole";
    EXPECT_EQ(page->entries(0).payload_digest().size(), 32u);
  }
}

TEST_F(JournalFeedTest, AReaderGetsThePayloadsItAsksFor) {
  CreateMany(2);
  for (const auto& [type, sent] : std::map<std::string, bool>{
           {Filing::descriptor()->full_name(), true}, {"tuoyu.filing.v1.Facility", false}}) {
    int applied = 0;
    JournalReader::Handlers handlers = Handlers();
    handlers.load = [] { return JournalPosition(); };
    handlers.apply = [&, sent = sent](const std::vector<JournalEntry>& entries) {
      for (const JournalEntry& entry : entries) EXPECT_EQ(!entry.payload().empty(), sent);
      applied += static_cast<int>(entries.size());
      return absl::OkStatus();
    };
    JournalReader reader({.source = "filing", .consumer = "aggregator", .payload_types = {type}},
                         FetchAs(common::v1::ROLE_SERVICE), handlers, metrics_, log_);
    ASSERT_OK(reader.CatchUp());
    EXPECT_EQ(applied, 2);
  }
}

TEST_F(JournalFeedTest, PayloadsAreCutToTheReadersClearanceAndTheDigestKept) {
  CreateMany(1);
  common::v1::ListJournalEntriesRequest request;
  const auto page = FetchAs(common::v1::ROLE_SERVICE)(request);
  ASSERT_OK(page);
  ASSERT_EQ(page->entries_size(), 1);
  const JournalEntry& entry = page->entries(0);
  Filing payload;
  ASSERT_TRUE(payload.ParseFromString(entry.payload()));
  EXPECT_EQ(payload.content().uscc(), "u0");
  EXPECT_EQ(payload.content().principal_id_number(), "");
  EXPECT_NE(privacy::Sha256(entry.payload()), entry.payload_digest());
  EXPECT_TRUE(entry.payload_removed());
  EXPECT_EQ(entry.actor(), "accounts/zhang");
  EXPECT_EQ(entry.action(), "filing.created");
  EXPECT_EQ(page->head_sequence(), 1);

  JournalEntry full = entry;
  full.clear_payload_removed();
  Filing sealed = payload;
  sealed.mutable_content()->set_principal_id_number("sealed:v1:x:y");
  full.set_payload(sealed.SerializeAsString());
  RedactPayload(&full, privacy::Clearance::Everything());
  EXPECT_EQ(full.payload(), sealed.SerializeAsString()) << "what is sealed stays sealed";
  EXPECT_FALSE(full.payload_removed());
  full.set_payload_type("tuoyu.filing.v9.Unknown");
  RedactPayload(&full, privacy::Clearance::Everything());
  EXPECT_EQ(full.payload(), "");
  EXPECT_TRUE(full.payload_removed());
}

TEST_F(JournalFeedTest, RequestsAreCheckedAndHeadIsTold) {
  common::v1::ListJournalEntriesRequest request;
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(FetchAs(common::v1::ROLE_SERVICE)(request).status()), "PAGE_SIZE_INVALID");
  request.set_page_size(1);
  request.add_payload_types("two,types");
  EXPECT_EQ(ReasonOf(FetchAs(common::v1::ROLE_SERVICE)(request).status()), "FIELD_INVALID");
  request.clear_payload_types();
  request.set_after_sequence(-1);
  EXPECT_EQ(ReasonOf(FetchAs(common::v1::ROLE_SERVICE)(request).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(FetchAs(common::v1::ROLE_DHC_REVIEWER)(request).status()), "ROLE_NOT_ALLOWED");
  CreateMany(2);
  grpc::ClientContext context;
  PrepareContext(&context, absl::Seconds(10), TokenFor(common::v1::ROLE_SYSADMIN));
  JournalPosition head;
  ASSERT_OK(FromGrpc(common::v1::JournalService::NewStub(channel_)->GetJournalHead(
      &context, common::v1::GetJournalHeadRequest(), &head)));
  EXPECT_EQ(head.sequence(), 2);
  EXPECT_EQ(head.hash().size(), 32u);
}

}  // namespace
}  // namespace tuoyu::rpc
