// Proofs of attendance as guardians ask for them.
#include "services/filing/attendance/attendance_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/registry/attendance_token.h"
#include "common/rpc/access_matrix.h"
#include "services/filing/attendance/attendance_rules.h"
#include "services/filing/roster/child_fixture.h"

namespace tuoyu::filing {
namespace {

using testing::ChildFrom;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class AttendanceServiceTest : public ChildFixture {
 protected:
  AttendanceServiceTest()
      : signer_(*privacy::Signer::FromPem(
            *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256))),
        verifier_(*privacy::Verifier::FromPem(signer_.public_pem())),
        attendance_door_("filing", *token_verifier_, clock_, metrics_, log_,
                         {rpc::DescriptorOf<v1::AttendanceService>()}),
        attendance_(attendance_door_, database_.pool(), {deps_, signer_}) {
    attendance_server_.emplace(rpc::ServerOptions(), std::vector<rpc::Served>{&attendance_});
    EXPECT_OK(attendance_server_->Start());
    attendance_channel_ = attendance_server_->InProcessChannel();
    stub_of_attendance_ = v1::AttendanceService::NewStub(attendance_channel_);
  }
  void TearDown() override {
    attendance_server_->Shutdown();
    ChildFixture::TearDown();
  }

  std::string Guardian(int number = 1) const {
    return TokenOf(common::v1::ROLE_GUARDIAN, absl::StrCat("accounts/guardian-", number), {}, "",
                   absl::Hours(24 * 3650));
  }
  static v1::IssueAttendanceTokenRequest ClaimOf(const v1::ChildEntry& entry, CivilDay birth) {
    v1::IssueAttendanceTokenRequest request;
    request.set_facility(entry.facility());
    request.set_document(entry.document());
    request.set_document_number(entry.document_number());
    request.set_child_name(entry.child_name());
    request.set_birth_date(FormatDay(birth));
    return request;
  }
  absl::StatusOr<v1::IssueAttendanceTokenResponse> Ask(
      const v1::IssueAttendanceTokenRequest& request, const std::string& token) const {
    return CallOn(*stub_of_attendance_, &v1::AttendanceService::Stub::IssueAttendanceToken, token,
                  request);
  }
  // What a proof that was given says.
  v1::Attendance Proved(const v1::IssueAttendanceTokenRequest& request, int guardian = 1) {
    const auto issued = Ask(request, Guardian(guardian));
    EXPECT_OK(issued);
    if (!issued.ok()) return {};
    const auto read = registry::VerifyAttendance(verifier_, issued->token(), today());
    EXPECT_OK(read);
    return read.value_or(v1::Attendance());
  }

  const privacy::Signer signer_;
  const privacy::Verifier verifier_;
  rpc::Door attendance_door_;
  AttendanceService attendance_;
  std::optional<rpc::Server> attendance_server_;
  std::shared_ptr<grpc::Channel> attendance_channel_;
  std::unique_ptr<v1::AttendanceService::Stub> stub_of_attendance_;
};

TEST_F(AttendanceServiceTest, AProofSaysWhereAndWhenAndNotWho) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  const std::string child = EnterChild(entry);
  const size_t before = Journal().size();
  const auto issued = Ask(ClaimOf(entry, birth_), Guardian());
  ASSERT_OK(issued);
  EXPECT_THAT(issued->attendance().pseudonym(), IsEmpty());
  const auto read = registry::VerifyAttendance(verifier_, issued->token(), today());
  ASSERT_OK(read);
  EXPECT_EQ(read->facility(), facility_);
  EXPECT_EQ(read->term().year(), 2026);
  EXPECT_EQ(read->term().season(), v1::TERM_SEASON_SPRING);
  EXPECT_EQ(*FromProto(read->issued_on()), today());
  EXPECT_EQ(*FromProto(read->expires_on()), today() + 14);
  const std::string text = read->SerializeAsString();
  for (const std::string& secret :
       {entry.child_name(), entry.document_number(), std::string("2024-06-01"), child,
        child.substr(child.rfind('/') + 1), std::string("guardian-1")}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
  // Nothing of it is left where the service that verifies it reads, and neither account nor child in the tables.
  EXPECT_EQ(Journal().size(), before);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM request_log WHERE reply LIKE '%TZ1.%'"), "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attendance_account"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attendance_account WHERE account_index LIKE "
                            "'%guardian%'"),
            "0");
}

