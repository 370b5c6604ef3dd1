// Back entry (补录) of filings older than the system.
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/back_entries.h"
#include "services/filing/filing_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::tuoyu::testing::StatusIs;

class BackEntryTest : public FilingFixture {
 protected:
  v1::BackEntry Entry(const std::string& receipt_number = "大卫托备〔2021〕7号") {
    v1::BackEntry entry = testing::ValidBackEntry();
    entry.mutable_content()->set_uscc(MadeUpUscc(++serial_));
    entry.mutable_content()->clear_external_ids();
    entry.set_receipt_number(receipt_number);
    entry.mutable_source()->set_source_system("paper");
    entry.mutable_source()->set_source_id(absl::StrCat("2021-", serial_));
    return entry;
  }
  absl::StatusOr<v1::BackEnterFilingsResponse> Enter(const std::vector<v1::BackEntry>& entries,
                                                     const std::string& token,
                                                     bool validate_only = false) const {
    v1::BackEnterFilingsRequest request;
    for (const v1::BackEntry& entry : entries) *request.add_entries() = entry;
    request.set_validate_only(validate_only);
    return Call(&Stub::BackEnterFilings, token, request);
  }
  std::string Rows(const std::string& table) {
    return database_.Value("SELECT COUNT(*) FROM " + table);
  }
};

TEST_F(BackEntryTest, HistoryHoldsFromItsOwnDay) {
  const v1::BackEntry entry = Entry();
  const auto entered = Enter({entry, Entry("")}, Archivist());
  ASSERT_OK(entered);
  ASSERT_THAT(entered->results(), SizeIs(2));
  const auto filing = Get(entered->results(0).filing(), Archivist());
  ASSERT_OK(filing);
  EXPECT_EQ(filing->state(), v1::FILING_STATE_COMPLETED);
  EXPECT_TRUE(filing->back_entered());
  EXPECT_EQ(filing->receipt_number(), entry.receipt_number());
  EXPECT_EQ(filing->facility(), entered->results(0).facility());
  EXPECT_FALSE(filing->has_receipt_deadline());
  const auto facility = Facility(filing->facility());
  ASSERT_OK(facility);
  EXPECT_EQ(*FromProto(facility->valid_from()), *FromProto(entry.filed_on()));
  EXPECT_TRUE(facility->back_entered());
  const auto receipt = On(filing->name(), &Stub::GetReceipt, Archivist());
  ASSERT_OK(receipt);
  EXPECT_TRUE(receipt->receipt().back_entered());
  EXPECT_EQ(receipt->receipt().receipt_number(), entry.receipt_number());
  EXPECT_EQ(ReasonOf(On(entered->results(1).filing(), &Stub::GetReceipt, Archivist()).status()),
            "RECEIPT_NOT_FOUND")
      << "no number on the paper, none given";
  EXPECT_THAT(VerifiedActions(), Contains("filing.back_entered"));
  EXPECT_THAT(VerifiedActions(), Contains("facility.back_entered"));
}

TEST_F(BackEntryTest, AChangeFollowsItsFilingInTheSameBatch) {
  v1::BackEntry first = Entry();
  v1::BackEntry change = first;
  change.set_kind(v1::FILING_KIND_CHANGE);
  change.set_receipt_number("大卫托备〔2023〕9号");
  change.mutable_source()->set_source_id("2023-9");
  change.mutable_content()->set_opening_hours("周一至周五 08:00-17:00");
  *change.mutable_filed_on() = ToProto(absl::CivilDay(2023, 5, 8));
  change.clear_effective_date();
  change.clear_recognitions();
  const auto entered = Enter({first, change}, Archivist());
  ASSERT_OK(entered);
  EXPECT_EQ(entered->results(0).facility(), entered->results(1).facility());
  const auto facility = Facility(entered->results(0).facility());
  EXPECT_EQ(facility->content().opening_hours(), "周一至周五 08:00-17:00");
  EXPECT_EQ(facility->filing(), entered->results(1).filing());
}

TEST_F(BackEntryTest, AllOrNone) {
  v1::BackEntry bad = Entry("");
  bad.mutable_content()->set_uscc("91500111MAQQ000328");
  const absl::Status refused = Enter({Entry(""), bad}, Archivist()).status();
  EXPECT_EQ(ReasonOf(refused), "FORM_INVALID");
  ASSERT_THAT(rpc::ViolationsOf(refused), Not(IsEmpty()));
  EXPECT_EQ(rpc::ViolationsOf(refused)[0].field(), "entries[1].content.uscc");
  EXPECT_EQ(Rows("filing"), "0");
  EXPECT_EQ(Rows("facility"), "0");
  EXPECT_EQ(ReasonOf(Enter({}, Archivist()).status()), "FIELD_MISSING");
  EXPECT_EQ(ReasonOf(Enter(std::vector<v1::BackEntry>(201, bad), Archivist()).status()),
            "LIST_TOO_LONG");
}

