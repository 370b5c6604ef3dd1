// check_protos <descriptor set>: the build's check of data classes and access rules over every
// proto of the tree, made by `protoc --include_imports --descriptor_set_out`. Exit code 1 and a
// line for each finding.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <iostream>

#include "absl/strings/match.h"
#include "common/privacy/data_class_check.h"

int main(int argc, char** argv) {
  std::ifstream input(argc == 2 ? argv[1] : "", std::ios::binary);
  google::protobuf::FileDescriptorSet set;
  if (!input || !set.ParseFromIstream(&input)) {
    std::cerr << "用法 usage: check_protos <descriptor set>\n";
    return 2;
  }
  google::protobuf::DescriptorPool pool;
  size_t findings = 0;
  for (const auto& proto : set.file()) {
    const google::protobuf::FileDescriptor* file = pool.BuildFile(proto);
    if (file == nullptr) return 2;
    if (!absl::StartsWith(file->package(), "tuoyu.")) continue;
    for (const std::string& finding : tuoyu::privacy::CheckDataClasses(*file)) {
      std::cerr << file->name() << ": " << finding << "\n";
      ++findings;
    }
  }
  return findings == 0 ? 0 : 1;
}
