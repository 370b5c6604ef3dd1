#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/inspection/inspection_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class BackEntryTest : public InspectionFixture {
 protected:
  std::string Archivist() const {
    return TokenOf(common::v1::ROLE_DHC_ARCHIVIST, "accounts/archivist", {"500111"});
  }
  static v1::VisitBackEntry Entry(const std::string& facility, const std::string& id) {
    v1::VisitBackEntry entry;
    entry.set_facility(facility);
    *entry.mutable_visited_on() = ToProto(CivilDay(2024, 5, 6));
    entry.set_kind(v1::PLAN_KIND_SPECIAL);
    v1::VisitUnit& unit = *entry.add_units();
    unit.set_unit("FIRE");
    unit.add_domains(v1::CHECK_DOMAIN_FIRE);
    v1::ItemResult& item = *entry.add_items();
    item.set_item("F02");
    item.set_verdict(v1::ITEM_VERDICT_FAIL);
    entry.set_outcome(v1::VISIT_OUTCOME_CORRECTION_ORDERED);
    entry.set_outcome_text("疏散通道堆物");
    *entry.mutable_concluded_on() = ToProto(CivilDay(2024, 5, 7));
    v1::Finding& finding = *entry.add_findings();
    finding.set_item("F02");
    finding.set_unit("FIRE");
    finding.set_requirement("清理通道");
    *finding.mutable_due_date() = ToProto(CivilDay(2024, 5, 20));
    *finding.mutable_corrected_on() = ToProto(CivilDay(2024, 5, 18));
    *entry.mutable_published_on() = ToProto(CivilDay(2024, 5, 20));
    entry.set_evidence("消防档案2024年第3卷");
    entry.mutable_source()->set_source_system("paper");
    entry.mutable_source()->set_source_id(id);
    return entry;
  }
  absl::StatusOr<v1::BackEnterVisitsResponse> Enter(
      const std::vector<v1::VisitBackEntry>& entries) const {
    v1::BackEnterVisitsRequest request;
    for (const auto& entry : entries) *request.add_entries() = entry;
    return Call(&Stub::BackEnterVisits, Archivist(), request);
  }
};

TEST_F(BackEntryTest, ThePageThatIsKeptOfAFacilityShowsWhatTheVisitsThemselvesDo) {
  const std::string facility = Register("向日葵", "500111001", CivilDay(2023, 1, 1));
  const auto list = [&](int size, bool by_search, const std::string& token) {
    v1::ListVisitsRequest request;
    request.set_facility(facility);
    request.set_page_size(size);
    request.set_page_token(token);
    // Whatever is asked for beside the facility is answered from the visits.
    if (by_search) *request.mutable_until() = ToProto(CivilDay(2099, 1, 1));
    const auto reply = Call(&Stub::ListVisits, Officer("DHC"), request);
    EXPECT_OK(reply);
    return reply.value_or(v1::ListVisitsResponse());
  };
  const auto same = [&](int size) {
    const v1::ListVisitsResponse kept = list(size, false, "");
    const v1::ListVisitsResponse found = list(size, true, "");
    EXPECT_EQ(kept.visits_size(), found.visits_size());
    for (int i = 0; i < std::min(kept.visits_size(), found.visits_size()); ++i) {
      EXPECT_THAT(kept.visits(i), tuoyu::testing::EqualsProto(found.visits(i)));
    }
    return kept;
  };
  const auto settled = [&] {
    return database_.Value("SELECT CONCAT(settled, visits, more) FROM visit_page");
  };
  EXPECT_EQ(same(20).visits_size(), 0);
  std::vector<v1::VisitBackEntry> entries;
  for (int i = 0; i < 19; ++i) {
    entries.push_back(Entry(facility, absl::StrCat(i)));
    *entries.back().mutable_visited_on() = ToProto(CivilDay(2024, 1, 2) + i);
  }
  ASSERT_OK(Enter(entries));
  EXPECT_EQ(settled(), "1190");
  EXPECT_EQ(same(20).visits_size(), 19);
  EXPECT_EQ(same(0).visits_size(), 19) << "50, when no size is asked for";
  EXPECT_EQ(same(7).visits_size(), 7);
  ASSERT_OK(Enter({Entry(facility, "20"), Entry(facility, "21"), Entry(facility, "22")}));
  EXPECT_EQ(settled(), "1201");
  const v1::ListVisitsResponse first = same(20);
  EXPECT_EQ(first.visits_size(), 20);
  EXPECT_EQ(list(20, false, first.next_page_token()).visits_size(), 2) << "goes on where it ends";

  // A visit that is not over shows what depends on the day.
  RecordInspectors({"DHC"});
  const v1::Visit visit = WithFindings(facility, {"B01"});
  EXPECT_EQ(settled(), "0201");
  EXPECT_EQ(same(20).visits(0).name(), visit.name());
  GoTo(today() + 40);
  EXPECT_TRUE(same(20).visits(0).findings(0).overdue());
  // Who continues the facility has its history, too.
  const std::string successor = Register("向日葵（新址）", "500111002");
  registry_.Link(successor, facility);
  CatchUp();
  v1::ListVisitsRequest request;
  request.set_facility(successor);
  EXPECT_EQ(Call(&Stub::ListVisits, Officer("DHC"), request)->visits_size(), 23);
}

