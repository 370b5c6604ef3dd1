#ifndef TUOYU_SERVICES_FILING_HOUSEKEEPING_H_
#define TUOYU_SERVICES_FILING_HOUSEKEEPING_H_

#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/db/pool.h"

namespace tuoyu::filing {

// How long what nobody needs any more is kept.
inline constexpr absl::Duration kKeepUnfinishedUploads = absl::Hours(24 * 7);
inline constexpr absl::Duration kKeepAnswers = absl::Hours(24 * 30);  // of repeated requests

// Deletes uploads that were never finished and answers kept for repeated requests, from a thread of its own.
class Housekeeping {
 public:
  // Both must outlive this.
  Housekeeping(db::Pool& pool, const Clock& clock);
  ~Housekeeping();

  // Deletes everything that is due, in small transactions. Errors: those of db::RunTransaction.
  absl::Status Run(absl::Time deadline);

  // Runs now and then every `interval`, until Stop. A failure is in the log of the database library, and tried again.
  void Start(absl::Duration interval);
  void Stop();

 private:
  db::Pool& pool_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable stop_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_HOUSEKEEPING_H_
