#include "services/filing/duplicates/duplicate_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <tuple>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/data/source_error.h"
#include "common/data/yaml.h"
#include "common/ids/folded_text.h"
#include "services/filing/facility_projection.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kPrefix = "duplicates/";
constexpr size_t kUuidLength = 36;
constexpr int kMostMetres = 5'000;
constexpr size_t kLongestWord = 20;
constexpr TextBounds kReason{1, 500, /*multiline=*/true};
constexpr double kMetresPerDegree = 111'000;  // a little less than a degree of latitude has
constexpr double kNorthmost = 80;             // cells grow without bound towards the poles

// The characters of a text that is UTF-8.
std::u32string Characters(absl::string_view text) {
  std::u32string characters;
  for (const char byte : text) {
    const auto bits = static_cast<unsigned char>(byte);
    if ((bits & 0xC0U) == 0x80U && !characters.empty()) {
      characters.back() = (characters.back() << 6U) | (bits & 0x3FU);
    } else {
      characters.push_back(bits);
    }
  }
  return characters;
}

class RulesChecker {
 public:
  RulesChecker(absl::string_view file, const data::FieldLines& lines)
      : errors_(file), lines_(lines) {}

  absl::Status Check(const v1::DuplicateRules& rules) {
    Require(!rules.version().empty(), "version", "缺少版本 (the version is missing)");
    Require(FromProto(rules.effective_from()).ok(), "effective_from",
            "缺少施行日期 (the first day is missing)");
    Require(rules.sources_size() > 0, "sources", "缺少出处 (the sources are missing)");
    Require(rules.name_likeness_percent() >= 1 && rules.name_likeness_percent() <= 100,
            "name_likeness_percent", "应为1至100 (1 to 100)");
    Require(rules.distance_metres() >= 1 && rules.distance_metres() <= kMostMetres,
            "distance_metres", absl::StrCat("应为1至", kMostMetres, " (out of range)"));
    std::set<std::string> words;
    for (int i = 0; i < rules.common_words_size(); ++i) {
      const std::string path = absl::StrCat("common_words[", i, "]");
      const size_t length = Characters(rules.common_words(i)).size();
      Require(length >= 1 && length <= kLongestWord, path, "应为1至20个字 (1 to 20 characters)");
      Require(words.insert(rules.common_words(i)).second, path, "重复 (given twice)");
    }
    return errors_.ToStatus();
  }

 private:
  void Require(bool condition, const std::string& path, absl::string_view reason) {
    if (!condition) errors_.Add(data::LineOf(lines_, path), absl::StrCat(path, ": ", reason));
  }

  data::SourceErrors errors_;
  const data::FieldLines& lines_;
};

// What tells a name from others.
std::u32string Distinctive(absl::string_view name, const v1::DuplicateRules& rules) {
  const std::string folded = ids::FoldedText(name);
  std::vector<std::pair<std::string, std::string>> words;
  for (const std::string& word : rules.common_words())
    words.emplace_back(ids::FoldedText(word), "");
  const std::string left = absl::StrReplaceAll(folded, words);
  return Characters(left.empty() ? folded : left);
}

int Edits(const std::u32string& left, const std::u32string& right) {
  std::vector<int> row(right.size() + 1);
  for (size_t j = 0; j < row.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= left.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= right.size(); ++j) {
      const int above = row[j];
      const int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({above + 1, row[j - 1] + 1, replaced});
      diagonal = above;
    }
  }
  return row.back();
}

int Likeness(const std::u32string& left, const std::u32string& right) {
  const int longer = static_cast<int>(std::max(left.size(), right.size()));
  return longer == 0 ? 100 : 100 * (longer - Edits(left, right)) / longer;
}

// The facilities that continue one another have the same root.
class Lines {
 public:
  explicit Lines(const FacilityLinks& links) {
    for (const auto& [facility, predecessor] : links) parents_[Root(facility)] = Root(predecessor);
  }
  bool Joined(const std::string& a, const std::string& b) const { return Root(a) == Root(b); }

