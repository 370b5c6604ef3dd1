// The rehearsal district, judged by what is sent to the services, not by the plan it was made from.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/plan.h"
#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/privacy/digest.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr absl::CivilDay kEnd(2025, 12, 31);
constexpr absl::CivilDay kOpen(9999, 12, 31);

const data::Divisions& Dazu() {
  static const data::Divisions& divisions = *new data::Divisions(
      data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv").value());
  return divisions;
}

District MakeDistrict(uint64_t seed, int facilities) {
  return District::Create({seed, facilities}, Dazu()).value();
}

std::vector<pb::BackEntry> AllEntries(const District& district, absl::CivilDay until = kEnd) {
  std::vector<pb::BackEntry> entries;
  for (const Batch& batch : Batches(district)) {
    const auto request = MakeRequest(district, batch, Dazu(), until);
    entries.insert(entries.end(), request.entries().begin(), request.entries().end());
  }
  return entries;
}

std::string DigestOf(const District& district) {
  std::string bytes;
  for (const pb::BackEntry& entry : AllEntries(district)) bytes += entry.SerializeAsString();
  for (const auto& statistic : MakeStatistics(district, Dazu(), kEnd)) {
    bytes += statistic.SerializeAsString();
  }
  return privacy::Sha256Hex(bytes);
}

absl::CivilDay DayOf(const google::type::Date& date, absl::CivilDay otherwise) {
  const auto day = FromProto(date);
  return day.ok() ? *day : otherwise;
}

// The register as the entries make it, and what it counts on a day.
struct Counts {
  int64_t places = 0;
  int64_t inclusive_places = 0;
  int64_t kindergartens = 0;
  std::set<std::string> streets;
};

class Register {
 public:
  explicit Register(const std::vector<pb::BackEntry>& entries) {
    for (const pb::BackEntry& entry : entries) {
      Record& record = records_[entry.content().uscc()];
      const absl::CivilDay day = DayOf(entry.filed_on(), kOpen);
      if (entry.kind() == pb::FILING_KIND_CANCELLATION) {
        record.end = day;
        continue;
      }
      record.slices[day] = entry.content();
      for (const auto& recognition : entry.recognitions())
        record.recognitions.push_back(recognition);
    }
  }

  Counts CountOn(absl::CivilDay day) const {
    Counts counts;
    for (const auto& [uscc, record] : records_) {
      auto slice = record.slices.upper_bound(day);
      if (slice == record.slices.begin() || day >= record.end) continue;
      const pb::FilingContent& content = std::prev(slice)->second;
      counts.places += content.approved_capacity();
      if (content.facility_type() == pb::FACILITY_TYPE_KINDERGARTEN) ++counts.kindergartens;
      for (const pb::Recognition& recognition : record.recognitions) {
        if (day < DayOf(recognition.valid_from(), kOpen) ||
            day >= DayOf(recognition.valid_to(), kOpen) ||
            day >= DayOf(recognition.revoked_on(), kOpen)) {
          continue;
        }
        counts.inclusive_places +=
            recognition.places_covered() == 0
                ? content.approved_capacity()
                : std::min(recognition.places_covered(), content.approved_capacity());
        const data::Division* division = Dazu().Find(content.division_code(), day);
        if (division->type == data::DivisionType::kStreet) counts.streets.insert(division->code);
      }
    }
    return counts;
  }

  size_t size() const { return records_.size(); }

 private:
  struct Record {
    std::map<absl::CivilDay, pb::FilingContent> slices;
    absl::CivilDay end = kOpen;
    std::vector<pb::Recognition> recognitions;
  };
  std::map<std::string, Record> records_;
};

int64_t StatisticOf(const District& district, const std::string& series, int year) {
  for (const auto& statistic : MakeStatistics(district, Dazu(), kEnd)) {
    if (statistic.series() == series && statistic.reference_date().year() == year) {
      return std::stoll(statistic.value());
    }
  }
  return -1;
}

TEST(DistrictTest, SameSeedSameBytesOtherSeedOthers) {
  EXPECT_EQ(DigestOf(MakeDistrict(16, 60)), DigestOf(MakeDistrict(16, 60)));
  EXPECT_NE(DigestOf(MakeDistrict(16, 60)), DigestOf(MakeDistrict(17, 60)));
  EXPECT_NE(DigestOf(MakeDistrict(16, 60)), DigestOf(MakeDistrict(16, 61)));
}

// Bytes that do not depend on the compiler, the library or the day: whoever changes them changes every rehearsal.
TEST(DistrictTest, TheDefaultDistrictIsTheOneItWas) {
  EXPECT_EQ(DigestOf(MakeDistrict(16, 60)).substr(0, 16), "43b1d015c9239d2d");
}

struct Size {
  uint64_t seed;
  int facilities;
};

class CalibrationTest : public testing::TestWithParam<Size> {};

TEST_P(CalibrationTest, BaselineOf2022IsExact) {
  const District district = MakeDistrict(GetParam().seed, GetParam().facilities);
  const Counts counts = Register(AllEntries(district)).CountOn(absl::CivilDay(2022, 12, 31));
  // 1: places ÷ residents × 1000 = 2
  EXPECT_EQ(counts.places * 1000, 2 * StatisticOf(district, "stat.resident_population", 2022));
  // 4: streets with an inclusive facility ÷ 6 = 50 %
  EXPECT_EQ(counts.streets.size(), 3U);
  // 5: kindergartens with care ÷ kindergartens = 20 %
  EXPECT_EQ(counts.kindergartens * 5, StatisticOf(district, "stat.kindergartens", 2022));
}

TEST_P(CalibrationTest, LaterYearsMoveTowardsTheTargets) {
  const District district = MakeDistrict(GetParam().seed, GetParam().facilities);
  const Register entries(AllEntries(district));
  const int steps[] = {20, 30, 35, 40};
  const size_t streets[] = {3, 4, 5, 6};
  for (int year = 2022; year <= 2025; ++year) {
    const Counts counts = entries.CountOn(absl::CivilDay(year, 12, 31));
    const int64_t kindergartens = StatisticOf(district, "stat.kindergartens", year);
    EXPECT_EQ(counts.streets.size(), streets[year - 2022]) << year;
    // Reached, and by less than one kindergarten more.
    EXPECT_GE(counts.kindergartens * 100, steps[year - 2022] * kindergartens) << year;
    EXPECT_LT((counts.kindergartens - 1) * 100, steps[year - 2022] * kindergartens) << year;
  }
  // 7: planned, then being built, then completed.
  EXPECT_EQ(StatisticOf(district, "stat.guidance_centres", 2022), -1);
  EXPECT_EQ(StatisticOf(district, "stat.guidance_centres", 2024), 0);
  EXPECT_EQ(StatisticOf(district, "stat.guidance_centres", 2025), 1);
  // 6: no survey in 2022, above 90 % of the 400 valid questionnaires only at the end.
  EXPECT_EQ(StatisticOf(district, "stat.parenting_survey", 2022), -1);
  EXPECT_LE(StatisticOf(district, "stat.parenting_survey", 2024), 360);
  EXPECT_GT(StatisticOf(district, "stat.parenting_survey", 2025), 360);
  const Counts last = entries.CountOn(kEnd);
  const int64_t residents = StatisticOf(district, "stat.resident_population", 2025);
  EXPECT_GE(last.places * 10'000, 45 * residents) << "indicator 1 reaches 4.5";
  EXPECT_LE(last.places * 10'000, 52 * residents);
  EXPECT_GE(last.inclusive_places * 100, 60 * last.places) << "indicator 2 reaches 60 %";
  EXPECT_LE(last.inclusive_places * 100, 70 * last.places);
}

TEST_P(CalibrationTest, EveryFacilityIsThereOnceWithItsOwnIds) {
  const District district = MakeDistrict(GetParam().seed, GetParam().facilities);
  const std::vector<pb::BackEntry> entries = AllEntries(district);
  EXPECT_EQ(Register(entries).size(), static_cast<size_t>(GetParam().facilities));
  std::set<std::string> sources;
  std::set<std::string> receipts;
  for (const pb::BackEntry& entry : entries) {
    EXPECT_TRUE(sources.insert(entry.source().source_id()).second);
    if (!entry.receipt_number().empty()) {
      EXPECT_TRUE(receipts.insert(entry.receipt_number()).second);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(SeedsAndSizes, CalibrationTest,
                         testing::Values(Size{16, 60}, Size{1, 60}, Size{99, 60}, Size{16, 24},
                                         Size{7, 33}, Size{16, 250}, Size{3, 1000}, Size{16, 5000}),
                         [](const auto& info) {
                           return "Seed" + std::to_string(info.param.seed) + "Facilities" +
                                  std::to_string(info.param.facilities);
                         });

TEST(DistrictTest, TheMixIsPlausible) {
  std::map<pb::FacilityType, int> types;
  std::map<pb::FilingKind, int> kinds;
  std::set<std::string> divisions;
  int revoked = 0;
  for (const pb::BackEntry& entry : AllEntries(MakeDistrict(16, 60))) {
    ++kinds[entry.kind()];
    for (const auto& recognition : entry.recognitions()) revoked += recognition.has_revoked_on();
    if (entry.kind() != pb::FILING_KIND_INITIAL) continue;
    ++types[entry.content().facility_type()];
    divisions.insert(entry.content().division_code());
  }
  EXPECT_EQ(types.size(), 4U);
  EXPECT_EQ(kinds[pb::FILING_KIND_INITIAL], 60);
  EXPECT_GE(kinds[pb::FILING_KIND_CHANGE], 3);
  EXPECT_GE(kinds[pb::FILING_KIND_CANCELLATION], 3);
  EXPECT_EQ(divisions.size(), 27U) << "all towns and streets of the district";
  EXPECT_GE(revoked, 1);
}

TEST(DistrictTest, UntilLeavesOutWhatCameLater) {
  const absl::CivilDay until(2023, 6, 30);
  for (const pb::BackEntry& entry : AllEntries(MakeDistrict(16, 60), until)) {
    EXPECT_LE(DayOf(entry.filed_on(), kOpen), until);
    for (const auto& recognition : entry.recognitions()) {
      EXPECT_LE(DayOf(recognition.valid_from(), kOpen), until);
      EXPECT_LE(DayOf(recognition.revoked_on(), absl::CivilDay(2021, 1, 1)), until);
    }
  }
  EXPECT_EQ(MakeStatistics(MakeDistrict(16, 60), Dazu(), until).size(), 2U);
}

TEST(DistrictTest, BatchesKeepAFacilityTogetherAndWithinTheLimit) {
  const District district = MakeDistrict(5, 1000);
  size_t next = 0;
  std::set<std::string> request_ids;
  for (const Batch& batch : Batches(district)) {
    EXPECT_EQ(batch.first, next);
    next = batch.second;
    const auto request = MakeRequest(district, batch, Dazu(), kEnd);
    EXPECT_LE(request.entries_size(), kBatchEntries);
    EXPECT_LT(request.ByteSizeLong(), 1U << 20);
    EXPECT_TRUE(request_ids.insert(request.request_id()).second);
  }
  EXPECT_EQ(next, 1000U);
}

TEST(DistrictTest, SizesOutOfRangeAreRefused) {
  EXPECT_FALSE(District::Create({16, 23}, Dazu()).ok());
  EXPECT_FALSE(District::Create({16, 100'001}, Dazu()).ok());
}

}  // namespace
}  // namespace tuoyu::rehearsal
