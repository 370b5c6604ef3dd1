#include "tests/system/life_cycle.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/ids/uscc.h"
#include "common/privacy/digest.h"
#include "common/rpc/errors.h"
#include "services/filing/testing/valid_filing.h"
#include "tuoyu/common/v1/journal.grpc.pb.h"

namespace tuoyu::system_test {
namespace {

using common::v1::Role;
namespace pb = filing::v1;

constexpr char kPdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

// Tokens of the accounts that the drafts of this process belong to. Signed once: what is measured should not wait for it.
class Owners {
 public:
  static Owners& Get() {
    static Owners& owners = *new Owners();
    return owners;
  }
  void Add(const std::string& draft, std::string token) {
    std::lock_guard<std::mutex> lock(mutex_);
    tokens_[draft] = std::move(token);
  }
  std::string Of(const std::string& draft) {
    std::lock_guard<std::mutex> lock(mutex_);
    return tokens_.at(draft);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> tokens_;
};

// One unary call with a token and a deadline.
template <typename Stub, typename Request, typename Reply>
absl::Status Invoke(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                    const std::string& token, Request request, Reply* reply,
                    absl::Duration timeout = absl::Seconds(8)) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token);
  context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(timeout));
  if constexpr (requires { request.set_request_id(std::string()); }) {
    if (request.request_id().empty()) request.set_request_id(NewUuidV7(absl::Now()));
  }
  return rpc::FromGrpc((stub.*method)(&context, request, reply));
}

}  // namespace

std::string MadeUpUscc(int serial) {
  static constexpr char kDigits[] = "0123456789X";
  static constexpr char kAlphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const std::string stem = absl::StrFormat("91500111%08d", serial);
  for (const char inner : std::string(kDigits)) {
    for (const char check : std::string(kAlphabet)) {
      const std::string code = absl::StrCat(stem, std::string(1, inner), std::string(1, check));
      if (ids::NormaliseUscc(code).ok()) return code;
    }
  }
  return "";
}

LifeCycle::LifeCycle(System& system, int first_serial)
    : system_(system),
      next_serial_(first_serial),
      reviewer_(system.Token(Role::ROLE_DHC_REVIEWER, "made-up-reviewer")),
      approver_(system.Token(Role::ROLE_DHC_APPROVER, "made-up-approver")),
      auditor_(system.Token(Role::ROLE_AUDITOR, "made-up-auditor")),
      channel_(system.filing_channel()),
      stub_(pb::FilingService::NewStub(channel_)) {}

absl::StatusOr<std::string> LifeCycle::PrepareDraft(int serial) {
  constexpr int kDraftsOfAnAccount = 10;  // an account has few drafts at a time
  const std::string principal =
      system_.Token(Role::ROLE_FACILITY_PRINCIPAL,
                    absl::StrCat("made-up-principal-", serial / kDraftsOfAnAccount));
  pb::Filing form = filing::testing::ValidFiling(pb::FACILITY_TYPE_ORDINARY);
  form.mutable_content()->set_uscc(MadeUpUscc(serial));
  form.mutable_content()->clear_external_ids();
  pb::CreateFilingRequest create;
  *create.mutable_filing() = form;
  create.mutable_filing()->clear_materials();
  pb::Filing draft;
  RETURN_IF_ERROR(
      Invoke(*stub_, &pb::FilingService::Stub::CreateFiling, principal, create, &draft));
  for (const pb::Material& material : form.materials()) {
    RETURN_IF_ERROR(Upload(draft.name(), principal, material));
  }
  Owners::Get().Add(draft.name(), principal);
  return draft.name();
}

