#include "services/filing/facility_timeline.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using tuoyu::testing::EqualsProto;

constexpr CivilDay kToday(2026, 3, 2);

v1::FilingContent Named(const std::string& name) {
  v1::FilingContent content;
  content.set_name(name);
  return content;
}

// A history with its acts; each must succeed unless asked for its refusal.
class History {
 public:
  History() { timeline_.facility = "facilities/0190a000-0000-7000-8000-000000000001"; }

  History& Register(CivilDay from) { return Do(Begin(timeline_, Facts("first", false), from)); }
  History& Change(const std::string& name, CivilDay from, CivilDay today = kToday) {
    return Do(filing::Change(timeline_, Facts(name, false), from, today));
  }
  History& Suspend(bool ordered, CivilDay from, CivilDay today = kToday) {
    return Do(filing::Suspend(timeline_, "renovation", ordered, from, today));
  }
  History& Resume(CivilDay from, CivilDay today = kToday) {
    return Do(filing::Resume(timeline_, from, today));
  }
  History& Cancel(CivilDay from, CivilDay today = kToday) {
    return Do(filing::Cancel(timeline_, Facts("end", false), from, today));
  }
  History& Revoke(CivilDay from, CivilDay today = kToday) {
    return Do(filing::Revoke(timeline_, "revoked", from, today));
  }
  History& Amend(const std::string& address, CivilDay from, CivilDay today = kToday) {
    const auto amend = [&](v1::FilingContent* content) { content->set_address(address); };
    return Do(filing::Amend(timeline_, amend, from, today));
  }
  History& OldInitial(const std::string& name, CivilDay from) {
    return Do(BackEnterInitial(timeline_, Facts(name, true), from));
  }
  History& OldChange(const std::string& name, CivilDay from) {
    return Do(BackEnterChange(timeline_, Facts(name, true), from));
  }
  History& OldCancellation(CivilDay from) {
    return Do(BackEnterCancellation(timeline_, Facts("end", true), from));
  }

  // Applies what the act changes, or keeps why it is refused.
  History& Do(const TimelineResult& result) {
    refused_.clear();
    if (!result.ok()) {
      refused_ = result.refusal().reason;
      metadata_ = result.refusal().metadata;
      return *this;
    }
    changes_.push_back(result.change());
    Apply(result.change(), &timeline_);
    EXPECT_THAT(CheckTimeline(timeline_), IsEmpty());
    return *this;
  }

  FiledFacts Facts(const std::string& name, bool back_entered) {
    content_ = Named(name);
    return {content_, "filings/" + name, "TYBA-" + name, kToday, back_entered};
  }

  // "version:first..end:state:name" of each slice; '*' marks back-entered ones.
  std::vector<std::string> Slices() const {
    std::vector<std::string> lines;
    for (const v1::FacilityVersion& slice : timeline_.slices) {
      lines.push_back(absl::StrCat(slice.version(), ":", FormatDay(FirstDayOf(slice)), "..",
                                   slice.has_valid_to() ? FormatDay(EndDayOf(slice)) : "", ":",
                                   v1::FacilityState_Name(slice.state()).substr(15), ":",
                                   slice.content().name(), slice.back_entered() ? "*" : ""));
    }
    return lines;
  }

  const std::string& refused() const { return refused_; }
  const std::vector<std::pair<std::string, std::string>>& metadata() const { return metadata_; }
  const Timeline& timeline() const { return timeline_; }
  const std::vector<v1::FacilityChange>& changes() const { return changes_; }

 private:
  Timeline timeline_;
  v1::FilingContent content_;
  std::vector<v1::FacilityChange> changes_;
  std::string refused_;
  std::vector<std::pair<std::string, std::string>> metadata_;
};

TEST(FacilityTimelineTest, AChangeSplitsTheSliceOnItsDay) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("second", kToday);
  EXPECT_THAT(history.Slices(),
              ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first", "2:2026-03-02..:ACTIVE:second"));
  EXPECT_EQ(history.changes().back().versions_size(), 2);
}

