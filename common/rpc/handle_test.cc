#include "common/rpc/handle.h"

#include <stdexcept>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/access_matrix.h"
#include "common/rpc/test_service.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::rpc {
namespace {

using filing::v1::CreateFilingRequest;
using filing::v1::Filing;
using filing::v1::FilingService;
using filing::v1::GetFilingRequest;
using google::protobuf::Message;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::tuoyu::testing::StatusIs;

constexpr char kRequestId[] = "0190a000-0000-7000-8000-000000000001";

class DoorTest : public DoorFixture {
 protected:
  DoorTest() {
    EXPECT_OK(server_.Start());
    stub_ = FilingService::NewStub(server_.InProcessChannel());
  }

  absl::Status Get(const std::string& token, absl::Duration timeout = absl::Seconds(30),
                   const std::string& traceparent = "") {
    grpc::ClientContext context;
    PrepareContext(&context, timeout, token, traceparent);
    GetFilingRequest request;
    request.set_name("filings/1");
    return FromGrpc(stub_->GetFiling(&context, request, &reply_));
  }
  absl::Status Create(const std::string& request_id) {
    CreateFilingRequest request;
    request.set_request_id(request_id);
    return Create(request);
  }
  absl::Status Create(const CreateFilingRequest& request) {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(30), TokenFor(common::v1::ROLE_FACILITY_PRINCIPAL));
    return FromGrpc(stub_->CreateFiling(&context, request, &reply_));
  }

  Door door_{"filing", *verifier_, clock_, metrics_, log_, {DescriptorOf<FilingService>()}};
  ToyService service_{door_};
  Server server_{ServerOptions(), {&service_}};
  Filing reply_;
  std::unique_ptr<FilingService::Stub> stub_;
};

TEST_F(DoorTest, AllowedCallReachesTheBodyWithItsFacts) {
  service_.get = [&](Call& call, const Message&, Filing* reply) {
    EXPECT_EQ(call.caller.subject, "accounts/zhang");
    EXPECT_EQ(call.method, "FilingService/GetFiling");
    EXPECT_EQ(call.now, clock_.Now());
    EXPECT_EQ(call.today, absl::CivilDay(2026, 3, 2));
    EXPECT_EQ(call.trace_id, "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(call.request_id, "");
    EXPECT_FALSE(call.cancelled());
    reply->set_name("filings/1");
    return absl::OkStatus();
  };
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_AUDITOR), absl::Seconds(30),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
  EXPECT_EQ(reply_.name(), "filings/1");
}

TEST_F(DoorTest, TokenComesFirstThenTheRole) {
  EXPECT_EQ(ReasonOf(Get("")), "TOKEN_MISSING");
  EXPECT_EQ(ReasonOf(Get("x.y.z")), "TOKEN_MALFORMED");
  const absl::Status denied = Get(TokenFor(common::v1::ROLE_GUARDIAN));
  EXPECT_THAT(denied, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(denied), "ROLE_NOT_ALLOWED");
  clock_.Advance(absl::Hours(2));
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_AUDITOR)));
}

TEST_F(DoorTest, EveryMethodKeepsToItsAccessRule) {
  // The toy leaves most methods to gRPC's default, which asks nobody: exactly those must be found.
  const auto findings = CheckAccessMatrix(server_.InProcessChannel(), signer_, clock_.Now(),
                                          {DescriptorOf<FilingService>()});
  EXPECT_THAT(findings, Not(IsEmpty()));
  for (const std::string& finding : findings) {
    EXPECT_THAT(finding, AllOf(HasSubstr("UNIMPLEMENTED"), Not(HasSubstr("GetFiling ")),
                               Not(HasSubstr("CreateFiling "))));
  }
}

TEST_F(DoorTest, WritesNeedARequestId) {
  EXPECT_EQ(ReasonOf(Create("")), "REQUEST_ID_MISSING");
  EXPECT_EQ(ReasonOf(Create("1")), "REQUEST_ID_MALFORMED");
  std::string seen;
  service_.create = [&](Call& call, const Message&, Filing*) {
    seen = call.request_id;
    return absl::OkStatus();
  };
  EXPECT_OK(Create("0190A000-0000-7000-8000-000000000001"));
  EXPECT_EQ(seen, kRequestId);
}

TEST_F(DoorTest, WritesStoreNoSealedTextAndNoFieldsNobodyKnows) {
  CreateFilingRequest request;
  request.set_request_id(kRequestId);
  auto& content = *request.mutable_filing()->mutable_content();
  content.set_principal_id_number("sealed:v1:of-someone-else");
  EXPECT_EQ(ReasonOf(Create(request)), "SEALED_TEXT");
  content.set_principal_id_number("500111199001019978");  // made up
  content.GetReflection()->MutableUnknownFields(&content)->AddLengthDelimited(9999, "x");
  EXPECT_EQ(ReasonOf(Create(request)), "UNKNOWN_FIELDS");
  content.DiscardUnknownFields();
  EXPECT_OK(Create(request));
}

