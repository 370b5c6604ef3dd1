// Who may see and do what: roles, own filings, divisions, data classes; and repeated requests.
#include <functional>
#include <thread>

#include "absl/strings/match.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/rpc/access_matrix.h"
#include "common/rpc/journal_service.h"
#include "services/filing/filing_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Property;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;

class FilingAccessTest : public FilingFixture {
 protected:
  // Every method that names a filing, called on `filing`; the statuses.
  std::vector<absl::Status> CallAll(const v1::Filing& filing, const std::string& principal,
                                    const std::vector<std::string>& divisions) {
    const auto officer = [&](rpc::Role role) { return Token(role, "accounts/officer", divisions); };
    const std::string& name = filing.name();
    const std::string reviewer = officer(common::v1::ROLE_DHC_REVIEWER);
    const std::string approver = officer(common::v1::ROLE_DHC_APPROVER);
    const std::string& material = filing.materials(0).name();
    v1::UpdateFilingRequest update;
    *update.mutable_filing() = filing;
    v1::VerifyMaterialRequest verify;
    verify.set_name(material);
    verify.set_verify_state(v1::VERIFY_STATE_VERIFIED_MANUAL);
    v1::UploadMaterialChunkRequest chunk;
    std::string upload = material;
    upload.replace(upload.find("materials"), 9, "uploads");
    chunk.set_name(upload);
    chunk.set_data("x");
    return {Get(name, principal).status(),
            Get(name, reviewer).status(),
            Call(&Stub::UpdateFiling, principal, update).status(),
            On(name, &Stub::SubmitFiling, principal).status(),
            Return(name, reviewer).status(),
            On(name, &Stub::ReceiveFiling, reviewer).status(),
            On(name, &Stub::AcceptFiling, approver).status(),
            Notice(name, reviewer).status(),
            Mend(name, principal).status(),
            On(name, &Stub::CompleteFiling, approver).status(),
            On(name, &Stub::WithdrawFiling, principal).status(),
            Upload(name, filing.materials(0), principal).status(),
            Call(&Stub::UploadMaterialChunk, principal, chunk).status(),
            On(upload, &Stub::GetMaterialUpload, principal).status(),
            On(material, &Stub::DeleteMaterial, principal).status(),
            Call(&Stub::VerifyMaterial, reviewer, verify).status(),
            On(material, &Stub::DownloadMaterial, principal).status(),
            On(material, &Stub::DownloadMaterial, reviewer).status(),
            On(name, &Stub::GetReceipt, principal).status(),
            On(name, &Stub::GetReceipt, reviewer).status()};
  }
};

TEST_F(FilingAccessTest, EveryMethodKeepsToItsAccessRule) {
  EXPECT_THAT(rpc::CheckAccessMatrix(channel_, tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<v1::FilingService>()}),
              IsEmpty());
}

TEST_F(FilingAccessTest, TheJournalOfFilingsIsForServicesAndAuditors) {
  rpc::Door door("filing", *token_verifier_, clock_, metrics_, log_,
                 {rpc::DescriptorOf<common::v1::JournalService>()});
  rpc::JournalService journal(door, database_.pool(), "filing");
  rpc::Server server(rpc::ServerOptions(), {&journal});
  ASSERT_OK(server.Start());
  EXPECT_THAT(rpc::CheckAccessMatrix(server.InProcessChannel(), tokens_, clock_.Now(),
                                     {rpc::DescriptorOf<common::v1::JournalService>()}),
              IsEmpty());
}

TEST_F(FilingAccessTest, ForeignFilingsAreAsIfTheyDidNotExist) {
  const v1::Filing filing = DraftIn(v1::FILING_STATE_RECEIVED);
  v1::Filing absent = filing;
  const std::string nowhere = "filings/0190a000-0000-7000-8000-00000000ffff";
  absent.set_name(nowhere);
  for (v1::Material& material : *absent.mutable_materials()) {
    material.set_name(nowhere + material.name().substr(filing.name().size()));
  }
  const std::string stranger = Principal("accounts/stranger");
  const auto foreign = CallAll(filing, stranger, {"500112"});
  const auto missing = CallAll(absent, Principal(), {"500111"});
  ASSERT_EQ(foreign.size(), missing.size());
  for (size_t i = 0; i < foreign.size(); ++i) {
    EXPECT_THAT(foreign[i], StatusIs(absl::StatusCode::kNotFound)) << i;
    EXPECT_EQ(foreign[i], missing[i]) << i;
  }
  EXPECT_THAT(*Get(filing.name(), Principal()), EqualsProto(filing));
}

TEST_F(FilingAccessTest, AnOfficerWithoutDivisionsIsOutOfScope) {
  const v1::Filing filing = DraftIn(v1::FILING_STATE_SUBMITTED);
  const std::string nobody = Token(common::v1::ROLE_DHC_REVIEWER, "accounts/officer", {});
  const absl::Status read = Get(filing.name(), nobody).status();
  EXPECT_THAT(read, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(read), "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(On(filing.name(), &Stub::ReceiveFiling, nobody).status()), "OUT_OF_SCOPE");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, nobody, v1::ListFilingsRequest()).status()),
            "OUT_OF_SCOPE");
}

