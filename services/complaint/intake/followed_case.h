#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_FOLLOWED_CASE_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_FOLLOWED_CASE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/db/transaction.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "services/complaint/intake/complainant_repository.h"
#include "tuoyu/complaint/v1/case.pb.h"

// What a query code opens.
namespace tuoyu::complaint {

// Whose code that is, as people type it. NOT_FOUND QUERY_CODE_UNKNOWN.
absl::StatusOr<Complainant> WhoHolds(db::Transaction& transaction, const ComplaintDeps& deps,
                                     const std::string& typed);

// A complainant and one of its cases, locked, with its fields opened.
struct Followed {
  Complainant complainant;
  FollowedCase link;
  v1::Case of_case;
};

// The case of that number, or the only one that isn't part of another. NOT_FOUND QUERY_CODE_UNKNOWN, CASE_NOT_FOUND; INVALID_ARGUMENT
// FORM_INVALID where the number is missing.
absl::StatusOr<Followed> LockFollowed(rpc::WriteContext& context, const ComplaintDeps& deps,
                                      const std::string& code, const std::string& case_number);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_FOLLOWED_CASE_H_
