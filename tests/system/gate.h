#ifndef TUOYU_TESTS_SYSTEM_GATE_H_
#define TUOYU_TESTS_SYSTEM_GATE_H_

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tuoyu::system_test {

// A gate between a service and its database: listens on a socket of its own and passes bytes on, until told otherwise.
class Gate {
 public:
  enum class Mode {
    kPass,   // pass everything on
    kStall,  // accept and keep, pass nothing on
    kClose,  // break every connection, also new ones
  };

  // Listens on `path` (at most 100 characters), passes on to the socket `target`.
  Gate(std::string path, std::string target);
  ~Gate();
  void Set(Mode mode);
  int connections() const { return accepted_; }

 private:
  void Accept();
  void Serve(int client);

  const std::string path_;
  const std::string target_;
  int listener_ = -1;
  std::atomic<Mode> mode_{Mode::kPass};
  std::atomic<bool> stopping_{false};
  std::atomic<int> accepted_{0};
  std::mutex mutex_;
  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_SYSTEM_GATE_H_
