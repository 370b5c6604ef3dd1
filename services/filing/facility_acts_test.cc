#include <thread>

#include "common/base/status.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tuoyu::testing::EqualsProto;
using tuoyu::testing::StatusIs;

class FacilityActsTest : public RegistryFixture {
 protected:
  std::vector<std::string> Actions() {
    std::vector<std::string> actions;
    for (const auto& entry : Journal()) actions.push_back(entry.action());
    return actions;
  }

  absl::StatusOr<v1::Facility> Link(const std::string& name, const std::string& predecessor,
                                    const std::string& token) const {
    v1::LinkPredecessorRequest request;
    request.set_name(name);
    request.set_predecessor(predecessor);
    return Call(&Stub::LinkPredecessor, token, request);
  }
  absl::StatusOr<v1::Facility> Unlink(const std::string& name) const {
    v1::UnlinkPredecessorRequest request;
    request.set_name(name);
    request.set_reason("录入有误");
    return Call(&Stub::UnlinkPredecessor, Approver(), request);
  }
  std::string LinkReason(const std::string& name, const std::string& predecessor) const {
    return ReasonOf(Link(name, predecessor, Approver()).status());
  }

  absl::StatusOr<v1::Facility> SetId(const std::string& name, const std::string& id) const {
    v1::SetExternalIdRequest request;
    request.set_name(name);
    request.mutable_external_id()->set_source_system("city");
    request.mutable_external_id()->set_source_id(id);
    return Call(&Stub::SetExternalId, Approver(), request);
  }

  absl::StatusOr<v1::ListRecognitionsResponse> Recognitions(const std::string& facility,
                                                            const std::string& token) const {
    v1::ListRecognitionsRequest request;
    request.set_parent(facility);
    return Call(&Stub::ListRecognitions, token, request);
  }
};

TEST_F(FacilityActsTest, AFacilitySuspendsAndResumesItself) {
  const std::string name = Register("甲");
  const auto suspended = Suspend(name, today(), false, Principal(name));
  ASSERT_OK(suspended);
  EXPECT_EQ(suspended->state(), v1::FACILITY_STATE_SUSPENDED);
  EXPECT_EQ(suspended->suspension_reason(), "装修");
  EXPECT_FALSE(suspended->content().principal_id_number().empty());
  GoTo(today() + 10);
  const auto resumed = Resume(name, today(), Principal(name));
  ASSERT_OK(resumed);
  EXPECT_EQ(resumed->state(), v1::FACILITY_STATE_ACTIVE);
  EXPECT_THAT(Actions(),
              ElementsAre("facility.registered", "facility.suspended", "facility.resumed"));
}

TEST_F(FacilityActsTest, AnOrderIsForTheAuthority) {
  const std::string name = Register("甲");
  EXPECT_EQ(ReasonOf(Suspend(name, today(), true, Principal(name)).status()), "SUSPENSION_ORDERED");
  ASSERT_OK(Suspend(name, today(), true, Approver()));
  EXPECT_EQ(ReasonOf(Resume(name, today(), Principal(name)).status()), "SUSPENSION_ORDERED");
  EXPECT_OK(Resume(name, today() + 1, Approver()));
}

