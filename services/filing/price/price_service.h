#ifndef TUOYU_SERVICES_FILING_PRICE_PRICE_SERVICE_H_
#define TUOYU_SERVICES_FILING_PRICE_PRICE_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/price/price_acts.h"
#include "tuoyu/filing/v1/price_service.grpc.pb.h"

namespace tuoyu::filing {

// PriceService: each method goes through the door to a function of price_acts.h. Thread-safe.
class PriceService final : public v1::PriceService::Service {
 public:
  // All references, those inside `writes` and `registry` too, must outlive this. `door` must know the service's descriptor.
  PriceService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& registry,
               const PriceBook& prices, const CriteriaBook& criteria)
      : door_(door), writes_(writes), registry_(registry), deps_{registry_, prices, criteria} {}

  grpc::Status ListPriceRules(grpc::ServerContext* context,
                              const v1::ListPriceRulesRequest* request,
                              v1::ListPriceRulesResponse* reply) override;
  grpc::Status FilePrices(grpc::ServerContext* context, const v1::FilePricesRequest* request,
                          v1::PriceFiling* reply) override;
  grpc::Status WithdrawPriceFiling(grpc::ServerContext* context,
                                   const v1::WithdrawPriceFilingRequest* request,
                                   v1::PriceFiling* reply) override;
  grpc::Status ListPriceFilings(grpc::ServerContext* context,
                                const v1::ListPriceFilingsRequest* request,
                                v1::ListPriceFilingsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps registry_;
  const PriceDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_PRICE_PRICE_SERVICE_H_
