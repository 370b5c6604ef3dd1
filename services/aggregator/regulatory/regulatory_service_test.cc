#include "services/aggregator/regulatory/regulatory_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/rpc/access_matrix.h"
#include "common/rpc/journal_service.h"
#include "common/testing/in_process_server.h"
#include "common/testing/made_up_journal.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/schema.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

namespace tuoyu::aggregator {
namespace {

namespace cpb = complaint::v1;
namespace ipb = inspection::v1;
namespace pb = indicator::v1;
using absl::CivilDay;
using rpc::ReasonOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = pb::RegulatoryService::Stub;

constexpr char kStreet[] = "500111001";
constexpr char kTown[] = "500111100";

// The regulatory measures on a database of their own behind a server in the process, following a made-up inspection service and a made-up
// complaint service, on 2026-05-06.
class RegulatoryServiceTest : public ::tuoyu::testing::ServerFixture<pb::RegulatoryService> {
 protected:
  RegulatoryServiceTest()
      : ServerFixture(kStatisticsJournal, StartOf(CivilDay(2026, 5, 6)) + absl::Hours(10),
                      {kComponent, Files()}, {rpc::DescriptorOf<common::v1::JournalService>()}),
        divisions_(*data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv")),
        inspections_(InspectionFacts(), kStatisticsJournal, database_.pool(),
                     Unless(inspection_down_, visits_.Fetch()), clock_, metrics_, log_),
        complaints_(ComplaintFacts(), kStatisticsJournal, database_.pool(),
                    Unless(complaint_down_, cases_.Fetch()), clock_, metrics_, log_),
        deps_{database_.pool(), sealer_, kStatisticsJournal},
        service_({door_, deps_, divisions_, inspections_, complaints_}),
        journal_service_(door_, database_.pool(), kStatisticsJournal) {
    database_.Migrate({rpc::follower::kComponent, rpc::follower::Files()});
    Serve({&service_, &journal_service_});
  }

  static rpc::JournalReader::Fetch Unless(const std::atomic<bool>& down,
                                          rpc::JournalReader::Fetch fetch) {
    return [&down, fetch = std::move(fetch)](const common::v1::ListJournalEntriesRequest& request)
               -> absl::StatusOr<common::v1::ListJournalEntriesResponse> {
      if (down) return absl::UnavailableError("down");
      return fetch(request);
    };
  }
  static std::string Id(char kind, int number) {
    return absl::StrFormat("01900000-0000-7000-8000-0000%c%07d", kind, number);
  }
  std::string Statistician() const {
    return TokenOf(common::v1::ROLE_DHC_STATISTICIAN, "accounts/made-up", {"500111"});
  }
  void CatchUp() {
    ASSERT_OK(inspections_.CatchUp());
    ASSERT_OK(complaints_.CatchUp());
  }

  // A case with a clock of the reply.
  static cpb::Case CaseOf(int number, CivilDay due, std::optional<CivilDay> done,
                          const std::string& division = kStreet) {
    cpb::Case of_case;
    of_case.set_name(absl::StrCat("cases/", Id('c', number)));
    of_case.set_facility(absl::StrCat("facilities/", Id('f', 1)));
    of_case.set_division_code(division);
    of_case.set_state(done ? cpb::CASE_STATE_REPLIED : cpb::CASE_STATE_RESOLVED);
    of_case.set_text("演练甲家长说了什么");
    of_case.set_etag("3");
    cpb::CaseClock& clock = *of_case.add_clocks();
    clock.set_step(cpb::CLOCK_STEP_TELL);
    *clock.mutable_deadline()->mutable_due_date() = ToProto(due);
    if (done) *clock.mutable_done_time() = ToProto(StartOf(*done) + absl::Hours(9));
    return of_case;
  }
  void Tell(const cpb::Case& of_case) { cases_.Append("case.entered", of_case.name(), of_case); }

  // A visit with a finding.
  static ipb::Visit VisitOf(int number, CivilDay found, CivilDay due,
                            std::optional<CivilDay> corrected, int facility = 1,
                            const std::string& division = kStreet) {
    ipb::Visit visit;
    visit.set_name(absl::StrCat("visits/", Id('a', number)));
    visit.set_facility(absl::StrCat("facilities/", Id('f', facility)));
    visit.set_division_code(division);
    visit.set_etag("5");
    ipb::Finding& finding = *visit.add_findings();
    finding.set_item("B01");
    finding.set_state(corrected ? ipb::FINDING_STATE_CORRECTED : ipb::FINDING_STATE_OPEN);
    *finding.mutable_found_on() = ToProto(found);
    *finding.mutable_due_date() = ToProto(due);
    if (corrected) *finding.mutable_corrected_on() = ToProto(*corrected);
    return visit;
  }
  void Tell(const ipb::Visit& visit) { visits_.Append("visit.entered", visit.name(), visit); }

  absl::StatusOr<pb::ListRegulatoryMeasuresResponse> List(const std::string& token, int year,
                                                          int quarter,
                                                          const std::string& division = "") const {
    pb::ListRegulatoryMeasuresRequest request;
    request.set_division_code(division);
    request.mutable_last()->set_year(year);
    request.mutable_last()->set_quarter(quarter);
    return Call(&Stub::ListRegulatoryMeasures, token, request);
  }
  // "2/3": numerator and denominator of a kind; "*" when withheld, the reason when not computable.
  static std::string ShareOf(const absl::StatusOr<pb::ListRegulatoryMeasuresResponse>& listed,
                             pb::RegulatoryMeasureKind kind,
                             const std::string& division = "500111") {
    if (!listed.ok()) return ReasonOf(listed.status());
    for (const pb::RegulatoryMeasure& each : listed->measures()) {
      if (each.kind() != kind || each.division_code() != division) continue;
      if (each.withheld()) return "*";
      if (!each.not_computable_reason().empty()) return each.not_computable_reason();
      return absl::StrCat(each.numerator(), "/", each.denominator());
    }
    return "none";
  }
  // All shares of the first quarter of 2026, in order of their kinds, of the district.
  std::string Shares() const {
    const auto listed = List(Statistician(), 2026, 1);
    std::string text;
    for (const auto kind : AllKinds()) absl::StrAppend(&text, ShareOf(listed, kind), " ");
    return text;
  }
  absl::StatusOr<pb::ListRegulatoryMembersResponse> Members(
      pb::RegulatoryMeasureKind kind, int page_size = 0, const std::string& page_token = "",
      const std::string& division = "") const {
    pb::ListRegulatoryMembersRequest request;
    request.set_kind(kind);
    request.set_division_code(division);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Call(&Stub::ListRegulatoryMembers, Statistician(), request);
  }

  std::atomic<bool> inspection_down_{false};
  std::atomic<bool> complaint_down_{false};
  ::tuoyu::testing::MadeUpJournal visits_{"inspection"};
  ::tuoyu::testing::MadeUpJournal cases_{"complaint"};
  const data::Divisions divisions_;
  RegulatorySource inspections_;
  RegulatorySource complaints_;
  const rpc::WriteDeps deps_;
  RegulatoryService service_;
  rpc::JournalService journal_service_;
};

TEST_F(RegulatoryServiceTest, OnlyTheRolesOfTheTableGetIn) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<pb::RegulatoryService>()}),
              IsEmpty());
}

