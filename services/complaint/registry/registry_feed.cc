#include "services/complaint/registry/registry_feed.h"

#include <string>

#include "absl/strings/match.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/journal_payload.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/resource_name.h"
#include "tuoyu/filing/v1/facility.pb.h"

namespace tuoyu::complaint {
namespace {

using common::v1::JournalEntry;

constexpr absl::string_view kAccounts = "accounts/";
constexpr char kForgetContacts[] = "DELETE FROM facility_contact";

absl::Status ApplyContact(db::Transaction& transaction, const JournalEntry& entry) {
  const std::string facility = FacilityId(entry.subject());
  if (facility.empty() || !absl::StartsWith(entry.actor(), kAccounts) ||
      !rpc::HoldsPayload<filing::v1::FacilityChange>(entry)) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::Time recorded, FromProto(entry.record_time()));
  return StoreContact(transaction, facility, entry.actor(), DayOf(recorded));
}

}  // namespace

rpc::JournalFollower::Handlers RegistryFeed() {
  const rpc::JournalFollower::Handlers facilities = registry::RegistryHandlers();
  return {[facilities](db::Transaction& transaction,
                       absl::Span<const JournalEntry> entries) -> absl::Status {
            RETURN_IF_ERROR(facilities.apply(transaction, entries));
            for (const JournalEntry& entry : entries) {
              RETURN_IF_ERROR(ApplyContact(transaction, entry));
            }
            return absl::OkStatus();
          },
          [facilities](db::Transaction& transaction) -> absl::Status {
            RETURN_IF_ERROR(facilities.forget(transaction));
            return transaction.Execute(kForgetContacts, {});
          }};
}

}  // namespace tuoyu::complaint
