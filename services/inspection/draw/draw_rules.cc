#include "services/inspection/draw/draw_rules.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/sha256.h"
#include "common/form/form.h"
#include "common/privacy/sealer.h"
#include "google/protobuf/util/time_util.h"
#include "services/inspection/draw/random_stream.h"
#include "services/inspection/draw/weighted_set.h"

namespace tuoyu::inspection {
namespace {

using google::protobuf::Timestamp;
using v1::DrawRecord;

constexpr absl::string_view kRolePrefix = "ROLE_";
constexpr absl::string_view kLevelPrefix = "RISK_LEVEL_";
constexpr size_t kReasonBytes = 800;  // 200 characters

bool IsSalted(const DrawRecord& record) { return record.algorithm() != kFirstDrawAlgorithm; }

std::string Item(absl::string_view list, int index) { return absl::StrCat(list, "[", index, "]"); }

std::string TimeLine(absl::string_view what, const Timestamp& time) {
  return absl::StrCat(what, " ", time.seconds(), ".", time.nanos(), "\n");
}

// "DEPARTMENT_HEAD".
std::string RoleText(common::v1::Role role) {
  const std::string name = common::v1::Role_Name(role);
  return std::string(absl::StripPrefix(name, kRolePrefix));
}

// The record up to when the lists were frozen: a line for each fact.
std::string ListText(const DrawRecord& record) {
  std::string text = absl::StrCat(record.algorithm(), "\ndraw ", record.name(), "\nplan ",
                                  record.plan(), "\ncommitment ", record.commitment(), "\n");
  if (IsSalted(record)) absl::StrAppend(&text, "salt ", record.salt(), "\n");
  absl::StrAppend(&text, TimeLine("committed", record.commit_time()), "facilities ",
                  record.facilities_to_draw(), "\n");
  for (const auto& unit : record.units()) {
    absl::StrAppend(&text, "unit ", unit.unit(), " ", unit.inspectors(), "\n");
  }
  for (const auto& facility : record.facilities()) {
    absl::StrAppend(&text, "facility ", facility.facility(), " ", facility.weight(), " ",
                    facility.facility_name(), "\n");
    if (facility.risk_level() != v1::RISK_LEVEL_UNSPECIFIED) {
      absl::StrAppend(&text, "level ",
                      absl::StripPrefix(v1::RiskLevel_Name(facility.risk_level()), kLevelPrefix),
                      "\n");
    }
    for (const auto& part : facility.parts()) {
      absl::StrAppend(&text, "weight ", part.factor(), " ", part.points(), "\n");
    }
  }
  for (const auto& inspector : record.inspectors()) {
    absl::StrAppend(&text, "inspector ", inspector.inspector(), " ", inspector.unit(), "\n");
  }
  for (const auto& exclusion : record.exclusions()) {
    absl::StrAppend(&text, "excluded ", exclusion.subject(), " ", exclusion.reason(), "\n");
  }
  for (const auto& recusal : record.recusals()) {
    absl::StrAppend(&text, "recused ", recusal.facility(), " ", recusal.inspector(), "\n");
  }
  return absl::StrCat(text, TimeLine("frozen", record.freeze_time()));
}

std::string RecordText(const DrawRecord& record) {
  std::string text = absl::StrCat(ListText(record), "lists ", record.list_digest(), "\nwitness ",
                                  record.witness(), "\nword ", record.witness_word(), "\nsecret ",
                                  record.secret(), "\n", TimeLine("drawn", record.draw_time()));
  for (const auto& visit : record.visits()) {
    absl::StrAppend(&text, "visit ", visit.facility());
    for (const std::string& inspector : visit.inspectors()) absl::StrAppend(&text, " ", inspector);
    absl::StrAppend(&text, "\n");
  }
  for (const auto& drop : record.drops()) {
    absl::StrAppend(&text, "dropped ", drop.facility(), " ", drop.reason(), "\n");
  }
  return text;
}

// Names stand in lines, and are told apart by blanks.
bool IsName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c));
  });
}

bool IsLine(absl::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
}

void RequireName(bool good, absl::string_view field, Form& form) {
  if (good) return;
  form.Add(field, "NAME_FORM", "名称不得有空格和控制字符，文字不得换行",
           "a name has no blanks and control characters, a text no line ends");
}

