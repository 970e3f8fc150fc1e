"""Which rows PostgreSQL itself shows the application's role: the declarative table of the second wall, and its SQL.

Every table stands in WALLS or in OPEN. For a new one add its line, and call `build_walls` in the migration that
comes last. Rules compare a row with the scope of the connection (kernel/scope.py); with none set there are no rows.
A row must pass before it is written, too. What is finer than municipality and provider is `visible_to`'s business.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

# A sub-select is asked once a statement, not once a row; a setting that is set no more is '', not null.
_HOME = "(select nullif(current_setting('samspil.municipality', true), '')::smallint)"
_PROVIDER = "(select nullif(current_setting('samspil.organisation', true), '')::uuid)"
_PERSON = "(select nullif(current_setting('samspil.person', true), '')::uuid)"
_SYSTEM = "(select current_setting('samspil.system', true) = 'on')"
_OURS = f"municipality = {_HOME}"


@dataclass(frozen=True, slots=True)
class Wall:
    """`seen` decides which rows there are, `written` which may be put there.

    An authority's own rows are told by the first comparison alone; the functions are for the others: for providers, for
    Samspil itself, who is always let in, and for foreign rows. `all_read` is for rows that everybody may read, and only
    their own municipality may write.
    """

    seen: str
    written: str
    all_read: bool = False


def _under(parent: str, column: str) -> Wall:
    """A row is there for those who see its parent, and is written under a parent of the same municipality."""
    belongs = f"wall_has_{parent}({column}, municipality)"
    return Wall(f"{_OURS} or {belongs}", belongs)


_OF_CASE = Wall(f"{_OURS} or wall_takes_part(case_id)", "wall_has_case(case_id, municipality)")
# What is examined and decided is between the authority and the citizen; a provider is told by an order.
_OF_AUTHORITY = Wall(f"{_OURS} or {_SYSTEM}", f"{_PROVIDER} is null and wall_has_case(case_id, municipality)")
_OF_CITIZEN = _under("citizen", "citizen_id")
_OF_MEETING = _under("meeting", "meeting_id")
_OF_ORDER = _under("order", "order_id")
_OF_PERSON = Wall(f"user_id = {_PERSON} or {_SYSTEM}", f"user_id = {_PERSON} or {_SYSTEM}")
# What closes a case to one person, or opens it for an hour: that person's, from before the rest of the scope is known.
_OF_PERSON_IN_CASE = Wall(f"{_OURS} or user_id = {_PERSON} or {_SYSTEM}", "wall_has_case(case_id, municipality)")
_OF_MUNICIPALITY = Wall(f"{_OURS} or {_SYSTEM}", f"{_OURS} or {_SYSTEM}")
_PUBLISHED = Wall(f"{_OURS} or {_SYSTEM}", f"{_OURS} or {_SYSTEM}", all_read=True)
_LOOKS = Wall(
    f"{_OURS} or user_id = {_PERSON} or {_SYSTEM}"
    f" or municipality is null and {_PROVIDER} is null and wall_has_citizen(citizen_id)",
    f"{_OURS} or municipality is null or {_SYSTEM}",
)
_EVENTS = Wall(
    f"{_OURS} or user_id = {_PERSON} or wall_has_case(case_id)",
    f"case_id is null and (municipality is null or {_OURS}) or wall_has_case(case_id, municipality)",
)

WALLS: dict[str, Wall] = {
    "access_accesslogentry": _LOOKS,
    "access_conflict": _OF_PERSON_IN_CASE,
    "access_emergencyaccess": _OF_PERSON_IN_CASE,
    "access_event": _EVENTS,
    "cases_case": Wall(
        f"{_OURS} or wall_takes_part(id)",
        f"{_OURS} and wall_has_citizen(citizen_id, municipality) or wall_takes_part(id)",
    ),
    "cases_casecounter": _OF_MUNICIPALITY,
    "cases_listing": _OF_CASE,
    "cases_participation": Wall(
        # a provider's own rows are told without the function, so that the function may ask this table
        f"{_OURS} or organisation_id = {_PROVIDER} or wall_takes_part(case_id)",
        f"({_PROVIDER} is null or organisation_id = {_PROVIDER}) and wall_has_case(case_id, municipality)",
    ),
    "cases_referral": Wall(
        f"{_OURS} or {_SYSTEM}",
        f"({_OURS} or {_SYSTEM}) and (case_id is null or wall_has_case(case_id, municipality))",
    ),
    "cases_task": _OF_CASE,
    "catalogue_provision": _PUBLISHED,
    "catalogue_verification": _OF_MUNICIPALITY,
    "citizens_accessgrant": _OF_CITIZEN,
    "citizens_citizen": Wall(f"{_OURS} or wall_helps(id)", f"{_OURS} or wall_helps(id)"),
    "citizens_contactagreement": _OF_CITIZEN,
    "citizens_relation": _OF_CITIZEN,
    "deadlines_deadline": _OF_CASE,
    "deadlines_deadlinechange": _OF_CASE,
    "decisions_adjustment": _OF_AUTHORITY,
    "decisions_complaint": _OF_AUTHORITY,
    "decisions_coverage": _OF_AUTHORITY,
    "decisions_criterion": _OF_AUTHORITY,
    "decisions_decidedneed": _OF_AUTHORITY,
    "decisions_decision": _OF_AUTHORITY,
    "decisions_delimitation": _OF_AUTHORITY,
    "decisions_fact": _OF_AUTHORITY,
    "decisions_funnelstep": _OF_AUTHORITY,
    "decisions_grant": _OF_AUTHORITY,
    "decisions_hearing": _OF_AUTHORITY,
    "decisions_need": _OF_AUTHORITY,
    "decisions_remittedpoint": _OF_AUTHORITY,
    "disclosure_accesscomplaint": _OF_AUTHORITY,
    "disclosure_disclosedpaper": _OF_AUTHORITY,
    "disclosure_filerequest": _OF_AUTHORITY,
    "disclosure_mask": _OF_AUTHORITY,
    "disputes_dispute": _OF_AUTHORITY,
    "disputes_disputestep": _OF_AUTHORITY,
    "feedback_changemade": _OF_CASE,
    "feedback_invitation": _OF_CASE,
    "feedback_letterfeedback": _OF_AUTHORITY,
    "feedback_meetingfeedback": _OF_CASE,
    "goals_goal": _OF_CASE,
    "goals_planversion": _OF_CASE,
    "goals_purpose": _OF_CASE,
    "goals_rating": _OF_CASE,
    "letters_dispatch": _OF_AUTHORITY,
    "letters_forwardedpackage": _OF_AUTHORITY,
    "letters_letter": _OF_AUTHORITY,
    "letters_letterdocument": _OF_AUTHORITY,
    "meetings_agendapoint": _OF_MEETING,
    "meetings_attendee": _OF_MEETING,
    "meetings_boardlayout": _PUBLISHED,
    "meetings_boardpicture": _OF_MEETING,
    "meetings_boardstep": _OF_MEETING,
    "meetings_card": _OF_MEETING,
    "meetings_checklistitem": _OF_MEETING,
    "meetings_meeting": _OF_CASE,
    "meetings_preparation": _OF_MEETING,
    "meetings_scaleanswer": _OF_MEETING,
    "notes_draft": _OF_PERSON,
    "notes_note": _OF_CASE,
    "notes_segment": _OF_CASE,
    "orders_order": Wall(
        f"{_OURS} or provider_id = {_PROVIDER} or {_SYSTEM}",
        f"({_PROVIDER} is null or provider_id = {_PROVIDER}) and wall_has_case(case_id, municipality)",
    ),
    "orders_ordergoal": _OF_ORDER,
    "orders_question": _OF_ORDER,
    "orders_statusnote": _OF_ORDER,
    "orders_statuspart": _under("status_note", "status_note_id"),
    "review_finding": _OF_MUNICIPALITY,
    "review_reviewitem": _OF_MUNICIPALITY,
}

OPEN: dict[str, str] = {
    "access_district": "names of districts; the actor is made from it before there is a scope",
    "access_link": "ids and hashes of the logs' lines: whoever writes a line must read the end of the chain",
    "access_login": "open log-ins, found by the key of a session or at a provider's word, before there is a scope",
    "access_loginattempt": "what waits for a provider's answer, sealed, before it is known who asks",
    "access_loginidentity": "who somebody is at a provider: read before there is a scope",
    "access_organisation": "names of authorities and providers, as in a directory",
    "access_receipt": "random keys of forms and the address that each led to",
    "access_roleassignment": "the actor, and so the scope, is made from it",
    "access_spenttoken": "hashes of tokens that were used",
    "access_unit": "names of teams, as in a directory",
    "access_user": "who logs in: read before there is a scope, and staff of one side are shown to the other",
    "auth_group": "not used; Django's",
    "auth_group_permissions": "not used; Django's",
    "auth_permission": "not used; Django's",
    "catalogue_codesystem": "published code lists",
    "catalogue_concept": "published code lists",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "jobs_timerrun": "when what recurs was last done: names of verbs and times",
    "review_thresholds": "how many looks a leader wants to see: numbers, one row a municipality",
    "django_session": "found by a secret key before there is a scope; holds no more than who is logged in",
}


# Each is held by the walls of the tables it asks (security invoker), so a citizen is there when one of the cases is.
# With PostgreSQL's own guess of the cost, 100, a provider's question walked past 100,000 foreign cases: 2.8 s for 0.02.
_BODY = """
create or replace function {head} returns boolean language plpgsql stable cost 1000 as $$ {answer} $$
"""
_ASKED = """
begin
  if current_setting('samspil.system', true) = 'on' then return true; end if;
  {answer}
