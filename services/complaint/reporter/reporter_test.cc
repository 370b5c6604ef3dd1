#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using Reporters = v1::ReporterService::Stub;

class ReporterTest : public ComplaintFixture {
 protected:
  absl::StatusOr<v1::Unmasking> Ask(const v1::Case& of_case, const std::string& token) const {
    v1::AskUnmaskingRequest request;
    request.set_name(of_case.name());
    request.set_purpose(v1::UNMASKING_PURPOSE_VERIFY);
    request.set_reason("核实缴费凭证");
    return CallOn(*reporter_stub_, &Reporters::AskUnmasking, token, request);
  }
  absl::StatusOr<v1::Unmasking> Decide(const v1::Unmasking& asked, const std::string& token,
                                       bool approve = true) const {
    v1::DecideUnmaskingRequest request;
    request.set_name(asked.name());
    request.set_approve(approve);
    if (!approve) request.set_reason("可先书面核实");
    return CallOn(*reporter_stub_, &Reporters::DecideUnmasking, token, request);
  }
  absl::StatusOr<v1::ReadReportersResponse> Read(const v1::Unmasking& asked,
                                                 const std::string& token) const {
    v1::ReadReportersRequest request;
    request.set_name(asked.name());
    return CallOn(*reporter_stub_, &Reporters::ReadReporters, token, request);
  }
  absl::StatusOr<v1::ListUnmaskingsResponse> List(const std::string& token) const {
    return CallOn(*reporter_stub_, &Reporters::ListUnmaskings, token, v1::ListUnmaskingsRequest());
  }

  const std::string facility_ = Register("向日葵托育园");
  const v1::Case case_ = Assigned(FeesComplaint(facility_));
};

TEST_F(ReporterTest, AnApprovalDoesNotOpenThoseWhoAreMergedInAfterIt) {
  const auto asked = Ask(case_, Officer("SAMR"));
  ASSERT_OK(asked);
  ASSERT_OK(Decide(*asked, Head("SAMR")));
  v1::Filing other = FeesComplaint(facility_);
  other.mutable_matters(0)->set_text("押金也没有退。");
  other.mutable_reporter()->set_person_name("演练丙");
  const v1::Case from = Filed(other);
  clock_.Advance(absl::Minutes(1));
  v1::MergeCaseRequest merge;
  merge.set_name(from.name());
  merge.set_into(case_.name());
  ASSERT_OK(Call(&v1::CaseService::Stub::MergeCase, Officer("SAMR"), merge));
  EXPECT_EQ(ReasonOf(Read(*asked, Officer("SAMR")).status()), "UNMASKING_OVER");
  const auto anew = Ask(case_, Officer("SAMR"));
  ASSERT_OK(anew);
  clock_.Advance(absl::Minutes(1));
  ASSERT_OK(Decide(*anew, Head("SAMR")));
  EXPECT_EQ(Read(*anew, Officer("SAMR"))->reporters_size(), 2);
}

TEST_F(ReporterTest, WhoComplainedIsReadForAPurposeWithTheHeadsApprovalForADay) {
  const auto asked = Ask(case_, Officer("SAMR"));
  ASSERT_OK(asked);
  EXPECT_EQ(ReasonOf(Read(*asked, Officer("SAMR")).status()), "UNMASKING_NOT_APPROVED");
  ASSERT_OK(Decide(*asked, Head("SAMR")));
  const auto read = Read(*asked, Officer("SAMR"));
  ASSERT_OK(read);
  ASSERT_EQ(read->reporters_size(), 1);
  EXPECT_EQ(read->reporters(0).person_name(), "演练甲");
  EXPECT_EQ(read->reporters(0).phone(), "19900000001");
  EXPECT_THAT(Actions(), Contains("reporter.read").Times(1));
  // The approval is for who asked.
  EXPECT_EQ(ReasonOf(Read(*asked, Officer("SAMR", 2)).status()), "UNMASKING_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Read(*asked, Officer("DHC")).status()), "UNMASKING_NOT_FOUND");
  clock_.Advance(absl::Hours(24));
  ASSERT_OK(Read(*asked, Officer("SAMR")));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonOf(Read(*asked, Officer("SAMR")).status()), "UNMASKING_OVER");
  const auto listed = List(Head("SAMR"));
  ASSERT_OK(listed);
  ASSERT_EQ(listed->unmaskings_size(), 1);
  EXPECT_EQ(listed->unmaskings(0).readings(), 2);
}