TEST_F(FacilityActsTest, OnlyTheOwnFacilityAndTheOwnDivisions) {
  const std::string name = Register("甲");
  const std::string other = Register("乙");
  EXPECT_EQ(ReasonOf(Suspend(name, today(), false, Principal(other)).status()),
            "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Suspend(name, today(), false, Principal("")).status()), "NOT_YOUR_FACILITY");
  const std::string elsewhere = Token(common::v1::ROLE_DHC_APPROVER, {"500112"});
  EXPECT_EQ(ReasonOf(Suspend(name, today(), false, elsewhere).status()), "OUT_OF_SCOPE");
  EXPECT_EQ(Read(name).state(), v1::FACILITY_STATE_ACTIVE);
  const std::string missing = "facilities/01940000-0000-7000-8000-00000000ffff";
  EXPECT_EQ(ReasonOf(Suspend(missing, today(), false, Approver()).status()), "FACILITY_NOT_FOUND");
}

TEST_F(FacilityActsTest, ARoleWithoutTheActDoesNotWidenTheScope) {
  const std::string name = Register("甲");
  const std::string other = Register("乙");
  const auto token =
      tokens_.Sign({.subject = "accounts/both",
                    .organisation = "",
                    .roles = {common::v1::ROLE_FACILITY_PRINCIPAL, common::v1::ROLE_TOWN_OFFICER},
                    .divisions = {"500111"},
                    .facility = other,
                    .issued_at = clock_.Now(),
                    .expires_at = clock_.Now() + absl::Hours(1)});
  EXPECT_EQ(ReasonOf(Suspend(name, today(), false, *token).status()), "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Suspend(other, today(), true, *token).status()), "SUSPENSION_ORDERED");
}

TEST_F(FacilityActsTest, AnOfficerOfAnotherDivisionIsNoAuthorityForTheOwnFacility) {
  const std::string name = Register("甲");
  const auto token =
      tokens_.Sign({.subject = "accounts/both",
                    .organisation = "",
                    .roles = {common::v1::ROLE_FACILITY_PRINCIPAL, common::v1::ROLE_DHC_APPROVER},
                    .divisions = {"500111100"},
                    .facility = name,
                    .issued_at = clock_.Now(),
                    .expires_at = clock_.Now() + absl::Hours(1)});
  v1::RevokeRegistrationRequest revocation;
  revocation.set_name(name);
  *revocation.mutable_effective_date() = ToProto(today());
  revocation.set_reason("x");
  EXPECT_EQ(ReasonOf(Call(&Stub::RevokeRegistration, *token, revocation).status()), "OUT_OF_SCOPE");
  v1::GrantRecognitionRequest grant;
  grant.set_parent(name);
  *grant.mutable_recognition()->mutable_valid_from() = ToProto(today());
  EXPECT_EQ(ReasonOf(Call(&Stub::GrantRecognition, *token, grant).status()), "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(Link(name, Register("乙"), *token).status()), "OUT_OF_SCOPE");
  EXPECT_OK(Suspend(name, today(), false, *token));
}

TEST_F(FacilityActsTest, AnOrderTakesAVoluntarySuspensionOutOfTheFacilitysHands) {
  const std::string name = Register("甲");
  ASSERT_OK(Suspend(name, today(), false, Principal(name)));
  ASSERT_OK(Suspend(name, today(), true, Approver()));
  EXPECT_TRUE(Read(name).suspension_ordered());
  EXPECT_EQ(ReasonOf(Resume(name, today(), Principal(name)).status()), "SUSPENSION_ORDERED");
  EXPECT_EQ(ReasonOf(Suspend(name, today(), false, Principal(name)).status()), "WRONG_STATE");
}

TEST_F(FacilityActsTest, RequestsSayEverything) {
  const std::string name = Register("甲");
  v1::SuspendFacilityRequest request;
  request.set_name(name);
  const auto status = Call(&Stub::SuspendFacility, Approver(), request).status();
  EXPECT_EQ(ReasonOf(status), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(status).size(), 2U);
  EXPECT_EQ(ReasonOf(Suspend(name, today() - 1, false, Approver()).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Revoke(name, today() + 1).status()), "FORM_INVALID");
  EXPECT_THAT(Actions(), ElementsAre("facility.registered"));
}

TEST_F(FacilityActsTest, AWrongStateAndAScheduledChangeAreRefused) {
  const std::string name = Register("甲");
  EXPECT_EQ(ReasonOf(Resume(name, today(), Approver()).status()), "WRONG_STATE");
  ASSERT_OK(Suspend(name, today() + 5, false, Approver()));
  const auto refused = Suspend(name, today(), false, Approver()).status();
  EXPECT_EQ(ReasonOf(refused), "CHANGE_SCHEDULED");
  EXPECT_EQ(rpc::MetadataOf(refused)["day"], FormatDay(today() + 5));
  EXPECT_OK(Suspend(name, today(), true, Approver()));
}

TEST_F(FacilityActsTest, RevocationIsFinal) {
  const std::string name = Register(Form("甲"), today() - 9);
  ASSERT_OK(Change(name, Form("改"), today() - 1));
  const absl::Time before = clock_.Now();
  GoTo(today() + 1);
  EXPECT_EQ(ReasonOf(Revoke(name, today() - 11).status()), "BEFORE_VERSION_IN_FORCE");
  const auto revoked = Revoke(name, today() - 4);
  ASSERT_OK(revoked);
  EXPECT_EQ(revoked->state(), v1::FACILITY_STATE_REVOKED_REGISTRATION);
  EXPECT_EQ(Get(name, Auditor(), today() - 4)->state(), v1::FACILITY_STATE_REVOKED_REGISTRATION)
      << "from its true day on, before the change that was in force";
  EXPECT_EQ(Get(name, Auditor(), today() - 2, before + absl::Seconds(1))->content().name(), "改")
      << "as it was known then";
  EXPECT_EQ(ReasonOf(Revoke(name, today()).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Suspend(name, today(), true, Approver()).status()), "WRONG_STATE");
}

TEST_F(FacilityActsTest, AStaleEtagIsRefused) {
  const std::string name = Register("甲");
  v1::SuspendFacilityRequest request;
  request.set_name(name);
  request.set_etag(Read(name).etag());
  *request.mutable_effective_date() = ToProto(today());
  request.set_reason("装修");
  ASSERT_OK(SetId(name, "1"));
  EXPECT_EQ(ReasonOf(Call(&Stub::SuspendFacility, Approver(), request).status()), "ETAG_MISMATCH");
  request.set_etag(Read(name).etag());
  const auto suspended = Call(&Stub::SuspendFacility, Approver(), request);
  ASSERT_OK(suspended);
  EXPECT_EQ(suspended->etag(), Read(name).etag());
}

TEST_F(FacilityActsTest, ARepeatedRequestIsAnsweredOnce) {
  const std::string name = Register("甲");
  v1::SuspendFacilityRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(name);
  *request.mutable_effective_date() = ToProto(today());
  request.set_reason("装修");
  const auto first = Call(&Stub::SuspendFacility, Approver(), request);
  ASSERT_OK(first);
  const auto second = Call(&Stub::SuspendFacility, Approver(), request);
  ASSERT_OK(second);
  EXPECT_THAT(*second, EqualsProto(*first));
  request.set_reason("其他");
  EXPECT_EQ(ReasonOf(Call(&Stub::SuspendFacility, Approver(), request).status()),
            "REQUEST_ID_REUSED");
  EXPECT_THAT(Actions(), ElementsAre("facility.registered", "facility.suspended"));
}

TEST_F(FacilityActsTest, OneRequestSentTwiceAtOnceActsOnce) {
  const std::string name = Register("甲");
  v1::SuspendFacilityRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(name);
  *request.mutable_effective_date() = ToProto(today());
  request.set_reason("装修");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { EXPECT_OK(Call(&Stub::SuspendFacility, Approver(), request)); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Actions(), ElementsAre("facility.registered", "facility.suspended"));
}

TEST_F(FacilityActsTest, LinksAreSeenFromBothSides) {
  const std::string old = Register("旧");
  const std::string next = Register("新");
  const auto linked = Link(next, old, Approver());
  ASSERT_OK(linked);
  EXPECT_EQ(linked->predecessor(), old);
  EXPECT_EQ(Get(old, "")->successor(), next);
  EXPECT_EQ(Get(next, "")->predecessor(), old);
  EXPECT_EQ(Get(next, "", today())->predecessor(), old);
  EXPECT_OK(Link(next, old, Approver()));
  EXPECT_THAT(Actions(),
              ElementsAre("facility.registered", "facility.registered", "facility.linked"));
}

TEST_F(FacilityActsTest, AWrongLinkIsTakenOffAndWhatWasKnownStays) {
  const std::string old = Register("旧"), other = Register("他"), next = Register("新");
  const absl::Time before = clock_.Now() + absl::Seconds(1);
  clock_.Advance(absl::Minutes(1));
  ASSERT_OK(Link(next, other, Approver()));
  const absl::Time linked = clock_.Now() + absl::Seconds(1);
  clock_.Advance(absl::Minutes(1));
  const auto unlinked = Unlink(next);
  ASSERT_OK(unlinked);
  EXPECT_EQ(unlinked->predecessor(), "");
  EXPECT_EQ(Get(other, "")->successor(), "");
  EXPECT_EQ(ReasonOf(Unlink(next).status()), "LINK_NOT_FOUND");
  ASSERT_OK(Link(next, old, Approver()));
  EXPECT_EQ(Get(next, Auditor(), today(), before)->predecessor(), "");
  EXPECT_EQ(Get(next, Auditor(), today(), linked)->predecessor(), other);
  EXPECT_EQ(Get(other, Auditor(), today(), linked)->successor(), next);
  EXPECT_EQ(Get(old, Auditor(), today(), linked)->successor(), "");
  EXPECT_EQ(Get(next, "")->predecessor(), old);
  const auto entries = Journal();
  v1::FacilityLinkRemoval removal;
  ASSERT_TRUE(removal.ParseFromString(entries[entries.size() - 2].payload()));
  EXPECT_EQ(entries[entries.size() - 2].action(), "facility.unlinked");
  EXPECT_EQ(removal.predecessor(), other);
  EXPECT_EQ(removal.reason(), "录入有误");
  // Linked and taken off once more, within one microsecond of the clock.
  ASSERT_OK(Unlink(next));
  ASSERT_OK(Link(next, old, Approver()));
}

TEST_F(FacilityActsTest, LinksMakeNoCircleAndNoFork) {
  const std::string a = Register("a"), b = Register("b"), c = Register("c"), d = Register("d");
  EXPECT_EQ(LinkReason(a, a), "LINK_CYCLE");
  ASSERT_OK(Link(b, a, Approver()));
  ASSERT_OK(Link(c, b, Approver()));
  EXPECT_EQ(LinkReason(a, b), "LINK_CYCLE");
  EXPECT_EQ(LinkReason(a, c), "LINK_CYCLE");
  EXPECT_EQ(LinkReason(c, d), "LINK_TAKEN");
  EXPECT_EQ(LinkReason(d, b), "LINK_TAKEN");
  EXPECT_EQ(LinkReason(d, "facilities/1"), "NAME_INVALID");
  EXPECT_EQ(LinkReason(d, "facilities/01940000-0000-7000-8000-00000000ffff"), "FACILITY_NOT_FOUND");
  EXPECT_OK(Link(d, c, Approver()));
}

TEST_F(FacilityActsTest, AnExternalIdBelongsToOneFacility) {
  const std::string a = Register("a"), b = Register("b");
  ASSERT_OK(SetId(a, "1"));
  EXPECT_EQ(ReasonOf(SetId(b, "1").status()), "EXTERNAL_ID_TAKEN");
  ASSERT_OK(SetId(a, "2"));
  ASSERT_EQ(Read(a).content().external_ids_size(), 1);
  EXPECT_EQ(Read(a).content().external_ids(0).source_id(), "2");
  EXPECT_OK(SetId(b, "1"));
  const auto removed = SetId(a, "");
  ASSERT_OK(removed);
  EXPECT_EQ(removed->content().external_ids_size(), 0);
  EXPECT_OK(SetId(b, "2"));
  v1::FilingContent form = Form("c");
  form.add_external_ids()->set_source_system("city");
  form.mutable_external_ids(0)->set_source_id("2");
  EXPECT_EQ(ReasonOf(Write([&](rpc::WriteContext& context) {
              return RegisterFacility(context, deps_, Filed(form), today()).status();
            })),
            "EXTERNAL_ID_TAKEN");
}

TEST_F(FacilityActsTest, ARecognitionHoldsFromItsFirstDayToItsLast) {
  const std::string name = Register("甲");
  const CivilDay from = today() + 1;
  const auto granted = Grant(name, from, from + 2);
  ASSERT_OK(granted);
  EXPECT_FALSE(Get(name, "")->has_recognition());
  GoTo(from);
  EXPECT_EQ(Get(name, "")->recognition().name(), granted->name());
  EXPECT_EQ(Get(name, "")->recognition().document_number(), "大足卫健〔2026〕8号");
  GoTo(from + 2);
  EXPECT_FALSE(Get(name, "")->has_recognition());
  EXPECT_TRUE(Get(name, "", from + 1)->has_recognition());
  EXPECT_THAT(Actions(), ElementsAre("facility.registered", "recognition.granted"));
}

TEST_F(FacilityActsTest, RecognitionsDoNotOverlap) {
  const std::string name = Register("甲");
  ASSERT_OK(Grant(name, today() + 10, today() + 20));
  EXPECT_EQ(ReasonOf(Grant(name, today() + 19).status()), "RECOGNITION_OVERLAP");
  EXPECT_EQ(ReasonOf(Grant(name, today() + 5, today() + 11).status()), "RECOGNITION_OVERLAP");
  EXPECT_EQ(ReasonOf(Grant(name, today()).status()), "RECOGNITION_OVERLAP");
  EXPECT_OK(Grant(name, today() + 5, today() + 10));
  EXPECT_OK(Grant(name, today() + 20));
  EXPECT_EQ(Recognitions(name, "")->recognitions_size(), 0) << "public from its first day on";
  const auto all = Recognitions(name, Auditor());
  ASSERT_OK(all);
  ASSERT_EQ(all->recognitions_size(), 3);
  EXPECT_THAT(all->recognitions(0).valid_from(), EqualsProto(ToProto(today() + 5)));
}

TEST_F(FacilityActsTest, ARevokedRecognitionEndsOnItsDayAndMakesRoom) {
  const std::string name = Register("甲");
  const auto granted = Grant(name, today(), today() + 100);
  ASSERT_OK(granted);
  const CivilDay day = today() + 10;
  EXPECT_EQ(ReasonOf(RevokeRecognition(granted->name(), today() - 1).status()), "FORM_INVALID");
  const auto revoked = RevokeRecognition(granted->name(), day);
  ASSERT_OK(revoked);
  EXPECT_EQ(revoked->revoke_reason(), "收费高于普惠标准");
  for (const v1::Recognition& seen :
       {Get(name, "")->recognition(), Get(name, "", today())->recognition(),
        Recognitions(name, "")->recognitions(0)}) {
    EXPECT_FALSE(seen.has_revoked_on()) << "public on its day";
    EXPECT_EQ(seen.revoke_reason(), "");
    EXPECT_TRUE(seen.has_valid_to());
  }
  EXPECT_TRUE(Get(name, Auditor())->recognition().has_revoked_on());
  EXPECT_EQ(ReasonOf(RevokeRecognition(granted->name(), day).status()), "RECOGNITION_ENDED");
  EXPECT_OK(Grant(name, day));
  const absl::Time before = clock_.Now();
  GoTo(day - 1);
  EXPECT_EQ(Get(name, "")->recognition().name(), granted->name());
  GoTo(day);
  EXPECT_NE(Get(name, "")->recognition().name(), granted->name());
  EXPECT_EQ(Get(name, Auditor(), day - 1, before + absl::Seconds(1))->recognition().name(),
            granted->name());
  EXPECT_EQ(
      ReasonOf(RevokeRecognition(name + "/recognitions/01940000-0000-7000-8000-00000000ffff", day)
                   .status()),
      "RECOGNITION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(RevokeRecognition(name, day).status()), "NAME_INVALID");
}

TEST_F(FacilityActsTest, PastRecognitionsAreForArchivists) {
  const std::string name =
      (*BackEnter({Old(v1::FILING_KIND_INITIAL, Form("甲"), today() - 100)}))[0];
  EXPECT_OK(Grant(name, today() - 50, today() - 20));
  EXPECT_EQ(ReasonOf(Grant(name, today() - 200, today() - 150).status()), "DAY_BEFORE_FILING");
  EXPECT_EQ(ReasonOf(Grant(name, today() - 30).status()), "RECOGNITION_OVERLAP");
  v1::GrantRecognitionRequest request;
  request.set_parent(name);
  *request.mutable_recognition()->mutable_valid_from() = ToProto(today() - 10);
  EXPECT_EQ(ReasonOf(Call(&Stub::GrantRecognition, Approver(), request).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Call(&Stub::GrantRecognition, Archivist(), request).status()),
            "ROLE_NOT_ALLOWED");
  request.set_back_entry(true);
  EXPECT_EQ(ReasonOf(Call(&Stub::GrantRecognition, Approver(), request).status()),
            "ROLE_NOT_ALLOWED");
  EXPECT_OK(Call(&Stub::GrantRecognition, Archivist(), request));
  EXPECT_TRUE(Recognitions(name, Auditor())->recognitions(0).back_entered());
  EXPECT_FALSE(Recognitions(name, "")->recognitions(0).back_entered());
}

TEST_F(FacilityActsTest, AnArchivistDoesNotUndoWhatTheSystemDecidedOnARecognition) {
  const std::string old =
      (*BackEnter({Old(v1::FILING_KIND_INITIAL, Form("甲"), today() - 100)}))[0];
  const auto paper = Grant(old, today() - 50);
  ASSERT_OK(paper);
  const auto revoked = RevokeRecognition(paper->name(), today());
  ASSERT_OK(revoked);
  EXPECT_FALSE(revoked->back_entered());
  GoTo(today() + 5);
  const absl::Status again = Grant(old, today() - 3).status();
  EXPECT_EQ(ReasonOf(again), "BACK_ENTRY_CONFLICT");
  EXPECT_EQ(rpc::MetadataOf(again)["field"], "recognition.valid_from");
  EXPECT_FALSE(Get(old, "")->has_recognition());
  const std::string filed = Register(Form("乙"), today() - 40);
  EXPECT_EQ(ReasonOf(Grant(filed, today() - 30, today() - 20).status()), "BACK_ENTRY_CONFLICT");
}

TEST_F(FacilityActsTest, ARecognitionCoversNoMorePlacesThanAreFiled) {
  const v1::FilingContent form = Form("甲");
  v1::GrantRecognitionRequest request;
  request.set_parent(Register(form));
  *request.mutable_recognition()->mutable_valid_from() = ToProto(today());
  request.mutable_recognition()->set_places_covered(form.approved_capacity() + 1);
  const absl::Status refused = Call(&Stub::GrantRecognition, Approver(), request).status();
  EXPECT_EQ(ReasonOf(refused), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused)[0].reason(), "RECOGNITION_OVER_CAPACITY");
  request.mutable_recognition()->set_places_covered(form.approved_capacity());
  EXPECT_OK(Call(&Stub::GrantRecognition, Approver(), request));
}

TEST_F(FacilityActsTest, AnEndedFacilityIsNotRecognised) {
  const std::string name = Register("甲");
  ASSERT_OK(Cancel(name, today() + 5));
  EXPECT_EQ(ReasonOf(Grant(name, today() + 5).status()), "WRONG_STATE");
  EXPECT_OK(Grant(name, today()));
}

}  // namespace
}  // namespace tuoyu::filing
