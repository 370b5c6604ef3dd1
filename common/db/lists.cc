#include "common/db/lists.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/sql_text.h"

namespace tuoyu::db {
namespace {

// Rows go in statements of these numbers of rows, largest first: 200 is what a call of an import enters.
constexpr size_t kRowsPerStatement[] = {200, 64, 16, 4, 1};

}  // namespace

absl::Status InsertRows(Transaction& transaction, absl::string_view insert, absl::string_view tail,
                        size_t count, int columns,
                        absl::FunctionRef<void(size_t row, std::vector<Param>* params)> add) {
  std::vector<Param> params;
  for (size_t done = 0; done < count;) {
    const size_t rows = *std::find_if(std::begin(kRowsPerStatement), std::end(kRowsPerStatement),
                                      [&](size_t size) { return size <= count - done; });
    params.clear();
    for (size_t i = 0; i < rows; ++i) add(done + i, &params);
    RETURN_IF_ERROR(transaction.ExecuteText(
        absl::StrCat(insert, PlaceholderRows(static_cast<int>(rows), columns), tail), params));
    done += rows;
  }
  return absl::OkStatus();
}

absl::Status SelectIn(Transaction& transaction, absl::string_view select, absl::string_view tail,
                      Params first, Params keys, int columns,
                      absl::FunctionRef<absl::Status(const Row&)> each) {
  const auto width = static_cast<size_t>(columns);
  for (size_t done = 0; done < keys.size() / width;) {
    const size_t left = keys.size() / width - done;
    size_t rows = kRowsPerStatement[0];
    for (const size_t size : kRowsPerStatement) {
      if (size >= left) rows = size;
    }
    std::vector<Param> params(first.begin(), first.end());
    // The last key again and again fills up the list.
    for (size_t i = 0; i < rows; ++i) {
      const Params key = keys.subspan((done + std::min(i, left - 1)) * width, width);
      params.insert(params.end(), key.begin(), key.end());
    }
    const int count = static_cast<int>(rows);
    const std::string list = columns == 1 ? Placeholders(count) : PlaceholderRows(count, columns);
    RETURN_IF_ERROR(transaction.QueryText(absl::StrCat(select, list, ")", tail), params, each));
    done += std::min(rows, left);
  }
  return absl::OkStatus();
}

std::vector<Param> BlobParams(const std::vector<std::string>& bytes) {
  std::vector<Param> params;
  params.reserve(bytes.size());
  for (const std::string& value : bytes) params.emplace_back(Blob{value});
  return params;
}

}  // namespace tuoyu::db
