#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/node.h"
#include "model/configuration.h"

// The forms a value can take. Each knows how to read itself from text, strictly, and how to write itself so
// that it reads back the same. A refusal's detail says what to write instead; the loader puts the key before
// it.

namespace gw::config {

/// Free words of at most `most` bytes.
template <std::size_t most>
struct Words {
  std::string value{};
  static Result<Words> parse(std::string_view text) {
    if (text.empty() || text.size() > most)
      return Error{ErrorCode::config_value_format, "write 1 to " + std::to_string(most) + " bytes of text"};
    return Words{std::string(text)};
  }
  Node node() const { return {Node::Kind::text, {}, value, {}, {}}; }
};

/// A form that stays text: checked by `Check`, which returns the text to keep.
template <auto Check>
struct Formed {
  std::string value{};
  static Result<Formed> parse(std::string_view text) {
    GW_TRY(std::string kept, Check(text));
    return Formed{std::move(kept)};
  }
  Node node() const { return {Node::Kind::text, {}, value, {}, {}}; }
};

Result<std::string> check_name(std::string_view text);
Result<std::string> check_interface(std::string_view text);
Result<std::string> check_path(std::string_view text);
Result<std::string> check_host_name(std::string_view text);
Result<std::string> check_uri(std::string_view text);
Result<std::string> check_email(std::string_view text);
Result<std::string> check_label(std::string_view text);
Result<std::string> check_url_path(std::string_view text);
/// One line of at most `most` characters that says something.
Result<std::string> check_line(std::string_view text, std::size_t most);

using Name = Formed<check_name>;                ///< a-z, 0-9 and hyphens inside, at most kMaxName
using InterfaceName = Formed<check_interface>;  ///< as the kernel takes it (IFNAMSIZ)
using FilePath = Formed<check_path>;  ///< beneath the configuration's directory, without dots and doubles
using HostName = Formed<check_host_name>;    ///< RFC 1123, kept in lower case; never an address
using Uri = Formed<check_uri>;               ///< RFC 3986: scheme and visible ASCII
using Email = Formed<check_email>;           ///< RFC 5280 4.2.1.6 rfc822Name
using EnrolmentLabel = Formed<check_label>;  ///< RFC 7030 3.2.2: a path segment that is no operation
using UrlPath = Formed<check_url_path>;      ///< RFC 3986 3.3 with its leading slash; no query, no fragment

Result<std::uint32_t> check_number(std::string_view text, std::uint32_t low, std::uint32_t high);

template <std::uint32_t low, std::uint32_t high>
struct Whole {
  std::uint32_t value = low;
  static Result<Whole> parse(std::string_view text) {
    GW_TRY(const std::uint32_t number, check_number(text, low, high));
    return Whole{number};
  }
  Node node() const { return {Node::Kind::number, {}, std::to_string(value), {}, {}}; }
};
using Version = Whole<0, 0xFFFF>;
using Port = Whole<1, 0xFFFF>;
using VlanId = Whole<1, 4094>;
using Cap = Whole<1, 100'000>;
using Generations = Whole<model::Backup::kLeast, model::Backup::kMost>;

using Milliseconds = std::chrono::milliseconds;
/// "15 min": a number, a blank and one of ms, s, min, h, d. `step` is the finest part that counts.
Result<Milliseconds> check_span(std::string_view text, Milliseconds low, Milliseconds high,
                                Milliseconds step);
std::string span_text(Milliseconds span);

template <class Unit, std::int64_t low, std::int64_t high>
struct Span {
  Unit value{low};
  static Result<Span> parse(std::string_view text) {
    GW_TRY(const Milliseconds span, check_span(text, Unit{low}, Unit{high}, Unit{1}));
    return Span{std::chrono::duration_cast<Unit>(span)};
  }
  Node node() const { return {Node::Kind::text, {}, span_text(value), {}, {}}; }
};
using IdleSpan = Span<std::chrono::seconds, 1, 604'800>;
using LifetimeSpan = Span<std::chrono::seconds, 1, 31'622'400>;
using RoundSpan = Span<std::chrono::seconds, model::OperationsCentre::kSoonest.count(),
                       model::OperationsCentre::kLatest.count()>;
using SetUpSpan = Span<std::chrono::milliseconds, 100, 60'000>;

/// "50 per s".
struct Rate {
  std::uint32_t value = 1;
  static Result<Rate> parse(std::string_view text);
  Node node() const;
};

/// "on" or "off"; "true", "yes", "false" and "no" are read as well, because YAML's readers are used to them.
struct Flag {
  bool value = false;
  static Result<Flag> parse(std::string_view text);
  Node node() const;
};

/// An address something can be sent to: neither unspecified nor multicast.
struct Address {
  model::IpAddress value{};
  static Result<Address> parse(std::string_view text);
  Node node() const;
};
/// The address of a network interface, such as 02:5e:00:00:53:01; no group.
struct Mac {
  model::MacAddress value{};
  static Result<Mac> parse(std::string_view text);
  Node node() const;
};
/// An address of the box with its prefix length, such as 10.1.0.1/24.
struct InterfaceAddress {
  model::Prefix value{};
  static Result<InterfaceAddress> parse(std::string_view text);
  Node node() const;
};
/// A network, such as 10.1.0.0/16; a single address needs no length.
struct NetworkPrefix {
  model::Prefix value{};
  static Result<NetworkPrefix> parse(std::string_view text);
  Node node() const;
};
/// Where a name server answers: an address, with a port only if it is not 53.
struct Resolver {
  model::Endpoint value{};
  static Result<Resolver> parse(std::string_view text);
  Node node() const;
};

/// A day, such as 2027-03-31. What is dated works to the end of that day in UTC, so the value is the second
/// after.
struct Date {
  model::CivilSeconds value{0};
  static Result<Date> parse(std::string_view text);
  Node node() const;
};

/// A second, such as 2027-03-31T09:00:00+09:00 (RFC 3339, with its zone and without fractions). Written in
/// UTC.
struct Moment {
  model::CivilSeconds value{0};
  static Result<Moment> parse(std::string_view text);
  Node node() const;
};

/// "02:00-04:00": a part of every day, in Japan.
struct NightWindow {
  model::DailyWindow value{};
  static Result<NightWindow> parse(std::string_view text);
  Node node() const { return {Node::Kind::text, {}, value.to_text(), {}, {}}; }
};

/// "sha256/" and the base64 of 32 octets (RFC 7469 2.4).
struct PinText {
  model::Pin value{};
  static Result<PinText> parse(std::string_view text);
  Node node() const;
};

}  // namespace gw::config
