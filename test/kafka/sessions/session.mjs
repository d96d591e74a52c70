// Sessions of Kafka's scripts: what to run, and what Apache Kafka answered.
//   # title            begins a session; all of a file run on one broker, in order
//   run: COMMAND       words between blanks; {broker} stands for the broker's address
//   out: LINE          a line of standard output
//   exit: STATUS
// What differs from run to run is {broker}, {port}, {id} (a topic's) and {cluster}.

/** @param {string} text @returns {{ title: string, steps: { run: string, out: string[], exit: number }[] }[]} */
export function parseSessions(text) {
  const sessions = [];
  for (const line of text.split('\n')) {
    const steps = sessions.at(-1)?.steps;
    if (line.startsWith('# ')) sessions.push({ title: line.slice(2), steps: [] });
    else if (line.startsWith('run: ')) steps.push({ run: line.slice(5), out: [], exit: 0 });
    else if (line.startsWith('out:')) steps.at(-1).out.push(line.slice(5));
    else if (line.startsWith('exit: ')) steps.at(-1).exit = Number(line.slice(6));
  }
  return sessions;
}

/** @param {ReturnType<typeof parseSessions>} sessions */
export function printSessions(sessions) {
  const blocks = sessions.map(({ title, steps }) => {
    const lines = steps.flatMap(({ run, out, exit }) => [
      `run: ${run}`,
      ...out.map((line) => `out: ${line}`),
      `exit: ${exit}`,
    ]);
    return `# ${title}\n${lines.join('\n')}\n`;
  });
  return blocks.join('\n');
}

/** The lines of an output without what differs from run to run. @param {string} text @param {string} broker */
export function settled(text, broker) {
  const port = broker.split(':')[1];
  const lines = text
    .replaceAll(broker, '{broker}')
    .replace(new RegExp(`\\b${port}\\b`, 'g'), '{port}')
    .replace(/(TopicId: )[\w-]{22}/g, '$1{id}')
    .replace(/(Cluster ID: )[\w-]{22}/g, '$1{cluster}')
    .split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
