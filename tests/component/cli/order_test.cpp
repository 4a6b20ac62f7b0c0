// An order is read before it is signed as the box reads it afterwards.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "outcome.h"
#include "unit/orders/draft.h"

namespace gw::cli {
namespace {

using component::Outcome;
using component::run;

const std::string kDigest(64, 'b');

class OrderCheck : public testing::Test {
 protected:
  OrderCheck() {
    std::string pattern = "/tmp/gw-order-check-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~OrderCheck() override { std::filesystem::remove_all(folder_); }

  Outcome check(const orders::Draft& draft, Format format = Format::text) {
    const std::string path = (folder_ / "order").string();
    std::ofstream(path) << draft.text();
    Call call;
    call.files = {path};
    call.format = format;
    return run(order_check, call);
  }
  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  std::filesystem::path folder_;
};

TEST_F(OrderCheck, a_good_one_of_each_kind_is_usable) {
  for (const std::string& wanted :
       {orders::Draft().wanted, std::string("bundle: {scopes: [status]}\n"),
        "update: {version: 2026.12, sha256: " + kDigest + "}\n", std::string("withdraw: {order: other}\n")})
    EXPECT_EQ(check({.wanted = wanted}).code, kOk) << wanted;
}

TEST_F(OrderCheck, one_that_no_box_takes_is_said_with_its_line) {
  const Outcome found = check({.id = "A_1"});
  EXPECT_EQ(found.code, kFailed);
  EXPECT_TRUE(has(found.out, "order.malformed: line 2: ")) << found.out;
  EXPECT_TRUE(has(check({.wanted = "shell: on\n"}, Format::json).out, "\"usable\":false"));
}

TEST_F(OrderCheck, a_configuration_is_read_at_its_line_in_the_order) {
  const std::string head = "change: {base: " + kDigest + "}\n---\n";
  const Outcome found = check({.wanted = head + "version: 1\nsite: north\nnetwrk: {}\n"});
  EXPECT_EQ(found.code, kFailed);
  EXPECT_TRUE(has(found.out, ":11:1: config.key.unknown")) << found.out;
}

}  // namespace
}  // namespace gw::cli
