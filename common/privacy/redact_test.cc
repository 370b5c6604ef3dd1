#include "common/privacy/redact.h"

#include <string>
#include <thread>
#include <vector>

#include "common/privacy/test_protos.h"
#include "common/privacy/testdata/redact.pb.h"
#include "common/privacy/testdata/threads.pb.h"
#include "common/testing/matchers.h"
#include "gtest/gtest.h"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::privacy {
namespace {

using ::tuoyu::testing::EqualsProto;

const google::protobuf::FileDescriptor* Protos() {
  static const auto* file = test::redact::Child::descriptor()->file();
  return file;
}

constexpr char kFull[] = R"(
    title: "t" phone: "13900000000"
    children { name: "a" room: "r" sibling { name: "b" room: "s" } }
    rooms { key: "k" value { name: "c" room: "u" } }
    notes { key: "n" value: "v" } opened { year: 2026 month: 3 day: 2 }
    reporter: "x" forgotten: "f" places: 0)";

struct RedactCase {
  const char* name;
  Clearance clearance;
  const char* left;
};

class RedactTest : public ::testing::TestWithParam<RedactCase> {};

TEST_P(RedactTest, UnsetsWhatIsNotClearedAtEveryDepth) {
  const auto message = MakeMessage(Protos(), "Home", kFull);
  const auto expected = MakeMessage(Protos(), "Home", GetParam().left);
  Redact(message.get(), GetParam().clearance);
  EXPECT_EQ(message->ShortDebugString(), expected->ShortDebugString());
}

INSTANTIATE_TEST_SUITE_P(
    ByClearance, RedactTest,
    ::testing::Values(
        RedactCase{"Public", Clearance::Public(),
                   R"(title: "t" children { } rooms { key: "k" value { } } places: 0)"},
        RedactCase{"Internal", Clearance::Internal(),
                   R"(title: "t" children { room: "r" sibling { room: "s" } }
                      rooms { key: "k" value { room: "u" } } notes { key: "n" value: "v" }
                      opened { year: 2026 month: 3 day: 2 } places: 0)"},
        RedactCase{"Personal", Clearance::Personal(),
                   R"(title: "t" phone: "13900000000" children { room: "r" sibling { room: "s" } }
                      rooms { key: "k" value { room: "u" } } notes { key: "n" value: "v" }
                      opened { year: 2026 month: 3 day: 2 } places: 0)"},
        RedactCase{"ReporterOnly", Clearance::Public().With(common::v1::DATA_CLASS_REPORTER),
                   R"(title: "t" children { } rooms { key: "k" value { } } reporter: "x"
                      places: 0)"},
        // A field without a class is for nobody.
        RedactCase{"Everything", Clearance::Everything(),
                   R"(title: "t" phone: "13900000000"
                      children { name: "a" room: "r" sibling { name: "b" room: "s" } }
                      rooms { key: "k" value { name: "c" room: "u" } }
                      notes { key: "n" value: "v" } opened { year: 2026 month: 3 day: 2 }
                      reporter: "x" places: 0)"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(RedactMessageTest, LeavesAMessageWithNothingToHideAsItIs) {
  filing::v1::Facility facility;
  facility.set_name("facilities/0190a000-0000-7000-8000-000000000001");
  facility.mutable_valid_from()->set_year(2026);
  const filing::v1::Facility before = facility;
  Redact(&facility, Clearance::Public());
  EXPECT_THAT(facility, EqualsProto(before));
}

TEST(RedactMessageTest, MessagesOfGoogleGoWithTheFieldThatHoldsThem) {
  google::type::Date date;
  date.set_year(2026);
  Redact(&date, Clearance::Public());
  EXPECT_EQ(date.year(), 2026);
  EXPECT_FALSE(MayHoldMoreThan(google::type::Date::descriptor(), Clearance::Public()));
  EXPECT_TRUE(MayHoldMoreThan(common::v1::JournalEntry::descriptor(), Clearance::Public()));
  EXPECT_FALSE(MayHoldMoreThan(common::v1::JournalEntry::descriptor(), Clearance::Internal()));
}

// What a reader gets, changes and writes back must not overwrite what was hidden from it: a hidden field is unset, so an
// update that stores only set fields leaves the stored one alone.
TEST(RedactMessageTest, ReadModifyWriteCannotStoreAMask) {
  const auto stored = MakeMessage(Protos(), "Home", R"(title: "old" phone: "13900000000")");
  const auto read = MakeMessage(Protos(), "Home", "");
  read->CopyFrom(*stored);
  Redact(read.get(), Clearance::Internal());
  const auto* title = read->GetDescriptor()->FindFieldByName("title");
  read->GetReflection()->SetString(read.get(), title, "new");
  stored->MergeFrom(*read);
  EXPECT_EQ(stored->ShortDebugString(), R"(title: "new" phone: "13900000000")");
}

TEST(RedactMessageTest, ManyThreadsMayRedactTheSameTypesForTheFirstTime) {
  const auto* file = test::threads::Person::descriptor()->file();
  std::vector<std::unique_ptr<google::protobuf::Message>> messages;
  messages.reserve(8);
  for (int i = 0; i < 8; ++i) {
    messages.push_back(MakeMessage(file, "Group", R"(people { name: "x" } people { name: "y" })"));
  }
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      Redact(messages[i].get(), i % 2 == 0 ? Clearance::Internal() : Clearance::Personal());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(
        messages[i]->ShortDebugString(),
        i % 2 == 0 ? "people { } people { }" : R"(people { name: "x" } people { name: "y" })");
  }
}

TEST(ClearanceTest, BitsRoundTripAndUnknownOnesAreDropped) {
  EXPECT_EQ(Clearance::FromBits(Clearance::Personal().bits()), Clearance::Personal());
  EXPECT_EQ(Clearance::FromBits(0), Clearance::Public());
  EXPECT_EQ(Clearance::FromBits(0xFF), Clearance::Everything());
  EXPECT_FALSE(Clearance::FromBits(0xFF).Has(common::v1::DATA_CLASS_UNSPECIFIED));
}

}  // namespace
}  // namespace tuoyu::privacy