TEST_F(BackEntryTest, ValidateOnlyTellsEverythingAndChangesNothing) {
  const v1::BackEntry known = Entry();
  ASSERT_OK(Enter({known}, Archivist()));
  const std::string before = Rows("request_log") + Rows("filing") + Rows("journal_entry");
  v1::BackEntry bad = Entry("");
  bad.mutable_content()->clear_uscc();
  v1::BackEntry repeated = Entry(known.receipt_number());
  *repeated.mutable_source() = known.source();
  repeated.set_evidence("另一份档案");
  const auto checked = Enter({Entry(""), bad, repeated}, Archivist(), /*validate_only=*/true);
  ASSERT_OK(checked);
  EXPECT_THAT(checked->results(), IsEmpty());
  std::vector<std::string> found;
  for (const auto& violation : checked->violations()) {
    if (violation.blocking()) found.push_back(violation.field() + " " + violation.reason());
  }
  EXPECT_THAT(found, Contains("entries[2].source SOURCE_ID_EXISTS"));
  EXPECT_THAT(found, Contains("entries[2].receipt_number BACK_ENTRY_CONFLICT"));
  EXPECT_THAT(found, Contains(::testing::StartsWith("entries[1].content.uscc")));
  EXPECT_EQ(Rows("request_log") + Rows("filing") + Rows("journal_entry"), before);
}

