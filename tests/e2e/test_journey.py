"""The brochure's road walked by its people in a browser, from a force's request to a product that reached it.

One journey in one file, longer than the hand asks for: it is read from its first act to its last, a function an act.
"""

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.conftest import Workbench

ComeIn = Callable[..., Page]
SECONDS = 60_000
OPERATION = "Operation Saltmarsh"
NUMBER = "07700 900021"
PROFILE = "A profile for the Saltmarsh inquiry"
expect.set_options(timeout=SECONDS)


def press(page: Page, words: str) -> None:
    """Press a button by its words."""
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Follow a link by its words."""
    page.get_by_role("link", name=words, exact=True).first.click()


def see(page: Page, *words: str) -> None:
    """See words on the page, waiting for them."""
    for one in words:
        expect(page.locator("main")).to_contain_text(one)


def headed(page: Page, words: str) -> None:
    """See that the page's heading is this."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def to_request(page: Page, reference: str) -> None:
    """Go to a request from the bar."""
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Requests").click()
    both = page.get_by_role("link", name="All that we may know of")
    if both.count():
        both.click()
    follow(page, reference)
    headed(page, reference)


def test_a_request_becomes_a_product_that_reached_the_force(
    come_in: ComeIn, workbench: Workbench, tmp_path: Path
) -> None:
    reference = priya_asks(come_in("priya"))
    tom_advises(come_in("tom"), reference)
    priya_submits(come_in("priya"), reference)
    jo_triages(come_in("jo"), reference)
    ruth_accepts(come_in("ruth"), reference)
    theo = come_in("theo")
    dataset = theo_registers(theo)
    ines_drafts(come_in("ines"), reference, dataset)
    priya_records_the_signature(come_in("priya"), reference, tmp_path)
    desk = ruth_signs_and_adopts(come_in("ruth"), reference)
    duty = theo_asks_for_a_loading_duty(theo, dataset)
    ruth_approves(come_in("ruth"), duty)
    name = theo_loads(theo, dataset, duty, workbench.files, tmp_path)
    lena = come_in("lena")
    lena_searches(lena, desk, name)
    lena_charts(lena)
    lena_rules(lena)
    lena_writes(lena, name)
    ines = come_in("ines")
    ines_assures(ines, desk)
    lena_gives_it_out(lena)


def priya_asks(page: Page) -> str:
    """“Colleagues can make a bid for TOEX support … using a tasking request form asking for assistance.”"""
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Requests").click()
    follow(page, "Ask for support")
    press(page, "Begin the form")
    headed(page, "Who asks")
    page.get_by_label("Operation name").fill(OPERATION)
    page.get_by_label("BCU, district or team").fill("North")
    press(page, "Save and go on")
    headed(page, "The Senior Investigating Officer")
    page.get_by_label("Rank").fill("DCI")
    page.get_by_label("Name", exact=True).fill("Mark Denby")
    page.get_by_label("How the SIO is reached").fill("01632 960471")
    press(page, "Save and go on")
    headed(page, "Threat areas")
    page.get_by_label("County lines").check()
    press(page, "Save and go on")
    headed(page, "What is wanted")
    page.get_by_label("Subject profile").check()
    press(page, "Save and go on")
    headed(page, "Background")
    page.get_by_label("Background", exact=True).fill("One number recurs in three towns; children carry for it.")
    page.get_by_label("The SIO's investigation strategy").fill("Version 1, agreed on Monday.")
    page.get_by_label("Objectives of the strategy").fill("Who holds the line?\nWho is exploited by it?")
    press(page, "Save and go on")
    headed(page, "Subjects")
    page.get_by_label("Paste subjects, one a line").fill(NUMBER)
    press(page, "Read what I pasted")
    see(page, "1 pasted line was read", "Subjects of the request (1)")
    press(page, "Save and go on")
    headed(page, "Forces and data held")
    page.get_by_label("What, row 1").fill("Nominals, custody, stops")
    page.get_by_label("Where it is held, row 1").fill("the force's own systems")
    press(page, "Save and go on")
    headed(page, "Urgency, safeguarding")
    page.get_by_label("Wanted by").fill("2027-02-26")
    page.get_by_label("Why by then").fill("Children are moved each weekend.")
    page.get_by_label("What was done today to safeguard").fill("A strategy meeting was held; nothing further today.")
    page.get_by_label("Risk owner's rank").fill("Supt")
    page.get_by_label("Risk owner's name").fill("Ann Redfern")
    press(page, "Save and go on")
    headed(page, "Check the answers")
    see(page, "DCI Mark Denby", "Who holds the line?", "Supt Ann Redfern", "Organised Crime Advisor was not consulted")
    said = re.search(r"REQ/\d+/\d+", page.locator(".crumbs").inner_text())
    assert said is not None
    # "BCU teams should consult their BCU OCA (Organised Crime Advisor) prior to submitting a formal tasking request."
    follow(page, "Who asks")
    press(page, "Ask the OCA for advice")
    see(page, "The Organised Crime Advisor was asked.", "No advice yet.")
    return said.group()


