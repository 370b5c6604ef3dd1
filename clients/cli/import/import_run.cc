#include "clients/cli/import/import_run.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/request_id.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu::cli {
namespace {

using common::v1::Violation;
using Rows = std::vector<const ReadyRow*>;

constexpr absl::string_view kEntries = "entries[";
// What the service tells of an entry that another file, or an earlier run, has entered.
constexpr absl::string_view kEnteredBefore = "ENTERED_BEFORE";

// Whether a failed call is about what was sent, not about who sent it or whether it arrived.
bool IsAboutRows(const absl::Status& status) {
  const std::string reason = rpc::ReasonOf(status);
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kNotFound:
      return !reason.empty();
    case absl::StatusCode::kPermissionDenied:
      return reason == "OUT_OF_SCOPE" || reason == "NOT_YOUR_FACILITY";
    default:
      return false;
  }
}

// "entries[3].posts": 3 and "posts"; -1 for what is about no entry.
std::pair<int, absl::string_view> SplitField(absl::string_view field) {
  const size_t close = field.find(']');
  int number = -1;
  if (!absl::StartsWith(field, kEntries) || close == absl::string_view::npos ||
      !absl::SimpleAtoi(field.substr(kEntries.size(), close - kEntries.size()), &number)) {
    return {-1, field};
  }
  field.remove_prefix(std::min(field.size(), close + 2));
  return {number, field};
}

// One batch on its way.
class BatchRun {
 public:
  BatchRun(const ImportFile& file, ImportKind& kind, bool check)
      : file_(file), kind_(kind), check_(check) {}

  absl::Status Run(const Rows& rows) { return check_ ? Check(rows) : Enter(rows); }

  ImportProgress::Refused refused;
  std::vector<std::pair<int, RowFault>> remarks;  // with check; else of rows entered before

 private:
  absl::Status Send(const Rows& rows, bool check, std::vector<Violation>* found) {
    std::vector<const std::string*> entries;
    std::string text =
        absl::StrCat("import ", kind_.name(), " ", file_.digest, check ? " check" : "");
    for (const ReadyRow* row : rows) {
      entries.push_back(&row->entry);
      absl::StrAppend(&text, " ", row->number, ":", row->entry.size(), ":", row->entry);
    }
    return kind_.Send(entries, RequestIdFor(text), check, found);
  }

  // What the service tells of a field of a row, as people find it in the sheet.
  RowFault Told(const ReadyRow& row, absl::string_view field, const ids::IdError& what) const {
    const auto entry = std::unique_ptr<google::protobuf::Message>(kind_.entry().New());
    entry->ParseFromString(row.entry);
    std::string where(field);
    ids::IdError said = what;
    kind_.Reword(*entry, &where, &said);
    return FaultAt(file_.header, kind_.columns(), kind_.ColumnField(*entry, where), said);
  }
  void Refuse(const ReadyRow& row, absl::string_view field, const ids::IdError& what) {
    refused[row.number].push_back(Told(row, field, what));
  }
  void Refuse(const ReadyRow& row, const absl::Status& status) {
    const std::vector<Violation> violations = rpc::ViolationsOf(status);
    for (const Violation& each : violations) {
      Refuse(row, SplitField(each.field()).second,
             {each.reason(), each.message_zh(), each.message_en()});
    }
    if (!violations.empty()) return;
    Refuse(row, SplitField(rpc::MetadataOf(status)["field"]).second,
           {rpc::ReasonOf(status), rpc::LocalizedTextOf(status), std::string(status.message())});
  }

  // Calls `each` with what was found of a row that is blocking, or is not: its place among `rows`, the field and the fault.
  static void ForEachFound(
      const Rows& rows, const std::vector<Violation>& found, bool blocking,
      absl::FunctionRef<void(size_t place, absl::string_view field, const ids::IdError&)> each) {
    for (const Violation& violation : found) {
      const auto [number, field] = SplitField(violation.field());
      if (number < 0 || static_cast<size_t>(number) >= rows.size() ||
          violation.blocking() != blocking) {
        continue;
      }
      each(static_cast<size_t>(number), field,
           {violation.reason(), violation.message_zh(), violation.message_en()});
    }
  }

  // Keeps what was found of rows that are entered, or are only checked.
  void Remark(const Rows& rows, const std::vector<Violation>& found) {
    ForEachFound(rows, found, /*blocking=*/false,
                 [&](size_t place, absl::string_view field, const ids::IdError& what) {
                   if (!check_ && what.reason != kEnteredBefore) return;
                   remarks.emplace_back(rows[place]->number, Told(*rows[place], field, what));
                 });
  }

