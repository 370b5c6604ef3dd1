#ifndef TUOYU_CLIENTS_CLI_IMPORT_KIND_H_
#define TUOYU_CLIENTS_CLI_IMPORT_KIND_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "clients/cli/import/column.h"
#include "clients/cli/session.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::cli {

// What can be imported: facilities, staff, children, statistics.
class ImportKind {
 public:
  virtual ~ImportKind() = default;

  virtual absl::string_view name() const = 0;  // "facilities"
  virtual Bilingual title() const = 0;         // "机构", "facilities"
  virtual absl::Span<const Column> columns() const = 0;
  virtual const google::protobuf::Message& entry() const = 0;  // an empty one
  // Most entries of a call, and calls that may go on at a time.
  virtual size_t batch() const { return 200; }
  virtual bool in_order() const { return false; }

  // Looks up what all rows need, before the first is read.
  virtual absl::Status Prepare() { return absl::OkStatus(); }
  // Makes what is not a column of its own, and what columns say together. What it finds stands in the faults of the row by
  // the field, which `at` makes of it. An error is none of the row: a service does not answer.
  using FaultMaker = absl::FunctionRef<RowFault(absl::string_view field, const ids::IdError&)>;
  virtual absl::Status Complete(ImportRow* row, FaultMaker at) = 0;
  // What makes two rows tell of the same thing; empty when nothing can.
  virtual std::string KeyOf(const google::protobuf::Message& entry) const = 0;
  // Whether two rows of the same thing that are not equal may both be: one adds to the other.
  virtual bool GoTogether(const google::protobuf::Message& /*earlier*/,
                          const google::protobuf::Message& /*later*/) const {
    return false;
  }
  // What no two rows may have in common: values with the fields they stand in.
  struct OwnValue {
    absl::string_view field;
    std::string value;
  };
  virtual std::vector<OwnValue> OwnValues(const google::protobuf::Message& /*entry*/) const {
    return {};
  }
  // Whom an entry is about. What is about the same is checked and sent together, in the order of the file; empty: it stands
  // alone.
  virtual std::string SubjectOf(const google::protobuf::Message& /*entry*/) const { return ""; }
  // The field of a column that a field of the service's answer is about.
  virtual std::string ColumnField(const google::protobuf::Message& /*entry*/,
                                  absl::string_view field) const {
    return std::string(field);
  }
  // Says what the service told of an entry as a clerk can mend it, and of which field, where the kind knows better.
  virtual void Reword(const google::protobuf::Message& /*entry*/, std::string* /*field*/,
                      ids::IdError* /*what*/) const {}
  // Sends entries, all or none; with `check` only has them checked, which gives everything found with fields "entries[n].…".
  virtual absl::Status Send(absl::Span<const std::string* const> entries,
                            const std::string& request_id, bool check,
                            std::vector<common::v1::Violation>* found) = 0;
};

// `data`: folder of the data files, empty for the usual one; it gives the names of towns and of statistics, which may then
// be written instead of their codes. The session must outlive the kind.
std::unique_ptr<ImportKind> NewFacilityImport(Session& session, const std::string& data);
std::unique_ptr<ImportKind> NewStaffImport(Session& session);
std::unique_ptr<ImportKind> NewChildImport(Session& session);
std::unique_ptr<ImportKind> NewStatisticImport(Session& session, const std::string& data);

// Sends serialised entries with a request that has `entries` and `validate_only`.
template <typename Request, typename Response>
absl::Status SendEntries(Session& session, absl::Span<const std::string* const> entries,
                         const std::string& request_id, bool check,
                         std::vector<common::v1::Violation>* found) {
  Request request;
  request.set_request_id(request_id);
  request.set_validate_only(check);
  for (const std::string* entry : entries) {
    if (!request.add_entries()->ParseFromString(*entry)) return absl::InternalError("entry");
  }
  Response reply;
  absl::Status status = session.CallFiling(request, &reply);
  found->assign(reply.violations().begin(), reply.violations().end());
  return status;
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_IMPORT_KIND_H_