def tom_advises(page: Page, reference: str) -> None:
    """The OCA reads the form as it stands, and advises."""
    to_request(page, reference)
    follow(page, "Advise")
    page.get_by_label("Your advice").fill("Within the threat areas, and beyond one force: ask TOEX.")
    press(page, "Give this advice")
    see(page, "Your advice stands beside the form.")


def priya_submits(page: Page, reference: str) -> None:
    """The form is complete, the advice stands beside it: it goes to the gateway."""
    to_request(page, reference)
    see(page, "beyond one force: ask TOEX")
    follow(page, "Complete the form")
    follow(page, "Check the answers and submit")
    expect(page.locator("main")).not_to_contain_text("was not consulted")
    press(page, "Submit the request")
    see(page, "It was submitted.", "Submitted")


def jo_triages(page: Page, reference: str) -> None:
    """“The request is triaged by the SCTAC team and then sent to TOEX managers for consideration.”"""
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Requests").click()
    follow(page, reference)  # it waits in the gateway's own queue
    follow(page, "Begin triage")
    press(page, "Begin triage")
    headed(page, "Triage")
    press(page, "Look for them")
    headed(page, "Other requests on the same subjects")
    see(page, "REQ/")  # the unit's first request names the same number: whom to call, and nothing of what they hold
    follow(page, "Back")
    for box in page.locator("form.card textarea").all():
        box.fill("Looked at: complete, beyond one force, for TOEX.")
    press(page, "Save the sheet")
    see(page, "The sheet was saved.")
    page.get_by_role("link", name=re.compile("^Pass")).click()
    page.get_by_label("High").check()
    page.get_by_label("Why this priority").fill("Children are exploited now.")
    press(page, "Pass it on")
    see(page, "The request went to the TOEX manager.", "High priority")


def ruth_accepts(page: Page, reference: str) -> None:
    """The Detective Inspector weighs suitability and capacity before she accepts."""
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Requests").click()
    follow(page, reference)
    follow(page, "Weigh suitability and capacity")
    see(page, "Caseload and capacity", "Children are exploited now.")
    for yes in page.get_by_label("Yes", exact=True).all():
        yes.check()
    for box in page.locator("form.card textarea").all():
        box.fill("It is: three towns, one number, children.")
    press(page, "Save the answers")
    see(page, "Your answers were saved.")
    page.get_by_role("link", name=re.compile("^Accept")).click()
    page.get_by_label("Why", exact=True).fill("Ours: organised, cross-border, and the team has the hours.")
    press(page, "Accept it")
    see(page, "The request was accepted.")


def theo_registers(page: Page) -> str:
    """The Data Insights Analyst registers what the force will deliver, before anything of it may be received."""
    name = f"42-list-{time.time_ns() // 10**6 % 10**9}"  # used once and never changed
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Holdings").click()
    page.get_by_role("link", name=re.compile("^Register")).first.click()
    follow(page, "Nominals")
    page.get_by_label("Title").fill("Nominals of the Saltmarsh inquiry")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Supplier").select_option(label="Essex Police")
    page.get_by_label("Agreement").fill("Standing agreement ESSX-TOEX, version 4")
    page.get_by_label("Review by").fill("2027-05-28")
    press(page, "Register it")
    see(page, "The dataset was registered.", "Nominals of the Saltmarsh inquiry")
    return name


def ines_drafts(page: Page, reference: str, dataset: str) -> None:
    """“The TOEX management then works with the Senior Investigating Officer (SIO) to agree a terms of reference – this
    establishes what support TOEX will provide, the timeline and product anticipated – working to the
    SIO investigation strategy.”"""
    to_request(page, reference)
    follow(page, "Terms of reference")
    if page.get_by_role("link", name=re.compile("^Draft")).count():
        page.get_by_role("link", name=re.compile("^Draft")).first.click()
    headed(page, "Draft the terms of reference")
    expect(page.get_by_label("Question, row 1")).to_have_value("Who holds the line?")  # the form's own objective
    for label, words in {
        "Purpose": "Identify who holds the line and who is exploited by it.",
        "Support that TOEX provides": "Research, conflation, network analysis.",
        "In scope": "The line and those who carry for it.", "Out of scope": "Importation.",
        "Methods": "Conflation of the datasets named.",
        "Handling": "Police and partners named.", "Risks of the work": "Children may be moved if alerted.",
        "Hours a week, of the whole team": "40", "Milestone, row 1": "First picture shown to the SIO",
    }.items():  # fmt: skip
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("table", name="Milestones").get_by_label("By, row 1").fill("2026-12-18")
    for name in ("Ines Vale", "Lena Birk", "Noor Ashby", "Theo Lind"):
        page.get_by_role("group", name="Who may read records for it").get_by_label(re.compile(name)).check()
    page.evaluate("document.querySelectorAll('[name=datasets]').forEach(one => { one.checked = true })")
    expect(page.locator(f"[name=datasets][value='{dataset}']")).to_be_checked()
    press(page, "Save this version")
    see(page, "Signatures under version 1", "Who holds the line?", "Lena Birk", "Not signed yet")
    expect(page.locator("main")).not_to_contain_text("It cannot be signed yet")


