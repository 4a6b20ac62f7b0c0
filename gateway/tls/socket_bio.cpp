#include "tls/socket_bio.h"

#include <algorithm>
#include <cstring>

namespace gw::tls {
namespace {

Socket& socket_of(BIO* bio) { return *static_cast<Socket*>(BIO_get_data(bio)); }

int read_socket(BIO* bio, char* into, std::size_t room, std::size_t* size) {
  Socket& socket = socket_of(bio);
  BIO_clear_retry_flags(bio);
  *size = 0;
  if (socket.unread().empty() && !socket.receive()) {
    if (socket.state() == Socket::State::open) BIO_set_retry_read(bio);
    return 0;
  }
  const Bytes unread = socket.unread();
  *size = std::min(room, unread.size());
  std::memcpy(into, unread.data(), *size);
  socket.consume(*size);
  return 1;
}

int write_socket(BIO* bio, const char* from, std::size_t size, std::size_t* written) {
  socket_of(bio).put({reinterpret_cast<const std::uint8_t*>(from), size});
  *written = size;
  return 1;
}

long control(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_FLUSH || command == BIO_CTRL_DUP) return 1;
  return command == BIO_CTRL_EOF && socket_of(bio).state() == Socket::State::ended ? 1 : 0;
}

BIO_METHOD* make_method() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "sekisho socket");
  GW_CHECK(method != nullptr, "out of memory");
  BIO_meth_set_create(method, [](BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
  });
  BIO_meth_set_read_ex(method, read_socket);
  BIO_meth_set_write_ex(method, write_socket);
  BIO_meth_set_ctrl(method, control);
  return method;
}

}  // namespace

BIO* make_socket_bio(Socket& socket) {
  static BIO_METHOD* const method = make_method();
  BIO* bio = BIO_new(method);
  if (bio != nullptr) BIO_set_data(bio, &socket);
  return bio;
}

}  // namespace gw::tls
