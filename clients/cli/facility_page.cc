// tuoyu facility page: what anyone may know of a facility, from all services.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/complaint/review_view.h"
#include "clients/cli/facility_view.h"
#include "clients/cli/inspection/inspection_view.h"
#include "clients/cli/inspection/penalty_view.h"
#include "clients/cli/table.h"
#include "common/base/status.h"
#include "tuoyu/complaint/v1/review_service.pb.h"
#include "tuoyu/complaint/v1/statistic_service.pb.h"
#include "tuoyu/filing/v1/facility_service.pb.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::cli {
namespace {

constexpr int kLatest = 20;

// What each service tells anyone.
struct Page {
  filing::v1::Facility facility;
  inspection::v1::ListVisitsResponse visits;
  inspection::v1::ListVisitsResponse open;  // visits with findings that are not corrected
  inspection::v1::ListPenaltyCasesResponse penalties;
  complaint::v1::FacilityUpheldCases upheld;
  complaint::v1::ReviewSummary reviews;
};

absl::Status Read(Session& session, const std::string& name, Page* page) {
  filing::v1::GetFacilityRequest facility;
  facility.set_name(name);
  RETURN_IF_ERROR(session.CallOwner(facility, &page->facility));
  inspection::v1::ListVisitsRequest visits;
  visits.set_facility(name);
  visits.set_page_size(kLatest);
  RETURN_IF_ERROR(session.CallOwner(visits, &page->visits));
  visits.set_with_open_findings(true);
  RETURN_IF_ERROR(session.CallOwner(visits, &page->open));
  inspection::v1::ListPenaltyCasesRequest penalties;
  penalties.set_facility(name);
  penalties.set_page_size(kLatest);
  RETURN_IF_ERROR(session.CallOwner(penalties, &page->penalties));
  complaint::v1::GetFacilityUpheldCasesRequest upheld;
  upheld.set_facility(name);
  RETURN_IF_ERROR(session.CallOwner(upheld, &page->upheld));
  complaint::v1::GetReviewSummaryRequest reviews;
  reviews.set_facility(name);
  return session.CallOwner(reviews, &page->reviews);
}

std::vector<inspection::v1::Finding> OpenFindings(const Page& page) {
  std::vector<inspection::v1::Finding> open;
  for (const inspection::v1::Visit& visit : page.open.visits()) {
    for (const inspection::v1::Finding& finding : visit.findings()) {
      if (finding.state() == inspection::v1::FINDING_STATE_OPEN ||
          finding.state() == inspection::v1::FINDING_STATE_REPORTED) {
        open.push_back(finding);
      }
    }
  }
  return open;
}

std::string RenderUpheld(const complaint::v1::FacilityUpheldCases& upheld, Language language,
                         int width) {
  const bool zh = language == Language::kChinese;
  Table table({{zh ? "季度" : "quarter"},
               {zh ? "事项" : "category", Table::Align::kLeft, true},
               {zh ? "件数" : "cases", Table::Align::kRight}});
  for (const complaint::v1::UpheldCases& each : upheld.upheld()) {
    table.Add({absl::StrCat(each.year(), "-Q", each.quarter()),
               zh ? each.category_zh() : each.category_en(), absl::StrCat(each.count())});
  }
  return table.Render(width);
}

// A heading and what stands under it.
std::string Section(absl::string_view title, absl::string_view none, bool empty,
                    const std::string& text) {
  return absl::StrCat("\n", title, "\n", empty ? absl::StrCat(none, "\n") : text);
}

std::string Render(const Session& session, const Page& page) {
  const Language language = session.language();
  const int width = session.width();
  const std::string none(session.Say("没有。", "None."));
  const std::vector<inspection::v1::Finding> open = OpenFindings(page);
  return absl::StrCat(
      RenderFacility(page.facility, language, width),
      Section(session.Say("监督检查（已公示的最近20次）", "Visits (the latest 20 made public)"),
              none, page.visits.visits().empty(),
              RenderVisits({page.visits.visits().begin(), page.visits.visits().end()}, language,
                           width)),
      Section(session.Say("未整改的问题", "Findings not corrected"), none, open.empty(),
              RenderFindings(open, language, width)),
      Section(session.Say("行政处罚", "Penalties"), none, page.penalties.penalty_cases().empty(),
              RenderPenalties(
                  {page.penalties.penalty_cases().begin(), page.penalties.penalty_cases().end()},
                  language, width)),
      Section(session.Say("查实的投诉举报（两年内，按季度）",
                          "Complaints upheld (two years, by quarter)"),
              none, page.upheld.upheld().empty(), RenderUpheld(page.upheld, language, width)),
      Section(session.Say("家庭评价", "Reviews by families"), none, page.reviews.count() == 0,
              RenderSummary(page.reviews, language, width)));
}

struct PageArgs {
  std::string name;
};

// Asked for without an account, whoever asks: the page shows what anyone may know.
int Show(const GlobalOptions& global, Session& session, const PageArgs& args) {
  GlobalOptions nobody = global;
  nobody.identity = Identity();
  Session outside(nobody);
  Page page;
  const absl::Status read = Read(outside, ResourceName("facilities", args.name), &page);
  if (!read.ok()) return session.Fail(read);
  session.PrintName(page.facility.name());
  if (session.json()) {
    session.Print(absl::StrCat("{\"facility\":", ToJsonText(page.facility),
                               ",\"visits\":", ToJsonText(page.visits),
                               ",\"penalties\":", ToJsonText(page.penalties),
                               ",\"upheld_cases\":", ToJsonText(page.upheld),
                               ",\"review_summary\":", ToJsonText(page.reviews), "}\n"));
  } else if (!session.names()) {
    session.Print(Render(session, page));
  }
  return kExitOk;
}

}  // namespace

void AddFacilityPage(CLI::App* facility, CommandLine* line) {
  CLI::App* page = AddCommand(
      facility, "page", "公开信息：检查、问题、处罚、查实的投诉 / what anyone may know of it");
  Bind<PageArgs>(
      line, page,
      [](CLI::App* command, PageArgs* args) {
        command->add_option("facility", args->name, "facilities/ID")->required();
      },
      [line](Session& session, const PageArgs& args) {
        return Show(line->options, session, args);
      });
  Examples(page, "  tuoyu facility page facilities/ID");
}

}  // namespace tuoyu::cli
