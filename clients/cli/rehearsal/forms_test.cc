// Every form of the rehearsal passes the rules, as of the day it is handed in.
#include "clients/cli/rehearsal/forms.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/rehearsal/current.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "clients/cli/rehearsal/pdf.h"
#include "clients/cli/rehearsal/plan.h"
#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/ids/made_up.h"
#include "common/ids/phone.h"
#include "common/ids/resident_id.h"
#include "common/ids/uscc.h"
#include "common/privacy/digest.h"
#include "services/filing/filing_rules.h"
#include "services/filing/rule_set.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr absl::CivilDay kToday(2026, 3, 12);

const data::Divisions& Dazu() {
  static const data::Divisions& divisions = *new data::Divisions(
      data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv").value());
  return divisions;
}

const pb::RuleSet& Rules() {
  static const pb::RuleSet& rules =
      *new pb::RuleSet(filing::LoadRuleSet(TUOYU_DATA_DIR "/rules/national-2019-58.yaml").value());
  return rules;
}

std::string Text(const std::vector<common::v1::Violation>& violations) {
  std::string text;
  for (const auto& each : violations) {
    absl::StrAppend(&text, each.field(), " ", each.reason(), " ", each.message_en(), "\n");
  }
  return text;
}

TEST(FormsTest, BackEntriesHaveNothingToMend) {
  for (const int size : {60, 400}) {
    const District district = District::Create({16, size}, Dazu()).value();
    for (const Batch& batch : Batches(district)) {
      const auto request = MakeRequest(district, batch, Dazu(), absl::CivilDay(2025, 12, 31));
      for (const pb::BackEntry& entry : request.entries()) {
        const auto violations = filing::CheckBackEntry(entry, {Rules(), Dazu(), kToday});
        EXPECT_FALSE(filing::HasBlocking(violations)) << entry.source().source_id() << "\n"
                                                      << Text(violations);
      }
    }
  }
}

TEST(FormsTest, TodaysFirstFilingsPassTheWholeCheck) {
  const District district = District::Create({16, 60}, Dazu()).value();
  int checked = 0;
  for (const CurrentFiling& current : CurrentFilings(district, Dazu(), kToday)) {
    if (current.kind != pb::FILING_KIND_INITIAL) continue;
    pb::Filing filing;
    filing.set_kind(pb::FILING_KIND_INITIAL);
    *filing.mutable_content() = MakeContent(current.plan, 16, Dazu());
    filing.mutable_commitment()->set_text_version(Rules().commitment().text_version());
    filing.mutable_commitment()->set_signed_by(filing.content().signed_by());
    *filing.mutable_commitment()->mutable_signed_on() = ToProto(kToday);
    int number = 0;
    for (const pb::MaterialKind kind : MaterialsFor(filing.content())) {
      pb::Material* material = filing.add_materials();
      *material = MakeMaterial(filing.content(), kind, kToday);
      material->set_file_name("made-up.pdf");
      material->set_size_bytes(1000);
      material->set_sha256(privacy::Sha256Hex(absl::StrCat(++number)));
      material->set_content_type("application/pdf");
    }
    const auto violations = filing::CheckSubmission(filing, nullptr, {Rules(), Dazu(), kToday});
    EXPECT_FALSE(filing::HasBlocking(violations)) << current.account << "\n" << Text(violations);
    ++checked;
  }
  EXPECT_GE(checked, 10);
}

TEST(FormsTest, NamesSayThatTheyAreMadeUp) {
  const District district = District::Create({16, 60}, Dazu()).value();
  std::set<std::string> names;
  for (const FacilityPlan& plan : district.facilities()) {
    const pb::FilingContent content = MakeContent(plan, 16, Dazu(), true);
    EXPECT_TRUE(absl::StrContains(content.name(), "演练")) << content.name();
    EXPECT_TRUE(absl::StrContains(content.principal_name(), "演练"));
    EXPECT_TRUE(names.insert(content.name()).second) << content.name();
  }
}

TEST(IdentifiersTest, PassTheirChecks) {
  std::set<std::string> codes;
  for (const char* prefix : {"12", "52", "91", "92"}) {
    for (uint32_t number = 0; number < 2000; ++number) {
      const std::string code = MadeUpUscc(prefix, 16, number);
      EXPECT_TRUE(ids::NormaliseUscc(code).ok()) << code;
      EXPECT_TRUE(codes.insert(code).second);
    }
  }
  EXPECT_NE(MadeUpUscc("91", 16, 1), MadeUpUscc("91", 17, 1));
  for (uint32_t pick = 0; pick < 8; ++pick) {
    const std::string id = ids::MadeUpResidentId(absl::CivilDay(1988, 2, 29), pick);
    EXPECT_TRUE(ids::NormaliseResidentId(id, kToday).ok()) << id;
  }
  for (const uint32_t number : {0U, 99'999U, 100'000U, 299'999U, 300'000U}) {
    EXPECT_TRUE(ids::NormalisePhone(MadeUpPhone(number)).ok()) << MadeUpPhone(number);
  }
}

TEST(CurrentTest, EveryOpenStateIsLeftToSomeone) {
  const District district = District::Create({16, 60}, Dazu()).value();
  std::set<pb::FilingState> ends;
  std::set<std::string> accounts;
  for (const CurrentFiling& current : CurrentFilings(district, Dazu(), kToday)) {
    ends.insert(current.end);
    EXPECT_TRUE(accounts.insert(current.account).second);
  }
  for (int state = pb::FILING_STATE_DRAFT; state <= pb::FILING_STATE_WITHDRAWN; ++state) {
    EXPECT_TRUE(ends.count(static_cast<pb::FilingState>(state))) << pb::FilingState_Name(state);
  }
}

// Walks the state machine by hand: every scenario reaches its end and stays there.
TEST(CurrentTest, EveryScenarioEnds) {
  const District district = District::Create({16, 60}, Dazu()).value();
  for (const CurrentFiling& current : CurrentFilings(district, Dazu(), kToday)) {
    pb::Filing filing;
    filing.set_state(pb::FILING_STATE_DRAFT);
    for (int step = 0; step < 12; ++step) {
      const Act act = NextAct(current, filing);
      if (act == Act::kNone) break;
      if (act == Act::kSubmit) filing.set_package_version(filing.package_version() + 1);
      filing.set_state(act == Act::kSubmit     ? pb::FILING_STATE_SUBMITTED
                       : act == Act::kReturn   ? pb::FILING_STATE_RETURNED_INCOMPLETE
                       : act == Act::kReceive  ? pb::FILING_STATE_RECEIVED
                       : act == Act::kNotice   ? pb::FILING_STATE_NONCONFORMITY_NOTICED
                       : act == Act::kRectify  ? pb::FILING_STATE_RECTIFYING
                       : act == Act::kComplete ? pb::FILING_STATE_COMPLETED
                       : act == Act::kWithdraw ? pb::FILING_STATE_WITHDRAWN
                       : current.kind == pb::FILING_KIND_CANCELLATION ? pb::FILING_STATE_COMPLETED
                                                                      : pb::FILING_STATE_FILED);
    }
    EXPECT_EQ(filing.state(), current.end) << current.account;
  }
}

TEST(PdfTest, IsAWholeSmallFile) {
  const std::string pdf = MakePdf({"演练材料", "M01"});
  EXPECT_TRUE(absl::StartsWith(pdf, "%PDF-1.4\n"));
  EXPECT_TRUE(absl::EndsWith(pdf, "%%EOF\n"));
  EXPECT_LT(pdf.size(), 2000U);
  EXPECT_EQ(pdf, MakePdf({"演练材料", "M01"}));
  EXPECT_NE(pdf, MakePdf({"演练材料", "M02"}));
  // The table of objects begins where the trailer says.
  const size_t start = pdf.find("startxref\n") + 10;
  EXPECT_EQ(pdf.substr(std::stoul(pdf.substr(start)), 4), "xref");
}

}  // namespace
}  // namespace tuoyu::rehearsal
