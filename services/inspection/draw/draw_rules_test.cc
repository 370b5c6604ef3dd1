#include "services/inspection/draw/draw_rules.h"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/sha256.h"
#include "services/inspection/draw/random_stream.h"
#include "services/inspection/draw/weighted_set.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::DrawRecord;

std::string Facility(int number) { return absl::StrFormat("facilities/%06d", number); }
std::string Inspector(int number) { return absl::StrFormat("inspectors/%04d", number); }

// Lists without fault, frozen: `weight` of each facility, inspectors in turn of the units.
DrawRecord Lists(
    int facilities, int inspectors, const std::vector<std::string>& units,
    const std::function<int(int)>& weight = [](int) { return 1; }) {
  DrawRecord record;
  record.set_name("draws/1");
  record.set_algorithm(kDrawAlgorithm);
  record.set_salt(Sha256Hex("a salt of the test"));
  record.set_plan("plans/1");
  record.set_facilities_to_draw(std::min(facilities, 5));
  for (const std::string& code : units) {
    v1::DrawUnit& unit = *record.add_units();
    unit.set_unit(code);
    unit.set_inspectors(2);
  }
  for (int i = 0; i < facilities; ++i) {
    v1::EligibleFacility& facility = *record.add_facilities();
    facility.set_facility(Facility(i));
    facility.set_facility_name(absl::StrCat("演练托育园", i));
    facility.set_weight(weight(i));
    v1::WeightPart& part = *facility.add_parts();
    part.set_factor("BASE");
    part.set_points(weight(i));
  }
  for (int i = 0; i < inspectors; ++i) {
    v1::EligibleInspector& inspector = *record.add_inspectors();
    inspector.set_inspector(Inspector(i));
    inspector.set_unit(units[static_cast<size_t>(i) % units.size()]);
  }
  return record;
}

void Recuse(int facility, int inspector, DrawRecord* record) {
  v1::DrawRecusal& recusal = *record->add_recusals();
  recusal.set_facility(Facility(facility));
  recusal.set_inspector(Inspector(inspector));
}

// Gives a facility a risk level, and its weight by nothing else.
void Weigh(int level, int facility, DrawRecord* record) {
  v1::EligibleFacility& weighed = *record->mutable_facilities(facility);
  weighed.set_risk_level(static_cast<v1::RiskLevel>(level));
  weighed.mutable_parts(0)->set_factor(v1::RiskLevel_Name(weighed.risk_level()));
}

