#include "services/inspection/visit/record_rules.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/sha256.h"
#include "common/base/uuid.h"
#include "common/form/form.h"
#include "services/inspection/checklist/checklist_book.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::ItemResult;
using v1::RecordPart;
using v1::Visit;

constexpr int kMostParts = 100;
constexpr absl::Duration kClocksApart = absl::Minutes(1);
constexpr int kMostPhotos = 10;
constexpr int kFewestInspectors = 2;
constexpr size_t kLongestNote = 1000;
constexpr size_t kLongestReason = 200;
constexpr size_t kLongestOffice = 60;

// Whether a unit of the visit may look at the item in one of its domains.
bool IsOfVisit(const v1::CheckItem& item, const Visit& visit) {
  return absl::c_any_of(visit.units(), [&](const v1::VisitUnit& unit) {
    return MayCheck(item, unit.unit()) &&
           absl::c_linear_search(unit.domains(), static_cast<int>(item.domain()));
  });
}

void CheckPhotos(const ItemResult& item, const Visit& visit, const std::string& path, Form* form) {
  if (item.photos_size() > kMostPhotos) {
    form->Add(path + "photos", "LIST_TOO_LONG", absl::StrCat("最多 ", kMostPhotos, " 张照片"),
              absl::StrCat("at most ", kMostPhotos, " photos"));
  }
  for (const std::string& photo : item.photos()) {
    if (VisitName(ParsePhotoName(photo).visit) != visit.name()) {
      form->Add(path + "photos", "PHOTO_NAME", "应为本次检查的照片 visits/编号/photos/编号",
                "a photo of this visit: visits/{id}/photos/{id}");
    }
  }
}

void CheckItem(const ItemResult& item, const Visit& visit, const v1::Checklist& checklist,
               const std::string& path, Form* form) {
  const v1::CheckItem* known = FindItem(checklist, item.item());
  if (known == nullptr) {
    form->Add(path + "item", "ITEM_UNKNOWN",
              absl::StrCat("清单 ", checklist.version(), " 没有这一事项"),
              absl::StrCat("not on checklist ", checklist.version()));
  } else if (!IsOfVisit(*known, visit)) {
    form->Add(path + "item", "ITEM_NOT_OF_VISIT", "该事项不在本次检查各单位的检查范围内",
              "none of the units on this visit looks at it");
  }
  const v1::ItemVerdict verdict = item.verdict();
  if (verdict == v1::ITEM_VERDICT_UNSPECIFIED || !v1::ItemVerdict_IsValid(verdict)) {
    form->Add(path + "verdict", "FIELD_MISSING", "请填写检查结论", "the verdict is missing");
  }
  const bool needs_note =
      verdict == v1::ITEM_VERDICT_FAIL || verdict == v1::ITEM_VERDICT_REASONABLE_GAP;
  form->CheckText(path + "note", item.note(), needs_note, kLongestNote);
  if (item.corrected_on_site() && verdict != v1::ITEM_VERDICT_FAIL) {
    form->Add(path + "corrected_on_site", "FIELD_NOT_OF_KIND", "只有不符合的事项才有当场改正",
              "only what failed is mended on site");
  }
  CheckPhotos(item, visit, path, form);
}

void CheckArrival(const v1::RecordArrival& arrival, const Visit& visit, const std::string& path,
                  Form* form) {
  const std::set<std::string> present(arrival.inspectors().begin(), arrival.inspectors().end());
  for (const std::string& inspector : present) {
    if (!absl::c_linear_search(visit.inspectors(), inspector)) {
      form->Add(path + "inspectors", "INSPECTOR_NOT_ON_VISIT",
                "不是本次检查的人员；换人须先办理更换",
                "not on this visit: replace an inspector first");
    }
  }
  if (static_cast<int>(present.size()) < arrival.inspectors_size()) {
    form->Add(path + "inspectors", "INSPECTOR_DOUBLE", "重复", "given twice");
  }
}

bool IsObstacle(v1::VisitOutcome outcome) {
  return outcome == v1::VISIT_OUTCOME_REFUSED || outcome == v1::VISIT_OUTCOME_UNREACHABLE ||
         outcome == v1::VISIT_OUTCOME_CLOSED_DOWN || outcome == v1::VISIT_OUTCOME_MOVED_AWAY;
}

