// Back entry (补录) into the registry.
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "services/filing/registry.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;

constexpr auto kInitial = v1::FILING_KIND_INITIAL;
constexpr auto kChange = v1::FILING_KIND_CHANGE;
constexpr auto kCancellation = v1::FILING_KIND_CANCELLATION;

class RegistryBackEntryTest : public RegistryFixture {
 protected:
  absl::Status Reason(const std::vector<v1::BackEntry>& entries) {
    return BackEnter(entries).status();
  }
  static std::string FieldOf(const absl::Status& status) {
    return rpc::MetadataOf(status)["field"];
  }
};

TEST_F(RegistryBackEntryTest, BackEntriesBuildAHistoryInOneCall) {
  v1::FilingContent first = Form("2019");
  v1::FilingContent second = first;
  second.set_name("2021");
  v1::BackEntry initial = Old(kInitial, first, CivilDay(2019, 11, 1));
  initial.set_receipt_number("旧2019-7");
  v1::Recognition& recognition = *initial.add_recognitions();
  *recognition.mutable_valid_from() = ToProto(CivilDay(2020, 1, 1));
  *recognition.mutable_valid_to() = ToProto(CivilDay(2023, 1, 1));
  v1::BackEntry change = Old(kChange, second, CivilDay(2021, 5, 6));
  *change.mutable_effective_date() = ToProto(CivilDay(2021, 6, 1));
  v1::FilingContent only_uscc;
  only_uscc.set_uscc(first.uscc());
  v1::BackEntry end = Old(kCancellation, only_uscc, CivilDay(2024, 7, 1));
  const auto facilities = BackEnter({initial, change, end});
  ASSERT_OK(facilities);
  EXPECT_EQ((*facilities)[1], (*facilities)[0]);
  EXPECT_EQ((*facilities)[2], (*facilities)[0]);
  const std::string& name = (*facilities)[0];
  EXPECT_EQ(Read(name).state(), v1::FACILITY_STATE_CANCELLED);
  const auto in_2020 = Get(name, Approver(), CivilDay(2020, 6, 1));
  ASSERT_OK(in_2020);
  EXPECT_EQ(in_2020->content().name(), "2019");
  EXPECT_EQ(in_2020->receipt_number(), "旧2019-7");
  EXPECT_TRUE(in_2020->back_entered());
  EXPECT_TRUE(in_2020->recognition().back_entered());
  EXPECT_EQ(Get(name, "", CivilDay(2021, 5, 31))->content().name(), "2019");
  EXPECT_EQ(Get(name, "", CivilDay(2021, 6, 1))->content().name(), "2021");
  EXPECT_FALSE(Get(name, "", CivilDay(2023, 1, 1))->has_recognition());
  std::vector<std::string> actions;
  for (const auto& entry : Journal()) actions.push_back(entry.action());
  EXPECT_THAT(actions, ElementsAre("facility.back_entered", "recognition.granted",
                                   "facility.back_entered", "facility.back_entered"));
  ExpectJournalAndTablesAgree();
}

TEST_F(RegistryBackEntryTest, BackEntriesFindTheirFacility) {
  v1::FilingContent content = Form("a");
  v1::BackEntry initial = Old(kInitial, content, CivilDay(2020, 1, 1));
  initial.mutable_source()->set_source_system("old register");
  initial.mutable_source()->set_source_id("17");
  const std::string name = (*BackEnter({initial}))[0];
  EXPECT_EQ(Read(name).content().external_ids(0).source_id(), "17");
  // By its name, with another USCC; by the USCC; by the id in the source.
  v1::FilingContent renamed = Form("b");
  v1::BackEntry by_name = Old(kChange, renamed, CivilDay(2021, 1, 1));
  by_name.set_facility(name);
  EXPECT_EQ(*BackEnter({by_name}), std::vector<std::string>{name});
  v1::BackEntry by_uscc = Old(kChange, renamed, CivilDay(2022, 1, 1));
  EXPECT_EQ(*BackEnter({by_uscc}), std::vector<std::string>{name});
  v1::BackEntry by_source = Old(kCancellation, {}, CivilDay(2023, 1, 1));
  *by_source.mutable_source() = initial.source();
  EXPECT_EQ(*BackEnter({by_source}), std::vector<std::string>{name});
  // The same record once more, and records of facilities that are not there.
  initial.mutable_content()->set_uscc(Form("c").uscc());
  EXPECT_EQ(ReasonOf(Reason({initial})), "EXTERNAL_ID_TAKEN");
  by_source.mutable_source()->set_source_id("18");
  const absl::Status missing = Reason({Old(kInitial, Form("d"), CivilDay(2020, 1, 1)), by_source});
  EXPECT_EQ(ReasonOf(missing), "FACILITY_NOT_FOUND");
  EXPECT_EQ(FieldOf(missing), "entries[1].facility");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility"), "1") << "all or none";
}

