#include "services/filing/price/price_service.h"

#include "common/rpc/handle_write.h"

namespace tuoyu::filing {

grpc::Status PriceService::ListPriceRules(grpc::ServerContext* context,
                                          const v1::ListPriceRulesRequest* request,
                                          v1::ListPriceRulesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call&) {
    reply->Clear();
    for (const v1::PriceRules& rules : deps_.prices.all()) *reply->add_rules() = rules;
    return absl::OkStatus();
  });
}

grpc::Status PriceService::FilePrices(grpc::ServerContext* context,
                                      const v1::FilePricesRequest* request,
                                      v1::PriceFiling* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::FilePrices);
}

grpc::Status PriceService::WithdrawPriceFiling(grpc::ServerContext* context,
                                               const v1::WithdrawPriceFilingRequest* request,
                                               v1::PriceFiling* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::WithdrawPrices);
}

grpc::Status PriceService::ListPriceFilings(grpc::ServerContext* context,
                                            const v1::ListPriceFilingsRequest* request,
                                            v1::ListPriceFilingsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListPrices(call, writes_.pool, *request, reply);
  });
}

}  // namespace tuoyu::filing
