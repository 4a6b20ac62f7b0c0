#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bundle/redactor.h"
#include "bundle/shelf.h"
#include "control/web_desk.h"

namespace gw::control {

/// What somebody wants in a support file.
struct Wish {
  std::vector<std::string> scopes{};  ///< of collectors.def
  std::uint32_t hours = 24;           ///< of records
  bool strict = false;
};
/// All that there are, once each.
std::vector<std::string> bundle_scopes();

/// A support file while it is collected: a file after the other, and of each a piece at a time, so that
/// nobody else waits (kMostRecordsAtOnce, kMostAnswer). A collector that fails, or is not answered in time,
/// says so and is passed over; it fails as a whole only if the box's names are not to be had, since nothing
/// could be hidden then. One thread.
class Collection {
 public:
  static constexpr std::size_t kMostRecordsAtOnce = 50, kMostRecords = 10'000;
  /// Octets: of an answer as it comes, of one file and of the files together.
  static constexpr std::size_t kMostAnswer = 1u << 20, kMostFile = 2u << 20,
                               kMostTogether = bundle::kMostContent - (1u << 20);

  enum class State : std::uint8_t { waiting, under_way, done, failed };
  struct File {
    std::string_view name{};
    State state = State::waiting;
    std::string text{};
    std::string problem{};  ///< id of an error
  };

  Collection(std::uint64_t number, accounts::Actor actor, Wish wish, CivilTime now);
  Collection(const Collection&) = delete;
  Collection& operator=(const Collection&) = delete;

  std::uint64_t number() const { return number_; }
  const accounts::Actor& actor() const { return actor_; }
  const Wish& wish() const { return wish_; }
  const std::vector<File>& files() const { return files_; }
  const bundle::Pseudonyms& pseudonyms() const { return pseudonyms_; }

  bool is_over() const { return next_ == files_.size(); }
  /// Until when it waits; nothing: it has something to do.
  std::optional<Instant> waits_until() const {
    return errand_ ? std::optional(errand_->until) : std::nullopt;
  }
  /// The next piece. store.*, change.*, config.*: it fails as a whole.
  Result<> step(const WebAround& around);
  /// What came of an errand, if it was its own.
  void told(const ErrandLine::Answer& answer, const WebAround& around);

 private:
  struct Waiting {
    std::uint64_t number = 0;
    Finish finish = nullptr;
    Instant until{};
  };
  Result<> learn(const WebAround& around);
  void collect(const WebAround& around);
  Result<WebAnswer> ask(const WebAround& around, const std::function<Result<WebAnswer>(const WebAsk&)>& what);
  Result<> send(const WebAnswer& answer, const WebAround& around);
  Result<> take(const std::string& json);
  Result<> take_records(const api::JsonTree& tree);
  void end(const Result<>& outcome);
  api::TypedValues values() const;
  std::size_t size() const;

  std::uint64_t number_;
  accounts::Actor actor_;
  Wish wish_;
  CivilTime since_;
  std::vector<File> files_{};
  std::vector<std::size_t> rows_{};  // of collectors.def, beside files_
  std::size_t next_ = 0;
  bool has_names_ = false;
  bundle::Pseudonyms pseudonyms_{};
  bundle::Redactor redactor_;
  std::string configuration_{};  // without its names
  std::optional<Waiting> errand_{};
  std::uint64_t before_ = 0, records_ = 0;  // where records go on; zero: at the newest
};

}  // namespace gw::control
