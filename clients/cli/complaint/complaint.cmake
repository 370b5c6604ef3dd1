# Complaints. Included by clients/cli/CMakeLists.txt.
tuoyu_library(cli_complaint
  SRCS complaint/alert_commands.cc complaint/alert_view.cc complaint/attachment_commands.cc complaint/case_clock_commands.cc complaint/case_commands.cc complaint/complaint_commands.cc complaint/complaint_view.cc
       complaint/reporter_commands.cc complaint/review_commands.cc complaint/review_view.cc
  DEPS cli_inspection cli_views cli_core CLI11::CLI11)

tuoyu_test(cli_complaint_test LABEL unit SRCS complaint/alert_view_test.cc DEPS cli_complaint testing)
