#include "clients/cli/staff_view.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr absl::string_view kLevels[] = {"", "一级", "二级", "三级", "四级", "五级"};

bool IsHeldOn(const pb::Post& post, absl::CivilDay day) {
  const auto from = FromProto(post.valid_from());
  const auto to = FromProto(post.valid_to());
  return from.ok() && *from <= day && (!to.ok() || *to > day);
}

// "保育人员（托小一班 上午）"; a post of the whole day without its part of the day.
std::string PostText(const pb::Post& post, Language language) {
  std::vector<std::string> parts;
  if (!post.class_label().empty()) parts.push_back(post.class_label());
  if (post.shift() != pb::TIME_BAND_UNSPECIFIED && post.shift() != pb::TIME_BAND_ALL_DAY) {
    parts.push_back(Label(post.shift(), language));
  }
  std::string role = Label(post.role(), language);
  if (parts.empty()) return role;
  const std::string where = absl::StrJoin(parts, " ");
  return language == Language::kChinese ? absl::StrCat(role, "（", where, "）")
                                        : absl::StrCat(role, " (", where, ")");
}

// "保育师 三级", "学历证书 大专".
std::string CertificateText(const pb::Certificate& certificate, Language language) {
  std::string text = Label(certificate.kind(), language);
  const int level = certificate.level();
  if (level > 0 && level < static_cast<int>(std::size(kLevels))) {
    absl::StrAppend(&text, " ",
                    language == Language::kChinese ? std::string(kLevels[level])
                                                   : absl::StrCat("level ", level));
  }
  if (certificate.education() != pb::EDUCATION_UNSPECIFIED) {
    absl::StrAppend(&text, " ", Label(certificate.education(), language));
  }
  return text;
}

// "健康合格证 已过期 2026-03-01".
std::string NeedText(const pb::CertificateNeed& need, Language language) {
  return absl::StrCat(Label(need.kind(), language), " ", Label(need.state(), language), " ",
                      DateText(need.due_on()));
}

// What is not in order; "有效" when all is, nothing when nothing is asked for.
std::string NeedsText(const google::protobuf::RepeatedPtrField<pb::CertificateNeed>& needs,
                      Language language) {
  if (needs.empty()) return "";
  std::vector<std::string> parts;
  for (const pb::CertificateNeed& need : needs) {
    if (need.state() != pb::CERTIFICATE_STATE_OK) parts.push_back(NeedText(need, language));
  }
  if (parts.empty()) return Label(pb::CERTIFICATE_STATE_OK, language);
  return absl::StrJoin(parts, language == Language::kChinese ? "；" : "; ");
}

std::string BarredText(Language language) {
  return language == Language::kChinese ? "依法终身禁止从业，须立即停岗"
                                        : "banned for life: off duty at once";
}

std::string PostsTable(const pb::StaffMember& member, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "任职" : "post", Table::Align::kRight},
               {zh ? "岗位" : "role"},
               {zh ? "班级" : "class", Table::Align::kLeft, true},
               {zh ? "班次" : "shift"},
               {zh ? "专职" : "full-time"},
               {zh ? "自" : "from"},
               {zh ? "至（不含）" : "to (excl.)"}});
  for (const pb::Post& post : member.posts()) {
    const bool whole = post.shift() == pb::TIME_BAND_UNSPECIFIED;
    table.Add({absl::StrCat(post.number()), Label(post.role(), language), post.class_label(),
               Label(whole ? pb::TIME_BAND_ALL_DAY : post.shift(), language),
               post.full_time() ? (zh ? "是" : "yes") : (zh ? "否" : "no"),
               DateText(post.valid_from()), DateText(post.valid_to())});
  }
  return table.Render(width);
}

std::string CertificatesTable(const pb::StaffMember& member, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "证书" : "certificate", Table::Align::kRight},
               {zh ? "种类" : "kind", Table::Align::kLeft, true},
               {zh ? "发证或查询日期" : "issued on"},
               {zh ? "至（不含）" : "to (excl.)"},
               {zh ? "核验" : "verified"},
               {zh ? "证书编号" : "number", Table::Align::kLeft, true},
               {zh ? "发证单位" : "issuer", Table::Align::kLeft, true},
               {zh ? "核验说明" : "note", Table::Align::kLeft, true}});
  for (const pb::Certificate& certificate : member.certificates()) {
    table.Add(
        {absl::StrCat(certificate.number()), CertificateText(certificate, language),
         DateText(certificate.issued_on()),
         DateText(certificate.has_expires_on() ? certificate.expires_on() : certificate.valid_to()),
         Label(certificate.verify_state(), language), certificate.certificate_number(),
         certificate.issuer(), certificate.verify_note()});
  }
  return table.Render(width);
}

std::string NeedsTable(const pb::StaffMember& member, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "岗位要求" : "asked for", Table::Align::kLeft, true},
               {zh ? "状态" : "state"},
               {zh ? "到期" : "due on"},
               {zh ? "证书" : "certificate", Table::Align::kRight},
               {zh ? "层级" : "level"},
               {zh ? "依据" : "source", Table::Align::kLeft, true}});
  for (const pb::CertificateNeed& need : member.needs()) {
    table.Add({Label(need.kind(), language), Label(need.state(), language), DateText(need.due_on()),
               need.certificate() == 0 ? "" : absl::StrCat(need.certificate()),
               need.level() == 0 ? "" : Label(need.level(), language), need.source()});
  }
  return table.Render(width);
}

}  // namespace

