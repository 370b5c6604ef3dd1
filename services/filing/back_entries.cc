#include "services/filing/back_entries.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/content_merge.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_rules.h"
#include "services/filing/receipt_issue.h"
#include "services/filing/receipt_repository.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using Entries = google::protobuf::RepeatedPtrField<v1::BackEntry>;
using Source = std::pair<std::string, std::string>;

constexpr size_t kMaxReceiptNumber = 64;

std::string Place(int index, absl::string_view field) {
  return absl::StrCat("entries[", index, "].", field);
}

absl::Status CheckCount(const Entries& entries) {
  if (entries.empty()) return rpc::Error("FIELD_MISSING", {{"field", "entries"}});
  if (entries.size() > kMaxBackEntries) {
    return rpc::Error("FIELD_INVALID", {{"field", "entries"}});
  }
  return absl::OkStatus();
}

// The entries in normal form. Of the content of a cancellation only the USCC counts, and only to find the facility.
Entries Normalised(const Entries& entries, const FilingDeps& deps, absl::CivilDay today) {
  Entries normalised = entries;
  for (v1::BackEntry& entry : normalised) {
    if (entry.kind() == v1::FILING_KIND_CANCELLATION) {
      const std::string uscc = entry.facility().empty() ? entry.content().uscc() : "";
      entry.mutable_content()->Clear();
      entry.mutable_content()->set_uscc(uscc);
    }
    if (entry.has_content()) NormaliseContent(entry.mutable_content(), deps.rules, today);
  }
  return normalised;
}

// Everything the rules find, with the place of the entry.
std::vector<Violation> CheckEntries(const Entries& entries, const FilingDeps& deps,
                                    absl::CivilDay today) {
  std::vector<Violation> found;
  for (int i = 0; i < entries.size(); ++i) {
    for (Violation& violation : CheckBackEntry(entries[i], deps.RulesOn(today))) {
      violation.set_field(Place(i, violation.field()));
      found.push_back(std::move(violation));
    }
    if (entries[i].receipt_number().size() > kMaxReceiptNumber) {
      found.push_back(rpc::FieldViolation(Place(i, "receipt_number"), "TEXT_TOO_LONG",
                                          "回执编号过长，最多64字节。",
                                          "The receipt number is too long: at most 64 bytes."));
    }
  }
  return found;
}

// Sources and receipt numbers that stand in the system, or twice in the batch; each is refused with its place.
absl::Status FindTaken(
    db::Transaction& transaction, const Entries& entries,
    absl::FunctionRef<void(absl::string_view reason, const std::string& place)> each) {
  std::vector<Source> sources;
  std::vector<std::string> numbers;
  for (const v1::BackEntry& entry : entries) {
    if (entry.has_source()) {
      sources.emplace_back(entry.source().source_system(), entry.source().source_id());
    }
    if (!entry.receipt_number().empty()) numbers.push_back(entry.receipt_number());
  }
  ASSIGN_OR_RETURN(const auto known_sources, KnownSources(transaction, sources));
  ASSIGN_OR_RETURN(const auto known_numbers, KnownReceiptNumbers(transaction, numbers));
  std::set<Source> taken_sources(known_sources.begin(), known_sources.end());
  std::set<std::string> taken_numbers(known_numbers.begin(), known_numbers.end());
  for (int i = 0; i < entries.size(); ++i) {
    const auto& source = entries[i].source();
    if (entries[i].has_source() &&
        !taken_sources.emplace(source.source_system(), source.source_id()).second) {
      each("SOURCE_ID_EXISTS", Place(i, "source"));
    }
    const std::string& number = entries[i].receipt_number();
    if (!number.empty() && !taken_numbers.insert(number).second) {
      each("BACK_ENTRY_CONFLICT", Place(i, "receipt_number"));
    }
  }
  return absl::OkStatus();
}

