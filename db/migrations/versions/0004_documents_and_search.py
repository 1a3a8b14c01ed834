"""Documents of parties and of parts, the text of kept files with its clauses, and the index for search.

The index is an FTS5 table. A row is one thing that can be found: its number is that of the thing times 16 plus a digit
for its kind. Triggers note in ``search_stale`` which rows no longer hold; whoever commits brings those up to date first
(tracker.store.search_index), since SQLite lets no trigger write to an FTS5 table while the schema is not trusted.
A later migration that makes one of these tables anew has to make its triggers anew.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT_STATES = ("read", "partly-read", "no-text", "not-read", "encrypted", "damaged", "unsafe", "too-large", "too-slow")
DOCUMENT_KINDS = (
    "signed-text",
    "annex",
    "amendment",
    "certified-copy",
    "minutes",
    "attendance-list",
    "report",
    "correspondence",
    "press-release",
    "other",
)

INDEX = """CREATE VIRTUAL TABLE search USING fts5(
    title, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
)"""

WATCHED = {
    "agreement": (1, "ref, title, summary"),
    "party": (2, "name, acronym"),
    "obligation": (3, "text, clause"),
    "activity": (4, "title, place"),
    "note": (5, "text"),
    "figure": (6, "what, value, unit, period, source"),
    "document": (7, "title, file"),
    "file_page": (8, "text"),
    "party_document": (9, "title, file"),
}
"""For each table whose rows can be found: its digit, and the columns they are found by."""

PAGES = "SELECT g.id * 16 + 8 FROM file_page g JOIN kept_file k ON k.id = g.file_id WHERE k.sha256 = {0}.sha256"


def triggers() -> dict[str, str]:
    """Every trigger by its name."""
    found = {}

    def trigger(name: str, event: str, *stale: str) -> None:
        steps = "".join(f"INSERT INTO search_stale (id) {what}; " for what in stale)
        found[f"search_{name}"] = f"CREATE TRIGGER search_{name} AFTER {event} BEGIN {steps}END"

    for table, (digit, columns) in WATCHED.items():
        new, old = (f"VALUES ({row}.id * 16 + {digit})" for row in ("new", "old"))
        trigger(f"{table}_insert", f"INSERT ON {table}", new)
        trigger(f"{table}_update", f"UPDATE OF {columns} ON {table}", new)
        trigger(f"{table}_delete", f"DELETE ON {table}", old)
    new, old = (f"VALUES ({row}.party_id * 16 + 2)" for row in ("new", "old"))
    trigger("party_name_insert", "INSERT ON party_name", new)
    trigger("party_name_update", "UPDATE OF name, party_id ON party_name", old, new)
    trigger("party_name_delete", "DELETE ON party_name", old)
    for table in ("document", "party_document"):  # the pages of a file are found while a document names it
        trigger(f"{table}_pages_insert", f"INSERT ON {table}", PAGES.format("new"))
        trigger(f"{table}_pages_update", f"UPDATE OF sha256 ON {table}", PAGES.format("old"), PAGES.format("new"))
        trigger(f"{table}_pages_delete", f"DELETE ON {table}", PAGES.format("old"))
    return found


def upgrade() -> None:
    op.add_column("document", sa.Column("of_part", sa.String(), nullable=True))
    op.create_index(op.f("ix_document__sha256"), "document", ["sha256"], unique=False)
    op.create_table(
        "party_document",
        sa.Column("on_text", sa.String(), nullable=True),
        sa.Column("on_lower", sa.Date(), nullable=True),
        sa.Column("on_upper", sa.Date(), nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*DOCUMENT_KINDS, name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_party_document__sha256")),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_document__party_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_document")),
        sa.UniqueConstraint("party_id", "number", name=op.f("uq_party_document__party_id_number")),
    )
    op.create_index(op.f("ix_party_document__party_id"), "party_document", ["party_id"], unique=False)
    op.create_index(op.f("ix_party_document__sha256"), "party_document", ["sha256"], unique=False)
    op.create_table(
        "kept_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column(
            "text_state",
            sa.Enum(*TEXT_STATES, name="text_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_kept_file__sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_kept_file__sha256")),
    )
    op.create_table(
        "file_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["kept_file.id"], name=op.f("fk_file_page__file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_page")),
        sa.UniqueConstraint("file_id", "position", name=op.f("uq_file_page__file_id_position")),
    )
    op.create_index(op.f("ix_file_page__file_id"), "file_page", ["file_id"], unique=False)
    op.create_table(
        "file_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["kept_file.id"], name=op.f("fk_file_clause__file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_clause")),
        sa.UniqueConstraint("file_id", "position", name=op.f("uq_file_clause__file_id_position")),
    )
    op.create_index(op.f("ix_file_clause__file_id"), "file_clause", ["file_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(INDEX)
        op.execute("CREATE TABLE search_stale (id INTEGER NOT NULL)")
        for statement in triggers().values():
            op.execute(statement)
        for table, (digit, _) in WATCHED.items():
            op.execute(f"INSERT INTO search_stale (id) SELECT id * 16 + {digit} FROM {table}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in triggers():
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE search_stale")
        op.execute("DROP TABLE search")
    op.drop_table("file_clause")
    op.drop_table("file_page")
    op.drop_table("kept_file")
    op.drop_table("party_document")
    op.drop_index(op.f("ix_document__sha256"), "document")
    op.drop_column("document", "of_part")
