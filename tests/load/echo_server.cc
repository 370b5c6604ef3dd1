// A bare gRPC server that answers every GetFacility, or every ListVisits, with one reply read from a file: the yardstick of the load
// table.
#include <grpcpp/grpcpp.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "tuoyu/filing/v1/facility_service.grpc.pb.h"
#include "tuoyu/inspection/v1/visit_service.grpc.pb.h"

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

class EchoVisits final : public tuoyu::inspection::v1::VisitService::Service {
 public:
  explicit EchoVisits(const std::string& bytes) { visits_.ParseFromString(bytes); }

  grpc::Status ListVisits(grpc::ServerContext*, const tuoyu::inspection::v1::ListVisitsRequest*,
                          tuoyu::inspection::v1::ListVisitsResponse* reply) override {
    *reply = visits_;
    return grpc::Status::OK;
  }

 private:
  tuoyu::inspection::v1::ListVisitsResponse visits_;
};

}  // namespace

// echo_server <reply file> <port file> [visits]
int main(int argc, char** argv) {
  const bool visits = argc == 4 && std::string(argv[3]) == "visits";
  if (argc != 3 && !visits) {
    std::cerr << "usage: echo_server REPLY_FILE PORT_FILE [visits]\n";
    return 2;
  }
  std::ostringstream bytes;
  bytes << std::ifstream(argv[1], std::ios::binary).rdbuf();
  Echo echo(visits ? "" : bytes.str());
  EchoVisits echo_visits(visits ? bytes.str() : "");
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo);
  builder.RegisterService(&echo_visits);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::ofstream(argv[2]) << port << "\n";
  server->Wait();
  return 0;
}