TEST_F(BackEntryTest, ARepeatedImportMakesNoDouble) {
  const v1::BackEntry entry = Entry("");
  ASSERT_OK(Enter({entry}, Archivist()));
  v1::BackEntry again = Entry("");
  *again.mutable_source() = entry.source();
  const absl::Status source = Enter({Entry(""), again}, Archivist()).status();
  EXPECT_THAT(source, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReasonOf(source), "SOURCE_ID_EXISTS");
  EXPECT_EQ(rpc::MetadataOf(source)["field"], "entries[1].source");
  const absl::Status number = Enter({Entry("7号"), Entry("7号")}, Archivist()).status();
  EXPECT_THAT(number, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(number), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(Rows("facility"), "1");
}

TEST_F(BackEntryTest, TheSameEntryAgainIsAnsweredWithWhatWasMadeOfIt) {
  const v1::BackEntry entry = Entry();
  const auto first = Enter({entry}, Archivist());
  ASSERT_OK(first);
  const std::string before = Rows("filing") + Rows("facility") + Rows("journal_entry");
  // Alone, as by another call.
  const auto again = Enter({entry}, Archivist());
  ASSERT_OK(again);
  ASSERT_THAT(again->results(), SizeIs(1));
  EXPECT_TRUE(again->results(0).already_entered());
  ASSERT_THAT(again->violations(), SizeIs(1));
  EXPECT_EQ(again->violations(0).field(), "entries[0].source");
  EXPECT_EQ(again->violations(0).reason(), "ENTERED_BEFORE");
  EXPECT_FALSE(again->violations(0).blocking());
  EXPECT_EQ(again->results(0).filing(), first->results(0).filing());
  EXPECT_EQ(again->results(0).facility(), first->results(0).facility());
  EXPECT_EQ(Rows("filing") + Rows("facility") + Rows("journal_entry"), before);
  // Beside one that is new, and one that follows from it.
  v1::BackEntry moved = Entry("");
  moved.set_kind(v1::FILING_KIND_CHANGE);
  *moved.mutable_content() = entry.content();
  moved.mutable_content()->set_opening_hours("周一至周五 08:00-17:00");
  *moved.mutable_filed_on() = ToProto(absl::CivilDay(2023, 5, 8));
  moved.clear_effective_date();
  moved.clear_recognitions();
  const auto mixed = Enter({entry, Entry(""), moved}, Archivist());
  ASSERT_OK(mixed);
  ASSERT_THAT(mixed->results(), SizeIs(3));
  EXPECT_TRUE(mixed->results(0).already_entered());
  EXPECT_FALSE(mixed->results(1).already_entered());
  EXPECT_NE(mixed->results(1).facility(), first->results(0).facility());
  EXPECT_EQ(mixed->results(2).facility(), first->results(0).facility());
  EXPECT_EQ(Rows("facility"), "2");
  EXPECT_EQ(Rows("filing"), "3");
  // A check says so, and that nothing stands in the way.
  const auto checked = Enter({Entry(""), entry}, Archivist(), /*validate_only=*/true);
  ASSERT_OK(checked);
  std::vector<std::string> told;
  for (const auto& violation : checked->violations()) {
    EXPECT_FALSE(violation.blocking()) << violation.field() << " " << violation.reason();
    told.push_back(violation.field() + " " + violation.reason());
  }
  EXPECT_THAT(told, Contains("entries[1].source ENTERED_BEFORE"));
  // Also after the facility has changed, and of an entry of its change.
  EXPECT_TRUE(Enter({moved}, Archivist())->results(0).already_entered());
  EXPECT_TRUE(Enter({entry}, Archivist())->results(0).already_entered());
  EXPECT_EQ(Rows("filing"), "3");
}

TEST_F(BackEntryTest, WhatWasEnteredElsewhereIsNotTold) {
  const v1::BackEntry entry = Entry();
  ASSERT_OK(Enter({entry}, Archivist()));
  const auto elsewhere =
      Enter({entry}, Token(common::v1::ROLE_DHC_ARCHIVIST, "accounts/other", {"500111100"}));
  EXPECT_EQ(ReasonOf(elsewhere.status()), "SOURCE_ID_EXISTS");
  EXPECT_EQ(rpc::MetadataOf(elsewhere.status())["field"], "entries[0].source");
}

TEST_F(BackEntryTest, AnyDifferenceMakesAnotherEntryOfTheSameSource) {
  const v1::BackEntry entry = Entry();
  ASSERT_OK(Enter({entry}, Archivist()));
  std::vector<v1::BackEntry> others(5, entry);
  others[0].mutable_content()->set_principal_name("向演练二");
  others[1].set_evidence("另一份档案");
  others[2].set_receipt_number("旧-2");
  others[3].mutable_filed_on()->set_year(2022);
  others[4].mutable_content()->set_opening_hours("周一至周五 08:00-17:00");
  for (const v1::BackEntry& other : others) {
    EXPECT_EQ(ReasonOf(Enter({other}, Archivist()).status()), "SOURCE_ID_EXISTS")
        << other.ShortDebugString();
  }
  // What an entry without an index was made of is not known.
  database_.Run("UPDATE filing SET entry_index = NULL");
  EXPECT_EQ(ReasonOf(Enter({entry}, Archivist()).status()), "SOURCE_ID_EXISTS");
}

TEST_F(BackEntryTest, WhatTheSystemDecidedIsNotOverwritten) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  v1::BackEntry change = Entry("");
  change.set_kind(v1::FILING_KIND_CHANGE);
  *change.mutable_content() = filed.content();
  change.set_facility(filed.facility());
  *change.mutable_filed_on() = ToProto(absl::CivilDay(2025, 12, 1));
  *change.mutable_content()->mutable_signed_on() = change.filed_on();
  change.clear_effective_date();
  change.clear_recognitions();
  const absl::Status refused = Enter({change}, Archivist()).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(refused), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(Facility(filed.facility())->filing(), filed.name());
  EXPECT_EQ(Rows("filing"), "1");
}

TEST_F(BackEntryTest, AnArchivistEntersOnlyItsDivisions) {
  const std::string elsewhere =
      Token(common::v1::ROLE_DHC_ARCHIVIST, "accounts/archivist", {"500111100"});
  const v1::BackEntry entry = Entry("");
  ASSERT_NE(entry.content().division_code(), "500111100");
  const absl::Status refused = Enter({entry}, elsewhere).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(refused), "OUT_OF_SCOPE");
  EXPECT_EQ(Rows("facility"), "0");
}

