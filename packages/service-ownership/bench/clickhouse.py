"""Answers SQL from standard input with ClickHouse, which chdb has inside: a line of JSON in, a line of JSON out."""

import json
import sys

from chdb import session

clickhouse = session.Session()
for line in sys.stdin:
    try:
        text = str(clickhouse.query(json.loads(line), "JSON"))
        print(text.replace("\n", " ") if text.strip() else '{"data": []}', flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
