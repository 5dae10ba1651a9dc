/** A reporter for Node's test runner that writes only the final counts, as one line of JSON. */
export default async function* tally(events) {
  for await (const { type, data } of events) {
    // Every file has a summary of its own; the one without a file is the whole.
    if (type === 'test:summary' && data.file === undefined) yield `${JSON.stringify(data.counts)}\n`;
  }
}
