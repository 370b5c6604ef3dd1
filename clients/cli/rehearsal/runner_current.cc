// The filings of today, taken through their life cycle by the RPCs of those who do it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_flow.h"
#include "clients/cli/material_sync.h"
#include "clients/cli/progress.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/pdf.h"
#include "clients/cli/rehearsal/runner.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "tuoyu/filing/v1/facility_service.pb.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr int kMostActs = 12;
constexpr int kPage = 1'000;

// The file that shows a material: one page that says what it stands for.
cli::AttachmentFile MakeAttachment(const pb::FilingContent& content, pb::MaterialKind kind,
                                   absl::CivilDay day) {
  cli::AttachmentFile file;
  file.material = MakeMaterial(content, kind, day);
  const std::string code = absl::StrCat("M", static_cast<int>(kind) < 10 ? "0" : "", kind);
  file.bytes = MakePdf({"演练材料，不具效力", code, content.name(), content.uscc()});
  file.material.set_file_name(absl::StrCat(code, ".pdf"));
  file.material.set_size_bytes(static_cast<int64_t>(file.bytes.size()));
  file.material.set_sha256(privacy::Sha256Hex(file.bytes));
  return file;
}

// What a change of today changes: one more senior class and later closing.
void ChangeContent(pb::FilingContent* content) {
  pb::ClassPlan* added = content->add_classes();
  added->set_kind(pb::CLASS_KIND_SENIOR);
  added->set_capacity(15);
  added->set_label("托大新班");
  content->set_approved_capacity(content->approved_capacity() + added->capacity());
  content->set_indoor_usable_area_m2(content->indoor_usable_area_m2() + 150);
  content->set_gross_floor_area_m2(content->gross_floor_area_m2() + 190);
  content->set_opening_hours("周一至周六 07:30-18:30");
  for (pb::StaffPlan& staff : *content->mutable_staff()) {
    if (staff.role() == pb::STAFF_ROLE_CARER) staff.set_headcount(staff.headcount() + 3);
    if (staff.role() == pb::STAFF_ROLE_COOK) staff.set_headcount(staff.headcount() + 1);
  }
}

}  // namespace

absl::StatusOr<pb::Facility> Runner::FacilityOf(cli::Session& reader, const std::string& uscc) {
  pb::ListFacilitiesRequest request;
  request.set_uscc(uscc);
  // Also what was suspended or cancelled by an earlier run.
  for (int state = pb::FACILITY_STATE_ACTIVE; state <= pb::FACILITY_STATE_REVOKED_REGISTRATION;
       ++state) {
    request.add_states(static_cast<pb::FacilityState>(state));
  }
  pb::ListFacilitiesResponse reply;
  RETURN_IF_ERROR(reader.CallFiling(request, &reply));
  if (reply.facilities().empty()) return absl::NotFoundError(absl::StrCat("facility ", uscc));
  return reply.facilities(0);
}

absl::StatusOr<pb::Filing> Runner::FindOrCreate(cli::Session& principal,
                                                const CurrentFiling& scenario,
                                                const std::string& facility) {
  pb::ListFilingsRequest list;
  list.set_page_size(kPage);
  list.set_kind(scenario.kind);
  for (int state = pb::FILING_STATE_DRAFT; state <= pb::FilingState_MAX; ++state) {
    list.add_states(static_cast<pb::FilingState>(state));
  }
  pb::ListFilingsResponse page;
  RETURN_IF_ERROR(principal.CallFiling(list, &page));
  for (const pb::Filing& filing : page.filings()) {
    if (filing.owner() != scenario.account) continue;
    ASSIGN_OR_RETURN(pb::Filing whole, cli::GetFiling(principal, filing.name()));
    // A draft without commitment is of a run that broke off before anything was written into it.
    const bool written = !whole.commitment().signed_by().empty();
    if (whole.state() != pb::FILING_STATE_DRAFT || written) return whole;
    return WriteDraft(principal, scenario, std::move(whole));
  }
  pb::CreateFilingRequest create;
  pb::Filing& filing = *create.mutable_filing();
  filing.set_kind(scenario.kind);
  filing.set_facility(facility);
  pb::Filing draft;
  RETURN_IF_ERROR(principal.CallFiling(create, &draft));
  return WriteDraft(principal, scenario, std::move(draft));
}

