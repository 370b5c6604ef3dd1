#include "common/rpc/token.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/privacy/digest.h"
#include "common/privacy/signature.h"
#include "common/rpc/errors.h"
#include "common/testing/fake_clock.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::rpc {
namespace {

using ::testing::ElementsAre;
using Json = nlohmann::json;

TokenSigner NewSigner() {
  return *TokenSigner::FromPem(
      *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256));
}

class TokenTest : public ::testing::Test {
 protected:
  TokenClaims Claims() const {
    return {.subject = "accounts/zhang",
            .organisation = "organisations/dazu-whc",
            .roles = {common::v1::ROLE_DHC_REVIEWER},
            .divisions = {"500111000000"},
            .facility = "",
            .issued_at = clock_.Now(),
            .expires_at = clock_.Now() + absl::Hours(1)};
  }
  std::string ReasonFor(absl::string_view token) const {
    const auto caller = verifier_->Verify(token);
    if (caller.ok()) return "OK";
    EXPECT_EQ(caller.status().code(), absl::StatusCode::kUnauthenticated);
    return ReasonOf(caller.status());
  }
  // The payload of a good token, changed, with its old signature.
  std::string Tampered(const std::function<void(Json&)>& change) const {
    const std::vector<std::string> parts = absl::StrSplit(*signer_.Sign(Claims()), '.');
    std::string text;
    EXPECT_TRUE(privacy::Base64UrlDecode(parts[1], &text));
    Json json = Json::parse(text);
    change(json);
    return absl::StrCat(parts[0], ".", privacy::Base64UrlEncode(json.dump()), ".", parts[2]);
  }

  testing::FakeClock clock_;
  TokenSigner signer_ = NewSigner();
  TokenSigner older_ = NewSigner();
  std::unique_ptr<TokenVerifier> verifier_ =
      *TokenVerifier::FromPem(absl::StrCat(older_.public_pem(), signer_.public_pem()), clock_);
};

TEST_F(TokenTest, AGoodTokenNamesItsBearer) {
  const auto caller = verifier_->Verify(*signer_.Sign(Claims()));
  ASSERT_OK(caller);
  EXPECT_EQ((*caller)->subject, "accounts/zhang");
  EXPECT_EQ((*caller)->organisation, "organisations/dazu-whc");
  EXPECT_TRUE((*caller)->Has(common::v1::ROLE_DHC_REVIEWER));
  EXPECT_TRUE((*caller)->Has(common::v1::ROLE_PUBLIC));
  EXPECT_FALSE((*caller)->Has(common::v1::ROLE_DHC_APPROVER));
  EXPECT_THAT((*caller)->divisions, ElementsAre("500111"));
  EXPECT_EQ(ReasonFor(*older_.Sign(Claims())), "OK") << "every key of the file verifies";
}

TEST_F(TokenTest, ExpiresAtItsTimeAlsoWhenRemembered) {
  const std::string token = *signer_.Sign(Claims());
  EXPECT_EQ(ReasonFor(token), "OK");
  clock_.Advance(absl::Hours(1) - absl::Seconds(1));
  EXPECT_EQ(ReasonFor(token), "OK");
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonFor(token), "TOKEN_EXPIRED");
  EXPECT_EQ(ReasonFor(token), "TOKEN_EXPIRED");
}

TEST_F(TokenTest, ATokenFromTheFutureIsRefused) {
  TokenClaims claims = Claims();
  claims.issued_at += absl::Seconds(30);
  EXPECT_EQ(ReasonFor(*signer_.Sign(claims)), "OK");
  claims.issued_at += absl::Seconds(1);
  EXPECT_EQ(ReasonFor(*signer_.Sign(claims)), "TOKEN_MALFORMED");
}

TEST_F(TokenTest, AnotherKeyForges) {
  EXPECT_EQ(ReasonFor(*NewSigner().Sign(Claims())), "TOKEN_FORGED");
}

