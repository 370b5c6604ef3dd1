#ifndef TUOYU_COMMON_CONTENT_CLEAN_CONTENT_H_
#define TUOYU_COMMON_CONTENT_CLEAN_CONTENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Files of people who must not be told by them: looked at to their end, and without what cameras and programs write beside the picture.
namespace tuoyu {

// The file as it is kept. `type` is what it is by its first bytes: "image/jpeg", "image/png" or "application/pdf".
// Pictures are kept without metadata: of a JPEG all application segments but the plain header and the colour transform, and comments (APP1 with
// EXIF and XMP, APP2, APP13, COM …); of a PNG all chunks the picture can be shown without but transparency and gamma (tEXt, iTXt, zTXt, eXIf,
// tIME, iCCP …); and what lies behind the end of either. The way a camera was held is metadata, too: such a picture may lie on its side.
// INVALID_ARGUMENT `CONTENT_BROKEN` for a picture that is not whole, or is larger than 20,000 in a direction or 50 million dots; for a PDF
// without its end mark. `CONTENT_ACTIVE` for a PDF that names something that acts or is another file inside (JavaScript, Launch, EmbeddedFile,
// OpenAction but to a page), in plain or in a compressed object stream, or is encrypted, so that it can't be looked at.
// A PDF is kept as it is: who wrote it may stand in it.
absl::StatusOr<std::string> CleanContent(absl::string_view type, absl::string_view bytes);

// Its parts, each of one type.
absl::StatusOr<std::string> CleanJpeg(absl::string_view bytes);
absl::StatusOr<std::string> CleanPng(absl::string_view bytes);
absl::Status CheckPdf(absl::string_view bytes);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_CONTENT_CLEAN_CONTENT_H_
