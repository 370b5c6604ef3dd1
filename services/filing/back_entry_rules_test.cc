#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::On;
using testing::ValidBackEntry;
using Entry = v1::BackEntry;

constexpr CivilDay kFiledOn(2021, 5, 6);

// "content.uscc USCC_LENGTH blocks" of each violation of a spoilt entry.
std::vector<std::string> With(const std::function<void(Entry&)>& spoil,
                              v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY) {
  Entry entry = ValidBackEntry(type);
  spoil(entry);
  std::vector<std::string> lines;
  for (const auto& each : CheckBackEntry(entry, On())) {
    EXPECT_FALSE(each.message_zh().empty() || each.message_en().empty()) << each.reason();
    lines.push_back(
        absl::StrCat(each.field(), " ", each.reason(), each.blocking() ? " blocks" : " advises"));
  }
  return lines;
}

// An entry with recognitions from and to these days; no end where `to` is the first of all days.
std::vector<std::string> Recognised(const std::vector<std::pair<CivilDay, CivilDay>>& periods) {
  return With([&](Entry& entry) {
    for (const auto& [from, to] : periods) {
      v1::Recognition& recognition = *entry.add_recognitions();
      *recognition.mutable_valid_from() = ToProto(from);
      if (to != CivilDay()) *recognition.mutable_valid_to() = ToProto(to);
      recognition.set_places_covered(45);
    }
  });
}

TEST(BackEntryRulesTest, AnOldPaperIsRegisteredAsItSays) {
  for (const auto type : {v1::FACILITY_TYPE_ORDINARY, v1::FACILITY_TYPE_KINDERGARTEN,
                          v1::FACILITY_TYPE_EMPLOYER, v1::FACILITY_TYPE_HOME_BASED}) {
    EXPECT_THAT(With([](Entry&) {}, type), IsEmpty()) << type;
  }
}

TEST(BackEntryRulesTest, WhatTodaysRulesWouldSayAgainstItOnlyAdvises) {
  EXPECT_THAT(With([](Entry& e) {
                e.mutable_content()->mutable_classes(0)->set_capacity(12);
                e.mutable_content()->set_approved_capacity(47);
                e.mutable_content()->mutable_site()->set_lowest_floor(-1);
                e.mutable_content()->set_business_scope("教育咨询");
                e.mutable_content()->clear_contact_phone();
              }),
              ElementsAre("content.business_scope SCOPE_WORDS_MISSING advises",
                          "content.classes[0].capacity CLASS_OVER_LIMIT advises",
                          "content.contact_phone FIELD_REQUIRED advises",
                          "content.site.lowest_floor SITE_BASEMENT advises"));
}

TEST(BackEntryRulesTest, WithoutTheEssentialsThereIsNothingToRegister) {
  struct Case {
    std::function<void(Entry&)> spoil;
    const char* found;
  };
  using E = Entry;
  for (const Case& c : std::vector<Case>{
           {[](E& e) { e.clear_kind(); }, "kind FIELD_REQUIRED blocks"},
           {[](E& e) { e.clear_evidence(); }, "evidence FIELD_REQUIRED blocks"},
           {[](E& e) { e.clear_filed_on(); }, "filed_on FIELD_REQUIRED blocks"},
           {[](E& e) { e.mutable_content()->clear_uscc(); }, "content.uscc FIELD_REQUIRED blocks"},
           {[](E& e) { e.mutable_content()->clear_name(); }, "content.name FIELD_REQUIRED blocks"},
           {[](E& e) { e.mutable_content()->clear_facility_type(); },
            "content.facility_type FIELD_REQUIRED blocks"},
           {[](E& e) { e.mutable_content()->clear_division_code(); },
            "content.division_code FIELD_REQUIRED blocks"},
           {[](E& e) { e.add_recognitions(); },
            "recognitions[0].valid_from FIELD_REQUIRED blocks"}}) {
    EXPECT_THAT(With(c.spoil), Contains(c.found));
  }
  EXPECT_THAT(With([](E& e) {
                e.mutable_content()->clear_approved_capacity();
                e.mutable_content()->clear_classes();
              }),
              Contains("content.approved_capacity FIELD_REQUIRED blocks"));
}

TEST(BackEntryRulesTest, APointWhereNoFacilityOfTheDistrictCanBeBlocks) {
  const auto at = [](double longitude, double latitude, bool with_system = true) {
    return With([=](Entry& e) {
      e.mutable_content()->mutable_location()->set_longitude(longitude);
      e.mutable_content()->mutable_location()->set_latitude(latitude);
      if (!with_system) e.mutable_content()->mutable_location()->clear_system();
    });
  };
  EXPECT_THAT(at(105.71234, 29.70345), IsEmpty());
  EXPECT_THAT(at(105.71234, 29.70345, false),
              ElementsAre("content.location COORDINATE_SYSTEM advises"));
  for (const bool with_system : {true, false}) {
    EXPECT_THAT(at(0, 0, with_system), ElementsAre("content.location COORDINATE_ZERO blocks"));
    EXPECT_THAT(at(105.71234, 0, with_system),
                ElementsAre("content.location COORDINATE_HALF blocks"));
    EXPECT_THAT(at(0, 29.70345, with_system),
                ElementsAre("content.location COORDINATE_HALF blocks"));
    EXPECT_THAT(at(106.55, 29.56, with_system),
                ElementsAre("content.location COORDINATE_OUTSIDE_DISTRICT blocks"));
    EXPECT_THAT(at(29.70345, 105.71234, with_system),
                ElementsAre("content.location COORDINATE_SWAPPED blocks"));
    EXPECT_THAT(at(200, 29.70345, with_system),
                ElementsAre("content.location COORDINATE_RANGE blocks"));
  }
  EXPECT_THAT(With([](Entry& e) { e.mutable_content()->clear_location(); }),
              ElementsAre("content.location FIELD_REQUIRED advises"));
}

