// The roster of staff as a facility reports it and officers check it.
#include <thread>

#include "absl/strings/escaping.h"
#include "common/rpc/access_matrix.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/staff_fixture.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using testing::CarerFrom;
using testing::CertificateOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::PostFrom;
using testing::WholeCarerFrom;

class StaffServiceTest : public StaffFixture {
 protected:
  const std::string facility_ = Register("演练托育园");
  const CivilDay from_{2026, 3, 1};
};

TEST_F(StaffServiceTest, AFacilityReportsAPersonAndReadsItBack) {
  const std::string name = Enter(WholeCarerFrom(facility_, 1, from_));
  const auto member = GetStaff(name, Principal(facility_));
  ASSERT_OK(member);
  EXPECT_EQ(member->person_name(), "演练人");
  EXPECT_EQ(member->id_number(), WholeCarerFrom(facility_, 1, from_).id_number());
  EXPECT_EQ(member->etag(), "1");
  ASSERT_EQ(member->posts_size(), 1);
  EXPECT_EQ(member->posts(0).number(), 1);
  EXPECT_EQ(member->certificates_size(), 4);
  EXPECT_EQ(member->certificates(0).verify_state(), v1::VERIFY_STATE_UNVERIFIED);
  EXPECT_EQ(member->certificates(0).expires_on().year(), 2027);
  ASSERT_EQ(member->needs_size(), 4);
  for (const auto& need : member->needs()) EXPECT_EQ(need.state(), v1::CERTIFICATE_STATE_OK);
  EXPECT_THAT(StaffActions(), ElementsAre("staff.reported"));
}

TEST_F(StaffServiceTest, NothingPersonalIsStoredInTheClear) {
  Enter(WholeCarerFrom(facility_, 1, from_));
  const v1::StaffEntry person = WholeCarerFrom(facility_, 1, from_);
  std::string stored;
  EXPECT_OK(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(10), [&](auto& transaction) {
    return transaction.Query(
        "SELECT HEX(CONCAT(message, person_index)), (SELECT GROUP_CONCAT(HEX(payload)) FROM "
        "journal_entry WHERE action = 'staff.reported') FROM staff_member",
        {}, [&](const db::Row& row) {
          stored = absl::HexStringToBytes(row.String(0)) + absl::HexStringToBytes(row.String(1));
          return absl::OkStatus();
        });
  }));
  ASSERT_FALSE(stored.empty());
  EXPECT_THAT(stored, Not(HasSubstr(person.id_number())));
  EXPECT_THAT(stored, Not(HasSubstr(person.person_name())));
  EXPECT_THAT(stored, Not(HasSubstr(person.certificates(2).certificate_number())));
  EXPECT_THAT(stored, HasSubstr("sealed:v1:"));
}

TEST_F(StaffServiceTest, WhatIsWrongIsToldWithItsPlaceAndNothingIsEntered) {
  v1::StaffEntry wrong = CarerFrom(facility_, 2, from_);
  wrong.set_id_number("500111199001019961");
  wrong.mutable_posts(0)->clear_role();
  const auto reply = Report(Principal(facility_), {CarerFrom(facility_, 1, from_), wrong});
  EXPECT_EQ(ReasonOf(reply.status()), "FORM_INVALID");
  std::vector<std::string> fields;
  for (const auto& violation : rpc::ViolationsOf(reply.status()))
    fields.push_back(violation.field());
  EXPECT_THAT(fields, ElementsAre("entries[1].id_number", "entries[1].posts[0].role"));
  EXPECT_THAT(StaffActions(), IsEmpty());
  // The same, only checked: with what does not block.
  const auto checked =
      Report(Principal(facility_), {CarerFrom(facility_, 1, from_), wrong}, /*validate_only=*/true);
  ASSERT_OK(checked);
  EXPECT_THAT(checked->names(), IsEmpty());
  EXPECT_EQ(testing::Lines({checked->violations().begin(), checked->violations().end()}),
            (std::vector<std::string>{"entries[1].id_number RESIDENT_ID_CHECK_DIGIT blocks",
                                      "entries[1].posts[0].role FIELD_REQUIRED blocks",
                                      "entries[0].certificates CERTIFICATE_LACKING advises",
                                      "entries[0].certificates CERTIFICATE_LACKING advises",
                                      "entries[0].certificates CERTIFICATE_LACKING advises",
                                      "entries[0].certificates CERTIFICATE_LACKING advises"}));
}