TEST_F(TokenTest, EveryChangedClaimForges) {
  EXPECT_EQ(ReasonFor(Tampered([](Json&) {})), "OK") << "the helper itself changes nothing";
  EXPECT_EQ(ReasonFor(Tampered([](Json& json) { json["roles"] = {"SYSADMIN"}; })), "TOKEN_FORGED");
  EXPECT_EQ(ReasonFor(Tampered([](Json& json) { json["exp"] = 4102444800; })), "TOKEN_FORGED");
  EXPECT_EQ(ReasonFor(Tampered([](Json& json) { json["divisions"] = {"50"}; })), "TOKEN_FORGED");
}

TEST_F(TokenTest, OnlyEs256IsAccepted) {
  const std::vector<std::string> parts = absl::StrSplit(*signer_.Sign(Claims()), '.');
  std::string header;
  ASSERT_TRUE(privacy::Base64UrlDecode(parts[0], &header));
  Json json = Json::parse(header);
  ASSERT_EQ(json["alg"], "ES256");
  const auto with_header = [&](const std::string& algorithm) {
    json["alg"] = algorithm;
    return absl::StrCat(privacy::Base64UrlEncode(json.dump()), ".", parts[1]);
  };
  EXPECT_EQ(ReasonFor(absl::StrCat(with_header("none"), ".")), "TOKEN_FORGED");
  EXPECT_EQ(ReasonFor(absl::StrCat(with_header("none"), ".", parts[2])), "TOKEN_FORGED");
  EXPECT_EQ(ReasonFor(absl::StrCat(with_header("ES384"), ".", parts[2])), "TOKEN_FORGED");
  // HS256 with the public key as the secret: what a verifier that takes the algorithm from the token accepts.
  const std::string confused = with_header("HS256");
  const std::string mac = privacy::HmacSha256(signer_.public_pem(), confused);
  EXPECT_EQ(ReasonFor(absl::StrCat(confused, ".", privacy::Base64UrlEncode(mac))), "TOKEN_FORGED");
}

TEST_F(TokenTest, GarbageIsMalformed) {
  const std::string good = *signer_.Sign(Claims());
  for (const std::string& bad :
       {std::string(), std::string("x"), std::string(".."), std::string("a.b.c"), good + ".x",
        good.substr(0, good.find('.')), " " + good, good + "\n", std::string("a\0b.c.d", 7),
        std::string(5000, 'a'), std::string(4000, '.')}) {
    EXPECT_EQ(ReasonFor(bad), "TOKEN_MALFORMED") << bad;
  }
  const std::string header = privacy::Base64UrlEncode(R"({"alg":"ES256"})");
  EXPECT_EQ(ReasonFor(absl::StrCat(header, ".e30.AAAA")), "TOKEN_FORGED") << "no key id";
}

// Claims that only a signer of ours could get wrong, checked nevertheless: no claim, no access.
struct ClaimCase {
  const char* name;
  std::function<void(TokenClaims&)> change;
  const char* reason;
};

TEST_F(TokenTest, ClaimsOfASignedTokenAreChecked) {
  const ClaimCase cases[] = {
      {"no subject", [](TokenClaims& c) { c.subject = ""; }, "TOKEN_MALFORMED"},
      {"long subject", [](TokenClaims& c) { c.subject = std::string(129, 'x'); },
       "TOKEN_MALFORMED"},
      {"no roles", [](TokenClaims& c) { c.roles.clear(); }, "TOKEN_MALFORMED"},
      {"role 0", [](TokenClaims& c) { c.roles = {common::v1::ROLE_UNSPECIFIED}; },
       "TOKEN_MALFORMED"},
      {"bad division", [](TokenClaims& c) { c.divisions = {"5001x1"}; }, "TOKEN_MALFORMED"},
      {"empty division", [](TokenClaims& c) { c.divisions = {""}; }, "TOKEN_MALFORMED"},
      {"no divisions", [](TokenClaims& c) { c.divisions.clear(); }, "OK"},
      {"expired", [](TokenClaims& c) { c.expires_at = c.issued_at; }, "TOKEN_EXPIRED"},
  };
  for (const ClaimCase& each : cases) {
    TokenClaims claims = Claims();
    each.change(claims);
    EXPECT_EQ(ReasonFor(*signer_.Sign(claims)), each.reason) << each.name;
  }
}

