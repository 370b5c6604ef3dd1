#ifndef TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_RULES_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/filing/findings.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/registration_service.pb.h"

// What registrars push, and what officers record of those who have not filed. Pure: no database, clock, network or log.
namespace tuoyu::filing {

inline constexpr int kMostRegistrations = 200;
// A registration, or what was asked of a facility, may be put off this long.
inline constexpr int kMostDaysPutOff = 366;

// The registrar that registers this legal form (25号 art. 4); UNSPECIFIED for none.
v1::Registrar RegistrarOf(v1::LegalForm legal_form);

// Every field, and each record of a source once. `now` is the moment of the call.
std::vector<common::v1::Violation> CheckRegistrations(const v1::PushRegistrationsRequest& request,
                                                      absl::Time now, const RuleContext& context);

// What was pushed in normal form, without what is output only.
v1::Registration FactOf(const v1::Registration& registration);

// Whether two registrations say the same; the moment they stand at does not count.
bool SameFact(const v1::Registration& a, const v1::Registration& b);

// Whether the scope states childcare, by the words of the rule set.
bool StatesChildcare(absl::string_view scope, const RuleSet& rules);

// A day not in the future, an outcome, a note, and a day within range unless nobody was reached.
std::vector<common::v1::Violation> CheckContact(const v1::RegistrationContact& contact,
                                                const RuleContext& context);

// PUT_OFF_RANGE unless the day is after today and at most kMostDaysPutOff days ahead.
void CheckAhead(Findings& findings, const std::string& field, absl::CivilDay day);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_RULES_H_
