// Reported statistics: a row is one number.
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/cli/data_folder.h"
#include "clients/cli/import/kind.h"
#include "common/base/status.h"
#include "common/data/plan.h"
#include "common/rpc/errors.h"
#include "common/sheet/cell_rules.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {
namespace {

namespace pb = indicator::v1;
using google::protobuf::Message;

constexpr char kSeries[] = "series";
constexpr char kValue[] = "value";

constexpr Column kColumns[] = {
    {kSeries, "系列|series|指标|统计指标", CellRule::kGiven, true, "stat.resident_population"},
    {"division_code", "区划代码|division code|区划|行政区划代码", CellRule::kCode, true, "500111"},
    {"reference_date", "统计时点|day it is about|时点", CellRule::kByField, true, "2025-12-31"},
    {kValue, "数值|value|数据", CellRule::kMeasure, true, "830000"},
    {"unit", "单位|unit|计量单位", CellRule::kByField, false, "人"},
    {"publisher", "发布单位|publisher|来源单位", CellRule::kByField, true, "演练数据"},
    {"document_number", "文号|document|文号或标题|依据文件", CellRule::kReference, true, "演练-1"},
    {"published_on", "发布日期|published on"},
    {"revision_reason", "更正原因|reason of the correction|修订原因"},
    {"rehearsal", "演练数据|rehearsal data|演练", CellRule::kByField, false, "是"},
    {"survey.valid", "有效问卷|valid questionnaires"},
    {"survey.distributed", "发放问卷|questionnaires handed out"},
    {"survey.instrument", "问卷及版本|instrument"},
    {"survey.pass_mark", "合格标准|pass mark"},
    {"survey.method", "抽样方法|method"},
    {"survey.first_day", "调查起始日|first day of the survey"},
    {"survey.last_day", "调查截止日|last day of the survey"},
    {"event.project", "项目|project"},
    {"event.stage", "项目阶段|stage"},
};

// "41.6%" of a statistic in percent is 41.6; false where the unit is another.
bool TakePercent(pb::Statistic* statistic) {
  absl::string_view value = statistic->value();
  if (!absl::ConsumeSuffix(&value, "%")) return true;
  const std::string number(value);
  statistic->set_value(number);
  statistic->set_unit(sheet::HalfWidth(statistic->unit()));
  return statistic->unit() == "%";
}

class StatisticImport : public ImportKind {
 public:
  StatisticImport(Session& session, std::string data) : session_(session), data_(std::move(data)) {}

  absl::string_view name() const override { return "statistics"; }
  Bilingual title() const override { return {"统计数据", "statistics"}; }
  absl::Span<const Column> columns() const override { return kColumns; }
  const Message& entry() const override { return pb::Statistic::default_instance(); }
  // One a call, one after the other: a project's stages build on each other.
  size_t batch() const override { return 1; }
  bool in_order() const override { return true; }

  absl::Status Prepare() override {
    const auto file = LastFile(absl::StrCat(DataFolder(data_), "/plan"));
    if (!file.ok()) return absl::OkStatus();  // then series are written by their codes
    ASSIGN_OR_RETURN(plan_, data::LoadPlan(*file));
    return absl::OkStatus();
  }

  absl::Status Complete(ImportRow* row, FaultMaker at) override {
    auto& statistic = static_cast<pb::Statistic&>(*row->entry);
    const std::string& text = row->given[kSeries];
    const pb::StatisticSeries* series = nullptr;
    std::string names;
    for (const pb::StatisticSeries& each : plan_.series()) {
      if (text == each.series() || text == each.name_zh()) series = &each;
      absl::StrAppend(&names, names.empty() ? "" : "、", each.name_zh());
    }
    const auto set_value = [&] {
      if (!TakePercent(&statistic)) row->faults.push_back(at(kValue, sheet::PercentFault()));
    };
    if (series == nullptr) {
      statistic.set_series(text);
      set_value();
      if (!text.empty() && !data::IsStatistic(text)) {
        row->faults.push_back(
            at(kSeries, {"SERIES_UNKNOWN", absl::StrCat("没有这个系列，现有：", names),
                         absl::StrCat("no such series; there are ", names)}));
      }
      return absl::OkStatus();
    }
    statistic.set_series(series->series());
    if (statistic.unit().empty()) statistic.set_unit(series->unit());
    set_value();
    return absl::OkStatus();
  }

  std::string KeyOf(const Message& message) const override {
    const auto& statistic = static_cast<const pb::Statistic&>(message);
    const auto& day = statistic.reference_date();
    return absl::StrCat(statistic.series(), "|", statistic.division_code(), "|", day.year(), "-",
                        day.month(), "-", day.day());
  }

  absl::Status Send(absl::Span<const std::string* const> entries, const std::string& request_id,
                    bool check, std::vector<common::v1::Violation>* found) override {
    pb::ReportStatisticRequest request;
    request.set_request_id(request_id);
    request.set_validate_only(check);
    if (!request.mutable_statistic()->ParseFromString(*entries[0])) {
      return absl::InternalError("entry");
    }
    pb::Statistic reply;
    absl::Status status = session_.CallAggregator(request, &reply);
    *found = rpc::ViolationsOf(status);
    for (auto& violation : *found) {
      absl::string_view field = violation.field();
      absl::ConsumePrefix(&field, "statistic.");
      violation.set_field(absl::StrCat("entries[0].", field));
    }
    if (found->empty()) Explain(status, found);
    return found->empty() || !check ? status : absl::OkStatus();
  }

 private:
  // Refusals of a statistic as a whole, by the column that mends them.
  static void Explain(const absl::Status& status, std::vector<common::v1::Violation>* found) {
    const std::string reason = rpc::ReasonOf(status);
    if (reason == "STATISTIC_EXISTS") {
      found->push_back(rpc::FieldViolation(
          "entries[0].revision_reason", reason,
          "同一系列、区划、时点已有不同的数值或出处；确属更正请填写更正原因，否则核对统计时点",
          "there is another number or source for this series, division and day: write the reason "
          "of a correction, or check the day"));
    } else if (reason == "CHANGES_RELEASED" || reason == "OUT_OF_SCOPE") {
      const bool released = reason == "CHANGES_RELEASED";
      found->push_back(
          rpc::FieldViolation(released ? "entries[0].revision_reason" : "entries[0].division_code",
                              reason, rpc::LocalizedTextOf(status), status.message()));
    }
  }

  Session& session_;
  const std::string data_;
  pb::Plan plan_;
};

}  // namespace

std::unique_ptr<ImportKind> NewStatisticImport(Session& session, const std::string& data) {
  return std::make_unique<StatisticImport>(session, data);
}

}  // namespace tuoyu::cli
