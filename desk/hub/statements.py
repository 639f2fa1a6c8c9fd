"""The SQL of the storage port, one statement a table and step."""

from typing import Final, LiteralString

Sql = LiteralString

SCOPE: Final = """
SELECT s.scope_id, s.epoch, s.version, s.durable_version, s.min_version, s.digest, s.trail, s.halted,
       (SELECT json_agg(json_build_array(h.epoch, h.restored_to) ORDER BY h.n)
          FROM epoch_history h WHERE h.scope_id = s.scope_id)
  FROM scope s WHERE s.scope_id = %s"""

AS_DEVICE: Final = "SELECT set_config('desk.device', %s, true)"
"""Says for whom a transaction asks, to the policies of the tables of devices."""

WITH_SCOPES: Final = "SELECT set_config('desk.scopes', %s, true)"
"""Says what a transaction may see, to the policies of all other tables."""

AS_WORKER: Final = "SET ROLE desk_hub_rows"
AS_OPERATOR: Final = "SET LOCAL ROLE NONE"

# Some hundred pages, written to the disk at once and given back with the transaction.
TRY_ROOM: Final = "CREATE TEMPORARY TABLE room ON COMMIT DROP AS SELECT generate_series(1, 30000) AS n"

LOCK_SCOPE: Final = "SELECT version FROM scope WHERE scope_id = %s FOR UPDATE"

MOVE_SCOPE: Final = "UPDATE scope SET version = %s, digest = %s, trail = %s WHERE scope_id = %s"

HALT: Final = "UPDATE scope SET halted = true WHERE scope_id = %s AND epoch = %s"

TRAIL_AT: Final = "SELECT trail FROM revision WHERE scope_id = %s AND version = %s AND ord = 0"

# Whole versions only: as many revisions as asked for, and the rest of the version in which that ends.
PAGE: Final = """
SELECT op_id, body, result FROM revision
 WHERE scope_id = %(scope)s AND version > %(above)s
   AND version <= coalesce((SELECT version FROM revision WHERE scope_id = %(scope)s AND version > %(above)s
                             ORDER BY version, ord OFFSET %(most)s - 1 LIMIT 1), 9223372036854775807)
 ORDER BY version, ord"""

SNAPSHOT: Final = """
SELECT noun, record_id, version, fields, field_op FROM head
 WHERE scope_id = %s AND (noun, record_id) > (%s, %s) ORDER BY noun, record_id LIMIT %s"""

BUCKETS: Final = "SELECT bucket, digest FROM head WHERE scope_id = %s AND starts_with(bucket, %s)"

HISTORY: Final = """
SELECT op_id, body, result FROM revision
 WHERE scope_id = %s AND record_id = %s AND (version, ord) > (%s, %s) ORDER BY version, ord LIMIT %s"""

# What a push asks of a scope is looked up one by one in an index, whatever the planner knows of the table:
# with statistics of yesterday it would rather read the whole scope. OFFSET 0 forbids it to.
SEEN: Final = """
SELECT r.op_id, r.body_hash, r.body, r.result
  FROM unnest(%(ops)s::text[]) AS k(op_id) CROSS JOIN LATERAL (
       SELECT * FROM revision WHERE scope_id = %(scope)s AND op_id = k.op_id OFFSET 0) r"""

KNOWN: Final = """
SELECT r.op_id
  FROM unnest(%(ops)s::text[]) AS k(op_id) CROSS JOIN LATERAL (
       SELECT op_id FROM revision WHERE scope_id = %(scope)s AND op_id = k.op_id OFFSET 0) r"""

HELD: Final = """
SELECT q.op_id, q.body_hash, q.reason
  FROM unnest(%(ops)s::text[]) AS k(op_id) CROSS JOIN LATERAL (
       SELECT * FROM quarantine WHERE scope_id = %(scope)s AND op_id = k.op_id OFFSET 0) q"""

HEADS: Final = """
SELECT h.noun, h.record_id, h.version, h.fields, h.field_op, h.device_id, h.digest
  FROM unnest(%(nouns)s::text[], %(records)s::text[]) AS k(noun, record_id) CROSS JOIN LATERAL (
       SELECT * FROM head
        WHERE scope_id = %(scope)s AND noun = k.noun AND record_id = k.record_id OFFSET 0) h"""

SETS: Final = """
SELECT r.noun, r.record_id, r.op_id, r.sets
  FROM unnest(%(nouns)s::text[], %(records)s::text[]) AS k(noun, record_id) CROSS JOIN LATERAL (
       SELECT * FROM revision WHERE scope_id = %(scope)s AND record_id = k.record_id OFFSET 0) r
 WHERE r.noun = k.noun AND r.sets IS NOT NULL ORDER BY r.version, r.ord"""

NUMBERS: Final = """
SELECT n.noun, n.field, n.value, n.record_id, n.op_id
  FROM unnest(%(nouns)s::text[], %(fields)s::text[], %(values)s::text[]) AS k(noun, field, value)
 CROSS JOIN LATERAL (
       SELECT * FROM number
        WHERE scope_id = %(scope)s AND noun = k.noun AND field = k.field AND value = k.value OFFSET 0) n"""

CONFLICTS: Final = """
SELECT c.noun, c.record_id, c.conflict_id, c.field, c.mine_op
  FROM unnest(%(nouns)s::text[], %(records)s::text[]) AS k(noun, record_id) CROSS JOIN LATERAL (
       SELECT * FROM conflict
        WHERE scope_id = %(scope)s AND noun = k.noun AND record_id = k.record_id
          AND closed_by_op IS NULL OFFSET 0) c"""

# Each batch comes in columns, in binary (`arrays.py`): no value of it is spelled out and read again.
ADD_REVISIONS: Final = """
INSERT INTO revision (scope_id, version, received_at, trail, ord, op_id, noun, record_id, kind, device_id,
       incarnation, user_id, tx, claimed_at, body, result, sets, body_hash, seq, clock_offset_ms, schema_v)
SELECT %s, %s, %s, CASE k.ord WHEN 0 THEN %s::bytea END, k.*
  FROM unnest(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) AS k(ord)"""

PUT_HEADS: Final = """
INSERT INTO head (scope_id, noun, record_id, version, fields, field_op, device_id, digest, bucket)
SELECT %s, * FROM unnest(%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (scope_id, noun, record_id) DO UPDATE SET version = excluded.version, fields = excluded.fields,
       field_op = excluded.field_op, device_id = excluded.device_id, digest = excluded.digest"""

# An op offered again after a restore may open a conflict that was closed by another, or is open still.
OPEN_CONFLICTS: Final = """
INSERT INTO conflict (scope_id, conflict_id, noun, record_id, field, mine_op, theirs_op, reason)
SELECT %s, id, noun, record_id, field, mine_op, theirs_op, reason
  FROM jsonb_to_recordset(%s) AS r(id text, noun text, record_id text, field text, mine_op text,
       theirs_op text, reason text)
ON CONFLICT (scope_id, conflict_id) DO NOTHING"""

CLOSE_CONFLICTS: Final = """
UPDATE conflict c SET closed_by_op = k.op
  FROM unnest(%s::text[], %s::text[]) AS k(id, op)
 WHERE c.scope_id = %s AND c.conflict_id = k.id"""

ADD_NUMBERS: Final = """
INSERT INTO number (scope_id, noun, field, value, record_id, op_id)
SELECT %s, * FROM unnest(%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING"""

KEEP: Final = """
INSERT INTO quarantine (scope_id, op_id, body_hash, reason, body, device_id, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
