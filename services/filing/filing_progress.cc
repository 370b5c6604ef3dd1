#include "services/filing/filing_progress.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/calendar/deadline.h"
#include "common/privacy/digest.h"
#include "services/filing/filing_repository.h"
#include "services/filing/filing_states.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

std::optional<absl::CivilDay> DayIf(bool is_set, const google::type::Date& date) {
  if (!is_set) return std::nullopt;
  const auto day = FromProto(date);
  return day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

std::optional<absl::CivilDay> DayIf(bool is_set, const google::protobuf::Timestamp& timestamp) {
  if (!is_set) return std::nullopt;
  const auto time = FromProto(timestamp);
  return time.ok() ? std::optional<absl::CivilDay>(DayOf(*time)) : std::nullopt;
}

// The day a complete package was received; nothing when none was.
std::optional<absl::CivilDay> ReceivedOn(const v1::Filing& filing) {
  return DayIf(filing.has_receive_time(), filing.receive_time());
}

absl::CivilDay DueOr(const common::v1::Deadline& deadline, absl::CivilDay otherwise) {
  return DayIf(deadline.has_due_date(), deadline.due_date()).value_or(otherwise);
}

}  // namespace

int WaitingDays(const v1::Filing& filing, absl::CivilDay today) {
  const auto submitted = DayIf(filing.has_submit_time(), filing.submit_time());
  if (filing.state() != v1::FILING_STATE_SUBMITTED || !submitted.has_value()) return 0;
  return static_cast<int>(std::max<absl::civil_diff_t>(today - *submitted, 0));
}

std::string ScheduleOf(const RuleBook& book, const calendar::WorkingDays& calendar) {
  std::string text;
  for (const v1::RuleSet& rules : book.sets()) {
    const auto& from = rules.effective_from();
    absl::StrAppend(&text, from.year(), "-", from.month(), "-", from.day(), " ",
                    rules.receipt_working_days(), " ", rules.review_working_days(), ";");
  }
  for (absl::CivilDay day = calendar.coverage_begin(); day <= calendar.coverage_end(); ++day) {
    text += *calendar.IsWorkingDay(day) ? '1' : '0';
  }
  absl::StrAppend(&text, FormatDay(calendar.coverage_begin()));
  constexpr size_t kDigits = 16;
  return privacy::Sha256Hex(text).substr(0, kDigits);
}

const v1::RuleSet& ClockRules(const v1::Filing& filing, const RuleBook& book,
                              absl::CivilDay today) {
  return book.On(ReceivedOn(filing).value_or(today));
}

void SetDeadlines(v1::Filing* filing, const v1::RuleSet& rules,
                  const calendar::WorkingDays& calendar, absl::CivilDay today) {
  filing->clear_receipt_deadline();
  filing->clear_review_deadline();
  filing->clear_rectify_deadline();
  const auto received = ReceivedOn(*filing);
  if (!received.has_value()) return;
  const auto noticed = DayIf(filing->has_nonconformity(), filing->nonconformity().noticed_on());
  const auto closed = DayIf(filing->has_closed_on(), filing->closed_on());
  auto receipt_done = DayIf(filing->has_filed_on(), filing->filed_on());
  if (!receipt_done.has_value()) receipt_done = noticed.has_value() ? noticed : closed;
  *filing->mutable_receipt_deadline() = calendar::MakeDeadline(
      *received, rules.receipt_working_days(), receipt_done, today, calendar);
  *filing->mutable_review_deadline() =
      calendar::MakeDeadline(*received, rules.review_working_days(),
                             noticed.has_value() ? noticed : closed, today, calendar);
  const auto rectify_by = DayIf(noticed.has_value(), filing->nonconformity().rectify_by());
  if (!rectify_by.has_value()) return;
  const auto rectified =
      DayIf(filing->nonconformity().has_rectified_on(), filing->nonconformity().rectified_on());
  *filing->mutable_rectify_deadline() = calendar::DeadlineOn(
      *noticed, *rectify_by, rectified.has_value() ? rectified : closed, today, calendar);
}

absl::CivilDay NextDue(const v1::Filing& filing, const v1::RuleSet& rules,
                       const calendar::WorkingDays& calendar) {
  const auto received = ReceivedOn(filing);
  switch (filing.state()) {
    case v1::FILING_STATE_SUBMITTED:
      return DayIf(filing.has_submit_time(), filing.submit_time()).value_or(kNoDueDay);
    case v1::FILING_STATE_RECEIVED:
    case v1::FILING_STATE_FILED: {
      if (!received.has_value()) return kNoDueDay;
      // The receipt is due first.
      const int working_days = filing.state() == v1::FILING_STATE_FILED
                                   ? rules.review_working_days()
                                   : rules.receipt_working_days();
      return DueOr(
          calendar::MakeDeadline(*received, working_days, std::nullopt, *received, calendar),
          *received);
    }
    case v1::FILING_STATE_NONCONFORMITY_NOTICED:
    case v1::FILING_STATE_RECTIFYING:
      return DayIf(true, filing.nonconformity().rectify_by()).value_or(kNoDueDay);
    default:
      return kNoDueDay;
  }
}

absl::optional<std::string> HeldUscc(const v1::Filing& filing) {
  const bool holds = filing.kind() == v1::FILING_KIND_INITIAL && filing.receipt_number().empty() &&
                     filing.state() != v1::FILING_STATE_DRAFT && !IsFinal(filing.state()) &&
                     !filing.content().uscc().empty();
  return holds ? absl::optional<std::string>(filing.content().uscc()) : absl::nullopt;
}

absl::optional<std::string> HeldFacility(const v1::Filing& filing) {
  const bool holds = filing.kind() != v1::FILING_KIND_INITIAL && filing.receipt_number().empty() &&
                     !IsFinal(filing.state());
  return holds ? absl::optional<std::string>(FacilityIdOf(filing)) : absl::nullopt;
}

}  // namespace tuoyu::filing
