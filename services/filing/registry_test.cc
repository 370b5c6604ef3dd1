#include "services/filing/registry.h"

#include <map>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tuoyu::testing::EqualsProto;
using tuoyu::testing::IsOkAndHolds;
using tuoyu::testing::StatusIs;

constexpr auto kInitial = v1::FILING_KIND_INITIAL;
constexpr auto kChange = v1::FILING_KIND_CHANGE;
constexpr auto kCancellation = v1::FILING_KIND_CANCELLATION;

class RegistryTest : public RegistryFixture {
 protected:
  absl::StatusOr<bool> Filed(const std::string& uscc) {
    absl::StatusOr<bool> filed = false;
    RETURN_IF_ERROR(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(10),
                                [&](db::Transaction& transaction) {
                                  filed = UsccFiled(transaction, uscc, today());
                                  return filed.status();
                                }));
    return filed;
  }
  absl::Status TryRegister(const v1::FilingContent& content) {
    return Write([&](rpc::WriteContext& context) {
      return RegisterFacility(context, deps_, RegistryFixture::Filed(content), today()).status();
    });
  }
};

TEST_F(RegistryTest, AFacilityIsFiledOnce) {
  const v1::FilingContent content = Form("甲");
  EXPECT_THAT(Filed(content.uscc()), IsOkAndHolds(false));
  const std::string name = Register(content);
  EXPECT_THAT(Filed(content.uscc()), IsOkAndHolds(true));
  EXPECT_EQ(ReasonOf(TryRegister(content)), "ALREADY_FILED");
  ASSERT_OK(Cancel(name, today() + 1));
  EXPECT_EQ(ReasonOf(TryRegister(content)), "ALREADY_FILED");
  GoTo(today() + 1);
  // Ended by the passing of days alone; its row has not been made anew yet.
  EXPECT_THAT(Filed(content.uscc()), IsOkAndHolds(false));
  EXPECT_OK(TryRegister(content));
  EXPECT_THAT(Filed(content.uscc()), IsOkAndHolds(true));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility"), "2");
}

TEST_F(RegistryTest, OfTwoAtOnceOneIsFiled) {
  const v1::FilingContent content = Form("甲");
  std::vector<absl::Status> results(4);
  std::vector<std::thread> threads;
  for (absl::Status& result : results) {
    threads.emplace_back([&] { result = TryRegister(content); });
  }
  for (std::thread& thread : threads) thread.join();
  int filed = 0;
  for (const absl::Status& result : results) {
    if (result.ok()) {
      ++filed;
    } else {
      EXPECT_EQ(ReasonOf(result), "ALREADY_FILED");
    }
  }
  EXPECT_EQ(filed, 1);
}

TEST_F(RegistryTest, RegistrationDoesNotLieAhead) {
  EXPECT_EQ(ReasonOf(Write([&](rpc::WriteContext& context) {
              return RegisterFacility(context, deps_, RegistryFixture::Filed(Form("甲")),
                                      today() + 1)
                  .status();
            })),
            "IMPOSSIBLE_DATE");
}

TEST_F(RegistryTest, TheJournalCarriesEverySliceTouched) {
  const std::string name = Register(Form("一"), today() - 10);
  ASSERT_OK(Change(name, Form("二"), today() + 3));
  const auto entries = Journal();
  ASSERT_THAT(entries, SizeIs(2));
  EXPECT_EQ(entries[1].action(), "facility.changed");
  EXPECT_EQ(entries[1].subject(), name);
  EXPECT_EQ(entries[1].division_code(), "500111001");
  EXPECT_THAT(entries[1].effective_date(), EqualsProto(ToProto(today() + 3)));
  v1::FacilityChange change;
  ASSERT_TRUE(change.ParseFromString(entries[1].payload()));
  ASSERT_EQ(change.versions_size(), 2);
  EXPECT_EQ(change.versions(0).version(), 1);
  EXPECT_THAT(change.versions(0).valid_to(), EqualsProto(ToProto(today() + 3)));
  EXPECT_EQ(change.versions(1).content().name(), "二");
  EXPECT_TRUE(absl::StartsWith(change.versions(1).content().principal_id_number(), "sealed:"));
  ExpectJournalAndTablesAgree();
}

