# Tables of what the services hold.
tuoyu_library(cli_export SRCS export/out_column.cc DEPS sheet cli_core base proto_messages)
tuoyu_test(cli_export_test LABEL unit SRCS export/out_column_test.cc DEPS cli_export)
