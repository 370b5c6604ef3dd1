#include "clients/cli/duplicate_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(DuplicateViewTest, BothFacilitiesAreShownWithWhyAndWhatWasDecided) {
  pb::Duplicate duplicate;
  duplicate.set_name("duplicates/a_b");
  duplicate.mutable_first()->set_facility_name("小太阳托育中心");
  duplicate.mutable_second()->set_facility_name("小太阳托育园");
  duplicate.add_signs(pb::DUPLICATE_SIGN_NEAR_NAME_AND_PLACE);
  duplicate.set_name_likeness_percent(83);
  EXPECT_THAT(RenderDuplicates({duplicate}, Language::kChinese, 0),
              AllOf(HasSubstr("小太阳托育中心"), HasSubstr("小太阳托育园"),
                    HasSubstr("名称和地点相近（名称相似 83%）"), Not(HasSubstr("相距"))));
  duplicate.set_distance_metres(57);
  duplicate.mutable_decision()->set_verdict(pb::DUPLICATE_VERDICT_SAME);
  duplicate.mutable_decision()->set_kept_facility("facilities/a");
  duplicate.mutable_decision()->set_reason("现场核实");
  *duplicate.mutable_decision()->mutable_decided_on() = ToProto(absl::CivilDay(2026, 3, 12));
  EXPECT_THAT(RenderDuplicates({duplicate}, Language::kChinese, 0),
              AllOf(HasSubstr("相距 57 米"),
                    HasSubstr("2026-03-12 同一机构，保留 facilities/a：现场核实")));
}

}  // namespace
}  // namespace tuoyu::cli
