// The roster of children as a facility reports it, and health records as institutions keep them.
#include <set>

#include "absl/strings/escaping.h"
#include "common/rpc/access_matrix.h"
#include "services/filing/roster/staff_fixture.h"

namespace tuoyu::filing {
namespace {

using testing::ChildFrom;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// What a keeper of records sends to confirm the record of a child on a facility's roster.
v1::ChildEntry ConfirmationOf(const v1::ChildEntry& entry) {
  v1::ChildEntry kept;
  kept.set_facility(entry.facility());
  kept.set_document(entry.document());
  kept.set_document_number(entry.document_number());
  kept.mutable_health_record()->set_identity_verified(true);
  return kept;
}

class ChildServiceTest : public StaffFixture {
 protected:
  using Children = v1::ChildService::Stub;

  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Child(grpc::Status (Children::*method)(grpc::ClientContext*, const Request&,
                                                               Reply*),
                              const std::string& token, Request request) const {
    return CallOn(*child_stub_, method, token, std::move(request));
  }
  std::string Phc() const { return Token(common::v1::ROLE_PHC); }

  absl::StatusOr<v1::ReportChildrenResponse> ReportAll(const std::string& token,
                                                       const std::vector<v1::ChildEntry>& entries,
                                                       bool validate_only = false) const {
    v1::ReportChildrenRequest request;
    for (const v1::ChildEntry& entry : entries) *request.add_entries() = entry;
    request.set_validate_only(validate_only);
    return Child(&Children::ReportChildren, token, request);
  }
  std::string EnterChild(const v1::ChildEntry& entry) const {
    const auto reply = ReportAll(Principal(entry.facility()), {entry});
    EXPECT_OK(reply);
    return reply.ok() ? reply->names(0) : "";
  }
  absl::StatusOr<v1::Child> GetChild(const std::string& name, const std::string& token) const {
    v1::GetChildRequest request;
    request.set_name(name);
    return Child(&Children::GetChild, token, request);
  }
  absl::StatusOr<v1::Child> Record(const std::string& name, const v1::HealthRecord& record,
                                   bool verified, const std::string& token) const {
    v1::RecordHealthRequest request;
    request.set_name(name);
    *request.mutable_health_record() = record;
    request.mutable_health_record()->set_identity_verified(verified);
    return Child(&Children::RecordHealth, token, request);
  }
  // "name state due" of all pages of one.
  std::vector<std::string> HealthDue(int within_days, const std::string& token) const {
    v1::ListHealthDueRequest request;
    request.set_within_days(within_days);
    request.set_page_size(1);
    std::vector<std::string> lines;
    do {
      const auto page = Child(&Children::ListHealthDue, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::HealthDue& due : page->children()) {
        lines.push_back(absl::StrCat(due.name(), " ", due.record_state(), " ",
                                     FormatDay(*FromProto(due.due_on()))));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  std::vector<std::string> Conflicts(const std::string& token) const {
    const auto reply =
        Child(&Children::ListEnrolmentConflicts, token, v1::ListEnrolmentConflictsRequest());
    EXPECT_OK(reply);
    std::vector<std::string> lines;
    if (!reply.ok()) return lines;
    for (const auto& conflict : reply->conflicts()) {
      lines.push_back(absl::StrCat(conflict.name(), " ", conflict.other()));
    }
    return lines;
  }

  const std::string facility_ = Register("演练托育园");
  const CivilDay birth_{2024, 6, 1};
  const CivilDay from_{2026, 3, 2};
};

// What one facility is answered does not depend on what another one has reported.
TEST_F(ChildServiceTest, AFacilityIsNotToldThatAChildIsElsewhere) {
  EnterChild(ChildFrom(facility_, 0, birth_, from_));
  const std::string other = Register("演练托育二园");
  for (const bool check : {true, false}) {
    auto elsewhere = ReportAll(Principal(other), {ChildFrom(other, 0, birth_, from_)}, check);
    auto nowhere = ReportAll(Principal(other), {ChildFrom(other, 1, birth_, from_)}, check);
    ASSERT_OK(elsewhere);
    ASSERT_OK(nowhere);
    EXPECT_EQ(elsewhere->names_size(), nowhere->names_size());
    elsewhere->clear_names();
    nowhere->clear_names();
    EXPECT_EQ(elsewhere->DebugString(), nowhere->DebugString());
  }
  EXPECT_THAT(Conflicts(Reviewer()), Not(IsEmpty())) << "the commission is";
}

TEST_F(ChildServiceTest, NamesOfChildrenAreForTheirFacilityAndTheKeepersOfRecords) {
  const std::string name = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  for (const std::string& token : {Principal(facility_), Phc()}) {
    const auto child = GetChild(name, token);
    ASSERT_OK(child);
    EXPECT_EQ(child->child_name(), "演练娃");
    EXPECT_EQ(child->birth_date(), "2024-06-01");
    EXPECT_EQ(child->age_months(), "21");
    EXPECT_EQ(child->consent().guardian_name(), "演练家长");
    EXPECT_EQ(child->record_state(), v1::HEALTH_RECORD_STATE_NONE);
  }
  for (const auto role : {common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR}) {
    const auto child = GetChild(name, Token(role));
    ASSERT_OK(child);
    EXPECT_EQ(child->child_name() + child->document_number() + child->birth_date() +
                  child->age_months() + child->consent().guardian_name(),
              "");
    EXPECT_EQ(child->enrolments_size(), 1);
  }
  EXPECT_EQ(ReasonOf(GetChild(name, Principal(Register("演练托育二园"))).status()),
            "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(GetChild(name, Token(common::v1::ROLE_PHC, {"500112"})).status()),
            "OUT_OF_SCOPE");
}

TEST_F(ChildServiceTest, NothingOfAChildIsStoredInTheClear) {
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  *entry.mutable_health_record() = testing::RecordOpenedOn(from_);
  EnterChild(entry);
  std::string stored;
  EXPECT_OK(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(10), [&](auto& transaction) {
    return transaction.Query(
        "SELECT HEX(CONCAT(message, person_index)), (SELECT HEX(payload) FROM journal_entry WHERE "
        "action = 'child.reported') FROM child",
        {}, [&](const db::Row& row) {
          stored = absl::HexStringToBytes(row.String(0)) + absl::HexStringToBytes(row.String(1));
          return absl::OkStatus();
        });
  }));
  ASSERT_THAT(stored, HasSubstr("sealed:v1:"));
  for (const std::string& secret :
       {entry.child_name(), entry.document_number(), std::string("2024-06-01"),
        entry.consent().guardian_name(), entry.health_record().record_number()}) {
    EXPECT_THAT(stored, Not(HasSubstr(secret)));
  }
}

TEST_F(ChildServiceTest, ARepeatedReportMakesNoDoubleAndFaultsEnterNothing) {
  const std::string name = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  EXPECT_EQ(EnterChild(ChildFrom(facility_, 0, birth_, from_)), name);
  v1::ChildEntry wrong = ChildFrom(facility_, 1, birth_, from_);
  wrong.clear_consent();
  const auto refused =
      ReportAll(Principal(facility_), {ChildFrom(facility_, 2, birth_, from_), wrong});
  ASSERT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused.status())[0].field(), "entries[1].consent");
  const auto checked = ReportAll(Principal(facility_), {wrong}, /*validate_only=*/true);
  ASSERT_OK(checked);
  EXPECT_EQ(checked->violations(0).field(), "entries[0].consent");
  v1::ListChildrenRequest list;
  list.set_parent(facility_);
  const auto roster = Child(&Children::ListChildren, Principal(facility_), list);
  ASSERT_OK(roster);
  ASSERT_EQ(roster->children_size(), 1);
  EXPECT_EQ(roster->children(0).name(), name);
}

TEST_F(ChildServiceTest, AnEnrolmentEndsOrIsTakenOff) {
  const std::string name = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  v1::EndEnrolmentRequest end;
  end.set_name(name);
  end.set_enrolment(1);
  *end.mutable_last_day() = ToProto(today());
  const auto left = Child(&Children::EndEnrolment, Principal(facility_), end);
  ASSERT_OK(left);
  EXPECT_EQ(*FromProto(left->enrolments(0).valid_to()), today() + 1);
  EXPECT_EQ(left->child_name(), "演练娃");
  end.set_enrolment(2);
  EXPECT_EQ(ReasonOf(Child(&Children::EndEnrolment, Principal(facility_), end).status()),
            "ENROLMENT_NOT_FOUND");
  v1::VoidEnrolmentRequest take;
  take.set_name(name);
  take.set_enrolment(1);
  EXPECT_EQ(ReasonOf(Child(&Children::VoidEnrolment, Principal(facility_), take).status()),
            "FORM_INVALID");
  take.set_reason("登记错误");
  const auto voided = Child(&Children::VoidEnrolment, Principal(facility_), take);
  ASSERT_OK(voided);
  EXPECT_EQ(voided->enrolments_size(), 0);
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) actions.push_back(entry.action());
  EXPECT_THAT(actions, ElementsAre("facility.registered", "child.reported", "child.left",
                                   "child.enrolment_voided"));
}

TEST_F(ChildServiceTest, TheKeeperConfirmsTheRecordAndTheJournalTellsWhenItIsManaged) {
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

TEST_F(ChildServiceTest, WhatWasEnteredInErrorIsTakenOffTheRecord) {
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

TEST_F(ChildServiceTest, AConfirmationBeforeThereIsARecordIsRefused) {
  const v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  const std::string name = EnterChild(entry);
  const v1::ChildEntry kept = ConfirmationOf(entry);
  const auto refused = ReportAll(Phc(), {kept});
  ASSERT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused.status())[0].reason(), "HEALTH_RECORD_UNNUMBERED");
  EXPECT_FALSE(GetChild(name, Phc())->health_record().identity_verified());
}

TEST_F(ChildServiceTest, KeepersOfRecordsReportThemTogether) {
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

TEST_F(ChildServiceTest, AKeeperWithANurseryOfItsOwnReportsChildrenThereAndRecordsElsewhere) {
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

TEST_F(ChildServiceTest, NameAndBirthDateAreCorrected) {
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  entry.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  entry.set_document_number("Y500000001");
  entry.set_birth_date("2024-06-01");
  const std::string name = EnterChild(entry);
  entry.set_birth_date("2025-01-01");
  const auto differs = ReportAll(Principal(facility_), {entry});
  ASSERT_EQ(ReasonOf(differs.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(differs.status())[0].reason(), "BIRTH_DATE_DIFFERS");
  v1::CorrectChildRequest request;
  request.set_name(name);
  request.set_birth_date("2025-01-01");
  request.set_child_name("演练更名");
  const auto corrected = Child(&Children::CorrectChild, Principal(facility_), request);
  ASSERT_OK(corrected);
  EXPECT_EQ(corrected->child_name() + corrected->birth_date(), "演练更名2025-01-01");
  request.set_birth_date("2025-13-01");
  EXPECT_EQ(ReasonOf(Child(&Children::CorrectChild, Principal(facility_), request).status()),
            "FORM_INVALID");
}

TEST_F(ChildServiceTest, AChildThatGotAResidentIdKeepsItsEntryAndRecord) {
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

TEST_F(ChildServiceTest, ACorrectedBirthDateMovesTheNextChecks) {
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

TEST_F(ChildServiceTest, AConsentWithdrawnStaysSoUntilALaterOne) {
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  v1::ChildEntry withdrawn = entry;
  *withdrawn.mutable_consent()->mutable_withdrawn_on() = ToProto(from_ - 10);
  EXPECT_EQ(ReasonOf(ReportAll(Principal(facility_), {withdrawn}).status()), "FORM_INVALID");
  *withdrawn.mutable_consent()->mutable_withdrawn_on() = ToProto(today());
  const std::string name = EnterChild(withdrawn);
  EnterChild(entry);
  EXPECT_TRUE(GetChild(name, Phc())->consent().has_withdrawn_on());
  GoTo(today() + 5);
  *entry.mutable_consent()->mutable_given_on() = ToProto(today());
  EnterChild(entry);
  EXPECT_FALSE(GetChild(name, Phc())->consent().has_withdrawn_on());
}

TEST_F(ChildServiceTest, TheWorklistHasRecordsThatLackAndChecksThatAreDue) {
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

TEST_F(ChildServiceTest, AChildAtTwoFacilitiesInOnePartOfTheDayIsFound) {
  const std::string here = EnterChild(ChildFrom(facility_, 0, birth_, from_));
  clock_.Advance(absl::Milliseconds(2));
  const std::string other = Register("演练托育二园");
  const std::string there = EnterChild(ChildFrom(other, 0, birth_, from_));
  EXPECT_THAT(Conflicts(Reviewer()),
              ElementsAre(std::min(here, there) + " " + std::max(here, there)));
  v1::EndEnrolmentRequest end;
  end.set_name(here);
  end.set_enrolment(1);
  *end.mutable_last_day() = ToProto(today() - 1);
  ASSERT_OK(Child(&Children::EndEnrolment, Principal(facility_), end));
  EXPECT_THAT(Conflicts(Reviewer()), IsEmpty());
}

TEST_F(ChildServiceTest, RatiosAreCheckedClassByClass) {
  v1::ChildEntry child = ChildFrom(facility_, 0, birth_, from_);
  const std::string label = Read(facility_).content().classes(1).label();
  child.mutable_enrolments(0)->set_class_label(label);
  EnterChild(child);
  v1::CheckRatiosRequest request;
  request.set_parent(facility_);
  const auto without = Child(&Children::CheckRatios, Reviewer(), request);
  ASSERT_OK(without);
  ASSERT_EQ(without->violations_size(), 2) << "morning and afternoon";
  EXPECT_EQ(without->violations(0).reason(), "RATIO_TOO_FEW_CARERS");
  v1::StaffEntry carer = testing::WholeCarerFrom(facility_, 1, from_);
  carer.mutable_posts(0)->set_class_label(label);
  Enter(carer);
  const auto with = Child(&Children::CheckRatios, Principal(facility_), request);
  ASSERT_OK(with);
  EXPECT_THAT(with->violations(), IsEmpty());
  // Before the first day there was nobody.
  *request.mutable_as_of() = ToProto(today() - 1000);
  EXPECT_EQ(ReasonOf(Child(&Children::CheckRatios, Reviewer(), request).status()),
            "FACILITY_NOT_FOUND");
}

TEST_F(ChildServiceTest, AReportSaysWhichChildrenHaveNoClassAndWhichClassIsOverfull) {
  const v1::ClassPlan plan = Read(facility_).content().classes(1);
  v1::ReportChildrenRequest request;
  request.set_validate_only(true);
  *request.add_entries() = ChildFrom(facility_, 0, birth_, from_);
  for (int i = 1; i <= plan.capacity(); ++i) {
    *request.add_entries() = ChildFrom(facility_, 0, birth_ + i, from_);
    request.mutable_entries(i)->mutable_enrolments(0)->set_class_label(plan.label());
  }
  const auto report = [&] {
    const auto reply = Child(&Children::ReportChildren, Principal(facility_), request);
    EXPECT_OK(reply);
    std::vector<std::string> lines;
    for (const auto& each : reply->violations()) {
      EXPECT_FALSE(each.blocking());
      lines.push_back(absl::StrCat(each.field(), " ", each.reason()));
    }
    return lines;
  };
  const std::string blank = "entries[0].enrolments[0].class_label CLASS_LABEL_MISSING";
  EXPECT_THAT(report(), ElementsAre(blank)) << "a class that is full is not overfull";
  request.set_validate_only(false);
  EXPECT_THAT(report(), ElementsAre(blank));
  request.clear_entries();
  *request.add_entries() = ChildFrom(facility_, 1, birth_, from_);
  request.mutable_entries(0)->mutable_enrolments(0)->set_class_label(plan.label());
  EXPECT_THAT(report(), ElementsAre("entries[0].enrolments[0].class_label CLASS_OVERFULL"));
  v1::CheckRatiosRequest ratios;
  ratios.set_parent(facility_);
  const auto checked = Child(&Children::CheckRatios, Reviewer(), ratios);
  ASSERT_OK(checked);
  std::set<std::string> reasons;
  for (const auto& each : checked->violations()) reasons.insert(each.reason());
  EXPECT_THAT(reasons,
              ElementsAre("CHILDREN_WITHOUT_CLASS", "CLASS_OVER_CAPACITY", "RATIO_TOO_FEW_CARERS"));
  EXPECT_EQ(checked->classes(checked->classes_size() - 1).carers_needed(), 1);
}

TEST_F(ChildServiceTest, TheAccessRulesHold) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::ChildService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
