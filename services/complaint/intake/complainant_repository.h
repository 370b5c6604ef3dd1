#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_COMPLAINANT_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_COMPLAINANT_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/complaint/v1/case.pb.h"

// Tables complainant, complainant_case and statement: the store of who complained, apart from the cases. Messages come and go sealed.
namespace tuoyu::complaint {

struct Complainant {
  std::string id;
  std::string receipt_number;
  v1::ReporterMode mode = v1::REPORTER_MODE_UNSPECIFIED;
  bool wants_reply = false;
  absl::Time filed_at;
};

// A case that a complainant follows.
struct FollowedCase {
  std::string case_id;
  v1::Satisfaction satisfaction = v1::SATISFACTION_UNSPECIFIED;
  bool withdrawn = false;
};

absl::Status InsertComplainant(db::Transaction& transaction, const Complainant& complainant,
                               absl::string_view code_index, const v1::Reporter& sealed);
absl::StatusOr<absl::optional<Complainant>> ReadComplainant(db::Transaction& transaction,
                                                            absl::string_view code_index);

absl::Status FollowCase(db::Transaction& transaction, absl::string_view complainant_id,
                        absl::string_view case_id);
// In order of the cases' numbers.
absl::StatusOr<std::vector<FollowedCase>> CasesFollowed(db::Transaction& transaction,
                                                        absl::string_view complainant_id);
absl::Status StoreFollowed(db::Transaction& transaction, absl::string_view complainant_id,
                           const FollowedCase& followed);
// Who follows one case follows the other, too.
absl::Status FollowBoth(db::Transaction& transaction, absl::string_view case_id,
                        absl::string_view other_id);
// How many follow the case and did not withdraw; how many of them want a reply.
struct FollowerCount {
  int64_t all = 0;
  int64_t want_reply = 0;
};
absl::StatusOr<FollowerCount> CountFollowers(db::Transaction& transaction,
                                             absl::string_view case_id);
// Of those who filed before a time, did not withdraw and said who they are, at most `limit`.
absl::StatusOr<std::vector<v1::Reporter>> ReportersOf(db::Transaction& transaction,
                                                      absl::string_view case_id, absl::Time before,
                                                      int limit);
// Whether a complainant or a case has the number.
absl::StatusOr<bool> IsNumberTaken(db::Transaction& transaction, absl::string_view receipt_number);

absl::Status InsertStatement(db::Transaction& transaction, absl::string_view id,
                             absl::string_view case_id, absl::string_view complainant_id,
                             const v1::Statement& sealed);
absl::StatusOr<int64_t> CountStatements(db::Transaction& transaction,
                                        absl::string_view complainant_id,
                                        absl::string_view case_id);
// The latest `limit`, in order of time.
absl::StatusOr<std::vector<v1::Statement>> StatementsOf(db::Transaction& transaction,
                                                        absl::string_view case_id, int limit);
// Statements of one case become those of the other.
absl::Status MoveStatements(db::Transaction& transaction, absl::string_view from_case,
                            absl::string_view to_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_COMPLAINANT_REPOSITORY_H_
