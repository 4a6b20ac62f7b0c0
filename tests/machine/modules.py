"""What the machine's kernel loads before the first test, and for whom. A test that needs another module adds a row."""

from __future__ import annotations

# (module, why); what a module needs comes by itself
MODULES = (
    ("virtio_pci", "the machine's devices"),
    ("9pnet_virtio", "files of the host"),
    ("9p", "files of the host"),
    ("crc32c_generic", "libcrc32c asks for it by what it does, not by its name"),
    ("8021q", "VLANs"),
    ("bridge", "several ports that are one segment"),
    ("br_netfilter", "what a bridge passes on meets the forward rules, too"),
    ("veth", "the tests' cables"),
    ("dummy", "interfaces without a cable"),
    ("macvlan", "interfaces that share a cable"),
    ("nf_tables", "the box's rules"),
    ("nft_ct", "rules about flows"),
    ("nft_connlimit", "rules about numbers of flows"),
    ("nft_fib_inet", "rules about where a source lives"),
    ("nft_limit", "rules about rates"),
    ("nft_log", "rules that tell"),
    ("nft_reject_inet", "rules that answer"),
    ("nft_nat", "rules of a test's neighbours"),
    ("nft_masq", "rules of a test's neighbours"),
    ("nfnetlink_log", "refused packets are told"),
    ("nf_conntrack_netlink", "flows are listed"),
    ("inet_diag", "sockets are listed"),
    ("tcp_diag", "sockets are listed"),
    ("udp_diag", "sockets are listed"),
    ("unix_diag", "sockets are listed"),
    ("af_packet_diag", "sockets are listed"),
    ("sch_netem", "slow cables"),
    ("tls", "the kernel's own TLS"),
    ("aesni_intel", "the cipher of the kernel's own TLS"),
)
