# Complaints. Included by clients/cli/CMakeLists.txt.
tuoyu_library(cli_complaint
  SRCS complaint/attachment_commands.cc complaint/case_clock_commands.cc complaint/case_commands.cc complaint/complaint_commands.cc complaint/complaint_view.cc
       complaint/reporter_commands.cc complaint/review_commands.cc complaint/review_view.cc
  DEPS cli_inspection cli_views cli_core CLI11::CLI11)
