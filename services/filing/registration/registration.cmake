# What other units say of facilities: registrations, change requests, and their services. Included by
# services/filing/CMakeLists.txt; what settles change requests when the register changes is part of filing_registry.
tuoyu_library(filing_registration
  SRCS registration/change_request_acts.cc registration/change_request_raising.cc
       registration/change_request_reading.cc registration/change_request_rules.cc
       registration/registration_acts.cc registration/registration_push.cc
       registration/registration_reading.cc registration/registration_repository.cc
       registration/registration_rules.cc
  DEPS filing_registry filing_rules filing_units rpc db journal privacy ids base absl::flat_hash_map absl::flat_hash_set
       absl::optional absl::span)
tuoyu_library(registration_service
  SRCS registration/change_request_service.cc registration/registration_service.cc
  DEPS filing_registration proto_stubs)

tuoyu_test(registration_rules_test LABEL unit
  SRCS registration/change_request_rules_test.cc registration/registration_rules_test.cc units/field_ownership_test.cc
  DEPS filing_registration filing_rules_testing testing)
target_compile_definitions(registration_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")

tuoyu_test(registration_service_test LABEL db
  SRCS registration/registration_service_test.cc registration/unfiled_test.cc DEPS units_fixture)
tuoyu_test(change_request_test LABEL db
  SRCS registration/change_request_test.cc registration/ownership_matrix_test.cc DEPS units_fixture)
