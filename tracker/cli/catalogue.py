"""Every command: its group, the function that is it, and one line of help. Read without loading any of them."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """``target`` is ``module:function`` under ``tracker.cli``; the module is loaded when the command is used.

    ``completes`` is how the first argument goes on, in ``tracker.cli.complete``: a shell asks it without the command.
    """

    group: str
    target: str
    help: str
    completes: str = ""


SEE, RECORD, FOLLOW, GIVE, KEEP = (
    "See what is agreed and what falls due",
    "Record agreements",
    "Record the follow-up",
    "Bring in and give out",
    "Set up and keep",
)

COMMANDS: dict[str, Entry] = {
    "agreements": Entry(SEE, "agreements:agreements", "List agreements with their status on any day."),
    "obligations": Entry(SEE, "obligations:obligations", "List what is owed, by whom, to whom, by when."),
    "deadlines": Entry(SEE, "deadlines:deadlines", "List what falls due, with days left."),
    "activities": Entry(SEE, "activities:activities", "List trainings, work sessions and other follow-up."),
    "parties": Entry(SEE, "parties:parties", "List organisations and States."),
    "people": Entry(SEE, "people:people", "List signatories, contacts and those responsible."),
    "scopes": Entry(SEE, "scopes:scopes", "List scope areas with their Global Compact, SDG and DAC codes."),
    "documents": Entry(SEE, "documents:documents", "List the files kept with agreements and parties."),
    "search": Entry(SEE, "search:search", "Search everything recorded, and the text of documents."),
    "open": Entry(SEE, "documents:open_document", "Open a kept file with the program for it."),
    "show": Entry(SEE, "show:show", "Show everything about one agreement, party, person ...", "references"),
    "explain": Entry(SEE, "explain:explain", "Say why: the facts, rules and arithmetic behind a value.", "references"),
    "history": Entry(SEE, "history:history", "List who changed what, when; show a record as it was.", "references"),
    "check": Entry(SEE, "check:check", "Check what is recorded, like a linter.", "agreements"),
    "add-agreement": Entry(RECORD, "agreements:add_agreement", "Record an agreement."),
    "add-party": Entry(RECORD, "parties:add_party", "Record an organisation or State."),
    "add-person": Entry(RECORD, "people:add_person", "Record a person."),
    "add-scope": Entry(RECORD, "scopes:add_scope", "Add a scope area of your own."),
    "add-obligation": Entry(
        RECORD, "obligations:add_obligation", "Record what a party owes, and when it falls due.", "agreements"
    ),
    "add-link": Entry(RECORD, "annexes:add_link", "Say that one amends, extends, replaces ... another.", "agreements"),
    "add-note": Entry(RECORD, "annexes:add_note", "Add a dated remark to an agreement.", "agreements"),
    "add-figure": Entry(
        RECORD, "annexes:add_figure", "Add a figure an agreement rests on or is measured by.", "agreements"
    ),
    "add-document": Entry(
        RECORD, "documents:add_document", "Keep a file with an agreement, a part of one, or a party.", "references"
    ),
    "record": Entry(
        FOLLOW, "events:record", "Record an event: signed, ratified, renewed, notice given ...", "agreements"
    ),
    "add-activity": Entry(
        FOLLOW, "activities:add_activity", "Record a training, work session or other follow-up.", "agreements"
    ),
    "fulfil": Entry(FOLLOW, "obligations:fulfil", "Mark a due date of an obligation as met.", "obligations"),
    "waive": Entry(FOLLOW, "obligations:waive", "Mark a due date as waived, for a reason.", "obligations"),
    "edit": Entry(FOLLOW, "edit:edit", "Change fields, or the whole record in your editor.", "references"),
    "remove": Entry(FOLLOW, "edit:remove", "Remove an agreement or a part of one.", "references"),
    "undo": Entry(FOLLOW, "journal:undo", "Take back what the last command recorded, or an earlier one."),
    "import": Entry(GIVE, "importing:import_", "Bring in agreements from record files or a spreadsheet."),
    "export": Entry(GIVE, "export:export", "Write records or lists: YAML, JSON, CSV, a workbook (XLSX)."),
    "export-document": Entry(GIVE, "documents:export_document", "Write a kept file as it was given."),
    "template": Entry(GIVE, "template:template", "Make a workbook to be filled in and brought in."),
    "report": Entry(GIVE, "report:report", "Write a report as PDF, HTML, Word, workbook or Markdown."),
    "calendar": Entry(GIVE, "calendar:calendar", "Write deadlines as a calendar file (iCalendar).", "references"),
    "schema": Entry(GIVE, "records:schema", "Print the JSON Schema of the record file."),
    "init": Entry(KEEP, "setup:init", "Make a new database."),
    "demo": Entry(KEEP, "demo:demo", "Look around: a database of real agreements in a folder of its own."),
    "backup": Entry(KEEP, "backup:backup", "Write everything to one file, while others work."),
    "restore": Entry(KEEP, "backup:restore", "Put a backup in the place of the database, which is kept."),
    "verify": Entry(KEEP, "verify:verify", "Prove that nothing was lost or changed behind Tracker's back."),
    "journal": Entry(KEEP, "journal:journal", "Look at the journal itself: head."),
    "forget": Entry(KEEP, "forget:forget", "Erase a person's data, from the journal too.", "people"),
    "db": Entry(KEEP, "db:db", "Look after the database: upgrade, rederive, reindex, compact."),
    "config": Entry(KEEP, "setup:config_", "Say which database is used and where that is set."),
}
