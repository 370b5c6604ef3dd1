// Materials: upload in pieces, checks by content, download, verification.
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/privacy/digest.h"
#include "services/filing/filing_fixture.h"
#include "services/filing/housekeeping.h"
#include "services/filing/material_repository.h"

namespace tuoyu::filing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::IsOkAndHolds;
using ::tuoyu::testing::StatusIs;

constexpr size_t kMebibyte = 1 << 20;

class MaterialTest : public FilingFixture {
 protected:
  MaterialTest() {
    v1::Filing form = Form();
    material_ = form.materials(0);
    form.clear_materials();
    filing_ = Draft(form, Principal()).name();
  }

  // A PDF of this size, unlike any other piece by piece.
  static std::string Pdf(size_t size) {
    std::string bytes = "%PDF-1.7\n";
    while (bytes.size() < size) absl::StrAppend(&bytes, bytes.size(), "\n");
    bytes.resize(size);
    return bytes;
  }
  absl::StatusOr<v1::MaterialUpload> Start(const std::string& bytes, int64_t size = -1) const {
    v1::StartMaterialUploadRequest request;
    request.set_parent(filing_);
    *request.mutable_material() = material_;
    request.mutable_material()->set_file_name("made-up.pdf");
    request.mutable_material()->set_size_bytes(size < 0 ? static_cast<int64_t>(bytes.size())
                                                        : size);
    request.mutable_material()->set_sha256(privacy::Sha256Hex(bytes));
    return Call(&Stub::StartMaterialUpload, Principal(), request);
  }
  absl::StatusOr<v1::MaterialUpload> Chunk(const std::string& upload, int64_t offset,
                                           absl::string_view data) const {
    v1::UploadMaterialChunkRequest request;
    request.set_name(upload);
    request.set_offset(offset);
    request.set_data(std::string(data));
    return Call(&Stub::UploadMaterialChunk, Principal(), request);
  }
  absl::StatusOr<v1::DownloadMaterialResponse> Download(const std::string& name, int64_t offset,
                                                        int64_t bytes,
                                                        const std::string& token) const {
    v1::DownloadMaterialRequest request;
    request.set_name(name);
    request.set_offset(offset);
    request.set_max_bytes(bytes);
    return Call(&Stub::DownloadMaterial, token, request);
  }
  v1::Filing Filing() const { return *Get(filing_, Principal()); }

  v1::Material material_;
  std::string filing_;
};

