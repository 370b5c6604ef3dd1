# The registry: timeline, tables, the operations filings use, and FacilityService. Included by CMakeLists.txt.
tuoyu_library(facility_timeline
  SRCS facility_timeline.cc
  DEPS base proto_messages absl::function_ref absl::strings absl::time)
# Without gRPC's server headers, which are costly to compile.
tuoyu_library(filing_registry
  SRCS facility_acts.cc facility_items.cc facility_list.cc facility_projection.cc facility_reading.cc
       facility_repository.cc facility_repository_write.cc recognition_rules.cc
       registration/change_request_repository.cc registration/change_request_states.cc
       registration/change_settlement.cc registry.cc registry_back_entry.cc registry_roll.cc registry_rules.cc
       registry_scope.cc registry_session.cc scope_sql.cc
  DEPS facility_timeline filing_rules filing_schema filing_units rpc db journal privacy data ids base absl::cleanup absl::flat_hash_map
       absl::function_ref absl::optional absl::span)
tuoyu_library(facility_service SRCS facility_service.cc DEPS filing_registry proto_stubs)

tuoyu_test(facility_timeline_test LABEL unit SRCS facility_timeline_test.cc DEPS facility_timeline testing)
tuoyu_test(registry_parts_test LABEL unit SRCS recognition_rules_test.cc DEPS filing_registry testing)

# FacilityService on a database of its own, for tests.
tuoyu_library(registry_fixture SRCS registry_fixture.cc
  DEPS facility_service inclusive_service mirror_service price_service quality_service staff_service filing_testing
       testing_server rpc_access_matrix)
target_compile_definitions(registry_fixture PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
tuoyu_test(facility_reading_test LABEL db CONCURRENT SRCS facility_reading_test.cc DEPS registry_fixture)
tuoyu_test(facility_list_test LABEL db SRCS facility_list_test.cc DEPS registry_fixture)
tuoyu_test(facility_acts_test LABEL db CONCURRENT SRCS facility_acts_test.cc DEPS registry_fixture)
tuoyu_test(registry_test LABEL db CONCURRENT SRCS registry_back_entry_test.cc registry_test.cc DEPS registry_fixture)
tuoyu_test(staff_service_test LABEL db CONCURRENT SRCS roster/staff_service_test.cc
  DEPS registry_fixture filing_rules_testing roster_testing)
tuoyu_test(staff_list_test LABEL db SRCS roster/staff_list_test.cc DEPS registry_fixture roster_testing)
tuoyu_test(demonstration_test LABEL db SRCS quality/demonstration_test.cc DEPS registry_fixture)
tuoyu_test(assessment_test LABEL db SRCS quality/assessment_test.cc DEPS registry_fixture)
tuoyu_test(inclusive_test LABEL db SRCS inclusive/inclusive_test.cc DEPS registry_fixture)
tuoyu_test(price_test LABEL db SRCS price/price_test.cc DEPS registry_fixture)
tuoyu_test(child_service_test LABEL db SRCS roster/child_service_test.cc roster/health_service_test.cc DEPS registry_fixture roster_testing)
tuoyu_test(mirror_test LABEL db SRCS mirror/mirror_test.cc DEPS registry_fixture roster_testing)
