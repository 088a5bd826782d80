#!/usr/bin/env bash
# Runs the demo's check in a copy of this repository that lies in a folder only its user may enter, with a blank and an umlaut in its name.
# The copy has the packages of this one, as hard links, and nothing else that git ignores.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d "${TMPDIR:-/tmp}/privacy check ü XXXXXX")
chmod 700 "$folder"
trap 'rm -rf -- "$folder"' EXIT
copy="$folder/a clone"

mkdir "$copy"
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read --create --file=- | tar --extract --file=- --directory "$copy"
# Links cost nothing; between two file systems there are none.
cp -al node_modules "$copy/node_modules" 2>/dev/null || { rm -rf -- "$copy/node_modules"; cp -a node_modules "$copy/node_modules"; }
# What is written into is not shared.
rm -rf -- "$copy/node_modules/.cache" "$copy/node_modules/.vite"
cd "$copy"
npm run demo -- --check
