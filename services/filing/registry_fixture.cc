#include "services/filing/registry_fixture.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/data/holidays.h"
#include "services/filing/facility_repository.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

}  // namespace

RegistryFixture::RegistryFixture()
    : ServerFixture(
          "filing", StartOf(testing::kToday) + absl::Minutes(570), {kComponent, Files()},
          {rpc::DescriptorOf<v1::StaffService>(), rpc::DescriptorOf<v1::ChildService>(),
           rpc::DescriptorOf<v1::QualityService>(), rpc::DescriptorOf<v1::InclusiveService>(),
           rpc::DescriptorOf<v1::PriceService>(), rpc::DescriptorOf<v1::MirrorService>()}),
      rules_(*LoadRuleSet(DataFile("rules/national-2019-58.yaml"))),
      book_(*RuleBook::Make({rules_})),
      divisions_(*data::LoadDivisions(DataFile("divisions/dazu-500111.csv"))),
      deps_{sealer_, book_, divisions_},
      schemes_(*AssessmentSchemes::Load(DataFile("assessment"))),
      criteria_(*CriteriaBook::Load(DataFile("recognition"))),
      prices_(*PriceBook::Load(DataFile("price"))),
      calendar_(*data::LoadHolidays(DataFile("calendar/cn-holidays.csv"))),
      service_(door_, {database_.pool(), sealer_, "filing"}, deps_),
      staff_(door_, {database_.pool(), sealer_, "filing"}, deps_),
      children_(door_, {database_.pool(), sealer_, "filing"}, deps_),
      quality_(door_, {database_.pool(), sealer_, "filing"}, deps_, schemes_),
      inclusive_(door_, {database_.pool(), sealer_, "filing"}, deps_, criteria_, calendar_),
      price_(door_, {database_.pool(), sealer_, "filing"}, deps_, prices_, criteria_),
      mirror_(door_, database_.pool(), deps_, criteria_) {
  Serve({{&service_, service_.loops()},
         &staff_,
         &children_,
         &quality_,
         &inclusive_,
         &price_,
         &mirror_});
  staff_stub_ = v1::StaffService::NewStub(channel_);
  child_stub_ = v1::ChildService::NewStub(channel_);
  quality_stub_ = v1::QualityService::NewStub(channel_);
  inclusive_stub_ = v1::InclusiveService::NewStub(channel_);
  price_stub_ = v1::PriceService::NewStub(channel_);
  mirror_stub_ = v1::MirrorService::NewStub(channel_);
}

std::string RegistryFixture::Token(rpc::Role role, const std::vector<std::string>& divisions,
                                   const std::string& facility) const {
  return TokenOf(role, absl::StrCat("accounts/", rpc::RoleName(role)), divisions, facility,
                 absl::Hours(24 * 3650));
}

absl::Status RegistryFixture::Write(absl::FunctionRef<absl::Status(rpc::WriteContext&)> body,
                                    const std::vector<std::string>& divisions) {
  rpc::Caller caller;
  caller.subject = "accounts/archivist";
  caller.divisions = divisions;
  rpc::Call call{caller,          "Test/Write", Soon(), clock_.Now(), today(), NewRequestId(),
                 /*trace_id=*/"", {},           {}};
  return db::RunTransaction(
      database_.pool(), Soon(), [&](db::Transaction& transaction) -> absl::Status {
        journal::Batch batch;
        rpc::WriteContext context{transaction, batch, call, sealer_};
        RETURN_IF_ERROR(body(context));
        return journal::Append(transaction, "filing", clock_.Now(),
                               {caller.subject, "", call.request_id, ""}, batch);
      });
}

v1::FilingContent RegistryFixture::Form(const std::string& name) {
  v1::FilingContent content = testing::ValidFiling().content();
  content.set_name(name);
  content.set_uscc(absl::StrFormat("91500111%010d", ++serial_));
  content.clear_external_ids();
  return content;
}

