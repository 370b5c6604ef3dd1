# Inspections. Included by clients/cli/CMakeLists.txt.
tuoyu_library(cli_inspection
  SRCS inspection/draw_commands.cc inspection/finding_commands.cc inspection/inspection_view.cc
       inspection/inspector_commands.cc inspection/penalty_commands.cc inspection/penalty_view.cc inspection/plan_commands.cc inspection/record_file.cc inspection/risk_commands.cc inspection/visit_commands.cc
  DEPS cli_views cli_core inspection_rules CLI11::CLI11)

tuoyu_test(cli_inspection_test LABEL unit SRCS inspection/record_file_test.cc DEPS cli_inspection testing)
