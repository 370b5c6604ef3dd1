#include "services/filing/back_entries.h"

#include <algorithm>
#include <map>
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
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "entries"}, {"most", absl::StrCat(kMaxBackEntries)}});
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

// A batch in normal form, with what stands in the system of it.
struct Batch {
  Entries entries;
  std::vector<std::string> indexes;  // EntryIndex of each with a source
  // What was made of an entry that was entered before; of others nothing.
  std::vector<v1::BackEntryResult> before;

  bool IsEntered(int index) const { return before[static_cast<size_t>(index)].already_entered(); }
};

// Everything the rules find in what is to be entered, with the place of the entry.
std::vector<Violation> CheckEntries(const Batch& batch, const FilingDeps& deps,
                                    absl::CivilDay today, Remarks remarks) {
  const Entries& entries = batch.entries;
  std::vector<Violation> found;
  for (int i = 0; i < entries.size(); ++i) {
    if (batch.IsEntered(i)) continue;
    for (Violation& violation : CheckBackEntry(entries[i], deps.RulesOn(today), remarks)) {
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

Source SourceOf(const v1::BackEntry& entry) {
  return {entry.source().source_system(), entry.source().source_id()};
}

// What the same entry is known by when it is sent again, of the entry as it was sent. It holds for one form of the message
// and one key; when either has changed, the entry counts as another one.
std::string EntryIndex(const v1::BackEntry& entry, const FilingDeps& deps) {
  return deps.sealer.BlindIndex("filing.back_entry", entry.SerializeAsString());
}

Batch BatchOf(const Entries& entries, const FilingDeps& deps, absl::CivilDay today) {
  Batch batch;
  for (const v1::BackEntry& entry : entries) {
    batch.indexes.push_back(entry.has_source() ? EntryIndex(entry, deps) : "");
  }
  batch.before.resize(batch.indexes.size());
  batch.entries = Normalised(entries, deps, today);
  return batch;
}

// Told of an entry that was entered before.
Violation EnteredBefore(int index) {
  Violation remark = rpc::FieldViolation(
      Place(index, "source"), "ENTERED_BEFORE", "已按相同内容登记，不会重复登记。",
      "Entered before with the same content: it won't be entered again.");
  remark.set_blocking(false);
  return remark;
}

using EachTaken = absl::FunctionRef<void(absl::string_view reason, const std::string& place)>;

// Finds the entries that were entered before as they are, and refuses, each with its place, sources that stand in the
// system for something else or twice in the batch.
absl::Status FindSources(rpc::WriteContext& context, Batch* batch, EachTaken each) {
  std::vector<Source> sources;
  for (const v1::BackEntry& entry : batch->entries) {
    if (entry.has_source()) sources.push_back(SourceOf(entry));
  }
  ASSIGN_OR_RETURN(const auto entered, EnteredSources(context.transaction, sources));
  std::map<Source, const EnteredSource*> known;  // null: of an entry of the batch
  for (const EnteredSource& source : entered) known[{source.system, source.id}] = &source;
  for (int i = 0; i < batch->entries.size(); ++i) {
    const auto place = static_cast<size_t>(i);
    const v1::BackEntry& entry = batch->entries[i];
    if (!entry.has_source()) continue;
    const auto [found, is_new] = known.try_emplace(SourceOf(entry), nullptr);
    if (is_new) continue;
    const EnteredSource* source = found->second;
    if (source == nullptr || source->entry_index != batch->indexes[place] ||
        !context.call.caller.Covers(source->division_code)) {
      each("SOURCE_ID_EXISTS", Place(i, "source"));
      continue;
    }
    v1::BackEntryResult& before = batch->before[place];
    before.set_filing(source->filing);
    before.set_facility(FacilityName(source->facility_id));
    before.set_already_entered(true);
  }
  return absl::OkStatus();
}

// Refuses, each with its place, receipt numbers that stand in the system or twice in the batch.
absl::Status FindNumbers(rpc::WriteContext& context, const Batch& batch, EachTaken each) {
  std::vector<std::string> numbers;
  for (const v1::BackEntry& entry : batch.entries) {
    if (!entry.receipt_number().empty()) numbers.push_back(entry.receipt_number());
  }
  ASSIGN_OR_RETURN(const auto known, KnownReceiptNumbers(context.transaction, numbers));
  std::set<std::string> taken(known.begin(), known.end());
  for (int i = 0; i < batch.entries.size(); ++i) {
    const std::string& number = batch.entries[i].receipt_number();
    if (number.empty() || batch.IsEntered(i)) continue;
    if (!taken.insert(number).second) each("BACK_ENTRY_CONFLICT", Place(i, "receipt_number"));
  }
  return absl::OkStatus();
}

absl::Status FindStanding(rpc::WriteContext& context, Batch* batch, EachTaken each) {
  RETURN_IF_ERROR(FindSources(context, batch, each));
  return FindNumbers(context, *batch, each);
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

// The filings the entries become, which are left without content; empty ones for those entered before.
std::vector<v1::Filing> FilingsOf(Batch* batch, const FilingDeps& deps, const rpc::Call& call) {
  std::vector<v1::Filing> filings(batch->before.size());
  for (size_t i = 0; i < filings.size(); ++i) {
    const int place = static_cast<int>(i);
    if (batch->IsEntered(place)) continue;
    filings[i] = FilingOf(batch->entries.Mutable(place), deps, call);
  }
  return filings;
}

// What the registry is to enter; `filings` are those of the entries.
std::vector<RegistryBackEntry> RegistryEntries(const Batch& batch,
                                               const std::vector<v1::Filing>& filings) {
  std::vector<RegistryBackEntry> registry_entries;
  registry_entries.reserve(filings.size());
  for (size_t i = 0; i < filings.size(); ++i) {
    const int place = static_cast<int>(i);
    registry_entries.push_back(
        {batch.entries[place], filings[i].content(), filings[i].name(), batch.IsEntered(place)});
  }
  return registry_entries;
}

// Stores the filings, each of its facility, with their receipts and journal entries.
absl::Status StoreAll(rpc::WriteContext& context, const FilingDeps& deps, Batch* batch,
                      const std::vector<std::string>& facilities, std::vector<v1::Filing> filings) {
  std::vector<FilingRow> rows;
  rows.reserve(filings.size());
  std::vector<v1::SignedReceipt> receipts;
  for (size_t i = 0; i < filings.size(); ++i) {
    const int place = static_cast<int>(i);
    if (batch->IsEntered(place)) continue;
    const v1::BackEntry& entry = batch->entries[place];
    filings[i].set_facility(facilities[i]);
    RETURN_IF_ERROR(CompleteFromFacility(context, deps, &filings[i]));
    FilingRow& row = rows.emplace_back(RowOf(std::move(filings[i]), deps));
    row.source_system = entry.source().source_system();
    row.source_id = entry.source().source_id();
    row.entry_index = std::move(batch->indexes[i]);
    ASSIGN_OR_RETURN(const absl::CivilDay effective, FromProto(row.filing.effective_date()));
    JournalFiling(context, "filing.back_entered", effective, row.filing);
    if (row.filing.receipt_number().empty()) continue;
    ASSIGN_OR_RETURN(v1::SignedReceipt receipt, NewReceipt(deps, row.filing));
    receipts.push_back(std::move(receipt));
  }
  if (rows.empty()) return absl::OkStatus();
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

// Enters all as far as it goes; `found` is then what the rules find and what stands in the way.
absl::Status TryAll(rpc::WriteContext& context, const FilingDeps& deps, Batch batch,
                    std::vector<Violation>* found) {
  const auto add = [&](const absl::Status& fault) {
    found->push_back(rpc::FieldViolation(rpc::MetadataOf(fault)["field"], rpc::ReasonOf(fault),
                                         rpc::LocalizedTextOf(fault), fault.message()));
  };
  std::vector<absl::Status> taken;
  RETURN_IF_ERROR(
      FindStanding(context, &batch, [&](absl::string_view reason, const std::string& place) {
        taken.push_back(rpc::Error(reason, {{"field", place}}));
      }));
  *found = CheckEntries(batch, deps, context.call.today, Remarks::kTold);
  for (const absl::Status& fault : taken) add(fault);
  std::vector<v1::Filing> filings = FilingsOf(&batch, deps, context.call);
  std::vector<RegistryBackEntry> registry_entries = RegistryEntries(batch, filings);
  for (int i = 0; i < batch.entries.size(); ++i) {
    if (batch.IsEntered(i)) found->push_back(EnteredBefore(i));
    if (IsBlocked(*found, i)) registry_entries[static_cast<size_t>(i)].left_out = true;
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> facilities,
                   TryBackEntries(context, deps.registry(), registry_entries, add));
  if (HasBlocking(*found)) return absl::OkStatus();
  absl::Status stored = StoreAll(context, deps, &batch, facilities, std::move(filings));
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
  Batch batch = BatchOf(request.entries(), deps, call.today);
  absl::Status taken;
  RETURN_IF_ERROR(
      FindStanding(context, &batch, [&](absl::string_view reason, const std::string& place) {
        if (taken.ok()) taken = rpc::Error(reason, {{"field", place}});
      }));
  RETURN_IF_ERROR(rpc::FormError(CheckEntries(batch, deps, call.today, Remarks::kLeftOut)));
  RETURN_IF_ERROR(taken);
  std::vector<v1::Filing> filings = FilingsOf(&batch, deps, call);
  ASSIGN_OR_RETURN(const std::vector<std::string> facilities,
                   BackEnterFacilities(context, deps.registry(), RegistryEntries(batch, filings)));
  for (size_t i = 0; i < facilities.size(); ++i) {
    v1::BackEntryResult& result = *reply->add_results();
    if (batch.IsEntered(static_cast<int>(i))) {
      result = batch.before[i];
      *reply->add_violations() = EnteredBefore(static_cast<int>(i));
    } else {
      result.set_filing(filings[i].name());
      result.set_facility(facilities[i]);
    }
  }
  return StoreAll(context, deps, &batch, facilities, std::move(filings));
}

absl::Status PrecheckBackEntries(rpc::Call& call, const FilingDeps& deps,
                                 const v1::BackEnterFilingsRequest& request,
                                 v1::BackEnterFilingsResponse* reply) {
  RETURN_IF_ERROR(CheckCount(request.entries()));
  const Batch batch = BatchOf(request.entries(), deps, call.today);
  std::vector<Violation> found;
  bool tried = false;
  absl::Status status = db::RunTransaction(
      deps.pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        tried = false;
        journal::Batch entries_not_kept;
        rpc::WriteContext context{transaction, entries_not_kept, call, deps.sealer};
        RETURN_IF_ERROR(TryAll(context, deps, batch, &found));
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
