/** The head lines of `licences.txt`: "zod 4.6.7, MIT". Written by `build/licences.mjs`. */
export function licenceLines(text: string): readonly string[] {
  return [...text.matchAll(/^== (\S+ \S+, \S+)$/gm)].map((match) => match[1] ?? "");
}
