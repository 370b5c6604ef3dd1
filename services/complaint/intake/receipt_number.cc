#include "services/complaint/intake/receipt_number.h"

#include "absl/strings/str_format.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "services/complaint/intake/complainant_repository.h"

namespace tuoyu::complaint {
namespace {

constexpr int kTries = 20;
constexpr size_t kBytes = 8;
constexpr uint64_t kNumbers = 100'000'000;  // 8 digits

uint64_t RandomNumber() {
  uint64_t number = 0;
  for (const char byte : privacy::RandomBytes(kBytes)) {
    number = number << 8U | static_cast<unsigned char>(byte);
  }
  return number % kNumbers;
}

}  // namespace

absl::StatusOr<std::string> NewReceiptNumber(db::Transaction& transaction,
                                             const data::Divisions& divisions, int64_t year) {
  for (int i = 0; i < kTries; ++i) {
    std::string number =
        absl::StrFormat("TS-%s-%d-%08d", divisions.district_code(), year, RandomNumber());
    ASSIGN_OR_RETURN(const bool taken, IsNumberTaken(transaction, number));
    if (!taken) return number;
  }
  return absl::ResourceExhaustedError("no receipt number is free");
}

}  // namespace tuoyu::complaint