def priya_records_the_signature(page: Page, reference: str, folder: Path) -> None:
    """The SIO has no account: who signed, when, and the message itself, entered by a named officer."""
    message = folder / "signed.eml"
    message.write_text("From: DCI Mark Denby\n\nI have read version 1 and sign it.\n", encoding="utf-8")
    to_request(page, reference)
    follow(page, "Terms of reference")
    page.get_by_text("Record the SIO's signature from outside").click()
    expect(page.get_by_label("Signer's name")).to_have_value("Mark Denby")
    page.get_by_label("The message itself").set_input_files(message)
    press(page, "Record it")
    see(page, "The other side's signature is awaited.", "DCI Mark Denby", "signed.eml", "entered by DS Priya Holm")


def ruth_signs_and_adopts(page: Page, reference: str) -> str:
    """Signed by both sides and taken on, the terms become the grant."""
    to_request(page, reference)
    follow(page, "Terms of reference")
    press(page, "Sign for TOEX")
    see(page, "Both sides have signed: the terms are agreed.")
    follow(page, "Adopt: begin the work")
    expect(page.get_by_label("Name of the operation")).to_have_value(OPERATION)
    press(page, "Adopt it")
    see(page, "The work was taken on, and its grant is open to those whom the terms name.", "Lena Birk", "Theo Lind")
    grant = page.get_by_role("link", name=re.compile(r"peration grant \d+"))
    return re.sub(r"\D", "", grant.inner_text())


def theo_asks_for_a_loading_duty(page: Page, dataset: str) -> str:
    """Nobody loads without a duty that names the dataset, which another approves."""
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Access").click()
    follow(page, "Ask for a grant")
    follow(page, "Duty: loading")
    see(page, "It shows no record.")
    page.locator(f"[name=datasets][value='{dataset}']").check()
    press(page, "Ask for it")
    see(page, "is asked for. It opens when another has approved it.", "waits for 1 approval")
    said = re.search(r"Grant (\d+)", page.get_by_role("heading", level=1).inner_text())
    assert said is not None
    return said[1]


def ruth_approves(page: Page, number: str) -> None:
    """Another than who asks approves."""
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Access").click()
    see(page, "Waiting for my approval")
    follow(page, number)
    press(page, "Approve it")
    see(page, "in force")


def theo_loads(page: Page, dataset: str, duty: str, files: Path, folder: Path) -> str:
    """“The teams are able to conflate a number of national, regional, and local datasets”: a file is looked at, then loaded."""
    rows = (files / "week2" / "essex" / "nominals.csv").read_text(encoding="utf-8-sig").splitlines()
    small = folder / "saltmarsh.csv"
    small.write_text("\n".join(rows[:9]) + "\n", encoding="utf-8")
    page.get_by_role("navigation", name="Workbench").get_by_role("link", name="Access").click()
    follow(page, duty)
    follow(page, "Sit down under it")
    page.get_by_role("navigation", name="This desk").get_by_role("link", name="Load files").click()
    page.get_by_label("Dataset").select_option(value=dataset)
    page.get_by_label("File, or several").set_input_files(small)
    press(page, "Look at it")
    headed(page, "saltmarsh.csv")
    see(page, "What the importer makes of it", "Would load")
    press(page, "Receive it and load")
    see(page, "Received.")
    expect(page.locator(".job .state")).to_have_text("done")  # the page asks again by itself while the worker loads
    follow(page, "Show the quality sheet")
    see(page, "= loaded", "It is the first delivery of this dataset.")
    expect(page.locator(".sums div").first).to_contain_text("8")
    first = next(csv.DictReader(rows))
    return f"{first['forenames']} {first['surname']}"


def to_place(page: Page, words: str) -> None:
    """Go to a place of the desk."""
    page.get_by_role("navigation", name="This desk").get_by_role("link", name=words, exact=True).click()


