/** Countries as they are typed, "de, at": two letters each. */
export const countries = (text: string): string[] => text.toUpperCase().match(/[A-Z]{2}/g) ?? [];
