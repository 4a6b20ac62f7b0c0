#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/layout.h"

namespace gw::model {

/// How the box is, in a word for its lights (decisions/0068).
enum class BoxCondition : std::uint8_t {
  starting,           ///< not every process has the configuration in force yet
  serving,            ///< all is well, as far as is known
  cloud_unreachable,  ///< the box is well, and a way to a cloud is not
  needs_attention,    ///< somebody has to see to the box itself
  on_trial,           ///< a new image has its one start (UPD-01)
};
/// What the supervisor leaves for sekisho-panel, every two seconds.
struct ConditionSign {
  BoxCondition condition = BoxCondition::starting;
  std::chrono::milliseconds at{0};  ///< since the machine's start
};

/// What is measured on the board itself.
struct BoardReading {
  enum class Kind : std::uint8_t { temperature, fan, disk_wear };

  Kind kind{};
  std::string name{};
  std::uint32_t value = 0;  ///< degrees Celsius, turns a minute, per cent of its life
  bool is_well = true;      ///< within what the board's profile says
};
/// A socket for a cable. Its name is the interface's.
struct BoardSocket {
  std::string name{};
  std::string label{};  ///< as it is printed on the case
};
/// What sekisho-panel leaves for the supervisor, every ten seconds; until there is one, sekisho-board what of
/// it stays as it is.
struct BoardState {
  enum class Button : std::uint8_t {
    none,       ///< its profile has none
    unwatched,  ///< its profile has one, and nobody would see it pressed: no panel is there, or no such
                ///< device
    watched,
  };

  std::string board{};  ///< name of its profile; empty: an unknown board, of which nothing is known
  std::vector<BoardReading> readings{};
  std::string title{};  ///< what people call it
  std::string tried{};  ///< the day on which its profile was held against a real one; empty: never
  std::vector<BoardSocket> sockets{};
  std::vector<std::string> differences{};  ///< from the profile, as sekisho-board found them last
  Button button = Button::none;
  // Since the machine's start.
  std::chrono::milliseconds told{0};  ///< when this was told
  std::chrono::milliseconds pressed{
      0};  ///< when a hand began that held the button for some seconds; zero: none
};

inline constexpr std::size_t kMostReadings = 20, kMostReadingName = 63, kMostSockets = 16,
                             kMostDifferences = 12, kMostBoardText = 128;
inline constexpr const char* kConditionFile = "/condition";  ///< beneath the supervisor's run folder
inline constexpr const char* kBoardFile = "/board";          ///< likewise
std::string_view to_string(BoardReading::Kind kind);
/// "processor 96 C", "case 320 rpm", "mmcblk0 80 %".
std::string to_text(const BoardReading& reading);

template <class Io>
void visit(Io& io, ConditionSign& s) {
  io.choice(s.condition, BoxCondition::on_trial);
  io.field(s.at);
}
template <class Io>
void visit(Io& io, BoardReading& r) {
  io.choice(r.kind, BoardReading::Kind::disk_wear);
  io.text(r.name, kMostReadingName);
  io.field(r.value);
  io.field(r.is_well);
}
template <class Io>
void visit(Io& io, BoardSocket& s) {
  io.text(s.name, kMostReadingName);
  io.text(s.label, kMostBoardText);
}
template <class Io>
void visit(Io& io, BoardState& s) {
  io.text(s.board, kMostReadingName);
  io.list(s.readings, kMostReadings);
  io.text(s.title, kMostBoardText);
  io.text(s.tried, kMostReadingName);
  io.list(s.sockets, kMostSockets);
  texts(io, s.differences, kMostDifferences, kMostBoardText);
  io.choice(s.button, BoardState::Button::watched);
  io.field(s.told);
  io.field(s.pressed);
}

}  // namespace gw::model
