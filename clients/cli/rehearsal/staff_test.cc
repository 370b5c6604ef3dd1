// The roster of staff of the rehearsal district, judged by what is sent to the services.
#include "clients/cli/rehearsal/staff.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "common/base/civil.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/roster_rules.h"
#include "services/filing/roster/staff_entry.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;
using filing::testing::Dazu;

constexpr absl::CivilDay kHorizon(2026, 3, 12);

District MakeDistrict(uint64_t seed, int facilities) {
  return District::Create({seed, facilities}, Dazu()).value();
}

bool IsCertified(const pb::StaffEntry& entry, absl::CivilDay day) {
  for (const pb::Certificate& certificate : entry.certificates()) {
    if ((certificate.kind() == pb::CERTIFICATE_KIND_CHILD_CARER ||
         certificate.kind() == pb::CERTIFICATE_KIND_INFANT_CARER) &&
        *FromProto(certificate.issued_on()) <= day) {
      return true;
    }
  }
  return false;
}

// Carers on post at active facilities on a day, and those of them with a certificate that counts.
std::pair<int, int> CarersOn(const District& district, absl::CivilDay day,
                             absl::CivilDay horizon = kHorizon) {
  int carers = 0;
  int certified = 0;
  const auto staff = MakeStaff(district, Dazu(), horizon);
  for (size_t i = 0; i < staff.size(); ++i) {
    if (!district.facilities()[i].ActiveOn(day)) continue;
    for (const pb::StaffEntry& entry : staff[i].entries) {
      const pb::Post& post = entry.posts(0);
      if (post.role() != pb::STAFF_ROLE_CARER || !filing::IsOnPost(post, day)) continue;
      ++carers;
      if (IsCertified(entry, day)) ++certified;
    }
  }
  return {carers, certified};
}

TEST(RehearsalStaffTest, HalfOfTheCarersHoldACertificateIn2022AndNineInTenIn2025) {
  for (const auto& [seed, size] : {std::pair{16, 60}, {16, 24}, {7, 60}, {3, 300}}) {
    const District district = MakeDistrict(static_cast<uint64_t>(seed), size);
    const auto [carers, certified] = CarersOn(district, absl::CivilDay(2022, 12, 31));
    EXPECT_GT(carers, 10);
    EXPECT_EQ(2 * certified, carers);
    const auto [later, certified_later] = CarersOn(district, absl::CivilDay(2025, 12, 31));
    EXPECT_GT(10 * certified_later, 9 * later);
    EXPECT_LT(certified_later, later);
    // The same as known at the end of the history.
    EXPECT_EQ(CarersOn(district, absl::CivilDay(2022, 12, 31), absl::CivilDay(2022, 12, 31)).second,
              certified);
  }
}

TEST(RehearsalStaffTest, EveryoneIsSomeoneElseAndWithoutFault) {
  const District district = MakeDistrict(16, 60);
  std::set<std::string> ids;
  int lacking = 0;
  int on_post = 0;
  for (const FacilityStaff& staff : MakeStaff(district, Dazu(), kHorizon)) {
    for (pb::StaffEntry entry : staff.entries) {
      EXPECT_TRUE(ids.insert(entry.id_number()).second) << entry.id_number();
      filing::Findings findings(filing::testing::On(kHorizon), filing::Mode::kReport);
      const auto birth = filing::BirthOf(entry.id_number(), kHorizon);
      filing::CheckPerson(entry, "", findings);
      for (const auto& post : entry.posts()) filing::CheckPost(post, "", birth, findings);
      for (const auto& certificate : entry.certificates()) {
        filing::CheckCertificate(certificate, "", birth, findings);
      }
      pb::StaffMember member;
      filing::Enter(entry, "", &member, findings);
      EXPECT_EQ(filing::testing::Text(findings.Take()), "");
      const auto needs = filing::NeedsOn(member, filing::testing::National(), kHorizon);
      if (!needs.empty()) ++on_post;
      if (!needs.empty() && filing::IsLacking(needs.front())) ++lacking;
    }
  }
  // The desk has something to do, but not with most of them.
  EXPECT_GT(lacking, 0);
  EXPECT_LT(4 * lacking, on_post);
}

TEST(RehearsalStaffTest, WhatIsLaterThanTheHorizonIsLeftOut) {
  const absl::CivilDay horizon(2023, 6, 30);
  const District district = MakeDistrict(16, 60);
  for (const FacilityStaff& staff : MakeStaff(district, Dazu(), horizon)) {
    for (const pb::StaffEntry& entry : staff.entries) {
      EXPECT_LE(filing::FirstDayOf(entry.posts(0)), horizon);
      for (const auto& certificate : entry.certificates()) {
        EXPECT_LE(*FromProto(certificate.issued_on()), horizon);
      }
    }
  }
  for (const auto& label : MakeDemonstrations(district, horizon)) {
    EXPECT_LE(*FromProto(label.demonstration.granted_on()), horizon);
  }
}

TEST(RehearsalStaffTest, OneDemonstrationUnitOfTheCityPassedItsLastReevaluation) {
  for (const absl::CivilDay day : {absl::CivilDay(2022, 12, 31), absl::CivilDay(2025, 12, 31)}) {
    int passed = 0;
    for (const auto& label : MakeDemonstrations(MakeDistrict(16, 60), day)) {
      const auto& results = label.demonstration.reevaluations();
      if (!results.empty() && results.rbegin()->result() == pb::REEVALUATION_RESULT_PASSED) {
        ++passed;
      }
    }
    EXPECT_EQ(passed, 1);
  }
}

}  // namespace
}  // namespace tuoyu::rehearsal
