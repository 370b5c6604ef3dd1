#include "services/filing/filing_form.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/change_rules.h"
#include "services/filing/content_merge.h"
#include "services/filing/facility_repository.h"
#include "services/filing/facility_timeline.h"
#include "services/filing/filing_repository.h"
#include "services/filing/filing_rules.h"
#include "services/filing/registry.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;

// A draft with its form is kept whole in one row and one journal entry.
constexpr size_t kMaxFilingBytes = 256 << 10;
constexpr char kAlreadyFiled[] = "ALREADY_FILED";

// A first filing waits while its USCC is in the register, or another filing holds it.
absl::StatusOr<bool> IsUsccTaken(db::Transaction& transaction, const v1::Filing& filing,
                                 absl::CivilDay today) {
  const std::string& uscc = filing.content().uscc();
  if (filing.kind() != v1::FILING_KIND_INITIAL || uscc.empty() || !filing.facility().empty()) {
    return false;
  }
  ASSIGN_OR_RETURN(const bool held, UsccHeld(transaction, uscc, FilingId(filing.name())));
  if (held) return true;
  return UsccFiled(transaction, uscc, today);
}

// The register does not show what is decided for a later day; a filing that goes past it is refused.
absl::Status SetScheduledEnd(db::Transaction& transaction, absl::CivilDay today,
                             v1::Facility* facility) {
  ASSIGN_OR_RETURN(
      const std::vector<FacilityRecord> records,
      LoadRecords(transaction, {std::string(FacilityId(facility->name()))}, /*lock=*/false));
  if (records.empty() || records[0].timeline.slices.empty()) return absl::OkStatus();
  const v1::FacilityVersion& last = records[0].timeline.slices.back();
  if (FirstDayOf(last) > today) *facility->mutable_valid_to() = last.valid_from();
  return absl::OkStatus();
}

// Sets what a change differs in from the version in force.
void SetDifferences(const v1::Facility& in_force, v1::Filing* filing) {
  filing->clear_differences();
  for (v1::ContentDifference& difference : Differences(in_force.content(), filing->content())) {
    *filing->add_differences() = std::move(difference);
  }
}

// What a change alters joins what the change is about.
void JoinDifferences(std::vector<v1::ContentDifference> altered, v1::Filing* filing) {
  for (v1::ContentDifference& difference : altered) {
    auto* known = filing->mutable_differences();
    const auto same = std::find_if(known->begin(), known->end(), [&](const auto& each) {
      return each.field() == difference.field();
    });
    if (same == known->end()) {
      *known->Add() = std::move(difference);
    } else {
      same->set_new_value(difference.new_value());
    }
  }
}

}  // namespace

absl::Status CheckSize(const v1::Filing& filing) {
  if (filing.ByteSizeLong() <= kMaxFilingBytes) return absl::OkStatus();
  return rpc::Error("TOO_LARGE", {{"field", "filing"}, {"limit", std::to_string(kMaxFilingBytes)}});
}

absl::StatusOr<absl::optional<v1::Facility>> InForce(db::Transaction& transaction,
                                                     const FilingDeps& deps,
                                                     const v1::Filing& filing,
                                                     absl::CivilDay today) {
  if (filing.kind() == v1::FILING_KIND_INITIAL && filing.facility().empty()) {
    return absl::optional<v1::Facility>();
  }
  ASSIGN_OR_RETURN(v1::Facility facility,
                   LoadFacility(transaction, deps.registry(), filing.facility(), today));
  if (filing.kind() != v1::FILING_KIND_INITIAL) {
    RETURN_IF_ERROR(SetScheduledEnd(transaction, today, &facility));
  }
  return absl::optional<v1::Facility>(std::move(facility));
}

void BringUpToDate(const absl::optional<v1::Facility>& in_force, v1::Filing* filing) {
  if (filing->kind() != v1::FILING_KIND_CHANGE || !in_force.has_value()) return;
  if (!filing->receipt_number().empty()) return;
  v1::FilingContent content = in_force->content();
  const auto& differences = filing->differences();
  ApplyDifferences({differences.begin(), differences.end()}, filing->content(), &content);
  *filing->mutable_content() = std::move(content);
  SetDifferences(*in_force, filing);
}

void TakeOverContent(const v1::FilingContent& wanted, const FilingDeps& deps, absl::CivilDay today,
                     v1::Filing* filing) {
  if (filing->kind() == v1::FILING_KIND_CANCELLATION) return;
  v1::FilingContent content = wanted;
  KeepUnseen(filing->content(), &content);
  NormaliseContent(&content, deps.rules, today);
  if (filing->kind() == v1::FILING_KIND_CHANGE) {
    JoinDifferences(Differences(filing->content(), content), filing);
  }
  *filing->mutable_content() = std::move(content);
}

void TakeOver(const v1::Filing& wanted, const FilingDeps& deps, absl::CivilDay today,
              v1::Filing* filing) {
  if (wanted.has_content()) TakeOverContent(wanted.content(), deps, today, filing);
  filing->clear_commitment();
  if (wanted.has_commitment()) *filing->mutable_commitment() = wanted.commitment();
  filing->clear_cancellation();
  filing->clear_effective_date();
  if (wanted.has_cancellation() && filing->kind() == v1::FILING_KIND_CANCELLATION) {
    *filing->mutable_cancellation() = wanted.cancellation();
  }
  if (wanted.has_effective_date() && filing->kind() == v1::FILING_KIND_CHANGE) {
    *filing->mutable_effective_date() = wanted.effective_date();
  }
}

absl::Status StartFromFacility(db::Transaction& transaction, const FilingDeps& deps,
                               const v1::Filing& wanted, absl::CivilDay today, v1::Filing* filing) {
  filing->set_facility(wanted.facility());
  ASSIGN_OR_RETURN(const auto in_force, InForce(transaction, deps, *filing, today));
  if (in_force->state() != v1::FACILITY_STATE_ACTIVE &&
      in_force->state() != v1::FACILITY_STATE_SUSPENDED) {
    return rpc::Error("WRONG_STATE", {{"state", v1::FacilityState_Name(in_force->state())},
                                      {"facility", wanted.facility()}});
  }
  if (filing->kind() == v1::FILING_KIND_CANCELLATION) {
    *filing->mutable_content() = in_force->content();
    return absl::OkStatus();
  }
  *filing->mutable_content() = Overlay(in_force->content(), filing->content());
  SetDifferences(*in_force, filing);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Violation>> CheckWhole(db::Transaction& transaction,
                                                  const FilingDeps& deps, const v1::Filing& filing,
                                                  const absl::optional<v1::Facility>& in_force,
                                                  absl::CivilDay today) {
  const v1::Facility* facility = in_force.has_value() ? &*in_force : nullptr;
  std::vector<Violation> violations = CheckSubmission(filing, facility, deps.RulesOn(today));
  ASSIGN_OR_RETURN(const bool taken, IsUsccTaken(transaction, filing, today));
  if (taken) {
    const rpc::CatalogueEntry* entry = rpc::FindReason(kAlreadyFiled);
    violations.insert(violations.begin(), rpc::FieldViolation("content.uscc", entry->reason,
                                                              entry->text_zh, entry->text_en));
  }
  return violations;
}

absl::Status RefusalOf(const std::vector<Violation>& violations) {
  bool taken = false;
  bool other = false;
  for (const Violation& violation : violations) {
    (violation.reason() == kAlreadyFiled ? taken : other) |= violation.blocking();
  }
  return taken && !other ? rpc::Error(kAlreadyFiled) : rpc::FormError(violations);
}

}  // namespace tuoyu::filing