// Checks that a list is in order of a key, each once.
template <typename List, typename Key>
void CheckOrder(const List& list, absl::string_view field, const Key& key, Form& form) {
  for (int i = 1; i < list.size(); ++i) {
    if (key(list.Get(i - 1)) < key(list.Get(i))) continue;
    form.Add(Item(field, i), "LIST_ORDER", "应按名称排序，且各一次",
             "must be in order of name, each once");
    return;
  }
}

// The lists, looked up by name. The record must outlive this.
class Lists {
 public:
  explicit Lists(const DrawRecord& record) : members_(static_cast<size_t>(record.units_size())) {
    for (int i = 0; i < record.units_size(); ++i) unit_[record.units(i).unit()] = i;
    for (int i = 0; i < record.inspectors_size(); ++i) {
      inspector_[record.inspectors(i).inspector()] = i;
      unit_of_.push_back(Find(unit_, record.inspectors(i).unit()));
      place_.push_back(0);
      if (unit_of_.back() < 0) continue;
      std::vector<int>& members = members_[static_cast<size_t>(unit_of_.back())];
      place_.back() = members.size();
      members.push_back(i);
    }
    for (int i = 0; i < record.facilities_size(); ++i) {
      facility_[record.facilities(i).facility()] = i;
    }
    for (const auto& recusal : record.recusals()) {
      const int inspector = Inspector(recusal.inspector());
      if (inspector >= 0) recused_[recusal.facility()].insert(inspector);
    }
  }

  // Places in the record's lists; -1 for who is not there.
  int Inspector(absl::string_view name) const { return Find(inspector_, name); }
  int Facility(absl::string_view name) const { return Find(facility_, name); }
  int UnitOf(int inspector) const { return unit_of_[static_cast<size_t>(inspector)]; }
  // Inspectors of a unit, by name.
  const std::vector<int>& Members(int unit) const { return members_[static_cast<size_t>(unit)]; }

  // Inspectors who are recused from the facility.
  const absl::btree_set<int>& Recused(absl::string_view facility) const {
    static const absl::btree_set<int>* const kNobody = new absl::btree_set<int>();
    const auto found = recused_.find(facility);
    return found == recused_.end() ? *kNobody : found->second;
  }
  // Where among the members of its unit an inspector stands.
  size_t PlaceOf(int inspector) const { return place_[static_cast<size_t>(inspector)]; }

 private:
  using Places = absl::flat_hash_map<absl::string_view, int>;
  static int Find(const Places& places, absl::string_view name) {
    const auto found = places.find(name);
    return found == places.end() ? -1 : found->second;
  }

  Places unit_;
  Places inspector_;
  Places facility_;
  std::vector<std::vector<int>> members_;
  std::vector<int> unit_of_;
  std::vector<size_t> place_;
  absl::flat_hash_map<absl::string_view, absl::btree_set<int>> recused_;
};

// The members of a unit, by the number of visits each has: who has fewest is drawn first.
class Pool {
 public:
  explicit Pool(size_t size) : visits_(size, 0) {
    WeightedSet& level = levels_.emplace(0, size).first->second;
    for (size_t i = 0; i < size; ++i) level.Add(i, 1);
  }

  // One of those with the fewest visits who are not `barred` (ascending), and one visit more for whoever it is. There must
  // be one.
  size_t Take(const absl::btree_set<size_t>& barred, RandomStream& random) {
    for (auto& [visits, level] : levels_) {
      std::vector<int64_t> left_out;  // ranks, ascending
      for (const size_t each : barred) {
        if (visits_[each] == visits) left_out.push_back(level.Before(each));
      }
      const int64_t free = level.total() - static_cast<int64_t>(left_out.size());
      if (free <= 0) continue;
      int64_t rank = random.Below(free);
      for (const int64_t each : left_out) rank += each <= rank ? 1 : 0;
      const size_t taken = level.At(rank);
      level.Add(taken, -1);
      const int more = ++visits_[taken];
      levels_.emplace(more, visits_.size()).first->second.Add(taken, 1);
      return taken;
    }
    return visits_.size();
  }

 private:
  std::vector<int> visits_;
  std::map<int, WeightedSet> levels_;
};

