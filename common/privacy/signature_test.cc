#include "common/privacy/signature.h"

#include <sys/stat.h>

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/privacy/digest.h"
#include "common/privacy/secret_file.h"
#include "common/privacy/test_protos.h"
#include "common/privacy/testdata/canonical.pb.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::privacy {
namespace {

using ::tuoyu::testing::StatusIs;

class SignatureTest : public ::testing::TestWithParam<SignatureAlgorithm> {
 protected:
  static Signer NewSigner() { return *Signer::FromPem(*GeneratePrivateKeyPem(GetParam())); }
};

TEST_P(SignatureTest, VerifiesWithThePublicKeyAndNothingElse) {
  const Signer signer = NewSigner();
  const Signer other = NewSigner();
  const auto verifier = Verifier::FromPem(absl::StrCat(other.public_pem(), signer.public_pem()));
  ASSERT_OK(verifier);
  const auto signature = signer.Sign("备案回执");
  ASSERT_OK(signature);
  EXPECT_EQ(signature->key_id, signer.key_id());
  EXPECT_OK(verifier->Verify("备案回执", *signature));
  EXPECT_THAT(verifier->Verify("备案回执.", *signature), StatusIs(absl::StatusCode::kDataLoss));

  Signature changed = *signature;
  changed.bytes[changed.bytes.size() - 1] ^= 1;
  EXPECT_THAT(verifier->Verify("备案回执", changed), StatusIs(absl::StatusCode::kDataLoss));
  changed = *signature;
  changed.key_id = other.key_id();
  EXPECT_THAT(verifier->Verify("备案回执", changed), StatusIs(absl::StatusCode::kDataLoss));
  changed.key_id = "0000000000000000";
  EXPECT_THAT(verifier->Verify("备案回执", changed), StatusIs(absl::StatusCode::kNotFound));
  changed = *signature;
  changed.algorithm = "none";
  EXPECT_THAT(verifier->Verify("备案回执", changed), StatusIs(absl::StatusCode::kInvalidArgument));
  changed = *signature;
  changed.bytes.clear();
  EXPECT_THAT(verifier->Verify("备案回执", changed), StatusIs(absl::StatusCode::kDataLoss));
}

INSTANTIATE_TEST_SUITE_P(Algorithms, SignatureTest,
                         ::testing::Values(SignatureAlgorithm::kEs256, SignatureAlgorithm::kSm2Sm3),
                         [](const auto& info) {
                           return std::string(info.param == SignatureAlgorithm::kEs256 ? "Es256"
                                                                                       : "Sm2Sm3");
                         });

TEST(SigningKeyTest, AKeyOfAnotherKindIsRefused) {
  EXPECT_THAT(Signer::FromPem("not a key"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Verifier::FromPem(""), StatusIs(absl::StatusCode::kInvalidArgument));
  const auto sm2 = Signer::FromPem(*GeneratePrivateKeyPem(SignatureAlgorithm::kSm2Sm3));
  ASSERT_OK(sm2);
  const auto keys = Verifier::FromPem(sm2->public_pem());
  ASSERT_OK(keys);
  EXPECT_TRUE(keys->AllAre(SignatureAlgorithm::kSm2Sm3));
  EXPECT_FALSE(keys->AllAre(SignatureAlgorithm::kEs256));
}

TEST(SigningKeyTest, FilesKeepThePrivateKeySecretAndCollectPublicOnes) {
  const std::string base = absl::StrCat(::testing::TempDir(), "/keys-", HexEncode(RandomBytes(8)));
  const std::string first = absl::StrCat(base, ".1");
  const std::string second = absl::StrCat(base, ".2");
  const std::string public_path = absl::StrCat(base, ".pub");
  ASSERT_OK(GenerateSigningKeyFiles(SignatureAlgorithm::kEs256, first, public_path));
  ASSERT_OK(GenerateSigningKeyFiles(SignatureAlgorithm::kEs256, second, public_path));
  EXPECT_THAT(GenerateSigningKeyFiles(SignatureAlgorithm::kEs256, first, public_path),
              StatusIs(absl::StatusCode::kAlreadyExists));
  const auto verifier = Verifier::FromFile(public_path);
  ASSERT_OK(verifier);
  for (const std::string& path : {first, second}) {
    const auto signer = Signer::FromFile(path);
    ASSERT_OK(signer);
    EXPECT_OK(verifier->Verify("x", *signer->Sign("x")));
    EXPECT_EQ(*PublicKeyId(signer->public_pem()), signer->key_id());
  }
  chmod(first.c_str(), 0644);
  EXPECT_THAT(Signer::FromFile(first), StatusIs(absl::StatusCode::kFailedPrecondition));
  for (const std::string& path : {first, second, public_path}) std::remove(path.c_str());
}

TEST(CanonicalBytesTest, IsTheDocumentedForm) {
  common::v1::ExternalId id;
  id.set_source_system("a");
  id.set_source_id("bc");
  EXPECT_EQ(HexEncode(CanonicalBytes(id)), HexEncode("tuoyu.common.v1.ExternalId\n") +
                                               "00000001"
                                               "00000001"
                                               "00000001"
                                               "61"
                                               "00000002"
                                               "00000001"
                                               "00000002"
                                               "6263");
  common::v1::Coordinate coordinate;
  coordinate.set_longitude(-1.0);
  coordinate.set_accuracy_m(-2);
  EXPECT_EQ(HexEncode(CanonicalBytes(coordinate)), HexEncode("tuoyu.common.v1.Coordinate\n") +
                                                       "00000001"
                                                       "00000001"
                                                       "bff0000000000000"
                                                       "00000005"
                                                       "00000001"
                                                       "fffffffffffffffe");
}

TEST(CanonicalBytesTest, MapsAreOrderedAndUnknownFieldsLeftOut) {
  const auto* file = test::canonical::Table::descriptor()->file();
  const auto a =
      MakeMessage(file, "Table", R"(rows { key: "x" value: 1 } rows { key: "y" value: 2 })");
  const auto b =
      MakeMessage(file, "Table", R"(rows { key: "y" value: 2 } rows { key: "x" value: 1 })");
  EXPECT_EQ(CanonicalBytes(*a), CanonicalBytes(*b));
  const auto c = MakeMessage(file, "Table", R"(list: "x" list: "y")");
  const auto d = MakeMessage(file, "Table", R"(list: "y" list: "x")");
  EXPECT_NE(CanonicalBytes(*c), CanonicalBytes(*d));
  const auto e = MakeMessage(file, "Table", R"(list: "xy")");
  EXPECT_NE(CanonicalBytes(*c), CanonicalBytes(*e));
  const std::string known = CanonicalBytes(*c);
  c->GetReflection()->MutableUnknownFields(c.get())->AddVarint(99, 1);
  EXPECT_EQ(CanonicalBytes(*c), known);
}

}  // namespace
}  // namespace tuoyu::privacy
