#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/verdict_text.h"
#include "model/record.h"
#include "model/record_class.h"

namespace gw::cli {

enum class Format { text, json };

inline constexpr std::string_view kDefaultSocket = "/run/sekisho/control";
/// Where the box keeps its configuration.
inline constexpr std::string_view kDefaultConfiguration = "/etc/sekisho/sekisho.yaml";
/// What records are written as: the chain, which can be verified, or a table.
enum class ExportForm { chain, csv };
/// Which side of a handshake a certificate is shown by.
enum class Side { terminal, cloud };

/// The options of a call and the files it names.
struct Call {
  Format format = Format::text;
  std::string socket{kDefaultSocket};
  std::vector<std::string> files{};
  std::string reason{};       ///< of an act that wants one
  std::string certificate{};  ///< SHA-256 in lower-case hex, of an act on one
  std::string anchors{};      ///< a file of certificates that are trusted
  Side side = Side::terminal;
  std::string host_name{};  ///< that a cloud's certificate must carry
  std::string subject{};    ///< "O=Clinic,CN=ct-1"
  std::string names{};      ///< "URI:urn:x,DNS:a.example,IP:10.1.0.1"
  std::string key_kind = "p256";
  std::string request{};  ///< the file of a terminal's own request
  std::string sheet{};    ///< the file that a sheet to print is written to
  std::string because{};  ///< why a certificate is revoked, a word of RFC 5280
  std::string secret{};   ///< the file of the box's wrapping secret
  model::RecordQuery query{};
  std::uint32_t last = 0;  ///< how many records; zero: as many as are usual
  ExportForm form = ExportForm::chain;
  std::optional<model::RecordClass> record_class{};
  std::optional<std::uint32_t> years{};       ///< zero: for ever
  std::optional<audit::Language> language{};  ///< of the answer; nothing: that of the environment
  std::chrono::seconds within{0};             ///< how long a change waits to be confirmed; zero: as is usual
  std::string signer{};                       ///< SHA-256 in lower-case hex of the key that signs records
};

/// One thing the program does. `files` names its operands, in order; the last may be "[LEFT OUT]".
struct Command {
  std::string_view words;  ///< "config check"
  std::vector<std::string_view> files;
  std::string_view help;
  int (*run)(const Call& call);
};

struct Choice {
  const Command* command = nullptr;
  Call call{};
};

/// What the command line asks for, or a sentence saying why it cannot be understood.
struct Understood {
  std::optional<Choice> choice{};
  std::string complaint{};
};
Understood understand(std::span<const Command> commands, std::span<char* const> arguments);

/// The text of --help.
std::string help(std::span<const Command> commands);

}  // namespace gw::cli