void CheckUnits(const DrawRecord& record, Form& form) {
  for (int i = 0; i < record.units_size(); ++i) {
    const auto& unit = record.units(i);
    RequireName(IsName(unit.unit()), Item("units", i), form);
    if (unit.inspectors() < kFewestInspectors || unit.inspectors() > kMostInspectors) {
      form.Add(Item("units", i), "UNIT_SIZE",
               absl::StrCat("每个部门每次应有 ", kFewestInspectors, " 至 ", kMostInspectors,
                            " 名检查人员（行政处罚法第四十二条）"),
               absl::StrCat(kFewestInspectors, " to ", kMostInspectors,
                            " inspectors of each unit go on a visit"));
    }
  }
  if (record.units().empty()) {
    form.Add("units", "UNIT_SIZE", "没有检查部门", "no unit inspects");
  }
}

// That the level is one, and the weight by no other. Older records tell no level, their weights may be by one.
void CheckLevel(const DrawRecord& record, int index, Form& form) {
  const auto& facility = record.facilities(index);
  const v1::RiskLevel level = facility.risk_level();
  const bool agrees =
      IsSalted(record) ? v1::RiskLevel_IsValid(level) &&
                             std::all_of(facility.parts().begin(), facility.parts().end(),
                                         [&](const auto& part) {
                                           v1::RiskLevel weighed = v1::RISK_LEVEL_UNSPECIFIED;
                                           return !v1::RiskLevel_Parse(part.factor(), &weighed) ||
                                                  weighed == level;
                                         })
                       : level == v1::RISK_LEVEL_UNSPECIFIED;
  if (agrees) return;
  form.Add(Item("facilities", index), "WEIGHT_LEVEL", "权重所依据的不是名单所列的风险等级",
           "the weight is by another risk level than the one of the facility");
}

void CheckSalt(const DrawRecord& record, Form& form) {
  if (IsSalted(record) ? IsSha256Hex(record.salt()) : record.salt().empty()) return;
  form.Add(
      "salt", "SALT_FORM",
      absl::StrCat("盐值应为64位小写十六进制数字；", kFirstDrawAlgorithm, " 没有盐值"),
      absl::StrCat("the salt is 64 lower-case hex digits; ", kFirstDrawAlgorithm, " has none"));
}

void CheckFacilities(const DrawRecord& record, Form& form) {
  for (int i = 0; i < record.facilities_size(); ++i) {
    const auto& facility = record.facilities(i);
    RequireName(IsName(facility.facility()) && IsLine(facility.facility_name()),
                Item("facilities", i), form);
    if (facility.weight() < 1 || facility.weight() > kGreatestWeight) {
      form.Add(Item("facilities", i), "WEIGHT_RANGE",
               absl::StrCat("权重应为 1 至 ", kGreatestWeight),
               absl::StrCat("a weight is 1 to ", kGreatestWeight));
    }
    int64_t sum = 0;
    for (const auto& part : facility.parts()) {
      sum += part.points();
      RequireName(IsName(part.factor()), Item("facilities", i), form);
    }
    if (sum != facility.weight()) {
      form.Add(Item("facilities", i), "WEIGHT_PARTS", "权重与各项之和不符",
               "the weight is not the sum of its parts");
    }
    CheckLevel(record, i, form);
  }
  if (record.facilities_to_draw() < 1 || record.facilities_to_draw() > record.facilities_size()) {
    form.Add("facilities_to_draw", "TOO_FEW_FACILITIES",
             absl::StrCat("应抽取 1 至 ", record.facilities_size(), " 家"),
             absl::StrCat("1 to ", record.facilities_size(), " facilities can be drawn"));
  }
}

void CheckInspectors(const DrawRecord& record, const Lists& lists, Form& form) {
  for (int i = 0; i < record.inspectors_size(); ++i) {
    RequireName(IsName(record.inspectors(i).inspector()), Item("inspectors", i), form);
    if (lists.UnitOf(i) < 0) {
      form.Add(Item("inspectors", i), "UNIT_UNKNOWN", "检查人员不属于参加检查的部门",
               "the inspector is of none of the units");
    }
  }
}

