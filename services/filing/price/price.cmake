# Filings of prices, and PriceService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_price
  SRCS price/price_acts.cc price/price_book.cc price/price_caps.cc price/price_rules.cc
  DEPS filing_criteria filing_registry filing_rules rpc db journal privacy data base)
tuoyu_library(price_service SRCS price/price_service.cc DEPS filing_price proto_stubs)

tuoyu_test(price_rules_test LABEL unit SRCS price/price_book_test.cc price/price_rules_test.cc
  DEPS filing_price filing_rules_testing testing)
target_compile_definitions(price_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
