// The record of a visit as devices send it: in any order, again, with clocks that are off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/escaping.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/uuid.h"
#include "services/inspection/inspection_fixture.h"
#include "services/inspection/visit/record_rules.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecordTest : public InspectionFixture {
 protected:
  void SetUp() override {
    RecordInspectors({"DHC"});
    visit_ = Opened(Register("向日葵"));
  }
  static std::vector<std::string> Reasons(const absl::Status& status) {
    std::vector<std::string> reasons;
    for (const auto& each : rpc::ViolationsOf(status)) reasons.push_back(each.reason());
    return reasons;
  }
  // The record as read, without etag and time of recording.
  v1::Visit Read() const {
    v1::Visit visit = *Get(visit_.name(), Officer("DHC"));
    visit.clear_etag();
    visit.clear_record_time();
    return visit;
  }
  // A part that says another does not count, made now.
  v1::RecordPart Void(const v1::RecordPart& part) const {
    v1::RecordPart made;
    made.set_part_id(NewUuidV7(absl::Now()));
    *made.mutable_device_time() = ToProto(clock_.Now());
    made.mutable_void_part()->set_part_id(part.part_id());
    made.mutable_void_part()->set_reason("误记");
    return made;
  }
  absl::StatusOr<v1::Visit> SendAs(int inspector, const std::vector<v1::RecordPart>& parts) const {
    v1::RecordVisitRequest request;
    request.set_name(visit_.name());
    *request.mutable_device_now() = ToProto(clock_.Now());
    for (const v1::RecordPart& part : parts) *request.add_parts() = part;
    return Call(&Stub::RecordVisit, Officer("DHC", inspector), request);
  }
  static std::vector<std::string> Faults(const absl::StatusOr<v1::Visit>& visit) {
    EXPECT_OK(visit);
    std::vector<std::string> reasons;
    const v1::Visit known = visit.value_or(v1::Visit());
    for (const auto& each : known.record_faults()) {
      reasons.push_back(each.reason());
    }
    return reasons;
  }
  // An arrival, items whose verdict changes once, and an end, a minute apart.
  std::vector<v1::RecordPart> Parts() {
    std::vector<v1::RecordPart> parts = {Arrival(visit_)};
    for (const char* code : {"A01", "B01", "B02", "B01", "C02"}) {
      clock_.Advance(absl::Minutes(1));
      parts.push_back(
          Item(code, parts.size() == 4 ? v1::ITEM_VERDICT_FAIL : v1::ITEM_VERDICT_PASS));
    }
    clock_.Advance(absl::Minutes(1));
    parts.push_back(Close());
    clock_.Advance(absl::Hours(5));
    return parts;
  }

  v1::Visit visit_;
};

// With doubles, parts out of order and voids of them: an own one's counts, another's does not.
TEST_F(RecordTest, PartsInAnyOrderOneByOneAndRepeatedMakeTheSameRecord) {
  std::vector<v1::RecordPart> parts = Parts();
  // An item made before the arrival, an end before an item, each taken out; a void of what nobody sent, and one of another's part.
  v1::RecordPart early = Item("A01", v1::ITEM_VERDICT_FAIL);
  *early.mutable_device_time() = ToProto(clock_.Now() - absl::Hours(6));
  v1::RecordPart late = Item("D01", v1::ITEM_VERDICT_PASS);
  clock_.Advance(absl::Minutes(1));
  const v1::RecordPart wrong_close = Close(v1::RECORD_SIGNING_REFUSED);
  v1::RecordPart others = Void(parts[1]);
  for (v1::RecordPart part : {early, late, wrong_close, Void(early), Void(late), Void(wrong_close),
                              Void(Item("B01", v1::ITEM_VERDICT_PASS)), others}) {
    parts.push_back(std::move(part));
  }
  const auto send = [&](const v1::RecordPart& part) {
    const int sender = part.part_id() == others.part_id() ? 2 : 1;
    return SendAs(sender, {part});
  };
  v1::Visit whole;
  std::mt19937 random(20260302);
  for (int round = 0; round < 8; ++round) {
    visit_ = Opened(visit_.facility());
    for (v1::RecordPart& part : parts) {
      if (part.has_arrival()) *part.mutable_arrival()->mutable_inspectors() = visit_.inspectors();
    }
    std::vector<v1::RecordPart> sent = parts;
    if (round > 0) {
      sent.insert(sent.end(), parts.begin(), parts.begin() + 4);
      sent.push_back(parts[9]);
      std::shuffle(sent.begin(), sent.end(), random);
    }
    for (const v1::RecordPart& part : sent) ASSERT_OK(send(part));
    v1::Visit again = Read();
    if (round == 0) whole = again;
    again.set_name(whole.name());
    again.set_plan(whole.plan());
    *again.mutable_create_time() = whole.create_time();
    EXPECT_EQ(again.SerializeAsString(), whole.SerializeAsString()) << round;
  }
  EXPECT_EQ(whole.state(), v1::VISIT_STATE_RECORDED);
  EXPECT_EQ(whole.items_size(), 4);
  EXPECT_EQ(whole.items(1).item(), "B01");
  EXPECT_EQ(whole.items(1).verdict(), v1::ITEM_VERDICT_FAIL);
  EXPECT_EQ(whole.close().signing(), v1::RECORD_SIGNING_SIGNED);
  int effective = 0;
  for (const v1::VoidedPart& each : whole.voided_parts()) {
    effective += each.effective() ? 1 : 0;
    EXPECT_EQ(each.voided_by().void_part().reason(), "误记");
  }
  EXPECT_EQ(whole.voided_parts_size(), 5);
  EXPECT_EQ(effective, 3);
}

