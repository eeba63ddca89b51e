#!/usr/bin/env bash
# Compiles dateline-nlp for 64-bit ARM and runs its tests in an emulator, so that the NEON kernel is held to the
# same table as the others on a machine that has none.
#
#     crates/dateline-nlp/tests/neon.sh                     # the kernels and networks
#     crates/dateline-nlp/tests/neon.sh --test english      # the model against what spaCy sees; takes minutes
#
# Needs Debian's packages rustc-web, gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user; the standard library
# for ARM is fetched with apt into target/neon and changes nothing on the system.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work="$PWD/target/neon"
sysroot="$work/usr"
if [ ! -d "$sysroot/lib/rustlib/aarch64-unknown-linux-gnu" ]; then
  mkdir -p "$work/lists/partial"
  apt="apt-get -q -o Dir::State::Lists=$work/lists -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o APT::Architectures=amd64,arm64 -o APT::Architectures::=arm64"
  $apt update
  (cd "$work" && $apt download libstd-rust-web-dev:arm64 && dpkg -x libstd-rust-web-dev_*_arm64.deb .)
fi
export RUSTC=/usr/bin/rustc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS="--sysroot $sysroot"
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -L /usr/aarch64-linux-gnu"
if [ $# -eq 0 ]; then set -- --lib network; fi
cargo test --release -p dateline-nlp --target aarch64-unknown-linux-gnu --target-dir "$work/target" "$@"