TEST_F(RegulatoryServiceTest, CasesAndFindingsAreCountedByQuarterAndDivision) {
  Tell(CaseOf(1, CivilDay(2026, 1, 1), CivilDay(2026, 1, 1)));
  Tell(CaseOf(2, CivilDay(2026, 3, 31), CivilDay(2026, 4, 1)));
  Tell(CaseOf(3, CivilDay(2026, 2, 2), std::nullopt, kTown));
  Tell(CaseOf(4, CivilDay(2026, 4, 20), CivilDay(2026, 4, 10)));
  // Due today and not done: not counted yet; nor is what is due later. What was done before it was due is.
  Tell(CaseOf(5, CivilDay(2026, 5, 6), std::nullopt));
  Tell(CaseOf(6, CivilDay(2026, 5, 7), std::nullopt));
  Tell(CaseOf(7, CivilDay(2026, 5, 20), CivilDay(2026, 5, 6)));
  Tell(VisitOf(1, CivilDay(2025, 12, 20), CivilDay(2026, 1, 5), CivilDay(2026, 1, 5)));
  Tell(VisitOf(2, CivilDay(2026, 3, 10), CivilDay(2026, 3, 20), std::nullopt, 2, kTown));
  Tell(VisitOf(3, CivilDay(2026, 3, 30), CivilDay(2026, 4, 9), std::nullopt));
  CatchUp();
  const auto first = List(Statistician(), 2026, 1);
  ASSERT_OK(first);
  EXPECT_EQ(Shares(), "0/0 0/0 1/3 1/2 0/2 1/2 ");
  EXPECT_EQ(first->measures(0).division_name(), "大足区");
  EXPECT_EQ(first->measures(2).value(), "33.3");
  EXPECT_EQ(first->measures(0).until().day(), 31);
  // The running quarter counts up to today.
  const auto second = List(Statistician(), 2026, 2);
  EXPECT_EQ(ShareOf(second, pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME), "2/2");
  EXPECT_EQ(ShareOf(second, pb::REGULATORY_MEASURE_KIND_CORRECTED_IN_TIME), "0/1");
  EXPECT_EQ(ShareOf(second, pb::REGULATORY_MEASURE_KIND_OVERDUE), "2/2");
  EXPECT_EQ(second->measures(0).until().day(), 6);

  pb::ListRegulatoryMeasuresRequest request;
  request.mutable_first()->set_year(2025);
  request.mutable_first()->set_quarter(4);
  request.set_with_divisions(true);
  const auto all = Call(&Stub::ListRegulatoryMeasures, Statistician(), request);
  ASSERT_OK(all);
  EXPECT_THAT(all->measures(), SizeIs(2 * (1 + 27) * 6));
  EXPECT_EQ(all->measures(0).quarter().quarter(), 4);
  pb::ListRegulatoryMeasuresResponse later;
  for (const auto& each : all->measures()) {
    if (each.quarter().year() == 2026) *later.add_measures() = each;
  }
  EXPECT_EQ(ShareOf(later, pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME, kStreet), "1/2");
  EXPECT_EQ(ShareOf(later, pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME, kTown), "0/1");
  EXPECT_EQ(ShareOf(later, pb::REGULATORY_MEASURE_KIND_OVERDUE, kTown), "1/1");
}

