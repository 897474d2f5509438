"""Fixed words and measures of the labelling program: its keys, hints and style sheet."""

from __future__ import annotations

from detente.types import Status

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Select words",
        (
            ("← →", "move the cursor; Home and End to the ends"),
            ("Shift ← →", "extend the selection"),
        ),
    ),
    (
        "Make the selection a part of the event",
        (
            ("p", "predicate: the event word or words"),
            ("a  r", "actor, recipient; the same words again take it away"),
            ("c  b", "condition, according to (by) whom"),
            ("w", "quote, where it should not just follow from the parts"),
            ("P A R C B", "the same with words that you type, from elsewhere in the document"),
            ("Backspace", "take away the part under the cursor"),
        ),
    ),
    (
        "Describe the event",
        (
            ("t  m  s", "type, mode, status: choose by letter"),
            ("g", "country and sector of the parties"),
            ("d", "date: YYYY, YYYY-MM or YYYY-MM-DD"),
            ("o", "background: more than about a month old"),
            ("e", "repeats an earlier event of the document"),
        ),
    ),
    (
        "Events of the sentence",
        (
            ("Enter", "save the event, accept the suggestion"),
            ("Escape", "drop what is not saved"),
            ("n", "new event"),
            ("↑ ↓", "take up a saved event or a suggestion"),
            ("x", "delete the event, throw the suggestion away"),
            ("u  Ctrl+R", "undo, redo"),
        ),
    ),
    (
        "Go on",
        (
            ("Space  PgDn", "mark the sentence done and go to the next"),
            ("PgUp", "back one sentence"),
            ("[  ]", "document before, document after"),
            ("j", "jump to the first sentence that is not done"),
            ("?  q", "this help; quit"),
        ),
    ),
)
# In the order of need: a narrow terminal cuts the line at its end.
HINTS = {
    "?": "keys",
    "←→": "select",
    "parcb": "parts",
    "t": "type",
    "Enter": "save",
    "Space": "next",
    "u": "undo",
    "q": "quit",
}
# docs/coding.md, Status, has them in full.
STATUS_GLOSSES = {
    Status.ASSERTED: "happened, happens, or is done by saying it",
    Status.FUTURE: "decided or scheduled, not done",
    Status.CONDITIONAL: "hangs on a stated condition (press c for its words)",
    Status.HYPOTHETICAL: "feared, supposed, possible; no condition",
    Status.REQUESTED: "asked of somebody, and it hits a third party",
    Status.NEGATED: "the text says it did not happen",
    Status.DENIED: "a party says it did not happen (press b for its words)",
}
# Below this many lines the sentence has no room around it.
SHORT_LINES = 30
# The style sheet's numbers are cells of the terminal.
STYLE = """
Screen { layout: vertical; }
#head { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
#progress { height: 1; padding: 0 1; text-wrap: nowrap; }
#around { height: 1fr; min-height: 3; padding: 0 1; }
#before, #after { padding: 0 2; }
#sentence { border: heavy $accent; padding: 1 2; margin: 1 0; text-style: bold; }
#events { height: auto; max-height: 20%; border: round $surface-lighten-2; padding: 0 1; }
#draft { height: auto; max-height: 40%; border: round $surface-lighten-2; padding: 0 1; }
#draft.open { border: round $accent; }
.-short #sentence { padding: 0 1; margin: 0; }
.-short #events { min-height: 3; }
#said { height: auto; max-height: 4; padding: 0 1; }
#said.wrong { color: $text-error; }
#said.note { color: $text-warning; }
#said.fine { color: $text-success; }
#keys { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis; }
ModalScreen { align: center middle; }
.dialog { width: 100; max-width: 96%; height: auto; max-height: 92%; border: round $accent;
  background: $surface; padding: 1 2; }
.dialog OptionList { height: auto; max-height: 24; border: none; background: $surface;
  text-wrap: nowrap; text-overflow: ellipsis; }
.dialog .title { text-style: bold; margin-bottom: 1; }
.dialog .wrong { color: $text-error; }
"""