TEST_F(StaffServiceTest, ARepeatedReportMakesNoDoubleAndNoEntry) {
  const std::string name = Enter(WholeCarerFrom(facility_, 1, from_));
  const auto again = Report(Principal(facility_), {WholeCarerFrom(facility_, 1, from_),
                                                   WholeCarerFrom(facility_, 1, from_)});
  ASSERT_OK(again);
  EXPECT_THAT(again->names(), ElementsAre(name, name));
  EXPECT_THAT(StaffActions(), ElementsAre("staff.reported"));
  EXPECT_EQ(GetStaff(name, Principal(facility_))->etag(), "1");
}

TEST_F(StaffServiceTest, OneFacilityNeverSeesTheOthersRoster) {
  const std::string name = Enter(CarerFrom(facility_, 1, from_));
  const std::string other = Register("演练托育二园");
  EXPECT_EQ(ReasonOf(GetStaff(name, Principal(other)).status()), "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Report(Principal(other), {CarerFrom(facility_, 2, from_)}).status()),
            "NOT_YOUR_FACILITY");
  // The same person there is another entry, made of what is reported there.
  v1::StaffEntry there = CarerFrom(other, 1, from_);
  there.set_person_name("演练人二");
  const std::string second = Enter(there);
  EXPECT_NE(second, name);
  EXPECT_EQ(GetStaff(second, Principal(other))->person_name(), "演练人二");
  EXPECT_EQ(GetStaff(name, Principal(facility_))->person_name(), "演练人");
}

// What one facility is answered does not depend on what another one has reported.
TEST_F(StaffServiceTest, AFacilityIsNotToldThatAPersonIsElsewhere) {
  Enter(CarerFrom(facility_, 1, from_));
  const std::string other = Register("演练托育二园");
  for (const bool check : {true, false}) {
    auto elsewhere = Report(Principal(other), {CarerFrom(other, 1, from_)}, check);
    auto nowhere = Report(Principal(other), {CarerFrom(other, 2, from_)}, check);
    ASSERT_OK(elsewhere);
    ASSERT_OK(nowhere);
    EXPECT_EQ(elsewhere->names_size(), nowhere->names_size());
    elsewhere->clear_names();
    nowhere->clear_names();
    EXPECT_EQ(elsewhere->DebugString(), nowhere->DebugString());
  }
}

TEST_F(StaffServiceTest, OfficersSeeTheirDivisionsAndInspectorsNoNames) {
  const std::string name = Enter(CarerFrom(facility_, 1, from_));
  EXPECT_EQ(GetStaff(name, Reviewer())->person_name(), "演练人");
  const auto inspector = GetStaff(name, Token(common::v1::ROLE_DHC_INSPECTOR));
  ASSERT_OK(inspector);
  EXPECT_EQ(inspector->person_name(), "");
  EXPECT_EQ(inspector->id_number(), "");
  EXPECT_EQ(inspector->posts_size(), 1);
  EXPECT_EQ(ReasonOf(GetStaff(name, Token(common::v1::ROLE_DHC_REVIEWER, {"500112"})).status()),
            "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(GetStaff(facility_ + "/staff/018f0000-0000-7000-8000-000000000000",
                              Principal(facility_))
                         .status()),
            "STAFF_NOT_FOUND");
}

TEST_F(StaffServiceTest, APostEndsWithItsLastDay) {
  const std::string name = Enter(CarerFrom(facility_, 1, from_));
  const auto ended = End(name, 1, CivilDay(2026, 3, 31), Principal(facility_));
  ASSERT_OK(ended);
  EXPECT_EQ(FormatDay(*FromProto(ended->posts(0).valid_to())), "2026-04-01");
  EXPECT_EQ(ended->etag(), "2");
  EXPECT_EQ(ReasonOf(End(name, 2, today(), Principal(facility_)).status()), "POST_NOT_FOUND");
  const auto early = End(name, 1, from_ - 1, Principal(facility_));
  EXPECT_EQ(ReasonOf(early.status()), "FORM_INVALID");
  // The last day may be the first; an end may be moved.
  EXPECT_OK(End(name, 1, from_, Principal(facility_)));
  EXPECT_THAT(StaffActions(),
              ElementsAre("staff.reported", "staff.post_ended", "staff.post_ended"));
}