std::string RenderStaffMember(const pb::StaffMember& member, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "人员" : "staff", member.name());
  details.Add(zh ? "姓名" : "name", member.person_name());
  details.Add(zh ? "公民身份号码" : "id number", MaskedId(member.id_number()));
  details.Add(zh ? "电话" : "phone", member.phone());
  details.Add(zh ? "系统获知" : "recorded", TimeText(member.record_time()));
  std::string out = details.Render(width);
  if (!member.posts().empty()) {
    absl::StrAppend(&out, "\n", PostsTable(member, language, width));
  }
  if (!member.certificates().empty()) {
    absl::StrAppend(&out, "\n", CertificatesTable(member, language, width));
  }
  if (!member.needs().empty()) {
    absl::StrAppend(&out, "\n", NeedsTable(member, language, width));
  }
  return out;
}

std::string RenderRoster(const std::vector<pb::StaffMember>& members, absl::CivilDay day,
                         Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "姓名" : "name"},
               {zh ? "岗位" : "posts", Table::Align::kLeft, true},
               {zh ? "证书" : "certificates", Table::Align::kLeft, true},
               {zh ? "电话" : "phone"},
               {zh ? "编号" : "id"}});
  for (const pb::StaffMember& member : members) {
    std::vector<std::string> posts;
    for (const pb::Post& post : member.posts()) {
      if (IsHeldOn(post, day)) posts.push_back(PostText(post, language));
    }
    if (posts.empty()) posts.emplace_back(zh ? "不在岗" : "not on post");
    table.Add({member.person_name(), absl::StrJoin(posts, zh ? "、" : ", "),
               member.has_barred_on() ? BarredText(language) : NeedsText(member.needs(), language),
               member.phone(), member.name()});
  }
  return table.Render(width);
}

std::string RenderStaffDue(const std::vector<pb::StaffDue>& due, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "最早到期" : "first due"},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "镇街" : "division"},
               {zh ? "证书" : "certificates", Table::Align::kLeft, true},
               {zh ? "编号" : "id"}});
  for (const pb::StaffDue& person : due) {
    const std::string barred = person.has_barred_on() ? BarredText(language) : "";
    const std::string needs = person.needs().empty() ? "" : NeedsText(person.needs(), language);
    table.Add({DateText(person.has_barred_on()   ? person.barred_on()
                        : person.needs().empty() ? google::type::Date()
                                                 : person.needs(0).due_on()),
               person.facility_name(), person.division_code(),
               absl::StrCat(barred,
                            barred.empty() || needs.empty() ? ""
                            : zh                            ? "；"
                                                            : "; ",
                            needs),
               person.name()});
  }
  return table.Render(width);
}

std::string RenderPostConflicts(const std::vector<pb::PostConflict>& conflicts, Language language,
                                int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "情形" : "kind", Table::Align::kLeft, true},
               {zh ? "编号" : "id"},
               {zh ? "另一处" : "the other"}});
  for (const pb::PostConflict& conflict : conflicts) {
    const bool hidden =
        conflict.kind() == pb::POST_CONFLICT_KIND_TWO_FACILITIES && conflict.other().empty();
    table.Add({Label(conflict.kind(), language), conflict.name(),
               hidden ? (zh ? "不在管辖区划" : "outside your divisions") : conflict.other()});
  }
  return table.Render(width);
}

std::string RenderBan(const pb::StaffBan& ban, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Details details;
  details.Add(zh ? "记录" : "ban", ban.name());
  details.Add(zh ? "姓名" : "name", ban.person_name());
  details.Add(zh ? "公民身份号码" : "id number", MaskedId(ban.id_number()));
  details.Add(zh ? "事由" : "ground", Label(ban.ground(), language));
  details.Add(zh ? "文书号" : "document", ban.document_number());
  details.Add(zh ? "决定日期" : "decided on", DateText(ban.decided_on()));
  details.Add(zh ? "登记" : "recorded", TimeText(ban.record_time()));
  details.Add(zh ? "解除日期" : "lifted on", DateText(ban.lifted_on()));
  details.Add(zh ? "解除原因" : "reason", ban.lift_reason());
  details.Add(zh ? "在岗，须立即离岗" : "on post, to be ended at once",
              absl::StrJoin(ban.on_post(), "\n"));
  details.Add(zh ? "其中未停岗：名册上姓名不同，请核实"
                 : "of these not barred yet: under another name, look into it",
              absl::StrJoin(ban.unconfirmed(), "\n"));
  return details.Render(width);
}

std::string RenderBans(const std::vector<pb::StaffBan>& bans, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "姓名" : "name"},
               {zh ? "公民身份号码" : "id number"},
               {zh ? "事由" : "ground"},
               {zh ? "文书号" : "document", Table::Align::kLeft, true},
               {zh ? "决定日期" : "decided on"},
               {zh ? "解除日期" : "lifted on"},
               {zh ? "仍在岗" : "on post", Table::Align::kRight},
               {zh ? "编号" : "id"}});
  for (const pb::StaffBan& ban : bans) {
    table.Add({ban.person_name(), MaskedId(ban.id_number()), Label(ban.ground(), language),
               ban.document_number(), DateText(ban.decided_on()), DateText(ban.lifted_on()),
               ban.on_post().empty() ? "" : absl::StrCat(ban.on_post_size()), ban.name()});
  }
  return table.Render(width);
}

}  // namespace tuoyu::cli