TEST_F(AttendanceServiceTest, ThePseudonymIsTheSameForAChildInATermAndNoOther) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  EnterChild(entry);
  const std::string spring = Proved(ClaimOf(entry, birth_)).pseudonym();
  EXPECT_EQ(spring.size(), 32U);
  EXPECT_EQ(Proved(ClaimOf(entry, birth_)).pseudonym(), spring);
  EXPECT_EQ(Proved(ClaimOf(entry, birth_), /*guardian=*/2).pseudonym(), spring) << "both parents";
  const v1::ChildEntry twin = ChildFrom(facility_, 1, birth_, from_);
  EnterChild(twin);
  EXPECT_NE(Proved(ClaimOf(twin, birth_)).pseudonym(), spring);
  const std::string other = Register("演练托育二园");
  const v1::ChildEntry there = ChildFrom(other, 2, birth_, from_);
  EnterChild(there);
  EXPECT_NE(Proved(ClaimOf(there, birth_)).pseudonym(), spring);
  GoTo(CivilDay(2026, 9, 1));
  const v1::Attendance autumn = Proved(ClaimOf(entry, birth_));
  EXPECT_EQ(autumn.term().season(), v1::TERM_SEASON_AUTUMN);
  EXPECT_NE(autumn.pseudonym(), spring);
}

TEST_F(AttendanceServiceTest, AnotherDocumentOfTheChildLeavesThePseudonym) {
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  const std::string number = entry.document_number();
  entry.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  entry.set_document_number("X500012345");
  entry.set_birth_date(FormatDay(birth_));
  const std::string name = EnterChild(entry);
  const std::string before = Proved(ClaimOf(entry, birth_)).pseudonym();
  v1::CorrectChildRequest correct;
  correct.set_name(name);
  correct.set_document(v1::CHILD_DOCUMENT_RESIDENT_ID);
  correct.set_document_number(number);
  ASSERT_OK(Child(&Children::CorrectChild, Principal(facility_), correct));
  entry.set_document(v1::CHILD_DOCUMENT_RESIDENT_ID);
  entry.set_document_number(number);
  EXPECT_EQ(Proved(ClaimOf(entry, birth_)).pseudonym(), before);
}

TEST_F(AttendanceServiceTest, WhateverDoesNotFitIsAnsweredAlike) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  EnterChild(entry);
  const v1::ChildEntry unknown = ChildFrom(facility_, 1, birth_, from_);
  v1::IssueAttendanceTokenRequest wrong_name = ClaimOf(entry, birth_);
  wrong_name.set_child_name("演练宝");
  v1::IssueAttendanceTokenRequest elsewhere = ClaimOf(entry, birth_);
  elsewhere.set_facility(Register("演练托育二园"));
  v1::IssueAttendanceTokenRequest nowhere = ClaimOf(entry, birth_);
  nowhere.set_facility("facilities/01900000-0000-7000-8000-000000000099");
  const std::string both =
      TokenOfTwo({common::v1::ROLE_GUARDIAN, common::v1::ROLE_FACILITY_PRINCIPAL}, facility_);
  struct Attempt {
    const char* what;
    v1::IssueAttendanceTokenRequest request;
    std::string token;
  };
  const Attempt attempts[] = {
      {"not on the roster", ClaimOf(unknown, birth_), Guardian()},
      {"another name", wrong_name, Guardian()},
      {"another facility", elsewhere, Guardian()},
      {"no facility", nowhere, Guardian()},
      {"the principal, a guardian too", ClaimOf(entry, birth_), both},
      {"staff, a guardian too", ClaimOf(entry, birth_),
       TokenOfTwo({common::v1::ROLE_GUARDIAN, common::v1::ROLE_FACILITY_STAFF}, "")}};
  std::string first;
  for (const Attempt& attempt : attempts) {
    const auto refused = Ask(attempt.request, attempt.token);
    EXPECT_EQ(ReasonOf(refused.status()), "ATTENDANCE_NOT_PROVED") << attempt.what;
    // Text and metadata, and no violation that would tell which field it is.
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound) << attempt.what;
    if (first.empty()) first = std::string(refused.status().message());
    EXPECT_EQ(refused.status().message(), first) << attempt.what;
    EXPECT_THAT(rpc::MetadataOf(refused.status()), IsEmpty()) << attempt.what;
    EXPECT_THAT(rpc::ViolationsOf(refused.status()), IsEmpty()) << attempt.what;
  }
  EXPECT_EQ(ReasonOf(Ask(ClaimOf(entry, birth_), Principal(facility_)).status()),
            "ROLE_NOT_ALLOWED");
  EXPECT_OK(Ask(ClaimOf(entry, birth_), Guardian()));
}