TEST(FacilityTimelineTest, AnActOnTheFirstDayReplacesTheSliceUnderItsNumber) {
  History history;
  history.Register(kToday).Change("second", kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-03-02..:ACTIVE:second"));
  EXPECT_EQ(history.timeline().slices[0].filing(), "filings/second");
}

TEST(FacilityTimelineTest, SuspensionKeepsTheContentAndResumingEndsIt) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Suspend(false, kToday);
  EXPECT_EQ(history.timeline().slices[1].suspension_reason(), "renovation");
  history.Resume(CivilDay(2026, 3, 9), CivilDay(2026, 3, 9));
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                                            "2:2026-03-02..2026-03-09:SUSPENDED:first",
                                            "3:2026-03-09..:ACTIVE:first"));
  EXPECT_EQ(history.timeline().slices[2].suspension_reason(), "");
}

TEST(FacilityTimelineTest, AChangeKeepsTheSuspension) {
  History history;
  history.Register(CivilDay(2026, 1, 5))
      .Suspend(true, CivilDay(2026, 3, 2))
      .Change("b", CivilDay(2026, 3, 3), CivilDay(2026, 3, 3));
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                                            "2:2026-03-02..2026-03-03:SUSPENDED:first",
                                            "3:2026-03-03..:SUSPENDED:b"));
  EXPECT_TRUE(history.timeline().slices[2].suspension_ordered());
}

TEST(FacilityTimelineTest, OnlyActiveOnesAreSuspendedAndOnlySuspendedOnesResume) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Resume(kToday);
  EXPECT_EQ(history.refused(), "WRONG_STATE");
  EXPECT_THAT(history.metadata(), ElementsAre(Pair("state", "ACTIVE")));
  EXPECT_EQ(history.Suspend(false, kToday).Suspend(false, kToday).refused(), "WRONG_STATE");
  EXPECT_EQ(history.Suspend(true, kToday).Suspend(true, kToday).refused(), "WRONG_STATE");
}

TEST(FacilityTimelineTest, AnOrderTakesThePlaceOfAVoluntarySuspension) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Suspend(false, CivilDay(2026, 2, 1)).Suspend(true, kToday);
  EXPECT_EQ(history.refused(), "");
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-02-01:ACTIVE:first",
                                            "2:2026-02-01..2026-03-02:SUSPENDED:first",
                                            "3:2026-03-02..:SUSPENDED:first"));
  EXPECT_FALSE(history.timeline().slices[1].suspension_ordered());
  EXPECT_TRUE(history.timeline().slices[2].suspension_ordered());
}

TEST(FacilityTimelineTest, AnOrderOutlastsTheEndOfAVoluntarySuspension) {
  History history;
  history.Register(CivilDay(2026, 1, 5))
      .Suspend(false, CivilDay(2026, 2, 1))
      .Resume(CivilDay(2026, 4, 1))
      .Suspend(true, kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-02-01:ACTIVE:first",
                                            "2:2026-02-01..2026-03-02:SUSPENDED:first",
                                            "4:2026-03-02..2026-04-01:SUSPENDED:first",
                                            "3:2026-04-01..:SUSPENDED:first"));
}

TEST(FacilityTimelineTest, WhatIsMendedHoldsInEverySliceFromItsDayOn) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("b", CivilDay(2026, 5, 1));
  history.Amend("address", kToday);
  EXPECT_EQ(history.refused(), "");
  EXPECT_THAT(history.Slices(),
              ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                          "3:2026-03-02..2026-05-01:ACTIVE:first", "2:2026-05-01..:ACTIVE:b"));
  const std::vector<v1::FacilityVersion>& slices = history.timeline().slices;
  EXPECT_EQ(slices[0].content().address(), "");
  EXPECT_EQ(slices[1].content().address(), "address");
  EXPECT_EQ(slices[1].filing(), "filings/first");
  EXPECT_EQ(slices[2].content().address(), "address");
  EXPECT_EQ(slices[2].filing(), "filings/b");
  EXPECT_EQ(history.Amend("x", kToday - 1).refused(), "BEFORE_VERSION_IN_FORCE");
  EXPECT_EQ(history.Cancel(kToday).Amend("x", kToday).refused(), "WRONG_STATE");
}

