"""Ways to spoil a database in which people have written, each of which `whole.problems` must name."""

NOTE = "(select id from notes_note where meeting_id is null order by id limit 1)"
MEETING = "(select id from meetings_meeting where status = 'closed' order by id limit 1)"
DAMAGES = {
    name: statement.format(note=NOTE, meeting=MEETING)
    for name, statement in {
        "an event of a note": "delete from access_event where kind = 'note.written' and subject_id = {note}",
        "half a note": "delete from notes_segment where note_id = {note} and kind <> 'agreement'",
        "a note's task": "delete from cases_task using notes_segment said "
        "where source_id = said.id and note_id = {note}",
        "a whole note": "delete from notes_note where id = {note}",
        "a task twice": "insert into cases_task select (jsonb_populate_record(task, jsonb_build_object('id', "
        "gen_random_uuid()))).* from cases_task task where source = 'manual' limit 1",
        "an event of a task": "delete from access_event using cases_task task "
        "where kind = 'task.added' and subject_id = task.id and task.source = 'manual'",
        "a card": "delete from meetings_card where text like 'Sagt: %'",
        "a step": "delete from meetings_boardstep where change ->> 'typed' like 'Sagt: %'",
        "a picture": "delete from meetings_boardpicture where meeting_id = {meeting}",
        "a byte of a picture": "update meetings_boardpicture set pdf = pdf || '!' where meeting_id = {meeting}",
        "a plan": "delete from goals_planversion where meeting_id = {meeting}",
        "the closing itself": "update meetings_meeting set status = 'open' where id = {meeting}",
        "an event of a closing": "delete from access_event where kind = 'meeting.closed' and subject_id = {meeting}",
        "a receipt": "delete from access_receipt where location <> ''",
        "where a receipt led": "update access_receipt set location = ''",
    }.items()
}
