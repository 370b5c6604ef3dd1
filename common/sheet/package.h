#ifndef TUOYU_COMMON_SHEET_PACKAGE_H_
#define TUOYU_COMMON_SHEET_PACKAGE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct zip;

namespace tuoyu::sheet {

// What stands in an XML part, as it comes. Names are without their namespace.
class XmlHandler {
 public:
  // Attributes of an element; the views last for the call.
  class Attributes {
   public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    // The value, empty when there is none.
    absl::string_view operator[](absl::string_view name) const;

   private:
    const char** pairs_;
  };

  virtual ~XmlHandler() = default;
  // An error of either ends the reading with it.
  virtual absl::Status Start(absl::string_view name, const Attributes& attributes) = 0;
  virtual absl::Status End(absl::string_view name) = 0;
  // A piece of text; may come in several.
  virtual void Text(absl::string_view text) = 0;
};

// The parts of a workbook, an archive of XML documents. Only as much is unpacked as `unpacked_bytes` allows, whatever the
// archive says of itself.
class Package {
 public:
  // `bytes` must outlive the package. INVALID_ARGUMENT when they are no archive.
  static absl::StatusOr<Package> Open(absl::string_view bytes, int64_t unpacked_bytes);
  Package(Package&& other) noexcept
      : zip_(std::exchange(other.zip_, nullptr)), left_(other.left_) {}
  Package& operator=(Package&&) = delete;
  ~Package();

  bool Has(const std::string& part) const;
  // Reads a part through `handler`. INVALID_ARGUMENT when there is none, when it is damaged or no XML, or unpacks to more
  // than is allowed; a document type is refused.
  absl::Status Read(const std::string& part, XmlHandler& handler);

 private:
  Package(zip* archive, int64_t left) : zip_(archive), left_(left) {}

  zip* zip_;
  int64_t left_;
};

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_PACKAGE_H_
