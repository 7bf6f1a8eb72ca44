import { saveFile } from './download.ts';

interface Part {
  csv: string;
  cursor: string | null;
}

/** Fetches a list's file part by part and saves it as one. */
export async function exportAll(name: string, fetchPart: (cursor: string | undefined) => Promise<Part>): Promise<true> {
  let [text, cursor]: [string, string | undefined] = ['', undefined];
  do {
    const part: Part = await fetchPart(cursor);
    text += part.csv;
    cursor = part.cursor ?? undefined;
  } while (cursor !== undefined);
  saveFile(name, text);
  return true;
}