TEST_F(RegistryBackEntryTest, BackEntriesOfAUsccGoToTheFacilityOfThatTime) {
  const v1::FilingContent content = Form("a");
  v1::FilingContent again = content;
  again.set_name("again");
  const auto facilities = BackEnter({Old(kInitial, content, CivilDay(2018, 1, 1)),
                                     Old(kCancellation, content, CivilDay(2020, 1, 1)),
                                     Old(kInitial, again, CivilDay(2022, 1, 1))});
  ASSERT_OK(facilities);
  EXPECT_NE((*facilities)[2], (*facilities)[0]);
  EXPECT_EQ(*BackEnter({Old(kChange, content, CivilDay(2019, 1, 1)),
                        Old(kChange, content, CivilDay(2023, 1, 1))}),
            (std::vector<std::string>{(*facilities)[0], (*facilities)[2]}));
  ExpectJournalAndTablesAgree();
}

TEST_F(RegistryBackEntryTest, BackEntriesDoNotOverwriteDecisions) {
  const v1::FilingContent content = Form("a");
  const std::string name = Register(content, today() - 5);
  const auto refused = [&](v1::FilingKind kind, CivilDay day) {
    v1::BackEntry entry = Old(kind, content, day);
    entry.set_facility(name);
    const absl::Status status = Reason({entry});
    EXPECT_EQ(FieldOf(status), "entries[0].effective_date");
    return ReasonOf(status);
  };
  EXPECT_EQ(refused(kChange, today() - 5), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(refused(kChange, today() - 6), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(refused(kInitial, today() - 5), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(refused(kCancellation, today()), "BACK_ENTRY_CONFLICT");
  v1::BackEntry older = Old(kInitial, content, CivilDay(2020, 1, 1));
  EXPECT_EQ(ReasonOf(Reason({older})), "ALREADY_FILED");
  older.set_facility(name);
  ASSERT_OK(BackEnter({older}));
  EXPECT_EQ(Read(name).version(), 1);
  EXPECT_FALSE(Read(name).back_entered());
  EXPECT_TRUE(Get(name, Approver(), CivilDay(2021, 1, 1))->back_entered());
  ExpectJournalAndTablesAgree();
}

TEST_F(RegistryBackEntryTest, ArchivistsKeepToTheirDivisions) {
  const std::vector<std::string> town = {"500111100"};
  v1::FilingContent here = Form("a");
  here.set_division_code("500111100");
  v1::FilingContent there = here;
  there.set_division_code("500111001");
  const auto refused = [&](v1::BackEntry entry, const std::string& facility) {
    entry.set_facility(facility);
    const absl::Status status = BackEnter({entry}, town).status();
    return ReasonOf(status) + " " + FieldOf(status);
  };
  const std::string in_scope = "OUT_OF_SCOPE entries[0].facility";
  const CivilDay day(2021, 1, 1);
  // Nothing of a facility that is in another division today, whatever division the entry states.
  const std::string moved = (*BackEnter(
      {Old(kInitial, here, CivilDay(2019, 1, 1)), Old(kChange, there, CivilDay(2022, 1, 1))}))[0];
  EXPECT_EQ(refused(Old(kInitial, here, CivilDay(2018, 1, 1)), moved), in_scope);
  EXPECT_EQ(refused(Old(kChange, here, day), moved), in_scope);
  EXPECT_EQ(refused(Old(kCancellation, here, CivilDay(2023, 1, 1)), moved), in_scope);
  EXPECT_EQ(refused(Old(kCancellation, here, CivilDay(2023, 1, 1)), ""), in_scope)
      << "found by its USCC";
  // Nor a slice of another division of a facility that has come since.
  v1::FilingContent other = Form("b");
  other.set_division_code("500111001");
  v1::FilingContent came = other;
  came.set_division_code("500111100");
  const std::string arrived = (*BackEnter(
      {Old(kInitial, other, CivilDay(2019, 1, 1)), Old(kChange, came, CivilDay(2022, 1, 1))}))[0];
  EXPECT_EQ(refused(Old(kChange, came, day), arrived), in_scope);
  EXPECT_EQ(refused(Old(kChange, other, CivilDay(2023, 1, 1)), arrived),
            "OUT_OF_SCOPE entries[0].content.division_code");
  EXPECT_EQ(refused(Old(kInitial, other, CivilDay(2018, 1, 1)), ""),
            "OUT_OF_SCOPE entries[0].content.division_code");
  v1::BackEntry fits = Old(kChange, came, CivilDay(2023, 1, 1));
  fits.set_facility(arrived);
  EXPECT_OK(BackEnter({fits}, town));
  ExpectJournalAndTablesAgree();
}

TEST_F(RegistryBackEntryTest, BackEntriesNameTheirFaults) {
  const auto fault = [&](const v1::BackEntry& entry) {
    const absl::Status status = Reason({Old(kInitial, Form("x"), CivilDay(2020, 1, 1)), entry});
    return ReasonOf(status) + " " + FieldOf(status);
  };
  const v1::FilingContent content = Form("a");
  EXPECT_EQ(fault(Old(kInitial, content, today() + 1)), "IMPOSSIBLE_DATE entries[1].filed_on");
  v1::BackEntry entry = Old(kInitial, content, CivilDay(2020, 1, 1));
  entry.mutable_effective_date()->set_year(2020);
  EXPECT_EQ(fault(entry), "IMPOSSIBLE_DATE entries[1].effective_date");
  entry = Old(kInitial, content, CivilDay(2020, 1, 1));
  v1::Recognition& recognition = *entry.add_recognitions();
  *recognition.mutable_valid_from() = ToProto(CivilDay(2019, 12, 31));
  EXPECT_EQ(fault(entry), "BACK_ENTRY_CONFLICT entries[1].recognitions[0].valid_from");
  *recognition.mutable_valid_from() = ToProto(CivilDay(2020, 2, 1));
  *recognition.mutable_valid_to() = ToProto(CivilDay(2020, 2, 1));
  EXPECT_EQ(fault(entry), "IMPOSSIBLE_DATE entries[1].recognitions[0].valid_to");
  recognition.clear_valid_to();
  *entry.add_recognitions() = recognition;
  EXPECT_EQ(fault(entry), "RECOGNITION_OVERLAP entries[1].recognition");
  EXPECT_EQ(ReasonOf(Reason({Old(kInitial, content, CivilDay(2020, 1, 1)),
                             Old(kInitial, content, CivilDay(2021, 1, 1))})),
            "ALREADY_FILED");
}

TEST_F(RegistryBackEntryTest, AnEntryMayBeSealedBefore) {
  const v1::BackEntry entry = Old(kInitial, Form("a"), CivilDay(2020, 1, 1));
  v1::FilingContent sealed = entry.content();
  deps_.sealer.SealFields(&sealed);
  ASSERT_FALSE(privacy::HoldsOpenText(sealed));
  std::string name;
  ASSERT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    ASSIGN_OR_RETURN(const auto facilities,
                     BackEnterFacilities(context, deps_, {{entry, sealed, "filings/x"}}));
    name = facilities[0];
    ASSIGN_OR_RETURN(const v1::Facility facility,
                     LoadFacility(context.transaction, deps_, name, context.call.today));
    EXPECT_EQ(facility.content().name(), "a");
    EXPECT_EQ(facility.filing(), "filings/x");
    EXPECT_EQ(facility.content().contact_name(), entry.content().contact_name());
    return absl::OkStatus();
  }));
  EXPECT_NE(name, "");
}

