# Shared by gateway/run and tests/run, which source it with $root set: what must be there before anything runs.
# Everything it says goes to standard error.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

need_root() { [ "$(id -u)" = 0 ] || fail "needs root, for network namespaces and packages: sudo $0"; }

# missing_packages PURPOSE...   those of gateway/packages.txt that are not installed
missing_packages() {
  local purpose package
  while read -r purpose package; do
    case " $* " in *" $purpose "*) ;; *) continue ;; esac
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || printf '%s\n' "$package"
  done < <(grep -v '^#' "$root/gateway/packages.txt")
}

# Some of the packages are services that would start at once and listen; here they are programs only.
without_starting_services() (
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  "$@"
)

# apt_install PACKAGE...   nothing at all when none is named
apt_install() {
  [ $# -gt 0 ] || return 0
  say "installing: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  without_starting_services apt-get install -y -qq --no-install-recommends "$@" >&2
}

# install_packages PURPOSE...   by name, and nothing at all when none is missing
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  apt_install "${missing[@]}"
  # Debian's Node.js has npm in a package of its own; of another make it brings npm along and excludes that one.
  case " $* " in *" build "*) command -v npm > /dev/null || apt_install npm ;; esac
}

# quietly LOG COMMAND...   its output is shown only when it fails
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" > "$log" 2>&1 || { tail -n 60 "$log" >&2; fail "\`$*\` failed; all it said is in $log"; }
}

# build PRESET [CMAKE OPTION...]   everything, or with programs_only=yes the product's own programs
build() {
  local preset=$1 tree="$root/build/$1" targets=()
  shift
  say "building ($preset)"
  quietly "$tree/configure.log" cmake -S "$root" --preset "$preset" "$@"
  if [ "${programs_only:-no}" = yes ]; then
    mapfile -t targets < <(ninja -C "$tree" -t targets all | sed -n 's/^\(bin\/sekisho[a-z_-]*\): .*/\1/p')
  fi
  quietly "$tree/build.log" cmake --build "$tree" --parallel "$(nproc)" ${targets:+--target "${targets[@]}"}
}
