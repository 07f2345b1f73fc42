/**
 * Texts that people typed beside an erased client's sealed record, which may name the person too: titles, reasons, what
 * was said of an adjustment of the price. They are blanked; days, kinds and amounts stay. Done when a client is erased,
 * and again when a backup from before is restored.
 */

const STATEMENTS = [
  `update plans set title = '' where studio_id = $1 and client_id = $2`,
  `update plan_versions set edits = '[]'
   where studio_id = $1 and plan_id in (select id from plans where studio_id = $1 and client_id = $2)`,
  `update courses set reason = 'erased' where studio_id = $1 and client_id = $2 and reason <> ''`,
  `update appointments set sealed = null,
     continuation_reason = case when continuation_reason is null then null else 'erased' end,
     gap_override = jsonb_set(gap_override, '{reason}', '"erased"')
   where studio_id = $1 and client_id = $2`,
  // The same label in the request and in the line made from it, so that the amounts can still be recomputed.
  `update quotes set content = jsonb_set(jsonb_set(content,
       '{printed,request,adjustments}', coalesce((
         select jsonb_agg(jsonb_set(one, '{label}', '"erased"') order by place)
         from jsonb_array_elements(content #> '{printed,request,adjustments}') with ordinality as of (one, place)), '[]')),
       '{lines}', coalesce((
         select jsonb_agg(case when one ->> 'id' like 'adjustment-%' then jsonb_set(one, '{label}', '"erased"') else one end
           order by place)
         from jsonb_array_elements(content -> 'lines') with ordinality as of (one, place)), '[]'))
   where studio_id = $1 and client_id = $2 and jsonb_array_length(content #> '{printed,request,adjustments}') > 0`,
];

/** @param run one statement with $1 and $2, in the transaction that erases */
export async function blankTypedTexts(
  run: (statement: string, values: readonly [studioId: string, clientId: string]) => Promise<unknown>,
  studioId: string,
  clientId: string,
): Promise<void> {
  for (const statement of STATEMENTS) await run(statement, [studioId, clientId]);
}