absl::Status LifeCycle::Upload(const std::string& filing, const std::string& principal,
                               const pb::Material& declared) {
  pb::StartMaterialUploadRequest start;
  start.set_parent(filing);
  *start.mutable_material() = declared;
  // The form is made for one day; certificates age.
  *start.mutable_material()->mutable_issued_on() =
      ToProto(absl::CivilDay(absl::ToCivilDay(absl::Now(), Shanghai()) - 30));
  start.mutable_material()->set_file_name("made-up.pdf");
  start.mutable_material()->set_size_bytes(sizeof(kPdf) - 1);
  start.mutable_material()->set_sha256(
      privacy::HexEncode(privacy::Sha256(absl::string_view(kPdf, sizeof(kPdf) - 1))));
  pb::MaterialUpload upload;
  RETURN_IF_ERROR(
      Invoke(*stub_, &pb::FilingService::Stub::StartMaterialUpload, principal, start, &upload));
  pb::UploadMaterialChunkRequest chunk;
  chunk.set_name(upload.name());
  chunk.set_data(kPdf, sizeof(kPdf) - 1);
  return Invoke(*stub_, &pb::FilingService::Stub::UploadMaterialChunk, principal, chunk, &upload);
}

absl::StatusOr<std::vector<std::string>> LifeCycle::PrepareDrafts(int count, int threads) {
  std::vector<std::string> names(count);
  const int first = next_serial_;
  next_serial_ += count;
  RETURN_IF_ERROR(InParallel(threads, static_cast<size_t>(count), [&](size_t i) -> absl::Status {
    ASSIGN_OR_RETURN(names[i], PrepareDraft(first + static_cast<int>(i)));
    return absl::OkStatus();
  }));
  return names;
}

absl::Status LifeCycle::Submit(const std::string& draft, const std::string& request_id) {
  pb::SubmitFilingRequest request;
  request.set_request_id(request_id);
  request.set_name(draft);
  pb::SubmitFilingResponse reply;
  return Invoke(*stub_, &pb::FilingService::Stub::SubmitFiling, Owners::Get().Of(draft), request,
                &reply);
}

absl::StatusOr<std::string> LifeCycle::SubmitAndAccept(const std::string& draft,
                                                       absl::Duration timeout) {
  using Stub = pb::FilingService::Stub;
  pb::SubmitFilingRequest submit;
  submit.set_name(draft);
  pb::SubmitFilingResponse submitted;
  RETURN_IF_ERROR(
      Invoke(*stub_, &Stub::SubmitFiling, Owners::Get().Of(draft), submit, &submitted, timeout));
  pb::ReceiveFilingRequest receive;
  receive.set_name(draft);
  pb::Filing received;
  RETURN_IF_ERROR(Invoke(*stub_, &Stub::ReceiveFiling, reviewer_, receive, &received, timeout));
  pb::AcceptFilingRequest accept;
  accept.set_name(draft);
  pb::AcceptFilingResponse accepted;
  RETURN_IF_ERROR(Invoke(*stub_, &Stub::AcceptFiling, approver_, accept, &accepted, timeout));
  return accepted.filing().receipt_number();
}

absl::StatusOr<double> LifeCycle::SubmitAndAccept(const std::vector<std::string>& drafts,
                                                  int threads) {
  const absl::Time start = absl::Now();
  RETURN_IF_ERROR(InParallel(threads, drafts.size(),
                             [&](size_t i) { return SubmitAndAccept(drafts[i]).status(); }));
  return absl::ToDoubleSeconds(absl::Now() - start);
}

absl::StatusOr<std::map<std::string, std::string>> LifeCycle::ReceiptNumbers() {
  std::map<std::string, std::string> numbers;
  pb::ListFilingsRequest request;
  request.set_page_size(1000);
  request.add_states(pb::FILING_STATE_FILED);
  pb::ListFilingsResponse page;
  do {
    RETURN_IF_ERROR(
        Invoke(*stub_, &pb::FilingService::Stub::ListFilings, auditor_, request, &page));
    for (const pb::Filing& filing : page.filings()) {
      if (!filing.back_entered()) numbers[filing.name()] = filing.receipt_number();
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return numbers;
}

absl::StatusOr<int64_t> LifeCycle::JournalHead() {
  const auto stub = common::v1::JournalService::NewStub(channel_);
  common::v1::JournalPosition head;
  RETURN_IF_ERROR(Invoke(*stub, &common::v1::JournalService::Stub::GetJournalHead, auditor_,
                         common::v1::GetJournalHeadRequest(), &head));
  return head.sequence();
}

}  // namespace tuoyu::system_test