TEST_F(ReporterTest, AnApprovalDoesNotOpenThoseWhoJoinAfterIt) {
  const auto asked = Ask(case_, Officer("SAMR"));
  ASSERT_OK(asked);
  ASSERT_OK(Decide(*asked, Head("SAMR")));
  clock_.Advance(absl::Minutes(1));
  // Says the same of the same place, and so becomes part of the case.
  v1::Filing same = FeesComplaint(facility_);
  same.mutable_reporter()->set_person_name("演练乙");
  ASSERT_OK(File(same));
  ASSERT_EQ(Get(case_.name(), Officer("SAMR"))->complainants(), 2);
  const auto read = Read(*asked, Officer("SAMR"));
  ASSERT_OK(read);
  EXPECT_EQ(read->reporters_size(), 1);
  EXPECT_FALSE(read->more());
  const auto anew = Ask(case_, Officer("SAMR"));
  ASSERT_OK(anew);
  ASSERT_OK(Decide(*anew, Head("SAMR")));
  EXPECT_EQ(Read(*anew, Officer("SAMR"))->reporters_size(), 2);
}

TEST_F(ReporterTest, NobodyApprovesTheOwnRequestNorThatOfAnotherUnit) {
  const std::string both = TokenOf(common::v1::ROLE_DEPARTMENT_OFFICER, "accounts/SAMR/head",
                                   {"500111"}, "", absl::Hours(1), "SAMR");
  const auto asked = Ask(case_, both);
  ASSERT_OK(asked);
  EXPECT_EQ(ReasonOf(Decide(*asked, Head("SAMR")).status()), "FOUR_EYES");
  EXPECT_EQ(ReasonOf(Decide(*asked, Head("DHC")).status()), "UNMASKING_NOT_FOUND");
  const auto other = Ask(case_, Officer("SAMR"));
  ASSERT_OK(other);
  ASSERT_OK(Decide(*other, Head("SAMR"), /*approve=*/false));
  EXPECT_EQ(ReasonOf(Decide(*other, Head("SAMR")).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Read(*other, Officer("SAMR")).status()), "UNMASKING_NOT_APPROVED");
}

TEST_F(ReporterTest, WhoIsNotOnTheCaseLearnsNothingOfIt) {
  EXPECT_EQ(ReasonOf(Ask(case_, Officer("FIRE")).status()), "CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Ask(case_, Town("500111001")).status()), "CASE_NOT_FOUND");
  const v1::Case anonymous = Filed(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  EXPECT_EQ(ReasonOf(Ask(anonymous, Officer("SAMR")).status()), "NO_REPORTER");
  EXPECT_THAT(List(Head("FIRE"))->unmaskings(), IsEmpty());
}

TEST_F(ReporterTest, TheApprovalEndsWhenTheCaseGoesToAnotherUnit) {
  const v1::Case filed = Filed([&] {
    v1::Filing filing = FeesComplaint(facility_);
    filing.mutable_matters(0)->set_text("另一起预付费纠纷。");
    return filing;
  }());
  const auto asked = Ask(filed, Officer("SAMR"));
  ASSERT_OK(asked);
  ASSERT_OK(Decide(*asked, Head("SAMR")));
  v1::TransferCaseRequest transfer;
  transfer.set_name(filed.name());
  transfer.set_to_unit("DRC");
  transfer.set_reason("属该单位职责");
  ASSERT_OK(Call(&v1::CaseService::Stub::TransferCase, Officer("SAMR"), transfer));
  EXPECT_EQ(ReasonOf(Read(*asked, Officer("SAMR")).status()), "CASE_NOT_FOUND");
}

TEST_F(ReporterTest, NoReplyAboutACaseNamesItsReporter) {
  const auto seen = Get(case_.name(), Officer("SAMR"));
  ASSERT_OK(seen);
  v1::Case without = *seen;
  without.clear_text();  // the words are the handler's to read
  EXPECT_EQ(without.SerializeAsString().find("演练甲"), std::string::npos);
  EXPECT_EQ(without.SerializeAsString().find("19900000001"), std::string::npos);
  EXPECT_EQ(Follow(code_)->SerializeAsString().find("演练甲"), std::string::npos);
}

}  // namespace
}  // namespace tuoyu::complaint
