"""The table of the full text search, by hand on each database; words are put in by ``ideas.search.index``.

FTS5 takes the stems as they are (``ascii`` leaves all other letters alone), as PostgreSQL does.
"""

from django.db import migrations

TABLE = "participation_idea_search"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE TABLE {TABLE} (idea_id bigint PRIMARY KEY, words tsvector NOT NULL)")
        schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)")
    else:
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize='ascii', prefix='2 3')")


def unmake(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("participation", "0002_ideas")]

    operations = [migrations.RunPython(make, unmake)]