absl::StatusOr<pb::Filing> Runner::WriteDraft(cli::Session& principal,
                                              const CurrentFiling& scenario, pb::Filing draft) {
  const absl::CivilDay today = console_.today();
  pb::UpdateFilingRequest update;
  if (scenario.kind == pb::FILING_KIND_INITIAL) {
    *draft.mutable_content() = MakeContent(scenario.plan, district_.options().seed, divisions_);
  }
  if (scenario.kind == pb::FILING_KIND_CHANGE) ChangeContent(draft.mutable_content());
  if (scenario.kind == pb::FILING_KIND_CANCELLATION) {
    pb::Cancellation* cancellation = draft.mutable_cancellation();
    *cancellation->mutable_last_day() = ToProto(today);
    cancellation->set_reason("停止办托（演练）");
    cancellation->set_placement_plan("在托婴幼儿转入邻近机构，工作人员妥善安置（演练）");
    cancellation->set_children_in_care(6);
  } else {
    draft.mutable_content()->set_signed_by(draft.content().principal_name());
    *draft.mutable_content()->mutable_signed_on() = ToProto(today);
  }
  draft.mutable_commitment()->set_text_version(options_.commitment);
  draft.mutable_commitment()->set_signed_by(draft.content().principal_name());
  *draft.mutable_commitment()->mutable_signed_on() = ToProto(today);
  *update.mutable_filing() = draft;
  update.mutable_filing()->clear_materials();
  RETURN_IF_ERROR(principal.CallFiling(update, &draft));
  return draft;
}

absl::Status Runner::UploadMaterials(cli::Session& principal, const CurrentFiling& scenario,
                                     const pb::Filing& filing) {
  if (scenario.kind == pb::FILING_KIND_CANCELLATION) return absl::OkStatus();
  std::vector<cli::AttachmentFile> files;
  for (const pb::MaterialKind kind : MaterialsFor(filing.content())) {
    const auto there = std::find_if(filing.materials().begin(), filing.materials().end(),
                                    [&](const auto& material) { return material.kind() == kind; });
    if (there != filing.materials().end()) continue;
    const cli::AttachmentFile file = MakeAttachment(filing.content(), kind, console_.today());
    RETURN_IF_ERROR(cli::UploadMaterial(principal, filing.name(), file));
  }
  return absl::OkStatus();
}

// One step; `filing` is the filing after it.
absl::Status Runner::Advance(cli::Session& principal, const CurrentFiling& scenario, Act act,
                             pb::Filing* filing) {
  const std::string name = filing->name();
  const auto simply = [&](cli::Session& actor, auto request) {
    request.set_name(name);
    return actor.CallFiling(request, filing);
  };
  const auto with_receipt = [&](auto request) {
    request.set_name(name);
    pb::AcceptFilingResponse reply;
    absl::Status status = approver_->CallFiling(request, &reply);
    *filing = reply.filing();
    return status;
  };
  switch (act) {
    case Act::kSubmit: {
      RETURN_IF_ERROR(UploadMaterials(principal, scenario, *filing));
      pb::SubmitFilingRequest request;
      request.set_name(name);
      pb::SubmitFilingResponse reply;
      RETURN_IF_ERROR(principal.CallFiling(request, &reply));
      *filing = reply.filing();
      return absl::OkStatus();
    }
    case Act::kReturn: {
      pb::ReturnFilingRequest request;
      pb::ReturnItem* item = request.add_items();
      item->set_section("materials");
      item->set_field("materials[M03]");
      item->set_comment("缺少1名保育人员的资格证明，请补交（演练）");
      return simply(*intake_, request);
    }
    case Act::kReceive:
      return simply(*intake_, pb::ReceiveFilingRequest());
    case Act::kNotice: {
      pb::NoticeNonconformityRequest request;
      pb::NonconformityItem* item = request.add_items();
      item->set_clause("58号 管理规范 第三十二条");
      item->set_finding("一处活动区域没有监控覆盖（演练）");
      item->set_remedy("补装监控并保存录像不少于90日");
      *request.mutable_rectify_by() = ToProto(console_.today() + 30);
      return simply(*reviewer_, request);
    }
    case Act::kRectify: {
      pb::ReportRectificationRequest request;
      request.set_report("已补装监控，录像保存120日（演练）");
      return simply(principal, request);
    }
    case Act::kWithdraw: {
      pb::WithdrawFilingRequest request;
      request.set_reason("暂缓办托（演练）");
      return simply(principal, request);
    }
    case Act::kAccept:
      return with_receipt(pb::AcceptFilingRequest());
    case Act::kComplete:
      return with_receipt(pb::CompleteFilingRequest());
    case Act::kNone:
      break;
  }
  return absl::OkStatus();
}