end
"""
# A statement that reads a hundred notes of one case asks once: the answer yes is kept until the statement is over, for
# this provider and this case. Whoever can set `samspil.told` can set `samspil.organisation`, so it opens nothing new.
_TAKES_PART = """
declare
  ours constant text := current_setting('samspil.organisation', true);
  told constant text := ours || wanted || date_part('epoch', statement_timestamp());
begin
  if current_setting('samspil.told', true) = told then return true; end if;
  if current_setting('samspil.system', true) = 'on' then return true; end if;
  if coalesce(ours, '') = '' then return false; end if;
  perform from cases_participation where case_id = wanted and organisation_id = ours::uuid limit 1;
  if not found then
    perform from orders_order where case_id = wanted and provider_id = ours::uuid limit 1;
    if not found then return false; end if;
  end if;
  perform set_config('samspil.told', told, true);
  return true;
end
"""
_HELPS = _ASKED.format(
    answer="""
  if coalesce(current_setting('samspil.organisation', true), '') = '' then return false; end if;
  return exists (select from cases_case where citizen_id = wanted);
"""
)
_HAS = _ASKED.format(
    answer="return exists (select from {table} where id = wanted and (home is null or municipality = home));"
)
_HELD = {
    "case": "cases_case",
    "citizen": "citizens_citizen",
    "meeting": "meetings_meeting",
    "order": "orders_order",
    "status_note": "orders_statusnote",
}
FUNCTIONS: dict[str, str] = {
    "wall_takes_part(wanted uuid)": _TAKES_PART,
    "wall_helps(wanted uuid)": _HELPS,
    **{
        f"wall_has_{name}(wanted uuid, home smallint default null)": _HAS.format(table=table)
        for name, table in _HELD.items()
    },
}


def _policies(table: str) -> dict[str, str]:
    """What follows CREATE POLICY … ON …, by the name of the policy."""
    wall = WALLS[table]
    found = {"wall": f"using ({wall.seen}) with check ({wall.written})"}
    return found | ({"wall_all_read": "for select using (true)"} if wall.all_read else {})


def _mark(policy: str) -> str:
    """Written on the policy, so that a start can tell this version's walls from another's."""
    return hashlib.sha256(policy.encode()).hexdigest()[:16]


def build_walls(apps: Any = None, schema_editor: Any = None) -> None:
    """Make all walls of tables that exist, anew: for the end of a migration. Safe to run again."""
    with connection.cursor() as cursor:
        for head, answer in FUNCTIONS.items():
            cursor.execute(_BODY.format(head=head, answer=answer))
        there = connection.introspection.table_names(cursor)
        for table in WALLS.keys() & set(there):
            build_wall(cursor, table)


def build_wall(cursor: Any, table: str) -> None:
    cursor.execute("select polname from pg_policy where polrelid = %s::regclass", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'drop policy "{name}" on {table}')
    for name, policy in _policies(table).items():
        cursor.execute(f"create policy {name} on {table} {policy}")
        cursor.execute(f"comment on policy {name} on {table} is '{_mark(policy)}'")
    cursor.execute(f"alter table {table} enable row level security, force row level security")


@contextmanager
def lifted(tables: Sequence[str]) -> Iterator[None]:
    """No wall for these tables, in the caller's transaction: COPY cannot fill a table that has one.

    The tables' owner may; to everybody else they are locked until the transaction ends.
    """
    walled = [table for table in tables if table in WALLS]
    with connection.cursor() as cursor:
        for table in walled:
            cursor.execute(f"alter table {table} no force row level security")
        yield
        for table in walled:
            cursor.execute(f"alter table {table} force row level security")


_TABLES = """
select relname, relkind, relrowsecurity and relforcerowsecurity,
       coalesce(reloptions::text, '') ~ 'security_invoker=(true|on|yes|1)'
