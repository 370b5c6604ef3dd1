#include "services/aggregator/member_facts.h"

#include <string>
#include <tuple>
#include <vector>

#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {
namespace {

using filing::v1::Certificate;
using filing::v1::CERTIFICATE_KIND_CHILD_CARER;
using filing::v1::CERTIFICATE_KIND_CHILD_CARER_OLD;
using filing::v1::CERTIFICATE_KIND_INFANT_CARER;
using filing::v1::DemonstrationChange;
using filing::v1::REEVALUATION_RESULT_FAILED;
using filing::v1::REEVALUATION_RESULT_PASSED;
using filing::v1::STAFF_ROLE_CARER;
using filing::v1::STAFF_ROLE_COOK;
using filing::v1::StaffChange;
using filing::v1::VERIFY_STATE_REJECTED;
using filing::v1::VERIFY_STATE_UNVERIFIED;
using filing::v1::VERIFY_STATE_VERIFIED_MANUAL;
using filing::v1::VERIFY_STATE_VERIFIED_SHARED;
using indicator::v1::FacilityFacts;
using indicator::v1::FactSlice;
using indicator::v1::MemberFacts;
using indicator::v1::MemberSpan;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::tuoyu::testing::StatusIs;

constexpr int64_t kStreet = 500111001;
constexpr int64_t kTown = 500111100;

google::type::Date Date(int32_t day) { return ToProto(DayOfNumber(day)); }

void AddPost(filing::v1::StaffRole role, int32_t from, int32_t to, StaffChange* change) {
  auto* post = change->mutable_member()->add_posts();
  post->set_role(role);
  *post->mutable_valid_from() = Date(from);
  if (to != kOpenDay) *post->mutable_valid_to() = Date(to);
}

Certificate* AddCertificate(filing::v1::CertificateKind kind, int32_t issued,
                            filing::v1::VerifyState state, StaffChange* change) {
  auto* certificate = change->mutable_member()->add_certificates();
  certificate->set_kind(kind);
  *certificate->mutable_issued_on() = Date(issued);
  certificate->set_verify_state(state);
  return certificate;
}

using Period = std::tuple<int32_t, int32_t, int>;
template <typename Change>
std::vector<Period> PeriodsOf(const Change& change) {
  MemberFacts facts;
  EXPECT_OK(Enter(change, &facts));
  std::vector<Period> periods;
  for (const auto& period : facts.periods()) {
    periods.emplace_back(period.from_day(), period.to_day(), period.measure());
  }
  return periods;
}

TEST(MemberFactsTest, ACarerCountsOnDaysOnPostAndAsCertifiedFromTheIssue) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, kOpenDay, kCarers)));
  AddCertificate(CERTIFICATE_KIND_INFANT_CARER, 150, VERIFY_STATE_VERIFIED_MANUAL, &change);
  EXPECT_THAT(PeriodsOf(change),
              ElementsAre(Period(100, 150, kCarers), Period(150, kOpenDay, kCarersCertified)));
}

TEST(MemberFactsTest, OnlyVerifiedCertificatesOfTheTwoKindsCount) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  AddCertificate(CERTIFICATE_KIND_CHILD_CARER, 50, VERIFY_STATE_UNVERIFIED, &change);
  AddCertificate(CERTIFICATE_KIND_CHILD_CARER, 50, VERIFY_STATE_REJECTED, &change);
  AddCertificate(CERTIFICATE_KIND_CHILD_CARER_OLD, 50, VERIFY_STATE_VERIFIED_SHARED, &change);
  AddCertificate(filing::v1::CERTIFICATE_KIND_TEACHER, 50, VERIFY_STATE_VERIFIED_SHARED, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, kOpenDay, kCarers)));
  change.mutable_member()->mutable_certificates(0)->set_verify_state(VERIFY_STATE_VERIFIED_SHARED);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, kOpenDay, kCarersCertified)));
}

TEST(MemberFactsTest, ACertificateEndsByItsTermOrByTheRuleSetWhicheverComesFirst) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  auto* certificate =
      AddCertificate(CERTIFICATE_KIND_CHILD_CARER, 50, VERIFY_STATE_VERIFIED_SHARED, &change);
  *certificate->mutable_valid_to() = Date(400);
  *certificate->mutable_expires_on() = Date(300);
  EXPECT_THAT(PeriodsOf(change),
              ElementsAre(Period(100, 300, kCarersCertified), Period(300, kOpenDay, kCarers)));
  // Renewed without a gap: one period.
  AddCertificate(CERTIFICATE_KIND_INFANT_CARER, 300, VERIFY_STATE_VERIFIED_SHARED, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, kOpenDay, kCarersCertified)));
}

