"""The bundle's signature and list: what is verified before anything of it runs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

import install
import pack

# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "toex-bundle"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "toex-0.1.0-py3-none-any.whl").write_bytes(b"a wheel")
    (folder / "requirements.txt").write_text("toex==0.1.0\n", encoding="ascii")
    pack.sign(folder, KEY)
    return folder


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_are_verified(public: str, message: str, signature: str) -> None:
    key, said, signed = (bytes.fromhex(text) for text in (public, message, signature))
    assert install.is_signed(said, signed, public=key)
    assert not install.is_signed(said + b"x", signed, public=key)


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), at=st.integers(0, 511))
def test_the_verifier_agrees_with_cryptography(seed: bytes, message: bytes, at: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signature = key.sign(message)
    altered = bytes(byte ^ (1 << at % 8 if place == at // 8 else 0) for place, byte in enumerate(signature))
    assert install.is_signed(message, signature, public=public)
    with pytest.raises(InvalidSignature):
        key.public_key().verify(altered, message)
    assert not install.is_signed(message, altered, public=public)


def test_a_bundle_as_it_was_signed_is_verified_and_its_signer_named(bundle: Path) -> None:
    assert install.verify(bundle) == pack.fingerprint(KEY)
    assert install.verify(
        bundle, key=bundle / install.KEY, fingerprint=pack.fingerprint(KEY).upper()
    ) == pack.fingerprint(KEY)


def _changed(bundle: Path) -> None:
    (bundle / "wheels" / "toex-0.1.0-py3-none-any.whl").write_bytes(b"another wheel")


def _added(bundle: Path) -> None:
    (bundle / "wheels" / "extra.whl").write_bytes(b"")


def _linked(bundle: Path) -> None:
    (bundle / "wheels" / "extra.whl").symlink_to(bundle / "requirements.txt")


def _missing(bundle: Path) -> None:
    (bundle / "requirements.txt").unlink()


def _list_changed(bundle: Path) -> None:
    listed = bundle / install.SUMS
    listed.write_bytes(listed.read_bytes().replace(b"requirements", b"Requirements"))


def _unsigned(bundle: Path) -> None:
    (bundle / install.SIGNATURE).unlink()


@pytest.mark.parametrize(
    ("alter", "why"),
    [
        (_changed, "not as they were signed"),
        (_added, "missing or were added"),
        (_linked, "missing or were added"),
        (_missing, "missing or were added"),
        (_list_changed, "signature does not belong"),
        (_unsigned, "cannot be read"),
    ],
)
def test_an_altered_bundle_is_refused(bundle: Path, alter: Callable[[Path], None], why: str) -> None:
    alter(bundle)
    with pytest.raises(install.Refused, match=why):
        install.verify(bundle)


def test_a_bundle_that_another_signed_is_refused_to_who_knows_the_key(bundle: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.pem"
    known.write_bytes((bundle / install.KEY).read_bytes())
    pack.sign(bundle, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with pytest.raises(install.Refused, match="another key"):
        install.verify(bundle, fingerprint=pack.fingerprint(KEY))
    with pytest.raises(install.Refused, match="signature does not belong"):
        install.verify(bundle, key=known)


def test_a_bundle_for_another_machine_is_refused() -> None:
    with pytest.raises(install.Refused, match=r"for Python 3\.9 on plan9"):
        install.check_machine({"python": "3.9", "platform": "plan9"})


def test_what_is_refused_leaves_nothing_behind(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bundle / install.FACTS).write_text(
        json.dumps({"version": "0.1.0", "python": "3.9", "platform": "plan9"}), encoding="ascii"
    )
    pack.sign(bundle, KEY)
    monkeypatch.setattr(install, "__file__", str(bundle / "install.py"))
    assert install.main(["--to", str(tmp_path / "there")]) == 1
    assert not (tmp_path / "there").exists()


def test_a_folder_that_somebody_else_made_is_left_as_it_is(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"version": "0.1.0", "python": "", "platform": "", "installer": ""}
    (bundle / install.FACTS).write_text(json.dumps(facts), encoding="ascii")
    pack.sign(bundle, KEY)
    monkeypatch.setattr(install, "check_machine", lambda _facts: None)
    theirs = tmp_path / "there" / "0.1.0" / "letter.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("ours", encoding="ascii")
    with pytest.raises(install.Refused, match="no earlier installation"):
        install.installed(bundle, tmp_path / "there")
    assert theirs.read_text(encoding="ascii") == "ours"


def test_the_signing_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "bundle.pem"
    made = pack.signing_key(place)
    assert place.stat().st_mode & 0o077 == 0
    assert pack.fingerprint(pack.signing_key(place)) == pack.fingerprint(made)


def test_the_same_files_make_the_same_zip(bundle: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        pack.zipped(bundle, tmp_path / f"{name}.zip", inside="toex-bundle")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert "toex-bundle/SHA256SUMS.sig" in zipfile.ZipFile(tmp_path / "one.zip").namelist()


def test_a_wheel_is_required_by_its_name_version_and_hash(bundle: Path) -> None:
    wheel = bundle / "wheels" / "toex-0.1.0-py3-none-any.whl"
    assert pack.requirement(wheel) == f"toex==0.1.0 --hash=sha256:{install.sha256(wheel)}\n"
