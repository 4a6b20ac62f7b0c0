"""The disk as it is delivered: two slots, each a system partition of the firmware and a root; slot b and the box's state are made
later, by the box."""

from __future__ import annotations

from itertools import accumulate

from places import Places
from workshop import ImageError, Workshop

_MIB = 1024 * 1024
_ESP_MIB, _ROOT_MIB = 128, 768
_FIRMWARE_SYSTEM = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"  # UEFI 2.10 13.3.3
_ROOT_X86_64 = "4f68bce3-e8cd-4db1-96e7-fbcaf984b709"
# name, size, type, and its own number, which is the same on every box: firmware/boot/init tells the slot by it
PARTITIONS = (
    ("esp-a", _ESP_MIB, _FIRMWARE_SYSTEM, "5e1c15b0-0000-4000-8000-00000000e50a"),
    ("esp-b", _ESP_MIB, _FIRMWARE_SYSTEM, "5e1c15b0-0000-4000-8000-00000000e50b"),
    ("root-a", _ROOT_MIB, _ROOT_X86_64, "5e1c15b0-0000-4000-8000-00000000f00a"),
    ("root-b", _ROOT_MIB, _ROOT_X86_64, "5e1c15b0-0000-4000-8000-00000000f00b"),
)
_DISK = "5e1c15b0-0000-4000-8000-000000000000"
_SIZE_MIB = 2 + 2 * _ESP_MIB + 2 * _ROOT_MIB


def _starts() -> dict[str, int]:
    """In MiB, behind each other."""
    sizes = [size for _, size, _, _ in PARTITIONS]
    return dict(zip((name for name, *_ in PARTITIONS), accumulate(sizes, initial=1)))


def _table() -> str:
    starts = _starts()
    lines = [f"start={starts[name]}MiB, size={size}MiB, type={kind}, uuid={number}, name={name}" for name, size, kind, number in PARTITIONS]
    return "\n".join(["label: gpt", f"label-id: {_DISK}", *lines]) + "\n"


def assemble(workshop: Workshop, places: Places) -> None:
    """OUT/esp.img and OUT/disk.img."""
    binds = {"/out": places.out}
    _fits(places, "sekisho.efi", _ESP_MIB)
    _fits(places, "root.img", _ROOT_MIB)
    script = """rm -f esp.img disk.img && truncate -s {esp}M esp.img &&
        mkfs.vfat --invariant -i 5e1c15b0 -n SEKISHO esp.img > /dev/null && touch --date=@$SOURCE_DATE_EPOCH sekisho.efi &&
        mmd -i esp.img ::/EFI ::/EFI/BOOT && mcopy -m -i esp.img sekisho.efi ::/EFI/BOOT/BOOTX64.EFI &&
        truncate -s {whole}M disk.img && sfdisk --quiet disk.img < table &&
        dd if=esp.img of=disk.img bs=1M seek={esp_at} conv=notrunc,sparse status=none &&
        dd if=root.img of=disk.img bs=1M seek={root_at} conv=notrunc,sparse status=none && rm table"""
    (places.out / "table").write_text(_table(), encoding="ascii")
    starts = _starts()
    workshop.run("sh", "-c", script.format(esp=_ESP_MIB, whole=_SIZE_MIB, esp_at=starts["esp-a"], root_at=starts["root-a"]),
                 binds=binds, at="/out", TZ="UTC")
    told = workshop.run("sfdisk", "--dump", "/out/disk.img", binds=binds)
    missing = [name for name, *_ in PARTITIONS if f'name="{name}"' not in told]
    if missing:
        raise ImageError(f"the disk's table has no {', '.join(missing)}:\n{told}")


def _fits(places: Places, name: str, most_mib: int) -> None:
    size = (places.out / name).stat().st_size
    if size > most_mib * _MIB:
        raise ImageError(f"{name} has {size} octets and must fit into {most_mib} MiB; firmware/image/disk.py says where")
