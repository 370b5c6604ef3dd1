#include "common/privacy/sealer.h"

#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/privacy/digest.h"
#include "common/privacy/test_protos.h"
#include "common/privacy/testdata/sealer.pb.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::privacy {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ::tuoyu::testing::IsOkAndHolds;
using ::tuoyu::testing::StatusIs;

constexpr char kIndexLine[] = "index i1 HMAC-SHA256 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\n";
constexpr char kOldLine[] = "seal old AES-256-GCM AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI\n";
constexpr char kNewLine[] = "seal new AES-256-GCM AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM\n";

Sealer MakeSealer(const std::string& text) { return Sealer(*KeyRing::Parse(text)); }

const google::protobuf::FileDescriptor* Protos() {
  static const auto* file = test::sealer::Person::descriptor()->file();
  return file;
}

constexpr char kHome[] = R"(
    head { name: "甲" photo: "\377\000\001" phones: "1" phones: "" phones: "2" title: "园长" }
    staff { key: "s" value { name: "乙" } })";

std::string Field(const google::protobuf::Message& message, const std::string& name) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(name));
}

// What is left open is what sealing would change.
TEST(SealerTest, TellsWhetherAnythingIsOpen) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  const auto open = [&](const char* text) {
    const auto message = MakeMessage(Protos(), "Home", text);
    const std::string before = message->SerializeAsString();
    const bool holds = HoldsOpenText(*message);
    sealer.SealFields(message.get());
    EXPECT_EQ(message->SerializeAsString() != before, holds) << text;
    EXPECT_FALSE(HoldsOpenText(*message)) << text;
    return holds;
  };
  EXPECT_TRUE(open(kHome));
  EXPECT_FALSE(open(""));
  EXPECT_FALSE(open(R"(head { title: "园长" })"));
  EXPECT_FALSE(open(R"(head { name: "" phones: "" })"));
  EXPECT_TRUE(open(R"(head { name: "sealed:v1:new:x" phones: "1" })")) << "one of two";
  EXPECT_FALSE(open(R"(head { name: "sealed:v1:new:x" phones: "sealed:v1:new:y" })"));
  EXPECT_TRUE(open(R"(staff { key: "s" value { name: "乙" } })")) << "in a map";
}

TEST(SealerTest, SealsEveryPersonalFieldAndOpensItAgain) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  const auto message = MakeMessage(Protos(), "Home", kHome);
  const std::string before = message->ShortDebugString();
  EXPECT_FALSE(HoldsSealedText(*message));
  sealer.SealFields(message.get());
  EXPECT_TRUE(HoldsSealedText(*message));
  const std::string sealed = message->DebugString();
  EXPECT_THAT(sealed, AllOf(HasSubstr("sealed:v1:new:"), HasSubstr("title")));
  EXPECT_EQ(std::vector<std::string>(absl::StrSplit(sealed, "sealed:v1:")).size(), 6u);
  ASSERT_OK(sealer.UnsealFields(message.get()));
  EXPECT_EQ(message->ShortDebugString(), before);
}

TEST(SealerTest, SealingTwiceIsSealingOnce) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  const auto message = MakeMessage(Protos(), "Person", R"(name: "甲")");
  sealer.SealFields(message.get());
  const std::string once = message->ShortDebugString();
  sealer.SealFields(message.get());
  EXPECT_EQ(message->ShortDebugString(), once);
}

TEST(SealerTest, EqualValuesSealDifferently) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  EXPECT_NE(sealer.Seal("x", "甲"), sealer.Seal("x", "甲"));
}

