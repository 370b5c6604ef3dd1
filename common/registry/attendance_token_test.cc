#include "common/registry/attendance_token.h"

#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "common/testing/matchers.h"

namespace tuoyu::registry {
namespace {

using absl::CivilDay;

privacy::Signer NewSigner(privacy::SignatureAlgorithm algorithm) {
  return *privacy::Signer::FromPem(*privacy::GeneratePrivateKeyPem(algorithm));
}

class AttendanceTokenTest : public ::testing::Test {
 protected:
  AttendanceTokenTest() {
    attendance_.set_facility("facilities/01900000-0000-7000-8000-000000000001");
    attendance_.mutable_term()->set_year(2026);
    attendance_.mutable_term()->set_season(filing::v1::TERM_SEASON_SPRING);
    attendance_.set_pseudonym(std::string(32, 'p'));
    *attendance_.mutable_issued_on() = ToProto(today_);
    *attendance_.mutable_expires_on() = ToProto(today_ + 14);
  }

  const CivilDay today_{2026, 3, 2};
  const privacy::Signer signer_ = NewSigner(privacy::SignatureAlgorithm::kEs256);
  const privacy::Verifier verifier_ = *privacy::Verifier::FromPem(signer_.public_pem());
  filing::v1::Attendance attendance_;
};

TEST_F(AttendanceTokenTest, WhatIsSignedIsReadUntilItExpires) {
  const auto token = SignAttendance(signer_, attendance_);
  ASSERT_OK(token);
  const auto read = VerifyAttendance(verifier_, " " + *token + "\n", today_ + 13);
  ASSERT_OK(read);
  EXPECT_EQ(read->SerializeAsString(), attendance_.SerializeAsString());
  EXPECT_TRUE(
      absl::IsFailedPrecondition(VerifyAttendance(verifier_, *token, today_ + 14).status()));
}

TEST_F(AttendanceTokenTest, KeysOfBothKindsSign) {
  const privacy::Signer sm2 = NewSigner(privacy::SignatureAlgorithm::kSm2Sm3);
  const auto both = privacy::Verifier::FromPem(signer_.public_pem() + sm2.public_pem());
  ASSERT_OK(both);
  for (const privacy::Signer* signer : {&signer_, &sm2}) {
    EXPECT_OK(VerifyAttendance(*both, *SignAttendance(*signer, attendance_), today_));
  }
  EXPECT_TRUE(absl::IsInvalidArgument(
      VerifyAttendance(verifier_, *SignAttendance(sm2, attendance_), today_).status()))
      << "a key nobody knows";
}

TEST_F(AttendanceTokenTest, OneAlteredCharacterAnywhereIsNoticed) {
  const std::string token = *SignAttendance(signer_, attendance_);
  for (size_t i = 0; i < token.size(); ++i) {
    for (const char other : {'A', 'b', '7', '_'}) {
      if (token[i] == other) continue;
      std::string altered = token;
      altered[i] = other;
      EXPECT_TRUE(absl::IsInvalidArgument(VerifyAttendance(verifier_, altered, today_).status()))
          << i << other;
    }
  }
  for (const std::string& other :
       {std::string(), std::string("TZ1."), token.substr(1), token.substr(0, token.size() - 1),
        token + "A", std::string(3000, 'A')}) {
    EXPECT_TRUE(absl::IsInvalidArgument(VerifyAttendance(verifier_, other, today_).status()))
        << other;
  }
}

TEST_F(AttendanceTokenTest, WhatWasSignedAsSomethingElseIsNoProof) {
  // The same fields under another name: the canonical bytes begin with the name of the message.
  filing::v1::SignedAttendance other;
  *other.mutable_attendance() = attendance_;
  const auto signature = signer_.Sign(privacy::CanonicalBytes(other));
  ASSERT_OK(signature);
  EXPECT_FALSE(verifier_.Verify(privacy::CanonicalBytes(attendance_), *signature).ok());
  attendance_.set_pseudonym("short");
  EXPECT_TRUE(absl::IsInvalidArgument(
      VerifyAttendance(verifier_, *SignAttendance(signer_, attendance_), today_).status()));
}

}  // namespace
}  // namespace tuoyu::registry
