// Staff and children for the rosters of facilities: a row is one person with a post, or one child with an enrolment.
#include <google/protobuf/util/message_differencer.h>

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/import/facility_finder.h"
#include "clients/cli/import/kind.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/sheet/cell_rules.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::cli {
namespace {

// Fewer characters than any resident id, old or new, has.
constexpr size_t kShortestResidentId = 15;

namespace pb = filing::v1;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using ids::IdError;

constexpr char kFacility[] = "facility";
constexpr char kFullTime[] = "posts[0].full_time";

// Certificates by their place in the columns.
enum CertificatePlace { kHealth, kProfession, kEducation, kCriminalRecord, kPlaces };

constexpr Column kStaffColumns[] = {
    {kFacility, "机构|facility|机构信用代码|所在机构信用代码|统一社会信用代码|credit code",
     CellRule::kGiven, false, "91500111MAQQ000327"},
    {"person_name", "姓名|name of the person|name", CellRule::kByField, true, "向演练"},
    {"id_number", "公民身份号码|id number|身份证号|身份证号码|身份证", CellRule::kCode, true,
     "500111198802299964"},
    {"phone", "电话|phone|联系电话|手机|手机号", CellRule::kCode, false, "13900000001"},
    {"posts[0].role", "岗位|role|职务|工种", CellRule::kByField, true, "保育人员"},
    {"posts[0].class_label", "所在班级|class|班级", CellRule::kByField, false, "托小一班"},
    // Without it a part-time post would become a full-time one.
    {kFullTime, "专职|full-time|专职或兼职|专兼职", CellRule::kGiven, true, "专职"},
    {"posts[0].shift", "班次|shift"},
    {"posts[0].valid_from", "到岗日期|first day on post|入职日期|上岗日期", CellRule::kByField,
     true, "2024-03-01"},
    {"posts[0].valid_to", "离岗日期|last day on post|离职日期", CellRule::kLastDay},
    {"certificates[0].issued_on", "健康证发证日期|health certificate issued on|体检日期",
     CellRule::kByField, false, "2025-02-20"},
    {"certificates[0].valid_to", "健康证有效期至|health certificate valid until",
     CellRule::kLastDay},
    {"certificates[0].certificate_number", "健康证编号|health certificate number", CellRule::kCode},
    {"certificates[0].issuer", "健康证发证单位|health certificate issuer"},
    {"certificates[1].kind", "职业证书种类|certificate|职业证书|证书种类", CellRule::kByField,
     false, "保育师"},
    {"certificates[1].level", "职业证书等级|certificate level|证书等级", CellRule::kLevel, false,
     "4"},
    {"certificates[1].certificate_number", "职业证书编号|certificate number|证书编号",
     CellRule::kCode, false, "Y000050011100000001"},
    {"certificates[1].issued_on", "职业证书发证日期|certificate issued on|发证日期",
     CellRule::kByField, false, "2023-05-20"},
    {"certificates[1].valid_to", "职业证书有效期至|certificate valid until", CellRule::kLastDay},
    {"certificates[1].issuer", "职业证书发证单位|certificate issuer|发证单位"},
    {"certificates[2].education", "学历|education"},
    {"certificates[2].issued_on", "毕业日期|graduated on"},
    {"certificates[2].certificate_number", "毕业证书编号|diploma number", CellRule::kCode},
    {"certificates[3].issued_on", "无犯罪记录查询日期|criminal record checked on"},
    {"certificates[3].issuer", "无犯罪记录查询单位|criminal record checked by"},
};

constexpr Column kChildColumns[] = {
    {kFacility, "机构|facility|机构信用代码|所在机构信用代码|统一社会信用代码|credit code",
     CellRule::kGiven, false, "91500111MAQQ000327"},
    {"child_name", "婴幼儿姓名|name of the child|姓名|name", CellRule::kByField, true, "向小演"},
    {"document", "证件类型|kind of document", CellRule::kByField, false, "公民身份号码"},
    {"document_number", "证件号码|number of the document|身份证号|身份证号码|公民身份号码",
     CellRule::kCode, true, "500111202401019967"},
    {"birth_date", "出生日期|birth date", CellRule::kDayText, false, "2024-01-01"},
    {"enrolments[0].class_label", "所在班级|class|班级", CellRule::kByField, false, "托小一班"},
    {"enrolments[0].service_mode", "服务方式|service mode|托育方式", CellRule::kByField, true,
     "全日托"},
    {"enrolments[0].time_band", "在托时段|part of the day|时段"},
    {"enrolments[0].valid_from", "入托日期|first day in care", CellRule::kByField, true,
     "2025-03-01"},
    {"enrolments[0].valid_to", "离托日期|last day in care", CellRule::kLastDay},
    {"consent.given_on", "同意日期|consent given on|监护人同意日期", CellRule::kByField, false,
     "2025-02-25"},
    {"consent.text_version", "告知文本版本|version of the text", CellRule::kByField, false,
     "2025年版"},
    {"consent.guardian_name", "监护人姓名|name of the guardian|监护人", CellRule::kByField, false,
     "向大演"},
    {"consent.guardian_phone", "监护人电话|phone of the guardian", CellRule::kCode},
};

pb::CertificateKind KindAt(int place, const pb::Certificate& certificate) {
  if (place == kHealth) return pb::CERTIFICATE_KIND_HEALTH;
  if (place == kEducation) return pb::CERTIFICATE_KIND_EDUCATION;
  if (place == kCriminalRecord) return pb::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY;
  return certificate.kind();
}

int PlaceOf(pb::CertificateKind kind) {
  if (kind == pb::CERTIFICATE_KIND_HEALTH) return kHealth;
  if (kind == pb::CERTIFICATE_KIND_EDUCATION) return kEducation;
  return kind == pb::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY ? kCriminalRecord : kProfession;
}

// Only the certificates of which something is written.
void KeepWritten(pb::StaffEntry* entry) {
  pb::StaffEntry kept;
  for (int place = 0; place < entry->certificates_size(); ++place) {
    pb::Certificate certificate = entry->certificates(place);
    if (certificate.ByteSizeLong() == 0) continue;
    certificate.set_kind(KindAt(place, certificate));
    *kept.add_certificates() = std::move(certificate);
  }
  entry->mutable_certificates()->Swap(kept.mutable_certificates());
}

std::optional<IdError> SetFullTime(const std::string& text, pb::Post* post) {
  if (text.empty()) return std::nullopt;  // told as missing
  if (text == "专职" || text == "全职") {
    post->set_full_time(true);
    return std::nullopt;
  }
  if (text == "兼职") return std::nullopt;
  const auto flag = sheet::FlagOf({sheet::CellKind::kText, text});
  if (!flag.ok()) {
    return IdError{"FLAG_FORM", "请填“专职”或“兼职”", "write 专职 (full-time) or 兼职 (part-time)"};
  }
  post->set_full_time(flag.value());
  return std::nullopt;
}

// Sets the facility of an entry by what its row says.
template <typename Entry>
absl::Status SetFacility(FacilityFinder& finder, ImportRow* row, ImportKind::FaultMaker at,
                         Entry* entry) {
  ASSIGN_OR_RETURN(const auto facility, finder.Find(row->given[kFacility]));
  if (facility.ok()) {
    entry->set_facility(facility.value());
  } else {
    row->faults.push_back(at(kFacility, facility.error()));
  }
  return absl::OkStatus();
}

// As the roster tells certificates.
bool IsOneCertificate(const pb::Certificate& a, const pb::Certificate& b) {
  return a.kind() == b.kind() && a.certificate_number() == b.certificate_number() &&
         MessageDifferencer::Equals(a.issued_on(), b.issued_on());
}

std::string DayKey(const google::type::Date& date) {
  return absl::StrCat(date.year(), "-", date.month(), "-", date.day());
}

class StaffImport : public ImportKind {
 public:
  explicit StaffImport(Session& session) : session_(session), finder_(session) {}