// The whole of a draw, as it is published.
DrawRecord Drawn(DrawRecord record, const std::string& word = "红8 蓝3") {
  record.set_secret(Sha256Hex("a secret of the test"));
  record.set_commitment(CommitmentOf(record.algorithm(), record.secret()));
  record.mutable_commit_time()->set_seconds(1'767'225'600);
  record.mutable_freeze_time()->set_seconds(1'767'229'200);
  record.mutable_draw_time()->set_seconds(1'767'232'800);
  record.set_list_digest(ListDigestOf(record));
  record.set_witness("区纪委监委驻卫生健康委纪检监察组");
  record.set_witness_word(word);
  for (v1::DrawnVisit& visit : DrawVisits(record)) *record.add_visits() = std::move(visit);
  record.set_digest(DigestOf(record));
  return record;
}

void Change(int visit, int from, const std::string& to, const std::string& reason,
            DrawRecord* record) {
  const std::string before =
      record->changes().empty() ? record->digest() : record->changes().rbegin()->digest();
  v1::DrawChange& change = *record->add_changes();
  change.set_facility(record->visits(visit).facility());
  change.set_from_inspector(record->visits(visit).inspectors(from));
  change.set_to_inspector(to);
  change.set_reason(reason);
  change.mutable_change_time()->set_seconds(record->draw_time().seconds() + 3600);
  change.set_asked_as(common::v1::ROLE_DEPARTMENT_OFFICER);
  change.mutable_ask_time()->set_seconds(record->draw_time().seconds() + 1800);
  change.set_consented_as(common::v1::ROLE_DEPARTMENT_HEAD);
  change.set_digest(DigestOf(*record, change, before));
}

std::vector<std::string> Reasons(const Violations& violations) {
  std::vector<std::string> reasons;
  for (const auto& each : violations) {
    EXPECT_TRUE(each.blocking());
    EXPECT_NE(each.message_zh() + each.message_en(), "");
    reasons.push_back(absl::StrCat(each.field(), " ", each.reason()));
  }
  return reasons;
}

// The draw as draw.md tells it, with nothing but lists: what anyone would write who does it again.
std::vector<std::string> DrawnBySteps(const DrawRecord& record) {
  RandomStream random(Sha256Hex(absl::StrCat("tuoyu-draw-2 seed ", record.secret(), " ",
                                             record.list_digest(), " ", record.witness_word())));
  std::vector<const v1::EligibleFacility*> left;
  for (const auto& facility : record.facilities()) left.push_back(&facility);
  std::map<std::string, int> visits_of;
  std::vector<std::string> lines;
  for (int n = 0; n < record.facilities_to_draw(); ++n) {
    int64_t total = 0;
    for (const auto* each : left) total += each->weight();
    int64_t point = random.Below(total);
    auto drawn = left.begin();
    while (point >= (*drawn)->weight()) point -= (*drawn++)->weight();
    const std::string facility = (*drawn)->facility();
    left.erase(drawn);
    std::string line = facility;
    std::set<std::string> barred;
    for (const auto& recusal : record.recusals()) {
      if (recusal.facility() == facility) barred.insert(recusal.inspector());
    }
    for (const auto& unit : record.units()) {
      for (int i = 0; i < unit.inspectors(); ++i) {
        std::vector<std::string> fewest;
        for (const auto& inspector : record.inspectors()) {
          const std::string& name = inspector.inspector();
          if (inspector.unit() != unit.unit() || barred.contains(name)) continue;
          if (!fewest.empty() && visits_of[name] < visits_of[fewest[0]]) fewest.clear();
          if (fewest.empty() || visits_of[name] == visits_of[fewest[0]]) fewest.push_back(name);
        }
        const std::string& taken =
            fewest[static_cast<size_t>(random.Below(static_cast<int64_t>(fewest.size())))];
        ++visits_of[taken];
        barred.insert(taken);
        absl::StrAppend(&line, " ", taken);
      }
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Lines(const DrawRecord& record) {
  std::vector<std::string> lines;
  for (const auto& visit : record.visits()) {
    std::string line = visit.facility();
    for (const std::string& inspector : visit.inspectors()) absl::StrAppend(&line, " ", inspector);
    lines.push_back(line);
  }
  return lines;
}

TEST(DrawTest, NumbersOfAStreamAreThoseOfItsSeed) {
  RandomStream random(Sha256Hex("seed"));
  std::vector<int64_t> numbers;
  for (const int64_t bound : {10, 1'000'000, 7, 1, 100}) numbers.push_back(random.Below(bound));
  EXPECT_THAT(numbers, ElementsAre(9, 305822, 5, 0, 99));
}

TEST(DrawTest, AWeightedSetTellsWhoCoversAPoint) {
  WeightedSet set(5);
  const int weights[] = {3, 0, 1, 4, 2};
  for (size_t i = 0; i < 5; ++i) set.Add(i, weights[i]);
  EXPECT_EQ(set.total(), 10);
  std::vector<size_t> covers;
  for (int64_t point = 0; point < set.total(); ++point) covers.push_back(set.At(point));
  EXPECT_THAT(covers, ElementsAre(0, 0, 0, 2, 3, 3, 3, 3, 4, 4));
  EXPECT_EQ(set.Before(3), 4);
  set.Add(0, -3);
  EXPECT_EQ(set.At(0), 2u);
}

TEST(DrawTest, TheResultIsThatOfTheStepsInWords) {
  std::mt19937 chance(4);
  for (int round = 0; round < 60; ++round) {
    const int facilities = 1 + static_cast<int>(chance() % 40);
    DrawRecord lists = Lists(facilities, 9 + static_cast<int>(chance() % 12),
                             {"DHC", "FIRE", "SAMR"}, [&](int i) { return 1 + (i * 7919) % 13; });
    lists.set_facilities_to_draw(1 +
                                 static_cast<int>(chance() % static_cast<unsigned>(facilities)));
    std::set<std::pair<int, int>> recused;
    for (int i = 0; i < 6; ++i) {
      // At most one of each unit, so that two are left.
      recused.insert({static_cast<int>(chance() % static_cast<unsigned>(facilities)), i % 3});
    }
    for (const auto& [facility, inspector] : recused) Recuse(facility, inspector, &lists);
    const DrawRecord record = Drawn(lists, absl::StrCat("word ", round));
    EXPECT_EQ(Lines(record), DrawnBySteps(record)) << round;
    EXPECT_THAT(Reasons(VerifyDraw(record)), IsEmpty()) << round;
  }
}

// The figures are of a program of its own, written from draw.md in another language.
TEST(DrawTest, TheResultOfAKnownDrawNeverChanges) {
  DrawRecord lists = Lists(12, 6, {"DHC", "FIRE"}, [](int i) { return 1 + i % 4; });
  Recuse(3, 0, &lists);
  for (int i = 0; i < lists.facilities_size(); ++i) Weigh(1 + i % 4, i, &lists);
  const DrawRecord record = Drawn(lists);
  EXPECT_THAT(Reasons(VerifyDraw(record)), IsEmpty());
  EXPECT_EQ(record.list_digest(),
            "89a89e9c92cbf9957e5bafb3a0eff8634fa816a84f229fea56afe16975923d28");
  EXPECT_EQ(record.digest(), "8243b65733f5bb474a81ec947aae05e11415c2ce851ed6e43c7d1e07bc3e6d5f");
  EXPECT_THAT(
      Lines(record),
      ElementsAre(
          "facilities/000000 inspectors/0000 inspectors/0004 inspectors/0005 inspectors/0001",
          "facilities/000006 inspectors/0002 inspectors/0000 inspectors/0003 inspectors/0005",
          "facilities/000007 inspectors/0002 inspectors/0004 inspectors/0003 inspectors/0001",
          "facilities/000002 inspectors/0000 inspectors/0002 inspectors/0003 inspectors/0001",
          "facilities/000003 inspectors/0004 inspectors/0002 inspectors/0005 inspectors/0003"));
}

TEST(DrawTest, AnOlderDrawIsDoneAgainAsItWasCommittedTo) {
  DrawRecord lists = Lists(12, 6, {"DHC", "FIRE"}, [](int i) { return 1 + i % 4; });
  Recuse(3, 0, &lists);
  lists.set_algorithm(kFirstDrawAlgorithm);
  lists.clear_salt();
  const DrawRecord record = Drawn(lists);
  EXPECT_THAT(Reasons(VerifyDraw(record)), IsEmpty());
  EXPECT_EQ(record.list_digest(),
            "8bb541a64b84b4c7f1d77bf9c83e3aded9bcff1887c40dd4ea8d667631fc5167");
  EXPECT_EQ(record.digest(), "b50b0edb16d7aa4f3b475c01cbd30084599e3b7cbf3be0a6ee893527c902d3f3");
  EXPECT_THAT(
      Lines(record),
      ElementsAre(
          "facilities/000009 inspectors/0000 inspectors/0002 inspectors/0003 inspectors/0001",
          "facilities/000004 inspectors/0004 inspectors/0002 inspectors/0005 inspectors/0001",
          "facilities/000011 inspectors/0004 inspectors/0000 inspectors/0003 inspectors/0005",
          "facilities/000002 inspectors/0002 inspectors/0000 inspectors/0001 inspectors/0005",
          "facilities/000007 inspectors/0004 inspectors/0000 inspectors/0003 inspectors/0001"));
}

TEST(DrawTest, HeavierFacilitiesAreDrawnMoreOften) {
  DrawRecord lists = Lists(10, 4, {"DHC"}, [](int i) { return i == 0 ? 9 : 1; });
  lists.set_facilities_to_draw(1);
  int heavy = 0;
  for (int i = 0; i < 3000; ++i) {
    heavy += Drawn(lists, absl::StrCat(i)).visits(0).facility() == Facility(0) ? 1 : 0;
  }
  // One in two: 1,500 of 3,000, and six standard deviations of 27.
  EXPECT_NEAR(heavy, 1500, 165);
}

TEST(DrawTest, VisitsAreSharedEvenlyAndNobodyGoesWhereTheyAreRecused) {
  DrawRecord lists = Lists(200, 10, {"DHC"});
  lists.set_facilities_to_draw(200);
  std::map<std::string, int> visits;
  const DrawRecord even = Drawn(lists);
  for (const auto& visit : even.visits()) {
    EXPECT_NE(visit.inspectors(0), visit.inspectors(1));
    for (const std::string& each : visit.inspectors()) ++visits[each];
  }
  for (const auto& [inspector, count] : visits) EXPECT_EQ(count, 40) << inspector;
  for (int i = 0; i < 200; ++i) {
    for (int j = 0; j < 8; ++j) Recuse(i, (i + j) % 10, &lists);
  }
  std::sort(lists.mutable_recusals()->begin(), lists.mutable_recusals()->end(),
            [](const auto& a, const auto& b) {
              return std::make_pair(a.facility(), a.inspector()) <
                     std::make_pair(b.facility(), b.inspector());
            });
  ASSERT_THAT(Reasons(CheckLists(lists)), IsEmpty());
  std::set<std::string> recused;
  for (const auto& each : lists.recusals()) recused.insert(each.facility() + each.inspector());
  const DrawRecord record = Drawn(lists);
  for (const auto& visit : record.visits()) {
    for (const std::string& each : visit.inspectors()) {
      EXPECT_FALSE(recused.contains(visit.facility() + each));
    }
  }
}

TEST(DrawTest, WhatIsWrongWithTheListsIsToldBeforeAnythingIsDrawn) {
  EXPECT_THAT(Reasons(CheckLists(Lists(8, 4, {"DHC"}))), IsEmpty());
  const auto found = [](const std::function<void(DrawRecord&)>& spoil) {
    DrawRecord record = Lists(8, 4, {"DHC", "FIRE"});
    spoil(record);
    return Reasons(CheckLists(record));
  };
  EXPECT_THAT(found([](auto& r) { r.mutable_facilities()->SwapElements(1, 2); }),
              ElementsAre("facilities[2] LIST_ORDER"));
  EXPECT_THAT(found([](auto& r) { r.mutable_inspectors(1)->set_inspector(Inspector(0)); }),
              ElementsAre("inspectors[1] LIST_ORDER"));
  EXPECT_THAT(found([](auto& r) { r.mutable_facilities(0)->set_facility("a b"); }),
              ElementsAre("facilities[0] NAME_FORM"));
  EXPECT_THAT(found([](auto& r) { r.mutable_facilities(0)->set_facility_name("a\nfacility b"); }),
              ElementsAre("facilities[0] NAME_FORM"));
  EXPECT_THAT(found([](auto& r) { r.set_witness_word("1\nsecret 2"); }),
              ElementsAre("name NAME_FORM"));
  EXPECT_THAT(found([](auto& r) {
                r.mutable_facilities(0)->set_weight(0);
                r.mutable_facilities(0)->clear_parts();
              }),
              ElementsAre("facilities[0] WEIGHT_RANGE"));
  EXPECT_THAT(found([](auto& r) { r.mutable_facilities(0)->set_weight(2); }),
              ElementsAre("facilities[0] WEIGHT_PARTS"));
  EXPECT_THAT(found([](auto& r) { r.mutable_units(0)->set_inspectors(1); }),
              ElementsAre("units[0] UNIT_SIZE"));
  EXPECT_THAT(found([](auto& r) { r.mutable_inspectors(0)->set_unit("SAMR"); }),
              ElementsAre("inspectors[0] UNIT_UNKNOWN"));
  EXPECT_THAT(found([](auto& r) { Recuse(9, 0, &r); }), ElementsAre("recusals[0] SUBJECT_UNKNOWN"));
  EXPECT_THAT(found([](auto& r) {
                v1::DrawExclusion& exclusion = *r.add_exclusions();
                exclusion.set_subject(Facility(1));
                exclusion.set_reason("FREQUENCY_CAP");
              }),
              ElementsAre("exclusions[0] SUBJECT_ELIGIBLE"));
  EXPECT_THAT(found([](auto& r) { Weigh(v1::RISK_LEVEL_C, 2, &r); }), IsEmpty());
  EXPECT_THAT(found([](auto& r) {
                Weigh(v1::RISK_LEVEL_C, 2, &r);
                r.mutable_facilities(2)->set_risk_level(v1::RISK_LEVEL_B);
              }),
              ElementsAre("facilities[2] WEIGHT_LEVEL"));
  EXPECT_THAT(found([](auto& r) {
                r.set_algorithm(kFirstDrawAlgorithm);
                r.clear_salt();
                r.mutable_facilities(2)->set_risk_level(v1::RISK_LEVEL_B);
              }),
              ElementsAre("facilities[2] WEIGHT_LEVEL"))
      << "no digest of tuoyu-draw-1 covers it";
  EXPECT_THAT(found([](auto& r) { r.clear_salt(); }), ElementsAre("salt SALT_FORM"));
  EXPECT_THAT(found([](auto& r) { r.set_algorithm(kFirstDrawAlgorithm); }),
              ElementsAre("salt SALT_FORM"));
  EXPECT_THAT(found([](auto& r) { r.set_facilities_to_draw(9); }),
              ElementsAre("facilities_to_draw TOO_FEW_FACILITIES"));
  EXPECT_THAT(found([](auto& r) { Recuse(3, 1, &r); }),
              ElementsAre("facilities[3] TOO_FEW_INSPECTORS"))
      << "the fire service has two, and one may not go there";
}

TEST(DrawTest, AnAlteredRecordIsFoundOutByteByByte) {
  DrawRecord lists = Lists(9, 8, {"DHC", "FIRE"}, [](int i) { return 1 + i % 3; });
  Weigh(v1::RISK_LEVEL_B, 3, &lists);
  DrawRecord record = Drawn(lists);
  for (const std::string& free : {Inspector(0), Inspector(2), Inspector(4), Inspector(6)}) {
    const auto& there = record.visits(0).inspectors();
    if (std::find(there.begin(), there.end(), free) != there.end()) continue;
    Change(0, 0, free, "外出培训", &record);
    break;
  }
  ASSERT_EQ(record.changes_size(), 1);
  ASSERT_THAT(Reasons(VerifyDraw(record)), IsEmpty());
  const google::protobuf::LogSilencer quiet;  // of text that is no UTF-8
  const std::string bytes = record.SerializeAsString();
  int altered = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const int bit : {1, 64}) {
      std::string other = bytes;
      other[i] = static_cast<char>(other[i] ^ bit);
      DrawRecord read;
      if (!read.ParseFromString(other)) continue;  // no record at all
      EXPECT_FALSE(VerifyDraw(read).empty()) << "byte " << i << " bit " << bit;
      ++altered;
    }
  }
  EXPECT_GT(altered, 1000);
}

// Whoever knows the facilities and inspectors finds the lists behind a digest by trying, were it not for the salt.
TEST(DrawTest, TheDigestOfListsDoesNotTellThem) {
  DrawRecord one = Lists(1, 2, {"DHC"});
  const std::string digest = ListDigestOf(one);
  one.set_salt(Sha256Hex("another salt"));
  EXPECT_NE(ListDigestOf(one), digest);
  v1::DrawChange change;
  change.set_reason("出差");
  const std::string of_change = DigestOf(one, change, "");
  one.set_salt(Sha256Hex("a third salt"));
  EXPECT_NE(DigestOf(one, change, ""), of_change);
}

TEST(DrawTest, NobodyIsReplacedWithoutAReasonOrByWhoMayNotGo) {
  DrawRecord lists = Lists(1, 4, {"DHC"});
  Recuse(0, 3, &lists);
  const DrawRecord record = Drawn(lists);
  const auto& there = record.visits(0).inspectors();
  std::string spare;
  for (int i = 0; i < 3; ++i) {
    if (std::find(there.begin(), there.end(), Inspector(i)) == there.end()) spare = Inspector(i);
  }
  const auto found = [&](const std::string& to, const std::string& reason) {
    DrawRecord changed = record;
    Change(0, 0, to, reason, &changed);
    return Reasons(VerifyDraw(changed));
  };
  EXPECT_THAT(found(spare, "外出培训"), IsEmpty());
  EXPECT_THAT(found(spare, " "), ElementsAre("changes[0] CHANGE_WITHOUT_REASON"));
  EXPECT_THAT(found(Inspector(3), "外出培训"), ElementsAre("changes[0] CHANGE_UNFOUNDED"))
      << "recused";
  EXPECT_THAT(found(there.Get(1), "外出培训"), ElementsAre("changes[0] CHANGE_UNFOUNDED"));
  EXPECT_THAT(found("inspectors/none", "外出培训"), ElementsAre("changes[0] CHANGE_UNFOUNDED"));
}

TEST(DrawTest, AReplacementIsAskedForAndThenConsentedToByWhoMay) {
  const DrawRecord record = Drawn(Lists(1, 3, {"DHC"}));
  const auto& there = record.visits(0).inspectors();
  std::string spare;
  for (int i = 0; i < 3; ++i) {
    if (std::find(there.begin(), there.end(), Inspector(i)) == there.end()) spare = Inspector(i);
  }
  const auto found = [&](const std::function<void(v1::DrawChange&)>& spoil) {
    DrawRecord changed = record;
    Change(0, 0, spare, "外出培训", &changed);
    v1::DrawChange& change = *changed.mutable_changes(0);
    spoil(change);
    change.set_digest(DigestOf(changed, change, changed.digest()));
    return Reasons(VerifyDraw(changed));
  };
  EXPECT_THAT(found([](auto& c) { c.set_consented_as(common::v1::ROLE_DHC_APPROVER); }), IsEmpty());
  const auto missing = ElementsAre("changes[0] CHANGE_WITHOUT_CONSENT");
  EXPECT_THAT(found([](auto& c) { c.clear_consented_as(); }), missing);
  EXPECT_THAT(found([](auto& c) { c.set_consented_as(common::v1::ROLE_DHC_INSPECTOR); }), missing);
  EXPECT_THAT(found([](auto& c) { c.clear_asked_as(); }), missing);
  EXPECT_THAT(found([](auto& c) { c.clear_ask_time(); }), missing);
  EXPECT_THAT(
      found([](auto& c) { c.mutable_ask_time()->set_seconds(c.change_time().seconds() + 1); }),
      missing);
}

TEST(DrawTest, AnOlderDrawTellsNoConsentAndNoneIsReadIntoIt) {
  DrawRecord record = Lists(1, 3, {"DHC"});
  record.set_algorithm(kFirstDrawAlgorithm);
  record.clear_salt();
  record = Drawn(record);
  const auto& there = record.visits(0).inspectors();
  std::string spare;
  for (int i = 0; i < 3; ++i) {
    if (std::find(there.begin(), there.end(), Inspector(i)) == there.end()) spare = Inspector(i);
  }
  Change(0, 0, spare, "外出培训", &record);
  EXPECT_THAT(Reasons(VerifyDraw(record)), ElementsAre("changes[0] CHANGE_WITHOUT_CONSENT"))
      << "its digests don't cover who consented";
  v1::DrawChange& change = *record.mutable_changes(0);
  change.clear_asked_as();
  change.clear_ask_time();
  change.clear_consented_as();
  EXPECT_THAT(Reasons(VerifyDraw(record)), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::inspection
