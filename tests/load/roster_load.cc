#include "tests/load/roster_load.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/parallel.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/ids/made_up.h"
#include "common/rpc/errors.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "tests/load/report.h"
#include "tuoyu/filing/v1/child_service.grpc.pb.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"
#include "tuoyu/filing/v1/staff_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

namespace pb = filing::v1;
namespace made_up = filing::testing;
using common::v1::Role;

constexpr int kThreads = 8;
constexpr int kBatch = 200;  // as ReportStaff and ReportChildren allow
constexpr int kChildrenPerCarer = 4;
constexpr int kCarersPerFacility = 15;
constexpr int kCertifiedOf = 10;
// Persons beyond so many are on the rosters of several facilities.
constexpr int kPersons = 10000;
constexpr int kDaysOfBirths = 900;
// The rehearsal's staff is born later.
constexpr absl::CivilDay kLastBirthday(1961, 12, 31);

std::string PersonId(int person) {
  return ids::MadeUpResidentId(kLastBirthday - person / 4, static_cast<uint32_t>(person % 4));
}

class Filler {
 public:
  explicit Filler(District& district)
      : system_(district.system()),
        facilities_(pb::FacilityService::NewStub(system_.filing_channel())),
        staff_(pb::StaffService::NewStub(system_.filing_channel())),
        children_(pb::ChildService::NewStub(system_.filing_channel())),
        today_(DayOf(absl::Now())) {}

  absl::Status FindFacilities(size_t wanted);
  absl::Status EnterStaff(int count);
  absl::Status EnterChildren(int count);

 private:
  template <typename Stub, typename Request, typename Reply>
  absl::Status Call(const std::unique_ptr<Stub>& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                    Role role, const Request& request, Reply* reply) const {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
    context.AddMetadata("authorization",
                        absl::StrCat("Bearer ", system_.Token(role, absl::StrCat("load-", role))));
    return rpc::FromGrpc(((*stub).*method)(&context, request, reply));
  }
  // The facility of the n-th of `count`; all of one facility follow each other.
  const std::string& FacilityOf(int n, int count) const {
    return names_[static_cast<size_t>(n) * names_.size() / static_cast<size_t>(count)];
  }
  absl::Status Certify(const std::string& name) const;

  system_test::System& system_;
  const std::unique_ptr<pb::FacilityService::Stub> facilities_;
  const std::unique_ptr<pb::StaffService::Stub> staff_;
  const std::unique_ptr<pb::ChildService::Stub> children_;
  const absl::CivilDay today_;
  std::vector<std::string> names_;
};

