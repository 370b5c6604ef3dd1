# The mirror of data quality: what facilities lack, and MirrorService. Included by services/filing/CMakeLists.txt.
tuoyu_library(filing_mirror
  SRCS mirror/mirror_reading.cc mirror/mirror_repository.cc mirror/mirror_rules.cc mirror/roster_gaps.cc
  DEPS filing_inclusive filing_price filing_quality filing_roster filing_registry filing_rules rpc db privacy base absl::btree absl::optional)
tuoyu_library(mirror_service SRCS mirror/mirror_service.cc DEPS filing_mirror proto_stubs)