  absl::string_view name() const override { return "staff"; }
  Bilingual title() const override { return {"从业人员", "staff"}; }
  absl::Span<const Column> columns() const override { return kStaffColumns; }
  const Message& entry() const override { return pb::StaffEntry::default_instance(); }

  absl::Status Complete(ImportRow* row, FaultMaker at) override {
    auto& entry = static_cast<pb::StaffEntry&>(*row->entry);
    RETURN_IF_ERROR(SetFacility(finder_, row, at, &entry));
    if (entry.posts().empty()) entry.add_posts();
    const auto wrong = SetFullTime(row->given[kFullTime], entry.mutable_posts(0));
    if (wrong.has_value()) row->faults.push_back(at(kFullTime, *wrong));
    KeepWritten(&entry);
    return absl::OkStatus();
  }

  std::string KeyOf(const Message& message) const override {
    const auto& entry = static_cast<const pb::StaffEntry&>(message);
    return absl::StrCat(entry.facility(), "|", entry.id_number(), "|", entry.posts(0).role(), "|",
                        DayKey(entry.posts(0).valid_from()), "|", entry.posts(0).shift());
  }

  // Rows of one post with other certificates each.
  bool GoTogether(const Message& earlier, const Message& later) const override {
    pb::StaffEntry a = static_cast<const pb::StaffEntry&>(earlier);
    pb::StaffEntry b = static_cast<const pb::StaffEntry&>(later);
    for (const pb::Certificate& x : a.certificates()) {
      for (const pb::Certificate& y : b.certificates()) {
        if (IsOneCertificate(x, y) && !MessageDifferencer::Equals(x, y)) return false;
      }
    }
    a.clear_certificates();
    b.clear_certificates();
    return MessageDifferencer::Equals(a, b);
  }

