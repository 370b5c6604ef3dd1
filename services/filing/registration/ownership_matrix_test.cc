// Owner × writer × approver: what every unit may propose of every field, and who decides, as the file says.
#include "services/filing/registration/change_request_rules.h"
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

class OwnershipMatrixTest : public UnitsFixture {
 protected:
  // A value of the field other than that of the register.
  static std::string Another(const v1::FilingContent& content, const std::string& field) {
    for (const char* value : {"2020-02-20", "MEALS_NONE", "LEGAL_FORM_NONPROFIT", "REGISTRAR_CIVIL",
                              "FACILITY_TYPE_KINDERGARTEN", "OWNERSHIP_PUBLIC", "演练另一值"}) {
      if (IsFieldText(field, value) && FieldText(content, field) != value) return value;
    }
    return "7";
  }
  std::string Propose(const std::string& facility, const v1::Unit& unit, const std::string& field,
                      const std::string& value, std::string* name) const {
    v1::ProposeChangeRequest request;
    request.set_facility(facility);
    request.add_values()->set_field(field);
    request.mutable_values(0)->set_value(value);
    request.set_document_number("演练函〔2026〕3号");
    const auto made =
        CallOn(*change_stub_, &ChangeRequests::ProposeChange, UnitToken(unit.code()), request);
    if (made.ok()) *name = made->name();
    return ReasonOf(made.status());
  }
  std::string Decide(const std::string& name, rpc::Role role) const {
    v1::DecideChangeRequestRequest request;
    request.set_name(name);
    request.set_decision(v1::CHANGE_REQUEST_DECISION_RETURN);
    request.set_reason("请核对来源");
    return ReasonOf(
        CallOn(*change_stub_, &ChangeRequests::DecideChangeRequest, Token(role), request).status());
  }
};

TEST_F(OwnershipMatrixTest, EveryUnitAndFieldIsAsTheFileSays) {
  const v1::FilingContent content = Form("演练托育园");
  const std::string facility = Register(content);
  const auto file =
      CallOn(*change_stub_, &ChangeRequests::GetFieldOwnership, "", v1::GetFieldOwnershipRequest());
  ASSERT_OK(file);
  ASSERT_GT(file->fields_size(), 10);
  int proposed = 0;
  for (const v1::FieldOwnership& field : file->fields()) {
    for (const char* code : {"DHC", "EDU", "ORG_ESTAB", "CIVIL", "SAMR", "UNION", "PSB"}) {
      SCOPED_TRACE(absl::StrCat(field.field(), " by ", code));
      const v1::Unit& unit = *units_.Find(code);
      std::string name;
      const std::string reason =
          Propose(facility, unit, field.field(), Another(content, field.field()), &name);
      EXPECT_EQ(Read(facility).content().name(), "演练托育园");
      if (!MayPropose(field, code, "SAMR")) {
        EXPECT_EQ(reason, "FIELD_NOT_YOURS");
        continue;
      }
      EXPECT_EQ(reason, "");
      ++proposed;
      rpc::RoleSet reviewer;
      reviewer.Add(common::v1::ROLE_DHC_REVIEWER);
      const bool may = MayDecide(field, reviewer);
      EXPECT_EQ(Decide(name, common::v1::ROLE_DHC_REVIEWER), may ? "" : "FIELD_APPROVER_OTHER");
      if (may) continue;
      EXPECT_EQ(Decide(name, common::v1::ROLE_DHC_APPROVER), "");
    }
  }
  EXPECT_GT(proposed, 15);
  EXPECT_EQ(Read(facility).version(), 1) << "none of it touched the register";
}

}  // namespace
}  // namespace tuoyu::filing
