// The mirror of data quality: gaps of a facility, of facilities, of divisions.
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "common/rpc/access_matrix.h"
#include "services/filing/mirror/mirror_rules.h"
#include "services/filing/roster/staff_fixture.h"

namespace tuoyu::filing {
namespace {

using testing::CarerFrom;
using testing::CertificateOf;
using testing::ChildFrom;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RecordOpenedOn;
using testing::WholeCarerFrom;
using Mirror = v1::MirrorService::Stub;

class MirrorTest : public StaffFixture {
 protected:
  absl::StatusOr<v1::GetMirrorResponse> Look(const std::string& facility, const std::string& token,
                                             int within_days = 30) const {
    v1::GetMirrorRequest request;
    request.set_parent(facility);
    request.set_within_days(within_days);
    return CallOn(*mirror_stub_, &Mirror::GetMirror, token, request);
  }
  std::vector<v1::Gap> Gaps(const std::string& facility, int within_days = 30) const {
    const auto reply = Look(facility, Reviewer(), within_days);
    EXPECT_OK(reply);
    return reply.ok() ? std::vector<v1::Gap>(reply->gaps().begin(), reply->gaps().end())
                      : std::vector<v1::Gap>();
  }
  // What the gaps of one kind are about, as who asks is told.
  std::vector<std::string> Subjects(v1::GapKind kind, const std::string& facility,
                                    const std::string& token) const {
    std::vector<std::string> found;
    const auto reply = Look(facility, token);
    EXPECT_OK(reply);
    if (!reply.ok()) return found;
    for (const v1::Gap& gap : reply->gaps()) {
      if (gap.kind() == kind) found.push_back(gap.subject());
    }
    return found;
  }
  // "KIND NOW measure±n …" of a gap.
  static std::string Line(const v1::Gap& gap) {
    std::string line = absl::StrCat(v1::GapKind_Name(gap.kind()).substr(9), " ",
                                    v1::GapUrgency_Name(gap.urgency()).substr(12));
    for (const v1::MeasureChange& change : gap.changes()) {
      absl::StrAppend(&line, " ", change.measure(), change.amount() > 0 ? "+" : "",
                      change.amount());
    }
    return line;
  }
  std::vector<std::string> Lines(const std::string& facility, int within_days = 30) const {
    std::vector<std::string> lines;
    for (const v1::Gap& gap : Gaps(facility, within_days)) lines.push_back(Line(gap));
    return lines;
  }
  std::string EnterChild(const v1::ChildEntry& entry) const {
    v1::ReportChildrenRequest request;
    *request.add_entries() = entry;
    const auto reply = CallOn(*child_stub_, &v1::ChildService::Stub::ReportChildren,
                              Principal(entry.facility()), request);
    EXPECT_OK(reply);
    return reply.ok() ? reply->names(0) : "";
  }
  // A facility with a carer who lacks nothing and a child whose record lacks nothing.
  std::string Whole(const std::string& name) {
    const std::string facility = Register(name);
    v1::StaffEntry carer = WholeCarerFrom(facility, ++serial_of_person_, today() - 10);
    *carer.add_certificates() = CertificateOf(v1::CERTIFICATE_KIND_CHILD_CARER, today() - 10);
    const std::string label = Read(facility).content().classes(1).label();
    carer.mutable_posts(0)->set_class_label(label);
    const std::string person = Enter(carer);
    EXPECT_OK(Verify(person, 5, v1::VERIFY_STATE_VERIFIED_MANUAL, "查证", Reviewer()));
    v1::ChildEntry child = ChildFrom(facility, ++serial_of_person_, birth_, today() - 5);
    child.mutable_enrolments(0)->set_class_label(label);
    const std::string name_of_child = EnterChild(child);
    v1::RecordHealthRequest health;
    health.set_name(name_of_child);
    *health.mutable_health_record() = RecordOpenedOn(today() - 5);
    health.mutable_health_record()->set_identity_verified(true);
    EXPECT_OK(CallOn(*child_stub_, &v1::ChildService::Stub::RecordHealth,
                     Token(common::v1::ROLE_PHC), health));
    return facility;
  }