void CheckClose(const v1::RecordClose& close, const std::string& path, Form* form) {
  if (close.signing() == v1::RECORD_SIGNING_UNSPECIFIED ||
      !v1::RecordSigning_IsValid(close.signing())) {
    form->Add(path + "signing", "FIELD_MISSING", "请填写签字情况", "how it was signed is missing");
  }
  form->CheckText(path + "attended_by", close.attended_by(), /*required=*/false, kLongestOffice);
  form->CheckText(path + "statement", close.statement(),
                  close.signing() != v1::RECORD_SIGNING_SIGNED, kLongestNote);
  if (close.obstacle() != v1::VISIT_OUTCOME_UNSPECIFIED && !IsObstacle(close.obstacle())) {
    form->Add(path + "obstacle", "FIELD_NOT_OF_KIND",
              "只能为拒不配合、无法联系、已停业、已搬离之一",
              "one of REFUSED, UNREACHABLE, CLOSED_DOWN, MOVED_AWAY");
  }
}

void CheckVoid(const RecordPart& part, const std::string& path, Form* form) {
  const v1::RecordVoid& said = part.void_part();
  if (!IsUuid(said.part_id()) || said.part_id() == part.part_id()) {
    form->Add(path + "part_id", "PART_ID", "应为另一部分的编号（小写 UUID）",
              "the id of another part, a UUID in lower case");
  }
  form->CheckText(path + "reason", said.reason(), /*required=*/true, kLongestReason);
}

void CheckPart(const RecordPart& part, const v1::RecordVisitRequest& request, const Visit& visit,
               const v1::Checklist& checklist, const std::string& path, Form* form) {
  if (!IsUuid(part.part_id())) {
    form->Add(path + "part_id", "PART_ID", "应为小写 UUID", "a UUID in lower case");
  }
  if (!part.has_device_time() || !FromProto(part.device_time()).ok() ||
      part.device_time() > request.device_now()) {
    form->Add(path + "device_time", "PART_TIME", "缺少设备时间，或晚于发送时的设备时间",
              "no device time, or one after the device's own time of sending");
  }
  switch (part.content_case()) {
    case RecordPart::kArrival:
      return CheckArrival(part.arrival(), visit, path + "arrival.", form);
    case RecordPart::kItem:
      return CheckItem(part.item(), visit, checklist, path + "item.", form);
    case RecordPart::kClose:
      return CheckClose(part.close(), path + "close.", form);
    case RecordPart::kVoidPart:
      return CheckVoid(part, path + "void_part.", form);
    case RecordPart::CONTENT_NOT_SET:
      form->Add(path + "content", "FIELD_MISSING", "应为到场、事项、记录结束或作废之一",
                "an arrival, an item, the end of the record or a void");
  }
}

// Whether one was made before the other. What one sender's device made is compared by its own clock, put right as it was when each was sent;
// of two senders each clock is put right by a call of its own, and what the network took stands in the difference.
bool IsBefore(const RecordPart& one, const RecordPart& other) {
  const absl::Duration apart =
      one.sent_by() == other.sent_by() ? absl::ZeroDuration() : kClocksApart;
  return TimeOf(one) + apart < TimeOf(other);
}

// Whether a void takes the part out: who sent it says so, and voids stay.
bool TakesOut(const RecordPart& voiding, const RecordPart& part) {
  return !part.has_void_part() && voiding.void_part().part_id() == part.part_id() &&
         voiding.sent_by() == part.sent_by();
}

// Parts in the order they were made; those of one moment in order of id.
std::vector<const RecordPart*> Sorted(std::vector<const RecordPart*> order) {
  std::sort(order.begin(), order.end(), [](const RecordPart* a, const RecordPart* b) {
    return std::make_tuple(TimeOf(*a), absl::string_view(a->part_id())) <
           std::make_tuple(TimeOf(*b), absl::string_view(b->part_id()));
  });
  return order;
}

// Those that count, and those that take others out.
struct Outbox {
  std::vector<const RecordPart*> counting;
  std::vector<const RecordPart*> voids;
};
Outbox Sorted(const std::vector<RecordPart>& parts) {
  Outbox outbox;
  for (const RecordPart& part : parts) {
    if (part.has_void_part()) {
      outbox.voids.push_back(&part);
    } else if (absl::c_none_of(parts,
                               [&](const RecordPart& each) { return TakesOut(each, part); })) {
      outbox.counting.push_back(&part);
    }
  }
  outbox.counting = Sorted(std::move(outbox.counting));
  outbox.voids = Sorted(std::move(outbox.voids));
  return outbox;
}

