#include "clients/cli/rehearsal/staff.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/rehearsal/forms.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/base/civil.h"
#include "common/ids/made_up.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr absl::CivilDay kBaseline(2022, 12, 31);
constexpr absl::CivilDay kTarget(2025, 12, 31);
constexpr absl::CivilDay kOpen(9999, 12, 31);
// Of 1,000 carers on post at the end of 2025, those with a certificate.
constexpr int64_t kCertifiedPerMille = 914;
// Birthdays of the made-up persons: this many days from the first one on, four ids a day.
constexpr absl::CivilDay kFirstBirthday(1962, 1, 1);
constexpr int kBirthdays = kMostStaff / 4;
// Out of 100: carers who leave and are followed by another, checks that were let lapse, trainings not made.
constexpr int kLeave = 12;
constexpr int kLapse = 5;
constexpr int kUntrained = 3;
constexpr int kYear = 365;
// From the degree to the first day on post.
constexpr int kStudies = 3 * kYear;

// One person on post.
struct Person {
  size_t facility = 0;  // index
  pb::StaffRole role = pb::STAFF_ROLE_CARER;
  std::string class_label;
  absl::CivilDay from;
  absl::CivilDay to = kOpen;
  absl::CivilDay certified_on = kOpen;  // counts for indicator 9 from then on
};

class RosterMaker {
 public:
  RosterMaker(const District& district, const data::Divisions& divisions, absl::CivilDay horizon)
      : district_(district), divisions_(divisions), horizon_(horizon) {}

  std::vector<FacilityStaff> Make() {
    for (size_t i = 0; i < district_.facilities().size(); ++i) {
      if (persons_.size() + 100 > kMostStaff) break;
      Staff(i);
    }
    CertifyBaseline();
    CertifyTarget();
    std::vector<FacilityStaff> staff(district_.facilities().size());
    for (size_t i = 0; i < staff.size(); ++i) staff[i].number = district_.facilities()[i].number;
    for (size_t i = 0; i < persons_.size(); ++i) {
      if (persons_[i].from > horizon_) continue;
      staff[persons_[i].facility].entries.push_back(EntryOf(i));
    }
    return staff;
  }

 private:
  uint64_t seed() const { return district_.options().seed; }

  // Fills the posts of a facility as its form states them, before and after a change of its places.
  void Staff(size_t index) {
    const FacilityPlan& plan = district_.facilities()[index];
    SplitMix64 chance(seed(), kPurposeStaff, index);
    const pb::FilingContent before = MakeContent(plan, seed(), divisions_);
    const bool changes = plan.change == ChangeKind::kCapacity;
    const pb::FilingContent after =
        changes ? MakeContent(plan, seed(), divisions_, /*after_change=*/true) : before;
    for (int role = pb::STAFF_ROLE_PRINCIPAL; role <= pb::STAFF_ROLE_COOK; ++role) {
      const auto kind = static_cast<pb::StaffRole>(role);
      const int first = Headcount(before, kind);
      const int then = Headcount(after, kind);
      for (int i = 0; i < std::max(first, then); ++i) {
        Person person;
        person.facility = index;
        person.role = kind;
        if (kind == pb::STAFF_ROLE_CARER) person.class_label = LabelOf(after, i);
        person.from = i < first ? plan.filed_on : plan.changed_on;
        person.to = std::min(i < then ? kOpen : plan.changed_on, plan.cancelled_on.value_or(kOpen));
        Add(person, chance);
      }
    }
  }

  // Some leave, and another comes on the day after.
  void Add(Person person, SplitMix64& chance) {
    const absl::CivilDay last = std::min(person.to, kTarget);
    const absl::CivilDay leaves = person.from + 200 + chance.Between(0, 900);
    if (person.role == pb::STAFF_ROLE_CARER && chance.Percent(kLeave) && leaves < last) {
      Person next = person;
      person.to = leaves;
      next.from = leaves;
      persons_.push_back(std::move(person));
      persons_.push_back(std::move(next));
    } else {
      persons_.push_back(std::move(person));
    }
  }

  static int Headcount(const pb::FilingContent& content, pb::StaffRole role) {
    for (const pb::StaffPlan& plan : content.staff()) {
      if (plan.role() == role) return plan.headcount();
    }
    return 0;
  }

  static std::string LabelOf(const pb::FilingContent& content, int carer) {
    return content.classes_size() == 0 ? ""
                                       : content.classes(carer % content.classes_size()).label();
  }

