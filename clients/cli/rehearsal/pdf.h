#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_PDF_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_PDF_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tuoyu::rehearsal {

// A PDF 1.4 file of one A5 page with these lines of text (UTF-8, Chinese in the viewer's own Song font), about 1 KB: the
// attachments of the rehearsal and of the examples. The same lines give the same bytes.
std::string MakePdf(const std::vector<std::string>& lines);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_PDF_H_
