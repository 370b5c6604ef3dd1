#ifndef TUOYU_SERVICES_FILING_FILING_DEPS_H_
#define TUOYU_SERVICES_FILING_FILING_DEPS_H_

#include <string>

#include "absl/time/civil_time.h"
#include "common/calendar/working_days.h"
#include "common/data/divisions.h"
#include "common/db/pool.h"
#include "common/privacy/sealer.h"
#include "common/privacy/signature.h"
#include "services/filing/registry.h"
#include "services/filing/rule_book.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/rules.pb.h"

namespace tuoyu::filing {

// What the handling of filings needs on one day. Everything must outlive its users.
struct FilingDeps {
  db::Pool& pool;
  const privacy::Sealer& sealer;
  const privacy::Signer& signer;      // signs receipts
  const privacy::Verifier& verifier;  // knows all keys that ever did
  const RuleBook& book;
  const v1::RuleSet& rules;  // of the book, in force on the day
  const data::Divisions& divisions;
  const calendar::WorkingDays& calendar;
  const std::string& schedule;  // ScheduleOf book and calendar

  // The same on another day.
  FilingDeps On(absl::CivilDay day) const {
    return {pool, sealer, signer, verifier, book, book.On(day), divisions, calendar, schedule};
  }
  RegistryDeps registry() const { return {sealer, book, divisions}; }
  RuleContext RulesOn(absl::CivilDay today) const { return {book.On(today), divisions, today}; }
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_DEPS_H_
