#!/usr/bin/env bash
# Installs the bundle of a folder as a force's IT would: an empty home, no network, nobody's rights but one's own.
set -euo pipefail
bundle=$(ls "$1"/toex-*-bundle.zip)
key=$(realpath "${bundle%.zip}.pem")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=$(python3.11 -c 'import sys; print(sys.executable)')
began=$SECONDS

# No network: a namespace of its own, with not even a loopback. Where the system refuses one, proxies that lead nowhere.
cut=(unshare --user --map-root-user --net)
"${cut[@]}" true 2>/dev/null || { echo "(no network namespace to be had here: proxies that lead nowhere instead)"; cut=(); }
alone() {
  "${cut[@]}" env -i HOME="$scratch/home" PATH=/usr/bin:/bin LANG=C.UTF-8 \
    http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9 "$@"
}
refused() {  # what is expected to be refused, and the words of the refusal
  local words=$1; shift
  if alone "$@" >"$scratch/said" 2>&1; then echo "FAILED: not refused: $*"; exit 1; fi
  grep -q "$words" "$scratch/said" || { echo "FAILED: refused otherwise:"; cat "$scratch/said"; exit 1; }
  echo "refused, as it must be: $(head -c 110 "$scratch/said" | head -n 1) ..."
}

mkdir "$scratch/home"
"$python" -m zipfile -e "$bundle" "$scratch"
folder=$(echo "$scratch"/toex-*-bundle)

echo "== altered bundles"
refused "another key" "$python" "$folder/install.py" --fingerprint "$(printf '0%.0s' {1..64})"
wheel=$(ls "$folder"/wheels/toex-*.whl)
cp "$wheel" "$scratch/kept"; printf x >>"$wheel"
refused "not as they were signed" "$python" "$folder/install.py" --key "$key"
cp "$scratch/kept" "$wheel"
touch "$folder/wheels/extra.whl"
refused "were added" "$python" "$folder/install.py" --key "$key"
rm "$folder/wheels/extra.whl"
cp "$folder/SHA256SUMS" "$scratch/kept"; sed -i '1s/^./z/' "$folder/SHA256SUMS"
refused "signature does not belong" "$python" "$folder/install.py" --key "$key"
cp "$scratch/kept" "$folder/SHA256SUMS"
[ ! -e "$scratch/home/toex" ] || { echo "FAILED: something was installed all the same"; exit 1; }

echo "== the bundle as it is"
alone "$python" "$folder/install.py" --key "$key"
toex="$scratch/home/toex/bin/toex"
echo "== toex --help, a small demonstration, toex doctor"
alone "$toex" --help | head -n 3
alone "$toex" --home "$scratch/home/demo" demo --people 500 >"$scratch/said" 2>&1 || { cat "$scratch/said"; exit 1; }
alone "$toex" --home "$scratch/home/demo" doctor
echo "== a unit's log-in page, with its styles, scripts and basemap"
alone env TOEX_PASSWORD="four herons by the weir" "$toex" --home "$scratch/home/unit" unit Trial --organisation YHROCU --admin ada --admin owen >"$scratch/said"
alone env TOEX_HOME="$scratch/home/unit" "$scratch/home/toex"/*/bin/python "$(dirname "$0")/ask.py"
echo "== again: nothing to do, and quick"
alone "$python" "$folder/install.py" --key "$key" | head -n 1
echo "Tried in $((SECONDS-began)) s."
