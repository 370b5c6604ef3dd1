# Tasks of the action plan, and TaskService. Included by services/aggregator/CMakeLists.txt.
tuoyu_library(aggregator_task_rules SRCS task/task_rules.cc DEPS aggregator_rules data base proto_messages)
tuoyu_library(task_service SRCS task/task_acts.cc task/task_repository.cc task/task_service.cc
  DEPS aggregator_task_rules aggregator_service rpc journal db privacy base proto_stubs)

tuoyu_test(task_rules_test LABEL unit SRCS task/task_rules_test.cc DEPS aggregator_task_rules testing)
target_compile_definitions(task_rules_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
tuoyu_test(task_service_test LABEL db SRCS task/task_service_test.cc DEPS task_service testing_server rpc_access_matrix)
target_compile_definitions(task_service_test PRIVATE TUOYU_DATA_DIR="${PROJECT_SOURCE_DIR}/deploy/data")
