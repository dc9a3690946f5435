"""Installs toex from its bundle, without internet and without an administrator: `python3.11 install.py`.

Standard library only. Nothing of the bundle is run before its signature and every file's hash have been verified.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from base64 import b64decode
from pathlib import Path

SUMS, SIGNATURE, KEY, FACTS = "SHA256SUMS", "SHA256SUMS.sig", "signing-key.pem", "bundle.json"
_OUTSIDE = {SUMS, SIGNATURE}
# An Ed25519 public key in PEM is these bytes and the 32 of the key (RFC 8410, section 4).
_PREFIX = bytes.fromhex("302a300506032b6570032100")
# Edwards25519 (RFC 8032, section 5.1): field, order of the base point, the curve's d, the root of -1.
_P, _L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


class Refused(Exception):
    """Why the bundle is not installed: the fact and the rule."""


def main(words: list[str] | None = None) -> int:
    """Verify, install, say how to start; 1 where it is refused."""
    asked = argparse.ArgumentParser(description="Install toex from this bundle, without internet.")
    asked.add_argument("--to", type=Path, default=Path.home() / "toex", help="the folder to install into (~/toex)")
    asked.add_argument("--key", type=Path, help="the signing key that was given to you by another road than the bundle")
    asked.add_argument("--fingerprint", help="or that key's fingerprint, sixty-four letters and figures")
    asked.add_argument("--only-verify", action="store_true", help="verify and install nothing")
    wanted = asked.parse_args(words)
    bundle = Path(__file__).resolve().parent
    try:
        signer = verify(bundle, key=wanted.key, fingerprint=wanted.fingerprint)
        print(f"The bundle is whole, and signed with the key {signer}.")
        if not (wanted.key or wanted.fingerprint):
            print(
                "Compare that with the fingerprint that was given to you by another road (--fingerprint does it for you)."
            )
        if not wanted.only_verify:
            print(installed(bundle, wanted.to.expanduser().absolute()))
    except Refused as reason:
        print(f"Not installed: {reason}", file=sys.stderr)
        return 1
    return 0


def verify(bundle: Path, *, key: Path | None = None, fingerprint: str | None = None) -> str:
    """The signing key's fingerprint; raises Refused where signature, key, a hash or the list of files is not right."""
    try:
        text, signature = (bundle / SUMS).read_bytes(), (bundle / SIGNATURE).read_bytes()
        public = public_bytes((key or bundle / KEY).read_text(encoding="ascii"))
    except (OSError, ValueError) as problem:
        raise Refused(f"the list of files, its signature or the key cannot be read ({problem}).") from problem
    signer = hashlib.sha256(public).hexdigest()
    if fingerprint and fingerprint.replace(":", "").strip().lower() != signer:
        raise Refused(f"it is signed with another key ({signer}) than the one you named.")
    if not is_signed(text, signature, public=public):
        raise Refused("the signature does not belong to the list of files and the key.")
    listed = dict(reversed(line.split("  ", 1)) for line in text.decode("utf-8").splitlines())
    found = {
        str(path.relative_to(bundle)) for path in bundle.rglob("*") if path.is_file() or path.is_symlink()
    } - _OUTSIDE
    found = {name for name in found if "__pycache__" not in name}
    if found != set(listed):
        raise Refused(f"files are missing or were added: {', '.join(sorted(found ^ set(listed)))}.")
    wrong = sorted(name for name, digest in listed.items() if sha256(bundle / name) != digest)
    if wrong:
        raise Refused(f"files are not as they were signed: {', '.join(wrong)}.")
    return signer


def installed(bundle: Path, target: Path) -> str:
    """Install into a folder of its version under `target`, point `bin/toex` there, and say how to start."""
    facts = json.loads((bundle / FACTS).read_text(encoding="utf-8"))
    check_machine(facts)
    place, mark = target / facts["version"], sha256(bundle / SUMS)
    done = place / "installed"
    if not (done.exists() and done.read_text(encoding="ascii") == mark):
        if place.exists() and not (place / "pyvenv.cfg").exists():
            raise Refused(f"{place} is there already, and is no earlier installation.")
        shutil.rmtree(place, ignore_errors=True)
        try:
            venv.create(place, with_pip=False, symlinks=True)
            _fill(bundle, place, installer=facts["installer"])
        except Refused:
            shutil.rmtree(place, ignore_errors=True)
            raise
        done.write_text(mark, encoding="ascii")
    command = target / "bin" / "toex"
    command.parent.mkdir(exist_ok=True)
    fresh = command.with_name(".toex")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(place / "bin" / "toex")
    fresh.replace(command)
    return _how_to_start(facts["version"], command)


