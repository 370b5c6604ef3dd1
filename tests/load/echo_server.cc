// A bare gRPC server that answers every GetFacility with one facility read from a file: the yardstick of the load table.
#include <grpcpp/grpcpp.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "tuoyu/filing/v1/facility_service.grpc.pb.h"

namespace {

class Echo final : public tuoyu::filing::v1::FacilityService::Service {
 public:
  explicit Echo(const std::string& bytes) { facility_.ParseFromString(bytes); }

  grpc::Status GetFacility(grpc::ServerContext*, const tuoyu::filing::v1::GetFacilityRequest*,
                           tuoyu::filing::v1::Facility* reply) override {
    *reply = facility_;
    return grpc::Status::OK;
  }

 private:
  tuoyu::filing::v1::Facility facility_;
};

}  // namespace

// echo_server <reply file> <port file>
int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: echo_server REPLY_FILE PORT_FILE\n";
    return 2;
  }
  std::ostringstream bytes;
  bytes << std::ifstream(argv[1], std::ios::binary).rdbuf();
  Echo echo(bytes.str());
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::ofstream(argv[2]) << port << "\n";
  server->Wait();
  return 0;
}