// The filing an entry becomes: long since decided. Its content is that of the entry, which is left without, sealed once
// for all it is written to.
v1::Filing FilingOf(v1::BackEntry* from, const FilingDeps& deps, const rpc::Call& call) {
  v1::BackEntry& entry = *from;
  v1::Filing filing;
  filing.set_name(FilingName(NewUuidV7(call.now)));
  filing.set_etag("1");
  filing.set_kind(entry.kind());
  filing.set_state(v1::FILING_STATE_COMPLETED);
  filing.set_district_code(deps.divisions.district_code());
  filing.set_owner(call.caller.subject);
  filing.mutable_content()->Swap(entry.mutable_content());
  *filing.mutable_effective_date() =
      entry.has_effective_date() ? entry.effective_date() : entry.filed_on();
  *filing.mutable_create_time() = ToProto(call.now);
  *filing.mutable_update_time() = filing.create_time();
  filing.set_receipt_number(entry.receipt_number());
  *filing.mutable_filed_on() = entry.filed_on();
  *filing.mutable_closed_on() = entry.filed_on();
  filing.set_back_entered(true);
  filing.set_evidence(entry.evidence());
  deps.sealer.SealFields(&filing);
  return filing;
}

// The form of a cancellation is the facility's: the entry only tells which facility it is.
absl::Status CompleteFromFacility(rpc::WriteContext& context, const FilingDeps& deps,
                                  v1::Filing* filing) {
  if (filing->kind() != v1::FILING_KIND_CANCELLATION) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const v1::Facility facility,
      LoadFacility(context.transaction, deps.registry(), filing->facility(), context.call.today));
  *filing->mutable_content() = facility.content();
  deps.sealer.SealFields(filing);
  return absl::OkStatus();
}

// The filings the entries become, which are left without content.
std::vector<v1::Filing> FilingsOf(Entries* entries, const FilingDeps& deps, const rpc::Call& call) {
  std::vector<v1::Filing> filings;
  filings.reserve(entries->size());
  for (v1::BackEntry& entry : *entries) filings.push_back(FilingOf(&entry, deps, call));
  return filings;
}

// What the registry is to enter; `filings` are those of the entries.
std::vector<RegistryBackEntry> RegistryEntries(const Entries& entries,
                                               const std::vector<v1::Filing>& filings) {
  std::vector<RegistryBackEntry> registry_entries;
  registry_entries.reserve(filings.size());
  for (size_t i = 0; i < filings.size(); ++i) {
    registry_entries.push_back(
        {entries[static_cast<int>(i)], filings[i].content(), filings[i].name()});
  }
  return registry_entries;
}

// Stores the filings, each of its facility, with their receipts and journal entries.
absl::Status StoreAll(rpc::WriteContext& context, const FilingDeps& deps, const Entries& entries,
                      const std::vector<std::string>& facilities, std::vector<v1::Filing> filings) {
  std::vector<FilingRow> rows;
  rows.reserve(filings.size());
  std::vector<v1::SignedReceipt> receipts;
  for (size_t i = 0; i < filings.size(); ++i) {
    const v1::BackEntry& entry = entries[static_cast<int>(i)];
    filings[i].set_facility(facilities[i]);
    RETURN_IF_ERROR(CompleteFromFacility(context, deps, &filings[i]));
    FilingRow& row = rows.emplace_back(RowOf(std::move(filings[i]), deps));
    row.source_system = entry.source().source_system();
    row.source_id = entry.source().source_id();
    ASSIGN_OR_RETURN(const absl::CivilDay effective, FromProto(row.filing.effective_date()));
    JournalFiling(context, "filing.back_entered", effective, row.filing);
    if (row.filing.receipt_number().empty()) continue;
    ASSIGN_OR_RETURN(v1::SignedReceipt receipt, NewReceipt(deps, row.filing));
    receipts.push_back(std::move(receipt));
  }
  RETURN_IF_ERROR(InsertFilings(context.transaction, deps.sealer, rows));
  if (receipts.empty()) return absl::OkStatus();
  absl::Status inserted = InsertReceipts(context.transaction, deps.sealer, receipts);
  // Someone else took a number in this moment.
  if (absl::IsAlreadyExists(inserted)) {
    return rpc::Error("BACK_ENTRY_CONFLICT", {{"field", "entries[].receipt_number"}});
  }
  return inserted;
}

