#include "common/content/file_content.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/privacy/digest.h"
#include "common/rpc/errors.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu {
namespace {

using ::tuoyu::testing::IsOkAndHolds;

std::string Number(uint32_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
  return text;
}

// A ZIP archive of stored entries with these names, each holding `padding` zero bytes.
std::string Zip(const std::vector<std::string>& names, size_t padding = 0) {
  const std::string data(padding, '\0');
  std::string files;
  std::string directory;
  for (const std::string& name : names) {
    const std::string sizes = Number(padding, 4) + Number(padding, 4) + Number(name.size(), 2);
    directory += absl::StrCat("PK\1\2", Number(20, 2), Number(20, 2), std::string(8, '\0'),
                              Number(0, 4), sizes, Number(0, 2), Number(0, 2), Number(0, 2),
                              Number(0, 2), Number(0, 4), Number(files.size(), 4), name);
    files += absl::StrCat("PK\3\4", Number(20, 2), std::string(8, '\0'), Number(0, 4), sizes,
                          Number(0, 2), name, data);
  }
  return absl::StrCat(files, directory, "PK\5\6", Number(0, 4), Number(names.size(), 2),
                      Number(names.size(), 2), Number(directory.size(), 4), Number(files.size(), 4),
                      Number(0, 2));
}

std::string Png() {
  return absl::StrCat(std::string("\x89PNG\r\n\x1a\n", 8), std::string("\0\0\0\rIHDR", 8),
                      std::string("\0\0\0\1\0\0\0\1\x08\2\0\0\0", 13), "abcd");
}

absl::StatusOr<std::string> TypeOf(absl::string_view bytes, size_t piece = 1000) {
  FileContent content;
  for (size_t i = 0; i < bytes.size(); i += piece) content.Add(bytes.substr(i, piece));
  return content.Type();
}

std::string ReasonOfType(absl::string_view bytes) { return rpc::ReasonOf(TypeOf(bytes).status()); }

TEST(FileContentTest, TellsTheFourKindsByTheirBytes) {
  EXPECT_THAT(TypeOf("%PDF-1.7\n%%EOF\n"), IsOkAndHolds("application/pdf"));
  EXPECT_THAT(TypeOf(Png()), IsOkAndHolds("image/png"));
  EXPECT_THAT(TypeOf(absl::StrCat(std::string("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0", 14),
                                  std::string(40, '\0'), "\xff\xd9")),
              IsOkAndHolds("image/jpeg"));
  EXPECT_THAT(TypeOf(Zip({"OFD.xml", "Doc_0/Document.xml"})), IsOkAndHolds("application/ofd"));
}

TEST(FileContentTest, RefusesEverythingElse) {
  for (const std::string& bytes :
       {std::string("hello"), std::string("<html><script>alert(1)</script></html>"),
        std::string("MZ\x90\0", 4),
        std::string("\x7f"
                    "ELF\2\1\1"),
        Zip({"word/document.xml"}), Zip({"Doc_0/OFD.xml"}), Zip({}), std::string("GIF89a\1\0\1\0"),
        std::string(100, '\0')}) {
    EXPECT_EQ(ReasonOfType(bytes), "CONTENT_TYPE_REFUSED") << bytes.substr(0, 20);
  }
}

TEST(FileContentTest, FindsTheRootOfALargeOfd) {
  EXPECT_THAT(TypeOf(Zip({"Doc_0/Res/image.png", "OFD.xml"}, 700'000), 99'991),
              IsOkAndHolds("application/ofd"));
}

TEST(FileContentTest, RefusesABrokenArchiveDirectory) {
  const std::string good = Zip({"OFD.xml", "Doc_0/Document.xml"});
  const size_t directory = good.find("PK\1\2");
  for (size_t i = directory; i < good.size(); ++i) {
    std::string broken = good;
    broken[i] = static_cast<char>(broken[i] ^ 0x80);
    (void)TypeOf(broken);  // must not read outside; whether it is refused depends on the byte
    EXPECT_EQ(ReasonOfType(good.substr(0, i)), "CONTENT_TYPE_REFUSED");
  }
  std::string lying = good;
  lying.replace(good.size() - 6, 4, Number(0xfffffff0, 4));  // where the directory starts
  EXPECT_EQ(ReasonOfType(lying), "CONTENT_TYPE_REFUSED");
}

TEST(FileContentTest, DigestAndSizeAreThoseOfTheWhole) {
  std::string bytes;
  for (int i = 0; i < 500'000; ++i) bytes.push_back(static_cast<char>(i * 31));
  for (const size_t piece : {size_t{1} << 20, size_t{65536}, size_t{4999}}) {
    FileContent content;
    for (size_t i = 0; i < bytes.size(); i += piece) {
      content.Add(absl::string_view(bytes).substr(i, piece));
    }
    EXPECT_EQ(content.size(), 500'000);
    EXPECT_EQ(content.TakeSha256(), privacy::Sha256Hex(bytes));
  }
}

}  // namespace
}  // namespace tuoyu
