#include "slot/boot_entries.h"

#include <gmock/gmock.h>

namespace gw::slot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(BootEntries, ours_are_told_from_the_boards_own_and_stand_in_the_firmwares_order) {
  const BootEntries read = read_entries(
      "BootCurrent: 0007\nBootNext: 0006\nTimeout: 0 seconds\nBootOrder: 0007,0001,0006,0000\n"
      "Boot0000* UiApp\tFvVol(7cb8bdc9)/FvFile(462caa21)\n"
      "Boot0001* UEFI Misc Device\tPciRoot(0x0)/Pci(0x2,0x0)\n"
      "Boot0006* sekisho-b\tHD(2,GPT,5e1c15b0)/File(\\EFI\\BOOT\\BOOTX64.EFI)\n"
      "Boot0007* sekisho-a\tHD(1,GPT,5e1c15b0)/File(\\EFI\\BOOT\\BOOTX64.EFI)\n");
  EXPECT_THAT(read.order, ElementsAre(Slot::a, Slot::b));
  EXPECT_THAT(read.known, UnorderedElementsAre(Slot::a, Slot::b));
  EXPECT_EQ(read.first(), Slot::a);
  EXPECT_TRUE(read.has_next);
}

TEST(BootEntries, slot_that_the_order_does_not_name_is_known_all_the_same) {
  const BootEntries read =
      read_entries("BootOrder: 0007\nBoot0006  sekisho-b\tHD(2)\nBoot0007* sekisho-a\tHD(1)\n");
  EXPECT_THAT(read.order, ElementsAre(Slot::a));
  EXPECT_TRUE(read.has(Slot::b));
  EXPECT_FALSE(read.has_next);
}

TEST(BootEntries, fresh_board_knows_neither) {
  for (const char* text : {"", "BootOrder: 0000\nBoot0000* UiApp\tFvVol()\n",
                           "No BootOrder is set; firmware will attempt recovery\n"}) {
    EXPECT_THAT(read_entries(text).known, IsEmpty()) << text;
    EXPECT_FALSE(read_entries(text).first()) << text;
  }
}

TEST(BootEntries, what_is_only_like_an_entry_is_none) {
  for (const char* line :
       {"Boot0006* sekisho-ab\tHD(2)", "Boot0006* sekisho\tHD(2)", "Boot000x* sekisho-a\tHD(1)",
        "Boot0006*sekisho-a", "Boot0006", "xBoot0006* sekisho-a\tHD(1)", "Boot0006* my sekisho-a\tHD(1)"})
    EXPECT_THAT(read_entries(std::string("BootOrder: 0006\n") + line + "\n").known, IsEmpty()) << line;
  EXPECT_THAT(read_entries("BootOrder: 0006\nBoot0006* sekisho-a").known, ElementsAre(Slot::a))
      << "without what it starts, too";
}

}  // namespace
}  // namespace gw::slot
