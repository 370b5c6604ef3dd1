# The services of what other units say, together. Included by services/filing/CMakeLists.txt.
tuoyu_library(unit_services SRCS units/unit_services.cc
  DEPS directory_service duplicate_service guidance_service registration_service)

# The same beside the registry, for tests.
tuoyu_library(units_fixture SRCS units/units_fixture.cc DEPS unit_services registry_fixture)
target_compile_definitions(units_fixture PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
