/** What systems and people write where they have nothing to say. */
const emptyWords = new Set(['n/a', 'na', 'none', 'لا يوجد', 'لا شيء']);

/** Whether a text says anything: "N/A", "-" and "0" do not. */
export function saysAnything(text: string): boolean {
  return /\p{L}|(?![0٠])\p{N}/u.test(text) && !emptyWords.has(text.toLowerCase());
}
