# Proofs of attendance, and AttendanceService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_attendance
  SRCS attendance/attendance_acts.cc attendance/attendance_repository.cc attendance/attendance_rules.cc
  DEPS filing_roster filing_registry filing_rules attendance_token rpc db privacy ids base)
tuoyu_library(attendance_service SRCS attendance/attendance_service.cc DEPS filing_attendance proto_stubs)

tuoyu_test(attendance_rules_test LABEL unit SRCS attendance/attendance_rules_test.cc
  DEPS filing_attendance filing_rules_testing roster_testing testing)
tuoyu_test(attendance_service_test LABEL db SRCS attendance/attendance_service_test.cc
  DEPS attendance_service registry_fixture roster_testing)
