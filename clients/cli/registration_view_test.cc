#include "clients/cli/registration_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/change_request_view.h"
#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::Registration Company() {
  pb::Registration registration;
  registration.set_name("registrations/r");
  registration.set_organisation_name("演练托育有限公司");
  registration.set_uscc("91500111MAQQ000327");
  registration.set_registrar(pb::REGISTRAR_SAMR);
  *registration.mutable_registered_on() = ToProto(absl::CivilDay(2026, 1, 5));
  registration.set_state(pb::REGISTRATION_STATE_STANDING);
  registration.set_childcare_in_scope(true);
  return registration;
}

TEST(RegistrationViewTest, TheWorklistShowsAgeLastContactAndWhatWasFiledBefore) {
  pb::UnfiledRegistration unfiled;
  unfiled.set_name("registrations/r");
  *unfiled.mutable_registration() = Company();
  unfiled.set_days_registered(66);
  unfiled.set_former_facility("facilities/f");
  unfiled.set_former_state(pb::FACILITY_STATE_CANCELLED);
  pb::RegistrationContact& contact = *unfiled.mutable_last_contact();
  *contact.mutable_contacted_on() = ToProto(absl::CivilDay(2026, 3, 1));
  contact.set_outcome(pb::CONTACT_OUTCOME_IN_PREPARATION);
  *contact.mutable_off_list_until() = ToProto(absl::CivilDay(2026, 6, 1));
  contact.set_note("装修中");
  EXPECT_THAT(RenderUnfiled({unfiled}, Language::kChinese, 0),
              AllOf(HasSubstr("66"), HasSubstr("演练托育有限公司"), HasSubstr("市场监管部门"),
                    HasSubstr("已注销"), HasSubstr("2026-03-01 筹备中 至 2026-06-01：装修中")));
  EXPECT_THAT(RenderUnfiled({unfiled}, Language::kEnglish, 0),
              HasSubstr("2026-03-01 being set up until 2026-06-01: 装修中"));
}

TEST(RegistrationViewTest, APushShowsWhatBecameOfEach) {
  pb::PushRegistrationsRequest request;
  *request.add_registrations() = Company();
  pb::PushRegistrationsResponse reply;
  reply.add_results()->set_outcome(pb::PUSH_OUTCOME_UPDATED);
  reply.mutable_results(0)->set_change_request("changeRequests/c");
  EXPECT_THAT(RenderPush(request, reply, Language::kChinese, 0),
              AllOf(HasSubstr("更新"), HasSubstr("changeRequests/c")));
}

pb::ChangeRequest Renamed() {
  pb::ChangeRequest request;
  request.set_name("changeRequests/c");
  request.set_kind(pb::CHANGE_REQUEST_KIND_FIELDS);
  request.set_state(pb::CHANGE_REQUEST_STATE_ASKED);
  request.set_facility_name("演练托育园");
  request.set_unit("SAMR");
  *request.mutable_due_on() = ToProto(absl::CivilDay(2026, 3, 1));
  request.set_overdue(true);
  pb::ChangeRequestItem& item = *request.add_items();
  item.set_field("meals");
  item.set_register_value("MEALS_SELF");
  item.set_proposed_value("MEALS_NONE");
  return request;
}

TEST(ChangeRequestViewTest, BothWordsAreShownAndWhetherTheSourceIsTrusted) {
  EXPECT_THAT(RenderChangeRequest(Renamed(), Language::kChinese, 0),
              AllOf(HasSubstr("自办食堂"), HasSubstr("不供餐"), HasSubstr("须核实"),
                    HasSubstr("2026-03-01 已逾期"), Not(HasSubstr("MEALS_"))));
  EXPECT_THAT(RenderChangeRequests({Renamed()}, Language::kEnglish, 0),
              AllOf(HasSubstr("SAMR"), HasSubstr("2026-03-01 overdue")));
}

TEST(ChangeRequestViewTest, AnEndSaysHowAndWhen) {
  pb::ChangeRequest request = Renamed();
  request.set_kind(pb::CHANGE_REQUEST_KIND_REGISTRATION_ENDED);
  request.set_ending("REVOKED");
  *request.mutable_ended_on() = ToProto(absl::CivilDay(2026, 2, 9));
  EXPECT_THAT(RenderChangeRequest(request, Language::kChinese, 0),
              HasSubstr("登记被吊销 2026-02-09"));
}

}  // namespace
}  // namespace tuoyu::cli
