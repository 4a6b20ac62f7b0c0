#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"
#include "base/language.h"
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
  std::optional<std::uint32_t> years{};   ///< zero: for ever
  Language language = Language::english;  ///< of what is said to people
  std::chrono::seconds within{0};         ///< how long a change waits to be confirmed; zero: as is usual
  bool strict = false;                    ///< a warning fails
  bool part = false;                      ///< a part of evidence is no less whole
  std::string told_as = "pac";            ///< what of a browser's settings
  std::string signer{};                   ///< SHA-256 in lower-case hex of the key that signs records
  std::string signer_file{};              ///< the file of a vendor's public key
  std::string secrets{};                  ///< the file of what is not written on a command line
  std::optional<api::OperationId> operation{};  ///< of the box's API, which is asked for
  /// Of that operation, by its parameters' names; of several each stands in a line.
  std::map<std::string, std::string, std::less<>> values{};
};

}  // namespace gw::cli
