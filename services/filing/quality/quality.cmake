# Quality of facilities: demonstration labels, assessment by grades, and QualityService. Included by
# services/filing/CMakeLists.txt.
tuoyu_library(filing_quality
  SRCS quality/assessment_acts.cc quality/assessment_rules.cc quality/assessment_scheme.cc quality/demonstration_acts.cc
       quality/demonstration_rules.cc
  DEPS filing_registry filing_rules rpc db journal privacy data base absl::optional)
tuoyu_library(quality_service SRCS quality/quality_service.cc DEPS filing_quality proto_stubs)

tuoyu_test(assessment_rules_test LABEL unit SRCS quality/assessment_rules_test.cc quality/assessment_scheme_test.cc
  DEPS filing_quality filing_rules_testing testing)
target_compile_definitions(assessment_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