TEST_F(RegistryBackEntryTest, ABatchOfTwoHundredTakesFewStatements) {
  std::vector<v1::BackEntry> entries;
  for (int i = 0; i < 200; ++i) {
    entries.push_back(Old(kInitial, Form(absl::StrCat("园", i)), CivilDay(2020, 1, 1) + i));
    entries.back().mutable_source()->set_source_system("old register");
    entries.back().mutable_source()->set_source_id(absl::StrCat(i));
  }
  const std::string counter =
      "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = "
      "'COM_STMT_EXECUTE'";
  int64_t statements = 0;
  ASSERT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    const auto count = [&](int64_t sign) -> absl::Status {
      return context.transaction.QueryText(counter, {}, [&](const db::Row& row) {
        statements += sign * row.Int(0);
        return absl::OkStatus();
      });
    };
    std::vector<RegistryBackEntry> all;
    for (const v1::BackEntry& entry : entries) all.push_back({entry, entry.content(), "filings/x"});
    statements = 0;
    RETURN_IF_ERROR(count(-1));
    RETURN_IF_ERROR(BackEnterFacilities(context, deps_, all).status());
    return count(1);
  }));
  EXPECT_GE(statements, 5) << "one of each table at least, so they were counted";
  EXPECT_LT(statements, 10);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility_version"), "200");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM external_id"), "200");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "200");
}

}  // namespace
}  // namespace tuoyu::filing
