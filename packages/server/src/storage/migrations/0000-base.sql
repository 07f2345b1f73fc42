-- What every later migration stands on.

-- Scalars beside ranges in one exclusion constraint.
create extension if not exists btree_gist;

-- The application's role is made before the first migration (prepare-database.ts). What it may do with a table is said
-- by stipple_guard; everything else of the schema is shut to it.
revoke all on schema public from public;
grant usage on schema public to stipple_app;
alter default privileges in schema public grant usage on sequences to stipple_app;

-- Puts a table behind row-level security: the application sees and writes rows of the one studio that its transaction
-- names (in-studio.ts), and none when it names none. The owner, too, sees none until its transaction asks for every
-- studio, as migrations of data, backup and restore do.
create function stipple_guard(table_name text, studio_column text default 'studio_id') returns void
language plpgsql as $$
declare
  one_studio text := format('%I = nullif(current_setting(''stipple.studio_id'', true), '''')::uuid', studio_column);
  every_studio text := 'current_setting(''stipple.every_studio'', true) = ''on''';
begin
  execute format('alter table %I enable row level security, force row level security', table_name);
  execute format('create policy one_studio on %I to stipple_app using (%s) with check (%s)',
    table_name, one_studio, one_studio);
  execute format('create policy every_studio on %I to current_user using (%s) with check (%s)',
    table_name, every_studio, every_studio);
  execute format('grant select, insert, update, delete on %I to stipple_app', table_name);
end $$;

-- Which master key the wrapped keys belong to: one row, and no secret.
create table master_key (
  is_only boolean primary key default true check (is_only),
  fingerprint text not null
);
