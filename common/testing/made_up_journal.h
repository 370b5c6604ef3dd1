#ifndef TUOYU_COMMON_TESTING_MADE_UP_JOURNAL_H_
#define TUOYU_COMMON_TESTING_MADE_UP_JOURNAL_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "common/rpc/journal_reader.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::testing {

// A journal for tests: chained entries of any payload, served page by page as the JournalService of a service would. Thread-safe.
class MadeUpJournal {
 public:
  explicit MadeUpJournal(std::string source) : source_(std::move(source)) {}

  void Append(const std::string& action, const std::string& subject,
              const google::protobuf::Message& payload);
  // Forgets all entries: another journal begins.
  void Clear();

  // The entries with sequences first to last.
  std::vector<common::v1::JournalEntry> Entries(int64_t first, int64_t last) const;
  int64_t head() const;
  rpc::JournalReader::Fetch Fetch() const;

 private:
  const std::string source_;
  mutable std::mutex mutex_;
  std::vector<common::v1::JournalEntry> entries_;
};

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_MADE_UP_JOURNAL_H_
