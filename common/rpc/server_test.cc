#include "common/rpc/server.h"

#include <grpcpp/generic/generic_stub.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <future>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/privacy/digest.h"
#include "common/privacy/secret_file.h"
#include "common/rpc/test_service.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::rpc {
namespace {

using filing::v1::Filing;
using filing::v1::FilingService;
using filing::v1::GetFilingRequest;
using google::protobuf::Message;
using ::tuoyu::testing::StatusIs;

// Calls `path` with the bytes of an empty message and returns the reply's.
absl::StatusOr<std::string> CallRaw(const std::shared_ptr<grpc::Channel>& channel,
                                    const std::string& path) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext context;
  PrepareContext(&context, absl::Seconds(10), "");
  const grpc::Slice nothing;
  grpc::ByteBuffer reply;
  grpc::Status status;
  auto call = stub.PrepareUnaryCall(&context, path, grpc::ByteBuffer(&nothing, 1), &queue);
  call->StartCall();
  call->Finish(&reply, &status, nullptr);
  void* tag;
  bool ok;
  queue.Next(&tag, &ok);
  if (!status.ok()) return FromGrpc(status);
  grpc::Slice slice;
  reply.DumpToSingleSlice(&slice);
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

// grpc.health.v1.HealthCheckResponse: field 1, 1 is SERVING, 2 NOT_SERVING.
std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel) {
  const auto reply = CallRaw(channel, "/grpc.health.v1.Health/Check");
  if (!reply.ok()) return reply.status().ToString();
  return *reply == "\x08\x01" ? "SERVING" : *reply == "\x08\x02" ? "NOT_SERVING" : *reply;
}

// A certificate for 127.0.0.1 that vouches for itself, with its key.
struct Certificate {
  std::string pem;
  std::string key_pem = *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256);

  Certificate() {
    BIO* key_bio = BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size()));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(key_bio, nullptr, nullptr, nullptr);
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>("tuoyu test");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION* host =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate, host, -1);
    X509_sign(certificate, key, EVP_sha256());
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, certificate);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    pem.assign(data, static_cast<size_t>(size));
    BIO_free(out);
    X509_EXTENSION_free(host);
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free(key_bio);
  }
};

// A file with mode 0600, removed at the end.
class SecretFile {
 public:
  explicit SecretFile(const std::string& text)
      : path(absl::StrCat(::testing::TempDir(), "/file-",
                          privacy::HexEncode(privacy::RandomBytes(8)))) {
    EXPECT_OK(privacy::CreateSecretFile(path, text));
  }
  ~SecretFile() { std::remove(path.c_str()); }
  const std::string path;
};

class ServerTest : public DoorFixture {
 protected:
  absl::Status Get(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(10), TokenFor(common::v1::ROLE_AUDITOR));
    Filing reply;
    return FromGrpc(
        FilingService::NewStub(channel)->GetFiling(&context, GetFilingRequest(), &reply));
  }

  Door door_{"filing", *verifier_, clock_, metrics_, log_, {DescriptorOf<FilingService>()}};
  ToyService service_{door_};
  ops::StopSignal stop_;
};

