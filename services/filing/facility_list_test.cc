#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status.h"
#include "common/ids/coordinate.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using tuoyu::testing::EqualsProto;
using tuoyu::testing::StatusIs;

class FacilityListTest : public RegistryFixture {
 protected:
  // Registers many forms in one transaction; their facilities.
  std::vector<std::string> RegisterAll(const std::vector<v1::FilingContent>& forms) {
    std::vector<v1::BackEntry> entries;
    for (const v1::FilingContent& form : forms) {
      entries.push_back(Old(v1::FILING_KIND_INITIAL, form, today() - 30));
    }
    const auto facilities = BackEnter(entries);
    EXPECT_OK(facilities);
    return facilities.value_or(std::vector<std::string>());
  }

  v1::FilingContent At(const std::string& name, double longitude, double latitude) {
    v1::FilingContent form = Form(name);
    form.mutable_location()->set_longitude(longitude);
    form.mutable_location()->set_latitude(latitude);
    return form;
  }

  static v1::ListFacilitiesRequest Near(double longitude, double latitude, int metres) {
    v1::ListFacilitiesRequest request;
    request.mutable_near()->set_longitude(longitude);
    request.mutable_near()->set_latitude(latitude);
    request.mutable_near()->set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
    request.set_max_distance_m(metres);
    return request;
  }

  std::vector<std::string> Public(const v1::ListFacilitiesRequest& request) const {
    const auto names = Names(request, "");
    EXPECT_OK(names);
    return names.value_or(std::vector<std::string>());
  }
  std::string Reason(const v1::ListFacilitiesRequest& request) const {
    return ReasonOf(Names(request, "").status());
  }
};

TEST_F(FacilityListTest, FiltersSelectAloneAndTogether) {
  v1::FilingContent a = Form("安心托育园");
  a.clear_classes();
  a.add_classes()->set_kind(v1::CLASS_KIND_TODDLER);
  a.mutable_classes(0)->set_capacity(10);
  a.clear_service_modes();
  a.add_service_modes(v1::SERVICE_MODE_FULL_DAY);
  v1::FilingContent b = Form("宝贝幼儿园托班");
  b.set_facility_type(v1::FACILITY_TYPE_KINDERGARTEN);
  b.set_division_code("500111100");
  b.clear_service_modes();
  b.add_service_modes(v1::SERVICE_MODE_HALF_DAY);
  b.clear_classes();
  b.add_classes()->set_kind(v1::CLASS_KIND_SENIOR);
  b.mutable_classes(0)->set_capacity(10);
  v1::FilingContent c = Form("ABC 100%托育_中心");
  c.clear_classes();
  c.add_classes()->set_kind(v1::CLASS_KIND_INFANT);
  c.mutable_classes(0)->set_capacity(10);
  c.clear_service_modes();
  c.add_service_modes(v1::SERVICE_MODE_HOURLY);
  c.add_service_modes(v1::SERVICE_MODE_TEMPORARY);
  const auto facilities = RegisterAll({a, b, c});
  ASSERT_OK(Grant(facilities[1], today()));

  v1::ListFacilitiesRequest request;
  EXPECT_THAT(Public(request), UnorderedElementsAre(a.name(), b.name(), c.name()));
  request.set_division_prefix("500111100");
  EXPECT_THAT(Public(request), ElementsAre(b.name()));
  request.set_division_prefix("5001110");
  EXPECT_THAT(Public(request), UnorderedElementsAre(a.name(), c.name()));
  request.set_class_age_months(6);
  EXPECT_THAT(Public(request), ElementsAre(c.name()));
  request.set_class_age_months(12);
  EXPECT_THAT(Public(request), ElementsAre(a.name()));
  request.Clear();
  request.add_facility_types(v1::FACILITY_TYPE_KINDERGARTEN);
  request.add_facility_types(v1::FACILITY_TYPE_HOME_BASED);
  EXPECT_THAT(Public(request), ElementsAre(b.name()));
  request.Clear();
  request.add_service_modes(v1::SERVICE_MODE_HALF_DAY);
  request.add_service_modes(v1::SERVICE_MODE_TEMPORARY);
  EXPECT_THAT(Public(request), UnorderedElementsAre(b.name(), c.name()));
  request.set_inclusive_only(true);
  EXPECT_THAT(Public(request), ElementsAre(b.name()));
  request.Clear();
  request.set_uscc(c.uscc());
  EXPECT_THAT(Public(request), ElementsAre(c.name()));
  request.set_name_contains("安心");
  EXPECT_THAT(Public(request), IsEmpty());
}

