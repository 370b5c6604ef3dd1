#include "services/complaint/cases/back_entry_rules.h"

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/sha256.h"
#include "common/form/form.h"
#include "common/ids/folded_text.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseBackEntry;

constexpr absl::CivilDay kFirstDay(2000, 1, 1);
constexpr size_t kLongestResult = 1000;
constexpr size_t kLongestEvidence = 200;
constexpr size_t kLongestSource = 64;
// Papers tell days; the hour is that of the offices' opening.
constexpr absl::Duration kOpening = absl::Hours(9);

absl::Time TimeOn(const google::type::Date& date) {
  return StartOf(FromProto(date).value_or(kFirstDay)) + kOpening;
}

bool IsRefused(const CaseBackEntry& entry) {
  return entry.refusal() != v1::REFUSAL_REASON_UNSPECIFIED;
}

void CheckMatter(const CaseBackEntry& entry, const v1::ComplaintRules& rules, Form* form) {
  const v1::CategoryRule* category = FindCategory(rules, entry.category());
  if (category == nullptr || category->emergency()) {
    form->Add("category", "CATEGORY_UNKNOWN", "没有此事项，或为紧急事项",
              "no such category, or one of an emergency");
  } else if (!MayBeOfKind(*category, entry.kind())) {
    form->Add("kind", "KIND_NOT_OF_CATEGORY", "该事项不能按此类别提出",
              "the category does not take this kind");
  }
  if (entry.channel() == v1::CASE_CHANNEL_UNSPECIFIED ||
      !v1::CaseChannel_IsValid(entry.channel())) {
    form->Add("channel", "FIELD_MISSING", "请填写渠道", "the channel is missing");
  }
  const bool hotline = entry.channel() == v1::CASE_CHANNEL_HOTLINE;
  if (hotline && !IsExternalNumber(entry.external_number())) {
    form->Add("external_number", "FIELD_INVALID", "12345 工单号应为4至40位字母、数字、“-”",
              "the ticket's number has 4 to 40 letters, digits and \"-\"");
  }
  if (!hotline && !entry.external_number().empty()) {
    form->Add("external_number", "FIELD_NOT_OF_KIND", "仅热线有工单号", "of the hotline only");
  }
  form->CheckText("text", entry.text(), /*required=*/true, kLongestText);
  if (ids::FoldedText(entry.text()).size() < kShortestText) {
    form->Add("text", "TEXT_TOO_SHORT", "请写明发生了什么", "say what happened");
  }
}

// A day that is not before the one `before` it.
void CheckNext(absl::string_view field, const google::type::Date& day,
               const google::type::Date& before, absl::CivilDay today, Form* form) {
  const auto checked = form->CheckDay(field, day, kFirstDay, today);
  const auto earlier = FromProto(before);
  if (checked && earlier.ok() && *checked < *earlier) {
    form->Add(field, "RECORD_ORDER", "早于前一步", "before the step before it");
  }
}

void CheckEnd(const CaseBackEntry& entry, absl::CivilDay today, Form* form) {
  CheckNext("decided_on", entry.decided_on(), entry.filed_on(), today, form);
  form->CheckText("result", entry.result(), /*required=*/true, kLongestResult);
  if (!v1::Satisfaction_IsValid(entry.satisfaction())) {
    form->Add("satisfaction", "FIELD_INVALID", "没有此项", "no such level");
  }
  if (IsRefused(entry)) {
    const bool more = entry.outcome() != v1::CASE_OUTCOME_UNSPECIFIED || entry.has_resolved_on() ||
                      entry.has_replied_on();
    if (more || !v1::RefusalReason_IsValid(entry.refusal())) {
      form->Add("refusal", "FIELD_NOT_OF_KIND", "不予受理的没有办理结果",
                "what was refused has no outcome");
    }
    return;
  }
  CheckNext("resolved_on", entry.resolved_on(), entry.decided_on(), today, form);
  CheckNext("replied_on", entry.replied_on(), entry.resolved_on(), today, form);
  Case handled;
  handled.set_kind(entry.kind());
  // A dispute may have ended in mediation.
  handled.set_state(entry.kind() == v1::CASE_KIND_COMPLAINT ? v1::CASE_STATE_MEDIATION
                                                            : v1::CASE_STATE_ASSIGNED);
  if (!MayEndWith(handled, entry.outcome())) {
    form->Add("outcome", "OUTCOME_NOT_OF_CASE", "该案件不能以此结果办结",
              "the case cannot end with this outcome");
  }
}