// Who an arrival says is there: those named, without names who sent it.
bool SaysPresent(const RecordPart& part, const v1::Inspector& inspector) {
  return part.arrival().inspectors().empty()
             ? part.sent_by() == inspector.account()
             : absl::c_linear_search(part.arrival().inspectors(), inspector.name());
}

void CheckArrived(const RecordPart& part, const Visit& visit, const Staff& staff, Form* form) {
  const absl::CivilDay day = DayOf(TimeOf(part));
  const auto first = FromProto(visit.first_day());
  const auto last = FromProto(visit.last_day());
  if (day < *first || day > *last) {
    form->Add("parts", "ARRIVAL_DAY",
              absl::StrCat("到场（", part.part_id(), "）日期 ", FormatDay(day), " 不在计划的 ",
                           FormatDay(*first), " 至 ", FormatDay(*last), " 之内"),
              absl::StrCat("the arrival ", part.part_id(), " of ", FormatDay(day),
                           " is not within ", FormatDay(*first), " to ", FormatDay(*last)));
  }
  if (visit.kind() != v1::PLAN_KIND_CASE &&
      TimeOf(part) < FromProto(visit.create_time()).value_or(absl::InfinitePast())) {
    form->Add("parts", "ARRIVAL_DAY", absl::StrCat("到场早于抽取（", part.part_id(), "），请作废"),
              absl::StrCat("the arrival ", part.part_id(), " is before the draw: void it"));
  }
  for (const v1::Inspector& inspector : staff.inspectors) {
    const bool recused = absl::c_any_of(inspector.recusals(), [&](const v1::Recusal& each) {
      return absl::c_linear_search(staff.line, each.facility()) &&
             FromProto(each.declare_time()).value_or(absl::InfinitePast()) <= TimeOf(part);
    });
    if (!SaysPresent(part, inspector)) continue;
    if (recused) {
      form->Add("parts", "RECUSED", absl::StrCat(inspector.name(), " 对该机构回避，须先更换"),
                absl::StrCat(inspector.name(), " is recused from this facility: replace first"));
    }
    if (!WasAble(inspector, TimeOf(part))) {
      form->Add("parts", "NOT_CERTIFIED",
                absl::StrCat(inspector.name(), " 当日没有有效的行政执法证，须先更换"),
                absl::StrCat(inspector.name(),
                             " had no valid certificate on that day: replace the inspector first"));
    }
  }
}

// Those who could inspect at a time.
std::vector<const v1::Inspector*> AbleAt(const std::vector<v1::Inspector>& inspectors,
                                         absl::Time time) {
  std::vector<const v1::Inspector*> able;
  for (const v1::Inspector& inspector : inspectors) {
    if (WasAble(inspector, time)) able.push_back(&inspector);
  }
  return able;
}

// Two of each unit are among them (行政处罚法 art. 42).
void CheckPairs(const Visit& visit, const std::vector<const v1::Inspector*>& able,
                absl::string_view field, absl::string_view when_zh, absl::string_view when_en,
                Form* form) {
  for (const v1::VisitUnit& unit : visit.units()) {
    const auto left = absl::c_count_if(
        able, [&](const v1::Inspector* each) { return each->unit() == unit.unit(); });
    if (left >= kFewestInspectors) continue;
    form->Add(field, "NOT_CERTIFIED",
              absl::StrCat(unit.unit(), " 的检查人员", when_zh, "持有效行政执法证的只有 ", left,
                           " 人，不少于两人才能作出（行政处罚法第四十二条）"),
              absl::StrCat(unit.unit(), " has ", left, " inspectors with a valid certificate ",
                           when_en, ": it takes two (行政处罚法 art. 42)"));
  }
}

std::vector<const v1::Inspector*> Signers(const Visit& visit, const Staff& staff, absl::Time now) {
  std::vector<const v1::Inspector*> signers;
  const absl::Time closed = FromProto(visit.record_close_time()).value_or(now);
  for (const v1::Inspector* inspector :
       AbleAt(staff.inspectors, visit.has_record_close_time() ? closed : now)) {
    if (absl::c_linear_search(visit.present(), inspector->name()) && WasAble(*inspector, now) &&
        !IsRecused(*inspector, staff.line)) {
      signers.push_back(inspector);
    }
  }
  return signers;
}

