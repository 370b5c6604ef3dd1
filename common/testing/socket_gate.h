#ifndef TUOYU_COMMON_TESTING_SOCKET_GATE_H_
#define TUOYU_COMMON_TESTING_SOCKET_GATE_H_

#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "common/db/pool.h"

namespace tuoyu::testing {

// A gate between a database client and the server's Unix socket, to lose connections at a chosen
// moment.
//
//   SocketGate gate(database.options());
//   db::Pool pool(gate.options());
//   gate.CutAfter("COMMIT");    // the server gets the next COMMIT, the client never its answer
class SocketGate {
 public:
  // What clients connect to: a Unix socket, or a port of 127.0.0.1.
  enum class Front { kUnix, kTcp };

  // `server` names a "unix://" host.
  explicit SocketGate(const db::Options& server, Front front = Front::kUnix);
  ~SocketGate();
  SocketGate(const SocketGate&) = delete;
  SocketGate& operator=(const SocketGate&) = delete;

  // The server's options, through the gate.
  const db::Options& options() const { return options_; }

  // New connections are refused, and the open ones closed.
  void Refuse();
  // Connections stay open, and nothing passes.
  void Stall();
  // Everything passes again (the state at first).
  void Pass();
  // The next packet that contains `text` is dropped, and its connection closed. Once; then
  // everything passes.
  void CutBefore(const std::string& text) { Arm(text, Cut::kBefore); }
  // The same, but the packet is passed to the server first, and the connection closed when the
  // answer comes.
  void CutAfter(const std::string& text) { Arm(text, Cut::kAfter); }
  // How many cuts were made.
  int cuts() const { return cuts_; }

 private:
  enum class Cut { kNone, kBefore, kAfter };

  void ListenUnix();
  void ListenTcp();
  void Arm(const std::string& text, Cut cut);
  void Accept();
  void Relay(int client);
  // What to do with this packet of a client.
  Cut Decide(const char* data, size_t size);

  db::Options options_;
  std::string server_path_;
  std::string directory_;  // of the Unix socket
  int listener_ = -1;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> refusing_{false};
  std::atomic<bool> stalled_{false};
  std::atomic<int> cuts_{0};
  std::mutex mutex_;
  Cut cut_ = Cut::kNone;
  std::string text_;
  std::list<std::thread> relays_;
  std::thread acceptor_;
};

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_SOCKET_GATE_H_
