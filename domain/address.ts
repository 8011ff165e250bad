/** The fewest characters of an address' first line that Bosta takes: it documents 5, and has refused lines of exactly 5 (bosta-api.md, "Seen in the wild"). */
export const shortestFirstLine = 6;