TEST_F(AttendanceServiceTest, WhoMadeAFilingOfTheFacilityIsNoGuardianThere) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  EnterChild(entry);
  ASSERT_OK(Ask(ClaimOf(entry, birth_), Guardian()));
  database_.Run(absl::StrCat(
      "INSERT INTO filing (id, kind, state, owner, facility_id, division_code, next_due, schedule, "
      "create_time, message) VALUES ('01900000-0000-7000-8000-000000000001', 1, 1, "
      "'accounts/guardian-1', '",
      facility_.substr(facility_.find('/') + 1),
      "', '500111001', '9999-12-31', '', '2026-03-01 00:00:00', '')"));
  EXPECT_EQ(ReasonOf(Ask(ClaimOf(entry, birth_), Guardian()).status()), "ATTENDANCE_NOT_PROVED");
  EXPECT_OK(Ask(ClaimOf(entry, birth_), Guardian(2)));
}

TEST_F(AttendanceServiceTest, CareThatEndedIsProvedForAYearWithTheTermItEndedIn) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  const std::string name = EnterChild(entry);
  v1::EndEnrolmentRequest end;
  end.set_name(name);
  end.set_enrolment(1);
  *end.mutable_last_day() = ToProto(CivilDay(2026, 3, 20));
  ASSERT_OK(Child(&Children::EndEnrolment, Principal(facility_), end));
  GoTo(CivilDay(2027, 3, 20));
  const v1::Attendance proof = Proved(ClaimOf(entry, birth_));
  EXPECT_EQ(proof.term().year(), 2026);
  EXPECT_EQ(proof.term().season(), v1::TERM_SEASON_SPRING);
  GoTo(CivilDay(2027, 3, 21));
  EXPECT_EQ(ReasonOf(Ask(ClaimOf(entry, birth_), Guardian()).status()), "ATTENDANCE_NOT_PROVED");
}

TEST_F(AttendanceServiceTest, AnAccountAsksTenTimesADayWhateverComesOfIt) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  EnterChild(entry);
  const auto unknown = ClaimOf(ChildFrom(facility_, 1, birth_, from_), birth_);
  for (int i = 0; i < kMostAttendanceAttempts; ++i) {
    EXPECT_EQ(ReasonOf(Ask(unknown, Guardian()).status()), "ATTENDANCE_NOT_PROVED");
  }
  EXPECT_EQ(ReasonOf(Ask(ClaimOf(entry, birth_), Guardian()).status()), "ATTENDANCE_ATTEMPTS_OVER");
  EXPECT_OK(Ask(ClaimOf(entry, birth_), Guardian(2)));
  GoTo(today() + 1);
  EXPECT_OK(Ask(ClaimOf(entry, birth_), Guardian()));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attendance_attempt"), "1") << "days past go";
}

TEST_F(AttendanceServiceTest, OneAccountProvesTheAttendanceOfFourChildren) {
  std::vector<v1::IssueAttendanceTokenRequest> claims;
  for (int i = 0; i <= kMostAttendanceChildren; ++i) {
    const CivilDay birth = birth_ + i;
    const v1::ChildEntry entry = ChildFrom(facility_, 0, birth, from_);
    EnterChild(entry);
    claims.push_back(ClaimOf(entry, birth));
  }
  for (int i = 0; i < kMostAttendanceChildren; ++i) EXPECT_OK(Ask(claims[i], Guardian()));
  EXPECT_EQ(ReasonOf(Ask(claims.back(), Guardian()).status()), "ATTENDANCE_NOT_PROVED");
  EXPECT_OK(Ask(claims.front(), Guardian())) << "one of the four, once more";
  EXPECT_OK(Ask(claims.back(), Guardian(2)));
}

TEST_F(AttendanceServiceTest, WhatNoRosterCanHoldIsNoAttempt) {
  EXPECT_EQ(ReasonOf(Ask({}, Guardian()).status()), "NAME_INVALID");
  v1::IssueAttendanceTokenRequest request;
  request.set_facility(facility_);
  EXPECT_EQ(ReasonOf(Ask(request, Guardian()).status()), "FORM_INVALID");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attendance_attempt"), "0");
}

TEST_F(AttendanceServiceTest, TheMethodAsksForAGuardian) {
  EXPECT_THAT(rpc::CheckAccessMatrix(attendance_channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::AttendanceService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
