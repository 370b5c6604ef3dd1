// Who files, and where: routes of registration, names, the lease, the commitment.
#include <functional>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/names.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::National;
using testing::On;
using testing::ValidFiling;
using Content = v1::FilingContent;
using Found = std::vector<std::string>;

// "content.uscc REG_ROUTE_MISMATCH SYSTEM advises" of each violation.
Found Check(const v1::Filing& filing, CivilDay today = kToday) {
  return LinesWithLevel(CheckSubmission(filing, nullptr, On(today)));
}

Found With(const std::function<void(Content&)>& set,
           v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY) {
  v1::Filing filing = ValidFiling(type);
  set(*filing.mutable_content());
  return Check(filing);
}

TEST(FormRulesTest, TheLegalFormDecidesRegistrarProfitNatureAndUsuallyTheCode) {
  struct Case {
    v1::LegalForm form;
    v1::Registrar registrar;
    v1::ProfitNature nature;
    const char* uscc;
    bool usual;
  };
  const auto institution = v1::LEGAL_FORM_PUBLIC_INSTITUTION;
  const auto nonprofit = v1::LEGAL_FORM_NONPROFIT;
  const auto for_profit = v1::LEGAL_FORM_FOR_PROFIT;
  const auto none = v1::PROFIT_NATURE_NONPROFIT;
  const auto profit = v1::PROFIT_NATURE_FOR_PROFIT;
  for (const Case& c :
       std::vector<Case>{{institution, v1::REGISTRAR_ORG_ESTAB, none, "12500111QQ0000012N", true},
                         {institution, v1::REGISTRAR_ORG_ESTAB, none, "52500111MJQQ000277", false},
                         {nonprofit, v1::REGISTRAR_CIVIL, none, "52500111MJQQ000277", true},
                         {nonprofit, v1::REGISTRAR_CIVIL, none, "91500111MAQQ000327", false},
                         {for_profit, v1::REGISTRAR_SAMR, profit, "91500111MAQQ000327", true},
                         {for_profit, v1::REGISTRAR_SAMR, profit, "92500111MAQQ00040Y", true},
                         {for_profit, v1::REGISTRAR_SAMR, profit, "12500111QQ0000012N", false}}) {
    const auto set = [&](Content& content) {
      content.set_legal_form(c.form);
      content.set_registrar(c.registrar);
      content.set_profit_nature(c.nature);
      content.set_ownership(v1::OWNERSHIP_PUBLIC);
      content.set_uscc(c.uscc);
    };
    // A mismatch of the code is a warning, never a block.
    const Found warned = {"content.uscc REG_ROUTE_MISMATCH SYSTEM advises"};
    EXPECT_EQ(With(set), c.usual ? Found() : warned) << c.form << " " << c.uscc;
    // An employer's own certificate may be of any kind.
    EXPECT_THAT(With(
                    [&](Content& content) {
                      set(content);
                      content.set_parent_organisation_uscc(c.uscc);
                    },
                    v1::FACILITY_TYPE_EMPLOYER),
                IsEmpty());
    for (const auto registrar :
         {v1::REGISTRAR_ORG_ESTAB, v1::REGISTRAR_CIVIL, v1::REGISTRAR_SAMR}) {
      if (registrar == c.registrar || !c.usual) continue;
      EXPECT_THAT(With([&](Content& content) {
                    set(content);
                    content.set_registrar(registrar);
                    content.set_profit_nature(c.nature == none ? profit : none);
                  }),
                  ElementsAre("content.registrar REGISTRAR_MISMATCH NATIONAL blocks",
                              "content.profit_nature PROFIT_NATURE_MISMATCH NATIONAL blocks"));
    }
  }
}

TEST(FormRulesTest, TheScopeStatesTheServiceInOneOfItsWordings) {
  for (const char* scope : {"托育服务", "教育咨询；托育服务（不含餐饮）", "3岁以下婴幼儿照护服务",
                            "三岁以下婴幼儿照护服务"}) {
    EXPECT_THAT(With([=](Content& c) { c.set_business_scope(scope); }), IsEmpty()) << scope;
  }
  for (const char* scope : {"教育咨询", "托 育 服 务", "婴幼儿照护"}) {
    EXPECT_THAT(With([=](Content& c) { c.set_business_scope(scope); }),
                ElementsAre("content.business_scope SCOPE_WORDS_MISSING NATIONAL blocks"))
        << scope;
  }
}

