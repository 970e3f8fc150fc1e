"""What other contexts and the pages may use."""

from samspil.contexts.letters.channels import Attachment, LetterChannel, Message, NotConnected, NotDelivered, Receipt
from samspil.contexts.letters.commands.delivering import Delivered, deliver_waiting
from samspil.contexts.letters.commands.forwarding import tell_of_forwarding
from samspil.contexts.letters.commands.noticing import NoticesSent, send_due_notices
from samspil.contexts.letters.commands.reading import take_in_hand
from samspil.contexts.letters.commands.sending import post_letter, send_copy, send_letter
from samspil.contexts.letters.commands.telling import tell_received
from samspil.contexts.letters.commands.writing import (
    draft_for_decision,
    draft_letter,
    drop_letter,
    edit_letter,
    replace_letter,
)
from samspil.contexts.letters.composing import ITEM, QUOTE, Section
from samspil.contexts.letters.content import Block, Change, blocks
from samspil.contexts.letters.enums import (
    Appeal,
    Channel,
    DispatchStatus,
    DocumentKind,
    LetterKind,
    LetterRefusal,
    LetterStatus,
    Origin,
    PartKind,
    Problem,
    Result,
)
from samspil.contexts.letters.facts import Answered, Basis, Drawn, LetterFacts, Sender, Step
from samspil.contexts.letters.filling import Line
from samspil.contexts.letters.from_decision import basis_of
from samspil.contexts.letters.models import Dispatch, ForwardedPackage, Letter, LetterDocument
from samspil.contexts.letters.policy import may_write
from samspil.contexts.letters.queries.letters import (
    DispatchView,
    LetterRow,
    LetterView,
    Paper,
    PartView,
    differences,
    letter,
    letter_about,
    letter_of_dispatch,
    letters_of,
    may_take_in_hand,
    newest_letter,
    paper,
    to_post,
    usual_channel,
)
from samspil.contexts.letters.queries.packages import PackageView, package, package_paper
from samspil.contexts.letters.rules import DISPATCH, EDITABLE, LONGEST_PART, MISSING
from samspil.contexts.letters.wording import easy_mark, name_of, translation_mark

__all__ = [
    "DISPATCH",
    "EDITABLE",
    "ITEM",
    "LONGEST_PART",
    "MISSING",
    "QUOTE",
    "Answered",
    "Appeal",
    "Attachment",
    "Basis",
    "Block",
    "Change",
    "Channel",
    "Delivered",
    "Dispatch",
    "DispatchStatus",
    "DispatchView",
    "DocumentKind",
    "Drawn",
    "ForwardedPackage",
    "Letter",
    "LetterChannel",
    "LetterDocument",
    "LetterFacts",
    "LetterKind",
    "LetterRefusal",
    "LetterRow",
    "LetterStatus",
    "LetterView",
    "Line",
    "Message",
    "NotConnected",
    "NotDelivered",
    "NoticesSent",
    "Origin",
    "PackageView",
    "Paper",
    "PartKind",
    "PartView",
    "Problem",
    "Receipt",
    "Result",
    "Section",
    "Sender",
    "Step",
    "basis_of",
    "blocks",
    "deliver_waiting",
    "differences",
    "draft_for_decision",
    "draft_letter",
    "drop_letter",
    "easy_mark",
    "edit_letter",
    "letter",
    "letter_about",
    "letter_of_dispatch",
    "letters_of",
    "may_take_in_hand",
    "may_write",
    "name_of",
    "newest_letter",
    "package",
    "package_paper",
    "paper",
    "post_letter",
    "replace_letter",
    "send_copy",
    "send_due_notices",
    "send_letter",
    "take_in_hand",
    "tell_of_forwarding",
    "tell_received",
    "to_post",
    "translation_mark",
    "usual_channel",
]