TEST_F(TokenTest, TheCacheStaysBoundedAndRightUnderManyTokensAndThreads) {
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      TokenClaims claims = Claims();
      for (int i = 0; i < 60; ++i) {
        claims.subject = absl::StrCat("accounts/", t, "-", i);
        const std::string token = *signer_.Sign(claims);
        for (int again = 0; again < 3; ++again) {
          const auto caller = verifier_->Verify(token);
          ASSERT_OK(caller);
          EXPECT_EQ((*caller)->subject, claims.subject);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(TokenKeyTest, Sm2KeysAreNoTokenKeys) {
  const std::string pem = *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kSm2Sm3);
  EXPECT_FALSE(TokenSigner::FromPem(pem).ok());
  const SystemClock clock;
  EXPECT_FALSE(TokenVerifier::FromPem(privacy::Signer::FromPem(pem)->public_pem(), clock).ok());
}

TEST(CallerTest, CoversDivisionsWithinItsOwn) {
  Caller caller;
  EXPECT_FALSE(caller.Covers("500111001000")) << "no claim, no access";
  caller.divisions = {"500111", "500110005"};
  EXPECT_TRUE(caller.Covers("500111"));
  EXPECT_TRUE(caller.Covers("500111001000"));
  EXPECT_TRUE(caller.Covers("500110005002"));
  EXPECT_FALSE(caller.Covers("500110006000"));
  EXPECT_FALSE(caller.Covers("5001"));
  EXPECT_FALSE(caller.Covers(""));
}

TEST(CallerTest, DivisionPrefixDropsWhatMeansAllOfIt) {
  EXPECT_EQ(DivisionPrefix("500111000000"), "500111");
  EXPECT_EQ(DivisionPrefix("500111101000"), "500111101");
  EXPECT_EQ(DivisionPrefix("500111101001"), "500111101001");
  EXPECT_EQ(DivisionPrefix("500100"), "5001");
  EXPECT_EQ(DivisionPrefix("500000"), "50");
  EXPECT_EQ(DivisionPrefix("500111"), "500111");
  EXPECT_EQ(DivisionPrefix(""), "");
}

TEST(CallerTest, ClearanceFollowsTheRole) {
  const auto clearance_of = [](Role role) {
    Caller caller;
    caller.roles.Add(role);
    return caller.clearance();
  };
  for (int number = 0; number <= common::v1::Role_MAX; ++number) {
    const privacy::Clearance clearance = clearance_of(static_cast<Role>(number));
    EXPECT_FALSE(clearance.Has(common::v1::DATA_CLASS_CHILD)) << number;
    EXPECT_FALSE(clearance.Has(common::v1::DATA_CLASS_REPORTER)) << number;
  }
  EXPECT_EQ(clearance_of(common::v1::ROLE_PUBLIC), privacy::Clearance::Public());
  EXPECT_EQ(clearance_of(common::v1::ROLE_GOV_OFFICE), privacy::Clearance::Public());
  EXPECT_EQ(clearance_of(common::v1::ROLE_GUARDIAN), privacy::Clearance::Public());
  EXPECT_EQ(clearance_of(common::v1::ROLE_SERVICE), privacy::Clearance::Internal());
  EXPECT_EQ(clearance_of(common::v1::ROLE_SYSADMIN), privacy::Clearance::Internal());
  EXPECT_EQ(clearance_of(common::v1::ROLE_FACILITY_PRINCIPAL), privacy::Clearance::Internal());
  EXPECT_EQ(clearance_of(common::v1::ROLE_DHC_INTAKE), privacy::Clearance::Personal());
  EXPECT_EQ(clearance_of(common::v1::ROLE_DHC_ARCHIVIST), privacy::Clearance::Personal());
}

TEST(CallerTest, RoleNamesRoundTrip) {
  for (int number = 1; number <= common::v1::Role_MAX; ++number) {
    const Role role = static_cast<Role>(number);
    EXPECT_EQ(RoleFromName(RoleName(role)), role);
  }
  EXPECT_EQ(RoleFromName("ROLE_SYSADMIN"), common::v1::ROLE_UNSPECIFIED);
  EXPECT_EQ(RoleFromName("sysadmin"), common::v1::ROLE_UNSPECIFIED);
}

}  // namespace
}  // namespace tuoyu::rpc
