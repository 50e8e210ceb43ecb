"""Reads an export of every format back with DuckDB and holds it to the JSON: counts, sums, types, days and lists.

python3 readback.py FOLDER: the folder holds json/, jsonl/, csv/, raw/, and, where they were written, parquet/ and sqlite/.
"""

import csv
import json
import pathlib
import sqlite3
import sys

import duckdb

folder = pathlib.Path(sys.argv[1])
document = json.loads((folder / "json/afterword.json").read_text())
schema = json.loads((folder / "json/schema.json").read_text())["$defs"]
tables = [name for name, value in document.items() if isinstance(value, list)]
assert len(tables) >= 5 and sorted(tables) == sorted(schema), tables
con = duckdb.connect()
con.execute("SET TimeZone = 'UTC'")
checks = 0


def same(found, wanted, what):
    global checks
    checks += 1
    assert found == wanted, f"{what}: {found!r}, and the JSON says {wanted!r}"


def kind(column):
    words = column["type"] if isinstance(column["type"], list) else [column["type"]]
    return {"date": "DATE", "date-time": "TIMESTAMP WITH TIME ZONE"}.get(column.get("format")) or {
        "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "array": "VARCHAR[]",
    }[words[0]]


def hold(relation, name, typed):
    """Counts, presence, sums and texts of each column against the JSON."""
    rows, columns = document[name], schema[name]["properties"]
    same(con.execute(f"SELECT count(*) FROM {relation}").fetchone()[0], len(rows), f"rows of {relation}")
    types = dict(con.execute(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {relation})").fetchall())
    same(sorted(types), sorted(columns), f"columns of {relation}")
    for column, about in columns.items():
        if typed:
            same(types[column], kind(about), f"type of {relation}.{column}")
        there = [row[column] for row in rows if row[column] is not None]
        same(con.execute(f'SELECT count("{column}") FROM {relation}').fetchone()[0], len(there), f"{relation}.{column}")
        if kind(about) in ("BIGINT", "DOUBLE"):
            total = con.execute(f'SELECT coalesce(sum("{column}"), 0) FROM {relation}').fetchone()[0]
            same(round(float(total), 6), round(float(sum(there)), 6), f"sum of {relation}.{column}")
        if typed and kind(about).startswith("TIMESTAMP"):
            found = con.execute(f'SELECT epoch_us("{column}") FROM {relation} WHERE "{column}" IS NOT NULL').fetchall()
            cast = "SELECT epoch_us(CAST(? AS TIMESTAMPTZ))"
            same(sorted(one for one, in found), sorted(con.execute(cast, [at]).fetchone()[0] for at in there), column)
        elif typed and kind(about) in ("VARCHAR", "DATE"):
            found = con.execute(f'SELECT CAST("{column}" AS VARCHAR) FROM {relation} WHERE "{column}" IS NOT NULL')
            same(sorted(one for one, in found.fetchall()), sorted(there), f"{relation}.{column}")
        elif typed and kind(about) == "VARCHAR[]":
            found = con.execute(f'SELECT "{column}" FROM {relation}').fetchall()
            same(sorted(one for one, in found), sorted(there), f"{relation}.{column}")


for name in tables:
    hold(f"read_json('{folder}/jsonl/{name}.jsonl', format='newline_delimited', sample_size=-1)", name, typed=False)
    with open(folder / f"raw/{name}.csv", newline="") as file:
        read = list(csv.DictReader(file))
    first = "report_id" if "report_id" in schema[name]["properties"] else "service"
    same([row[first] for row in read], [row[first] for row in document[name]], f"raw/{name}.csv")
    with open(folder / f"csv/{name}.csv", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    same([cell for cell in cells if cell[:1] in ("=", "+", "@")], [], f"formulas in csv/{name}.csv")
    count = con.execute(f"SELECT count(*) FROM read_csv('{folder}/csv/{name}.csv', all_varchar=true)").fetchone()[0]
    same(count, len(document[name]), f"csv/{name}.csv")
    if (folder / "parquet").is_dir() and document[name]:
        hold(f"read_parquet('{folder}/parquet/{name}/*/*.parquet', hive_partitioning=true)", name, typed=True)
if (folder / "sqlite").is_dir():
    database = sqlite3.connect(folder / "sqlite/afterword.sqlite")
    same(database.execute("PRAGMA integrity_check").fetchone()[0], "ok", "integrity")
    for name in tables:
        columns = list(schema[name]["properties"])
        read = database.execute(f'SELECT {", ".join(chr(34) + c + chr(34) for c in columns)} FROM {name}').fetchall()
        for found, wanted in zip(read, document[name], strict=True):
            for column, cell in zip(columns, found):
                value = wanted[column]
                value = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list) else value
                same(cell, value, f"sqlite {name}.{column}")
lake = folder / "lake"
if lake.is_dir():
    page = (pathlib.Path(__file__).parents[2] / "docs/export.md").read_text()
    query = page.split('duckdb.sql("""')[1].split('"""')[0].replace("lake/", f"{lake}/")
    shown = con.execute(query).fetchall()
    measured = [
        row["seconds"] / 60 for row in document["measures"]
        if row["measure"] == "time-to-mitigate" and row["seconds"] is not None and row["year"] >= 2024
    ]
    assert len(measured) == 1, "the example has one such incident"
    same(shown, [(name, 2024, 1, measured[0]) for name in ("bank", "shop")], "the query of docs/export.md")
formats = [one for one in ("jsonl", "csv", "parquet", "sqlite") if (folder / one).is_dir()]
print(f"{checks} comparisons of {', '.join(formats)} with the JSON")