TEST(FormRulesTest, AHomeBasedSiteIsCalledAndRegisteredAsOne) {
  const auto home = v1::FACILITY_TYPE_HOME_BASED;
  EXPECT_THAT(With([](Content& c) { c.set_name("大足区示例之家"); }, home),
              ElementsAre("content.name NAME_HOME_BASED NATIONAL blocks"));
  EXPECT_THAT(With([](Content& c) { c.set_business_scope("托育服务"); }, home),
              ElementsAre("content.business_scope SCOPE_HOME_BASED NATIONAL blocks"));
  EXPECT_THAT(With(
                  [](Content& c) {
                    c.set_legal_form(v1::LEGAL_FORM_NONPROFIT);
                    c.set_registrar(v1::REGISTRAR_CIVIL);
                    c.set_profit_nature(v1::PROFIT_NATURE_NONPROFIT);
                    c.set_uscc("52500111MJQQ000277");
                  },
                  home),
              ElementsAre("content.legal_form HOME_BASED_LEGAL_FORM NATIONAL blocks"));
  // Of an ordinary facility the name may do without (25号 art. 5).
  EXPECT_THAT(With([](Content& c) { c.set_name("大足区示例之家"); }), IsEmpty());
}

TEST(FormRulesTest, KindergartensAndEmployersNameTheirOrganisation) {
  for (const auto type : {v1::FACILITY_TYPE_KINDERGARTEN, v1::FACILITY_TYPE_EMPLOYER}) {
    EXPECT_THAT(With([](Content& c) { c.clear_parent_organisation_uscc(); }, type),
                ElementsAre("content.parent_organisation_uscc FIELD_REQUIRED NATIONAL blocks"));
  }
  EXPECT_THAT(With([](Content& c) { c.set_parent_organisation_uscc("12500111QQ0000012N"); }),
              ElementsAre("content.parent_organisation_uscc PARENT_UNUSED SYSTEM advises"));
}

TEST(FormRulesTest, NamesHaveTheSignsOfNamesOnly) {
  for (const char* name : {"示例（大足）托育园", "小太阳·ABC托育中心3店", "示例托育园—总部"}) {
    EXPECT_THAT(With([=](Content& c) { c.set_name(name); }), IsEmpty()) << name;
  }
  for (const char* name : {"示例托育园；", "示例<托育>", "Sunflower Nursery", "托育园😀"}) {
    EXPECT_THAT(With([=](Content& c) { c.set_name(name); }),
                ElementsAre("content.name NAME_CHARACTERS SYSTEM blocks"))
        << name;
  }
  for (const char* person : {"阿依古丽·买买提", "𠮷田示例", "Mary O'Neill-Li"}) {
    EXPECT_THAT(With([=](Content& c) { c.set_principal_name(person); }), IsEmpty()) << person;
  }
  for (const char* person : {"李示例1", "李示例（代）"}) {
    EXPECT_THAT(With([=](Content& c) { c.set_principal_name(person); }),
                ElementsAre("content.principal_name PERSON_NAME_CHARACTERS SYSTEM blocks"))
        << person;
  }
}

TEST(FormRulesTest, ThePrincipalIsEighteen) {
  // Born 2008-03-12 and -13.
  EXPECT_THAT(With([](Content& c) { c.set_principal_id_number("500111200803129967"); }), IsEmpty());
  EXPECT_THAT(With([](Content& c) { c.set_principal_id_number("500111200803139962"); }),
              ElementsAre("content.principal_id_number PRINCIPAL_UNDER_AGE NATIONAL blocks"));
}

TEST(FormRulesTest, ALeaseRunsForThreeYearsWithItsLastDay) {
  struct Case {
    CivilDay start;
    CivilDay end;
    Found found;
  };
  const Found too_short = {"content.lease_end LEASE_TOO_SHORT NATIONAL blocks"};
  for (const Case& c : std::vector<Case>{{CivilDay(2024, 3, 1), CivilDay(2027, 2, 28), {}},
                                         {CivilDay(2024, 3, 1), CivilDay(2027, 2, 27), too_short},
                                         {CivilDay(2025, 7, 15), CivilDay(2028, 7, 14), {}},
                                         {CivilDay(2025, 7, 15), CivilDay(2028, 7, 13), too_short},
                                         {CivilDay(2024, 2, 29), CivilDay(2027, 2, 28), {}},
                                         {CivilDay(2024, 2, 29), CivilDay(2027, 2, 27), too_short},
                                         {CivilDay(2025, 3, 1), CivilDay(2028, 2, 29), {}},
                                         {CivilDay(2025, 3, 1), CivilDay(2028, 2, 28), too_short},
                                         {CivilDay(2023, 3, 13), CivilDay(2026, 3, 12), {}},
                                         {CivilDay(2023, 3, 1),
                                          CivilDay(2026, 3, 11),
                                          {"content.lease_end LEASE_EXPIRED NATIONAL blocks"}},
                                         {kToday, CivilDay(2029, 3, 11), {}},
                                         {kToday + 1,
                                          CivilDay(2030, 1, 1),
                                          {"content.lease_start LEASE_NOT_STARTED SYSTEM blocks"}},
                                         {CivilDay(2025, 3, 1),
                                          CivilDay(2025, 3, 1),
                                          {"content.lease_end LEASE_ORDER SYSTEM blocks"}}}) {
    EXPECT_EQ(With([&](Content& content) {
                *content.mutable_lease_start() = ToProto(c.start);
                *content.mutable_lease_end() = ToProto(c.end);
              }),
              c.found)
        << FormatDay(c.start) << " to " << FormatDay(c.end);
  }
}

