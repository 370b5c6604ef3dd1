// Many at once: receipt numbers, repeated requests, competing filings.
#include <set>
#include <thread>

#include "absl/strings/str_format.h"
#include "services/filing/filing_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::tuoyu::testing::EqualsProto;

constexpr int kThreads = 8;

class FilingConcurrencyTest : public FilingFixture {
 protected:
  template <typename Work>
  static void AtOnce(int threads, Work work) {
    std::vector<std::thread> running;
    running.reserve(threads);
    for (int i = 0; i < threads; ++i) running.emplace_back([&work, i] { work(i); });
    for (std::thread& thread : running) thread.join();
  }
};

// Some acceptances fail after their number was taken, because a twin of the same USCC is registered first: the number is
// given back and goes to another.
TEST_F(FilingConcurrencyTest, ReceiptNumbersHaveNoGapAndNoDouble) {
  constexpr int kSingles = 24;
  constexpr int kTwins = 8;
  std::vector<std::string> filings;
  for (int i = 0; i < kSingles; ++i) filings.push_back(DraftIn(v1::FILING_STATE_RECEIVED).name());
  for (int i = 0; i < kTwins; ++i) {
    const v1::Filing form = Form();
    for (int twin = 0; twin < 2; ++twin) {
      filings.push_back(Advance(Draft(form, Principal()).name(), v1::FILING_STATE_RECEIVED).name());
      database_.Run("UPDATE filing SET open_uscc = NULL");
    }
  }
  std::vector<absl::StatusOr<v1::AcceptFilingResponse>> answers(filings.size(),
                                                                absl::UnknownError(""));
  const std::string approver = Approver();
  AtOnce(kThreads, [&](int thread) {
    for (size_t i = thread; i < filings.size(); i += kThreads) {
      answers[i] = On(filings[i], &Stub::AcceptFiling, approver);
    }
  });
  std::set<std::string> numbers;
  int refused = 0;
  for (const auto& answer : answers) {
    if (answer.ok()) {
      EXPECT_TRUE(numbers.insert(answer->filing().receipt_number()).second);
    } else {
      EXPECT_EQ(ReasonOf(answer.status()), "ALREADY_FILED") << answer.status();
      ++refused;
    }
  }
  EXPECT_EQ(refused, kTwins);
  std::set<std::string> expected;
  for (int i = 1; i <= kSingles + kTwins; ++i) {
    expected.insert(absl::StrFormat("TYBA-500111-2026-%05d", i));
  }
  EXPECT_EQ(numbers, expected);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM receipt"), "32");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility"), "32");
  EXPECT_FALSE(VerifiedActions().empty());
}

TEST_F(FilingConcurrencyTest, TheSameAcceptanceManyTimesAtOnceIsDoneOnce) {
  v1::AcceptFilingRequest request;
  request.set_name(DraftIn(v1::FILING_STATE_RECEIVED).name());
  request.set_request_id(NewRequestId());
  const std::string approver = Approver();
  std::vector<absl::StatusOr<v1::AcceptFilingResponse>> answers(kThreads, absl::UnknownError(""));
  AtOnce(kThreads, [&](int i) { answers[i] = Call(&Stub::AcceptFiling, approver, request); });
  for (const auto& answer : answers) {
    ASSERT_OK(answer);
    EXPECT_THAT(*answer, EqualsProto(*answers[0]));
  }
  EXPECT_EQ(database_.Value("SELECT serial FROM receipt_counter"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility"), "1");
}

TEST_F(FilingConcurrencyTest, TwoDecisionsAtOnceAreOneDecision) {
  const std::string filing = DraftIn(v1::FILING_STATE_RECEIVED).name();
  std::vector<absl::Status> results(kThreads);
  const std::string approver = Approver();
  AtOnce(kThreads, [&](int i) { results[i] = On(filing, &Stub::AcceptFiling, approver).status(); });
  int done = 0;
  for (const absl::Status& result : results) {
    done += static_cast<int>(result.ok());
    if (!result.ok()) {
      EXPECT_EQ(ReasonOf(result), "WRONG_STATE") << result;
    }
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(database_.Value("SELECT serial FROM receipt_counter"), "1");
}

TEST_F(FilingConcurrencyTest, OfManyFilingsOfOneUsccOneIsSubmitted) {
  const v1::Filing form = Form();
  const std::string principal = Principal();
  std::vector<std::string> drafts;
  for (int i = 0; i < kThreads; ++i) drafts.push_back(Draft(form, principal).name());
  std::vector<absl::Status> results(kThreads);
  AtOnce(kThreads,
         [&](int i) { results[i] = On(drafts[i], &Stub::SubmitFiling, principal).status(); });
  int done = 0;
  for (const absl::Status& result : results) {
    done += static_cast<int>(result.ok());
    if (!result.ok()) {
      EXPECT_EQ(ReasonOf(result), "ALREADY_FILED") << result;
    }
  }
  EXPECT_EQ(done, 1);
}

TEST_F(FilingConcurrencyTest, OfManyChangesOfOneFacilityOneIsUnderWay) {
  const std::string facility = DraftIn(v1::FILING_STATE_FILED).facility();
  const std::string owner = Principal("accounts/principal", facility);
  std::vector<absl::Status> results(kThreads);
  AtOnce(kThreads, [&](int i) {
    v1::CreateFilingRequest request;
    request.mutable_filing()->set_kind(v1::FILING_KIND_CHANGE);
    request.mutable_filing()->set_facility(facility);
    results[i] = Call(&Stub::CreateFiling, owner, request).status();
  });
  int done = 0;
  for (const absl::Status& result : results) {
    done += static_cast<int>(result.ok());
    if (!result.ok()) {
      EXPECT_EQ(ReasonOf(result), "FILING_OPEN") << result;
    }
  }
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace tuoyu::filing
