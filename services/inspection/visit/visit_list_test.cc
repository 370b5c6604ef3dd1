#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "services/inspection/inspection_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Three visits at two facilities on three days: without a problem, with findings, behind a closed door.
class VisitListTest : public InspectionFixture {
 protected:
  void SetUp() override {
    RecordInspectors({"DHC", "FIRE"});
    first_ = Register("向日葵", "500111001");
    second_ = Register("蒲公英", "500111100");
    clean_ = Conclude(Recorded(Opened(first_)), v1::VISIT_OUTCOME_NO_PROBLEM)->name();
    GoTo(today() + 1);
    found_ = WithFindings(second_, {"B01"}).name();
    GoTo(today() + 1);
    const v1::Visit visit = Opened(first_);
    v1::RecordPart close = Close(v1::RECORD_SIGNING_ABSENT);
    close.mutable_close()->set_obstacle(v1::VISIT_OUTCOME_UNREACHABLE);
    EXPECT_OK(Send(visit, {Arrival(visit), close}));
    closed_ = Conclude(visit, v1::VISIT_OUTCOME_UNREACHABLE)->name();
  }
  std::vector<std::string> Names(const v1::ListVisitsRequest& request,
                                 const std::string& token) const {
    std::vector<std::string> names;
    v1::ListVisitsRequest page = request;
    do {
      const auto reply = Call(&Stub::ListVisits, token, page);
      if (!reply.ok()) return {ReasonOf(reply.status())};
      for (const v1::Visit& visit : reply->visits()) names.push_back(visit.name());
      page.set_page_token(reply->next_page_token());
    } while (!page.page_token().empty());
    return names;
  }
  std::vector<std::string> Found(const std::function<void(v1::ListVisitsRequest*)>& ask) const {
    v1::ListVisitsRequest request;
    ask(&request);
    return Names(request, Officer("SAMR"));
  }
  void Publish(const std::string& visit) const {
    v1::PublishVisitRequest request;
    request.set_name(visit);
    EXPECT_OK(Call(&Stub::PublishVisit, Officer("DHC"), request));
  }

  std::string first_, second_, clean_, found_, closed_;
};

TEST_F(VisitListTest, RegulatorsFindTheHistoryByWhatTheyAskFor) {
  using Request = v1::ListVisitsRequest;
  EXPECT_THAT(Found([](Request*) {}), ElementsAre(closed_, found_, clean_));
  EXPECT_THAT(Found([](Request* r) { r->set_page_size(1); }), ElementsAre(closed_, found_, clean_));
  EXPECT_THAT(Found([&](Request* r) { r->set_facility(first_); }), ElementsAre(closed_, clean_));
  EXPECT_THAT(Found([](Request* r) { r->set_division_prefix("500111100"); }), ElementsAre(found_));
  EXPECT_THAT(Found([](Request* r) { r->set_unit("DHC"); }), SizeIs(3));
  EXPECT_THAT(Found([](Request* r) { r->set_unit("FIRE"); }), IsEmpty());
  EXPECT_THAT(Found([](Request* r) { r->set_domain(v1::CHECK_DOMAIN_HEALTH); }), SizeIs(3));
  EXPECT_THAT(Found([](Request* r) { r->set_domain(v1::CHECK_DOMAIN_PRICE); }), IsEmpty());
  EXPECT_THAT(Found([](Request* r) { r->set_outcome(v1::VISIT_OUTCOME_UNREACHABLE); }),
              ElementsAre(closed_));
  EXPECT_THAT(Found([](Request* r) { r->set_state(v1::VISIT_STATE_RECTIFYING); }),
              ElementsAre(found_));
  EXPECT_THAT(Found([](Request* r) { r->set_failed_item("B01"); }), ElementsAre(found_));
  EXPECT_THAT(Found([](Request* r) { r->set_with_open_findings(true); }), ElementsAre(found_));
  EXPECT_THAT(Found([&](Request* r) { *r->mutable_since() = ToProto(today()); }),
              ElementsAre(closed_));
  EXPECT_THAT(Found([&](Request* r) { *r->mutable_until() = ToProto(today() - 2); }),
              ElementsAre(clean_));
  const std::string inspector = Get(clean_, Officer("DHC"))->inspectors(0);
  EXPECT_THAT(Found([&](Request* r) { r->set_inspector(inspector); }), SizeIs(3));
  EXPECT_THAT(Found([](Request* r) { r->set_awaits_publication(true); }), SizeIs(3));
  Publish(clean_);
  EXPECT_THAT(Found([](Request* r) { r->set_awaits_publication(true); }), SizeIs(2));
}