TEST_F(StaffServiceTest, APostEnteredInErrorIsTakenOffWithItsReason) {
  const std::string name = Enter(CarerFrom(facility_, 1, from_));
  v1::VoidPostRequest request;
  request.set_name(name);
  request.set_post(1);
  EXPECT_EQ(ReasonOf(Staff(&Stub::VoidPost, Principal(facility_), request).status()),
            "FORM_INVALID");
  request.set_reason("登记到了另一人名下");
  request.set_etag("7");
  EXPECT_EQ(ReasonOf(Staff(&Stub::VoidPost, Principal(facility_), request).status()),
            "ETAG_MISMATCH");
  request.set_etag("1");
  const auto voided = Staff(&Stub::VoidPost, Principal(facility_), request);
  ASSERT_OK(voided);
  EXPECT_EQ(voided->posts_size(), 0);
  v1::StaffChange change;
  ASSERT_TRUE(change.ParseFromString(Journal().back().payload()));
  EXPECT_EQ(change.reason(), request.reason());
  // A number is not given again.
  EXPECT_EQ(Enter(CarerFrom(facility_, 1, from_)), name);
  EXPECT_EQ(GetStaff(name, Principal(facility_))->posts(0).number(), 2);
}

TEST_F(StaffServiceTest, OfficersVerifyWhatFacilitiesReport) {
  v1::StaffEntry entry = WholeCarerFrom(facility_, 1, from_);
  *entry.add_certificates() = CertificateOf(v1::CERTIFICATE_KIND_CHILD_CARER, from_);
  const std::string name = Enter(entry);
  EXPECT_EQ(
      ReasonOf(
          Verify(name, 5, v1::VERIFY_STATE_VERIFIED_MANUAL, "", Principal(facility_)).status()),
      "ROLE_NOT_ALLOWED");
  const auto verified =
      Verify(name, 5, v1::VERIFY_STATE_VERIFIED_SHARED, "全国联网查询", Reviewer());
  ASSERT_OK(verified);
  EXPECT_TRUE(IsVerified(verified->certificates(4)));
  EXPECT_EQ(FormatDay(*FromProto(verified->certificates(4).verified_on())), FormatDay(today()));
  // The facility can't take it off any more, an officer can.
  v1::VoidCertificateRequest request;
  request.set_name(name);
  request.set_certificate(5);
  request.set_reason("不是本人的证书");
  EXPECT_EQ(ReasonOf(Staff(&Stub::VoidCertificate, Principal(facility_), request).status()),
            "CERTIFICATE_VERIFIED");
  ASSERT_OK(Staff(&Stub::VoidCertificate, Reviewer(), request));
  // All that is left at once; a rejection says why, and the certificate is as if missing.
  EXPECT_EQ(ReasonOf(Verify(name, 1, v1::VERIFY_STATE_REJECTED, "", Reviewer()).status()),
            "FORM_INVALID");
  const auto rejected = Verify(name, 1, v1::VERIFY_STATE_REJECTED, "查无此证", Reviewer());
  ASSERT_OK(rejected);
  EXPECT_EQ(rejected->needs(0).kind(), v1::CERTIFICATE_KIND_HEALTH);
  EXPECT_EQ(rejected->needs(0).state(), v1::CERTIFICATE_STATE_MISSING);
  const auto rest = Verify(name, 0, v1::VERIFY_STATE_VERIFIED_MANUAL, "", Reviewer());
  ASSERT_OK(rest);
  EXPECT_EQ(rest->certificates(0).verify_state(), v1::VERIFY_STATE_REJECTED);
  EXPECT_EQ(rest->certificates(3).verify_state(), v1::VERIFY_STATE_VERIFIED_MANUAL);
}

TEST_F(StaffServiceTest, WhatAnOfficerRejectedIsNotReportedAnew) {
  const std::string name = Enter(WholeCarerFrom(facility_, 1, from_));
  ASSERT_OK(Verify(name, 1, v1::VERIFY_STATE_REJECTED, "查无此证", Reviewer()));
  v1::VoidCertificateRequest request;
  request.set_name(name);
  request.set_certificate(1);
  request.set_reason("重新登记");
  EXPECT_EQ(ReasonOf(Staff(&Stub::VoidCertificate, Principal(facility_), request).status()),
            "CERTIFICATE_VERIFIED");
  // And nobody verifies for the own facility.
  const std::string both =
      TokenOfTwo({common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_FACILITY_PRINCIPAL}, facility_);
  EXPECT_EQ(ReasonOf(Verify(name, 2, v1::VERIFY_STATE_VERIFIED_MANUAL, "", both).status()),
            "FOUR_EYES");
}

