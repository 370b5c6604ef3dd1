#include "clients/cli/complaint/alert_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tuoyu::cli {
namespace {

using complaint::v1::CaseAlert;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CaseAlert Late(const std::string& unit, int64_t raised) {
  CaseAlert alert;
  alert.set_name("cases/01900000-0000-7000-8000-000000000001/alerts/RESOLVE-2");
  alert.set_kind(complaint::v1::ALERT_KIND_LATE);
  alert.set_case_number("TS-500111-2026-000001-1");
  alert.set_category("FEES");
  alert.set_unit("SAMR");
  alert.set_to_unit(unit);
  alert.set_clock(complaint::v1::CLOCK_STEP_RESOLVE);
  alert.set_level(2);
  alert.mutable_raise_time()->set_seconds(raised);
  return alert;
}

TEST(AlertViewTest, ALineTellsWhatIsLateAndToWhom) {
  EXPECT_THAT(AlertLine(Late("DHC", 1'772'415'000), Language::kChinese),
              HasSubstr("督办  TS-500111-2026-000001-1  FEES  SAMR  DHC  办结超期，第2级\n"));
  EXPECT_THAT(RenderAlerts({Late("DHC", 1'772'415'000)}, Language::kEnglish, 0),
              HasSubstr("late, level 2"));
}

TEST(AlertViewTest, AnAlertIsToldOnceWhileItStandsAndAgainWhenItIsRaisedAgain) {
  AlertWatch watch;
  EXPECT_THAT(watch.New({Late("DHC", 1)}), SizeIs(1));
  EXPECT_THAT(watch.New({Late("DHC", 1)}), IsEmpty());
  EXPECT_THAT(watch.New({Late("DHC", 1), Late("GOV_OFFICE", 1)}), SizeIs(1));
  EXPECT_THAT(watch.New({}), IsEmpty());
  EXPECT_THAT(watch.New({Late("DHC", 2)}), SizeIs(1));
}

}  // namespace
}  // namespace tuoyu::cli
