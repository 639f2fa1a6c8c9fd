#!/usr/bin/env bash
# Make sure that Debian packages are there: system_packages.sh run|test|venv|make|<package> ...
# Installs what is missing where that is possible; otherwise names it and fails. It never skips.
set -euo pipefail

run="libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
    libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0"
test="binutils xvfb openbox xdotool poppler-utils gnome-keyring dbus at-spi2-core python3-pyatspi
    fcitx5 fcitx5-pinyin fcitx5-modules imagemagick x11-utils"
venv="python3 python3-venv"
make="make"

is_installed() {
    # Newer releases rename libraries with a t64 ending and provide the old name.
    local name
    for name in "$1" "$1t64"; do
        dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed && return 0
    done
    return 1
}

wanted=""
for group in "$@"; do # a group above, or the name of one package
    case "$group" in
        run | test | venv | make) wanted="$wanted ${!group}" ;;
        *) wanted="$wanted $group" ;;
    esac
done

if ! command -v dpkg-query >/dev/null; then
    echo "This system has no dpkg. Please see to it that what Debian calls these is installed:" $wanted >&2
    exit 0
fi

missing=""
for package in $wanted; do
    is_installed "$package" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! { command -v sudo && sudo -n true; } >/dev/null 2>&1; then
        echo "Missing system packages:$missing" >&2
        echo "Please run: sudo apt-get install$missing" >&2
        exit 1
    fi
    as_root="sudo"
fi

echo "Installing missing system packages:$missing"
$as_root apt-get -qq update || echo "The list of packages could not be renewed; trying with the old one." >&2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null || {
    echo "Could not install:$missing" >&2
    exit 1
}
