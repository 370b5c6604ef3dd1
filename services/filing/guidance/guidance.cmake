# Guidance centres and training, and GuidanceService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_guidance
  SRCS guidance/guidance_acts.cc guidance/guidance_reading.cc guidance/guidance_repository.cc guidance/guidance_rules.cc
  DEPS filing_registry filing_roster filing_rules filing_units rpc db journal privacy ids base absl::flat_hash_map
       absl::optional)
tuoyu_library(guidance_service SRCS guidance/guidance_service.cc DEPS filing_guidance proto_stubs)

tuoyu_test(guidance_rules_test LABEL unit SRCS guidance/guidance_rules_test.cc
  DEPS filing_guidance filing_rules_testing testing)
tuoyu_test(guidance_service_test LABEL db SRCS guidance/guidance_service_test.cc DEPS units_fixture roster_testing)