TEST_F(DoorTest, DeadlineIsTheClientsButAtMostTenSeconds) {
  absl::Duration left;
  service_.get = [&](Call& call, const Message&, Filing*) {
    left = call.deadline - absl::Now();
    return absl::OkStatus();
  };
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_AUDITOR), absl::Seconds(30)));
  EXPECT_GT(left, absl::Seconds(9));
  EXPECT_LE(left, absl::Seconds(10));
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_AUDITOR), absl::Seconds(3)));
  EXPECT_GT(left, absl::Seconds(2));
  // gRPC rounds time-outs up.
  EXPECT_LE(left, absl::Seconds(3) + absl::Milliseconds(10));
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + TokenFor(common::v1::ROLE_AUDITOR));
  EXPECT_TRUE(stub_->GetFiling(&context, GetFilingRequest(), &reply_).ok());
  EXPECT_GT(left, absl::Seconds(4));
  EXPECT_LE(left, absl::Seconds(5));
}

TEST_F(DoorTest, TheReplyIsCutToTheClearance) {
  service_.get = [](Call&, const Message&, Filing* reply) {
    reply->mutable_content()->set_principal_id_number("500111199001019978");
    reply->mutable_content()->set_uscc("u");
    return absl::OkStatus();
  };
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_AUDITOR)));
  EXPECT_EQ(reply_.content().principal_id_number(), "");
  EXPECT_EQ(reply_.content().uscc(), "u");
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_DHC_REVIEWER)));
  EXPECT_EQ(reply_.content().principal_id_number(), "500111199001019978");
  // A body raises it for the caller's own record.
  service_.get = [](Call& call, const Message&, Filing* reply) {
    call.clearance = call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
    reply->mutable_content()->set_principal_id_number("500111199001019978");
    return absl::OkStatus();
  };
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_FACILITY_PRINCIPAL)));
  EXPECT_EQ(reply_.content().principal_id_number(), "500111199001019978");
}

TEST_F(DoorTest, ExceptionsBecomeInternalWithoutTheirText) {
  service_.get = [](Call&, const Message&, Filing*) -> absl::Status {
    throw std::runtime_error("secret");
  };
  const absl::Status status = Get(TokenFor(common::v1::ROLE_AUDITOR));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("secret"))));
  service_.get = [](Call&, const Message&, Filing*) -> absl::Status { throw 1; };
  EXPECT_THAT(Get(TokenFor(common::v1::ROLE_AUDITOR)), StatusIs(absl::StatusCode::kInternal));
  for (const auto& line : LogLines()) EXPECT_THAT(line.dump(), Not(HasSubstr("secret")));
}

TEST_F(DoorTest, OneLineIsLoggedPerCallWithoutPersonalData) {
  service_.create = [](Call& call, const Message&, Filing*) {
    call.reruns = 2;
    return Error("FIELD_INVALID", {{"field", "13900000000"}});
  };
  EXPECT_FALSE(Create(kRequestId).ok());
  EXPECT_FALSE(Create("13900000000").ok());
  EXPECT_FALSE(Get("").ok());
  const auto lines = LogLines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0]["event"], "rpc");
  EXPECT_EQ(lines[0]["service"], "filing");
  EXPECT_EQ(lines[0]["severity"], "INFO");
  EXPECT_EQ(lines[0]["method"], "FilingService/CreateFiling");
  EXPECT_EQ(lines[0]["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(lines[0]["reason"], "FIELD_INVALID");
  EXPECT_EQ(lines[0]["caller"], "accounts/zhang");
  EXPECT_EQ(lines[0]["request_id"], kRequestId);
  EXPECT_EQ(lines[0]["reruns"], 2);
  EXPECT_TRUE(lines[0]["ms"].is_number());
  EXPECT_EQ(lines[1]["reason"], "REQUEST_ID_MALFORMED");
  EXPECT_EQ(lines[2]["reason"], "TOKEN_MISSING");
  EXPECT_EQ(lines[2]["caller"], "");
  for (const auto& line : lines) EXPECT_THAT(line.dump(), Not(HasSubstr("13900000000")));
  EXPECT_THAT(metrics_.Text(),
              HasSubstr("code=\"UNAUTHENTICATED\",method=\"FilingService/GetFiling\"} 1"));
}

TEST_F(DoorTest, NothingIsServedBeforeItIsReady) {
  door_.set_ready(false);
  EXPECT_EQ(ReasonOf(Get(TokenFor(common::v1::ROLE_AUDITOR))), "NOT_READY");
  EXPECT_EQ(ReasonOf(Get("")), "TOKEN_MISSING");
  door_.set_ready(true);
  EXPECT_OK(Get(TokenFor(common::v1::ROLE_AUDITOR)));
}

TEST_F(DoorTest, AMethodTheDoorDoesNotKnowIsUnimplemented) {
  Door other("other", *verifier_, clock_, metrics_, log_, {});
  grpc::ServerContext context;
  const grpc::Status status =
      other.Handle(&context, GetFilingRequest(), &reply_, [](Call&) { return absl::OkStatus(); });
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST(TraceparentTest, IsReadAndMade) {
  EXPECT_EQ(TraceIdOf(NewTraceparent()).size(), 32u);
  EXPECT_EQ(TraceIdOf(NewTraceparent("0af7651916cd43dd8448eb211c80319c")),
            "0af7651916cd43dd8448eb211c80319c");
  for (const char* bad : {"", "00", "00-0af7651916cd43dd8448eb211c80319c",
                          "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                          "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                          "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                          "00-0af7651916cd43dd8448eb211c80319\n-b7ad6b7169203331-01"}) {
    EXPECT_EQ(TraceIdOf(bad), "") << bad;
  }
}

}  // namespace
}  // namespace tuoyu::rpc