TEST_F(FacilityListTest, NameSearchTakesEveryCharacterAsItIs) {
  RegisterAll({Form("ABC 100%托育_中心"), Form("反斜杠\\园"), Form("普通园")});
  v1::ListFacilitiesRequest request;
  const std::pair<const char*, size_t> cases[] = {
      {"%", 1},  {"_", 1},   {"\\", 1}, {"100%托", 1}, {"%园", 0}, {"托育_", 1},
      {"园", 2}, {"abc", 1}, {"'", 0},  {"托_中", 0},  {"中心", 1}};
  for (const auto& [text, count] : cases) {
    request.set_name_contains(text);
    EXPECT_THAT(Public(request), SizeIs(count)) << text;
  }
}

TEST_F(FacilityListTest, StatesAreThoseOfToday) {
  const auto facilities = RegisterAll({Form("a"), Form("b"), Form("c"), Form("d")});
  ASSERT_OK(Suspend(facilities[1], today() + 1, false, Approver()));
  ASSERT_OK(Cancel(facilities[2], today() + 1));
  ASSERT_OK(Grant(facilities[3], today() + 1, today() + 3));
  v1::ListFacilitiesRequest suspended, cancelled, inclusive;
  suspended.add_states(v1::FACILITY_STATE_SUSPENDED);
  cancelled.add_states(v1::FACILITY_STATE_CANCELLED);
  inclusive.set_inclusive_only(true);
  EXPECT_THAT(Public({}), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Public(suspended), IsEmpty());
  EXPECT_THAT(Public(inclusive), IsEmpty());
  GoTo(today() + 1);
  EXPECT_THAT(Public({}), ElementsAre("a", "b", "d"));
  EXPECT_THAT(Public(suspended), ElementsAre("b"));
  EXPECT_THAT(Public(cancelled), ElementsAre("c"));
  EXPECT_THAT(Public(inclusive), ElementsAre("d"));
  GoTo(today() + 2);
  EXPECT_THAT(Public(inclusive), IsEmpty());
}

