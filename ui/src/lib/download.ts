import { frame } from '#lib/bridge/frame.svelte.ts';

/** Hands a file to the browser. */
export function saveFile(name: string, content: Blob | string, type = 'text/csv;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Fetches a file of the service, below `/exports/v1/`, with the session's token, and saves it. @throws when refused */
export async function downloadExport(path: string, name: string): Promise<void> {
  const address = new URL(`../../exports/v1/${path}`, document.baseURI);
  const ask = (): Promise<Response> =>
    fetch(address, { headers: { authorization: `Bearer ${frame.token}` }, credentials: 'omit' });
  let answer = await ask();
  if (answer.status === 401) {
    await frame.renewToken();
    answer = await ask();
  }
  if (!answer.ok) throw new Error(`The file was refused with ${answer.status}.`);
  saveFile(name, await answer.blob());
}