 private:
  std::string Root(std::string id) const {
    for (auto found = parents_.find(id); found != parents_.end() && found->second != id;
         found = parents_.find(id)) {
      id = found->second;
    }
    return id;
  }

  absl::flat_hash_map<std::string, std::string> parents_;
};

// Looks for pairs among all sites without comparing each with each.
class Finder {
 public:
  Finder(const std::vector<DuplicateSite>& sites, const FacilityLinks& links,
         const v1::DuplicateRules& rules)
      : sites_(sites), lines_(links), rules_(rules) {
    for (const DuplicateSite& site : sites) names_.push_back(Distinctive(site.name, rules));
  }

  std::vector<DuplicatePair> Find() {
    FindSameUscc();
    FindNear();
    FindSameNameInTown();
    std::vector<DuplicatePair> pairs;
    for (const auto& [key, signs] : found_) {
      const DuplicateSite& first = sites_[key.first];
      const DuplicateSite& second = sites_[key.second];
      pairs.push_back({first.id, second.id, signs, Likeness(names_[key.first], names_[key.second]),
                       Distance(first, second)});
    }
    std::sort(pairs.begin(), pairs.end(), [](const DuplicatePair& a, const DuplicatePair& b) {
      return std::tie(a.first, a.second) < std::tie(b.first, b.second);
    });
    return pairs;
  }

 private:
  using Cell = std::pair<int64_t, int64_t>;

  static absl::optional<int> Distance(const DuplicateSite& a, const DuplicateSite& b) {
    if (!a.point || !b.point) return absl::nullopt;
    return static_cast<int>(std::lround(ids::DistanceMetres(*a.point, *b.point)));
  }

  void Add(size_t a, size_t b, v1::DuplicateSign sign) {
    if (sites_[b].id < sites_[a].id) std::swap(a, b);
    found_[{a, b}].push_back(sign);
  }

  void FindSameUscc() {
    absl::flat_hash_map<std::string, std::vector<size_t>> by_uscc;
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (!sites_[i].uscc.empty()) by_uscc[sites_[i].uscc].push_back(i);
    }
    for (const auto& [uscc, same] : by_uscc) {
      for (size_t i = 0; i < same.size(); ++i) {
        for (size_t j = i + 1; j < same.size(); ++j) {
          if (lines_.Joined(sites_[same[i]].id, sites_[same[j]].id)) continue;
          Add(same[i], same[j], v1::DUPLICATE_SIGN_SAME_USCC);
        }
      }
    }
  }

  // Each site with those before it in the nine cells around its own.
  void FindNear() {
    double north = 0;
    for (const DuplicateSite& site : sites_) {
      if (site.point) north = std::max(north, std::abs(site.point->latitude));
    }
    const double high = rules_.distance_metres() / kMetresPerDegree;
    const double wide = high / std::cos(std::min(north, kNorthmost) * M_PI / 180);
    absl::flat_hash_map<Cell, std::vector<size_t>> cells;
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (!sites_[i].open || !sites_[i].point) continue;
      const auto x = static_cast<int64_t>(std::floor(sites_[i].point->longitude / wide));
      const auto y = static_cast<int64_t>(std::floor(sites_[i].point->latitude / high));
      for (int64_t dx = -1; dx <= 1; ++dx) {
        for (int64_t dy = -1; dy <= 1; ++dy) {
          const auto cell = cells.find({x + dx, y + dy});
          if (cell == cells.end()) continue;
          for (const size_t other : cell->second) CompareNear(other, i);
        }
      }
      cells[{x, y}].push_back(i);
    }
  }

  // Where a point is missing, the street or town stands for the place, and only the same name is near enough.
  void FindSameNameInTown() {
    absl::flat_hash_map<std::pair<std::string, std::u32string>, std::vector<size_t>> groups;
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (sites_[i].open) groups[{sites_[i].division_code, names_[i]}].push_back(i);
    }
    // Each with the one before it: a long row of one name is told without pairing each with each.
    for (const auto& [key, same] : groups) {
      for (size_t i = 1; i < same.size(); ++i) {
        const DuplicateSite& site = sites_[same[i]];
        const DuplicateSite& before = sites_[same[i - 1]];
        if ((site.point && before.point) || lines_.Joined(site.id, before.id)) continue;
        Add(same[i - 1], same[i], v1::DUPLICATE_SIGN_NEAR_NAME_AND_PLACE);
      }
    }
  }

  void CompareNear(size_t a, size_t b) {
    if (ids::DistanceMetres(*sites_[a].point, *sites_[b].point) > rules_.distance_metres()) return;
    if (Likeness(names_[a], names_[b]) < rules_.name_likeness_percent()) return;
    Add(a, b, v1::DUPLICATE_SIGN_NEAR_NAME_AND_PLACE);
  }

  const std::vector<DuplicateSite>& sites_;
  const Lines lines_;
  const v1::DuplicateRules& rules_;
  std::vector<std::u32string> names_;
  absl::flat_hash_map<std::pair<size_t, size_t>, std::vector<v1::DuplicateSign>> found_;
};

}  // namespace

