#include "services/filing/filing_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/ids/uscc.h"
#include "common/journal/hash.h"
#include "common/privacy/digest.h"

namespace tuoyu::filing {
namespace {

constexpr char kTextColumns[] =
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = DATABASE() AND data_type IN "
    "('char', 'varchar', 'text', 'blob', 'mediumblob', 'binary', 'varbinary', 'longtext')";

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

}  // namespace

std::string MadeUpUscc(int serial) {
  const std::string stem = absl::StrFormat("91500111%08d", serial);
  for (const char inner : std::string("0123456789X")) {
    for (const char check : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
      std::string code = absl::StrCat(stem, std::string{inner, check});
      if (ids::NormaliseUscc(code).ok()) return code;
    }
  }
  return "";
}

std::string MadeUpPdf(int number) {
  return absl::StrCat("%PDF-1.4\n% ", number,
                      "\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
}

FilingFixture::FilingFixture()
    : ServerFixture("filing", StartOf(testing::kToday) + absl::Hours(9) + absl::Minutes(30),
                    {kComponent, Files()}, {}),
      signer_(*privacy::Signer::FromPem(
          *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256))),
      verifier_(*privacy::Verifier::FromPem(signer_.public_pem())),
      rules_(*LoadRuleSet(DataFile("rules/national-2019-58.yaml"))),
      book_(*RuleBook::Make({rules_})),
      divisions_(*data::LoadDivisions(DataFile("divisions/dazu-500111.csv"))),
      calendar_(*data::LoadHolidays(DataFile("calendar/cn-holidays.csv"))),
      schedule_(ScheduleOf(book_, calendar_)),
      deps_{database_.pool(), sealer_,    signer_,   verifier_, book_,
            rules_,           divisions_, calendar_, schedule_},
      service_(door_, deps_) {
  Serve({&service_});
}

v1::Filing FilingFixture::Form(v1::FacilityType type) {
  v1::Filing form = testing::ValidFiling(type);
  form.mutable_content()->set_uscc(MadeUpUscc(++serial_));
  form.mutable_content()->clear_external_ids();
  return form;
}

absl::StatusOr<v1::MaterialUpload> FilingFixture::Upload(const std::string& filing,
                                                         v1::Material declared,
                                                         const std::string& token,
                                                         std::string bytes,
                                                         const std::string& replaces) const {
  if (bytes.empty()) bytes = MadeUpPdf(declared.kind());
  declared.set_file_name("made-up.pdf");
  declared.set_size_bytes(static_cast<int64_t>(bytes.size()));
  declared.set_sha256(privacy::Sha256Hex(bytes));
  v1::StartMaterialUploadRequest start;
  start.set_parent(filing);
  start.set_replaces(replaces);
  *start.mutable_material() = declared;
  ASSIGN_OR_RETURN(const v1::MaterialUpload upload, Call(&Stub::StartMaterialUpload, token, start));
  v1::UploadMaterialChunkRequest chunk;
  chunk.set_name(upload.name());
  chunk.set_data(bytes);
  return Call(&Stub::UploadMaterialChunk, token, chunk);
}

v1::Filing FilingFixture::Draft(const v1::Filing& form, const std::string& token) const {
  v1::CreateFilingRequest request;
  *request.mutable_filing() = form;
  request.mutable_filing()->clear_materials();
  auto draft = Call(&Stub::CreateFiling, token, request);
  EXPECT_OK(draft);
  if (!draft.ok()) return {};
  for (const v1::Material& material : form.materials()) {
    EXPECT_OK(Upload(draft->name(), material, token));
  }
  draft = Get(draft->name(), token);
  EXPECT_OK(draft);
  return draft.value_or(v1::Filing());
}

v1::Filing FilingFixture::DraftOf(v1::FilingKind kind, const std::string& facility) const {
  v1::Filing form =
      kind == v1::FILING_KIND_CHANGE ? testing::ValidChange() : testing::ValidCancellation();
  form.set_facility(facility);
  if (kind == v1::FILING_KIND_CHANGE) {
    // Only what changes: the rest comes from the version in force.
    v1::FilingContent changes;
    *changes.mutable_classes() = form.content().classes();
    changes.set_approved_capacity(form.content().approved_capacity());
    *changes.mutable_staff() = form.content().staff();
    *form.mutable_content() = changes;
  }
  return Draft(form, Principal("accounts/principal", facility));
}

absl::StatusOr<v1::Filing> FilingFixture::Notice(const std::string& filing,
                                                 const std::string& token) const {
  v1::NoticeNonconformityRequest request;
  request.set_name(filing);
  v1::NonconformityItem& item = *request.add_items();
  item.set_clause("58号 设置标准 第十一条");
  item.set_finding("现场检查发现护栏高度不足。");
  item.set_remedy("加高护栏。");
  *request.mutable_rectify_by() = ToProto(Today(clock_) + 10);
  return Call(&Stub::NoticeNonconformity, token, request);
}

absl::StatusOr<v1::Filing> FilingFixture::Return(const std::string& filing,
                                                 const std::string& token) const {
  v1::ReturnFilingRequest request;
  request.set_name(filing);
  v1::ReturnItem& item = *request.add_items();
  item.set_section("materials");
  item.set_field("materials[M06]");
  item.set_comment("请补充消防安全检查合格证明的盖章页。");
  return Call(&Stub::ReturnFiling, token, request);
}

absl::StatusOr<v1::Filing> FilingFixture::Mend(const std::string& filing,
                                               const std::string& token) const {
  v1::ReportRectificationRequest request;
  request.set_name(filing);
  request.set_report("护栏已加高。");
  return Call(&Stub::ReportRectification, token, request);
}

absl::StatusOr<v1::Filing> FilingFixture::Terminate(const std::string& filing,
                                                    const std::string& token) const {
  v1::TerminateFilingRequest request;
  request.set_name(filing);
  request.set_reason("信用代码不属于申请人。");
  return Call(&Stub::TerminateFiling, token, request);
}

v1::Filing FilingFixture::Advance(const std::string& filing, v1::FilingState state,
                                  const std::string& principal) const {
  absl::StatusOr<v1::Filing> reached = Get(filing, principal);
  const auto take = [&](const auto& reply) {
    EXPECT_OK(reply);
    reached = Get(filing, principal);
    return reply.ok() && reached.ok() && reached->state() == state;
  };
  if (state == v1::FILING_STATE_DRAFT) return *reached;
  if (take(On(filing, &Stub::SubmitFiling, principal))) return *reached;
  if (state == v1::FILING_STATE_WITHDRAWN) {
    take(On(filing, &Stub::WithdrawFiling, principal));
    return *reached;
  }
  if (state == v1::FILING_STATE_TERMINATED) {
    take(Terminate(filing, Reviewer()));
    return *reached;
  }
  if (state == v1::FILING_STATE_RETURNED_INCOMPLETE) {
    take(Return(filing, Reviewer()));
    return *reached;
  }
  if (take(On(filing, &Stub::ReceiveFiling, Reviewer()))) return *reached;
  if (state == v1::FILING_STATE_NONCONFORMITY_NOTICED || state == v1::FILING_STATE_RECTIFYING) {
    if (take(Notice(filing, Reviewer()))) return *reached;
    take(Mend(filing, principal));
    return *reached;
  }
  if (take(On(filing, &Stub::AcceptFiling, Approver()))) return *reached;
  take(On(filing, &Stub::CompleteFiling, Approver()));
  EXPECT_EQ(reached->state(), state);
  return *reached;
}

absl::StatusOr<v1::Facility> FilingFixture::Facility(const std::string& name) {
  absl::StatusOr<v1::Facility> facility = absl::UnknownError("not read");
  const absl::Status status = db::RunRead(
      database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Transaction& transaction) {
        facility = LoadFacility(transaction, deps_.registry(), name, Today(clock_));
        return facility.status();
      });
  RETURN_IF_ERROR(status);
  return facility;
}