TEST_F(RegulatoryServiceTest, WhatIsToldAgainOrWasOvertakenChangesNothing) {
  Tell(CaseOf(1, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2)));
  Tell(VisitOf(1, CivilDay(2026, 1, 5), CivilDay(2026, 1, 15), CivilDay(2026, 1, 14)));
  CatchUp();
  EXPECT_EQ(Shares(), "0/0 0/0 1/1 1/1 0/1 0/0 ");
  cpb::Case earlier = CaseOf(1, CivilDay(2026, 2, 2), std::nullopt);
  earlier.set_etag("2");
  ipb::Visit before = VisitOf(1, CivilDay(2026, 1, 5), CivilDay(2026, 1, 15), std::nullopt);
  before.set_etag("4");
  Tell(earlier);
  Tell(CaseOf(1, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2)));
  Tell(before);
  Tell(VisitOf(1, CivilDay(2026, 1, 5), CivilDay(2026, 1, 15), CivilDay(2026, 1, 14)));
  CatchUp();
  EXPECT_EQ(Shares(), "0/0 0/0 1/1 1/1 0/1 0/0 ");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM regulatory_clock"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM regulatory_overdue"), "0");
  // A later revision holds: the case became part of another one, the finding was withdrawn.
  earlier.set_etag("7");
  earlier.set_state(cpb::CASE_STATE_MERGED);
  for (cpb::CaseClock& clock : *earlier.mutable_clocks()) clock.set_stopped(true);
  before.set_etag("7");
  before.mutable_findings(0)->set_state(ipb::FINDING_STATE_WITHDRAWN);
  Tell(earlier);
  Tell(before);
  CatchUp();
  EXPECT_EQ(Shares(), "0/0 0/0 0/0 0/0 0/0 0/0 ");
}

