#include "common/content/clean_content.h"

#include <zlib.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/errors.h"
#include "common/testing/file_bytes.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::tuoyu::testing::IsOkAndHolds;
using ::tuoyu::testing::JpegOf;
using ::tuoyu::testing::JpegSegment;
using ::tuoyu::testing::Pdf;
using ::tuoyu::testing::PngChunk;
using ::tuoyu::testing::PngOf;

constexpr char kWho[] = "演练甲的手机";

std::string Refused(absl::string_view type, absl::string_view bytes) {
  return rpc::ReasonOf(CleanContent(type, bytes).status());
}

std::string Packed(absl::string_view bytes) {
  std::string packed(compressBound(static_cast<uLong>(bytes.size())), '\0');
  auto size = static_cast<uLongf>(packed.size());
  compress(reinterpret_cast<Bytef*>(packed.data()), &size,
           reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
  packed.resize(size);
  return packed;
}

std::string PdfWith(absl::string_view objects) {
  return absl::StrCat("%PDF-1.7\n", objects, "\ntrailer << /Root 1 0 R >>\n%%EOF\n");
}

TEST(CleanContentTest, APlainPictureIsKeptAsItIs) {
  EXPECT_THAT(CleanContent("image/jpeg", JpegOf("")), IsOkAndHolds(JpegOf("")));
  EXPECT_THAT(CleanContent("image/png", PngOf(7)), IsOkAndHolds(PngOf(7)));
  EXPECT_THAT(CleanContent("application/pdf", Pdf(300)), IsOkAndHolds(Pdf(300)));
  EXPECT_EQ(Refused("application/ofd", "PK"), "CONTENT_TYPE_REFUSED");
}

TEST(CleanContentTest, AJpegLosesWhatTellsOfWhoTookIt) {
  const std::string exif = JpegSegment(
      '\xE1', absl::StrCat("Exif", absl::string_view("\0\0", 2), kWho, " GPS 29.7N 105.7E"));
  const std::string xmp = JpegSegment('\xE1', absl::StrCat("http://ns.adobe.com/xap/1.0/", kWho));
  const std::string maker = JpegSegment('\xE2', kWho);
  const std::string iptc = JpegSegment('\xED', absl::StrCat("Photoshop 3.0", kWho));
  const std::string comment = JpegSegment('\xFE', kWho);
  EXPECT_THAT(CleanJpeg(JpegOf(exif + xmp + maker + iptc + comment)), IsOkAndHolds(JpegOf("")));
  // What lies behind the end goes, too, and a colour transform stays.
  EXPECT_THAT(CleanJpeg(JpegOf("") + kWho), IsOkAndHolds(JpegOf("")));
  const std::string adobe = JpegSegment('\xEE', absl::string_view("Adobe\0d\0\0\0\0\1", 12));
  EXPECT_THAT(CleanJpeg(JpegOf(adobe)), IsOkAndHolds(JpegOf(adobe)));
}

TEST(CleanContentTest, AJpegIsWholeOrRefused) {
  const std::string whole = JpegOf("");
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(Refused("image/jpeg", whole.substr(0, size)), "CONTENT_BROKEN") << size;
  }
  // Twelve bytes that begin like one.
  EXPECT_EQ(Refused("image/jpeg", absl::string_view("\xFF\xD8\xFF\xE0\0\x10JFIF\0\1", 12)),
            "CONTENT_BROKEN");
  std::string huge = whole;
  huge.replace(whole.find("\xFF\xC0") + 5, 4, "\x7F\xFF\x7F\xFF");
  EXPECT_EQ(Refused("image/jpeg", huge), "CONTENT_BROKEN");
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string other = whole;
    other[i] = static_cast<char>(other[i] ^ 0x80);
    (void)CleanJpeg(other);  // must not read outside; whether it is refused depends on the byte
  }
}

TEST(CleanContentTest, APngLosesItsTextsAndWhatLiesBehindIt) {
  const std::string told =
      PngChunk("tEXt", absl::StrCat("Author", absl::string_view("\0", 1), kWho)) +
      PngChunk("iTXt", kWho) + PngChunk("zTXt", kWho) + PngChunk("eXIf", kWho) +
      PngChunk("tIME", "1234567") + PngChunk("iCCP", kWho) + PngChunk("prVt", kWho);
  EXPECT_THAT(CleanPng(PngOf(7, told)), IsOkAndHolds(PngOf(7)));
  EXPECT_THAT(CleanPng(PngOf(7) + kWho), IsOkAndHolds(PngOf(7)));
  const std::string gamma = PngChunk("gAMA", absl::string_view("\0\0\xB1\x8F", 4));
  EXPECT_THAT(CleanPng(PngOf(7, gamma)), IsOkAndHolds(PngOf(7, gamma)));
}

