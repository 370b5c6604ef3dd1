// The flow of a filing file against a stub of the filing service.
#include "clients/cli/filing_flow.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/privacy/digest.h"
#include "common/rpc/errors.h"
#include "common/testing/matchers.h"
#include "tuoyu/filing/v1/filing_service.grpc.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using tuoyu::testing::StatusIs;

constexpr char kUscc[] = "91500111MAQQ000327";

// Keeps drafts and uploads; the next chunk can be made to fail after it was taken.
class StubService final : public pb::FilingService::Service {
 public:
  grpc::Status CreateFiling(grpc::ServerContext*, const pb::CreateFilingRequest* request,
                            pb::Filing* reply) override {
    *reply = request->filing();
    reply->set_name(absl::StrCat("filings/made-", drafts.size()));
    reply->set_state(pb::FILING_STATE_DRAFT);
    drafts.push_back(*reply);
    return grpc::Status::OK;
  }
  grpc::Status UpdateFiling(grpc::ServerContext*, const pb::UpdateFilingRequest* request,
                            pb::Filing* reply) override {
    ++updates;
    pb::Filing& draft = Find(request->filing().name());
    *draft.mutable_content() = request->filing().content();
    *reply = draft;
    return grpc::Status::OK;
  }
  grpc::Status GetFiling(grpc::ServerContext*, const pb::GetFilingRequest* request,
                         pb::Filing* reply) override {
    *reply = Find(request->name());
    return grpc::Status::OK;
  }
  grpc::Status ListFilings(grpc::ServerContext*, const pb::ListFilingsRequest* request,
                           pb::ListFilingsResponse* reply) override {
    // One a page, so that pages are turned.
    const size_t at = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    if (at < drafts.size()) *reply->add_filings() = drafts[at];
    if (at + 1 < drafts.size()) reply->set_next_page_token(absl::StrCat(at + 1));
    return grpc::Status::OK;
  }
  grpc::Status SubmitFiling(grpc::ServerContext*, const pb::SubmitFilingRequest* request,
                            pb::SubmitFilingResponse* reply) override {
    ++(request->validate_only() ? checks : submissions);
    reply->set_submittable(submittable);
    return grpc::Status::OK;
  }
  grpc::Status StartMaterialUpload(grpc::ServerContext*,
                                   const pb::StartMaterialUploadRequest* request,
                                   pb::MaterialUpload* reply) override {
    pb::MaterialUpload& upload = uploads[request->request_id()];
    if (upload.name().empty()) {
      upload.set_name(absl::StrCat(request->parent(), "/uploads/", uploads.size()));
      size = request->material().size_bytes();
    }
    *reply = upload;
    return grpc::Status::OK;
  }
  grpc::Status GetMaterialUpload(grpc::ServerContext*, const pb::GetMaterialUploadRequest* request,
                                 pb::MaterialUpload* reply) override {
    *reply = *Upload(request->name());
    return grpc::Status::OK;
  }
  grpc::Status UploadMaterialChunk(grpc::ServerContext*,
                                   const pb::UploadMaterialChunkRequest* request,
                                   pb::MaterialUpload* reply) override {
    pb::MaterialUpload* upload = Upload(request->name());
    if (request->offset() != upload->received_bytes()) {
      return rpc::ToGrpc(rpc::Error("UPLOAD_OFFSET_MISMATCH"));
    }
    received += request->data();
    upload->set_received_bytes(static_cast<int64_t>(received.size()));
    upload->set_complete(upload->received_bytes() == size);
    ++chunks;
    if (chunks == lose_reply_of) return {grpc::StatusCode::DEADLINE_EXCEEDED, "made up"};
    *reply = *upload;
    return grpc::Status::OK;
  }

  pb::Filing& Find(const std::string& name) {
    return *std::find_if(drafts.begin(), drafts.end(),
                         [&](const pb::Filing& draft) { return draft.name() == name; });
  }
  pb::MaterialUpload* Upload(const std::string& name) {
    for (auto& [id, upload] : uploads) {
      if (upload.name() == name) return &upload;
    }
    return nullptr;
  }

  std::vector<pb::Filing> drafts;
  std::map<std::string, pb::MaterialUpload> uploads;
  std::string received;
  int64_t size = 0;
  bool submittable = true;
  int updates = 0, checks = 0, submissions = 0, chunks = 0, lose_reply_of = 0;
};

class FilingFlowTest : public ::testing::Test {
 protected:
  FilingFlowTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    GlobalOptions options;
    options.connection.filing_address = absl::StrCat("127.0.0.1:", port);
    options.identity.token = "made-up";
    options.output = "json";
    session_ = std::make_unique<Session>(options);
    file_.set_kind(pb::FILING_KIND_INITIAL);
    file_.mutable_content()->set_uscc(kUscc);
    file_.mutable_content()->set_name("演练托育");
  }

  void AddDraft(const std::string& uscc) {
    pb::Filing& draft = service_.drafts.emplace_back();
    draft.set_name(absl::StrCat("filings/", service_.drafts.size()));
    draft.set_kind(pb::FILING_KIND_INITIAL);
    draft.mutable_content()->set_uscc(uscc);
  }

  StubService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Session> session_;
  client::v1::FilingFile file_;
};

