# The registry: timeline, tables, the operations filings use, and FacilityService. Included by CMakeLists.txt.
tuoyu_library(facility_timeline
  SRCS facility_timeline.cc
  DEPS base proto_messages absl::strings absl::time)
tuoyu_test(facility_timeline_test LABEL unit SRCS facility_timeline_test.cc DEPS facility_timeline testing)