void CheckExceptions(const DrawRecord& record, const Lists& lists, Form& form) {
  for (int i = 0; i < record.exclusions_size(); ++i) {
    const auto& exclusion = record.exclusions(i);
    RequireName(IsName(exclusion.subject()) && IsName(exclusion.reason()), Item("exclusions", i),
                form);
    if (lists.Facility(exclusion.subject()) >= 0 || lists.Inspector(exclusion.subject()) >= 0) {
      form.Add(Item("exclusions", i), "SUBJECT_ELIGIBLE", "已排除的仍在名单中",
               "who is excluded stands on a list");
    }
  }
  for (int i = 0; i < record.recusals_size(); ++i) {
    const auto& recusal = record.recusals(i);
    if (lists.Facility(recusal.facility()) < 0 || lists.Inspector(recusal.inspector()) < 0) {
      form.Add(Item("recusals", i), "SUBJECT_UNKNOWN", "回避的机构或人员不在名单中",
               "who is recused, or where, is on no list");
    }
  }
}

// That each facility can be inspected by whom its units have: it is known before anything is drawn.
void CheckEnough(const DrawRecord& record, const Lists& lists, Form& form) {
  const auto tell = [&](const std::string& field, const v1::DrawUnit& unit) {
    form.Add(
        field, "TOO_FEW_INSPECTORS",
        absl::StrCat(unit.unit(), " 可派的检查人员不足 ", unit.inspectors(), " 名"),
        absl::StrCat(unit.unit(), " has fewer than ", unit.inspectors(), " inspectors who may go"));
  };
  for (int i = 0; i < record.units_size(); ++i) {
    const auto& unit = record.units(i);
    const auto members = static_cast<int>(lists.Members(i).size());
    if (members < unit.inspectors()) {
      tell(Item("units", i), unit);
      continue;
    }
    for (int j = 0; j < record.facilities_size(); ++j) {
      int recused = 0;
      for (const int each : lists.Recused(record.facilities(j).facility())) {
        recused += lists.UnitOf(each) == i ? 1 : 0;
      }
      if (members - recused < unit.inspectors()) tell(Item("facilities", j), unit);
    }
  }
}

// A second person consented, after it was asked for; older records do not tell.
bool IsConsented(const DrawRecord& record, const v1::DrawChange& change) {
  if (!IsSalted(record)) {
    return change.asked_as() == common::v1::ROLE_UNSPECIFIED && !change.has_ask_time() &&
           change.consented_as() == common::v1::ROLE_UNSPECIFIED;
  }
  const bool may = change.consented_as() == common::v1::ROLE_DEPARTMENT_HEAD ||
                   change.consented_as() == common::v1::ROLE_DHC_APPROVER;
  return may && change.asked_as() != common::v1::ROLE_UNSPECIFIED &&
         common::v1::Role_IsValid(change.asked_as()) && !(change.ask_time() < record.draw_time()) &&
         !(change.change_time() < change.ask_time());
}

// That what is not visited was drawn, in this order, and may be left out.
void CheckDrops(const DrawRecord& record, Form& form) {
  auto visit = record.visits().begin();
  for (int i = 0; i < record.drops_size(); ++i) {
    const auto& drop = record.drops(i);
    visit = std::find_if(visit, record.visits().end(),
                         [&](const auto& each) { return each.facility() == drop.facility(); });
    const bool founded = visit != record.visits().end() && IsSalted(record) &&
                         (drop.reason() == kNotActive || drop.reason() == kFrequencyCap);
    if (founded) {
      ++visit;
      continue;
    }
    form.Add(Item("drops", i), "DROP_UNFOUNDED",
             "未检查的机构不在抽取结果中、次序不符，或原因不是 NOT_ACTIVE、FREQUENCY_CAP",
             "who is not visited was not drawn in this order, or why is neither NOT_ACTIVE nor "
             "FREQUENCY_CAP");
    return;
  }
}