TEST_F(RegistryTest, ChangePendingAndNoticesComeAndGo) {
  const std::string name = Register("甲");
  v1::NonconformityNotice notice;
  *notice.mutable_noticed_on() = ToProto(today());
  notice.add_items()->set_finding("楼梯井无防护");
  ASSERT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    RETURN_IF_ERROR(SetChangePending(context, deps_, name, true));
    return PublishNotice(context, deps_, name, notice);
  }));
  EXPECT_TRUE(Read(name).change_pending());
  EXPECT_FALSE(Get(name, "")->change_pending());
  ASSERT_EQ(Get(name, "")->notices_size(), 1);
  EXPECT_EQ(Get(name, "")->notices(0).items(0).finding(), "楼梯井无防护");
  // They stay over an act and over the turn of a day.
  ASSERT_OK(Suspend(name, today() + 1, false, Approver()));
  GoTo(today() + 1);
  EXPECT_EQ(Get(name, "")->notices_size(), 1);
  EXPECT_OK(Names({}, ""));
  EXPECT_EQ(Get(name, "")->notices_size(), 1);
  notice.set_rectification_report("已加装");
  ASSERT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    RETURN_IF_ERROR(SetChangePending(context, deps_, name, false));
    return CloseNotice(context, deps_, name, notice);
  }));
  EXPECT_FALSE(Read(name).change_pending());
  EXPECT_EQ(Get(name, "")->notices_size(), 0);
  EXPECT_THAT(Journal(), SizeIs(2));
}

TEST_F(RegistryTest, AFiledChangeIsNoLongerPending) {
  const std::string name = Register("甲");
  ASSERT_OK(Write(
      [&](rpc::WriteContext& context) { return SetChangePending(context, deps_, name, true); }));
  ASSERT_OK(Change(name, Form("乙"), today()));
  EXPECT_FALSE(Read(name).change_pending());
  EXPECT_EQ(Read(name).version(), 1);
  EXPECT_EQ(Read(name).content().name(), "乙");
}

TEST_F(RegistryTest, AChangeTakesTheRestFromWhatHoldsOnItsDay) {
  const v1::FilingContent form = Form("甲");
  const std::string name = Register(form, today() - 10);
  v1::Filing change = RegistryFixture::Filed(form);
  change.set_facility(name);
  change.mutable_content()->set_opening_hours("周一至周六");
  change.mutable_content()->mutable_site()->clear_rail_height_m();
  change.mutable_content()->mutable_site()->set_surveillance_days(120);
  for (const char* field :
       {"content.opening_hours", "content.site.rail_height_m", "content.site.surveillance_days"}) {
    change.add_differences()->set_field(field);
  }
  v1::FilingContent other = form;
  other.set_name("乙");
  other.mutable_classes(0)->set_label("彩虹班");
  other.mutable_site()->set_building_age_years(7);
  ASSERT_OK(RegistryFixture::Change(name, other, today() + 5));
  absl::StatusOr<v1::FilingContent> merged;
  ASSERT_OK(Write([&](rpc::WriteContext& context) {
    merged = ContentOfChange(context, deps_, change, today() + 5);
    return merged.status();
  }));
  v1::FilingContent expected = other;
  expected.set_opening_hours("周一至周六");
  expected.mutable_site()->clear_rail_height_m();
  expected.mutable_site()->set_surveillance_days(120);
  EXPECT_THAT(*merged, EqualsProto(expected));
  EXPECT_EQ(ReasonOf(Write([&](rpc::WriteContext& context) {
              return ContentOfChange(context, deps_, change, today() - 11).status();
            })),
            "BEFORE_VERSION_IN_FORCE");
}

