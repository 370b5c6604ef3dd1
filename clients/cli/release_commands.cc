// tuoyu indicator release, releases: values as they were made public (指标发布).
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/filing_view.h"
#include "clients/cli/indicator_text.h"
#include "clients/cli/labels.h"
#include "clients/cli/table.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;

constexpr int kPage = 1'000;

struct ReleaseArgs {
  std::string as_of;
  std::string document;
  std::string reason;
};

std::string RenderRelease(const pb::Release& release, Language language, int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "指标" : "indicator", Table::Align::kRight},
               {zh ? "数值" : "value", Table::Align::kRight},
               {zh ? "分子" : "numerator", Table::Align::kRight},
               {zh ? "分母" : "denominator", Table::Align::kRight},
               {zh ? "达标情况" : "attained"}});
  for (const pb::ReleasedValue& value : release.values()) {
    table.Add({absl::StrCat(value.number()), ValueText(value, language), value.numerator(),
               value.denominator(), Label(value.attainment(), language)});
  }
  return absl::StrCat(release.name(), "  ", release.document_number(), "  ",
                      TimeText(release.record_time()), "  ", release.revision_reason(), "\n\n",
                      table.Render(width));
}

int Release(Session& session, const ReleaseArgs& args) {
  pb::ReleaseIndicatorsRequest request;
  const auto as_of = DateOption("--as-of", args.as_of);
  if (!as_of.ok()) return session.FailUsage(std::string(as_of.status().message()));
  *request.mutable_release()->mutable_as_of() = *as_of;
  request.mutable_release()->set_document_number(args.document);
  request.mutable_release()->set_revision_reason(args.reason);
  pb::Release reply;
  if (absl::Status status = session.CallAggregator(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(reply.name());
  if (session.json()) {
    session.PrintJson(reply);
  } else {
    session.Tell(RenderRelease(reply, session.language(), session.width()));
  }
  return kExitOk;
}

int Releases(Session& session, const ReleaseArgs& /*args*/) {
  pb::ListReleasesRequest request;
  request.set_page_size(kPage);
  pb::ListReleasesResponse all;
  do {
    pb::ListReleasesResponse page;
    if (absl::Status status = session.CallAggregator(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    all.mutable_releases()->MergeFrom(page.releases());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  for (const pb::Release& release : all.releases()) session.PrintName(release.name());
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  Table table({{session.chinese() ? "编号" : "name"},
               {session.chinese() ? "文号" : "document", Table::Align::kLeft, true},
               {session.chinese() ? "发布时间" : "released"},
               {session.chinese() ? "再次发布的原因" : "reason", Table::Align::kLeft, true}});
  for (const pb::Release& release : all.releases()) {
    table.Add({release.name(), release.document_number(), TimeText(release.record_time()),
               release.revision_reason()});
  }
  session.Tell(table.Render(session.width()));
  return kExitOk;
}

void DeclareRelease(CLI::App* command, ReleaseArgs* args) {
  command->add_option("--as-of", args->as_of, "指标的日期，如年末 / day of the values")->required();
  command->add_option("--document", args->document, "发布文号 / document")->required();
  command->add_option("--reason", args->reason, "再次发布的原因 / why they are released again");
}

}  // namespace

void AddReleaseCommands(CLI::App* indicator, CommandLine* line) {
  CLI::App* release = AddCommand(indicator, "release",
                                 "发布某日的指标，发布值从此保留 / release the values of a day");
  Bind<ReleaseArgs>(line, release, DeclareRelease, Release);
  Examples(
      release,
      "  tuoyu indicator release --as-of 2025-12-31 --document 大卫发〔2026〕1号 --as approver");
  Bind<ReleaseArgs>(
      line, AddCommand(indicator, "releases", "历次发布 / all releases"),
      [](CLI::App*, ReleaseArgs*) {}, Releases);
}

}  // namespace tuoyu::cli