TEST_F(BackEntryTest, AVisitFromPapersThatWasNotPublishedIsPublishedNow) {
  const std::string facility = Register("向日葵", "500111001", CivilDay(2023, 1, 1));
  v1::VisitBackEntry entry = Entry(facility, "1");
  entry.clear_published_on();
  const auto entered = Enter({entry});
  ASSERT_OK(entered);
  v1::PublishVisitRequest publish;
  publish.set_name(entered->names(0));
  const auto published = Call(&Stub::PublishVisit, Officer("FIRE"), publish);
  ASSERT_OK(published);
  EXPECT_EQ(*FromProto(published->published_on()), today());
  EXPECT_OK(Get(entered->names(0), ""));
}

TEST_F(BackEntryTest, VisitsFromPapersStandInTheHistoryAndCountOnce) {
  const std::string facility = Register("向日葵", "500111001", CivilDay(2023, 1, 1));
  const auto entered = Enter({Entry(facility, "1"), Entry(facility, "2")});
  ASSERT_OK(entered);
  EXPECT_EQ(entered->entered(), 2);
  const auto again = Enter({Entry(facility, "2"), Entry(facility, "3")});
  ASSERT_OK(again);
  EXPECT_EQ(again->entered(), 1);
  EXPECT_EQ(again->names(0), entered->names(1));
  const auto visit = Get(entered->names(0), "");
  ASSERT_OK(visit);
  EXPECT_EQ(visit->state(), v1::VISIT_STATE_CLOSED);
  EXPECT_EQ(visit->findings(0).state(), v1::FINDING_STATE_CORRECTED);
  EXPECT_TRUE(visit->evidence().empty());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM visit WHERE counted_year = 2024"), "3");
  EXPECT_THAT(Actions(),
              ElementsAre("visit.back_entered", "visit.back_entered", "visit.back_entered"));
}

TEST_F(BackEntryTest, AnIdOfTheSourceKeepsItsContentAndNothingIsHalfEntered) {
  const std::string facility = Register("向日葵");
  ASSERT_OK(Enter({Entry(facility, "1")}));
  v1::VisitBackEntry other = Entry(facility, "1");
  other.set_outcome_text("另一说法");
  EXPECT_EQ(ReasonOf(Enter({Entry(facility, "9"), other}).status()), "SOURCE_ID_EXISTS");
  EXPECT_EQ(ReasonOf(Enter({Entry(facility, "9"),
                            Entry("facilities/01900000-0000-7000-8000-000000000099", "8")})
                         .status()),
            "FACILITY_NOT_FOUND");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM visit"), "1");
}

TEST_F(BackEntryTest, EverythingWrongIsNamedWithItsEntry) {
  v1::VisitBackEntry entry = Entry("facilities/1", "1");
  *entry.mutable_visited_on() = ToProto(today() + 1);
  entry.set_exemption(v1::CAP_EXEMPTION_MEDIA);
  entry.mutable_items(0)->set_verdict(v1::ITEM_VERDICT_PASS);
  entry.mutable_findings(0)->set_unit("SAMR");
  entry.add_items()->set_item("Z99");
  const auto refused = Enter({Entry(Register("向日葵"), "2"), entry});
  std::vector<std::string> faults;
  for (const auto& each : rpc::ViolationsOf(refused.status())) {
    faults.push_back(absl::StrCat(each.field(), " ", each.reason()));
  }
  EXPECT_THAT(faults, UnorderedElementsAre("entries[1].facility NAME_INVALID",
                                           "entries[1].visited_on DATE_INVALID",
                                           "entries[1].exemption FIELD_NOT_OF_KIND",
                                           "entries[1].items[1].item ITEM_UNKNOWN",
                                           "entries[1].items[1].verdict FIELD_MISSING",
                                           "entries[1].findings[0].item FINDING_UNFOUNDED",
                                           "entries[1].findings[0].unit FINDING_UNIT"));
}

TEST_F(BackEntryTest, AnOpenFindingOfOldIsRecheckedNow) {
  const std::string facility = Register("向日葵");
  RecordInspectors({"FIRE"});
  v1::VisitBackEntry entry = Entry(facility, "1");
  entry.mutable_findings(0)->clear_corrected_on();
  const auto entered = Enter({entry});
  ASSERT_OK(entered);
  const v1::RecheckFindingRequest recheck =
      RecheckOf(entered->names(0) + "/findings/F02", true, "FIRE");
  EXPECT_EQ(Call(&Stub::RecheckFinding, Officer("FIRE"), recheck)->state(), v1::VISIT_STATE_CLOSED);
}

}  // namespace
}  // namespace tuoyu::inspection
