#include "net/raw_sockets.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace gw::net {
namespace {

template <class Number>
std::optional<Number> number_in(std::string_view text, int base) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> out;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty()) return out;
    const std::size_t end = std::min(line.find(' '), line.size());
    out.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

/// Each word of the address is a number as the machine keeps it.
std::optional<model::IpAddress> address_in(std::string_view text, model::Family family) {
  const std::size_t words = family == model::Family::ipv4 ? 1 : 4;
  if (text.size() != words * 8) return std::nullopt;
  model::IpAddress::Octets octets{};
  for (std::size_t i = 0; i < words; ++i) {
    const auto word = number_in<std::uint32_t>(text.substr(i * 8, 8), 16);
    if (!word) return std::nullopt;
    std::memcpy(octets.data() + i * 4, &*word, sizeof *word);
  }
  return model::IpAddress(family, octets);
}

/// "1: 0100007F:0001 00000000:0000 07 tx:rx tr:when retransmits uid ..": the port is the protocol.
std::optional<Socket> socket_in(std::string_view line, model::Family family) {
  constexpr std::size_t kLocal = 1, kAccount = 7;
  const std::vector<std::string_view> words = words_of(line);
  if (words.size() <= kAccount) return std::nullopt;
  const std::size_t colon = words[kLocal].find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto address = address_in(words[kLocal].substr(0, colon), family);
  const auto protocol = number_in<std::uint16_t>(words[kLocal].substr(colon + 1), 16);
  const auto account = number_in<std::uint32_t>(words[kAccount], 10);
  if (!address || !protocol || !account) return std::nullopt;
  return Socket{SocketKind::raw, {*address, *protocol}, *account};
}

/// A kernel without the family has no such file.
std::string content_of(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::vector<Socket> raw_sockets_in(std::string_view listing, model::Family family) {
  std::vector<Socket> out;
  while (!listing.empty()) {
    const std::size_t end = std::min(listing.find('\n'), listing.size());
    if (const auto socket = socket_in(listing.substr(0, end), family)) out.push_back(*socket);
    listing.remove_prefix(std::min(end + 1, listing.size()));
  }
  return out;
}

std::vector<Socket> read_raw_sockets() {
  std::vector<Socket> out = raw_sockets_in(content_of("/proc/net/raw"), model::Family::ipv4);
  const std::vector<Socket> v6 = raw_sockets_in(content_of("/proc/net/raw6"), model::Family::ipv6);
  out.insert(out.end(), v6.begin(), v6.end());
  return out;
}

}  // namespace gw::net