def lena_searches(page: Page, desk: str, name: str) -> None:
    """“Efficient research methods using data science techniques”: one search over every dataset of the grant."""
    page.locator(f"main a[href='/desk/{desk}/']").first.click()
    to_place(page, "Search")
    page.get_by_label("A name with or without a date of birth").fill(name)
    page.locator(".search-box").get_by_role("button", name="Search").click()
    see(page, "Hit:", "Held by", "Systems outside that this search did not ask")
    page.get_by_role("table", name="Subjects found").get_by_role("link").first.click()
    see(page, "Who holds it", "Facts", "held by ESSX")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(name.split()[-1], re.IGNORECASE))


def elements(page: Page) -> list[str]:
    """Read what is on a chart from the table beside it."""
    page.get_by_role("tab", name="Table").click()
    rows = page.get_by_role("table", name="Elements").locator("tbody tr")
    expect(rows.first).to_be_visible()
    return sorted(row.locator("td").first.inner_text() for row in rows.all())


def lena_charts(page: Page) -> None:
    """“use the data capability tools to build a picture of the offending and the people involved”."""
    press(page, "Open in a chart")
    expect(page.locator("#status")).to_contain_text("not saved")  # the subject, and what its records state
    page.get_by_label("Add to the chart").fill(NUMBER)
    press(page, "Add")
    expect(page.locator("#status")).to_contain_text(re.compile(r"[1-9]\d* added\."))
    put = elements(page)
    assert len(put) > 1
    press(page, "Save")
    page.get_by_role("dialog").get_by_label("Title", exact=True).fill("The line and one who is near it")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#status")).to_contain_text("Saved as version 1.")
    to_place(page, "Charts")
    follow(page, "The line and one who is near it")
    expect(page.locator("#status")).to_contain_text(f"{len(put)} element")
    assert elements(page) == put


def lena_rules(page: Page) -> None:
    """A machine proposes, a named person decides: one pair with two keys."""
    to_place(page, "Review queue")
    headed(page, "or two?")
    pair = page.locator("form.ruling").get_attribute("action")
    page.keyboard.press("1")
    expect(page.locator("#phrase-1")).to_be_checked()
    page.keyboard.press("n")
    see(page, "Ruled different; it is being applied.")
    assert page.locator("form.ruling").get_attribute("action") != pair  # the next comes at once
    expect(page.locator("#panel")).to_contain_text("Different")


def lena_writes(page: Page, name: str) -> None:
    """“The products supplied to us as an investigation team were excellent and provided key lines of enquiries.”"""
    to_place(page, "Products")
    page.get_by_role("link", name=re.compile("^Begin")).first.click()
    page.get_by_label("Subject profile").check()
    page.get_by_label("Title").fill(PROFILE)
    for ticked in page.locator("[name=point]:checked").all():
        ticked.uncheck()
    page.get_by_label("Find a record").fill(name)
    press(page, "Find")
    page.locator("[name=point][value^=record]").first.check()
    press(page, "Draw the draft")
    expect(page.get_by_role("navigation", name="This version")).to_be_visible(
        timeout=240_000
    )  # the worker draws, the page follows
    headed(page, PROFILE)
    page.locator(".said__open").first.click()
    page.locator("#panel").get_by_label("Sentence").fill("One record of this person is held, by Essex Police.")
    page.locator("#panel").get_by_role("button", name="Save").click()
    see(page, "One record of this person is held, by Essex Police.", "written by Lena Birk")
    follow(page, "Quality assurance")
    see(page, "What stands in the way", "Every join it rests on is confirmed")
    press(page, "Submit for quality assurance")
    see(page, "It waits for a Senior Intelligence Analyst who neither began nor edited it.")


def ines_assures(page: Page, desk: str) -> None:
    """“Senior Intelligence Analysts: Establish processes to ensure the most effective intel package for forces.”"""
    page.locator(f"main a[href='/desk/{desk}/']").first.click()
    to_place(page, "Products")
    follow(page, PROFILE)
    follow(page, "Quality assurance")
    see(page, "Every join it rests on is confirmed")
    press(page, "Assure it")
    see(page, "it is assured, frozen and sealed")


def lena_gives_it_out(page: Page) -> None:
    """No product leaves without a recipient list and handling conditions; then it is given, and what was given is kept."""
    follow(page, "Recipients")
    page.get_by_label("Name", exact=True).fill("Mark Denby")
    page.get_by_label("Post").fill("SIO")
    page.get_by_label("Of", exact=True).select_option(label="Essex Police")
    page.get_by_label("What for").fill("The investigation")
    page.get_by_label("Handling conditions for them").fill("Not to be shown in interview.")
    press(page, "Name them")
    see(page, "Not to be shown in interview.")
    press(page, "Make the final files")
    see(page, "1 recipient")
    page.get_by_label("How", exact=True).fill("Secure email")
    press(page, "Record it")
    see(page, "Secure email", "not acknowledged")
    with page.expect_download() as given:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert given.value.path().read_bytes().startswith(b"%PDF-")