TEST(SealerTest, TamperedTextDoesNotOpen) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  const std::string sealed = sealer.Seal("x", "甲乙丙");
  const size_t payload = sealed.rfind(':') + 1;
  for (size_t i = payload; i < sealed.size(); ++i) {
    std::string tampered = sealed;
    tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(sealer.Unseal("x", tampered), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
  EXPECT_THAT(sealer.Unseal("x", sealed.substr(0, sealed.size() - 1)),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(sealer.Unseal("x", "sealed:v1:new:"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(sealer.Unseal("x", "sealed:v1:"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(sealer.Unseal("x", ""), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(sealer.Unseal("x", sealed), IsOkAndHolds("甲乙丙"));
}

TEST(SealerTest, TextMovedToAnotherFieldDoesNotOpen) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  const auto message = MakeMessage(Protos(), "Person", R"(name: "甲")");
  sealer.SealFields(message.get());
  const auto* name = message->GetDescriptor()->FindFieldByName("name");
  const auto* alias = message->GetDescriptor()->FindFieldByName("alias");
  const auto* reflection = message->GetReflection();
  reflection->SetString(message.get(), alias, reflection->GetString(*message, name));
  reflection->ClearField(message.get(), name);
  EXPECT_THAT(
      sealer.UnsealFields(message.get()),
      StatusIs(absl::StatusCode::kDataLoss,
               AllOf(HasSubstr("tuoyu.test.sealer.Person.alias"), Not(HasSubstr("sealed:")))));
}

TEST(SealerTest, AfterRotationTheNewKeySealsAndTheOldOneStillOpens) {
  const Sealer before = MakeSealer(absl::StrCat(kIndexLine, kOldLine));
  const Sealer after = MakeSealer(absl::StrCat(kIndexLine, kOldLine, kNewLine));
  const std::string old_text = before.Seal("x", "甲");
  const std::string new_text = after.Seal("x", "甲");
  EXPECT_THAT(new_text, StartsWith("sealed:v1:new:"));
  EXPECT_THAT(after.Unseal("x", old_text), IsOkAndHolds("甲"));
  EXPECT_THAT(before.Unseal("x", new_text), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(SealerTest, BlindIndexIsStableAndBoundToItsDomain) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kOldLine));
  const Sealer rotated = MakeSealer(absl::StrCat(kIndexLine, kOldLine, kNewLine));
  EXPECT_EQ(sealer.BlindIndex("phone", "13900000000").size(), 32u);
  EXPECT_EQ(sealer.BlindIndex("phone", "1"), rotated.BlindIndex("phone", "1"));
  EXPECT_NE(sealer.BlindIndex("phone", "1"), sealer.BlindIndex("id", "1"));
  EXPECT_NE(sealer.BlindIndex("ab", "c"), sealer.BlindIndex("a", "bc"));
}

TEST(KeyRingTest, RefusesWhatIsMalformedWithTheLine) {
  const std::string good = absl::StrCat(kIndexLine, kNewLine);
  EXPECT_OK(KeyRing::Parse(good));
  EXPECT_OK(KeyRing::Parse(absl::StrCat("# comment\n\n", good)));
  EXPECT_OK(KeyRing::Parse(KeyRing::GenerateText()));
  struct {
    std::string text;
    const char* message;
  } cases[] = {
      {"", "no seal key"},
      {kIndexLine, "no seal key"},
      {kNewLine, "no index key"},
      {absl::StrCat(good, kNewLine), "line 3: key id repeated"},
      {absl::StrCat(good, kIndexLine), "line 3: a second index key"},
      {absl::StrReplaceAll(good, {{"AES-256-GCM", "AES-128-GCM"}}), "line 2: use and algorithm"},
      {absl::StrReplaceAll(good, {{"Aw", ""}}), "line 2: a key is 32 bytes"},
      {absl::StrReplaceAll(good, {{" new ", " n:w "}}), "line 2: bad key id"},
      {absl::StrCat(good, "seal x"), "line 3: expected"},
  };
  for (const auto& each : cases) {
    EXPECT_THAT(KeyRing::Parse(each.text),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr(each.message), Not(HasSubstr("AwMD")))))
        << each.text;
  }
}

TEST(KeyRingTest, FileIsMadeOnceKeptSecretAndRotated) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/ring-", HexEncode(RandomBytes(8)));
  EXPECT_THAT(KeyRing::Load(path), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(GenerateKeyRingFile(path));
  EXPECT_THAT(GenerateKeyRingFile(path), StatusIs(absl::StatusCode::kAlreadyExists));
  const auto first = KeyRing::Load(path);
  ASSERT_OK(first);
  ASSERT_OK(RotateKeyRingFile(path));
  const auto second = KeyRing::Load(path);
  ASSERT_OK(second);
  ASSERT_EQ(second->seal.size(), 2u);
  EXPECT_EQ(second->seal[0].bytes, first->seal[0].bytes);
  EXPECT_EQ(second->index.bytes, first->index.bytes);
  chmod(path.c_str(), 0640);
  EXPECT_THAT(KeyRing::Load(path), StatusIs(absl::StatusCode::kFailedPrecondition));
  std::remove(path.c_str());
}

TEST(DigestTest, KnownValues) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(HexEncode(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  std::string bytes;
  EXPECT_EQ(Base64UrlEncode("\xfb\xff"), "-_8");
  EXPECT_TRUE(Base64UrlDecode("-_8", &bytes));
  EXPECT_EQ(bytes, "\xfb\xff");
  for (const char* bad : {"-_8=", "-_9", "+/8", "a", " -_8"}) {
    EXPECT_FALSE(Base64UrlDecode(bad, &bytes)) << bad;
  }
}

TEST(SealerTest, OnlyPersonalFieldsAreSealedUnderTheirFullName) {
  const Sealer sealer = MakeSealer(absl::StrCat(kIndexLine, kNewLine));
  const auto message = MakeMessage(Protos(), "Person", R"(name: "甲" title: "园长")");
  sealer.SealFields(message.get());
  EXPECT_EQ(Field(*message, "title"), "园长");
  EXPECT_THAT(sealer.Unseal("tuoyu.test.sealer.Person.name", Field(*message, "name")),
              IsOkAndHolds("甲"));
}

}  // namespace
}  // namespace tuoyu::privacy