TEST_F(RegulatoryServiceTest, AJournalRestoredFromElsewhereIsReadAnew) {
  Tell(CaseOf(1, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2)));
  Tell(CaseOf(2, CivilDay(2026, 2, 2), std::nullopt));
  Tell(VisitOf(1, CivilDay(2026, 1, 5), CivilDay(2026, 1, 15), std::nullopt));
  CatchUp();
  EXPECT_EQ(Shares(), "0/0 0/0 1/2 0/1 0/1 1/1 ");
  cases_.Clear();
  cpb::Case other = CaseOf(1, CivilDay(2026, 2, 2), std::nullopt);
  other.set_etag("1");
  Tell(other);
  CatchUp();
  EXPECT_EQ(Shares(), "0/0 0/0 0/1 0/1 0/1 1/1 ");
  // And one that holds nothing yet.
  visits_.Clear();
  CatchUp();
  EXPECT_EQ(Shares(), "0/0 0/0 0/1 0/0 0/0 0/0 ");
}

TEST_F(RegulatoryServiceTest, ARebuildComesToTheSameAndTellsNothingHalfRead) {
  for (int i = 0; i < 250; ++i) {
    Tell(CaseOf(i, CivilDay(2026, 2, 1 + i % 28), CivilDay(2026, 2, 14)));
    Tell(VisitOf(i, CivilDay(2026, 1, 1 + i % 28), CivilDay(2026, 2, 1 + i % 28),
                 CivilDay(2026, 2, 14), i % 9));
  }
  CatchUp();
  const std::string served = Shares();
  ASSERT_OK(Call(&Stub::RebuildRegulatoryMeasures,
                 TokenOf(common::v1::ROLE_SYSADMIN, "accounts/a", {}),
                 pb::RebuildRegulatoryMeasuresRequest()));
  EXPECT_EQ(Shares(),
            "SOURCE_NOT_READ SOURCE_NOT_READ SOURCE_NOT_READ SOURCE_NOT_READ SOURCE_NOT_READ "
            "SOURCE_NOT_READ ");
  EXPECT_EQ(ReasonOf(Members(pb::REGULATORY_MEASURE_KIND_OVERDUE).status()),
            "AGGREGATE_REBUILDING");
  ASSERT_OK(complaints_.CatchUp());
  EXPECT_EQ(ReasonOf(Members(pb::REGULATORY_MEASURE_KIND_OVERDUE).status()),
            "AGGREGATE_REBUILDING");
  CatchUp();
  EXPECT_EQ(Shares(), served);
}

TEST_F(RegulatoryServiceTest, EachServiceMayBeDownAndTheAnswerSaysHowFarItWasRead) {
  complaint_down_ = true;
  Tell(VisitOf(1, CivilDay(2026, 1, 5), CivilDay(2026, 1, 15), std::nullopt));
  ASSERT_OK(inspections_.CatchUp());
  EXPECT_FALSE(complaints_.CatchUp().ok());
  EXPECT_EQ(Shares(), "SOURCE_NOT_READ SOURCE_NOT_READ SOURCE_NOT_READ 0/1 0/1 1/1 ");
  complaint_down_ = false;
  Tell(CaseOf(1, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2)));
  CatchUp();
  complaint_down_ = inspection_down_ = true;
  Tell(CaseOf(2, CivilDay(2026, 2, 2), std::nullopt));
  EXPECT_FALSE(complaints_.CatchUp().ok());
  const absl::Time read = clock_.Now();
  clock_.Advance(absl::Minutes(5));
  EXPECT_EQ(Shares(), "0/0 0/0 1/1 0/1 0/1 1/1 ");
  const auto listed =
      List(TokenOf(common::v1::ROLE_AUDITOR, "accounts/auditor", {"500111"}), 2026, 1);
  ASSERT_OK(listed);
  ASSERT_THAT(listed->positions(), SizeIs(2));
  EXPECT_EQ(listed->positions(0).source(), "inspection");
  EXPECT_EQ(listed->positions(0).sequence(), 1);
  EXPECT_EQ(listed->positions(1).source(), "complaint");
  EXPECT_EQ(listed->positions(1).sequence(), 1);
  EXPECT_TRUE(listed->positions(1).stale());
  EXPECT_EQ(*FromProto(listed->positions(1).up_to_date_time()), read);
  complaint_down_ = false;
  ASSERT_OK(complaints_.CatchUp());
  EXPECT_EQ(Shares(), "0/0 0/0 1/2 0/1 0/1 1/1 ");
}

