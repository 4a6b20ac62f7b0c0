#include <cstdio>

#include "sys/seccomp.h"

namespace gw::sys::seccomp {
namespace {

std::string hexadecimal(std::uint32_t number) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%x", number);
  return text;
}

std::string to_text(const Condition& c) {
  const std::string argument = "argument " + std::to_string(c.argument + 1);
  if (c.kind == Condition::Kind::own_pid) return argument + " is the process itself";
  if (c.kind == Condition::Kind::upper_half) return argument + " has nothing in its upper half";
  if (c.mask == ~0u) return argument + " is " + hexadecimal(c.value);
  if (c.value == 0) return argument + " without " + hexadecimal(c.mask);
  return argument + " but for " + hexadecimal(~c.mask) + " is " + hexadecimal(c.value);
}

std::string to_text(const Row& row) {
  std::string out = "  " + std::string(row.name);
  const char* joint = " if ";
  for (const Condition& c : row.when) {
    if (c.kind == Condition::Kind::none) continue;
    out += joint + to_text(c);
    joint = " and ";
  }
  if (row.verdict == Verdict::refused) out += ", refused";
  return out + ": " + row.reason + "\n";
}

}  // namespace

std::string to_text() {
  std::string out = "Calls each process may make; any other kills it.\n";
  for (const Filter filter : kFilters) {
    out += "\n" + std::string(name_of(filter)) + "\n";
    for (const Rows rows : tables_of(filter))
      for (const Row& row : rows) out += to_text(row);
  }
  return out;
}

}  // namespace gw::sys::seccomp
