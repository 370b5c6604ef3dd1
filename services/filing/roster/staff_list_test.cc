// Rosters, worklists, posts in conflict, and the list of banned persons.
#include "services/filing/roster/staff_fixture.h"

namespace tuoyu::filing {
namespace {

using testing::CarerFrom;
using testing::CertificateOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::WholeCarerFrom;

class StaffListTest : public StaffFixture {
 protected:
  // "name: KIND STATE, …" of all pages of two.
  std::vector<std::string> Due(int within_days, const std::string& token,
                               const std::string& division = "") {
    v1::ListStaffDueRequest request;
    request.set_within_days(within_days);
    request.set_division_prefix(division);
    request.set_page_size(2);
    std::vector<std::string> lines;
    do {
      const auto page = Staff(&Stub::ListStaffDue, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::StaffDue& due : page->staff()) {
        std::string line = absl::StrCat(due.name(), due.has_barred_on() ? " BARRED" : "");
        for (const v1::CertificateNeed& need : due.needs()) {
          absl::StrAppend(
              &line, " ",
              v1::CertificateKind_Name(need.kind()).substr(sizeof("CERTIFICATE_KIND_") - 1), ":",
              v1::CertificateState_Name(need.state()).substr(sizeof("CERTIFICATE_STATE_") - 1));
        }
        lines.push_back(line);
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  // "KIND name other" of all pages of one.
  std::vector<std::string> Conflicts(const std::string& token) {
    v1::ListPostConflictsRequest request;
    request.set_page_size(1);
    std::vector<std::string> lines;
    do {
      const auto page = Staff(&Stub::ListPostConflicts, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::PostConflict& conflict : page->conflicts()) {
        lines.push_back(absl::StrCat(conflict.kind(), " ", conflict.name(), " ", conflict.other()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  std::string InTown(const std::string& name, const std::string& town) {
    v1::FilingContent content = Form(name);
    content.set_division_code(town);
    content.clear_community_code();
    return Register(content);
  }

  const CivilDay from_{2026, 3, 1};
};

TEST_F(StaffListTest, ARosterIsReadInPagesAsOfADay) {
  const std::string facility = Register("演练托育园");
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(absl::Milliseconds(2));
    names.push_back(Enter(CarerFrom(facility, i, from_)));
  }
  ASSERT_OK(End(names[1], 1, CivilDay(2026, 3, 5), Principal(facility)));
  const auto list = [&](CivilDay day, bool former) {
    v1::ListStaffRequest request;
    request.set_parent(facility);
    request.set_page_size(2);
    *request.mutable_as_of() = ToProto(day);
    request.set_include_former(former);
    std::vector<std::string> found;
    do {
      const auto page = Staff(&Stub::ListStaff, Principal(facility), request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& member : page->staff()) found.push_back(member.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return found;
  };
  EXPECT_EQ(list(CivilDay(2026, 3, 5), false), names);
  EXPECT_THAT(list(CivilDay(2026, 3, 6), false),
              ElementsAre(names[0], names[2], names[3], names[4]));
  EXPECT_EQ(list(CivilDay(2026, 3, 6), true), names);
  EXPECT_THAT(list(from_ - 1, false), IsEmpty());
}

TEST_F(StaffListTest, TheWorklistTellsWhatLacksAndWhatLapses) {
  const std::string facility = Register("演练托育园");
  const std::string lacking = Enter(CarerFrom(facility, 1, from_));
  v1::StaffEntry lapsing = WholeCarerFrom(facility, 2, from_);
  *lapsing.mutable_certificates(0)->mutable_issued_on() = ToProto(CivilDay(2025, 3, 30));
  const std::string due = Enter(lapsing);
  Enter(WholeCarerFrom(facility, 3, from_));
  // Today is 12 March: the health certificate of the second lapses on the 30th.
  const std::string all = lacking +
                          " HEALTH:MISSING CRIMINAL_RECORD_QUERY:MISSING CARE_TRAINING:MISSING "
                          "MENTAL_HEALTH_TRAINING:MISSING";
  EXPECT_THAT(Due(0, Reviewer()), ElementsAre(all));
  EXPECT_THAT(Due(15, Reviewer()), ElementsAre(all));
  EXPECT_THAT(Due(18, Reviewer()), ElementsAre(all, due + " HEALTH:DUE_SOON"));
  EXPECT_THAT(Due(30, Principal(facility)), ElementsAre(all, due + " HEALTH:DUE_SOON"));
  EXPECT_THAT(Due(30, Principal(Register("演练托育二园"))), IsEmpty());
  EXPECT_THAT(Due(30, Reviewer(), "500111999"), IsEmpty());
  EXPECT_EQ(Due(30, Reviewer(), "500111000000").size(), 2);
  // It lapses by itself, and a new one takes the person off the list.
  GoTo(CivilDay(2026, 3, 30));
  EXPECT_THAT(Due(0, Reviewer()), ElementsAre(all, due + " HEALTH:EXPIRED"));
  v1::RecordCertificateRequest request;
  request.set_name(due);
  *request.mutable_certificate() = CertificateOf(v1::CERTIFICATE_KIND_HEALTH, today());
  ASSERT_OK(Staff(&Stub::RecordCertificate, Principal(facility), request));
  EXPECT_THAT(Due(0, Reviewer()), ElementsAre(all));
  // Who leaves is off it, too.
  ASSERT_OK(End(lacking, 1, CivilDay(2026, 3, 30), Principal(facility)));
  GoTo(CivilDay(2026, 3, 31));
  EXPECT_THAT(Due(0, Reviewer()), IsEmpty());
}

TEST_F(StaffListTest, APersonAtTwoFacilitiesAtOnceIsFound) {
  const std::string here = InTown("演练托育园", "500111001");
  clock_.Advance(absl::Milliseconds(2));
  const std::string there = InTown("演练托育二园", "500111002");
  std::vector<std::string> names = {Enter(CarerFrom(here, 1, from_)),
                                    Enter(CarerFrom(there, 1, CivilDay(2026, 3, 5)))};
  Enter(CarerFrom(here, 2, from_));
  EXPECT_THAT(Conflicts(Reviewer()), ElementsAre("1 " + names[0] + " " + names[1]));
  // An officer of one town learns that there is another post, not where.
  const std::string town = Token(common::v1::ROLE_DHC_REVIEWER, {"500111002"});
  EXPECT_THAT(Conflicts(town), ElementsAre("1 " + names[1] + " "));
  // Until one of them ends, from the day after the end on.
  ASSERT_OK(End(names[0], 1, CivilDay(2026, 3, 20), Principal(here)));
  EXPECT_EQ(Conflicts(Reviewer()).size(), 1);
  GoTo(CivilDay(2026, 3, 20));
  EXPECT_EQ(Conflicts(Reviewer()).size(), 1);
  GoTo(CivilDay(2026, 3, 21));
  EXPECT_THAT(Conflicts(Reviewer()), IsEmpty());
}

TEST_F(StaffListTest, APostAtAFacilityThatHasEndedIsFound) {
  const std::string facility = Register("演练托育园");
  const std::string name = Enter(CarerFrom(facility, 1, from_));
  ASSERT_OK(Cancel(facility, today()));
  EXPECT_THAT(Conflicts(Reviewer()), ElementsAre("2 " + name + " "));
  ASSERT_OK(End(name, 1, today() - 1, Principal(facility)));
  EXPECT_THAT(Conflicts(Reviewer()), IsEmpty());
}

TEST_F(StaffListTest, ABannedPersonIsNotHiredAndTheAttemptIsKept) {
  const std::string facility = Register("演练托育园");
  const std::string name = Enter(CarerFrom(facility, 1, from_));
  const auto ban = Ban(CarerFrom(facility, 1, from_).id_number());
  ASSERT_OK(ban);
  EXPECT_EQ(ban->person_name(), "演练人");
  EXPECT_THAT(ban->on_post(), ElementsAre(name));
  EXPECT_EQ(ReasonOf(Ban(CarerFrom(facility, 1, from_).id_number()).status()), "ALREADY_BANNED");
  // Anywhere, with whatever name, and nothing of the report is entered.
  const std::string other = Register("演练托育二园");
  v1::StaffEntry again = CarerFrom(other, 1, today());
  again.set_person_name("演练化名");
  v1::ReportStaffRequest request;
  request.set_request_id(NewRequestId());
  *request.add_entries() = CarerFrom(other, 2, today());
  *request.add_entries() = again;
  for (int attempt = 0; attempt < 2; ++attempt) {  // repeated, it is the same attempt
    const auto refused = Staff(&Stub::ReportStaff, Principal(other), request);
    EXPECT_EQ(ReasonOf(refused.status()), "PERSON_BANNED");
    EXPECT_EQ(rpc::MetadataOf(refused.status())["field"], "entries[1]");
    const std::string text(refused.status().message());
    EXPECT_THAT(text, ::testing::HasSubstr("Person 2 of this report"));
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("entries")));
  }
  EXPECT_THAT(StaffActions(),
              ElementsAre("staff.reported", "staff.barred", "staff.banned", "staff.refused"));
  v1::StaffRefusal refusal;
  ASSERT_TRUE(refusal.ParseFromString(Journal().back().payload()));
  EXPECT_EQ(refusal.facility(), other);
  EXPECT_EQ(refusal.ban(), ban->name());
}

TEST_F(StaffListTest, WhoIsBannedWhileOnPostIsOnTheWorklistOfEachFacilityUntilThePostEnds) {
  const std::string facility = Register("演练托育园");
  const std::string other = Register("演练托育二园");
  const std::string name = Enter(WholeCarerFrom(facility, 1, from_));
  const std::string elsewhere = Enter(WholeCarerFrom(other, 1, from_));
  EXPECT_THAT(Due(0, Reviewer()), IsEmpty());
  const auto ban = Ban(CarerFrom(facility, 1, from_).id_number());
  ASSERT_OK(ban);
  EXPECT_EQ(*FromProto(GetStaff(name, Principal(facility))->barred_on()), today());
  EXPECT_THAT(Due(0, Reviewer()),
              ::testing::UnorderedElementsAre(name + " BARRED", elsewhere + " BARRED"));
  EXPECT_THAT(Due(0, Principal(other)), ElementsAre(elsewhere + " BARRED"));
  // That the person was on post is not made undone by the facility.
  v1::VoidPostRequest undone;
  undone.set_name(name);
  undone.set_post(1);
  undone.set_reason("登记有误");
  EXPECT_EQ(ReasonOf(Staff(&Stub::VoidPost, Principal(facility), undone).status()),
            "BARRED_BY_OFFICER_ONLY");
  EXPECT_EQ(ReasonOf(End(name, 1, today() - 2, Principal(facility)).status()),
            "BARRED_BY_OFFICER_ONLY");
  ASSERT_OK(End(name, 1, today() - 1, Principal(facility)));
  EXPECT_THAT(Due(0, Reviewer()), ElementsAre(elsewhere + " BARRED"));
  v1::LiftBanRequest lift;
  lift.set_name(ban->name());
  lift.set_reason("身份认定有误");
  ASSERT_OK(Staff(&Stub::LiftBan, Approver(), lift));
  EXPECT_THAT(Due(0, Reviewer()), IsEmpty());
  EXPECT_FALSE(GetStaff(elsewhere, Principal(other))->has_barred_on());
  EXPECT_THAT(StaffActions(), ElementsAre("staff.reported", "staff.reported", "staff.barred",
                                          "staff.barred", "staff.banned", "staff.post_ended",
                                          "staff.unbarred", "staff.unbarred", "staff.ban_lifted"));
}

TEST_F(StaffListTest, ABanOfAnotherNameTakesNobodyOffDuty) {
  const std::string facility = Register("演练托育园");
  v1::StaffEntry entry = CarerFrom(facility, 1, from_);
  entry.set_person_name("演练乙");
  const std::string name = Enter(entry);
  const std::string other = Register("演练托育二园");
  const std::string same = Enter(CarerFrom(other, 1, from_));
  const auto ban = Ban(entry.id_number());
  ASSERT_OK(ban) << "no roster keeps a ban off the list";
  EXPECT_THAT(ban->on_post(), ::testing::UnorderedElementsAre(name, same));
  EXPECT_THAT(ban->unconfirmed(), ElementsAre(name));
  EXPECT_FALSE(GetStaff(name, Principal(facility))->has_barred_on());
  EXPECT_TRUE(GetStaff(same, Principal(other))->has_barred_on());
  EXPECT_THAT(StaffActions(),
              ElementsAre("staff.reported", "staff.reported", "staff.barred", "staff.banned"));
  // Hiring the number anew is refused under any name; who is there is marked once it is found to be the same person.
  const std::string third = Register("演练托育三园");
  entry.set_facility(third);
  EXPECT_EQ(ReasonOf(Report(Principal(third), {entry}).status()), "PERSON_BANNED");
  const auto confirm = [&](const std::string& staff) {
    v1::ConfirmBarredRequest request;
    request.set_name(ban->name());
    request.set_staff(staff);
    return Staff(&Stub::ConfirmBarred, Approver(), request);
  };
  EXPECT_EQ(ReasonOf(confirm(Enter(CarerFrom(facility, 2, from_))).status()), "STAFF_NOT_FOUND");
  const auto confirmed = confirm(name);
  ASSERT_OK(confirmed);
  EXPECT_THAT(confirmed->unconfirmed(), IsEmpty());
  EXPECT_TRUE(GetStaff(name, Principal(facility))->has_barred_on());
  const size_t before = StaffActions().size();
  ASSERT_OK(confirm(name));
  EXPECT_EQ(StaffActions().size(), before) << "the same again changes nothing";
}

TEST_F(StaffListTest, WhatHasEndedOfABannedPersonMayBeToldAndNothingIsLengthened) {
  const std::string facility = Register("演练托育园");
  v1::StaffEntry entry = CarerFrom(facility, 1, from_);
  const std::string name = Enter(entry);
  ASSERT_OK(Ban(entry.id_number()));
  // The roster as it is, sent again, and the end of the post.
  EXPECT_OK(Report(Principal(facility), {entry, CarerFrom(facility, 2, from_)}));
  *entry.mutable_posts(0)->mutable_valid_to() = ToProto(today() + 1);
  EXPECT_OK(Report(Principal(facility), {entry}));
  EXPECT_EQ(ReasonOf(End(name, 1, today() + 30, Principal(facility)).status()), "PERSON_BANNED");
  EXPECT_OK(End(name, 1, today() - 1, Principal(facility)));
  *entry.mutable_posts(0)->mutable_valid_to() = ToProto(today() + 60);
  EXPECT_EQ(ReasonOf(Report(Principal(facility), {entry}).status()), "PERSON_BANNED");
}

TEST_F(StaffListTest, APostToComeIsOnTheWorklistBeforeItsFirstDay) {
  const std::string facility = Register("演练托育园");
  v1::StaffEntry entry = WholeCarerFrom(facility, 1, from_);
  *entry.add_posts() = testing::PostFrom(v1::STAFF_ROLE_PRINCIPAL, CivilDay(2026, 3, 20));
  const std::string name = Enter(entry);
  EXPECT_THAT(Due(7, Reviewer()), IsEmpty());
  EXPECT_THAT(Due(8, Reviewer()),
              ElementsAre(name + " PRINCIPAL_TRAINING:MISSING EDUCATION:MISSING"));
}

TEST_F(StaffListTest, AListOfOneTownHasTheConflictsOfTheTown) {
  const std::string here = InTown("演练托育园", "500111001");
  clock_.Advance(absl::Milliseconds(2));
  const std::string there = InTown("演练托育二园", "500111002");
  const std::string first = Enter(CarerFrom(here, 1, from_));
  const std::string second = Enter(CarerFrom(there, 1, from_));
  v1::ListPostConflictsRequest request;
  request.set_division_prefix("500111002");
  const auto list = Staff(&Stub::ListPostConflicts, Reviewer(), request);
  ASSERT_OK(list);
  ASSERT_EQ(list->conflicts_size(), 1);
  EXPECT_EQ(list->conflicts(0).name(), second);
  EXPECT_EQ(list->conflicts(0).other(), first);
}

TEST_F(StaffListTest, ABanIsLiftedWithItsReason) {
  const std::string facility = Register("演练托育园");
  const auto ban = Ban(CarerFrom(facility, 1, from_).id_number());
  ASSERT_OK(ban);
  v1::LiftBanRequest request;
  request.set_name(ban->name());
  EXPECT_EQ(ReasonOf(Staff(&Stub::LiftBan, Approver(), request).status()), "FORM_INVALID");
  request.set_reason("身份认定有误");
  ASSERT_OK(Staff(&Stub::LiftBan, Approver(), request));
  EXPECT_EQ(ReasonOf(Staff(&Stub::LiftBan, Approver(), request).status()), "WRONG_STATE");
  Enter(CarerFrom(facility, 1, from_));
  clock_.Advance(absl::Milliseconds(2));
  ASSERT_OK(Ban(CarerFrom(facility, 1, from_).id_number()));
  v1::ListBansRequest list;
  list.set_page_size(1);
  const auto newest = Staff(&Stub::ListBans, Approver(), list);
  ASSERT_OK(newest);
  ASSERT_EQ(newest->bans_size(), 1);
  EXPECT_FALSE(newest->bans(0).has_lifted_on());
  EXPECT_EQ(newest->bans(0).on_post_size(), 1);
  list.set_page_token(newest->next_page_token());
  const auto oldest = Staff(&Stub::ListBans, Approver(), list);
  ASSERT_OK(oldest);
  EXPECT_EQ(oldest->bans(0).lift_reason(), "身份认定有误");
  EXPECT_EQ(oldest->next_page_token(), "");
}

}  // namespace
}  // namespace tuoyu::filing
