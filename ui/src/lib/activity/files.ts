import { send } from '#lib/api/client.ts';

/** Fetches a file with the session's token, which does not go into addresses, and hands it to the browser. */
export async function takeAway(name: string, query: Record<string, unknown>): Promise<void> {
  const url = new URL(`../../exports/v1/${name}`, document.baseURI);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
  const answer = await send(url);
  if (!answer.ok) throw new Error(`The file could not be made (${answer.status}).`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
