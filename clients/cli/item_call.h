#ifndef TUOYU_CLIENTS_CLI_ITEM_CALL_H_
#define TUOYU_CLIENTS_CLI_ITEM_CALL_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/filing_file.h"
#include "clients/cli/session.h"

namespace tuoyu::cli {

// Shows an item with a name: as JSON, by its name, or as `render` makes it of item, language and width.
template <typename Item, typename Render>
int PrintItem(Session& session, const Item& item, Render render) {
  session.PrintName(item.name());
  if (session.json()) {
    session.PrintJson(item);
  } else if (!session.names()) {
    session.Print(render(item, session.language(), session.width()));
  }
  return kExitOk;
}

// Makes a call that answers with an item, and shows it.
template <typename Item, typename Request, typename Render>
int ShowItem(Session& session, const Request& request, Render render) {
  Item item;
  if (absl::Status status = session.CallOwner(request, &item); !status.ok()) {
    return session.Fail(status);
  }
  return PrintItem(session, item, render);
}

// The same of an answer that has no name of its own: `name` of it is printed with --output name. `lines`: of the file the request came from, if
// any.
template <typename Reply, typename Request, typename Name, typename Render>
int ShowAnswer(Session& session, const Request& request, Name name, Render render,
               const data::FieldLines* lines = nullptr) {
  Reply reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status, lines);
  }
  session.PrintName(name(reply));
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(render(reply, session.language(), session.width()));
  }
  return kExitOk;
}

// Makes a call that answers with all versions of something and shows each: as JSON, by `name`, or as `render` makes it.
// `items` of a reply gives them.
template <typename Reply, typename Request, typename Items, typename Name, typename Render>
int ShowVersions(Session& session, const Request& request, Items items, Name name, Render render) {
  Reply reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  for (const auto& each : items(reply)) session.PrintName(name(each));
  if (session.names()) return kExitOk;
  if (session.json()) {
    session.PrintJson(reply);
    return kExitOk;
  }
  for (const auto& each : items(reply)) {
    session.Print(render(each, session.language(), session.width()));
    session.Print("\n");
  }
  return kExitOk;
}

// Enters what a file says from papers (补录), all of it or nothing; what was entered before stays as it is. The request has entries, the
// reply names and how many were entered.
template <typename Reply, typename Request>
int BackEnterFile(Session& session, const std::string& path) {
  Request request;
  data::FieldLines lines;
  const absl::Status read = LoadMessageFile(path, session.today(), &request, &lines);
  if (!read.ok()) return session.FailUsage(std::string(read.message()));
  Reply reply;
  if (absl::Status status = session.CallOwner(request, &reply); !status.ok()) {
    return session.Fail(status, &lines);
  }
  for (const std::string& name : reply.names()) session.PrintName(name);
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(absl::StrCat(session.Say("已补录 ", "entered "), reply.entered(),
                               session.Say(" 件，原已补录 ", ", there before "),
                               reply.names_size() - reply.entered(), session.Say(" 件", ""), "\n"));
  }
  return kExitOk;
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_ITEM_CALL_H_