  // The carers on post at active facilities, in an order of chance.
  std::vector<size_t> CarersOn(absl::CivilDay day, uint64_t stream) const {
    std::vector<size_t> carers;
    for (size_t i = 0; i < persons_.size(); ++i) {
      const Person& person = persons_[i];
      if (person.role == pb::STAFF_ROLE_CARER && person.from <= day && day < person.to &&
          district_.facilities()[person.facility].ActiveOn(day)) {
        carers.push_back(i);
      }
    }
    SplitMix64(seed(), kPurposeStaff, stream).Shuffle(&carers);
    return carers;
  }

  // Half of the carers at the end of 2022; one more carer comes where they are an odd number.
  void CertifyBaseline() {
    std::vector<size_t> carers = CarersOn(kBaseline, kBaselineStream);
    if (carers.size() % 2 == 1) {
      Person another = persons_[carers.front()];
      another.to = std::max(another.to, kBaseline + 1);
      persons_.push_back(std::move(another));
      carers.push_back(persons_.size() - 1);
    }
    SplitMix64 chance(seed(), kPurposeStaff, kBaselineDays);
    for (size_t i = 0; i < carers.size() / 2; ++i) {
      persons_[carers[i]].certified_on = kBaseline - chance.Between(30, 900);
    }
  }

  // The rest of those who hold one at the end of 2025 got it between.
  void CertifyTarget() {
    const std::vector<size_t> carers = CarersOn(kTarget, kTargetStream);
    const auto wanted = (static_cast<int64_t>(carers.size()) * kCertifiedPerMille + 999) / 1000;
    int64_t certified = 0;
    for (const size_t i : carers) certified += persons_[i].certified_on == kOpen ? 0 : 1;
    SplitMix64 chance(seed(), kPurposeStaff, kTargetDays);
    for (const size_t i : carers) {
      if (certified >= wanted) break;
      if (persons_[i].certified_on != kOpen) continue;
      persons_[i].certified_on = kBaseline + chance.Between(20, 1080);
      ++certified;
    }
  }