TEST(CleanContentTest, APngIsWholeOrRefused) {
  const std::string whole = PngOf(7);
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(Refused("image/png", whole.substr(0, size)), "CONTENT_BROKEN") << size;
  }
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string other = whole;
    other[i] = static_cast<char>(other[i] ^ 0x10);
    EXPECT_EQ(Refused("image/png", other), "CONTENT_BROKEN") << "the check sums tell: " << i;
  }
  // A header that promises another picture than there is, or one of gigabytes.
  const std::string idat = whole.substr(33);
  const auto with_header = [&](uint32_t width, uint32_t height) {
    return absl::StrCat(
        whole.substr(0, 8),
        PngChunk("IHDR", absl::StrCat(testing::BigEndian32(width), testing::BigEndian32(height),
                                      absl::string_view("\x08\0\0\0\0", 5))),
        idat);
  };
  EXPECT_THAT(CleanPng(with_header(7, 1)), IsOkAndHolds(whole));
  EXPECT_EQ(Refused("image/png", with_header(8, 1)), "CONTENT_BROKEN");
  EXPECT_EQ(Refused("image/png", with_header(6, 1)), "CONTENT_BROKEN");
  EXPECT_EQ(Refused("image/png", with_header(0, 1)), "CONTENT_BROKEN");
  EXPECT_EQ(Refused("image/png", with_header(19'999, 19'999)), "CONTENT_BROKEN");
  EXPECT_EQ(Refused("image/png", PngOf(7, PngChunk("ABCD", "x"))), "CONTENT_BROKEN")
      << "a chunk it can't be shown without, and that nobody knows";
}

TEST(CleanContentTest, APdfThatActsOrHidesFilesIsRefused) {
  EXPECT_EQ(Refused("application/pdf", "%PDF-1.7\n<script>x()</script>\n"), "CONTENT_BROKEN");
  const std::vector<std::string> active = {
      "<< /S /JavaScript /JS (app.alert(1)) >>",
      "<< /JS (x) >>",
      "<< /S /J#61vaScript >>",
      "<< /S /#4A#61#76#61#53#63#72#69#70#74 >>",
      "<< /S /Launch /F (cmd.exe) >>",
      "<</OpenAction 5 0 R>>",
      "<< /OpenAction << /S /GoTo >> >>",
      "<< /Type/EmbeddedFile >>",
      "<< /Names << /EmbeddedFiles 7 0 R >> >>",
      "<< /AcroForm << /XFA 3 0 R >> >>",
      "<< /Encrypt 9 0 R >>",
      "% stream\n<< /S /JavaScript >>\n% endstream",
      absl::StrCat("<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n",
                   Packed("1 0 << /S /JavaScript >>"), "\nendstream"),
      absl::StrCat("<< /Type /Obj#53tm >>\nstream\n", Packed("<< /S /Launch >>"), "\nendstream"),
      absl::StrCat("<< /Type /ObjStm >>\nstream\n", Packed(std::string(40 << 20, ' ')),
                   "\nendstream")};
  for (const std::string& each : active) {
    EXPECT_EQ(Refused("application/pdf", PdfWith(each)), "CONTENT_ACTIVE") << each.substr(0, 60);
  }
}

TEST(CleanContentTest, AnOrdinaryPdfIsTakenIn) {
  for (const std::string& each :
       {std::string("<< /Type /Catalog /OpenAction [3 0 R /XYZ null null 0] /Pages 2 0 R >>"),
        std::string("<< /A << /S /URI /URI (https://example.org) >> >>"),
        absl::StrCat("<< /Filter /FlateDecode >>\nstream\n", Packed("BT (/JS JavaScript) Tj ET"),
                     "\nendstream"),
        std::string("<< /Length 3 >>\nstream\n/JS\nendstream"),
        absl::StrCat("<< /Type /ObjStm >>\nstream\n", Packed("1 0 << /Type /Page >>"),
                     "\nendstream")}) {
    EXPECT_OK(CleanContent("application/pdf", PdfWith(each))) << each.substr(0, 60);
  }
}

TEST(CleanContentTest, NothingThatIsKeptTellsWho) {
  for (const std::string& kept : {*CleanJpeg(JpegOf(JpegSegment('\xE5', kWho)) + kWho),
                                  *CleanPng(PngOf(9, PngChunk("tEXt", kWho)) + kWho)}) {
    EXPECT_THAT(kept, Not(HasSubstr(kWho)));
  }
}

}  // namespace
}  // namespace tuoyu
