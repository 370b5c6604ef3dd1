#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/sha256.h"
#include "common/testing/file_bytes.h"
#include "services/inspection/inspection_fixture.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/photo_repository.h"

namespace tuoyu::inspection {
namespace {

using tuoyu::testing::Png;

constexpr char kPhotoId[] = "01900000-0000-7000-8000-0000000000aa";

class PhotoTest : public InspectionFixture {
 protected:
  void SetUp() override {
    RecordInspectors({"DHC"});
    facility_ = Register("向日葵");
    visit_ = Opened(facility_);
  }
  std::string Name(const std::string& id = kPhotoId) const {
    return PhotoName(VisitId(visit_.name()), id);
  }
  absl::StatusOr<v1::Photo> Upload(const std::string& whole, int64_t offset, size_t size,
                                   const std::string& token,
                                   const std::string& id = kPhotoId) const {
    v1::UploadPhotoRequest request;
    v1::Photo& photo = *request.mutable_photo();
    photo.set_name(Name(id));
    photo.set_digest(Sha256Hex(whole));
    photo.set_size_bytes(static_cast<int64_t>(whole.size()));
    *photo.mutable_device_time() = ToProto(clock_.Now());
    request.set_offset(offset);
    request.set_data(whole.substr(static_cast<size_t>(offset), size));
    return Call(&Stub::UploadPhoto, token, request);
  }
  std::string ReadAll(const std::string& token) const {
    std::string bytes;
    v1::ReadPhotoRequest request;
    request.set_name(Name());
    while (true) {
      request.set_offset(static_cast<int64_t>(bytes.size()));
      const auto piece = Call(&Stub::ReadPhoto, token, request);
      if (!piece.ok()) return ReasonOf(piece.status());
      if (piece->data().empty()) return bytes;
      bytes += piece->data();
    }
  }

