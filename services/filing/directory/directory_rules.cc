#include "services/filing/directory/directory_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"
#include "common/ids/uscc.h"
#include "services/filing/content_checks.h"
#include "services/filing/division_check.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using v1::DirectoryEntry;
using v1::DirectoryVersion;

constexpr TextBounds kSourceId{1, 100};
constexpr TextBounds kName{2, 60};
constexpr TextBounds kAddress{4, 120};
constexpr TextBounds kDocument{0, 200};
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr int kMostPlaces = 10'000;
constexpr int kMostEmployees = 10'000'000;

// What only one of the lists has.
void CheckOfKind(Findings& findings, const std::string& path, const v1::DirectoryReport& report) {
  const DirectoryVersion& version = report.version();
  if (version.ownership() != v1::OWNERSHIP_UNSPECIFIED &&
      report.kind() != v1::DIRECTORY_KIND_KINDERGARTENS) {
    findings.Add(path + "ownership", "FIELD_NOT_OF_KIND", "只有幼儿园填举办性质，请删去",
                 "kindergartens only: leave it empty");
  }
  if (!version.has_employees()) return;
  if (report.kind() != v1::DIRECTORY_KIND_EMPLOYERS) {
    findings.Add(path + "employees", "FIELD_NOT_OF_KIND", "只有用人单位填职工人数，请删去",
                 "employers only: leave it empty");
  } else {
    CheckNumber(findings, path + "employees", {"职工人数", "employees"}, version.employees(), 1,
                kMostEmployees);
  }
}

void CheckReport(Findings& findings, const std::string& path, const v1::DirectoryReport& report) {
  if (report.kind() != v1::DIRECTORY_KIND_KINDERGARTENS &&
      report.kind() != v1::DIRECTORY_KIND_EMPLOYERS) {
    findings.Require(path + "kind", {"名录（幼儿园或用人单位）", "kind"});
  }
  CheckText(findings, path + "source_id", {"来源编号", "source_id"}, report.source_id(), kSourceId);
  const DirectoryVersion& version = report.version();
  const std::string at = path + "version.";
  CheckPastDay(findings, at + "valid_from", {"起始日期", "valid_from"}, version.valid_from());
  CheckText(findings, at + "organisation_name", {"单位名称", "organisation_name"},
            version.organisation_name(), kName);
  CheckUscc(findings, at + "uscc", {"统一社会信用代码", "uscc"}, version.uscc(), false);
  CheckText(findings, at + "address", {"单位地址", "address"}, version.address(), kAddress);
  CheckDivisionCode(findings, at + "division_code", version.division_code(), DivisionKind::kTown);
  CheckText(findings, at + "document_number", {"依据文号", "document_number"},
            version.document_number(), kDocument);
  if (version.has_places()) {
    CheckNumber(findings, at + "places", {"托位数", "places"}, version.places(), 0, kMostPlaces);
  }
  CheckOfKind(findings, at, report);
}

bool SameVersion(const DirectoryVersion& a, const DirectoryVersion& b) {
  DirectoryVersion left = FactOf(a);
  DirectoryVersion right = FactOf(b);
  left.clear_valid_from();
  right.clear_valid_from();
  return left.SerializeAsString() == right.SerializeAsString();
}

void Append(const DirectoryVersion& version, DirectoryEntry* entry) {
  const int number = entry->versions().empty() ? 1 : entry->versions().rbegin()->number() + 1;
  DirectoryVersion* added = entry->add_versions();
  *added = version;
  added->set_number(number);
}

}  // namespace

std::vector<Violation> CheckReports(const v1::ReportDirectoryEntriesRequest& request,
                                    const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  if (request.entries().empty()) findings.Require("entries", {"名录条目", "entries"});
  CheckListSize(findings, "entries", {"名录条目", "entries"}, request.entries_size(),
                kMostDirectoryEntries);
  std::set<std::pair<int, std::string>> known;
  for (int i = 0; i < std::min(request.entries_size(), kMostDirectoryEntries); ++i) {
    const v1::DirectoryReport& report = request.entries(i);
    const std::string path = absl::StrCat("entries[", i, "].");
    CheckReport(findings, path, report);
    if (!known.emplace(report.kind(), report.source_id()).second) {
      findings.Add(path + "source_id", "RECORD_DOUBLE", "同一单位在本次报送中出现两次",
                   "the organisation stands twice in the report");
    }
  }
  return findings.Take();
}

std::vector<Violation> CheckDirectoryRemoval(const v1::RemoveDirectoryEntryRequest& request,
                                             const DirectoryEntry& entry,
                                             const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  const auto removed =
      CheckPastDay(findings, "removed_on", {"移出日期", "removed_on"}, request.removed_on());
  if (removed && !entry.versions().empty() && *removed <= FirstDayOf(*entry.versions().rbegin())) {
    findings.Add("removed_on", "RECORD_ORDER", "应晚于最近一次报送的起始日期",
                 "after the first day of what was said last");
  }
  CheckText(findings, "reason", {"移出原因", "reason"}, request.reason(), kReason);
  return findings.Take();
}

DirectoryVersion FactOf(const DirectoryVersion& version) {
  DirectoryVersion fact = version;
  fact.clear_number();
  fact.clear_valid_to();
  fact.clear_record_time();
  const auto uscc = ids::NormaliseUscc(version.uscc());
  if (uscc.ok()) fact.set_uscc(uscc.value());
  const auto division = ids::NormaliseDivisionCode(version.division_code());
  if (division.ok()) fact.set_division_code(division.value());
  fact.set_organisation_name(std::string(ids::TrimBlanks(version.organisation_name())));
  fact.set_address(std::string(ids::TrimBlanks(version.address())));
  fact.set_document_number(std::string(ids::TrimBlanks(version.document_number())));
  return fact;
}

DirectoryOutcome Place(const DirectoryVersion& version, DirectoryEntry* entry) {
  if (entry->versions().empty()) {
    Append(version, entry);
    return DirectoryOutcome::kEntered;
  }
  DirectoryVersion& last = *entry->mutable_versions(entry->versions_size() - 1);
  const absl::CivilDay day = FirstDayOf(version);
  if (entry->has_removed_on()) {
    if (day < EndDayOf(last)) return DirectoryOutcome::kTooEarly;
    entry->clear_removed_on();
    entry->clear_remove_reason();
    Append(version, entry);
    return DirectoryOutcome::kChanged;
  }
  if (day < FirstDayOf(last)) return DirectoryOutcome::kTooEarly;
  if (SameVersion(version, last)) return DirectoryOutcome::kUnchanged;
  if (day == FirstDayOf(last)) {
    const int number = last.number();
    last = version;
    last.set_number(number);
    return DirectoryOutcome::kCorrected;
  }
  *last.mutable_valid_to() = version.valid_from();
  Append(version, entry);
  return DirectoryOutcome::kChanged;
}

const DirectoryVersion* VersionOn(const DirectoryEntry& entry, absl::CivilDay day) {
  for (const DirectoryVersion& version : entry.versions()) {
    if (FirstDayOf(version) <= day && day < EndDayOf(version)) return &version;
  }
  return nullptr;
}

absl::CivilDay FirstDayOf(const DirectoryVersion& version) {
  const auto day = FromProto(version.valid_from());
  return day.ok() ? *day : kStillHolds;
}

absl::CivilDay EndDayOf(const DirectoryVersion& version) {
  const auto day = FromProto(version.valid_to());
  return version.has_valid_to() && day.ok() ? *day : kStillHolds;
}

}  // namespace tuoyu::filing
