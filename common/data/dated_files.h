#ifndef TUOYU_COMMON_DATA_DATED_FILES_H_
#define TUOYU_COMMON_DATA_DATED_FILES_H_

#include <algorithm>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/data/source_error.h"
#include "google/type/date.pb.h"

// Dated files of one topic, deploy/data/<topic>/*.yaml: each holds a message with `version` and `effective_from`, and applies
// from its first day until that of the next.
namespace tuoyu::data {

// The files of a folder in order of name. NOT_FOUND when it can't be read; INVALID_ARGUMENT for a file that is no .yaml,
// which would be one forgotten.
absl::StatusOr<std::vector<std::string>> YamlFilesIn(const std::string& folder);

// First day of a message whose loader has checked it.
template <typename Message>
absl::CivilDay FirstDayOfFile(const Message& message) {
  const google::type::Date& date = message.effective_from();
  return absl::CivilDay(date.year(), date.month(), date.day());
}

// What the messages of a topic are called in errors.
struct Topic {
  absl::string_view zh;
  absl::string_view en;
};

// Puts messages in order of time. INVALID_ARGUMENT when two have the same version or the same first day.
template <typename Message>
absl::Status OrderByFirstDay(const Topic& topic, std::vector<Message>* messages) {
  std::sort(messages->begin(), messages->end(), [](const Message& left, const Message& right) {
    return FirstDayOfFile(left) < FirstDayOfFile(right);
  });
  std::set<std::string> versions;
  const Message* before = nullptr;
  for (const Message& message : *messages) {
    if (!versions.insert(message.version()).second) {
      return absl::InvalidArgumentError(absl::StrCat(topic.zh, "版本重复 (two ", topic.en,
                                                     "s of version ", message.version(), ")"));
    }
    if (before != nullptr && FirstDayOfFile(*before) == FirstDayOfFile(message)) {
      return absl::InvalidArgumentError(absl::StrCat(
          topic.zh, " ", before->version(), "、", message.version(), " 自同一天施行 (both ",
          topic.en, "s hold from ", FormatDay(FirstDayOfFile(message)), ")"));
    }
    before = &message;
  }
  return absl::OkStatus();
}

// All files of a folder, each read by `load`, a function of the path, in the order of their names. Errors of YamlFilesIn and `load`.
template <typename Load>
auto LoadFiles(const std::string& folder, Load load) -> absl::StatusOr<
    std::vector<typename std::invoke_result_t<Load, const std::string&>::value_type>> {
  ASSIGN_OR_RETURN(const std::vector<std::string> paths, YamlFilesIn(folder));
  std::vector<typename std::invoke_result_t<Load, const std::string&>::value_type> messages;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(auto message, load(path));
    messages.push_back(std::move(message));
  }
  return messages;
}

// The same of texts that are parsed with more at hand: `parse`, a function of text and path. Errors of ReadFile, too.
template <typename Parse>
auto ParseFiles(const std::string& folder, Parse parse) {
  using Result = std::invoke_result_t<Parse, const std::string&, const std::string&>;
  return LoadFiles(folder, [&](const std::string& path) -> Result {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    return parse(text, path);
  });
}

// The message in force on `day`, of messages in order of time; null before the first one.
template <typename Message>
const Message* InForce(const std::vector<Message>& messages, absl::CivilDay day) {
  const Message* found = nullptr;
  for (const Message& message : messages) {
    if (FirstDayOfFile(message) <= day) found = &message;
  }
  return found;
}

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_DATED_FILES_H_
