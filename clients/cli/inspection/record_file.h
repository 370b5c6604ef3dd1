#ifndef TUOYU_CLIENTS_CLI_INSPECTION_RECORD_FILE_H_
#define TUOYU_CLIENTS_CLI_INSPECTION_RECORD_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/data/yaml.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// A record of a visit as a file, written on the way and sent when there is a network.
namespace tuoyu::cli {

// A photo named in the file.
struct PhotoFile {
  std::string path;
  std::string name;  // visits/{id}/photos/{id}
};

struct RecordFile {
  inspection::v1::RecordVisitRequest request;  // all but device_now and request_id
  std::vector<PhotoFile> photos;
  data::FieldLines lines;
};

// Reads parts of a record, YAML or JSON: "parts: [{arrival: {}}, {item: {item: B01, verdict: PASS}}, {close: {signing: SIGNED}}]".
// What a part lacks is filled in so that the same file sent again is the same parts: an id that follows from visit, place and
// content; as time the file's own, a millisecond apart. An arrival without names is that of who sends it. Paths of photos, beside the file, become
// names that follow from visit and path. INVALID_ARGUMENT with the line of each fault; NOT_FOUND without the file.
absl::StatusOr<RecordFile> LoadRecordFile(const std::string& path,
                                          const inspection::v1::Visit& visit);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INSPECTION_RECORD_FILE_H_
