# Regulatory measures, and RegulatoryService. Included by services/aggregator/CMakeLists.txt.
tuoyu_library(regulatory_rules SRCS regulatory/regulatory_facts.cc regulatory/regulatory_rules.cc
  DEPS base privacy proto_messages absl::strings absl::time)
tuoyu_library(regulatory_service
  SRCS regulatory/regulatory_acts.cc regulatory/regulatory_feed.cc regulatory/regulatory_reading.cc
       regulatory/regulatory_repository.cc regulatory/regulatory_service.cc
  DEPS regulatory_rules aggregator_service rpc_follower rpc journal db data privacy base proto_stubs)

tuoyu_test(regulatory_rules_test LABEL unit SRCS regulatory/regulatory_facts_test.cc regulatory/regulatory_rules_test.cc
  DEPS regulatory_rules testing)
tuoyu_test(regulatory_service_test LABEL db SRCS regulatory/regulatory_service_test.cc
  DEPS regulatory_service testing_journal testing_server rpc_access_matrix)
target_compile_definitions(regulatory_service_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
