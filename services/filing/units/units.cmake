# The units of a district and whose the fields of the registry are. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_units
  SRCS units/field_ownership.cc
  DEPS base data ids rpc_token proto_messages absl::statusor absl::strings PkgConfig::utf8proc)
