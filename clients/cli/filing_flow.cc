#include "clients/cli/filing_flow.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/filing_view.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kPage = 200;
// A list longer than this is cut in the output for people, who then narrow the filter.
constexpr size_t kMostShown = 5'000;

// The caller's open draft for the same thing, if there is one.
absl::StatusOr<std::optional<pb::Filing>> FindDraft(Session& session,
                                                    const client::v1::FilingFile& file,
                                                    const std::string& facility) {
  pb::ListFilingsRequest request;
  request.set_page_size(kPage);
  request.add_states(pb::FILING_STATE_DRAFT);
  request.add_states(pb::FILING_STATE_RETURNED_INCOMPLETE);
  request.set_kind(file.kind());
  request.set_facility(facility);
  do {
    pb::ListFilingsResponse page;
    RETURN_IF_ERROR(session.CallFiling(request, &page));
    for (const pb::Filing& filing : page.filings()) {
      const bool same = facility.empty() ? !file.content().uscc().empty() &&
                                               filing.content().uscc() == file.content().uscc()
                                         : filing.facility() == facility;
      if (!same) continue;
      ASSIGN_OR_RETURN(pb::Filing whole, GetFiling(session, filing.name()));
      return std::optional<pb::Filing>(std::move(whole));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return std::optional<pb::Filing>();
}

// What of the file goes into the filing.
void Fill(const client::v1::FilingFile& file, pb::Filing* filing) {
  if (filing->kind() == pb::FILING_KIND_INITIAL) {
    *filing->mutable_content() = file.content();
  } else {
    OverlayContent(file.content(), filing->mutable_content());
  }
  if (file.has_commitment()) *filing->mutable_commitment() = file.commitment();
  if (file.has_cancellation()) *filing->mutable_cancellation() = file.cancellation();
  if (file.has_effective_date()) *filing->mutable_effective_date() = file.effective_date();
}

absl::StatusOr<pb::Filing> CreateDraft(Session& session, const client::v1::FilingFile& file,
                                       const std::string& facility) {
  pb::CreateFilingRequest request;
  pb::Filing& filing = *request.mutable_filing();
  filing.set_kind(file.kind());
  filing.set_facility(facility);
  if (file.kind() == pb::FILING_KIND_INITIAL) Fill(file, &filing);
  pb::Filing draft;
  const absl::Status status = session.CallFiling(request, &draft);
  if (!status.ok()) return WithAllViolations(session, status, filing, /*syntax_only=*/true);
  return draft;
}

absl::StatusOr<pb::Filing> UpdateDraft(Session& session, const client::v1::FilingFile& file,
                                       pb::Filing draft) {
  pb::UpdateFilingRequest request;
  Fill(file, &draft);
  *request.mutable_filing() = draft;
  request.mutable_filing()->clear_materials();
  pb::Filing updated;
  const absl::Status status = session.CallFiling(request, &updated);
  if (!status.ok()) return WithAllViolations(session, status, request.filing(), true);
  return updated;
}

}  // namespace

absl::Status WithAllViolations(Session& session, const absl::Status& status, const pb::Filing& form,
                               bool syntax_only) {
  if (!rpc::LacksViolations(status)) return status;
  pb::CheckFilingRequest request;
  *request.mutable_filing() = form;
  request.mutable_filing()->clear_etag();
  request.set_syntax_only(syntax_only);
  pb::CheckFilingResponse reply;
  if (!session.CallFiling(request, &reply).ok()) return status;
  const absl::Status all = rpc::FormError({reply.violations().begin(), reply.violations().end()});
  return all.ok() ? status : all;
}

absl::StatusOr<pb::FilingState> FilingStateNamed(absl::string_view name) {
  pb::FilingState state;
  const std::string upper = absl::AsciiStrToUpper(name);
  if (pb::FilingState_Parse(upper, &state) ||
      pb::FilingState_Parse(absl::StrCat("FILING_STATE_", upper), &state)) {
    return state;
  }
  std::string known;
  for (int each = pb::FILING_STATE_DRAFT; each <= pb::FilingState_MAX; ++each) {
    absl::StrAppend(&known, known.empty() ? "" : ", ",
                    pb::FilingState_Name(each).substr(sizeof("FILING_STATE_") - 1));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--state ", name, ": 应为其中之一 / one of: ", known));
}

absl::StatusOr<pb::Filing> GetFiling(Session& session, absl::string_view name) {
  pb::GetFilingRequest request;
  request.set_name(ResourceName("filings", name));
  pb::Filing filing;
  RETURN_IF_ERROR(session.CallFiling(request, &filing));
  return filing;
}

absl::StatusOr<pb::Filing> SaveDraft(Session& session, const client::v1::FilingFile& file,
                                     absl::string_view draft) {
  std::string facility;
  if (file.kind() != pb::FILING_KIND_INITIAL) {
    facility = file.facility().empty() ? session.identity().facility
                                       : ResourceName("facilities", file.facility());
    if (!facility.empty()) session.ActFor(facility);
  }
  if (!draft.empty()) {
    ASSIGN_OR_RETURN(pb::Filing named, GetFiling(session, draft));
    return UpdateDraft(session, file, std::move(named));
  }
  ASSIGN_OR_RETURN(std::optional<pb::Filing> found, FindDraft(session, file, facility));
  if (found.has_value()) {
    session.Note(
        absl::StrCat(session.Say("续用草稿 ", "taking up the draft "), found->name(), "\n"));
    return UpdateDraft(session, file, *std::move(found));
  }
  ASSIGN_OR_RETURN(pb::Filing made, CreateDraft(session, file, facility));
  if (file.kind() == pb::FILING_KIND_INITIAL) return made;
  return UpdateDraft(session, file, std::move(made));
}

absl::StatusOr<pb::SubmitFilingResponse> CheckThenSubmit(Session& session, const std::string& name,
                                                         bool submit) {
  pb::SubmitFilingRequest request;
  request.set_name(name);
  request.set_validate_only(true);
  pb::SubmitFilingResponse reply;
  RETURN_IF_ERROR(session.CallFiling(request, &reply));
  if (!submit || !reply.submittable()) return reply;
  request.set_validate_only(false);
  RETURN_IF_ERROR(session.CallFiling(request, &reply));
  return reply;
}

int ListFilings(Session& session, pb::ListFilingsRequest request) {
  request.set_page_size(kPage);
  pb::ListFilingsResponse all;
  do {
    pb::ListFilingsResponse page;
    if (absl::Status status = session.CallFiling(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_filings()->MergeFrom(page.filings());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && static_cast<size_t>(all.filings_size()) < kMostShown);
  all.set_next_page_token(request.page_token());
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  for (const pb::Filing& filing : all.filings()) session.PrintName(filing.name());
  if (session.names()) return kExitOk;
  const std::vector<pb::Filing> filings(all.filings().begin(), all.filings().end());
  if (filings.empty()) {
    session.Print(absl::StrCat(session.Say("没有符合条件的备案件。", "No such filings."), "\n"));
    return kExitOk;
  }
  session.Print(RenderFilings(filings, session.language(), session.width()));
  session.Note(
      absl::StrCat("\n", filings.size(), session.Say(" 件", " filings"),
                   all.next_page_token().empty()
                       ? ""
                       : session.Say("（还有更多，请缩小范围）", " (there are more: narrow it)"),
                   "\n"));
  return kExitOk;
}

}  // namespace tuoyu::cli