def check_machine(facts: dict[str, str]) -> None:
    """Raise Refused where this Python or this machine is not of the kind that the bundle was made for."""
    here = (f"{sys.version_info[0]}.{sys.version_info[1]}", sysconfig.get_platform())
    if here != (facts["python"], facts["platform"]):
        raise Refused(
            f"it is for Python {facts['python']} on {facts['platform']}, and this is Python {here[0]} on {here[1]}."
        )


def _fill(bundle: Path, place: Path, *, installer: str) -> None:
    """Install every wheel by its hash with the uv that the bundle brings; no address is asked."""
    with tempfile.TemporaryDirectory(dir=place) as scratch, zipfile.ZipFile(bundle / "wheels" / installer) as wheel:
        program = next(name for name in wheel.namelist() if name.endswith(".data/scripts/uv"))
        uv = Path(wheel.extract(program, scratch))
        uv.chmod(0o700)
        ways = ["--quiet", "--offline", "--no-index", "--no-cache", "--no-config", "--no-deps", "--require-hashes"]
        where = ["--python", str(place / "bin" / "python"), "--find-links", str(bundle / "wheels")]
        ran = [str(uv), "pip", "install", *ways, *where, "--link-mode", "copy", "-r", str(bundle / "requirements.txt")]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_", "PYTHON"))}
        done = subprocess.run(ran, env=clean, capture_output=True, text=True, check=False)  # noqa: S603  its hash is verified
    if done.returncode:
        raise Refused(f"a package would not install.\n{done.stderr}")


def _how_to_start(version: str, command: Path) -> str:
    return f"""toex {version} is installed. To begin:

  {command} --help
  {command} --home ~/toex-demo demo             a fictional operation, from its files to its package
  {command} --home ~/unit unit "Name of the unit" --organisation YHROCU --admin NAME --admin NAME
  {command} --home ~/unit serve

To have `toex` at hand: export PATH="{command.parent}:$PATH\""""


def sha256(path: Path) -> str:
    """A file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def public_bytes(pem: str) -> bytes:
    """The 32 bytes of an Ed25519 public key in PEM; raises ValueError where it is none."""
    inside = b64decode("".join(line for line in pem.split("\n") if not line.startswith("-----")), validate=True)
    if len(inside) != 44 or not inside.startswith(_PREFIX):
        raise ValueError("this is no Ed25519 public key")
    return inside[len(_PREFIX) :]


def is_signed(message: bytes, signature: bytes, *, public: bytes) -> bool:
    """Whether the signature is the key's for the message (RFC 8032, section 5.1.7).

    Verifying needs no secret, so plain arithmetic serves; the tests hold it against `cryptography`.
    """
    if len(signature) != 64 or len(public) != 32:
        return False
    key, first, scalar = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or first is None or scalar >= _L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    base_y = 4 * pow(5, -1, _P) % _P
    base = _point(base_y.to_bytes(32, "little"))
    assert base is not None  # noqa: S101  the curve's own base point
    left = _times(scalar, base)
    right = _plus(first, _times(int.from_bytes(digest, "little") % _L, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def _point(packed: bytes) -> _Point | None:
    """A point from its packed form (section 5.1.3), None where there is none."""
    whole = int.from_bytes(packed, "little")
    sign, y = whole >> 255, whole & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (not x and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _plus(one: _Point, other: _Point) -> _Point:
    """The sum of two points (section 5.1.4)."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % _P, (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: _Point) -> _Point:
    total: _Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _plus(total, point)
        point = _plus(point, point)
        scalar >>= 1
    return total


if __name__ == "__main__":
    sys.exit(main())