TEST_F(FacilityListTest, PagesAreStableWhileRowsAreInserted) {
  std::vector<v1::FilingContent> forms;
  for (int i = 0; i < 30; ++i) forms.push_back(Form(absl::StrFormat("园%02d", i / 2)));
  RegisterAll(forms);
  v1::ListFacilitiesRequest request;
  request.set_page_size(7);
  std::vector<std::string> seen;
  std::set<std::string> names;
  int pages = 0;
  do {
    const auto page = Call(&Stub::ListFacilities, "", request);
    ASSERT_OK(page);
    for (const v1::Facility& facility : page->facilities()) {
      if (absl::StrContains(facility.content().name(), "新")) continue;
      seen.push_back(facility.content().name());
      EXPECT_TRUE(names.insert(facility.name()).second) << "twice";
    }
    // Before and after the place where the reader is.
    Register(absl::StrCat("园00新", pages));
    Register(absl::StrCat("园99新", pages));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && ++pages < 20);
  EXPECT_THAT(seen, SizeIs(30));
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

TEST_F(FacilityListTest, TheLastPageHasNoToken) {
  RegisterAll({Form("a"), Form("b")});
  v1::ListFacilitiesRequest request;
  request.set_page_size(2);
  const auto page = Call(&Stub::ListFacilities, "", request);
  ASSERT_OK(page);
  EXPECT_EQ(page->facilities_size(), 2);
  EXPECT_EQ(page->next_page_token(), "");
}

TEST_F(FacilityListTest, APageTokenBelongsToItsFilter) {
  RegisterAll({Form("a"), Form("b"), Form("c")});
  v1::ListFacilitiesRequest request;
  request.set_page_size(1);
  const auto page = Call(&Stub::ListFacilities, "", request);
  ASSERT_OK(page);
  request.set_page_token(page->next_page_token());
  request.set_page_size(2);
  EXPECT_OK(Call(&Stub::ListFacilities, "", request));
  request.set_inclusive_only(true);
  EXPECT_EQ(Reason(request), "PAGE_TOKEN_INVALID");
  request.Clear();
  request.set_page_token("x");
  EXPECT_EQ(Reason(request), "PAGE_TOKEN_INVALID");
}

TEST_F(FacilityListTest, AHundredRowsComeInOneReply) {
  std::vector<v1::FilingContent> forms;
  for (int i = 0; i < 130; ++i) forms.push_back(Form(absl::StrFormat("园%03d", i)));
  RegisterAll(forms);
  v1::ListFacilitiesRequest request;
  request.set_page_size(100);
  const auto page = Call(&Stub::ListFacilities, Approver(), request);
  ASSERT_OK(page);
  ASSERT_EQ(page->facilities_size(), 100);
  EXPECT_EQ(page->facilities(99).content().name(), "园099");
  EXPECT_TRUE(page->facilities(99).content().has_site());
  EXPECT_NE(page->next_page_token(), "");
  request.set_page_size(0);
  EXPECT_EQ(Call(&Stub::ListFacilities, "", request)->facilities_size(), 50);
}

TEST_F(FacilityListTest, APageOfLongEntriesEndsBeforeTheReplyIsTooLarge) {
  std::vector<v1::FilingContent> forms;
  for (int i = 0; i < 25; ++i) {
    forms.push_back(Form(absl::StrFormat("园%03d", i)));
    forms.back().set_business_scope(std::string(200 << 10, 'x'));
  }
  RegisterAll(forms);
  v1::ListFacilitiesRequest request;
  request.set_page_size(1000);
  const auto page = Call(&Stub::ListFacilities, "", request);
  ASSERT_OK(page);
  EXPECT_EQ(page->facilities_size(), 16);
  EXPECT_NE(page->next_page_token(), "");
  EXPECT_THAT(Public(request), SizeIs(25));
}

TEST_F(FacilityListTest, RowsThatOtherRulesOrDataClassesShapedAreMadeAnew) {
  RegisterAll({Form("a"), Form("b")});
  const std::string made = database_.Value("SELECT public_message FROM facility WHERE name = 'b'");
  database_.Run("UPDATE facility SET shape = 'of-last-year', public_message = message");
  EXPECT_THAT(Public({}), ElementsAre("a", "b"));
  EXPECT_EQ(database_.Value("SELECT public_message FROM facility WHERE name = 'b'"), made);
  EXPECT_EQ(database_.Value("SELECT shape FROM facility WHERE name = 'a'"), ShapeOf(rules_));
  v1::RuleSet other = rules_;
  other.mutable_classes(0)->set_min_months(7);
  EXPECT_NE(ShapeOf(other), ShapeOf(rules_));
  // Rules that begin tomorrow shape the rows of tomorrow, in a service that runs on.
  other.set_version("next");
  *other.mutable_effective_from() = ToProto(today() + 1);
  book_ = *RuleBook::Make({rules_, other});
  EXPECT_THAT(Public({}), ElementsAre("a", "b"));
  EXPECT_EQ(database_.Value("SELECT shape FROM facility WHERE name = 'a'"), ShapeOf(rules_));
  clock_.Advance(absl::Hours(24));
  EXPECT_THAT(Public({}), ElementsAre("a", "b"));
  EXPECT_EQ(database_.Value("SELECT shape FROM facility WHERE name = 'a'"), ShapeOf(other));
}

TEST_F(FacilityListTest, OneBrokenRowDoesNotKeepTheOthersFromTheirDay) {
  const std::string broken = RegisterAll({Form("broken")})[0];
  const std::string whole = Register("whole");
  for (const std::string& name : {broken, whole}) {
    ASSERT_OK(Suspend(name, today() + 1, false, Approver()));
  }
  database_.Run("UPDATE facility_version SET message = 'x' WHERE facility_id = '" +
                FacilityId(broken) + "'");
  GoTo(today() + 1);
  v1::ListFacilitiesRequest request;
  request.add_states(v1::FACILITY_STATE_SUSPENDED);
  EXPECT_THAT(Public(request), ElementsAre("whole"));
  log_.Flush();
  std::string log;
  std::rewind(log_file_);
  for (int c = std::fgetc(log_file_); c != EOF; c = std::fgetc(log_file_)) {
    log.push_back(static_cast<char>(c));
  }
  EXPECT_THAT(log, HasSubstr("registry_row_failed"));
  EXPECT_THAT(log, HasSubstr(broken));
}

TEST_F(FacilityListTest, EachRowIsCutToWhatTheCallerMaySeeOfIt) {
  v1::FilingContent far = Form("b");
  far.set_division_code("500111100");
  const auto facilities = RegisterAll({Form("a"), far});
  const auto shown = [&](const std::string& token) {
    const auto page = Call(&Stub::ListFacilities, token, v1::ListFacilitiesRequest());
    EXPECT_OK(page);
    std::vector<bool> internal;
    for (const v1::Facility& facility : page->facilities()) {
      internal.push_back(facility.content().has_site());
      EXPECT_EQ(facility.filing().empty(), !internal.back());
      // Personal fields are on no list, neither open nor sealed.
      EXPECT_EQ(facility.content().principal_id_number(), "");
      EXPECT_EQ(facility.content().contact_name(), "");
      EXPECT_FALSE(absl::StrContains(facility.SerializeAsString(), "sealed:"));
    }
    return internal;
  };
  EXPECT_THAT(shown(""), ElementsAre(false, false));
  EXPECT_THAT(shown(Token(common::v1::ROLE_DHC_INTAKE, {"500111100"})), ElementsAre(false, true));
  EXPECT_THAT(shown(Token(common::v1::ROLE_DHC_INTAKE, {"500111000000"})), ElementsAre(true, true));
  EXPECT_THAT(shown(Token(common::v1::ROLE_DHC_INTAKE, {"500111001", "500111100"})),
              ElementsAre(true, true));
  EXPECT_THAT(shown(Principal(facilities[0])), ElementsAre(true, false));
}

TEST_F(FacilityListTest, NearestComeFirstAsInBruteForce) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> east(105.5, 106.0);
  std::uniform_real_distribution<double> north(29.4, 29.85);
  std::vector<v1::FilingContent> forms;
  for (int i = 0; i < 150; ++i) {
    forms.push_back(At(absl::StrFormat("园%03d", i), east(random), north(random)));
  }
  // Two at the same place.
  *forms[149].mutable_location() = forms[148].location();
  const std::vector<std::string> facilities = RegisterAll(forms);
  const ids::Point centre{105.7, 29.7};
  struct Expected {
    double distance;
    std::string name;
  };
  std::vector<Expected> expected;
  for (size_t i = 0; i < forms.size(); ++i) {
    const auto micro = [](double degrees) { return std::round(degrees * 1e6) / 1e6; };
    const ids::Point point{micro(forms[i].location().longitude()),
                           micro(forms[i].location().latitude())};
    const double distance = ids::DistanceMetres(centre, point);
    if (distance <= 15000) expected.push_back({distance, facilities[i]});
  }
  std::sort(expected.begin(), expected.end(), [](const Expected& a, const Expected& b) {
    return std::pair(std::llround(a.distance * 1000), a.name) <
           std::pair(std::llround(b.distance * 1000), b.name);
  });
  ASSERT_GT(expected.size(), 20U);
  v1::ListFacilitiesRequest request = Near(centre.longitude, centre.latitude, 15000);
  request.set_page_size(9);
  size_t seen = 0;
  do {
    const auto page = Call(&Stub::ListFacilities, "", request);
    ASSERT_OK(page);
    for (const v1::Facility& facility : page->facilities()) {
      ASSERT_LT(seen, expected.size());
      EXPECT_EQ(facility.name(), expected[seen].name) << seen;
      EXPECT_NEAR(facility.distance_m(), expected[seen].distance, 1.0);
      ++seen;
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, expected.size());
}

TEST_F(FacilityListTest, PointsOfEachReferenceSystemMeetTheSamePlace) {
  RegisterAll({At("a", 105.712, 29.703)});
  v1::ListFacilitiesRequest request = Near(105.715606, 29.700288, 100);
  EXPECT_THAT(Public(request), IsEmpty());
  request.mutable_near()->set_system(common::v1::COORDINATE_SYSTEM_GCJ02);
  EXPECT_THAT(Public(request), ElementsAre("a"));
  request = Near(105.712, 29.703, 1);
  request.mutable_near()->set_system(common::v1::COORDINATE_SYSTEM_WGS84);
  EXPECT_THAT(Public(request), ElementsAre("a"));
}

TEST_F(FacilityListTest, FiltersHoldForTheNearest) {
  v1::FilingContent kindergarten = At("b", 105.7001, 29.7);
  kindergarten.set_facility_type(v1::FACILITY_TYPE_KINDERGARTEN);
  v1::FilingContent nowhere = Form("c");
  nowhere.clear_location();
  RegisterAll({At("a", 105.7, 29.7), kindergarten, nowhere});
  v1::ListFacilitiesRequest request = Near(105.7, 29.7, 0);
  EXPECT_THAT(Public(request), ElementsAre("a", "b"));
  request.add_facility_types(v1::FACILITY_TYPE_KINDERGARTEN);
  request.set_name_contains("b");
  request.set_division_prefix("500111001");
  EXPECT_THAT(Public(request), ElementsAre("b"));
  const auto page = Call(&Stub::ListFacilities, Approver(), request);
  ASSERT_OK(page);
  EXPECT_NEAR(page->facilities(0).distance_m(), 10, 1);
  EXPECT_TRUE(page->facilities(0).content().has_site());
}

TEST_F(FacilityListTest, ExternalIdsAreFoundOnlyInTheCallersScope) {
  const auto facilities = RegisterAll({Form("a"), Form("b")});
  v1::SetExternalIdRequest set;
  set.set_name(facilities[0]);
  set.mutable_external_id()->set_source_system("ty.padis.net.cn");
  set.mutable_external_id()->set_source_id("PD-1");
  ASSERT_OK(Call(&Stub::SetExternalId, Archivist(), set));
  v1::ListFacilitiesRequest request;
  *request.mutable_external_id() = set.external_id();
  EXPECT_THAT(*Names(request, Approver()), ElementsAre("a"));
  EXPECT_THAT(*Names(request, Principal(facilities[0])), ElementsAre("a"));
  EXPECT_THAT(*Names(request, Principal(facilities[1])), IsEmpty());
  EXPECT_THAT(*Names(request, Token(common::v1::ROLE_DHC_INTAKE, {"500112"})), IsEmpty());
  EXPECT_THAT(Public(request), IsEmpty());
  request.mutable_external_id()->set_source_id("pd-1");
  EXPECT_THAT(*Names(request, Approver()), IsEmpty());
}

// Officers are read the internal message of every row; of those outside their divisions only the public part goes out.
TEST_F(FacilityListTest, OfficersOfOtherDivisionsAreShownWhatThePublicIs) {
  v1::FilingContent elsewhere_too = Form("b");
  elsewhere_too.set_division_code("500111002");
  RegisterAll({Form("a"), elsewhere_too});
  const auto list = [&](const std::string& token, bool near) {
    const auto reply = Call(&Stub::ListFacilities, token,
                            near ? Near(105.72, 29.7, 100000) : v1::ListFacilitiesRequest());
    EXPECT_OK(reply);
    return reply.value_or(v1::ListFacilitiesResponse());
  };
  for (const bool near : {false, true}) {
    const v1::ListFacilitiesResponse shown = list("", near);
    ASSERT_EQ(shown.facilities_size(), 2);
    for (const char* elsewhere : {"500112", "500112001", "500111003"}) {
      EXPECT_THAT(list(Token(common::v1::ROLE_DHC_INTAKE, {elsewhere}), near), EqualsProto(shown))
          << elsewhere;
    }
    // Of one page some rows lie in the caller's scope and some do not.
    const v1::ListFacilitiesResponse all =
        list(Token(common::v1::ROLE_DHC_INTAKE, {"500111"}), near);
    for (const std::vector<std::string>& both :
         {std::vector<std::string>{"500112", "500111001"}, {"500111001"}}) {
      const auto mixed = list(Token(common::v1::ROLE_DHC_INTAKE, both), near);
      ASSERT_EQ(mixed.facilities_size(), 2);
      for (int i = 0; i < 2; ++i) {
        const bool mine = mixed.facilities(i).content().division_code() == "500111001";
        EXPECT_THAT(mixed.facilities(i), EqualsProto((mine ? all : shown).facilities(i)));
      }
    }
    for (const char* here : {"50", "500111"}) {
      const v1::ListFacilitiesResponse more =
          list(Token(common::v1::ROLE_DHC_INTAKE, {here}), near);
      ASSERT_EQ(more.facilities_size(), 2) << here;
      EXPECT_GT(more.ByteSizeLong(), shown.ByteSizeLong()) << here;
      EXPECT_TRUE(more.facilities(0).content().principal_id_number().empty()) << here;
    }
  }
}

TEST_F(FacilityListTest, ADivisionIsFoundByItsWholeCodeToo) {
  RegisterAll({Form("a")});
  v1::ListFacilitiesRequest request;
  for (const char* code : {"500111", "500111000000", "500111001", "500111001000", "50"}) {
    request.set_division_prefix(code);
    EXPECT_THAT(Public(request), ElementsAre("a")) << code;
  }
  request.set_division_prefix("500111002000");
  EXPECT_THAT(Public(request), IsEmpty());
}

TEST_F(FacilityListTest, BadFiltersAreRefusedAllAtOnce) {
  v1::ListFacilitiesRequest request;
  request.set_division_prefix("5001x");
  request.add_facility_types(static_cast<v1::FacilityType>(99));
  request.add_service_modes(v1::SERVICE_MODE_UNSPECIFIED);
  request.add_states(static_cast<v1::FacilityState>(-1));
  request.set_class_age_months(48);
  request.mutable_near()->set_latitude(std::nan(""));
  request.set_max_distance_m(100001);
  std::string name;
  for (int i = 0; i < 61; ++i) name += "托";
  request.set_name_contains(name);
  request.set_uscc("九一500111MAQQ000327");
  request.mutable_external_id()->set_source_id(std::string(201, 'x'));
  const auto status = Names(request, "").status();
  EXPECT_EQ(ReasonOf(status), "FORM_INVALID");
  std::set<std::string> fields;
  for (const auto& violation : rpc::ViolationsOf(status)) fields.insert(violation.field());
  EXPECT_THAT(fields,
              UnorderedElementsAre("division_prefix", "facility_types[0]", "service_modes[0]",
                                   "states[0]", "class_age_months", "near", "near.system",
                                   "max_distance_m", "name_contains", "uscc",
                                   "external_id.source_system", "external_id.source_id"));
  request.Clear();
  request.set_page_size(-1);
  EXPECT_EQ(Reason(request), "PAGE_SIZE_INVALID");
  request.Clear();
  request.set_max_distance_m(5);
  EXPECT_EQ(Reason(request), "FORM_INVALID");
}

TEST_F(FacilityListTest, AnExchangedPointIsToldAsSuch) {
  v1::ListFacilitiesRequest request;
  request.mutable_near()->set_longitude(29.7);
  request.mutable_near()->set_latitude(105.7);
  request.mutable_near()->set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  const auto found = rpc::ViolationsOf(Call(&Stub::ListFacilities, "", request).status());
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].reason(), "COORDINATE_SWAPPED");
}

}  // namespace
}  // namespace tuoyu::filing
