#include "services/filing/receipt_issue.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/privacy/sealer.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/filing_access.h"
#include "services/filing/receipt_code.h"
#include "services/filing/receipt_repository.h"
#include "services/filing/receipt_rules.h"
#include "services/filing/receipt_signature.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

// Whether the facility is filed today, its version in force rests on this receipt and still is what the receipt says.
absl::Status SetInForce(db::Transaction& transaction, const FilingDeps& deps,
                        const v1::Receipt& receipt, absl::CivilDay today,
                        v1::VerifyReceiptResponse* reply) {
  const auto facility = LoadFacility(transaction, deps.registry(), receipt.facility(), today);
  if (absl::IsNotFound(facility.status())) return absl::OkStatus();
  RETURN_IF_ERROR(facility.status());
  const bool filed = facility->state() == v1::FACILITY_STATE_ACTIVE ||
                     facility->state() == v1::FACILITY_STATE_SUSPENDED;
  if (!filed || facility->receipt_number() != receipt.receipt_number()) return absl::OkStatus();
  for (std::string& field : ChangedSince(receipt, facility->content())) {
    reply->add_changed_fields(std::move(field));
  }
  reply->set_in_force(reply->changed_fields().empty());
  return absl::OkStatus();
}

// Every filing, for a write that holds it already.
FilingScope EveryFiling() {
  FilingScope scope;
  scope.divisions = "^";
  return scope;
}

}  // namespace

absl::StatusOr<std::string> TakeReceiptNumber(rpc::WriteContext& context, const FilingDeps& deps) {
  const std::string& district = deps.divisions.district_code();
  const int year = static_cast<int>(context.call.today.year());
  ASSIGN_OR_RETURN(const int64_t serial, TakeSerial(context.transaction, district, year));
  return ReceiptNumber(deps.rules.receipt_prefix(), district, year, serial);
}

absl::StatusOr<v1::SignedReceipt> NewReceipt(const FilingDeps& deps, const v1::Filing& filing) {
  ASSIGN_OR_RETURN(const absl::CivilDay filed_on, FromProto(filing.filed_on()));
  v1::Receipt receipt = MakeReceipt(filing, filing.facility(), filing.receipt_number(),
                                    NewVerificationCode(), filed_on, deps.rules);
  // Nothing a receipt states is sealed, so the filing may be; what is signed must be readable.
  if (privacy::HoldsSealedText(receipt)) return absl::InternalError("a receipt states sealed text");
  return SignReceipt(deps.signer, std::move(receipt));
}

absl::Status IssueReceipt(rpc::WriteContext& context, const FilingDeps& deps,
                          const v1::Filing& filing, v1::SignedReceipt* receipt) {
  ASSIGN_OR_RETURN(*receipt, NewReceipt(deps, filing));
  return InsertReceipts(context.transaction, deps.sealer, {*receipt});
}

absl::StatusOr<v1::SignedReceipt> ReceiptOf(db::Transaction& transaction, const FilingDeps& deps,
                                            absl::string_view filing) {
  ASSIGN_OR_RETURN(ReceiptOfFiling found,
                   FindReceiptOf(transaction, deps.sealer, FilingId(filing), EveryFiling()));
  return std::move(found.receipt);
}

absl::Status ReadReceipt(rpc::Call& call, const FilingDeps& deps,
                         const v1::GetReceiptRequest& request, v1::SignedReceipt* reply) {
  ASSIGN_OR_RETURN(const std::string id, RequireFilingId(request.name()));
  ASSIGN_OR_RETURN(const FilingScope scope, ReaderScope(call.caller));
  call.subject = request.name();
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(ReceiptOfFiling found, FindReceiptOf(transaction, deps.sealer, id, scope));
    *reply = std::move(found.receipt);
    ClearForOwn(&call, found.owner, found.facility);
    return absl::OkStatus();
  });
}

absl::Status CheckReceipt(rpc::Call& call, const FilingDeps& deps,
                          const v1::VerifyReceiptRequest& request,
                          v1::VerifyReceiptResponse* reply) {
  // The digest is made and compared whether or not there is such a receipt.
  const std::string code = NormaliseVerificationCode(request.verification_code());
  const std::string digest = CodeDigest(deps.sealer, code);
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const auto stored,
                     FindReceipt(transaction, deps.sealer, request.receipt_number()));
    const std::string expected =
        stored.has_value() ? stored->code_digest : std::string(digest.size(), '\0');
    const bool matches = privacy::ConstantTimeEquals(digest, expected);
    if (!stored.has_value() || code.empty() || !matches) return rpc::Error("RECEIPT_NOT_FOUND");
    v1::SignedReceipt& shown = *reply->mutable_signed_receipt();
    shown = stored->receipt;
    *shown.mutable_receipt() = PublicReceipt(shown.receipt());
    reply->set_signature_valid(CheckReceiptSignature(deps.verifier, shown).ok());
    reply->set_public_key_pem(deps.verifier.KeyPem(shown.key_id()));
    return SetInForce(transaction, deps, shown.receipt(), call.today, reply);
  });
}

}  // namespace tuoyu::filing
