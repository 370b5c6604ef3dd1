// Facilities that may be the same: found in the register, decided once.
#include "common/rpc/access_matrix.h"
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DuplicateServiceTest : public UnitsFixture {
 protected:
  // A second later than the one before, so that the ids are in order.
  std::string RegisterAt(const std::string& name, double latitude,
                         const std::string& division = "500111001") {
    v1::FilingContent content = Form(name);
    content.mutable_location()->set_latitude(latitude);
    content.set_division_code(division);
    clock_.Advance(absl::Seconds(1));
    return Register(content);
  }
  std::vector<v1::Duplicate> List(const std::string& token, bool decided = false,
                                  int page_size = 0) const {
    v1::ListDuplicatesRequest request;
    request.set_include_decided(decided);
    request.set_page_size(page_size);
    std::vector<v1::Duplicate> found;
    do {
      const auto page = CallOn(*duplicate_stub_, &Duplicates::ListDuplicates, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      found.insert(found.end(), page->duplicates().begin(), page->duplicates().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return found;
  }
  absl::StatusOr<v1::DuplicateDecision> Decide(const std::string& name,
                                               v1::DuplicateVerdict verdict,
                                               const std::string& kept, const std::string& token,
                                               const std::string& etag = "") const {
    v1::DecideDuplicateRequest request;
    request.set_name(name);
    request.set_verdict(verdict);
    request.set_kept_facility(kept);
    request.set_reason("现场核实");
    request.set_etag(etag);
    return CallOn(*duplicate_stub_, &Duplicates::DecideDuplicate, token, request);
  }

  const std::string reviewer_ = Token(common::v1::ROLE_DHC_REVIEWER);
};

TEST_F(DuplicateServiceTest, ASuggestedPairIsDecidedAndDoesNotComeAgain) {
  const std::string first = RegisterAt("大足区小太阳托育中心", 29.70345);
  const std::string second = RegisterAt("小太阳托育园", 29.7039);
  RegisterAt("金色摇篮托育园", 29.70345);
  const auto found = List(reviewer_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first().facility(), first);
  EXPECT_EQ(found[0].second().facility_name(), "小太阳托育园");
  EXPECT_THAT(found[0].signs(), ElementsAre(v1::DUPLICATE_SIGN_NEAR_NAME_AND_PLACE));
  EXPECT_EQ(found[0].distance_metres(), 50);
  const auto decided = Decide(found[0].name(), v1::DUPLICATE_VERDICT_SAME, first, reviewer_);
  ASSERT_OK(decided);
  EXPECT_EQ(decided->decided_by(), "accounts/DHC_REVIEWER");
  EXPECT_THAT(decided->signs(), ElementsAre(v1::DUPLICATE_SIGN_NEAR_NAME_AND_PLACE));
  EXPECT_THAT(List(reviewer_), IsEmpty());
  const auto all = List(reviewer_, /*decided=*/true);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].decision().verdict(), v1::DUPLICATE_VERDICT_SAME);
  // The register itself is not changed by it.
  EXPECT_EQ(Read(second).state(), v1::FACILITY_STATE_ACTIVE);
  EXPECT_EQ(Actions().back(), "duplicate.decided");
}

TEST_F(DuplicateServiceTest, ALaterDecisionNeedsTheEtagOfTheOneBefore) {
  const std::string first = RegisterAt("小太阳托育中心", 29.70345);
  RegisterAt("小太阳托育园", 29.70345);
  const std::string name = List(reviewer_).at(0).name();
  EXPECT_EQ(ReasonOf(Decide(name, v1::DUPLICATE_VERDICT_SAME, first, reviewer_, "1").status()),
            "ETAG_MISMATCH");
  ASSERT_OK(Decide(name, v1::DUPLICATE_VERDICT_SAME, first, reviewer_));
  EXPECT_EQ(ReasonOf(Decide(name, v1::DUPLICATE_VERDICT_DIFFERENT, "", reviewer_).status()),
            "ETAG_MISMATCH");
  const auto changed = Decide(name, v1::DUPLICATE_VERDICT_DIFFERENT, "", reviewer_, "1");
  ASSERT_OK(changed);
  EXPECT_EQ(changed->etag(), "2");
  EXPECT_THAT(Actions(2), ElementsAre("duplicate.decided", "duplicate.decided"));
}

TEST_F(DuplicateServiceTest, TheSameUsccIsSuggestedUntilTheFacilitiesAreLinked) {
  v1::FilingContent content = Form("旧名托育园");
  const std::string old = Register(content);
  ASSERT_OK(Cancel(old, today()));
  clock_.Advance(absl::Seconds(1));
  content.set_name("新名托育园");
  content.mutable_location()->set_latitude(29.8);
  const std::string now = Register(content);
  const auto found = List(reviewer_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].signs(), ElementsAre(v1::DUPLICATE_SIGN_SAME_USCC));
  EXPECT_EQ(found[0].first().state(), v1::FACILITY_STATE_CANCELLED);
  v1::LinkPredecessorRequest link;
  link.set_name(now);
  link.set_predecessor(old);
  ASSERT_OK(Call(&v1::FacilityService::Stub::LinkPredecessor, Approver(), link));
  EXPECT_THAT(List(reviewer_), IsEmpty());
}

TEST_F(DuplicateServiceTest, OfficersSeeAndDecideInTheirDivisions) {
  RegisterAt("小太阳托育中心", 29.70345);
  RegisterAt("小太阳托育园", 29.70345, "500111002");
  EXPECT_THAT(List(Token(common::v1::ROLE_DHC_REVIEWER, {"500111001"})), IsEmpty())
      << "both must lie within";
  const std::string name = List(reviewer_).at(0).name();
  EXPECT_EQ(ReasonOf(Decide(name, v1::DUPLICATE_VERDICT_DIFFERENT, "",
                            Token(common::v1::ROLE_DHC_REVIEWER, {"500111001"}))
                         .status()),
            "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(Decide("duplicates/" + NewRequestId() + "_" + NewRequestId(),
                            v1::DUPLICATE_VERDICT_DIFFERENT, "", reviewer_)
                         .status()),
            "FACILITY_NOT_FOUND");
  EXPECT_EQ(
      ReasonOf(Decide("duplicates/1", v1::DUPLICATE_VERDICT_DIFFERENT, "", reviewer_).status()),
      "NAME_INVALID");
}

TEST_F(DuplicateServiceTest, PairsComePageByPage) {
  for (const char* name : {"小太阳托育中心", "小太阳托育园", "小太阳托儿所"}) {
    RegisterAt(name, 29.70345);
  }
  EXPECT_EQ(List(reviewer_, false, 1).size(), 3U);
  EXPECT_EQ(List(reviewer_, false, 2).size(), 3U);
}

TEST_F(DuplicateServiceTest, EveryMethodIsRefusedToWhoIsNotInItsRule) {
  EXPECT_THAT(rpc::CheckAccessMatrix(unit_channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::DuplicateService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
