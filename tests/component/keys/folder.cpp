#include "component/keys/folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gw::keys {

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "keys-XXXXXX").string();
  EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
  root_ = pattern;
  EXPECT_EQ(::chmod(root_.c_str(), 0711), 0);  // the box's accounts pass through
}

Folder::~Folder() { std::filesystem::remove_all(root_); }

std::string Folder::write(std::string_view name, Bytes content) const {
  std::ofstream(path(name), std::ios::binary)
      .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  return path(name);
}

std::string Folder::read(std::string_view name) const {
  std::ifstream file(path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int run(const std::string& line, std::string* output) {
  std::FILE* pipe = ::popen((line + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return -1;
  std::string said;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
    said.append(buffer.data(), size);
  const int status = ::pclose(pipe);
  if (output != nullptr) *output = said;
  if (status != 0) std::printf("%s\n%s\n", line.c_str(), said.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace gw::keys