// Follows the changes from the result on.
void CheckChanges(const DrawRecord& record, const Lists& lists, Form& form) {
  absl::flat_hash_map<absl::string_view, absl::btree_set<int>> visits;
  for (const auto& visit : record.visits()) {
    for (const std::string& name : visit.inspectors()) {
      visits[visit.facility()].insert(lists.Inspector(name));
    }
  }
  for (const auto& drop : record.drops()) visits.erase(drop.facility());
  Timestamp last = record.draw_time();
  absl::string_view before = record.digest();
  for (int i = 0; i < record.changes_size(); ++i) {
    const auto& change = record.changes(i);
    const int from = lists.Inspector(change.from_inspector());
    const int to = lists.Inspector(change.to_inspector());
    const auto visit = visits.find(change.facility());
    const bool founded =
        visit != visits.end() && from >= 0 && to >= 0 && visit->second.contains(from) &&
        !visit->second.contains(to) && lists.UnitOf(from) == lists.UnitOf(to) &&
        !lists.Recused(change.facility()).contains(to) && !(change.change_time() < last);
    if (!founded) {
      form.Add(Item("changes", i), "CHANGE_UNFOUNDED",
               "更换前的人员不在该次检查，或更换后的人员不符合条件，或时间先后不符",
               "who is replaced is not on the visit, who comes may not go, or the times are out of "
               "order");
      continue;
    }
    const absl::string_view reason = absl::StripAsciiWhitespace(change.reason());
    if (reason.empty() || reason.size() > kReasonBytes || !IsLine(reason)) {
      form.Add(Item("changes", i), "CHANGE_WITHOUT_REASON", "更换须写明原因，不超过200字",
               "a change needs its reason, at most 200 characters");
    }
    if (!IsConsented(record, change)) {
      form.Add(
          Item("changes", i), "CHANGE_WITHOUT_CONSENT",
          "更换须由一人提出、另一有权的人同意（部门负责人或者审定人）",
          "a change is asked for by one person and consented to by another, a head or approver");
    }
    if (change.digest() != DigestOf(record, change, before)) {
      form.Add(Item("changes", i), "DIGEST_DIFFERS", "更换记录与其摘要不符",
               "the change is not that of its digest");
    }
    before = change.digest();
    visit->second.erase(from);
    visit->second.insert(to);
    last = change.change_time();
  }
}

void CheckLists(const DrawRecord& record, const Lists& lists, Form& form) {
  RequireName(IsName(record.name()) && IsName(record.plan()) && IsLine(record.witness()) &&
                  IsLine(record.witness_word()),
              "name", form);
  CheckOrder(
      record.units(), "units", [](const auto& each) { return each.unit(); }, form);
  CheckOrder(
      record.facilities(), "facilities", [](const auto& each) { return each.facility(); }, form);
  CheckOrder(
      record.inspectors(), "inspectors", [](const auto& each) { return each.inspector(); }, form);
  CheckOrder(
      record.exclusions(), "exclusions", [](const auto& each) { return each.subject(); }, form);
  CheckOrder(
      record.recusals(), "recusals",
      [](const auto& each) { return std::make_pair(each.facility(), each.inspector()); }, form);
  CheckSalt(record, form);
  CheckUnits(record, form);
  CheckFacilities(record, form);
  CheckInspectors(record, lists, form);
  CheckExceptions(record, lists, form);
  if (form.empty()) CheckEnough(record, lists, form);
}

std::vector<v1::DrawnVisit> DrawVisits(const DrawRecord& record, const Lists& lists) {
  RandomStream random(Sha256Hex(absl::StrCat(record.algorithm(), " seed ", record.secret(), " ",
                                             record.list_digest(), " ", record.witness_word())));
  WeightedSet line(static_cast<size_t>(record.facilities_size()));
  for (int i = 0; i < record.facilities_size(); ++i) {
    line.Add(static_cast<size_t>(i), record.facilities(i).weight());
  }
  std::vector<Pool> pools;
  pools.reserve(static_cast<size_t>(record.units_size()));
  for (int i = 0; i < record.units_size(); ++i) pools.emplace_back(lists.Members(i).size());
  std::vector<v1::DrawnVisit> visits(static_cast<size_t>(record.facilities_to_draw()));
  for (v1::DrawnVisit& visit : visits) {
    const size_t drawn = line.At(random.Below(line.total()));
    const auto& facility = record.facilities(static_cast<int>(drawn));
    line.Add(drawn, -int64_t{facility.weight()});
    visit.set_facility(facility.facility());
    for (int unit = 0; unit < record.units_size(); ++unit) {
      absl::btree_set<size_t> barred;
      for (const int each : lists.Recused(facility.facility())) {
        if (lists.UnitOf(each) == unit) barred.insert(lists.PlaceOf(each));
      }
      for (int i = 0; i < record.units(unit).inspectors(); ++i) {
        const size_t taken = pools[static_cast<size_t>(unit)].Take(barred, random);
        barred.insert(taken);
        visit.add_inspectors(record.inspectors(lists.Members(unit)[taken]).inspector());
      }
    }
  }
  return visits;
}

}  // namespace