TEST_F(RecordTest, ItemsBeforeTheArrivalWaitForIt) {
  std::vector<v1::RecordPart> parts = Parts();
  const auto items = Send(visit_, {parts[1], parts.back()});
  ASSERT_OK(items);
  EXPECT_EQ(items->state(), v1::VISIT_STATE_PLANNED);
  const auto begun = Send(visit_, {parts[0]});
  ASSERT_OK(begun);
  EXPECT_EQ(begun->state(), v1::VISIT_STATE_RECORDED);
}

TEST_F(RecordTest, AnIdKeepsItsContent) {
  v1::RecordPart part = Item("B01", v1::ITEM_VERDICT_PASS);
  ASSERT_OK(Send(visit_, {part}));
  part.mutable_item()->set_verdict(v1::ITEM_VERDICT_NOT_APPLICABLE);
  EXPECT_EQ(ReasonOf(Send(visit_, {part}).status()), "PART_CHANGED");
  EXPECT_EQ(Read().items(0).verdict(), v1::ITEM_VERDICT_PASS);
}

TEST_F(RecordTest, AClockThatIsOffIsPutRightAndBothTimesAreKept) {
  const absl::Time now = clock_.Now();
  // The device believes it is a day and two hours later.
  const absl::Duration ahead = absl::Hours(26);
  ASSERT_OK(Send(visit_, {Arrival(visit_), Item("B01", v1::ITEM_VERDICT_PASS)}, ahead));
  const v1::Visit visit = Read();
  EXPECT_EQ(*FromProto(visit.arrive_time()), now);
  EXPECT_EQ(FormatDay(*FromProto(visit.visited_on())), "2026-03-02");
  v1::RecordPart stored;
  const std::string hex =
      database_.Value("SELECT HEX(message) FROM record_part ORDER BY part_id LIMIT 1");
  ASSERT_TRUE(stored.ParseFromString(absl::HexStringToBytes(hex)));
  EXPECT_EQ(stored.clock_ahead_s(), absl::ToInt64Seconds(ahead));
  EXPECT_EQ(*FromProto(stored.device_time()), now + ahead);
  EXPECT_EQ(*FromProto(stored.receive_time()), now);
}

