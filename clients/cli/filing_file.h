#ifndef TUOYU_CLIENTS_CLI_FILING_FILE_H_
#define TUOYU_CLIENTS_CLI_FILING_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/yaml.h"
#include "tuoyu/client/v1/filing_file.pb.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::cli {

// A filing file as read: the message, and on which line each field stands.
struct FilingFileSource {
  std::string path;
  client::v1::FilingFile file;
  data::FieldLines lines;
};

// Reads a message from a file, YAML or JSON, and the line on which each field stands. Days may be written as words, see
// ResolveDayWords. Errors as of LoadFilingFile.
absl::Status LoadMessageFile(const std::string& path, absl::CivilDay today,
                             google::protobuf::Message* message, data::FieldLines* lines);

// Reads a filing file, YAML or JSON (which YAML 1.2 contains). Days may be written as words, see ResolveDayWords. An
// unset kind becomes INITIAL. NOT_FOUND without the file, INVALID_ARGUMENT "file:line: path: reason" for each fault in
// it.
absl::StatusOr<FilingFileSource> LoadFilingFile(const std::string& path, absl::CivilDay today);

// Puts the date in the place of the words today, today-30 and today+30 (days) where they are the value of a day: of a key
// that ends in _on, _start, _end, _from, _to, _date or _day. A form kept for reuse need not be edited for its signature.
std::string ResolveDayWords(absl::string_view text, absl::CivilDay today);

// The file of an attachment: its bytes and the material as it is declared to the service.
struct AttachmentFile {
  filing::v1::Material
      material;  // kind, file_name, size_bytes, sha256 and what the file says of it
  std::string bytes;
};

// Reads the file of `attachment`, whose path is relative to the folder of the filing file `beside`. NOT_FOUND without
// it, INVALID_ARGUMENT when it is empty or above 20 MiB; both name the path.
absl::StatusOr<AttachmentFile> LoadAttachment(const client::v1::Attachment& attachment,
                                              absl::string_view beside);

// The whole file; NOT_FOUND without it, INVALID_ARGUMENT above `most` bytes.
absl::StatusOr<std::string> ReadBytes(const std::string& path, int64_t most);

// Makes a file, for its owner only; INVALID_ARGUMENT where there is one already or none can be made: nothing is overwritten.
absl::Status WriteNewFile(const std::string& path, absl::string_view bytes);

// Puts what a change says over the form in force: single fields that are set replace the old ones, the parts of site and
// location by their own fields, a list that is not empty replaces the old list.
void OverlayContent(const filing::v1::FilingContent& change, filing::v1::FilingContent* content);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_FILING_FILE_H_