TEST_F(BackEntryTest, PapersNeverMoveTheNumbersOfTheSystem) {
  const auto reasons = [&](const std::string& number) {
    const absl::Status refused = Enter({Entry(number)}, Archivist()).status();
    std::vector<std::string> found;
    for (const auto& violation : rpc::ViolationsOf(refused)) found.push_back(violation.reason());
    return found;
  };
  for (const char* typo :
       {"TYBA-500111-2021-900", "tyba-500111-2021-00900", "TYBA-500111-2021-0", "TYBA-500111-2021",
        "TYBA-500111-2021-00900-1", " TYBA-500111-2021-00900", "TYBA-500111-x-00001",
        "TYBA-500111-2021-+0900"}) {
    EXPECT_THAT(reasons(typo), ElementsAre("RECEIPT_NUMBER_FORM")) << typo;
  }
  for (const char* later :
       {"TYBA-500111-2026-00007", "TYBA-500111-2026-99999999", "TYBA-500111-2027-00001"}) {
    EXPECT_THAT(reasons(later), ElementsAre("RECEIPT_NUMBER_OF_SYSTEM")) << later;
  }
  ASSERT_OK(Enter({Entry("TYBA-500111-2021-00900"), Entry("TYBA-500112-2026-1")}, Archivist()));
  EXPECT_EQ(ReasonOf(Enter({Entry("TYBA-500111-2021-00900")}, Archivist()).status()),
            "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(DraftIn(v1::FILING_STATE_FILED).receipt_number(), "TYBA-500111-2026-00001");
}

TEST_F(BackEntryTest, WhatIsFiledSinceTheSystemBeganIsFiledInIt) {
  v1::BackEntry entry = Entry("");
  entry.clear_recognitions();
  *entry.mutable_filed_on() = rules_.system_start_on();
  const absl::Status refused = Enter({entry}, Archivist()).status();
  ASSERT_EQ(ReasonOf(refused), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused)[0].field(), "entries[0].filed_on");
  EXPECT_EQ(rpc::ViolationsOf(refused)[0].reason(), "FILED_SINCE_SYSTEM_START");
  *entry.mutable_filed_on() = ToProto(*FromProto(rules_.system_start_on()) - 1);
  EXPECT_OK(Enter({entry}, Archivist()));
}

TEST_F(BackEntryTest, TheFormOfACancellationIsTheFacilitys) {
  const v1::BackEntry first = Entry("");
  v1::BackEntry end;
  end.set_kind(v1::FILING_KIND_CANCELLATION);
  end.set_evidence("注销登记表（示例）");
  end.mutable_content()->set_uscc(first.content().uscc());
  end.mutable_content()->set_name(std::string(100000, 'x'));
  end.mutable_content()->set_division_code("500112001");
  *end.mutable_filed_on() = ToProto(absl::CivilDay(2024, 5, 8));
  const auto entered = Enter({first, end}, Archivist());
  ASSERT_OK(entered);
  const auto filing = Get(entered->results(1).filing(), Archivist());
  ASSERT_OK(filing);
  EXPECT_EQ(filing->content().name(), first.content().name());
  EXPECT_EQ(filing->content().division_code(), first.content().division_code());
  EXPECT_EQ(Facility(filing->facility())->state(), v1::FACILITY_STATE_CANCELLED);
}

TEST_F(BackEntryTest, ValidateOnlyAsksTheRegisterToo) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string before = Rows("filing") + Rows("facility") + Rows("journal_entry");
  v1::BackEntry change = Entry("");
  change.set_kind(v1::FILING_KIND_CHANGE);
  *change.mutable_content() = filed.content();
  change.set_facility(filed.facility());
  *change.mutable_filed_on() = ToProto(absl::CivilDay(2025, 11, 3));
  *change.mutable_content()->mutable_signed_on() = change.filed_on();
  change.clear_effective_date();
  change.clear_recognitions();
  v1::BackEntry nowhere = change;
  nowhere.set_facility("facilities/0190a000-0000-7000-8000-00000000ffff");
  nowhere.mutable_source()->set_source_id("nowhere");
  v1::BackEntry elsewhere = Entry("");
  elsewhere.mutable_content()->set_division_code("500111100");
  const std::string street =
      Token(common::v1::ROLE_DHC_ARCHIVIST, "accounts/archivist", {"500111001"});
  const auto checked =
      Enter({change, Entry(""), nowhere, elsewhere}, street, /*validate_only=*/true);
  ASSERT_OK(checked);
  std::vector<std::string> found;
  for (const auto& violation : checked->violations()) {
    if (violation.blocking()) found.push_back(violation.field() + " " + violation.reason());
  }
  EXPECT_THAT(found, ElementsAre("entries[0].effective_date BACK_ENTRY_CONFLICT",
                                 "entries[2].facility FACILITY_NOT_FOUND",
                                 "entries[3].content.division_code OUT_OF_SCOPE"));
  EXPECT_EQ(Rows("filing") + Rows("facility") + Rows("journal_entry"), before);
  const auto good = Enter({Entry("7号")}, street, /*validate_only=*/true);
  ASSERT_OK(good);
  for (const auto& violation : good->violations()) EXPECT_FALSE(violation.blocking());
  EXPECT_EQ(Rows("filing") + Rows("facility") + Rows("journal_entry"), before);
}

}  // namespace
}  // namespace tuoyu::filing
