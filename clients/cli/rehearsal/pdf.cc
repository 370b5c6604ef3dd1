#include "clients/cli/rehearsal/pdf.h"

#include <utf8proc.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tuoyu::rehearsal {
namespace {

// UTF-16BE in hex, as a font with the encoding UniGB-UCS2-H reads it; characters beyond 16 bits become U+FFFD.
std::string HexText(absl::string_view text) {
  std::string hex;
  while (!text.empty()) {
    utf8proc_int32_t code = 0xFFFD;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &code);
    text.remove_prefix(size > 0 ? static_cast<size_t>(size) : 1);
    absl::StrAppendFormat(&hex, "%04X", code < 0 || code > 0xFFFF ? 0xFFFD : code);
  }
  return hex;
}

}  // namespace

std::string MakePdf(const std::vector<std::string>& lines) {
  std::string page = "BT /F1 14 Tf 20 TL 50 520 Td\n";
  for (const std::string& line : lines) absl::StrAppend(&page, "<", HexText(line), "> Tj T*\n");
  page += "ET\n";
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      absl::StrCat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R ",
                   "/Resources << /Font << /F1 5 0 R >> >> >>"),
      absl::StrCat("<< /Length ", page.size(), " >>\nstream\n", page, "endstream"),
      absl::StrCat("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding ",
                   "/UniGB-UCS2-H /DescendantFonts [6 0 R] >>"),
      absl::StrCat(
          "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo ",
          "<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>"),
      absl::StrCat("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 ",
                   "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 ",
                   "/CapHeight 880 /StemV 93 >>")};
  std::string out = "%PDF-1.4\n";
  std::string table = absl::StrFormat("xref\n0 %d\n0000000000 65535 f \n", std::size(objects) + 1);
  int number = 0;
  for (const std::string& object : objects) {
    absl::StrAppendFormat(&table, "%010d 00000 n \n", out.size());
    absl::StrAppend(&out, ++number, " 0 obj\n", object, "\nendobj\n");
  }
  const size_t start = out.size();
  absl::StrAppend(&out, table, "trailer\n<< /Size ", number + 1, " /Root 1 0 R >>\nstartxref\n",
                  start, "\n%%EOF\n");
  return out;
}

}  // namespace tuoyu::rehearsal
