// The mirror through the real binaries: what is mended changes the district's figures as predicted.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/uuid.h"
#include "services/filing/roster/testing/staff_testing.h"
#include "tests/system/life_cycle.h"
#include "tests/system/system.h"
#include "tuoyu/filing/v1/child_service.grpc.pb.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"
#include "tuoyu/filing/v1/mirror_service.grpc.pb.h"
#include "tuoyu/filing/v1/staff_service.grpc.pb.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::system_test {
namespace {

namespace pb = filing::v1;
namespace made_up = filing::testing;
using common::v1::Role;
using indicator::v1::Indicator;

class MirrorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto started = System::Start({});
    ASSERT_TRUE(started.ok()) << started.status();
    system_ = *std::move(started);
    const auto drafts = LifeCycle(*system_).PrepareDrafts(1, 1);
    ASSERT_TRUE(drafts.ok()) << drafts.status();
    ASSERT_TRUE(LifeCycle(*system_, 1000).SubmitAndAccept(drafts->front()).ok());
    pb::ListFacilitiesResponse listed;
    Call(pb::FacilityService::NewStub(filing()), &pb::FacilityService::Stub::ListFacilities,
         Role::ROLE_DHC_REVIEWER, pb::ListFacilitiesRequest(), &listed);
    ASSERT_EQ(listed.facilities_size(), 1);
    facility_ = listed.facilities(0).name();
  }

  std::shared_ptr<grpc::Channel> filing() const { return system_->filing_channel(); }

  template <typename Stub, typename Request, typename Reply>
  void Call(const std::unique_ptr<Stub>& stub,
            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*), Role role,
            const Request& request, Reply* reply) const {
    grpc::ClientContext context;
    const bool head = role == Role::ROLE_FACILITY_PRINCIPAL;
    context.AddMetadata("authorization", "Bearer " + system_->Token(role, "accounts/made-up",
                                                                    head ? facility_ : ""));
    const grpc::Status status = ((*stub).*method)(&context, request, reply);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  std::string Enter(const pb::StaffEntry& entry) const {
    pb::ReportStaffRequest request;
    request.set_request_id(NewUuidV7(absl::Now()));
    *request.add_entries() = entry;
    pb::ReportStaffResponse reply;
    Call(pb::StaffService::NewStub(filing()), &pb::StaffService::Stub::ReportStaff,
         Role::ROLE_FACILITY_PRINCIPAL, request, &reply);
    return reply.names_size() == 1 ? reply.names(0) : "";
  }
  void Verify(const std::string& name) const {
    pb::VerifyCertificateRequest request;
    request.set_request_id(NewUuidV7(absl::Now()));
    request.set_name(name);
    request.set_certificate(1);
    request.set_verify_state(pb::VERIFY_STATE_VERIFIED_MANUAL);
    request.set_note("查证");
    pb::StaffMember reply;
    Call(pb::StaffService::NewStub(filing()), &pb::StaffService::Stub::VerifyCertificate,
         Role::ROLE_DHC_REVIEWER, request, &reply);
  }
  std::string EnterChild(const pb::ChildEntry& entry) const {
    pb::ReportChildrenRequest request;
    request.set_request_id(NewUuidV7(absl::Now()));
    *request.add_entries() = entry;
    pb::ReportChildrenResponse reply;
    Call(pb::ChildService::NewStub(filing()), &pb::ChildService::Stub::ReportChildren,
         Role::ROLE_FACILITY_PRINCIPAL, request, &reply);
    return reply.names_size() == 1 ? reply.names(0) : "";
  }
  void RecordHealth(const std::string& name) const {
    pb::RecordHealthRequest request;
    request.set_request_id(NewUuidV7(absl::Now()));
    request.set_name(name);
    *request.mutable_health_record() = made_up::RecordOpenedOn(today_);
    request.mutable_health_record()->set_identity_verified(true);
    pb::Child reply;
    Call(pb::ChildService::NewStub(filing()), &pb::ChildService::Stub::RecordHealth, Role::ROLE_PHC,
         request, &reply);
  }

  pb::GetMirrorResponse Look() const {
    pb::GetMirrorRequest request;
    request.set_parent(facility_);
    pb::GetMirrorResponse reply;
    Call(pb::MirrorService::NewStub(filing()), &pb::MirrorService::Stub::GetMirror,
         Role::ROLE_FACILITY_PRINCIPAL, request, &reply);
    return reply;
  }
  // By number.
  std::map<int, Indicator> Predict(const pb::GetMirrorResponse& mirror) const {
    indicator::v1::PredictIndicatorsRequest request;
    for (const pb::MeasureChange& changed : mirror.changes()) {
      indicator::v1::MeasureDelta& change = *request.add_changes();
      change.set_division_code(mirror.division_code());
      change.set_measure(changed.measure());
      change.set_amount(changed.amount());
    }
    indicator::v1::PredictIndicatorsResponse reply;
    Call(indicator::v1::IndicatorService::NewStub(system_->aggregator_channel()),
         &indicator::v1::IndicatorService::Stub::PredictIndicators, Role::ROLE_DHC_STATISTICIAN,
         request, &reply);
    std::map<int, Indicator> predicted;
    for (const auto& each : reply.predictions()) predicted[each.number()] = each.predicted();
    return predicted;
  }
  Indicator Get(int number) const {
    indicator::v1::GetIndicatorRequest request;
    request.set_number(number);
    Indicator reply;
    Call(indicator::v1::IndicatorService::NewStub(system_->aggregator_channel()),
         &indicator::v1::IndicatorService::Stub::GetIndicator, Role::ROLE_DHC_STATISTICIAN, request,
         &reply);
    return reply;
  }

  const absl::CivilDay today_ = DayOf(absl::Now());
  std::unique_ptr<System> system_;
  std::string facility_;
};

