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
  const bool all = absl::c_all_of(visit.inspectors(),
                                  [&](const std::string& each) { return present.count(each) > 0; });
  if (!all || static_cast<int>(present.size()) < kFewestInspectors) {
    form->Add(
        path + "inspectors", "TOO_FEW_INSPECTORS",
        "本次检查的人员应全部到场，不少于两人（行政处罚法第四十二条）；有人不能到场的，先办理更换",
        "all inspectors of the visit are there, two at least (行政处罚法 art. 42): replace who "
        "can't be");
  }
  if (arrival.inspectors_size() > visit.inspectors_size()) {
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
    case RecordPart::CONTENT_NOT_SET:
      form->Add(path + "content", "FIELD_MISSING", "应为到场、事项或记录结束之一",
                "an arrival, an item or the end of the record");
  }
}

// Whether one was made before the other. What one sender's device made is compared by its own clock, put right as it was when each was sent;
// of two senders each clock is put right by a call of its own, and what the network took stands in the difference.
bool IsBefore(const RecordPart& one, const RecordPart& other) {
  const absl::Duration apart =
      one.sent_by() == other.sent_by() ? absl::ZeroDuration() : kClocksApart;
  return TimeOf(one) + apart < TimeOf(other);
}

// Parts in the order they were made; those of one moment in order of id.
std::vector<const RecordPart*> InOrder(const std::vector<RecordPart>& parts) {
  std::vector<const RecordPart*> order;
  order.reserve(parts.size());
  for (const RecordPart& part : parts) order.push_back(&part);
  std::sort(order.begin(), order.end(), [](const RecordPart* a, const RecordPart* b) {
    return std::make_tuple(TimeOf(*a), absl::string_view(a->part_id())) <
           std::make_tuple(TimeOf(*b), absl::string_view(b->part_id()));
  });
  return order;
}

void CheckArrived(const RecordPart& part, const Visit& visit,
                  const std::vector<v1::Inspector>& inspectors, Form* form) {
  const absl::CivilDay day = DayOf(TimeOf(part));
  const auto first = FromProto(visit.first_day());
  const auto last = FromProto(visit.last_day());
  if (day < *first || day > *last) {
    form->Add("parts", "ARRIVAL_DAY",
              absl::StrCat("到场日期 ", FormatDay(day), " 不在计划的 ", FormatDay(*first), " 至 ",
                           FormatDay(*last), " 之内"),
              absl::StrCat("the arrival of ", FormatDay(day), " is not within ", FormatDay(*first),
                           " to ", FormatDay(*last)));
  }
  if (visit.kind() != v1::PLAN_KIND_CASE &&
      TimeOf(part) < FromProto(visit.create_time()).value_or(absl::InfinitePast())) {
    form->Add("parts", "ARRIVAL_DAY", "到场早于抽取", "the arrival is before the draw");
  }
  for (const v1::Inspector& inspector : inspectors) {
    const bool recused = absl::c_any_of(inspector.recusals(), [&](const v1::Recusal& each) {
      return each.facility() == visit.facility() &&
             FromProto(each.declare_time()).value_or(absl::InfinitePast()) <= TimeOf(part);
    });
    if (recused && absl::c_linear_search(part.arrival().inspectors(), inspector.name())) {
      form->Add("parts", "RECUSED", absl::StrCat(inspector.name(), " 对该机构回避，须先更换"),
                absl::StrCat(inspector.name(), " is recused from this facility: replace first"));
    }
    if (absl::c_linear_search(part.arrival().inspectors(), inspector.name()) &&
        !WasAble(inspector, TimeOf(part))) {
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

std::vector<const v1::Inspector*> Signers(const Visit& visit,
                                          const std::vector<v1::Inspector>& inspectors,
                                          absl::Time now) {
  std::vector<const v1::Inspector*> signers;
  const absl::Time closed = FromProto(visit.record_close_time()).value_or(now);
  for (const v1::Inspector* inspector :
       AbleAt(inspectors, visit.has_record_close_time() ? closed : now)) {
    if (WasAble(*inspector, now) && !IsRecused(*inspector, visit.facility())) {
      signers.push_back(inspector);
    }
  }
  return signers;
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

Violations CheckRecord(const std::vector<RecordPart>& parts, const Visit& visit,
                       const std::vector<v1::Inspector>& inspectors) {
  Form form("");
  const RecordPart* arrival = nullptr;  // the first
  const RecordPart* close = nullptr;    // the last
  for (const RecordPart* part : InOrder(parts)) {
    if (part->has_arrival() && arrival == nullptr) arrival = part;
    if (part->has_close()) close = part;
  }
  if (arrival != nullptr && close != nullptr && IsBefore(*close, *arrival)) {
    form.Add("parts", "CLOSE_BEFORE_ARRIVAL", "记录结束早于到场",
             "the record ends before the arrival");
  }
  if (close != nullptr) {
    CheckPairs(visit, AbleAt(inspectors, TimeOf(*close)), "parts", "记录结束时",
               "at the end of the record", &form);
  }
  for (const RecordPart& part : parts) {
    if (part.has_arrival()) CheckArrived(part, visit, inspectors, &form);
    if (!part.has_item()) continue;
    if (close != nullptr && IsBefore(*close, part)) {
      form.Add("parts", "ITEM_AFTER_CLOSE",
               absl::StrCat("事项 ", part.item().item(),
                            " 记于检查记录结束之后；请重新结束记录并由当事人签字"),
               absl::StrCat("item ", part.item().item(),
                            " was made after the end of the record: end and sign it anew"));
    } else if (arrival != nullptr && IsBefore(part, *arrival)) {
      form.Add("parts", "ITEM_BEFORE_ARRIVAL",
               absl::StrCat("事项 ", part.item().item(), " 记于到场之前"),
               absl::StrCat("item ", part.item().item(), " was made before the arrival"));
    }
  }
  return form.Take();
}

Violations CheckSigners(const Visit& visit, const std::vector<v1::Inspector>& inspectors,
                        absl::Time now) {
  Form form("");
  CheckPairs(visit, Signers(visit, inspectors, now), "inspectors", "从记录结束至今",
             "from the end of the record to now", &form);
  return form.Take();
}

void SetSigners(const std::vector<v1::Inspector>& inspectors, absl::Time now, Visit* visit) {
  visit->clear_signed_by();
  for (const v1::Inspector* signer : Signers(*visit, inspectors, now)) {
    visit->add_signed_by(signer->name());
  }
}

void MergeParts(const std::vector<RecordPart>& parts, Visit* visit) {
  std::map<std::string, ItemResult> items;
  const RecordPart* arrival = nullptr;
  const RecordPart* close = nullptr;
  for (const RecordPart* part : InOrder(parts)) {
    if (part->has_arrival() && arrival == nullptr) arrival = part;
    if (part->has_close()) close = part;
    if (!part->has_item()) continue;
    ItemResult& item = items[part->item().item()];
    item = part->item();
    *item.mutable_enter_time() = ToProto(TimeOf(*part));
  }
  visit->clear_items();
  for (const auto& [code, item] : items) *visit->add_items() = item;
  if (close != nullptr) {
    *visit->mutable_close() = close->close();
    *visit->mutable_record_close_time() = ToProto(TimeOf(*close));
  }
  if (arrival == nullptr) return;
  *visit->mutable_arrive_time() = ToProto(TimeOf(*arrival));
  *visit->mutable_visited_on() = ToProto(DayOf(TimeOf(*arrival)));
  visit->set_state(close != nullptr ? v1::VISIT_STATE_RECORDED : v1::VISIT_STATE_ON_SITE);
}

}  // namespace tuoyu::inspection
