# The lists of kindergartens and employers, and DirectoryService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_directory
  SRCS directory/directory_acts.cc directory/directory_reading.cc directory/directory_repository.cc
       directory/directory_rules.cc
  DEPS filing_registry filing_rules filing_units rpc db journal ids base absl::flat_hash_map absl::optional)
tuoyu_library(directory_service SRCS directory/directory_service.cc DEPS filing_directory proto_stubs)

tuoyu_test(directory_rules_test LABEL unit SRCS directory/directory_rules_test.cc
  DEPS filing_directory filing_rules_testing testing)
tuoyu_test(directory_service_test LABEL db SRCS directory/directory_service_test.cc DEPS units_fixture)
