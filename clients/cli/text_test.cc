#include "clients/cli/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace tuoyu::cli {
namespace {

using ::testing::ElementsAre;

TEST(TextTest, ChineseTakesTwoColumnsAndCombiningMarksNone) {
  EXPECT_EQ(DisplayWidth("托育"), 4);
  EXPECT_EQ(DisplayWidth("托 A1"), 5);
  EXPECT_EQ(DisplayWidth("（，）"), 6);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1);
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("\xFF\xFE"), 0) << "malformed bytes have no width";
}

TEST(TextTest, PaddingCountsColumnsNotBytes) {
  EXPECT_EQ(PadRight("托", 4), "托  ");
  EXPECT_EQ(PadLeft("托", 4), "  托");
  EXPECT_EQ(PadRight("托育机构", 4), "托育机构") << "longer text stays as it is";
}

TEST(TextTest, WhatATerminalWouldActOnIsReplaced) {
  EXPECT_EQ(Printable("甲\n乙\t丙"), "甲 乙 丙");
  EXPECT_EQ(Printable("a\x1B[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(Printable("\xE2\x80\xAE"), "\xEF\xBF\xBD") << "an override of direction";
  EXPECT_EQ(Printable("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "malformed UTF-8";
}

TEST(TextTest, EnglishBreaksAtBlanks) {
  EXPECT_THAT(WrapText("the lease ends too early", 10),
              ElementsAre("the lease", "ends too", "early"));
}

TEST(TextTest, ChineseBreaksAnywhereButNotBeforeClosingPunctuation) {
  EXPECT_THAT(WrapText("托育机构名称", 4), ElementsAre("托育", "机构", "名称"));
  EXPECT_THAT(WrapText("托育，机构", 4), ElementsAre("托", "育，", "机构"));
}

TEST(TextTest, WordsLongerThanALineAreCut) {
  EXPECT_THAT(WrapText("abcdefghij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(WrapText("91500111MAQQ000327 ok", 8), ElementsAre("91500111", "MAQQ0003", "27 ok"));
}

TEST(TextTest, NoLineIsWiderThanAsked) {
  for (const absl::string_view text : {"abcde", "abcd efghi jk", "托小班12345人，超过15人",
                                       "materials[M03] 缺少资格证明", "12345%"}) {
    for (int width = 4; width <= 12; ++width) {
      for (const std::string& line : WrapText(text, width)) {
        EXPECT_LE(DisplayWidth(line), width) << text << " at " << width;
      }
    }
  }
}

TEST(TextTest, AnUnnamedLocaleIsChineseAndAnyOtherLanguageEnglish) {
  const auto in = [](const char* locale) {
    setenv("LC_ALL", locale, 1);
    const Language language = LanguageFromEnvironment();
    unsetenv("LC_ALL");
    return language;
  };
  EXPECT_EQ(in("zh_CN.UTF-8"), Language::kChinese);
  EXPECT_EQ(in("C.UTF-8"), Language::kChinese);
  EXPECT_EQ(in("POSIX"), Language::kChinese);
  EXPECT_EQ(in("en_US.UTF-8"), Language::kEnglish);
  EXPECT_EQ(in("de_DE.UTF-8"), Language::kEnglish);
  EXPECT_EQ(LanguageNamed("en"), Language::kEnglish);
}

}  // namespace
}  // namespace tuoyu::cli
