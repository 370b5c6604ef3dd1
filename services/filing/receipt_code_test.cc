#include "services/filing/receipt_code.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::filing {
namespace {

TEST(ReceiptCodeTest, NewCodesAreValidAndAllDifferent) {
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) {
    const std::string code = NewVerificationCode();
    ASSERT_EQ(code.size(), 16u);
    EXPECT_EQ(NormaliseVerificationCode(code), code);
    codes.insert(code);
  }
  EXPECT_EQ(codes.size(), 1000u);
}

TEST(ReceiptCodeTest, ReadsWhatPeopleType) {
  const std::string code = NewVerificationCode();
  std::string typed;
  for (size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) typed += i == 8 ? " " : "-";
    const char c = code[i];
    typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
  }
  EXPECT_EQ(NormaliseVerificationCode(typed), code);
}

TEST(ReceiptCodeTest, FindsEveryWrongCharacter) {
  const std::string code = NewVerificationCode();
  for (size_t i = 0; i < code.size(); ++i) {
    for (const char c : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
      std::string wrong = code;
      wrong[i] = c;
      EXPECT_EQ(NormaliseVerificationCode(wrong), c == code[i] ? code : "") << wrong;
    }
  }
}

TEST(ReceiptCodeTest, RefusesWhatIsNoCode) {
  const std::string code = NewVerificationCode();
  for (const std::string& text :
       {std::string(), code.substr(1), code + "0", std::string("UUUUUUUUUUUUUUUU"),
        std::string(1 << 20, '0'), std::string("回执验证码")}) {
    EXPECT_EQ(NormaliseVerificationCode(text), "");
  }
}

}  // namespace
}  // namespace tuoyu::filing