TEST(FormRulesTest, ALeaseHasBothDaysAndOwnPremisesHaveNone) {
  EXPECT_THAT(With([](Content& c) {
                c.clear_lease_start();
                c.clear_lease_end();
              }),
              ElementsAre("content.lease_start FIELD_REQUIRED NATIONAL blocks",
                          "content.lease_end FIELD_REQUIRED NATIONAL blocks"));
  EXPECT_THAT(With([](Content& c) {
                c.clear_lease_start();
                *c.mutable_lease_end() = ToProto(kToday - 1);
              }),
              ElementsAre("content.lease_start FIELD_REQUIRED NATIONAL blocks",
                          "content.lease_end LEASE_EXPIRED NATIONAL blocks"));
  EXPECT_THAT(With([](Content& c) { c.set_premises_tenure(v1::PREMISES_TENURE_OWNED); }),
              ElementsAre("content.lease_start LEASE_UNUSED SYSTEM advises"));
  EXPECT_THAT(With([](Content& c) {
                c.set_premises_tenure(v1::PREMISES_TENURE_OWNED);
                c.clear_lease_start();
                c.clear_lease_end();
              }),
              IsEmpty());
}

TEST(FormRulesTest, TheIndoorAreaFitsIntoTheGrossFloorArea) {
  const auto areas = [](double gross, double indoor) {
    return With([=](Content& c) {
      c.set_gross_floor_area_m2(gross);
      c.set_indoor_usable_area_m2(indoor);
    });
  };
  EXPECT_THAT(areas(420.5, 420.5), IsEmpty());
  EXPECT_THAT(areas(420.5, 420.51),
              ElementsAre("content.indoor_usable_area_m2 AREA_INDOOR_OVER_GROSS SYSTEM blocks"));
}

TEST(FormRulesTest, TheCommitmentIsTheCurrentTextSignedByAPersonOnAPastDay) {
  struct Case {
    std::function<void(v1::Commitment&)> spoil;
    Found found;
  };
  using C = v1::Commitment;
  for (const Case& c :
       std::vector<Case>{{[](C& m) { *m.mutable_points() = National().commitment().points(); }, {}},
                         {[](C& m) {
                            *m.mutable_points() = National().commitment().points();
                            m.mutable_points()->RemoveLast();
                          },
                          {"commitment.points COMMITMENT_POINTS_DIFFER NATIONAL blocks"}},
                         {[](C& m) { m.set_text_version("2018"); },
                          {"commitment.text_version COMMITMENT_TEXT_OUTDATED NATIONAL blocks"}},
                         {[](C& m) { m.clear_text_version(); },
                          {"commitment.text_version FIELD_REQUIRED NATIONAL blocks"}},
                         {[](C& m) { m.clear_signed_by(); },
                          {"commitment.signed_by FIELD_REQUIRED NATIONAL blocks"}},
                         {[](C& m) { m.set_signed_by("李1示例"); },
                          {"commitment.signed_by PERSON_NAME_CHARACTERS SYSTEM blocks"}},
                         {[](C& m) { m.clear_signed_on(); },
                          {"commitment.signed_on FIELD_REQUIRED NATIONAL blocks"}},
                         {[](C& m) { *m.mutable_signed_on() = ToProto(kToday); }, {}},
                         {[](C& m) { *m.mutable_signed_on() = ToProto(kToday + 1); },
                          {"commitment.signed_on DATE_IN_FUTURE SYSTEM blocks"}}}) {
    v1::Filing filing = ValidFiling();
    c.spoil(*filing.mutable_commitment());
    EXPECT_EQ(Check(filing), c.found);
  }
}

TEST(FormRulesTest, ValuesHaveNamesAndUnknownOnesThatOfTheirKind) {
  EXPECT_EQ(NameOf(v1::FACILITY_TYPE_HOME_BASED).zh, "家庭托育点");
  EXPECT_EQ(NameOf(v1::LEGAL_FORM_FOR_PROFIT).en, "for-profit organisation");
  EXPECT_EQ(NameOf(v1::REGISTRAR_CIVIL).zh, "民政部门");
  EXPECT_EQ(NameOf(v1::CLASS_KIND_MIXED).zh, "混合编班");
  EXPECT_EQ(NameOf(v1::STAFF_ROLE_COOK).en, "cook");
  EXPECT_EQ(NameOf(v1::SERVICE_MODE_TEMPORARY).zh, "临时托");
  EXPECT_EQ(NameOf(v1::FILING_KIND_CANCELLATION).zh, "备案注销");
  EXPECT_EQ(NameOf(v1::ClassKind{77}).zh, "班级");
  EXPECT_EQ(NameOf(v1::ClassKind{-1}).zh, "班级");
}

}  // namespace
}  // namespace tuoyu::filing
