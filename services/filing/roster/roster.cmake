# The roster of staff: rules, tables, and StaffService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_roster
  SRCS roster/ban_acts.cc roster/certificate_needs.cc roster/roster_rules.cc roster/staff_acts.cc roster/staff_entry.cc
       roster/staff_name.cc roster/staff_reading.cc roster/staff_report.cc roster/staff_repository.cc
       roster/staff_session.cc
  DEPS filing_registry filing_rules rpc db journal privacy ids base absl::flat_hash_map absl::optional absl::span)
tuoyu_library(staff_service SRCS roster/staff_service.cc DEPS filing_roster proto_stubs)

tuoyu_library(roster_testing SRCS roster/testing/staff_testing.cc DEPS ids base proto_messages)
tuoyu_test(roster_rules_test LABEL unit SRCS roster/certificate_needs_test.cc roster/roster_rules_test.cc
  DEPS filing_roster filing_rules_testing roster_testing testing)
