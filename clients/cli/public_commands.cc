// tuoyu notices, tuoyu rules: what anyone may read before and beside filings.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "common/base/status.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;

constexpr int kPage = 200;
// A list longer than this is cut in the output for people, who then narrow the filter.
constexpr int kMostShown = 2'000;

struct NoticesArgs {
  std::string under;
  bool open = false;
};

struct RulesArgs {
  std::string day;
};

std::string Findings(const pb::NonconformityNotice& notice) {
  std::vector<std::string> parts;
  for (const pb::NonconformityItem& item : notice.items()) {
    parts.push_back(absl::StrCat(item.clause(), ": ", item.finding()));
  }
  return absl::StrJoin(parts, "; ");
}

int Notices(Session& session, const NoticesArgs& args) {
  pb::ListNonconformityNoticesRequest request;
  request.set_page_size(kPage);
  request.set_division_prefix(args.under);
  request.set_open_only(args.open);
  pb::ListNonconformityNoticesResponse all;
  do {
    pb::ListNonconformityNoticesResponse page;
    if (absl::Status status = session.CallFiling(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_notices()->MergeFrom(page.notices());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && all.notices_size() < kMostShown);
  all.set_next_page_token(request.page_token());
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  const bool zh = session.chinese();
  Table table({{zh ? "告知日期" : "noticed on"},
               {zh ? "机构" : "facility", Table::Align::kLeft, true},
               {zh ? "信用代码" : "credit code"},
               {zh ? "镇街" : "division"},
               {zh ? "不符合事项" : "findings", Table::Align::kLeft, true},
               {zh ? "整改期限" : "rectify by"},
               {zh ? "状态" : "state"}});
  for (const pb::PublishedNotice& notice : all.notices()) {
    const std::string closed = DateText(notice.closed_on());
    table.Add({DateText(notice.notice().noticed_on()), notice.facility_name(), notice.uscc(),
               notice.division_code(), Findings(notice.notice()),
               DateText(notice.notice().rectify_by()),
               notice.open() ? (zh ? "未了结" : "open")
                             : absl::StrCat(zh ? "已了结 " : "closed ", closed)});
  }
  session.Print(all.notices().empty()
                    ? absl::StrCat(session.Say("没有不符合告知。", "No such notices."), "\n")
                    : table.Render(session.width()));
  return kExitOk;
}

std::string MaterialTable(const pb::RuleSet& rules, Session& session) {
  const bool zh = session.chinese();
  const auto need = [&](pb::Requirement requirement) -> std::string {
    switch (requirement) {
      case pb::REQUIREMENT_REQUIRED:
        return zh ? "必交" : "required";
      case pb::REQUIREMENT_CONDITIONAL:
        return zh ? "视情" : "conditional";
      default:
        return "";
    }
  };
  Table table({{zh ? "材料" : "material", Table::Align::kLeft, true},
               {zh ? "托育机构" : "ordinary"},
               {zh ? "幼儿园" : "kindergarten"},
               {zh ? "用人单位" : "employer"},
               {zh ? "家庭托育点" : "home-based"},
               {zh ? "依据" : "source", Table::Align::kLeft, true}});
  for (const pb::MaterialRule& rule : rules.materials()) {
    if (!rule.enabled()) continue;
    table.Add({absl::StrCat(rule.code(), " ", zh ? rule.title_zh() : rule.title_en()),
               need(rule.ordinary()), need(rule.kindergarten()), need(rule.employer()),
               need(rule.home_based()), rule.source()});
  }
  return table.Render(session.width());
}

int Rules(Session& session, const RulesArgs& args) {
  pb::GetRulesRequest request;
  const auto day = DateOption("--day", args.day);
  if (!day.ok()) return session.FailUsage(std::string(day.status().message()));
  if (!args.day.empty()) *request.mutable_day() = *day;
  pb::RuleSet rules;
  if (absl::Status status = session.CallFiling(request, &rules); !status.ok()) {
    return session.Fail(status);
  }
  if (session.json()) {
    session.PrintJson(rules);
    return kExitOk;
  }
  const auto list = [](const auto& lines) {
    std::string out;
    for (int i = 0; i < lines.size(); ++i) absl::StrAppend(&out, i + 1, ". ", lines[i], "\n");
    return out;
  };
  session.Print(absl::StrCat(
      session.Say("规则集 ", "rule set "), rules.version(), session.Say("，自 ", ", from "),
      DateText(rules.effective_from()), session.Say(" 起施行\n\n", "\n\n"),
      session.Say("备案材料\n", "Materials\n"), MaterialTable(rules, session),
      session.Say("\n备案承诺书，版本 ", "\nCommitment, version "),
      rules.commitment().text_version(), "\n", list(rules.commitment().points()),
      session.Say("\n基本条件告知书，版本 ", "\nConditions notice, version "),
      rules.conditions_notice().text_version(), "\n",
      list(rules.conditions_notice().conditions())));
  return kExitOk;
}

}  // namespace

void AddPublicCommands(CLI::App* app, CommandLine* line) {
  CLI::App* notices =
      AddCommand(app, "notices", "公开的不符合告知 / published notices of non-conformity");
  Bind<NoticesArgs>(
      line, notices,
      [](CLI::App* command, NoticesArgs* args) {
        command->add_option("--under,--division", args->under,
                            "区划代码前缀 / division code prefix");
        command->add_flag("--open", args->open, "只列未了结的 / only open ones");
      },
      Notices);
  Examples(notices, "  tuoyu notices\n  tuoyu notices --under 500111001 --open");
  CLI::App* rules =
      AddCommand(app, "rules",
                 "施行的规则、承诺书和告知书 / rules in force, the commitment to sign, conditions");
  Bind<RulesArgs>(
      line, rules,
      [](CLI::App* command, RulesArgs* args) {
        command->add_option("--day", args->day, "哪一天的规则 / rules of this day");
      },
      Rules);
  Examples(rules, "  tuoyu rules\n  tuoyu rules --day 2024-01-01 -o json");
}

}  // namespace tuoyu::cli