// Whether one of `found` keeps an entry out.
bool IsBlocked(const std::vector<Violation>& found, int index) {
  const std::string place = Place(index, "");
  return std::any_of(found.begin(), found.end(), [&](const Violation& violation) {
    return violation.blocking() && absl::StartsWith(violation.field(), place);
  });
}

// Enters all as far as it goes and adds what stands in the way to `found`.
absl::Status TryAll(rpc::WriteContext& context, const FilingDeps& deps, Entries entries,
                    std::vector<Violation>* found) {
  const auto add = [&](const absl::Status& fault) {
    found->push_back(rpc::FieldViolation(rpc::MetadataOf(fault)["field"], rpc::ReasonOf(fault),
                                         rpc::LocalizedTextOf(fault), fault.message()));
  };
  RETURN_IF_ERROR(FindTaken(context.transaction, entries,
                            [&](absl::string_view reason, const std::string& place) {
                              add(rpc::Error(reason, {{"field", place}}));
                            }));
  std::vector<v1::Filing> filings = FilingsOf(&entries, deps, context.call);
  std::vector<RegistryBackEntry> registry_entries = RegistryEntries(entries, filings);
  for (int i = 0; i < entries.size(); ++i) {
    registry_entries[i].left_out = IsBlocked(*found, i);
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> facilities,
                   TryBackEntries(context, deps.registry(), registry_entries, add));
  if (HasBlocking(*found)) return absl::OkStatus();
  absl::Status stored = StoreAll(context, deps, entries, facilities, std::move(filings));
  if (stored.ok() || rpc::ReasonOf(stored).empty()) return stored;
  add(stored);
  return absl::OkStatus();
}

}  // namespace

absl::Status BackEnter(rpc::WriteContext& context, const FilingDeps& deps,
                       const v1::BackEnterFilingsRequest& request,
                       v1::BackEnterFilingsResponse* reply) {
  RETURN_IF_ERROR(CheckCount(request.entries()));
  const rpc::Call& call = context.call;
  Entries entries = Normalised(request.entries(), deps, call.today);
  RETURN_IF_ERROR(rpc::FormError(CheckEntries(entries, deps, call.today)));
  absl::Status taken;
  RETURN_IF_ERROR(FindTaken(context.transaction, entries,
                            [&](absl::string_view reason, const std::string& place) {
                              if (taken.ok()) taken = rpc::Error(reason, {{"field", place}});
                            }));
  RETURN_IF_ERROR(taken);
  std::vector<v1::Filing> filings = FilingsOf(&entries, deps, call);
  ASSIGN_OR_RETURN(
      const std::vector<std::string> facilities,
      BackEnterFacilities(context, deps.registry(), RegistryEntries(entries, filings)));
  for (size_t i = 0; i < facilities.size(); ++i) {
    v1::BackEntryResult& result = *reply->add_results();
    result.set_filing(filings[i].name());
    result.set_facility(facilities[i]);
  }
  return StoreAll(context, deps, entries, facilities, std::move(filings));
}

absl::Status PrecheckBackEntries(rpc::Call& call, const FilingDeps& deps,
                                 const v1::BackEnterFilingsRequest& request,
                                 v1::BackEnterFilingsResponse* reply) {
  RETURN_IF_ERROR(rpc::CheckStorable(request));
  RETURN_IF_ERROR(CheckCount(request.entries()));
  const Entries entries = Normalised(request.entries(), deps, call.today);
  const std::vector<Violation> by_rules = CheckEntries(entries, deps, call.today);
  std::vector<Violation> found;
  bool tried = false;
  absl::Status status = db::RunTransaction(
      deps.pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        found = by_rules;
        tried = false;
        journal::Batch entries_not_kept;
        rpc::WriteContext context{transaction, entries_not_kept, call, deps.sealer};
        RETURN_IF_ERROR(TryAll(context, deps, entries, &found));
        tried = true;
        return absl::CancelledError("only checked");  // rolls back
      },
      {.read_only = false, .cancelled = call.cancelled});
  if (!tried) return status;
  std::stable_partition(found.begin(), found.end(),
                        [](const Violation& violation) { return violation.blocking(); });
  for (Violation& violation : found) *reply->add_violations() = std::move(violation);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
