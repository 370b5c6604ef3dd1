#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_RULES_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/data/units.h"
#include "services/filing/rule_context.h"
#include "services/filing/units/field_ownership.h"
#include "tuoyu/filing/v1/change_request_service.pb.h"
#include "tuoyu/filing/v1/registration.pb.h"

// Where a unit's word differs from the register, and what is decided on it. Pure: no database, clock, network or log.
namespace tuoyu::filing {

// What a unit says of fields of the form.
struct Claim {
  std::string field;
  std::string value;
};

// What a registration says of the form.
std::vector<Claim> ClaimsOf(const v1::Registration& registration);

// Who says it.
struct Claimant {
  const FieldOwnership& ownership;
  const data::Units& units;
  absl::string_view unit;  // code

  // The unit that registers the facility with this content; empty when it is none of the district's.
  absl::string_view RegistrarOf(const v1::FilingContent& content) const;
  // The unit whose word counts as the registrar's. Of a facility whose registrar is not stated that is the claimant, when it
  // is a registrar, and the one of the legal form if that is stated.
  absl::string_view SpeaksAsRegistrarOf(const v1::FilingContent& content) const;
};

// The claims that the unit may make and the content says otherwise, since `since`.
std::vector<v1::ChangeRequestItem> DifferencesFrom(const v1::FilingContent& content,
                                                   const std::vector<Claim>& claims,
                                                   const Claimant& claimant, absl::CivilDay since);

// The first claim on a field the unit may not propose for this facility; empty when there is none.
std::string FieldNotOf(const Claimant& claimant, const v1::FilingContent& content,
                       const std::vector<Claim>& claims);

// Takes off what was rejected before: the same value against the same value of the register.
void DropRejected(const std::vector<v1::ChangeRequest>& rejected,
                  std::vector<v1::ChangeRequestItem>* items);

// The items of a request after the unit has spoken again: those on the claimed fields are replaced by `items`, the days of
// those it repeats stay.
std::vector<v1::ChangeRequestItem> MergedItems(const v1::ChangeRequest& request,
                                               const std::vector<Claim>& claims,
                                               std::vector<v1::ChangeRequestItem> items);

// Values of known fields and forms, each field once, and a document.
std::vector<common::v1::Violation> CheckProposal(const v1::ProposeChangeRequest& request,
                                                 const FieldOwnership& ownership,
                                                 const RuleContext& context);

// A decision, with a reason where one is due, and a day in range.
std::vector<common::v1::Violation> CheckDecision(const v1::ChangeRequest& request,
                                                 const v1::DecideChangeRequestRequest& decision,
                                                 const RuleContext& context);

// The field that none of the roles decides on; "ending" for the end of a registration, empty when they decide on all.
std::string FieldOfOthers(const v1::ChangeRequest& request, const FieldOwnership& ownership,
                          const rpc::RoleSet& roles);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_RULES_H_