// gRPC answers these itself, before the door.
TEST_F(ServerTest, WhatIsNoRequestIsRefusedBeforeTheDoor) {
  Server server(ServerOptions(), {&service_});
  ASSERT_OK(server.Start());
  const auto channel = ChannelTo(server);
  const auto send = [&](const std::string& bytes) {
    return SendBytes(channel, "/tuoyu.filing.v1.FilingService/GetFiling",
                     TokenFor(common::v1::ROLE_AUDITOR), bytes);
  };
  const std::string name = "filings/1";
  EXPECT_OK(send(absl::StrCat("\n\t", name)));
  EXPECT_THAT(send("\n\xff"), StatusIs(absl::StatusCode::kInternal)) << "no message";
  EXPECT_THAT(send("\n\x02\xff\xfe"), StatusIs(absl::StatusCode::kInternal)) << "not UTF-8";
  EXPECT_THAT(send(std::string(5 << 20, 'x')), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(ServerTest, PicksAPortAndWritesItDown) {
  ServerOptions options;
  options.port_file =
      absl::StrCat(::testing::TempDir(), "/port-", privacy::HexEncode(privacy::RandomBytes(8)));
  Server server(options, {&service_});
  ASSERT_OK(server.Start());
  int port = 0;
  std::ifstream(options.port_file) >> port;
  EXPECT_GT(port, 0);
  EXPECT_EQ(port, server.port());
  std::remove(options.port_file.c_str());
  EXPECT_OK(Get(ChannelTo(server)));
}

TEST_F(ServerTest, ATakenPortIsAnError) {
  Server first(ServerOptions(), {&service_});
  ASSERT_OK(first.Start());
  ServerOptions options;
  options.address = absl::StrCat("127.0.0.1:", first.port());
  Server second(options, {&service_});
  EXPECT_THAT(second.Start(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ServerTest, ServesOnlyOnceReadyAndStopsInOrder) {
  Server server(ServerOptions(), {&service_});
  std::atomic<int> asked{0};
  std::atomic<bool> database_up{false};
  absl::Status ended;
  std::thread main([&] {
    ended = ServeUntilStopped(server, door_, stop_, [&]() -> absl::Status {
      ++asked;
      return database_up ? absl::OkStatus() : absl::UnavailableError("no database");
    });
  });
  while (asked == 0) std::this_thread::yield();
  const auto channel = ChannelTo(server);
  EXPECT_EQ(HealthOf(channel), "NOT_SERVING");
  EXPECT_EQ(ReasonOf(Get(channel)), "NOT_READY");
  database_up = true;
  while (HealthOf(channel) != "SERVING") std::this_thread::yield();
  EXPECT_GE(asked, 2);
  EXPECT_OK(Get(channel));
  stop_.Trigger();
  main.join();
  EXPECT_OK(ended);
  EXPECT_THAT(Get(channel), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ServerTest, AWrongSchemaEndsTheProcess) {
  Server server(ServerOptions(), {&service_});
  EXPECT_THAT(ServeUntilStopped(server, door_, stop_,
                                [] { return absl::FailedPreconditionError("V0002 is missing"); }),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(ServerTest, RunningCallsFinishDuringShutdown) {
  Server server(ServerOptions(), {&service_});
  ASSERT_OK(server.Start());
  std::promise<void> entered;
  std::promise<void> leave;
  service_.get = [&](Call&, const Message&, Filing*) {
    entered.set_value();
    leave.get_future().wait();
    return absl::OkStatus();
  };
  absl::Status status;
  std::thread client([&, channel = ChannelTo(server)] { status = Get(channel); });
  entered.get_future().wait();
  std::thread shutdown([&] { server.Shutdown(); });
  leave.set_value();
  shutdown.join();
  client.join();
  EXPECT_OK(status);
}

TEST_F(ServerTest, ReflectionIsBehindItsFlag) {
  for (const bool reflection : {false, true}) {
    ServerOptions options;
    options.reflection = reflection;
    Server server(options, {&service_});
    ASSERT_OK(server.Start());
    const auto reply = CallRaw(ChannelTo(server),
                               "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
    EXPECT_EQ(absl::IsUnimplemented(reply.status()), !reflection) << reply.status();
  }
}

TEST_F(ServerTest, SpeaksTlsToWhoTrustsItsCertificateOnly) {
  const Certificate own;
  const Certificate other;
  const SecretFile certificate(own.pem);
  const SecretFile key(own.key_pem);
  const SecretFile another(other.pem);
  ServerOptions options;
  options.tls_certificate_file = certificate.path;
  options.tls_key_file = key.path;
  Server server(options, {&service_});
  ASSERT_OK(server.Start());
  const auto channel = [&](const std::string& authority) {
    return *NewChannel({.target = absl::StrCat("127.0.0.1:", server.port()),
                        .tls_ca_file = authority,
                        .retries = false});
  };
  EXPECT_OK(Get(channel(certificate.path)));
  EXPECT_THAT(Get(channel(another.path)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Get(channel("")), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(NewChannel({.target = "x", .tls_ca_file = "/nonexistent", .retries = false}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(ServerTest, UnreadableTlsFilesAreAnError) {
  ServerOptions options;
  options.tls_certificate_file = "/nonexistent";
  options.tls_key_file = "/nonexistent";
  Server server(options, {&service_});
  EXPECT_THAT(server.Start(), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace tuoyu::rpc
