# Reports for paper.
tuoyu_library(cli_report
  SRCS report/document_html.cc report/document_workbook.cc report/month_data.cc report/month_indicators.cc
       report/month_report.cc report/month_tasks.cc
  DEPS cli_views cli_core base proto_messages PkgConfig::libxml2 PkgConfig::xlsxwriter)
tuoyu_test(cli_report_test LABEL unit SRCS report/document_test.cc report/month_report_test.cc DEPS cli_report sheet)