TEST(BackEntryRulesTest, ThePaperIsReadAsOfItsOwnDay) {
  // A lease that was good then and has ended since.
  EXPECT_THAT(With([](Entry& e) {
                *e.mutable_content()->mutable_lease_start() = ToProto(CivilDay(2018, 6, 1));
                *e.mutable_content()->mutable_lease_end() = ToProto(CivilDay(2021, 5, 31));
              }),
              IsEmpty());
  // One that had ended by then.
  EXPECT_THAT(With([](Entry& e) {
                *e.mutable_content()->mutable_lease_start() = ToProto(CivilDay(2018, 5, 1));
                *e.mutable_content()->mutable_lease_end() = ToProto(CivilDay(2021, 5, 5));
              }),
              ElementsAre("content.lease_end LEASE_EXPIRED advises"));
  // Signed after it was filed.
  EXPECT_THAT(
      With([](Entry& e) { *e.mutable_content()->mutable_signed_on() = ToProto(kFiledOn + 1); }),
      ElementsAre("content.signed_on DATE_IN_FUTURE blocks"));
}

TEST(BackEntryRulesTest, TheDaysOfTheEntryDoNotLieAhead) {
  EXPECT_THAT(With([](Entry& e) { *e.mutable_filed_on() = ToProto(kToday + 1); }),
              Contains("filed_on DATE_IN_FUTURE blocks"));
  EXPECT_THAT(With([](Entry& e) { *e.mutable_effective_date() = ToProto(kToday + 1); }),
              ElementsAre("effective_date DATE_IN_FUTURE blocks"));
  EXPECT_THAT(With([](Entry& e) { *e.mutable_effective_date() = ToProto(kFiledOn - 1); }),
              ElementsAre("effective_date EFFECTIVE_BEFORE_FILING advises"));
  EXPECT_THAT(With([](Entry& e) { *e.mutable_effective_date() = ToProto(kFiledOn); }), IsEmpty());
}

TEST(BackEntryRulesTest, AFilingBeforeTheRegulationIsAskedAbout) {
  const auto filed = [](CivilDay day) {
    return With([day](Entry& e) {
      *e.mutable_filed_on() = ToProto(day);
      for (auto* date :
           {e.mutable_content()->mutable_registered_on(),
            e.mutable_content()->mutable_lease_start(), e.mutable_content()->mutable_signed_on()}) {
        *date = ToProto(CivilDay(2019, 6, 1));
      }
    });
  };
  EXPECT_THAT(filed(CivilDay(2019, 12, 19)), IsEmpty());
  EXPECT_THAT(filed(CivilDay(2019, 12, 18)),
              ElementsAre("filed_on FILED_BEFORE_REGULATION advises"));
}

TEST(BackEntryRulesTest, OnlyWhatIsOlderThanTheSystemIsBackEntered) {
  const auto filed = [](CivilDay day) {
    return With([day](Entry& e) { *e.mutable_filed_on() = ToProto(day); });
  };
  EXPECT_THAT(filed(CivilDay(2025, 12, 31)), IsEmpty());
  EXPECT_THAT(filed(CivilDay(2026, 1, 1)), ElementsAre("filed_on FILED_SINCE_SYSTEM_START blocks"));
}

TEST(BackEntryRulesTest, ANumberLikeTheSystemsOwnIsOneOfAYearBeforeIt) {
  const auto numbered = [](const std::string& number) {
    return With([&](Entry& e) { e.set_receipt_number(number); });
  };
  for (const char* good :
       {"", "大足托备2021-007", "TYBA-500111-2021-00900", "TYBA-500111-2025-100000",
        "TYBA-500112-2026-1", "TYBB-500111-2026-00001"}) {
    EXPECT_THAT(numbered(good), IsEmpty()) << good;
  }
  for (const char* typo : {"TYBA-500111-2021-900", "tyba-500111-2021-00900", "TYBA-500111-2021-",
                           "TYBA-500111-2021-00000", "TYBA-500111-x-00001", "TYBA-500111-00001"}) {
    EXPECT_THAT(numbered(typo), ElementsAre("receipt_number RECEIPT_NUMBER_FORM blocks")) << typo;
  }
  EXPECT_THAT(numbered("TYBA-500111-2026-99999999"),
              ElementsAre("receipt_number RECEIPT_NUMBER_OF_SYSTEM blocks"));
}

