"""Exchange on the command line: the card shown, a sender trusted, a bundle received; a refusal is logged."""

from pathlib import Path

from exchanged import HERE, NAME, THERE, Carried, registered
from toex.work.audit.models import Entry
from toex.work.exchange.models import ReceivedBundle
from unit.cli.conftest import NOW, Unit
from unit_work import DAY, granted


def test_a_card_is_shown_a_sender_trusted_and_a_bundle_received(
    carried: Carried, unit_line: Unit, tmp_path: Path
) -> None:
    assert unit_line.run("data", "exchange", "name", THERE)[0] == 5
    assert unit_line.run("admin", "exchange", "name", THERE)[0] == 0
    code, said = unit_line.run("admin", "exchange", "show")
    assert (code, "BEGIN PUBLIC KEY" in said) == (0, True)
    card, bundle = tmp_path / "card.txt", tmp_path / "a.toex.zip"
    card.write_text(carried.card)
    bundle.write_bytes(carried.bundles[0])
    words = ("exchange", "trust", HERE, str(card), "--with", "Ann Redfern", "--how", "by telephone", "--fingerprint")
    assert unit_line.run("admin", *words, "ab" * 32)[0] != 0
    assert unit_line.run("admin", *words, carried.fingerprint)[0] == 0
    assert "Ann Redfern" in unit_line.run("admin", "exchange", "senders")[1]
    registered(unit_line.people)
    grant = granted(unit_line.people, "duty", "data", at=NOW, duty="loading", datasets=[NAME], ends=NOW + 2 * DAY)
    received = ("receive-bundle", str(bundle), "--dataset", NAME)
    code, said = unit_line.run("data", *received, grant=grant.pk)
    assert code == 0, said
    assert ReceivedBundle.objects.get().receipt.state == "loaded"
    assert unit_line.run("data", *received, grant=grant.pk)[0] == 5
    assert "received already" in str(Entry.objects.get(what="exchange.receive", body__contains="refused").body)
    assert unit_line.run("admin", "exchange", "end", "1", "--reason", "Lost")[0] == 0
