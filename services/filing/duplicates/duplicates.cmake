# Facilities that may be one and the same, and DuplicateService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_duplicates
  SRCS duplicates/duplicate_acts.cc duplicates/duplicate_repository.cc duplicates/duplicate_rules.cc
  DEPS filing_registry filing_rules filing_units rpc db journal data ids base absl::flat_hash_map absl::optional)
tuoyu_library(duplicate_service SRCS duplicates/duplicate_service.cc DEPS filing_duplicates proto_stubs)

tuoyu_test(duplicate_rules_test LABEL unit SRCS duplicates/duplicate_rules_test.cc
  DEPS filing_duplicates filing_rules_testing testing)
target_compile_definitions(duplicate_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
tuoyu_test(duplicate_service_test LABEL db SRCS duplicates/duplicate_service_test.cc DEPS units_fixture)
