#include "common/rpc/errors.h"

#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace tuoyu::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;

// Placeholders of a text, in order of first use.
std::set<std::string> Placeholders(absl::string_view text) {
  std::set<std::string> found;
  for (size_t open; (open = text.find('{')) != absl::string_view::npos;) {
    const size_t close = text.find('}', open);
    found.insert(std::string(text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
  return found;
}

TEST(CatalogueTest, ReasonsAreUniqueAndEveryRowIsWhole) {
  std::set<absl::string_view> reasons;
  for (const CatalogueEntry& entry : Catalogue()) {
    EXPECT_TRUE(reasons.insert(entry.reason).second) << entry.reason;
    EXPECT_NE(entry.code, absl::StatusCode::kOk) << entry.reason;
    for (char c : entry.reason) {
      EXPECT_TRUE(absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '_') << entry.reason;
    }
    EXPECT_FALSE(entry.text_en.empty()) << entry.reason;
    EXPECT_TRUE(absl::EndsWith(entry.text_zh, "。")) << entry.reason;
    EXPECT_TRUE(absl::EndsWith(entry.text_en, ".")) << entry.reason;
    EXPECT_EQ(Placeholders(entry.text_zh), Placeholders(entry.text_en)) << entry.reason;
  }
}

TEST(ErrorTest, CarriesReasonTextsAndMetadata) {
  const absl::Status status = Error("WRONG_STATE", {{"state", "SUBMITTED"}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                               "The state SUBMITTED does not allow this."));
  EXPECT_EQ(ReasonOf(status), "WRONG_STATE");
  EXPECT_EQ(LocalizedTextOf(status), "当前状态（SUBMITTED）不允许此操作。");
  EXPECT_THAT(MetadataOf(status), ElementsAre(Pair("state", "SUBMITTED")));
}

TEST(ErrorDeathTest, AnUnknownReasonEndsTheProcess) {
  EXPECT_DEATH((void)Error("NO_SUCH_REASON"), "NO_SUCH_REASON is not in");
}

TEST(ErrorTest, SurvivesTheWire) {
  const auto violation = FieldViolation("content.name", "NAME_TOO_LONG", "名称过长", "too long");
  const absl::Status sent = Error("FORM_INVALID", {{"filing", "filings/1"}}, {violation});
  const grpc::Status wire = ToGrpc(sent);
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const absl::Status received = FromGrpc(wire);
  EXPECT_THAT(received, StatusIs(sent.code(), std::string(sent.message())));
  EXPECT_EQ(ReasonOf(received), "FORM_INVALID");
  EXPECT_EQ(MetadataOf(received), MetadataOf(sent));
  ASSERT_THAT(ViolationsOf(received), SizeIs(1));
  EXPECT_THAT(ViolationsOf(received)[0], EqualsProto(violation));
  EXPECT_THAT(LocalizedTextOf(received), HasSubstr("表单有 1 处"));
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_OK(FromGrpc(grpc::Status::OK));
}

TEST(ErrorTest, ManyViolationsAreCutToWhatFitsAndCounted) {
  std::vector<common::v1::Violation> violations;
  violations.reserve(100);
  for (int i = 0; i < 100; ++i) {
    violations.push_back(FieldViolation(absl::StrCat("content.classes[", i, "].capacity"),
                                        "CLASS_OVER_LIMIT", "班额超过上限，请减少人数。",
                                        "The class is over its limit; take fewer children."));
  }
  const grpc::Status wire = ToGrpc(FormError(violations));
  EXPECT_LE(wire.error_details().size(), 4096u);
  const absl::Status received = FromGrpc(wire);
  const auto shown = ViolationsOf(received);
  EXPECT_GE(shown.size(), 15u);
  EXPECT_LT(shown.size(), 100u);
  EXPECT_EQ(shown[0].field(), "content.classes[0].capacity");
  EXPECT_EQ(MetadataOf(received)["violations"], "100");
  EXPECT_EQ(MetadataOf(received)["violations_shown"], absl::StrCat(shown.size()));
  EXPECT_TRUE(LacksViolations(received));
  const std::string left = absl::StrCat(100 - shown.size());
  EXPECT_THAT(LocalizedTextOf(received), HasSubstr(absl::StrCat("还有 ", left, " 项")));
  EXPECT_THAT(std::string(received.message()), HasSubstr(absl::StrCat(left, " more")));
}

TEST(ErrorTest, LevelAndSourceOfAViolationSurviveTheWire) {
  auto violation = FieldViolation("content.classes", "TOO_MANY", "班级过多", "too many [of them]");
  violation.set_level(common::v1::RULE_LEVEL_TECHNICAL);
  violation.set_source("JGJ 39-2016（2019年版） 表1.0.3-1");
  const absl::Status received = FromGrpc(ToGrpc(FormError({violation})));
  EXPECT_FALSE(LacksViolations(received));
  ASSERT_THAT(ViolationsOf(received), SizeIs(1));
  EXPECT_THAT(ViolationsOf(received)[0], EqualsProto(violation));
}

TEST(ErrorTest, SourcesGiveWayBeforeViolationsDo) {
  std::vector<common::v1::Violation> violations;
  for (int i = 0; i < 18; ++i) {
    violations.push_back(
        FieldViolation("content.name", "NAME_TOO_LONG", "名称过长。", "Too long."));
    violations.back().set_level(common::v1::RULE_LEVEL_NATIONAL);
    violations.back().set_source(std::string(150, 's'));
  }
  const absl::Status received = FromGrpc(ToGrpc(FormError(violations)));
  EXPECT_FALSE(LacksViolations(received));
  ASSERT_THAT(ViolationsOf(received), SizeIs(18));
  EXPECT_EQ(ViolationsOf(received)[17].level(), common::v1::RULE_LEVEL_NATIONAL);
  EXPECT_EQ(ViolationsOf(received)[17].source(), "");
}

TEST(ErrorTest, OnlyBlockingViolationsRefuseAForm) {
  auto advice = FieldViolation("a", "ADVICE", "建议", "advice");
  advice.set_blocking(false);
  EXPECT_OK(FormError({advice}));
  EXPECT_OK(FormError({}));
  const absl::Status status = FormError({advice, FieldViolation("b", "BAD", "错", "bad")});
  ASSERT_THAT(ViolationsOf(status), SizeIs(1));
  EXPECT_EQ(ViolationsOf(status)[0].field(), "b");
}

struct LeakCase {
  absl::StatusCode code;
  const char* reason;
};

class LeakTest : public ::testing::TestWithParam<LeakCase> {};

TEST_P(LeakTest, TextsOfTheSystemStayInside) {
  const grpc::Status wire =
      ToGrpc(absl::Status(GetParam().code, "Duplicate entry '13900000000' for key 'phone'"));
  EXPECT_EQ(static_cast<int>(wire.error_code()), static_cast<int>(GetParam().code));
  EXPECT_THAT(wire.error_message(), Not(HasSubstr("13900000000")));
  EXPECT_THAT(wire.error_details(), Not(HasSubstr("13900000000")));
  EXPECT_EQ(ReasonOf(FromGrpc(wire)), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, LeakTest,
    ::testing::Values(LeakCase{absl::StatusCode::kInternal, "INTERNAL"},
                      LeakCase{absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE"},
                      LeakCase{absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS"},
                      LeakCase{absl::StatusCode::kFailedPrecondition, "PRECONDITION_FAILED"},
                      LeakCase{absl::StatusCode::kAborted, "CONFLICT"},
                      LeakCase{absl::StatusCode::kNotFound, "NOT_FOUND"},
                      LeakCase{absl::StatusCode::kDataLoss, "DATA_LOSS"},
                      LeakCase{absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"},
                      LeakCase{absl::StatusCode::kResourceExhausted, "OVERLOADED"}),
    [](const auto& info) { return std::string(info.param.reason); });

TEST(ErrorTest, UnknownCodeBecomesInternal) {
  const grpc::Status wire = ToGrpc(absl::UnknownError("secret"));
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(wire.error_message(), Not(HasSubstr("secret")));
}

TEST(ErrorTest, LongTextsAreCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "育";
  const grpc::Status wire = ToGrpc(absl::InvalidArgumentError(text));
  // Each character takes nine bytes in gRPC's percent-encoding.
  EXPECT_EQ(wire.error_message().size(), 3u * (1024 / 9));
  EXPECT_EQ(wire.error_message().size() % 3, 0u);
  const grpc::Status long_metadata = ToGrpc(Error("FIELD_INVALID", {{"field", text}}));
  EXPECT_LE(long_metadata.error_details().size(), 4096u);
  EXPECT_EQ(ReasonOf(FromGrpc(long_metadata)), "FIELD_INVALID");
}

TEST(ErrorTest, StatusesOfOtherServersKeepCodeAndText) {
  const absl::Status status = FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "no route"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, "no route"));
  EXPECT_EQ(ReasonOf(status), "");
  EXPECT_EQ(LocalizedTextOf(status), "no route");
  EXPECT_THAT(ViolationsOf(status), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::rpc
