# The roster of staff: rules, tables, and StaffService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_roster
  SRCS roster/ban_acts.cc roster/ban_repository.cc roster/certificate_needs.cc roster/child_acts.cc roster/child_entry.cc
       roster/child_reading.cc roster/child_report.cc roster/child_roster.cc roster/child_rules.cc roster/class_ratios.cc
       roster/health_record.cc roster/reporting.cc roster/roster_name.cc roster/roster_reading.cc
       roster/roster_rules.cc roster/roster_table.cc roster/staff_acts.cc roster/staff_entry.cc roster/staff_reading.cc
       roster/staff_report.cc roster/staff_roster.cc
  DEPS filing_registry filing_rules rpc db journal privacy ids base absl::flat_hash_map absl::optional absl::span)
tuoyu_library(staff_service SRCS roster/child_service.cc roster/staff_service.cc DEPS filing_roster proto_stubs)

tuoyu_library(roster_testing SRCS roster/testing/staff_testing.cc DEPS ids base proto_messages)
tuoyu_test(roster_rules_test LABEL unit SRCS roster/certificate_needs_test.cc roster/child_rules_test.cc roster/health_record_test.cc roster/roster_rules_test.cc
  DEPS filing_roster filing_rules_testing roster_testing testing)
