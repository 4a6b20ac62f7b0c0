#include "secret_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/secret.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr std::size_t kSecretSize = 32;

Result<> make_secret(const std::string& folder, const std::string& name) {
  std::array<std::uint8_t, kSecretSize> secret;
  if (::getrandom(secret.data(), secret.size(), 0) != static_cast<ssize_t>(secret.size()))
    return system_error("getrandom");
  const Result<> written = sys::write_durably(folder, name, secret);
  wipe(secret.data(), secret.size());
  return written;
}

}  // namespace

Result<UniqueFd> open_secret(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) GW_TRY(make_secret(folder, name));
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd) return system_error("open(" + path + ")");
  return fd;
}

}  // namespace gw::supervisor
