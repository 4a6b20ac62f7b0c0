#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

#include "base/fd.h"
#include "component/keys/folder.h"
#include "keys/file_key.h"
#include "keys/opening.h"
#include "keys/wrapping.h"

// What a key file says is nowhere in the memory of the process once the key is open: looked for as the text
// of the file, and as the private number it holds.

namespace gw::keys {
namespace {

constexpr std::size_t kLargestArea = 64u << 20;  // what sanitizers reserve is larger
constexpr std::size_t kNumberAt = 36;            // in PKCS#8 of a P-256 key as openssl writes it

/// Octets of a file turned over, so that looking for them does not find the question.
std::string turned(const std::string& path, std::size_t at, std::size_t size) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    char octet = 0;
    EXPECT_EQ(::pread(file.get(), &octet, 1, static_cast<off_t>(at + i)), 1);
    out += static_cast<char>(~octet);
  }
  return out;
}

struct Area {
  std::size_t from, size;
};

std::vector<Area> own_memory() {
  std::vector<Area> areas;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    std::istringstream fields(line);
    std::size_t from = 0, to = 0;
    char dash = 0;
    std::string access;
    fields >> std::hex >> from >> dash >> to >> access;
    if (access.starts_with("rw") && to - from <= kLargestArea) areas.push_back({from, to - from});
  }
  return areas;
}

bool memory_holds(const std::string& turned_octets) {
  const auto same = [](char here, char wanted) { return here == static_cast<char>(~wanted); };
  std::string copy;
  for (const Area& area : own_memory()) {
    copy.assign(area.size, '\0');
    const iovec to{copy.data(), copy.size()}, from{reinterpret_cast<void*>(area.from), area.size};
    const ssize_t size = ::process_vm_readv(::getpid(), &to, 1, &from, 1, 0);
    const auto end = copy.begin() + std::max<ssize_t>(size, 0);
    const bool found =
        std::search(copy.begin(), end, turned_octets.begin(), turned_octets.end(), same) != end;
    wipe(copy.data(), copy.size());
    if (found) return true;
  }
  return false;
}

Secret content(const std::string& path) {
  std::string text(4096, '\0');
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(::read(file.get(), text.data(), text.size()), 0)));
  return Secret(std::move(text));
}

TEST(MemoryTest, the_text_of_a_plain_key_is_gone_once_it_is_open) {
  const Folder folder;
  const std::string text = folder.path("key.pem"), number = folder.path("key.der");
  ASSERT_EQ(run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + text), 0);
  ASSERT_EQ(run("openssl pkey -in " + text + " -outform DER -out " + number), 0);
  std::optional<Secret> pem = content(text), der = content(number);
  EXPECT_TRUE(memory_holds(turned(text, 80, 24))) << "looking for it does not find what is there";
  EXPECT_TRUE(memory_holds(turned(number, kNumberAt, 32))) << "looking for it does not find what is there";
  der.reset();
  const auto key = open_key(*pem, {});
  ASSERT_TRUE(key) << key.error().to_text();
  pem.reset();
  EXPECT_TRUE((*key)->sign(model::SignatureScheme::ecdsa_sha256, as_bytes("x")));
  EXPECT_FALSE(memory_holds(turned(text, 80, 24)));
  EXPECT_FALSE(memory_holds(turned(number, kNumberAt, 32)));
}

TEST(MemoryTest, the_number_of_an_encrypted_key_never_stands_open) {
  const Folder folder;
  const Secret wrapping(std::string(kLeastWrappingSecret, 'w'));
  const std::string number = folder.path("key.der");
  const auto pem = make_encrypted_key(model::KeyKind::p256, wrapping);
  ASSERT_TRUE(pem);
  const std::string text = folder.write("key.pem", as_bytes(*pem));
  ASSERT_EQ(run("openssl pkey -in " + text + " -passin pass:" + std::string(kLeastWrappingSecret, 'w') +
                " -outform DER -out " + number),
            0);
  const auto key = open_key(content(text), {&wrapping});
  ASSERT_TRUE(key) << key.error().to_text();
  EXPECT_TRUE((*key)->sign(model::SignatureScheme::ecdsa_sha256, as_bytes("x")));
  EXPECT_FALSE(memory_holds(turned(number, kNumberAt, 32)));
}

}  // namespace
}  // namespace gw::keys
