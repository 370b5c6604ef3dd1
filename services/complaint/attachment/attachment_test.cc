#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/sha256.h"
#include "common/rpc/access_matrix.h"
#include "common/testing/file_bytes.h"
#include "services/complaint/attachment/attachment_repository.h"
#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using tuoyu::testing::JpegOf;
using tuoyu::testing::JpegSegment;
using tuoyu::testing::Pdf;
using tuoyu::testing::Png;
using Attachments = v1::AttachmentService::Stub;

constexpr char kId[] = "01900000-0000-7000-8000-0000000000aa";

std::string Id(int number) { return absl::StrCat("01900000-0000-7000-8000-00000000010", number); }

class AttachmentTest : public ComplaintFixture {
 protected:
  v1::UploadAttachmentRequest Request(const std::string& whole, int64_t offset, size_t size,
                                      const std::string& id = kId) const {
    v1::UploadAttachmentRequest request;
    v1::Attachment& attachment = *request.mutable_attachment();
    attachment.set_name(absl::StrCat("attachments/", id));
    attachment.set_title("演练收据");
    attachment.set_digest(Sha256Hex(whole));
    attachment.set_size_bytes(static_cast<int64_t>(whole.size()));
    request.set_offset(offset);
    request.set_data(whole.substr(static_cast<size_t>(offset), size));
    return request;
  }
  absl::StatusOr<v1::Attachment> Send(v1::UploadAttachmentRequest request) const {
    request.set_query_code(code_);
    return CallOn(*attachment_stub_, &Attachments::UploadAttachment, "", request);
  }
  absl::StatusOr<v1::Attachment> SendWhole(const std::string& whole,
                                           const std::string& id = kId) const {
    return Send(Request(whole, 0, whole.size(), id));
  }
  absl::StatusOr<v1::Attachment> SendAs(const std::string& token, const std::string& name,
                                        v1::UploadAttachmentRequest request) const {
    request.set_case_(name);
    return CallOn(*attachment_stub_, &Attachments::UploadAttachment, token, request);
  }
  absl::StatusOr<v1::ListAttachmentsResponse> List(const std::string& name,
                                                   const std::string& token) const {
    v1::ListAttachmentsRequest request;
    request.set_case_(name);
    return CallOn(*attachment_stub_, &Attachments::ListAttachments, token, request);
  }
  std::string ReadAll(const std::string& token, const std::string& id = kId) const {
    std::string bytes;
    v1::ReadAttachmentRequest request;
    request.set_name(absl::StrCat("attachments/", id));
    while (true) {
      request.set_offset(static_cast<int64_t>(bytes.size()));
      const auto piece = CallOn(*attachment_stub_, &Attachments::ReadAttachment, token, request);
      if (!piece.ok()) return ReasonOf(piece.status());
      if (piece->data().empty()) return bytes;
      bytes += piece->data();
    }
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(AttachmentTest, AFileComesInPiecesWithTheQueryCodeAndIsReadByWhoIsOnTheCase) {
  const v1::Case of_case = Filed(FeesComplaint(facility_));
  const std::string whole = Pdf(2'000'000);
  const auto first = Send(Request(whole, 0, 1 << 20));
  ASSERT_OK(first);
  EXPECT_EQ(first->received_bytes(), 1 << 20);
  EXPECT_FALSE(first->has_receive_time());
  EXPECT_THAT(List(of_case.name(), Officer("SAMR"))->attachments(), IsEmpty());
  EXPECT_EQ(ReadAll(Officer("SAMR")), "ATTACHMENT_NOT_FOUND");
  const auto again = Send(Request(whole, 0, 1 << 20));
  EXPECT_EQ(ReasonOf(again.status()), "UPLOAD_OFFSET_MISMATCH");
  EXPECT_EQ(rpc::MetadataOf(again.status()).at("offset"), "1048576");
  const auto last = Send(Request(whole, 1 << 20, 1 << 20));
  ASSERT_OK(last);
  EXPECT_EQ(last->content_type(), "application/pdf");
  EXPECT_OK(Send(Request(whole, 0, 1 << 20))) << "whole, it is answered as it is";

  EXPECT_EQ(ReadAll(Officer("SAMR")), whole);
  const auto listed = List(of_case.name(), Officer("SAMR"));
  ASSERT_OK(listed);
  ASSERT_THAT(listed->attachments(), SizeIs(1));
  EXPECT_EQ(listed->attachments(0).title(), "演练收据");
  EXPECT_EQ(listed->attachments(0).case_(), of_case.name());
  EXPECT_THAT(StepsOf(*Get(of_case.name(), Officer("SAMR"))),
              ::testing::ElementsAre(v1::CASE_STEP_KIND_REGISTERED, v1::CASE_STEP_KIND_STATEMENT));
}

TEST_F(AttachmentTest, WhatItIsIsToldByItsBytesNotByItsSender) {
  Filed(FeesComplaint(facility_));
  const std::string png = Png(300);
  v1::UploadAttachmentRequest claims = Request(png, 0, png.size());
  claims.mutable_attachment()->set_content_type("application/pdf");
  const auto mismatch = Send(claims);
  EXPECT_EQ(ReasonOf(mismatch.status()), "CONTENT_TYPE_MISMATCH");
  EXPECT_EQ(rpc::MetadataOf(mismatch.status()).at("type"), "image/png");
  EXPECT_EQ(ReasonOf(SendWhole("MZ\x90\x01 no document").status()), "CONTENT_TYPE_REFUSED");
  EXPECT_EQ(ReasonOf(SendWhole("<svg onload='x()'/>").status()), "CONTENT_TYPE_REFUSED");
  claims.mutable_attachment()->set_content_type("text/html");
  EXPECT_EQ(ReasonOf(Send(claims).status()), "CONTENT_TYPE_REFUSED");
  v1::UploadAttachmentRequest other = Request(png, 0, png.size());
  other.mutable_attachment()->set_digest(Sha256Hex("something else"));
  EXPECT_EQ(ReasonOf(Send(other).status()), "UPLOAD_DIGEST_MISMATCH");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment"), "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment_piece"), "0");
  claims.mutable_attachment()->set_content_type("image/png");
  EXPECT_OK(Send(claims));
}

TEST_F(AttachmentTest, APictureIsKeptWithoutWhatTellsWhoTookIt) {
  v1::Filing filing = AnonymousReport(facility_, "FIRE_RISK", "安全出口上了锁，钥匙找不到。");
  const v1::Case of_case = Filed(filing);
  const std::string who = "演练甲的手机";
  const std::string sent =
      JpegOf(JpegSegment('\xE1', absl::StrCat("Exif", who)) + JpegSegment('\xFE', who));
  v1::UploadAttachmentRequest first = Request(sent, 0, 40);
  first.mutable_attachment()->set_title("演练甲的手机IMG_0001.jpg");
  ASSERT_OK(Send(first));
  v1::UploadAttachmentRequest rest = Request(sent, 40, sent.size());
  rest.mutable_attachment()->set_title("演练甲的手机IMG_0001.jpg");
  ASSERT_OK(Send(rest));
  const auto listed = List(of_case.name(), Officer("FIRE"));
  ASSERT_OK(listed);
  ASSERT_THAT(listed->attachments(), SizeIs(1));
  const v1::Attachment& kept = listed->attachments(0);
  EXPECT_EQ(kept.digest(), Sha256Hex(sent)) << "what was sent";
  EXPECT_EQ(kept.kept_digest(), Sha256Hex(JpegOf("")));
  EXPECT_EQ(kept.title(), ".jpg") << "the name of a file tells of its owner";
  EXPECT_EQ(ReadAll(Officer("FIRE")), JpegOf(""));
  EXPECT_OK(Send(rest)) << "whole, it is answered as it is";
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment_piece"), "1");
  // Who says its name says what its file shows as it likes.
  const v1::Case of_named = Filed(FeesComplaint(facility_));
  v1::UploadAttachmentRequest named = Request(Png(300), 0, 300, Id(1));
  named.mutable_attachment()->set_title("收据.png");
  ASSERT_OK(Send(named));
  EXPECT_EQ(List(of_named.name(), Officer("SAMR"))->attachments(0).title(), "收据.png");
}

TEST_F(AttachmentTest, WhatIsNotWholeOrActsIsRefused) {
  Filed(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(SendWhole(JpegOf("").substr(0, 30)).status()), "CONTENT_BROKEN");
  EXPECT_EQ(ReasonOf(SendWhole(Png(300).substr(0, 299)).status()), "CONTENT_BROKEN");
  EXPECT_EQ(ReasonOf(SendWhole("%PDF-1.4\n<</OpenAction<</JS(x)>>>>\n").status()),
            "CONTENT_BROKEN");
  EXPECT_EQ(ReasonOf(SendWhole("%PDF-1.4\n<</OpenAction<</JS(x)>>>>\n%%EOF\n").status()),
            "CONTENT_ACTIVE");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment"), "0");
}

TEST_F(AttachmentTest, TooMuchAndTheMalformedAreRefused) {
  Filed(FeesComplaint(facility_));
  v1::UploadAttachmentRequest request = Request(Png(300), 0, 300);
  request.mutable_attachment()->set_size_bytes(5'242'881);
  EXPECT_EQ(ReasonOf(Send(request).status()), "TOO_LARGE");
  request.mutable_attachment()->set_size_bytes(0);
  request.mutable_attachment()->set_name("attachments/1");
  request.mutable_attachment()->set_digest("ABC");
  request.clear_data();
  const auto malformed = Send(request);
  EXPECT_EQ(ReasonOf(malformed.status()), "FORM_INVALID");
  for (int i = 0; i < 10; ++i) ASSERT_OK(SendWhole(Png(300), Id(i))) << i;
  EXPECT_EQ(ReasonOf(SendWhole(Png(300)).status()), "LIST_TOO_LONG");
  EXPECT_EQ(ReasonOf(SendWhole(Png(301), Id(1)).status()), "PART_CHANGED");
}

TEST_F(AttachmentTest, NobodyButWhoIsOnTheCaseLearnsThatThereIsAFile) {
  const v1::Case of_case =
      Filed(AnonymousReport(facility_, "FIRE_RISK", "安全出口上了锁，钥匙找不到。"));
  ASSERT_OK(SendWhole(Png(300)));
  EXPECT_EQ(ReadAll(Officer("FIRE")), Png(300));
  // The lead department sees the case of another unit, not what was said.
  EXPECT_THAT(List(of_case.name(), Officer("DHC"))->attachments(), IsEmpty());
  EXPECT_EQ(ReasonOf(List(of_case.name(), Officer("SAMR")).status()), "CASE_NOT_FOUND");
  for (const std::string& token : {Officer("DHC"), Officer("SAMR"), Town("500111002")}) {
    EXPECT_EQ(ReadAll(token), "ATTACHMENT_NOT_FOUND");
  }
  EXPECT_EQ(ReasonOf(List(of_case.name(), Principal(facility_)).status()), "ROLE_NOT_ALLOWED");
  // Who has no code names a case in vain.
  EXPECT_EQ(ReasonOf(SendAs("", of_case.name(), Request(Png(300), 0, 300, Id(1))).status()),
            "CASE_NOT_FOUND");
  code_ = "0000-0000-0000-0000-0000";
  EXPECT_EQ(ReasonOf(SendWhole(Png(300), Id(2)).status()), "QUERY_CODE_UNKNOWN");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment_piece WHERE data LIKE '%PNG%'"), "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment WHERE message LIKE '%演练收据%'"),
            "0");
}

TEST_F(AttachmentTest, AnOfficerPutsThePaperToTheCaseAndItGoesWithTheCaseThatTakesItIn) {
  const v1::Case into = Assigned(FeesComplaint(facility_));
  v1::Filing other = FeesComplaint(facility_);
  other.mutable_matters(0)->set_text("另一件事：押金也没有退。");
  const v1::Case from = Filed(other);
  const auto sent = SendAs(Officer("SAMR"), from.name(), Request(Png(300), 0, 300));
  ASSERT_OK(sent);
  EXPECT_EQ(List(from.name(), Officer("SAMR"))->attachments(0).sent_by(), "accounts/SAMR/1");
  v1::MergeCaseRequest merge;
  merge.set_name(from.name());
  merge.set_into(into.name());
  ASSERT_OK(Call(&v1::CaseService::Stub::MergeCase, Officer("SAMR"), merge));
  const auto listed = List(into.name(), Officer("SAMR"));
  ASSERT_THAT(listed->attachments(), SizeIs(1));
  EXPECT_EQ(listed->attachments(0).case_(), into.name());
  EXPECT_EQ(ReadAll(Officer("SAMR")), Png(300));
}

TEST_F(AttachmentTest, AClosedCaseTakesNoneAndWhatIsNeverFinishedGoesAfterAWeek) {
  Replied(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(SendWhole(Png(300)).status()), "WRONG_STATE");
  Filed(AnonymousReport(facility_, "STAFFING", "一个班坐了四十个孩子。"));
  ASSERT_OK(Send(Request(Png(300), 0, 200)));
  const auto purge = [&](absl::Time before) {
    return *PurgeAttachments(database_.pool(), absl::Now() + absl::Seconds(10), before, 20);
  };
  EXPECT_EQ(purge(clock_.Now()), 0);
  EXPECT_EQ(purge(clock_.Now() + absl::Seconds(1)), 1);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM attachment_piece"), "0");
}

}  // namespace
}  // namespace tuoyu::complaint
