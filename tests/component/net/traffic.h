#pragma once

#include <cstdint>
#include <string>

#include "base/fd.h"
#include "model/address.h"

namespace gw::net::tests {

enum class Kind : std::uint8_t { stream, datagram };

model::Endpoint at(const char* address, std::uint16_t port);

/// A socket in a namespace whose maker's account the kernel remembers, as it does for a dialer's.
UniqueFd socket_of(const UniqueFd& in, std::uint32_t account, model::Family family, Kind kind = Kind::stream);
/// One that waits for connections, or is bound if it is of datagrams. May take any address.
UniqueFd listener(const UniqueFd& in, const model::Endpoint& endpoint, Kind kind = Kind::stream);

void bind(const UniqueFd& socket, const model::Endpoint& endpoint);
/// A raw socket of a protocol of IPv6.
UniqueFd raw_socket(const UniqueFd& in, int protocol);
/// Whatever stands in `segment` goes out as TCP, in fragments if it is too large for the link.
void send_tcp_segment(const UniqueFd& in, const model::IpAddress& to, const std::string& segment);

/// What a connection attempt ends in: `refused` is an answer, too.
enum class Outcome : std::uint8_t { connected, refused, silence };
/// Waits for an answer, long if one is expected.
Outcome connect(const UniqueFd& socket, const model::Endpoint& to, bool answer_expected);

bool reaches(const UniqueFd& socket, const model::Endpoint& to);
/// No connection, no reset, nothing.
bool is_silent(const UniqueFd& socket, const model::Endpoint& to);
/// The same with a new socket.
bool reaches(const UniqueFd& from, std::uint32_t account, const model::Endpoint& to);
bool is_silent(const UniqueFd& from, std::uint32_t account, const model::Endpoint& to);

/// The next connection of a listener; fails the test if none comes.
UniqueFd accept(const UniqueFd& listener);
/// Everything until the other end closes.
std::string read_all(const UniqueFd& socket);
/// Does anything come? The first waits long for what is expected, the second briefly for what is not.
bool arrives(const UniqueFd& socket);
bool arrives_soon(const UniqueFd& socket);
/// Sends all of it. False if the socket takes no more.
bool write_all(const UniqueFd& socket, const std::string& bytes);
/// Makes a connected or listening socket a fresh one, as its holder can (architecture 1.2).
void dissolve(const UniqueFd& socket);
/// Sends a datagram of one octet; false if the kernel would not take it.
bool send_datagram(const UniqueFd& from, const model::Endpoint& to);
/// Where the one that waits came from; fails the test if none comes.
model::Endpoint take_datagram(const UniqueFd& waiting);
/// Does a datagram arrive at the waiting socket?
bool datagram_arrives(const UniqueFd& from, const model::Endpoint& to, const UniqueFd& waiting);
/// Does an echo request get an answer?
bool answers_echo(const UniqueFd& in, const char* address);

}  // namespace gw::net::tests