TEST_F(RegulatoryServiceTest, ThePublicGetsWholeQuartersOfTheDistrictWithoutSmallNumbers) {
  for (int i = 0; i < 9; ++i) {
    Tell(CaseOf(i, CivilDay(2026, 2, 2), CivilDay(2026, 2, i < 4 ? 2 : 3)));
  }
  CatchUp();
  EXPECT_EQ(ShareOf(List("", 2026, 1), pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME), "*");
  Tell(CaseOf(9, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2)));
  CatchUp();
  const auto listed = List("", 2026, 1);
  EXPECT_EQ(ShareOf(listed, pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME), "5/10");
  // Where the journal stands moves with each case, and is told to who may read it.
  EXPECT_EQ(listed->positions(1).sequence(), 0);
  EXPECT_FALSE(listed->positions(1).has_record_time());
  EXPECT_TRUE(listed->positions(1).has_up_to_date_time());
  EXPECT_EQ(ReasonOf(List("", 2026, 2).status()), "QUARTER_NOT_OVER");
  EXPECT_EQ(ReasonOf(List("", 2026, 1, kStreet).status()), "OUT_OF_SCOPE");
  // Officers outside the health commission, and of another division, are the public here.
  const std::string town = TokenOf(common::v1::ROLE_TOWN_OFFICER, "accounts/t", {kStreet});
  EXPECT_EQ(ReasonOf(List(town, 2026, 1, kStreet).status()), "OUT_OF_SCOPE");
  const std::string elsewhere =
      TokenOf(common::v1::ROLE_DHC_STATISTICIAN, "accounts/e", {"500112"});
  EXPECT_EQ(ReasonOf(List(elsewhere, 2026, 2).status()), "QUARTER_NOT_OVER");
}

TEST_F(RegulatoryServiceTest, AConfidentialCaseIsNeitherKeptNorListedNorToldFromTheOthers) {
  Tell(CaseOf(100, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2)));
  const auto confidential = [](int number) {
    cpb::Case of_case = CaseOf(number, CivilDay(2026, 2, 2), CivilDay(2026, 2, 2));
    of_case.set_confidential(true);
    return of_case;
  };
  for (int i = 0; i < 4; ++i) Tell(confidential(i));
  CatchUp();
  const auto kind = pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME;
  EXPECT_EQ(ShareOf(List(Statistician(), 2026, 1), kind), "1/1");
  Tell(confidential(4));
  CatchUp();
  EXPECT_EQ(ShareOf(List(Statistician(), 2026, 1), kind), "6/6");
  EXPECT_EQ(ShareOf(List("", 2026, 1), kind), "6/6");
  EXPECT_EQ(ShareOf(List(Statistician(), 2026, 1, kStreet), kind, kStreet), "1/1");
  const auto members = Members(kind);
  ASSERT_OK(members);
  ASSERT_THAT(members->members(), SizeIs(1));
  EXPECT_EQ(members->members(0).member(), absl::StrCat("cases/", Id('c', 100)));
  EXPECT_EQ(members->measure().denominator(), 6);
  EXPECT_EQ(members->not_listed(), 5);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM regulatory_clock WHERE confidential = 1 AND "
                            "(case_id <> '' OR facility_id <> '' OR division_code <> '')"),
            "0");
  // One that becomes confidential later is forgotten as what it was.
  cpb::Case later = confidential(100);
  later.set_etag("8");
  Tell(later);
  CatchUp();
  EXPECT_THAT(Members(kind)->members(), IsEmpty());
}

