"""Chains the two logs: every line is bound to the line before it by a hash, in the database, so no writer forgets."""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What of a line is hashed: all its columns. Absent ones are left out, so that a later column that may be empty does
# not change the hash of older lines. An event's data are text here, else what is null inside them would be left out.
# Instants are written in the session's time zone, so whoever calls these sets UTC.
FORMS = """
create function access_form(line jsonb) returns bytea language sql stable as $$
  select convert_to(jsonb_strip_nulls(line)::text, 'UTF8')
$$;
create function access_event_form(line access_event) returns bytea language sql stable as $$
  select access_form(to_jsonb(line) || jsonb_build_object('data', line.data::text))
$$;
"""

# One chain for each log and municipality; 0 is the chain of lines without one. The lock is held to the end of the
# transaction, so the next writer reads a head that stays. UNIQUE (log, chain, place) makes a fork an error.
LINKING = """
create function access_next_hash(state bytea, head bytea, form bytea) returns bytea language sql immutable as $$
  select sha256(coalesce(state, head) || form)
$$;
create aggregate access_chained(bytea, bytea) (sfunc = access_next_hash, stype = bytea);

create function access_head(of_log text, of_chain int, out place bigint, out hash bytea) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7305, of_chain);
  select l.place, l.hash into place, hash from access_link l
  where l.log = of_log and l.chain = of_chain order by l.place desc limit 1;
  if place is null then
    place := 0;
    hash := sha256(convert_to(of_log || ' ' || of_chain, 'UTF8'));
  end if;
end $$;

create function access_link_looks() returns trigger language plpgsql set timezone = 'UTC' as $$
declare
  of_chain int;
  head record;
begin
  for of_chain in select distinct coalesce(municipality, 0) from added order by 1 loop
    head := access_head('look', of_chain);
    insert into access_link (entry_id, log, chain, place, hash)
    select id, 'look', of_chain, head.place + row_number() over this, access_chained(head.hash, form) over this
    from (select id, row_number() over () as n, access_form(to_jsonb(added)) as form
          from added where coalesce(municipality, 0) = of_chain) as lines
    window this as (order by n);
  end loop;
  return null;
end $$;

create function access_link_event() returns trigger language plpgsql set timezone = 'UTC' as $$
declare
  head record;
begin
  head := access_head('event', coalesce(new.municipality, 0));
  insert into access_link (entry_id, log, chain, place, hash)
  values (new.id, 'event', coalesce(new.municipality, 0), head.place + 1, sha256(head.hash || access_event_form(new)));
  return null;
end $$;
"""

# Looks of a page come in one statement of their own and are linked at once. An event is written in the middle of a
# command that holds rows, so it is linked at the very end: nobody waits for a row while holding the chain.
TRIGGERS = """
create trigger link_looks after insert on access_accesslogentry
referencing new table as added for each statement execute function access_link_looks();
create constraint trigger link_event after insert on access_event
deferrable initially deferred for each row execute function access_link_event();
"""

# Lines from before the chain, in the order of time.
EARLIER = """
set local timezone = 'UTC';
insert into access_link (entry_id, log, chain, place, hash)
select id, 'look', chain, row_number() over this,
       access_chained(sha256(convert_to('look ' || chain, 'UTF8')), form) over this
from (select id, at, coalesce(municipality, 0) as chain, access_form(to_jsonb(e)) as form from access_accesslogentry e) lines
window this as (partition by chain order by at, id);
insert into access_link (entry_id, log, chain, place, hash)
select id, 'event', chain, row_number() over this,
       access_chained(sha256(convert_to('event ' || chain, 'UTF8')), form) over this
from (select id, at, coalesce(municipality, 0) as chain, access_event_form(e) as form from access_event e) lines
window this as (partition by chain order by at, id);
"""
UNDONE = """
drop trigger link_looks on access_accesslogentry;
drop trigger link_event on access_event;
drop function access_link_looks();
drop function access_link_event();
drop function access_head(text, int);
drop aggregate access_chained(bytea, bytea);
drop function access_next_hash(bytea, bytea, bytea);
drop function access_event_form(access_event);
drop function access_form(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_sensitivity_conflicts_and_emergencies")]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("entry_id", models.UUIDField(primary_key=True, serialize=False)),
                ("log", models.CharField(choices=[("look", "Opslag"), ("event", "Hændelser")], max_length=5)),
                ("chain", models.SmallIntegerField(help_text="The municipality's code; 0 for lines without one.")),
                ("place", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=["log", "chain", "place"], name="link_once"),
        ),
        migrations.AddIndex(
            model_name="accesslogentry",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="look_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9dcc8637a2b1a75beef3dc05071b40119622a481",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6a0b6",
                    table="access_link",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(FORMS + LINKING + TRIGGERS + EARLIER, UNDONE),
    ]