absl::Status Runner::Recognise(const std::string& facility) {
  pb::ListRecognitionsRequest list;
  list.set_parent(facility);
  pb::ListRecognitionsResponse known;
  RETURN_IF_ERROR(approver_->CallFiling(list, &known));
  if (!known.recognitions().empty()) return absl::OkStatus();
  const absl::CivilDay today = console_.today();
  pb::GrantRecognitionRequest request;
  request.set_parent(facility);
  pb::Recognition& recognition = *request.mutable_recognition();
  *recognition.mutable_valid_from() = ToProto(today);
  *recognition.mutable_valid_to() = ToProto(absl::CivilDay(today.year() + 3, today.month(), 1));
  *recognition.mutable_decided_on() = ToProto(today);
  recognition.set_criteria_version("演练认定办法");
  recognition.set_document_number(absl::StrCat("演练普惠〔", today.year(), "〕现场"));
  pb::Recognition reply;
  return approver_->CallFiling(request, &reply);
}

absl::Status Runner::SuspendOne() {
  const std::string uscc = SuspendedUscc(district_, divisions_, console_.today());
  if (uscc.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const pb::Facility facility, FacilityOf(*approver_, uscc));
  pb::ListFacilityVersionsRequest list;
  list.set_name(facility.name());
  pb::ListFacilityVersionsResponse versions;
  RETURN_IF_ERROR(approver_->CallFiling(list, &versions));
  for (const pb::Facility& version : versions.versions()) {
    if (version.state() != pb::FACILITY_STATE_ACTIVE) return absl::OkStatus();
  }
  pb::SuspendFacilityRequest request;
  request.set_name(facility.name());
  *request.mutable_effective_date() = ToProto(console_.today());
  request.set_reason("场地装修，暂停服务（演练）");
  pb::Facility reply;
  return approver_->CallFiling(request, &reply);
}

absl::Status Runner::EnterOne(const CurrentFiling& scenario, RunResult* result) {
  std::string facility;
  if (scenario.kind != pb::FILING_KIND_INITIAL) {
    ASSIGN_OR_RETURN(const pb::Facility subject, FacilityOf(*approver_, scenario.uscc));
    facility = subject.name();
  }
  const std::unique_ptr<cli::Session> principal = Actor("principal", scenario.account, facility);
  ASSIGN_OR_RETURN(pb::Filing filing, FindOrCreate(*principal, scenario, facility));
  for (int step = 0; step < kMostActs; ++step) {
    const Act act = NextAct(scenario, filing);
    if (act == Act::kNone) break;
    absl::Status status = Advance(*principal, scenario, act, &filing);
    if (!status.ok()) return status;
    ++result->acts;
  }
  if (scenario.recognised && !filing.facility().empty()) return Recognise(filing.facility());
  return absl::OkStatus();
}

absl::Status Runner::EnterCurrent(RunResult* result) {
  const std::vector<CurrentFiling> scenarios =
      CurrentFilings(district_, divisions_, console_.today());
  cli::Progress progress(console_.Say("办理今日备案", "filings of today"),
                         static_cast<int64_t>(scenarios.size()), !console_.json());
  for (const CurrentFiling& scenario : scenarios) {
    RETURN_IF_ERROR(EnterOne(scenario, result));
    ++result->current_filings;
    progress.Add(1);
  }
  return SuspendOne();
}

}  // namespace tuoyu::rehearsal
