#include "daemons/supervisor/options.h"

#include <gtest/gtest.h>

namespace gw::supervisor {
namespace {

TEST(Options, a_configuration_is_all_that_is_needed) {
  const Result<Options> options = parse_options({"--config", "a.yaml"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->config, "a.yaml");
  EXPECT_EQ(options->run_dir, "/run/sekisho");
  EXPECT_FALSE(options->here);
}

TEST(Options, each_is_read) {
  const Result<Options> options = parse_options(
      {"--here", "--config", "a.yaml", "--run-dir", "/run/x", "--programs", "/opt", "--packs", "/usr/share/x",
       "--profiles", "/etc/x", "--log", "/var/log/x"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->run_dir, "/run/x");
  EXPECT_EQ(options->programs, "/opt");
  EXPECT_EQ(options->packs, "/usr/share/x");
  EXPECT_EQ(options->profiles, "/etc/x");
  EXPECT_EQ(options->log, "/var/log/x");
  EXPECT_TRUE(options->here);
}

TEST(Options, a_token_has_a_library_and_a_pin) {
  const Result<Options> options =
      parse_options({"--config", "a.yaml", "--token-module", "/usr/lib/x.so", "--token-pin", "/etc/pin",
                     "--token-data", "/var/lib/x", "--token-environment", "X_CONF=/var/lib/x/conf"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->token.module, "/usr/lib/x.so");
  EXPECT_EQ(options->token.pin, "/etc/pin");
  EXPECT_EQ(options->token.data, "/var/lib/x");
  EXPECT_EQ(options->token.environment, "X_CONF=/var/lib/x/conf");
  EXPECT_FALSE(parse_options({"--config", "a.yaml", "--token-module", "/usr/lib/x.so"}));
  EXPECT_FALSE(parse_options({"--config", "a.yaml", "--token-pin", "/etc/pin"}));
  EXPECT_FALSE(parse_options({"--config", "a.yaml", "--token-data", "/var/lib/x"}));
}

TEST(Options, nothing_is_guessed) {
  EXPECT_FALSE(parse_options({}));
  EXPECT_FALSE(parse_options({"--config"}));
  EXPECT_FALSE(parse_options({"--config", "a.yaml", "--no-sandbox"}));
  EXPECT_FALSE(parse_options({"a.yaml"}));
}

}  // namespace
}  // namespace gw::supervisor
