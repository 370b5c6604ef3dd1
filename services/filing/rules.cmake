# The rules: pure functions of messages, without database, clock, network or log.
tuoyu_library(filing_rules
  SRCS back_entry_rules.cc cancellation_rules.cc change_rules.cc class_rules.cc decision_rules.cc differences.cc
       division_check.cc
       filing_rules.cc filing_states.cc findings.cc form_rules.cc material_rules.cc names.cc party_rules.cc
       premises_rules.cc receipt_rules.cc rule_book.cc rule_set.cc site_rules.cc staff_paper_rules.cc staff_rules.cc
  DEPS base calendar data ids proto_messages absl::status absl::statusor absl::strings absl::str_format absl::time
       absl::span PkgConfig::utf8proc)

tuoyu_library(filing_testing SRCS testing/valid_filing.cc DEPS filing_rules)

# What tests of the rules share.
tuoyu_library(filing_rules_testing SRCS testing/rules_testing.cc DEPS filing_testing GTest::gtest)
target_compile_definitions(filing_rules_testing PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")

tuoyu_test(filing_rules_test LABEL unit
  SRCS back_entry_rules_test.cc cancellation_rules_test.cc change_rules_test.cc class_rules_test.cc
       decision_rules_test.cc filing_reasons_test.cc filing_rules_test.cc filing_states_test.cc form_reasons_test.cc
       form_rules_test.cc material_rules_test.cc receipt_rules_test.cc rule_set_test.cc site_rules_test.cc
       staff_rules_test.cc
  DEPS filing_rules_testing testing)
target_compile_definitions(filing_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
