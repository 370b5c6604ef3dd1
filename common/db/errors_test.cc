#include "common/db/errors.h"

#include "common/db/sql_text.h"
#include "common/testing/matchers.h"

namespace tuoyu::db {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct ErrnoCase {
  int error_number;
  absl::StatusCode code;
};

TEST(ErrorsTest, EachErrnoBecomesItsCode) {
  SetLogHook([](absl::string_view) {});
  const ErrnoCase cases[] = {
      {1213, absl::StatusCode::kAborted},
      {1205, absl::StatusCode::kAborted},
      {1020, absl::StatusCode::kAborted},
      {1047, absl::StatusCode::kAborted},
      {2002, absl::StatusCode::kUnavailable},
      {2003, absl::StatusCode::kUnavailable},
      {2006, absl::StatusCode::kUnavailable},
      {2013, absl::StatusCode::kUnavailable},
      {1040, absl::StatusCode::kUnavailable},
      {1053, absl::StatusCode::kUnavailable},
      {1927, absl::StatusCode::kUnavailable},
      {1062, absl::StatusCode::kAlreadyExists},
      {1451, absl::StatusCode::kFailedPrecondition},
      {1452, absl::StatusCode::kFailedPrecondition},
      {1969, absl::StatusCode::kDeadlineExceeded},
      {3024, absl::StatusCode::kDeadlineExceeded},
      {1406, absl::StatusCode::kInternal},
      {1264, absl::StatusCode::kInternal},
      {1064, absl::StatusCode::kInternal},
      {0, absl::StatusCode::kInternal},
  };
  for (const ErrnoCase& c : cases) {
    EXPECT_EQ(StatusOfErrno(c.error_number, "HY000", "text", "SELECT 1").code(), c.code)
        << c.error_number;
  }
}

TEST(ErrorsTest, TheStatementGoesToTheLogAndNotIntoTheStatus) {
  std::string logged;
  SetLogHook([&](absl::string_view line) { logged = std::string(line); });
  const absl::Status status = StatusOfErrno(
      1406, "22001", "Data too long for column 'name' at row 1", "INSERT INTO facility VALUES (?)");
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("facility")));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("name")));
  EXPECT_THAT(logged, HasSubstr("INSERT INTO facility"));
  EXPECT_THAT(logged, HasSubstr("column 'name'"));
  SetLogHook([](absl::string_view) {});
}

TEST(ErrorsTest, ValuesDoNotReachTheLog) {
  const struct {
    const char* message;
    const char* expected;
  } cases[] = {
      {"Duplicate entry 'Wang-510225' for key 'uk_person'",
       "Duplicate entry '?' for key 'uk_person'"},
      {"Duplicate entry 'it's' for key 'uk'", "Duplicate entry '?' for key 'uk'"},
      {"Incorrect string value: '\\xF0\\x9F' for column `a`.`b`.`c` at row 1",
       "Incorrect string value: '?' for column `a`.`b`.`c` at row 1"},
      {"Truncated incorrect DOUBLE value: 'secret'", "Truncated incorrect DOUBLE value: '?'"},
      {"Table 'a.b' doesn't exist", "Table 'a.b' doesn't exist"},
      {"Out of range value for column 'x' at row 1", "Out of range value for column 'x' at row 1"},
      {"unterminated 'secret", "unterminated '?'"},
      {"", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(WithoutValues(c.message), c.expected);
}

TEST(ErrorsTest, NamesTheViolatedKey) {
  const auto name = [](int error_number, absl::string_view message) {
    return ConstraintName(StatusOfErrno(error_number, "23000", message, ""));
  };
  EXPECT_EQ(name(1062, "Duplicate entry 'a for key 'x'' for key 'uk_name'"), "uk_name");
  EXPECT_EQ(name(1062, "Duplicate entry 'a' for key 'facility.uk_name'"), "uk_name");
  EXPECT_EQ(name(1062, "Duplicate entry 'a' for key 'PRIMARY'"), "PRIMARY");
  EXPECT_EQ(name(1452,
                 "Cannot add or update a child row: a foreign key constraint fails (`d`.`c`, "
                 "CONSTRAINT `fk_parent` FOREIGN KEY (`p`) REFERENCES `p` (`id`))"),
            "fk_parent");
  EXPECT_EQ(ConstraintName(absl::OkStatus()), "");
  EXPECT_EQ(ConstraintName(absl::InternalError("x")), "");
}

TEST(SqlTextTest, SplitsAtSemicolonsThatEndLines) {
  EXPECT_THAT(SplitStatements("-- comment; not one;\nA 'x;y'\n B;\n\nC;D;  \n;\nE"),
              ElementsAre("A 'x;y'\n B", "C;D", "E"));
  EXPECT_THAT(SplitStatements("  \n-- only a comment\n"), ElementsAre());
}

TEST(SqlTextTest, ComposesPlaceholders) {
  EXPECT_EQ(Placeholders(1), "?");
  EXPECT_EQ(Placeholders(3), "?, ?, ?");
  EXPECT_EQ(PlaceholderRows(2, 2), "(?, ?), (?, ?)");
}

TEST(SqlTextTest, EscapesPatterns) {
  EXPECT_EQ(LikeContains("50%_\\"), "%50\\%\\_\\\\%");
  EXPECT_EQ(LikePrefix("5001"), "5001%");
}

TEST(SqlTextTest, KnowsIdentifiers) {
  EXPECT_TRUE(IsIdentifier("filing_1"));
  for (absl::string_view bad : {"", "1a", "a-b", "a`b", "a b", "名"}) {
    EXPECT_FALSE(IsIdentifier(bad)) << bad;
  }
  EXPECT_FALSE(IsIdentifier(std::string(65, 'a')));
}

}  // namespace
}  // namespace tuoyu::db