TEST(MemberFactsTest, APersonOnSeveralPostsCountsOnceAndAsACarerWhenOneIsThat) {
  StaffChange change;
  AddPost(STAFF_ROLE_COOK, 100, 300, &change);
  AddPost(STAFF_ROLE_CARER, 150, 200, &change);
  AddPost(STAFF_ROLE_CARER, 200, 220, &change);
  AddPost(STAFF_ROLE_COOK, 400, kOpenDay, &change);
  EXPECT_THAT(PeriodsOf(change),
              ElementsAre(Period(100, 150, kStaffOther), Period(150, 220, kCarers),
                          Period(220, 300, kStaffOther), Period(400, kOpenDay, kStaffOther)));
  AddCertificate(CERTIFICATE_KIND_CHILD_CARER, 250, VERIFY_STATE_VERIFIED_SHARED, &change);
  EXPECT_THAT(PeriodsOf(change),
              ElementsAre(Period(100, 150, kStaffOther), Period(150, 220, kCarers),
                          Period(220, 250, kStaffOther), Period(250, 300, kStaffOtherCertified),
                          Period(400, kOpenDay, kStaffOtherCertified)));
}

TEST(MemberFactsTest, WhoIsBannedCountsNowhereFromThen) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  AddPost(STAFF_ROLE_COOK, 200, 210, &change);
  *change.mutable_member()->mutable_barred_on() = Date(150);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 150, kCarers)));
}

TEST(MemberFactsTest, AnEntryReplacesWhatWasKnown) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  MemberFacts facts;
  ASSERT_OK(Enter(change, &facts));
  change.mutable_member()->clear_posts();  // voided
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(facts.periods(), IsEmpty());
  AddPost(STAFF_ROLE_CARER, 120, 120, &change);  // left before the first day
  ASSERT_OK(Enter(change, &facts));
  EXPECT_THAT(facts.periods(), IsEmpty());
}

TEST(MemberFactsTest, RostersThatCantBeReadAreDataLoss) {
  const auto status = [](const StaffChange& change) {
    MemberFacts facts;
    return Enter(change, &facts);
  };
  StaffChange no_first;
  no_first.mutable_member()->add_posts();
  EXPECT_THAT(status(no_first), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no first day")));
  StaffChange reversed;
  AddPost(STAFF_ROLE_CARER, 100, 99, &reversed);
  EXPECT_THAT(status(reversed), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("before")));
  StaffChange bad_end;
  AddPost(STAFF_ROLE_CARER, 100, 200, &bad_end);
  bad_end.mutable_member()->mutable_posts(0)->mutable_valid_to()->set_month(13);
  EXPECT_THAT(status(bad_end), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not a date")));
  StaffChange no_issue;
  AddCertificate(CERTIFICATE_KIND_CHILD_CARER, 1, VERIFY_STATE_VERIFIED_SHARED, &no_issue)
      ->clear_issued_on();
  EXPECT_THAT(status(no_issue), StatusIs(absl::StatusCode::kDataLoss));
  no_issue.mutable_member()->mutable_certificates(0)->set_kind(filing::v1::CERTIFICATE_KIND_HEALTH);
  EXPECT_OK(status(no_issue)) << "what does not count is not read";
}

DemonstrationChange Named(int32_t granted) {
  DemonstrationChange change;
  change.mutable_demonstration()->set_level(filing::v1::DEMONSTRATION_LEVEL_MUNICIPAL);
  *change.mutable_demonstration()->mutable_granted_on() = Date(granted);
  return change;
}

void Reevaluate(int32_t day, filing::v1::ReevaluationResult result, DemonstrationChange* change) {
  auto* reevaluation = change->mutable_demonstration()->add_reevaluations();
  *reevaluation->mutable_evaluated_on() = Date(day);
  reevaluation->set_result(result);
}

TEST(MemberFactsTest, ALabelPassesFromAPassedReevaluationUntilAFailedOne) {
  DemonstrationChange change = Named(100);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, kOpenDay, kDemonstrationNotPassed)));
  Reevaluate(200, REEVALUATION_RESULT_PASSED, &change);
  Reevaluate(300, REEVALUATION_RESULT_PASSED, &change);
  Reevaluate(400, REEVALUATION_RESULT_FAILED, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 200, kDemonstrationNotPassed),
                                             Period(200, 400, kDemonstrationPassed),
                                             Period(400, kOpenDay, kDemonstrationNotPassed)));
}