TEST(FacilityTimelineTest, NothingFollowsACancellation) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Cancel(kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                                            "2:2026-03-02..:CANCELLED:first"));
  const CivilDay later(2026, 4, 1);
  EXPECT_EQ(history.Change("b", later, later).refused(), "WRONG_STATE");
  EXPECT_EQ(history.Suspend(true, later, later).refused(), "WRONG_STATE");
  EXPECT_EQ(history.Resume(later, later).refused(), "WRONG_STATE");
  EXPECT_EQ(history.Cancel(later, later).refused(), "WRONG_STATE");
  EXPECT_EQ(history.Revoke(later, later).refused(), "WRONG_STATE");
  EXPECT_THAT(history.metadata(), ElementsAre(Pair("state", "CANCELLED")));
}

TEST(FacilityTimelineTest, AnActDoesNotReachBehindTheVersionInForce) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("b", CivilDay(2026, 2, 1));
  EXPECT_EQ(history.Cancel(CivilDay(2026, 1, 31)).refused(), "BEFORE_VERSION_IN_FORCE");
  EXPECT_THAT(history.metadata(), ElementsAre(Pair("first_day", "2026-02-01")));
  EXPECT_EQ(history.Revoke(CivilDay(2026, 2, 10)).refused(), "");
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-02-01:ACTIVE:first",
                                            "2:2026-02-01..2026-02-10:ACTIVE:b",
                                            "3:2026-02-10..:REVOKED_REGISTRATION:b"));
}

TEST(FacilityTimelineTest, ARevocationReachesBackToItsTrueDay) {
  History history;
  history.Register(CivilDay(2026, 1, 5))
      .Change("b", CivilDay(2026, 2, 1))
      .Change("c", CivilDay(2026, 2, 20))
      .Change("d", CivilDay(2026, 5, 1));
  EXPECT_EQ(history.Revoke(CivilDay(2026, 1, 4)).refused(), "BEFORE_VERSION_IN_FORCE");
  EXPECT_THAT(history.metadata(), ElementsAre(Pair("first_day", "2026-01-05")));
  EXPECT_EQ(history.Revoke(CivilDay(2026, 1, 20)).refused(), "");
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-01-20:ACTIVE:first",
                                            "5:2026-01-20..:REVOKED_REGISTRATION:first"));
  EXPECT_THAT(history.changes().back().removed_versions(), ElementsAre(2, 3, 4));
  History cancelled;
  cancelled.Register(CivilDay(2026, 1, 5)).Cancel(CivilDay(2026, 2, 1));
  EXPECT_EQ(cancelled.Revoke(CivilDay(2026, 1, 20)).refused(), "WRONG_STATE");
}

TEST(FacilityTimelineTest, WithAChangeScheduledOnlyActsOnItsDayAreTaken) {
  const CivilDay day(2026, 5, 1);
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("b", day);
  EXPECT_EQ(history.Change("c", kToday).refused(), "CHANGE_SCHEDULED");
  EXPECT_THAT(history.metadata(), ElementsAre(Pair("day", "2026-05-01")));
  EXPECT_EQ(history.Change("c", day + 1).refused(), "CHANGE_SCHEDULED");
  EXPECT_EQ(history.Suspend(false, kToday).refused(), "CHANGE_SCHEDULED");
  EXPECT_EQ(history.Cancel(day + 1).refused(), "CHANGE_SCHEDULED");
  EXPECT_EQ(history.Suspend(true, kToday + 1).refused(), "CHANGE_SCHEDULED");
  history.Suspend(false, day);
  EXPECT_THAT(history.Slices(),
              ElementsAre("1:2026-01-05..2026-05-01:ACTIVE:first", "2:2026-05-01..:SUSPENDED:b"));
  EXPECT_EQ(history.Change("c", day, day).refused(), "");
}

TEST(FacilityTimelineTest, AnOrderedSuspensionPrecedesAScheduledChangeAndCarriesIntoIt) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("b", CivilDay(2026, 5, 1)).Suspend(true, kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                                            "3:2026-03-02..2026-05-01:SUSPENDED:first",
                                            "2:2026-05-01..:SUSPENDED:b"));
}

