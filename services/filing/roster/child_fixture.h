#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_FIXTURE_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_FIXTURE_H_

#include <string>
#include <vector>

#include "services/filing/roster/staff_fixture.h"

namespace tuoyu::filing {

// ChildService on a registry of its own with one facility, and the most common calls.
class ChildFixture : public StaffFixture {
 protected:
  using Children = v1::ChildService::Stub;

  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Child(grpc::Status (Children::*method)(grpc::ClientContext*, const Request&,
                                                               Reply*),
                              const std::string& token, Request request) const {
    return CallOn(*child_stub_, method, token, std::move(request));
  }
  std::string Phc() const { return Token(common::v1::ROLE_PHC); }

  absl::StatusOr<v1::ReportChildrenResponse> ReportAll(const std::string& token,
                                                       const std::vector<v1::ChildEntry>& entries,
                                                       bool validate_only = false) const {
    v1::ReportChildrenRequest request;
    for (const v1::ChildEntry& entry : entries) *request.add_entries() = entry;
    request.set_validate_only(validate_only);
    return Child(&Children::ReportChildren, token, request);
  }
  std::string EnterChild(const v1::ChildEntry& entry) const {
    const auto reply = ReportAll(Principal(entry.facility()), {entry});
    EXPECT_OK(reply);
    return reply.ok() ? reply->names(0) : "";
  }
  absl::StatusOr<v1::Child> GetChild(const std::string& name, const std::string& token) const {
    v1::GetChildRequest request;
    request.set_name(name);
    return Child(&Children::GetChild, token, request);
  }
  absl::StatusOr<v1::Child> Record(const std::string& name, const v1::HealthRecord& record,
                                   bool verified, const std::string& token) const {
    v1::RecordHealthRequest request;
    request.set_name(name);
    *request.mutable_health_record() = record;
    request.mutable_health_record()->set_identity_verified(verified);
    return Child(&Children::RecordHealth, token, request);
  }
  // "name state due" of all pages of one.
  std::vector<std::string> HealthDue(int within_days, const std::string& token) const {
    v1::ListHealthDueRequest request;
    request.set_within_days(within_days);
    request.set_page_size(1);
    std::vector<std::string> lines;
    do {
      const auto page = Child(&Children::ListHealthDue, token, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::HealthDue& due : page->children()) {
        lines.push_back(absl::StrCat(due.name(), " ", due.record_state(), " ",
                                     FormatDay(*FromProto(due.due_on()))));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  std::vector<std::string> Conflicts(const std::string& token) const {
    const auto reply =
        Child(&Children::ListEnrolmentConflicts, token, v1::ListEnrolmentConflictsRequest());
    EXPECT_OK(reply);
    std::vector<std::string> lines;
    if (!reply.ok()) return lines;
    for (const auto& conflict : reply->conflicts()) {
      lines.push_back(absl::StrCat(conflict.name(), " ", conflict.other()));
    }
    return lines;
  }

  const std::string facility_ = Register("演练托育园");
  const CivilDay birth_{2024, 6, 1};
  const CivilDay from_{2026, 3, 2};
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_FIXTURE_H_
