#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "services/inspection/penalty/penalty_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// A case that is decided at one facility, one that is open at another.
class PenaltyListTest : public PenaltyFixture {
 protected:
  void SetUp() override {
    PenaltyFixture::SetUp();
    other_ = Register("蒲公英", "500111100");
    decided_ = DecidedCase(facility_, Fine());
    open_ = OpenCase(other_);
  }
  std::vector<std::string> Names(v1::ListPenaltyCasesRequest request,
                                 const std::string& token) const {
    std::vector<std::string> names;
    do {
      const auto reply = Ask(&Cases::ListPenaltyCases, token, request);
      if (!reply.ok()) return {ReasonOf(reply.status())};
      for (const auto& each : reply->penalty_cases()) names.push_back(each.name());
      request.set_page_token(reply->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::vector<std::string> Found(
      const std::function<void(v1::ListPenaltyCasesRequest*)>& ask) const {
    v1::ListPenaltyCasesRequest request;
    ask(&request);
    return Names(request, Officer("SAMR"));
  }

  std::string other_;
  v1::PenaltyCase decided_, open_;
};

TEST_F(PenaltyListTest, OfficersFindCasesByWhatTheyAskFor) {
  using Request = v1::ListPenaltyCasesRequest;
  EXPECT_THAT(Found([](Request*) {}), ElementsAre(open_.name(), decided_.name()));
  EXPECT_THAT(Found([](Request* r) { r->set_page_size(1); }),
              ElementsAre(open_.name(), decided_.name()));
  EXPECT_THAT(Found([&](Request* r) { r->set_facility(other_); }), ElementsAre(open_.name()));
  EXPECT_THAT(Found([](Request* r) { r->set_division_prefix("500111100"); }),
              ElementsAre(open_.name()));
  EXPECT_THAT(Found([](Request* r) { r->set_unit("FIRE"); }), IsEmpty());
  EXPECT_THAT(Found([](Request* r) { r->set_state(v1::PENALTY_STATE_DECIDED); }),
              ElementsAre(decided_.name()));
  EXPECT_THAT(Found([](Request* r) { r->set_awaits_publication(true); }),
              ElementsAre(decided_.name()));
  ASSERT_OK(Deliver(decided_));
  ASSERT_OK(Publish(decided_));
  EXPECT_THAT(Found([](Request* r) { r->set_awaits_publication(true); }), IsEmpty());
  EXPECT_THAT(Found([](Request* r) { r->set_facility("no name"); }), ElementsAre("NAME_INVALID"));
  const std::string town =
      TokenOf(common::v1::ROLE_TOWN_OFFICER, "accounts/town", {"500111100"}, "", absl::Hours(9999));
  EXPECT_THAT(Names({}, town), ElementsAre(open_.name()));
}

TEST_F(PenaltyListTest, AFacilitySeesItsOwnFromTheNoticeOn) {
  EXPECT_THAT(Names({}, Principal(other_)), IsEmpty());
  EXPECT_EQ(ReasonOf(GetCase(open_.name(), Principal(other_)).status()), "PENALTY_CASE_NOT_FOUND");
  ASSERT_OK(Notify(open_, Fine()));
  EXPECT_THAT(Names({}, Principal(other_)), ElementsAre(open_.name()));
  EXPECT_EQ(GetCase(open_.name(), Principal(other_))->notice().sanction().fine_fen(), 1'000'000);
  EXPECT_THAT(Names({}, Principal(facility_)), ElementsAre(decided_.name()));
  v1::ListPenaltyCasesRequest spying;
  spying.set_facility(facility_);
  EXPECT_THAT(Names(spying, Principal(other_)), IsEmpty());
  spying.set_awaits_publication(true);
  EXPECT_THAT(Names(spying, Principal(other_)), ElementsAre("FIELD_INVALID"));
}

TEST_F(PenaltyListTest, AnyoneReadsOfAPublishedDecisionWhatIsPublicAlone) {
  EXPECT_THAT(Names({}, ""), IsEmpty());
  EXPECT_EQ(ReasonOf(GetCase(decided_.name(), "").status()), "PENALTY_CASE_NOT_FOUND");
  ASSERT_OK(Deliver(decided_));
  ASSERT_OK(Publish(decided_));
  EXPECT_THAT(Names({}, ""), ElementsAre(decided_.name()));
  const auto seen = GetCase(decided_.name(), "");
  ASSERT_OK(seen);
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  seen->GetReflection()->ListFields(*seen, &fields);
  std::vector<std::string> names;
  for (const auto* field : fields) names.push_back(field->name());
  EXPECT_THAT(names,
              UnorderedElementsAre("name", "case_number", "unit", "facility", "facility_name",
                                   "division_code", "party", "conduct", "conduct_title", "law",
                                   "procedure", "state", "decision", "published_on"));
  EXPECT_THAT(seen->decision().decided_by(), IsEmpty());
  EXPECT_EQ(seen->decision().text(), "超员收托，拒不改正");
  const auto list = Ask(&Cases::ListPenaltyCases, "", v1::ListPenaltyCasesRequest());
  ASSERT_OK(list);
  EXPECT_FALSE(list->penalty_cases(0).has_notice());
}

TEST_F(PenaltyListTest, CasesFollowTheFacilityThroughItsSuccessor) {
  const std::string successor = Register("向日葵（新址）", "500111002");
  registry_.Link(successor, facility_);
  CatchUp();
  v1::ListPenaltyCasesRequest request;
  request.set_facility(successor);
  const auto seen = Ask(&Cases::ListPenaltyCases, Officer("DHC"), request);
  ASSERT_OK(seen);
  ASSERT_EQ(seen->penalty_cases_size(), 1);
  EXPECT_TRUE(seen->penalty_cases(0).inherited());
  EXPECT_THAT(Names({}, Principal(successor)), ElementsAre(decided_.name()));
  EXPECT_OK(GetCase(decided_.name(), Principal(successor)));
}

}  // namespace
}  // namespace tuoyu::inspection