TEST(MemberFactsTest, ALabelEndsByItsTermOrByRevocation) {
  DemonstrationChange change = Named(100);
  Reevaluate(100, REEVALUATION_RESULT_PASSED, &change);
  *change.mutable_demonstration()->mutable_valid_to() = Date(500);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 500, kDemonstrationPassed)));
  *change.mutable_demonstration()->mutable_revoked_on() = Date(250);
  Reevaluate(300, REEVALUATION_RESULT_FAILED, &change);
  EXPECT_THAT(PeriodsOf(change), ElementsAre(Period(100, 250, kDemonstrationPassed)));
  *change.mutable_demonstration()->mutable_revoked_on() = Date(100);
  EXPECT_THAT(PeriodsOf(change), IsEmpty());
}

TEST(MemberFactsTest, OnlyMunicipalLabelsCount) {
  DemonstrationChange change = Named(100);
  change.mutable_demonstration()->set_level(filing::v1::DEMONSTRATION_LEVEL_DISTRICT);
  EXPECT_THAT(PeriodsOf(change), IsEmpty());
}

TEST(MemberFactsTest, LabelsThatCantBeReadAreDataLoss) {
  MemberFacts facts;
  DemonstrationChange no_day = Named(100);
  no_day.mutable_demonstration()->clear_granted_on();
  EXPECT_THAT(Enter(no_day, &facts), StatusIs(absl::StatusCode::kDataLoss));
  DemonstrationChange no_evaluation = Named(100);
  no_evaluation.mutable_demonstration()->add_reevaluations();
  EXPECT_THAT(Enter(no_evaluation, &facts), StatusIs(absl::StatusCode::kDataLoss));
}

void AddSlice(int32_t from, int32_t to, int64_t division, FacilityFacts* facility) {
  FactSlice* slice = facility->add_slices();
  slice->set_from_day(from);
  slice->set_to_day(to);
  slice->set_division(division);
}

using Row = std::tuple<int32_t, int32_t, int, int64_t, int64_t>;
std::vector<Row> Rows(const google::protobuf::RepeatedPtrField<MemberSpan>& spans) {
  std::vector<Row> rows;
  for (const MemberSpan& span : spans) {
    rows.emplace_back(span.from_day(), span.to_day(), span.measure(), span.division(),
                      span.known_from());
  }
  return rows;
}

TEST(MemberFactsTest, SpansLieWithinActiveSlicesOfTheFacility) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  MemberFacts facts;
  ASSERT_OK(Enter(change, &facts));
  FacilityFacts facility;
  EXPECT_THAT(Rederive(1, facility, &facts).begun, IsEmpty()) << "not registered yet";
  AddSlice(50, 200, kStreet, &facility);
  AddSlice(200, 300, kStreet, &facility);  // a change of something else
  AddSlice(400, 500, kTown, &facility);    // resumed in another town
  EXPECT_EQ(Rederive(2, facility, &facts).begun.size(), 2u);
  EXPECT_THAT(Rows(facts.spans()),
              ElementsAre(Row(100, 300, kCarers, kStreet, 2), Row(400, 500, kCarers, kTown, 2)));
}

TEST(MemberFactsTest, SpansThatStayKeepWhenTheyWereKnownFrom) {
  StaffChange change;
  AddPost(STAFF_ROLE_CARER, 100, kOpenDay, &change);
  MemberFacts facts;
  ASSERT_OK(Enter(change, &facts));
  FacilityFacts facility;
  AddSlice(50, 200, kStreet, &facility);
  AddSlice(200, kOpenDay, kTown, &facility);
  Rederive(1, facility, &facts);
  AddCertificate(CERTIFICATE_KIND_CHILD_CARER, 250, VERIFY_STATE_VERIFIED_SHARED, &change);
  ASSERT_OK(Enter(change, &facts));
  const MemberDifference difference = Rederive(2, facility, &facts);
  EXPECT_EQ(difference.ended.size(), 1u);
  EXPECT_EQ(difference.begun.size(), 2u);
  EXPECT_THAT(Rows(facts.spans()),
              ElementsAre(Row(100, 200, kCarers, kStreet, 1), Row(200, 250, kCarers, kTown, 2),
                          Row(250, kOpenDay, kCarersCertified, kTown, 2)));
  const MemberDifference again = Rederive(3, facility, &facts);
  EXPECT_THAT(again.begun, IsEmpty());
  EXPECT_THAT(again.ended, IsEmpty());
}

}  // namespace
}  // namespace tuoyu::aggregator