// What the parts that count say of the record as a whole.
struct Marks {
  const RecordPart* arrival = nullptr;  // the first without fault
  const RecordPart* close = nullptr;    // the last
  std::set<std::string> present;        // names, of arrivals without fault before the end
};

// What is wrong with each arrival; an arrival with a fault is none.
Marks FindMarks(const std::vector<const RecordPart*>& counting, const Visit& visit,
                const Staff& staff, Form* form) {
  Marks marks;
  std::vector<const RecordPart*> arrivals;
  for (const RecordPart* part : counting) {
    if (part->has_close()) marks.close = part;
    if (!part->has_arrival()) continue;
    Form faults("");
    CheckArrived(*part, visit, staff, &faults);
    if (faults.empty()) arrivals.push_back(part);
    CheckArrived(*part, visit, staff, form);
  }
  if (!arrivals.empty()) marks.arrival = arrivals.front();
  for (const RecordPart* arrival : arrivals) {
    if (marks.close != nullptr && IsBefore(*marks.close, *arrival)) continue;
    for (const v1::Inspector& inspector : staff.inspectors) {
      if (SaysPresent(*arrival, inspector)) marks.present.insert(inspector.name());
    }
  }
  return marks;
}

// Two of each unit were there.
void CheckPresent(const Marks& marks, const Visit& visit, const Staff& staff, Form* form) {
  for (const v1::VisitUnit& unit : visit.units()) {
    const auto there = absl::c_count_if(staff.inspectors, [&](const v1::Inspector& each) {
      return each.unit() == unit.unit() && marks.present.count(each.name()) > 0;
    });
    if (there >= kFewestInspectors) continue;
    form->Add(
        "parts", "TOO_FEW_INSPECTORS",
        absl::StrCat(unit.unit(), " 在记录结束前确认到场的只有 ", there,
                     " 人，不少于两人（行政处罚法第四十二条）：请各自发送到场"),
        absl::StrCat("of ", unit.unit(), " ", there,
                     " confirmed before the end that they were there, it takes two (行政处罚法 "
                     "art. 42): each sends an arrival"));
  }
}

// What of a record that has its end does not go together.
void CheckCoherence(const std::vector<const RecordPart*>& counting, const Marks& marks,
                    const Visit& visit, const Staff& staff, Form* form) {
  if (marks.arrival == nullptr || marks.close == nullptr) return;
  if (IsBefore(*marks.close, *marks.arrival)) {
    form->Add("parts", "CLOSE_BEFORE_ARRIVAL", "记录结束早于到场：请作废其一，另行记录",
              "the record ends before the arrival: void one of them and send it anew");
  }
  CheckPresent(marks, visit, staff, form);
  CheckPairs(visit, AbleAt(staff.inspectors, TimeOf(*marks.close)), "parts", "记录结束时",
             "at the end of the record", form);
  // Of each item the last: the others are replaced.
  std::map<absl::string_view, const RecordPart*> items;
  for (const RecordPart* part : counting) {
    if (part->has_item()) items[part->item().item()] = part;
  }
  for (const auto& [code, part] : items) {
    const std::string what = absl::StrCat(part->item().item(), "（", part->part_id(), "）");
    if (IsBefore(*marks.close, *part)) {
      form->Add("parts", "ITEM_AFTER_CLOSE",
                absl::StrCat("事项 ", what, " 记于检查记录结束之后；请重新结束记录并由当事人签字"),
                absl::StrCat("item ", what,
                             " was made after the end of the record: end and sign it anew"));
    } else if (IsBefore(*part, *marks.arrival)) {
      form->Add(
          "parts", "ITEM_BEFORE_ARRIVAL",
          absl::StrCat("事项 ", what, " 记于到场之前；请作废后重新记录"),
          absl::StrCat("item ", what, " was made before the arrival: void it and send it anew"));
    }
  }
}

// The history of what was taken out.
void SetVoids(const std::vector<RecordPart>& parts, const std::vector<const RecordPart*>& voids,
              Visit* visit) {
  visit->clear_voided_parts();
  for (const RecordPart* voiding : voids) {
    v1::VoidedPart& voided = *visit->add_voided_parts();
    *voided.mutable_voided_by() = *voiding;
    const auto part = absl::c_find_if(parts, [&](const RecordPart& each) {
      return each.part_id() == voiding->void_part().part_id();
    });
    if (part == parts.end()) continue;
    *voided.mutable_part() = *part;
    voided.set_effective(TakesOut(*voiding, *part));
  }
}

}  // namespace