TEST(FacilityTimelineTest, AnOrderedSuspensionLeavesAScheduledCancellation) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Cancel(CivilDay(2026, 5, 1)).Suspend(true, kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                                            "3:2026-03-02..2026-05-01:SUSPENDED:first",
                                            "2:2026-05-01..:CANCELLED:first"));
}

TEST(FacilityTimelineTest, EndingRemovesWhatWasScheduledLater) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("b", CivilDay(2026, 5, 1)).Cancel(kToday + 1);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-03:ACTIVE:first",
                                            "3:2026-03-03..:CANCELLED:first"));
  EXPECT_THAT(history.changes().back().removed_versions(), ElementsAre(2));
  EXPECT_EQ(history.Cancel(kToday).refused(), "CHANGE_SCHEDULED");
  history.Revoke(kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2026-01-05..2026-03-02:ACTIVE:first",
                                            "4:2026-03-02..:REVOKED_REGISTRATION:first"));
}

TEST(FacilityTimelineTest, BackEntriesBuildAHistoryInAnyOrder) {
  History history;
  history.OldInitial("2019", CivilDay(2019, 6, 1))
      .OldChange("2023", CivilDay(2023, 1, 1))
      .OldChange("2021", CivilDay(2021, 1, 1))
      .OldCancellation(CivilDay(2024, 7, 1))
      .OldInitial("2017", CivilDay(2017, 1, 1));
  EXPECT_THAT(
      history.Slices(),
      ElementsAre("5:2017-01-01..2019-06-01:ACTIVE:2017*", "1:2019-06-01..2021-01-01:ACTIVE:2019*",
                  "3:2021-01-01..2023-01-01:ACTIVE:2021*", "2:2023-01-01..2024-07-01:ACTIVE:2023*",
                  "4:2024-07-01..:CANCELLED:2023*"));
}