absl::Status Filler::FindFacilities(size_t wanted) {
  pb::ListFacilitiesRequest request;
  request.set_page_size(1000);
  request.add_states(pb::FACILITY_STATE_ACTIVE);
  do {
    pb::ListFacilitiesResponse page;
    RETURN_IF_ERROR(Call(facilities_, &pb::FacilityService::Stub::ListFacilities,
                         Role::ROLE_DHC_REVIEWER, request, &page));
    for (const pb::Facility& facility : page.facilities()) names_.push_back(facility.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && names_.size() < wanted);
  if (names_.empty()) return absl::InternalError("no active facilities");
  names_.resize(std::min(names_.size(), wanted));
  return absl::OkStatus();
}

absl::Status Filler::Certify(const std::string& name) const {
  pb::VerifyCertificateRequest request;
  request.set_request_id(NewUuidV7(absl::Now()));
  request.set_name(name);
  request.set_certificate(1);
  request.set_verify_state(pb::VERIFY_STATE_VERIFIED_SHARED);
  request.set_note("联网查询（演练）");
  pb::StaffMember reply;
  return Call(staff_, &pb::StaffService::Stub::VerifyCertificate, Role::ROLE_DHC_REVIEWER, request,
              &reply);
}

absl::Status Filler::EnterStaff(int count) {
  const int batches = (count + kBatch - 1) / kBatch;
  return InParallel(kThreads, static_cast<size_t>(batches), [&](size_t which) -> absl::Status {
    const int batch = static_cast<int>(which);
    pb::ReportStaffRequest request;
    request.set_request_id(NewUuidV7(absl::Now()));
    for (int n = batch * kBatch; n < std::min(count, (batch + 1) * kBatch); ++n) {
      pb::StaffEntry& entry = *request.add_entries();
      entry = made_up::CarerFrom(FacilityOf(n, count), 0, today_ - 60);
      entry.set_id_number(PersonId(n % kPersons));
      if (n % kCertifiedOf == 0) {
        *entry.add_certificates() =
            made_up::CertificateOf(pb::CERTIFICATE_KIND_CHILD_CARER, today_ - 100);
      }
    }
    pb::ReportStaffResponse reply;
    RETURN_IF_ERROR(Call(staff_, &pb::StaffService::Stub::ReportStaff, Role::ROLE_DHC_ARCHIVIST,
                         request, &reply));
    for (int i = 0; i < reply.names_size(); ++i) {
      if (request.entries(i).certificates().empty()) continue;
      RETURN_IF_ERROR(Certify(reply.names(i)));
    }
    return absl::OkStatus();
  });
}

absl::Status Filler::EnterChildren(int count) {
  const int batches = (count + kBatch - 1) / kBatch;
  return InParallel(kThreads, static_cast<size_t>(batches), [&](size_t which) -> absl::Status {
    const int batch = static_cast<int>(which);
    pb::ReportChildrenRequest request, kept;
    request.set_request_id(NewUuidV7(absl::Now()));
    kept.set_request_id(NewUuidV7(absl::Now()));
    for (int n = batch * kBatch; n < std::min(count, (batch + 1) * kBatch); ++n) {
      pb::ChildEntry& entry = *request.add_entries();
      const absl::CivilDay birth = today_ - 150 - n % kDaysOfBirths;
      entry = made_up::ChildFrom(FacilityOf(n, count), 0, birth, today_ - 60);
      entry.set_birth_date(FormatDay(birth));
      entry.set_document(pb::CHILD_DOCUMENT_BIRTH_CERTIFICATE);
      entry.set_document_number(absl::StrFormat("Y%09d", n));
      if (n % 2 != 0) continue;
      pb::ChildEntry& record = *kept.add_entries();
      record.set_facility(entry.facility());
      record.set_document(entry.document());
      record.set_document_number(entry.document_number());
      record.set_child_name(entry.child_name());
      record.set_birth_date(entry.birth_date());
      *record.mutable_health_record() = made_up::RecordOpenedOn(today_ - 30);
      record.mutable_health_record()->set_identity_verified(true);
    }
    pb::ReportChildrenResponse reply;
    RETURN_IF_ERROR(Call(children_, &pb::ChildService::Stub::ReportChildren,
                         Role::ROLE_DHC_ARCHIVIST, request, &reply));
    return Call(children_, &pb::ChildService::Stub::ReportChildren, Role::ROLE_PHC, kept, &reply);
  });
}

}  // namespace

absl::Status FillRosters(District& district, int members) {
  const int carers = members / (1 + kChildrenPerCarer);
  Filler filler(district);
  RETURN_IF_ERROR(
      filler.FindFacilities(static_cast<size_t>(std::max(1, carers / kCarersPerFacility))));
  const absl::Time start = absl::Now();
  RETURN_IF_ERROR(filler.EnterStaff(carers));
  RETURN_IF_ERROR(filler.EnterChildren(members - carers));
  const double entered = absl::ToDoubleSeconds(absl::Now() - start);
  RETURN_IF_ERROR(district.WaitApplied());
  const double applied = absl::ToDoubleSeconds(absl::Now() - start);
  PrintRow(absl::StrFormat("%d staff and children entered through the RPCs, among %d facilities",
                           members, district.facilities()),
           absl::StrFormat("%.0f/s, until the indicators show them %.0f/s", members / entered,
                           members / applied),
           "", "");
  return absl::OkStatus();
}

}  // namespace tuoyu::load
