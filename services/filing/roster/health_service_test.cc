// Health records of children as institutions keep them, and worklists of their checks.
#include "services/filing/roster/child_fixture.h"

namespace tuoyu::filing {
namespace {

using testing::ChildFrom;
using ::testing::ElementsAre;

// What a keeper of records sends to confirm the record of a child on a facility's roster.
v1::ChildEntry ConfirmationOf(const v1::ChildEntry& entry) {
  v1::ChildEntry kept;
  kept.set_facility(entry.facility());
  kept.set_document(entry.document());
  kept.set_document_number(entry.document_number());
  kept.mutable_health_record()->set_identity_verified(true);
  return kept;
}

using HealthServiceTest = ChildFixture;

TEST_F(HealthServiceTest, TheKeeperConfirmsTheRecordAndTheJournalTellsWhenItIsManaged) {
  const std::string name = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  const v1::HealthRecord record = testing::RecordOpenedOn(from_);
  EXPECT_EQ(ReasonOf(Record(name, record, true, Principal(facility_)).status()),
            "VERIFIED_BY_KEEPER_ONLY");
  const auto incomplete = Record(name, record, false, Principal(facility_));
  ASSERT_OK(incomplete);
  EXPECT_EQ(incomplete->record_state(), v1::HEALTH_RECORD_STATE_INCOMPLETE);
  const auto managed = Record(name, v1::HealthRecord(), true, Phc());
  ASSERT_OK(managed);
  EXPECT_EQ(managed->record_state(), v1::HEALTH_RECORD_STATE_MANAGED);
  EXPECT_EQ(FormatDay(*FromProto(managed->next_check_due())), "2026-06-01") << "24 months";
  v1::ChildChange change;
  ASSERT_TRUE(change.ParseFromString(Journal().back().payload()));
  ASSERT_EQ(change.managed_size(), 1);
  EXPECT_EQ(FormatDay(*FromProto(change.managed(0).from())), "2026-03-02");
  EXPECT_EQ(FormatDay(*FromProto(change.managed(0).to())), "2026-07-02") << "31 days overdue";
  // Nothing new is no entry.
  const size_t before = Journal().size();
  ASSERT_OK(Record(name, record, true, Phc()));
  EXPECT_EQ(Journal().size(), before);
}

TEST_F(HealthServiceTest, WhatWasEnteredInErrorIsTakenOffTheRecord) {
  const std::string name = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  v1::HealthRecord record = testing::RecordOpenedOn(from_);
  v1::HealthDeferral& deferral = *record.add_deferrals();
  *deferral.mutable_from() = ToProto(from_);
  *deferral.mutable_until() = ToProto(from_ + 10);
  deferral.set_reason("外出");
  ASSERT_OK(Record(name, record, true, Phc()));
  const auto take = [&](const v1::VoidHealthEntriesRequest& request, const std::string& token) {
    return Child(&Children::VoidHealthEntries, token, request);
  };
  v1::VoidHealthEntriesRequest request;
  request.set_name(name);
  request.set_reason("登记错误");
  EXPECT_EQ(ReasonOf(take(request, Principal(facility_)).status()), "FORM_INVALID")
      << "nothing is named";
  *request.add_checks() = record.checks(0);
  *request.add_deferrals() = ToProto(from_ + 1);
  const size_t before = Journal().size();
  EXPECT_EQ(ReasonOf(take(request, Principal(facility_)).status()), "HEALTH_ENTRY_NOT_FOUND");
  EXPECT_EQ(GetChild(name, Phc())->health_record().checks_size(), record.checks_size())
      << "all or none";
  EXPECT_EQ(Journal().size(), before);
  *request.mutable_deferrals(0) = ToProto(from_);
  const auto less = take(request, Principal(facility_));
  ASSERT_OK(less);
  EXPECT_EQ(less->record_state(), v1::HEALTH_RECORD_STATE_INCOMPLETE);
  EXPECT_EQ(less->health_record().checks_size(), record.checks_size() - 1);
  EXPECT_EQ(less->health_record().deferrals_size(), 0);
  v1::ChildChange change;
  ASSERT_TRUE(change.ParseFromString(Journal().back().payload()));
  EXPECT_EQ(Journal().back().action(), "child.health_voided");
  EXPECT_EQ(change.managed_size(), 0) << "and indicator 8 follows";
  request.clear_checks();
  request.clear_deferrals();
  request.set_whole_record(true);
  EXPECT_EQ(ReasonOf(take(request, Principal(facility_)).status()), "VERIFIED_BY_KEEPER_ONLY");
  const auto none = take(request, Phc());
  ASSERT_OK(none);
  EXPECT_EQ(none->record_state(), v1::HEALTH_RECORD_STATE_NONE);
  EXPECT_EQ(ReasonOf(take(request, Phc()).status()), "HEALTH_ENTRY_NOT_FOUND");
}

TEST_F(HealthServiceTest, AConfirmationBeforeThereIsARecordIsRefused) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  const std::string name = EnterChild(entry);
  const v1::ChildEntry kept = ConfirmationOf(entry);
  const auto refused = ReportAll(Phc(), {kept});
  ASSERT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused.status())[0].reason(), "HEALTH_RECORD_UNNUMBERED");
  EXPECT_FALSE(GetChild(name, Phc())->health_record().identity_verified());
}

