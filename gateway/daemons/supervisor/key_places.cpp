#include "key_places.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ipc/inherited.h"
#include "secret_file.h"

namespace gw::supervisor {
namespace {

constexpr const char* kSecretFile = "wrapping.secret";
constexpr const char* kManagedTpm = "/dev/tpmrm0";

UniqueFd call(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return {};
  path.copy(address.sun_path, path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
  return fd;
}

UniqueFd open_tpm(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return {};
  if (S_ISSOCK(found.st_mode)) return call(path);
  return UniqueFd(::open(path.c_str(), O_RDWR | O_CLOEXEC));
}

}  // namespace

KeyPlaces::KeyPlaces(const Premises& premises, const Options& options)
    : state_folder_(options.state_dir),
      tpm_(options.tpm.empty() ? kManagedTpm : options.tpm),
      token_(premises, options) {}

std::vector<sys::Placed> KeyPlaces::Handed::placed() const {
  std::vector<sys::Placed> out{{wrapping_secret.get(), ipc::kInputFd}};
  if (tpm) out.push_back({tpm.get(), ipc::kSecondInputFd});
  if (token) out.push_back({token.get(), ipc::kThirdInputFd});
  return out;
}

Result<KeyPlaces::Handed> KeyPlaces::open() {
  Handed handed;
  GW_TRY(handed.wrapping_secret, open_secret(state_folder_, kSecretFile));
  handed.tpm = open_tpm(tpm_);
  handed.token = token_.start();
  return handed;
}

}  // namespace gw::supervisor