TEST(FacilityTimelineTest, BackEntriesNeverTouchWhatTheSystemDecided) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).OldInitial("2019", CivilDay(2019, 6, 1));
  const std::vector<std::string> before = history.Slices();
  EXPECT_EQ(history.OldChange("x", CivilDay(2026, 1, 5)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.OldChange("x", CivilDay(2026, 2, 5)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.OldChange("x", CivilDay(2018, 2, 5)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.OldCancellation(CivilDay(2020, 1, 1)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.OldCancellation(CivilDay(2026, 2, 1)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.OldInitial("x", CivilDay(2019, 6, 1)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.OldInitial("x", CivilDay(2022, 6, 1)).refused(), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(history.Slices(), before);
  EXPECT_EQ(history.OldChange("2020", CivilDay(2020, 2, 5)).refused(), "");
}

TEST(FacilityTimelineTest, AnActTurnsTheSliceItSetsIntoTheSystemsOwn) {
  History history;
  history.OldInitial("2019", CivilDay(2019, 6, 1)).Suspend(false, kToday);
  EXPECT_THAT(history.Slices(), ElementsAre("1:2019-06-01..2026-03-02:ACTIVE:2019*",
                                            "2:2026-03-02..:SUSPENDED:2019"));
  EXPECT_EQ(history.OldCancellation(CivilDay(2025, 1, 1)).refused(), "BACK_ENTRY_CONFLICT");
}

TEST(FacilityTimelineTest, SliceOnFindsTheSliceOfEachBoundaryDay) {
  History history;
  history.Register(CivilDay(2026, 1, 5)).Change("b", kToday);
  EXPECT_EQ(SliceOn(history.timeline(), CivilDay(2026, 1, 4)), nullptr);
  EXPECT_EQ(SliceOn(history.timeline(), CivilDay(2026, 1, 5))->version(), 1);
  EXPECT_EQ(SliceOn(history.timeline(), kToday - 1)->version(), 1);
  EXPECT_EQ(SliceOn(history.timeline(), kToday)->version(), 2);
  EXPECT_EQ(SliceOn(history.timeline(), CivilDay(9999, 12, 31))->version(), 2);
}

TEST(FacilityTimelineTest, CheckNamesWhatIsWrong) {
  Timeline timeline{"facilities/a", 1, {}};
  v1::FacilityVersion slice;
  slice.set_facility("facilities/a");
  slice.set_version(1);
  slice.set_state(v1::FACILITY_STATE_CANCELLED);
  *slice.mutable_valid_from() = ToProto(CivilDay(2026, 1, 1));
  *slice.mutable_valid_to() = ToProto(CivilDay(2026, 2, 1));
  timeline.slices = {slice, slice};
  EXPECT_THAT(CheckTimeline(timeline),
              ElementsAre("slice 1 gap or overlap", "slice 1 is final but not last",
                          "slice 1 number given twice", "slice 1 is last and has an end"));
}

// Acts chosen at random on random days, over and over.
class RandomActs {
 public:
  explicit RandomActs(uint32_t seed) : random_(seed) {}

  void Run() {
    if (Chance(50)) {
      history_.OldInitial("old", Around(CivilDay(2018, 1, 1), 700));
    } else {
      history_.Register(today_);
    }
    for (int i = 0; i < 40; ++i) {
      today_ += Number(0, 40);
      const std::vector<std::string> decided = Decided();
      const bool back_entry = Act(absl::StrCat("name", i));
      if (back_entry) ExpectKept(decided);
      ExpectReplayable();
      ExpectOneFutureSlice();
    }
  }

 private:
  int Number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool Chance(int percent) { return Number(1, 100) <= percent; }
  CivilDay Around(CivilDay day, int spread) { return day + Number(-spread, spread); }

  // True for a back entry.
  bool Act(const std::string& name) {
    const CivilDay day = Chance(30) ? Around(today_, 30) : today_ + Number(0, 3);
    switch (Number(0, 9)) {
      case 0:
        history_.Cancel(Chance(5) ? day : CivilDay(1900, 1, 1), today_);
        return false;
      case 1:
        history_.Revoke(Chance(5) ? day : CivilDay(1900, 1, 1), today_);
        return false;
      case 2:
        history_.OldInitial(name, Around(CivilDay(2018, 1, 1), 1500));
        return true;
      case 3:
        history_.OldChange(name, Around(CivilDay(2020, 1, 1), 1500));
        return true;
      case 4:
        if (!Chance(5)) return false;
        history_.OldCancellation(Around(CivilDay(2024, 1, 1), 700));
        return true;
      case 5:
      case 6:
        history_.Suspend(Chance(50), day, today_);
        return false;
      case 7:
        if (Chance(50)) {
          history_.Amend(name, day, today_);
        } else {
          history_.Resume(day, today_);
        }
        return false;
      default:
        history_.Change(name, day, today_);
        return false;
    }
  }

  // The slices the system decided, each as its bytes.
  std::vector<std::string> Decided() const {
    std::vector<std::string> slices;
    for (const v1::FacilityVersion& slice : history_.timeline().slices) {
      if (!slice.back_entered()) slices.push_back(slice.SerializeAsString());
    }
    return slices;
  }
  void ExpectKept(const std::vector<std::string>& decided) const { EXPECT_EQ(Decided(), decided); }

  // The journal's changes in order give the same slices.
  void ExpectReplayable() const {
    Timeline replayed;
    replayed.facility = history_.timeline().facility;
    for (const v1::FacilityChange& change : history_.changes()) Apply(change, &replayed);
    ASSERT_EQ(replayed.slices.size(), history_.timeline().slices.size());
    EXPECT_EQ(replayed.last_version, history_.timeline().last_version);
    for (size_t i = 0; i < replayed.slices.size(); ++i) {
      EXPECT_THAT(replayed.slices[i], EqualsProto(history_.timeline().slices[i]));
    }
  }

  void ExpectOneFutureSlice() const {
    int future = 0;
    for (const v1::FacilityVersion& slice : history_.timeline().slices) {
      if (FirstDayOf(slice) > today_) ++future;
    }
    EXPECT_LE(future, 1) << absl::StrJoin(history_.Slices(), "\n");
  }

  std::mt19937 random_;
  History history_;
  CivilDay today_ = kToday;
};

TEST(FacilityTimelineTest, RandomActsKeepEveryRule) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    RandomActs(seed).Run();
    if (::testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace tuoyu::filing