TEST_F(HealthServiceTest, KeepersOfRecordsReportThemTogether) {
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  *entry.mutable_health_record() = testing::RecordOpenedOn(from_);
  entry.mutable_health_record()->set_identity_verified(true);
  const std::string name = EnterChild(entry);
  EXPECT_EQ(GetChild(name, Phc())->record_state(), v1::HEALTH_RECORD_STATE_INCOMPLETE)
      << "a facility can't confirm it";
  v1::ChildEntry kept = ConfirmationOf(entry);
  const auto reply = ReportAll(Phc(), {kept});
  ASSERT_OK(reply);
  EXPECT_THAT(reply->names(), ElementsAre(name));
  EXPECT_EQ(GetChild(name, Phc())->record_state(), v1::HEALTH_RECORD_STATE_MANAGED);
  kept.set_document_number(ChildFrom(facility_, 1, birth_, from_).document_number());
  *kept.add_enrolments() = testing::EnrolmentFrom(from_);
  const auto refused = ReportAll(Phc(), {kept});
  ASSERT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  std::vector<std::string> reasons;
  for (const auto& violation : rpc::ViolationsOf(refused.status())) {
    reasons.push_back(violation.reason());
  }
  EXPECT_THAT(reasons, ElementsAre("CHILD_NOT_ON_ROSTER", "ENROLMENTS_NOT_TAKEN",
                                   "HEALTH_RECORD_UNNUMBERED"));
}

TEST_F(HealthServiceTest, AKeeperWithANurseryOfItsOwnReportsChildrenThereAndRecordsElsewhere) {
  const std::string other = Register("演练托育二园");
  const std::string both =
      TokenOfTwo({common::v1::ROLE_PHC, common::v1::ROLE_FACILITY_PRINCIPAL}, facility_);
  const auto own = ReportAll(both, {ChildFrom(facility_, 0, birth_, from_)});
  ASSERT_OK(own);
  EXPECT_EQ(ReasonOf(ReportAll(both, {ChildFrom(other, 1, birth_, from_)}).status()),
            "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Record(own->names(0), testing::RecordOpenedOn(from_), true, both).status()),
            "VERIFIED_BY_KEEPER_ONLY");
  const std::string there = EnterChild(ChildFrom(other, 1, birth_, from_));
  EXPECT_OK(Record(there, testing::RecordOpenedOn(from_), true, both));
}