  // Refuses the rows that `found` keeps out, and gives the others.
  Rows Sift(const Rows& rows, const std::vector<Violation>& found) {
    std::vector<bool> kept_out(rows.size(), false);
    ForEachFound(rows, found, /*blocking=*/true,
                 [&](size_t place, absl::string_view field, const ids::IdError& what) {
                   kept_out[place] = true;
                   Refuse(*rows[place], field, what);
                 });
    Rows rest;
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!kept_out[i]) rest.push_back(rows[i]);
    }
    return rest;
  }

  absl::Status Halves(const Rows& rows, absl::Status (BatchRun::*run)(const Rows&)) {
    const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
    RETURN_IF_ERROR((this->*run)({rows.begin(), middle}));
    return (this->*run)({middle, rows.end()});
  }

  absl::Status Check(const Rows& rows) {
    std::vector<Violation> found;
    absl::Status status = Send(rows, true, &found);
    if (status.ok()) {
      Sift(rows, found);
      Remark(rows, found);
      return absl::OkStatus();
    }
    if (!IsAboutRows(status)) return status;
    if (rows.size() > 1) return Halves(rows, &BatchRun::Check);
    Refuse(*rows[0], status);
    return absl::OkStatus();
  }

  absl::Status Enter(const Rows& rows) {
    if (rows.empty()) return absl::OkStatus();
    std::vector<Violation> found;
    absl::Status entered = Send(rows, false, &found);
    if (entered.ok()) Remark(rows, found);
    if (entered.ok() || !IsAboutRows(entered)) return entered;
    found.clear();
    absl::Status checked = Send(rows, true, &found);
    if (!checked.ok() && !IsAboutRows(checked)) return checked;
    if (checked.ok()) {
      const Rows rest = Sift(rows, found);
      if (rest.size() < rows.size()) return Enter(rest);
      // What stood in the way may be gone: another import has entered the same.
      found.clear();
      entered = Send(rows, false, &found);
      if (entered.ok()) Remark(rows, found);
      if (entered.ok() || !IsAboutRows(entered)) return entered;
    }
    // What only entering shows: of the row named in the answer, else of one in a half.
    const absl::Status& fault = checked.ok() ? entered : checked;
    const int named = rows.size() == 1 ? 0 : SplitField(rpc::MetadataOf(fault)["field"]).first;
    if (named < 0 || static_cast<size_t>(named) >= rows.size()) {
      return Halves(rows, &BatchRun::Enter);
    }
    Refuse(*rows[static_cast<size_t>(named)], fault);
    Rows rest = rows;
    rest.erase(rest.begin() + named);
    return Enter(rest);
  }

  const ImportFile& file_;
  ImportKind& kind_;
  const bool check_;
};

std::vector<int> NumbersOf(const Rows& rows) {
  std::vector<int> numbers;
  numbers.reserve(rows.size());
  for (const ReadyRow* row : rows) numbers.push_back(row->number);
  return numbers;
}

bool IsThrough(const ImportProgress* progress, const ReadyRow& row) {
  return progress != nullptr && progress->done().count(row.number) > 0;
}

// Batches that are sent one after the other.
using Unit = std::vector<Rows>;

// For each row of the file the first row about the same, by place.
std::vector<size_t> FirstAboutTheSame(const ImportFile& file) {
  std::vector<size_t> first(file.rows.size());
  absl::flat_hash_map<absl::string_view, size_t> of_subject;
  for (size_t i = 0; i < file.rows.size(); ++i) {
    const std::string& subject = file.rows[i].subject;
    first[i] = subject.empty() ? i : of_subject.try_emplace(subject, i).first->second;
  }
  return first;
}

// Cuts rows into batches, between rows about different subjects where it can.
Unit CutIntoBatches(const Rows& rows, size_t size) {
  Unit unit;
  for (size_t i = 0; i < rows.size();) {
    size_t end = i + 1;  // of the rows about the same
    while (end < rows.size() && !rows[i]->subject.empty() &&
           rows[end]->subject == rows[i]->subject) {
      ++end;
    }
    if (unit.empty() || unit.back().size() + (end - i) > size) unit.emplace_back();
    for (; i < end; ++i) {
      if (unit.back().size() == size) unit.emplace_back();
      unit.back().push_back(rows[i]);
    }
  }
  return unit;
}