v1::Filing RegistryFixture::Filed(const v1::FilingContent& content) const {
  v1::Filing filing;
  filing.set_name(absl::StrCat("filings/", NewUuidV7(clock_.Now())));
  filing.set_kind(v1::FILING_KIND_INITIAL);
  *filing.mutable_content() = content;
  filing.set_receipt_number("TYBA-500111-2026-00001");
  *filing.mutable_filed_on() = ToProto(today());
  return filing;
}

std::string RegistryFixture::Register(const v1::FilingContent& content, CivilDay from) {
  std::string name;
  EXPECT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    ASSIGN_OR_RETURN(const v1::Facility facility,
                     RegisterFacility(context, deps_, Filed(content), from));
    name = facility.name();
    return absl::OkStatus();
  }));
  return name;
}

absl::Status RegistryFixture::Change(const std::string& facility, const v1::FilingContent& content,
                                     CivilDay from) {
  return Write([&](rpc::WriteContext& context) {
    return ChangeFacility(context, deps_, facility, Filed(content), from).status();
  });
}

absl::Status RegistryFixture::Cancel(const std::string& facility, CivilDay from) {
  return Write([&](rpc::WriteContext& context) {
    return CancelFacility(context, deps_, facility, Filed({}), from).status();
  });
}

absl::StatusOr<std::vector<std::string>> RegistryFixture::BackEnter(
    const std::vector<v1::BackEntry>& entries, const std::vector<std::string>& divisions) {
  std::vector<RegistryBackEntry> registry_entries;
  registry_entries.reserve(entries.size());
  for (const v1::BackEntry& entry : entries) {
    registry_entries.push_back(
        {entry, entry.content(), absl::StrCat("filings/", NewUuidV7(clock_.Now()))});
  }
  std::vector<std::string> facilities;
  RETURN_IF_ERROR(Write(
      [&](rpc::WriteContext& context) -> absl::Status {
        ASSIGN_OR_RETURN(facilities, BackEnterFacilities(context, deps_, registry_entries));
        return absl::OkStatus();
      },
      divisions));
  return facilities;
}

v1::BackEntry RegistryFixture::Old(v1::FilingKind kind, const v1::FilingContent& content,
                                   CivilDay filed_on) {
  v1::BackEntry entry;
  entry.set_kind(kind);
  *entry.mutable_content() = content;
  *entry.mutable_filed_on() = ToProto(filed_on);
  entry.set_evidence("paper file 17");
  return entry;
}

absl::StatusOr<v1::Facility> RegistryFixture::Get(const std::string& facility,
                                                  const std::string& token,
                                                  absl::optional<CivilDay> as_of,
                                                  absl::optional<absl::Time> known_at) const {
  v1::GetFacilityRequest request;
  request.set_name(facility);
  if (as_of) *request.mutable_as_of() = ToProto(*as_of);
  if (known_at) *request.mutable_known_at() = ToProto(*known_at);
  return Call(&Stub::GetFacility, token, request);
}

v1::Facility RegistryFixture::Read(const std::string& facility) const {
  auto found = Get(facility, Approver());
  EXPECT_OK(found);
  return found.value_or(v1::Facility());
}

absl::StatusOr<v1::Facility> RegistryFixture::Suspend(const std::string& facility, CivilDay from,
                                                      bool ordered,
                                                      const std::string& token) const {
  v1::SuspendFacilityRequest request;
  request.set_name(facility);
  *request.mutable_effective_date() = ToProto(from);
  request.set_reason("装修");
  request.set_ordered(ordered);
  return Call(&Stub::SuspendFacility, token, request);
}

absl::StatusOr<v1::Facility> RegistryFixture::Resume(const std::string& facility, CivilDay from,
                                                     const std::string& token) const {
  v1::ResumeFacilityRequest request;
  request.set_name(facility);
  *request.mutable_effective_date() = ToProto(from);
  return Call(&Stub::ResumeFacility, token, request);
}