TEST_F(RegistryTest, AChangeKeepsTheIdsTheRegisterHasInOtherSystems) {
  v1::FilingContent form = Form("甲");
  form.add_external_ids()->set_source_system("city");
  form.mutable_external_ids(0)->set_source_id("1");
  const std::string name = Register(form);
  v1::SetExternalIdRequest request;
  request.set_name(name);
  request.mutable_external_id()->set_source_system("city");
  request.mutable_external_id()->set_source_id("2");
  ASSERT_OK(Call(&Stub::SetExternalId, Approver(), request));
  v1::Filing change = RegistryFixture::Filed(form);
  change.set_facility(name);
  change.mutable_content()->set_opening_hours("周一至周六");
  change.add_differences()->set_field("content.opening_hours");
  const auto accept = [&] {
    return Write([&](rpc::WriteContext& context) -> absl::Status {
      ASSIGN_OR_RETURN(*change.mutable_content(), ContentOfChange(context, deps_, change, today()));
      return ChangeFacility(context, deps_, name, change, today()).status();
    });
  };
  ASSERT_OK(accept());
  EXPECT_EQ(Read(name).content().opening_hours(), "周一至周六");
  ASSERT_EQ(Read(name).content().external_ids_size(), 1);
  EXPECT_EQ(Read(name).content().external_ids(0).source_id(), "2");
  // What the form states anew is taken over.
  change.mutable_content()->mutable_external_ids(0)->set_source_id("3");
  change.mutable_differences(0)->set_field("content.external_ids[0].source_id");
  ASSERT_OK(accept());
  ASSERT_EQ(Read(name).content().external_ids_size(), 1);
  EXPECT_EQ(Read(name).content().external_ids(0).source_id(), "3");
}

TEST_F(RegistryTest, WhatIsMendedLeavesTheRestOfTheRegisterAsItIs) {
  v1::FilingContent form = Form("甲");
  form.add_external_ids()->set_source_system("city");
  form.mutable_external_ids(0)->set_source_id("1");
  v1::Filing filing = RegistryFixture::Filed(form);
  ASSERT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    ASSIGN_OR_RETURN(const v1::Facility facility,
                     RegisterFacility(context, deps_, filing, today()));
    filing.set_facility(facility.name());
    return SetChangePending(context, deps_, facility.name(), true);
  }));
  const std::string& name = filing.facility();
  v1::SetExternalIdRequest request;
  request.set_name(name);
  request.mutable_external_id()->set_source_system("city");
  request.mutable_external_id()->set_source_id("2");
  ASSERT_OK(Call(&Stub::SetExternalId, Approver(), request));
  v1::FilingContent later = form;
  later.set_name("乙");
  later.mutable_external_ids(0)->set_source_id("2");
  *filing.mutable_rectified_from() = filing.content();
  absl::Status found;
  int checked = 0;
  const auto mend = [&] {
    return Write([&](rpc::WriteContext& context) {
      return MendFacility(context, deps_, filing,
                          [&](const v1::FilingContent& content, const auto& differences) {
                            ++checked;
                            EXPECT_EQ(content.opening_hours(), filing.content().opening_hours());
                            EXPECT_FALSE(differences.empty());
                            return found;
                          });
    });
  };
  ASSERT_OK(mend());
  EXPECT_THAT(Journal(), SizeIs(2)) << "nothing was mended";
  ASSERT_OK(RegistryFixture::Change(name, later, today() + 5));
  ASSERT_OK(Write(
      [&](rpc::WriteContext& context) { return SetChangePending(context, deps_, name, true); }));
  filing.mutable_content()->set_opening_hours("周一至周六");
  found = absl::InvalidArgumentError("does not go together");
  EXPECT_EQ(mend(), found);
  EXPECT_EQ(Read(name).content().opening_hours(), form.opening_hours());
  found = absl::OkStatus();
  ASSERT_OK(mend());
  EXPECT_EQ(checked, 2) << "once each, for what the change made of it";
  filing.mutable_content()->set_name("丙");
  EXPECT_EQ(ReasonOf(mend()), "REGISTER_CHANGED_SINCE");
  filing.mutable_content()->set_name("甲");
  EXPECT_TRUE(Read(name).change_pending());
  EXPECT_EQ(Read(name).content().opening_hours(), "周一至周六");
  ASSERT_EQ(Read(name).content().external_ids_size(), 1);
  EXPECT_EQ(Read(name).content().external_ids(0).source_id(), "2");
  GoTo(today() + 5);
  EXPECT_EQ(Read(name).content().name(), "乙");
  EXPECT_EQ(Read(name).content().opening_hours(), "周一至周六") << "the change took the rest over";
  EXPECT_OK(Names({}, ""));
  ExpectJournalAndTablesAgree();
  ASSERT_OK(Cancel(name, today()));
  filing.mutable_content()->set_opening_hours("周日");
  EXPECT_OK(mend()) << "nothing is left to mend";
  filing.set_name("filings/unknown");
  EXPECT_OK(mend());
  EXPECT_EQ(Read(name).content().opening_hours(), "周一至周六");
}

