#include "clients/cli/rehearsal/complaints.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/rehearsal/plan.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/base/civil.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = complaint::v1;

constexpr int kComplainedPercent = 33;
constexpr int kRefusedPercent = 10;
constexpr int kLatePercent = 12;
constexpr int kRatedPercent = 60;

// What people complain of.
struct Matter {
  pb::CaseKind kind;
  const char* category;
  const char* text;
};
constexpr Matter kMatters[] = {
    {pb::CASE_KIND_COMPLAINT, "FEES", "演练：退园后预付费用未按约定退还。"},
    {pb::CASE_KIND_COMPLAINT, "ADVERTISING", "演练：宣传的师资与实际不符。"},
    {pb::CASE_KIND_REPORT, "STAFFING", "演练：托大班人数多，保育人员不足。"},
    {pb::CASE_KIND_REPORT, "FOOD", "演练：厨房食品留样不规范。"},
    {pb::CASE_KIND_REPORT, "HYGIENE", "演练：晨检流于形式，消毒记录不全。"},
    {pb::CASE_KIND_REPORT, "FIRE_RISK", "演练：疏散通道堆放杂物。"},
    {pb::CASE_KIND_SUGGESTION, "ADVICE", "演练：建议延长下午离园时间。"}};
constexpr pb::CaseChannel kChannels[] = {pb::CASE_CHANNEL_WEB, pb::CASE_CHANNEL_HOTLINE,
                                         pb::CASE_CHANNEL_PHONE, pb::CASE_CHANNEL_VISIT,
                                         pb::CASE_CHANNEL_LETTER};
constexpr pb::CaseOutcome kOutcomes[] = {pb::CASE_OUTCOME_UPHELD, pb::CASE_OUTCOME_PARTLY_UPHELD,
                                         pb::CASE_OUTCOME_NOT_UPHELD, pb::CASE_OUTCOME_UNCLEAR};

pb::CaseOutcome OutcomeOf(pb::CaseKind kind, SplitMix64* random) {
  if (kind == pb::CASE_KIND_SUGGESTION) return pb::CASE_OUTCOME_ANSWERED;
  if (kind == pb::CASE_KIND_COMPLAINT && random->Percent(40)) return pb::CASE_OUTCOME_SETTLED;
  return random->Pick(kOutcomes);
}

// Days a step takes: within the limit of every rule that is counted in working days, or far beyond it.
int DaysOf(SplitMix64* random, int most, int late) {
  const int days = random->Between(0, most);
  return random->Percent(kLatePercent) ? days + late : days;
}

pb::CaseBackEntry MakeCase(const std::string& id, absl::CivilDay filed, SplitMix64* random) {
  const Matter& matter = random->Pick(kMatters);
  pb::CaseBackEntry entry;
  entry.set_kind(matter.kind);
  entry.set_category(matter.category);
  entry.set_text(matter.text);
  entry.set_channel(random->Pick(kChannels));
  if (entry.channel() == pb::CASE_CHANNEL_HOTLINE) {
    entry.set_external_number(absl::StrCat("YL12345-", id));
  }
  *entry.mutable_filed_on() = ToProto(filed);
  const absl::CivilDay decided = filed + DaysOf(random, 1, 14);
  *entry.mutable_decided_on() = ToProto(decided);
  entry.set_evidence(absl::StrCat("演练投诉举报档案 ", id));
  entry.mutable_source()->set_source_system("rehearsal-complaint");
  entry.mutable_source()->set_source_id(id);
  if (random->Percent(kRefusedPercent)) {
    entry.set_refusal(pb::REFUSAL_REASON_NOT_COMPETENT);
    entry.set_result("演练：不属于本单位职责，已告知去向。");
    return entry;
  }
  entry.set_outcome(OutcomeOf(matter.kind, random));
  entry.set_result("演练：已核查并处理。");
  const int most = entry.channel() == pb::CASE_CHANNEL_HOTLINE ? 5 : 14;
  const absl::CivilDay resolved = decided + DaysOf(random, most, 60);
  *entry.mutable_resolved_on() = ToProto(resolved);
  *entry.mutable_replied_on() = ToProto(resolved + DaysOf(random, 3, 20));
  if (random->Percent(kRatedPercent)) {
    entry.set_satisfaction(static_cast<pb::Satisfaction>(
        random->Between(pb::SATISFACTION_VERY_CONTENT, pb::SATISFACTION_NOT_CONTENT_AT_ALL)));
  }
  return entry;
}

absl::CivilDay EndOf(const pb::CaseBackEntry& entry) {
  const auto replied = FromProto(entry.replied_on());
  return replied.ok() ? *replied : *FromProto(entry.decided_on());
}

}  // namespace

std::vector<OfFacility<pb::CaseBackEntry>> MakeCases(const District& district,
                                                     absl::CivilDay until) {
  std::vector<OfFacility<pb::CaseBackEntry>> cases;
  for (const FacilityPlan& facility : district.facilities()) {
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      SplitMix64 random(district.options().seed, kPurposeComplaints,
                        static_cast<uint64_t>(facility.number) * 100 + year % 100);
      if (!random.Percent(kComplainedPercent)) continue;
      const absl::CivilDay day(year, random.Between(1, 12), random.Between(1, 28));
      if (!facility.ActiveOn(day)) continue;
      const std::string id =
          absl::StrCat(TagOf(district.options()), "-", facility.number, "-", year);
      pb::CaseBackEntry entry = MakeCase(id, day, &random);
      if (EndOf(entry) <= until) cases.push_back({facility.number, std::move(entry)});
    }
  }
  return cases;
}

}  // namespace tuoyu::rehearsal