std::vector<std::string> FilingFixture::VerifiedActions() {
  std::vector<std::string> actions;
  journal::ChainVerifier chain;
  EXPECT_OK(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(30),
                        [&](db::Transaction& transaction) -> absl::Status {
                          for (;;) {
                            ASSIGN_OR_RETURN(const auto entries,
                                             journal::Read(transaction, "filing",
                                                           {chain.sequence(), chain.hash(), 1000}));
                            if (entries.empty()) return absl::OkStatus();
                            for (const auto& entry : entries) {
                              RETURN_IF_ERROR(chain.Next(entry));
                              actions.push_back(entry.action());
                            }
                          }
                        }));
  return actions;
}

std::string FilingFixture::LogText() {
  log_.Flush();
  std::string text(static_cast<size_t>(lseek(fileno(log_file_), 0, SEEK_END)), '\0');
  text.resize(static_cast<size_t>(
      std::max<ssize_t>(pread(fileno(log_file_), text.data(), text.size(), 0), 0)));
  return text;
}

std::vector<std::string> FilingFixture::PlacesOf(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> columns;
  std::vector<std::string> places;
  EXPECT_OK(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(30),
                        [&](db::Transaction& transaction) -> absl::Status {
                          RETURN_IF_ERROR(
                              transaction.Query(kTextColumns, {}, [&](const db::Row& row) {
                                columns.emplace_back(row.String(0), row.String(1));
                                return absl::OkStatus();
                              }));
                          for (const auto& [table, column] : columns) {
                            RETURN_IF_ERROR(transaction.QueryText(
                                absl::StrCat("SELECT 1 FROM ", table, " WHERE INSTR(CAST(", column,
                                             " AS BINARY), CAST(? AS BINARY)) > 0 LIMIT 1"),
                                {text}, [&, table = table, column = column](const db::Row&) {
                                  places.push_back(absl::StrCat(table, ".", column));
                                  return absl::OkStatus();
                                }));
                          }
                          return absl::OkStatus();
                        }));
  return places;
}

}  // namespace tuoyu::filing