TEST_F(VisitListTest, AFacilitySeesItsOwnAndThePublicWhatIsPublished) {
  EXPECT_THAT(Names({}, Principal(first_)), ElementsAre(closed_, clean_));
  v1::ListVisitsRequest other;
  other.set_facility(second_);
  EXPECT_THAT(Names(other, Principal(first_)), IsEmpty());
  v1::ListVisitsRequest year;
  *year.mutable_since() = ToProto(today() - 365);
  EXPECT_THAT(Names(year, ""), IsEmpty());
  Publish(found_);
  EXPECT_THAT(Names(other, Principal(first_)), ElementsAre(found_));
  EXPECT_THAT(Names(year, ""), ElementsAre(found_));
  const auto seen = Call(&Stub::ListVisits, Principal(first_), other);
  ASSERT_OK(seen);
  EXPECT_THAT(seen->visits(0).inspectors(), IsEmpty());
  EXPECT_EQ(seen->visits(0).findings_size(), 1);
  v1::ListVisitsRequest spying;
  *spying.mutable_since() = ToProto(today() - 1);
  spying.set_awaits_publication(true);
  EXPECT_THAT(Names(spying, ""), ElementsAre("FIELD_INVALID"));
}

// All that was ever published is not one question; a facility's is.
TEST_F(VisitListTest, WhoNamesNoFacilitySaysFromWhenToWhen) {
  Publish(found_);
  Publish(clean_);
  v1::ListVisitsRequest request;
  EXPECT_THAT(Names(request, ""), ElementsAre("PERIOD_NEEDED"));
  *request.mutable_until() = ToProto(today());
  EXPECT_THAT(Names(request, ""), ElementsAre("PERIOD_NEEDED"));
  *request.mutable_since() = ToProto(today() - 366);
  const auto refused = Call(&Stub::ListVisits, "", request);
  EXPECT_EQ(ReasonOf(refused.status()), "PERIOD_NEEDED");
  EXPECT_EQ(rpc::MetadataOf(refused.status()).at("days"), "366");
  *request.mutable_since() = ToProto(today() - 365);
  request.set_page_size(1);
  EXPECT_THAT(Names(request, ""), ElementsAre(found_, clean_));
  request.clear_until();
  EXPECT_THAT(Names(request, ""), ElementsAre(found_, clean_));
  request.clear_since();
  request.set_facility(second_);
  EXPECT_THAT(Names(request, ""), ElementsAre(found_));
  EXPECT_THAT(Names({}, Officer("DHC")), SizeIs(3));
  EXPECT_THAT(Names({}, Principal(first_)), ElementsAre(closed_, clean_));
}

TEST_F(VisitListTest, HistoryFollowsTheFacilityThroughItsSuccessor) {
  const std::string successor = Register("向日葵（新址）", "500111002");
  registry_.Link(successor, first_);
  CatchUp();
  v1::ListVisitsRequest request;
  request.set_facility(successor);
  const auto seen = Call(&Stub::ListVisits, Officer("DHC"), request);
  ASSERT_OK(seen);
  ASSERT_EQ(seen->visits_size(), 2);
  EXPECT_TRUE(seen->visits(0).inherited());
  EXPECT_THAT(Names({}, Principal(successor)), ElementsAre(closed_, clean_));
}

TEST_F(VisitListTest, BriefListsLeaveOutItemsAndFindings) {
  v1::ListVisitsRequest request;
  request.set_facility(second_);
  EXPECT_GT(Call(&Stub::ListVisits, Officer("DHC"), request)->visits(0).items_size(), 0);
  request.set_brief(true);
  const auto brief = Call(&Stub::ListVisits, Officer("DHC"), request);
  EXPECT_EQ(brief->visits(0).items_size(), 0);
  EXPECT_EQ(brief->visits(0).findings_size(), 0);
}

TEST_F(VisitListTest, AnOfficerOfOneStreetSeesThatStreet) {
  const std::string token =
      TokenOf(common::v1::ROLE_TOWN_OFFICER, "accounts/town", {"500111100"}, "", absl::Hours(9999));
  EXPECT_THAT(Names({}, token), ElementsAre(found_));
  EXPECT_EQ(ReasonOf(Get(clean_, token).status()), "VISIT_NOT_FOUND");
}

}  // namespace
}  // namespace tuoyu::inspection