TEST_F(MaterialTest, AFileComesInPiecesAndIsTakenUpAgain) {
  const std::string bytes = Pdf(2 * kMebibyte + 12'345);
  const auto started = Start(bytes);
  ASSERT_OK(started);
  const absl::string_view view = bytes;
  ASSERT_OK(Chunk(started->name(), 0, view.substr(0, kMebibyte)));
  // The client lost its way and asks where to go on.
  const auto state = On(started->name(), &Stub::GetMaterialUpload, Principal());
  ASSERT_OK(state);
  EXPECT_EQ(state->received_bytes(), static_cast<int64_t>(kMebibyte));
  EXPECT_FALSE(state->complete());
  EXPECT_THAT(Filing().materials(), IsEmpty());
  ASSERT_OK(Chunk(started->name(), kMebibyte, view.substr(kMebibyte, kMebibyte)));
  const auto done = Chunk(started->name(), 2 * kMebibyte, view.substr(2 * kMebibyte));
  ASSERT_OK(done);
  EXPECT_TRUE(done->complete());
  const v1::Filing filing = Filing();
  ASSERT_THAT(filing.materials(), SizeIs(1));
  EXPECT_EQ(filing.materials(0).content_type(), "application/pdf");
  EXPECT_EQ(filing.materials(0).verify_state(), v1::VERIFY_STATE_UNVERIFIED);
  EXPECT_TRUE(filing.materials(0).has_upload_time());
  EXPECT_THAT(VerifiedActions(), Contains("material.uploaded"));

  std::string read;
  while (read.size() < bytes.size()) {
    const auto piece = Download(filing.materials(0).name(), read.size(), 300'001, Principal());
    ASSERT_OK(piece);
    ASSERT_FALSE(piece->data().empty());
    EXPECT_THAT(piece->material(), EqualsProto(filing.materials(0)));
    read += piece->data();
  }
  EXPECT_EQ(privacy::Sha256Hex(read), privacy::Sha256Hex(bytes));
  EXPECT_EQ(Download(filing.materials(0).name(), 0, 0, Principal())->data().size(), kMebibyte);
  EXPECT_EQ(Download(filing.materials(0).name(), 1 << 30, 0, Principal())->data(), "");
}

TEST_F(MaterialTest, ARepeatedPieceIsAnsweredAndAnotherOneRefused) {
  const std::string bytes = Pdf(3000);
  const absl::string_view view = bytes;
  const auto started = Start(bytes);
  ASSERT_OK(Chunk(started->name(), 0, view.substr(0, 1000)));
  const auto again = Chunk(started->name(), 0, view.substr(0, 1000));
  ASSERT_OK(again);
  EXPECT_EQ(again->received_bytes(), 1000);
  for (const auto& [offset, data] : std::vector<std::pair<int64_t, absl::string_view>>{
           {0, view.substr(1000, 1000)}, {500, view.substr(500, 500)}, {2000, view.substr(2000)}}) {
    const absl::Status refused = Chunk(started->name(), offset, data).status();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_EQ(ReasonOf(refused), "UPLOAD_OFFSET_MISMATCH");
    EXPECT_EQ(rpc::MetadataOf(refused)["offset"], "1000");
  }
  ASSERT_OK(Chunk(started->name(), 1000, view.substr(1000)));
  const auto last = Chunk(started->name(), 1000, view.substr(1000));
  ASSERT_OK(last);
  EXPECT_TRUE(last->complete());
  EXPECT_THAT(Filing().materials(), SizeIs(1));
}

TEST_F(MaterialTest, TheRequestLogHoldsNoFiles) {
  const std::string bytes = Pdf(kMebibyte);
  const auto started = Start(bytes);
  v1::UploadMaterialChunkRequest request;
  request.set_name(started->name());
  request.set_data(bytes);
  request.set_request_id(NewRequestId());
  ASSERT_OK(Call(&Stub::UploadMaterialChunk, Principal(), request));
  ASSERT_OK(Call(&Stub::UploadMaterialChunk, Principal(), request));
  request.mutable_data()->back() = '?';
  EXPECT_EQ(ReasonOf(Call(&Stub::UploadMaterialChunk, Principal(), request).status()),
            "REQUEST_ID_REUSED");
  EXPECT_EQ(database_.Value("SELECT MAX(LENGTH(reply)) < 5000 FROM request_log"), "1");
}

TEST_F(MaterialTest, AFileThatIsNotWhatWasDeclaredIsRefused) {
  const std::string bytes = Pdf(2000);
  std::string altered = bytes;
  altered[1000] ^= 1;
  const auto started = Start(bytes);
  const absl::Status wrong = Chunk(started->name(), 0, altered).status();
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(wrong), "UPLOAD_DIGEST_MISMATCH");
  EXPECT_EQ(ReasonOf(Chunk(started->name(), 0, bytes + "x").status()), "TOO_LARGE");
  EXPECT_EQ(On(started->name(), &Stub::GetMaterialUpload, Principal())->received_bytes(), 0)
      << "nothing was kept";
  EXPECT_THAT(Filing().materials(), IsEmpty());
}

TEST_F(MaterialTest, OnlyTheFourTypesAreTakenWhateverTheNameSays) {
  for (const std::string bytes : {"<html>not a certificate</html>", "MZ executable", "plain"}) {
    const auto started = Start(bytes);
    ASSERT_OK(started);
    const absl::Status refused = Chunk(started->name(), 0, bytes).status();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_EQ(ReasonOf(refused), "CONTENT_TYPE_REFUSED");
  }
}

TEST_F(MaterialTest, SizesAreLimited) {
  EXPECT_EQ(ReasonOf(Start("x", (20 << 20) + 1).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Start("", 0).status()), "FORM_INVALID");
  const auto started = Start(Pdf(3 * kMebibyte));
  ASSERT_OK(started);
  EXPECT_EQ(ReasonOf(Chunk(started->name(), 0, Pdf(kMebibyte + 1)).status()), "TOO_LARGE");
  EXPECT_EQ(ReasonOf(Chunk(started->name(), 0, "").status()), "FIELD_MISSING");
  EXPECT_EQ(ReasonOf(Chunk(started->name(), -1, "x").status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Chunk(filing_, 0, "x").status()), "NAME_INVALID");
  EXPECT_EQ(ReasonOf(Download(started->name(), 0, 0, Principal()).status()), "NAME_INVALID");
}

TEST_F(MaterialTest, AFilingHasSoManyMaterialsAndNoMore) {
  for (int i = 0; i < rules_.max_materials(); ++i) {
    v1::Material material;
    material.set_kind(v1::MATERIAL_KIND_OTHER);
    ASSERT_OK(Upload(filing_, material, Principal()));
  }
  v1::Material one_more;
  one_more.set_kind(v1::MATERIAL_KIND_OTHER);
  EXPECT_EQ(ReasonOf(Upload(filing_, one_more, Principal()).status()), "FORM_INVALID");
  EXPECT_THAT(Filing().materials(), SizeIs(rules_.max_materials()));
}

TEST_F(MaterialTest, TooManyUploadsUnderWayDropTheOldest) {
  const auto oldest = Start(Pdf(2000));
  clock_.Advance(absl::Seconds(1));
  for (int i = 0; i < rules_.max_materials(); ++i) ASSERT_OK(Start(Pdf(2000)));
  EXPECT_EQ(ReasonOf(On(oldest->name(), &Stub::GetMaterialUpload, Principal()).status()),
            "UPLOAD_NOT_FOUND");
}

TEST_F(MaterialTest, AMaterialIsTakenOff) {
  ASSERT_OK(Upload(filing_, material_, Principal()));
  const std::string name = Filing().materials(0).name();
  const auto after = On(name, &Stub::DeleteMaterial, Principal());
  ASSERT_OK(after);
  EXPECT_THAT(after->materials(), IsEmpty());
  EXPECT_EQ(ReasonOf(Download(name, 0, 0, Principal()).status()), "MATERIAL_NOT_FOUND");
  EXPECT_EQ(ReasonOf(On(name, &Stub::DeleteMaterial, Principal()).status()), "MATERIAL_NOT_FOUND");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM material_chunk"), "0");
  EXPECT_THAT(VerifiedActions(), Contains("material.removed"));
}

TEST_F(MaterialTest, AnyOfSeveralMaterialsIsTakenOffOrReplacedAndNoOther) {
  const v1::Filing draft = Draft();
  ASSERT_GT(draft.materials_size(), 4);
  std::vector<std::string> left;
  for (const v1::Material& material : draft.materials()) left.push_back(material.name());
  const auto names = [](const v1::Filing& filing) {
    std::vector<std::string> found;
    for (const v1::Material& material : filing.materials()) found.push_back(material.name());
    return found;
  };
  for (const int i : {static_cast<int>(left.size()) - 1, 2, 0}) {
    const auto after = On(left[i], &Stub::DeleteMaterial, Principal());
    ASSERT_OK(after);
    left.erase(left.begin() + i);
    EXPECT_THAT(names(*after), ::testing::ElementsAreArray(left));
  }
  // Another file in the place of the second one.
  const v1::Material old = Get(draft.name(), Principal())->materials(1);
  ASSERT_OK(Upload(draft.name(), old, Principal(), MadeUpPdf(4711), old.name()));
  const std::vector<std::string> now = names(*Get(draft.name(), Principal()));
  left.erase(left.begin() + 1);
  ASSERT_EQ(now.size(), left.size() + 1);
  EXPECT_EQ(std::vector<std::string>(now.begin(), now.end() - 1), left);
  EXPECT_NE(now.back(), old.name());
}

TEST_F(MaterialTest, WhatWasSubmittedOnceIsKeptAsEvidence) {
  const v1::Filing returned = DraftIn(v1::FILING_STATE_RETURNED_INCOMPLETE);
  const std::string chunks = database_.Value("SELECT COUNT(*) FROM material_chunk");
  const std::string name = returned.materials(0).name();
  ASSERT_OK(On(name, &Stub::DeleteMaterial, Principal()));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM material_chunk"), chunks);
  EXPECT_EQ(ReasonOf(Download(name, 0, 0, Reviewer()).status()), "MATERIAL_NOT_FOUND");
}

TEST_F(MaterialTest, AnOfficerRecordsTheVerification) {
  const v1::Filing submitted = DraftIn(v1::FILING_STATE_SUBMITTED);
  v1::VerifyMaterialRequest request;
  request.set_name(submitted.materials(0).name());
  request.set_verify_state(v1::VERIFY_STATE_VERIFIED_SHARED);
  request.set_verify_source("market supervision share");
  const auto verified = Call(&Stub::VerifyMaterial, Reviewer(), request);
  ASSERT_OK(verified);
  EXPECT_EQ(verified->reviewer(), "accounts/reviewer");
  const auto filing = Get(submitted.name(), Reviewer());
  EXPECT_THAT(filing->materials(0), EqualsProto(*verified));
  EXPECT_NE(filing->etag(), submitted.etag());
  request.set_verify_state(v1::VERIFY_STATE_UNVERIFIED);
  EXPECT_EQ(ReasonOf(Call(&Stub::VerifyMaterial, Reviewer(), request).status()), "FIELD_INVALID");
  request.set_verify_state(v1::VERIFY_STATE_REJECTED);
  request.set_verify_source(std::string(201, 'x'));
  EXPECT_EQ(ReasonOf(Call(&Stub::VerifyMaterial, Reviewer(), request).status()), "FORM_INVALID");
}

TEST_F(MaterialTest, UploadsNeverFinishedArePurged) {
  const auto old = Start(Pdf(2000));
  ASSERT_OK(Chunk(old->name(), 0, Pdf(2000).substr(0, 10)));
  ASSERT_OK(Upload(filing_, material_, Principal()));
  clock_.Advance(absl::Hours(24 * 8));
  const auto fresh = Start(Pdf(2000));
  EXPECT_THAT(PurgeUploads(database_.pool(), absl::Now() + absl::Seconds(5),
                           clock_.Now() - absl::Hours(24 * 7), 100),
              IsOkAndHolds(1));
  EXPECT_EQ(ReasonOf(On(old->name(), &Stub::GetMaterialUpload, Principal()).status()),
            "UPLOAD_NOT_FOUND");
  EXPECT_OK(On(fresh->name(), &Stub::GetMaterialUpload, Principal()));
  EXPECT_THAT(Filing().materials(), SizeIs(1));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM material_chunk"), "1");
}

TEST_F(MaterialTest, FilesAreSealedAtRest) {
  const std::string bytes = Pdf(500) + "MADE-UP-MARK-IN-A-SCAN";
  ASSERT_OK(Upload(filing_, material_, Principal(), bytes));
  EXPECT_THAT(PlacesOf("MADE-UP-MARK-IN-A-SCAN"), IsEmpty());
  EXPECT_THAT(PlacesOf("%PDF-"), IsEmpty());
  EXPECT_EQ(Download(Filing().materials(0).name(), 0, 0, Principal())->data(), bytes);
}

TEST_F(MaterialTest, AMaterialOfADraftIsReplacedByAnother) {
  ASSERT_OK(Upload(filing_, material_, Principal(), Pdf(300)));
  const v1::Material old = Filing().materials(0);
  v1::StartMaterialUploadRequest request;
  request.set_parent(filing_);
  const std::string bytes = Pdf(400);
  *request.mutable_material() = material_;
  request.mutable_material()->set_size_bytes(400);
  request.mutable_material()->set_sha256(privacy::Sha256Hex(bytes));
  request.set_replaces(old.name());
  const auto started = Call(&Stub::StartMaterialUpload, Principal(), request);
  ASSERT_OK(started);
  EXPECT_EQ(Filing().materials(0).name(), old.name()) << "until the new one is complete";
  ASSERT_OK(Chunk(started->name(), 0, bytes));
  const v1::Filing filing = Filing();
  ASSERT_THAT(filing.materials(), SizeIs(1));
  EXPECT_NE(filing.materials(0).name(), old.name());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM material_upload"), "1");
  EXPECT_EQ(ReasonOf(Call(&Stub::StartMaterialUpload, Principal(), request).status()),
            "MATERIAL_NOT_FOUND");
  request.set_replaces(filing.materials(0).name());
  request.mutable_material()->set_kind(v1::MATERIAL_KIND_OTHER);
  EXPECT_EQ(ReasonOf(Call(&Stub::StartMaterialUpload, Principal(), request).status()),
            "FIELD_INVALID");
}

TEST_F(MaterialTest, TheFilesOfAFilingHaveALimitTogether) {
  v1::RuleSet rules = rules_;
  rules.set_max_filing_bytes(10'000);
  UseRules({rules});
  ASSERT_OK(Upload(filing_, material_, Principal(), Pdf(6000)));
  const auto abandoned = Start(Pdf(3000));
  ASSERT_OK(abandoned);
  ASSERT_OK(Start(Pdf(3500))) << "what was begun gives way";
  EXPECT_EQ(ReasonOf(On(abandoned->name(), &Stub::GetMaterialUpload, Principal()).status()),
            "UPLOAD_NOT_FOUND");
  const absl::Status refused = Start(Pdf(4001)).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(refused), "FILING_TOO_LARGE");
}

TEST_F(MaterialTest, FilesOfADraftWithdrawnBeforeItsSubmissionArePurged) {
  ASSERT_OK(Upload(filing_, material_, Principal()));
  ASSERT_OK(On(filing_, &Stub::WithdrawFiling, Principal()));
  EXPECT_THAT(Filing().materials(), IsEmpty());
  rpc::Housekeeping housekeeping("filing", database_.pool(), clock_, log_,
                                 HousekeepingTasks(deps_));
  ASSERT_OK(housekeeping.Run(absl::Now() + absl::Seconds(10)));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM material_chunk"), "0");
  const v1::Filing submitted = DraftIn(v1::FILING_STATE_SUBMITTED);
  ASSERT_OK(On(submitted.name(), &Stub::WithdrawFiling, Principal()));
  ASSERT_OK(housekeeping.Run(absl::Now() + absl::Seconds(10)));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM material_upload"),
            absl::StrCat(submitted.materials_size()))
      << "what officers saw is kept";
}

TEST_F(MaterialTest, AReadingIsInTheLogWithTheNameOfTheMaterial) {
  ASSERT_OK(Upload(filing_, material_, Principal()));
  const std::string name = Filing().materials(0).name();
  ASSERT_OK(Download(name, 0, 0, Principal()));
  EXPECT_THAT(LogText(), HasSubstr(absl::StrCat("\"subject\":\"", name, "\"")));
}

}  // namespace
}  // namespace tuoyu::filing
