#include "erase/tpm.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "base/fd.h"
#include "base/text.h"

namespace gw::erase {
namespace {

// TPM_ST_SESSIONS, 27 octets, TPM_CC_Clear; TPM_RH_LOCKOUT; 9 octets: TPM_RS_PW, no nonce, no attribute, no
// word
constexpr std::array<std::uint8_t, 27> kClear{
    0x80, 0x02, 0, 0, 0, 27, 0, 0, 0x01, 0x26, 0x40, 0, 0, 0x0a, 0, 0, 0, 9, 0x40, 0, 0, 0x09, 0, 0, 0, 0, 0};
constexpr std::size_t kAnswerHead = 10, kCodeAt = 6;

Result<UniqueFd> open_line(const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return system_error("stat(" + path + ")");
  if (!S_ISSOCK(file.st_mode)) {
    UniqueFd device(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (!device) return system_error("open(" + path + ")");
    return device;
  }
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Error{ErrorCode::file_unreadable, path + " is too long a name for a socket"};
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!line || ::connect(line.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return system_error("connect(" + path + ")");
  return line;
}

}  // namespace

Result<> clear_tpm(const std::string& path, std::chrono::milliseconds patience) {
  GW_TRY(const UniqueFd line, open_line(path));
  if (::write(line.get(), kClear.data(), kClear.size()) != static_cast<ssize_t>(kClear.size()))
    return system_error("write(" + path + ")");
  pollfd heard{.fd = line.get(), .events = POLLIN, .revents = 0};
  if (::poll(&heard, 1, static_cast<int>(patience.count())) == 0)
    return Error{ErrorCode::status_unavailable, "the TPM does not answer (" + path + ")"};
  std::array<std::uint8_t, 4096> answer{};
  if (::read(line.get(), answer.data(), answer.size()) < static_cast<ssize_t>(kAnswerHead))
    return system_error("read(" + path + ")");
  const Bytes code(answer.data() + kCodeAt, 4);
  if (to_hex(code) == "00000000") return Done{};
  return Error{ErrorCode::system_call_failed, "the TPM refuses to be cleared: 0x" + to_hex(code)};
}

}  // namespace gw::erase