TEST_F(FilingAccessTest, OfficersOfATownSeeTheirTown) {
  const v1::Filing here = DraftIn(v1::FILING_STATE_SUBMITTED);
  v1::Filing form = Form();
  form.mutable_content()->set_division_code("500111100");
  form.mutable_content()->clear_community_code();
  const v1::Filing there = Advance(Draft(form, Principal()).name(), v1::FILING_STATE_SUBMITTED);
  ASSERT_NE(here.content().division_code(), "500111100");
  const std::string town = Token(common::v1::ROLE_DHC_REVIEWER, "accounts/town", {"500111100000"});
  EXPECT_OK(Get(there.name(), town));
  EXPECT_EQ(ReasonOf(Get(here.name(), town).status()), "FILING_NOT_FOUND");
  const auto list = Call(&Stub::ListFilings, town, v1::ListFilingsRequest());
  ASSERT_OK(list);
  EXPECT_THAT(list->filings(), ElementsAre(Property(&v1::Filing::name, there.name())));
  v1::ListFilingsRequest request;
  request.set_division_prefix("500111100");
  const auto district = Call(&Stub::ListFilings, Reviewer(), request);
  EXPECT_THAT(district->filings(), ElementsAre(Property(&v1::Filing::name, there.name())));
}

TEST_F(FilingAccessTest, WhoActsForTheFacilityNowSeesItsFilings) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string new_head = Principal("accounts/new-head", filed.facility());
  const auto seen = Get(filed.name(), new_head);
  ASSERT_OK(seen);
  EXPECT_FALSE(seen->content().principal_id_number().empty());
  v1::ListFilingsRequest request;
  request.set_facility(filed.facility());
  EXPECT_THAT(Call(&Stub::ListFilings, new_head, request)->filings(), SizeIs(1));
  EXPECT_THAT(Call(&Stub::ListFilings, Principal("accounts/stranger"), request)->filings(),
              IsEmpty());
  EXPECT_THAT(Call(&Stub::ListFilings, Reviewer(), request)->filings(), SizeIs(1));
}

TEST_F(FilingAccessTest, PersonalDataReachWhoMaySeeThem) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  for (const std::string& token : {Principal(), Reviewer(), Approver(), Archivist()}) {
    const auto seen = Get(filed.name(), token);
    ASSERT_OK(seen);
    EXPECT_EQ(seen->content().principal_id_number(), "500111198802299964");
    EXPECT_FALSE(On(filed.name(), &Stub::GetReceipt, token)->receipt().verification_code().empty());
  }
  const auto audited = Get(filed.name(), Auditor());
  ASSERT_OK(audited);
  EXPECT_EQ(audited->content().principal_id_number(), "");
  EXPECT_EQ(audited->content().contact_name(), "");
  EXPECT_NE(audited->content().uscc(), "");
  EXPECT_EQ(On(filed.name(), &Stub::GetReceipt, Auditor())->receipt().verification_code(), "");
  const auto listed = Call(&Stub::ListFilings, Auditor(), v1::ListFilingsRequest());
  ASSERT_THAT(listed->filings(), SizeIs(1));
  EXPECT_EQ(listed->filings(0).content().principal_id_number(), "");
  EXPECT_EQ(Call(&Stub::ListFilings, Principal(), v1::ListFilingsRequest())
                ->filings(0)
                .content()
                .principal_id_number(),
            "500111198802299964");
}

TEST_F(FilingAccessTest, AnExpiredOrForgedTokenIsNoToken) {
  const v1::Filing filing = Draft();
  const std::string token = Principal();
  clock_.Advance(absl::Hours(25));
  EXPECT_EQ(ReasonOf(Get(filing.name(), token).status()), "TOKEN_EXPIRED");
  const auto other = *rpc::TokenSigner::FromPem(
      *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256));
  const auto forged = other.Sign({.subject = "accounts/principal",
                                  .organisation = "",
                                  .roles = {common::v1::ROLE_FACILITY_PRINCIPAL},
                                  .divisions = {},
                                  .facility = "",
                                  .issued_at = clock_.Now(),
                                  .expires_at = clock_.Now() + absl::Hours(1)});
  EXPECT_EQ(ReasonOf(Get(filing.name(), *forged).status()), "TOKEN_FORGED");
}

TEST_F(FilingAccessTest, TheSameRequestTwiceIsDoneOnce) {
  v1::CreateFilingRequest request;
  *request.mutable_filing() = Form();
  request.set_request_id(NewRequestId());
  const auto first = Call(&Stub::CreateFiling, Principal(), request);
  ASSERT_OK(first);
  const auto second = Call(&Stub::CreateFiling, Principal(), request);
  ASSERT_OK(second);
  EXPECT_THAT(*second, EqualsProto(*first));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM filing"), "1");
  request.mutable_filing()->mutable_content()->set_name("另一家托育中心");
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateFiling, Principal(), request).status()),
            "REQUEST_ID_REUSED");
  EXPECT_OK(Call(&Stub::CreateFiling, Principal("accounts/other"), request))
      << "ids of another caller are other ids";
}

TEST_F(FilingAccessTest, ARepeatedDecisionIsAnsweredAsTheFirstTime) {
  const v1::Filing received = DraftIn(v1::FILING_STATE_RECEIVED);
  v1::AcceptFilingRequest request;
  request.set_name(received.name());
  request.set_etag(received.etag());
  request.set_request_id(NewRequestId());
  const auto first = Call(&Stub::AcceptFiling, Approver(), request);
  ASSERT_OK(first);
  clock_.Advance(absl::Hours(5));
  const auto second = Call(&Stub::AcceptFiling, Approver(), request);
  ASSERT_OK(second);
  EXPECT_THAT(*second, EqualsProto(*first));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM receipt"), "1");
  request.clear_etag();
  EXPECT_EQ(ReasonOf(Call(&Stub::AcceptFiling, Approver(), request).status()), "REQUEST_ID_REUSED");
  EXPECT_THAT(VerifiedActions(), SizeIs(testing::ValidFiling().materials_size() + 5));
}

}  // namespace
}  // namespace tuoyu::filing
