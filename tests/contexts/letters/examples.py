"""The showcase decisions of docs/examples: one of each kind, decided by commands, told by the letters' own code.

Karla and all around her are invented.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.contexts.notes import api as notes
from tests.cast import NOW, TODAY, Cast
from tests.decisions_world import ASSISTANCE, ESCORT, GROUP, SUPPORT, World

SERVICE = "Bostøtte"
ASKED_AFTER = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Example:
    """`decide` makes the decision and gives its key. `answer` is what the caseworker writes to what Karla has said;
    only an answer short of a full yes must have one. `said` and `seen` stand in a note from a visit before."""

    name: str
    kind: str
    said: str
    seen: str
    decide: Callable[[World], UUID]
    answer: str = ""
    is_appealable: bool = True
    sent_after: dt.timedelta = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Story:
    """A need as it was examined: `found` has one line for each criterion that the letter may tell of."""

    title: str
    basis: str
    found: Sequence[str]
    is_met: bool = True


def examined(world: World, story: Story, *, grant: UUID | None = None) -> UUID:
    need = world.need(story.title, grant=grant)
    mette = world.actor()
    for step in decisions.Step:
        decisions.answer_step(actor=mette, at=NOW, need_id=need, step=step, finding="tried", words="Det er ikke nok.")
    decisions.choose_basis(actor=mette, at=NOW, need_id=need, basis=story.basis)
    basis = catalogue.legal_basis(story.basis, at=NOW)
    for number, criterion in enumerate(basis.criteria):
        decisions.answer_criterion(
            actor=mette,
            at=NOW,
            need_id=need,
            criterion=criterion.id,
            finding="met" if story.is_met or number else "unmet",
            words=story.found[min(number, len(story.found) - 1)],
            quote_ids=[world.seen] if number == 0 else [],
        )
    for key in {*basis.first, *(near.key for near in basis.neighbours)}:
        decisions.weigh_neighbour(actor=mette, at=NOW, need_id=need, basis=key, words="Den dækker ikke behovet.")
    return need


def answered(world: World, need: UUID, outcome: str, reasons: str = "", **more: object) -> UUID:
    """A draft with its answer. `more` goes with the answer."""
    draft = world.draft(need)
    decisions.answer_need(
        actor=world.actor(),
        at=NOW,
        decision_id=draft,
        need_id=need,
        outcome=outcome,
        reasons=reasons,
        **more,  # type: ignore[arg-type]
    )
    return draft


def made(world: World, draft: UUID) -> UUID:
    decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
    return draft


def running(world: World, extent: str) -> UUID:
    """Help that runs since before what the example is about."""
    need = examined(world, Story("Støtte i hverdagen", SUPPORT, ["Hverdagen er svær alene."]))
    draft = answered(world, need, "granted")
    world.plan(draft, need, service=SERVICE, extent=extent, starts_on=TODAY - dt.timedelta(days=200))
    world.tell(made(world, draft))
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    return grant.id


def grants(world: World) -> UUID:
    need = examined(
        world, Story("At komme til kor om torsdagen", SUPPORT, ["Du kan køre tre stop, og så bliver det svært."])
    )
    draft = answered(world, need, "granted")
    purpose, goals = "At du kommer til kor hver torsdag.", "At du tager bussen alene til sommer."
    world.plan(draft, need, service=SERVICE, extent="2 timer om ugen", purpose=purpose, goals=goals)
    return made(world, draft)


def grants_a_part(world: World) -> UUID:
    found = ["Du står selv op og kommer ud ad døren de fleste dage.", "Tre dage om ugen går det ikke uden hjælp."]
    need = examined(world, Story("At have hjælp hver morgen", SUPPORT, found))
    why = "Du klarer fire morgener selv. Derfor får du hjælp de tre dage, du skal tidligt op."
    draft = answered(world, need, "partly", why)
    purpose, goals = "At du kommer trygt ud ad døren.", "At du er klar til tiden seks dage ud af syv."
    extent = "3 morgener om ugen, en time hver gang"
    world.plan(draft, need, service=SERVICE, extent=extent, purpose=purpose, goals=goals)
    return made(world, draft)


def refuses(world: World) -> UUID:
    found = ["Du finder selv vej til de steder, du plejer at komme.", "Du ringer selv, hvis noget går galt på turen."]
    need = examined(world, Story("At have en med til alle aftaler", ESCORT, found, is_met=False))
    why = "Du kommer selv frem til det meste. Din søster tager med til lægen, og det vil hun blive ved med."
    return made(world, answered(world, need, "refused", why))


def changes(world: World) -> UUID:
    grant = running(world, "3 timer om ugen")
    need = examined(
        world, Story("Mere støtte i en svær tid", SUPPORT, ["Din mor er død, og dagene er tunge."]), grant=grant
    )
    draft = answered(world, need, "changed")
    day = TODAY + dt.timedelta(days=7)
    world.plan(
        draft,
        need,
        service=SERVICE,
        extent="5 timer om ugen",
        starts_on=day,
        purpose="At dagene hænger sammen igen.",
        goals="At du sover seks timer om natten.",
    )
    return made(world, draft)


def gives_less(world: World) -> UUID:
    """Where the law gives notice: fourteen weeks from the letter."""
    first = examined(world, Story("Hjælp hele døgnet", ASSISTANCE, ["Du har brug for hjælp til det meste."]))
    draft = answered(world, first, "granted")
    world.plan(draft, first, service="Hjælpere", extent="40 timer om ugen", starts_on=TODAY - dt.timedelta(days=300))
    world.tell(made(world, draft))
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    found = ["Du spiser og klæder dig på uden hjælp nu.", "Om natten er der stadig brug for en hos dig."]
    need = examined(world, Story("Færre timer med hjælpere", ASSISTANCE, found), grant=grant.id)
    why = "Du har trænet dig op siden foråret. Det var dig, der sagde, at det er for meget om dagen."
    draft = answered(world, need, "changed", why, is_less=True, cause="citizen_changed")
    day = TODAY + dt.timedelta(weeks=15)
    world.describe(draft, effective_on=day)
    world.plan(
        draft,
        need,
        service="Hjælpere",
        extent="30 timer om ugen",
        starts_on=day,
        purpose="At du selv bestemmer over din dag.",
        goals="At du klarer morgenen uden hjælp.",
        follow_up_on=day + dt.timedelta(days=30),
    )
    return made(world, draft)


def ends(world: World) -> UUID:
    grant = running(world, "2 timer om ugen")
    story = Story("Støtten, nu hvor du har nået dit mål", SUPPORT, ["Du har kørt alene med bussen i tre måneder."])
    need = examined(world, story, grant=grant)
    why = "Du har nået det mål, vi satte sammen. Du har selv sagt, at du gerne vil prøve uden os."
    draft = answered(world, need, "ended", why, cause="goal_reached")
    world.describe(
        draft,
        effective_on=TODAY + dt.timedelta(weeks=6),
        to_do="Ring til Mette på 20 12 34 56, hvis det bliver svært igen.",
    )
    return made(world, draft)


def says_at_once(world: World) -> UUID:
    """Said in the same breath; Karla asks for the reasons in writing two days later, and this is that letter."""
    found = ["Du har det bedst med få mennesker ad gangen.", "Du går allerede til kor og kender dem, der kommer dér."]
    need = examined(world, Story("At komme i gruppen om torsdagen", GROUP, found, is_met=False))
    why = "Der er otte i gruppen, og du har det bedst med to eller tre. Koret går i et tempo, du kan holde til."
    draft = answered(world, need, "refused", why)
    decisions.decide_at_once(actor=world.actor(), at=NOW, decision_id=draft, told_right_to_reasons=True)
    later = NOW + ASKED_AFTER
    decisions.ask_for_reasons(actor=world.actor(on=later.date()), at=later, decision_id=draft, asked_on=later.date())
    return draft


def adjusts(world: World) -> None:
    grant = running(world, "2 timer om ugen")
    decisions.adjust_grant(
        actor=world.actor(),
        at=NOW,
        grant_id=grant,
        what="En ekstra tur til koret",
        minutes_a_day=30,
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=13),
        is_favourable=True,
        words="Karla vil øve turen en gang mere.",
    )


EXAMPLES = (
    Example(
        "bevilling",
        "A yes to everything",
        "Jeg vil gerne kunne køre med bussen til kor, men jeg tør ikke alene.",
        "Karla kørte tre stop og ringede så til sin søster.",
        grants,
    ),
    Example(
        "delvis-bevilling",
        "A yes to some of it",
        "Jeg vil have hjælp hver morgen, for jeg er bange for at komme for sent.",
        "Karla var klar til tiden fire dage ud af syv.",
        grants_a_part,
        "Vi forstår godt, at du er bange for at komme for sent. Vi har set på, hvilke dage det går galt.",
    ),
    Example(
        "afslag",
        "A no",
        "Jeg vil have en med hver gang, så jeg ikke skal tænke på det.",
        "Karla tog selv bussen hjem fra arbejde og ringede, da hun var fremme.",
        refuses,
        "Vi kan godt forstå, at det ville være rart. Vi har lagt vægt på, at du selv finder vej.",
    ),
    Example(
        "aendring-mere",
        "A change to more",
        "Jeg sover næsten ikke, siden mor døde.",
        "Der stod mad på bordet fra i går, og gardinerne var trukket for.",
        changes,
        "Det er vi kede af at høre. Mette kommer hver dag den første uge.",
    ),
    Example(
        "aendring-mindre",
        "A change to less, with fourteen weeks' notice",
        "Det er for meget med nogen om mig hele dagen.",
        "Karla lavede selv mad og klædte sig på uden hjælp.",
        gives_less,
        "Det har du ret i. Om natten er der stadig en hos dig.",
    ),
    Example(
        "ophoer",
        "Help that ends",
        "Nu kan jeg godt selv.",
        "Karla tog bussen begge veje og lo, da hun kom hjem.",
        ends,
        "Det kan vi også se. Godt gået.",
    ),
    Example(
        "mundtligt-afslag",
        "A no that was said at once, with the reasons in writing when she asked for them",
        "Jeg vil gerne med i gruppen om torsdagen.",
        "Karla gik uden for, da der kom mere end fire i lokalet.",
        says_at_once,
        "Vi har hørt, at du gerne vil møde andre. Derfor ser vi på koret sammen med dig.",
        is_appealable=False,
        sent_after=ASKED_AFTER,
    ),
)


def world_of(cast: Cast, example: Example) -> World:
    catalogue.load_law(at=NOW)
    pieces = [notes.NewSegment("citizen_words", example.said), notes.NewSegment("observation", example.seen)]
    mette, at = cast.actor("mette"), NOW - dt.timedelta(days=1)
    notes.write_note(actor=mette, at=at, case_id=cast.case_id, kind="visit", happened_at=at, pieces=pieces)
    found = {one.kind: one.id for one in notes.quotable(mette, cast.case_id)}
    return World(cast, found["citizen_words"], found["observation"])


def sent(world: World, example: Example) -> UUID:
    """The letter, written from the decision, answered where it must be, and sent as the citizen's to read."""
    at = NOW + example.sent_after
    mette, decision = world.actor(on=at.date()), example.decide(world)
    letter_id = letters.draft_for_decision(actor=mette, at=at, decision_id=decision)
    if example.answer:
        said = {part.kind: part.text for part in letters.letter(mette, letter_id).parts}["said"]
        texts = {"said": said.replace("[…]", example.answer)}
        letters.edit_letter(actor=mette, at=at, letter_id=letter_id, texts=texts, seen=1)
    seen = letters.letter(mette, letter_id).version
    letters.send_letter(actor=mette, at=at, letter_id=letter_id, channel="portal", seen=seen)
    return letter_id
