# Inclusive recognition from the application to the decision, and InclusiveService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_criteria SRCS inclusive/criteria.cc DEPS data base)
tuoyu_library(filing_inclusive
  SRCS inclusive/inclusive_acts.cc inclusive/inclusive_reading.cc inclusive/inclusive_rules.cc
  DEPS filing_criteria filing_price filing_quality filing_registry filing_rules rpc db journal privacy calendar data base)
tuoyu_library(inclusive_service SRCS inclusive/inclusive_service.cc DEPS filing_inclusive proto_stubs)

tuoyu_test(inclusive_rules_test LABEL unit SRCS inclusive/criteria_test.cc inclusive/inclusive_rules_test.cc
  DEPS filing_inclusive filing_rules_testing testing)
target_compile_definitions(inclusive_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
