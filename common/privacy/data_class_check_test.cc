#include "common/privacy/data_class_check.h"

#include "common/privacy/test_protos.h"
#include "common/privacy/testdata/fields.pb.h"
#include "common/privacy/testdata/methods.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::privacy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(DataClassCheckTest, FindsFieldsWithoutClassAndClassesThatCannotBeSealed) {
  const auto* file = test::fields::Person::descriptor()->file();
  EXPECT_THAT(CheckDataClasses(*file),
              ElementsAre(HasSubstr("tuoyu.test.fields.Person.born: class DATA_CLASS_CHILD"),
                          HasSubstr("tuoyu.test.fields.Person.age: class DATA_CLASS_CHILD"),
                          HasSubstr("tuoyu.test.fields.Person.phones: class DATA_CLASS_PERSONAL"),
                          HasSubstr("tuoyu.test.fields.Person.Inner.forgotten: has no data class"),
                          HasSubstr("tuoyu.test.fields.Good.home: class DATA_CLASS_PERSONAL")));
}

TEST(DataClassCheckTest, FindsMethodsWithoutUsableRule) {
  const auto* file = test::methods::A::descriptor()->file();
  EXPECT_THAT(CheckDataClasses(*file),
              ElementsAre(HasSubstr("S.NoRule: has no access rule"),
                          HasSubstr("S.NoHttp: has no google.api.http"),
                          HasSubstr("S.NoId: writes, but its request has no string `request_id`"),
                          HasSubstr("S.Shares: its access rule names ROLE_UNSPECIFIED"),
                          HasSubstr("S.Shares: shares its request type")));
}

TEST(DataClassCheckTest, TheOptionsThemselvesAreWell) {
  EXPECT_THAT(CheckDataClasses(*common::v1::AccessRule::descriptor()->file()), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::privacy
