# shellcheck shell=bash disable=SC2154 # root comes from ./dev
# Set-up: brings in the Debian packages a command needs. Sourced by ./dev, which defines root, say and quietly.

package_list=$root/tools/packages.txt

# The packages of the given groups, one a line. One that ends in "?" is left out where its command is there already.
packages_of() {
  local group package
  for group in "$@"; do
    awk -v group="$group" '$1 == group { print $2 }' "$package_list"
  done | while read -r package; do
    if [[ $package != *\? ]]; then
      echo "$package"
    elif ! command -v "${package%\?}" >/dev/null; then
      echo "${package%\?}"
    fi
  done
}

# Those of the given packages that dpkg does not have installed.
not_installed() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
      awk '$2 == "installed" { print $1 }' | sort -u)
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

can_become_root() {
  [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null
}

# Debian's coturn starts a public relay as soon as it is installed. The lab runs its own in a namespace and
# nobody asked for another: a masked unit never starts, neither now nor at boot.
mask_coturn() {
  local unit=/etc/systemd/system/coturn.service
  if [[ -d /etc/systemd/system && ! -e $unit && ! -L $unit ]]; then
    as_root ln -s /dev/null "$unit"
    say "coturn.service is masked: the lab runs its own relay (systemctl unmask coturn undoes it)"
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$@"
}

# set_up GROUP...: afterwards every package of the groups is installed, or we have said what is lacking and left.
set_up() {
  local -a wanted missing
  mapfile -t wanted < <(packages_of "$@")
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is not a Debian system: see to the equivalents of these Debian 12 packages, then use CMake directly"
    say "(cmake --workflow --preset release):" "${wanted[@]}"
    exit 1
  fi
  mapfile -t missing < <(not_installed "${wanted[@]}")
  if [[ ${#missing[@]} -eq 0 ]]; then
    return
  fi
  if ! can_become_root; then
    say "these packages are missing, and installing them needs root (or sudo without a password):"
    say "  ${missing[*]}"
    say "as root, run:  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    exit 1
  fi
  if [[ " ${missing[*]} " == *" coturn "* ]]; then
    mask_coturn
  fi
  quietly "installing ${missing[*]}" apt_install "${missing[@]}"
}