TEST_F(RegistryTest, UnknownFacilitiesAreNotFound) {
  const std::string missing = "facilities/01940000-0000-7000-8000-00000000ffff";
  for (const std::string& name : {missing, std::string("facilities/x"), std::string()}) {
    EXPECT_EQ(ReasonOf(Change(name, Form("甲"), today())), "FACILITY_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Cancel(name, today())), "FACILITY_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Write([&](rpc::WriteContext& context) {
                return LoadFacility(context.transaction, deps_, name, today()).status();
              })),
              "FACILITY_NOT_FOUND");
  }
}

TEST_F(RegistryTest, LoadFacilityOpensPersonalFields) {
  const v1::FilingContent content = Form("甲");
  const std::string name = Register(content);
  ASSERT_OK(Write([&](rpc::WriteContext& context) -> absl::Status {
    ASSIGN_OR_RETURN(const v1::Facility now,
                     LoadFacility(context.transaction, deps_, name, today()));
    EXPECT_THAT(now.content(), EqualsProto(content));
    ASSIGN_OR_RETURN(const v1::Facility later, LoadFacility(context.transaction, deps_, name,
                                                            today(), today() + 9, clock_.Now()));
    EXPECT_THAT(later.content(), EqualsProto(content));
    return absl::OkStatus();
  }));
}

// Full names of the fields of `descriptor`, at any depth, that are personal.
void AddPersonalFields(const google::protobuf::Descriptor& descriptor,
                       std::set<std::string>* names) {
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *descriptor.field(i);
    if (field.message_type() != nullptr) AddPersonalFields(*field.message_type(), names);
    if (field.options().GetExtension(common::v1::data_class) > common::v1::DATA_CLASS_INTERNAL) {
      names->insert(field.full_name());
    }
  }
}

TEST_F(RegistryTest, EveryPersonalFieldOfAFacilityIsStoredApart) {
  // RowMaker names them one by one: a new one needs its place there.
  std::set<std::string> names;
  AddPersonalFields(*v1::Facility::descriptor(), &names);
  EXPECT_THAT(names, ElementsAre("tuoyu.filing.v1.FilingContent.contact_name",
                                 "tuoyu.filing.v1.FilingContent.principal_id_number"));
  Register("甲");
  EXPECT_EQ(database_.Value("SELECT INSTR(LEFT(message, internal_size), 'sealed:') FROM facility"),
            "0");
}

TEST_F(RegistryTest, RandomActsLeaveJournalAndTablesInAgreement) {
  std::mt19937 random(11);
  const auto number = [&](int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(random);
  };
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) names.push_back(Register(Form(absl::StrCat("n", i))));
  names.push_back((*BackEnter({Old(kInitial, Form("old"), CivilDay(2019, 1, 1))}))[0]);
  for (int i = 0; i < 120; ++i) {
    clock_.Advance(absl::Hours(number(0, 60)));
    const std::string& name = names[number(0, 3)];
    const CivilDay day = today() + number(0, 4);
    v1::FilingContent form = Form(absl::StrCat("c", i));
    v1::BackEntry old = Old(kChange, form, CivilDay(2019, 1, 1) + number(0, 2500));
    old.set_facility(name);
    switch (number(0, 7)) {
      case 0:
        (void)Suspend(name, day, number(0, 1) == 1, Approver());
        break;
      case 1:
        (void)Resume(name, day, Approver());
        break;
      case 2:
        (void)Grant(name, day, day + number(1, 30));
        break;
      case 3:
        (void)BackEnter({old});
        break;
      case 4:
        if (number(0, 9) == 0) (void)Cancel(name, day);
        break;
      case 5:
        EXPECT_OK(Names({}, ""));
        break;
      default:
        (void)Change(name, form, day);
    }
  }
  EXPECT_OK(Names({}, ""));
  ExpectJournalAndTablesAgree();
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM facility_version WHERE superseded_at <= "
                            "recorded_at"),
            "0");
}

}  // namespace
}  // namespace tuoyu::filing
