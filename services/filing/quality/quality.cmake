# Quality of facilities: demonstration labels, and QualityService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_quality
  SRCS quality/demonstration_acts.cc quality/demonstration_rules.cc
  DEPS filing_registry filing_rules rpc db journal privacy base absl::optional)
tuoyu_library(quality_service SRCS quality/quality_service.cc DEPS filing_quality proto_stubs)