absl::Time TimeOf(const RecordPart& part) {
  return FromProto(part.device_time()).value_or(absl::InfinitePast()) -
         absl::Seconds(part.clock_ahead_s());
}

std::string DigestOf(const RecordPart& part) {
  RecordPart made = part;
  made.clear_receive_time();
  made.clear_sent_by();
  made.clear_clock_ahead_s();
  return Sha256(made.SerializeAsString());
}

Violations CheckParts(const v1::RecordVisitRequest& request, const Visit& visit,
                      const v1::Checklist& checklist) {
  Form form("");
  form.CheckNumber("parts", request.parts_size(), 1, kMostParts);
  if (!request.has_device_now() || !FromProto(request.device_now()).ok()) {
    form.Add("device_now", "FIELD_MISSING", "缺少发送时的设备时间",
             "the device's time of sending is missing");
    return form.Take();
  }
  std::set<std::string> ids;
  for (int i = 0; i < std::min(request.parts_size(), kMostParts); ++i) {
    const std::string path = absl::StrCat("parts[", i, "].");
    CheckPart(request.parts(i), request, visit, checklist, path, &form);
    if (!ids.insert(request.parts(i).part_id()).second) {
      form.Add(path + "part_id", "PART_DOUBLE", "同一次发送中重复", "given twice in one call");
    }
  }
  return form.Take();
}

std::vector<RecordPart> ReceivedParts(const v1::RecordVisitRequest& request, absl::Time now,
                                      const std::string& account) {
  const absl::Duration ahead = *FromProto(request.device_now()) - now;
  std::vector<RecordPart> parts(request.parts().begin(), request.parts().end());
  for (RecordPart& part : parts) {
    part.set_clock_ahead_s(absl::ToInt64Seconds(ahead));
    *part.mutable_receive_time() = ToProto(now);
    part.set_sent_by(account);
  }
  return parts;
}

Violations CheckSigners(const Visit& visit, const Staff& staff, absl::Time now) {
  Form form("");
  CheckPairs(visit, Signers(visit, staff, now), "inspectors", "从记录结束至今",
             "from the end of the record to now", &form);
  return form.Take();
}

void SetSigners(const Staff& staff, absl::Time now, Visit* visit) {
  visit->clear_signed_by();
  for (const v1::Inspector* signer : Signers(*visit, staff, now)) {
    visit->add_signed_by(signer->name());
  }
}

void MergeParts(const std::vector<RecordPart>& parts, const Staff& staff, Visit* visit) {
  const Outbox outbox = Sorted(parts);
  SetVoids(parts, outbox.voids, visit);
  std::map<std::string, ItemResult> items;
  for (const RecordPart* part : outbox.counting) {
    if (!part->has_item()) continue;
    ItemResult& item = items[part->item().item()];
    item = part->item();
    *item.mutable_enter_time() = ToProto(TimeOf(*part));
  }
  visit->clear_items();
  for (const auto& [code, item] : items) *visit->add_items() = item;
  Form faults("");
  const Marks marks = FindMarks(outbox.counting, *visit, staff, &faults);
  CheckCoherence(outbox.counting, marks, *visit, staff, &faults);
  visit->clear_record_faults();
  for (common::v1::Violation& fault : faults.Take()) {
    *visit->add_record_faults() = std::move(fault);
  }
  visit->clear_close();
  visit->clear_record_close_time();
  if (marks.close != nullptr) {
    *visit->mutable_close() = marks.close->close();
    *visit->mutable_record_close_time() = ToProto(TimeOf(*marks.close));
  }
  visit->clear_present();
  for (const std::string& inspector : marks.present) visit->add_present(inspector);
  visit->clear_arrive_time();
  visit->clear_visited_on();
  visit->set_state(visit->has_notify_time() ? v1::VISIT_STATE_NOTIFIED : v1::VISIT_STATE_PLANNED);
  if (marks.arrival == nullptr) return;
  *visit->mutable_arrive_time() = ToProto(TimeOf(*marks.arrival));
  *visit->mutable_visited_on() = ToProto(DayOf(TimeOf(*marks.arrival)));
  visit->set_state(marks.close != nullptr && visit->record_faults().empty()
                       ? v1::VISIT_STATE_RECORDED
                       : v1::VISIT_STATE_ON_SITE);
}

}  // namespace tuoyu::inspection
