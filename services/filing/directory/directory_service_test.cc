// The lists of kindergartens and employers: who keeps them, what held on which day.
#include "common/rpc/access_matrix.h"
#include "services/filing/units/units_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class DirectoryServiceTest : public UnitsFixture {
 protected:
  v1::DirectoryReport Organisation(const std::string& source_id, CivilDay from,
                                   v1::DirectoryKind kind = v1::DIRECTORY_KIND_KINDERGARTENS) {
    v1::DirectoryReport report;
    report.set_kind(kind);
    report.set_source_id(source_id);
    v1::DirectoryVersion& version = *report.mutable_version();
    *version.mutable_valid_from() = ToProto(from);
    version.set_organisation_name("演练单位" + source_id);
    version.set_address("龙岗街道示例路2号");
    version.set_division_code("500111001");
    version.set_care_stage(v1::CARE_STAGE_NONE);
    return report;
  }
  absl::StatusOr<v1::ReportDirectoryEntriesResponse> Report(
      const std::vector<v1::DirectoryReport>& reports, absl::string_view unit = "EDU",
      const std::vector<std::string>& divisions = {"500111"}) const {
    v1::ReportDirectoryEntriesRequest request;
    for (const auto& report : reports) *request.add_entries() = report;
    return CallOn(*directory_stub_, &Directory::ReportDirectoryEntries, UnitToken(unit, divisions),
                  request);
  }
  absl::StatusOr<v1::DirectoryEntry> Remove(const std::string& name, CivilDay day,
                                            absl::string_view unit = "EDU") const {
    v1::RemoveDirectoryEntryRequest request;
    request.set_name(name);
    *request.mutable_removed_on() = ToProto(day);
    request.set_reason("撤并");
    return CallOn(*directory_stub_, &Directory::RemoveDirectoryEntry, UnitToken(unit), request);
  }
  // "name stage" of the list as of a day.
  std::vector<std::string> List(const std::string& token, CivilDay as_of,
                                v1::ListDirectoryEntriesRequest request = {}) const {
    if (request.kind() == 0) request.set_kind(v1::DIRECTORY_KIND_KINDERGARTENS);
    *request.mutable_as_of() = ToProto(as_of);
    std::vector<std::string> lines;
    do {
      const auto page = CallOn(*directory_stub_, &Directory::ListDirectoryEntries, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& entry : page->entries()) {
        EXPECT_EQ(entry.versions_size(), 1);
        lines.push_back(
            absl::StrCat(entry.versions(0).organisation_name(), " ",
                         v1::CareStage_Name(entry.versions(0).care_stage()).substr(11)));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }

  const std::string reviewer_ = Token(common::v1::ROLE_DHC_REVIEWER);
};

TEST_F(DirectoryServiceTest, AListIsReadAsOfADay) {
  v1::DirectoryReport first = Organisation("1", today() - 300);
  ASSERT_OK(Report({first, Organisation("2", today() - 200)}));
  *first.mutable_version()->mutable_valid_from() = ToProto(today() - 100);
  first.mutable_version()->set_care_stage(v1::CARE_STAGE_RUNNING);
  ASSERT_OK(Report({first}));
  EXPECT_THAT(List(reviewer_, today() - 301), IsEmpty());
  EXPECT_THAT(List(reviewer_, today() - 250), ElementsAre("演练单位1 NONE"));
  EXPECT_THAT(List(reviewer_, today()),
              UnorderedElementsAre("演练单位1 RUNNING", "演练单位2 NONE"));
  v1::ListDirectoryEntriesRequest request;
  request.set_page_size(1);
  EXPECT_EQ(List(reviewer_, today(), request).size(), 2U);
  request.set_care_stage(v1::CARE_STAGE_RUNNING);
  EXPECT_THAT(List(reviewer_, today(), request), ElementsAre("演练单位1 RUNNING"));
  EXPECT_THAT(Actions(),
              ElementsAre("directory.entered", "directory.entered", "directory.changed"));
}

TEST_F(DirectoryServiceTest, TheSameAgainChangesNothing) {
  const auto first = Report({Organisation("1", today() - 300)});
  const auto again = Report({Organisation("1", today() - 300)});
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->names(0), again->names(0));
  EXPECT_THAT(Actions(), ElementsAre("directory.entered"));
}

