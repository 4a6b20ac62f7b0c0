"""How each target is set up. All the same: TLS 1.3, TLS_AES_256_GCM_SHA384, X25519, certificates demanded and
checked on both legs, upstream resumption on, one core."""

from __future__ import annotations

import os
import resource
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from .processes import Trouble, pinned, start_detached

HERE = Path(__file__).resolve().parent

HAPROXY = """
global
    nbthread 1
    maxconn {sessions}
    ssl-server-verify required
    ssl-default-bind-options ssl-min-ver TLSv1.3
    ssl-default-bind-ciphersuites TLS_AES_256_GCM_SHA384
    ssl-default-bind-curves X25519
    ssl-default-server-options ssl-min-ver TLSv1.3
    ssl-default-server-ciphersuites TLS_AES_256_GCM_SHA384
defaults
    mode tcp
    maxconn {sessions}
    backlog 4096
    timeout connect 5s
    timeout client 1h
    timeout server 1h
listen box
    bind {listen} ssl crt {certs}/server-bundle.pem ca-file {certs}/ca.pem verify required
    server cloud {upstream} ssl crt {certs}/upstream-bundle.pem ca-file {certs}/ca.pem verify required verifyhost backend.bench sni str(backend.bench)
"""

NGINX = """
load_module {modules}/ngx_stream_module.so;
daemon off;
worker_processes 1;
user root;
pid {work}/nginx.pid;
error_log {work}/error.log crit;
events {{ worker_connections {connections}; multi_accept on; use epoll; }}
stream {{
    access_log off;
    tcp_nodelay on;
    server {{
        listen {listen} ssl backlog=4096;
        ssl_certificate {certs}/server.pem;
        ssl_certificate_key {certs}/server.key;
        ssl_client_certificate {certs}/ca.pem;
        ssl_verify_client on;
        ssl_protocols TLSv1.3;
        ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;
        ssl_ecdh_curve X25519;
        proxy_pass {upstream};
        proxy_connect_timeout 5s;
        proxy_timeout 1h;
        proxy_ssl on;
        proxy_ssl_certificate {certs}/upstream.pem;
        proxy_ssl_certificate_key {certs}/upstream.key;
        proxy_ssl_trusted_certificate {certs}/ca.pem;
        proxy_ssl_verify on;
        proxy_ssl_name backend.bench;
        proxy_ssl_server_name on;
        proxy_ssl_session_reuse on;
        proxy_ssl_protocols TLSv1.3;
        proxy_ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;
    }}
}}
"""


@dataclass(frozen=True)
class Place:
    """Where a target stands."""

    listen: str
    upstream: str
    certs: Path
    work: Path
    cpu: int
    programs: Path
    settings: dict[str, str] = field(default_factory=dict)  # of the box: BENCH_TENANTS and the like

    @property
    def log(self) -> Path:
        return self.work / "log"


def _descriptors() -> int:
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def _fill(template: str, place: Place, **more: object) -> str:
    return template.format(listen=place.listen, upstream=place.upstream, certs=place.certs, work=place.work, **more)


def start_haproxy(place: Place) -> int:
    config = place.work / "haproxy.cfg"
    config.write_text(_fill(HAPROXY, place, sessions=_descriptors() // 2 - 200))
    return start_detached(pinned(place.cpu, "haproxy", "-db", "-f", str(config)), place.log)


def _nginx_modules() -> str:
    told = subprocess.run(["nginx", "-V"], capture_output=True, text=True, check=True).stderr
    for word in told.split():
        if word.startswith("--modules-path="):
            return word.split("=", 1)[1]
    raise Trouble("nginx does not say where its modules are")


def start_nginx(place: Place) -> int:
    config = place.work / "nginx.conf"
    config.write_text(_fill(NGINX, place, modules=_nginx_modules(), connections=_descriptors() - 200))
    command = ["nginx", "-p", str(place.work), "-e", str(place.work / "error.log"), "-c", str(config)]
    return start_detached(pinned(place.cpu, *command), place.log)


def start_box(place: Place) -> int:
    environment = dict(os.environ, BENCH_LISTEN=place.listen, BENCH_UPSTREAM=place.upstream, BENCH_PROFILE="HIGH-13",
                       BENCH_CERTS=str(place.certs), BENCH_WORK=str(place.work), BENCH_CPU=str(place.cpu),
                       GW_PROGRAMS=str(place.programs)) | place.settings
    started = subprocess.run([str(HERE.parent / "start_gateway.sh")], env=environment, stdout=subprocess.PIPE,
                             text=True, check=True)
    return int(started.stdout.split()[-1])


STARTS = {"sekisho": start_box, "haproxy": start_haproxy, "nginx": start_nginx}
