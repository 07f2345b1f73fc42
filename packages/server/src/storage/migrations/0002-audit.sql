-- The audit chain: every entry carries the hash of the one before it, so that none can be changed, removed or slipped
-- in without the rest no longer fitting.

-- What an entry's hash is over, as a JSON array: no two entries read the same. One expression, and not called immutable,
-- so that it is computed where it stands.
create function audit_hash(
  previous_hash bytea, studio_id uuid, seq bigint, at timestamptz, actor_kind text, actor_id uuid,
  action text, subject_kind text, subject_id uuid, detail jsonb
) returns bytea
language sql stable parallel safe as $$
  select sha256(previous_hash || convert_to(jsonb_build_array(
    studio_id, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), actor_kind, actor_id, action,
    subject_kind, subject_id, detail
  )::text, 'UTF8'))
$$;

-- Kept as it was written. Only with its whole studio may an entry go, and only the owner of the tables can say so.
create function refuse_audit_change() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_user <> 'stipple_app'
    and current_setting('stipple.removed_studio', true) = old.studio_id::text
  then
    return old;
  end if;
  raise exception 'audit entries are never changed or removed';
end $$;

create trigger audit_entries_stay before update or delete on audit_entries
  for each row execute function refuse_audit_change();
create trigger audit_entries_all_stay before truncate on audit_entries
  for each statement execute function refuse_audit_change();
revoke update, delete, truncate on audit_entries from stipple_app;