TEST_F(MirrorTest, WhatIsMendedChangesTheFiguresAsPredicted) {
  // One carer of three counts; of two children one has its record kept.
  pb::StaffEntry without = made_up::CarerFrom(facility_, 1, today_);
  Enter(without);
  pb::StaffEntry waiting = made_up::CarerFrom(facility_, 2, today_);
  *waiting.add_certificates() =
      made_up::CertificateOf(pb::CERTIFICATE_KIND_CHILD_CARER, today_ - 100);
  const std::string second = Enter(waiting);
  pb::StaffEntry certified = made_up::CarerFrom(facility_, 3, today_);
  *certified.add_certificates() =
      made_up::CertificateOf(pb::CERTIFICATE_KIND_INFANT_CARER, today_ - 100);
  Verify(Enter(certified));
  const absl::CivilDay birth = today_ - 700;
  RecordHealth(EnterChild(made_up::ChildFrom(facility_, 4, birth, today_)));
  const std::string child = EnterChild(made_up::ChildFrom(facility_, 5, birth, today_));
  ASSERT_TRUE(system_->AggregatorDigest().ok());
  EXPECT_EQ(Get(9).numerator() + "/" + Get(9).denominator(), "1/3");
  EXPECT_EQ(Get(8).numerator() + "/" + Get(8).denominator(), "1/2");

  const std::map<int, Indicator> predicted = Predict(Look());
  // What lacks: a certificate, a verification, a health record.
  *without.add_certificates() =
      made_up::CertificateOf(pb::CERTIFICATE_KIND_INFANT_CARER, today_ - 100);
  Verify(Enter(without));
  Verify(second);
  RecordHealth(child);
  ASSERT_TRUE(system_->AggregatorDigest().ok());
  ASSERT_EQ(predicted.size(), 2u);
  for (const auto& [number, prediction] : predicted) {
    const Indicator now = Get(number);
    EXPECT_EQ(prediction.numerator(), now.numerator()) << number;
    EXPECT_EQ(prediction.denominator(), now.denominator()) << number;
    EXPECT_EQ(prediction.value(), now.value()) << number;
    EXPECT_EQ(prediction.attainment(), now.attainment()) << number;
  }
  EXPECT_EQ(Get(9).value(), "100.0");
  EXPECT_TRUE(Look().changes().empty());
}

}  // namespace
}  // namespace tuoyu::system_test
