#ifndef TUOYU_TESTS_E2E_IMPORT_FIXTURE_H_
#define TUOYU_TESTS_E2E_IMPORT_FIXTURE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {

// Tables of clerks, of facilities that have made-up codes by number.
class ImportTest : public ClientFixture {
 protected:
  static constexpr char kHead[] =
      "机构名称,统一社会信用代码,机构类型,镇街,收托规模,备案日期,证明文件,班级\n";

  static std::string Uscc(int number) {
    return rehearsal::MadeUpUscc("91", 77, static_cast<uint32_t>(number));
  }
  static std::string FacilityRow(int number, const std::string& uscc,
                                 const std::string& places = "20") {
    return absl::StrFormat(
        "演练托育园%05d,%s,托育机构,棠香街道,%s,2023-06-01,演练档案%05d,托大班20\n", number, uscc,
        places, number);
  }
  // Enters the facility `number`.
  static void EnterFacility(int number) {
    const std::string path = File(absl::StrCat("facility-", number, ".csv"),
                                  absl::StrCat(kHead, FacilityRow(number, Uscc(number))));
    Run(0, {"import", "facilities", path, "--as", "archivist"});
  }
  static std::string FacilityOf(const std::string& uscc) {
    return std::string(
        absl::StripAsciiWhitespace(Run(0, {"facility", "search", "--uscc", uscc, "-o", "name"})));
  }

  static std::string Path(const std::string& name) {
    return absl::StrCat(system_->directory(), "/", name);
  }
  static std::string File(const std::string& name, const std::string& text) {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }
  static std::string Read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  static int64_t Number(const std::string& sql) {
    const CommandResult result = system_->Sql(sql);
    int64_t number = -1;
    EXPECT_TRUE(absl::SimpleAtoi(absl::StripAsciiWhitespace(result.output), &number))
        << result.output;
    return number;
  }
  static int64_t Facilities() { return Number("SELECT COUNT(*) FROM tuoyu_filing.facility"); }
};

}  // namespace tuoyu::system_test

#endif  // TUOYU_TESTS_E2E_IMPORT_FIXTURE_H_