from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'f', 'v', 'm')
order by relname
"""
_POLICIES = """
select polrelid::regclass::text, polname, obj_description(oid, 'pg_policy'), polpermissive and polroles = '{0}'
from pg_policy order by 1, 2
"""
_DEFINERS = """
select proname from pg_proc where prosecdef and pronamespace = current_schema()::regnamespace order by proname
"""


def strangers() -> list[str]:
    """Tables of the database that stand in neither list."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = {name for name, kind, *_ in cursor.fetchall() if kind in "rp"}
    return sorted(tables - WALLS.keys() - OPEN.keys())


def gaps() -> list[str]:
    """What keeps the database's catalogue from agreeing with the table above: one line each, [] when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        relations = cursor.fetchall()
        cursor.execute(_POLICIES)
        policies = {(table, name): (mark, is_plain) for table, name, mark, is_plain in cursor.fetchall()}
        cursor.execute(_DEFINERS)
        definers = [f"{name}: a function with the rights of its owner" for (name,) in cursor.fetchall()]
    tables = {name for name, kind, *_ in relations if kind in "rp"}
    walled = {name for name, kind, is_held, _ in relations if kind in "rp" and is_held}
    wanted = {(table, name): (_mark(text), True) for table in WALLS for name, text in _policies(table).items()}
    return [
        *(f"{table}: no such table" for table in sorted((WALLS.keys() | OPEN.keys()) - tables)),
        *(f"{table}: row-level security is not forced" for table in sorted((WALLS.keys() & tables) - walled)),
        *(
            f"{table}: {name} is missing or another"
            for (table, name), is_so in wanted.items()
            if table in tables and policies.get((table, name)) != is_so
        ),
        *(f"{table}: nobody knows {name}" for table, name in policies.keys() - wanted.keys()),
        *(
            f"{name}: a view with the rights of its owner"
            for name, kind, _, as_asker in relations
            if kind in "fm" or (kind == "v" and not as_asker)
        ),
        *definers,
    ]