// The clock of each inspector's device is put right by its own calls.
TEST_F(RecordTest, ClocksOfTwoInspectorsAreJudgedEachByItself) {
  const absl::Time start = clock_.Now();
  const auto send = [&](const std::vector<v1::RecordPart>& parts, absl::Duration ahead,
                        absl::Duration network, int inspector) {
    v1::RecordVisitRequest request;
    request.set_name(visit_.name());
    *request.mutable_device_now() = ToProto(clock_.Now() + ahead - network);
    for (v1::RecordPart part : parts) {
      *part.mutable_device_time() = ToProto(*FromProto(part.device_time()) + ahead);
      *request.add_parts() = std::move(part);
    }
    return Call(&Stub::RecordVisit, Officer("DHC", inspector), request);
  };
  const auto item_at = [&](const std::string& code, absl::Duration after) {
    v1::RecordPart part = Item(code, v1::ITEM_VERDICT_PASS);
    *part.mutable_device_time() = ToProto(start + after);
    return part;
  };
  v1::RecordPart close = Close();
  *close.mutable_device_time() = ToProto(start + absl::Minutes(10));
  const v1::RecordPart arrival = Arrival(visit_);
  clock_.Advance(absl::Hours(1));
  // One is a day ahead, the other two hours behind, through a network that takes twenty seconds.
  ASSERT_OK(send({arrival, item_at("A01", absl::Minutes(2)), close}, absl::Hours(24),
                 absl::ZeroDuration(), 1));
  ASSERT_OK(send({item_at("B01", absl::ZeroDuration()), item_at("B02", absl::Minutes(10))},
                 -absl::Hours(2), absl::Seconds(20), 2));
  const v1::Visit visit = Read();
  EXPECT_EQ(visit.items_size(), 3);
  EXPECT_EQ(*FromProto(visit.arrive_time()), start);
  // What is off by more than clocks put right one by one can be is out of order all the same; of one device each second counts.
  EXPECT_THAT(
      Faults(send({item_at("C02", absl::Minutes(12))}, -absl::Hours(2), absl::ZeroDuration(), 2)),
      ElementsAre("ITEM_AFTER_CLOSE"));
  EXPECT_THAT(Faults(send({item_at("D01", absl::Minutes(10) + absl::Seconds(20))}, absl::Hours(24),
                          absl::ZeroDuration(), 1)),
              ElementsAre("ITEM_AFTER_CLOSE", "ITEM_AFTER_CLOSE"));
}

TEST_F(RecordTest, NothingMadeAfterTheEndCountsUntilItIsSignedAnew) {
  std::vector<v1::RecordPart> parts = Parts();
  ASSERT_OK(Send(visit_, parts));
  const v1::RecordPart late = Item("D01", v1::ITEM_VERDICT_FAIL);
  EXPECT_THAT(Faults(Send(visit_, {late})), ElementsAre("ITEM_AFTER_CLOSE"));
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_ON_SITE);
  // Nothing is concluded meanwhile, and what is to be mended is said.
  EXPECT_THAT(Reasons(Conclude(visit_, v1::VISIT_OUTCOME_NO_PROBLEM).status()),
              ElementsAre("ITEM_AFTER_CLOSE"));
  clock_.Advance(absl::Minutes(1));
  EXPECT_THAT(Faults(Send(visit_, {Close()})), IsEmpty());
  EXPECT_EQ(Read().items_size(), 5);
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_RECORDED);
}

TEST_F(RecordTest, WhatIsOutOfOrderIsTakenAndMendedByVoidingIt) {
  const v1::RecordPart early = Item("B01", v1::ITEM_VERDICT_PASS);
  clock_.Advance(absl::Minutes(2));
  const v1::RecordPart arrival = Arrival(visit_);
  clock_.Advance(absl::Minutes(2));
  // Sent together, with the end; before the end nobody minds.
  EXPECT_THAT(Faults(Send(visit_, {early})), IsEmpty());
  EXPECT_THAT(Faults(Send(visit_, {arrival})), IsEmpty());
  EXPECT_THAT(Faults(Send(visit_, {Close()})), ElementsAre("ITEM_BEFORE_ARRIVAL"));
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_ON_SITE);
  // The other inspector can't take it out.
  EXPECT_THAT(Faults(SendAs(2, {Void(early)})), ElementsAre("ITEM_BEFORE_ARRIVAL"));
  EXPECT_FALSE(Read().voided_parts(0).effective());
  EXPECT_THAT(Faults(Send(visit_, {Void(early)})), IsEmpty());
  const v1::Visit visit = Read();
  EXPECT_EQ(visit.state(), v1::VISIT_STATE_RECORDED);
  EXPECT_EQ(visit.items_size(), 0);
  ASSERT_EQ(visit.voided_parts_size(), 2);
  EXPECT_EQ(visit.voided_parts(0).part().item().item(), "B01");
  EXPECT_EQ(Get(visit_.name(), Principal(visit_.facility()))->voided_parts_size(), 0);
}

