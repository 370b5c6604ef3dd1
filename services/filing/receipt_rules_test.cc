#include "services/filing/receipt_rules.h"

#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using testing::National;
using testing::ValidCancellation;
using testing::ValidChange;
using testing::ValidFiling;
using tuoyu::testing::EqualsProto;
using v1::RuleSet;

constexpr CivilDay kFiledOn(2026, 3, 16);

v1::Receipt Make(const v1::Filing& filing) {
  return MakeReceipt(filing, "facilities/f", "TYBA-500111-2026-00001", "CODE", kFiledOn,
                     National());
}

v1::Filing SubmittedAt(v1::Filing filing, const char* time) {
  absl::Time parsed;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, time, &parsed, nullptr));
  *filing.mutable_submit_time() = ToProto(parsed);
  return filing;
}

TEST(ReceiptRulesTest, TheNumberNamesDistrictYearAndSerialAndGrowsBeyondFiveDigits) {
  struct Case {
    int year;
    int64_t serial;
    const char* number;
  };
  for (const Case& c : std::vector<Case>{{2026, 1, "TYBA-500111-2026-00001"},
                                         {2026, 42, "TYBA-500111-2026-00042"},
                                         {2027, 99999, "TYBA-500111-2027-99999"},
                                         {2027, 100000, "TYBA-500111-2027-100000"},
                                         {2027, 10000000000, "TYBA-500111-2027-10000000000"}}) {
    EXPECT_EQ(ReceiptNumber(National().receipt_prefix(), "500111", c.year, c.serial), c.number);
  }
}

TEST(ReceiptRulesTest, TheReceiptSaysWhatIsFiled) {
  v1::Filing filing = ValidFiling();
  filing.set_name("filings/1");
  filing.set_back_entered(true);
  const v1::Receipt receipt = Make(filing);
  const v1::FilingContent& content = filing.content();
  EXPECT_EQ(receipt.receipt_number(), "TYBA-500111-2026-00001");
  EXPECT_EQ(receipt.verification_code(), "CODE");
  EXPECT_EQ(receipt.facility(), "facilities/f");
  EXPECT_EQ(receipt.filing(), "filings/1");
  EXPECT_EQ(receipt.facility_name(), content.name());
  EXPECT_EQ(receipt.address(), content.address());
  EXPECT_EQ(receipt.uscc(), content.uscc());
  EXPECT_EQ(receipt.profit_nature(), content.profit_nature());
  EXPECT_EQ(receipt.principal_name(), content.principal_name());
  EXPECT_EQ(receipt.service_modes_size(), 2);
  EXPECT_EQ(receipt.approved_capacity(), 45);
  ASSERT_EQ(receipt.classes_size(), 3);
  EXPECT_THAT(receipt.classes(2), EqualsProto(content.classes(2)));
  EXPECT_THAT(receipt.filed_on(), EqualsProto(ToProto(kFiledOn)));
  EXPECT_EQ(receipt.filing_authority(), "重庆市大足区卫生健康委员会");
  EXPECT_EQ(receipt.kind(), v1::FILING_KIND_INITIAL);
  EXPECT_TRUE(receipt.back_entered());
}

TEST(ReceiptRulesTest, TheSentenceIsThatOfTheKindWithTheDayTheFormWasHandedIn) {
  constexpr char kTime[] = "2026-03-12T10:00:00+08:00";
  EXPECT_EQ(Make(SubmittedAt(ValidFiling(), kTime)).statement_zh(),
            "贵机构2026年3月12日报来的备案书收到并已备案。");
  EXPECT_EQ(Make(SubmittedAt(ValidChange(), kTime)).statement_zh(),
            "贵机构2026年3月12日报来的变更备案书收到并已变更备案。");
  EXPECT_EQ(Make(SubmittedAt(ValidCancellation(), kTime)).statement_zh(),
            "贵机构2026年3月12日报来的备案注销申请收到并已注销备案。");
}

TEST(ReceiptRulesTest, TheDayOfSubmissionIsThatOfShanghai) {
  const v1::Receipt before = Make(SubmittedAt(ValidFiling(), "2026-03-12T15:59:59Z"));
  EXPECT_THAT(before.submitted_on(), EqualsProto(ToProto(CivilDay(2026, 3, 12))));
  const v1::Receipt after = Make(SubmittedAt(ValidFiling(), "2026-03-12T16:00:00Z"));
  EXPECT_THAT(after.submitted_on(), EqualsProto(ToProto(CivilDay(2026, 3, 13))));
  EXPECT_THAT(Make(ValidFiling()).submitted_on(), EqualsProto(ToProto(kFiledOn)));
}

TEST(ReceiptRulesTest, TheConditionsNoticeIsIssuedWithItButNotToWhoEnds) {
  EXPECT_THAT(Make(ValidFiling()).conditions_notice(), EqualsProto(National().conditions_notice()));
  EXPECT_THAT(Make(ValidChange()).conditions_notice(), EqualsProto(National().conditions_notice()));
  EXPECT_FALSE(Make(ValidCancellation()).has_conditions_notice());
}

TEST(ReceiptRulesTest, AReceiptIsARecordNeverAPermitAndRepeatsNoPersonalData) {
  for (const v1::Filing& filing : {ValidFiling(), ValidChange(), ValidCancellation()}) {
    const v1::Receipt receipt = Make(filing);
    for (const char* word : {"批准", "许可", "准予", "审批", "{", "}"}) {
      EXPECT_THAT(receipt.statement_zh(), ::testing::Not(::testing::HasSubstr(word)));
    }
    const std::string all = receipt.SerializeAsString();
    for (const std::string& personal :
         {filing.content().principal_id_number(), filing.content().contact_name(),
          filing.content().contact_phone()}) {
      EXPECT_THAT(all, ::testing::Not(::testing::HasSubstr(personal)));
    }
  }
}

}  // namespace
}  // namespace tuoyu::filing
