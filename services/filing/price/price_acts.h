#ifndef TUOYU_SERVICES_FILING_PRICE_PRICE_ACTS_H_
#define TUOYU_SERVICES_FILING_PRICE_PRICE_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/inclusive/criteria.h"
#include "services/filing/price/price_book.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/price_service.pb.h"

// Filings of prices, without gRPC: two bodies of writes (rpc::RunWrite) and the list. Errors as price_service.proto documents.
namespace tuoyu::filing {

// What they need. All must outlive its users.
struct PriceDeps {
  const RegistryDeps& registry;
  const PriceBook& prices;
  const CriteriaBook& criteria;
};

absl::Status FilePrices(rpc::WriteContext& context, const PriceDeps& deps,
                        const v1::FilePricesRequest& request, v1::PriceFiling* reply);
absl::Status WithdrawPrices(rpc::WriteContext& context, const PriceDeps& deps,
                            const v1::WithdrawPriceFilingRequest& request, v1::PriceFiling* reply);
absl::Status ListPrices(rpc::Call& call, db::Pool& pool, const v1::ListPriceFilingsRequest& request,
                        v1::ListPriceFilingsResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_PRICE_PRICE_ACTS_H_
