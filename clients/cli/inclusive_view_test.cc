#include "clients/cli/inclusive_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::RecognitionApplication Publicised() {
  pb::RecognitionApplication application;
  application.set_state(pb::RECOGNITION_APPLICATION_STATE_PUBLICISED);
  pb::PriceCap& cap = *application.add_price_caps();
  cap.set_class_kind(pb::CLASS_KIND_TODDLER);
  cap.set_service_mode(pb::SERVICE_MODE_FULL_DAY);
  cap.set_fen_per_month(180050);
  *application.mutable_objections_until() = ToProto(absl::CivilDay(2026, 3, 19));
  pb::CriterionCheck& check = *application.add_checks();
  check.set_found_zh("普惠托位 17 / 35，要求不低于 50%");
  pb::RecognitionObjection& objection = *application.add_objections();
  objection.set_number(1);
  objection.set_ground("收费不符");
  return application;
}

TEST(InclusiveViewTest, AnApplicationShowsItsCapsItsCriteriaAndWhatIsObjectedTo) {
  EXPECT_THAT(RenderApplication(Publicised(), Language::kChinese, 0),
              AllOf(HasSubstr("公示中"), HasSubstr("托小班 全日托 ≤ 1800.50 元/月"),
                    HasSubstr("2026-03-19"), HasSubstr("✗ 普惠托位 17"), HasSubstr("收费不符"),
                    HasSubstr("待处理"), HasSubstr("全部"), Not(HasSubstr("续认"))));
}

TEST(InclusiveViewTest, AWindowThatIsNotKnownIsNotGuessed) {
  pb::RecognitionApplication application = Publicised();
  application.clear_objections_until();
  application.set_window_uncovered(true);
  EXPECT_THAT(RenderApplications({application}, Language::kEnglish, 0),
              HasSubstr("not known: the holiday table ends before it"));
}

TEST(InclusiveViewTest, CriteriaSayHowBindingTheyAre) {
  pb::RecognitionCriteria criteria;
  criteria.set_level(common::v1::RULE_LEVEL_SYSTEM);
  criteria.set_min_places_permille(505);
  EXPECT_THAT(RenderCriteria(criteria, Language::kChinese, 0),
              AllOf(HasSubstr("系统要求"), HasSubstr("50.5%"), HasSubstr("无期限"),
                    Not(HasSubstr("备案满"))));
}

}  // namespace
}  // namespace tuoyu::cli
