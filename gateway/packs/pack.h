#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "packs/fact.h"

namespace gw::packs {

enum class Kind : std::uint8_t { guideline, checklist, disclosure, controls };
/// Of an edition.
enum class Standing : std::uint8_t { in_force, superseded, unknown };
/// Who fills in what the box cannot know.
enum class Owner : std::uint8_t { clinic, vendor, carrier, service };
/// How well it is known what a document says.
enum class Grade : std::uint8_t {
  published,  ///< read in a vendor's published paper
  text,       ///< the passage itself was seen
  part,       ///< a part of the passage was seen
  secondary,  ///< out of a source about the document
  memory,     ///< the text was not seen: to be checked before anybody relies on it
  decision,   ///< nobody demands it but us
};

/// What the box cannot know of a row, and who does.
struct Blank {
  std::string name{};
  Owner owner{};
};

/// One item of a document. It has facts or blanks, or both: none is empty.
struct Row {
  std::string id{};       ///< as the document numbers it: "13-6", "II-4", "(9)①(a)"
  std::string heading{};  ///< the document's own, short
  std::string asks{};     ///< in our words
  Grade grade{};
  std::vector<std::string> controls{};  ///< of the catalogue; none if it has none for the row
  std::vector<FactId> answers{};
  std::vector<Blank> blanks{};
};

/// One edition of one document, as far as it is known. GOV-01
struct Pack {
  std::string id{};           ///< "gl-6.0"
  std::uint32_t version = 1;  ///< of the pack, not of the document
  std::string title{};
  Kind kind{};
  std::string edition{};
  std::string date{};  ///< "2023", "2023-05", "2023-05-31" or "unknown"
  Standing standing{};
  std::string standing_says{};  ///< what says so
  Grade standing_grade{};
  Grade grade{};             ///< of what is known of the document as a whole
  std::string supersedes{};  ///< the id of another pack; may be empty
  std::string note{};        ///< what is left out; may be empty
  std::vector<Row> rows{};
};

}  // namespace gw::packs
