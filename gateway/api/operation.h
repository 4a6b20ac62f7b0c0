#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "accounts/permissions.h"
#include "api/answer.h"

namespace gw::api {

/// Beneath which all paths stand.
inline constexpr std::string_view kRoot = "/api/v1";
/// Where a WebSocket is opened, by which a page has GETs asked over and over. webd's own.
inline constexpr std::string_view kLivePath = "/live";

/// What may be asked of the box over HTTPS (operations.def): the one contract of whoever asks, of webd, which
/// reads what is asked, and of controld, which answers.
enum class OperationId : std::uint16_t {
#define GW_API(name, id, method, path, access, answer, status, repeats, summary) name,
#define GW_API_TAKES(operation, name, place, type, low, high, need)
#include "api/operations.def"
#undef GW_API
#undef GW_API_TAKES
};
inline constexpr std::size_t kOperations = 0
#define GW_API(name, id, method, path, access, answer, status, repeats, summary) +1
#define GW_API_TAKES(operation, name, place, type, low, high, need)
#include "api/operations.def"
#undef GW_API
#undef GW_API_TAKES
    ;

enum class Method : std::uint8_t { GET, POST, PUT, DELETE };
enum class Place : std::uint8_t { path, query, body };
enum class Type : std::uint8_t {
  text,
  secret,
  name,
  number,
  flag,
  time,
  digest,
  role,
  document,  ///< text of many lines
  texts,     ///< a list of texts
  files,     ///< documents by their paths: each path, and its document behind it
};
enum class Need : std::uint8_t { required, optional };
enum class Repeats : std::uint8_t { free, once };

/// Who may ask, by his role (ADM-06). Whether this one may do it to that one is decided where the act is.
struct Access {
  enum class Kind : std::uint8_t { anyone, session, right };
  Kind kind = Kind::anyone;
  accounts::Operation right{};
  accounts::Operation other{};  ///< the same as `right` if there is one only

  bool lets(accounts::Role role) const;
};

/// One value that an operation takes.
struct Parameter {
  OperationId operation;
  std::string_view name;
  Place place;
  Type type;
  std::uint64_t low, high;  ///< octets of a text, bounds of a number, or how many texts or files
  Need need;

  bool is_secret() const { return type == Type::secret; }
};

struct Operation {
  OperationId id;
  std::string_view name;  ///< stable id
  Method method;
  std::string_view path;  ///< beneath kRoot, with "{parameter}" as whole segments
  Access access;
  AnswerId answer;
  unsigned status;  ///< when it went well
  Repeats repeats;
  std::string_view summary;
};

/// A page may ask for it over and over: it changes nothing, and is nobody's way in.
bool may_be_watched(const Operation& row);

const Operation& operation(OperationId id);
std::span<const Operation> operations();
/// In the order in which their values travel.
std::span<const Parameter> parameters_of(OperationId id);
/// May its body be longer than others are?
bool takes_documents(OperationId id);
/// By its number in a message; nothing if there is none.
std::optional<OperationId> parse_operation(std::uint16_t number);

std::string_view to_string(Method method);
std::optional<Method> parse_method(std::string_view text);

}  // namespace gw::api
