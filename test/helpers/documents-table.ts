import type { Answer, Documents } from '../../src/cli/documents/document.ts';

/** The table of the README that says what --json prints. */
export function documentsTable(documents: Documents): string {
  const rows = Object.entries(documents).map(([entry, answer]) => `| \`${entry}\` | ${answerText(answer)} |\n`);
  return `| command | document |\n|---|---|\n${rows.join('')}`;
}

function answerText(answer: Answer): string {
  if (typeof answer === 'string') return code(answer);
  return 'none' in answer ? `none: ${answer.none}` : `a line each: ${answer.lines.map(code).join('<br>')}`;
}

const code = (notation: string): string => `\`${notation.replaceAll('|', '\\|')}\``;
