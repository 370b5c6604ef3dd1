// The rosters and the demonstration units of a rehearsal.
#include <algorithm>
#include <utility>

#include "clients/cli/progress.h"
#include "clients/cli/rehearsal/children.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/runner.h"
#include "clients/cli/rehearsal/staff.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/facility_service.pb.h"
#include "tuoyu/filing/v1/quality_service.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr int kPage = 1'000;
// As ReportStaff allows.
constexpr int kBatch = 200;

// Whether it counts for indicator 9 once verified.
bool Counts(const pb::Certificate& certificate) {
  return certificate.kind() == pb::CERTIFICATE_KIND_CHILD_CARER ||
         certificate.kind() == pb::CERTIFICATE_KIND_INFANT_CARER;
}

}  // namespace

absl::CivilDay Runner::Horizon() const {
  return options_.current ? std::max(options_.until, console_.today()) : options_.until;
}

absl::Status Runner::FindFacilities() {
  pb::ListFacilitiesRequest list;
  list.set_page_size(kPage);
  for (int state = pb::FACILITY_STATE_ACTIVE; state <= pb::FACILITY_STATE_CANCELLED; ++state) {
    list.add_states(static_cast<pb::FacilityState>(state));
  }
  absl::flat_hash_map<std::string, std::string> by_uscc;
  do {
    pb::ListFacilitiesResponse page;
    RETURN_IF_ERROR(approver_->CallFiling(list, &page));
    for (const pb::Facility& facility : page.facilities()) {
      by_uscc[facility.content().uscc()] = facility.name();
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  for (const FacilityPlan& plan : district_.facilities()) {
    const auto found = by_uscc.find(MakeContent(plan, district_.options().seed, divisions_).uscc());
    if (found != by_uscc.end()) facility_names_[plan.number] = found->second;
  }
  return absl::OkStatus();
}

absl::Status Runner::InParallel(size_t count, absl::FunctionRef<absl::Status(size_t)> work) const {
  return tuoyu::InParallel(options_.threads, count, work);
}

absl::Status Runner::EnterStaff(RunResult* result) {
  std::vector<pb::ReportStaffRequest> requests(1);
  std::vector<std::string> facilities;
  for (const FacilityStaff& staff : MakeStaff(district_, divisions_, Horizon())) {
    const auto name = facility_names_.find(staff.number);
    if (name == facility_names_.end() || staff.entries.empty()) continue;
    facilities.push_back(name->second);
    for (const pb::StaffEntry& entry : staff.entries) {
      if (requests.back().entries_size() == kBatch) requests.emplace_back();
      *requests.back().add_entries() = entry;
      requests.back().mutable_entries()->rbegin()->set_facility(name->second);
      ++result->staff;
    }
  }
  if (result->staff == 0) return absl::OkStatus();
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  cli::Progress progress(console_.Say("登记从业人员", "entering staff"),
                         static_cast<int64_t>(requests.size() + facilities.size()),
                         !console_.json());
  RETURN_IF_ERROR(InParallel(requests.size(), [&](size_t i) {
    pb::ReportStaffResponse reply;
    progress.Add(1);
    return archivist->CallFiling(requests[i], &reply);
  }));
  return InParallel(facilities.size(), [&](size_t i) {
    progress.Add(1);
    return VerifyStaff(facilities[i]);
  });
}

// Verifies what counts for indicator 9 and is not verified yet.
absl::Status Runner::VerifyStaff(const std::string& facility) {
  pb::ListStaffRequest list;
  list.set_parent(facility);
  list.set_page_size(kPage);
  list.set_include_former(true);
  pb::ListStaffResponse page;
  RETURN_IF_ERROR(reviewer_->CallFiling(list, &page));
  for (const pb::StaffMember& member : page.staff()) {
    for (const pb::Certificate& certificate : member.certificates()) {
      if (!Counts(certificate) || certificate.verify_state() != pb::VERIFY_STATE_UNVERIFIED) {
        continue;
      }
      pb::VerifyCertificateRequest verify;
      verify.set_name(member.name());
      verify.set_certificate(certificate.number());
      verify.set_verify_state(pb::VERIFY_STATE_VERIFIED_SHARED);
      verify.set_note("职业技能等级证书联网查询（演练）");
      pb::StaffMember reply;
      RETURN_IF_ERROR(reviewer_->CallFiling(verify, &reply));
    }
  }
  return absl::OkStatus();
}

absl::Status Runner::EnterChildren(RunResult* result) {
  std::vector<pb::ReportChildrenRequest> requests(1);
  for (const FacilityChildren& children : MakeChildren(district_, divisions_, Horizon())) {
    const auto name = facility_names_.find(children.number);
    if (name == facility_names_.end()) continue;
    for (const pb::ChildEntry& entry : children.entries) {
      if (requests.back().entries_size() == kBatch) requests.emplace_back();
      *requests.back().add_entries() = entry;
      requests.back().mutable_entries()->rbegin()->set_facility(name->second);
      ++result->children;
    }
  }
  if (result->children == 0) return absl::OkStatus();
  const std::unique_ptr<cli::Session> archivist = Actor("archivist", "rehearsal-archivist");
  const std::unique_ptr<cli::Session> keeper = Actor("phc", "rehearsal-phc");
  cli::Progress progress(console_.Say("登记婴幼儿", "entering children"),
                         static_cast<int64_t>(requests.size()), !console_.json());
  return InParallel(requests.size(), [&](size_t i) -> absl::Status {
    pb::ReportChildrenResponse reply;
    RETURN_IF_ERROR(archivist->CallFiling(requests[i], &reply));
    // The institutions that keep the records confirm them.
    pb::ReportChildrenRequest kept;
    for (const pb::ChildEntry& entry : requests[i].entries()) {
      if (!entry.has_health_record()) continue;
      pb::ChildEntry& one = *kept.add_entries();
      one.set_facility(entry.facility());
      one.set_document(entry.document());
      one.set_document_number(entry.document_number());
      one.mutable_health_record()->set_identity_verified(true);
    }
    progress.Add(1);
    return kept.entries().empty() ? absl::OkStatus() : keeper->CallFiling(kept, &reply);
  });
}

absl::Status Runner::EnterDemonstrations() {
  for (const FacilityDemonstration& planned : MakeDemonstrations(district_, Horizon())) {
    const auto name = facility_names_.find(planned.number);
    if (name == facility_names_.end()) continue;
    pb::ListDemonstrationsRequest list;
    list.set_parent(name->second);
    pb::ListDemonstrationsResponse known;
    RETURN_IF_ERROR(approver_->CallFiling(list, &known));
    if (!known.demonstrations().empty()) continue;
    pb::RecordDemonstrationRequest request;
    request.set_parent(name->second);
    *request.mutable_demonstration() = planned.demonstration;
    pb::Demonstration reply;
    RETURN_IF_ERROR(approver_->CallFiling(request, &reply));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::rehearsal