TEST_F(RegulatoryServiceTest, TheRecordsCountedAddUpPageByPage) {
  for (int i = 0; i < 7; ++i) {
    Tell(CaseOf(i, CivilDay(2026, 2, 2 + i / 3), CivilDay(2026, 2, 3), i < 5 ? kStreet : kTown));
    Tell(VisitOf(i, CivilDay(2026, 1, 5), CivilDay(2026, 1, 15 + i / 4),
                 i < 3 ? std::optional<CivilDay>(CivilDay(2026, 1, 12)) : std::nullopt, i));
  }
  CatchUp();
  for (const auto kind : AllKinds()) {
    std::vector<std::string> seen;
    int64_t in_numerator = 0;
    pb::ListRegulatoryMembersResponse page;
    do {
      const auto next = Members(kind, 3, page.next_page_token());
      ASSERT_OK(next);
      page = *next;
      EXPECT_LE(page.members_size(), 3);
      for (const pb::RegulatoryMember& each : page.members()) {
        seen.push_back(each.member());
        in_numerator += each.in_numerator();
      }
    } while (!page.next_page_token().empty());
    EXPECT_EQ(static_cast<int64_t>(std::set<std::string>(seen.begin(), seen.end()).size()),
              page.measure().denominator())
        << pb::RegulatoryMeasureKind_Name(kind);
    EXPECT_EQ(in_numerator, page.measure().numerator());
  }
  EXPECT_THAT(Members(pb::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME, 0, "", kTown)->members(),
              SizeIs(2));
  const auto overdue = Members(pb::REGULATORY_MEASURE_KIND_OVERDUE);
  EXPECT_THAT(overdue->members(), SizeIs(4));
  EXPECT_EQ(overdue->members(0).facility(), absl::StrCat("facilities/", Id('f', 3)));
  EXPECT_EQ(overdue->members(0).member(), absl::StrCat("visits/", Id('a', 3), "/findings/B01"));
  EXPECT_EQ(ReasonOf(Members(pb::REGULATORY_MEASURE_KIND_OVERDUE, 3, "x").status()),
            "PAGE_TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Members(pb::REGULATORY_MEASURE_KIND_UNSPECIFIED).status()), "FIELD_INVALID");
}

TEST_F(RegulatoryServiceTest, AFindingIsRepeatedAsTheInspectionServiceSaysOrThePapersShow) {
  const auto from_papers = [](int number, CivilDay found, int facility) {
    ipb::Visit visit = VisitOf(number, found, found + 10, found + 5, facility);
    visit.mutable_source()->set_source_system("papers");
    return visit;
  };
  ipb::Visit judged = VisitOf(1, CivilDay(2026, 1, 20), CivilDay(2026, 1, 30), std::nullopt, 1);
  judged.mutable_findings(0)->set_repeated(true);
  Tell(judged);
  // The earlier one may come later; the same item elsewhere, or more than two years before, is no repetition.
  Tell(from_papers(2, CivilDay(2026, 2, 10), 2));
  Tell(from_papers(3, CivilDay(2026, 2, 11), 3));
  Tell(from_papers(4, CivilDay(2024, 2, 10), 2));
  Tell(from_papers(5, CivilDay(2024, 2, 10), 3));
  CatchUp();
  const auto repeated = Members(pb::REGULATORY_MEASURE_KIND_REPEATED);
  ASSERT_OK(repeated);
  std::vector<bool> in_numerator;
  for (const auto& each : repeated->members()) in_numerator.push_back(each.in_numerator());
  EXPECT_THAT(in_numerator, ElementsAre(true, true, false));
  EXPECT_EQ(ShareOf(List(Statistician(), 2026, 1), pb::REGULATORY_MEASURE_KIND_REPEATED), "2/3");
}

TEST_F(RegulatoryServiceTest, WhatWasOverdueOnAPastDayStaysSo) {
  Tell(VisitOf(1, CivilDay(2025, 12, 1), CivilDay(2025, 12, 15), CivilDay(2026, 1, 10)));
  CatchUp();
  const auto kind = pb::REGULATORY_MEASURE_KIND_OVERDUE;
  EXPECT_EQ(ShareOf(List(Statistician(), 2025, 3), kind), "0/0");
  EXPECT_EQ(ShareOf(List(Statistician(), 2025, 4), kind), "1/1");
  EXPECT_EQ(ShareOf(List(Statistician(), 2026, 1), kind), "0/0");
}

TEST_F(RegulatoryServiceTest, WhatIsNoQuarterIsRefused) {
  EXPECT_EQ(ReasonOf(List(Statistician(), 2026, 5).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(List(Statistician(), 1999, 1).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(List(Statistician(), 2026, 3).status()), "QUARTER_NOT_OVER");
  EXPECT_EQ(ReasonOf(List(Statistician(), 2026, 1, "500111999").status()), "UNKNOWN_DIVISION");
  pb::ListRegulatoryMeasuresRequest request;
  request.mutable_first()->set_year(2026);
  request.mutable_first()->set_quarter(2);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListRegulatoryMeasures, Statistician(), request).status()),
            "SINCE_AFTER_AS_OF");
  request.mutable_first()->set_year(2020);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListRegulatoryMeasures, Statistician(), request).status()),
            "TOO_MANY_MONTHS");
}

}  // namespace
}  // namespace tuoyu::aggregator