  std::string facility_;
  v1::Visit visit_;
};

TEST_F(PhotoTest, APhotoComesInPiecesAndGoesOnWhereItStopped) {
  const std::string whole = Png(2'000'000);
  constexpr size_t kPiece = 1 << 20;
  const auto first = Upload(whole, 0, kPiece, Officer("DHC"));
  ASSERT_OK(first);
  EXPECT_FALSE(first->has_receive_time());
  const auto again = Upload(whole, 0, kPiece, Officer("DHC"));
  EXPECT_EQ(ReasonOf(again.status()), "UPLOAD_OFFSET_MISMATCH");
  EXPECT_EQ(rpc::MetadataOf(again.status()).at("offset"), "1048576");
  const auto last = Upload(whole, kPiece, kPiece, Officer("DHC"));
  ASSERT_OK(last);
  EXPECT_EQ(last->content_type(), "image/png");
  // Whole, it is answered as it is.
  EXPECT_OK(Upload(whole, 0, kPiece, Officer("DHC")));
  EXPECT_EQ(ReadAll(Officer("DHC")), whole);
  EXPECT_EQ(ReadAll(Principal(facility_)), "PHOTO_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Upload(Png(100), 0, 100, Officer("DHC")).status()), "PART_CHANGED");
}

TEST_F(PhotoTest, WhatIsNoPictureIsRefusedWhateverItClaimsToBe) {
  EXPECT_EQ(ReasonOf(Upload("%PDF-1.7\n%%EOF\n", 0, 100, Officer("DHC")).status()),
            "CONTENT_TYPE_REFUSED");
  EXPECT_EQ(ReasonOf(Upload("MZ\x90\x01 not a picture", 0, 100, Officer("DHC")).status()),
            "CONTENT_TYPE_REFUSED");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM photo"), "0");
  EXPECT_EQ(ReasonOf(Upload(Png(5'242'881), 0, 100, Officer("DHC")).status()), "TOO_LARGE");
}

TEST_F(PhotoTest, BytesOfAnotherDigestAreRefusedAndTheNextTryMayBeRight) {
  v1::UploadPhotoRequest request;
  v1::Photo& photo = *request.mutable_photo();
  photo.set_name(Name());
  photo.set_digest(Sha256Hex("something else"));
  photo.set_size_bytes(100);
  *photo.mutable_device_time() = ToProto(clock_.Now());
  request.set_data(Png(100));
  EXPECT_EQ(ReasonOf(Call(&Stub::UploadPhoto, Officer("DHC"), request).status()),
            "UPLOAD_DIGEST_MISMATCH");
  photo.set_digest(Sha256Hex(Png(100)));
  EXPECT_OK(Call(&Stub::UploadPhoto, Officer("DHC"), request));
}

TEST_F(PhotoTest, AVisitIsConcludedOnceThePhotosItNamesAreThere) {
  v1::RecordPart item = Item("A04", v1::ITEM_VERDICT_FAIL);
  item.mutable_item()->add_photos(Name());
  Recorded(visit_);
  clock_.Advance(absl::Minutes(1));
  *item.mutable_device_time() = ToProto(clock_.Now());
  ASSERT_OK(Send(visit_, {item, Close()}));
  EXPECT_EQ(ReasonOf(Conclude(visit_, v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"A04"}).status()),
            "EVIDENCE_MISSING");
  const std::string whole = Png(300);
  ASSERT_OK(Upload(whole, 0, 200, Officer("DHC")));
  EXPECT_EQ(ReasonOf(Conclude(visit_, v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"A04"}).status()),
            "EVIDENCE_MISSING");
  ASSERT_OK(Upload(whole, 200, 200, Officer("DHC")));
  ASSERT_OK(Conclude(visit_, v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"A04"}));
  // The facility sees it now, and adds its own to the correction.
  EXPECT_EQ(ReadAll(Principal(facility_)), whole);
  const std::string own = "01900000-0000-7000-8000-0000000000bb";
  ASSERT_OK(Upload(Png(150), 0, 150, Principal(facility_), own));
  v1::ReportCorrectionRequest report;
  report.set_name(FindingName(VisitId(visit_.name()), "A04"));
  report.set_text("已公示");
  report.add_photos(Name("01900000-0000-7000-8000-0000000000cc"));
  EXPECT_EQ(ReasonOf(Call(&Stub::ReportCorrection, Principal(facility_), report).status()),
            "EVIDENCE_MISSING");
  report.set_photos(0, Name(own));
  EXPECT_OK(Call(&Stub::ReportCorrection, Principal(facility_), report));
}

TEST_F(PhotoTest, EachSideHasRoomOfItsOwn) {
  const auto id = [](int side, int number) {
    return absl::StrFormat("01900000-0000-7000-8000-%d%011d", side, number);
  };
  const std::string visit = VisitId(visit_.name());
  ASSERT_OK(Conclude(Recorded(visit_, {"B01"}), v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"B01"}));
  const std::string picture = Png(100);
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK(Upload(picture, 0, 100, Principal(facility_), id(1, i)));
  }
  const auto full = Upload(picture, 0, 100, Principal(facility_), id(1, 20));
  EXPECT_EQ(ReasonOf(full.status()), "LIST_TOO_LONG") << "twenty for its one finding";
  EXPECT_EQ(rpc::MetadataOf(full.status()).at("most"), "20");
  EXPECT_OK(Upload(picture, 0, 100, Principal(facility_), id(1, 19))) << "one that is there";
  ASSERT_OK(Upload(picture, 0, 100, Officer("DHC"), id(2, 0)));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM photo WHERE by_facility = 1"), "20");
}

TEST_F(PhotoTest, WhatIsNeverFinishedGoesAfterAWeek) {
  ASSERT_OK(Upload(Png(300), 0, 200, Officer("DHC")));
  const auto purge = [&](absl::Time before) {
    return *PurgePhotos(database_.pool(), absl::Now() + absl::Seconds(10), before, 20);
  };
  EXPECT_EQ(purge(clock_.Now()), 0);
  EXPECT_EQ(purge(clock_.Now() + absl::Seconds(1)), 1);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM photo_piece"), "0");
}

}  // namespace
}  // namespace tuoyu::inspection