  pb::StaffEntry EntryOf(size_t index) const {
    const Person& person = persons_[index];
    SplitMix64 chance(seed(), kPurposePerson, index);
    pb::StaffEntry entry;
    entry.set_person_name(MadeUpName(chance));
    entry.set_id_number(
        ids::MadeUpResidentId(kFirstBirthday + static_cast<int>(index * 7'919 % kBirthdays),
                              static_cast<uint32_t>(index / kBirthdays)));
    pb::Post& post = *entry.add_posts();
    post.set_role(person.role);
    post.set_class_label(person.class_label);
    post.set_full_time(person.role != pb::STAFF_ROLE_HEALTH);
    *post.mutable_valid_from() = ToProto(person.from);
    if (person.to <= horizon_) *post.mutable_valid_to() = ToProto(person.to);
    AddChecks(person, chance, &entry);
    AddTraining(person, index, chance, &entry);
    if (person.certified_on <= horizon_) {
      const bool infant = chance.Percent(30);
      Add(infant ? pb::CERTIFICATE_KIND_INFANT_CARER : pb::CERTIFICATE_KIND_CHILD_CARER,
          person.certified_on, absl::StrFormat("演练S%08d", index), &entry)
          ->set_level(chance.Between(3, 5));
    }
    return entry;
  }

  static pb::Certificate* Add(pb::CertificateKind kind, absl::CivilDay issued_on,
                              const std::string& number, pb::StaffEntry* entry) {
    pb::Certificate* certificate = entry->add_certificates();
    certificate->set_kind(kind);
    *certificate->mutable_issued_on() = ToProto(issued_on);
    certificate->set_certificate_number(number);
    certificate->set_issuer("演练发证机构");
    return certificate;
  }

  // Health certificate and query, each year anew from before the first day on; the last two years of them. Some let the
  // last one lapse.
  void AddChecks(const Person& person, SplitMix64& chance, pb::StaffEntry* entry) const {
    const absl::CivilDay end = std::min(person.to, horizon_ + 1);
    for (const auto kind :
         {pb::CERTIFICATE_KIND_HEALTH, pb::CERTIFICATE_KIND_CRIMINAL_RECORD_QUERY}) {
      absl::CivilDay day = person.from - chance.Between(3, 40);
      const bool lapses = chance.Percent(kLapse);
      std::vector<absl::CivilDay> days;
      for (; day < end; day += kYear - 10) days.push_back(day);
      if (lapses && days.size() > 1) days.pop_back();
      for (size_t i = days.size() > 2 ? days.size() - 2 : 0; i < days.size(); ++i) {
        Add(kind, days[i], "", entry);
      }
    }
  }

  void AddTraining(const Person& person, size_t index, SplitMix64& chance,
                   pb::StaffEntry* entry) const {
    const absl::CivilDay day = person.from - chance.Between(10, 60);
    const std::string number = absl::StrFormat("演练T%08d", index);
    switch (person.role) {
      case pb::STAFF_ROLE_PRINCIPAL:
        Add(pb::CERTIFICATE_KIND_PRINCIPAL_TRAINING, day, number, entry);
        Add(pb::CERTIFICATE_KIND_EDUCATION, day - kStudies, "", entry)
            ->set_education(chance.Percent(50) ? pb::EDUCATION_COLLEGE : pb::EDUCATION_BACHELOR);
        break;
      case pb::STAFF_ROLE_CARER:
        Add(pb::CERTIFICATE_KIND_CARE_TRAINING, day, number, entry);
        if (chance.Percent(kUntrained)) break;
        Add(pb::CERTIFICATE_KIND_MENTAL_HEALTH_TRAINING, day, number, entry);
        break;
      case pb::STAFF_ROLE_HEALTH:
        Add(pb::CERTIFICATE_KIND_HEALTH_CARE_TRAINING, day, number, entry);
        Add(pb::CERTIFICATE_KIND_EDUCATION, day - kStudies, "", entry)
            ->set_education(pb::EDUCATION_COLLEGE);
        break;
      case pb::STAFF_ROLE_GUARD:
        Add(pb::CERTIFICATE_KIND_GUARD, day, number, entry);
        break;
      default:
        break;
    }
  }

  // Streams of kPurposeStaff beside those of facilities, which are numbered from 0.
  static constexpr uint64_t kBaselineStream = uint64_t{1} << 32;
  static constexpr uint64_t kBaselineDays = kBaselineStream + 1;
  static constexpr uint64_t kTargetStream = kBaselineStream + 2;
  static constexpr uint64_t kTargetDays = kBaselineStream + 3;

  const District& district_;
  const data::Divisions& divisions_;
  const absl::CivilDay horizon_;
  std::vector<Person> persons_;
};

pb::Demonstration LabelOf(
    absl::CivilDay granted_on, absl::CivilDay horizon,
    const std::vector<std::pair<absl::CivilDay, pb::ReevaluationResult>>& results) {
  pb::Demonstration label;
  label.set_level(pb::DEMONSTRATION_LEVEL_MUNICIPAL);
  *label.mutable_granted_on() = ToProto(granted_on);
  label.set_document_number(absl::StrCat("演练示范〔", granted_on.year(), "〕1号"));
  for (const auto& [day, result] : results) {
    if (day > horizon) break;
    pb::Reevaluation& reevaluation = *label.add_reevaluations();
    *reevaluation.mutable_evaluated_on() = ToProto(day);
    reevaluation.set_result(result);
    reevaluation.set_document_number(absl::StrCat("演练复评〔", day.year(), "〕1号"));
  }
  return label;
}

}  // namespace

std::vector<FacilityStaff> MakeStaff(const District& district, const data::Divisions& divisions,
                                     absl::CivilDay horizon) {
  return RosterMaker(district, divisions, horizon).Make();
}

std::vector<FacilityDemonstration> MakeDemonstrations(const District& district,
                                                      absl::CivilDay horizon) {
  const absl::CivilDay first_named(2022, 7, 15);
  const absl::CivilDay second_named(2023, 12, 11);
  std::vector<FacilityDemonstration> labels;
  for (const FacilityPlan& plan : district.facilities()) {
    if (plan.type != pb::FACILITY_TYPE_ORDINARY || plan.cancelled_on) continue;
    if (labels.empty() && plan.filed_on <= first_named && first_named <= horizon) {
      labels.push_back(
          {plan.number, LabelOf(first_named, horizon,
                                {{absl::CivilDay(2022, 11, 15), pb::REEVALUATION_RESULT_PASSED},
                                 {absl::CivilDay(2024, 11, 20), pb::REEVALUATION_RESULT_PASSED}})});
    } else if (labels.size() == 1 && plan.filed_on <= second_named && second_named <= horizon) {
      labels.push_back(
          {plan.number, LabelOf(second_named, horizon,
                                {{absl::CivilDay(2025, 11, 18), pb::REEVALUATION_RESULT_FAILED}})});
    }
  }
  return labels;
}

}  // namespace tuoyu::rehearsal
