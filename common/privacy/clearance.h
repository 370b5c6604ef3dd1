#ifndef TUOYU_COMMON_PRIVACY_CLEARANCE_H_
#define TUOYU_COMMON_PRIVACY_CLEARANCE_H_

#include <cstdint>

#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::privacy {

using common::v1::DataClass;

// The data classes (数据分级) a reader may see: a set, not a level, because a complaint handler who
// sees reporters need not see children. Value type; a default one sees PUBLIC only.
class Clearance {
 public:
  constexpr Clearance() = default;
  static constexpr Clearance Public() { return Clearance(); }
  static constexpr Clearance Internal() { return Public().With(common::v1::DATA_CLASS_INTERNAL); }
  static constexpr Clearance Personal() { return Internal().With(common::v1::DATA_CLASS_PERSONAL); }
  // Every class; for consumers that store what they read sealed, and for tests.
  static constexpr Clearance Everything() {
    return Personal().With(common::v1::DATA_CLASS_CHILD).With(common::v1::DATA_CLASS_REPORTER);
  }
  // The set kept by bits(); unknown bits are dropped.
  static constexpr Clearance FromBits(uint8_t bits) {
    Clearance clearance;
    clearance.bits_ = (bits & kKnownBits) | kPublicBit;
    return clearance;
  }

  // This set and `data_class`.
  [[nodiscard]] constexpr Clearance With(DataClass data_class) const {
    Clearance clearance = *this;
    clearance.bits_ |= Bit(data_class);
    return clearance;
  }
  [[nodiscard]] constexpr Clearance With(Clearance other) const {
    Clearance clearance = *this;
    clearance.bits_ |= other.bits_;
    return clearance;
  }
  constexpr bool Has(DataClass data_class) const { return (bits_ & Bit(data_class)) != 0; }
  constexpr uint8_t bits() const { return bits_; }
  friend constexpr bool operator==(Clearance a, Clearance b) { return a.bits_ == b.bits_; }

  static constexpr uint8_t Bit(DataClass data_class) { return uint8_t{1} << data_class; }

 private:
  static constexpr uint8_t kPublicBit = 1 << common::v1::DATA_CLASS_PUBLIC;
  static constexpr uint8_t kKnownBits = (1 << (common::v1::DataClass_MAX + 1)) - 2;

  uint8_t bits_ = kPublicBit;
};

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_CLEARANCE_H_