  // A person has one name, and posts that don't overlap, at whatever facility.
  std::string SubjectOf(const Message& message) const override {
    return static_cast<const pb::StaffEntry&>(message).id_number();
  }

  std::string ColumnField(const Message& message, absl::string_view field) const override {
    constexpr absl::string_view kList = "certificates[";
    const auto& entry = static_cast<const pb::StaffEntry&>(message);
    const size_t close = field.find(']');
    int number = 0;
    if (!absl::StartsWith(field, kList) || close == absl::string_view::npos ||
        !absl::SimpleAtoi(field.substr(kList.size(), close - kList.size()), &number) ||
        number >= entry.certificates_size()) {
      return std::string(field);
    }
    return absl::StrCat(kList, PlaceOf(entry.certificates(number).kind()), field.substr(close));
  }

  // The service counts the persons of a call, which is not the place in the table.
  void Reword(const Message& /*message*/, std::string* field, IdError* what) const override {
    if (what->reason != "PERSON_BANNED") return;
    *field = "id_number";
    what->message_zh = "此人已被终身禁止从业（未成年人保护法第六十二条），不得聘用；本次登记已留痕";
    what->message_en = "banned from the trade, must not be hired; the attempt is on record";
  }

  absl::Status Send(absl::Span<const std::string* const> entries, const std::string& request_id,
                    bool check, std::vector<common::v1::Violation>* found) override {
    return SendEntries<pb::ReportStaffRequest, pb::ReportStaffResponse>(session_, entries,
                                                                        request_id, check, found);
  }

 private:
  Session& session_;
  FacilityFinder finder_;
};

class ChildImport : public ImportKind {
 public:
  explicit ChildImport(Session& session) : session_(session), finder_(session) {}

  absl::string_view name() const override { return "children"; }
  Bilingual title() const override { return {"婴幼儿", "children"}; }
  absl::Span<const Column> columns() const override { return kChildColumns; }
  const Message& entry() const override { return pb::ChildEntry::default_instance(); }

  absl::Status Complete(ImportRow* row, FaultMaker at) override {
    auto& entry = static_cast<pb::ChildEntry&>(*row->entry);
    RETURN_IF_ERROR(SetFacility(finder_, row, at, &entry));
    if (entry.document() == pb::CHILD_DOCUMENT_UNSPECIFIED) {
      // A resident id has 18 characters, a birth certificate a letter and nine digits: one with a digit too few is still
      // meant as that.
      entry.set_document(entry.document_number().size() < kShortestResidentId
                             ? pb::CHILD_DOCUMENT_BIRTH_CERTIFICATE
                             : pb::CHILD_DOCUMENT_RESIDENT_ID);
    }
    return absl::OkStatus();
  }

  std::string KeyOf(const Message& message) const override {
    const auto& entry = static_cast<const pb::ChildEntry&>(message);
    const auto& days = entry.enrolments();
    return absl::StrCat(entry.facility(), "|", entry.document_number(), "|",
                        days.empty() ? ""
                                     : absl::StrCat(DayKey(days.Get(0).valid_from()), "|",
                                                    days.Get(0).time_band()));
  }

  // A child has one name, and enrolments that don't overlap.
  std::string SubjectOf(const Message& message) const override {
    const auto& entry = static_cast<const pb::ChildEntry&>(message);
    return absl::StrCat(entry.document(), "|", entry.document_number());
  }

  absl::Status Send(absl::Span<const std::string* const> entries, const std::string& request_id,
                    bool check, std::vector<common::v1::Violation>* found) override {
    return SendEntries<pb::ReportChildrenRequest, pb::ReportChildrenResponse>(
        session_, entries, request_id, check, found);
  }

 private:
  Session& session_;
  FacilityFinder finder_;
};

}  // namespace

std::unique_ptr<ImportKind> NewStaffImport(Session& session) {
  return std::make_unique<StaffImport>(session);
}

std::unique_ptr<ImportKind> NewChildImport(Session& session) {
  return std::make_unique<ChildImport>(session);
}

}  // namespace tuoyu::cli