// The rows to be sent, cut by their place in the file, whatever else of it is at fault or through: sent again after a
// break, a batch is the same and has no second effect. Rows about the same are together, at the place of the first of them.
// Those that were on their way when an earlier run broke off come first, together as they were.
std::vector<Unit> UnitsOf(const ImportFile& file, size_t size, const ImportProgress* progress) {
  std::map<int, const ReadyRow*> open;
  for (const ReadyRow& row : file.rows) {
    if (row.faults.empty() && row.same_as < 0 && !IsThrough(progress, row)) {
      open.emplace(row.number, &row);
    }
  }
  std::vector<Unit> units;
  const auto take = [&](int number, Rows* rows) {
    const auto found = open.find(number);
    if (found == open.end()) return;
    rows->push_back(found->second);
    open.erase(found);
  };
  if (progress != nullptr) {
    for (const std::vector<int>& numbers : progress->on_their_way()) {
      Rows rows;
      for (const int number : numbers) take(number, &rows);
      if (!rows.empty()) units.push_back({std::move(rows)});
    }
  }
  const std::vector<size_t> first = FirstAboutTheSame(file);
  std::map<size_t, std::vector<size_t>> about;  // places by that of the first about the same
  for (size_t i = 0; i < file.rows.size(); ++i) about[first[i]].push_back(i);
  Rows rows;
  for (auto at = about.begin(); at != about.end();) {
    const size_t part = at->first / size;
    for (const size_t place : at->second) take(file.rows[place].number, &rows);
    ++at;
    if (at != about.end() && at->first / size == part) continue;
    if (!rows.empty()) units.push_back(CutIntoBatches(std::exchange(rows, {}), size));
  }
  return units;
}

// Counts the rows that are not sent: those through since an earlier run, as it told of them, those at fault, and doubles.
// Returns how many they are.
size_t CountUnsent(const ImportFile& file, const ImportProgress* progress, ImportResult* result) {
  size_t through = 0;
  for (const ReadyRow& row : file.rows) {
    if (IsThrough(progress, row)) {
      const std::vector<RowFault>& faults = progress->done().at(row.number);
      if (faults.empty()) ++result->entered;
      if (!faults.empty()) result->refused[row.number] = faults;
    } else if (!row.faults.empty()) {
      result->refused[row.number] = row.faults;
    } else if (row.same_as >= 0) {
      ++result->same;
    } else {
      continue;
    }
    ++through;
  }
  return through;
}

void KeepRemarks(std::vector<std::pair<int, RowFault>>* remarks, ImportResult* result) {
  result->remarks += remarks->size();
  for (auto& remark : *remarks) {
    if (remark.second.reason == kEnteredBefore) ++result->before;
    result->remarks_kept.insert(std::move(remark));
    if (result->remarks_kept.size() > kRemarksKept) {
      result->remarks_kept.erase(std::prev(result->remarks_kept.end()));
    }
  }
}

}  // namespace

absl::Status RunImport(const ImportFile& file, ImportKind& kind, const ImportOptions& options,
                       ImportProgress* progress, const std::function<void(size_t)>& tell,
                       ImportResult* result) {
  result->rows = file.rows.size();
  tell(CountUnsent(file, progress, result));
  const std::vector<Unit> units = UnitsOf(file, kind.batch(), progress);
  std::mutex mutex;
  const auto send = [&](const Rows& rows) -> absl::Status {
    if (options.stopped && options.stopped()) {
      return absl::CancelledError("已中断 (interrupted)");
    }
    const std::vector<int> numbers = NumbersOf(rows);
    if (progress != nullptr) {
      const std::lock_guard<std::mutex> lock(mutex);
      RETURN_IF_ERROR(progress->Sending(numbers));
    }
    BatchRun run(file, kind, options.check);
    RETURN_IF_ERROR(run.Run(rows));
    const std::lock_guard<std::mutex> lock(mutex);
    if (progress != nullptr) RETURN_IF_ERROR(progress->Add(numbers, run.refused));
    result->entered += rows.size() - run.refused.size();
    result->refused.insert(run.refused.begin(), run.refused.end());
    KeepRemarks(&run.remarks, result);
    tell(rows.size());
    return absl::OkStatus();
  };
  absl::Status status = InParallel(kind.in_order() ? 1 : options.threads, units.size(),
                                   [&](size_t i) -> absl::Status {
                                     for (const Rows& rows : units[i]) RETURN_IF_ERROR(send(rows));
                                     return absl::OkStatus();
                                   });
  // Refused before anything was done, as for want of a right: what is mended then is often the options.
  if (!status.ok() && progress != nullptr && progress->done().empty()) progress->Finish();
  return status;
}

}  // namespace tuoyu::cli