TEST_F(FilingFlowTest, TheOpenDraftOfTheSameCreditCodeIsTakenUpAgain) {
  AddDraft("12500111QQ0000012N");
  AddDraft(kUscc);
  const auto draft = SaveDraft(*session_, file_, "");
  ASSERT_OK(draft);
  EXPECT_EQ(draft->name(), "filings/2") << "found on the second page";
  EXPECT_EQ(draft->content().name(), "演练托育");
  EXPECT_EQ(service_.drafts.size(), 2u);
}

TEST_F(FilingFlowTest, ANewDraftIsMadeWhereThereIsNone) {
  AddDraft("12500111QQ0000012N");
  const auto draft = SaveDraft(*session_, file_, "");
  ASSERT_OK(draft);
  EXPECT_EQ(draft->name(), "filings/made-1");
  EXPECT_EQ(service_.updates, 0) << "made with its content at once";
}

TEST_F(FilingFlowTest, TheDraftNamedIsWrittenInto) {
  AddDraft("12500111QQ0000012N");
  ASSERT_OK(SaveDraft(*session_, file_, "1"));
  EXPECT_EQ(service_.drafts[0].content().uscc(), kUscc);
}

TEST_F(FilingFlowTest, NothingIsSubmittedThatDoesNotPassTheCheck) {
  service_.submittable = false;
  ASSERT_OK(CheckThenSubmit(*session_, "filings/1", true));
  EXPECT_EQ(service_.submissions, 0);
  service_.submittable = true;
  ASSERT_OK(CheckThenSubmit(*session_, "filings/1", false));
  EXPECT_EQ(service_.submissions, 0) << "only a check was asked for";
  ASSERT_OK(CheckThenSubmit(*session_, "filings/1", true));
  EXPECT_EQ(service_.submissions, 1);
}

TEST_F(FilingFlowTest, StatesAreTakenWithAndWithoutTheirPrefix) {
  EXPECT_EQ(*FilingStateNamed("received"), pb::FILING_STATE_RECEIVED);
  EXPECT_EQ(*FilingStateNamed("FILING_STATE_FILED"), pb::FILING_STATE_FILED);
  EXPECT_THAT(FilingStateNamed("LOST"),
              StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("RECEIVED")));
}

AttachmentFile MakeFile(const std::string& name, const std::string& bytes) {
  AttachmentFile file;
  file.bytes = bytes;
  file.material.set_kind(pb::MATERIAL_KIND_FIRE_SAFETY);
  file.material.set_file_name(name);
  file.material.set_size_bytes(static_cast<int64_t>(bytes.size()));
  file.material.set_sha256(privacy::Sha256Hex(bytes));
  return file;
}

TEST_F(FilingFlowTest, AnUploadWhoseReplyWasLostGoesOnWhereTheServiceIs) {
  service_.lose_reply_of = 2;
  const AttachmentFile file =
      MakeFile("fire.pdf", std::string(static_cast<size_t>(kChunkBytes) * 2 + 7, 'x') + "end");
  ASSERT_OK(UploadMaterial(*session_, "filings/1", file));
  EXPECT_EQ(service_.received, file.bytes);
  EXPECT_EQ(service_.chunks, 3);
}

TEST_F(FilingFlowTest, AnUploadBrokenOffInAnEarlierRunIsTakenUpAgain) {
  const AttachmentFile file =
      MakeFile("fire.pdf", std::string(static_cast<size_t>(kChunkBytes) + 1, 'y'));
  ASSERT_OK(UploadMaterial(*session_, "filings/1", file));
  const int chunks = service_.chunks;
  pb::MaterialUpload& upload = service_.uploads.begin()->second;
  service_.received.resize(static_cast<size_t>(kChunkBytes));
  upload.set_received_bytes(kChunkBytes);
  upload.set_complete(false);
  ASSERT_OK(UploadMaterial(*session_, "filings/1", file));
  EXPECT_EQ(service_.chunks, chunks + 1) << "only what was missing is sent";
  EXPECT_EQ(service_.received, file.bytes);
}

TEST(MaterialSyncTest, OnlyWhatDiffersIsUploadedAndTakenOff) {
  const std::vector<AttachmentFile> wanted = {MakeFile("a.pdf", "same"), MakeFile("b.pdf", "new")};
  pb::Filing filing;
  pb::Material* same = filing.add_materials();
  *same = wanted[0].material;
  same->set_name("filings/1/materials/1");
  same->set_content_type("application/pdf");
  same->set_verify_state(pb::VERIFY_STATE_VERIFIED_MANUAL);
  pb::Material* old = filing.add_materials();
  *old = MakeFile("b.pdf", "old").material;
  old->set_name("filings/1/materials/2");
  const MaterialPlan plan = PlanMaterials(filing, wanted);
  EXPECT_THAT(plan.remove, ::testing::ElementsAre("filings/1/materials/2"));
  EXPECT_THAT(plan.upload, ::testing::ElementsAre(&wanted[1]));
}

TEST(MaterialSyncTest, TheSameFileTwiceIsTwoMaterials) {
  const std::vector<AttachmentFile> wanted = {MakeFile("a.pdf", "x"), MakeFile("a.pdf", "x")};
  pb::Filing filing;
  *filing.add_materials() = wanted[0].material;
  EXPECT_EQ(PlanMaterials(filing, wanted).upload.size(), 1u);
}

}  // namespace
}  // namespace tuoyu::cli