TEST_F(StaffServiceTest, ACertificateIsRecordedOnce) {
  const std::string name = Enter(CarerFrom(facility_, 1, from_));
  v1::RecordCertificateRequest request;
  request.set_name(name);
  *request.mutable_certificate() = CertificateOf(v1::CERTIFICATE_KIND_HEALTH, today());
  ASSERT_OK(Staff(&Stub::RecordCertificate, Principal(facility_), request));
  const auto again = Staff(&Stub::RecordCertificate, Principal(facility_), request);
  ASSERT_OK(again);
  EXPECT_EQ(again->certificates_size(), 1);
  EXPECT_EQ(again->etag(), "2");
  *request.mutable_certificate()->mutable_issued_on() = ToProto(today() + 1);
  EXPECT_EQ(ReasonOf(Staff(&Stub::RecordCertificate, Principal(facility_), request).status()),
            "FORM_INVALID");
}

TEST_F(StaffServiceTest, NameAndPhoneAreCorrected) {
  const std::string name = Enter(CarerFrom(facility_, 1, from_));
  v1::UpdateStaffMemberRequest request;
  request.set_name(name);
  EXPECT_EQ(ReasonOf(Staff(&Stub::UpdateStaffMember, Principal(facility_), request).status()),
            "FORM_INVALID");
  request.set_person_name("演练更名");
  request.set_phone("139 0001 2345");
  const auto updated = Staff(&Stub::UpdateStaffMember, Principal(facility_), request);
  ASSERT_OK(updated);
  EXPECT_EQ(updated->person_name(), "演练更名");
  EXPECT_EQ(updated->phone(), "13900012345");
}

TEST_F(StaffServiceTest, AnEndedFacilityTakesNoPostsThatGoOn) {
  ASSERT_OK(Cancel(facility_, today()));
  const auto reply = Report(Archivist(), {CarerFrom(facility_, 1, from_)});
  ASSERT_EQ(ReasonOf(reply.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(reply.status())[0].reason(), "POST_AFTER_END");
  v1::StaffEntry past = CarerFrom(facility_, 1, from_);
  *past.mutable_posts(0)->mutable_valid_to() = ToProto(today());
  EXPECT_OK(Report(Archivist(), {past}));
}

TEST_F(StaffServiceTest, AClassThatIsNotFiledIsTold) {
  v1::StaffEntry entry = WholeCarerFrom(facility_, 1, from_);
  const auto told = [&](const std::string& label) {
    entry.mutable_posts(0)->set_class_label(label);
    const auto reply = Report(Principal(facility_), {entry}, /*validate_only=*/true);
    EXPECT_OK(reply);
    return testing::Lines({reply->violations().begin(), reply->violations().end()});
  };
  const std::string filed = Read(facility_).content().classes(0).label();
  ASSERT_FALSE(filed.empty());
  EXPECT_THAT(told(filed), IsEmpty());
  EXPECT_THAT(told("托小九班"),
              ElementsAre("entries[0].posts[0].class_label CLASS_LABEL_UNKNOWN advises"));
}

// Both calls come at once: the person stands on the roster once, whichever was first.
TEST_F(StaffServiceTest, TheSamePersonReportedTwiceAtOnceIsOneEntry) {
  std::vector<std::thread> threads;
  std::vector<absl::StatusOr<v1::ReportStaffResponse>> replies(8);
  for (auto& reply : replies) {
    threads.emplace_back(
        [&] { reply = Report(Principal(facility_), {WholeCarerFrom(facility_, 1, from_)}); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& reply : replies) {
    ASSERT_OK(reply);
    EXPECT_EQ(reply->names(0), replies[0]->names(0));
  }
  EXPECT_THAT(StaffActions(), ElementsAre("staff.reported"));
}

TEST_F(StaffServiceTest, TheAccessRulesHold) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::StaffService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
