#include "clients/cli/failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/identity.h"
#include "clients/cli/labels.h"
#include "common/rpc/errors.h"
#include "tuoyu/complaint/v1/case_service.pb.h"
#include "tuoyu/inspection/v1/draw_service.pb.h"

namespace tuoyu::cli {
namespace {

using common::v1::Violation;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;

Violation MakeViolation(const std::string& field, bool blocking) {
  Violation violation;
  violation.set_field(field);
  violation.set_reason("MADE_UP");
  violation.set_message_zh(absl::StrCat("请改正 ", field));
  violation.set_message_en(absl::StrCat("mend ", field));
  violation.set_level(common::v1::RULE_LEVEL_NATIONAL);
  violation.set_source("58号 第一条");
  violation.set_blocking(blocking);
  return violation;
}

TEST(FailureTest, EveryViolationIsListedInBothLanguages) {
  std::vector<Violation> violations;
  for (int i = 0; i < 30; ++i) {
    violations.push_back(MakeViolation(absl::StrCat("content.classes[", i, "].capacity"), true));
  }
  const absl::Status status = rpc::FormError(violations);
  const std::string zh = DescribeFailure(status, Language::kChinese, 0);
  const std::string en = DescribeFailure(status, Language::kEnglish, 0);
  EXPECT_THAT(zh, HasSubstr("内容有误"));
  EXPECT_THAT(zh, HasSubstr("[FORM_INVALID]"));
  EXPECT_THAT(en, HasSubstr("Not valid"));
  const auto shown = rpc::ViolationsOf(status);
  ASSERT_FALSE(shown.empty());
  for (const Violation& violation : shown) {
    EXPECT_THAT(zh, HasSubstr(violation.message_zh()));
    EXPECT_THAT(en, HasSubstr(violation.message_en()));
  }
}

TEST(FailureTest, WhatATextNamesByItsCodeIsToldByItsLabel) {
  const absl::Status status = rpc::Error("WRONG_STATE", {{"state", "DRAW_STATE_DRAWN"}});
  const std::string zh = DescribeFailure(status, Language::kChinese, 0);
  EXPECT_THAT(zh, HasSubstr(LabelOf(
                      *inspection::v1::DrawState_descriptor()->FindValueByName("DRAW_STATE_DRAWN"),
                      Language::kChinese)));
  EXPECT_THAT(zh, Not(HasSubstr("DRAW_STATE_DRAWN")));
  EXPECT_THAT(zh, HasSubstr("[WRONG_STATE]")) << "the reason is for scripts and hotlines";
  EXPECT_THAT(DescribeFailure(status, Language::kEnglish, 0), Not(HasSubstr("DRAW_STATE_DRAWN")));
  Violation violation = MakeViolation("measures", true);
  violation.set_message_zh("应当给予：PENALTY_MEASURE_FINE");
  EXPECT_THAT(RenderViolations({violation}, Language::kChinese, 0),
              Not(HasSubstr("PENALTY_MEASURE_FINE")));
}

TEST(FailureTest, RolesThatMayAreToldOfEachService) {
  ASSERT_NE(complaint::v1::AcceptCaseRequest::descriptor(), nullptr) << "linked";
  const absl::Status status =
      rpc::Error("ROLE_NOT_ALLOWED", {{"method", "CaseService/AcceptCase"}});
  EXPECT_THAT(DescribeFailure(status, Language::kEnglish, 0), HasSubstr("Roles that may: "));
}

TEST(IdentityTest, AnOfficerOfATownActsForTheTownAndOthersForTheHealthCommission) {
  Identity identity;
  identity.divisions = {"500111001"};
  EXPECT_EQ(OrganisationOf(identity, {common::v1::ROLE_TOWN_OFFICER}), "T_500111001");
  EXPECT_EQ(OrganisationOf(identity, {common::v1::ROLE_DHC_COMPLAINT_HANDLER}), "DHC");
  identity.organisation = "SAMR";
  EXPECT_EQ(OrganisationOf(identity, {common::v1::ROLE_TOWN_OFFICER}), "SAMR");
}

TEST(FailureTest, BlockingViolationsStandFirstWithTheLineOfTheFile) {
  const data::FieldLines lines = {{"content.lease_end", 27}, {"attachments", 80}};
  const std::string text = RenderViolations(
      {MakeViolation("materials[M03]", false), MakeViolation("content.lease_end", true)},
      Language::kChinese, 0, &lines);
  EXPECT_THAT(text, HasSubstr("27"));
  EXPECT_THAT(text, HasSubstr("80")) << "materials of the form are the attachments of the file";
  EXPECT_THAT(text.find("请改正 content.lease_end"), Lt(text.find("请改正 materials[M03]")));
}

TEST(FailureTest, ExitCodesFollowTheKindOfError) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), kExitOk);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), kExitRefused);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), kExitRefused);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), kExitRefused);
  EXPECT_EQ(ExitCodeOf(absl::UnauthenticatedError("")), kExitNotAllowed);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("")), kExitNotAllowed);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), kExitNotFound);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), kExitUnavailable);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), kExitUnavailable);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), kExitNotVerified);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), kExitInternal);
}

TEST(FailureTest, ARefusedRoleIsToldWhichRolesMay) {
  const absl::Status status =
      rpc::Error("ROLE_NOT_ALLOWED", {{"method", "FilingService/AcceptFiling"}});
  EXPECT_THAT(DescribeFailure(status, Language::kEnglish, 0),
              HasSubstr("Roles that may: approver"));
}

TEST(FailureTest, ProgramsGetReasonTextsAndViolations) {
  const auto json = FailureToJson(rpc::FormError({MakeViolation("content.name", true)}));
  const auto& error = json.at("error");
  EXPECT_EQ(error.at("code"), "INVALID_ARGUMENT");
  EXPECT_EQ(error.at("reason"), "FORM_INVALID");
  EXPECT_FALSE(error.at("message_zh").get<std::string>().empty());
  ASSERT_EQ(error.at("violations").size(), 1u);
  EXPECT_EQ(error.at("violations")[0].at("field"), "content.name");
  EXPECT_EQ(error.at("violations")[0].at("blocking"), true);
}

}  // namespace
}  // namespace tuoyu::cli
