#include "tests/load/import_load.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "common/base/status.h"
#include "common/ids/made_up.h"
#include "nlohmann/json.hpp"
#include "tests/load/bare_client.h"
#include "tests/load/profile.h"
#include "tests/load/report.h"

namespace tuoyu::load {
namespace {

using system_test::Process;

constexpr int kThreads = 4;
constexpr int kBatch = 200;
constexpr uint64_t kSeed = 500;  // of made-up codes; the rehearsal's are others
constexpr char kStreet[] = "500111001";

// A table as a clerk has it, with most columns.
void WriteTable(const std::string& path, int rows, int round) {
  std::ofstream out(path);
  out << "机构名称,统一社会信用代码,机构类型,镇街,收托规模,备案日期,证明文件,机构住所,经度,纬度,"
         "坐标系,法人类型,登记日期,"
         "登记机关,经营范围,负责人,负责人身份证号,机构性质,举办方式,服务方式,建筑面积,室内面积,"
         "班级,联系人,联系电话,供餐方式\n";
  for (int i = 0; i < rows; ++i) {
    const std::string id = ids::MadeUpResidentId(absl::CivilDay(1980, 1, 1) + i % 5000, 1);
    out << absl::StrFormat(
        "导入演练园%d-%05d,%s,托育机构,棠香街道,35,2023-%02d-%02d,演练档案%d-%05d,"
        "大足区棠香街道演练路%d号,"
        "105.72%d,29.70%d,CGCS2000,营利性,2022-05-01,市场监管部门,托育服务,向演练,\t%s,营利性,民办,"
        "全日托、半日托,"
        "400.5,300,托小班15、托大班20,向演练,%s,自办食堂\n",
        round, i,
        rehearsal::MadeUpUscc("91", kSeed + static_cast<uint64_t>(round), static_cast<uint32_t>(i)),
        i % 12 + 1, i % 28 + 1, round, i, i % 300 + 1, i % 10, i % 10, id,
        rehearsal::MadeUpPhone(static_cast<uint32_t>(i)));
  }
}

// The client's JSON answer.
absl::StatusOr<nlohmann::json> Client(District& district, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"-o", "json"});
  ASSIGN_OR_RETURN(const auto result, district.system().Client(arguments, absl::Minutes(10)));
  auto json = nlohmann::json::parse(result.output, nullptr, false);
  if (result.exit_code == 0 && !json.is_discarded()) return json;
  return absl::InternalError(result.output);
}

// Most resident memory of a command so far, kB; 0 when it has ended.
int64_t PeakOf(pid_t pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  std::string line;
  while (std::getline(status, line)) {
    const std::vector<absl::string_view> parts =
        absl::StrSplit(line, absl::ByAnyChar(": \t"), absl::SkipEmpty());
    int64_t kilobytes = 0;
    if (parts.size() > 1 && parts[0] == "VmHWM" && absl::SimpleAtoi(parts[1], &kilobytes)) {
      return kilobytes;
    }
  }
  return 0;
}

// Most memory of an export, in MB, and its rows.
absl::StatusOr<std::pair<double, int64_t>> PeakOfExport(District& district,
                                                        std::vector<std::string> arguments) {
  const std::string log = district.system().directory() + "/export.log";
  std::remove(log.c_str());  // else what it prints follows what the one before printed
  arguments.insert(arguments.end(), {"--as", "reviewer", "-o", "json"});
  ASSIGN_OR_RETURN(Process process,
                   Process::Spawn(district.system().ClientCommand(arguments), log));
  // The last that is seen: it never falls, but when the copy of this program becomes the client.
  int64_t peak = 0;
  while (process.Running()) {
    const int64_t now = PeakOf(process.pid());
    if (now > 0) peak = now;
    absl::SleepFor(absl::Milliseconds(2));
  }
  ASSIGN_OR_RETURN(const int exit_code, process.Wait(absl::Seconds(5)));
  std::ifstream in(log);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (exit_code != 0 || json.is_discarded()) {
    return absl::InternalError(absl::StrCat("export: exit code ", exit_code, " ", text));
  }
  return std::make_pair(static_cast<double>(peak) / 1024, json.at("rows").get<int64_t>());
}

// Facilities a second of one import.
absl::StatusOr<double> ImportOnce(District& district, int rows, int round) {
  const std::string path = absl::StrCat(district.system().directory(), "/import-", round, ".csv");
  WriteTable(path, rows, round);
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(const auto result,
                   Client(district, {"import", "facilities", path, "--threads",
                                     absl::StrCat(kThreads), "--as", "archivist"}));
  const double rate = rows / absl::ToDoubleSeconds(absl::Now() - start);
  if (result.at("entered") != rows) return absl::InternalError(result.dump());
  return rate;
}

}  // namespace

absl::Status ProfileImport(District& district, int rows) {
  return Profiled(district, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const double rate, ImportOnce(district, rows, 0));
    PrintRow("import", absl::StrFormat("%.0f facilities/s", rate), "", "");
    return absl::OkStatus();
  });
}

absl::Status Import(District& district, int rows) {
  BareClient bare(district.admin());
  RETURN_IF_ERROR(bare.MakeCopies());
  std::vector<double> ours, beside;
  for (int round = 0; round < kRounds; ++round) {
    ASSIGN_OR_RETURN(const auto before, bare.CountRows());
    ASSIGN_OR_RETURN(const double rate, ImportOnce(district, rows, round));
    ours.push_back(rate);
    RETURN_IF_ERROR(district.WaitApplied());
    ASSIGN_OR_RETURN(const auto after, bare.CountRows());
    std::map<std::string, int64_t> added;
    for (const auto& [table, count] : after) added[table] = count - before.at(table);
    ASSIGN_OR_RETURN(const double seconds, bare.InsertCopies(added, rows / kBatch, kThreads));
    beside.push_back(rows / seconds);
  }
  PrintRow(
      absl::StrFormat("import of %d facilities from CSV: client, checks, journal, with the "
                      "indicators following, among %d",
                      rows, district.facilities()),
      absl::StrFormat("%.0f facilities/s", Median(ours)),
      absl::StrFormat("the same rows by multi-row inserts, bare client, tables as large %.0f/s",
                      Median(beside)),
      absl::StrFormat("%.2f", Median(ours) / Median(beside)));
  return absl::OkStatus();
}

absl::Status Export(District& district) {
  for (const char* form : {"--csv", "--xlsx"}) {
    const std::string path = absl::StrCat(district.system().directory(), "/export", form);
    ASSIGN_OR_RETURN(const auto all, PeakOfExport(district, {"export", "facilities", form, path}));
    ASSIGN_OR_RETURN(const auto street, PeakOfExport(district, {"export", "facilities", form, path,
                                                                "--under", kStreet}));
    PrintRow(
        absl::StrFormat("most memory of the client: export %s of %d facilities", form, all.second),
        absl::StrFormat("%.1f MB", all.first),
        absl::StrFormat("of %d: %.1f MB", street.second, street.first),
        absl::StrFormat("%.2f", all.first / street.first));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::load
