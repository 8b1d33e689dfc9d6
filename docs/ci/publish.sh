#!/bin/sh
# Builds the report in the current folder and, if nothing forbids it, copies the site to FOLDER,
# which a web server shows: publish.sh FOLDER
#
# The site is swapped in whole, so that no reader sees half of it.
set -eu
target="${1:?name the folder that the web server shows}"

rapporteur build --deny warnings

mkdir -p "$(dirname "$target")"
next="$target.next.$$"
trap 'rm -rf "$next"' EXIT
cp -R site "$next"
rm -rf "$target.before"
if [ -e "$target" ]; then mv "$target" "$target.before"; fi
mv "$next" "$target"
echo "published to $target; the site before it is in $target.before"