void AddStep(v1::CaseStepKind kind, absl::Time time, const std::string& actor, Case* made) {
  v1::CaseStep& step = *made->add_steps();
  step.set_kind(kind);
  step.set_unit(made->unit());
  step.set_actor(actor);
  *step.mutable_step_time() = ToProto(time);
}

}  // namespace

std::vector<common::v1::Violation> CheckBackEntry(const CaseBackEntry& entry, int index,
                                                  const ComplaintRuleBook& rules,
                                                  absl::CivilDay today) {
  Form form(absl::StrCat("entries[", index, "]."));
  if (FacilityId(entry.facility()).empty()) {
    form.Add("facility", "NAME_INVALID", "应为 facilities/编号", "facilities/{id}");
  }
  const auto filed = form.CheckDay("filed_on", entry.filed_on(), kFirstDay, today);
  CheckMatter(entry, rules.On(filed.value_or(today)), &form);
  CheckEnd(entry, today, &form);
  form.CheckText("evidence", entry.evidence(), /*required=*/true, kLongestEvidence);
  form.CheckText("source.source_system", entry.source().source_system(), /*required=*/true,
                 kLongestSource);
  form.CheckText("source.source_id", entry.source().source_id(), /*required=*/true, kLongestSource);
  return form.Take();
}

std::string SourceKey(const common::v1::ExternalId& source) {
  return Sha256(absl::StrCat(source.source_system().size(), "\n", source.source_system(),
                             source.source_id()));
}

Case MakeBackEntry(const CaseBackEntry& entry, const FiledPlace& place,
                   const v1::ComplaintRules& rules, absl::CivilDay today,
                   const std::string& actor) {
  v1::Filing filing;
  filing.set_facility(entry.facility());
  filing.set_mode(v1::REPORTER_MODE_ANONYMOUS);
  v1::Matter matter;
  matter.set_kind(entry.kind());
  matter.set_category(entry.category());
  matter.set_text(entry.text());
  Case made = NewCase(filing, matter, entry.channel(), place, rules, TimeOn(entry.filed_on()));
  made.set_external_number(entry.external_number());
  *made.mutable_source() = entry.source();
  made.set_evidence(entry.evidence());
  made.set_result(entry.result());
  made.set_satisfaction(entry.satisfaction());
  const absl::Time decided = TimeOn(entry.decided_on());
  if (IsRefused(entry)) {
    made.set_state(v1::CASE_STATE_NOT_ACCEPTED);
    made.set_refusal(entry.refusal());
    EndClocks(&made, decided);
    AddStep(v1::CASE_STEP_KIND_REFUSED, decided, actor, &made);
    return made;
  }
  made.set_state(v1::CASE_STATE_CLOSED);
  EndClock(&made, v1::CLOCK_STEP_ACCEPT, decided);
  StartClock(rules, v1::CLOCK_STEP_RESOLVE, decided, &made);
  AddStep(v1::CASE_STEP_KIND_ACCEPTED, decided, actor, &made);
  const absl::Time resolved = TimeOn(entry.resolved_on());
  made.set_outcome(entry.outcome());
  *made.mutable_resolved_on() = entry.resolved_on();
  EndClocks(&made, resolved);
  StartClock(rules, v1::CLOCK_STEP_TELL, resolved, &made);
  AddStep(v1::CASE_STEP_KIND_RESOLVED, resolved, actor, &made);
  const absl::Time replied = TimeOn(entry.replied_on());
  EndClock(&made, v1::CLOCK_STEP_TELL, replied);
  AddStep(v1::CASE_STEP_KIND_REPLIED, replied, actor, &made);
  const absl::CivilDay archived = ArchiveFrom(rules, made);
  if (today >= archived) {
    made.set_state(v1::CASE_STATE_ARCHIVED);
    AddStep(v1::CASE_STEP_KIND_ARCHIVED, StartOf(archived), actor, &made);
  }
  return made;
}

absl::CivilDay LastDayOf(const CaseBackEntry& entry) {
  const auto replied = FromProto(entry.replied_on());
  return replied.ok() ? *replied : FromProto(entry.decided_on()).value_or(kFirstDay);
}

}  // namespace tuoyu::complaint
