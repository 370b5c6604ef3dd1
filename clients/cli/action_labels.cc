#include "clients/cli/action_labels.h"

#include "clients/cli/label_index.h"

namespace tuoyu::cli {
namespace {

// clang-format off
constexpr ValueLabel kActions[] = {
    {"facility.registered", "备案登记", "registered"},
    {"facility.back_entered", "历史备案补录", "back-entered"},
    {"facility.changed", "备案变更", "filing changed"},
    {"facility.suspended", "停业", "suspended"},
    {"facility.resumed", "恢复营业", "resumed"},
    {"facility.cancelled", "备案注销", "cancelled"},
    {"facility.registration_revoked", "登记被撤销", "registration revoked"},
    {"facility.external_id_set", "外部编号登记", "external id set"},
    {"facility.linked", "关联机构", "linked"},
    {"facility.unlinked", "解除关联", "unlinked"},
    {"recognition.granted", "普惠认定", "recognised as inclusive"},
    {"recognition.revoked", "撤销普惠认定", "recognition revoked"},
    {"demonstration.recorded", "市级示范认定", "demonstration unit recorded"},
    {"demonstration.reevaluated", "市级示范复评", "demonstration unit re-evaluated"},
    {"demonstration.revoked", "撤销市级示范", "demonstration label revoked"},
    {"staff.reported", "人员登记", "staff reported"},
    {"staff.updated", "人员信息更新", "staff updated"},
    {"staff.barred", "列入禁止从业，停止上岗", "barred from work"},
    {"staff.unbarred", "解除禁止从业", "no longer barred"},
    {"staff.post_ended", "人员离岗", "post ended"},
    {"staff.post_voided", "撤销误登岗位", "post voided"},
    {"staff.certificate_recorded", "证书登记", "certificate recorded"},
    {"staff.certificate_verified", "证书核验", "certificate verified"},
    {"staff.certificate_voided", "证书作废", "certificate voided"},
    {"staff.banned", "列入从业禁止", "banned"},
    {"staff.ban_lifted", "解除从业禁止", "ban lifted"},
    {"staff.refused", "聘用被拒", "hiring refused"},
    {"child.reported", "婴幼儿登记", "child reported"},
    {"child.updated", "婴幼儿信息更新", "child updated"},
    {"child.corrected", "婴幼儿信息更正", "child corrected"},
    {"child.left", "离托", "child left"},
    {"child.enrolment_voided", "撤销误登入托", "enrolment voided"},
    {"child.health_recorded", "健康档案登记", "health record entered"},
    {"child.health_voided", "撤销误登健康档案", "health record voided"},
    {"directory.entered", "名录登记", "directory entered"},
    {"directory.changed", "名录变更", "directory changed"},
    {"directory.corrected", "名录更正", "directory corrected"},
    {"directory.removed", "名录移除", "removed from the directory"},
};
// clang-format on

}  // namespace

std::string ActionLabel(absl::string_view action, Language language) {
  static const LabelIndex& index = *IndexOf(kActions);
  const auto found = index.find(action);
  return std::string(found == index.end() ? action : In(*found->second, language));
}

}  // namespace tuoyu::cli
