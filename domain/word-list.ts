/** The words of a list that is written as a text. */
export function wordList(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}
