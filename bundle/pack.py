"""Makes the bundle: toex's own wheel, all that it needs for this kind of machine, a signed list of hashes, and the installer."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import install

ROOT = Path(__file__).resolve().parent.parent
_EPOCH = (2020, 1, 1, 0, 0, 0)  # one date for every member, so that the same wheels make the same bundle


def main() -> None:
    """Write `dist/toex-VERSION-bundle.zip` and, beside it, the key that it is signed with."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "dist")
    asked.add_argument("--key", type=Path, default=Path(os.environ.get("TOEX_BUNDLE_KEY") or _own_key()))
    wanted = asked.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    key = signing_key(wanted.key)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bundle"
        version = gather(folder)
        sign(folder, key)
        name = f"toex-{version}-bundle"
        zipped(folder, wanted.out / f"{name}.zip", inside=name)
        shutil.copy(folder / install.KEY, wanted.out / f"{name}.pem")
    size = (wanted.out / f"{name}.zip").stat().st_size // 1_000_000
    print(f"{wanted.out / name}.zip ({size} MB), signed with {wanted.key}")
    print(f"Its public key lies beside it; give its fingerprint by another road:\n{fingerprint(key)}")


def gather(folder: Path) -> str:
    """Fill the folder with wheels, requirements with the wheels' hashes, facts and the installer; give toex's version."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels))
    own = next(wheels.glob("toex-*.whl"))
    for pinned in ("run.txt", "uv.txt"):
        listed = str(ROOT / "requirements" / pinned)
        _run("-m", "pip", "wheel", "--quiet", "--no-deps", "--require-hashes", "-w", str(wheels), "-r", listed)
    installer = next(wheels.glob("uv-*.whl"))
    lines = [requirement(wheel) for wheel in sorted(wheels.glob("*.whl")) if wheel != installer]
    (folder / "requirements.txt").write_text("".join(lines), encoding="ascii")
    version = own.name.split("-")[1]
    facts = {
        "version": version,
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "platform": sysconfig.get_platform(),
        "installer": installer.name,
    }
    (folder / install.FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="ascii")
    shutil.copy(ROOT / "bundle" / "install.py", folder)
    shutil.copy(ROOT / "docs" / "how-to" / "install-without-internet.md", folder / "README.md")
    for name in ("LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, folder)
    return version


def requirement(wheel: Path) -> str:
    """A wheel as a line of pinned requirements with its hash."""
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version} --hash=sha256:{install.sha256(wheel)}\n"


def sign(folder: Path, key: Ed25519PrivateKey) -> None:
    """Write the public key, the list of every file's hash (as `sha256sum` writes it) and the list's signature."""
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder / install.KEY).write_bytes(public)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    text = "".join(f"{install.sha256(path)}  {path.relative_to(folder)}\n" for path in files).encode()
    (folder / install.SUMS).write_bytes(text)
    (folder / install.SIGNATURE).write_bytes(key.sign(text))


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The private key in that file, made there at first use, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh)
    found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        sys.exit(f"{path} holds no Ed25519 key.")
    return found


def fingerprint(key: Ed25519PrivateKey) -> str:
    """What `install.py` prints of the key."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return install.hashlib.sha256(raw).hexdigest()


def zipped(folder: Path, target: Path, *, inside: str) -> None:
    """Zip the folder under one name; wheels are zips already and are only stored."""
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(f"{inside}/{path.relative_to(folder)}", _EPOCH)
            member.external_attr = 0o644 << 16
            with path.open("rb") as source, archive.open(member, "w", force_zip64=True) as into:
                shutil.copyfileobj(source, into)
    part.replace(target)


def _own_key() -> Path:
    return Path.home() / ".config" / "toex" / "bundle-signing-key.pem"


def _run(*words: str) -> None:
    if subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode:  # noqa: S603  our own words
        sys.exit(f"{' '.join(words[:3])} failed.")


if __name__ == "__main__":
    main()
