// The roster of children as a facility reports it.
#include <set>

#include "absl/strings/escaping.h"
#include "common/base/months.h"
#include "common/rpc/access_matrix.h"
#include "services/filing/roster/child_fixture.h"

namespace tuoyu::filing {
namespace {

using testing::ChildFrom;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using ChildServiceTest = ChildFixture;

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

TEST_F(ChildServiceTest, CareEndsOnTheThirdBirthday) {
  const auto ends = [&](const v1::Child& child) {
    return absl::StrCat(FormatDay(*FromProto(child.enrolments(0).valid_to())),
                        child.enrolments(0).until_third_birthday() ? " at three" : "");
  };
  v1::ChildEntry entry = ChildFrom(facility_, 0, birth_, from_);
  entry.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  entry.set_document_number("X500012345");
  entry.set_birth_date(FormatDay(birth_));
  const std::string name = EnterChild(entry);
  const auto entered = GetChild(name, Phc());
  EXPECT_EQ(ends(*entered), "2027-06-01 at three");
  // The same again, and as it is read back, changes nothing.
  const size_t before = Journal().size();
  EnterChild(entry);
  *entry.mutable_enrolments() = entered->enrolments();
  EnterChild(entry);
  EXPECT_EQ(Journal().size(), before);
  // It follows a corrected birth date, and gives way to a last day before it.
  v1::CorrectChildRequest correct;
  correct.set_name(name);
  correct.set_birth_date("2024-08-01");
  EXPECT_EQ(ends(*Child(&Children::CorrectChild, Principal(facility_), correct)),
            "2027-08-01 at three");
  v1::EndEnrolmentRequest end;
  end.set_name(name);
  end.set_enrolment(1);
  *end.mutable_last_day() = ToProto(from_ + 30);
  const auto left = Child(&Children::EndEnrolment, Principal(facility_), end);
  ASSERT_OK(left);
  EXPECT_EQ(ends(*left), FormatDay(from_ + 31));
  // A last day after it is told of, and not kept.
  const CivilDay old = AddMonths(from_, -36) + 30;
  v1::ChildEntry late = ChildFrom(facility_, 1, old, from_);
  *late.mutable_enrolments(0)->mutable_valid_to() = ToProto(from_ + 80);
  const auto checked = ReportAll(Principal(facility_), {late}, /*validate_only=*/true);
  ASSERT_OK(checked);
  std::set<std::string> told;
  for (const auto& each : checked->violations()) told.insert(each.reason());
  EXPECT_TRUE(told.contains("ENROLMENT_PAST_THREE"));
  EXPECT_EQ(ends(*GetChild(EnterChild(late), Phc())),
            absl::StrCat(FormatDay(AddMonths(old, 36)), " at three"));
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