// Who is named on the visit is not there for that: each says so, or is said to be.
TEST_F(RecordTest, EachInspectorConfirmsPresenceBeforeTheEnd) {
  const auto alone = [&] {
    v1::RecordPart part = Arrival(visit_);
    part.mutable_arrival()->clear_inspectors();
    return part;
  };
  const v1::RecordPart mine = alone();
  ASSERT_OK(Send(visit_, {mine}));
  EXPECT_THAT(Read().present(), ElementsAre(visit_.inspectors(0)));
  clock_.Advance(absl::Minutes(5));
  EXPECT_THAT(Faults(Send(visit_, {Close()})), ElementsAre("TOO_FEW_INSPECTORS"));
  clock_.Advance(absl::Minutes(5));
  EXPECT_THAT(Faults(SendAs(2, {alone()})), ElementsAre("TOO_FEW_INSPECTORS"));  // after the end
  v1::RecordPart theirs = alone();
  *theirs.mutable_device_time() = mine.device_time();
  EXPECT_THAT(Faults(SendAs(2, {theirs})), IsEmpty());
  EXPECT_THAT(Read().present(), ElementsAre(visit_.inspectors(0), visit_.inspectors(1)));
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_RECORDED);
}

TEST_F(RecordTest, AnArrivalThatIsTakenOutIsNone) {
  const v1::RecordPart arrival = Arrival(visit_);
  ASSERT_OK(Send(visit_, {arrival}));
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_ON_SITE);
  ASSERT_OK(Send(visit_, {Void(arrival)}));
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_PLANNED);
  EXPECT_FALSE(Read().has_visited_on());
}

TEST_F(RecordTest, AnArrivalIsOnOneOfThePlannedDays) {
  const v1::RecordPart early = [&] {
    v1::RecordPart part = Arrival(visit_);
    *part.mutable_device_time() = ToProto(clock_.Now() - absl::Hours(24));
    return part;
  }();
  EXPECT_THAT(Faults(Send(visit_, {early})), ElementsAre("ARRIVAL_DAY"));
  EXPECT_EQ(Read().state(), v1::VISIT_STATE_PLANNED);
  EXPECT_THAT(Faults(Send(visit_, {Void(early)})), IsEmpty());
  // Made in time, it may be sent when the days are over.
  const v1::RecordPart arrival = Arrival(visit_);
  GoTo(today() + 60);
  EXPECT_THAT(Faults(Send(visit_, {arrival})), IsEmpty());
}

TEST_F(RecordTest, EveryFaultOfThePartsIsNamedWithItsPlace) {
  v1::RecordVisitRequest request;
  request.set_name(visit_.name());
  *request.mutable_device_now() = ToProto(clock_.Now());
  v1::RecordPart part = Item("F02", v1::ITEM_VERDICT_FAIL);  // another unit's
  part.mutable_item()->clear_note();
  part.mutable_item()->add_photos("visits/elsewhere/photos/1");
  part.set_part_id("1");
  *part.mutable_device_time() = ToProto(clock_.Now() + absl::Minutes(1));
  *request.add_parts() = part;
  *request.add_parts() = Item("Z99", v1::ITEM_VERDICT_PASS);
  v1::RecordPart alone = Arrival(visit_);
  alone.mutable_arrival()->set_inspectors(0, alone.arrival().inspectors(1));
  *request.add_parts() = alone;
  request.add_parts()->set_part_id(alone.part_id());
  v1::RecordPart self = Void(alone);
  self.mutable_void_part()->set_part_id(self.part_id());
  self.mutable_void_part()->clear_reason();
  *request.add_parts() = self;
  const auto refused = Call(&Stub::RecordVisit, Officer("DHC"), request);
  std::vector<std::string> faults;
  for (const auto& each : rpc::ViolationsOf(refused.status())) {
    faults.push_back(each.field() + " " + each.reason());
  }
  EXPECT_THAT(faults,
              ::testing::UnorderedElementsAre(
                  "parts[0].part_id PART_ID", "parts[0].device_time PART_TIME",
                  "parts[0].item.item ITEM_NOT_OF_VISIT", "parts[0].item.note FIELD_MISSING",
                  "parts[0].item.photos PHOTO_NAME", "parts[1].item.item ITEM_UNKNOWN",
                  "parts[2].arrival.inspectors INSPECTOR_DOUBLE", "parts[3].device_time PART_TIME",
                  "parts[3].content FIELD_MISSING", "parts[3].part_id PART_DOUBLE",
                  "parts[4].void_part.part_id PART_ID", "parts[4].void_part.reason FIELD_MISSING"));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM record_part"), "0");
}

}  // namespace
}  // namespace tuoyu::inspection