std::string CommitmentOf(absl::string_view algorithm, absl::string_view secret) {
  return Sha256Hex(absl::StrCat(algorithm, " secret ", secret));
}

std::string ListDigestOf(const DrawRecord& record) { return Sha256Hex(ListText(record)); }

std::string DigestOf(const DrawRecord& record) { return Sha256Hex(RecordText(record)); }

std::string DigestOf(const DrawRecord& record, const v1::DrawChange& change,
                     absl::string_view before) {
  const bool salted = IsSalted(record);
  const std::string salt = salted ? absl::StrCat("\nsalt ", record.salt()) : "";
  const std::string persons =
      salted ? absl::StrCat(
                   TimeLine(absl::StrCat("asked ", RoleText(change.asked_as())), change.ask_time()),
                   "consented ", RoleText(change.consented_as()), "\n")
             : "";
  return Sha256Hex(absl::StrCat(before, salt, "\nchange ", change.facility(), " ",
                                change.from_inspector(), " ", change.to_inspector(), " ",
                                change.reason(), "\n", persons,
                                TimeLine("changed", change.change_time())));
}

Violations CheckLists(const DrawRecord& record) {
  Form form("");
  CheckLists(record, Lists(record), form);
  return form.Take();
}

std::vector<v1::DrawnVisit> DrawVisits(const DrawRecord& record) {
  return DrawVisits(record, Lists(record));
}

Violations VerifyDraw(const DrawRecord& record) {
  Form form("");
  if (record.algorithm() != kDrawAlgorithm && record.algorithm() != kFirstDrawAlgorithm) {
    form.Add(
        "algorithm", "ALGORITHM_UNKNOWN",
        absl::StrCat("只能复核 ", kFirstDrawAlgorithm, " 和 ", kDrawAlgorithm),
        absl::StrCat("only ", kFirstDrawAlgorithm, " and ", kDrawAlgorithm, " can be done again"));
    return form.Take();
  }
  if (privacy::HoldsUnknownFields(record)) {
    form.Add("", "UNKNOWN_FIELDS", "记录中有不认识的字段",
             "the record has fields that are not known");
    return form.Take();
  }
  const Lists lists(record);
  CheckLists(record, lists, form);
  if (!form.empty()) return form.Take();
  if (record.list_digest() != ListDigestOf(record)) {
    form.Add("list_digest", "LIST_DIGEST_DIFFERS", "名单与冻结时的摘要不符",
             "the lists are not those that were frozen");
  }
  if (record.commitment() != CommitmentOf(record.algorithm(), record.secret())) {
    form.Add("secret", "COMMITMENT_DIFFERS", "公开的种子与事先承诺的不符",
             "the secret is not the one that was committed to");
  }
  if (record.freeze_time() < record.commit_time() || record.draw_time() < record.freeze_time()) {
    form.Add("draw_time", "TIMES_ORDER", "应先承诺、再冻结名单、后抽取",
             "commitment, frozen lists and draw come in this order");
  }
  const std::vector<v1::DrawnVisit> visits = DrawVisits(record, lists);
  const bool same = std::equal(visits.begin(), visits.end(), record.visits().begin(),
                               record.visits().end(), [](const auto& a, const auto& b) {
                                 return a.facility() == b.facility() &&
                                        std::equal(a.inspectors().begin(), a.inspectors().end(),
                                                   b.inspectors().begin(), b.inspectors().end());
                               });
  if (!same) {
    form.Add("visits", "RESULT_DIFFERS", "重新抽取的结果与公布的不符",
             "the draw done again has another result");
  }
  CheckDrops(record, form);
  if (record.digest() != DigestOf(record)) {
    form.Add("digest", "DIGEST_DIFFERS", "记录与其摘要不符",
             "the record is not that of its digest");
  }
  CheckChanges(record, lists, form);
  return form.Take();
}

}  // namespace tuoyu::inspection