TEST_F(HealthServiceTest, AChildThatGotAResidentIdKeepsItsEntryAndRecord) {
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  const std::string number = entry.document_number();
  entry.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  entry.set_document_number("X500012345");
  entry.set_birth_date(FormatDay(birth_));
  const std::string name = EnterChild(entry);
  ASSERT_OK(Record(name, testing::RecordOpenedOn(from_), true, Phc()));
  v1::CorrectChildRequest request;
  request.set_name(name);
  request.set_document(v1::CHILD_DOCUMENT_RESIDENT_ID);
  request.set_document_number(number.substr(0, 17));
  EXPECT_EQ(ReasonOf(Child(&Children::CorrectChild, Principal(facility_), request).status()),
            "FORM_INVALID");
  request.set_document_number(number);
  const auto corrected = Child(&Children::CorrectChild, Principal(facility_), request);
  ASSERT_OK(corrected);
  EXPECT_EQ(corrected->name(), name);
  EXPECT_EQ(corrected->document_number(), number);
  EXPECT_TRUE(corrected->health_record().identity_verified());
  // As someone else it is not confirmed any more.
  v1::CorrectChildRequest renamed;
  renamed.set_name(name);
  renamed.set_child_name("演练他人");
  EXPECT_FALSE(Child(&Children::CorrectChild, Principal(facility_), renamed)
                   ->health_record()
                   .identity_verified());
  renamed.set_child_name(entry.child_name());
  ASSERT_OK(Child(&Children::CorrectChild, Principal(facility_), renamed));
  // It is found by the new document, and no longer by the old one.
  EXPECT_EQ(EnterChild(ChildFrom(facility_, 0, birth_, from_)), name);
  EXPECT_NE(EnterChild(entry), name);
  // Both are on the roster now: one document can't be given to two entries.
  EXPECT_EQ(ReasonOf(Child(&Children::CorrectChild, Principal(facility_), request).status()), "")
      << "the same again changes nothing";
  request.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  request.set_document_number("X500012345");
  EXPECT_EQ(ReasonOf(Child(&Children::CorrectChild, Principal(facility_), request).status()),
            "CHILD_ALREADY_THERE");
  // Once the entry that was twice is emptied, it makes room.
  v1::VoidEnrolmentRequest twice;
  twice.set_name(EnterChild(entry));
  twice.set_enrolment(1);
  twice.set_reason("重复登记");
  ASSERT_OK(Child(&Children::VoidEnrolment, Principal(facility_), twice));
  EXPECT_OK(Child(&Children::CorrectChild, Principal(facility_), request));
  EXPECT_EQ(EnterChild(entry), name);
}

TEST_F(HealthServiceTest, ACorrectedBirthDateMovesTheNextChecks) {
  const std::string name = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  ASSERT_OK(Record(name, testing::RecordOpenedOn(from_), true, Phc()));
  v1::ChildEntry other = ChildFrom(facility_, 0, birth_ + 100, from_);
  v1::CorrectChildRequest request;
  request.set_name(name);
  request.set_birth_date(FormatDay(birth_ + 100));
  request.set_document_number(other.document_number());
  const auto before = GetChild(name, Phc());
  const auto corrected = Child(&Children::CorrectChild, Principal(facility_), request);
  ASSERT_OK(corrected);
  EXPECT_NE(FormatDay(*FromProto(corrected->next_check_due())),
            FormatDay(*FromProto(before->next_check_due())));
  EXPECT_FALSE(corrected->health_record().identity_verified());
}

TEST_F(HealthServiceTest, TheWorklistHasRecordsThatLackAndChecksThatAreDue) {
  const std::string lacking = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  const std::string kept = EnterChild(ChildFrom(facility_, 1, birth_, from_));
  ASSERT_OK(Record(kept, testing::RecordOpenedOn(from_), true, Phc()));
  EXPECT_THAT(HealthDue(0, Phc()), ElementsAre(lacking + " 1 2026-03-02"));
  EXPECT_THAT(HealthDue(81, Principal(facility_)),
              ElementsAre(lacking + " 1 2026-03-02", kept + " 4 2026-06-01"));
  GoTo(CivilDay(2026, 7, 2));
  EXPECT_THAT(HealthDue(0, Reviewer()),
              ElementsAre(lacking + " 1 2026-03-02", kept + " 3 2026-06-01"));
}

}  // namespace
}  // namespace tuoyu::filing
