export interface ArgparseSettings {
  /** Reads a file named by `@file` as its lines; throws when it cannot. */
  readonly readLines?: (path: string) => string[];
}

/** A file named by `@file` cannot be read. */
export class UnreadableWords extends Error {
  constructor(path: string) {
    super(`Could not read arguments from file '${path}'`);
  }
}

/** A command line as argparse4j goes through it: word by word, files of words put in their place. */
export class ArgparseWords {
  readonly #words: string[];
  readonly #filePrefix: string | undefined;
  readonly #settings: ArgparseSettings;
  #next = 0;
  #separatorSeen = false;

  /** @param filePrefix what the name of a file of words begins with, undefined where there are none */
  constructor(argv: readonly string[], filePrefix: string | undefined, settings: ArgparseSettings) {
    this.#words = [...argv];
    this.#filePrefix = filePrefix;
    this.#settings = settings;
  }

  /** The next word. */
  get next(): string | undefined {
    return this.#words[this.#next];
  }

  get isEmpty(): boolean {
    return this.#next >= this.#words.length;
  }

  /** All that is left, as it was typed. */
  get rest(): string {
    return this.#words.slice(this.#next).join(' ');
  }

  /** Whether `--` was passed: no word is a flag any more. */
  get separatorSeen(): boolean {
    return this.#separatorSeen;
  }

  take(): string {
    return this.#words[this.#next++]!;
  }

  passSeparator(): void {
    this.#separatorSeen = true;
    this.#next++;
  }

  /**
   * Whether the next word is a flag: it begins with `-` and is no negative number.
   * @throws UnreadableWords
   */
  get atFlag(): boolean {
    this.#expandFile();
    const word = this.next!;
    if (this.#separatorSeen) return false;
    return word === '--' || (/^-+[^-]/.test(word) && !/^-\d+$/.test(word));
  }

  #expandFile(): void {
    const prefix = this.#filePrefix;
    while (prefix !== undefined && this.next?.startsWith(prefix) && this.next !== prefix) {
      const path = this.next.slice(prefix.length);
      try {
        this.#words.splice(this.#next, 1, ...(this.#settings.readLines?.(path) ?? []));
      } catch {
        throw new UnreadableWords(path);
      }
    }
  }
}