absl::StatusOr<v1::DuplicateRules> ParseDuplicateRules(absl::string_view text,
                                                       absl::string_view file) {
  v1::DuplicateRules rules;
  data::FieldLines lines;
  RETURN_IF_ERROR(data::YamlToProto(text, &rules, file, &lines));
  RETURN_IF_ERROR(RulesChecker(file, lines).Check(rules));
  return rules;
}

absl::StatusOr<v1::DuplicateRules> LoadDuplicateRules(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, data::ReadFile(path));
  return ParseDuplicateRules(text, path);
}

int NameLikeness(absl::string_view left, absl::string_view right, const v1::DuplicateRules& rules) {
  return Likeness(Distinctive(left, rules), Distinctive(right, rules));
}

std::vector<DuplicatePair> FindDuplicates(const std::vector<DuplicateSite>& sites,
                                          const FacilityLinks& links,
                                          const v1::DuplicateRules& rules) {
  return Finder(sites, links, rules).Find();
}

std::string DuplicateName(absl::string_view first, absl::string_view second) {
  return first < second ? absl::StrCat(kPrefix, first, "_", second)
                        : absl::StrCat(kPrefix, second, "_", first);
}

bool SplitDuplicateName(absl::string_view name, std::string* first, std::string* second) {
  if (!absl::ConsumePrefix(&name, kPrefix) || name.size() != 2 * kUuidLength + 1 ||
      name[kUuidLength] != '_') {
    return false;
  }
  *first = std::string(name.substr(0, kUuidLength));
  *second = std::string(name.substr(kUuidLength + 1));
  if (*second < *first) std::swap(*first, *second);
  return IsUuid(*first) && IsUuid(*second) && *first != *second;
}

std::vector<common::v1::Violation> CheckDuplicateDecision(const v1::DecideDuplicateRequest& request,
                                                          absl::string_view first,
                                                          absl::string_view second,
                                                          const RuleContext& context) {
  Findings findings(context, Mode::kReport);
  CheckValue(findings, "verdict", {"判断结论", "verdict"}, request.verdict(),
             v1::DuplicateVerdict_IsValid);
  CheckText(findings, "reason", {"判断理由", "reason"}, request.reason(), kReason);
  const bool same = request.verdict() == v1::DUPLICATE_VERDICT_SAME;
  if (same && request.kept_facility().empty()) {
    findings.Require("kept_facility", {"保留的机构", "kept_facility"});
  } else if (same && request.kept_facility() != FacilityName(first) &&
             request.kept_facility() != FacilityName(second)) {
    findings.Add("kept_facility", "REFERENCE_UNKNOWN", "应为这两家机构之一", "one of the two");
  } else if (!same && !request.kept_facility().empty()) {
    findings.Add("kept_facility", "REFERENCE_UNKNOWN", "不是同一机构的，两家都保留，请留空",
                 "both stay: leave it empty");
  }
  return findings.Take();
}

}  // namespace tuoyu::filing
