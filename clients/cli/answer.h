#ifndef TUOYU_CLIENTS_CLI_ANSWER_H_
#define TUOYU_CLIENTS_CLI_ANSWER_H_

#include "clients/cli/session.h"

namespace tuoyu::cli {

// Makes a call that answers with one record, and shows it: its name, its JSON, or what `render` makes of it.
template <typename Reply, typename Request, typename Render>
int ShowAnswer(Session& session, const Request& request, Render render) {
  Reply reply;
  if (absl::Status status = session.CallFiling(request, &reply); !status.ok()) {
    return session.Fail(status);
  }
  session.PrintName(reply.name());
  if (session.json()) {
    session.PrintJson(reply);
  } else if (!session.names()) {
    session.Print(render(reply));
  }
  return kExitOk;
}

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_ANSWER_H_
