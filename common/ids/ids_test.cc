#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/ids/division_code.h"
#include "common/ids/folded_text.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"
#include "common/ids/text.h"
#include "common/ids/uscc.h"

namespace tuoyu::ids {
namespace {

const absl::CivilDay kToday(2026, 2, 12);

// The normal form, or the reason of the refusal.
std::string Result(const Checked<std::string>& checked) {
  return checked.ok() ? checked.value() : checked.error().reason;
}

std::string Result(const Checked<ResidentId>& checked) {
  return checked.ok() ? checked.value().number : checked.error().reason;
}

using Table = std::vector<std::pair<std::string, std::string>>;

TEST(CheckedTest, ErrorBecomesAStatusThatNamesTheReason) {
  const absl::Status status = ToStatus(NormaliseUscc("").error());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(absl::StartsWith(status.message(), "USCC_EMPTY: "));
}

TEST(TextTest, BlanksOfDocumentsAreTrimmed) {
  EXPECT_EQ(TrimBlanks(" \t\xE3\x80\x80 a b\xC2\xA0\n\xE2\x80\x8B\xEF\xBB\xBF"), "a b");
  EXPECT_EQ(TrimBlanks("\xE3\x80\x80"), "");
}

TEST(TextTest, FullWidthFormsAreFound) {
  for (const char* text : {"１", "12３", "Ａ", "ｚ", "－", "！", "～"}) {
    EXPECT_TRUE(HasFullWidth(text)) << text;
  }
  for (const char* text : {"", "123", "大足区", "、", "\xEF", "\xEF\xBC"}) {
    EXPECT_FALSE(HasFullWidth(text)) << text;
  }
}

TEST(UsccTest, ValidCodesKeepTheirForm) {
  for (const char* uscc : {"12500111QQ0000012N", "52500111MJQQ000277", "91500111MAQQ000327",
                           "92500111MAQQ00040Y", "11500000009275780L", "91330100799655058B"}) {
    EXPECT_EQ(Result(NormaliseUscc(uscc)), uscc);
    EXPECT_EQ(Result(NormaliseUscc(absl::StrCat(" \xE3\x80\x80", uscc, "\n"))), uscc);
  }
}

TEST(UsccTest, EachFaultHasItsReason) {
  for (const auto& [text, reason] : Table{{"", "USCC_EMPTY"},
                                          {" \xE3\x80\x80", "USCC_EMPTY"},
                                          {"91500111MAQQ000328", "USCC_CHECK_DIGIT"},
                                          {"91500111MAQI000327", "USCC_CHARACTER"},
                                          {"91500111MAQQ00032", "USCC_LENGTH"},
                                          {"91500111MAQQ0003277", "USCC_LENGTH"},
                                          {"91500111maqq000327", "USCC_LOWER_CASE"},
                                          {"91500111MAQQ00032７", "USCC_FULL_WIDTH"},
                                          {"９1500111MAQQ000327", "USCC_FULL_WIDTH"},
                                          {"91500111 MAQQ00032", "USCC_CHARACTER"},
                                          {"91500111MAQQ0003大", "USCC_LENGTH"},
                                          {"000000000000000000", "USCC_DEPARTMENT"},
                                          {"9150011AMAQQ000327", "USCC_DIVISION"}}) {
    EXPECT_EQ(Result(NormaliseUscc(text)), reason) << text;
  }
}

TEST(UsccTest, InnerOrganisationCheckIsVerified) {
  // The outer check character is right for these seventeen characters, the inner one (position 17)
  // is not.
  int inner_faults = 0;
  for (const char last : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    const std::string uscc = absl::StrCat("91500111MAQQ00033", std::string(1, last));
    const std::string result = Result(NormaliseUscc(uscc));
    EXPECT_NE(result, uscc);
    inner_faults += result == "USCC_ORGANISATION_CHECK_DIGIT" ? 1 : 0;
  }
  EXPECT_EQ(inner_faults, 1);
}

TEST(UsccTest, EveryWrongCharacterIsCaught) {
  const std::string valid = "91500111MAQQ000327";
  for (size_t i = 0; i < valid.size(); ++i) {
    for (const char c : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
      std::string altered = valid;
      altered[i] = c;
      EXPECT_EQ(NormaliseUscc(altered).ok(), c == valid[i]) << altered;
    }
  }
}

TEST(UsccTest, RouteIsReadFromThePrefix) {
  EXPECT_EQ(RouteOf("12500111QQ0000012N"), RegistrationRoute::kPublicInstitution);
  EXPECT_EQ(RouteOf("52500111MJQQ000277"), RegistrationRoute::kNonprofit);
  EXPECT_EQ(RouteOf("91500111MAQQ000327"), RegistrationRoute::kEnterprise);
  EXPECT_EQ(RouteOf("92500111MAQQ00040Y"), RegistrationRoute::kSoleTrader);
  EXPECT_EQ(RouteOf("11500000009275780L"), RegistrationRoute::kOther);
  EXPECT_EQ(RouteOf(""), RegistrationRoute::kOther);
}

TEST(ResidentIdTest, ValidNumbersAreRead) {
  const Checked<ResidentId> woman = NormaliseResidentId("500111198802299964", kToday);
  ASSERT_TRUE(woman.ok());
  EXPECT_EQ(woman.value().birth, absl::CivilDay(1988, 2, 29));
  EXPECT_TRUE(woman.value().female);
  const Checked<ResidentId> boy = NormaliseResidentId("500111202401319978", kToday);
  ASSERT_TRUE(boy.ok());
  EXPECT_EQ(boy.value().birth, absl::CivilDay(2024, 1, 31));
  EXPECT_FALSE(boy.value().female);
  EXPECT_TRUE(NormaliseResidentId("500111202510159985", kToday).ok());
}

TEST(ResidentIdTest, LowerCaseCheckCharacterBecomesUpperCase) {
  EXPECT_EQ(Result(NormaliseResidentId("50011120241111997x", kToday)), "50011120241111997X");
  EXPECT_EQ(Result(NormaliseResidentId(" 50011120241111997X ", kToday)), "50011120241111997X");
}

TEST(ResidentIdTest, EachFaultHasItsReason) {
  for (const auto& [text, reason] : Table{{"", "RESIDENT_ID_EMPTY"},
                                          {"500111202401319979", "RESIDENT_ID_CHECK_DIGIT"},
                                          {"500111202402309974", "RESIDENT_ID_DATE"},
                                          {"500111202302299967", "RESIDENT_ID_DATE"},
                                          {"500111189912319977", "RESIDENT_ID_DATE"},
                                          {"500111880229996", "RESIDENT_ID_LENGTH"},
                                          {"50011119880229996", "RESIDENT_ID_LENGTH"},
                                          {"50011119880229996４", "RESIDENT_ID_FULL_WIDTH"},
                                          {"50011119880229996A", "RESIDENT_ID_CHARACTER"},
                                          {"5001111988O2299964", "RESIDENT_ID_CHARACTER"},
                                          {"X00111198802299964", "RESIDENT_ID_CHARACTER"},
                                          {"000111198802299964", "RESIDENT_ID_REGION"}}) {
    EXPECT_EQ(Result(NormaliseResidentId(text, kToday)), reason) << text;
  }
}

TEST(ResidentIdTest, BirthAfterTodayIsRefusedUntilThatDay) {
  EXPECT_EQ(Result(NormaliseResidentId("500111202510159985", absl::CivilDay(2025, 10, 14))),
            "RESIDENT_ID_FUTURE_DATE");
  EXPECT_TRUE(NormaliseResidentId("500111202510159985", absl::CivilDay(2025, 10, 15)).ok());
}

TEST(ResidentIdTest, MessagesNeverRepeatTheNumber) {
  const IdError error = NormaliseResidentId("500111202401319979", kToday).error();
  EXPECT_FALSE(absl::StrContains(error.message_zh, "5001"));
  EXPECT_FALSE(absl::StrContains(error.message_en, "5001"));
}

TEST(PhoneTest, FormsAreNormalised) {
  for (const auto& [text, phone] : Table{{"13900000001", "13900000001"},
                                         {"17300000002", "17300000002"},
                                         {"19900000003", "19900000003"},
                                         {"+86 139-0000-0001", "13900000001"},
                                         {"008613900000001", "13900000001"},
                                         {"139 0000 0001", "13900000001"},
                                         {"023-40000000", "023-40000000"},
                                         {"02340000000", "023-40000000"},
                                         {"023-40000000-8001", "023-40000000-8001"},
                                         {"+86 23 40000000", "023-40000000"},
                                         {"+86-023-40000000", "023-40000000"},
                                         {"010 60000000", "010-60000000"},
                                         {"0851-20000000", "0851-20000000"},
                                         {"08512000000", "0851-2000000"}}) {
    EXPECT_EQ(Result(NormalisePhone(text)), phone) << text;
  }
}

TEST(PhoneTest, EachFaultHasItsReason) {
  for (const auto& [text, reason] : Table{{"", "PHONE_EMPTY"},
                                          {"1390000000１", "PHONE_FULL_WIDTH"},
                                          {"12900000001", "PHONE_FORMAT"},
                                          {"1390000000", "PHONE_FORMAT"},
                                          {"139000000011", "PHONE_FORMAT"},
                                          {"40000000", "PHONE_FORMAT"},
                                          {"023-400000", "PHONE_FORMAT"},
                                          {"023-400000000", "PHONE_FORMAT"},
                                          {"023-40000000-", "PHONE_FORMAT"},
                                          {"023-40000000-1234567", "PHONE_FORMAT"},
                                          {"023-00000000", "PHONE_FORMAT"},
                                          {"0", "PHONE_FORMAT"},
                                          {"12345", "PHONE_FORMAT"},
                                          {"+86", "PHONE_FORMAT"},
                                          {"+8600864000000 -8", "PHONE_FORMAT"},
                                          {"0012-40000000", "PHONE_FORMAT"},
                                          {"电话", "PHONE_FORMAT"}}) {
    EXPECT_EQ(Result(NormalisePhone(text)), reason) << text;
  }
}

TEST(BareTextTest, WhatIsPutBetweenCharactersIsLeftOut) {
  const Table table = {{"虐*待", "虐待"},
                       {"虐\xE2\x80\x8B待", "虐待"},  // zero width space
                       {"虐\xE2\x80\x8D待", "虐待"},  // zero width joiner
                       {"虐\xEF\xBB\xBF待", "虐待"},  // byte order mark
                       {"虐\xC2\xAD待", "虐待"},      // soft hyphen
                       {"虐\xE3\x85\xA4待", "虐待"},  // Hangul filler, a letter that is blank
                       {"虐\xCC\xB2待", "虐待"},      // combining low line
                       {"虐　待\t\n", "虐待"},
                       {"虐·-—_|~【】😀待", "虐待"},
                       {"ＡＢcＤ１２", "abcd12"},
                       {"打，了。", "打了"},
                       {"\xFF虐\xFF", "虐"},
                       {"", ""}};
  for (const auto& [text, bare] : table) {
    EXPECT_EQ(BareText(text, SentenceEnds::kLeftOut), bare) << text;
  }
  EXPECT_EQ(BareText("动手打。孩子，好！真*的？是；对：、", SentenceEnds::kKept),
            "动手打。孩子,好!真的?是;对:、");
}

TEST(DivisionCodeTest, ShortFormIsKeptOrMade) {
  for (const auto& [text, code] : Table{{"500111", "500111"},
                                        {"500111001", "500111001"},
                                        {"500111100", "500111100"},
                                        {"500111001001", "500111001001"},
                                        {" 500111001000 ", "500111001"},
                                        {"500111000000", "500111"}}) {
    EXPECT_EQ(Result(NormaliseDivisionCode(text)), code) << text;
  }
}

TEST(DivisionCodeTest, EachFaultHasItsReason) {
  for (const auto& [text, reason] : Table{{"", "DIVISION_CODE_EMPTY"},
                                          {"５00111", "DIVISION_CODE_FULL_WIDTH"},
                                          {"50011", "DIVISION_CODE_FORMAT"},
                                          {"5001110", "DIVISION_CODE_FORMAT"},
                                          {"500111000", "DIVISION_CODE_FORMAT"},
                                          {"500111000001", "DIVISION_CODE_FORMAT"},
                                          {"50011100A", "DIVISION_CODE_FORMAT"},
                                          {"000111", "DIVISION_CODE_FORMAT"},
                                          {"大足区", "DIVISION_CODE_FORMAT"}}) {
    EXPECT_EQ(Result(NormaliseDivisionCode(text)), reason) << text;
  }
}

TEST(DivisionCodeTest, ScopeContainsItselfAndWhatLiesInIt) {
  EXPECT_TRUE(DivisionContains("500111", "500111"));
  EXPECT_TRUE(DivisionContains("500111", "500111001"));
  EXPECT_TRUE(DivisionContains("500111001", "500111001001"));
  EXPECT_FALSE(DivisionContains("500111001", "500111"));
  EXPECT_FALSE(DivisionContains("500111001", "500111002"));
  EXPECT_FALSE(DivisionContains("", "500111001"));
  EXPECT_FALSE(DivisionContains("5001", "500111001"));
}

}  // namespace
}  // namespace tuoyu::ids
