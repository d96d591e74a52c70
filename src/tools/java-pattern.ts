import { javaRegex, wholeJavaRegex } from '../util/java-regex/java-regex.ts';
import { JavaException } from './java-exception.ts';

/** A regular expression that a script takes. @throws JavaException with Java's text for a pattern that is none */
export const javaPattern = (pattern: string): RegExp => compiled(javaRegex, pattern);

/** The same, for whole texts. @throws JavaException */
export const wholeJavaPattern = (pattern: string): RegExp => compiled(wholeJavaRegex, pattern);

function compiled(compile: (pattern: string) => RegExp, pattern: string): RegExp {
  try {
    return compile(pattern);
  } catch (error) {
    throw new JavaException('java.util.regex.PatternSyntaxException', (error as Error).message);
  }
}