TEST(BackEntryRulesTest, ACancellationSaysWhichFacilityAndNothingOfTheForm) {
  const auto end = [](const std::function<void(Entry&)>& spoil) {
    return With([&](Entry& e) {
      e.set_kind(v1::FILING_KIND_CANCELLATION);
      e.clear_content();
      e.clear_source();
      spoil(e);
    });
  };
  EXPECT_THAT(end([](Entry&) {}), ElementsAre("facility FACILITY_UNIDENTIFIED blocks"));
  EXPECT_THAT(
      end([](Entry& e) { e.set_facility("facilities/01940000-0000-7000-8000-000000000001"); }),
      IsEmpty());
  EXPECT_THAT(end([](Entry& e) { e.mutable_content()->set_uscc("91500111MAQQ000327"); }),
              IsEmpty());
  EXPECT_THAT(end([](Entry& e) { e.mutable_content()->set_uscc("91500111MAQQ000328"); }),
              ElementsAre("content.uscc USCC_CHECK_DIGIT blocks"));
  EXPECT_THAT(end([](Entry& e) {
                e.mutable_source()->set_source_system("paper-archive");
                e.mutable_source()->set_source_id("2021-007");
              }),
              IsEmpty());
}

TEST(BackEntryRulesTest, RecognitionsFollowEachOtherWithoutOverlap) {
  const CivilDay begin(2022, 1, 1);
  const CivilDay end(2023, 1, 1);
  EXPECT_THAT(Recognised({{begin, end}, {end, CivilDay()}}), IsEmpty());
  EXPECT_THAT(Recognised({{end, CivilDay()}, {begin, end}}), IsEmpty());
  EXPECT_THAT(Recognised({{begin, end}, {end - 1, CivilDay()}}),
              ElementsAre("recognitions[1] RECOGNITION_OVERLAP blocks"));
  EXPECT_THAT(Recognised({{begin, CivilDay()}, {end, CivilDay()}}),
              ElementsAre("recognitions[1] RECOGNITION_OVERLAP blocks"));
  EXPECT_THAT(Recognised({{end, end}}), ElementsAre("recognitions[0] RECOGNITION_ORDER blocks"));
  EXPECT_THAT(Recognised({{kToday + 1, CivilDay()}}),
              ElementsAre("recognitions[0].valid_from DATE_IN_FUTURE blocks"));
}

TEST(BackEntryRulesTest, ARevokedRecognitionMakesRoomForTheNext) {
  const auto revoked = [](CivilDay day) {
    return With([day](Entry& e) {
      v1::Recognition& first = *e.add_recognitions();
      *first.mutable_valid_from() = ToProto(CivilDay(2022, 1, 1));
      *first.mutable_valid_to() = ToProto(CivilDay(2025, 1, 1));
      *first.mutable_revoked_on() = ToProto(day);
      *e.add_recognitions()->mutable_valid_from() = ToProto(CivilDay(2023, 1, 1));
    });
  };
  EXPECT_THAT(revoked(CivilDay(2023, 1, 1)), IsEmpty());
  EXPECT_THAT(revoked(CivilDay(2023, 1, 2)),
              ElementsAre("recognitions[1] RECOGNITION_OVERLAP blocks"));
  EXPECT_THAT(revoked(CivilDay(2021, 12, 31)),
              ElementsAre("recognitions[0] RECOGNITION_ORDER blocks"));
}

TEST(BackEntryRulesTest, ARecognitionCoversNoMorePlacesThanAreFiled) {
  for (const int places : {-1, 46}) {
    EXPECT_THAT(With([=](Entry& e) {
                  *e.add_recognitions()->mutable_valid_from() = ToProto(CivilDay(2022, 1, 1));
                  e.mutable_recognitions(0)->set_places_covered(places);
                }),
                ElementsAre("recognitions[0].places_covered RECOGNITION_OVER_CAPACITY blocks"));
  }
}

TEST(BackEntryRulesTest, ACancellationBringsNoRecognition) {
  EXPECT_THAT(With([](Entry& e) {
                e.set_kind(v1::FILING_KIND_CANCELLATION);
                *e.add_recognitions()->mutable_valid_from() = ToProto(CivilDay(2022, 1, 1));
              }),
              ElementsAre("recognitions RECOGNITION_UNUSED blocks"));
}

TEST(BackEntryRulesTest, WhatBlocksComesFirst) {
  EXPECT_THAT(
      With([](Entry& e) {
        *e.mutable_filed_on() = ToProto(CivilDay(2021, 5, 6));
        *e.mutable_effective_date() = ToProto(kFiledOn - 1);
        e.mutable_content()->set_business_scope("教育咨询");
        e.mutable_content()->set_division_code("500111101");
        e.mutable_content()->clear_community_code();
        e.clear_evidence();
      }),
      ElementsAre("evidence FIELD_REQUIRED blocks", "content.division_code DIVISION_UNKNOWN blocks",
                  "effective_date EFFECTIVE_BEFORE_FILING advises",
                  "content.business_scope SCOPE_WORDS_MISSING advises"));
}

}  // namespace
}  // namespace tuoyu::filing
