#include "tests/load/bench_server.h"

#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::load {

absl::StatusOr<db::Options> ServerAt(const std::string& directory) {
  std::string socket;
  std::ifstream file(directory + "/socket");
  if (!std::getline(file, socket)) {
    return absl::NotFoundError(absl::StrCat("no server runs in ", directory,
                                            "; start it: deploy/lib/mariadb.sh start DIR"));
  }
  db::Options options;
  options.host = absl::StrCat("unix://", socket);
  options.user = "root";
  return options;
}

}  // namespace tuoyu::load
