#include "services/filing/receipt_rules.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "google/protobuf/util/message_differencer.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::filing {
namespace {

// The words of the receipt's sentence for each kind of filing.
struct Words {
  absl::string_view document;
  absl::string_view act;
};
Words WordsOf(v1::FilingKind kind) {
  switch (kind) {
    case v1::FILING_KIND_CHANGE:
      return {"变更备案书", "变更备案"};
    case v1::FILING_KIND_CANCELLATION:
      return {"备案注销申请", "注销备案"};
    default:
      return {"备案书", "备案"};
  }
}

absl::CivilDay SubmittedOn(const v1::Filing& filing, absl::CivilDay otherwise) {
  if (!filing.has_submit_time()) return otherwise;
  const auto time = FromProto(filing.submit_time());
  return time.ok() ? DayOf(*time) : otherwise;
}

// What a receipt states of the form.
void FillStated(const v1::FilingContent& content, v1::Receipt* receipt) {
  receipt->set_facility_name(content.name());
  receipt->set_address(content.address());
  receipt->set_uscc(content.uscc());
  receipt->set_profit_nature(content.profit_nature());
  receipt->set_principal_name(content.principal_name());
  *receipt->mutable_service_modes() = content.service_modes();
  receipt->set_approved_capacity(content.approved_capacity());
  *receipt->mutable_classes() = content.classes();
}

}  // namespace

std::string ReceiptNumber(absl::string_view prefix, absl::string_view district, int year,
                          int64_t serial) {
  return absl::StrFormat("%s-%s-%04d-%05d", prefix, district, year, serial);
}

v1::Receipt MakeReceipt(const v1::Filing& filing, absl::string_view facility,
                        absl::string_view receipt_number, absl::string_view verification_code,
                        absl::CivilDay filed_on, const v1::RuleSet& rules) {
  const v1::FilingContent& content = filing.content();
  const absl::CivilDay submitted_on = SubmittedOn(filing, filed_on);
  const Words words = WordsOf(filing.kind());
  v1::Receipt receipt;
  receipt.set_receipt_number(std::string(receipt_number));
  receipt.set_verification_code(std::string(verification_code));
  receipt.set_facility(std::string(facility));
  receipt.set_filing(filing.name());
  FillStated(content, &receipt);
  *receipt.mutable_submitted_on() = ToProto(submitted_on);
  *receipt.mutable_filed_on() = ToProto(filed_on);
  receipt.set_filing_authority(rules.filing_authority_name());
  receipt.set_statement_zh(absl::StrReplaceAll(
      rules.receipt_statement_zh(),
      {{"{submitted_on}", absl::StrCat(submitted_on.year(), "年", submitted_on.month(), "月",
                                       submitted_on.day(), "日")},
       {"{document}", words.document},
       {"{act}", words.act}}));
  if (filing.kind() != v1::FILING_KIND_CANCELLATION) {
    *receipt.mutable_conditions_notice() = rules.conditions_notice();
  }
  receipt.set_kind(filing.kind());
  receipt.set_back_entered(filing.back_entered());
  return receipt;
}

std::vector<std::string> ChangedSince(const v1::Receipt& receipt,
                                      const v1::FilingContent& content) {
  v1::Receipt registered = receipt;
  FillStated(content, &registered);
  std::vector<std::string> fields;
  const auto* descriptor = v1::Receipt::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    google::protobuf::util::MessageDifferencer differencer;
    if (!differencer.CompareWithFields(receipt, registered, {descriptor->field(i)},
                                       {descriptor->field(i)})) {
      fields.push_back(descriptor->field(i)->name());
    }
  }
  return fields;
}

}  // namespace tuoyu::filing
