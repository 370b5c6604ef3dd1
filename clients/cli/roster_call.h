#ifndef TUOYU_CLIENTS_CLI_ROSTER_CALL_H_
#define TUOYU_CLIENTS_CLI_ROSTER_CALL_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/roster_option.h"
#include "clients/cli/session.h"

// What the commands of both rosters do alike: report entries, and read a list page by page.
namespace tuoyu::cli {

inline constexpr int kRosterPage = 200;

// What became of entries that were reported.
inline absl::string_view OutcomeOf(const Session& session, bool blocked, bool check) {
  if (blocked) return session.Say("不能登记", "not entered");
  if (check) return session.Say("可以登记（尚未登记）", "can be entered (nothing was)");
  return session.Say("已登记", "entered");
}

// Sends a batch that is entered whole or not at all, and shows what was found. `lines`: of the file it came from, if any;
// `names(reply)` are printed with --output name; `show(reply, blocked)` tells people what became of it.
template <typename Reply, typename Request, typename Names, typename Show>
int SendBatch(Session& session, const Request& request, const data::FieldLines* lines, Names names,
              Show show) {
  Reply reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status, lines);
  }
  const std::vector<common::v1::Violation> violations(reply.violations().begin(),
                                                      reply.violations().end());
  const bool blocked = std::any_of(violations.begin(), violations.end(),
                                   [](const auto& each) { return each.blocking(); });
  const int exit = blocked ? kExitRefused : kExitOk;
  for (const std::string& name : names(reply)) session.PrintName(name);
  if (session.json()) {
    session.PrintJson(reply);
    return exit;
  }
  if (!violations.empty()) {
    session.Tell(absl::StrCat(
        RenderViolations(violations, session.language(), session.width(), lines), "\n"));
  }
  if (!session.names()) show(reply, blocked);
  return exit;
}

// Reports entries, and shows what was entered and what was found. `lines`: of the file they came from, if any; `title` gives
// the name of the person an entry is about; `unit` counts them: " 人".
template <typename Reply, typename Request, typename Title>
int ReportEntries(Session& session, const Request& request, const data::FieldLines* lines,
                  const Bilingual& unit, Title title) {
  return SendBatch<Reply>(
      session, request, lines, [](const Reply& reply) { return reply.names(); },
      [&](const Reply& reply, bool blocked) {
        for (int i = 0; i < std::min(reply.names_size(), request.entries_size()); ++i) {
          session.Print(
              absl::StrCat(reply.names(i), "  ", Printable(title(request.entries(i))), "\n"));
        }
        session.Print(absl::StrCat(OutcomeOf(session, blocked, request.validate_only()),
                                   session.Say("：", ": "), request.entries_size(),
                                   session.Say(unit.zh, unit.en), "\n"));
      });
}

// The same of a file; an entry without facility is of the one acted for.
template <typename Reply, typename Request, typename Title>
int ReportEntriesOfFile(Session& session, const std::string& path, bool check,
                        const Bilingual& unit, Title title) {
  Request request;
  data::FieldLines lines;
  const absl::Status read = LoadMessageFile(path, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  request.set_validate_only(check);
  for (auto& entry : *request.mutable_entries()) {
    if (entry.facility().empty()) entry.set_facility(session.identity().facility);
    ActAsOwner(session, entry.facility());
  }
  return ReportEntries<Reply>(session, request, &lines, unit, title);
}

// The resource a row of a list is about: its own name, or the facility it sums up.
template <typename Item>
const std::string& NameOf(const Item& item) {
  if constexpr (requires { item.name(); }) {
    return item.name();
  } else {
    return item.facility();
  }
}

// Reads a list page by page, up to `limit` items, and shows it. A page may be empty and not the last. `Items` of a reply
// gives its list, `Render` makes a table of it.
template <typename Reply, typename Request, typename Items, typename Render>
int ShowList(Session& session, Request request, int limit, const Bilingual& none, Items items,
             Render render) {
  Reply all;
  do {
    request.set_page_size(std::min(kRosterPage, limit - items(&all)->size()));
    Reply page;
    if (absl::Status status = session.CallOwner(request, &page); !status.ok()) {
      return session.Fail(status);
    }
    items(&all)->MergeFrom(*items(&page));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && items(&all)->size() < limit);
  all.set_next_page_token(request.page_token());
  if (session.json()) {
    session.PrintJson(all);
    return kExitOk;
  }
  for (const auto& item : *items(&all)) session.PrintName(NameOf(item));
  if (!session.names()) {
    session.Print(items(&all)->empty() ? absl::StrCat(session.Say(none.zh, none.en), "\n")
                                       : render(*items(&all)));
  }
  if (!all.next_page_token().empty()) {
    session.Note(absl::StrCat(session.Say("还有更多：--limit", "there are more: --limit"), "\n"));
  }
  return kExitOk;
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_ROSTER_CALL_H_
