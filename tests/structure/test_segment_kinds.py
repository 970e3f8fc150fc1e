from samspil.contexts.notes.api import SegmentKind
from samspil.kernel import segments


def test_what_the_typing_marks_give_is_what_a_note_can_hold():
    assert {str(kind) for kind in segments.SegmentKind} == set(SegmentKind.values)