TEST_F(DirectoryServiceTest, AReportIsEnteredWholeOrNotAtAll) {
  ASSERT_OK(Report({Organisation("1", today() - 100)}));
  const auto refused = Report({Organisation("2", today() - 50), Organisation("1", today() - 101)});
  EXPECT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  const auto violations = rpc::ViolationsOf(refused.status());
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].field(), "entries[1].version.valid_from");
  EXPECT_EQ(List(reviewer_, today()).size(), 1U);
}

TEST_F(DirectoryServiceTest, OnlyTheKeeperWritesAndEachKeeperHasTheirOwnIds) {
  EXPECT_EQ(ReasonOf(Report({Organisation("1", today())}, "SAMR").status()), "NOT_THE_KEEPER");
  EXPECT_EQ(ReasonOf(Report({Organisation("1", today())}, "EDU", {"500111002"}).status()),
            "OUT_OF_SCOPE");
  const auto employers = v1::DIRECTORY_KIND_EMPLOYERS;
  const auto civil = Report({Organisation("1", today(), employers)}, "CIVIL");
  const auto unions = Report({Organisation("1", today(), employers)}, "UNION");
  ASSERT_OK(civil);
  ASSERT_OK(unions);
  EXPECT_NE(civil->names(0), unions->names(0));
  v1::ListDirectoryEntriesRequest request;
  request.set_kind(employers);
  EXPECT_EQ(List(UnitToken("CIVIL"), today(), request).size(), 1U);
  EXPECT_EQ(List(reviewer_, today(), request).size(), 2U);
  EXPECT_THAT(List(Token(common::v1::ROLE_TOWN_OFFICER, {"500111002"}), today(), request),
              IsEmpty());
  EXPECT_EQ(ReasonOf(Remove(civil->names(0), today(), "UNION").status()), "NOT_THE_KEEPER");
}

TEST_F(DirectoryServiceTest, WhatIsRemovedStaysOnTheListOfEarlierDays) {
  const auto reported = Report({Organisation("1", today() - 100)});
  ASSERT_OK(reported);
  const auto removed = Remove(reported->names(0), today() - 10);
  ASSERT_OK(removed);
  EXPECT_EQ(removed->remove_reason(), "撤并");
  EXPECT_EQ(ReasonOf(Remove(reported->names(0), today()).status()), "WRONG_STATE");
  EXPECT_THAT(List(reviewer_, today()), IsEmpty());
  EXPECT_THAT(List(reviewer_, today() - 11), ElementsAre("演练单位1 NONE"));
  ASSERT_OK(Report({Organisation("1", today() - 5)}));
  EXPECT_THAT(List(reviewer_, today()), ElementsAre("演练单位1 NONE"));
  EXPECT_THAT(List(reviewer_, today() - 7), IsEmpty());
}

TEST_F(DirectoryServiceTest, AnEntryNamesTheFacilityFiledUnderItsUscc) {
  v1::FilingContent content = Form("演练幼儿园托班");
  content.set_uscc(Uscc("52", 7));
  const std::string facility = Register(content);
  v1::DirectoryReport report = Organisation("1", today() - 100);
  report.mutable_version()->set_uscc(content.uscc());
  const auto reported = Report({report});
  ASSERT_OK(reported);
  v1::GetDirectoryEntryRequest request;
  request.set_name(reported->names(0));
  const auto found =
      CallOn(*directory_stub_, &Directory::GetDirectoryEntry, UnitToken("EDU"), request);
  ASSERT_OK(found);
  EXPECT_EQ(found->facility(), facility);
  EXPECT_EQ(
      ReasonOf(CallOn(*directory_stub_, &Directory::GetDirectoryEntry, UnitToken("CIVIL"), request)
                   .status()),
      "NOT_THE_KEEPER");
  request.set_name("directoryEntries/" + NewRequestId());
  EXPECT_EQ(
      ReasonOf(
          CallOn(*directory_stub_, &Directory::GetDirectoryEntry, reviewer_, request).status()),
      "DIRECTORY_ENTRY_NOT_FOUND");
}

TEST_F(DirectoryServiceTest, EveryMethodIsRefusedToWhoIsNotInItsRule) {
  EXPECT_THAT(rpc::CheckAccessMatrix(unit_channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::DirectoryService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
