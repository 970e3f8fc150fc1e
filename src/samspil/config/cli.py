"""`samspil`: the one command. Everything but make's few targets is a verb of it."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from samspil.config import running, timers
from samspil.config.backup import verbs as backup_verbs
from samspil.config.backup.errors import BackupError
from samspil.config.environment import Mode, data_directory, database_from_url, demo_unless_told_otherwise
from samspil.config.postgres import Cluster, PostgresError
from samspil.config.postgres.archive import receive, recover
from samspil.config.running import say
from samspil.klartjek import command as klartjek

DJANGO = [sys.executable, "-m", "samspil.config.managing"]


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["manage"]:  # before argparse, which would take Django's own options for ours
            return manage(words[1:])
        chosen = parser().parse_args(words)
        return int(chosen.run(chosen))
    except (PostgresError, ImproperlyConfigured, running.CannotRun, BackupError) as error:
        say(str(error), to=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="samspil", description="Samspil: skriv én gang.")
    verbs = top.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)

    demo = verbs.add_parser("demo", help="start demokommunen på denne maskine")
    demo.add_argument("--citizens", type=int, metavar="ANTAL", help="lav et stort datasæt med så mange borgere")
    demo.set_defaults(run=run_demo)
    serve = verbs.add_parser("serve", help="start Samspil i drift")
    serve.set_defaults(run=run_serve)
    for verb in (demo, serve):
        verb.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="standard: PORT eller 8000")
        verb.add_argument(
            "--bind",
            default=os.environ.get("SAMSPIL_BIND", "127.0.0.1"),
            help="adresse at lytte på, standard: 127.0.0.1",
        )

    recurring = verbs.add_parser("timers", help="gør det, der skal gøres igen og igen; serve og demo gør det selv")
    recurring.add_argument("--status", action="store_true", help="sig, hvornår hver enkelt sidst gik godt")
    recurring.set_defaults(run=run_timers)
    migrate = verbs.add_parser("migrate", help="opdatér databasen til denne version")
    migrate.set_defaults(run=lambda _: manage(["migrate"]))
    database = verbs.add_parser("database", help="databasen, som følger med")
    database.add_argument("action", choices=DATABASE_ACTIONS, metavar="|".join(DATABASE_ACTIONS))
    database.set_defaults(run=lambda chosen: DATABASE_ACTIONS[chosen.action]())
    archive = verbs.add_parser("archive", help="hold et arkiv, hvor intet, der er gemt, kan gå tabt")
    archive.add_argument("action", choices=["receive", "recover"], metavar="receive|recover")
    archive.add_argument("place", type=Path, metavar="MAPPE", help="på en anden disk")
    archive.add_argument("--until", default="", metavar="TIDSPUNKT", help="recover: til dette sekund, ikke det sidste")
    archive.set_defaults(run=run_archive)
    backup_verbs.add_to(verbs)
    import_order = verbs.add_parser("import", help="læs en bestilling fra et andet system")
    import_order.add_argument("file", type=Path, metavar="FIL")
    import_order.add_argument("--provider", metavar="NAVN", help="udføreren, hvis det ikke er den, der står i beskeden")
    import_order.set_defaults(run=run_import)
    cpr = verbs.add_parser("cpr", help="flyt de krypterede CPR-numre til den nøgle, der gælder nu")
    cpr.add_argument("action", choices=["rotate", "status"], metavar="rotate|status")
    cpr.set_defaults(run=lambda chosen: manage(["rotate_cpr", *(["--status"] if chosen.action == "status" else [])]))
    log = verbs.add_parser("log", help="bevis, at loggene er hele")
    log.add_argument("action", choices=("anchor", "verify"), metavar="anchor|verify")
    log.add_argument("--anchors", type=Path, metavar="FIL", help="en afskrift, der er gemt et andet sted")
    log.set_defaults(run=run_log)
    checker = verbs.add_parser("klartjek", help="tjek, om et brev er klart, og om det har alle sine dele")
    klartjek.add_to(checker, read=read_letter)
    verbs.add_parser("manage", help="alle Djangos kommandoer: samspil manage …")
    print_version = verbs.add_parser("version", help="vis versionen")
    print_version.set_defaults(run=lambda _: say(f"Samspil {version('samspil')}"))
    return top


def run_demo(chosen: argparse.Namespace) -> int:
    if os.environ.get("SAMSPIL_MODE", Mode.DEMO) != Mode.DEMO:
        raise running.CannotRun("SAMSPIL_MODE siger, at dette ikke er en demo. Brug: samspil serve")
    os.environ["SAMSPIL_MODE"] = Mode.DEMO
    os.environ.setdefault("SAMSPIL_GRACE", "1")  # Ctrl-C should not wait for a board somebody left open
    size = [] if chosen.citizens is None else ["--citizens", str(chosen.citizens)]
    return running.prepare_and_serve(["demo", *size], host=chosen.bind, port=chosen.port)


def run_serve(chosen: argparse.Namespace) -> int:
    return running.prepare_and_serve(["serve"], host=chosen.bind, port=chosen.port)


def run_timers(chosen: argparse.Namespace) -> int:
    demo_unless_told_otherwise()
    running.listen_for_the_end()
    try:
        with running.database():
            if not chosen.status:
                return timers.stay()
            lines, are_well = timers.told(database_from_url(os.environ["DATABASE_URL"]), timers.read_timers())
            say("\n".join(lines))
            return 0 if are_well else 1
    except running.Stopped:
        return say("Timerne er stoppet.")


def read_letter(path: Path) -> str:
    from samspil.paper import reading  # the reader of PDFs is heavy, and no other verb needs it

    return reading.text_of(path) if reading.is_pdf(path) else klartjek.read_text(path)


def run_import(chosen: argparse.Namespace) -> int:
    named = ["--provider", chosen.provider] if chosen.provider else []
    return manage(["import_order", str(chosen.file.resolve()), *named])


def run_log(chosen: argparse.Namespace) -> int:
    kept = ["--anchors", str(chosen.anchors.resolve())] if chosen.anchors else []
    return manage(["log", chosen.action, *kept])


def manage(words: Sequence[str]) -> int:
    demo_unless_told_otherwise()
    with running.database():
        return running.in_foreground([*DJANGO, *words])


def run_archive(chosen: argparse.Namespace) -> int:
    cluster, place = _cluster(), chosen.place.resolve()
    if chosen.action == "recover":
        recover(cluster, place, until=chosen.until)
        return say(f"Databasen er genskabt fra {place} og kører. Start Samspil, som du plejer.")
    running.listen_for_the_end()
    try:
        with cluster.borrowed():
            return receive(cluster, place, ready=lambda: say(f"Arkivet i {place} modtager alt, før det er gemt."))
    except running.Stopped:
        return say("Arkivet er stoppet. Samspil gemmer videre uden det.")


def _start() -> int:
    cluster = _cluster()
    cluster.keep()
    return say(f"Databasen kører, til du skriver: samspil database stop\n{cluster.home}")


def _stop() -> int:
    return say("Databasen er stoppet." if _cluster().stop() else "Databasen kørte ikke.")


def _status() -> int:
    cluster = _cluster()
    state = "kører" if cluster.is_running() else "kører ikke"
    say(f"Databasen {state}. PostgreSQL {cluster.version() or '(ikke oprettet endnu)'}, {cluster.home}")
    return 0 if cluster.is_running() else 3


def _url() -> int:
    cluster = _cluster()
    if not cluster.is_running():
        raise running.CannotRun("Databasen kører ikke. Start den med: samspil database start")
    return say(cluster.url())


def _psql() -> int:
    if os.environ.get("DATABASE_URL"):
        return running.in_foreground(["psql", os.environ["DATABASE_URL"]])
    cluster = _cluster()
    with cluster.borrowed() as url:
        return running.in_foreground([str(cluster.program("psql")), url])


def _cluster() -> Cluster:
    if os.environ.get("DATABASE_URL"):
        raise running.CannotRun("DATABASE_URL peger på en anden database, så den, der følger med, er ikke i brug.")
    return Cluster(data_directory())


DATABASE_ACTIONS = {"start": _start, "stop": _stop, "status": _status, "url": _url, "psql": _psql}


if __name__ == "__main__":
    sys.exit(main())