absl::StatusOr<v1::Facility> RegistryFixture::Revoke(const std::string& facility,
                                                     CivilDay from) const {
  v1::RevokeRegistrationRequest request;
  request.set_name(facility);
  *request.mutable_effective_date() = ToProto(from);
  request.set_reason("市监撤销登记〔2026〕1号");
  return Call(&Stub::RevokeRegistration, Approver(), request);
}

absl::StatusOr<v1::Recognition> RegistryFixture::Grant(const std::string& facility, CivilDay from,
                                                       absl::optional<CivilDay> to) const {
  v1::GrantRecognitionRequest request;
  request.set_parent(facility);
  *request.mutable_recognition()->mutable_valid_from() = ToProto(from);
  if (to) *request.mutable_recognition()->mutable_valid_to() = ToProto(*to);
  request.mutable_recognition()->set_document_number("大足卫健〔2026〕8号");
  request.set_back_entry(from < today());
  return Call(&Stub::GrantRecognition, request.back_entry() ? Archivist() : Approver(), request);
}

absl::StatusOr<v1::Recognition> RegistryFixture::RevokeRecognition(const std::string& recognition,
                                                                   CivilDay day) const {
  v1::RevokeRecognitionRequest request;
  request.set_name(recognition);
  *request.mutable_revoked_on() = ToProto(day);
  request.set_reason("收费高于普惠标准");
  return Call(&Stub::RevokeRecognition, Approver(), request);
}

absl::StatusOr<std::vector<std::string>> RegistryFixture::Names(v1::ListFacilitiesRequest request,
                                                                const std::string& token) const {
  std::vector<std::string> names;
  do {
    ASSIGN_OR_RETURN(const v1::ListFacilitiesResponse page,
                     Call(&Stub::ListFacilities, token, request));
    for (const v1::Facility& facility : page.facilities()) {
      names.push_back(facility.content().name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return names;
}

std::vector<common::v1::JournalEntry> RegistryFixture::Journal() {
  std::vector<common::v1::JournalEntry> entries;
  EXPECT_OK(
      db::RunRead(database_.pool(), Soon(), [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(entries, journal::Read(transaction, "filing", {.limit = 1000}));
        return absl::OkStatus();
      }));
  return entries;
}

void RegistryFixture::ExpectJournalAndTablesAgree() {
  std::map<std::string, Timeline> timelines;
  for (const common::v1::JournalEntry& entry : Journal()) {
    if (entry.payload_type() != v1::FacilityChange::descriptor()->full_name()) continue;
    v1::FacilityChange change;
    EXPECT_TRUE(change.ParseFromString(entry.payload()));
    timelines[entry.subject()].facility = entry.subject();
    Apply(change, &timelines[entry.subject()]);
  }
  for (const auto& [facility, replayed] : timelines) {
    SCOPED_TRACE(facility);
    const std::vector<std::string> ids = {FacilityId(facility)};
    std::vector<FacilityRecord> records;
    EXPECT_OK(
        db::RunRead(database_.pool(), Soon(), [&](db::Transaction& transaction) -> absl::Status {
          ASSIGN_OR_RETURN(records, LoadRecords(transaction, ids, false));
          return absl::OkStatus();
        }));
    ASSERT_EQ(records.size(), 1U);
    const Timeline& stored = records[0].timeline;
    EXPECT_THAT(CheckTimeline(stored), ::testing::IsEmpty());
    ASSERT_EQ(stored.slices.size(), replayed.slices.size());
    for (size_t i = 0; i < stored.slices.size(); ++i) {
      EXPECT_THAT(stored.slices[i], ::tuoyu::testing::EqualsProto(replayed.slices[i]));
    }
    EXPECT_EQ(stored.last_version, replayed.last_version);
    if (FirstDayOf(stored.slices[0]) <= today()) {
      EXPECT_THAT(records[0].current,
                  ::tuoyu::testing::EqualsProto(*FacilityOn(records[0], today(), today())));
    }
  }
}

}  // namespace tuoyu::filing
