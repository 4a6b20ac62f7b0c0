// A configuration that was backed up compiles to the very same thing (BAK-01).

#include "backup/configuration_parts.h"

#include <gmock/gmock.h>

#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

config::Sources sources() {
  return {"version: 1\n",
          {{"pki/terminal-ca.pem", octets_of("one")},
           {"../elsewhere/ü x.pem", {}},
           {"/etc/list.crl", Octets(70, 0)}}};
}

TEST(ConfigurationPartsTest, whatever_its_files_are_called_they_come_back) {
  const auto parts = parts_of(sources());
  ASSERT_TRUE(parts);
  for (const Part& part : *parts) EXPECT_TRUE(is_part_name(part.name)) << part.name;
  const auto back = sources_in(*parts);
  ASSERT_TRUE(back) << back.error().to_text();
  EXPECT_EQ(encode(*back), encode(sources()));
}

TEST(ConfigurationPartsTest, a_path_of_two_lines_is_refused) {
  config::Sources odd = sources();
  odd.files[0].path = "a\nb";
  EXPECT_EQ(parts_of(odd).error().code, ErrorCode::backup_part_unsuitable);
}

TEST(ConfigurationPartsTest, a_part_too_few_or_too_many_is_no_configuration) {
  const auto parts = *parts_of(sources());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto fewer = parts;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(sources_in(fewer)) << parts[i].name;
  }
  auto more = parts;
  more.push_back({"configuration/files/00003", {}});
  EXPECT_FALSE(sources_in(more));
  more.back().name = "accounts/accounts";
  EXPECT_TRUE(sources_in(more));
}

}  // namespace
}  // namespace gw::backup
