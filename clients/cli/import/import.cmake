# Bulk import from tables.
tuoyu_library(cli_import
  SRCS import/choice.cc import/column.cc import/coordinates.cc import/facility_finder.cc import/facility_import.cc
       import/import_file.cc import/import_progress.cc import/import_report.cc import/import_run.cc
       import/roster_import.cc import/statistic_import.cc import/town.cc
  DEPS sheet cli_views cli_core cli_request_id data ids privacy base proto_messages nlohmann_json::nlohmann_json)
tuoyu_test(cli_import_test LABEL unit SRCS import/import_file_test.cc import/import_run_test.cc DEPS cli_import rpc_errors)
