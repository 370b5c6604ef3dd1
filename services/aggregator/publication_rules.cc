#include "services/aggregator/publication_rules.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <optional>

namespace tuoyu::aggregator {
namespace {

bool AnyFew(const Counts& counts, int below) {
  return std::any_of(counts.begin(), counts.end(),
                     [&](int64_t count) { return count != 0 && std::abs(count) < below; });
}

void Add(const Counts& added, int64_t sign, Counts* counts) {
  for (size_t i = 0; i < counts->size(); ++i) (*counts)[i] += sign * added[i];
}

Counts Difference(Counts a, const Counts& b) {
  Add(b, -1, &a);
  return a;
}

// The parts of all days, numbered, and what they count; those that are none on a day count nothing.
class Table {
 public:
  explicit Table(const std::vector<CountedDay>& days) : days_(days) {
    Parts codes;
    for (const CountedDay& day : days) {
      for (const auto& [code, counts] : day.parts) codes.insert(code);
    }
    codes_.assign(codes.begin(), codes.end());
    for (const CountedDay& day : days) {
      std::vector<Counts>& row = counts_.emplace_back(size(), Counts(day.whole.size()));
      for (size_t part = 0; part < size(); ++part) {
        const auto found = day.parts.find(codes_[part]);
        if (found != day.parts.end()) row[part] = found->second;
      }
      // What is in the whole but in none of its parts.
      Counts& rest = rests_.emplace_back(day.whole);
      for (const Counts& counts : row) Add(counts, -1, &rest);
    }
  }

  size_t size() const { return codes_.size(); }
  int64_t code(size_t part) const { return codes_[part]; }
  bool Has(size_t day, size_t part) const { return days_[day].parts.contains(codes_[part]); }
  const Counts& At(size_t day, size_t part) const { return counts_[day][part]; }
  const Counts& Rest(size_t day) const { return rests_[day]; }
  int64_t Total(size_t day, size_t part) const {
    return std::accumulate(At(day, part).begin(), At(day, part).end(), int64_t{0});
  }

 private:
  const std::vector<CountedDay>& days_;
  std::vector<int64_t> codes_;
  std::vector<std::vector<Counts>> counts_;  // by day and part
  std::vector<Counts> rests_;
};

using Hidden = std::vector<bool>;  // by part

// What parts of which any is withheld, today or on an earlier day, tell together by a difference of the two days.
struct Move {
  Counts difference;
  bool any = false;    // whether any is withheld
  int told_today = 0;  // parts of today that are not among them
  int told_then = 0;
};

// One day as it is decided, after those in `earlier`.
class Decision {
 public:
  Decision(const Table& table, const std::vector<Hidden>& earlier, int below)
      : table_(table),
        earlier_(earlier),
        below_(below),
        today_(earlier.size()),
        hidden_(table.size()),
        together_(table.Rest(today_)) {
    for (size_t part = 0; part < table_.size(); ++part) told_ += table_.Has(today_, part) ? 1 : 0;
    for (size_t day = 0; day < today_; ++day) moves_.push_back(MoveSince(day));
  }

  Hidden Decide() {
    for (size_t part = 0; part < table_.size(); ++part) {
      if (table_.Has(today_, part) && TellsByItself(part)) Hide(part);
    }
    while (TellTogether()) {
      const std::optional<size_t> part = Least();
      if (!part) break;
      Hide(*part);
    }
    return hidden_;
  }

 private:
  Move MoveSince(size_t day) const {
    Move move;
    move.difference = Difference(table_.Rest(today_), table_.Rest(day));
    for (size_t part = 0; part < table_.size(); ++part) {
      if (earlier_[day][part]) {
        Include(day, part, &move);
      } else {
        move.told_today += table_.Has(today_, part) ? 1 : 0;
        move.told_then += table_.Has(day, part) ? 1 : 0;
      }
    }
    return move;
  }
  void Include(size_t day, size_t part, Move* move) const {
    Add(table_.At(today_, part), 1, &move->difference);
    Add(table_.At(day, part), -1, &move->difference);
    move->any = true;
  }

  void Hide(size_t part) {
    hidden_[part] = true;
    ++withheld_;
    --told_;
    Add(table_.At(today_, part), 1, &together_);
    if (table_.Total(today_, part) > 0) ++that_count_;
    for (size_t day = 0; day < today_; ++day) {
      if (earlier_[day][part]) continue;
      Include(day, part, &moves_[day]);
      --moves_[day].told_today;
      moves_[day].told_then -= table_.Has(day, part) ? 1 : 0;
    }
  }

  // Whether the part's number is few, or differs by few from one it told.
  bool TellsByItself(size_t part) const {
    const Counts& counts = table_.At(today_, part);
    if (AnyFew(counts, below_)) return true;
    for (size_t day = 0; day < today_; ++day) {
      if (earlier_[day][part] || !table_.Has(day, part)) continue;
      if (AnyFew(Difference(counts, table_.At(day, part)), below_)) return true;
    }
    return false;
  }

  bool TellTogether() const {
    if (told_ == 0) return false;
    if (withheld_ > 0 && (that_count_ < 2 || AnyFew(together_, below_))) return true;
    return std::any_of(moves_.begin(), moves_.end(), [&](const Move& move) {
      return move.any && move.told_today + move.told_then > 0 && AnyFew(move.difference, below_);
    });
  }

  // The part to withhold next: of those that count anyone the one with the least, else any.
  std::optional<size_t> Least() const {
    std::optional<size_t> least;
    int64_t least_total = 0;
    for (size_t part = 0; part < table_.size(); ++part) {
      if (hidden_[part] || !table_.Has(today_, part)) continue;
      const int64_t total = table_.Total(today_, part);
      if (least && (total == 0 || (least_total > 0 && total >= least_total))) continue;
      least = part;
      least_total = total;
    }
    return least;
  }

  const Table& table_;
  const std::vector<Hidden>& earlier_;
  const int below_;
  const size_t today_;
  Hidden hidden_;
  Counts together_;          // what is withheld comes to
  int withheld_ = 0;         // parts withheld
  int that_count_ = 0;       // of them, those that count anyone
  int told_ = 0;             // parts told
  std::vector<Move> moves_;  // since each of the earlier days
};

}  // namespace

std::vector<Parts> WithheldParts(const std::vector<CountedDay>& days, int below) {
  const Table table(days);
  std::vector<Hidden> decided;
  std::vector<Parts> withheld;
  for (size_t day = 0; day < days.size(); ++day) {
    decided.push_back(Decision(table, decided, below).Decide());
    Parts& parts = withheld.emplace_back();
    for (size_t part = 0; part < table.size(); ++part) {
      if (decided.back()[part]) parts.insert(table.code(part));
    }
  }
  return withheld;
}

}  // namespace tuoyu::aggregator