  const CivilDay birth_{2024, 7, 15};
  int serial_of_person_ = 0;
};

TEST_F(MirrorTest, AFacilityThatReportedNothingIsToldSo) {
  const std::string facility = Register("演练托育园");
  EXPECT_THAT(Lines(facility), ElementsAre("NO_STAFF NOW", "NO_CHILDREN NOW"));
}

TEST_F(MirrorTest, WhatLacksNothingIsEmpty) { EXPECT_THAT(Gaps(Whole("演练托育园")), IsEmpty()); }

TEST_F(MirrorTest, ACarerWithoutCertificateCountsWhenOneIsVerified) {
  const std::string facility = Whole("演练托育园");
  v1::StaffEntry carer = WholeCarerFrom(facility, ++serial_of_person_, today() - 1);
  const std::string person = Enter(carer);
  const std::string expected =
      "CARER_NOT_CERTIFIED NOW staff.carers_uncertified-1 staff.carers_certified+1";
  EXPECT_THAT(Lines(facility), ElementsAre(expected));
  carer.mutable_certificates()->Clear();
  *carer.add_certificates() = CertificateOf(v1::CERTIFICATE_KIND_INFANT_CARER, today() - 1);
  Enter(carer);
  ASSERT_THAT(Lines(facility), ElementsAre(expected));
  EXPECT_THAT(Gaps(facility)[0].message_zh(), ::testing::HasSubstr("核验"));
  EXPECT_OK(Verify(person, 5, v1::VERIFY_STATE_VERIFIED_MANUAL, "查证", Reviewer()));
  EXPECT_THAT(Lines(facility), IsEmpty());
}

TEST_F(MirrorTest, CertificatesAreToldBeforeTheyLapseAndAfter) {
  const std::string facility = Whole("演练托育园");
  EXPECT_THAT(Lines(facility, 366), Contains("CERTIFICATE SOON").Times(2));
  GoTo(today() + 365);
  const std::vector<std::string> lines = Lines(facility, 0);
  EXPECT_THAT(lines, Contains("CERTIFICATE NOW").Times(2));
  EXPECT_THAT(lines, Contains("ROSTER_UNCHANGED NOW"));
}

TEST_F(MirrorTest, ARecordThatWillLapseSaysWhenAndWhatItChanges) {
  const std::string facility = Whole("演练托育园");
  // The next check of a child born on 2024-07-15 is due at 24 months, and 30 days are tolerated.
  const std::vector<v1::Gap> gaps = Gaps(facility, 130);
  ASSERT_THAT(gaps, Not(IsEmpty()));
  const v1::Gap& gap = gaps.back();
  EXPECT_EQ(Line(gap),
            "HEALTH_RECORD SOON children.full_day_unmanaged+1 children.full_day_managed-1");
  EXPECT_EQ(*FromProto(gap.due_on()), CivilDay(2026, 7, 15));
  EXPECT_EQ(*FromProto(gap.changes_on()), CivilDay(2026, 8, 15));
  GoTo(CivilDay(2026, 8, 15));
  EXPECT_THAT(
      Lines(facility, 0),
      Contains("HEALTH_RECORD NOW children.full_day_unmanaged-1 children.full_day_managed+1"));
}

TEST_F(MirrorTest, ARecognitionThatEndsCostsItsPlacesUnlessAnotherFollows) {
  const std::string facility = Whole("演练托育园");
  EXPECT_OK(Grant(facility, today(), today() + 20));
  const int places = Read(facility).content().approved_capacity();
  const std::string expected =
      absl::StrCat("RECOGNITION SOON inclusive_places-", places, " inclusive_facilities-1");
  EXPECT_THAT(Lines(facility), Contains(expected));
  EXPECT_OK(Grant(facility, today() + 20));
  EXPECT_THAT(Lines(facility), Not(Contains(expected)));
}

// A recognition entered on paper brings no caps.
TEST_F(MirrorTest, AnInclusiveFacilityIsAskedForItsPricesAndCaps) {
  const std::string facility = Whole("演练托育园");
  EXPECT_OK(Grant(facility, today(), today() + 200));
  EXPECT_THAT(Lines(facility), ElementsAre("PRICE NOW", "PRICE NOW"));
  const v1::FilingContent content = Read(facility).content();
  v1::FilePricesRequest prices;
  prices.set_parent(facility);
  *prices.mutable_filing()->mutable_effective_from() = ToProto(today());
  prices.mutable_filing()->set_refund_rule("未满半月退一半");
  for (const int mode : content.service_modes()) {
    v1::PriceItem& item = *prices.mutable_filing()->add_items();
    item.set_kind(v1::PRICE_ITEM_KIND_CARE);
    item.set_service_mode(static_cast<v1::ServiceMode>(mode));
    item.set_unit(v1::PRICE_UNIT_MONTH);
    item.set_fen(180000);
  }
  EXPECT_OK(CallOn(*price_stub_, &v1::PriceService::Stub::FilePrices, Principal(facility), prices));
  const std::vector<v1::Gap> gaps = Gaps(facility);
  ASSERT_EQ(gaps.size(), 1);
  EXPECT_THAT(gaps[0].message_zh(), ::testing::HasSubstr("没有为"));
}

TEST_F(MirrorTest, ABannedPersonOnPostIsToldAndCountsForNothing) {
  const std::string facility = Whole("演练托育园");
  v1::StaffEntry carer = WholeCarerFrom(facility, ++serial_of_person_, today() - 1);
  Enter(carer);
  EXPECT_OK(Ban(carer.id_number()));
  EXPECT_THAT(Lines(facility), ElementsAre("BARRED NOW"));
  EXPECT_THAT(Look(facility, Principal(facility))->gaps(0).staff_name(), carer.person_name());
}

TEST_F(MirrorTest, AChildUnderTwoDocumentsIsToldWhoMaySeeNames) {
  const std::string facility = Whole("演练托育园");
  v1::ChildEntry child = ChildFrom(facility, ++serial_of_person_, birth_ + 1, today() - 1);
  const std::string first = EnterChild(child);
  EnterChild(ChildFrom(facility, ++serial_of_person_, birth_ + 1, today() - 1));
  child.set_document(v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
  child.set_document_number("X500012345");
  child.set_birth_date(FormatDay(birth_ + 1));
  EnterChild(child);
  const auto twice = [&](const std::string& token) {
    return Subjects(v1::GAP_KIND_CHILD_TWICE, facility, token);
  };
  EXPECT_THAT(twice(Principal(facility)), Contains(first));
  EXPECT_THAT(twice(Reviewer()), IsEmpty());
}

TEST_F(MirrorTest, AWithdrawnConsentIsToBeSettled) {
  const std::string facility = Whole("演练托育园");
  v1::ChildEntry child = ChildFrom(facility, ++serial_of_person_, birth_, today() - 5);
  *child.mutable_consent()->mutable_withdrawn_on() = ToProto(today());
  const std::string name = EnterChild(child);
  const auto subjects = [&](const std::string& token) {
    return Subjects(v1::GAP_KIND_CONSENT_WITHDRAWN, facility, token);
  };
  EXPECT_THAT(subjects(Principal(facility)), ElementsAre(name));
  EXPECT_THAT(subjects(Reviewer()), ElementsAre(name));
  EXPECT_THAT(subjects(Token(common::v1::ROLE_TOWN_OFFICER)), IsEmpty()) << "of one child";
  GoTo(today() + 1);
  *child.mutable_consent()->mutable_given_on() = ToProto(today());
  child.mutable_consent()->clear_withdrawn_on();
  EnterChild(child);
  EXPECT_THAT(subjects(Principal(facility)), IsEmpty()) << "given anew";
}

TEST_F(MirrorTest, AMunicipalUnitIsAskedForItsReevaluation) {
  const std::string facility = Whole("演练托育园");
  v1::RecordDemonstrationRequest request;
  request.set_parent(facility);
  request.mutable_demonstration()->set_level(v1::DEMONSTRATION_LEVEL_MUNICIPAL);
  *request.mutable_demonstration()->mutable_granted_on() = ToProto(today());
  request.mutable_demonstration()->set_document_number("演练〔2026〕3号");
  EXPECT_OK(
      CallOn(*quality_stub_, &v1::QualityService::Stub::RecordDemonstration, Approver(), request));
  EXPECT_THAT(Lines(facility),
              ElementsAre("DEMONSTRATION NOW demonstration.not_passed-1 demonstration.passed+1"));
}

TEST_F(MirrorTest, APointOutsideTheDistrictIsAGapLikeAMissingOne) {
  v1::FilingContent elsewhere = Form("演练托育园");
  elsewhere.mutable_location()->set_longitude(106.55);
  elsewhere.mutable_location()->set_latitude(29.56);
  v1::FilingContent half = Form("演练托育二园");
  half.mutable_location()->clear_latitude();
  Register(half);
  const std::string facility = Register(elsewhere);
  EXPECT_THAT(Lines(facility), Contains("LOCATION NOW"));
  v1::FilingContent unstated = Form("演练托育四园");
  unstated.mutable_location()->clear_system();
  EXPECT_THAT(Lines(Register(unstated)), Contains("LOCATION NOW")) << "it may be 460 m off";
  v1::ListFacilityGapsRequest request;
  request.set_kind(v1::GAP_KIND_LOCATION);
  const auto listed = CallOn(*mirror_stub_, &Mirror::ListFacilityGaps, Reviewer(), request);
  ASSERT_OK(listed);
  EXPECT_EQ(listed->facilities_size(), 3);
  Register("演练托育三园");
  const auto divisions =
      CallOn(*mirror_stub_, &Mirror::ListDivisionGaps, Reviewer(), v1::ListDivisionGapsRequest());
  ASSERT_OK(divisions);
  EXPECT_EQ(divisions->divisions(0).facilities(), 4);
  EXPECT_EQ(divisions->divisions(0).without_location(), 3);
}

TEST_F(MirrorTest, OfASuspendedFacilityNothingCounts) {
  const std::string facility = Whole("演练托育园");
  Enter(CarerFrom(facility, ++serial_of_person_, today() - 1));
  EXPECT_OK(Suspend(facility, today(), false, Approver()));
  for (const v1::Gap& gap : Gaps(facility)) EXPECT_THAT(gap.changes(), IsEmpty()) << Line(gap);
}

TEST_F(MirrorTest, ChildrenOfNoClassAreAGap) {
  const std::string facility = Whole("演练托育园");
  EnterChild(ChildFrom(facility, ++serial_of_person_, birth_, today() - 1));
  EXPECT_THAT(Lines(facility), Contains("RATIO NOW").Times(4)) << "no class and no carer, twice";
}

TEST_F(MirrorTest, NamesAreForThoseWhoMaySeeThem) {
  const std::string facility = Whole("演练托育园");
  Enter(CarerFrom(facility, ++serial_of_person_, today() - 1));
  EnterChild(ChildFrom(facility, ++serial_of_person_, birth_, today() - 1));
  const auto names = [&](const std::string& token) {
    const auto reply = Look(facility, token);
    EXPECT_OK(reply);
    std::string staff;
    std::string child;
    for (const v1::Gap& gap : reply->gaps()) {
      if (!gap.staff_name().empty()) staff = gap.staff_name();
      if (!gap.child_name().empty()) child = gap.child_name();
    }
    return staff + "," + child;
  };
  EXPECT_EQ(names(Principal(facility)), "演练人,演练娃");
  EXPECT_EQ(names(Reviewer()), "演练人,");
  EXPECT_EQ(names(Token(common::v1::ROLE_TOWN_OFFICER)), ",");
  EXPECT_EQ(ReasonOf(Look(facility, Principal(Register("演练托育二园"))).status()),
            "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Look(facility, Token(common::v1::ROLE_TOWN_OFFICER, {"500111002"})).status()),
            Read(facility).content().division_code() == "500111002" ? "" : "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(Look(facility, Reviewer(), 367).status()), "FIELD_INVALID");
}

TEST_F(MirrorTest, OfficersPageThroughWhatFacilitiesLack) {
  Whole("演练甲园");
  const std::string second = Register("演练乙园");
  const std::string third = Whole("演练丙园");
  Enter(CarerFrom(third, ++serial_of_person_, today() - 1));
  v1::ListFacilityGapsRequest request;
  request.set_page_size(1);
  std::map<std::string, v1::FacilityGaps> found;
  int pages = 0;
  do {
    const auto page = CallOn(*mirror_stub_, &Mirror::ListFacilityGaps, Reviewer(), request);
    ASSERT_OK(page);
    for (const auto& facility : page->facilities()) found[facility.facility()] = facility;
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  ASSERT_EQ(found.size(), 2);
  EXPECT_EQ(found[second].counts_size(), 2);
  ASSERT_EQ(found[third].changes_size(), 2);
  EXPECT_EQ(found[third].changes(0).measure(), "staff.carers_certified");
  request.Clear();
  request.set_kind(v1::GAP_KIND_NO_STAFF);
  const auto without = CallOn(*mirror_stub_, &Mirror::ListFacilityGaps, Reviewer(), request);
  ASSERT_OK(without);
  ASSERT_EQ(without->facilities_size(), 1);
  EXPECT_EQ(without->facilities(0).facility(), second);
}

TEST_F(MirrorTest, DivisionsAreCountedByStreetAndTownWithinTheScope) {
  const std::string first = Whole("演练甲园");
  v1::FilingContent elsewhere = Form("演练乙园");
  elsewhere.set_division_code("500111100");
  elsewhere.clear_location();
  Register(elsewhere);
  Enter(CarerFrom(first, ++serial_of_person_, today() - 1));
  EnterChild(ChildFrom(first, ++serial_of_person_, birth_, today() - 1));
  EXPECT_OK(Grant(first, today(), today() + 20));
  v1::ListDivisionGapsRequest request;
  request.set_within_days(30);
  const auto all = CallOn(*mirror_stub_, &Mirror::ListDivisionGaps, Reviewer(), request);
  ASSERT_OK(all);
  ASSERT_EQ(all->divisions_size(), 2);
  const v1::DivisionGaps& street = all->divisions(0);
  EXPECT_EQ(street.division_code(), Read(first).content().division_code());
  EXPECT_EQ(street.facilities(), 1);
  EXPECT_EQ(street.without_staff() + street.without_children() + street.without_location(), 0);
  EXPECT_EQ(street.staff_due(), 1);
  EXPECT_EQ(street.children_due(), 1);
  EXPECT_EQ(street.recognitions_ending(), 1);
  const v1::DivisionGaps& town = all->divisions(1);
  EXPECT_EQ(town.division_name(), "龙水镇");
  EXPECT_EQ(town.without_staff(), 1);
  EXPECT_EQ(town.without_children(), 1);
  EXPECT_EQ(town.without_location(), 1);
  const auto own = CallOn(*mirror_stub_, &Mirror::ListDivisionGaps,
                          Token(common::v1::ROLE_TOWN_OFFICER, {"500111100"}), request);
  ASSERT_OK(own);
  ASSERT_EQ(own->divisions_size(), 1);
  EXPECT_EQ(own->divisions(0).division_code(), "500111100");
}

TEST_F(MirrorTest, FewChildrenAreNotToldOutsideTheHealthCommission) {
  const std::string facility = Whole("演练托育园");
  const auto due_for = [&](const std::string& token) {
    const v1::ListDivisionGapsRequest request;
    const auto reply = CallOn(*mirror_stub_, &Mirror::ListDivisionGaps, token, request);
    EXPECT_OK(reply);
    return reply->divisions(0).children_due();
  };
  const std::string town = Token(common::v1::ROLE_TOWN_OFFICER);
  v1::ListDivisionGapsRequest any_day;
  any_day.set_within_days(17);
  EXPECT_EQ(ReasonOf(CallOn(*mirror_stub_, &Mirror::ListDivisionGaps, town, any_day).status()),
            "WITHIN_DAYS_STEPS")
      << "day by day the numbers would tell when a single child is due";
  EXPECT_OK(CallOn(*mirror_stub_, &Mirror::ListDivisionGaps, Reviewer(), any_day));
  EXPECT_EQ(due_for(town), 0);
  for (int i = 1; i <= 4; ++i) {
    EnterChild(ChildFrom(facility, 0, birth_ + i, today() - 1));
  }
  struct Seen {
    int children = 0;  // gaps of single children
    int ratios = 0;
    bool numbers = false;  // in the texts
    bool measures = false;
  };
  const auto seen_by = [&](const std::string& token) {
    const auto reply = Look(facility, token, 366);
    EXPECT_OK(reply);
    Seen seen;
    for (const v1::Gap& gap : reply->gaps()) {
      seen.children += absl::StrContains(gap.subject(), "/children/") ? 1 : 0;
      if (gap.kind() != v1::GAP_KIND_RATIO) continue;
      ++seen.ratios;
      seen.numbers = seen.numbers || absl::StrContains(gap.message_zh(), "名");
    }
    for (const auto& change : reply->changes()) {
      seen.measures = seen.measures || absl::StartsWith(change.measure(), "children.");
    }
    return seen;
  };
  for (const std::string& token : {Reviewer(), Principal(facility)}) {
    const Seen all = seen_by(token);
    EXPECT_EQ(all.children, 5);
    EXPECT_TRUE(all.numbers && all.measures);
  }
  const Seen few = seen_by(town);
  EXPECT_EQ(few.children, 0);
  EXPECT_EQ(few.ratios, 4);
  EXPECT_FALSE(few.numbers || few.measures);
  v1::ListFacilityGapsRequest list;
  list.set_kind(v1::GAP_KIND_HEALTH_RECORD);
  const auto listed_for = [&](const std::string& token) {
    const auto reply = CallOn(*mirror_stub_, &Mirror::ListFacilityGaps, token, list);
    EXPECT_OK(reply);
    return reply->facilities_size();
  };
  EXPECT_EQ(listed_for(Reviewer()), 1);
  EXPECT_EQ(listed_for(town), 0);
  EXPECT_EQ(due_for(Reviewer()), 4);
  EXPECT_EQ(due_for(town), -1) << "withheld";
  for (int i = 5; i <= 7; ++i) EnterChild(ChildFrom(facility, 0, birth_ + i, today() - 1));
  EXPECT_EQ(due_for(Reviewer()), 7);
  EXPECT_EQ(due_for(town), 5) << "rounded";
}

}  // namespace
}  // namespace tuoyu::filing
