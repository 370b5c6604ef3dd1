#ifndef TUOYU_SERVICES_AGGREGATOR_MADE_UP_REGISTRY_H_
#define TUOYU_SERVICES_AGGREGATOR_MADE_UP_REGISTRY_H_

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/rpc/journal_reader.h"
#include "common/testing/made_up_journal.h"
#include "services/aggregator/measures.h"
#include "tuoyu/common/v1/journal.pb.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

namespace tuoyu::aggregator {

// A registry for tests: a hash-chained journal of made-up facilities, served page by page as the
// filing service would, and a count of what they add up to that knows nothing of facts, spans or
// blocks. The same seed makes the same journal.
class MadeUpRegistry {
 public:
  explicit MadeUpRegistry(uint32_t seed = 20260302) : random_(seed) {}

  // Appends `count` random entries: registrations, changes of places, type and town, suspensions,
  // cancellations, corrections of the past, recognitions and revocations, changes of rosters and
  // demonstration labels, also of facilities not registered yet, and filings that change nothing.
  void AppendRandom(int count);

  // One facility with one open slice; returns its id. `parent`: USCC of the organisation it belongs
  // to; empty for a random one.
  std::string Register(absl::CivilDay from, filing::v1::FacilityType type, int places, int64_t town,
                       const std::string& parent = "");
  // Ends the last slice at `day`, without a new one.
  void Cancel(const std::string& facility, absl::CivilDay day);
  void Recognise(const std::string& facility, absl::CivilDay from, int places_covered);
  // Enters a person or child of a roster or a label as it now is; told by its name.
  void Enter(const filing::v1::StaffMember& member);
  void Enter(const filing::v1::Demonstration& demonstration);
  void Enter(const filing::v1::ChildChange& child);
  // Appends an entry with any payload.
  void Append(const std::string& action, const std::string& subject,
              const google::protobuf::Message& payload) {
    journal_.Append(action, subject, payload);
  }

  std::vector<common::v1::JournalEntry> entries() const { return Entries(1, head()); }
  // The entries with sequences first to last.
  std::vector<common::v1::JournalEntry> Entries(int64_t first, int64_t last) const {
    return journal_.Entries(first, last);
  }
  int64_t head() const { return journal_.head(); }

  // What the facilities of `division` add up to on `day`, as known at entry `sequence`.
  Amounts Count(int64_t division, absl::CivilDay day, int64_t sequence) const;

  // Answers as the filing service's JournalService does.
  rpc::JournalReader::Fetch Fetch() const { return journal_.Fetch(); }
  // Forgets all entries and begins another journal.
  void Restart(uint32_t seed);

 private:
  struct Facility {
    std::map<int, filing::v1::FacilityVersion> versions;  // by number
    std::map<std::string, filing::v1::Recognition> recognitions;
    std::map<std::string, filing::v1::StaffMember> staff;
    std::map<std::string, filing::v1::Demonstration> demonstrations;
    std::map<std::string, filing::v1::ChildChange> children;
  };

  // The facilities, by name, as entry `sequence` left them.
  std::map<std::string, Facility> KnownAt(int64_t sequence) const;
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint32_t>(limit)); }
  absl::CivilDay RandomDay();
  std::string AnyFacility();
  filing::v1::FacilityVersion RandomVersion(const std::string& facility, int number);
  void ChangeLast(const std::string& facility);
  void CorrectPast(const std::string& facility);
  void ChangeRecognition(const std::string& facility);
  // An id for the next facility, or the next person, child or label.
  std::string NextId(int number) const;
  void ChangeMember(const std::string& facility);
  void ChangeStaff(const std::string& facility);
  void ChangeDemonstration(const std::string& facility);
  void ChangeChild(const std::string& facility);
  void AppendVersions(const std::string& action, const std::string& facility,
                      const std::vector<filing::v1::FacilityVersion>& versions,
                      const std::vector<int>& removed = {});

  std::mt19937 random_;
  testing::MadeUpJournal journal_{"filing"};
  std::map<std::string, Facility> facilities_;
  std::map<std::string, filing::v1::StaffMember> staff_;
  std::map<std::string, filing::v1::Demonstration> demonstrations_;
  std::map<std::string, filing::v1::ChildChange> children_;
  int next_id_ = 1;
  int next_member_ = 1;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MADE_UP_REGISTRY_H_
